//! Incidents as they are stored and shown.

use verdict_kernel::id::{IncidentId, RolloutId};
use verdict_metrics_domain::incident::{Event, Incident, Origin, Report, Severity, State, Triage};
use verdict_proto::metrics::v1 as pb;
use verdict_stored::field::{Field, Maybe, Plain, Same, Shown};
use verdict_stored::view::{Seen, Viewed};
use verdict_stored::{DecodeError, events, required, words};

events! {
    /// The rim of [`Incident`].
    pub IncidentWire: Incident, Event in "metrics.Incident", messages of pb;
    [Detected(Report { origin, severity, title })] = IncidentDetected.v1 {
        severity: severity as SeverityWord, title: title as Plain;
        [rollout_id, stage, attempt, cause]: origin as OriginColumns
    }
    [Triaged(Triage { severity, team, stakeholders })] = IncidentTriaged.v1 {
        severity: severity as SeverityWord, team: team as Plain, stakeholders: stakeholders as Same,
    }
    [Reclassified { severity, reason }] = IncidentReclassified.v1 {
        severity: severity as SeverityWord, reason: reason as Plain,
    }
    [ResponseStarted] = ResponseStarted.v1 {}
    [Mitigated { fix }] = IncidentMitigated.v1 { fix: fix as Plain }
    [Resolved { verification }] = IncidentResolved.v1 { verification: verification as Plain }
    [Deferred] = IncidentDeferred.v1 {}
    [Reopened { reason }] = IncidentReopened.v1 { reason: reason as Plain }
}

words! {
    SeverityWord, severity, read_severity: Severity = pb::Severity { P0, P1, P2, P3 }
}

/// Rollout, stage, attempt, event of the breach; what a person reports has at most a rollout.
type OriginFields = (Option<String>, Option<String>, Option<u32>, Option<String>);

struct OriginColumns;

impl Field<Origin, OriginFields> for OriginColumns {
    fn write(origin: &Origin) -> OriginFields {
        let rollout = origin.rollout().map(|rollout| rollout.to_string());
        match origin {
            Origin::Person { .. } => (rollout, None, None, None),
            Origin::Rollback { stage, attempt, cause, .. } => {
                (rollout, Some(stage.clone()), Some(*attempt), Some(cause.to_string()))
            }
        }
    }

    fn read((rollout, stage, attempt, cause): OriginFields, _: &'static str) -> Result<Origin, DecodeError> {
        let rollout = <Maybe<Shown> as Field<Option<RolloutId>, _>>::read(rollout, "rollout_id")?;
        if cause.is_none() {
            return Ok(Origin::Person { rollout });
        }
        Ok(Origin::Rollback {
            rollout: required(rollout, "rollout_id")?,
            stage: required(stage, "stage")?,
            attempt: required(attempt, "attempt")?,
            cause: Shown::read(cause, "cause")?,
        })
    }
}

impl Viewed for IncidentWire {
    type Id = IncidentId;
    type View = pb::IncidentView;

    const ABSENT: &'static str = "the incident was never reported";
    const BEGINS: &'static str = "verdict incident report --severity <severity> --title <title>";

    fn view(seen: Seen<'_, State>) -> Option<pb::IncidentView> {
        let (report, judged) = seen.state.reported()?;
        Some(pb::IncidentView {
            id: seen.id.to_owned(),
            version: seen.version,
            position: seen.position,
            rollout_id: report.origin.rollout().map(|rollout| rollout.to_string()).unwrap_or_default(),
            severity: severity(judged).into(),
            state: seen.state.name().to_owned(),
            title: report.title.clone(),
            detected_at: seen.began.map(|at| at.to_string()).unwrap_or_default(),
        })
    }

    fn is_of(view: &pb::IncidentView, rollout: &str) -> bool {
        view.rollout_id == rollout
    }
}

#[cfg(test)]
mod tests;
