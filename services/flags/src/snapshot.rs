//! What an edge serves at one moment: complete, never changed after it was made, shared by every request.

use std::collections::BTreeMap;
use std::sync::Arc;

use arc_swap::ArcSwapOption;
use verdict_flag_evaluator::Compiled;
use verdict_kernel::clock::Timestamp;
use verdict_runtime::log::Position;

/// The flags that are visible together: those of one organisation in one environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    pub org: String,
    pub environment: String,
}

/// A flag in its set.
#[derive(Debug, Clone)]
pub struct Served {
    /// Version of its exposure.
    pub version: u32,
    /// Why it cannot be served, where its definition is faulty.
    pub compiled: Result<Compiled, String>,
}

/// The flags of one scope by key.
#[derive(Debug, Clone, Default)]
pub struct FlagSet {
    flags: BTreeMap<Box<str>, Arc<Served>>,
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
    pub(crate) sets: Arc<BTreeMap<Scope, Arc<FlagSet>>>,
}

/// The serving side of an edge: cheap to clone, and ready once its follower has read to the head of the log.
#[derive(Debug, Clone)]
pub struct Edge {
    current: Arc<ArcSwapOption<Snapshot>>,
    scope: Arc<Scope>,
}

impl FlagSet {
    /// The flag with this key; `None` when there is none or it is archived.
    pub fn get(&self, key: &str) -> Option<&Served> {
        self.flags.get(key).map(Arc::as_ref)
    }

    /// The flags in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Served)> {
        self.flags.iter().map(|(key, served)| (&**key, &**served))
    }

    pub(crate) fn insert(&mut self, key: &str, served: Arc<Served>) {
        self.flags.insert(key.into(), served);
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

impl Edge {
    /// An edge that is not ready, and serves `scope` to callers that name no other environment.
    pub(crate) fn unready(scope: Scope) -> Self {
        Self { current: Arc::default(), scope: Arc::new(scope) }
    }

    /// What is served now; `None` until the edge is ready.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.current.load_full()
    }

    /// The scope of callers that name no environment.
    pub fn default_scope(&self) -> &Scope {
        &self.scope
    }

    /// Swaps in `next`, unless it is older than what is served already.
    pub(crate) fn publish(&self, next: Snapshot) {
        let older = match (self.current.load().as_deref(), &next.position) {
            (None, _) => false,
            (Some(served), None) => served.position.is_some(),
            (Some(served), Some(position)) => {
                served.position.as_ref().is_some_and(|own| position.covers(own) == Some(false))
            }
        };
        if older {
            tracing::error!("kept the served flags, because older ones were offered");
        } else {
            self.current.store(Some(Arc::new(next)));
        }
    }
}
