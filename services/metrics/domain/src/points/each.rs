//! A guardrail that asks every source (rule M17): each is judged by its own points.
//!
//! ```text
//!   the points of one source fail ──────────────────> Fail
//!   one that reported a moment ago does not any more ─> Unknown(NoData), unless it failed when it fell silent
//!   one of which not enough is known ───────────────> Unknown
//!   every one passes ───────────────────────────────> Pass
//! ```
//!
//! A source is waited for over as many points as the rule looks at, and one more: who was shut down for good is not
//! missed for ever. Its silence is no age: what it has to say of the newest bucket may come late, and is worse or better.
//! Only when nobody reports any more is the answer stale.

use std::collections::BTreeSet;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Timestamp;

use super::{Filled, Source, name};
use crate::evaluation::{Answer, Point, Terms, evaluate, is_to_come};

const UNHEALTHY: CheckState = CheckState::Unknown(Unknown::Unhealthy);

/// What the sources of `filled`, which are in the order of their buckets, say at `now`.
pub(super) fn judged(terms: &Terms, filled: &[&Filled], now: Timestamp) -> Answer {
    let points: Vec<Point> = filled.iter().map(|filled| filled.point).collect();
    let all = evaluate(terms, &points, now);
    match all.state {
        // The time says it of all of them.
        CheckState::Unknown(Unknown::NoData | Unknown::Stale) => return all,
        CheckState::Pass
        | CheckState::Fail
        | CheckState::Unknown(Unknown::Insufficient | Unknown::Inconclusive | Unknown::Unhealthy) => {}
    }
    let is_to_come = all.as_of.is_some_and(|as_of| is_to_come(terms.refresh, as_of, now));
    let sources: BTreeSet<&Source> = filled.iter().flat_map(|filled| &filled.sources).collect();
    let of_each = sources.iter().map(|source| (*source, of_one(terms, filled, source, now)));
    // The first of the worst, so that the answer depends on nothing but the points.
    let worst = of_each.min_by_key(|(_, answer)| rank(answer.state));
    match worst {
        None => all,
        // A failure is told whatever the clocks say, and nothing else is.
        Some((_, answer)) if answer.state != CheckState::Fail && is_to_come => {
            Answer { state: UNHEALTHY, ..all }
        }
        Some((_, answer)) if answer.state == CheckState::Pass => Answer {
            state: CheckState::Pass,
            seen: format!("{}, each of {}", all.seen, sources.len()),
            ..all
        },
        Some((source, answer)) => Answer {
            state: answer.state,
            as_of: all.as_of,
            seen: format!("{}: {}", name(source), answer.seen),
            sample: answer.sample,
        },
    }
}

fn of_one(terms: &Terms, filled: &[&Filled], source: &Source, now: Timestamp) -> Answer {
    let points: Vec<Point> = filled.iter().filter_map(|filled| filled.of_each.get(source).copied()).collect();
    let answer = evaluate(terms, &points, now);
    let reports = filled.last().is_some_and(|newest| newest.sources.contains(source));
    match answer.state {
        // Whoever failed and fell silent is no better for it.
        CheckState::Pass | CheckState::Unknown(_) if !reports => {
            Answer { state: CheckState::Unknown(Unknown::NoData), ..answer }
        }
        CheckState::Pass | CheckState::Fail | CheckState::Unknown(_) => answer,
    }
}

/// The worst first.
const fn rank(state: CheckState) -> u8 {
    match state {
        CheckState::Fail => 0,
        CheckState::Unknown(_) => 1,
        CheckState::Pass => 2,
    }
}

#[cfg(test)]
mod tests;
