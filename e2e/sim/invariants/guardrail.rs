//! What the log says of guardrails and their breaches.

use verdict_proto::metrics::v1 as metrics;
use verdict_proto::v1::CheckState;
use verdict_runtime::log::Recorded;

use super::{Watcher, read};

/// A breach on its way to the end of its rollback.
#[derive(Debug, Clone)]
pub(crate) struct Breach {
    pub(super) rollout: String,
    pub(super) attempt: u32,
    pub(super) critical: bool,
}

/// An event that nobody here knows: the stream of a guardrail of a newer version.
pub(crate) const UNREADABLE: &str = "metrics.Guardrail.Snoozed.v9";

#[derive(Debug, Clone, Default)]
pub(super) struct Guardrail {
    pub(super) metric: String,
    pub(super) rollout: String,
    pub(super) armed: bool,
    /// Whether its last answer that knew was a failure.
    pub(super) fails: bool,
    pub(super) unreadable: bool,
}

impl Guardrail {
    /// Whether nobody can answer it.
    pub(super) fn is_blind(&self) -> bool {
        self.armed && self.unreadable
    }
}

impl Watcher {
    pub(super) fn guardrail(&mut self, id: &str, event: &Recorded) -> Result<(), String> {
        match &*event.event_type {
            "metrics.Guardrail.GuardrailArmed.v1" => {
                let armed: metrics::GuardrailArmed = read(event)?;
                let guardrail = self.guardrails.entry(id.to_owned()).or_default();
                armed.metric().clone_into(&mut guardrail.metric);
                armed.rollout_id().clone_into(&mut guardrail.rollout);
                guardrail.armed = true;
            }
            "metrics.Guardrail.GuardrailDisarmed.v1" => {
                self.guardrails.entry(id.to_owned()).or_default().armed = false;
            }
            "metrics.Guardrail.GuardrailAnswerChanged.v1" => {
                let changed: metrics::GuardrailAnswerChanged = read(event)?;
                let guardrail = self.guardrails.entry(id.to_owned()).or_default();
                match changed.state() {
                    CheckState::Fail => guardrail.fails = true,
                    CheckState::Pass => guardrail.fails = false,
                    // What was said of these points stays said when they have become too old.
                    _ => {}
                }
            }
            "metrics.Incident.IncidentDetected.v1" => {
                let detected: metrics::IncidentDetected = read(event)?;
                if detected.severity() == metrics::Severity::P0 && detected.title().contains("no word from") {
                    self.rolled_back.insert((detected.rollout_id().to_owned(), detected.attempt()));
                }
            }
            UNREADABLE => self.guardrails.entry(id.to_owned()).or_default().unreadable = true,
            "metrics.Guardrail.GuardrailBreached.v1" => {
                let breached: metrics::GuardrailBreached = read(event)?;
                self.breaches += 1;
                self.open_breaches.push(Breach {
                    rollout: breached.rollout_id().to_owned(),
                    attempt: breached.attempt(),
                    critical: breached.critical(),
                });
            }
            _ => {}
        }
        Ok(())
    }
}
