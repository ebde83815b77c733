//! Several replicas over one log and one store, each with a clock of its own, that reach each other in process.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tonic::Code;
use tonic::service::Routes;
use verdict_kernel::clock::{Clock, ManualClock};
use verdict_kernel::id::RolloutId;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::CheckState;
use verdict_runtime::component::Component;
use verdict_runtime::execute::Fence;
use verdict_runtime::grpc::{Transport, in_process, problem_of};
use verdict_runtime::lease::{Holder, Lease};
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Filter, Log};
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::observations::memory::MemoryObservations;
use verdict_runtime::process::{Authority, Proof};
use verdict_runtime::route::{Connect, Replicas};
use verdict_runtime::shard::Shard;
use verdict_runtime::socket::Socket;

use super::super::leases::Leases;
use super::*;
use crate::testing::{World, arm};

const TTL: Duration = Duration::from_secs(6);
const ARMED: &str = "GuardrailArmed";
const PASS: &str = "GuardrailAnswerChanged PASS";
const FAIL: &str = "GuardrailAnswerChanged FAIL";
const BREACH: &str = "GuardrailBreached beta 1";

/// Business time goes on to the end of the minute, and leases do not notice.
fn minute(clock: &Arc<ManualClock>) {
    clock.advance_to(clock.now() + jiff::SignedDuration::from_secs(59));
}

struct Cluster {
    /// How each replica is reached.
    sockets: [Socket; 2],
    clocks: [Arc<ManualClock>; 2],
    replicas: [World; 2],
    /// Of each replica, one for each share.
    leases: [Vec<Lease>; 2],
}

fn address(replica: usize) -> String {
    format!("http://replica-{replica}")
}

fn lease(log: &Log, clock: &Arc<ManualClock>, replica: usize, name: &str) -> Lease {
    let holder = Holder { id: format!("replica-{replica}"), address: address(replica) };
    Lease::new(log.clone(), clock.clone(), "metrics", name, holder, TTL)
}

impl Cluster {
    fn new(shards: u32) -> Self {
        let start = "2026-03-01T00:00:00Z".parse().unwrap();
        let clocks = [0, 1].map(|_| Arc::new(ManualClock::at(start)));
        let log: Log = Arc::new(MemoryLog::new("test", clocks[0].clone()));
        let store: Arc<dyn ObservationStore> = Arc::new(MemoryObservations::default());
        let sockets = [0, 1].map(|_| Socket::new("metrics"));
        let ways = sockets.clone();
        let connect: Connect = Arc::new(move |to: &str| {
            let known = (0..2).find(|&replica| address(replica) == to);
            known.map_or_else(|| (Replicas::none().connect)(to), |replica: usize| ways[replica].transport())
        });
        let replicas = [0, 1].map(|replica: usize| {
            let replicas = Replicas { connect: connect.clone(), shards };
            World::among(clocks[replica].clone(), log.clone(), store.clone(), replicas)
        });
        let leases = [0, 1].map(|replica: usize| {
            let name = |shard: Shard| lease(&log, &clocks[replica], replica, &shard.lease_name("evaluation"));
            Shard::all(shards).map(name).collect()
        });
        let cluster = Self { sockets, clocks, replicas, leases };
        cluster.reconnect(0);
        cluster.reconnect(1);
        cluster
    }

    fn reconnect(&self, replica: usize) {
        let context = &self.replicas[replica].context;
        let routes = Routes::new(context.evaluation()).add_service(context.guardrails());
        self.sockets[replica].plug(in_process(routes.prepare()));
    }

    fn cut_off(&self, replica: usize) {
        self.sockets[replica].unplug();
    }

    /// A replica tends the lease of a share.
    async fn tend(&mut self, replica: usize, shard: usize) -> Proof {
        let place = &self.replicas[replica].context.evaluation.places().all()[shard];
        place.prove(&mut self.leases[replica][shard]).await.unwrap()
    }

