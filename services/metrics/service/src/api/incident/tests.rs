//! The service through its generated client, on a log in memory.

use std::time::Duration;

use verdict_api::metrics::v1::incidents_client::IncidentsClient;
use verdict_api::metrics::v1::incidents_server::IncidentsServer;
use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_proto::metrics::v1::Severity;
use verdict_proto::metrics::v1::incident_request::Command as Asked;
use verdict_proto::v1::CommandMeta;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::desk::contract::Bench;
use verdict_runtime::grpc::{Transport, in_process, problem_of};
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::observations::memory::MemoryObservations;

use super::*;
use crate::testing::World;

const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2D";
const BREACH: &str = "3f2c9e7a-1d64-4b0e-9c1f-0a5b7d8e9f10";

struct Platform {
    clock: Arc<ManualClock>,
    log: Log,
    client: IncidentsClient<Transport>,
    projector: Projector<Directory<IncidentWire>>,
    commands: u128,
}

impl Platform {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let api = IncidentsApi::new(log.clone(), clock.clone(), Arc::new(Board::new(log.clone())));
        Self {
            clock,
            log,
            projector: api.projector(),
            client: IncidentsClient::new(in_process(IncidentsServer::new(api))),
            commands: 0,
        }
    }

    async fn send(&mut self, incident_id: &str, command: Asked) -> Result<Outcome, Status> {
        self.commands += 1;
        self.send_as(self.commands, incident_id, command).await
    }

    async fn send_as(&mut self, number: u128, incident_id: &str, command: Asked) -> Result<Outcome, Status> {
        // Processes take back, and say why.
        let is_rollback = matches!(&command, Asked::Report(report) if !report.cause.is_empty());
        let process = if is_rollback { "guardrail-rollback" } else { "" };
        let meta = CommandMeta {
            process: process.to_owned(),
            command_id: uuid::Uuid::from_u128(number).to_string(),
            reason: "because".into(),
            ..CommandMeta::default()
        };
        let request =
            pb::IncidentRequest { meta: Some(meta), incident_id: incident_id.into(), command: Some(command) };
        let reply = self.client.execute(request).await?.into_inner();
        Ok(reply.outcome.unwrap())
    }

    /// The id of the incident.
    async fn accepted(&mut self, incident_id: &str, command: Asked) -> String {
        match self.send(incident_id, command).await {
            Ok(Outcome::Accepted(accepted)) => accepted.id,
            other => panic!("{other:?}"),
        }
    }

    async fn get(&mut self, id: &str) -> pb::IncidentView {
        let request = GetRequest { id: id.into(), ..GetRequest::default() };
        self.client.get(request).await.unwrap().into_inner()
    }

    async fn list(&mut self, first: u32, after: &str, of: &str) -> pb::IncidentList {
        let request = ListRequest { first, after: after.into(), of: of.into(), ..ListRequest::default() };
        self.client.list(request).await.unwrap().into_inner()
    }

    async fn catch_up(&mut self) {
        while self.projector.step().await.unwrap() == Progress::Worked {}
    }
}

fn rollback() -> pb::ReportIncident {
    pb::ReportIncident {
        rollout_id: ROLLOUT.into(),
        stage: "beta".into(),
        attempt: 1,
        cause: BREACH.into(),
        title: "cpu fell below 50".into(),
        ..pb::ReportIncident::default()
    }
}

fn triage(severity: Severity) -> Asked {
    Asked::Triage(pb::TriageIncident {
        severity: severity.into(),
        team: "checkout".into(),
        stakeholders: vec!["support".into()],
    })
}

const START: Asked = Asked::StartResponse(pb::StartResponse {});

fn mitigate() -> Asked {
    Asked::Mitigate(pb::MitigateIncident { fix: "exposure taken back".into() })
}

fn resolve() -> Asked {
    Asked::Resolve(pb::ResolveIncident { verification: "quiet for 30 minutes".into() })
}

