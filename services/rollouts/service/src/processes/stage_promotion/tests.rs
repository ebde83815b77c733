//! Whole rollouts on a log in memory: the services and the process as they are, the clock moved by hand.

use jiff::Timestamp;
use tonic::{Response, Status};
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CheckState, CommandReply, GetRequest};
use verdict_rollouts_domain::rollout::Move;
use verdict_runtime::log::MAX_PAGE;
use verdict_runtime::log_clock::LogClock;
use verdict_runtime::process::{Alone, ProcessRunner, golden};

use super::*;
use crate::facts::Sources;
use crate::facts::stand_in::Desk;
use crate::testing::{BET, World, allowed, settle};

const DAY: u64 = 24 * 60 * 60;

struct Stage {
    world: World,
    desk: Desk,
    rollouts: RolloutsApi,
    flags: FlagsApi,
    runner: ProcessRunner<StagePromotion, StagePromotionRim>,
    flag: String,
    rollout: String,
}

#[track_caller]
fn accepted(reply: Result<Response<CommandReply>, Status>) -> Accepted {
    match reply.unwrap().into_inner().outcome {
        Some(Outcome::Accepted(accepted)) => accepted,
        other => panic!("not accepted: {other:?}"),
    }
}

fn runner(
    world: &World,
    rollouts: &RolloutsApi,
    flags: &FlagsApi,
) -> ProcessRunner<StagePromotion, StagePromotionRim> {
    let rim = StagePromotionRim::new(world.log.clone(), rollouts.clone(), flags.clone());
    ProcessRunner::new(rim, world.log.clone(), world.clock(), Box::new(Alone))
}

impl Stage {
    /// A rollout that was started, with its evidence, not seen by the process yet.
    async fn set(promotion: pb::Promotion) -> Self {
        Self::on(World::new(), promotion).await
    }

    async fn on(mut world: World, promotion: pb::Promotion) -> Self {
        let desk = Desk::new(world.clock());
        let flags = FlagsApi::new(world.log.clone(), world.clock());
        let clock = LogClock::new(world.log.clone(), world.clock(), "rollouts");
        let read = verdict_runtime::execute::Repository::new(world.log.clone(), world.clock());
        let sources = Sources::new(
            desk.peers(),
            Arc::new(flags.clone()),
            flags.repository().clone(),
            read,
            Arc::new(clock),
        );
        let rollouts = RolloutsApi::new(world.log.clone(), world.clock(), sources, Arc::default());
        let create = pb::FlagRequest {
            meta: world.meta(""),
            flag_id: String::new(),
            environment: String::new(),
            command: Some(FlagCommand::Create(pb::CreateFlag {
                key: "one-page".to_owned(),
                environment: "production".to_owned(),
                kind: pb::FlagKind::Release.into(),
                owner: "ann".to_owned(),
                ..pb::CreateFlag::default()
            })),
        };
        let flag = accepted(Flags::execute(&flags, Request::new(create)).await).id;
        let mut stage = Self {
            runner: runner(&world, &rollouts, &flags),
            world,
            desk,
            rollouts,
            flags,
            flag,
            rollout: String::new(),
        };
        let plan = pb::PlanRollout {
            bet_id: BET.to_owned(),
            flag_id: stage.flag.clone(),
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: pb::RolloutMode::ZeroToOne.into(),
            tier: 2,
            promotion: promotion.into(),
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..pb::PlanRollout::default()
        };
        stage.rollout = stage.tell(Asked::Plan(plan)).await.id;
        stage.tell(Asked::Start(pb::StartRollout {})).await;
        stage
    }

    async fn with_evidence(mut self) -> Self {
        for (kind, value) in [("open_p0_bugs", "0"), ("core_flow_verified", "passed")] {
            self.record(kind, value).await;
        }
        self
    }

    async fn record(&mut self, kind: &str, value: &str) {
        let evidence =
            pb::RecordEvidence { kind: kind.to_owned(), verdict: value.to_owned(), link: String::new() };
        self.tell(Asked::RecordEvidence(evidence)).await;
    }

    async fn tell(&mut self, command: Asked) -> Accepted {
        let request = pb::RolloutRequest {
            meta: allowed(self.world.meta("a reason"), command.audience()),
            rollout_id: self.rollout.clone(),
            command: Some(command),
        };
        accepted(Rollouts::execute(&self.rollouts, Request::new(request)).await)
    }

