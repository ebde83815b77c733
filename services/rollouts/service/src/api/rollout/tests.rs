//! The service as its callers see it: requests in, replies, views and problems out.

use std::time::Duration;

use verdict_api::rollouts::v1::flags_server::FlagsServer;
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CheckState, CommandMeta, Refused};
use verdict_runtime::log_clock::LogClock;
use verdict_runtime::process::Alone;

use super::*;
use crate::api::flag::FlagsApi;
use crate::facts::stand_in::Desk;
use crate::testing::{BET, World, allowed, settle};
use crate::watch::WatchKeeper;

mod clocks;
mod grounds;
mod naming;
mod since;

const DAY: u64 = 24 * 60 * 60;

struct Scene {
    world: World,
    desk: Desk,
    api: RolloutsApi,
    flag: String,
}

fn outcome(reply: Result<Response<CommandReply>, Status>) -> Outcome {
    reply.unwrap().into_inner().outcome.unwrap()
}

#[track_caller]
fn accepted(outcome: Outcome) -> Accepted {
    match outcome {
        Outcome::Accepted(accepted) => accepted,
        Outcome::Refused(refused) => panic!("refused: {refused:?}"),
    }
}

#[track_caller]
fn refused(outcome: Outcome) -> Refused {
    match outcome {
        Outcome::Refused(refused) => refused,
        Outcome::Accepted(accepted) => panic!("accepted: {accepted:?}"),
    }
}

impl Scene {
    async fn new() -> Self {
        let world = World::new();
        let own = world.clock();
        Self::by(own, world).await
    }

    /// A service whose own clock is `own`, over a log and beside peers that have that of `world`.
    async fn by(own: Arc<dyn Clock>, mut world: World) -> Self {
        let desk = Desk::new(world.clock());
        let flags = FlagsApi::new(world.log.clone(), own.clone());
        let log_clock = LogClock::new(world.log.clone(), own.clone(), CONTEXT);
        let read = Repository::new(world.log.clone(), own.clone());
        let sources = Sources::new(
            desk.peers(),
            Arc::new(flags.clone()),
            flags.repository().clone(),
            read,
            Arc::new(log_clock),
        );
        let api = RolloutsApi::new(world.log.clone(), own, sources, Arc::default());
        let create = pb::FlagRequest {
            meta: world.meta(""),
            flag_id: String::new(),
            environment: String::new(),
            command: Some(pb::flag_request::Command::Create(pb::CreateFlag {
                key: "one-page".to_owned(),
                environment: "production".to_owned(),
                kind: pb::FlagKind::Release.into(),
                owner: "ann".to_owned(),
                ..pb::CreateFlag::default()
            })),
        };
        let mut client = verdict_api::rollouts::v1::flags_client::FlagsClient::new(grpc::in_process(
            FlagsServer::new(flags),
        ));
        let flag = accepted(outcome(client.execute(create).await)).id;
        Self { world, desk, api, flag }
    }

    fn plan(&self) -> pb::PlanRollout {
        pb::PlanRollout {
            bet_id: BET.to_owned(),
            flag_id: self.flag.clone(),
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: pb::RolloutMode::ZeroToOne.into(),
            tier: 2,
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..pb::PlanRollout::default()
        }
    }

    async fn send(&mut self, rollout_id: &str, command: Asked) -> Outcome {
        let meta = self.world.meta("because");
        self.send_as(meta, rollout_id, command).await
    }

    /// Only decided.
    async fn dry(&mut self, rollout_id: &str, command: Asked) -> Outcome {
        let meta = self.world.meta("because").unwrap();
        self.send_as(Some(CommandMeta { dry_run: true, ..meta }), rollout_id, command).await
    }

    async fn send_as(&mut self, meta: Option<CommandMeta>, rollout_id: &str, command: Asked) -> Outcome {
        let request = pb::RolloutRequest {
            meta: allowed(meta, command.audience()),
            rollout_id: rollout_id.to_owned(),
            command: Some(command),
        };
        outcome(self.api.execute(Request::new(request)).await)
    }

    /// A rollout that has soaked in Internal for a day and has its evidence.
    async fn ready_for_alpha(&mut self) -> String {
        let plan = Asked::Plan(self.plan());
        let id = accepted(self.send("", plan).await).id;
        accepted(self.send(&id, Asked::Start(pb::StartRollout {})).await);
        for (kind, value) in [("open_p0_bugs", "0"), ("core_flow_verified", "passed")] {
            let evidence =
                pb::RecordEvidence { kind: kind.to_owned(), verdict: value.to_owned(), link: String::new() };
            accepted(self.send(&id, Asked::RecordEvidence(evidence)).await);
        }
        self.world.advance(DAY);
        id
    }

