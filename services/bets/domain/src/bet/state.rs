//! What a bet is at a moment, folded from what happened to it.

use jiff::SignedDuration;
use verdict_kernel::id::{FlagId, RolloutId};

use super::cost::PersonDays;
use super::handoff::Checklist;
use super::metrics::MetricTarget;
use super::{Event, Hypothesis, Mode, Proposal, Rollback, Timebox};

/// Where the bet is in its life cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Proposed,
    Discovering,
    Shaping,
    Shaped,
    Building,
    RollingOut,
    Measuring,
    RetrospectiveDue,
    Scaled,
    Killed,
    Withdrawn,
}

/// The parts of the life cycle that most rules speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Before the hand-off.
    Planning,
    /// From the hand-off to the end of the timebox.
    Delivering,
    Deciding,
    Over,
}

impl Phase {
    /// Every phase, in the order of the life cycle.
    pub const ALL: [Self; 11] = [
        Self::Proposed,
        Self::Discovering,
        Self::Shaping,
        Self::Shaped,
        Self::Building,
        Self::RollingOut,
        Self::Measuring,
        Self::RetrospectiveDue,
        Self::Scaled,
        Self::Killed,
        Self::Withdrawn,
    ];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Discovering => "discovering",
            Self::Shaping => "shaping",
            Self::Shaped => "shaped",
            Self::Building => "building",
            Self::RollingOut => "rolling_out",
            Self::Measuring => "measuring",
            Self::RetrospectiveDue => "retrospective_due",
            Self::Scaled => "scaled",
            Self::Killed => "killed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub(super) const fn stretch(self) -> Stretch {
        match self {
            Self::Proposed | Self::Discovering | Self::Shaping | Self::Shaped => Stretch::Planning,
            Self::Building | Self::RollingOut | Self::Measuring => Stretch::Delivering,
            Self::RetrospectiveDue => Stretch::Deciding,
            Self::Scaled | Self::Killed | Self::Withdrawn => Stretch::Over,
        }
    }
}

/// A rollout that exposes the bet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached {
    pub rollout: RolloutId,
    /// `None` when the change ships without a flag.
    pub flag: Option<FlagId>,
}

/// One turn of the bet: the first, or one that an iteration granted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cycle {
    /// Every text that was stated in this cycle; the last one holds.
    pub hypotheses: Vec<Hypothesis>,
    pub timebox: Option<Timebox>,
    pub checklist: Checklist,
}

impl Cycle {
    pub fn hypothesis(&self) -> Option<&Hypothesis> {
        self.hypotheses.last()
    }
}

/// A bet that was proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub title: String,
    pub mode: Mode,
    pub appetite: Option<PersonDays>,
    pub iteration_limit: u32,
    pub phase: Phase,
    /// The first cycle; those that iterations granted follow in `further`.
    first: Cycle,
    further: Vec<Cycle>,
    /// Length that the first timebox had when it was set; slips do not change it (rule B12).
    pub original_length: Option<SignedDuration>,
    pub metrics: Vec<MetricTarget>,
    pub rollouts: Vec<Attached>,
    /// What was spent so far.
    pub cost: PersonDays,
    pub rollbacks: Vec<Rollback>,
    pub learnings: Vec<String>,
    /// The phases that decisions were taken in, newest last: where a reopened bet goes back to.
    left: Vec<Phase>,
}

/// The state of the aggregate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    Known(Box<Known>),
}

impl State {
    /// The bet, when there is one.
    pub fn known(&self) -> Option<&Known> {
        match self {
            Self::Absent => None,
            Self::Known(bet) => Some(bet),
        }
    }

    pub(super) fn after(self, event: &Event) -> Self {
        match (self, event) {
            (Self::Absent, Event::Proposed(proposal)) => Self::Known(Box::new(Known::new(proposal))),
            // No history has these: facts about a bet that never began, or that began twice.
            (state @ Self::Absent, _) | (state @ Self::Known(_), Event::Proposed(_)) => state,
            (Self::Known(mut bet), event) => {
                bet.apply(event);
                Self::Known(bet)
            }
        }
    }
}

