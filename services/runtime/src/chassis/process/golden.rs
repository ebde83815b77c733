//! Support for tests of rims of processes: facts read back as they were, and stored payloads keep their bytes.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use verdict_stored::{DecodeError, FactOf, ProcessWire, golden};

/// Reads each fact back, and compares the first of each type with its golden payload; see [`golden`]. `facts` holds every
/// kind of fact that the process has.
pub fn check<W: ProcessWire>(root: impl AsRef<Path>, facts: impl IntoIterator<Item = FactOf<W>>)
where
    FactOf<W>: PartialEq + Debug,
{
    let mut checked = BTreeSet::new();
    for fact in facts {
        let stored = W::encode(&fact);
        assert_eq!(W::decode(&stored.event_type, &stored.data).as_ref(), Ok(&fact));
        if checked.insert(stored.event_type.to_string()) {
            golden::reads_back(root.as_ref(), &stored, &fact, W::decode);
            let other = format!("{}0", stored.event_type);
            assert_eq!(W::decode(&other, &stored.data), Err(DecodeError::UnknownType), "{other}");
        }
    }
    let of_table: BTreeSet<String> = W::FACTS.iter().map(ToString::to_string).collect();
    assert_eq!(checked, of_table, "the types checked, and those of the process");
}
