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
use verdict_kernel::process::{Next, Past, Process, Step};

use crate::audience::Audience;
use crate::plan::Move;
use crate::stage::StageName;

mod following;

use following::{Following, RELEASE_HOLD};

pub use following::FIRST_WAIT;

const FOLLOW: &str = "follow";
const TURN_OFF: &str = "turn_off";
const SCHEDULE_CLEANUP: &str = "schedule_cleanup";

/// From the end of a rollout to the clean-up of its flag (rule F4).
pub const CLEANUP_AFTER: Duration = Duration::from_hours(30 * 24);

/// A stage or step to look after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub rollout: RolloutId,
    pub flag: FlagId,
    pub stage: StageName,
    /// Its position in the plan.
    pub stage_index: u32,
    pub attempt: u32,
    pub leg: Leg,
    pub exposure: Audience,
    pub soaked_at: Timestamp,
    /// `None` = open end.
    pub overdue_at: Option<Timestamp>,
    /// The platform promotes.
    pub automatic: bool,
    /// Events of the rollout that the exposure follows from.
    pub rollout_revision: u32,
    /// Causes of holds of the flag that a resume answered; they are released, and no others (rule R11).
    pub releases: Vec<String>,
    /// Version of the flag that the exposure was decided on (rule R24).
    pub flag_version: u32,
}

/// A step of the stage, and where an open gate leads from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub step: usize,
    pub next: Move,
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

/// What the facts told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Known {
    #[default]
    Nothing,
    Following(Box<Following>),
    /// The rollout is told what happened to its flag.
    Telling {
        rollout: RolloutId,
        what: ByHand,
        event: String,
    },
    Closing {
        rollout: RolloutId,
        flag: FlagId,
        cleanup_due: Option<Timestamp>,
    },
    /// The attempt is over.
    Over,
}

/// See the module.
#[derive(Debug, Clone, Copy)]
pub struct StagePromotion;

impl Process for StagePromotion {
    const NAME: &'static str = "stage-promotion";
    type Known = Known;
    type Fact = Fact;
    type Action = Action;

    fn learn(known: Known, fact: &Fact, past: &Past) -> Known {
        match known {
            Known::Nothing => first(fact, past),
            Known::Following(following) => followed(following, fact, past),
            Known::Telling { .. } | Known::Closing { .. } | Known::Over => known,
        }
    }

    fn next(known: &Known, past: &Past) -> Next<Action> {
        match known {
            Known::Nothing => Next::nothing(),
            Known::Following(following) => following.next(past),
            Known::Telling { rollout, what, event } => {
                let follow = Action::Follow { rollout: *rollout, what: *what, event: event.clone() };
                past.in_order([Step::new(FOLLOW, 1, follow)])
            }
            Known::Closing { rollout, flag, cleanup_due } => {
                past.in_order(closing(*rollout, *flag, *cleanup_due))
            }
            Known::Over => Next::over(),
        }
    }
}

/// A completed rollout leaves its flag on and due for clean-up; an aborted one turns it off and only then gives it back.
fn closing(rollout: RolloutId, flag: FlagId, cleanup_due: Option<Timestamp>) -> Vec<Step<Action>> {
    cleanup_due.map_or_else(
        || {
            vec![
                Step::new(TURN_OFF, 1, Action::TurnOff { flag, rollout }),
                Step::new(RELEASE_HOLD, 1, Action::GiveBack { flag, rollout }),
            ]
        },
        |due| vec![Step::new(SCHEDULE_CLEANUP, 1, Action::ScheduleCleanup { flag, due })],
    )
}

/// What an instance is there for is said by its first fact.
fn first(fact: &Fact, past: &Past) -> Known {
    match fact {
        Fact::StageNoted(note) => {
            Known::Following(Box::new(Following::begin(note.as_ref().clone(), past.now())))
        }
        Fact::Closed { rollout, flag, cleanup_due } => {
            Known::Closing { rollout: *rollout, flag: *flag, cleanup_due: *cleanup_due }
        }
        Fact::FlagNoted { rollout, what, event } => {
            Known::Telling { rollout: *rollout, what: *what, event: event.clone() }
        }
        Fact::EvidenceNoted { .. } | Fact::AnswerNoted | Fact::GateNoted { .. } | Fact::Stopped(_) => {
            Known::Nothing
        }
    }
}

fn followed(mut following: Box<Following>, fact: &Fact, past: &Past) -> Known {
    match fact {
        Fact::StageNoted(note) => *following = following.further(note.as_ref().clone(), past),
        Fact::EvidenceNoted { .. } | Fact::AnswerNoted => following.ask_again(past),
        Fact::GateNoted { open } => following.answer(*open, past),
        Fact::FlagNoted { what: ByHand::TurnedOff | ByHand::Killed | ByHand::CutBack, .. } => {
            following.withdraw();
            following.pause();
        }
        Fact::Stopped(Stop::Paused) => following.pause(),
        Fact::Stopped(Stop::Left | Stop::RolledBack | Stop::Over) => return Known::Over,
        Fact::FlagNoted { what: ByHand::Undone, .. } | Fact::Closed { .. } => {}
    }
    Known::Following(following)
}

#[cfg(test)]
mod tests;
