//! Which metrics owe a real event, and when: the proof that somebody measures (rule M9).
//!
//! Metrics and rollouts ask the same question, so the answer stands here once.

use std::time::Duration;

/// A metric that refreshes as slowly would hold a rollout up for weeks before anybody was exposed.
pub const WEEK: Duration = Duration::from_hours(7 * 24);

/// The type of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetricKind {
    Leading,
    Core,
    Lagging,
    Guardrail,
}

/// What a bet agrees on a metric for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetricRole {
    Primary,
    Secondary,
    Guardrail,
}

/// When the first event is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// Before anybody beyond the team is exposed.
    BeforeUsers,
    /// Before everyone is.
    BeforeEveryone,
    /// Never.
    Exempt,
}

/// Rule M9: leading, guardrail and primary metrics prove themselves before the team is left, lagging ones never; a
/// primary one that refreshes weekly or slower does so before general availability instead.
#[must_use]
pub fn proof(kind: MetricKind, role: MetricRole, refresh: Duration) -> Due {
    match (kind, role) {
        (MetricKind::Lagging, _) | (MetricKind::Core, MetricRole::Secondary) => Due::Exempt,
        (MetricKind::Leading | MetricKind::Guardrail, _) | (MetricKind::Core, MetricRole::Guardrail) => {
            Due::BeforeUsers
        }
        (MetricKind::Core, MetricRole::Primary) if refresh < WEEK => Due::BeforeUsers,
        (MetricKind::Core, MetricRole::Primary) => Due::BeforeEveryone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn m9_each_kind_and_role_owes_its_first_event_in_time() {
        use MetricKind::{Core, Guardrail, Lagging, Leading};
        use MetricRole::{Primary, Secondary};
        let (day, week) = (Duration::from_hours(24), WEEK);
        for (kind, role, refresh, due) in [
            (Leading, Secondary, week, Due::BeforeUsers),
            (Guardrail, Secondary, week, Due::BeforeUsers),
            (Core, Primary, day, Due::BeforeUsers),
            (Core, Primary, week, Due::BeforeEveryone),
            (Core, Secondary, day, Due::Exempt),
            (Core, MetricRole::Guardrail, week, Due::BeforeUsers),
            (Lagging, Primary, day, Due::Exempt),
            (Lagging, MetricRole::Guardrail, day, Due::Exempt),
        ] {
            assert_eq!(proof(kind, role, refresh), due, "{kind:?} {role:?} {refresh:?}");
        }
    }
}
