//! The contracts that this program was built with, read once.

use std::sync::LazyLock;

use verdict_contract::{Contract, Kind};

/// What the contracts say.
pub fn contract() -> &'static Contract {
    static READ: LazyLock<Contract> =
        LazyLock::new(|| Contract::committed().expect("a test reads the committed descriptors"));
    &READ
}

/// The kinds that people have anything to do with.
pub fn kinds() -> &'static [Kind] {
    static KINDS: LazyLock<Vec<Kind>> =
        LazyLock::new(|| contract().kinds().into_iter().filter(Kind::is_for_people).collect());
    &KINDS
}

/// A kind by its name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.name == name)
}
