//! The service through its generated client, with stand-ins for the two contexts that it asks.

use std::sync::Mutex;

use tonic::Code as Grpc;
use verdict_api::gtm::v1::launches_server::LaunchesServer;
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_kernel::rule::RuleId;
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1::launch_request::Command as Asked;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1::CheckState;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::desk::contract::Bench;
use verdict_runtime::grpc::in_process;
use verdict_runtime::grpc::testing::StandIn;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::problem::{self, Problem};

use super::*;

const BET: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2D";
const OTHER: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2A";
/// Nobody knows it.
const NOWHERE: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2E";
const BREACH: &str = "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10";

/// What the other contexts would answer: the state of the guardrail, and the stage; `None` = they are down.
type World = Arc<Mutex<(Option<CheckState>, &'static str)>>;

struct Platform {
    world: World,
    api: Bench<pb::LaunchRequest, Asked>,
}

impl Platform {
    fn new() -> Self {
        let world: World = Arc::new(Mutex::new((Some(CheckState::Pass), "all")));
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let others = others(&world);
        let peers = Peers { metrics: others.clone(), rollouts: others.clone(), bets: others };
        let api = LaunchesApi::new(log, clock, peers);
        let projector = api.projector();
        let request = |meta, launch_id, command| pb::LaunchRequest {
            meta: Some(meta),
            launch_id,
            command: Some(command),
        };
        let transport = in_process(LaunchesServer::new(api));
        Self { world, api: Bench::new("verdict.gtm.v1.Launches", transport, projector, request) }
    }

    fn answer(&self, guardrail: Option<CheckState>, stage: &'static str) {
        *self.world.lock().unwrap() = (guardrail, stage);
    }

    async fn planned(&mut self) -> String {
        self.api.accepted("", plan()).await.id
    }

    async fn view(&mut self, id: &str) -> pb::LaunchView {
        self.api.get(id).await
    }
}

/// A stage whose class its name does not say.
fn class(stage: &str) -> rollouts::StageClass {
    if stage == "all" { rollouts::StageClass::Everyone } else { rollouts::StageClass::Share }
}

fn others(world: &World) -> verdict_runtime::grpc::Transport {
    let nothing = || grpc::status(&Problem::new(problem::Code::NotFound, "no such thing"));
    let (of_metrics, of_rollouts) = (world.clone(), world.clone());
    StandIn::default()
        .on("/verdict.metrics.v1.Guardrails/Facts", move |request: metrics::FactsRequest| {
            assert_eq!(request.rollout_id, ROLLOUT);
            let state = of_metrics.lock().unwrap().0;
            let fact = metrics::GuardrailFact {
                metric: "cpu".into(),
                state: state.ok_or_else(|| Status::unavailable("metrics is down"))?.into(),
                required: "not below 50 for 3 points".into(),
                seen: "21.4".into(),
                ..metrics::GuardrailFact::default()
            };
            Ok(metrics::FactsReply { guardrails: vec![fact], ..metrics::FactsReply::default() })
        })
        .on("/verdict.rollouts.v1.Rollouts/Get", move |request: GetRequest| {
            let stage = of_rollouts.lock().unwrap().1;
            match (request.id.as_str(), stage) {
                (NOWHERE, _) => Err(nothing()),
                (_, "down") => Err(Status::unavailable("rollouts is down")),
                (_, stage) => Ok(rollouts::RolloutView {
                    bet_id: BET.into(),
                    state: "running".into(),
                    stage: stage.into(),
                    stage_class: class(stage).into(),
                    ..rollouts::RolloutView::default()
                }),
            }
        })
        .on("/verdict.bets.v1.Bets/Get", move |request: GetRequest| match request.id.as_str() {
            NOWHERE => Err(nothing()),
            _ => Ok(bets::BetView::default()),
        })
        .transport()
}

fn plan() -> Asked {
    Asked::Plan(plan_launch())
}

fn plan_launch() -> pb::PlanLaunch {
    pb::PlanLaunch {
        bet_id: BET.into(),
        rollout_id: ROLLOUT.into(),
        tier: 2,
        title: "Faster checkout".into(),
        key: String::new(),
    }
}

fn announce(early: bool) -> Asked {
    Asked::Send(pb::SendAnnouncement { channel: "blog".into(), r#override: early })
}

fn hold() -> Asked {
    Asked::Hold(pb::HoldAnnouncements { cause: BREACH.into() })
}

const RELEASE: Asked = Asked::Release(pb::ReleaseAnnouncements {});

#[tokio::test]
async fn a_launch_is_planned_announced_corrected_cancelled_and_replanned() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    let sent = platform.api.accepted(&id, announce(false)).await;
    assert_eq!(sent.events, ["gtm.Launch.AnnouncementSent.v1"]);
    let expected = pb::LaunchView {
        id: id.clone(),
        version: 2,
        position: sent.position,
        bet_id: BET.into(),
        rollout_id: ROLLOUT.into(),
        tier: 2,
        title: "Faster checkout".into(),
        state: "launched".into(),
        held: false,
        announced: vec!["blog".into()],
        ..pb::LaunchView::default()
    };
    assert_eq!(platform.view(&id).await, expected);
    platform.api.accepted(&id, Asked::Correct(pb::CorrectAnnouncement {})).await;
    platform.api.accepted(&id, Asked::Cancel(pb::CancelLaunch {})).await;
    assert_eq!(platform.view(&id).await.state, "cancelled");
    platform.api.accepted(&id, Asked::Replan(pb::ReplanLaunch {})).await;
    assert_eq!(platform.view(&id).await.state, "planned");
}

#[tokio::test]
async fn g5_a_breach_that_metrics_reports_refuses_and_its_recovery_accepts() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.answer(Some(CheckState::Fail), "all");
    let refused = platform.api.refused(&id, announce(true)).await;
    assert_eq!((&*refused.rule, &*refused.code, &*refused.seen), ("G5", "guardrail_breached", "21.4"));
    platform.answer(Some(CheckState::Pass), "all");
    platform.api.accepted(&id, announce(false)).await;
}

#[tokio::test]
async fn g5_held_announcements_are_refused_until_released_and_then_accepted() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.api.accepted(&id, hold()).await;
    assert!(platform.view(&id).await.held);
    platform.answer(Some(CheckState::UnknownStale), "all");
    assert_eq!(platform.api.refused(&id, announce(true)).await.code, "announcements_held");
    platform.answer(Some(CheckState::Fail), "all");
    let refused = platform.api.refused(&id, RELEASE).await;
    assert_eq!((&*refused.rule, &*refused.code), ("G5", "guardrail_breached"));
    platform.answer(Some(CheckState::Pass), "all");
    platform.api.accepted(&id, RELEASE).await;
    platform.api.accepted(&id, announce(false)).await;
}

