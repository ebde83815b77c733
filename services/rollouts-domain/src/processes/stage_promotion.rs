//! Follows one attempt of a stage: exposes the flag, waits for the soak, asks the gate, and goes on where the
//! plan says that the platform promotes.
//!
//! An instance looks after `<rollout>/<attempt>` and is over when the attempt is. What comes after the end of
//! a rollout is an instance of its own, `<rollout>/end`: an aborted rollout gives the flag back, a completed
//! one schedules its clean-up (rule F4).
//!
//! A gate that was shut after the soak is asked again when evidence arrives, when a guardrail passes again, and after
//! growing waits, because an answer may have been missing for a moment only.
//!
//! A pause keeps the attempt: nothing is asked until it goes on or another one begins. An exposure that the flag refuses
//! pauses the rollout, so that no stage soaks that serves nobody (rule R22). What happens to the flag by hand is an
//! instance of its own, `<rollout>/flag/<revision>`: turned off, killed or cut back, the rollout pauses; a kill undone, it
//! goes on (rules R24, R25). What the attempt had not shown yet when the flag was turned off or killed it never shows.

use std::time::Duration;

use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::process::{Outcome, Process, Progress, Step};

use crate::audience::Audience;
use crate::rollout::plan::Move;
use crate::stage::StageName;

mod following;

use following::{Following, Gate, Overdue};

pub use following::FIRST_WAIT;

/// From the end of a rollout to the clean-up of its flag (rule F4).
pub const CLEANUP_AFTER: Duration = Duration::from_hours(30 * 24);
/// A stage or step to look after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub rollout: RolloutId,
    pub flag: FlagId,
    pub stage: StageName,
    pub attempt: u32,
    pub step: usize,
    pub exposure: Audience,
    pub soaked_at: Timestamp,
    /// `None` = open end.
    pub overdue_at: Option<Timestamp>,
    /// The platform promotes.
    pub automatic: bool,
    pub next: Move,
    /// Events of the rollout that the exposure follows from.
    pub rollout_revision: u32,
    /// Causes of holds of the flag that a resume answered; they are released, and no others (rule R11).
    pub releases: Vec<String>,
    /// Version of the flag that the exposure was decided on (rule R24).
    pub flag_version: u32,
}

/// What happened to the flag of a rollout by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    TurnedOff,
    Killed,
    /// The kill was undone.
    Undone,
    /// It serves a part of what it did: somebody cut it, or the log went back (rules R24, R25).
    CutBack,
}

impl ByHand {
    /// Everything that can happen.
    pub const ALL: [Self; 4] = [Self::TurnedOff, Self::Killed, Self::Undone, Self::CutBack];

    /// In one word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TurnedOff => "off",
            Self::Killed => "killed",
            Self::Undone => "undone",
            Self::CutBack => "cut_back",
        }
    }
}

/// Why an attempt is no longer looked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Another attempt has begun.
    Left,
    /// By a person or because the watch was lost. What is served stays.
    Paused,
    RolledBack,
    /// Completed or aborted.
    Over,
}

impl Stop {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Left, Self::Paused, Self::RolledBack, Self::Over];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Paused => "paused",
            Self::RolledBack => "rolled_back",
            Self::Over => "over",
        }
    }
}

/// What the log tells the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    StageNoted(Box<Note>),
    EvidenceNoted {
        kind: String,
    },
    /// A guardrail of the rollout passes again.
    AnswerNoted,
    FlagNoted {
        rollout: RolloutId,
        what: ByHand,
        /// Event of the flag.
        event: String,
    },
    /// The answer to an evaluation.
    GateNoted {
        open: bool,
    },
    Stopped(Stop),
    /// The rollout is over. `cleanup_due` is set when it was completed, not when it was aborted.
    Closed {
        rollout: RolloutId,
        flag: FlagId,
        cleanup_due: Option<Timestamp>,
    },
}

/// What the process asks of rollout and flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Because a resume answered its cause.
    ReleaseHold {
        flag: FlagId,
        cause: String,
    },
    /// Because the rollout was aborted.
    GiveBack {
        flag: FlagId,
        rollout: RolloutId,
    },
    /// The flag refused the exposure, with this code.
    Stop {
        rollout: RolloutId,
        attempt: u32,
        code: String,
    },
    /// Something happened to the flag by hand.
    Follow {
        rollout: RolloutId,
        what: ByHand,
        event: String,
    },
    Expose(Box<Note>),
    Evaluate {
        rollout: RolloutId,
        stage: StageName,
        attempt: u32,
    },
    EnterStage {
        rollout: RolloutId,
        stage: StageName,
    },
    AdvanceStep {
        rollout: RolloutId,
    },
    Complete {
        rollout: RolloutId,
    },
    MarkOverdue {
        rollout: RolloutId,
        stage: StageName,
        attempt: u32,
    },
    TurnOff {
        flag: FlagId,
        rollout: RolloutId,
    },
    ScheduleCleanup {
        flag: FlagId,
        due: Timestamp,
    },
}

/// What the process remembers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Unstarted,
    Following(Box<Following>),
    /// Nothing is asked. An exposure that was not set before still belongs to the stage.
    Paused(Box<Following>),
    /// The rollout is told what happened to its flag.
    Telling {
        rollout: RolloutId,
        what: ByHand,
        event: String,
        told: bool,
    },
    Closing {
        rollout: RolloutId,
        flag: FlagId,
        cleanup_due: Option<Timestamp>,
        /// Number of closing steps recorded.
        done: usize,
    },
    Over,
}

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct StagePromotion;

impl Process for StagePromotion {
    const NAME: &'static str = "stage-promotion";
    type State = State;
    type Fact = Fact;
    type Action = Action;

