//! Support for tests of rims: events read back as they were, and stored payloads keep their bytes.
//!
//! A golden payload is a file `fixtures/<event type>.json` of the crate under test. With `UPDATE` set, payloads
//! that are missing are written; one that is there is never overwritten, because logs hold it. Everything here
//! fails by an assertion.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use serde_json::Value;

use crate::{DecodeError, EventOf, Stored, Wire};

#[cfg(test)]
mod tests;

/// Encodes each event, compares its payload with the golden one and reads that back. `events` holds every kind of event
/// that the aggregate has. `root` is the folder of the crate: `env!("CARGO_MANIFEST_DIR")`.
pub fn check<W: Wire>(root: impl AsRef<Path>, events: impl IntoIterator<Item = EventOf<W>>)
where
    EventOf<W>: PartialEq + Debug,
{
    let mut checked = BTreeSet::new();
    for event in events {
        let stored = W::encode(&event);
        reads_back(root.as_ref(), &stored, &Some(event), W::decode);
        checked.insert(stored.event_type.into_owned());
    }
    let of_table: BTreeSet<String> = W::EVENTS.iter().map(ToString::to_string).collect();
    assert_eq!(checked, of_table, "the types checked, and those of the aggregate");
}

/// Compares the payload with the golden one and reads that back as `wanted`: as it is, and as a later version writes
/// it.
pub fn reads_back<T: PartialEq + Debug>(
    root: impl AsRef<Path>,
    stored: &Stored,
    wanted: &T,
    decode: impl Fn(&str, &[u8]) -> Result<T, DecodeError>,
) {
    let golden = payload(root, &stored.event_type, &stored.data);
    for data in [of_tomorrow(&golden), golden] {
        let read = decode(&stored.event_type, &data);
        assert_eq!(read.as_ref(), Ok(wanted), "{}", String::from_utf8_lossy(&data));
    }
}

/// The golden payload of the type, which `data` has to equal.
pub fn payload(root: impl AsRef<Path>, event_type: &str, data: &[u8]) -> Vec<u8> {
    let folder = root.as_ref().join("fixtures");
    let path = folder.join(format!("{event_type}.json"));
    if std::env::var_os("UPDATE").is_some() && !path.exists() {
        std::fs::create_dir_all(&folder).expect("the folder of the payloads is made");
        std::fs::write(&path, [data, b"\n"].concat()).expect("the payload is written");
    }
    let golden = std::fs::read_to_string(&path).expect(event_type);
    assert_eq!(golden.trim_end(), String::from_utf8_lossy(data), "{event_type}");
    golden.trim_end().as_bytes().to_vec()
}

/// The payload as a later version may write it: every object holds a field that this version does not know.
pub fn of_tomorrow(payload: &[u8]) -> Vec<u8> {
    let mut value = serde_json::from_slice(payload).expect("a payload is JSON");
    grow(&mut value);
    serde_json::to_vec(&value).expect("a value is written as JSON")
}

fn grow(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(grow);
            fields.insert("ofTomorrow".to_owned(), serde_json::json!({ "seen": [1, "two"] }));
        }
        Value::Array(items) => items.iter_mut().for_each(grow),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
