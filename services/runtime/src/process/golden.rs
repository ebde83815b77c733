//! Support for tests of rims of processes: facts read back as they were, and stored payloads keep their bytes.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use verdict_kernel::process::Process;
use verdict_stored::{DecodeError, golden};

use super::Rim;

/// Reads each fact back, and compares the first of each type with its golden payload; see [`golden`]. Returns how many
/// types there are.
pub fn check<P: Process, R: Rim<P>>(root: impl AsRef<Path>, facts: impl IntoIterator<Item = P::Fact>) -> usize
where
    P::Fact: PartialEq + Debug,
{
    let mut types = BTreeSet::new();
    for fact in facts {
        let stored = R::encode(&fact);
        assert_eq!(R::decode(&stored.event_type, &stored.data).as_ref(), Ok(&fact));
        if types.insert(stored.event_type.clone()) {
            golden::reads_back(root.as_ref(), &stored, &fact, R::decode);
            let other = format!("{}0", stored.event_type);
            assert_eq!(R::decode(&other, &stored.data), Err(DecodeError::UnknownType), "{other}");
        }
    }
    types.len()
}
