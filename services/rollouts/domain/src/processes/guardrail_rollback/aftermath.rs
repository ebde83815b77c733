//! What has to be done beside a rollback: an incident, and announcements that are held.

use super::{Action, Breach};
use crate::stage::StageName;

/// Choice K20.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    P0,
    P1,
    P2,
}

pub(super) fn open_incident(breach: Breach) -> Action {
    let severity = severity(&breach);
    Action::OpenIncident { breach, severity }
}

pub(super) fn hold_announcements(breach: &Breach) -> Action {
    Action::HoldAnnouncements { rollout: breach.of.rollout, cause: breach.event }
}

/// Choice K20: P1 when everyone could be hit or the guardrail is critical, else P2.
pub(super) fn severity(breach: &Breach) -> Severity {
    if breach.critical || breach.of.stage == StageName::Ga.as_str() { Severity::P1 } else { Severity::P2 }
}