    async fn enter(&mut self, id: &str, stage: &str) -> Outcome {
        let stage = stage.to_owned();
        self.send(id, Asked::EnterStage(pb::EnterStage { stage, step: None })).await
    }

    async fn view(&self, id: &str) -> pb::RolloutView {
        self.api.get(Request::new(get(id))).await.unwrap().into_inner()
    }

    async fn why(&self, id: &str) -> pb::GateView {
        self.api.why(Request::new(get(id))).await.unwrap().into_inner()
    }
}

fn get(id: &str) -> GetRequest {
    GetRequest { id: id.to_owned(), ..GetRequest::default() }
}

#[tokio::test]
async fn a_planned_rollout_can_be_read_and_a_retry_plans_it_once() {
    let mut service = Scene::new().await;
    let request = pb::RolloutRequest {
        meta: service.world.meta(""),
        rollout_id: String::new(),
        command: Some(Asked::Plan(service.plan())),
    };
    let first = accepted(outcome(service.api.execute(Request::new(request.clone())).await));
    let again = accepted(outcome(service.api.execute(Request::new(request)).await));
    assert_eq!((again.repeated, &again.id), (true, &first.id));
    assert_eq!(first.events, ["rollouts.Rollout.RolloutPlanned.v1"]);
    let view = service.view(&first.id).await;
    let stages: Vec<_> = view.stages.iter().map(|stage| stage.name().to_owned()).collect();
    assert_eq!(stages, ["internal", "alpha", "beta", "ga"]);
    assert_eq!((view.state.as_str(), view.bet_id.as_str(), view.tier, view.version), ("draft", BET, 2, 1));
}

#[tokio::test]
async fn r16_entering_a_stage_asks_for_facts_and_records_them() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    assert_eq!(service.desk.answers().asked.len(), 0);
    accepted(service.enter(&id, "alpha").await);
    assert_eq!(service.desk.answers().asked.len(), 1);
    let view = service.view(&id).await;
    assert_eq!(
        (view.state.as_str(), view.stage.as_str(), view.stage_index, view.attempt),
        ("running", "alpha", 1, 2)
    );
    let stream = service.world.log.read_last(&format!("rollouts.rollout-{id}")).await.unwrap().unwrap();
    let entered: pb::StageEntered = serde_json::from_slice(&stream.data).unwrap();
    let facts: Vec<_> = entered.facts.iter().map(|fact| (fact.kind(), fact.subject())).collect();
    assert_eq!(
        facts,
        [
            ("flag", ""),
            ("guardrail", "error_rate"),
            ("evidence", "open_p0_bugs"),
            ("evidence", "core_flow_verified")
        ]
    );
    let confirmed: Vec<_> = entered.facts.iter().map(|fact| fact.confirmed_at().to_owned()).collect();
    assert_eq!(confirmed[1], service.world.clock.now().to_string());
}

#[tokio::test]
async fn r16_a_silent_metrics_service_refuses_the_widening_with_a_report() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    service.desk.answers().metrics_down = true;
    let refused = refused(service.enter(&id, "alpha").await);
    assert_eq!((refused.rule.as_str(), refused.code.as_str()), ("R16", "gate_shut"));
    let report = refused.report.unwrap();
    let freshness = report.checks.iter().find(|check| check.name() == "freshness").unwrap();
    assert_eq!(freshness.state(), CheckState::UnknownUnhealthy);
}

#[tokio::test]
async fn r2_going_down_needs_nobody() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    accepted(service.enter(&id, "alpha").await);
    service.desk.answers().metrics_down = true;
    accepted(service.enter(&id, "internal").await);
    assert_eq!(service.view(&id).await.stage, "internal");
}

#[tokio::test]
async fn a_start_that_is_only_to_be_decided_claims_no_flag_and_starts_nothing() {
    let mut service = Scene::new().await;
    let plan = Asked::Plan(service.plan());
    let id = accepted(service.send("", plan).await).id;
    let (own, flag) = (format!("rollouts.rollout-{id}"), format!("rollouts.flag-{}", service.flag));
    let before = (service.world.types(&own).await, service.world.types(&flag).await);
    let start = || Asked::Start(pb::StartRollout {});
    let dry = accepted(service.dry(&id, start()).await);
    let drafts: Vec<_> = dry.drafts.iter().map(|draft| draft.r#type.as_str()).collect();
    let types = ["rollouts.Rollout.RolloutStarted.v1", "rollouts.Rollout.StageEntered.v1"];
    assert_eq!((dry.dry_run, &drafts[..]), (true, &types[..]));
    assert_eq!((service.world.types(&own).await, service.world.types(&flag).await), before);
    assert_eq!(accepted(service.send(&id, start()).await).events, types);
    assert_eq!(service.world.types(&flag).await.last().unwrap(), "rollouts.Flag.FlagClaimed.v1");
}

#[tokio::test]
async fn clause_18_a_lost_watch_over_an_unreadable_past_is_written_unless_it_is_only_to_be_decided() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    let stream = format!("rollouts.rollout-{id}");
    service.world.write(&stream, "rollouts.Rollout.StageShifted.v9", &()).await;
    let before = service.world.types(&stream).await;
    let lose = || Asked::LoseWatch(pb::LoseWatch { attempt: 1 });
    let dry = accepted(service.dry(&id, lose()).await);
    assert_eq!((dry.dry_run, dry.drafts.len()), (true, 1));
    assert_eq!(service.world.types(&stream).await, before);
    accepted(service.send(&id, lose()).await);
    assert_eq!(service.world.types(&stream).await.last().unwrap(), "rollouts.Rollout.WatchLost.v1");
}