    async fn tell_flag(&mut self, command: FlagCommand) -> Accepted {
        let request = pb::FlagRequest {
            meta: allowed(self.world.meta("a reason"), command.audience()),
            flag_id: self.flag.clone(),
            environment: String::new(),
            command: Some(command),
        };
        accepted(Flags::execute(&self.flags, Request::new(request)).await)
    }

    /// Lets the process do what is due, then moves the clock.
    async fn wait(&mut self, seconds: u64) {
        settle(&mut self.runner).await;
        self.world.advance(seconds);
        settle(&mut self.runner).await;
    }

    async fn rollout(&self) -> pb::RolloutView {
        let get = GetRequest { id: self.rollout.clone(), ..GetRequest::default() };
        Rollouts::get(&self.rollouts, Request::new(get)).await.unwrap().into_inner()
    }

    async fn why(&self) -> pb::GateView {
        let get = GetRequest { id: self.rollout.clone(), ..GetRequest::default() };
        Rollouts::why(&self.rollouts, Request::new(get)).await.unwrap().into_inner()
    }

    /// How often the rollout was marked as overdue.
    async fn overdue(&self) -> usize {
        let stream = format!("{ROLLOUTS}{}", self.rollout);
        let slice = self.world.log.read_stream(&stream, 0, MAX_PAGE).await.unwrap();
        slice.events.iter().filter(|event| event.event_type.ends_with(".StageOverdue.v1")).count()
    }

    async fn flag(&self) -> pb::FlagView {
        let get = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        Flags::get(&self.flags, Request::new(get)).await.unwrap().into_inner()
    }

    /// Stage, step and state of the rollout; stage and share of the flag.
    async fn standing(&self) -> (String, u32, String, String, u32) {
        let (rollout, flag) = (self.rollout().await, self.flag().await);
        let share = flag.audience.unwrap_or_default().basis_points();
        (rollout.stage, rollout.step, rollout.state, flag.stage, share)
    }
}

fn standing(
    stage: &str,
    step: u32,
    how: &str,
    served: &str,
    share: u32,
) -> (String, u32, String, String, u32) {
    (stage.to_owned(), step, how.to_owned(), served.to_owned(), share)
}

#[tokio::test]
async fn r3_a_stage_that_is_extended_says_how_and_is_overdue_again_at_its_new_maximum() {
    let mut stage = Stage::set(pb::Promotion::Manual).await;
    stage.wait(3 * DAY).await;
    assert_eq!(stage.overdue().await, 1);
    let report = stage.why().await.report.unwrap();
    let next = |check: &verdict_proto::v1::Check| check.next().starts_with("verdict rollout extend-stage");
    assert!(report.checks.iter().any(next), "{report:?}");
    stage.tell(Asked::ExtendStage(pb::ExtendStage { by_seconds: 86_400 })).await;
    stage.wait(DAY - 1).await;
    assert!(!stage.why().await.report.unwrap().checks.iter().any(next));
    assert_eq!(stage.overdue().await, 1);
    stage.wait(1).await;
    assert_eq!(stage.overdue().await, 2);
}

#[tokio::test]
async fn r24_what_was_entered_before_an_off_is_not_shown_and_a_resume_is() {
    let mut stage = Stage::set(pb::Promotion::Manual).await;
    stage.tell_flag(FlagCommand::TurnOff(pb::TurnOffFlag::default())).await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "paused", "", 0));
    assert!(stage.flag().await.audience.unwrap_or_default().members.is_empty());
    stage.tell(Asked::Resume(pb::ResumeRollout::default())).await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    assert_eq!(stage.flag().await.audience.unwrap().members, ["ann"]);
}

/// No stage soaks that serves nobody.
#[tokio::test]
async fn r22_a_stage_whose_exposure_the_flag_does_not_take_is_paused_and_goes_on_after_a_resume() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.tell_flag(FlagCommand::Hold(pb::HoldFlag::default())).await;
    stage.wait(5 * DAY).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "paused", "", 0));
    let release = pb::ReleaseHold { cause: "restored".to_owned(), ..pb::ReleaseHold::default() };
    stage.tell_flag(FlagCommand::ReleaseHold(release)).await;
    stage.tell(Asked::Resume(pb::ResumeRollout::default())).await;
    stage.wait(DAY - 1).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    stage.wait(1).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
}

