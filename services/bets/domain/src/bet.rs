//! A bet: a hypothesis with a metric and a timebox, from the first idea to a recorded decision.
//!
//! ```text
//!  Proposed -> Discovering -> Shaping -> Shaped -> Building -> RollingOut -> Measuring
//!      |                        ^  ^                  |            |             |
//!      +------ zero to one -----+  |                  +-----+------+-------------+  timebox ends
//!                                  |                        v
//!                                  +------ iterate -- RetrospectiveDue -- scale --> Scaled
//!                                                           +------------ kill ---> Killed
//!  before anything is exposed: withdraw -> Withdrawn;  a decision by mistake: reopen -> where it was
//! ```
//!
//! Invariants:
//! 1. Past Proposed there is a whole hypothesis; past Shaped there are metrics and a timebox (B1, B2, B3).
//! 2. The end of a timebox moves by a declared slip only, and each cycle has a timebox of its own (B3, B12).
//! 3. Iterations never exceed the limit, and the limit never exceeds [`MAX_ITERATIONS`] (B10).
//! 4. What anybody outside the team has seen leaves by a decision only, and is scaled only if somebody has (B4, L12).

use std::collections::BTreeMap;

use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, known};
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::mode::Mode;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

pub mod cost;
pub mod decision;
pub mod handoff;
pub mod hypothesis;
pub mod metrics;
mod planning;
mod refusal;
pub mod state;
pub mod timebox;

pub use decision::{Decision, Iteration, KillReason, Signal};
pub use hypothesis::Hypothesis;
pub use refusal::Refusal;
pub use state::{Attached, Known, Phase, State};
pub use timebox::{Slip, Timebox};

use cost::PersonDays;
use handoff::{Clarity, Item};
use metrics::{MetricTarget, Wish};
use state::Stretch;

/// How often a bet may be iterated when its proposer says nothing (rule B10).
pub const DEFAULT_ITERATIONS: u32 = 2;
/// How often any bet may be iterated (rule B10).
pub const MAX_ITERATIONS: u32 = 3;

/// What a bet starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub title: String,
    pub mode: Mode,
    pub hypothesis: Option<Hypothesis>,
    /// 0 to [`MAX_ITERATIONS`].
    pub iteration_limit: u32,
    /// What the team is ready to spend.
    pub appetite: Option<PersonDays>,
}

/// How far the rollouts of a bet ever exposed it, as their context says (rules B4, L12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nobody but the team has seen it.
    Team,
    /// This rollout has shown it to others.
    Outside(RolloutId),
}

/// A guardrail took the exposure of this rollout back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollback {
    pub rollout: RolloutId,
    pub stage: String,
    pub attempt: u32,
    /// Event id of the breach.
    pub breach: String,
}

/// What a decision on a bet rests on besides its state. Each command needs one of them at the most.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// By key: the types that the definitions of metrics have now.
    pub metric_types: BTreeMap<String, MetricType>,
    /// The rollout to attach, with the flag that it exposes.
    pub attached: Option<Attached>,
    pub reach: Option<Reach>,
    /// What the leading metrics of the bet say.
    pub signals: Option<Vec<Signal>>,
}

impl Facts {
    fn known_reach(&self) -> Result<Reach, Blockers> {
        known(self.reach.as_ref(), "how far the rollouts of the bet got").copied()
    }
}

/// What may be asked of a bet.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Propose(Proposal),
    StateHypothesis(Hypothesis),
    StartDiscovery,
    StartShaping,
    AgreeMetrics(Vec<Wish>),
    SetTimebox(Timebox),
    DeclareSlip(Slip),
    MarkShaped,
    AssessHandoffItem(Item, Clarity),
    /// `override_fuzzy` overrides rule B13 with the reason of the command.
    HandOff {
        override_fuzzy: bool,
    },
    AttachRollout {
        rollout: RolloutId,
        /// What the caller takes its flag to be, if anything.
        flag: Option<FlagId>,
    },
    StartMeasuring,
    RecordCost(PersonDays),
    NoteRollback(Rollback),
    EndTimebox,
    /// `None` = to conclude now and to decide later.
    Conclude(Option<Decision>),
    Withdraw,
    Reopen,
}