#[tokio::test]
async fn o3_resolving_is_refused_before_the_fix_and_accepted_after_it() {
    let mut platform = Platform::new();
    let id = platform.accepted("", Asked::Report(rollback())).await;
    platform.accepted(&id, triage(Severity::P1)).await;
    let Ok(Outcome::Refused(refused)) = platform.send(&id, resolve()).await else {
        panic!("accepted");
    };
    assert_eq!((&*refused.rule, &*refused.code, &*refused.seen), ("O3", "incident_without_fix", "triaged"));
    for command in [START, mitigate(), resolve()] {
        platform.accepted(&id, command).await;
    }
    let view = platform.get(&id).await;
    assert_eq!((&*view.state, view.severity()), ("resolved", Severity::P1));
}

#[tokio::test]
async fn a_retried_report_opens_one_incident() {
    let mut platform = Platform::new();
    let first = platform.send_as(7, "", Asked::Report(rollback())).await.unwrap();
    platform.clock.advance(Duration::from_mins(1));
    let again = platform.send_as(7, "", Asked::Report(rollback())).await.unwrap();
    let (Outcome::Accepted(first), Outcome::Accepted(again)) = (first, again) else {
        panic!("refused");
    };
    assert!(again.repeated);
    platform.catch_up().await;
    let incidents = platform.list(0, "", "").await.incidents;
    assert_eq!(incidents.len(), 1);
    assert_eq!((&incidents[0].id, first.id), (&again.id, again.id.clone()));
}

#[tokio::test]
async fn a_rollback_that_names_no_severity_gets_that_of_its_stage() {
    let mut platform = Platform::new();
    let everyone = pb::ReportIncident { for_everyone: true, ..rollback() };
    let paged = pb::ReportIncident { severity: Severity::P0.into(), ..rollback() };
    for (report, severity) in [(rollback(), Severity::P2), (everyone, Severity::P1), (paged, Severity::P0)] {
        let id = platform.accepted("", Asked::Report(report)).await;
        assert_eq!(platform.get(&id).await.severity(), severity);
    }
}

#[tokio::test]
async fn it_behaves_as_every_api_of_an_aggregate() {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
    let api = IncidentsApi::new(log.clone(), clock, Arc::new(Board::new(log)));
    let projector = api.projector();
    let request = |meta, incident_id, command| pb::IncidentRequest {
        meta: Some(meta),
        incident_id,
        command: Some(command),
    };
    let report = |title: &str| {
        let (severity, title) = (Severity::P2.into(), title.to_owned());
        Asked::Report(pb::ReportIncident { severity, title, ..pb::ReportIncident::default() })
    };
    let transport = in_process(IncidentsServer::new(api));
    Bench::new("verdict.metrics.v1.Incidents", transport, projector, request)
        .behaves(["one", "two", "three"].map(report), triage(Severity::P1))
        .await;
}

#[tokio::test]
async fn the_view_and_the_list_agree() {
    let mut platform = Platform::new();
    let first = platform.accepted("", Asked::Report(rollback())).await;
    platform.clock.advance(Duration::from_mins(1));
    platform.accepted(&first, triage(Severity::P2)).await;
    let by_hand = pb::ReportIncident {
        severity: Severity::P3.into(),
        title: "typo".into(),
        ..pb::ReportIncident::default()
    };
    platform.accepted("", Asked::Report(by_hand)).await;
    platform.catch_up().await;
    let view = platform.get(&first).await;
    let expected = pb::IncidentView {
        id: first.clone(),
        version: 2,
        position: view.position.clone(),
        rollout_id: ROLLOUT.into(),
        severity: Severity::P2.into(),
        state: "triaged".into(),
        title: "cpu fell below 50".into(),
        detected_at: "1970-01-01T00:00:00Z".into(),
    };
    assert_eq!(view, expected);
    assert_eq!(platform.list(0, "", ROLLOUT).await.incidents, [view]);
}

