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

use verdict_kernel::decider::Decider;
use verdict_kernel::id::RolloutId;
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Warning;
use verdict_kernel::rule::RuleId;

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
use handoff::{Clarity, Item, Override};
use metrics::MetricTarget;
use state::Stretch;

/// How often a bet may be iterated when its proposer says nothing (rule B10).
pub const DEFAULT_ITERATIONS: u32 = 2;
/// How often any bet may be iterated (rule B10).
pub const MAX_ITERATIONS: u32 = 3;
/// Longest title, in characters.
pub const MAX_TITLE: usize = 200;
/// Longest belief, outcome, learning or other free text, in characters.
pub const MAX_TEXT: usize = 2_000;

/// How strict the team's life cycle is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    ZeroToOne,
    Scaling,
}

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

/// What may be asked of a bet.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Propose(Proposal),
    StateHypothesis(Hypothesis),
    StartDiscovery,
    StartShaping,
    AgreeMetrics(Vec<MetricTarget>),
    SetTimebox(Timebox),
    DeclareSlip(Slip),
    MarkShaped,
    AssessHandoffItem(Item, Clarity),
    /// `override_fuzzy` overrides rule B13 with the reason of the command.
    HandOff {
        override_fuzzy: bool,
    },
    AttachRollout(Attached),
    StartMeasuring,
    RecordCost(PersonDays),
    NoteRollback(Rollback),
    EndTimebox,
    /// `None` = to conclude now and to decide later.
    Conclude(Option<Decision>),
    Withdraw(Reach),
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
    HandedOff {
        override_reason: Option<String>,
    },
    RolloutAttached(Attached),
    MeasuringStarted,
    CostRecorded(PersonDays),
    RollbackNoted(Rollback),
    TimeboxEnded,
    Scaled {
        override_reason: Option<String>,
    },
    Iterated(Iteration),
    Killed {
        reason: KillReason,
        learnings: Vec<String>,
    },
    Withdrawn,
    Reopened {
        reason: String,
    },
    /// Remark of a rule that accepts.
    Warned {
        rule: RuleId,
        sentence: String,
    },
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

/// The aggregate.
#[derive(Debug)]
pub struct Bet;

impl Decider for Bet {
    const CATEGORY: &'static str = "bets.bet";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Refusal = Refusal;

    fn decide(state: &State, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
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
                | Command::AttachRollout(_)
                | Command::StartMeasuring
                | Command::RecordCost(_)
                | Command::NoteRollback(_)
                | Command::EndTimebox
                | Command::Conclude(_)
                | Command::Withdraw(_)
                | Command::Reopen => Err(Refusal::NotProposed),
            },
            State::Known(bet) => decide_known(bet, command, issued),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.after(event)
    }

    fn warning(event: &Event) -> Option<Warning> {
        match event {
            Event::Warned { rule, sentence } => Some(Warning { rule: *rule, sentence: sentence.clone() }),
            Event::Proposed(_)
            | Event::HypothesisStated(_)
            | Event::DiscoveryStarted
            | Event::ShapingStarted
            | Event::MetricsAgreed(_)
            | Event::TimeboxSet(_)
            | Event::SlipDeclared(_)
            | Event::Shaped
            | Event::HandoffItemAssessed(..)
            | Event::HandedOff { .. }
            | Event::RolloutAttached(_)
            | Event::MeasuringStarted
            | Event::CostRecorded(_)
            | Event::RollbackNoted(_)
            | Event::TimeboxEnded
            | Event::Scaled { .. }
            | Event::Iterated(_)
            | Event::Killed { .. }
            | Event::Withdrawn
            | Event::Reopened { .. } => None,
        }
    }
}