#[tokio::test]
async fn a_gate_that_several_checks_shut_tells_all_of_them_with_the_report() {
    let mut service = Scene::new().await;
    let plan = Asked::Plan(service.plan());
    let id = accepted(service.send("", plan).await).id;
    accepted(service.send(&id, Asked::Start(pb::StartRollout {})).await);
    service.desk.answers().guardrail = CheckState::Fail;
    let refused = refused(service.enter(&id, "alpha").await);
    let others: Vec<_> = refused.blockers.iter().map(|blocker| blocker.rule.as_str()).collect();
    assert_eq!((refused.rule.as_str(), &others[..]), ("R9a", &["R3", "R6", "R6"][..]));
    assert_eq!(refused.report.map(|report| report.checks.len()), Some(10));
}

#[tokio::test]
async fn why_shows_the_gate_with_facts_of_now() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    let open = service.why(&id).await;
    assert_eq!((open.from_stage.as_str(), open.to_stage.as_str(), open.open), ("internal", "alpha", true));
    service.desk.answers().guardrail = CheckState::Fail;
    let shut = service.why(&id).await;
    let blockers: Vec<_> = shut
        .report
        .unwrap_or_default()
        .checks
        .into_iter()
        .filter(|check| check.state() != CheckState::Pass)
        .map(|check| (check.rule().to_owned(), check.name().to_owned(), check.seen().to_owned()))
        .collect();
    assert_eq!(blockers, [("R9a".to_owned(), "guardrail".to_owned(), "0.01".to_owned())]);
}

#[tokio::test]
async fn a_rollout_that_is_not_under_way_stands_before_no_gate() {
    let mut service = Scene::new().await;
    let plan = Asked::Plan(service.plan());
    let id = accepted(service.send("", plan).await).id;
    let view = service.why(&id).await;
    assert_eq!((view.open, view.report, view.from_stage), (false, None, String::new()));
}

/// A request with something wrong in it: the target, the command, and the code and field that name it.
type Wrong = (String, Asked, &'static str, &'static str);

