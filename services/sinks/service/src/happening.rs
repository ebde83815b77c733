//! What events of the other contexts mean to people: the table of the types that somebody may be told about.
//!
//! It reads messages of the contracts, and of the contexts that wrote them only how they are called.

use verdict_bets_wire::bet::BetWire;
use verdict_metrics_wire::guardrail::GuardrailWire;
use verdict_metrics_wire::incident::IncidentWire;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1::{CheckState, Named};
use verdict_rollouts_wire::edge::EdgeWire;
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_sinks_domain::notice::{Beginning, Broken, Happening, Waiting};
use verdict_stored::{DecodeError, parse};

/// What the names of the streams begin with whose events may be told.
pub(crate) const STREAMS: [&str; 6] = [
    "metrics.guardrail-",
    "metrics.incident-",
    "rollouts.rollout-",
    "rollouts.flag-",
    "rollouts.edge-",
    "bets.bet-",
];

/// What the event says; `None` where nobody would be told.
pub(crate) fn read(stream: &str, event_type: &str, data: &[u8]) -> Result<Option<Happening>, DecodeError> {
    let id = || stream.split_once('-').map_or(stream, |(_, id)| id).to_owned();
    Ok(match event_type {
        GuardrailWire::GuardrailBreached => Some(breached(parse(data)?)),
        GuardrailWire::WouldHaveBreached => Some(would_have_breached(parse(data)?)),
        GuardrailWire::GuardrailAnswerChanged => blind(id(), parse(data)?),
        IncidentWire::IncidentDetected => detected(id(), parse(data)?),
        IncidentWire::IncidentReclassified => reclassified(id(), parse(data)?),
        FlagWire::FlagHeld => Some(held(id(), parse(data)?)),
        FlagWire::ExposureNarrowed => narrowed(id(), parse(data)?),
        FlagWire::FlagKilled => {
            let killed: rollouts::FlagKilled = parse(data)?;
            Some(Happening::Killed { flag: id(), reason: killed.reason.unwrap_or_default() })
        }
        FlagWire::CleanupDue => Some(Happening::Waits(Waiting::CleanupDue { flag: id() })),
        RolloutWire::WatchLost => Some(Happening::Unwatched { rollout: id() }),
        RolloutWire::StageOverdue => {
            let overdue: rollouts::StageOverdue = parse(data)?;
            let stage = overdue.stage.unwrap_or_default();
            Some(Happening::Waits(Waiting::Overdue { rollout: id(), stage }))
        }
        RolloutWire::GatePassed => {
            let passed: rollouts::GatePassed = parse(data)?;
            let stage = passed.stage.unwrap_or_default();
            Some(Happening::Waits(Waiting::GateOpen { rollout: id(), stage }))
        }
        EdgeWire::EdgeLost => Some(Happening::EdgeLost { edge: id() }),
        BetWire::TimeboxEnded => Some(Happening::Waits(Waiting::TimeboxEnded { bet: id() })),
        _ => None,
    })
}

/// What an event at the beginning of a stream adds to what is known of its thing. What cannot be read adds nothing: a name
/// is not worth a notice.
pub(crate) fn begin(beginning: &mut Beginning, event_type: &str, data: &[u8]) {
    match event_type {
        RolloutWire::RolloutPlanned => {
            if let Ok(planned) = parse::<rollouts::RolloutPlanned>(data) {
                beginning.by_hand = planned.promotion() == rollouts::Promotion::Manual;
            }
        }
        FlagWire::FlagCreated => {
            if let Ok(created) = parse::<rollouts::FlagCreated>(data) {
                beginning.name = created.key;
            }
        }
        EdgeWire::EdgeJoined => {
            if let Ok(joined) = parse::<rollouts::EdgeJoined>(data) {
                beginning.name = joined.name;
            }
        }
        IncidentWire::IncidentDetected => {
            if let Ok(detected) = parse::<metrics::IncidentDetected>(data) {
                beginning.of_rollback = is_of_rollback(&detected);
                beginning.rollout = detected.rollout_id;
                beginning.title = detected.title.unwrap_or_default();
            }
        }
        named if named.ends_with(".Named.v1") => {
            if let Ok(Named { key: Some(key), .. }) = parse::<Named>(data) {
                beginning.name = Some(key);
            }
        }
        _ => {}
    }
}

