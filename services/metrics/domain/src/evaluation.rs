//! What a guardrail's points say: Pass, Fail or Unknown. How observations come to points is in [`crate::points`].
//!
//! ```text
//!   no point ─────────────────────────────> Unknown(NoData)
//!   newest older than 2 x refresh (M4) ───> Unknown(Stale)
//!   newest still to come (clause 24) ─────> Unknown(Unhealthy) or Fail: the own clock went back, or is behind
//!   fewer samples than the minimum (M10) ─> Unknown(Insufficient), or Fail by a critical guardrail on k events
//!   the last n points all on the wrong side ─> Fail, else Pass
//! ```
//!
//! The answer depends on the last `for_points` points and the time only, so every replica and every restart
//! arrives at the same one. Statistical rules become further variants of [`Rule`].

use std::fmt;
use std::num::NonZeroU32;
use std::time::Duration;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::{TOLERANCE, Timestamp, plus};
use verdict_kernel::value::Value;

/// Events on which a critical guardrail may breach below the minimum sample, unless it says otherwise (rule M10).
pub const DEFAULT_CRITICAL_EVENTS: u32 = 3;

/// The side of the threshold on which a point fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    Below,
    Above,
}

/// Fails when `for_points` points in a row lie on the wrong side of `value`, as an error rate does above its threshold
/// (rule R9b). A point on the value itself does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    pub comparison: Comparison,
    pub value: Value,
    pub for_points: NonZeroU32,
}

impl Threshold {
    /// Whether a point of this value lies on the wrong side.
    pub fn is_crossed_by(&self, value: Value) -> bool {
        match self.comparison {
            Comparison::Below => value < self.value,
            Comparison::Above => value > self.value,
        }
    }
}

/// How a guardrail judges its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    Threshold(Threshold),
}

impl Rule {
    /// How many of the newest points the rule looks at.
    pub const fn looks_at(&self) -> usize {
        match self {
            Self::Threshold(threshold) => threshold.for_points.get() as usize,
        }
    }
}

/// What must hold, for a person: `not above 0.02 for 3 points in a row`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Threshold(threshold) => {
                let side = match threshold.comparison {
                    Comparison::Below => "below",
                    Comparison::Above => "above",
                };
                write!(f, "not {side} {}", threshold.value)?;
                match threshold.for_points.get() {
                    1 => Ok(()),
                    points => write!(f, " for {points} points in a row"),
                }
            }
        }
    }
}

/// Whether little data may be enough for a breach (rule M10).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Normal,
    /// May breach on this many events below the minimum sample; rolls back to 0 %.
    Critical {
        events: u32,
    },
}

/// How the sources of a metric come to one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Judge {
    /// By one point of all of them: what adds is merged, and of what does not the worst counts.
    #[default]
    Merged,
    /// Each by its own points: all have to pass, one that fails is enough, and one that falls silent is not known.
    EachSource,
}

/// How a value of a metric comes from what was measured in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Aggregation {
    /// Counts and sums, which add over rows and sources.
    #[default]
    Mean,
    Percentile,
    Minimum,
    Maximum,
}

impl Aggregation {
    pub const ALL: [Self; 4] = [Self::Mean, Self::Percentile, Self::Minimum, Self::Maximum];

    /// Whether values of several rows can be merged into one. Where they cannot, the worst of them counts.
    pub const fn adds(self) -> bool {
        match self {
            Self::Mean => true,
            Self::Percentile | Self::Minimum | Self::Maximum => false,
        }
    }
}

/// Everything that an evaluation depends on besides the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub rule: Rule,
    /// Observations that the judged points must hold together.
    pub min_sample: u32,
    pub severity: Severity,
    /// How often an observation is expected.
    pub refresh: Duration,
    /// How its sources come to one answer.
    pub judge: Judge,
    /// How its values come about, which says whether they add.
    pub aggregation: Aggregation,
}