    fn evolve(state: State, progress: &Progress<Fact>) -> State {
        match progress {
            Progress::Noted(fact) => noted(state, fact),
            Progress::StepRecorded { step, attempt, outcome } => recorded(state, step, *attempt, outcome),
            Progress::DeadlineSet { .. } => state,
            Progress::DeadlinePassed { name } => passed(state, name),
            Progress::Ended => State::Over,
        }
    }

    fn due(state: &State) -> Vec<Step<Action>> {
        match state {
            State::Unstarted | State::Telling { told: true, .. } | State::Over => Vec::new(),
            State::Following(following) => following.due(),
            State::Paused(following) => following.exposing(),
            State::Telling { rollout, what, event, told: false } => {
                let (rollout, what, event) = (*rollout, *what, event.clone());
                vec![step("follow", 1, Action::Follow { rollout, what, event })]
            }
            State::Closing { rollout, flag, cleanup_due, done } => {
                closing(*rollout, *flag, *cleanup_due).into_iter().skip(*done).collect()
            }
        }
    }

    fn deadlines(state: &State) -> Vec<(&'static str, Timestamp)> {
        match state {
            State::Following(following) => following.deadlines(),
            State::Unstarted
            | State::Paused(_)
            | State::Telling { .. }
            | State::Closing { .. }
            | State::Over => Vec::new(),
        }
    }

    fn is_over(state: &State) -> bool {
        match state {
            State::Over => true,
            State::Closing { rollout, flag, cleanup_due, done } => {
                *done >= closing(*rollout, *flag, *cleanup_due).len()
            }
            State::Telling { told, .. } => *told,
            State::Unstarted | State::Following(_) | State::Paused(_) => false,
        }
    }
}

fn step(name: &'static str, attempt: u32, action: Action) -> Step<Action> {
    Step { name, attempt, cause: None, action }
}

/// A completed rollout leaves its flag on and due for clean-up; an aborted one turns it off and gives it back.
fn closing(rollout: RolloutId, flag: FlagId, cleanup_due: Option<Timestamp>) -> Vec<Step<Action>> {
    cleanup_due.map_or_else(
        || {
            vec![
                step("turn_off", 1, Action::TurnOff { flag, rollout }),
                step("release_hold", 1, Action::GiveBack { flag, rollout }),
            ]
        },
        |due| vec![step("schedule_cleanup", 1, Action::ScheduleCleanup { flag, due })],
    )
}

fn noted(state: State, fact: &Fact) -> State {
    match (state, fact) {
        (State::Unstarted, Fact::StageNoted(note)) => {
            State::Following(Box::new(Following::begin(note.as_ref().clone())))
        }
        (State::Unstarted, Fact::Closed { rollout, flag, cleanup_due }) => {
            State::Closing { rollout: *rollout, flag: *flag, cleanup_due: *cleanup_due, done: 0 }
        }
        (State::Unstarted, Fact::FlagNoted { rollout, what, event }) => {
            State::Telling { rollout: *rollout, what: *what, event: event.clone(), told: false }
        }
        (State::Following(following) | State::Paused(following), Fact::StageNoted(note)) => {
            State::Following(Box::new(following.next(note.as_ref().clone())))
        }
        (State::Following(mut following), Fact::EvidenceNoted { .. } | Fact::AnswerNoted) => {
            if following.waits > 0 {
                following.ask();
            }
            State::Following(following)
        }
        (
            State::Following(mut following) | State::Paused(mut following),
            Fact::FlagNoted { what: ByHand::TurnedOff | ByHand::Killed | ByHand::CutBack, .. },
        ) => {
            following.withdraw();
            State::Paused(following)
        }
        (State::Following(mut following), Fact::GateNoted { open }) => {
            following.gate = if *open { Gate::Open } else { Gate::Shut };
            State::Following(following)
        }
        (State::Following(following) | State::Paused(following), Fact::Stopped(Stop::Paused)) => {
            State::Paused(following)
        }
        (
            State::Following(_) | State::Paused(_),
            Fact::Stopped(Stop::Left | Stop::RolledBack | Stop::Over),
        ) => State::Over,
        (
            state @ (State::Unstarted | State::Telling { .. } | State::Closing { .. } | State::Over),
            Fact::StageNoted(_)
            | Fact::EvidenceNoted { .. }
            | Fact::AnswerNoted
            | Fact::FlagNoted { .. }
            | Fact::GateNoted { .. }
            | Fact::Stopped(_)
            | Fact::Closed { .. },
        )
        | (
            state @ State::Paused(_),
            Fact::EvidenceNoted { .. } | Fact::AnswerNoted | Fact::GateNoted { .. },
        )
        | (
            state @ (State::Following(_) | State::Paused(_)),
            Fact::FlagNoted { what: ByHand::Undone, .. } | Fact::Closed { .. },
        ) => state,
    }
}

fn recorded(state: State, step: &str, attempt: u32, outcome: &Outcome) -> State {
    match state {
        State::Following(mut following) => {
            following.record(step, attempt, outcome);
            State::Following(following)
        }
        State::Paused(mut following) => {
            following.record(step, attempt, outcome);
            State::Paused(following)
        }
        State::Telling { rollout, what, event, told: _ } => {
            State::Telling { rollout, what, event, told: true }
        }
        State::Closing { rollout, flag, cleanup_due, done } => {
            State::Closing { rollout, flag, cleanup_due, done: done + 1 }
        }
        State::Unstarted | State::Over => state,
    }
}

fn passed(state: State, name: &str) -> State {
    let State::Following(mut following) = state else {
        return state;
    };
    if name == "soak" {
        following.waits += 1;
        following.ask();
    } else if name == "maximum" && following.overdue == Overdue::NotYet {
        following.overdue = Overdue::Passed;
    }
    State::Following(following)
}

#[cfg(test)]
mod tests;