fn decide_known(bet: &Known, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Propose(_) => Err(Refusal::AlreadyProposed),
        Command::StateHypothesis(hypothesis) => planning::state_hypothesis(bet, hypothesis),
        Command::StartDiscovery => planning::start_discovery(bet),
        Command::StartShaping => planning::start_shaping(bet),
        Command::AgreeMetrics(metrics) => planning::agree_metrics(bet, metrics),
        Command::SetTimebox(timebox) => planning::set_timebox(bet, timebox),
        Command::DeclareSlip(slip) => declare_slip(bet, slip),
        Command::MarkShaped => planning::mark_shaped(bet),
        Command::AssessHandoffItem(item, clarity) => planning::assess(bet, item, clarity),
        Command::HandOff { override_fuzzy } => hand_off(bet, override_fuzzy, &issued.reason),
        Command::AttachRollout(attached) => attach_rollout(bet, attached),
        Command::StartMeasuring => start_measuring(bet),
        Command::RecordCost(amount) => record_cost(bet, amount),
        Command::NoteRollback(rollback) => note_rollback(bet, rollback),
        Command::EndTimebox => end_timebox(bet),
        Command::Conclude(decision) => decision::conclude(bet, decision, &issued.reason),
        Command::Withdraw(reach) => withdraw(bet, reach),
        Command::Reopen => reopen(bet, &issued.reason),
    }
}

fn propose(proposal: Proposal) -> Result<Vec<Event>, Refusal> {
    if proposal.iteration_limit > MAX_ITERATIONS {
        return Err(Refusal::LimitTooHigh(proposal.iteration_limit));
    }
    Ok(vec![Event::Proposed(proposal)])
}

/// B3: the end moves in the open, while there still is an end to move.
fn declare_slip(bet: &Known, slip: Slip) -> Result<Vec<Event>, Refusal> {
    match bet.phase.stretch() {
        Stretch::Planning | Stretch::Delivering => {}
        Stretch::Deciding | Stretch::Over => return Err(Refusal::out_of_phase("declare-slip", bet)),
    }
    let timebox = bet.cycle().timebox.ok_or(Refusal::TimeboxMissing)?;
    if slip.new_end == timebox.end {
        return Ok(Vec::new());
    }
    slip.check(timebox)?;
    Ok(vec![Event::SlipDeclared(slip)])
}

/// The hand-off moment. The order of refusals is B4, B3, B2, B5, B13: what takes longest to mend comes first.
fn hand_off(bet: &Known, override_fuzzy: bool, reason: &str) -> Result<Vec<Event>, Refusal> {
    match bet.phase {
        Phase::Shaped => {}
        Phase::Proposed | Phase::Discovering | Phase::Shaping => {
            return Err(Refusal::StageSkipped { command: "hand-off", needs: Phase::Shaped, seen: bet.phase });
        }
        Phase::Building => return Ok(Vec::new()),
        Phase::RollingOut
        | Phase::Measuring
        | Phase::RetrospectiveDue
        | Phase::Scaled
        | Phase::Killed
        | Phase::Withdrawn => return Err(Refusal::out_of_phase("hand-off", bet)),
    }
    let cycle = bet.cycle();
    cycle.timebox.ok_or(Refusal::TimeboxMissing)?.check()?;
    metrics::check_handoff(&bet.metrics, bet.mode)?;
    let over = Override::of(override_fuzzy, reason, RuleId::B13)?;
    handoff::check(&cycle.checklist, bet.mode, over)
}

fn attach_rollout(bet: &Known, attached: Attached) -> Result<Vec<Event>, Refusal> {
    if let Some(known) = bet.rollouts.iter().find(|known| known.rollout == attached.rollout) {
        return match (known.flag, attached.flag) {
            (known, given) if known == given => Ok(Vec::new()),
            // What was attached before its flag was known gets it now.
            (None, Some(_)) if bet.phase.stretch() != Stretch::Over => {
                Ok(vec![Event::RolloutAttached(attached)])
            }
            (None | Some(_), None | Some(_)) => Err(Refusal::RolloutHasAnotherFlag(attached.rollout)),
        };
    }
    match bet.phase.stretch() {
        Stretch::Planning => {
            Err(Refusal::StageSkipped { command: "attach-rollout", needs: Phase::Building, seen: bet.phase })
        }
        Stretch::Delivering => Ok(vec![Event::RolloutAttached(attached)]),
        Stretch::Deciding | Stretch::Over => Err(Refusal::out_of_phase("attach-rollout", bet)),
    }
}

