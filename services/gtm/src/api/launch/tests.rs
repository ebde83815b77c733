//! The service through its generated client, with stand-ins for the two contexts that it asks.

use std::sync::Mutex;
use std::time::Duration;

use tonic::Code as Grpc;
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_kernel::rule::RuleId;
use verdict_proto::bets::v1 as bets;
use verdict_proto::bets::v1::bets_server::{Bets, BetsServer};
use verdict_proto::gtm::v1::launch_request::Command as Asked;
use verdict_proto::gtm::v1::launches_client::LaunchesClient;
use verdict_proto::gtm::v1::launches_server::LaunchesServer;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::metrics::v1::guardrails_server::{Guardrails, GuardrailsServer};
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::rollouts::v1::rollouts_server::{Rollouts, RolloutsServer};
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CheckState, CommandMeta, Refused};
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::grpc::{Transport, in_process, problem_of};
use verdict_runtime::log::memory::MemoryLog;

use super::*;

const BET: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2D";
/// Nobody knows it.
const NOWHERE: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2E";
const BREACH: &str = "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10";

/// What the other contexts would answer; `None` = they are down.
#[derive(Clone)]
struct World(Arc<Mutex<(Option<CheckState>, &'static str)>>);

#[tonic::async_trait]
impl Guardrails for World {
    async fn execute(&self, _: Request<metrics::GuardrailRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn get(&self, _: Request<GetRequest>) -> Result<Response<metrics::GuardrailView>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn list(&self, _: Request<ListRequest>) -> Result<Response<metrics::GuardrailList>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn facts(
        &self,
        request: Request<metrics::FactsRequest>,
    ) -> Result<Response<metrics::FactsReply>, Status> {
        assert_eq!(request.get_ref().rollout_id, ROLLOUT);
        let Some(state) = self.0.lock().unwrap().0 else {
            return Err(Status::unavailable("metrics is down"));
        };
        let fact = metrics::GuardrailFact {
            metric: "cpu".into(),
            state: state.into(),
            required: "not below 50 for 3 points".into(),
            seen: "21.4".into(),
            ..metrics::GuardrailFact::default()
        };
        Ok(Response::new(metrics::FactsReply { guardrails: vec![fact], ..metrics::FactsReply::default() }))
    }
}

#[tonic::async_trait]
impl Rollouts for World {
    async fn execute(&self, _: Request<rollouts::RolloutRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn get(&self, request: Request<GetRequest>) -> Result<Response<rollouts::RolloutView>, Status> {
        if request.get_ref().id == NOWHERE {
            return Err(nothing());
        }
        if self.0.lock().unwrap().1 == "down" {
            return Err(Status::unavailable("rollouts is down"));
        }
        Ok(Response::new(rollouts::RolloutView {
            bet_id: BET.into(),
            state: "running".into(),
            stage: self.0.lock().unwrap().1.into(),
            ..rollouts::RolloutView::default()
        }))
    }
    async fn list(&self, _: Request<ListRequest>) -> Result<Response<rollouts::RolloutList>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn why(&self, _: Request<GetRequest>) -> Result<Response<rollouts::GateView>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn renew_watch(
        &self,
        _: Request<rollouts::RenewWatchRequest>,
    ) -> Result<Response<rollouts::RenewWatchReply>, Status> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Bets for World {
    async fn execute(&self, _: Request<bets::BetRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn get(&self, request: Request<GetRequest>) -> Result<Response<bets::BetView>, Status> {
        if request.get_ref().id == NOWHERE {
            return Err(nothing());
        }
        Ok(Response::new(bets::BetView::default()))
    }
    async fn list(&self, _: Request<ListRequest>) -> Result<Response<bets::BetList>, Status> {
        Err(Status::unimplemented(""))
    }
}

fn nothing() -> Status {
    grpc::status(&Problem::new(verdict_runtime::problem::Code::NotFound, "no such thing"))
}

struct Platform {
    world: World,
    client: LaunchesClient<Transport>,
    projector: Projector<Directory<LaunchWire>>,
    commands: u128,
}

impl Platform {
    fn new() -> Self {
        let world = World(Arc::new(Mutex::new((Some(CheckState::Pass), "ga"))));
        let clock: Arc<dyn Clock> = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let peers = Peers {
            metrics: in_process(GuardrailsServer::new(world.clone())),
            rollouts: in_process(RolloutsServer::new(world.clone())),
            bets: in_process(BetsServer::new(world.clone())),
        };
        let api = LaunchesApi::new(log, clock, peers);
        Self {
            world,
            projector: api.projector(),
            client: LaunchesClient::new(in_process(LaunchesServer::new(api))),
            commands: 0,
        }
    }

    fn answer(&self, guardrail: Option<CheckState>, stage: &'static str) {
        *self.world.0.lock().unwrap() = (guardrail, stage);
    }

    async fn send(&mut self, launch_id: &str, command: Asked) -> Result<Outcome, Status> {
        self.commands += 1;
        self.send_as(self.commands, launch_id, command).await
    }

    async fn send_as(&mut self, number: u128, launch_id: &str, command: Asked) -> Result<Outcome, Status> {
        self.send_with(meta(number), launch_id, command).await
    }

    async fn send_with(
        &mut self,
        meta: CommandMeta,
        launch_id: &str,
        command: Asked,
    ) -> Result<Outcome, Status> {
        let request =
            pb::LaunchRequest { meta: Some(meta), launch_id: launch_id.into(), command: Some(command) };
        let reply = self.client.execute(request).await?.into_inner();
        Ok(reply.outcome.unwrap())
    }

    async fn accepted(&mut self, launch_id: &str, command: Asked) -> Accepted {
        match self.send(launch_id, command).await {
            Ok(Outcome::Accepted(accepted)) => accepted,
            other => panic!("{other:?}"),
        }
    }

    async fn refused(&mut self, launch_id: &str, command: Asked) -> Refused {
        match self.send(launch_id, command).await {
            Ok(Outcome::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        }
    }

    /// The code and the field of the fault.
    async fn fault(&mut self, launch_id: &str, command: Asked) -> (String, String) {
        let status = self.send(launch_id, command).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        (problem.code, problem.field)
    }

    async fn planned(&mut self) -> String {
        self.accepted("", plan()).await.id
    }

    async fn view(&mut self, id: &str) -> pb::LaunchView {
        self.client.get(get(id)).await.unwrap().into_inner()
    }

    async fn catch_up(&mut self) {
        while self.projector.step().await.unwrap() == Progress::Worked {}
    }
}

fn meta(number: u128) -> CommandMeta {
    CommandMeta {
        command_id: uuid::Uuid::from_u128(number).to_string(),
        reason: "because".into(),
        ..CommandMeta::default()
    }
}

fn get(id: &str) -> GetRequest {
    GetRequest { id: id.into(), ..GetRequest::default() }
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
    let sent = platform.accepted(&id, announce(false)).await;
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
    };
    assert_eq!(platform.view(&id).await, expected);
    platform.accepted(&id, Asked::Correct(pb::CorrectAnnouncement {})).await;
    platform.accepted(&id, Asked::Cancel(pb::CancelLaunch {})).await;
    assert_eq!(platform.view(&id).await.state, "cancelled");
    platform.accepted(&id, Asked::Replan(pb::ReplanLaunch {})).await;
    assert_eq!(platform.view(&id).await.state, "planned");
}

#[tokio::test]
async fn g5_a_breach_that_metrics_reports_refuses_and_its_recovery_accepts() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.answer(Some(CheckState::Fail), "ga");
    let refused = platform.refused(&id, announce(true)).await;
    assert_eq!((&*refused.rule, &*refused.code, &*refused.seen), ("G5", "guardrail_breached", "21.4"));
    platform.answer(Some(CheckState::Pass), "ga");
    platform.accepted(&id, announce(false)).await;
}

#[tokio::test]
async fn g5_held_announcements_are_refused_until_released_and_then_accepted() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.accepted(&id, hold()).await;
    assert!(platform.view(&id).await.held);
    platform.answer(Some(CheckState::UnknownStale), "ga");
    assert_eq!(platform.refused(&id, announce(true)).await.code, "announcements_held");
    platform.answer(Some(CheckState::Fail), "ga");
    let refused = platform.refused(&id, RELEASE).await;
    assert_eq!((&*refused.rule, &*refused.code), ("G5", "guardrail_breached"));
    platform.answer(Some(CheckState::Pass), "ga");
    platform.accepted(&id, RELEASE).await;
    platform.accepted(&id, announce(false)).await;
}

#[tokio::test]
async fn g5_in_beta_an_announcement_is_refused_and_with_an_override_accepted() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.answer(Some(CheckState::Pass), "beta");
    let refused = platform.refused(&id, announce(false)).await;
    assert_eq!((&*refused.rule, &*refused.code), ("G5", "before_general_availability"));
    assert_eq!(refused.seen, "stage beta, running");
    platform.accepted(&id, announce(true)).await;
}

#[tokio::test]
async fn a_silent_peer_is_a_fault_and_not_an_answer() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.answer(None, "ga");
    let status = platform.send(&id, announce(false)).await.unwrap_err();
    assert_eq!(status.code(), Grpc::Unavailable);
    assert_eq!(platform.view(&id).await.version, 1);
}

#[tokio::test]
async fn a_retried_plan_is_one_launch() {
    let mut platform = Platform::new();
    let first = platform.send_as(7, "", plan()).await.unwrap();
    let again = platform.send_as(7, "", plan()).await.unwrap();
    let (Outcome::Accepted(first), Outcome::Accepted(again)) = (first, again) else {
        panic!("refused");
    };
    assert!(again.repeated);
    assert_eq!((first.id, first.position), (again.id, again.position));
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
        let refused = platform.refused("", Asked::Plan(plan)).await;
        assert_eq!((&*refused.rule, &*refused.code), (RuleId::I5.as_str(), "unknown_reference"));
        assert_eq!(refused.required, format!("a {what} that exists"));
    }
    platform.accepted("", plan()).await;
}

#[tokio::test]
async fn i5_an_owner_that_does_not_answer_is_a_fault_and_plans_nothing() {
    let mut platform = Platform::new();
    platform.answer(None, "down");
    assert_eq!(platform.send("", plan()).await.unwrap_err().code(), Grpc::Unavailable);
}

#[tokio::test]
async fn g13_a_second_launch_of_a_rollout_is_refused_and_accepted_once_the_first_is_cancelled() {
    let mut platform = Platform::new();
    let first = platform.planned().await;
    let louder = Asked::Plan(pb::PlanLaunch { tier: 1, ..plan_launch() });
    let refused = platform.refused("", louder.clone()).await;
    assert_eq!((&*refused.rule, &*refused.code), (RuleId::G13.as_str(), "launch_already_planned"));
    // The same again is the same launch.
    let again = platform.accepted("", plan()).await;
    assert_eq!((&again.id, again.events.len()), (&first, 0));
    platform.accepted(&first, Asked::Cancel(pb::CancelLaunch {})).await;
    let second = platform.accepted("", louder).await;
    assert_ne!(second.id, first);
    // The first one does not come back beside it, and a late retry of its plan finds what it did.
    let replaced = platform.refused(&first, Asked::Replan(pb::ReplanLaunch {})).await;
    assert_eq!((&*replaced.rule, replaced.seen), (RuleId::G13.as_str(), second.id));
}

#[tokio::test]
async fn g13_a_plan_that_is_retried_after_its_cancellation_plans_nothing_new() {
    let mut platform = Platform::new();
    let Ok(Outcome::Accepted(first)) = platform.send_as(7, "", plan()).await else { panic!("refused") };
    platform.accepted(&first.id, Asked::Cancel(pb::CancelLaunch {})).await;
    let Ok(Outcome::Accepted(again)) = platform.send_as(7, "", plan()).await else { panic!("refused") };
    assert!(again.repeated);
    assert_eq!(again.id, first.id);
}

#[tokio::test]
async fn g13_a_channel_in_another_spelling_is_the_same_channel() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    platform.accepted(&id, announce(false)).await;
    let again = Asked::Send(pb::SendAnnouncement { channel: " Blog".into(), r#override: false });
    assert!(platform.accepted(&id, again).await.events.is_empty());
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
        ("", with(|plan| plan.bet_id = "b-1".into()), ("invalid_id", "plan.bet_id")),
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
        assert_eq!(platform.fault(launch, command).await, (code.to_owned(), field.to_owned()));
    }
}

#[tokio::test]
async fn the_list_pages_by_id_and_finds_by_bet_or_rollout() {
    let mut platform = Platform::new();
    let mut ids = Vec::new();
    for rollout in ["01JD3Z8Q4M9W6T2V5X7Y0A1B2A", "01JD3Z8Q4M9W6T2V5X7Y0A1B2B", ROLLOUT] {
        let plan = Asked::Plan(pb::PlanLaunch { rollout_id: rollout.into(), ..plan_launch() });
        ids.push(platform.accepted("", plan).await.id);
    }
    let of_rollout = ids[2].clone();
    ids.sort();
    platform.catch_up().await;
    let list = async |first, after: &str, of: &str| {
        let request = ListRequest { first, after: after.into(), of: of.into(), ..ListRequest::default() };
        let list = platform.client.clone().list(request).await.unwrap().into_inner();
        let found: Vec<_> = list.launches.into_iter().map(|launch| launch.id).collect();
        (found, list.next)
    };
    assert_eq!(list(2, "", BET).await, (ids[..2].to_vec(), ids[1].clone()));
    assert_eq!(list(2, "", ROLLOUT).await, (vec![of_rollout], String::new()));
    assert_eq!(list(2, &ids[1], "").await, (ids[2..].to_vec(), String::new()));
    assert_eq!(list(0, "", "").await, (ids.clone(), String::new()));
    assert_eq!(list(0, "", &ids[0]).await, (Vec::new(), String::new()));
}

#[tokio::test]
async fn a_list_that_asks_for_a_position_includes_it() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    let held = platform.accepted(&id, hold()).await;
    let mut client = platform.client.clone();
    let request = ListRequest { at_least: held.position, ..ListRequest::default() };
    let asking = tokio::time::timeout(Duration::from_secs(5), client.list(request));
    let (list, ()) = tokio::join!(asking, platform.catch_up());
    let launches = list.unwrap().unwrap().into_inner().launches;
    assert_eq!(launches, [platform.view(&id).await]);
}