/// What happened to a bet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Proposed(Proposal),
    HypothesisStated(Hypothesis),
    DiscoveryStarted,
    ShapingStarted,
    MetricsAgreed(Vec<MetricTarget>),
    TimeboxSet(Timebox),
    SlipDeclared(Slip),
    Shaped,
    HandoffItemAssessed(Item, Clarity),
    HandedOff,
    RolloutAttached(Attached),
    MeasuringStarted,
    CostRecorded(PersonDays),
    RollbackNoted(Rollback),
    TimeboxEnded,
    Scaled,
    Iterated(Iteration),
    Killed { reason: KillReason, learnings: Vec<String> },
    Withdrawn,
    Reopened { reason: String },
}

/// Every command, and the command that undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Propose", "Withdraw"),
    ("StateHypothesis", "StateHypothesis with the former text"),
    ("StartDiscovery", "Withdraw"),
    ("StartShaping", "StartDiscovery"),
    ("AgreeMetrics", "AgreeMetrics with the former list"),
    ("SetTimebox", "SetTimebox for the start, DeclareSlip for the end"),
    ("DeclareSlip", "DeclareSlip back to the former end"),
    ("MarkShaped", "StartShaping"),
    ("AssessHandoffItem", "AssessHandoffItem"),
    ("HandOff", "Withdraw"),
    ("AttachRollout", "Conclude with a kill, whose wind-down takes the rollout back"),
    ("StartMeasuring", "AttachRollout of what ships next"),
    ("RecordCost", "RecordCost with the negative amount"),
    ("NoteRollback", "none: it is a fact that the rollout reports"),
    ("EndTimebox", "Reopen"),
    ("Conclude", "Reopen"),
    ("Withdraw", "Reopen"),
    ("Reopen", "Conclude, Withdraw or EndTimebox again"),
];

/// What a command comes to.
type Ruled = Result<verdict_kernel::decision::Decision<Event>, Blockers>;

/// The aggregate.
#[derive(Debug)]
pub struct Bet;

impl Decider for Bet {
    const CATEGORY: &'static str = "bets.bet";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(state: &State, command: Command, facts: &Facts, issued: &Issued) -> Ruled {
        match state {
            State::Absent => match command {
                Command::Propose(proposal) => propose(proposal),
                Command::StateHypothesis(_)
                | Command::StartDiscovery
                | Command::StartShaping
                | Command::AgreeMetrics(_)
                | Command::SetTimebox(_)
                | Command::DeclareSlip(_)
                | Command::MarkShaped
                | Command::AssessHandoffItem(..)
                | Command::HandOff { .. }
                | Command::AttachRollout { .. }
                | Command::StartMeasuring
                | Command::RecordCost(_)
                | Command::NoteRollback(_)
                | Command::EndTimebox
                | Command::Conclude(_)
                | Command::Withdraw
                | Command::Reopen => Err(Refusal::NotProposed.into()),
            },
            State::Known(bet) => decide_known(bet, command, facts, issued),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.after(event)
    }
}

fn decide_known(bet: &Known, command: Command, facts: &Facts, issued: &Issued) -> Ruled {
    match command {
        Command::Propose(_) => Err(Refusal::AlreadyProposed.into()),
        Command::StateHypothesis(hypothesis) => planning::state_hypothesis(bet, hypothesis, issued),
        Command::StartDiscovery => planning::start_discovery(bet),
        Command::StartShaping => planning::start_shaping(bet, issued),
        Command::AgreeMetrics(wishes) => planning::agree_metrics(bet, wishes, facts, issued),
        Command::SetTimebox(timebox) => planning::set_timebox(bet, timebox, issued),
        Command::DeclareSlip(slip) => declare_slip(bet, slip, issued),
        Command::MarkShaped => planning::mark_shaped(bet),
        Command::AssessHandoffItem(item, clarity) => planning::assess(bet, item, clarity),
        Command::HandOff { override_fuzzy } => hand_off(bet, override_fuzzy, issued),
        Command::AttachRollout { rollout, .. } => attach_rollout(bet, rollout, facts),
        Command::StartMeasuring => start_measuring(bet),
        Command::RecordCost(amount) => record_cost(bet, amount),
        Command::NoteRollback(rollback) => note_rollback(bet, rollback),
        Command::EndTimebox => end_timebox(bet),
        Command::Conclude(decision) => decision::conclude(bet, decision, facts, issued),
        Command::Withdraw => withdraw(bet, facts),
        Command::Reopen => reopen(bet, issued),
    }
}

