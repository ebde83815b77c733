//! How far rules bind the people of a team (rule P1). A level never changes what the platform does by itself (decision D4).

use std::fmt;
use std::str::FromStr;

use crate::rule::RuleId;

/// From the mildest to the strictest. What a milder level lets pass is recorded as an override by policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Level {
    /// Rules that may be lowered report.
    Observe,
    /// They warn: the reply says what would have been refused.
    Warn,
    #[default]
    Enforce,
}

/// Rules that a level may lower, for people only; what concerns structure, safety and rights always binds.
const MAY_BE_LOWERED: [RuleId; 9] = [
    RuleId::R3,
    RuleId::R6,
    RuleId::R8,
    RuleId::R15,
    RuleId::R16,
    RuleId::F6,
    RuleId::M9,
    RuleId::M10,
    RuleId::A6,
];

impl Level {
    pub const ALL: [Self; 3] = [Self::Observe, Self::Warn, Self::Enforce];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Observe => "observe",
            Self::Warn => "warn",
            Self::Enforce => "enforce",
        }
    }

    /// Whether `rule` does not bind people at this level, although it does not hold.
    pub fn lets_people_pass(self, rule: RuleId) -> bool {
        self < Self::Enforce && MAY_BE_LOWERED.contains(&rule)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no policy level: there are observe, warn and enforce")]
pub struct InvalidLevel(pub String);

impl FromStr for Level {
    type Err = InvalidLevel;

    fn from_str(text: &str) -> Result<Self, InvalidLevel> {
        Self::ALL
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or_else(|| InvalidLevel(text.to_owned()))
    }
}
