//! What an edge serves at one moment: complete, never changed after it was made, shared by every request.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use verdict_flag_evaluator::Compiled;
use verdict_kernel::clock::Timestamp;
use verdict_runtime::log::Position;

use crate::wire::Placed;

/// The flags that are visible together: those of one organisation in one environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub org: String,
    pub environment: String,
}

/// A flag in its set.
#[derive(Debug, Clone)]
pub struct Served {
    pub id: String,
    /// Version of its exposure.
    pub version: u32,
    /// Why it cannot be served, where its definition is faulty.
    pub compiled: Result<Compiled, String>,
    pub(crate) placed: Option<Placed>,
    /// Of everything that an answer is made from besides the context.
    pub(crate) digest: [u8; 32],
}

/// The flags of one scope by key.
#[derive(Debug, Clone, Default)]
pub struct FlagSet {
    flags: BTreeMap<Box<str>, Arc<Served>>,
    fingerprint: [u8; 32],
}

/// All flags at one position of the log.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// How far the log was read; `None` for an empty log.
    pub position: Option<Position>,
    /// Position and time of the last event of a flag: what an answer depends on besides its context.
    pub changed: Option<(Position, Timestamp)>,
    /// Events that this version could not read.
    pub skipped: u64,
    /// It was not read from the log as that is now: it comes from the disk, or the log has been replaced since.
    pub former: bool,
    pub(crate) sets: Arc<BTreeMap<Scope, Arc<FlagSet>>>,
}

impl FlagSet {
    /// The set of these flags.
    pub(crate) fn of(flags: BTreeMap<Box<str>, Arc<Served>>) -> Self {
        let mut hash = Sha256::new();
        for (key, served) in &flags {
            hash.update((key.len() as u64).to_le_bytes());
            hash.update(key.as_bytes());
            hash.update(served.digest);
        }
        Self { flags, fingerprint: hash.finalize().into() }
    }

    /// The flag with this key; `None` when there is none or it is archived.
    pub fn get(&self, key: &str) -> Option<&Served> {
        self.flags.get(key).map(Arc::as_ref)
    }

    /// The flags in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Served)> {
        self.flags.iter().map(|(key, served)| (&**key, &**served))
    }

    /// Differs wherever an answer may differ.
    pub(crate) const fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }
}

impl Snapshot {
    /// The flags of `scope`; `None` when it never had one.
    pub fn set(&self, scope: &Scope) -> Option<&FlagSet> {
        self.sets.get(scope).map(Arc::as_ref)
    }

    /// The flag with this key in `scope`.
    pub fn get(&self, scope: &Scope, key: &str) -> Option<&Served> {
        self.set(scope)?.get(key)
    }

    /// Whether this snapshot includes `position`; `None` when it was made from another log.
    pub fn covers(&self, position: &Position) -> Option<bool> {
        match &self.position {
            Some(own) => own.covers(position),
            None => Some(false),
        }
    }
}