#[tokio::test]
async fn g5_in_a_stage_for_a_share_an_announcement_is_refused_and_with_an_override_accepted() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.answer(Some(CheckState::Pass), "ga");
    let refused = platform.api.refused(&id, announce(false)).await;
    assert_eq!((&*refused.rule, &*refused.code), ("G5", "before_general_availability"));
    assert_eq!(refused.seen, "stage ga, running");
    platform.api.accepted(&id, announce(true)).await;
}

#[tokio::test]
async fn a_silent_peer_is_a_fault_and_not_an_answer() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.answer(None, "all");
    let status = platform.api.send(&id, announce(false)).await.unwrap_err();
    assert_eq!(status.code(), Grpc::Unavailable);
    assert_eq!(platform.view(&id).await.version, 1);
}

#[tokio::test]
async fn i5_a_plan_of_what_does_not_exist_is_refused_and_of_what_does_accepted() {
    let mut platform = Platform::new();
    for (plan, what) in [
        (pb::PlanLaunch { rollout_id: NOWHERE.into(), ..plan_launch() }, "rollout"),
        (pb::PlanLaunch { bet_id: NOWHERE.into(), ..plan_launch() }, "bet"),
        // It exists, and the rollout is another bet's.
        (pb::PlanLaunch { bet_id: ROLLOUT.into(), ..plan_launch() }, "rollout of that bet"),
    ] {
        let refused = platform.api.refused("", Asked::Plan(plan)).await;
        assert_eq!((&*refused.rule, &*refused.code), (RuleId::I5.as_str(), "unknown_reference"));
        assert_eq!(refused.required, format!("a {what} that exists"));
    }
    platform.api.accepted("", plan()).await;
}

#[tokio::test]
async fn i5_an_owner_that_does_not_answer_is_a_fault_and_plans_nothing() {
    let mut platform = Platform::new();
    platform.answer(None, "down");
    assert_eq!(platform.api.send("", plan()).await.unwrap_err().code(), Grpc::Unavailable);
}

#[tokio::test]
async fn g13_a_second_launch_of_a_rollout_is_refused_and_accepted_once_the_first_is_cancelled() {
    let mut platform = Platform::new();
    let first = platform.planned().await;
    let louder = Asked::Plan(pb::PlanLaunch { tier: 1, ..plan_launch() });
    let refused = platform.api.refused("", louder.clone()).await;
    assert_eq!((&*refused.rule, &*refused.code), (RuleId::G13.as_str(), "launch_already_planned"));
    // The same again is the same launch.
    let again = platform.api.accepted("", plan()).await;
    assert_eq!((&again.id, again.events.len()), (&first, 0));
    platform.api.accepted(&first, Asked::Cancel(pb::CancelLaunch {})).await;
    let second = platform.api.accepted("", louder).await;
    assert_ne!(second.id, first);
    // The first one does not come back beside it, and a late retry of its plan finds what it did.
    let replaced = platform.api.refused(&first, Asked::Replan(pb::ReplanLaunch {})).await;
    assert_eq!((&*replaced.rule, replaced.seen), (RuleId::G13.as_str(), second.id));
}

