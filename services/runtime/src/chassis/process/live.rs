//! The subjects that a rim may name when it says whom an event concerns.

use std::collections::BTreeSet;

/// The subjects of the instances that are not over, in order.
#[derive(Debug, Clone, Copy)]
pub struct Live<'a>(&'a BTreeSet<String>);

impl<'a> Live<'a> {
    pub const fn new(subjects: &'a BTreeSet<String>) -> Self {
        Self(subjects)
    }

    /// Whether nothing is looked after.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn all(self) -> impl Iterator<Item = &'a String> {
        self.0.iter()
    }

    /// Those of what `whose` names: they begin with it and a slash. The others are not looked at.
    pub fn of(self, whose: &str) -> impl Iterator<Item = &'a String> + use<'a> {
        let begin = format!("{whose}/");
        self.0.range(begin.clone()..).take_while(move |subject| subject.starts_with(&begin))
    }
}
