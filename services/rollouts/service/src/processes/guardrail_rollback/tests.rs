//! A rollback on a log in memory, with the flag and the edges as they are and stand-ins for the others.

use verdict_api::bets::v1::bets_server::BetsServer;
use verdict_api::gtm::v1::launches_server::LaunchesServer;
use verdict_api::metrics::v1::incidents_server::IncidentsServer;
use verdict_api::rollouts::v1::edges_client::EdgesClient;
use verdict_api::rollouts::v1::edges_server::EdgesServer;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_server::RolloutsServer;
use verdict_kernel::id::FlagId;
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CommandReply, GetRequest};
use verdict_runtime::grpc::in_process;
use verdict_runtime::process::{Alone, ProcessRunner, golden};

use super::*;
use crate::api::edge::EdgesApi;
use crate::api::flag::FlagsApi;
use crate::testing::{BET, Heard, LAUNCH, Peers, ROLLOUT, Shown, World, a_tenth, allowed, settle};

mod edges;
mod whole;

const GUARDRAIL: &str = "metrics.guardrail-01JD3Z8Q4M9W6T2V5X7Y0A1B2F";
const EDGE: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2G";

struct Platform {
    shown: Shown,
    peers: Peers,
    edges: EdgesClient<Transport>,
    services: Services,
    runner: ProcessRunner<GuardrailRollback, GuardrailRollbackRim>,
}

fn accepted(reply: CommandReply) -> Accepted {
    match reply.outcome {
        Some(Outcome::Accepted(accepted)) => accepted,
        other => panic!("not accepted: {other:?}"),
    }
}

fn runner(world: &World, services: &Services) -> ProcessRunner<GuardrailRollback, GuardrailRollbackRim> {
    let rim = GuardrailRollbackRim::new(services.clone(), world.log.clone(), world.clock());
    ProcessRunner::new(Arc::new(rim), world.log.clone(), world.clock(), Box::new(Alone))
}

impl Platform {
    /// A flag that Alpha showed to two accounts in version 1 and Beta shows to 10 % in version 2.
    async fn in_beta() -> Self {
        Self::in_beta_of(pb::RolloutPlanned::default()).await
    }

    /// The plan says that there is no way back from this stage on.
    async fn irreversible_from(stage: &str) -> Self {
        let reason = Some("the old keys are gone".to_owned());
        let irreversible_from = Some(pb::IrreversibleFrom { stage: Some(stage.to_owned()), reason });
        Self::in_beta_of(pb::RolloutPlanned { irreversible_from, ..pb::RolloutPlanned::default() }).await
    }

    /// The rollout is in Beta.
    async fn entered_beta(&mut self) {
        self.happens(
            "StageEntered",
            &pb::StageEntered {
                stage: Some("beta".to_owned()),
                attempt: Some(2),
                ..pb::StageEntered::default()
            },
        )
        .await;
    }

    async fn happens(&mut self, name: &str, message: &impl serde::Serialize) {
        let stream = format!("{ROLLOUTS}{ROLLOUT}");
        self.shown.world.write(&stream, &format!("rollouts.Rollout.{name}.v1"), message).await;
    }

    async fn in_beta_of(plan: pb::RolloutPlanned) -> Self {
        let mut shown = Shown::claimed_by(plan).await;
        let peers = Peers::default();
        let (log, clock) = (shown.world.log.clone(), shown.world.clock());
        let flags = FlagsApi::new(log.clone(), clock.clone());
        let edges = EdgesApi::new(log, clock, Arc::default(), flags);
        let services = Services {
            flags: shown.service.clone(),
            rollouts: in_process(RolloutsServer::new(peers.clone())),
            metrics: in_process(IncidentsServer::new(peers.clone())),
            gtm: in_process(LaunchesServer::new(peers.clone())),
            bets: in_process(BetsServer::new(peers.clone())),
        };
        let runner = runner(&shown.world, &services);
        let accounts = pb::Audience {
            accounts: vec!["acme".to_owned(), "globex".to_owned()],
            ..pb::Audience::default()
        };
        shown.show("alpha", 1, 1, accounts).await;
        shown.show("beta", 2, 2, a_tenth()).await;
        Self { shown, peers, edges: EdgesClient::new(in_process(EdgesServer::new(edges))), services, runner }
    }

