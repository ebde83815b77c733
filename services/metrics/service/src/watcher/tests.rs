use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tonic::{Request, Response, Status};
use verdict_api::rollouts::v1::rollouts_server::{Rollouts, RolloutsServer};
use verdict_kernel::clock::ManualClock;
use verdict_kernel::id::RolloutId;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::rollouts::v1::{GateView, RenewWatchReply, RolloutList, RolloutRequest, RolloutView};
use verdict_proto::v1::{CheckState, CommandReply, GetRequest, ListRequest};
use verdict_runtime::grpc::in_process;
use verdict_runtime::log::Log;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::observations::ObservationStore;
use verdict_runtime::observations::memory::MemoryObservations;
use verdict_runtime::process::Alone;
use verdict_runtime::route::Replicas;

use super::*;
use crate::testing::{Moody, World, accepted, arm};

/// The other context, as far as a watcher can tell: it remembers what was renewed.
#[derive(Clone, Default)]
struct Renewals(Arc<Mutex<Vec<Vec<String>>>>);

impl Renewals {
    fn taken(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[tonic::async_trait]
impl Rollouts for Renewals {
    async fn execute(&self, _: Request<RolloutRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented("a watcher sends no commands"))
    }

    async fn get(&self, _: Request<GetRequest>) -> Result<Response<RolloutView>, Status> {
        Err(Status::unimplemented("a watcher reads nothing"))
    }

    async fn list(&self, _: Request<ListRequest>) -> Result<Response<RolloutList>, Status> {
        Err(Status::unimplemented("a watcher lists nothing"))
    }

    async fn why(&self, _: Request<GetRequest>) -> Result<Response<GateView>, Status> {
        Err(Status::unimplemented("a watcher asks for no gate"))
    }

    async fn renew_watch(
        &self,
        request: Request<RenewWatchRequest>,
    ) -> Result<Response<RenewWatchReply>, Status> {
        self.0.lock().unwrap().push(request.into_inner().rollout_ids);
        Ok(Response::new(RenewWatchReply { period_seconds: 60 }))
    }
}

fn watcher(world: &World, renewals: &Renewals) -> Watcher {
    let keeper = OnceLock::new();
    let nearby = in_process(RolloutsServer::new(renewals.clone()));
    let connect = Replicas::none().connect;
    keeper.get_or_init(|| Route::new(world.log.clone(), connect, KEEPER.0, KEEPER.1).or_nearby(nearby));
    Watcher::new(
        world.context.board.clone(),
        world.context.evaluation.clone(),
        world.clock.clone(),
        Arc::new(keeper),
    )
}

#[tokio::test]
async fn r15_running_rollouts_are_renewed_every_twenty_seconds() {
    let (world, rollout, _) = World::guarded().await;
    world.rollout("planned").await;
    world.settle().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    assert_eq!(watcher.step().await, Ok(idle(EVERY)));
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
    world.clock.advance(Duration::from_secs(19));
    world.settle().await;
    assert_eq!(watcher.step().await, Ok(idle(Duration::from_secs(1))));
    assert_eq!(renewals.taken(), Vec::<Vec<String>>::new());
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(watcher.step().await, Ok(idle(EVERY)));
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}

#[tokio::test]
async fn r15_a_rollout_that_begins_is_renewed_at_once_and_one_that_ends_no_more() {
    let (world, rollout, _) = World::guarded().await;
    world.settle().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    watcher.step().await.unwrap();
    let second = world.rollout("second").await;
    world.enter(second, "internal", 1).await;
    watcher.step().await.unwrap();
    let mut both = vec![rollout.to_string(), second.to_string()];
    both.sort_unstable();
    assert_eq!(renewals.taken(), [vec![rollout.to_string()], both]);
    world.abort(second).await;
    world.clock.advance(EVERY);
    world.settle().await;
    watcher.step().await.unwrap();
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}

#[tokio::test]
async fn r15_a_service_that_has_not_looked_for_a_while_does_not_claim_to_watch() {
    let (world, rollout, _) = World::guarded().await;
    world.settle().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    watcher.step().await.unwrap();
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
    // Whatever keeps the evaluation from its work, the next renewal does not come.
    world.clock.advance(EVERY);
    assert_eq!(watcher.step().await, Ok(Progress::Blocked { due: None, retry: SOON }));
    assert_eq!(renewals.taken(), Vec::<Vec<String>>::new());
    world.settle().await;
    watcher.step().await.unwrap();
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}

#[tokio::test]
async fn r15_a_service_that_cannot_judge_yet_does_not_claim_to_watch() {
    let (world, rollout, _) = World::guarded().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    assert_eq!(watcher.step().await, Ok(Progress::Blocked { due: None, retry: SOON }));
    assert_eq!(renewals.taken(), Vec::<Vec<String>>::new());
    world.settle().await;
    watcher.step().await.unwrap();
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}

/// A replica that may judge two shares, of which it holds the first; in each of them is a rollout with a guardrail.
async fn two_shares(store: Arc<dyn ObservationStore>) -> (World, [RolloutId; 2]) {
    let clock = Arc::new(ManualClock::at("2026-03-01T00:00:00Z".parse().unwrap()));
    let log: Log = Arc::new(MemoryLog::new("test", clock.clone()));
    let world = World::among(clock, log, store, Replicas { shards: 2, ..Replicas::none() });
    world.define("cpu", pb::MetricType::Guardrail).await;
    let mut of_share = [None; 2];
    for name in 0..128 {
        let rollout = world.rollout(&name.to_string()).await;
        let share = world.context.evaluation.places().of(rollout).shard().index() as usize;
        of_share[share].get_or_insert(rollout);
        world.enter(rollout, "beta", 1).await;
        world.arm(arm("cpu", rollout)).await;
    }
    take(&world, 0).await;
    world.settle().await;
    (world, of_share.map(Option::unwrap))
}

async fn take(world: &World, share: usize) {
    world.context.evaluation.places().all()[share].prove(&mut Alone).await.unwrap();
}

#[tokio::test]
async fn r15_the_rollouts_of_one_share_are_renewed_while_another_is_loading() {
    let (world, [of_ready, of_loading]) = two_shares(Arc::new(MemoryObservations::default())).await;
    take(&world, 1).await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    let progress = watcher.step().await;
    let mut renewed = renewals.taken().concat();
    assert!(renewed.contains(&of_ready.to_string()), "{progress:?}");
    assert!(!renewed.contains(&of_loading.to_string()), "what is not loaded is not watched");
    // Once it is loaded nobody waits for the next turn.
    world.settle().await;
    watcher.step().await.unwrap();
    renewed = renewals.taken().concat();
    assert!(renewed.contains(&of_ready.to_string()) && renewed.contains(&of_loading.to_string()));
}

#[tokio::test]
async fn r15_a_share_that_takes_long_to_load_costs_no_other_the_watch() {
    let store = Arc::new(Moody::over(Arc::new(MemoryObservations::default())));
    let (world, [of_ready, of_loading]) = two_shares(store.clone()).await;
    take(&world, 1).await;
    let unwatched = Arc::new(AtomicUsize::new(0));
    let (clock, evaluation, seen) =
        (world.clock.clone(), world.context.evaluation.clone(), unwatched.clone());
    let begun = clock.monotonic();
    store.meanwhile(move || {
        clock.advance(Duration::from_millis(150));
        if !evaluation.watches_over(of_ready) {
            seen.fetch_add(1, Ordering::Relaxed);
        }
    });
    world.settle_once().await;
    let took = world.clock.monotonic().saturating_sub(begun);
    assert!(took > Duration::from_secs(20), "{took:?}");
    assert_eq!(unwatched.load(Ordering::Relaxed), 0);
    assert!(world.context.evaluation.watches_over(of_loading));
}

#[tokio::test]
async fn r15_a_store_that_fails_is_not_forgotten_while_another_share_is_loading() {
    let store = Arc::new(Moody::over(Arc::new(MemoryObservations::default())));
    let (world, [of_ready, _]) = two_shares(store.clone()).await;
    let evaluation = world.context.evaluation.clone();
    take(&world, 1).await;
    assert!(evaluation.watches_over(of_ready));
    let nothing = verdict_runtime::observations::Retraction {
        org: "default".to_owned(),
        metric: "nobody's".to_owned(),
        source: String::new(),
        from: world.now(),
        to: world.now(),
    };
    // From here on everything is to be compared with the store.
    evaluation.retracted(&nothing).await;
    store.fail(true);
    let (clock, begun) = (world.clock.clone(), world.clock.monotonic());
    store.meanwhile(move || clock.advance(Duration::from_millis(150)));
    world.settle_once().await;
    let took = world.clock.monotonic().saturating_sub(begun);
    assert!(took > Duration::from_secs(6), "{took:?}");
    assert!(!evaluation.watches_over(of_ready));
}

/// Which rollouts are renewed after a whole period.
async fn renewed(world: &World) -> Vec<String> {
    world.clock.advance(EVERY);
    world.settle().await;
    let renewals = Renewals::default();
    watcher(world, &renewals).step().await.unwrap();
    renewals.taken().pop().unwrap_or_default()
}

/// A rollout with two guardrails, of which the second is given, and another rollout with one.
async fn two_rollouts() -> (World, RolloutId, String, RolloutId) {
    let (world, rollout, _) = World::guarded().await;
    world.define("errors", pb::MetricType::Guardrail).await;
    let second = world.arm(arm("errors", rollout)).await;
    let other = world.rollout("other").await;
    world.enter(other, "beta", 1).await;
    world.arm(arm("cpu", other)).await;
    (world, rollout, second, other)
}

#[tokio::test]
async fn clause_18_one_guardrail_that_cannot_be_read_loses_its_rollout_the_watch_and_no_other() {
    let (world, rollout, unreadable, other) = two_rollouts().await;
    let mut both = vec![rollout.to_string(), other.to_string()];
    both.sort_unstable();
    assert_eq!(renewed(&world).await, both);
    world.write_unknown(&format!("metrics.guardrail-{unreadable}"), "metrics.Guardrail.Snoozed.v9").await;
    // At once, and not when everything is looked at the next time.
    let renewals = Renewals::default();
    watcher(&world, &renewals).step().await.unwrap();
    assert_eq!(renewals.taken(), [[other.to_string()]]);
    // No point of it has come, and its other guardrail passes: nothing has to be answered.
    world.minute(90.0).await;
    assert_eq!(renewed(&world).await, [other.to_string()]);
    assert_eq!(renewed(&world.restarted()).await, [other.to_string()]);
    // However long ago it was.
    for _ in 0..10 {
        world.minute(90.0).await;
    }
    assert_eq!(renewed(&world).await, [other.to_string()]);
}

#[tokio::test]
async fn clause_18_an_arming_that_cannot_be_read_is_a_guardrail_all_the_same() {
    let (world, rollout, _, other) = two_rollouts().await;
    let armed = serde_json::json!({ "rolloutId": rollout.to_string(), "metric": "cpu", "effect": "GUARDRAIL_EFFECT_PAGE" });
    let stream = "metrics.guardrail-01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
    world.write_raw(stream, "metrics.Guardrail.GuardrailArmed.v1", &armed).await;
    assert_eq!(renewed(&world).await, [other.to_string()]);
    assert_eq!(renewed(&world.restarted()).await, [other.to_string()]);
    // And no gate opens that it may guard.
    let states = async |rollout| -> Vec<CheckState> {
        world.facts(rollout, &[]).await.guardrails.iter().map(pb::GuardrailFact::state).collect()
    };
    assert!(states(rollout).await.contains(&CheckState::UnknownUnhealthy));
    assert!(!states(other).await.contains(&CheckState::UnknownUnhealthy));
}

#[tokio::test]
async fn clause_18_what_may_have_armed_a_guardrail_again_counts_and_what_was_disarmed_after_it_does_not() {
    let (world, rollout, disarmed, other) = two_rollouts().await;
    let mut both = vec![rollout.to_string(), other.to_string()];
    both.sort_unstable();
    let disarm = pb::guardrail_request::Command::Disarm(pb::DisarmGuardrail {});
    accepted(world.guardrail(&disarmed, disarm).await);
    assert_eq!(renewed(&world).await, both);
    let stream = format!("metrics.guardrail-{disarmed}");
    world.write_unknown(&stream, "metrics.Guardrail.Snoozed.v9").await;
    assert_eq!(renewed(&world).await, [other.to_string()]);
    // By the version that can read it.
    let reason = serde_json::json!({ "reason": "moved" });
    world.write_raw(&stream, "metrics.Guardrail.GuardrailDisarmed.v1", &reason).await;
    assert_eq!(renewed(&world).await, both);
    assert_eq!(renewed(&world.restarted()).await, both);
}