fn breached(event: metrics::GuardrailBreached) -> Happening {
    let taken_back = event.effect() != metrics::GuardrailEffect::Hold;
    let broken = Broken {
        rollout: event.rollout_id.unwrap_or_default(),
        stage: event.stage.unwrap_or_default(),
        metric: event.metric.unwrap_or_default(),
        required: event.required.unwrap_or_default(),
        seen: event.seen.unwrap_or_default(),
    };
    Happening::Breached { broken, taken_back }
}

fn would_have_breached(event: metrics::WouldHaveBreached) -> Happening {
    Happening::WouldHaveBreached(Broken {
        rollout: event.rollout_id.unwrap_or_default(),
        stage: event.stage.unwrap_or_default(),
        metric: event.metric.unwrap_or_default(),
        required: event.required.unwrap_or_default(),
        seen: event.seen.unwrap_or_default(),
    })
}

/// A guardrail that knew something and knows it no more. One that never had data has nothing to lose.
fn blind(guardrail: String, event: metrics::GuardrailAnswerChanged) -> Option<Happening> {
    let what = match event.state() {
        CheckState::UnknownStale => "nothing new comes in",
        CheckState::UnknownUnhealthy => "what comes in is not healthy",
        CheckState::Unspecified
        | CheckState::Pass
        | CheckState::Fail
        | CheckState::UnknownNoData
        | CheckState::UnknownInsufficient
        | CheckState::UnknownInconclusive => return None,
    };
    let as_of = event.as_of.unwrap_or_default();
    Some(Happening::SourceAway { guardrail, rollout: event.rollout_id, what, as_of })
}

fn severity(severity: metrics::Severity) -> Option<&'static str> {
    match severity {
        metrics::Severity::P0 => Some("P0"),
        metrics::Severity::P1 => Some("P1"),
        metrics::Severity::P2 | metrics::Severity::P3 | metrics::Severity::Unspecified => None,
    }
}

fn is_of_rollback(event: &metrics::IncidentDetected) -> bool {
    event.cause.as_ref().is_some_and(|cause| !cause.is_empty())
}

fn detected(incident: String, event: metrics::IncidentDetected) -> Option<Happening> {
    let (severity, of_rollback) = (severity(event.severity())?, is_of_rollback(&event));
    let title = event.title.unwrap_or_default();
    Some(Happening::Incident { incident, rollout: event.rollout_id, severity, title, of_rollback })
}

/// What was reported is known from the report.
fn reclassified(incident: String, event: metrics::IncidentReclassified) -> Option<Happening> {
    let severity = severity(event.severity())?;
    Some(Happening::Incident { incident, rollout: None, severity, title: String::new(), of_rollback: false })
}

const fn why(kind: rollouts::HoldKind) -> &'static str {
    match kind {
        rollouts::HoldKind::Breach | rollouts::HoldKind::Guardrail => "a guardrail broke",
        rollouts::HoldKind::Watch => "nobody watched the rollout",
        rollouts::HoldKind::Restored => "the log went back",
        rollouts::HoldKind::Unspecified => "somebody held it",
    }
}

fn held(flag: String, event: rollouts::FlagHeld) -> Happening {
    let why = why(event.kind());
    Happening::Held { flag, rollout: event.rollout_id, why, taken_back: false }
}

fn narrowed(flag: String, event: rollouts::ExposureNarrowed) -> Option<Happening> {
    let why = why(event.hold_kind());
    let held = Happening::Held { flag, rollout: event.rollout_id, why, taken_back: true };
    event.hold.unwrap_or_default().then_some(held)
}

#[cfg(test)]
mod tests;
