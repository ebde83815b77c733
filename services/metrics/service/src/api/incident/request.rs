//! From the request to the domain: every field is checked here, once.

use verdict_kernel::id::IncidentId;
use verdict_metrics_domain::incident::{Command, Origin, Report, Severity, Triage};
use verdict_metrics_wire::incident::read_severity;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::incident_request::Command as Asked;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{self, NAMES, counted, each, id, name, optional_event, optional_id, text};
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};

/// A valid command and what it is about.
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: IncidentId,
    pub(super) creates: bool,
    pub(super) command: Command,
}

pub(super) fn extract(mut request: pb::IncidentRequest) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.incident_id, &request)?;
    let command = command(fields::command(request.command)?)?;
    let creates = matches!(command, Command::Report(_));
    let id = if creates {
        if !request.incident_id.is_empty() {
            let detail = "an incident gets its id when it is reported";
            return Err(Problem::field(Code::InvalidField, "incident_id", detail).hint("leave it empty"));
        }
        IncidentId::created_by(envelope.command_id)
    } else {
        id("incident_id", &request.incident_id)?
    };
    Ok(Checked { envelope, id, creates, command })
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Report(report) => Command::Report(self::report(&report)?),
        Asked::Triage(triage) => Command::Triage(self::triage(&triage)?),
        Asked::Reclassify(reclassify) => {
            let severity = read_severity(severity(reclassify.severity, "reclassify.severity")?);
            Command::Reclassify { severity: severity.ok_or_else(|| no_severity("reclassify.severity"))? }
        }
        Asked::StartResponse(_) => Command::StartResponse,
        Asked::Mitigate(mitigate) => Command::Mitigate { fix: text("mitigate.fix", &mitigate.fix)? },
        Asked::Resolve(resolve) => {
            Command::Resolve { verification: text("resolve.verification", &resolve.verification)? }
        }
        Asked::Defer(_) => Command::Defer,
        Asked::Reopen(_) => Command::Reopen,
    })
}

fn report(report: &pb::ReportIncident) -> Result<Report, Problem> {
    let given = read_severity(severity(report.severity, "report.severity")?);
    let origin = origin(report)?;
    let by_stage = match &origin {
        Origin::Rollback { .. } => Some(Severity::of_rollback(report.for_everyone, false, true)),
        Origin::Person { .. } => None,
    };
    let severity = given.or(by_stage);
    Ok(Report {
        origin,
        severity: severity.ok_or_else(|| no_severity("report.severity"))?,
        title: text("report.title", &report.title)?,
    })
}

fn origin(report: &pb::ReportIncident) -> Result<Origin, Problem> {
    let Some(cause) = optional_event("report.cause", &report.cause)? else {
        if !report.stage.is_empty() || report.attempt != 0 {
            let detail = "stage and attempt belong to a rollback, and no breach is named as its cause";
            return Err(Problem::field(Code::MissingField, "report.cause", detail));
        }
        return Ok(Origin::Person { rollout: optional_id("report.rollout_id", &report.rollout_id)? });
    };
    Ok(Origin::Rollback {
        rollout: id("report.rollout_id", &report.rollout_id)?,
        stage: name("report.stage", &report.stage)?,
        attempt: counted("report.attempt", report.attempt)?,
        cause,
    })
}

fn triage(triage: &pb::TriageIncident) -> Result<Triage, Problem> {
    let severity = read_severity(severity(triage.severity, "triage.severity")?);
    Ok(Triage {
        severity: severity.ok_or_else(|| no_severity("triage.severity"))?,
        team: text("triage.team", &triage.team)?,
        stakeholders: each("triage.stakeholders", NAMES, &triage.stakeholders, |field, given| {
            text(field, given)
        })?,
    })
}

fn severity(number: i32, field: &str) -> Result<pb::Severity, Problem> {
    pb::Severity::try_from(number)
        .map_err(|_| Problem::field(Code::InvalidField, field, format!("{number} is not a severity")))
}

fn no_severity(field: &str) -> Problem {
    Problem::field(Code::MissingField, field, "the severity is not given").hint("P0 (down) to P3 (cosmetic)")
}
