//! The stages of a rollout: few, named freely and in the order of their plan, each of a class and with steps that soak
//! (rules R1, R2, R5, R10).

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::key::{InvalidKey, Key};
use verdict_kernel::percent::Percent;

use crate::audience::Audience;

/// What a stage is called. Its case is kept and does not tell two stages of a plan apart; which of two is higher only
/// their plan says.
#[derive(Debug, Clone)]
pub struct StageName(Word);

/// A name that is known beforehand takes no memory, and any other is shared.
#[derive(Debug, Clone)]
enum Word {
    Preset(&'static str),
    Own(Arc<str>),
}

/// Whom a stage is for; gates belong to the first entry into a class (rule R5).
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
    /// Every class, lowest first.
    pub const ALL: [Self; 4] = [Self::Internal, Self::Named, Self::Share, Self::Everyone];

    /// In a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Named => "named",
            Self::Share => "share",
            Self::Everyone => "everyone",
        }
    }

    /// Whom a stage of the class reaches, for a person.
    pub const fn audience(self) -> &'static str {
        match self {
            Self::Internal => "members of the team only",
            Self::Named => "accounts by name, besides those of lower stages",
            Self::Share => "a percentage above 0 % and below 100 %",
            Self::Everyone => "a percentage that ends at 100 %",
        }
    }

    /// The class above; a plan skips none.
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::Internal => Some(Self::Named),
            Self::Named => Some(Self::Share),
            Self::Share => Some(Self::Everyone),
            Self::Everyone => None,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text cannot be the name of a stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a name of a stage: {0}")]
pub struct InvalidName(#[from] pub InvalidKey);

impl StageName {
    /// The team itself.
    pub const INTERNAL: Self = Self(Word::Preset("internal"));
    /// A handful of named customers.
    pub const ALPHA: Self = Self(Word::Preset("alpha"));
    /// A share of the users.
    pub const BETA: Self = Self(Word::Preset("beta"));
    /// Everyone.
    pub const GA: Self = Self(Word::Preset("ga"));

    /// The stages of rule R1, lowest first, with their classes: a stage of such a name needs no word about its class.
    pub const PRESETS: [(Self, Class); 4] = [
        (Self::INTERNAL, Class::Internal),
        (Self::ALPHA, Class::Named),
        (Self::BETA, Class::Share),
        (Self::GA, Class::Everyone),
    ];

    /// As it was written.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Word::Preset(name) => name,
            Word::Own(name) => name,
        }
    }

    /// The class that the name has where none is said.
    pub fn preset(&self) -> Option<Class> {
        Self::PRESETS.into_iter().find(|(name, _)| name == self).map(|(_, class)| class)
    }

    /// Whether a person means this stage by the text.
    pub fn is_meant_by(&self, text: &str) -> bool {
        self.as_str().eq_ignore_ascii_case(text.trim())
    }
}

impl PartialEq for StageName {
    fn eq(&self, other: &Self) -> bool {
        self.as_str().eq_ignore_ascii_case(other.as_str())
    }
}

impl Eq for StageName {}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for StageName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let preset = Self::PRESETS.into_iter().find(|(name, _)| name.as_str() == text);
        match preset {
            Some((name, _)) => Ok(name),
            None => Ok(Self(Word::Own(text.parse::<Key>()?.as_str().into()))),
        }
    }
}

/// A stage of a plan. Only one stage of a rollout is active.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    pub name: StageName,
    pub class: Class,
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
    let parts = [
        (once(Audience::members(internal)), days(1), Some(days(3))),
        (once(Audience::accounts(alpha)), days(7), Some(days(14))),
        (ramp([1, 5, 10]), days(7), Some(days(14))),
        (ramp([25, 50, 100]), Duration::ZERO, None),
    ];
    let stage =
        |((name, class), (steps, min_soak, max_soak))| Stage { name, class, steps, min_soak, max_soak };
    StageName::PRESETS.into_iter().zip(parts).map(stage).collect()
}

#[cfg(test)]
mod tests;