#[tokio::test]
async fn i5_a_report_about_a_rollout_that_nobody_knows_is_refused_and_about_a_known_one_accepted() {
    let mut platform = Platform::new();
    let of = |rollout: &str| {
        Asked::Report(pb::ReportIncident {
            rollout_id: rollout.into(),
            severity: Severity::P2.into(),
            title: "checkout is slow".into(),
            ..pb::ReportIncident::default()
        })
    };
    let Ok(Outcome::Refused(refused)) = platform.send("", of(ROLLOUT)).await else {
        panic!("accepted");
    };
    let named = (&*refused.rule, &*refused.code, &*refused.seen, &*refused.next);
    assert_eq!(named, ("I5", "unknown_reference", ROLLOUT, "verdict rollout list"));
    // A process knows what it reports about, and waits for nobody (decision D9).
    platform.accepted("", Asked::Report(rollback())).await;
    let store = Arc::new(MemoryObservations::default());
    let world = World::on(platform.clock.clone(), platform.log.clone(), store);
    let known = world.rollout("r").await.to_string();
    let id = platform.accepted("", of(&known)).await;
    assert_eq!(platform.get(&id).await.rollout_id, known);
}

fn with(change: fn(&mut pb::ReportIncident)) -> Asked {
    let mut report = rollback();
    change(&mut report);
    Asked::Report(report)
}

#[tokio::test]
async fn a_page_that_names_many_edges_is_taken() {
    let edges: Vec<_> =
        (0..5).map(|n| format!("'checkout-edge-of-europe-{n}' (01JD3Z8Q4M9W6T2V5X7Y0A1B2C)")).collect();
    let title = format!(
        "Exposure of stage beta is not confirmed to be taken back: no word from {}",
        edges.join(", ")
    );
    assert!(title.chars().count() > verdict_runtime::fields::NAME);
    let mut platform = Platform::new();
    let report = pb::ReportIncident { title: title.clone(), ..rollback() };
    let id = platform.accepted("", Asked::Report(report)).await;
    assert_eq!(platform.get(&id).await.title, title);
}

#[tokio::test]
async fn a_bad_report_names_the_field() {
    let cases = [
        (with(|report| report.title.clear()), "missing_field", "title"),
        (with(|report| report.rollout_id.clear()), "missing_field", "rollout_id"),
        (with(|report| report.rollout_id = "r-1".into()), "invalid_id", "rollout_id"),
        (with(|report| report.stage.clear()), "missing_field", "stage"),
        (with(|report| report.attempt = 0), "invalid_field", "attempt"),
        (with(|report| report.cause = "rumour".into()), "invalid_id", "cause"),
        (with(|report| report.cause.clear()), "missing_field", "cause"),
        (with(|report| report.severity = 9), "invalid_field", "severity"),
        (Asked::Report(pb::ReportIncident::default()), "missing_field", "severity"),
    ];
    let mut platform = Platform::new();
    for (command, code, field) in cases {
        let status = platform.send("", command).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        assert_eq!((problem.code, problem.field), (code.to_owned(), format!("report.{field}")));
    }
}

#[tokio::test]
async fn a_bad_command_on_an_incident_names_the_field() {
    let mut platform = Platform::new();
    let id = platform.accepted("", Asked::Report(rollback())).await;
    let no_fix = Asked::Mitigate(pb::MitigateIncident::default());
    let cases = [
        (&*id, Asked::Report(rollback()), "invalid_field", "incident_id"),
        (&*id, triage(Severity::Unspecified), "missing_field", "triage.severity"),
        (&*id, no_fix, "missing_field", "mitigate.fix"),
        ("", START, "missing_field", "incident_id"),
        ("i-1", START, "invalid_id", "incident_id"),
        (ROLLOUT, START, "not_found", ""),
    ];
    for (incident, command, code, field) in cases {
        let status = platform.send(incident, command).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        assert_eq!((&*problem.code, &*problem.field), (code, field));
    }
}
