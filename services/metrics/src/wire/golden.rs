//! What every wire module has to show: events read back as they were, and stored payloads keep their bytes.

use std::fmt::Debug;
use std::path::Path;

use verdict_runtime::wire::{EventOf, Wire};

/// Encodes and decodes each event, and compares its payload with the one under `fixtures`. `UPDATE=1` writes
/// payloads that are missing; one that is there is never overwritten, because logs hold it.
pub(super) fn check<W: Wire>(events: impl IntoIterator<Item = EventOf<W>>)
where
    EventOf<W>: PartialEq + Debug,
{
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for event in events {
        let stored = W::encode(&event);
        let path = folder.join(format!("{}.json", stored.event_type));
        if std::env::var_os("UPDATE").is_some() && !path.exists() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, [&stored.data[..], b"\n"].concat()).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap();
        assert_eq!(golden.trim_end(), String::from_utf8_lossy(&stored.data), "{}", stored.event_type);
        let read = W::decode(stored.event_type, golden.trim_end().as_bytes());
        assert_eq!(read, Ok(Some(event)));
    }
}