/// The observations of one bucket ([`crate::points`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The time as of which it counts: the end of its newest window, or when that was received.
    pub window_end: Timestamp,
    pub value: Value,
    /// Observations in the window, at least 1.
    pub count: u64,
}

/// What the points say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub state: CheckState,
    /// End of the newest window; `None` without any point.
    pub as_of: Option<Timestamp>,
    /// What was seen, for a person.
    pub seen: String,
    /// Observations in the judged points.
    pub sample: u32,
}

/// When an answer that rests on a window ending at `as_of` is too old to count (rule M4).
pub fn stale_after(refresh: Duration, as_of: Timestamp) -> Timestamp {
    plus(as_of, refresh.saturating_mul(2))
}

/// Whether an answer that rests on a window ending at `as_of` is too old to count.
pub fn is_stale(refresh: Duration, as_of: Timestamp, now: Timestamp) -> bool {
    now > stale_after(refresh, as_of)
}

/// Whether what counts as of `as_of` is still to come at `now`, by more than clocks differ and a refresh: nothing that is
/// measured now is newer than it (design clause 24).
pub fn is_to_come(refresh: Duration, as_of: Timestamp, now: Timestamp) -> bool {
    as_of > plus(now, refresh.max(TOLERANCE.unsigned_abs()))
}

/// Judges `points`, which are in window order, as they look at `now`.
pub fn evaluate(terms: &Terms, points: &[Point], now: Timestamp) -> Answer {
    let judged = &points[points.len().saturating_sub(terms.rule.looks_at())..];
    let Some(newest) = judged.last() else {
        return Answer {
            state: CheckState::Unknown(Unknown::NoData),
            as_of: None,
            seen: "no observation".to_owned(),
            sample: 0,
        };
    };
    let total = judged.iter().fold(0_u64, |sum, point| sum.saturating_add(point.count));
    let sample = u32::try_from(total).unwrap_or(u32::MAX);
    let answer = Answer {
        state: judge(terms, judged, sample, now),
        as_of: Some(newest.window_end),
        seen: seen(judged, sample),
        sample,
    };
    if is_to_come(terms.refresh, newest.window_end, now) {
        to_come(answer, newest.window_end)
    } else {
        answer
    }
}

/// An answer that rests on a window that is still to come: a failure is told whatever the clocks say.
fn to_come(answer: Answer, end: Timestamp) -> Answer {
    let state = match answer.state {
        CheckState::Fail => CheckState::Fail,
        CheckState::Pass | CheckState::Unknown(_) => CheckState::Unknown(Unknown::Unhealthy),
    };
    Answer { state, seen: format!("{}, up to {end}, which is still to come", answer.seen), ..answer }
}

fn judge(terms: &Terms, judged: &[Point], sample: u32, now: Timestamp) -> CheckState {
    let newest = judged.last().map(|point| point.window_end);
    if newest.is_none_or(|end| is_stale(terms.refresh, end, now)) {
        return CheckState::Unknown(Unknown::Stale);
    }
    let crossed = match &terms.rule {
        Rule::Threshold(threshold) => judged.iter().all(|point| threshold.is_crossed_by(point.value)),
    };
    let on_k_events = match terms.severity {
        Severity::Normal => false,
        Severity::Critical { events } => sample >= events,
    };
    if crossed && judged.len() < terms.rule.looks_at() {
        // None of the points is fine, and there are too few of them for a run: neither answer is known.
        CheckState::Unknown(Unknown::Insufficient)
    } else if sample >= terms.min_sample {
        CheckState::from_bool(!crossed)
    } else if crossed && on_k_events {
        CheckState::Fail
    } else {
        CheckState::Unknown(Unknown::Insufficient)
    }
}

fn seen(judged: &[Point], sample: u32) -> String {
    let values: Vec<String> =
        judged.iter().rev().take(5).rev().map(|point| point.value.to_string()).collect();
    let dots = if judged.len() > values.len() { "... " } else { "" };
    format!("{dots}{} (sample {sample})", values.join(", "))
}

#[cfg(test)]
mod tests;