#[tokio::test]
async fn an_automatic_rollout_walks_from_the_team_to_everyone() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(0).await;
    let mut seen = vec![stage.standing().await];
    for days in [1, 7, 1, 1, 5, 1, 1, 1] {
        stage.wait(days * DAY).await;
        seen.push(stage.standing().await);
    }
    assert_eq!(
        seen,
        [
            standing("internal", 0, "running", "internal", 0),
            standing("alpha", 0, "running", "alpha", 0),
            standing("beta", 0, "running", "beta", 100),
            standing("beta", 1, "running", "beta", 500),
            standing("beta", 2, "running", "beta", 1_000),
            standing("ga", 0, "running", "ga", 2_500),
            standing("ga", 1, "running", "ga", 5_000),
            standing("ga", 2, "running", "ga", 10_000),
            standing("", 0, "completed", "ga", 10_000),
        ]
    );
    let flag = stage.flag().await;
    let due: Timestamp = flag.cleanup_on.parse().unwrap();
    assert_eq!((flag.cleanup.as_str(), due), ("scheduled", plus(stage.world.clock.now(), CLEANUP_AFTER)));
}

#[tokio::test]
async fn a_manual_rollout_says_that_its_gate_is_open_and_waits() {
    let mut stage = Stage::set(pb::Promotion::Manual).await.with_evidence().await;
    stage.wait(DAY).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    let types = stage.world.types(&format!("rollouts.rollout-{}", stage.rollout)).await;
    assert_eq!(types.last().map(String::as_str), Some("rollouts.Rollout.GatePassed.v1"));
}

#[tokio::test]
async fn a_shut_gate_opens_when_the_evidence_arrives() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await;
    stage.wait(DAY).await;
    assert_eq!(stage.rollout().await.stage, "internal");
    stage.record("open_p0_bugs", "0").await;
    stage.wait(0).await;
    assert_eq!(stage.rollout().await.stage, "internal");
    stage.record("core_flow_verified", "passed").await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
}

#[tokio::test]
async fn a_gate_that_nobody_could_answer_is_asked_again() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.desk.answers().metrics_down = true;
    stage.wait(DAY).await;
    assert_eq!(stage.rollout().await.stage, "internal");
    stage.desk.answers().metrics_down = false;
    stage.wait(15 * 60).await;
    assert_eq!(stage.rollout().await.stage, "alpha");
}

#[tokio::test]
async fn clause_24_a_wall_clock_that_jumps_by_days_ends_no_soak() {
    const JUMP: jiff::SignedDuration = jiff::SignedDuration::from_hours(3 * 24);
    let world = World::of_one_machine();
    let mut stage = Stage::on(world, pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(0).await;
    stage.world.clock.step(JUMP);
    for _ in 0..4 {
        stage.wait(1).await;
        stage.wait(15 * 60).await;
    }
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    let report = stage.why().await.report.unwrap();
    let line = report.checks.iter().find(|check| check.name() == "freshness").unwrap();
    assert_eq!(line.state(), CheckState::UnknownUnhealthy);
    assert!(line.seen().contains("stepped ahead by 72h"), "{}", line.seen());

    // Once it is right again nothing widens before it has come to what was written while it was wrong: no time of a
    // stream goes back.
    stage.world.clock.step(-JUMP);
    stage.wait(DAY - 4 * (15 * 60 + 1) - 1).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    assert!(!stage.why().await.open);
    stage.wait(3 * DAY).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
}

#[tokio::test]
async fn clause_24_a_step_of_the_wall_clock_is_settled_by_as_much_machine_time() {
    let world = World::of_one_machine();
    let mut stage = Stage::on(world, pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(0).await;
    stage.world.clock.step(jiff::SignedDuration::from_hours(3 * 24));
    stage.wait(3 * DAY - 1).await;
    assert_eq!(stage.rollout().await.stage, "internal");
    stage.wait(DAY / 2).await;
    assert_eq!(stage.rollout().await.stage, "alpha");
}

#[tokio::test]
async fn r3_a_stage_beyond_its_maximum_is_marked_overdue() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await;
    stage.wait(3 * DAY).await;
    let types = stage.world.types(&format!("rollouts.rollout-{}", stage.rollout)).await;
    let overdue = |event_type: &&String| event_type.as_str() == "rollouts.Rollout.StageOverdue.v1";
    assert_eq!(types.iter().filter(overdue).count(), 1);
}

#[tokio::test]
async fn a_restarted_process_goes_on_and_sends_nothing_twice() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(0).await;
    stage.runner = runner(&stage.world, &stage.rollouts, &stage.flags);
    stage.wait(DAY).await;
    stage.runner = runner(&stage.world, &stage.rollouts, &stage.flags);
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
    assert_eq!(stage.flag().await.exposure_version, 2);
}