async fn are_named(service: &mut Scene, wrong: Vec<Wrong>) {
    for (rollout_id, command, code, field) in wrong {
        let request = pb::RolloutRequest { meta: service.world.meta(""), rollout_id, command: Some(command) };
        let status = service.api.execute(Request::new(request)).await.unwrap_err();
        let problem = grpc::problem_of(&status).unwrap();
        assert_eq!((problem.code.as_str(), problem.field.as_str()), (code, field));
        assert!(!problem.hint.is_empty(), "{field} has no hint");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_plan_is_named() {
    let mut service = Scene::new().await;
    let plan = |change: fn(&mut pb::PlanRollout), code, field| {
        let mut plan = service.plan();
        change(&mut plan);
        (String::new(), Asked::Plan(plan), code, field)
    };
    let gamma = |plan: &mut pb::PlanRollout| {
        let name = Some("gamma".to_owned());
        plan.stages = vec![pb::Stage { name, ..pb::Stage::default() }];
    };
    let wrong = vec![
        plan(|plan| plan.flag_id = String::new(), "missing_field", "plan.flag_id"),
        plan(|plan| plan.bet_id = "b 1".to_owned(), "invalid_id", "plan.bet_id"),
        plan(|plan| plan.tier = 5, "invalid_field", "plan.tier"),
        plan(|plan| plan.mode = 0, "missing_field", "plan.mode"),
        plan(|plan| plan.unit = "cookie".to_owned(), "invalid_field", "plan.unit"),
        plan(|plan| plan.service = " ".to_owned(), "missing_field", "plan.service"),
        plan(gamma, "missing_field", "plan.stages[0].class"),
        plan(|plan| plan.internal_members = vec![String::new()], "missing_field", "plan.internal_members[0]"),
    ];
    are_named(&mut service, wrong).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_command_is_named() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    let enter = pb::EnterStage { stage: " ".to_owned(), step: None };
    let rollback = pb::RequestRollback { cause: "mood".to_owned(), ..pb::RequestRollback::default() };
    let start = Asked::Start(pb::StartRollout {});
    let invalid = "invalid_field";
    let wrong = vec![
        (String::new(), start, "missing_field", "rollout_id"),
        (id.clone(), Asked::EnterStage(enter), "missing_field", "enter_stage.stage"),
        (id, Asked::RequestRollback(rollback), invalid, "request_rollback.cause"),
    ];
    are_named(&mut service, wrong).await;
}

#[tokio::test]
async fn another_organisation_sees_no_rollout() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    let foreign = GetRequest { org: "other".to_owned(), ..get(&id) };
    for status in [
        service.api.get(Request::new(foreign.clone())).await.unwrap_err(),
        service.api.why(Request::new(foreign)).await.unwrap_err(),
    ] {
        assert_eq!(status.code(), tonic::Code::NotFound);
    }
}

#[tokio::test]
async fn the_list_pages_and_selects_by_bet() {
    let mut service = Scene::new().await;
    let mut ids = Vec::new();
    for bet_id in [BET, "", BET] {
        let plan = pb::PlanRollout { bet_id: bet_id.to_owned(), ..service.plan() };
        let accepted = accepted(service.send("", Asked::Plan(plan)).await);
        ids.push(accepted.id);
    }
    let mut projector = service.api.projector();
    settle(&mut projector).await;
    let request = |of: &str, first, after: &str| ListRequest {
        first,
        of: of.to_owned(),
        after: after.to_owned(),
        ..ListRequest::default()
    };
    let listed =
        |list: pb::RolloutList| -> Vec<_> { list.rollouts.into_iter().map(|view| view.id).collect() };
    let of_bet = service.api.list(Request::new(request(BET, 0, ""))).await.unwrap().into_inner();
    assert_eq!(listed(of_bet), [ids[0].clone(), ids[2].clone()]);
    let page = service.api.list(Request::new(request("", 2, ""))).await.unwrap().into_inner();
    let rest = service.api.list(Request::new(request("", 2, &page.next))).await.unwrap().into_inner();
    let mut all = listed(page);
    all.extend(listed(rest));
    assert_eq!(all, ids);
}

#[tokio::test]
async fn r15_a_renewal_says_how_long_it_lasts() {
    let mut service = Scene::new().await;
    let id = service.ready_for_alpha().await;
    let renew = |id: &str| pb::RenewWatchRequest { rollout_ids: vec![id.to_owned()] };
    let nobody = service.api.renew_watch(Request::new(renew(&id))).await.unwrap_err();
    assert_eq!(grpc::problem_of(&nobody).unwrap().code, "not_the_holder");
    let rollouts = grpc::in_process(verdict_api::rollouts::v1::rollouts_server::RolloutsServer::new(
        service.api.clone(),
    ));
    let (renewals, log) = (service.api.renewals.clone(), service.world.log.clone());
    let services = crate::watch::Services { metrics: rollouts.clone(), rollouts };
    let mut keeper = WatchKeeper::new(renewals, services, log, service.world.clock(), Box::new(Alone));
    settle(&mut keeper).await;
    let reply = service.api.renew_watch(Request::new(renew(&id))).await.unwrap().into_inner();
    assert_eq!(Duration::from_secs(reply.period_seconds.into()), crate::watch::DEFAULT_PERIOD);
    let status = service.api.renew_watch(Request::new(renew("r-1"))).await.unwrap_err();
    assert_eq!(grpc::problem_of(&status).unwrap().field, "rollout_ids");
}

#[tokio::test]
async fn decision_21_the_key_of_a_rollout_that_is_over_is_free_and_no_other_one() {
    let mut service = Scene::new().await;
    let plan = |service: &Scene, change: fn(&mut pb::PlanRollout)| {
        let mut plan = pb::PlanRollout { key: "checkout".to_owned(), ..service.plan() };
        change(&mut plan);
        Asked::Plan(plan)
    };
    let first = accepted(service.send("", plan(&service, |_| {})).await).id;
    let again = accepted(service.send("", plan(&service, |_| {})).await);
    assert_eq!((&again.id, again.events.len()), (&first, 0));
    let other = refused(service.send("", plan(&service, |plan| plan.tier = 1)).await);
    assert_eq!((other.rule.as_str(), other.code.as_str()), ("", "rollout_in_wrong_state"));
    let view = service.view("Checkout").await;
    assert_eq!((&view.id, view.key.as_str()), (&first, "checkout"));
    assert_eq!(service.why("checkout").await.rollout_id, first);
    accepted(service.send("default/checkout", Asked::Abort(pb::AbortRollout {})).await);
    let second = accepted(service.send("", plan(&service, |plan| plan.tier = 1)).await).id;
    assert_ne!(second, first);
    assert_eq!(service.view("checkout").await.id, second);
}
