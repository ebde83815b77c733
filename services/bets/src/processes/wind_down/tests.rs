//! The wind-down on a log, with stand-ins for the contexts that it tells.

use std::time::Duration;

use verdict_bets_domain::bet::handoff::{Clarity, Item};
use verdict_bets_domain::bet::metrics::{Direction, MetricTarget, MetricType, Role};
use verdict_bets_domain::bet::{
    Command, DEFAULT_ITERATIONS, Decision, Hypothesis, KillReason, Mode, Proposal, Reach, Timebox,
};
use verdict_kernel::clock::{Clock, ManualClock, Timestamp};
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::execute::Repository;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::process::{Alone, ProcessRunner};
use verdict_runtime::wire::golden;

use super::*;
use crate::facts::stand_in::{Told, World, rollout_view};

const ROLLOUTS: [&str; 2] = ["01JD3Z8Q4M9W6T2V5X7Y0A1B2D", "01JD3Z8Q4M9W6T2V5X7Y0A1B2F"];
const FLAG: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2E";
const LAUNCHES: [&str; 2] = ["01JD3Z8Q4M9W6T2V5X7Y0A1B2G", "01JD3Z8Q4M9W6T2V5X7Y0A1B2H"];

struct Platform {
    world: World,
    log: Log,
    clock: Arc<ManualClock>,
    bets: Repository<BetWire>,
    bet: BetId,
    commands: u128,
}

type Runner = ProcessRunner<WindDown, WindDownRim>;

impl Platform {
    fn new() -> Self {
        let world = World::default();
        world.change(|inner| {
            inner.launches = LAUNCHES.map(str::to_owned).into();
            let view = |id: &str, flag| (id.to_owned(), rollout_view(id, flag, "", false));
            inner.rollouts = [view(ROLLOUTS[0], FLAG), view(ROLLOUTS[1], "")].into();
        });
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        Self {
            world,
            bets: Repository::new(log.clone(), clock.clone()),
            log,
            clock,
            bet: BetId::created_by(CommandId::from_uuid(uuid::Uuid::from_u128(1))),
            commands: 0,
        }
    }

    fn runner(&self) -> Runner {
        let rim = WindDownRim::new(self.log.clone(), self.world.peers());
        let clock: Arc<dyn Clock> = self.clock.clone();
        ProcessRunner::new(rim, self.log.clone(), clock, Box::new(Alone))
    }

    async fn tell(&mut self, command: Command) {
        self.commands += 1;
        let command_id = CommandId::from_uuid(uuid::Uuid::from_u128(self.commands));
        let envelope = Envelope {
            reason: "a reason".to_owned(),
            correlation_id: "story".to_owned(),
            ..Envelope::new(command_id, Principal { org: "acme".to_owned(), ..Principal::dev() })
        };
        let id = self.bet.to_string();
        self.bets.execute(&envelope, &id, true, command).await.unwrap();
    }

    async fn exposed(&mut self) {
        let at = |second| Timestamp::from_second(second).unwrap();
        let commands = [
            Command::Propose(Proposal {
                title: "One page".to_owned(),
                mode: Mode::ZeroToOne,
                hypothesis: Some(Hypothesis {
                    belief: "one page".to_owned(),
                    expected_outcome: "more orders".to_owned(),
                }),
                iteration_limit: DEFAULT_ITERATIONS,
                appetite: None,
            }),
            Command::StartShaping,
            Command::AssessHandoffItem(Item::Problem, Clarity::Clear),
            Command::AgreeMetrics(vec![MetricTarget {
                metric: "orders".to_owned(),
                role: Role::Primary,
                metric_type: MetricType::Core,
                target: "1".to_owned(),
                direction: Direction::Increase,
            }]),
            Command::SetTimebox(Timebox { start: at(0), end: at(9) }),
            Command::MarkShaped,
            Command::HandOff { override_fuzzy: false },
            Command::AttachRollout(attached(ROLLOUTS[0], Some(FLAG))),
            Command::AttachRollout(attached(ROLLOUTS[1], None)),
        ];
        for command in commands {
            self.tell(command).await;
        }
    }

    async fn kill(&mut self) {
        let kill = Decision::Kill {
            reason: Some(KillReason::Disproved),
            learnings: vec!["two pages are fine".to_owned()],
        };
        self.tell(Command::Conclude(Some(kill))).await;
    }

    /// Names of the events that the process has written, without the prefix that all share.
    async fn written(&self) -> Vec<String> {
        let own = Filter::prefixes(["bets.process-"]);
        let page = self.log.read_all(None, &own, MAX_PAGE).await.unwrap();
        let name = |event: &Recorded| event.event_type.trim_start_matches("bets.").to_owned();
        page.events.iter().map(name).collect()
    }
}

