//! What has to be done beside a rollback: an incident, and announcements that are held.

use super::{Action, Breach};
use crate::stage::Class;

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

/// Choice K20: P1 when everyone could be hit, the guardrail is critical or nobody but a person can take it back
/// (rule R26), else P2.
pub(super) fn severity(breach: &Breach) -> Severity {
    let hits_everyone = breach.of.class == Class::Everyone;
    if breach.critical || breach.irreversible || hits_everyone { Severity::P1 } else { Severity::P2 }
}
