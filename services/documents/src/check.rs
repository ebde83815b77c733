//! What types cannot say: fields that have to fit each other. Everything that is asked here needs no platform.

use std::collections::BTreeMap;

use crate::finding::{Path, Problem};
use crate::node::quoted;
use crate::words::Key;

/// A part of a document whose fields have to fit each other.
pub(crate) trait Check {
    /// Adds what does not fit; `at` leads to this part.
    fn check(&self, at: &Path, checker: &mut Checker);
}

/// What was found so far.
#[derive(Default)]
pub(crate) struct Checker {
    problems: Vec<Problem>,
}

impl Checker {
    pub(crate) fn add(&mut self, at: &Path, found: impl Into<String>, wanted: impl Into<String>) {
        self.problems.push(Problem::new(at, found, wanted));
    }

    /// Each name stands once.
    pub(crate) fn distinct(
        &mut self,
        what: &str,
        names: impl Iterator<Item = String>,
        at: impl Fn(usize) -> Path,
    ) {
        let mut seen = BTreeMap::new();
        for (index, name) in names.enumerate() {
            let found = format!("the {what} \"{name}\" for a second time");
            if seen.insert(name, index).is_some() {
                self.add(&at(index), found, format!("each {what} once"));
            }
        }
    }

    /// The key of a metric is part of names in which case tells apart, so it has no capitals.
    pub(crate) fn metric(&mut self, at: &Path, key: &Key) {
        if key.as_str() != key.folded() {
            let wanted = format!("{}: keys of metrics have no capitals", quoted(&key.folded()));
            self.add(at, quoted(key.as_str()), wanted);
        }
    }

    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}
