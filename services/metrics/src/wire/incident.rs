//! Incident events as `metrics.Incident.<Message>.v1`.

use verdict_metrics_domain::incident::{Event, Incident, Origin, Report, Severity, Triage};
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

/// How a incident is stored.
#[derive(Debug, Clone, Copy)]
pub struct IncidentWire;

impl Wire for IncidentWire {
    type Aggregate = Incident;

    const TYPES: &'static str = "metrics.Incident";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Detected(report) => Stored::new("metrics.Incident.IncidentDetected.v1", &detected(report)),
            Event::Triaged(triage) => Stored::new(
                "metrics.Incident.IncidentTriaged.v1",
                &pb::IncidentTriaged {
                    severity: Some(severity(triage.severity).into()),
                    team: Some(triage.team.clone()),
                    stakeholders: triage.stakeholders.clone(),
                },
            ),
            Event::Reclassified { severity, reason } => Stored::new(
                "metrics.Incident.IncidentReclassified.v1",
                &pb::IncidentReclassified {
                    severity: Some(self::severity(*severity).into()),
                    reason: Some(reason.clone()),
                },
            ),
            Event::ResponseStarted => {
                Stored::new("metrics.Incident.ResponseStarted.v1", &pb::ResponseStarted {})
            }
            Event::Mitigated { fix } => Stored::new(
                "metrics.Incident.IncidentMitigated.v1",
                &pb::IncidentMitigated { fix: Some(fix.clone()) },
            ),
            Event::Resolved { verification } => Stored::new(
                "metrics.Incident.IncidentResolved.v1",
                &pb::IncidentResolved { verification: Some(verification.clone()) },
            ),
            Event::Deferred => Stored::new("metrics.Incident.IncidentDeferred.v1", &pb::IncidentDeferred {}),
            Event::Reopened { reason } => Stored::new(
                "metrics.Incident.IncidentReopened.v1",
                &pb::IncidentReopened { reason: Some(reason.clone()) },
            ),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let event = match event_type {
            "metrics.Incident.IncidentDetected.v1" => Event::Detected(report(parse(data)?)?),
            "metrics.Incident.IncidentTriaged.v1" => {
                let triaged: pb::IncidentTriaged = parse(data)?;
                Event::Triaged(Triage {
                    severity: required(read_severity(triaged.severity()), "severity")?,
                    team: required(triaged.team, "team")?,
                    stakeholders: triaged.stakeholders,
                })
            }
            "metrics.Incident.IncidentReclassified.v1" => {
                let reclassified: pb::IncidentReclassified = parse(data)?;
                Event::Reclassified {
                    severity: required(read_severity(reclassified.severity()), "severity")?,
                    reason: required(reclassified.reason, "reason")?,
                }
            }
            "metrics.Incident.ResponseStarted.v1" => Event::ResponseStarted,
            "metrics.Incident.IncidentMitigated.v1" => {
                Event::Mitigated { fix: required(parse::<pb::IncidentMitigated>(data)?.fix, "fix")? }
            }
            "metrics.Incident.IncidentResolved.v1" => Event::Resolved {
                verification: required(parse::<pb::IncidentResolved>(data)?.verification, "verification")?,
            },
            "metrics.Incident.IncidentDeferred.v1" => Event::Deferred,
            "metrics.Incident.IncidentReopened.v1" => {
                Event::Reopened { reason: required(parse::<pb::IncidentReopened>(data)?.reason, "reason")? }
            }
            _ => return Err(DecodeError::UnknownType),
        };
        Ok(Some(event))
    }
}

/// A severity as the contracts spell it.
pub fn severity(severity: Severity) -> pb::Severity {
    match severity {
        Severity::P0 => pb::Severity::P0,
        Severity::P1 => pb::Severity::P1,
        Severity::P2 => pb::Severity::P2,
        Severity::P3 => pb::Severity::P3,
    }
}

/// The severity that a contract value stands for; `None` for UNSPECIFIED.
pub fn read_severity(severity: pb::Severity) -> Option<Severity> {
    match severity {
        pb::Severity::Unspecified => None,
        pb::Severity::P0 => Some(Severity::P0),
        pb::Severity::P1 => Some(Severity::P1),
        pb::Severity::P2 => Some(Severity::P2),
        pb::Severity::P3 => Some(Severity::P3),
    }
}

fn detected(report: &Report) -> pb::IncidentDetected {
    let common = pb::IncidentDetected {
        rollout_id: report.origin.rollout().map(|rollout| rollout.to_string()),
        severity: Some(severity(report.severity).into()),
        title: Some(report.title.clone()),
        ..pb::IncidentDetected::default()
    };
    match &report.origin {
        Origin::Person { .. } => common,
        Origin::Rollback { stage, attempt, cause, .. } => pb::IncidentDetected {
            stage: Some(stage.clone()),
            attempt: Some(*attempt),
            cause: Some(cause.to_string()),
            ..common
        },
    }
}

fn report(detected: pb::IncidentDetected) -> Result<Report, DecodeError> {
    let severity = required(read_severity(detected.severity()), "severity")?;
    let rollout = detected.rollout_id.as_deref().map(|id| parsed(Some(id), "rollout_id"));
    let origin = match detected.cause.as_deref() {
        None => Origin::Person { rollout: rollout.transpose()? },
        cause @ Some(_) => Origin::Rollback {
            rollout: required(rollout.transpose()?, "rollout_id")?,
            stage: required(detected.stage, "stage")?,
            attempt: required(detected.attempt, "attempt")?,
            cause: parsed(cause, "cause")?,
        },
    };
    Ok(Report { origin, severity, title: required(detected.title, "title")? })
}

#[cfg(test)]
mod tests;
