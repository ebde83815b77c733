//! The instances that are not over: those that go on, and those that had a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use verdict_kernel::process::Process;

use crate::process::Live;
use crate::process::instance::Instance;
use crate::process::trouble::Trouble;

/// See the module. Who takes an instance gives it back, or says that it is in trouble.
pub(super) struct Kept<P: Process> {
    /// Of all instances here, and of those that were taken.
    subjects: BTreeSet<String>,
    live: BTreeMap<String, Instance<P>>,
    /// None of them is among the live ones.
    troubled: BTreeMap<String, Trouble<P>>,
}

impl<P: Process> Default for Kept<P> {
    fn default() -> Self {
        Self { subjects: BTreeSet::new(), live: BTreeMap::new(), troubled: BTreeMap::new() }
    }
}

impl<P: Process> Kept<P> {
    /// The subjects, in order; those in trouble are among them.
    pub(super) const fn subjects(&self) -> Live<'_> {
        Live::new(&self.subjects)
    }

    /// The instances that go on, in the order of their subjects.
    pub(super) fn live(&self) -> impl Iterator<Item = &Instance<P>> {
        self.live.values()
    }

    pub(super) fn live_mut(&mut self) -> impl Iterator<Item = &mut Instance<P>> {
        self.live.values_mut()
    }

    pub(super) fn take(&mut self, subject: &str) -> Option<Instance<P>> {
        self.live.remove(subject)
    }

    /// Keeps the instance, unless it is over.
    pub(super) fn put(&mut self, instance: Instance<P>) {
        if instance.is_over() {
            self.subjects.remove(&instance.subject);
        } else {
            self.subjects.insert(instance.subject.clone());
            self.live.insert(instance.subject.clone(), instance);
        }
    }

    /// The instance is set aside, for longer than the last time.
    pub(super) fn trouble(&mut self, subject: &str, now: Duration) -> &mut Trouble<P> {
        self.live.remove(subject);
        self.subjects.insert(subject.to_owned());
        let trouble = self.troubled.entry(subject.to_owned()).or_default();
        trouble.again_after(now);
        trouble
    }

    pub(super) const fn troubled(&self) -> &BTreeMap<String, Trouble<P>> {
        &self.troubled
    }

    pub(super) fn troubled_mut(&mut self, subject: &str) -> Option<&mut Trouble<P>> {
        self.troubled.get_mut(subject)
    }

    /// The instance was loaded again, and is among the live ones if it is not over.
    pub(super) fn healed(&mut self, subject: &str) -> Option<Trouble<P>> {
        if !self.live.contains_key(subject) {
            self.subjects.remove(subject);
        }
        self.troubled.remove(subject)
    }

    pub(super) fn has(&self, subject: &str) -> bool {
        self.live.contains_key(subject)
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}
