//! Whether the stages of a plan fit together: classes begin with the team, skip none and never go down, whom a step reaches fits the class of its stage,
//! steps only grow, and the last share is everyone (rules R2, R5, R10; decision of the classes).

use std::collections::BTreeSet;

use super::{Class, Exposure, Stage, Step};
use crate::check::Checker;
use crate::finding::Path;
use crate::words::Line;

/// Everyone, in basis points.
const EVERYONE: i32 = 10_000;

pub(super) fn check(stages: &[Stage], at: &Path, checker: &mut Checker) {
    let mut lower = Named::default();
    let mut before: Option<&Stage> = None;
    for (index, stage) in stages.iter().enumerate() {
        let at = at.index(index);
        follows(before, stage, &at, checker);
        begins(before, stage, &at.field("steps"), checker);
        soaks(stage, &at, checker);
        for (number, step) in stage.steps.iter().enumerate() {
            let at = at.field("steps").index(number).field("exposure");
            if let Some((field, found, wanted)) = unfit(stage.class, &step.exposure, &lower) {
                let at = if field.is_empty() { at } else { at.field(field) };
                checker.add(&at, found, wanted);
            }
        }
        grows(stage, &at.field("steps"), checker);
        ends_at_everyone(stage, &at, checker);
        lower.add(stage);
        before = Some(stage);
    }
}

/// A plan begins with the team, skips no class, and never goes down.
fn follows(before: Option<&Stage>, stage: &Stage, at: &Path, checker: &mut Checker) {
    let class = stage.class.as_str();
    let (found, wanted) = match before.map(|before| before.class) {
        None if stage.class == Class::Internal => return,
        None => (format!("{class} in the first stage"), "Internal: a plan begins with the team (rule R2)"),
        Some(below) if stage.class < below => {
            let found = format!("{class} after {}", below.as_str());
            (found, "a class that is not below that of the stage before (rule R2)")
        }
        Some(below) if below == stage.class || below.above() == Some(stage.class) => return,
        Some(below) => {
            let found = format!("{class} after {}", below.as_str());
            (found, "the class of the stage before or the next one: none is skipped (rule R2)")
        }
    };
    checker.add(&at.field("class"), found, wanted);
}

/// A share begins where that of the stage before ends.
fn begins(before: Option<&Stage>, stage: &Stage, at: &Path, checker: &mut Checker) {
    let share = |step: Option<&Step>| step.and_then(|step| step.exposure.basis_points);
    let ends = share(before.and_then(|before| before.steps.last())).unwrap_or(0);
    // That a share of nothing fits no class is said already.
    let Some(begins) = share(stage.steps.first()).filter(|begins| (1..ends).contains(begins)) else { return };
    let at = at.index(0).field("exposure").field("basisPoints");
    let found = format!("{begins}, which is less than the {ends} that the stage before ends with");
    checker.add(&at, found, "a share that does not shrink (rule R10)");
}

/// Whom lower stages name: they may stay.
#[derive(Default)]
struct Named<'s> {
    members: BTreeSet<&'s str>,
    accounts: BTreeSet<&'s str>,
}

impl<'s> Named<'s> {
    fn add(&mut self, stage: &'s Stage) {
        for step in &stage.steps {
            self.members.extend(step.exposure.members.iter().map(Line::as_str));
            self.accounts.extend(step.exposure.accounts.iter().map(Line::as_str));
        }
    }
}

/// The field of an exposure that does not fit the class of its stage, what it holds, and what is wanted.
fn unfit(
    class: Class,
    exposure: &Exposure,
    lower: &Named<'_>,
) -> Option<(&'static str, String, &'static str)> {
    let new = |names: &[Line], known: &BTreeSet<&str>| {
        names.iter().find(|name| !known.contains(name.as_str())).map(|name| format!("\"{name}\""))
    };
    let members = new(&exposure.members, &lower.members);
    let accounts = new(&exposure.accounts, &lower.accounts);
    let share = exposure.basis_points;
    let (any_account, any_share) = (exposure.accounts.first(), share.map(|share| share.to_string()));
    match class {
        Class::Internal => {
            let wanted = "members of the team only in a stage of class Internal (rule R5)";
            let account = any_account.map(|name| ("accounts", format!("\"{name}\""), wanted));
            account.or_else(|| any_share.map(|share| ("basisPoints", share, wanted)))
        }
        Class::Named => {
            let wanted = "accounts only in a stage of class Named, besides whom lower stages name (rule R5)";
            let member = members.map(|name| ("members", name, wanted));
            member.or_else(|| any_share.map(|share| ("basisPoints", share, wanted)))
        }
        Class::Share | Class::Everyone => {
            let wanted = "nobody by name whom no lower stage names (rule R5)";
            let most = if class == Class::Share { EVERYONE - 1 } else { EVERYONE };
            let fits = share.is_some_and(|share| (1..=most).contains(&share));
            let (field, found) = match share {
                None => ("", "no basisPoints".to_owned()),
                Some(share) => ("basisPoints", share.to_string()),
            };
            let wanted_share = if class == Class::Share {
                "basisPoints from 1 to 9999 in a stage of class Share (rule R5)"
            } else {
                "basisPoints from 1 to 10000 in a stage of class Everyone (rule R5)"
            };
            let member = members.map(|name| ("members", name, wanted));
            let named = member.or_else(|| accounts.map(|name| ("accounts", name, wanted)));
            named.or_else(|| (!fits).then_some((field, found, wanted_share)))
        }
    }
}

/// Each step reaches everyone of the step before.
fn grows(stage: &Stage, at: &Path, checker: &mut Checker) {
    for (index, pair) in stage.steps.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        let (before, after) = (&before.exposure, &after.exposure);
        let at = at.index(index + 1).field("exposure");
        let (from, to) = (before.basis_points.unwrap_or(0), after.basis_points.unwrap_or(0));
        if to >= EVERYONE {
            continue;
        }
        if to < from {
            let found = format!("{to}, which is less than the {from} of the step before");
            checker.add(&at.field("basisPoints"), found, "a share that does not shrink (rule R10)");
        }
        for (field, before, after) in
            [("members", &before.members, &after.members), ("accounts", &before.accounts, &after.accounts)]
        {
            if let Some(lost) = before.iter().find(|name| !after.contains(name)) {
                let wanted = format!("\"{lost}\" as in the step before (rule R10)");
                checker.add(&at.field(field), "fewer names", wanted);
            }
        }
    }
}

fn soaks(stage: &Stage, at: &Path, checker: &mut Checker) {
    if let Some(max) = stage.max_soak_seconds.filter(|&max| max < stage.min_soak_seconds) {
        let wanted = format!("at least minSoakSeconds, which is {}", stage.min_soak_seconds);
        checker.add(&at.field("maxSoakSeconds"), max.to_string(), wanted);
    }
}

fn ends_at_everyone(stage: &Stage, at: &Path, checker: &mut Checker) {
    let Some(last) = stage.steps.last().and_then(|step| step.exposure.basis_points) else { return };
    if stage.class == Class::Everyone && (1..EVERYONE).contains(&last) {
        let index = stage.steps.len().saturating_sub(1);
        let at = at.field("steps").index(index).field("exposure").field("basisPoints");
        let wanted = "10000 in the last step of a stage of class Everyone (rule R5)";
        checker.add(&at, last.to_string(), wanted);
    }
}

#[cfg(test)]
mod tests;