fn propose(proposal: Proposal) -> Ruled {
    if proposal.iteration_limit > MAX_ITERATIONS {
        return Err(Refusal::LimitTooHigh(proposal.iteration_limit).into());
    }
    Ok(vec![Event::Proposed(proposal)].into())
}

/// B3: the end moves in the open, while there still is an end to move.
fn declare_slip(bet: &Known, slip: Slip, issued: &Issued) -> Ruled {
    match bet.phase.stretch() {
        Stretch::Planning | Stretch::Delivering => {}
        Stretch::Deciding | Stretch::Over => return Err(Refusal::out_of_phase("declare-slip", bet).into()),
    }
    let timebox = bet.cycle().timebox;
    if timebox.is_some_and(|timebox| timebox.end == slip.new_end) {
        return Ok(Vec::new().into());
    }
    let mut ruling = Ruling::of(issued);
    ruling.demand(timebox.is_some(), || Refusal::TimeboxMissing);
    slip.judge(timebox, &mut ruling);
    ruling.decide(vec![Event::SlipDeclared(slip)])
}

/// The hand-off moment. The order of the rules is B4, B3, B2, B5, B13: what takes longest to mend comes first.
fn hand_off(bet: &Known, override_fuzzy: bool, issued: &Issued) -> Ruled {
    if bet.phase == Phase::Building {
        return Ok(Vec::new().into());
    }
    planning::while_planning(bet, "hand-off")?;
    let mut ruling = Ruling::of(issued).overriding(override_fuzzy);
    ruling.demand(bet.phase == Phase::Shaped, || Refusal::skipped("hand-off", Phase::Shaped, bet));
    let cycle = bet.cycle();
    ruling.demand(cycle.timebox.is_some(), || Refusal::TimeboxMissing);
    if let Some(timebox) = cycle.timebox {
        timebox.judge(&mut ruling);
    }
    metrics::judge_handoff(&bet.metrics, bet.mode, &mut ruling);
    // An override that says nothing is refused, needed or not.
    let explained = !override_fuzzy || !issued.reason.trim().is_empty();
    ruling.demand(explained, || Refusal::OverrideUnexplained);
    handoff::judge(&cycle.checklist, bet.mode, explained, &mut ruling);
    ruling.decide(vec![Event::HandedOff])
}

fn attach_rollout(bet: &Known, rollout: RolloutId, facts: &Facts) -> Ruled {
    let asked = facts.attached.as_ref().filter(|attached| attached.rollout == rollout);
    let attached = *known(asked, "the flag that the rollout exposes")?;
    if let Some(before) = bet.rollouts.iter().find(|before| before.rollout == rollout) {
        return match (before.flag, attached.flag) {
            (before, now) if before == now => Ok(Vec::new().into()),
            // What was attached before its flag was known gets it now.
            (None, Some(_)) if bet.phase.stretch() != Stretch::Over => {
                Ok(vec![Event::RolloutAttached(attached)].into())
            }
            (None | Some(_), None | Some(_)) => Err(Refusal::RolloutHasAnotherFlag(rollout).into()),
        };
    }
    match bet.phase.stretch() {
        Stretch::Planning => Err(Refusal::skipped("attach-rollout", Phase::Building, bet).into()),
        Stretch::Delivering => Ok(vec![Event::RolloutAttached(attached)].into()),
        Stretch::Deciding | Stretch::Over => Err(Refusal::out_of_phase("attach-rollout", bet).into()),
    }
}