fn start_measuring(bet: &Known) -> Result<Vec<Event>, Refusal> {
    match bet.phase {
        Phase::RollingOut => Ok(vec![Event::MeasuringStarted]),
        Phase::Measuring => Ok(Vec::new()),
        Phase::Proposed | Phase::Discovering | Phase::Shaping | Phase::Shaped | Phase::Building => {
            Err(Refusal::StageSkipped {
                command: "start-measuring",
                needs: Phase::RollingOut,
                seen: bet.phase,
            })
        }
        Phase::RetrospectiveDue | Phase::Scaled | Phase::Killed | Phase::Withdrawn => {
            Err(Refusal::out_of_phase("start-measuring", bet))
        }
    }
}

/// B24: what was spent is known before anyone calls it too much.
fn record_cost(bet: &Known, amount: PersonDays) -> Result<Vec<Event>, Refusal> {
    match bet.phase.stretch() {
        Stretch::Planning | Stretch::Delivering | Stretch::Deciding => {}
        Stretch::Over => return Err(Refusal::out_of_phase("record-cost", bet)),
    }
    if amount == PersonDays::ZERO {
        return Ok(Vec::new());
    }
    if bet.cost.plus(amount) < PersonDays::ZERO {
        return Err(Refusal::CostBelowZero { recorded: bet.cost, amount });
    }
    Ok(vec![Event::CostRecorded(amount)])
}

/// A fact from the rollout: true in every phase, also when the decision was faster.
fn note_rollback(bet: &Known, rollback: Rollback) -> Result<Vec<Event>, Refusal> {
    if bet.rollbacks.contains(&rollback) {
        return Ok(Vec::new());
    }
    if !bet.is_attached(rollback.rollout) {
        return Err(Refusal::RolloutNotAttached(rollback.rollout));
    }
    Ok(vec![Event::RollbackNoted(rollback)])
}

fn end_timebox(bet: &Known) -> Result<Vec<Event>, Refusal> {
    match bet.phase.stretch() {
        Stretch::Delivering => Ok(vec![Event::TimeboxEnded]),
        Stretch::Deciding => Ok(Vec::new()),
        Stretch::Planning => {
            Err(Refusal::StageSkipped { command: "end-timebox", needs: Phase::Building, seen: bet.phase })
        }
        Stretch::Over => Err(Refusal::out_of_phase("end-timebox", bet)),
    }
}

/// L12: only before anyone outside the team saw it. Afterwards it needs a decision.
fn withdraw(bet: &Known, reach: Reach) -> Result<Vec<Event>, Refusal> {
    match bet.phase {
        Phase::Proposed
        | Phase::Discovering
        | Phase::Shaping
        | Phase::Shaped
        | Phase::Building
        | Phase::RollingOut
        | Phase::Measuring
        | Phase::RetrospectiveDue => match reach {
            Reach::Team => Ok(vec![Event::Withdrawn]),
            Reach::Outside(rollout) => Err(Refusal::SeenOutside(rollout)),
        },
        Phase::Withdrawn => Ok(Vec::new()),
        Phase::Scaled | Phase::Killed => Err(Refusal::out_of_phase("withdraw", bet)),
    }
}

/// P2: a decision by mistake is answered by an event that says why.
fn reopen(bet: &Known, reason: &str) -> Result<Vec<Event>, Refusal> {
    let reason = reason.trim();
    match bet.phase {
        Phase::RetrospectiveDue | Phase::Scaled | Phase::Killed | Phase::Withdrawn => {}
        // The decision to iterate can be taken back until the new cycle is handed off.
        Phase::Discovering | Phase::Shaping | Phase::Shaped if bet.iteration() > 0 => {}
        Phase::Proposed
        | Phase::Discovering
        | Phase::Shaping
        | Phase::Shaped
        | Phase::Building
        | Phase::RollingOut
        | Phase::Measuring => return Err(Refusal::NothingToReopen(bet.phase)),
    }
    if reason.is_empty() {
        return Err(Refusal::ReopenWithoutReason);
    }
    Ok(vec![Event::Reopened { reason: reason.to_owned() }])
}

#[cfg(test)]
mod tests;
