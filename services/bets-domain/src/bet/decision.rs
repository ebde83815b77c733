//! The end of a cycle: scale, iterate or kill, and nothing in between (rules B10, B11, B12, B24, L4, L6, L7).

use verdict_kernel::check::CheckState;
use verdict_kernel::rule::RuleId;

use super::cost::PersonDays;
use super::handoff::Override;
use super::hypothesis::Likeness;
use super::state::{Known, Phase};
use super::{Event, Hypothesis, Mode, Reach, Refusal, Timebox};

/// Why a bet is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KillReason {
    Disproved,
    TooCostly,
    Inconclusive,
    IterationLimit,
    StrategyChanged,
}

/// What a leading metric of the bet said when the decision was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Key of the metric.
    pub metric: String,
    /// Whether its newest observation meets the target.
    pub target_met: CheckState,
}

/// What the retrospective comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// `over` records the reason of the command with the decision; `reach` is read for it.
    Scale {
        over: bool,
        reach: Reach,
    },
    Iterate {
        hypothesis: Option<Hypothesis>,
        timebox: Option<Timebox>,
        /// Goes on without a positive signal, with the reason of the command.
        over: bool,
        /// The leading metrics of the bet, read for this decision.
        signals: Vec<Signal>,
    },
    Kill {
        reason: Option<KillReason>,
        learnings: Vec<String>,
    },
}

/// One further cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iteration {
    /// Counts from 1.
    pub iteration: u32,
    pub hypothesis: Hypothesis,
    pub timebox: Timebox,
    pub override_reason: Option<String>,
    /// Key of the metric that was the positive signal; `None` when the rule was overridden.
    pub signal: Option<String>,
}

/// L4: a retrospective ends with one of the three. It may come at any time after exposure began.
pub(super) fn conclude(bet: &Known, decision: Option<Decision>, reason: &str) -> Result<Vec<Event>, Refusal> {
    match bet.phase {
        Phase::RollingOut | Phase::Measuring | Phase::RetrospectiveDue => {}
        Phase::Proposed | Phase::Discovering | Phase::Shaping | Phase::Shaped | Phase::Building => {
            return Err(Refusal::StageSkipped {
                command: "conclude",
                needs: Phase::RollingOut,
                seen: bet.phase,
            });
        }
        Phase::Scaled | Phase::Killed | Phase::Withdrawn => {
            return Err(Refusal::out_of_phase("conclude", bet));
        }
    }
    match decision {
        None => Err(Refusal::DecisionMissing),
        Some(Decision::Scale { over, reach }) => scale(bet, over, reach, reason),
        Some(Decision::Iterate { hypothesis, timebox, over, signals }) => {
            let hypothesis = hypothesis.ok_or(Refusal::IterationIncomplete("a new hypothesis"))?;
            let timebox = timebox.ok_or(Refusal::IterationIncomplete("a new timebox"))?;
            let over = Override::of(over, reason, RuleId::L6)?;
            iterate(bet, hypothesis, timebox, over, &signals)
        }
        Some(Decision::Kill { reason, learnings }) => kill(bet, reason, learnings),
    }
}

/// B4: what nobody outside the team has seen was not shipped, so there is nothing to scale. A young product may say
/// why it does so all the same.
fn scale(bet: &Known, over: bool, reach: Reach, reason: &str) -> Result<Vec<Event>, Refusal> {
    let over = Override::of(over, reason, RuleId::L5)?;
    match (reach, bet.mode, over) {
        (Reach::Outside(_), Mode::Scaling | Mode::ZeroToOne, Override::NotAsked) => {
            Ok(vec![Event::Scaled { override_reason: None }])
        }
        (Reach::Outside(_), Mode::Scaling | Mode::ZeroToOne, Override::Because(reason))
        | (Reach::Team, Mode::ZeroToOne, Override::Because(reason)) => {
            Ok(vec![Event::Scaled { override_reason: Some(reason.to_owned()) }])
        }
        (Reach::Team, Mode::ZeroToOne, Override::NotAsked)
        | (Reach::Team, Mode::Scaling, Override::NotAsked | Override::Because(_)) => {
            Err(Refusal::NeverShipped(bet.mode))
        }
    }
}

