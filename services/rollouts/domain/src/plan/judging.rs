//! What is refused of a plan before anything starts (rules R1 to R3, R5, R10, R26).

use verdict_kernel::percent::Percent;
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;
use verdict_kernel::tier::Tier;

use super::{Plan, Unplannable};
use crate::audience::Audience;
use crate::stage::{Class, Stage, StageName, Step};

/// The largest share that a first exposure by percentage may have (rule R5).
pub const BIG_BANG_LIMIT: Percent = Percent::of(10);
/// How many customers an Alpha has (rule R1); other numbers are accepted with a remark.
pub const ALPHA_ACCOUNTS: std::ops::RangeInclusive<usize> = 5..=10;
/// Most stages of a plan.
pub const MOST_STAGES: usize = 20;

/// Everything that is asked of a plan itself.
pub(crate) fn judge(plan: &Plan, ruling: &mut Ruling<'_>) {
    let named = plan.stages.len();
    if named > MOST_STAGES {
        // Nobody looks at them one by one.
        return ruling.demand(false, || Unplannable::TooManyStages { named });
    }
    stages_follow_each_other(&plan.stages, ruling);
    names_differ(&plan.stages, ruling);
    plan.stages.iter().for_each(|stage| steps_grow(stage, ruling));
    plan.stages.iter().for_each(|stage| audience_fits(plan, stage, ruling));
    stages_grow(&plan.stages, ruling);
    no_big_bang(plan, ruling);
    no_return_is_of_the_plan(plan, ruling);
}

/// Rule R2, decision D40: a plan begins with the team, no class is skipped, and classes never go down.
fn stages_follow_each_other(stages: &[Stage], ruling: &mut Ruling<'_>) {
    let classes: Vec<_> = stages.iter().map(|stage| stage.class).collect();
    let follows = |pair: &[Class]| match pair {
        [below, above] => above == below || below.above() == Some(*above),
        [] | [_] | [_, _, ..] => true,
    };
    let in_order = classes.first() == Some(&Class::Internal) && classes.windows(2).all(follows);
    ruling.demand(in_order, || Unplannable::StagesOutOfOrder { classes });
}

/// Rule R5: names are free, and each means one stage.
fn names_differ(stages: &[Stage], ruling: &mut Ruling<'_>) {
    let is_taken =
        |(index, stage): &(usize, &Stage)| stages[..*index].iter().any(|lower| lower.name == stage.name);
    if let Some((_, stage)) = stages.iter().enumerate().find(is_taken) {
        ruling.demand(false, || Unplannable::NameTaken { stage: stage.name.clone() });
    }
}

/// Rule R10: each step of a ramp reaches everyone of the step before, and its times make sense.
fn steps_grow(stage: &Stage, ruling: &mut Ruling<'_>) {
    let shrinks = |pair: &[Step]| match pair {
        [before, after] => before.audience.widens(&after.audience),
        [] | [_] | [_, _, ..] => false,
    };
    let (name, min) = (&stage.name, stage.min_soak);
    ruling.demand(!stage.steps.is_empty(), || Unplannable::NoSteps { stage: name.clone() });
    ruling.demand(!stage.steps.windows(2).any(shrinks), || Unplannable::StepsShrink { stage: name.clone() });
    if let Some(max) = stage.max_soak {
        ruling.demand(max >= min, || Unplannable::MaximumBelowMinimum { stage: name.clone(), min, max });
    }
}

/// Rule R10: whom lower stages name stays in by itself; a share begins where that of the stage below ends.
fn stages_grow(stages: &[Stage], ruling: &mut Ruling<'_>) {
    let share = |step: Option<&Step>| step.map_or(Percent::ZERO, |step| step.audience.share());
    for pair in stages.windows(2) {
        let [below, stage] = pair else { continue };
        let (ends, begins) = (share(below.steps.last()), share(stage.steps.first()));
        ruling.demand(stage.steps.is_empty() || begins >= ends, || Unplannable::StagesShrink {
            stage: stage.name.clone(),
            begins,
            below: below.name.clone(),
            ends,
        });
    }
}

/// Rule R5, decision D40: whom a stage reaches fits its class. Who was named by a lower stage may stay.
fn audience_fits(plan: &Plan, stage: &Stage, ruling: &mut Ruling<'_>) {
    let lower = plan
        .before(&stage.name)
        .map_or_else(Audience::nobody, |below| plan.exposure(below, plan.last_step(below)));
    let class = stage.class;
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
        ruling.demand(false, || Unplannable::AudienceDoesNotFit {
            stage: stage.name.clone(),
            class,
            audience,
        });
    }
    if let Some(share) = stage.steps.last().map(|step| step.audience.share()) {
        let ends = class != Class::Everyone || share == Percent::FULL;
        ruling.demand(ends, || Unplannable::EndsBelowEveryone { stage: stage.name.clone(), share });
    }
}

/// Rule R5: the first share of all users stays small, unless the launch is quiet and somebody overrides it. Named members
/// and accounts are not counted.
fn no_big_bang(plan: &Plan, ruling: &mut Ruling<'_>) {
    let mut shares = plan.stages.iter().flat_map(|stage| &stage.steps).map(|step| step.audience.share());
    let Some(share) = shares.find(|&share| share > Percent::ZERO) else { return };
    let refusal = || Unplannable::BigBang { share, tier: plan.tier };
    match plan.tier {
        Tier::Four => ruling.unless_overridden(share <= BIG_BANG_LIMIT, refusal),
        Tier::One | Tier::Two | Tier::Three => ruling.demand(share <= BIG_BANG_LIMIT, refusal),
    }
}

/// Rule R26: the point of no return is a stage of the plan, and somebody says why.
fn no_return_is_of_the_plan(plan: &Plan, ruling: &mut Ruling<'_>) {
    let Some(from) = &plan.irreversible_from else { return };
    ruling.demand(plan.stage(&from.stage).is_some(), || Unplannable::NoReturnFromNowhere {
        from: from.stage.clone(),
        named: names(plan),
    });
    ruling.demand(!from.reason.trim().is_empty(), || Unplannable::NoReturnWithoutReason {
        from: from.stage.clone(),
    });
}

/// The names of the stages, lowest first.
pub(crate) fn names(plan: &Plan) -> Vec<StageName> {
    plan.stages.iter().map(|stage| stage.name.clone()).collect()
}

/// A remark on named customers of another number than rule R1 has for its Alpha.
pub(crate) fn remark_alpha_size(plan: &Plan, ruling: &mut Ruling<'_>) {
    let named = plan.stages.iter().rfind(|stage| stage.class == Class::Named);
    let Some(stage) = named.filter(|stage| !stage.steps.is_empty()) else { return };
    let accounts = plan.exposure(&stage.name, plan.last_step(&stage.name)).accounts.len();
    ruling.remark(RuleId::R1, ALPHA_ACCOUNTS.contains(&accounts), || {
        let (from, to) = (ALPHA_ACCOUNTS.start(), ALPHA_ACCOUNTS.end());
        format!("an Alpha usually has {from} to {to} named customers, stage {} has {accounts}", stage.name)
    });
}
