//! The end of a cycle: scale, iterate or kill, and nothing in between (rules B10, B11, B12, B24, L4, L6, L7).

use verdict_kernel::check::CheckState;
use verdict_kernel::decision::known;
use verdict_kernel::principal::Issued;
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;

use super::cost::PersonDays;
use super::hypothesis::Likeness;
use super::state::{Known, Phase, Stretch};
use super::{Event, Facts, Hypothesis, Mode, Reach, Refusal, Ruled, Timebox};

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
    /// `over` goes against what was measured, with the reason of the command.
    Scale {
        over: bool,
    },
    Iterate {
        hypothesis: Option<Hypothesis>,
        timebox: Option<Timebox>,
        /// Goes on without a positive signal, with the reason of the command.
        over: bool,
    },
    Kill {
        reason: Option<KillReason>,
        learnings: Vec<String>,
    },
}

impl Decision {
    const fn overrides(&self) -> bool {
        match self {
            Self::Scale { over } | Self::Iterate { over, .. } => *over,
            Self::Kill { .. } => false,
        }
    }
}

/// One further cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Iteration {
    /// Counts from 1.
    pub iteration: u32,
    pub hypothesis: Hypothesis,
    pub timebox: Timebox,
    /// Key of the metric that was the positive signal; `None` when the rule was overridden.
    pub signal: Option<String>,
}

/// L4: a retrospective ends with one of the three. It may come at any time after exposure began.
pub(super) fn conclude(bet: &Known, decision: Option<Decision>, facts: &Facts, issued: &Issued) -> Ruled {
    if bet.phase.stretch() == Stretch::Over {
        return Err(Refusal::out_of_phase("conclude", bet).into());
    }
    let begun = matches!(bet.phase, Phase::RollingOut | Phase::Measuring | Phase::RetrospectiveDue);
    let asked = decision.as_ref().is_some_and(Decision::overrides);
    let mut ruling = Ruling::of(issued).overriding(asked);
    ruling.demand(begun, || Refusal::skipped("conclude", Phase::RollingOut, bet));
    ruling.demand(decision.is_some(), || Refusal::DecisionMissing);
    // Without an event something was demanded of it that it has not.
    let event = match decision {
        None => None,
        Some(Decision::Scale { over }) => Some(scale(bet, over, facts.known_reach()?, &mut ruling)),
        Some(Decision::Iterate { hypothesis, timebox, .. }) => {
            let signals = known(facts.signals.as_ref(), "what the leading metrics of the bet say")?;
            iterate(bet, hypothesis, timebox, signals, &mut ruling)
        }
        Some(Decision::Kill { reason, learnings }) => kill(bet, reason, learnings, &mut ruling),
    };
    ruling.decide(event.into_iter().collect())
}

/// B4: what nobody outside the team has seen was not shipped, so there is nothing to scale. A young product may say
/// why it does so all the same. L5: so does whoever goes against what was measured.
fn scale(bet: &Known, over: bool, reach: Reach, ruling: &mut Ruling<'_>) -> Event {
    match (reach, bet.mode) {
        (Reach::Team, Mode::Scaling) => ruling.demand(false, || Refusal::NeverShipped(bet.mode)),
        (Reach::Team, Mode::ZeroToOne) => ruling.unless_overridden(false, || Refusal::NeverShipped(bet.mode)),
        (Reach::Outside(_), Mode::Scaling | Mode::ZeroToOne) => {
            ruling.unless_overridden(!over, || Refusal::AgainstMeasures);
        }
    }
    Event::Scaled
}

/// The order of the rules is B10, B11, B12, L6: what no override helps with comes first.
fn iterate(
    bet: &Known,
    hypothesis: Option<Hypothesis>,
    timebox: Option<Timebox>,
    signals: &[Signal],
    ruling: &mut Ruling<'_>,
) -> Option<Event> {
    ruling.demand(hypothesis.is_some(), || Refusal::IterationIncomplete("a new hypothesis"));
    ruling.demand(timebox.is_some(), || Refusal::IterationIncomplete("a new timebox"));
    let (iteration, limit) = (bet.iteration(), bet.iteration_limit);
    ruling.demand(iteration < limit, || Refusal::IterationLimitReached { iteration, limit });
    if let Some(hypothesis) = &hypothesis {
        judge_hypothesis(bet, hypothesis, ruling);
    }
    if let Some(timebox) = timebox {
        judge_timebox(bet, timebox, ruling);
    }
    let positive = signals.iter().find(|signal| signal.target_met.is_pass());
    ruling.unless_overridden(positive.is_some(), || Refusal::NoPositiveSignal(signals.to_vec()));
    let signal = positive.map(|signal| signal.metric.clone());
    let (hypothesis, timebox) = (hypothesis?, timebox?);
    Some(Event::Iterated(Iteration { iteration: iteration + 1, hypothesis, timebox, signal }))
}

fn judge_hypothesis(bet: &Known, hypothesis: &Hypothesis, ruling: &mut Ruling<'_>) {
    if hypothesis.is_whole() {
        let earlier = bet.cycles().flat_map(|cycle| &cycle.hypotheses);
        compare_with_earlier(hypothesis, earlier, ruling);
    } else {
        ruling.demand(false, || Refusal::IterationIncomplete("a new hypothesis"));
    }
}

/// B11: the same text is no new hypothesis, and nearly the same is remarked on.
pub(super) fn compare_with_earlier<'a>(
    hypothesis: &Hypothesis,
    earlier: impl Iterator<Item = &'a Hypothesis>,
    ruling: &mut Ruling<'_>,
) {
    let mut closest = 0.0_f64;
    for old in earlier {
        match hypothesis.likeness(old) {
            Likeness::Equal => {
                return ruling.demand(false, || Refusal::HypothesisRepeated(old.belief.clone()));
            }
            Likeness::Similar(share) => closest = closest.max(share),
            Likeness::Different => {}
        }
    }
    ruling.remark(RuleId::B11, closest <= 0.0, || {
        // Held below 100, which is refused and not remarked on.
        format!("the hypothesis is {:.0} % the same as an earlier one", (closest * 100.0).min(99.0))
    });
}

/// B3: it ends after it starts. B12: it is the cycle's own, and one that is longer than the first one was meant to be is
/// remarked on.
fn judge_timebox(bet: &Known, timebox: Timebox, ruling: &mut Ruling<'_>) {
    timebox.judge(ruling);
    let reused = bet.cycles().any(|cycle| cycle.timebox == Some(timebox));
    ruling.demand(!reused, || Refusal::TimeboxReused(timebox));
    if let Some(first) = bet.original_length {
        ruling.remark(RuleId::B12, timebox.length() <= first, || {
            let (hours, first) = (timebox.length().as_hours(), first.as_hours());
            format!("the cycle takes {hours} h, the original timebox had {first} h")
        });
    }
}

/// L7: a reason and a learning; B24: "too costly" is said of a cost that was recorded.
fn kill(
    bet: &Known,
    reason: Option<KillReason>,
    learnings: Vec<String>,
    ruling: &mut Ruling<'_>,
) -> Option<Event> {
    let learnings: Vec<String> =
        learnings.into_iter().filter(|learning| !learning.trim().is_empty()).collect();
    ruling.demand(reason.is_some(), || Refusal::KillWithoutReason);
    ruling.demand(!learnings.is_empty(), || Refusal::KillWithoutLearning);
    let priced = reason != Some(KillReason::TooCostly) || bet.cost > PersonDays::ZERO;
    ruling.demand(priced, || Refusal::CostNotRecorded);
    Some(Event::Killed { reason: reason?, learnings })
}
