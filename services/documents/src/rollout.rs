//! A staged rollout as a document: one flag in one environment, and the stages in which it reaches more people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::bet::Mode;
use crate::check::{Check, Checker};
use crate::finding::Path;
use crate::flag::FlagSpec;
use crate::words::{Environment, Key, Line, Reference, production};

mod fits;

/// Exposure of a flag, stage by stage. The flag is named (flagRef) or made with the rollout (flag).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StagedRolloutSpec {
    /// The key, where it differs from metadata.name. It may be taken again once the rollout is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    /// The Bet that it tests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bet_ref: Option<Reference>,
    /// A Flag of the same environment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag_ref: Option<Reference>,
    /// A flag that is made for the rollout, in place of flagRef.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Box<FlagSpec>>,
    #[serde(default = "production")]
    pub environment: Environment,
    /// The service whose incidents and deployments concern it.
    pub service: Line,
    /// Absent = that of the bet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// From 1 (the loudest) to 4 (release notes only).
    #[schemars(range(min = 1, max = 4))]
    pub tier: i32,
    #[serde(default)]
    pub promotion: Promotion,
    /// What happens when nobody has watched it for a second period (rule R15).
    #[serde(default)]
    pub on_blind: OnBlind,
    /// From this stage on a broken guardrail holds and pages in place of going back (rule R26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub irreversible_from: Option<IrreversibleFrom>,
    /// The team, for the default stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub internal_members: Vec<Line>,
    /// The first customers, for the default stages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub alpha_accounts: Vec<Line>,
    /// In the order in which exposure grows. Absent = the default stages of rule R1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20))]
    pub stages: Vec<Stage>,
}

/// Who promotes once a gate is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Promotion {
    /// A person.
    #[default]
    Manual,
    /// The platform, as soon as the gate is open.
    Automatic,
}

/// What an unwatched rollout does (rule R15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum OnBlind {
    /// It stays paused until it is watched again.
    #[default]
    Pause,
    /// Exposure goes back to the last good stage.
    Narrow,
}

/// The point of no return of a plan (rule R26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IrreversibleFrom {
    /// The name of a stage.
    pub stage: Key,
    #[schemars(length(min = 1, max = 1000), extend("format" = "text"))]
    pub reason: String,
}

/// A stage of a plan. Only one is active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stage {
    pub name: Key,
    pub class: Class,
    /// Time before the stage may be left (rule R3).
    #[serde(default)]
    #[schemars(range(min = 0, max = 2_147_483_647))]
    pub min_soak_seconds: i32,
    /// Time after which the stage is overdue. Absent = open end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 2_147_483_647))]
    pub max_soak_seconds: Option<i32>,
    /// In order; each reaches everyone of the step before (rule R10).
    #[schemars(length(min = 1, max = 50))]
    pub steps: Vec<Step>,
}

/// Whom a stage is for; gates belong to the first entry into a class (rule R5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Class {
    /// Members of the team.
    Internal,
    /// Customers by name.
    Named,
    /// A share of the users.
    Share,
    /// Shares that end at all users.
    Everyone,
}

impl Class {
    /// The class above.
    pub(crate) const fn above(self) -> Option<Self> {
        match self {
            Self::Internal => Some(Self::Named),
            Self::Named => Some(Self::Share),
            Self::Share => Some(Self::Everyone),
            Self::Everyone => None,
        }
    }

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internal => "Internal",
            Self::Named => "Named",
            Self::Share => "Share",
            Self::Everyone => "Everyone",
        }
    }
}

/// A step of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    pub exposure: Exposure,
    /// Time on the step before the next one.
    #[serde(default)]
    #[schemars(range(min = 0, max = 2_147_483_647))]
    pub soak_seconds: i32,
}

/// Whom a step reaches. The parts add up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exposure {
    /// Opaque ids that the targeting key is compared with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub members: Vec<Line>,
    /// Customer accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 1000))]
    pub accounts: Vec<Line>,
    /// A share of all users in hundredths of a percent: 100 = 1 %, 10000 = everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = 10000))]
    pub basis_points: Option<i32>,
}

impl Check for StagedRolloutSpec {
    fn check(&self, at: &Path, checker: &mut Checker) {
        self.one_flag(at, checker);
        let stages = at.field("stages");
        if !self.stages.is_empty() {
            for (field, names) in
                [("internalMembers", &self.internal_members), ("alphaAccounts", &self.alpha_accounts)]
            {
                if !names.is_empty() {
                    let found = "names for the default stages beside stages of your own";
                    checker.add(&at.field(field), found, "them in spec.stages");
                }
            }
        }
        let names = self.stages.iter().map(|stage| stage.name.folded());
        checker.distinct("stage", names, |index| stages.index(index).field("name"));
        fits::check(&self.stages, &stages, checker);
        self.irreversible_from_a_stage(at, checker);
    }
}

impl StagedRolloutSpec {
    fn one_flag(&self, at: &Path, checker: &mut Checker) {
        match (&self.flag_ref, &self.flag) {
            (Some(_), None) => {}
            (None, None) => {
                let wanted = "a flag that exists (flagRef) or one that is made with it (flag)";
                checker.add(&at.field("flagRef"), "nothing", wanted);
            }
            (Some(_), Some(_)) => {
                checker.add(&at.field("flag"), "a flag beside flagRef", "one of the two");
            }
            (None, Some(flag)) => {
                let at = at.field("flag");
                if flag.key.is_none() {
                    checker.add(&at.field("key"), "nothing", "the key of the flag");
                }
                if let Some(environment) = &flag.environment {
                    let wanted = "none: the flag is of the environment of the rollout";
                    checker.add(&at.field("environment"), format!("\"{environment}\""), wanted);
                }
                flag.check(&at, checker);
            }
        }
    }

    fn irreversible_from_a_stage(&self, at: &Path, checker: &mut Checker) {
        let Some(from) = &self.irreversible_from else { return };
        let defaults = ["internal", "alpha", "beta", "ga"];
        let mut names: Vec<_> = self.stages.iter().map(|stage| stage.name.as_str()).collect();
        if names.is_empty() {
            names.extend(defaults);
        }
        if !names.contains(&from.stage.as_str()) {
            let at = at.field("irreversibleFrom").field("stage");
            checker.add(
                &at,
                format!("\"{}\"", from.stage),
                format!("one of the stages {}", names.join(", ")),
            );
        }
    }
}