impl Known {
    fn new(proposal: &Proposal) -> Self {
        Self {
            title: proposal.title.clone(),
            mode: proposal.mode,
            appetite: proposal.appetite,
            iteration_limit: proposal.iteration_limit,
            phase: Phase::Proposed,
            first: Cycle { hypotheses: proposal.hypothesis.iter().cloned().collect(), ..Cycle::default() },
            further: Vec::new(),
            original_length: None,
            metrics: Vec::new(),
            rollouts: Vec::new(),
            cost: PersonDays::ZERO,
            rollbacks: Vec::new(),
            learnings: Vec::new(),
            left: Vec::new(),
        }
    }

    /// How often the bet was iterated.
    pub fn iteration(&self) -> u32 {
        u32::try_from(self.further.len()).unwrap_or(u32::MAX)
    }

    /// The cycle that runs.
    pub fn cycle(&self) -> &Cycle {
        self.further.last().unwrap_or(&self.first)
    }

    /// Every cycle, oldest first.
    pub fn cycles(&self) -> impl DoubleEndedIterator<Item = &Cycle> {
        std::iter::once(&self.first).chain(&self.further)
    }

    pub fn is_attached(&self, rollout: RolloutId) -> bool {
        self.rollouts.iter().any(|attached| attached.rollout == rollout)
    }

    fn cycle_mut(&mut self) -> &mut Cycle {
        self.further.last_mut().unwrap_or(&mut self.first)
    }

    fn leave_for(&mut self, phase: Phase) {
        self.left.push(self.phase);
        self.phase = phase;
    }

    fn reopen(&mut self) {
        if self.phase.stretch() == Stretch::Planning {
            self.further.pop();
        }
        self.phase = self.left.pop().unwrap_or(Phase::RetrospectiveDue);
    }

    fn set_timebox(&mut self, timebox: Timebox) {
        if self.further.is_empty() {
            self.original_length = Some(timebox.length());
        }
        self.cycle_mut().timebox = Some(timebox);
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::Proposed(_) => {}
            Event::HypothesisStated(hypothesis) => self.cycle_mut().hypotheses.push(hypothesis.clone()),
            Event::DiscoveryStarted => self.phase = Phase::Discovering,
            Event::ShapingStarted => self.phase = Phase::Shaping,
            Event::MetricsAgreed(metrics) => self.metrics.clone_from(metrics),
            Event::TimeboxSet(timebox) => self.set_timebox(*timebox),
            Event::SlipDeclared(slip) => {
                if let Some(timebox) = &mut self.cycle_mut().timebox {
                    timebox.end = slip.new_end;
                }
            }
            Event::Shaped => self.phase = Phase::Shaped,
            Event::HandoffItemAssessed(item, clarity) => self.cycle_mut().checklist.assess(*item, *clarity),
            Event::HandedOff => self.phase = Phase::Building,
            Event::RolloutAttached(attached) => {
                let known = self.rollouts.iter_mut().find(|known| known.rollout == attached.rollout);
                if let Some(known) = known {
                    known.flag = attached.flag;
                } else {
                    self.rollouts.push(*attached);
                    self.phase = Phase::RollingOut;
                }
            }
            Event::MeasuringStarted => self.phase = Phase::Measuring,
            Event::CostRecorded(amount) => self.cost = self.cost.plus(*amount),
            Event::RollbackNoted(rollback) => self.rollbacks.push(rollback.clone()),
            Event::TimeboxEnded => self.leave_for(Phase::RetrospectiveDue),
            Event::Scaled => self.leave_for(Phase::Scaled),
            Event::Iterated(iteration) => {
                self.leave_for(Phase::Shaping);
                self.further.push(Cycle {
                    hypotheses: vec![iteration.hypothesis.clone()],
                    timebox: Some(iteration.timebox),
                    ..Cycle::default()
                });
            }
            Event::Killed { learnings, .. } => {
                self.leave_for(Phase::Killed);
                self.learnings.extend(learnings.iter().cloned());
            }
            Event::Withdrawn => self.leave_for(Phase::Withdrawn),
            Event::Reopened { .. } => self.reopen(),
        }
    }
}