    async fn edge(&mut self, command: pb::edge_request::Command) {
        let request = pb::EdgeRequest {
            meta: allowed(self.shown.world.meta(""), command.audience()),
            edge_id: EDGE.to_owned(),
            command: Some(command),
        };
        accepted(self.edges.execute(request).await.unwrap().into_inner());
    }

    async fn join(&mut self) {
        let join = pb::JoinEdge { name: "edge-a".to_owned() };
        self.edge(pb::edge_request::Command::Join(join)).await;
    }

    async fn confirm(&mut self, flag_version: u32) {
        let served = pb::ConfirmServed {
            flag_id: self.shown.id.clone(),
            flag_version,
            rollout_id: ROLLOUT.to_owned(),
            stage: "beta".to_owned(),
            attempt: 2,
        };
        self.edge(pb::edge_request::Command::ConfirmServed(served)).await;
    }

    async fn confirm_kill(&mut self, flag_version: u32) {
        let served = pb::ConfirmServed {
            flag_id: self.shown.id.clone(),
            flag_version,
            ..pb::ConfirmServed::default()
        };
        self.edge(pb::edge_request::Command::ConfirmServed(served)).await;
    }

    async fn breach(&mut self, critical: bool) -> String {
        self.breach_of(critical, metrics::GuardrailEffect::Rollback).await
    }

    async fn breach_of(&mut self, critical: bool, effect: metrics::GuardrailEffect) -> String {
        let breached = metrics::GuardrailBreached {
            rollout_id: Some(ROLLOUT.to_owned()),
            stage: Some("beta".to_owned()),
            stage_index: Some(2),
            attempt: Some(2),
            flag_id: Some(self.shown.id.clone()),
            bet_id: Some(BET.to_owned()),
            metric: Some("error_rate".to_owned()),
            critical: Some(critical),
            effect: Some(effect.into()),
            ..metrics::GuardrailBreached::default()
        };
        self.shown.world.write(GUARDRAIL, GuardrailWire::GuardrailBreached, &breached).await.0.to_string()
    }

    async fn settle(&mut self) {
        settle(&mut self.runner).await;
    }

    async fn served(&self) -> (String, u32, bool, String) {
        let view = self.shown.view().await;
        (view.stage, view.exposure_version, view.held, view.state)
    }
}

fn served(stage: &str, version: u32, held: bool, reach: &str) -> (String, u32, bool, String) {
    (stage.to_owned(), version, held, reach.to_owned())
}

fn request_rollback(breach: &str) -> Heard {
    Heard::Rollout(pb::rollout_request::Command::RequestRollback(pb::RequestRollback {
        stage: "beta".to_owned(),
        attempt: 2,
        breach: breach.to_owned(),
        cause: "guardrail_breached".to_owned(),
        critical: false,
    }))
}

fn confirm_rollback(to_stage: &str, flag_version: u32) -> Heard {
    Heard::Rollout(pb::rollout_request::Command::ConfirmRollback(pb::ConfirmRollback {
        to_stage: to_stage.to_owned(),
        flag_version,
    }))
}

fn incident(breach: &str, severity: metrics::Severity, title: &str) -> Heard {
    Heard::Incident(metrics::incident_request::Command::Report(metrics::ReportIncident {
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        attempt: 2,
        cause: breach.to_owned(),
        severity: severity.into(),
        title: title.to_owned(),
        for_everyone: false,
    }))
}

fn opened(breach: &str) -> Heard {
    incident(breach, metrics::Severity::P2, "Guardrail error_rate broke in stage beta")
}

fn note_for_bet(breach: &str) -> Heard {
    Heard::Bet(bets::bet_request::Command::NoteRollback(bets::NoteRollback {
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        attempt: 2,
        breach: breach.to_owned(),
    }))
}

fn hold(breach: &str) -> Heard {
    let cause = breach.to_owned();
    Heard::Launch(gtm::launch_request::Command::Hold(gtm::HoldAnnouncements { cause }))
}

