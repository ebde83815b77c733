//! The stages of a rollout: few, named and ordered, each with steps that soak (rules R1, R2, R10).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use verdict_kernel::percent::Percent;

use crate::audience::Audience;

/// The stages in the order in which exposure grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// The team itself.
    Internal,
    /// A handful of named customers.
    Alpha,
    /// A share of the users.
    Beta,
    /// Everyone.
    Ga,
}

/// What kind of audience a stage has; gates belong to the first entry into a class (rule R5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Members of the team.
    Internal,
    /// Named accounts.
    Named,
    /// A share of the users.
    Share,
    Everyone,
}

impl Class {
    /// Whom a stage of the class reaches, for a person.
    pub const fn audience(self) -> &'static str {
        match self {
            Self::Internal => "members of the team only",
            Self::Named => "accounts by name, besides those of lower stages",
            Self::Share => "a percentage above 0 % and below 100 %",
            Self::Everyone => "a percentage that ends at 100 %",
        }
    }
}

/// The text names no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no stage: use internal, alpha, beta or ga")]
pub struct UnknownStage(pub String);

impl StageName {
    /// Every stage, lowest first.
    pub const ALL: [Self; 4] = [Self::Internal, Self::Alpha, Self::Beta, Self::Ga];

    /// The name in lower case.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Ga => "ga",
        }
    }

    /// The class of the stage.
    pub const fn class(self) -> Class {
        match self {
            Self::Internal => Class::Internal,
            Self::Alpha => Class::Named,
            Self::Beta => Class::Share,
            Self::Ga => Class::Everyone,
        }
    }

    /// 0 for Internal to 3 for GA.
    pub const fn index(self) -> u32 {
        match self {
            Self::Internal => 0,
            Self::Alpha => 1,
            Self::Beta => 2,
            Self::Ga => 3,
        }
    }
}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for StageName {
    type Err = UnknownStage;

    fn from_str(text: &str) -> Result<Self, UnknownStage> {
        let named = |stage: &Self| stage.as_str() == text;
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownStage(text.to_owned()))
    }
}

/// A stage of a plan. Only one stage of a rollout is active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub name: StageName,
    /// In order, each replacing the one before; never empty.
    pub steps: Vec<Step>,
    /// Time that must go by before promotion (rule R3).
    pub min_soak: Duration,
    /// Time after which the stage is overdue; `None` = open end.
    pub max_soak: Option<Duration>,
}

/// A step of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub audience: Audience,
    /// Time on this step before the next one, or the next stage.
    pub soak: Duration,
}

/// Soak of a step of a default ramp (choice K1).
pub const STEP_SOAK: Duration = Duration::from_hours(24);

const fn days(days: u64) -> Duration {
    Duration::from_hours(24 * days)
}

/// The default stages (rule R1 with the steps of choice K1) for this team and these first customers.
///
/// R1 gives Alpha one figure, 7 days: it is the minimum here, and twice as much is the maximum.
#[must_use]
pub fn default_stages(internal: BTreeSet<String>, alpha: BTreeSet<String>) -> Vec<Stage> {
    let once = |audience| vec![Step { audience, soak: Duration::ZERO }];
    let ramp = |percents: [u16; 3]| {
        let step = |percent| Step { audience: Audience::percent(Percent::of(percent)), soak: STEP_SOAK };
        percents.map(step).to_vec()
    };
    let stage = |name, steps, min_soak, max_soak| Stage { name, steps, min_soak, max_soak };
    vec![
        stage(StageName::Internal, once(Audience::members(internal)), days(1), Some(days(3))),
        stage(StageName::Alpha, once(Audience::accounts(alpha)), days(7), Some(days(14))),
        stage(StageName::Beta, ramp([1, 5, 10]), days(7), Some(days(14))),
        stage(StageName::Ga, ramp([25, 50, 100]), Duration::ZERO, None),
    ]
}

#[cfg(test)]
mod tests;
