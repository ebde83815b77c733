//! The levels of metrics: what each may be used for, what it may lead to, how often it is expected.

use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

/// The level of a metric (rule M1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MetricType {
    Leading,
    Core,
    Lagging,
    Guardrail,
}

impl MetricType {
    pub const ALL: [Self; 4] = [Self::Leading, Self::Core, Self::Lagging, Self::Guardrail];

    /// The type with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Core => "core",
            Self::Lagging => "lagging",
            Self::Guardrail => "guardrail",
        }
    }

    /// How often an observation is expected when the definition does not say (rule M4).
    pub const fn default_refresh(self) -> Duration {
        match self {
            Self::Guardrail => Duration::from_mins(1),
            Self::Leading => DAY,
            Self::Core => Duration::from_hours(24 * 7),
            Self::Lagging => Duration::from_hours(24 * 30),
        }
    }

    /// Whether a metric of this type may decide on a rollout (rule M2).
    pub const fn may_gate(self) -> bool {
        match self {
            Self::Leading | Self::Core | Self::Guardrail => true,
            Self::Lagging => false,
        }
    }

    /// The level in the hierarchy; guardrails stand outside it.
    const fn level(self) -> Option<u8> {
        match self {
            Self::Leading => Some(1),
            Self::Core => Some(2),
            Self::Lagging => Some(3),
            Self::Guardrail => None,
        }
    }

    /// Whether a metric of this type may lead to one of type `to` (rule M1). Levels only rise along links, which
    /// is why no chain of links returns to its start.
    pub fn may_lead_to(self, to: Self) -> bool {
        match (self.level(), to.level()) {
            (Some(from), Some(to)) => from < to,
            (None, Some(_) | None) | (Some(_), None) => false,
        }
    }
}