fn start_measuring(bet: &Known) -> Ruled {
    match bet.phase {
        Phase::RollingOut => Ok(vec![Event::MeasuringStarted].into()),
        Phase::Measuring => Ok(Vec::new().into()),
        Phase::Proposed | Phase::Discovering | Phase::Shaping | Phase::Shaped | Phase::Building => {
            Err(Refusal::skipped("start-measuring", Phase::RollingOut, bet).into())
        }
        Phase::RetrospectiveDue | Phase::Scaled | Phase::Killed | Phase::Withdrawn => {
            Err(Refusal::out_of_phase("start-measuring", bet).into())
        }
    }
}

/// B24: what was spent is known before anyone calls it too much.
fn record_cost(bet: &Known, amount: PersonDays) -> Ruled {
    match bet.phase.stretch() {
        Stretch::Planning | Stretch::Delivering | Stretch::Deciding => {}
        Stretch::Over => return Err(Refusal::out_of_phase("record-cost", bet).into()),
    }
    if amount == PersonDays::ZERO {
        return Ok(Vec::new().into());
    }
    if bet.cost.plus(amount) < PersonDays::ZERO {
        return Err(Refusal::CostBelowZero { recorded: bet.cost, amount }.into());
    }
    Ok(vec![Event::CostRecorded(amount)].into())
}

/// A fact from the rollout: true in every phase, also when the decision was faster.
fn note_rollback(bet: &Known, rollback: Rollback) -> Ruled {
    if bet.rollbacks.contains(&rollback) {
        return Ok(Vec::new().into());
    }
    if !bet.is_attached(rollback.rollout) {
        return Err(Refusal::RolloutNotAttached(rollback.rollout).into());
    }
    Ok(vec![Event::RollbackNoted(rollback)].into())
}

fn end_timebox(bet: &Known) -> Ruled {
    match bet.phase.stretch() {
        Stretch::Delivering => Ok(vec![Event::TimeboxEnded].into()),
        Stretch::Deciding => Ok(Vec::new().into()),
        Stretch::Planning => Err(Refusal::skipped("end-timebox", Phase::Building, bet).into()),
        Stretch::Over => Err(Refusal::out_of_phase("end-timebox", bet).into()),
    }
}

/// L12: only before anyone outside the team saw it. Afterwards it needs a decision.
fn withdraw(bet: &Known, facts: &Facts) -> Ruled {
    match bet.phase.stretch() {
        Stretch::Planning | Stretch::Delivering | Stretch::Deciding => match facts.known_reach()? {
            Reach::Team => Ok(vec![Event::Withdrawn].into()),
            Reach::Outside(rollout) => Err(Refusal::SeenOutside(rollout).into()),
        },
        Stretch::Over if bet.phase == Phase::Withdrawn => Ok(Vec::new().into()),
        Stretch::Over => Err(Refusal::out_of_phase("withdraw", bet).into()),
    }
}

/// P2: a decision by mistake is answered by an event that says why.
fn reopen(bet: &Known, issued: &Issued) -> Ruled {
    let decided = match bet.phase {
        Phase::RetrospectiveDue | Phase::Scaled | Phase::Killed | Phase::Withdrawn => true,
        // The decision to iterate can be taken back until the new cycle is handed off.
        Phase::Discovering | Phase::Shaping | Phase::Shaped => bet.iteration() > 0,
        Phase::Proposed | Phase::Building | Phase::RollingOut | Phase::Measuring => false,
    };
    let reason = issued.reason.trim();
    let mut ruling = Ruling::of(issued);
    ruling.demand(decided, || Refusal::NothingToReopen(bet.phase));
    ruling.demand(!reason.is_empty(), || Refusal::ReopenWithoutReason);
    ruling.decide(vec![Event::Reopened { reason: reason.to_owned() }])
}

#[cfg(test)]
mod tests;