#[tokio::test]
async fn r2_a_demotion_narrows_the_flag() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    for days in [1, 7] {
        stage.wait(days * DAY).await;
    }
    assert_eq!(stage.flag().await.stage, "beta");
    let down = pb::EnterStage { stage: "internal".to_owned(), step: None };
    stage.tell(Asked::EnterStage(down)).await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    let members = stage.flag().await.audience.unwrap_or_default();
    assert_eq!((members.members, members.accounts), (vec!["ann".to_owned()], vec![]));
}

#[tokio::test]
async fn a_paused_rollout_is_not_promoted_and_a_resumed_one_soaks_anew() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(0).await;
    stage.tell(Asked::Pause(pb::PauseRollout::default())).await;
    stage.wait(5 * DAY).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "paused", "internal", 0));
    stage.tell(Asked::Resume(pb::ResumeRollout::default())).await;
    stage.wait(DAY - 1).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    stage.wait(1).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
}

#[tokio::test]
async fn r11_a_resume_after_a_rollback_releases_the_flag_and_soaks_anew() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(DAY).await;
    let narrow = pb::NarrowFlag {
        rollout_id: stage.rollout.clone(),
        stage: "alpha".to_owned(),
        stage_index: 1,
        attempt: 2,
        cause: "breach-1".to_owned(),
        critical: false,
        ..pb::NarrowFlag::default()
    };
    stage.tell_flag(FlagCommand::Narrow(narrow)).await;
    let request = pb::RequestRollback { breach: "breach-1".to_owned(), ..pb::RequestRollback::default() };
    stage.tell(Asked::RequestRollback(request)).await;
    stage.wait(30 * DAY).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "rolling_back", "internal", 0));
    let confirm = pb::ConfirmRollback {
        to_stage: "internal".to_owned(),
        flag_version: stage.flag().await.exposure_version,
    };
    stage.tell(Asked::ConfirmRollback(confirm)).await;
    stage.wait(30 * DAY).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "rolled_back", "internal", 0));
    assert!(stage.flag().await.held);
    stage.tell(Asked::Resume(pb::ResumeRollout::default())).await;
    stage.wait(DAY - 1).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    assert!(!stage.flag().await.held);
    stage.wait(1).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
}

/// The process was away while the stage was entered and the flag turned off.
#[tokio::test]
async fn r24_a_stage_that_was_entered_before_the_flag_was_turned_off_is_not_shown_afterwards() {
    let mut stage = Stage::set(pb::Promotion::Manual).await.with_evidence().await;
    stage.wait(DAY).await;
    stage.tell(Asked::EnterStage(pb::EnterStage { stage: "alpha".to_owned(), step: None })).await;
    stage.tell_flag(FlagCommand::TurnOff(pb::TurnOffFlag::default())).await;
    stage.wait(DAY).await;
    let standing = stage.standing().await;
    assert_eq!((standing.0.as_str(), standing.2.as_str()), ("alpha", "paused"));
    assert_eq!(stage.flag().await.state, "off");
}

#[tokio::test]
async fn r24_a_stage_that_somebody_cut_by_hand_does_not_soak_and_goes_nowhere_by_itself() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(DAY / 2).await;
    let nobody = pb::SetByHand { audience: Some(pb::Audience::default()) };
    stage.tell_flag(FlagCommand::SetByHand(nobody)).await;
    stage.wait(2 * DAY).await;
    let standing = stage.standing().await;
    assert_eq!((standing.0.as_str(), standing.2.as_str()), ("internal", "paused"));
    assert_eq!(stage.flag().await.state, "off");
}

