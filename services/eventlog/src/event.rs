//! An event before and after it is recorded, and the checksum that guards its row.

use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

/// An event to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Recognises a repeated append.
    pub id: Uuid,
    /// 1 to 1,000 bytes.
    pub event_type: String,
    /// Whether `data` is JSON; the log does not check it.
    pub is_json: bool,
    pub data: Vec<u8>,
    pub metadata: Vec<u8>,
}

/// Where a link event points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTarget {
    pub stream: String,
    pub revision: u64,
}

impl LinkTarget {
    /// Reads the payload of a link event, `<revision>@<stream>`.
    pub(crate) fn parse(data: &[u8]) -> Option<Self> {
        let (revision, stream) = std::str::from_utf8(data).ok()?.split_once('@')?;
        Some(Self { stream: stream.to_owned(), revision: revision.parse().ok()? })
    }
}

/// An event of the log. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Place in the log, from 1, strictly increasing; gaps are deleted events.
    pub position: u64,
    pub stream: Arc<str>,
    /// Place in the stream, gapless from 0.
    pub revision: u64,
    pub id: Uuid,
    pub event_type: Arc<str>,
    pub is_json: bool,
    pub data: Bytes,
    pub metadata: Bytes,
    /// Microseconds since the Unix epoch, by the clock of the log.
    pub created_unix_micros: i64,
    /// Set on events of type `$>` whose payload names a target.
    pub link: Option<LinkTarget>,
}

/// The type of an event that stands for an event of another stream.
pub(crate) const LINK_TYPE: &str = "$>";
/// The last event of a stream that was closed for ever.
pub(crate) const TOMBSTONE_TYPE: &str = "$streamDeleted";

impl Recorded {
    /// Bytes that the event holds in memory, roughly.
    pub(crate) fn weight(&self) -> usize {
        self.data.len() + self.metadata.len() + size_of::<Self>()
    }

    /// A 64-bit digest of everything that the row holds; it finds damage, it does not stop a forger.
    pub(crate) fn checksum(&self) -> u64 {
        let mut digest = Digest::new();
        digest.number(self.position);
        digest.bytes(self.stream.as_bytes());
        digest.number(self.revision);
        digest.bytes(self.id.as_bytes());
        digest.bytes(self.event_type.as_bytes());
        digest.number(u64::from(self.is_json));
        digest.number(self.created_unix_micros.cast_unsigned());
        digest.bytes(&self.metadata);
        digest.bytes(&self.data);
        digest.finish()
    }
}

/// FNV-1a over words of eight bytes: each multiplication spreads one word upwards, the shift brings
/// high bits down again, so a single changed bit always changes the result.
struct Digest(u64);

impl Digest {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    const fn number(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.number(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.number(u64::from_le_bytes(last));
    }

    const fn finish(&self) -> u64 {
        self.0
    }
}