fn attached(rollout: &str, flag: Option<&str>) -> Attached {
    Attached { rollout: rollout.parse().unwrap(), flag: flag.map(|flag| flag.parse().unwrap()) }
}

/// Steps until there is nothing left to do; a fault waits for its pause on the manual clock.
async fn settle(runner: &mut Runner, clock: &ManualClock) {
    for _ in 0..200 {
        match runner.step().await {
            Ok(Progress::Worked) => {}
            Ok(Progress::Idle { retry: None, .. }) => return,
            Ok(Progress::Idle { retry: Some(pause), .. } | Progress::Blocked { retry: pause, .. }) => {
                clock.advance(pause);
            }
            Err(_) => clock.advance(Duration::from_secs(10)),
        }
    }
    panic!("the process does not come to rest");
}

fn expected() -> Vec<String> {
    [
        format!("turn off {FLAG}"),
        format!("clean up now {FLAG}"),
        format!("abort {}", ROLLOUTS[0]),
        format!("abort {}", ROLLOUTS[1]),
        format!("cancel {}", LAUNCHES[0]),
        format!("cancel {}", LAUNCHES[1]),
    ]
    .into()
}

fn said(told: &[Told]) -> Vec<String> {
    told.iter().map(|told| told.what.clone()).collect()
}

#[tokio::test]
async fn l7_a_killed_bet_is_taken_back_everywhere_in_order_and_once() {
    let mut platform = Platform::new();
    let mut runner = platform.runner();
    platform.exposed().await;
    settle(&mut runner, &platform.clock).await;
    assert_eq!(platform.world.told(), []);
    platform.kill().await;
    settle(&mut runner, &platform.clock).await;
    let told = platform.world.told();
    assert_eq!(said(&told), expected());
    for Told { meta, .. } in &told {
        assert_eq!(
            (meta.process.as_str(), meta.org.as_str(), meta.reason.as_str()),
            ("wind-down", "acme", "the bet was killed or withdrawn")
        );
    }
    let mut ids: Vec<_> = told.iter().map(|told| &told.meta.command_id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), told.len(), "every command has an id of its own");
    let mut written = vec!["Process.Started.v1", "WindDown.KillNoted.v1"];
    written.extend(["Process.StepRecorded.v1"; 5]);
    written.push("Process.Ended.v1");
    assert_eq!(platform.written().await, written);
    // A runner that starts again finds nothing to do.
    let mut again = platform.runner();
    settle(&mut again, &platform.clock).await;
    assert_eq!(platform.world.told(), told);
}

#[tokio::test]
async fn a_refused_or_missing_thing_is_recorded_and_the_rest_still_comes() {
    let mut platform = Platform::new();
    platform.world.change(|inner| {
        inner.refuses = Some("abort");
        inner.missing = Some("turn off");
    });
    platform.exposed().await;
    platform.kill().await;
    settle(&mut platform.runner(), &platform.clock).await;
    let all_but_the_missing: Vec<String> =
        expected().into_iter().filter(|what| !what.starts_with("turn off")).collect();
    assert_eq!(said(&platform.world.told()), all_but_the_missing);
    assert_eq!(platform.written().await.last().unwrap(), "Process.Ended.v1");
}

#[tokio::test]
async fn contexts_that_are_down_are_told_later_under_the_same_ids() {
    let mut platform = Platform::new();
    platform.exposed().await;
    platform.kill().await;
    platform.world.change(|inner| inner.deaf = true);
    let mut runner = platform.runner();
    for _ in 0..20 {
        drop(runner.step().await);
        platform.clock.advance(Duration::from_secs(10));
    }
    assert_eq!(platform.world.told(), []);
    let mut unheard = Vec::new();
    platform.world.change(|inner| {
        inner.deaf = false;
        unheard = std::mem::take(&mut inner.unheard);
    });
    settle(&mut runner, &platform.clock).await;
    let told = platform.world.told();
    assert_eq!(said(&told), expected());
    assert!(unheard.len() > 1 && unheard.iter().all(|tried| *tried == told[0]), "{unheard:?}");
}

