//! Follows one attempt of a stage: exposes the flag, waits for the soak, asks the gate, and goes on where the
//! plan says that the platform promotes.
//!
//! An instance looks after `<rollout>/<attempt>` and is over when the attempt is. What comes after the end of
//! a rollout is an instance of its own, `<rollout>/end`: an aborted rollout gives the flag back, a completed
//! one schedules its clean-up (rule F4).
//!
//! A gate that was shut after the soak is asked again when evidence arrives and after growing waits, because
//! an answer may have been missing for a moment only.

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::process::{Outcome, Process, Progress, Step};

use crate::audience::Audience;
use crate::rollout::plan::Move;
use crate::stage::StageName;

/// From the end of a rollout to the clean-up of its flag (rule F4).
pub const CLEANUP_AFTER: Duration = Duration::from_hours(30 * 24);
/// The first wait before a shut gate is asked again; each further one is twice as long.
pub const FIRST_WAIT: Duration = Duration::from_mins(15);
/// Doublings after which the waits stay the same.
const LONGEST_WAIT: u32 = 7;

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
    /// The flag may be held since a rollback; the resume releases it.
    pub resumed: bool,
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
    /// Because the rollout was aborted; otherwise because it was resumed.
    ReleaseHold {
        flag: FlagId,
        aborted: bool,
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
    /// Paused before the exposure was set; it still belongs to the stage.
    Exposing(Box<Following>),
    Closing {
        rollout: RolloutId,
        flag: FlagId,
        cleanup_due: Option<Timestamp>,
        /// Number of closing steps recorded.
        done: usize,
    },
    Over,
}

/// An attempt under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    note: Note,
    /// Counts the notes: each exposes anew.
    round: u32,
    released: bool,
    exposed: bool,
    /// Times that the waiting for this step's gate has ended.
    waits: u32,
    /// Evaluations asked for and answered, over all steps.
    asked: u32,
    answered: u32,
    gate: Gate,
    overdue: Overdue,
}

/// What the gate of the present step said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gate {
    Unasked,
    Shut,
    Open,
    /// Open, and the way on was taken.
    Passed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Overdue {
    NotYet,
    Passed,
    Marked,
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
            State::Unstarted | State::Over => Vec::new(),
            State::Following(following) => following.due(),
            State::Exposing(following) => following.exposing(),
            State::Closing { rollout, flag, cleanup_due, done } => {
                closing(*rollout, *flag, *cleanup_due).into_iter().skip(*done).collect()
            }
        }
    }

    fn deadlines(state: &State) -> Vec<(&'static str, Timestamp)> {
        match state {
            State::Following(following) => following.deadlines(),
            State::Unstarted | State::Exposing(_) | State::Closing { .. } | State::Over => Vec::new(),
        }
    }

    fn is_over(state: &State) -> bool {
        match state {
            State::Over => true,
            State::Closing { rollout, flag, cleanup_due, done } => {
                *done >= closing(*rollout, *flag, *cleanup_due).len()
            }
            State::Unstarted | State::Following(_) | State::Exposing(_) => false,
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
                step("release_hold", 1, Action::ReleaseHold { flag, aborted: true }),
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
        (State::Following(following), Fact::StageNoted(note)) => {
            State::Following(Box::new(following.next(note.as_ref().clone())))
        }
        (State::Following(mut following), Fact::EvidenceNoted { .. }) => {
            if following.waits > 0 {
                following.ask();
            }
            State::Following(following)
        }
        (State::Following(mut following), Fact::GateNoted { open }) => {
            following.gate = if *open { Gate::Open } else { Gate::Shut };
            State::Following(following)
        }
        (State::Following(following), Fact::Stopped(Stop::Paused)) if !following.exposed => {
            State::Exposing(following)
        }
        (State::Following(_) | State::Exposing(_), Fact::Stopped(_)) => State::Over,
        (
            state @ (State::Unstarted | State::Exposing(_) | State::Closing { .. } | State::Over),
            Fact::StageNoted(_)
            | Fact::EvidenceNoted { .. }
            | Fact::GateNoted { .. }
            | Fact::Stopped(_)
            | Fact::Closed { .. },
        )
        | (state @ State::Following(_), Fact::Closed { .. }) => state,
    }
}

