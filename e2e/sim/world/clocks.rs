//! The clocks: the world's, which the log stamps its events by, and one for each replica, which somebody may set.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::{Clock, ManualClock, SignedDuration, Timestamp, between};

/// See the module. Machine time goes by alike for everybody.
pub(super) struct Clocks {
    world: Arc<ManualClock>,
    own: Vec<Arc<ManualClock>>,
    /// How far each replica's clock is ahead of the world's.
    ahead: Vec<SignedDuration>,
    of_day: bool,
}

impl Clocks {
    /// Clocks that agree. Where they are not `of_day`, business time is moved by hand, for everybody at once.
    pub(super) fn new(start: Timestamp, replicas: usize, of_day: bool) -> Self {
        let clock = || Arc::new(if of_day { ManualClock::of_day(start) } else { ManualClock::at(start) });
        let own = (0..replicas).map(|_| clock()).collect();
        Self { world: clock(), own, ahead: vec![SignedDuration::ZERO; replicas], of_day }
    }

    pub(super) fn world(&self) -> Arc<ManualClock> {
        self.world.clone()
    }

    pub(super) fn of(&self, replica: usize) -> Arc<ManualClock> {
        self.own[replica].clone()
    }

    /// Whether they tell the time of day, so that a replica's clock can be wrong.
    pub(super) fn are_of_day(&self) -> bool {
        self.of_day
    }

    pub(super) fn now(&self) -> Timestamp {
        self.world.now()
    }

    pub(super) fn monotonic(&self) -> Duration {
        self.world.monotonic()
    }

    pub(super) fn advance(&self, by: Duration) {
        self.world.advance(by);
        self.own.iter().for_each(|clock| clock.advance(by));
    }

    /// Moves business time alone.
    pub(super) fn advance_to(&self, to: Timestamp) {
        let by = SignedDuration::try_from(between(self.now(), to)).unwrap_or(SignedDuration::MAX);
        self.world.step(by);
        self.own.iter().for_each(|clock| clock.step(by));
    }

    /// Somebody sets the clock of a replica.
    pub(super) fn step(&mut self, replica: usize, by: SignedDuration) {
        self.own[replica].step(by);
        self.ahead[replica] = self.ahead[replica].saturating_add(by);
    }

    pub(super) fn are_right(&self) -> bool {
        self.ahead.iter().all(SignedDuration::is_zero)
    }

    /// Every clock is right again.
    pub(super) fn set_right(&mut self) {
        for replica in 0..self.own.len() {
            self.step(replica, -self.ahead[replica]);
        }
    }
}