#[tokio::test]
async fn reads_say_what_is_wrong_with_the_request() {
    let mut platform = Platform::new();
    let id = platform.planned().await;
    let at_least = GetRequest { at_least: "yesterday".into(), ..get(&id) };
    let elsewhere = GetRequest { org: "other".into(), ..get(&id) };
    for (request, code) in [(at_least, "invalid_field"), (elsewhere, "not_found"), (get("l-1"), "invalid_id")]
    {
        let status = platform.client.get(request).await.unwrap_err();
        assert_eq!(problem_of(&status).unwrap().code, code);
    }
    let too_many = ListRequest { first: 101, ..ListRequest::default() };
    let status = platform.client.list(too_many).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().field, "first");
}

#[tokio::test]
async fn a_dry_run_of_a_plan_names_the_launch_and_plans_nothing() {
    let mut platform = Platform::new();
    let dry = CommandMeta { dry_run: true, ..meta(1) };
    let Ok(Outcome::Accepted(would)) = platform.send_with(dry, "", plan()).await else {
        panic!("not accepted")
    };
    assert!(would.dry_run);
    let drafted: Vec<_> = would.drafts.iter().map(|draft| draft.r#type.as_str()).collect();
    assert_eq!(drafted, ["gtm.Launch.LaunchPlanned.v1"]);
    let status = platform.client.get(get(&would.id)).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().code, "not_found");
    assert_eq!(platform.planned().await, would.id);
}
