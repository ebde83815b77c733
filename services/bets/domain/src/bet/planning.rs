//! What may be decided before the hand-off: hypothesis, order of stages, metrics, timebox, checklist.

use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use super::handoff::{Clarity, Item};
use super::metrics::{self, MetricTarget, Wish};
use super::state::{Known, Phase, Stretch};
use super::{Event, Facts, Hypothesis, Mode, Refusal, Ruled, Timebox, decision};

/// Refuses what only makes sense before the hand-off.
pub(super) fn while_planning(bet: &Known, command: &'static str) -> Result<(), Refusal> {
    match bet.phase.stretch() {
        Stretch::Planning => Ok(()),
        Stretch::Delivering | Stretch::Deciding | Stretch::Over => Err(Refusal::out_of_phase(command, bet)),
    }
}

/// B1: both halves; B11: a cycle that an iteration granted keeps a hypothesis of its own.
pub(super) fn state_hypothesis(bet: &Known, hypothesis: Hypothesis, issued: &Issued) -> Ruled {
    while_planning(bet, "state-hypothesis")?;
    let mut ruling = Ruling::of(issued);
    ruling.demand(hypothesis.is_whole(), || Refusal::HypothesisNotWhole);
    ruling.done()?;
    if bet.cycle().hypothesis() == Some(&hypothesis) {
        return Ok(Vec::new().into());
    }
    let earlier = bet.cycles().rev().skip(1).flat_map(|cycle| &cycle.hypotheses);
    decision::compare_with_earlier(&hypothesis, earlier, &mut ruling);
    ruling.decide(vec![Event::HypothesisStated(hypothesis)])
}

/// B1: nothing leaves Proposed without a whole hypothesis.
fn has_hypothesis(bet: &Known) -> bool {
    bet.cycle().hypothesis().is_some_and(Hypothesis::is_whole)
}

/// From Shaping and Shaped it is a step back, which skips nothing.
pub(super) fn start_discovery(bet: &Known) -> Ruled {
    while_planning(bet, "start-discovery")?;
    if bet.phase == Phase::Discovering {
        return Ok(Vec::new().into());
    }
    if !has_hypothesis(bet) {
        return Err(Refusal::HypothesisNotWhole.into());
    }
    Ok(vec![Event::DiscoveryStarted].into())
}

/// B4: in zero to one, discovery and shaping may be one stage. From Shaped it is a step back, which skips nothing.
pub(super) fn start_shaping(bet: &Known, issued: &Issued) -> Ruled {
    while_planning(bet, "start-shaping")?;
    let mut ruling = Ruling::of(issued);
    ruling.demand(has_hypothesis(bet), || Refusal::HypothesisNotWhole);
    let skips = bet.phase == Phase::Proposed && bet.mode == Mode::Scaling;
    ruling.demand(!skips, || Refusal::skipped("start-shaping", Phase::Discovering, bet));
    ruling.decide(if bet.phase == Phase::Shaping { Vec::new() } else { vec![Event::ShapingStarted] })
}

/// B4: in zero to one, a bet in discovery may be shaped without a stage of its own.
pub(super) fn mark_shaped(bet: &Known) -> Ruled {
    while_planning(bet, "mark-shaped")?;
    let shaped_before = bet.phase == Phase::Discovering && bet.mode == Mode::ZeroToOne;
    if !matches!(bet.phase, Phase::Shaping | Phase::Shaped) && !shaped_before {
        return Err(Refusal::skipped("mark-shaped", Phase::Shaping, bet).into());
    }
    Ok(if bet.phase == Phase::Shaped { Vec::new() } else { vec![Event::Shaped] }.into())
}

/// B2: the list is replaced as a whole.
pub(super) fn agree_metrics(bet: &Known, wishes: Vec<Wish>, facts: &Facts, issued: &Issued) -> Ruled {
    while_planning(bet, "agree-metrics")?;
    let confirmed = wishes.into_iter().map(|wish| wish.confirmed(facts));
    let metrics: Vec<MetricTarget> = confirmed.collect::<Result<_, _>>()?;
    let mut ruling = Ruling::of(issued);
    metrics::judge_agreement(&metrics, &mut ruling);
    ruling.decide(if metrics == bet.metrics { Vec::new() } else { vec![Event::MetricsAgreed(metrics)] })
}

/// B3: the start may be corrected, the end only by a declared slip.
pub(super) fn set_timebox(bet: &Known, timebox: Timebox, issued: &Issued) -> Ruled {
    while_planning(bet, "set-timebox")?;
    let mut ruling = Ruling::of(issued);
    timebox.judge(&mut ruling);
    let set = bet.cycle().timebox;
    if let Some(set) = set {
        let fixed = || Refusal::EndIsFixed { set: set.end, asked: timebox.end };
        ruling.demand(set.end == timebox.end, fixed);
    }
    ruling.decide(if set == Some(timebox) { Vec::new() } else { vec![Event::TimeboxSet(timebox)] })
}

pub(super) fn assess(bet: &Known, item: Item, clarity: Clarity) -> Ruled {
    while_planning(bet, "assess-handoff-item")?;
    if bet.cycle().checklist.clarity(item) == clarity {
        return Ok(Vec::new().into());
    }
    Ok(vec![Event::HandoffItemAssessed(item, clarity)].into())
}
