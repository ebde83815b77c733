//! What may be decided before the hand-off: hypothesis, order of stages, metrics, timebox, checklist.

use super::handoff::{Clarity, Item};
use super::metrics::{self, MetricTarget};
use super::state::{Known, Phase, Stretch};
use super::{Event, Hypothesis, Mode, Refusal, Timebox, decision};

/// Refuses what only makes sense before the hand-off.
fn while_planning(bet: &Known, command: &'static str) -> Result<(), Refusal> {
    match bet.phase.stretch() {
        Stretch::Planning => Ok(()),
        Stretch::Delivering | Stretch::Deciding | Stretch::Over => Err(Refusal::out_of_phase(command, bet)),
    }
}

/// B1: both halves; B11: a cycle that an iteration granted keeps a hypothesis of its own.
pub(super) fn state_hypothesis(bet: &Known, hypothesis: Hypothesis) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "state-hypothesis")?;
    if !hypothesis.is_whole() {
        return Err(Refusal::HypothesisNotWhole);
    }
    if bet.cycle().hypothesis() == Some(&hypothesis) {
        return Ok(Vec::new());
    }
    let earlier = bet.cycles().rev().skip(1).flat_map(|cycle| &cycle.hypotheses);
    let warning = decision::compare_with_earlier(&hypothesis, earlier)?;
    Ok(warning.into_iter().chain([Event::HypothesisStated(hypothesis)]).collect())
}

/// B1: nothing leaves Proposed without a whole hypothesis.
fn hypothesis_stated(bet: &Known) -> Result<(), Refusal> {
    match bet.cycle().hypothesis() {
        Some(hypothesis) if hypothesis.is_whole() => Ok(()),
        Some(_) | None => Err(Refusal::HypothesisNotWhole),
    }
}

pub(super) fn start_discovery(bet: &Known) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "start-discovery")?;
    match bet.phase {
        Phase::Discovering => Ok(Vec::new()),
        // From Shaping and Shaped it is a step back, which skips nothing.
        Phase::Proposed
        | Phase::Shaping
        | Phase::Shaped
        | Phase::Building
        | Phase::RollingOut
        | Phase::Measuring
        | Phase::RetrospectiveDue
        | Phase::Scaled
        | Phase::Killed
        | Phase::Withdrawn => {
            hypothesis_stated(bet)?;
            Ok(vec![Event::DiscoveryStarted])
        }
    }
}

/// B4: in zero to one, discovery and shaping may be one stage.
pub(super) fn start_shaping(bet: &Known) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "start-shaping")?;
    hypothesis_stated(bet)?;
    match (bet.phase, bet.mode) {
        (Phase::Shaping, Mode::ZeroToOne | Mode::Scaling) => Ok(Vec::new()),
        (Phase::Proposed, Mode::Scaling) => Err(Refusal::StageSkipped {
            command: "start-shaping",
            needs: Phase::Discovering,
            seen: bet.phase,
        }),
        // From Shaped it is a step back, which skips nothing.
        (Phase::Proposed, Mode::ZeroToOne)
        | (
            Phase::Discovering
            | Phase::Shaped
            | Phase::Building
            | Phase::RollingOut
            | Phase::Measuring
            | Phase::RetrospectiveDue
            | Phase::Scaled
            | Phase::Killed
            | Phase::Withdrawn,
            Mode::ZeroToOne | Mode::Scaling,
        ) => Ok(vec![Event::ShapingStarted]),
    }
}

/// B4: in zero to one, a bet in discovery may be shaped without a stage of its own.
pub(super) fn mark_shaped(bet: &Known) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "mark-shaped")?;
    match (bet.phase, bet.mode) {
        (Phase::Shaped, Mode::ZeroToOne | Mode::Scaling) => Ok(Vec::new()),
        (Phase::Proposed, Mode::ZeroToOne | Mode::Scaling) | (Phase::Discovering, Mode::Scaling) => {
            Err(Refusal::StageSkipped { command: "mark-shaped", needs: Phase::Shaping, seen: bet.phase })
        }
        (Phase::Discovering, Mode::ZeroToOne)
        | (
            Phase::Shaping
            | Phase::Building
            | Phase::RollingOut
            | Phase::Measuring
            | Phase::RetrospectiveDue
            | Phase::Scaled
            | Phase::Killed
            | Phase::Withdrawn,
            Mode::ZeroToOne | Mode::Scaling,
        ) => Ok(vec![Event::Shaped]),
    }
}

/// B2: the list is replaced as a whole.
pub(super) fn agree_metrics(bet: &Known, metrics: Vec<MetricTarget>) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "agree-metrics")?;
    metrics::check_agreement(&metrics)?;
    if metrics == bet.metrics {
        return Ok(Vec::new());
    }
    Ok(vec![Event::MetricsAgreed(metrics)])
}

/// B3: the start may be corrected, the end only by a declared slip.
pub(super) fn set_timebox(bet: &Known, timebox: Timebox) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "set-timebox")?;
    timebox.check()?;
    match bet.cycle().timebox {
        Some(set) if set == timebox => Ok(Vec::new()),
        Some(set) if set.end != timebox.end => Err(Refusal::EndIsFixed { set: set.end, asked: timebox.end }),
        Some(_) | None => Ok(vec![Event::TimeboxSet(timebox)]),
    }
}

pub(super) fn assess(bet: &Known, item: Item, clarity: Clarity) -> Result<Vec<Event>, Refusal> {
    while_planning(bet, "assess-handoff-item")?;
    if bet.cycle().checklist.clarity(item) == clarity {
        return Ok(Vec::new());
    }
    Ok(vec![Event::HandoffItemAssessed(item, clarity)])
}