#[tokio::test]
async fn r9a_a_breach_restores_alpha_and_is_confirmed_once_the_edge_serves_it() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    let breach = platform.breach(false).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
    let aftermath = [request_rollback(&breach), opened(&breach), note_for_bet(&breach), hold(&breach)];
    assert_eq!(platform.peers.heard(), aftermath);
    platform.confirm(3).await;
    platform.settle().await;
    assert_eq!(platform.peers.heard().last(), Some(&confirm_rollback("alpha", 3)));
    platform.shown.world.advance(120);
    platform.settle().await;
    assert_eq!(platform.peers.heard().len(), 5);
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
}

#[tokio::test]
async fn r9a_without_edges_a_rollback_is_confirmed_at_once() {
    let mut platform = Platform::in_beta().await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}

#[tokio::test]
async fn f3_what_no_edge_confirms_is_killed_after_30_seconds_and_paged_after_60() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    let breach = platform.breach(false).await;
    platform.settle().await;
    platform.shown.world.advance(29);
    platform.settle().await;
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
    platform.shown.world.advance(1);
    platform.settle().await;
    assert_eq!(platform.served().await, served("", 4, true, "killed"));
    let why = format!("no word from 'edge-a' ({EDGE})");
    let title = format!("Exposure of stage beta is not confirmed to be taken back: {why}");
    let page = incident(&breach, metrics::Severity::P0, &title);
    assert!(!platform.peers.heard().contains(&page));
    platform.shown.world.advance(30);
    platform.settle().await;
    assert_eq!(platform.peers.heard().last(), Some(&page));
    platform.confirm_kill(4).await;
    platform.settle().await;
    assert_eq!(platform.peers.heard().last(), Some(&confirm_rollback("", 3)));
}

/// Past the point of no return it names no attempt.
fn pause(attempt: u32) -> Heard {
    let pause = pb::PauseRollout { cause: pb::PauseCause::Guardrail.into(), attempt };
    Heard::Rollout(pb::rollout_request::Command::Pause(pause))
}

#[tokio::test]
async fn r26_past_the_point_of_no_return_a_breach_holds_flag_and_rollout_and_pages_and_takes_nothing_back() {
    for (from, critical) in [("beta", false), ("BETA", true), ("alpha", false)] {
        let mut platform = Platform::irreversible_from(from).await;
        platform.entered_beta().await;
        let breach = platform.breach(critical).await;
        platform.settle().await;
        assert_eq!(platform.served().await, served("beta", 2, true, "partial"), "{from}");
        let held = platform.shown.view().await.holds;
        assert_eq!(
            held.iter().map(|hold| (hold.cause.as_str(), hold.kind())).collect::<Vec<_>>(),
            [(breach.as_str(), pb::HoldKind::Guardrail)]
        );
        let title = "Guardrail error_rate broke in stage beta, where the plan has no way back: nothing was taken back";
        let page = incident(&breach, metrics::Severity::P1, title);
        assert_eq!(platform.peers.heard(), [pause(0), page, hold(&breach)]);
        platform.shown.world.advance(600);
        platform.settle().await;
        assert_eq!(platform.served().await, served("beta", 2, true, "partial"), "{from}");
    }
}

#[tokio::test]
async fn r26_below_the_point_of_no_return_and_after_a_way_back_a_breach_narrows() {
    let mut below = Platform::irreversible_from("ga").await;
    below.entered_beta().await;
    below.breach(false).await;
    below.settle().await;
    assert_eq!(below.served().await, served("alpha", 3, true, "partial"));
    // A person took it back before the breach was heard of: what is served now may be taken back by itself.
    let mut back = Platform::irreversible_from("beta").await;
    back.entered_beta().await;
    back.happens(
        "RolledBack",
        &pb::RolledBack { to_stage: Some("alpha".to_owned()), ..pb::RolledBack::default() },
    )
    .await;
    back.breach(true).await;
    back.settle().await;
    assert_eq!(back.served().await, served("", 3, true, "off"));
}