    /// `replica` takes a share and judges what is stored; the other one sees it.
    async fn taken_by(&mut self, replica: usize, shard: usize) {
        assert!(matches!(self.tend(replica, shard).await, Proof::Held(_)));
        assert!(matches!(self.tend(1 - replica, shard).await, Proof::Elsewhere { .. }));
        self.replicas[replica].settle().await;
    }

    /// A guarded rollout in Beta, with one share that replica 0 holds.
    async fn guarded() -> (Self, RolloutId) {
        let mut cluster = Self::new(1);
        let world = &cluster.replicas[0];
        world.define("cpu", pb::MetricType::Guardrail).await;
        let rollout = world.rollout("r").await;
        world.enter(rollout, "beta", 1).await;
        world.arm(arm("cpu", rollout)).await;
        cluster.taken_by(0, 0).await;
        (cluster, rollout)
    }

    fn pass(&self, time: Duration) {
        self.clocks.iter().for_each(|clock| clock.advance(time));
    }

    /// A minute of business and a second of the machines later, what was measured in that minute arrives at `replica`.
    async fn minute(&self, replica: usize, value: f64) -> crate::ingest::Taken {
        self.pass(Duration::from_secs(1));
        self.clocks.iter().for_each(minute);
        self.replicas[replica].post(&self.row(value)).await.unwrap()
    }

    fn row(&self, value: f64) -> serde_json::Value {
        World::row_at(self.clocks[0].now(), value)
    }

    async fn story(&self) -> Vec<String> {
        self.replicas[0].story().await
    }

    /// The epochs under which answers were given, in their order.
    async fn epochs(&self) -> Vec<Option<u32>> {
        let filter = Filter::prefixes(["metrics.guardrail-"]);
        let page = self.replicas[0].log.read_all(None, &filter, 1000).await.unwrap();
        let answers = page.events.iter().filter(|event| event.event_type.contains("AnswerChanged"));
        answers.map(|event| event.metadata().unwrap().epoch).collect()
    }

    fn evaluation(&self, replica: usize) -> EvaluationClient<Transport> {
        EvaluationClient::new(in_process(self.replicas[replica].context.evaluation()))
    }
}

#[tokio::test]
async fn clause_09_rows_that_arrive_at_any_replica_are_stored_once_and_judged_by_the_holder() {
    let (cluster, _) = Cluster::guarded().await;
    for (replica, value) in [(1, 90.0), (0, 40.0), (1, 41.0), (1, 42.0)] {
        let taken = cluster.minute(replica, value).await;
        assert_eq!((taken.accepted, taken.waiting), (1, 0));
    }
    assert_eq!(cluster.story().await, [ARMED, PASS, FAIL, BREACH]);
    assert_eq!(cluster.replicas[1].store.count("default", "cpu").await, Ok(4));
    assert_eq!(cluster.epochs().await, [Some(1), Some(1)]);
}

#[tokio::test]
async fn the_reply_of_any_replica_names_a_position_that_includes_the_answer() {
    let (cluster, _) = Cluster::guarded().await;
    cluster.minute(1, 90.0).await;
    let before = cluster.replicas[0].log.head().await.unwrap().unwrap();
    for value in [40.0, 40.0] {
        cluster.minute(1, value).await;
    }
    let breach = cluster.minute(1, 40.0).await;
    let position: Position = breach.position.parse().unwrap();
    assert!(position.commit > before.commit, "{position} is before the breach");
}

#[tokio::test]
async fn nothing_is_stored_or_judged_anywhere_before_every_row_of_a_batch_was_checked() {
    let (cluster, _) = Cluster::guarded().await;
    cluster.pass(Duration::from_secs(1));
    let mut unknown = cluster.row(40.0);
    unknown["metric"] = "nobody".into();
    let batch = json!({ "observations": [cluster.row(40.0), unknown] });
    cluster.replicas[1].post(&batch).await.unwrap_err();
    assert_eq!(cluster.story().await, [ARMED]);
    assert_eq!(cluster.replicas[1].store.count("default", "cpu").await, Ok(0));
}