/// The order of refusals is B10, B11, B12, L6: what no override helps with comes first.
fn iterate(
    bet: &Known,
    hypothesis: Hypothesis,
    timebox: Timebox,
    over: Override<'_>,
    signals: &[Signal],
) -> Result<Vec<Event>, Refusal> {
    let iteration = bet.iteration();
    if iteration >= bet.iteration_limit {
        return Err(Refusal::IterationLimitReached { iteration, limit: bet.iteration_limit });
    }
    if !hypothesis.is_whole() {
        return Err(Refusal::IterationIncomplete("a new hypothesis"));
    }
    let earlier = bet.cycles().flat_map(|cycle| &cycle.hypotheses);
    let similar = compare_with_earlier(&hypothesis, earlier)?;
    timebox.check()?;
    if bet.cycles().any(|cycle| cycle.timebox == Some(timebox)) {
        return Err(Refusal::TimeboxReused(timebox));
    }
    let (signal, override_reason) = justify(signals, over)?;
    let iterated =
        Event::Iterated(Iteration { iteration: iteration + 1, hypothesis, timebox, override_reason, signal });
    Ok(similar.into_iter().chain(longer_than_first(bet, timebox)).chain([iterated]).collect())
}

/// B11: refuses the same text, and warns of nearly the same.
pub(super) fn compare_with_earlier<'a>(
    hypothesis: &Hypothesis,
    earlier: impl Iterator<Item = &'a Hypothesis>,
) -> Result<Option<Event>, Refusal> {
    let mut closest = None;
    for old in earlier {
        match hypothesis.likeness(old) {
            Likeness::Equal => return Err(Refusal::HypothesisRepeated(old.belief.clone())),
            Likeness::Similar(share) => closest = Some(closest.unwrap_or(share).max(share)),
            Likeness::Different => {}
        }
    }
    Ok(closest.map(|share: f64| Event::Warned {
        rule: RuleId::B11,
        sentence: format!(
            "the hypothesis is {:.0} % the same as an earlier one",
            // Held below 100, which is refused and not warned of.
            (share * 100.0).min(99.0)
        ),
    }))
}

/// B12: a cycle that is longer than the first one was meant to be is warned of.
fn longer_than_first(bet: &Known, timebox: Timebox) -> Option<Event> {
    let first = bet.original_length?;
    (timebox.length() > first).then(|| Event::Warned {
        rule: RuleId::B12,
        sentence: format!(
            "the cycle takes {} h, the original timebox had {} h",
            timebox.length().as_hours(),
            first.as_hours()
        ),
    })
}

/// L6: a leading metric that passes, or a reason to go on without one.
fn justify(signals: &[Signal], over: Override<'_>) -> Result<(Option<String>, Option<String>), Refusal> {
    let positive = signals.iter().find(|signal| signal.target_met.is_pass());
    match (positive, over) {
        (Some(signal), Override::NotAsked | Override::Because(_)) => Ok((Some(signal.metric.clone()), None)),
        (None, Override::Because(reason)) => Ok((None, Some(reason.to_owned()))),
        (None, Override::NotAsked) => Err(Refusal::NoPositiveSignal(signals.to_vec())),
    }
}

/// L7: a reason and a learning; B24: "too costly" is said of a cost that was recorded.
fn kill(bet: &Known, reason: Option<KillReason>, learnings: Vec<String>) -> Result<Vec<Event>, Refusal> {
    let reason = reason.ok_or(Refusal::KillWithoutReason)?;
    let learnings: Vec<String> =
        learnings.into_iter().filter(|learning| !learning.trim().is_empty()).collect();
    if learnings.is_empty() {
        return Err(Refusal::KillWithoutLearning);
    }
    match reason {
        KillReason::TooCostly if bet.cost <= PersonDays::ZERO => Err(Refusal::CostNotRecorded),
        KillReason::TooCostly
        | KillReason::Disproved
        | KillReason::Inconclusive
        | KillReason::IterationLimit
        | KillReason::StrategyChanged => Ok(vec![Event::Killed { reason, learnings }]),
    }
}