/// GA was entered and is not shown yet: from Beta there is a way back.
#[tokio::test]
async fn r26_a_breach_takes_back_what_is_served_before_the_point_of_no_return_is_shown() {
    for critical in [false, true] {
        let mut platform = Platform::irreversible_from("ga").await;
        platform.entered_beta().await;
        let (stage, attempt) = (Some("ga".to_owned()), Some(3));
        platform.happens("StageEntered", &pb::StageEntered { stage, attempt, ..Default::default() }).await;
        let breach = platform.breach(critical).await;
        platform.settle().await;
        let (stage, reach) = if critical { ("", "off") } else { ("alpha", "partial") };
        assert_eq!(platform.served().await, served(stage, 3, true, reach));
        let heard = platform.peers.heard();
        let requested = |heard: &Heard| matches!(heard, Heard::Rollout(pb::rollout_request::Command::RequestRollback(asked)) if asked.breach == breach && asked.critical == critical);
        assert_eq!(heard.iter().filter(|heard| requested(heard)).count(), 1, "{heard:?}");
        let incidents = heard.iter().filter(|heard| matches!(heard, Heard::Incident(_))).count();
        assert_eq!(incidents, 1, "{heard:?}");
    }
}

/// Safety needs no understanding: where nobody can say that there is no way back, there is one.
#[tokio::test]
async fn r26_over_a_plan_that_cannot_be_read_a_breach_narrows() {
    let mut platform = Platform::irreversible_from("beta").await;
    platform.entered_beta().await;
    platform.happens("StageEntered", &serde_json::json!({ "stage": 7 })).await;
    platform.breach(false).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
}

#[tokio::test]
async fn r26_what_a_person_asks_for_past_the_point_of_no_return_takes_back() {
    let mut platform = Platform::irreversible_from("beta").await;
    platform.entered_beta().await;
    platform.breach(false).await;
    platform.settle().await;
    platform
        .happens(
            "RollbackRequested",
            &pb::RollbackRequested {
                stage: Some("beta".to_owned()),
                attempt: Some(2),
                cause: Some("requested".to_owned()),
                ..pb::RollbackRequested::default()
            },
        )
        .await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
    // While that is under way, what breaks takes back the rest.
    platform.breach(true).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("", 4, true, "off"));
}

#[tokio::test]
async fn r21_a_guardrail_that_holds_pauses_the_rollout_and_the_flag_keeps_what_it_serves() {
    let mut platform = Platform::in_beta().await;
    let breach = platform.breach_of(false, metrics::GuardrailEffect::Hold).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("beta", 2, false, "partial"));
    assert_eq!(platform.peers.heard(), [pause(2), opened(&breach), hold(&breach)]);
    // One that rolls back may break later.
    platform.breach(false).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
}

#[tokio::test]
async fn r9a_services_that_are_down_or_say_no_delay_no_confirmation() {
    let mut platform = Platform::in_beta().await;
    for service in ["metrics", "gtm"] {
        platform.peers.set_down(service, true);
    }
    platform.peers.refuse("bets");
    let breach = platform.breach(false).await;
    platform.settle().await;
    assert_eq!(platform.peers.heard(), [request_rollback(&breach), confirm_rollback("alpha", 3)]);
    for service in ["metrics", "gtm"] {
        platform.peers.set_down(service, false);
    }
    platform.shown.world.advance(10);
    platform.settle().await;
    let rest = [opened(&breach), hold(&breach)];
    assert_eq!(platform.peers.heard()[2..], rest);
}

#[tokio::test]
async fn r11_a_later_breach_joins_and_a_critical_one_takes_back_the_rest() {
    let mut platform = Platform::in_beta().await;
    platform.breach(false).await;
    platform.settle().await;
    platform.breach(false).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
    let before = platform.peers.heard().len();
    let worse = platform.breach(true).await;
    platform.settle().await;
    assert_eq!(platform.served().await, served("", 4, true, "off"));
    let request = Heard::Rollout(pb::rollout_request::Command::RequestRollback(pb::RequestRollback {
        stage: "beta".to_owned(),
        attempt: 2,
        breach: worse.clone(),
        cause: "guardrail_breached".to_owned(),
        critical: true,
    }));
    let opened = incident(&worse, metrics::Severity::P1, "Guardrail error_rate broke in stage beta");
    assert_eq!(platform.peers.heard()[before..], [request, confirm_rollback("", 4), opened]);
}