#[tokio::test]
async fn clause_10_rows_that_did_not_reach_the_holder_are_stored_and_found_by_it() {
    let (mut cluster, _) = Cluster::guarded().await;
    cluster.cut_off(0);
    for value in [90.0, 40.0, 40.0, 40.0] {
        let taken = cluster.minute(1, value).await;
        assert_eq!((taken.accepted, taken.waiting), (1, 1));
    }
    assert_eq!(cluster.story().await, [ARMED]);
    cluster.tend(0, 0).await;
    let mut evaluator = cluster.replicas[0].evaluator();
    cluster.pass(Duration::from_secs(1));
    evaluator.step().await.unwrap();
    assert_eq!(cluster.story().await, [ARMED], "it looks no more often than every five seconds");
    cluster.pass(Duration::from_secs(4));
    cluster.tend(0, 0).await;
    evaluator.step().await.unwrap();
    assert_eq!(cluster.story().await, [ARMED, PASS, FAIL, BREACH]);
}

#[tokio::test]
async fn a_value_that_the_store_refused_gives_way_to_the_one_it_has() {
    let (mut cluster, _) = Cluster::guarded().await;
    cluster.cut_off(0);
    cluster.minute(1, 90.0).await;
    cluster.replicas[0].post(&cluster.row(40.0)).await.unwrap_err();
    cluster.tend(0, 0).await;
    let mut evaluator = cluster.replicas[0].evaluator();
    cluster.pass(Duration::from_secs(5));
    evaluator.step().await.unwrap();
    cluster.reconnect(0);
    for value in [40.0, 40.0] {
        cluster.minute(1, value).await;
    }
    let story = cluster.story().await;
    assert!(!story.iter().any(|line| line == BREACH), "two bad points of three breached: {story:?}");
}

#[tokio::test]
async fn clause_08_a_dead_holder_is_replaced_in_less_than_twice_its_time_to_live() {
    let (mut cluster, _) = Cluster::guarded().await;
    cluster.minute(1, 90.0).await;
    cluster.cut_off(0);
    for value in [40.0, 40.0, 40.0] {
        assert_eq!(cluster.minute(1, value).await.waiting, 1);
    }
    let died = cluster.clocks[1].monotonic();
    while let Proof::Elsewhere { retry, .. } = cluster.tend(1, 0).await {
        cluster.clocks[1].advance(retry);
    }
    let taken = cluster.clocks[1].monotonic().saturating_sub(died);
    assert!(taken < TTL * 2, "{taken:?}");
    assert!(cluster.replicas[1].evaluator().unready().is_some());
    cluster.replicas[1].settle().await;
    assert_eq!(cluster.replicas[1].evaluator().unready(), None);
    assert_eq!(cluster.story().await, [ARMED, PASS, FAIL, BREACH]);
    assert_eq!(cluster.epochs().await, [Some(1), Some(2)]);
}