#[tokio::test]
async fn r25_a_stage_that_a_restore_cut_back_does_not_soak_and_a_resume_shows_it_again() {
    let mut stage = Stage::set(pb::Promotion::Manual).await.with_evidence().await;
    stage.wait(DAY / 2).await;
    // What the edges served last is what the flag serves: nothing is cut.
    let members = pb::Audience { members: vec!["ann".to_owned()], ..pb::Audience::default() };
    let held = |last_served| FlagCommand::Hold(pb::HoldFlag { last_served, ..pb::HoldFlag::default() });
    stage.tell_flag(held(Some(members))).await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    stage.tell_flag(held(Some(pb::Audience::default()))).await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await.2, "paused");
    let release = pb::ReleaseHold { cause: "restored".to_owned(), ..pb::ReleaseHold::default() };
    stage.tell_flag(FlagCommand::ReleaseHold(release)).await;
    stage.wait(DAY).await;
    assert_eq!(stage.standing().await.2, "paused");
    assert_eq!(stage.flag().await.state, "off");
    stage.tell(Asked::Resume(pb::ResumeRollout::default())).await;
    stage.wait(0).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    assert_eq!(stage.flag().await.audience.unwrap().members, ["ann"]);
}

#[tokio::test]
async fn an_aborted_rollout_takes_its_flag_off_and_gives_it_back() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(DAY).await;
    stage.tell(Asked::Abort(pb::AbortRollout {})).await;
    stage.wait(DAY).await;
    let flag = stage.flag().await;
    assert_eq!((flag.state.as_str(), flag.held), ("off", false));
    assert_eq!(stage.rollout().await.state, "aborted");
}

/// Whoever is given the flag must not find it on.
#[tokio::test]
async fn clause_18_the_flag_of_an_aborted_rollout_is_turned_off_although_that_failed_at_first() {
    let (world, fails) = World::new().failing(FLAGS);
    let mut stage = Stage::on(world, pb::Promotion::Automatic).await.with_evidence().await;
    stage.wait(DAY).await;
    stage.tell(Asked::Abort(pb::AbortRollout {})).await;
    fails.store(true, std::sync::atomic::Ordering::Relaxed);
    stage.wait(DAY).await;
    let flag = stage.flag().await;
    assert_eq!((flag.state.as_str(), flag.held), ("off", false));
}

#[tokio::test]
async fn r9a_a_failing_guardrail_keeps_an_automatic_rollout_where_it_is() {
    let mut stage = Stage::set(pb::Promotion::Automatic).await.with_evidence().await;
    stage.desk.answers().guardrail = CheckState::Fail;
    stage.wait(2 * DAY).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
}

#[test]
fn every_fact_reads_back() {
    let id = verdict_kernel::id::CommandId::derive(uuid::Uuid::NAMESPACE_URL, "id");
    let (rollout, flag) = (RolloutId::created_by(id), FlagId::created_by(id));
    let at = Timestamp::UNIX_EPOCH;
    let note = |next, overdue_at| {
        Fact::StageNoted(Box::new(Note {
            rollout,
            flag,
            stage: "Early.birds".parse().unwrap(),
            stage_index: 2,
            attempt: 3,
            leg: Leg { step: 1, next },
            exposure: verdict_rollouts_domain::audience::Audience::accounts(["acme"]),
            soaked_at: at,
            overdue_at,
            automatic: true,
            rollout_revision: 9,
            releases: vec!["breach-1".to_owned()],
            flag_version: 4,
        }))
    };
    let closed = |cleanup_due| Fact::Closed { rollout, flag, cleanup_due };
    let stops = Stop::ALL.map(Fact::Stopped);
    let facts = [
        note(Move::Step(2), Some(at)),
        note(Move::Stage("EU".parse().unwrap()), None),
        // Names that are words of the wire as well.
        note(Move::Stage("step".parse().unwrap()), None),
        note(Move::Stage("complete".parse().unwrap()), None),
        note(Move::Complete, None),
        Fact::EvidenceNoted { kind: "open_p0_bugs".to_owned() },
        Fact::GateNoted { open: true },
        Fact::AnswerNoted,
        closed(Some(at)),
        closed(None),
    ];
    let by_hand = ByHand::ALL.map(|what| Fact::FlagNoted { rollout, what, event: "event-1".to_owned() });
    let facts = facts.into_iter().chain(stops).chain(by_hand);
    golden::check::<wire::StagePromotionWire>(env!("CARGO_MANIFEST_DIR"), facts);
}
