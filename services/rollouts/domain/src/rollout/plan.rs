//! What a rollout plans to do: its stages, for whom, and what is refused before anything starts.

use std::collections::BTreeSet;
use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::id::{BetId, FlagId};
use verdict_kernel::mode::Mode;
use verdict_kernel::percent::Percent;
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;
use verdict_kernel::tier::Tier;

use super::Refusal;
use crate::audience::Audience;
use crate::stage::{Class, Stage, StageName, Step, default_stages};

/// The largest share that a first exposure by percentage may have (rule R5).
pub const BIG_BANG_LIMIT: Percent = Percent::of(10);
/// How many customers an Alpha has (rule R1); other numbers are accepted with a remark.
pub const ALPHA_ACCOUNTS: std::ops::RangeInclusive<usize> = 5..=10;

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
    /// From Internal on, without a gap; never empty.
    pub stages: Vec<Stage>,
    pub unit: Unit,
    pub promotion: Promotion,
    pub on_blind: OnBlind,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// To the step with this index in the same stage.
    Step(usize),
    Stage(StageName),
    /// There is nothing further: the rollout is complete.
    Complete,
}

impl Plan {
    /// The stage with this name.
    pub fn stage(&self, name: StageName) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    /// The lowest stage.
    pub fn first(&self) -> StageName {
        self.stages.first().map_or(StageName::Internal, |stage| stage.name)
    }

    /// The stage above `name`.
    pub fn after(&self, name: StageName) -> Option<StageName> {
        self.stages.iter().map(|stage| stage.name).find(|&other| other > name)
    }

    /// The stage below `name`.
    pub fn before(&self, name: StageName) -> Option<StageName> {
        self.stages.iter().map(|stage| stage.name).rfind(|&other| other < name)
    }

    /// Index of the last step of `name`.
    pub fn last_step(&self, name: StageName) -> usize {
        self.stage(name).map_or(0, |stage| stage.steps.len().saturating_sub(1))
    }

    /// What comes after this step.
    pub fn next_move(&self, name: StageName, step: usize) -> Move {
        if step < self.last_step(name) {
            Move::Step(step + 1)
        } else {
            self.after(name).map_or(Move::Complete, Move::Stage)
        }
    }

    /// Everyone served on this step: those of all lower stages stay in.
    pub fn exposure(&self, name: StageName, step: usize) -> Audience {
        let lower =
            self.stages.iter().filter(|stage| stage.name < name).filter_map(|stage| stage.steps.last());
        let present = self.stage(name).and_then(|stage| stage.steps.get(step));
        lower.chain(present).fold(Audience::nobody(), |sum, step| sum.union(&step.audience))
    }

