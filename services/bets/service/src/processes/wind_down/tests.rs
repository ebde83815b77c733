//! The wind-down on a log, with stand-ins for the contexts that it tells.

use std::time::Duration;

use verdict_bets_domain::bet::{DEFAULT_ITERATIONS, Event, KillReason, Proposal};
use verdict_kernel::clock::{Clock, ManualClock, Timestamp};
use verdict_kernel::id::CommandId;
use verdict_kernel::mode::Mode;
use verdict_kernel::principal::Principal;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::execute::metadata;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Expected, MAX_PAGE, NewEvent};
use verdict_runtime::process::{Alone, ProcessRunner, golden};
use verdict_stored::Wire;

use super::*;
use crate::facts::stand_in::{Told, World, rollout_view};

const ROLLOUTS: [&str; 2] = ["01JD3Z8Q4M9W6T2V5X7Y0A1B2D", "01JD3Z8Q4M9W6T2V5X7Y0A1B2F"];
const FLAG: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2E";
const LAUNCHES: [&str; 2] = ["01JD3Z8Q4M9W6T2V5X7Y0A1B2G", "01JD3Z8Q4M9W6T2V5X7Y0A1B2H"];

struct Platform {
    world: World,
    log: Log,
    clock: Arc<ManualClock>,
    bet: BetId,
    happened: u128,
}

type Runner = ProcessRunner<WindDown, WindDownRim>;

impl Platform {
    /// A bet that two rollouts expose, the first of them by a flag; it has two launches.
    async fn exposed() -> Self {
        let world = World::default();
        world.change(|inner| {
            inner.launches = LAUNCHES.map(str::to_owned).into();
            let view = |id: &str, flag| (id.to_owned(), rollout_view(id, flag, "", false));
            inner.rollouts = [view(ROLLOUTS[0], FLAG), view(ROLLOUTS[1], "")].into();
        });
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log = Arc::new(MemoryLog::new("log", clock.clone()));
        let bet = BetId::created_by(CommandId::from_uuid(uuid::Uuid::from_u128(1)));
        let mut platform = Self { world, log, clock, bet, happened: 0 };
        platform
            .happens(Event::Proposed(Proposal {
                title: "One page".to_owned(),
                mode: Mode::ZeroToOne,
                hypothesis: None,
                iteration_limit: DEFAULT_ITERATIONS,
                appetite: None,
            }))
            .await;
        platform.happens(Event::RolloutAttached(attached(ROLLOUTS[0], Some(FLAG)))).await;
        platform.happens(Event::RolloutAttached(attached(ROLLOUTS[1], None))).await;
        platform
    }

    fn runner(&self) -> Runner {
        let rim = WindDownRim::new(self.log.clone(), self.world.peers());
        let clock: Arc<dyn Clock> = self.clock.clone();
        ProcessRunner::new(rim, self.log.clone(), clock, Box::new(Alone))
    }

    /// The bet says this, as it is stored.
    async fn happens(&mut self, event: Event) {
        self.happened += 1;
        let command_id = CommandId::from_uuid(uuid::Uuid::from_u128(self.happened));
        let principal = Principal { org: "acme".to_owned(), ..Principal::dev() };
        let envelope =
            Envelope { correlation_id: "story".to_owned(), ..Envelope::new(command_id, principal) };
        let stream = format!("{BET_STREAMS}{}", self.bet);
        let stored = BetWire::encode(&event);
        let event = NewEvent {
            id: command_id.event_id(&stream, 0),
            event_type: stored.event_type.into_owned(),
            data: stored.data,
            metadata: metadata(&envelope, self.clock.now()),
        };
        self.log.append(&stream, Expected::Any, vec![event]).await.unwrap();
    }

    async fn kill(&mut self) {
        let learnings = vec!["two pages are fine".to_owned()];
        self.happens(Event::Killed { reason: KillReason::Disproved, learnings }).await;
    }

    /// What is told to the others when the bet is killed, in order.
    async fn killed(&mut self) -> Vec<String> {
        self.kill().await;
        self.settled().await
    }