#[tokio::test]
async fn clause_08_a_holder_that_was_paused_is_fenced_and_hands_its_rows_to_the_new_one() {
    let (mut cluster, _) = Cluster::guarded().await;
    cluster.minute(0, 90.0).await;
    let place = |cluster: &Cluster| cluster.replicas[0].context.evaluation.places().all()[0].lease();
    assert_eq!(place(&cluster), "evaluation");
    // Replica 0 stands still, and so does its clock.
    cluster.clocks[1].advance(TTL);
    assert!(matches!(cluster.tend(1, 0).await, Proof::Held(Some(Fence { epoch: 2, .. }))));
    cluster.replicas[1].settle().await;
    for value in [40.0, 40.0, 40.0] {
        cluster.clocks[1].advance(Duration::from_secs(1));
        minute(&cluster.clocks[1]);
        let row = World::row_at(cluster.clocks[1].now(), value);
        cluster.replicas[1].post(&row).await.unwrap();
    }
    assert_eq!(cluster.epochs().await, [Some(1), Some(2)]);
    // It goes on, still sure of its lease, and would say that all is well again.
    let evaluation = &cluster.replicas[0].context.evaluation;
    let right = evaluation.places().all()[0].right(cluster.clocks[0].monotonic()).unwrap();
    minute(&cluster.clocks[1]);
    let row = World::row_at(cluster.clocks[1].now(), 90.0);
    cluster.clocks[0].advance_to(cluster.clocks[1].now());
    let taken = cluster.replicas[0].post(&row).await.unwrap();
    assert_eq!((taken.accepted, taken.waiting), (1, 0));
    assert_eq!(evaluation.places().all()[0].right(cluster.clocks[0].monotonic()), None);
    assert_eq!(right.fence.unwrap().epoch, 1);
    assert_eq!(cluster.epochs().await, [Some(1), Some(2), Some(2)]);
    let last = cluster.story().await.pop();
    assert_eq!(last.as_deref(), Some("GuardrailRecovered"));
    assert!(matches!(cluster.tend(0, 0).await, Proof::Elsewhere { .. }));
}

#[tokio::test]
async fn r16_facts_come_from_the_holder_whichever_replica_is_asked() {
    let (cluster, rollout) = Cluster::guarded().await;
    cluster.minute(0, 90.0).await;
    let state =
        async |replica: usize| cluster.replicas[replica].facts(rollout, &[]).await.guardrails[0].state();
    assert_eq!((state(0).await, state(1).await), (CheckState::Pass, CheckState::Pass));
    for value in [40.0, 40.0, 40.0] {
        cluster.minute(0, value).await;
    }
    assert_eq!(state(1).await, CheckState::Fail);
    cluster.cut_off(0);
    let request = pb::FactsRequest { rollout_id: rollout.to_string(), ..pb::FactsRequest::default() };
    let status = cluster.replicas[1].guardrails().facts(request).await.unwrap_err();
    assert_eq!(status.code(), Code::Unavailable);
}

#[tokio::test]
async fn clause_09_a_replica_that_is_not_the_holder_says_who_is_and_hands_nothing_on() {
    let (cluster, rollout) = Cluster::guarded().await;
    let facts = pb::FactsRequest { rollout_id: rollout.to_string(), ..pb::FactsRequest::default() };
    let judge = pb::JudgeRequest { shard: 0, shards: 1, rows: Vec::new() };
    let refused = [
        cluster.evaluation(1).judge(judge.clone()).await.map(drop),
        cluster.evaluation(1).confirm(facts.clone()).await.map(drop),
    ];
    for status in refused {
        let problem = problem_of(&status.unwrap_err()).unwrap();
        assert_eq!(problem.code, "not_the_holder");
        assert!(problem.detail.contains("http://replica-0"), "{}", problem.detail);
    }
    cluster.evaluation(0).judge(judge).await.unwrap();
    cluster.evaluation(0).confirm(facts).await.unwrap();
    let otherwise = pb::JudgeRequest { shard: 0, shards: 2, rows: Vec::new() };
    let status = cluster.evaluation(0).judge(otherwise).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().field, "shards");
}

