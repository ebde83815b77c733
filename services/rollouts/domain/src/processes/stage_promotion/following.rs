//! An attempt under way: what was shown and asked, and what the gate said.

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::process::{Moment, Next, Outcome, Past, Step};

use super::{Action, Note};
use crate::plan::Move;

pub(super) const RELEASE_HOLD: &str = "release_hold";
const EXPOSE: &str = "expose";
const STOP: &str = "stop";
const EVALUATE: &str = "evaluate";
const OVERDUE: &str = "overdue";

const SOAK: &str = "soak";
const MAXIMUM: &str = "maximum";

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
    /// When it was noted: the waiting for the gate of this step begins anew.
    since: Moment,
    /// Counts the notes.
    round: u32,
    /// Nothing is asked. An exposure that was not set before still belongs to the stage.
    paused: bool,
    /// The flag took the exposure with an earlier note, or must not take it any more.
    shown: bool,
    /// Questions that facts led to, over all steps; the others come from deadlines.
    questions: u32,
    /// Questions before this note: nobody waits for their answers.
    before: u32,
    /// What the gate said to which question.
    answer: Option<(u32, bool)>,
    /// From which moment on the maximum counts.
    limited: Moment,
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

impl Following {
    pub(super) const fn begin(note: Note, now: Moment) -> Self {
        Self {
            note,
            since: now,
            round: 1,
            paused: false,
            shown: false,
            questions: 0,
            before: 0,
            answer: None,
            limited: now,
        }
    }

    /// A further step of the same attempt: exposure and soak anew, what is overdue stays unless it was extended. A step that
    /// only goes on is not exposed again: somebody may have taken a part of it away meanwhile. One that has soaked asks its
    /// gate at once and waits on from there: the end of its soak has passed and does not pass again.
    pub(super) fn further(&self, note: Note, past: &Past) -> Self {
        let goes_on = (&note.stage, note.leg.step, note.attempt)
            == (&self.note.stage, self.note.leg.step, self.note.attempt);
        let later = note.overdue_at > self.note.overdue_at;
        let has_soaked = goes_on && note.soaked_at == self.note.soaked_at && self.waits(past) > 0;
        let anew = Self::begin(note, past.now());
        Self {
            since: if has_soaked { self.since } else { anew.since },
            shown: goes_on && (self.shown || past.outcome(EXPOSE, self.round) == Some(&Outcome::Done)),
            round: self.round + 1,
            questions: self.questions + u32::from(has_soaked),
            before: self.asked(past),
            limited: if later { past.now() } else { self.limited },
            ..anew
        }
    }

    /// Until it goes on with a note.
    pub(super) const fn pause(&mut self) {
        self.paused = true;
    }

    /// The flag was turned off or killed: what it was not told yet came before that.
    pub(super) fn withdraw(&mut self) {
        self.note.releases.clear();
        self.shown = true;
    }

    /// Something may have changed what the gate says, if anybody asked already.
    pub(super) fn ask_again(&mut self, past: &Past) {
        self.questions += u32::from(!self.paused && self.waits(past) > 0);
    }

    pub(super) fn answer(&mut self, open: bool, past: &Past) {
        if !self.paused {
            self.answer = Some((self.asked(past), open));
        }
    }

    /// Questions to the gate, over all steps.
    fn asked(&self, past: &Past) -> u32 {
        self.questions + past.times_passed(SOAK, Moment::default())
    }

    /// Times that the waiting for this step's gate has ended.
    fn waits(&self, past: &Past) -> u32 {
        past.times_passed(SOAK, self.since)
    }

    fn gate(&self, past: &Past) -> Gate {
        let asked = self.asked(past);
        match self.answer.filter(|(question, _)| *question == asked) {
            None => Gate::Unasked,
            Some((_, false)) => Gate::Shut,
            Some((_, true)) => match past.outcome(self.way_on(asked).name, asked) {
                None => Gate::Open,
                Some(Outcome::Done) => Gate::Passed,
                Some(Outcome::Refused(_)) => Gate::Shut,
            },
        }
    }

    /// One step at a time: what a resume answered, the exposure, and the word to the rollout that it was refused.
    fn exposing(&self, past: &Past) -> Vec<Step<Action>> {
        let Note { rollout, flag, attempt, ref releases, .. } = self.note;
        let release = |(number, cause): (u32, &String)| {
            let attempt = self.round.saturating_mul(RELEASES_A_ROUND).saturating_add(number);
            Step::new(RELEASE_HOLD, attempt, Action::ReleaseHold { flag, cause: cause.clone() })
        };
        let mut steps: Vec<_> = (1..).zip(releases).map(release).collect();
        if !self.shown {
            steps.push(Step::new(EXPOSE, self.round, Action::Expose(Box::new(self.note.clone()))));
            if let Some(Outcome::Refused(code)) = past.outcome(EXPOSE, self.round)
                && code != OUTDATED
            {
                let stop = Action::Stop { rollout, attempt, code: code.clone() };
                steps.push(Step::new(STOP, self.round, stop));
            }
        }
        past.in_order(steps).steps
    }

    pub(super) fn next(&self, past: &Past) -> Next<Action> {
        let exposing = self.exposing(past);
        if self.paused {
            return Next { steps: exposing, ..Next::nothing() };
        }
        let steps = if exposing.is_empty() { self.asking(past) } else { exposing };
        Next { steps, deadlines: self.deadlines(past), over: false }
    }

    fn asking(&self, past: &Past) -> Vec<Step<Action>> {
        let Note { rollout, ref stage, attempt, .. } = self.note;
        let asked = self.asked(past);
        let mut steps = Vec::new();
        if asked > self.before {
            steps.push(Step::new(
                EVALUATE,
                asked,
                Action::Evaluate { rollout, stage: stage.clone(), attempt },
            ));
        }
        if self.gate(past) == Gate::Open && self.note.automatic {
            steps.push(self.way_on(asked));
        }
        let marked = past.records(OVERDUE).iter().any(|record| record.at > self.limited);
        if past.has_passed(MAXIMUM, self.limited) && !marked {
            let mark = Action::MarkOverdue { rollout, stage: stage.clone(), attempt };
            steps.push(Step::new(OVERDUE, self.round, mark));
        }
        steps
    }

    fn way_on(&self, asked: u32) -> Step<Action> {
        let rollout = self.note.rollout;
        match &self.note.leg.next {
            Move::Step(_) => Step::new("advance", asked, Action::AdvanceStep { rollout }),
            Move::Stage(stage) => {
                Step::new("enter", asked, Action::EnterStage { rollout, stage: stage.clone() })
            }
            Move::Complete => Step::new("complete", asked, Action::Complete { rollout }),
        }
    }

    fn deadlines(&self, past: &Past) -> Vec<(&'static str, Timestamp)> {
        let waits = self.waits(past);
        let ask = match self.gate(past) {
            Gate::Unasked if waits == 0 => Some(self.note.soaked_at),
            Gate::Shut => Some(plus(self.note.soaked_at, waited(waits))),
            Gate::Unasked | Gate::Open | Gate::Passed => None,
        };
        let maximum = self.note.overdue_at.filter(|_| !past.has_passed(MAXIMUM, self.limited));
        let ask = ask.map(|due| (SOAK, due));
        ask.into_iter().chain(maximum.map(|due| (MAXIMUM, due))).collect()
    }
}

/// From the end of the soak to the question after this many.
fn waited(waits: u32) -> Duration {
    let doubled = (1 << waits.min(LONGEST_WAIT)) - 1;
    FIRST_WAIT * (doubled + waits.saturating_sub(LONGEST_WAIT) * (1 << LONGEST_WAIT))
}