    /// What a runner that starts now leaves behind as told, in order.
    async fn settled(&self) -> Vec<String> {
        settle(&mut self.runner(), &self.clock).await;
        said(&self.world.told())
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
    let mut platform = Platform::exposed().await;
    let mut runner = platform.runner();
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
    let mut platform = Platform::exposed().await;
    platform.world.change(|inner| {
        inner.refuses = Some("abort");
        inner.missing = Some("turn off");
    });
    let told = platform.killed().await;
    let all_but_the_missing: Vec<String> =
        expected().into_iter().filter(|what| !what.starts_with("turn off")).collect();
    assert_eq!(told, all_but_the_missing);
    assert_eq!(platform.written().await.last().unwrap(), "Process.Ended.v1");
}

#[tokio::test]
async fn contexts_that_are_down_are_told_later_under_the_same_ids() {
    let mut platform = Platform::exposed().await;
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
    let mut platform = Platform::exposed().await;
    let (other, its_flag) = ("01JD3Z8Q4M9W6T2V5X7Y0A1B2K", "01JD3Z8Q4M9W6T2V5X7Y0A1B2M");
    let bet = platform.bet.to_string();
    platform.world.change(|inner| {
        // The second one was attached without its flag; a third one was planned for the bet and never attached.
        inner.rollouts.insert(ROLLOUTS[1].to_owned(), rollout_view(ROLLOUTS[1], FLAG, &bet, true));
        inner.rollouts.insert(other.to_owned(), rollout_view(other, its_flag, &bet, true));
    });
    let told = platform.killed().await;
    let mut expected = Vec::new();
    for (rollout, flag) in [(ROLLOUTS[0], FLAG), (ROLLOUTS[1], FLAG), (other, its_flag)] {
        expected.extend([
            format!("turn off {flag}"),
            format!("clean up now {flag}"),
            format!("abort {rollout}"),
        ]);
    }
    expected.extend(LAUNCHES.map(|launch| format!("cancel {launch}")));
    assert_eq!(told, expected);
}

#[tokio::test]
async fn l12_a_withdrawn_bet_leaves_no_rollout_behind() {
    let mut platform = Platform::exposed().await;
    platform.happens(Event::Withdrawn).await;
    assert_eq!(platform.settled().await, expected());
}

#[tokio::test]
async fn a_kill_whose_rollouts_cannot_be_asked_for_is_noted_once_they_can() {
    let mut platform = Platform::exposed().await;
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
    let mut platform = Platform::exposed().await;
    platform.kill().await;
    let mut runner = platform.runner();
    settle(&mut runner, &platform.clock).await;
    platform.happens(Event::Reopened { reason: "more to learn".to_owned() }).await;
    platform.kill().await;
    settle(&mut runner, &platform.clock).await;
    let twice: Vec<String> = expected().into_iter().chain(expected()).collect();
    assert_eq!(said(&platform.world.told()), twice);
}

#[tokio::test]
async fn what_is_attached_after_a_kill_was_taken_back_is_left_alone() {
    let mut platform = Platform::exposed().await;
    platform.kill().await;
    platform.happens(Event::Reopened { reason: "more to learn".to_owned() }).await;
    let later = "01JD3Z8Q4M9W6T2V5X7Y0A1B2K";
    platform.happens(Event::RolloutAttached(attached(later, None))).await;
    assert_eq!(platform.settled().await, expected());
}

#[test]
fn the_fact_reads_back_as_it_was_and_its_golden_payload_stays() {
    let kill = Kill {
        bet: ROLLOUTS[0].parse().unwrap(),
        rollouts: vec![attached(ROLLOUTS[0], Some(FLAG)), attached(ROLLOUTS[1], None)],
        at: "2026-04-13T08:00:00Z".parse().unwrap(),
    };
    golden::check::<WindDownWire>(env!("CARGO_MANIFEST_DIR"), [Fact::KillNoted(kill)]);
}
