//! An instance that had a fault: when it is looked at again, and what waits for it.

use std::collections::VecDeque;
use std::time::Duration;

use verdict_kernel::process::{Process, Progress};

use super::instance::pause;
use crate::log::Recorded;

/// See the module.
pub(super) struct Trouble<P: Process> {
    until: Duration,
    faults: u32,
    /// What happened to it meanwhile, in the order of the log: the oldest, the log keeps it all.
    waiting: VecDeque<(Recorded, Vec<Progress<P::Fact>>)>,
    /// More has happened to it than is kept here.
    overflowed: bool,
}

/// Most of what happens to an instance in trouble that waits for it in memory.
pub(super) const MOST: usize = 256;

impl<P: Process> Default for Trouble<P> {
    fn default() -> Self {
        Self { until: Duration::ZERO, faults: 0, waiting: VecDeque::new(), overflowed: false }
    }
}

impl<P: Process> Trouble<P> {
    /// The monotonic time at which the instance is looked at again.
    pub(super) const fn until(&self) -> Duration {
        self.until
    }

    /// One more fault at `now`: twice as long each time.
    pub(super) fn again_after(&mut self, now: Duration) {
        self.until = now + pause(self.faults);
        self.faults += 1;
    }

    /// This happened to the instance as well.
    pub(super) fn later(&mut self, event: Recorded, noted: Vec<Progress<P::Fact>>) {
        if self.waiting.len() < MOST {
            self.waiting.push_back((event, noted));
        } else {
            self.overflowed = true;
        }
    }

    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Whether something that happened to it is found in the log alone.
    pub(super) const fn has_overflowed(&self) -> bool {
        self.overflowed
    }

    /// What has waited longest.
    pub(super) fn first(&self) -> Option<(Recorded, Vec<Progress<P::Fact>>)> {
        self.waiting.front().map(|(event, noted)| (event.clone(), noted.clone()))
    }

    /// What has waited longest was noted.
    pub(super) fn noted(&mut self) {
        self.waiting.pop_front();
    }
}
