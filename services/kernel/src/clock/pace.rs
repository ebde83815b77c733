//! Wall time beside the machine's own, which nothing sets: a wall clock that steps is noticed wherever it is read.
//!
//! A step is settled when the wall clock has gone back to where it would be, or when as much machine time has passed
//! as it came to. Until then a time that was reached may not have been waited for; after it every such time has been.

use std::fmt;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::TOLERANCE;

/// A wall clock that went further than the machine's, or less far, and is not settled yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How much further; negative: back.
    pub by: SignedDuration,
    /// By the wall clock when it was noticed.
    pub noticed_at: Timestamp,
    /// Machine time until it is settled by waiting.
    pub left: SignedDuration,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { by, noticed_at, left } = self;
        let way = if by.is_negative() { "back" } else { "ahead" };
        let by = by.abs();
        write!(
            f,
            "the wall clock stepped {way} by {by:#}, noticed at {noticed_at}; settled once it is set right, or in {left:#}"
        )
    }
}

/// Compares the two clocks each time that it is told both.
#[derive(Debug)]
pub struct Pace {
    last: (Timestamp, SignedDuration),
    unsettled: Option<Unsettled>,
}

#[derive(Debug, Clone, Copy)]
struct Unsettled {
    by: SignedDuration,
    noticed_at: Timestamp,
    /// Machine time at which waiting has settled it.
    until: SignedDuration,
}

impl Pace {
    /// Both clocks at one moment that is taken for right.
    pub fn from(wall: Timestamp, machine: Duration) -> Self {
        Self { last: (wall, signed(machine)), unsettled: None }
    }

    /// Both clocks now; answers with the step that is not settled.
    pub fn look(&mut self, wall: Timestamp, machine: Duration) -> Option<Step> {
        let machine = signed(machine);
        let (wall_before, machine_before) = self.last;
        self.last = (wall, machine);
        let went = wall.duration_since(wall_before);
        let by = went.saturating_sub(machine.saturating_sub(machine_before));
        if by.abs() > TOLERANCE {
            let former = self.unsettled.map_or(SignedDuration::ZERO, |step| step.by);
            let by = former.saturating_add(by);
            let until = machine.saturating_add(by.abs());
            self.unsettled = (by.abs() > TOLERANCE).then_some(Unsettled { by, noticed_at: wall, until });
        }
        self.unsettled = self.unsettled.filter(|step| step.until > machine);
        let left = |step: Unsettled| step.until.saturating_sub(machine);
        self.unsettled.map(|step| Step { by: step.by, noticed_at: step.noticed_at, left: left(step) })
    }

    /// The wall clock was found to be right now: what it did before does not count.
    pub const fn settle(&mut self) {
        self.unsettled = None;
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::{Clock, ManualClock};
    use super::*;

    const DAY: SignedDuration = SignedDuration::from_hours(24);

    struct Watched(ManualClock, Pace);

    impl Watched {
        fn new() -> Self {
            let clock = ManualClock::of_day(Timestamp::UNIX_EPOCH + DAY);
            let pace = Pace::from(clock.now(), clock.monotonic());
            Self(clock, pace)
        }

        fn passes(&mut self, passes: SignedDuration) -> Option<SignedDuration> {
            self.0.advance(passes.unsigned_abs());
            self.looks()
        }

        fn steps(&mut self, by: SignedDuration) -> Option<SignedDuration> {
            self.0.step(by);
            self.looks()
        }

        fn looks(&mut self) -> Option<SignedDuration> {
            self.1.look(self.0.now(), self.0.monotonic()).map(|step| step.by)
        }
    }

    #[test]
    fn clause_24_a_clock_that_keeps_pace_has_not_stepped_however_long_nobody_looked() {
        let mut watched = Watched::new();
        assert_eq!(watched.passes(DAY * 40), None);
        assert_eq!(watched.steps(TOLERANCE), None);
        assert_eq!(watched.steps(-TOLERANCE), None);
    }

    #[test]
    fn clause_24_a_step_either_way_is_unsettled_until_as_much_machine_time_has_passed() {
        for by in [DAY * 3, -DAY * 3] {
            let mut watched = Watched::new();
            assert_eq!(watched.steps(by), Some(by));
            assert_eq!(watched.passes(DAY * 3 - SignedDuration::from_secs(1)), Some(by));
            assert_eq!(watched.passes(SignedDuration::from_secs(1)), None);
            assert_eq!(watched.looks(), None);
        }
    }

    #[test]
    fn clause_24_a_clock_that_is_set_back_to_where_it_would_be_is_settled_at_once() {
        let mut watched = Watched::new();
        assert_eq!(watched.steps(DAY * 3), Some(DAY * 3));
        assert_eq!(watched.passes(DAY), Some(DAY * 3));
        assert_eq!(watched.steps(-DAY), Some(DAY * 2));
        assert_eq!(watched.steps(-DAY * 2), None);
    }

    #[test]
    fn clause_24_a_step_says_which_way_how_far_and_what_settles_it() {
        let mut watched = Watched::new();
        watched.0.step(-DAY);
        let step = watched.1.look(watched.0.now(), watched.0.monotonic()).unwrap();
        let told = "the wall clock stepped back by 24h, noticed at 1970-01-01T00:00:00Z; \
                    settled once it is set right, or in 24h";
        assert_eq!(step.to_string(), told);
    }
}
