//! Mends that are undone, to see that the simulation notices: a replica sees its log and its store through a
//! view that hides what the mend rests on.

use verdict_runtime::log::{Recorded, restored};
use verdict_runtime::observations::Row;

/// A mend that is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sabotage {
    #[default]
    None,
    /// Nobody sees that a flag is held.
    Hold,
    /// Nobody recognises a command that was carried out before.
    CommandMemory,
    /// Nobody sees which epoch wrote an event.
    Epoch,
    /// Whoever takes over finds nothing of what was under way.
    Recovery,
    /// Nobody hears that the log went back.
    Restored,
    /// Nobody sees that a breach is critical, so that a second one adds nothing to the first.
    SecondBreach,
    /// The newest windows of a metric are not found in the store by whoever did not take them.
    Comparison,
}

/// What a replica sees without the mend.
impl Sabotage {
    /// An event of the log; `None` = it is not seen.
    pub(crate) fn event(self, mut event: Recorded) -> Option<Recorded> {
        let replaced =
            |bytes: &[u8], from: &str, to: &str| String::from_utf8_lossy(bytes).replace(from, to).into();
        match self {
            Self::Hold => event.data = replaced(&event.data, "\"hold\":true", "\"hold\":false"),
            Self::CommandMemory => {
                event.metadata = replaced(&event.metadata, "\"commandId\":\"", "\"commandId\":\"x");
            }
            Self::Epoch => event.metadata = replaced(&event.metadata, "\"epoch\":", "\"was\":"),
            Self::Recovery if event.event_type.ends_with(".Checkpoint.Stored.v1") => {
                event.data = without(&event.data, "live");
            }
            Self::Restored if &*event.stream == restored::STREAM => return None,
            Self::SecondBreach if event.event_type.ends_with(".GuardrailBreached.v1") => {
                event.data = replaced(&event.data, "\"critical\":true", "\"critical\":false");
            }
            Self::None | Self::Comparison | Self::Recovery | Self::Restored | Self::SecondBreach => {}
        }
        Some(event)
    }

    /// The newest rows of a metric, as they are compared with what came in.
    pub(crate) fn newest(self, rows: Vec<Row>) -> Vec<Row> {
        if self == Self::Comparison { Vec::new() } else { rows }
    }
}

/// The document without one of its fields.
fn without(data: &[u8], field: &str) -> Vec<u8> {
    let mut document: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(data).unwrap_or_default();
    document.remove(field);
    serde_json::to_vec(&document).unwrap_or_default()
}
