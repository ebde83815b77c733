//! Whole rollouts on a log in memory: the services and the process as they are, the clock moved by hand.

use jiff::Timestamp;
use tonic::{Response, Status};
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CheckState, CommandReply, GetRequest};
use verdict_rollouts_domain::rollout::Move;
use verdict_runtime::log::dated::LogClock;
use verdict_runtime::process::{Alone, ProcessRunner};

use super::*;
use crate::facts::Sources;
use crate::facts::stand_in::Desk;
use crate::testing::{BET, World, settle};

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
        let mut world = World::new();
        let desk = Desk::new(world.clock());
        let flags = FlagsApi::new(world.log.clone(), world.clock());
        let clock = LogClock::new(world.log.clone(), world.clock(), "rollouts");
        let sources = Sources::new(desk.peers(), flags.repository().clone(), Arc::new(clock));
        let rollouts = RolloutsApi::new(world.log.clone(), world.clock(), sources, Arc::default());
        let create = pb::FlagRequest {
            meta: world.meta(""),
            flag_id: String::new(),
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
        for (kind, value) in [("open_p0_bugs", "0"), ("core_flow_verified", "")] {
            self.record(kind, value).await;
        }
        self
    }

    async fn record(&mut self, kind: &str, value: &str) {
        let evidence = pb::RecordEvidence { kind: kind.to_owned(), value: value.to_owned() };
        self.tell(Asked::RecordEvidence(evidence)).await;
    }

    async fn tell(&mut self, command: Asked) -> Accepted {
        let request = pb::RolloutRequest {
            meta: self.world.meta("a reason"),
            rollout_id: self.rollout.clone(),
            command: Some(command),
        };
        accepted(Rollouts::execute(&self.rollouts, Request::new(request)).await)
    }

    async fn tell_flag(&mut self, command: FlagCommand) -> Accepted {
        let request = pb::FlagRequest {
            meta: self.world.meta("a reason"),
            flag_id: self.flag.clone(),
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

    async fn flag(&self) -> pb::FlagView {
        let get = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        Flags::get(&self.flags, Request::new(get)).await.unwrap().into_inner()
    }

    /// Stage, step and state of the rollout; stage and share of the flag.
    async fn standing(&self) -> (String, u32, String, String, u32) {
        let (rollout, flag) = (self.rollout().await, self.flag().await);
        let share = flag.audience.unwrap_or_default().percent();
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
    stage.record("core_flow_verified", "").await;
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
    let down = pb::EnterStage { stage: "internal".to_owned() };
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
    stage.tell(Asked::Pause(pb::PauseRollout {})).await;
    stage.wait(5 * DAY).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "paused", "internal", 0));
    stage.tell(Asked::Resume(pb::ResumeRollout {})).await;
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
    };
    stage.tell_flag(FlagCommand::Narrow(narrow)).await;
    stage.tell(Asked::RequestRollback(pb::RequestRollback::default())).await;
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
    stage.tell(Asked::Resume(pb::ResumeRollout {})).await;
    stage.wait(DAY - 1).await;
    assert_eq!(stage.standing().await, standing("internal", 0, "running", "internal", 0));
    assert!(!stage.flag().await.held);
    stage.wait(1).await;
    assert_eq!(stage.standing().await, standing("alpha", 0, "running", "alpha", 0));
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
            stage: verdict_rollouts_domain::stage::StageName::Beta,
            attempt: 3,
            step: 1,
            exposure: verdict_rollouts_domain::audience::Audience::accounts(["acme"]),
            soaked_at: at,
            overdue_at,
            automatic: true,
            next,
            rollout_revision: 9,
            resumed: true,
        }))
    };
    let closed = |cleanup_due| Fact::Closed { rollout, flag, cleanup_due };
    let stops = Stop::ALL.map(Fact::Stopped);
    let facts = [
        note(Move::Step(2), Some(at)),
        note(Move::Stage(verdict_rollouts_domain::stage::StageName::Ga), None),
        note(Move::Complete, None),
        Fact::EvidenceNoted { kind: "open_p0_bugs".to_owned() },
        Fact::GateNoted { open: true },
        closed(Some(at)),
        closed(None),
    ];
    for fact in facts.into_iter().chain(stops) {
        let stored = wire::encode(&fact);
        assert_eq!(wire::decode(stored.event_type, &stored.data), Ok(fact));
    }
}
