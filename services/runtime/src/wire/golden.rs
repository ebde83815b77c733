//! Support for tests of rims: events read back as they were, and stored payloads keep their bytes.
//!
//! A golden payload is a file `fixtures/<event type>.json` of the crate under test. With `UPDATE` set, payloads
//! that are missing are written; one that is there is never overwritten, because logs hold it. Everything here
//! fails by an assertion.

use std::fmt::Debug;
use std::path::Path;

use super::{EventOf, Stored, Wire};

#[cfg(test)]
mod tests;

/// Encodes each event, compares its payload with the golden one and reads that back. `root` is the folder of the
/// crate: `env!("CARGO_MANIFEST_DIR")`.
pub fn check<W: Wire>(root: impl AsRef<Path>, events: impl IntoIterator<Item = EventOf<W>>)
where
    EventOf<W>: PartialEq + Debug,
{
    for event in events {
        let stored = W::encode(&event);
        let golden = payload(root.as_ref(), &stored);
        assert_eq!(W::decode(stored.event_type, &golden), Ok(Some(event)));
    }
}

/// The golden payload of the type, which the stored one has to equal.
pub fn payload(root: impl AsRef<Path>, stored: &Stored) -> Vec<u8> {
    let folder = root.as_ref().join("fixtures");
    let path = folder.join(format!("{}.json", stored.event_type));
    if std::env::var_os("UPDATE").is_some() && !path.exists() {
        std::fs::create_dir_all(&folder).expect("the folder of the payloads is made");
        std::fs::write(&path, [&stored.data[..], b"\n"].concat()).expect("the payload is written");
    }
    let golden = std::fs::read_to_string(&path).expect(stored.event_type);
    assert_eq!(golden.trim_end(), String::from_utf8_lossy(&stored.data), "{}", stored.event_type);
    golden.trim_end().as_bytes().to_vec()
}
