//! An attempt under way: what is due, and until when it waits.

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::process::{Outcome, Step};

use super::{Action, Note, step};
use crate::rollout::plan::Move;

/// The first wait before a shut gate is asked again; each further one is twice as long.
pub const FIRST_WAIT: Duration = Duration::from_mins(15);
/// The code of a refusal that says that a newer wish of the rollout came first.
const OUTDATED: &str = "exposure_outdated";
/// Keeps the numbers of releases of two rounds apart.
const RELEASES_A_ROUND: u32 = 1_000;
/// Doublings after which the waits stay the same.
const LONGEST_WAIT: u32 = 7;

/// An attempt under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Following {
    note: Note,
    /// Counts the notes.
    round: u32,
    /// Holds released so far.
    released: usize,
    exposed: bool,
    /// The flag took the exposure of this step, or must not take it any more.
    shown: bool,
    /// The code of the refusal of the exposure, until the rollout was told.
    refused: Option<String>,
    /// Times that the waiting for this step's gate has ended.
    pub(super) waits: u32,
    /// Evaluations asked for and answered, over all steps.
    asked: u32,
    answered: u32,
    pub(super) gate: Gate,
    pub(super) overdue: Overdue,
}

/// What the gate of the present step said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    Unasked,
    Shut,
    Open,
    /// Open, and the way on was taken.
    Passed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overdue {
    NotYet,
    Passed,
    Marked,
}

impl Following {
    pub(super) fn begin(note: Note) -> Self {
        Self {
            released: 0,
            note,
            round: 1,
            exposed: false,
            shown: false,
            refused: None,
            waits: 0,
            asked: 0,
            answered: 0,
            gate: Gate::Unasked,
            overdue: Overdue::NotYet,
        }
    }

    /// A further step of the same attempt: exposure and soak anew, what is overdue stays unless it was extended. A step that only goes on is not
    /// exposed again: somebody may have taken a part of it away meanwhile.
    pub(super) fn next(self, note: Note) -> Self {
        let goes_on =
            (note.stage, note.step, note.attempt) == (self.note.stage, self.note.step, self.note.attempt);
        let shown = self.shown && goes_on;
        let later = note.overdue_at > self.note.overdue_at;
        Self {
            exposed: shown,
            shown,
            round: self.round + 1,
            asked: self.asked,
            answered: self.asked,
            overdue: if later { Overdue::NotYet } else { self.overdue },
            ..Self::begin(note)
        }
    }

    /// The flag was turned off or killed: what it was not told yet came before that.
    pub(super) fn withdraw(&mut self) {
        self.released = self.note.releases.len();
        self.exposed = true;
        self.shown = true;
        self.refused = None;
    }

    pub(super) const fn ask(&mut self) {
        self.asked += 1;
        self.gate = Gate::Unasked;
    }

    pub(super) fn record(&mut self, step: &str, attempt: u32, outcome: &Outcome) {
        match step {
            "release_hold" => self.released += 1,
            "expose" if attempt == self.round => {
                self.exposed = true;
                self.shown = *outcome == Outcome::Done;
                self.refused = match outcome {
                    Outcome::Refused(code) if code != OUTDATED => Some(code.clone()),
                    Outcome::Refused(_) | Outcome::Done => None,
                };
            }
            "stop" => self.refused = None,
            "evaluate" => self.answered = self.answered.max(attempt),
            "enter" | "advance" | "complete" if attempt == self.asked => {
                self.gate = if *outcome == Outcome::Done { Gate::Passed } else { Gate::Shut };
            }
            "overdue" => self.overdue = Overdue::Marked,
            _other_step => {}
        }
    }

    pub(super) fn exposing(&self) -> Vec<Step<Action>> {
        let flag = self.note.flag;
        if let Some(cause) = self.note.releases.get(self.released) {
            let number = u32::try_from(self.released + 1).unwrap_or(u32::MAX);
            let attempt = self.round.saturating_mul(RELEASES_A_ROUND).saturating_add(number);
            vec![step("release_hold", attempt, Action::ReleaseHold { flag, cause: cause.clone() })]
        } else if !self.exposed {
            vec![step("expose", self.round, Action::Expose(Box::new(self.note.clone())))]
        } else if let Some(code) = &self.refused {
            let (rollout, attempt, code) = (self.note.rollout, self.note.attempt, code.clone());
            vec![step("stop", self.round, Action::Stop { rollout, attempt, code })]
        } else {
            Vec::new()
        }
    }

    pub(super) fn due(&self) -> Vec<Step<Action>> {
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
            due.push(step("overdue", self.round, Action::MarkOverdue { rollout, stage, attempt }));
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

    pub(super) fn deadlines(&self) -> Vec<(&'static str, Timestamp)> {
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