fn recorded(state: State, step: &str, attempt: u32, outcome: &Outcome) -> State {
    match state {
        State::Following(mut following) => {
            following.record(step, attempt, outcome);
            State::Following(following)
        }
        State::Exposing(mut following) => {
            following.record(step, attempt, outcome);
            if following.exposed { State::Over } else { State::Exposing(following) }
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

impl Following {
    fn begin(note: Note) -> Self {
        Self {
            released: !note.resumed,
            note,
            round: 1,
            exposed: false,
            waits: 0,
            asked: 0,
            answered: 0,
            gate: Gate::Unasked,
            overdue: Overdue::NotYet,
        }
    }

    /// A further step of the same attempt: exposure and soak anew, what is overdue stays.
    fn next(self, note: Note) -> Self {
        Self {
            round: self.round + 1,
            asked: self.asked,
            answered: self.asked,
            overdue: self.overdue,
            ..Self::begin(note)
        }
    }

    const fn ask(&mut self) {
        self.asked += 1;
        self.gate = Gate::Unasked;
    }

    fn record(&mut self, step: &str, attempt: u32, outcome: &Outcome) {
        match step {
            "release_hold" => self.released = true,
            "expose" if attempt == self.round => self.exposed = true,
            "evaluate" => self.answered = self.answered.max(attempt),
            "enter" | "advance" | "complete" if attempt == self.asked => {
                self.gate = if *outcome == Outcome::Done { Gate::Passed } else { Gate::Shut };
            }
            "overdue" => self.overdue = Overdue::Marked,
            &_ => {}
        }
    }

    fn exposing(&self) -> Vec<Step<Action>> {
        if !self.released {
            let flag = self.note.flag;
            vec![step("release_hold", 1, Action::ReleaseHold { flag, aborted: false })]
        } else if self.exposed {
            Vec::new()
        } else {
            vec![step("expose", self.round, Action::Expose(Box::new(self.note.clone())))]
        }
    }

    fn due(&self) -> Vec<Step<Action>> {
        let mut due = self.exposing();
        if !due.is_empty() {
            return due;
        }
        let Note { rollout, stage, attempt, .. } = self.note;
        if self.asked > self.answered {
            due.push(step("evaluate", self.asked, Action::Evaluate { rollout, stage, attempt }));
        }
        if self.gate == Gate::Open && self.note.automatic {
            due.push(self.way_on());
        }
        if self.overdue == Overdue::Passed {
            due.push(step("overdue", 1, Action::MarkOverdue { rollout, stage, attempt }));
        }
        due
    }

    fn way_on(&self) -> Step<Action> {
        let rollout = self.note.rollout;
        match self.note.next {
            Move::Step(_) => step("advance", self.asked, Action::AdvanceStep { rollout }),
            Move::Stage(stage) => step("enter", self.asked, Action::EnterStage { rollout, stage }),
            Move::Complete => step("complete", self.asked, Action::Complete { rollout }),
        }
    }

    fn deadlines(&self) -> Vec<(&'static str, Timestamp)> {
        let ask = match self.gate {
            Gate::Unasked if self.waits == 0 => Some(self.note.soaked_at),
            Gate::Shut => Some(plus(self.note.soaked_at, waited(self.waits))),
            Gate::Unasked | Gate::Open | Gate::Passed => None,
        };
        let maximum = match self.overdue {
            Overdue::NotYet => self.note.overdue_at,
            Overdue::Passed | Overdue::Marked => None,
        };
        let ask = ask.map(|due| ("soak", due));
        ask.into_iter().chain(maximum.map(|due| ("maximum", due))).collect()
    }
}

/// From the end of the soak to the question after this many.
fn waited(waits: u32) -> Duration {
    let doubled = (1 << waits.min(LONGEST_WAIT)) - 1;
    FIRST_WAIT * (doubled + waits.saturating_sub(LONGEST_WAIT) * (1 << LONGEST_WAIT))
}

#[cfg(test)]
mod tests;