#[tokio::test]
async fn g13_a_plan_that_is_retried_after_its_cancellation_plans_nothing_new() {
    let mut platform = Platform::new();
    let meta = platform.api.meta();
    let planned = platform.api.send_with(meta.clone(), "", plan()).await;
    let Ok(Outcome::Accepted(first)) = planned else { panic!("{planned:?}") };
    platform.api.accepted(&first.id, Asked::Cancel(pb::CancelLaunch {})).await;
    let planned = platform.api.send_with(meta, "", plan()).await;
    let Ok(Outcome::Accepted(again)) = planned else { panic!("{planned:?}") };
    assert!(again.repeated);
    assert_eq!(again.id, first.id);
}

#[tokio::test]
async fn g13_a_channel_in_another_spelling_is_the_same_channel() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.api.accepted(&id, announce(false)).await;
    let again = Asked::Send(pb::SendAnnouncement { channel: " Blog".into(), r#override: false });
    assert!(platform.api.accepted(&id, again).await.events.is_empty());
    assert_eq!(platform.view(&id).await.announced, ["blog"]);
}

#[tokio::test]
async fn bad_input_names_the_field() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    let with = |change: fn(&mut pb::PlanLaunch)| {
        let mut plan = plan_launch();
        change(&mut plan);
        Asked::Plan(plan)
    };
    let shouted = Asked::Send(pb::SendAnnouncement { channel: "our blog!".into(), r#override: false });
    let nameless = Asked::Send(pb::SendAnnouncement::default());
    let by_rumour = Asked::Hold(pb::HoldAnnouncements { cause: "rumour".into() });
    let cases = [
        ("", with(|plan| plan.bet_id.clear()), ("missing_field", "plan.bet_id")),
        ("", with(|plan| plan.bet_id = "b 1".into()), ("invalid_id", "plan.bet_id")),
        ("", with(|plan| plan.tier = 5), ("invalid_field", "plan.tier")),
        ("", with(|plan| plan.title = "  ".into()), ("missing_field", "plan.title")),
        ("", with(|plan| plan.title = "x".repeat(201)), ("invalid_field", "plan.title")),
        (&*id, plan(), ("invalid_field", "launch_id")),
        (&*id, nameless, ("missing_field", "send.channel")),
        (&*id, shouted, ("invalid_field", "send.channel")),
        (&*id, by_rumour, ("invalid_id", "hold.cause")),
        ("", announce(false), ("missing_field", "launch_id")),
        (BET, announce(false), ("not_found", "")),
    ];
    for (launch, command, (code, field)) in cases {
        assert_eq!(platform.api.fault(launch, command).await, (code.to_owned(), field.to_owned()));
    }
}

/// A plan for another rollout.
fn plan_of(rollout: &str) -> Asked {
    Asked::Plan(pb::PlanLaunch { rollout_id: rollout.into(), ..plan_launch() })
}

#[tokio::test]
async fn it_behaves_as_every_api_of_an_aggregate() {
    let others = [OTHER, "01JD3Z8Q4M9W6T2V5X7Y0A1B2B"].map(plan_of);
    let [two, three] = others;
    Platform::new().api.behaves([plan(), two, three], hold()).await;
}

#[tokio::test]
async fn the_list_finds_by_bet_or_rollout() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    let other = platform.api.accepted("", plan_of(OTHER)).await.id;
    platform.api.catch_up().await;
    assert_eq!(platform.api.list(0, "", ROLLOUT).await, (vec![id.clone()], String::new()));
    assert_eq!(platform.api.list(0, "", BET).await.0, [id, other]);
}

#[tokio::test]
async fn decision_21_a_launch_is_called_by_its_key_until_it_is_over() {
    let mut platform = Platform::new();
    let named = |rollout: &str| {
        Asked::Plan(pb::PlanLaunch { key: "autumn".into(), rollout_id: rollout.into(), ..plan_launch() })
    };
    let meta = platform.api.meta();
    let planned = platform.api.send_with(meta.clone(), "", named(ROLLOUT)).await;
    let Ok(Outcome::Accepted(first)) = planned else { panic!("{planned:?}") };
    assert_eq!(platform.view("autumn").await.id, first.id);
    assert_eq!(platform.api.accepted("", named(ROLLOUT)).await.events.len(), 0);
    assert_eq!(platform.api.refused("", named(OTHER)).await.code, "key_taken");
    platform.api.accepted("Autumn", Asked::Cancel(pb::CancelLaunch {})).await;
    let second = platform.api.accepted("", named(OTHER)).await;
    assert_eq!((&platform.view("autumn").await.id, second.id == first.id), (&second.id, false));
    let planned = platform.api.send_with(meta, "", named(ROLLOUT)).await;
    let Ok(Outcome::Accepted(late)) = planned else { panic!("{planned:?}") };
    assert_eq!((late.repeated, late.id), (true, first.id));
}