#[tokio::test]
async fn a_metric_that_guards_two_rollouts_is_judged_by_the_holder_of_each() {
    let mut cluster = Cluster::new(2);
    let world = &cluster.replicas[0];
    world.define("cpu", pb::MetricType::Guardrail).await;
    let mut rollouts: [Option<RolloutId>; 2] = [None, None];
    for name in (0..).map(|n| n.to_string()) {
        let rollout = world.rollout(&name).await;
        world.enter(rollout, "beta", 1).await;
        let share = Shard::of(&rollout.to_string(), 2).index() as usize;
        if rollouts[share].is_none() {
            world.arm(arm("cpu", rollout)).await;
            rollouts[share] = Some(rollout);
        }
        if rollouts.iter().all(Option::is_some) {
            break;
        }
    }
    cluster.taken_by(0, 0).await;
    cluster.taken_by(1, 1).await;
    for value in [90.0, 40.0, 40.0, 40.0] {
        assert_eq!(cluster.minute(0, value).await.waiting, 0);
    }
    let breaches = cluster.story().await.iter().filter(|line| *line == BREACH).count();
    assert_eq!(breaches, 2);
    for (replica, world) in cluster.replicas.iter().enumerate() {
        let watched = rollouts.map(|rollout| world.context.evaluation.watches_over(rollout.unwrap()));
        assert_eq!(watched, [replica == 0, replica == 1], "each watches its own rollout and no other");
        for (share, rollout) in rollouts.iter().enumerate() {
            let facts = world.facts(rollout.unwrap(), &[]).await;
            assert_eq!(facts.guardrails[0].state(), CheckState::Fail, "share {share} asked at {replica}");
        }
    }
}

#[tokio::test]
async fn r15_a_replica_that_judges_nothing_does_not_watch_and_is_ready_all_the_same() {
    let (cluster, rollout) = Cluster::guarded().await;
    let watches = |replica: usize| cluster.replicas[replica].context.evaluation.watches_over(rollout);
    assert_eq!((watches(0), watches(1)), (true, false));
    assert_eq!(cluster.replicas[1].evaluator().unready(), None);
    cluster.clocks[0].advance(TTL);
    assert!(!watches(0), "a lease that may have run out gives no watch");
}

#[tokio::test]
async fn clause_18_who_takes_a_share_over_does_not_watch_over_what_it_cannot_read() {
    let (mut cluster, rollout) = Cluster::guarded().await;
    let world = &cluster.replicas[0];
    let other = world.rollout("other").await;
    world.enter(other, "beta", 1).await;
    world.arm(arm("cpu", other)).await;
    let guardrail = world.context.board.read(|view| view.guardrails.of_rollout(rollout)[0]);
    world.write_unknown(&format!("metrics.guardrail-{guardrail}"), "metrics.Guardrail.Snoozed.v9").await;
    cluster.minute(0, 90.0).await;
    cluster.cut_off(0);
    while let Proof::Elsewhere { retry, .. } = cluster.tend(1, 0).await {
        cluster.clocks[1].advance(retry);
    }
    let watches = |cluster: &Cluster| {
        [rollout, other].map(|rollout| cluster.replicas[1].context.evaluation.watches_over(rollout))
    };
    assert_eq!(watches(&cluster), [false, false], "it has judged nothing yet");
    cluster.replicas[1].settle().await;
    assert_eq!(watches(&cluster), [false, true]);
}

#[tokio::test]
async fn a_replica_that_stops_gives_its_shares_back() {
    let mut cluster = Cluster::new(2);
    let (log, clock) = (cluster.replicas[0].log.clone(), cluster.clocks[0].clone());
    let authority = |name: &str| Box::new(lease(&log, &clock, 0, name)) as Box<dyn Authority>;
    let mut leases = Leases::new(cluster.replicas[0].context.evaluation.clone(), authority);
    leases.step().await.unwrap();
    for shard in 0..2 {
        assert!(matches!(cluster.tend(1, shard).await, Proof::Elsewhere { .. }));
    }
    leases.stop().await.unwrap();
    for shard in 0..2 {
        assert!(matches!(cluster.tend(1, shard).await, Proof::Held(_)));
    }
}

#[test]
fn what_several_shares_came_to_is_the_newest_position_and_the_most_rows_that_wait() {
    let at = |commit| Some(Position { log_id: "log".into(), commit, prepare: commit });
    let one = Judged { position: at(3), waiting: 2 };
    let other = Judged { position: at(5), waiting: 1 };
    assert_eq!(one.and(other), Judged { position: at(5), waiting: 2 });
}