#[tokio::test]
async fn r9a_a_restart_sends_nothing_again() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    platform.breach(false).await;
    platform.settle().await;
    let before = platform.peers.heard();
    platform.runner = runner(&platform.shown.world, &platform.services);
    platform.settle().await;
    assert_eq!(platform.peers.heard(), before);
    assert_eq!(platform.served().await, served("alpha", 3, true, "partial"));
}

#[tokio::test]
async fn f3_over_a_past_that_cannot_be_read_a_breach_kills_the_flag() {
    let mut platform = Platform::in_beta().await;
    let stream = format!("rollouts.flag-{}", platform.shown.id);
    let flag: FlagId = platform.shown.id.parse().unwrap();
    platform.shown.world.write(&stream, "rollouts.Flag.ExposureShifted.v9", &()).await;
    platform.breach(false).await;
    platform.settle().await;
    let types = platform.shown.world.types(&stream).await;
    assert_eq!(types.last().map(String::as_str), Some("rollouts.Flag.FlagKilled.v1"), "{flag}");
    assert!(platform.peers.heard().contains(&confirm_rollback("", 6)));
}

#[tokio::test]
async fn r9a_a_confirmation_that_came_before_anybody_asked_counts() {
    let mut platform = Platform::in_beta().await;
    platform.join().await;
    platform.confirm(3).await;
    platform.breach(false).await;
    platform.settle().await;
    assert!(platform.peers.heard().contains(&confirm_rollback("alpha", 3)));
}

#[tokio::test]
async fn an_instance_ends_when_the_rollout_goes_on_with_another_attempt() {
    let mut platform = Platform::in_beta().await;
    platform.breach(false).await;
    platform.settle().await;
    let subject = format!("{ROLLOUT}/beta/2");
    let id = verdict_kernel::id::ProcessId::of("guardrail-rollback", &subject);
    let stream = format!("rollouts.process-{id}");
    let ended = |types: Vec<String>| types.iter().any(|name| name == "rollouts.Process.Ended.v1");
    let rollout = format!("rollouts.rollout-{ROLLOUT}");
    for (attempt, is_over) in [(2, false), (3, true)] {
        let resumed = pb::RolloutResumed {
            stage: Some("alpha".to_owned()),
            attempt: Some(attempt),
            ..pb::RolloutResumed::default()
        };
        platform.shown.world.write(&rollout, "rollouts.Rollout.RolloutResumed.v1", &resumed).await;
        platform.settle().await;
        assert_eq!(ended(platform.shown.world.types(&stream).await), is_over, "attempt {attempt}");
    }
}

#[test]
fn every_fact_reads_back() {
    let edge = EDGE.parse().unwrap();
    let breach = |bet: Option<&str>| Breach {
        event: uuid::Uuid::NAMESPACE_URL,
        of: Attempt {
            rollout: ROLLOUT.parse().unwrap(),
            flag: LAUNCH.parse().unwrap(),
            bet: bet.map(|bet| bet.parse().unwrap()),
            stage: "beta".to_owned(),
            stage_index: 2,
            class: verdict_rollouts_domain::stage::Class::Share,
            attempt: 3,
        },
        guardrail: "guardrail-1".to_owned(),
        metric: "error_rate".to_owned(),
        critical: true,
        holds_only: false,
        irreversible: true,
        at: crate::testing::second(7),
    };
    let narrowed = verdict_rollouts_domain::processes::guardrail_rollback::Narrowed {
        flag_version: 4,
        to_stage: String::new(),
        at: crate::testing::second(8),
    };
    let facts = [
        Fact::BreachNoted(breach(Some(BET))),
        Fact::BreachNoted(breach(None)),
        Fact::Narrowed(narrowed),
        Fact::EdgesListed(vec![edge]),
        Fact::Served { edge, flag_version: 4 },
        Fact::EdgeGone(edge),
        Fact::AttemptOver,
    ];
    golden::check::<facts::GuardrailRollbackWire>(env!("CARGO_MANIFEST_DIR"), facts);
}