    /// When the soak of a step that began at `step_since` ends. The last step of a stage also waits for the
    /// minimum of the stage.
    pub fn soaked_at(
        &self,
        name: StageName,
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
    pub fn overdue_at(&self, name: StageName, stage_since: Timestamp) -> Option<Timestamp> {
        let max = self.stage(name)?.max_soak?;
        Some(plus(stage_since, max))
    }
}

/// The plan that the proposal comes to.
pub(super) fn planned(proposal: Proposal) -> Plan {
    let Proposal { mut plan, internal_members, alpha_accounts, overrides: _ } = proposal;
    if plan.stages.is_empty() {
        plan.stages = default_stages(internal_members, alpha_accounts);
    }
    plan
}

/// Everything that is asked of a plan itself.
pub(super) fn judge(plan: &Plan, ruling: &mut Ruling<'_>) {
    stages_follow_each_other(&plan.stages, ruling);
    plan.stages.iter().for_each(|stage| steps_grow(stage, ruling));
    plan.stages.iter().for_each(|stage| audience_fits(plan, stage, ruling));
    no_big_bang(plan, ruling);
}

/// Rule R2: a stage that the plan leaves out would be a stage skipped.
fn stages_follow_each_other(stages: &[Stage], ruling: &mut Ruling<'_>) {
    let named: Vec<_> = stages.iter().map(|stage| stage.name).collect();
    ruling.demand(StageName::ALL.starts_with(&named), || Refusal::StagesOutOfOrder { named });
}

/// Rule R10: each step of a ramp reaches everyone of the step before, and its times make sense.
fn steps_grow(stage: &Stage, ruling: &mut Ruling<'_>) {
    let shrinks = |pair: &[Step]| match pair {
        [before, after] => before.audience.widens(&after.audience),
        [] | [_] | [_, _, ..] => false,
    };
    let (name, min) = (stage.name, stage.min_soak);
    ruling.demand(!stage.steps.is_empty(), || Refusal::NoSteps { stage: name });
    ruling.demand(!stage.steps.windows(2).any(shrinks), || Refusal::StepsShrink { stage: name });
    if let Some(max) = stage.max_soak {
        ruling.demand(max >= min, || Refusal::MaximumBelowMinimum { stage: name, min, max });
    }
}

/// Rule R5, decision D40: whom a stage reaches fits its class. Who was named by a lower stage may stay.
fn audience_fits(plan: &Plan, stage: &Stage, ruling: &mut Ruling<'_>) {
    let lower = plan
        .before(stage.name)
        .map_or_else(Audience::nobody, |below| plan.exposure(below, plan.last_step(below)));
    let class = stage.name.class();
    let fits = |step: &Step| {
        let audience = &step.audience;
        let named_before =
            audience.members.is_subset(&lower.members) && audience.accounts.is_subset(&lower.accounts);
        audience.attributes.is_empty()
            && match class {
                Class::Internal => audience.accounts.is_empty() && audience.percent.is_none(),
                Class::Named => audience.members.is_subset(&lower.members) && audience.percent.is_none(),
                Class::Share => {
                    named_before && audience.share() > Percent::ZERO && audience.share() < Percent::FULL
                }
                Class::Everyone => named_before && audience.share() > Percent::ZERO,
            }
    };
    if let Some(step) = stage.steps.iter().find(|step| !fits(step)) {
        let audience = Box::new(step.audience.clone());
        ruling.demand(false, || Refusal::AudienceDoesNotFit { stage: stage.name, audience });
    }
    if let Some(share) = stage.steps.last().map(|step| step.audience.share()) {
        let ends = class != Class::Everyone || share == Percent::FULL;
        ruling.demand(ends, || Refusal::EndsBelowEveryone { stage: stage.name, share });
    }
}

/// Rule R5: the first share of all users stays small, unless the launch is quiet and somebody overrides it. Named members
/// and accounts are not counted.
fn no_big_bang(plan: &Plan, ruling: &mut Ruling<'_>) {
    let mut shares = plan.stages.iter().flat_map(|stage| &stage.steps).map(|step| step.audience.share());
    let Some(share) = shares.find(|&share| share > Percent::ZERO) else { return };
    let refusal = || Refusal::BigBang { share, tier: plan.tier };
    match plan.tier {
        Tier::Four => ruling.unless_overridden(share <= BIG_BANG_LIMIT, refusal),
        Tier::One | Tier::Two | Tier::Three => ruling.demand(share <= BIG_BANG_LIMIT, refusal),
    }
}

/// A remark on an Alpha of another size than rule R1 names.
pub(super) fn remark_alpha_size(plan: &Plan, ruling: &mut Ruling<'_>) {
    let Some(last) = plan.stage(StageName::Alpha).and_then(|alpha| alpha.steps.last()) else { return };
    let accounts = last.audience.accounts.len();
    ruling.remark(RuleId::R1, ALPHA_ACCOUNTS.contains(&accounts), || {
        let (from, to) = (ALPHA_ACCOUNTS.start(), ALPHA_ACCOUNTS.end());
        format!("an Alpha usually has {from} to {to} named customers, this one has {accounts}")
    });
}
