//! An instance as its history tells it.

use super::{Next, Past, Process, Progress};
use crate::clock::Timestamp;

/// What is remembered of an instance: what its facts taught it, and its past.
pub struct Memory<P: Process> {
    pub(super) known: P::Known,
    past: Past,
}

impl<P: Process> Default for Memory<P> {
    fn default() -> Self {
        Self { known: P::Known::default(), past: Past::default() }
    }
}

impl<P: Process> Clone for Memory<P> {
    fn clone(&self) -> Self {
        Self { known: self.known.clone(), past: self.past.clone() }
    }
}

impl<P: Process> Memory<P> {
    /// What is remembered once `progress` was written as well.
    #[must_use]
    pub fn after<'a>(mut self, progress: impl IntoIterator<Item = &'a Progress<P::Fact>>) -> Self
    where
        P::Fact: 'a,
    {
        progress.into_iter().for_each(|progress| self.note(progress));
        self
    }

    /// Remembers what was written next.
    pub fn note(&mut self, progress: &Progress<P::Fact>) {
        self.past.note(progress);
        if let Progress::Noted(fact) = progress {
            self.known = P::learn(std::mem::take(&mut self.known), fact, &self.past);
        }
    }

    /// What the process wants now: steps that were not recorded yet, and nothing once its end was.
    #[must_use]
    pub fn next(&self) -> Next<P::Action> {
        if self.past.has_ended() {
            return Next::over();
        }
        let next = P::next(&self.known, &self.past);
        Next { steps: self.past.left_of(next.steps), ..next }
    }

    /// What the instance has done and what has passed.
    #[must_use]
    pub const fn past(&self) -> &Past {
        &self.past
    }

    /// Whether the instance is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.next().over
    }

    /// `progress` and what it leads to besides itself: deadlines that begin to run, and the end.
    #[must_use]
    pub fn with_consequences(&self, progress: Vec<Progress<P::Fact>>) -> Vec<Progress<P::Fact>> {
        let after = self.clone().after(&progress);
        let next = after.next();
        let begins = |(name, due): &(&'static str, Timestamp)| !self.past.is_set(name, *due);
        let set =
            |(name, due): (&'static str, Timestamp)| Progress::DeadlineSet { name: name.to_owned(), due };
        let mut all = progress;
        all.extend(next.deadlines.into_iter().filter(begins).map(set));
        if next.over && !self.is_over() {
            all.push(Progress::Ended);
        }
        all
    }

    /// Whether somebody must look after the fact, and this instance does not any more.
    #[must_use]
    pub fn begins_another(&self, fact: &P::Fact) -> bool {
        P::begins_another(&self.known, &self.past, fact)
    }
}
