//! The kill switch, and the ways back from it (rules F3, R24).
//!
//! A revived flag serves nobody: its rollout goes on through its own door. An undo is for a kill by mistake: within a
//! day it serves again what was served before, unless anything has spoken against that since.

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Warning;
use verdict_kernel::rule::RuleId;

use super::{Event, Exposure, Flag, Place, Refusal};
use crate::gate::{BreachFact, GuardrailEffect, GuardrailFact};
use crate::rollout::{is_answered, unanswered};

/// How long a kill can be undone.
pub const UNDO_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// What was served when the flag was killed. Whatever narrows, holds or sets the flag afterwards makes an end of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeforeKill {
    pub at: Timestamp,
    pub exposure: Exposure,
}

/// What must be known before a kill is undone; looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    pub rollout: Whereabouts,
    /// What the guardrails of the rollout say now, and what they raised.
    pub guardrails: Vec<GuardrailFact>,
}

/// Where the rollout stands whose stage attempt was served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// A person had set the exposure.
    NoRollout,
    /// In this attempt, running or paused.
    Attempt(u32),
    Completed,
    /// Rolled back or aborted.
    Gone,
}

pub(super) fn kill(flag: &Flag, issued: &Issued) -> Event {
    Event::Killed { version: flag.next_version(), reason: issued.reason.clone(), at: issued.at }
}

pub(super) fn revive(flag: &Flag, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    revived(flag, None, issued)
}

pub(super) fn undo(flag: &Flag, facts: &Undo, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    let Some(BeforeKill { at, exposure }) = &flag.before_kill else {
        return Err(Refusal::NothingToUndo);
    };
    let until = at.saturating_add(UNDO_WITHIN).unwrap_or(Timestamp::MAX);
    if issued.at > until {
        return Err(Refusal::TooLateToUndo { until, now: issued.at });
    }
    if let Some(causes) = flag.holds.causes() {
        return Err(Refusal::Held { causes });
    }
    if !is_still_there(exposure, facts.rollout) {
        return Err(Refusal::RolloutWentOn);
    }
    let counting = facts.guardrails.iter().filter(|fact| fact.effect != GuardrailEffect::Shadow);
    let broken: Vec<&str> =
        counting.clone().filter(|fact| is_broken(fact)).map(|fact| fact.metric.as_str()).collect();
    if !broken.is_empty() {
        return Err(Refusal::GuardrailBroken { guardrails: broken.join(", ") });
    }
    let raised = counting.flat_map(|fact| fact.breaches.iter().map(move |breach| (fact, breach)));
    let about = |breach: &BreachFact| is_about(exposure.place.as_ref(), breach);
    if let Some(open) = raised.filter(|(_, breach)| about(breach)).find(|raised| !is_answered(*raised)) {
        return Err(Refusal::BreachUnanswered(Box::new(unanswered(open))));
    }
    revived(flag, Some(exposure.clone()), issued)
}

/// Too little or too old data speaks against nothing: while nobody is served nobody is measured. An evaluation that is
/// away does.
fn is_broken(fact: &GuardrailFact) -> bool {
    match fact.state {
        CheckState::Fail | CheckState::Unknown(Unknown::Unhealthy) => true,
        CheckState::Pass
        | CheckState::Unknown(
            Unknown::NoData | Unknown::Insufficient | Unknown::Inconclusive | Unknown::Stale,
        ) => false,
    }
}

/// What earlier attempts broke was answered before this one was served.
fn is_about(place: Option<&Place>, breach: &BreachFact) -> bool {
    place.is_some_and(|place| breach.attempt >= place.attempt)
}

fn revived(flag: &Flag, undone: Option<Exposure>, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    if issued.reason.trim().is_empty() {
        return Err(Refusal::ReviveWithoutReason);
    }
    let (version, reason) = (flag.next_version(), issued.reason.clone());
    Ok(vec![Event::Revived { version, reason, undone }])
}

fn is_still_there(exposure: &Exposure, rollout: Whereabouts) -> bool {
    match (&exposure.place, rollout) {
        (None, Whereabouts::NoRollout) | (Some(_), Whereabouts::Completed) => true,
        (Some(place), Whereabouts::Attempt(attempt)) => place.attempt == attempt,
        (None, Whereabouts::Attempt(_) | Whereabouts::Completed | Whereabouts::Gone)
        | (Some(_), Whereabouts::NoRollout | Whereabouts::Gone) => false,
    }
}

/// The remark on an undo that a second person ought to have confirmed.
pub(super) fn unconfirmed(event: &Event) -> Option<Warning> {
    let Event::Revived { undone: Some(exposure), .. } = event else {
        return None;
    };
    (exposure.audience.share() > Percent::ZERO).then(|| Warning {
        rule: RuleId::R24,
        sentence:
            "a share or everyone is served again without a second person, who cannot be asked yet; the \
                   reason is recorded in their place"
                .to_owned(),
    })
}
