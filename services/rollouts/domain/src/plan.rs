//! What a rollout plans to do: its stages, for whom, and what is refused before anything starts.

use std::collections::BTreeSet;
use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::id::{BetId, FlagId};
use verdict_kernel::mode::Mode;
use verdict_kernel::tier::Tier;

use crate::audience::Audience;
use crate::stage::{Class, Stage, StageName, default_stages};

mod judging;
mod refusal;

pub use judging::{ALPHA_ACCOUNTS, BIG_BANG_LIMIT, MOST_STAGES};
pub(crate) use judging::{judge, names, remark_alpha_size};
pub use refusal::Unplannable;

/// What the percentage buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    TargetingKey,
    AccountId,
}

impl Unit {
    pub const ALL: [Self; 2] = [Self::TargetingKey, Self::AccountId];

    /// As flags name it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TargetingKey => "targetingKey",
            Self::AccountId => "accountId",
        }
    }
}

/// What happens when nobody has watched the rollout for a second period (rule R15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnBlind {
    /// It stays paused, and goes on by itself once it is watched again.
    #[default]
    Pause,
    /// Exposure goes back to the last good stage.
    Narrow,
}

/// Who promotes once a gate is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promotion {
    /// A person.
    Manual,
    /// The platform, as soon as the gate is open.
    Automatic,
}

/// What was planned. It never changes over the life of the rollout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub bet: Option<BetId>,
    pub flag: FlagId,
    /// Exposure is per flag and environment.
    pub environment: String,
    pub service: String,
    /// Of the team when it was planned.
    pub mode: Mode,
    pub tier: Tier,
    /// Lowest first, from the class internal on and without a gap between the classes; never empty.
    pub stages: Vec<Stage>,
    pub unit: Unit,
    pub promotion: Promotion,
    pub on_blind: OnBlind,
    pub irreversible_from: Option<NoReturn>,
}

/// From this stage on there is no way back (rule R26): what breaks there holds and pages in place of going back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReturn {
    pub stage: StageName,
    pub reason: String,
}

/// What somebody wants to plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Without stages it gets the default ones (rule R1).
    pub plan: Plan,
    /// The team, for the default Internal stage.
    pub internal_members: BTreeSet<String>,
    /// The first customers, for the default Alpha stage.
    pub alpha_accounts: BTreeSet<String>,
    /// Asks to go past rule R5, with the reason of the command.
    pub overrides: bool,
}

/// Where a rollout goes when its gate opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// To the step with this index in the same stage.
    Step(usize),
    Stage(StageName),
    /// There is nothing further: the rollout is complete.
    Complete,
}

impl Plan {
    /// The stage with this name.
    pub fn stage(&self, name: &StageName) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == *name)
    }

    /// The name of the stage that a person means, as the plan writes it.
    pub fn named(&self, text: &str) -> Option<&StageName> {
        self.stages.iter().map(|stage| &stage.name).find(|name| name.is_meant_by(text))
    }

    /// How high the stage is: 0 is the lowest. A stage of another plan is above all.
    pub fn rank(&self, name: &StageName) -> usize {
        self.stages.iter().position(|stage| stage.name == *name).unwrap_or(self.stages.len())
    }

    /// Whether the one stage is below the other.
    pub fn is_below(&self, name: &StageName, other: &StageName) -> bool {
        self.rank(name) < self.rank(other)
    }

    /// Whom the stage is for; that of a stage of another plan is the one that asks for most.
    pub fn class(&self, name: &StageName) -> Class {
        self.stage(name).map_or(Class::Everyone, |stage| stage.class)
    }

    /// The lowest stage.
    pub fn first(&self) -> &StageName {
        static TEAM: StageName = StageName::INTERNAL;
        self.stages.first().map_or(&TEAM, |stage| &stage.name)
    }

    /// The stage above `name`.
    pub fn after(&self, name: &StageName) -> Option<&StageName> {
        self.stages.get(self.rank(name) + 1).map(|stage| &stage.name)
    }

    /// The stage below `name`.
    pub fn before(&self, name: &StageName) -> Option<&StageName> {
        let below = self.rank(name).checked_sub(1)?;
        self.stages.get(below).map(|stage| &stage.name)
    }

    /// Index of the last step of `name`.
    pub fn last_step(&self, name: &StageName) -> usize {
        self.stage(name).map_or(0, |stage| stage.steps.len().saturating_sub(1))
    }

    /// What comes after this step.
    pub fn next_move(&self, name: &StageName, step: usize) -> Move {
        if step < self.last_step(name) {
            Move::Step(step + 1)
        } else {
            self.after(name).cloned().map_or(Move::Complete, Move::Stage)
        }
    }

    /// The point of no return, where the stage is not below it (rule R26).
    pub fn no_return_at(&self, name: &StageName) -> Option<&NoReturn> {
        self.irreversible_from.as_ref().filter(|from| !self.is_below(name, &from.stage))
    }

    /// Everyone served on this step: those of all lower stages stay in.
    pub fn exposure(&self, name: &StageName, step: usize) -> Audience {
        let lower = self.stages.iter().take(self.rank(name)).filter_map(|stage| stage.steps.last());
        let present = self.stage(name).and_then(|stage| stage.steps.get(step));
        lower.chain(present).fold(Audience::nobody(), |sum, step| sum.union(&step.audience))
    }

    /// When the soak of a step that began at `step_since` ends. The last step of a stage also waits for the
    /// minimum of the stage.
    pub fn soaked_at(
        &self,
        name: &StageName,
        step: usize,
        stage_since: Timestamp,
        step_since: Timestamp,
    ) -> Timestamp {
        let soak = |stage: &Stage| stage.steps.get(step).map_or(Duration::ZERO, |step| step.soak);
        let min = |stage: &Stage| {
            if step < stage.steps.len().saturating_sub(1) { Duration::ZERO } else { stage.min_soak }
        };
        self.stage(name)
            .map_or(step_since, |stage| plus(step_since, soak(stage)).max(plus(stage_since, min(stage))))
    }

    /// When the stage is overdue; `None` = open end.
    pub fn overdue_at(&self, name: &StageName, stage_since: Timestamp) -> Option<Timestamp> {
        let max = self.stage(name)?.max_soak?;
        Some(plus(stage_since, max))
    }
}

/// The plan that the proposal comes to.
pub(crate) fn planned(proposal: Proposal) -> Plan {
    let Proposal { mut plan, internal_members, alpha_accounts, overrides: _ } = proposal;
    if plan.stages.is_empty() {
        plan.stages = default_stages(internal_members, alpha_accounts);
    }
    let as_written =
        plan.irreversible_from.as_ref().and_then(|from| plan.named(from.stage.as_str())).cloned();
    if let (Some(from), Some(name)) = (&mut plan.irreversible_from, as_written) {
        from.stage = name;
    }
    plan
}