#[tokio::test]
async fn l7_a_flag_that_was_not_named_and_a_rollout_that_was_not_attached_are_taken_back_too() {
    let mut platform = Platform::new();
    let (other, its_flag) = ("01JD3Z8Q4M9W6T2V5X7Y0A1B2K", "01JD3Z8Q4M9W6T2V5X7Y0A1B2M");
    let bet = platform.bet.to_string();
    platform.world.change(|inner| {
        // The second one was attached without its flag; a third one was planned for the bet and never attached.
        inner.rollouts.insert(ROLLOUTS[1].to_owned(), rollout_view(ROLLOUTS[1], FLAG, &bet, true));
        inner.rollouts.insert(other.to_owned(), rollout_view(other, its_flag, &bet, true));
    });
    platform.exposed().await;
    platform.kill().await;
    settle(&mut platform.runner(), &platform.clock).await;
    let mut expected = Vec::new();
    for (rollout, flag) in [(ROLLOUTS[0], FLAG), (ROLLOUTS[1], FLAG), (other, its_flag)] {
        expected.extend([
            format!("turn off {flag}"),
            format!("clean up now {flag}"),
            format!("abort {rollout}"),
        ]);
    }
    expected.extend(LAUNCHES.map(|launch| format!("cancel {launch}")));
    assert_eq!(said(&platform.world.told()), expected);
}

#[tokio::test]
async fn l12_a_withdrawn_bet_leaves_no_rollout_behind() {
    let mut platform = Platform::new();
    platform.exposed().await;
    platform.tell(Command::Withdraw(Reach::Team)).await;
    settle(&mut platform.runner(), &platform.clock).await;
    assert_eq!(said(&platform.world.told()), expected());
}

#[tokio::test]
async fn a_kill_whose_rollouts_cannot_be_asked_for_is_noted_once_they_can() {
    let mut platform = Platform::new();
    platform.exposed().await;
    platform.kill().await;
    platform.world.change(|inner| inner.down = true);
    let mut runner = platform.runner();
    for _ in 0..5 {
        drop(runner.step().await);
        platform.clock.advance(Duration::from_secs(10));
    }
    assert_eq!(platform.written().await, Vec::<String>::new());
    platform.world.change(|inner| inner.down = false);
    settle(&mut runner, &platform.clock).await;
    assert_eq!(said(&platform.world.told()), expected());
}

#[tokio::test]
async fn a_bet_that_was_reopened_and_killed_again_is_wound_down_again() {
    let mut platform = Platform::new();
    platform.exposed().await;
    platform.kill().await;
    let mut runner = platform.runner();
    settle(&mut runner, &platform.clock).await;
    platform.tell(Command::Reopen).await;
    platform.kill().await;
    settle(&mut runner, &platform.clock).await;
    let twice: Vec<String> = expected().into_iter().chain(expected()).collect();
    assert_eq!(said(&platform.world.told()), twice);
}

#[tokio::test]
async fn what_is_attached_after_a_kill_was_taken_back_is_left_alone() {
    let mut platform = Platform::new();
    platform.exposed().await;
    platform.kill().await;
    platform.tell(Command::Reopen).await;
    let later = "01JD3Z8Q4M9W6T2V5X7Y0A1B2K";
    platform.tell(Command::AttachRollout(attached(later, None))).await;
    settle(&mut platform.runner(), &platform.clock).await;
    assert_eq!(said(&platform.world.told()), expected());
}

#[test]
fn the_fact_reads_back_as_it_was_and_its_golden_payload_stays() {
    let rim = WindDownRim {
        log: Arc::new(MemoryLog::new("log", Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH)))),
        peers: World::default().peers(),
    };
    let kill = KillNoted {
        bet: ROLLOUTS[0].parse().unwrap(),
        rollouts: vec![attached(ROLLOUTS[0], Some(FLAG)), attached(ROLLOUTS[1], None)],
        at: "2026-04-13T08:00:00Z".parse().unwrap(),
    };
    let stored = rim.encode(&kill);
    assert_eq!(stored.event_type, KILL_NOTED);
    golden::reads_back(env!("CARGO_MANIFEST_DIR"), &stored, &kill, |name, data| rim.decode(name, data));
    assert_eq!(rim.decode("bets.WindDown.Other.v1", b"{}"), Err(DecodeError::UnknownType));
}

#[test]
fn a_service_that_does_not_know_the_command_is_asked_again() {
    let envelope = verdict_runtime::log::contract::tally::envelope("a");
    for status in [Status::unimplemented("no such method"), Status::not_found("no such path")] {
        let unknown = performed("gtm", &envelope, Err(status));
        assert!(matches!(unknown, Err(Fault::Unreachable { .. })), "{unknown:?}");
    }
    let problem = Problem::new(Code::NotFound, "no such launch");
    let gone = performed("gtm", &envelope, Err(verdict_runtime::grpc::status(&problem)));
    assert_eq!(gone.ok(), Some(Performed::refused("not_found")));
}
