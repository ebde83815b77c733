//! What is off at this edge by hand: as it is served, told and kept.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verdict_kernel::clock::Timestamp;

use crate::snapshot::Scope;

/// A flag that is off here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Off {
    /// As the file is called.
    pub(crate) key: String,
    pub(crate) environment: String,
    pub(crate) reason: String,
    /// Hash of the content; empty until it could be read.
    pub(crate) content: String,
    /// When this edge took it on.
    pub(crate) since: Timestamp,
    /// The log has it, at this position; empty where it had it already.
    pub(crate) carried: Option<String>,
    /// Somebody has revived the flag in the log since.
    pub(crate) revived: bool,
}

/// Everything that is off here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offs {
    by_key: BTreeMap<(String, String), Off>,
    /// What cannot be read, and why: what was off there stays off.
    pub(crate) unreadable: Vec<String>,
}

/// Environment, and key without case.
fn place(environment: &str, key: &str) -> (String, String) {
    (environment.to_owned(), key.to_lowercase())
}

impl Offs {
    pub(crate) fn of(offs: impl IntoIterator<Item = Off>) -> Self {
        let by_key = offs.into_iter().map(|off| (place(&off.environment, &off.key), off));
        Self { by_key: by_key.collect(), unreadable: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_key.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Off> {
        self.by_key.values()
    }

    /// Why the flag is off here; `None` when it is not.
    pub(crate) fn get(&self, scope: &Scope, key: &str) -> Option<&Off> {
        if self.by_key.is_empty() {
            return None;
        }
        self.by_key.get(&place(&scope.environment, key))
    }

    /// What is off under this key in any case.
    pub(crate) fn at(&self, environment: &str, key: &str) -> Option<&Off> {
        self.by_key.get(&place(environment, key))
    }

    /// The keys that are off in `scope`.
    pub(crate) fn of_scope(&self, scope: &Scope) -> impl Iterator<Item = &str> {
        let of_scope = self.by_key.keys().filter(|(environment, _)| *environment == scope.environment);
        of_scope.map(|(_, key)| key.as_str())
    }

    /// What people should know.
    pub(crate) fn remark(&self) -> Option<String> {
        let state = |off: &Off| match (&off.carried, off.revived) {
            (None, _) => "not in the log yet",
            (Some(_), false) => "killed in the log",
            (Some(_), true) => "revived in the log, and off here until the file is removed",
        };
        let line = |off: &Off| format!("{}/{} ({})", off.environment, off.key, state(off));
        let off: Vec<String> = self.iter().map(line).collect();
        let off = (!off.is_empty()).then(|| format!("off by hand here: {}", off.join(", ")));
        let remarks: Vec<String> = off.into_iter().chain(self.unreadable.iter().cloned()).collect();
        (!remarks.is_empty()).then(|| remarks.join("; "))
    }

    /// The same once the log is known to have, or to lack, what `carried` says; an off that is another one by now is
    /// left as it is.
    pub(crate) fn with(&self, carried: &Off) -> Self {
        let mut offs = self.clone();
        let place = place(&carried.environment, &carried.key);
        if let Some(off) = offs.by_key.get_mut(&place)
            && off.since == carried.since
        {
            off.carried.clone_from(&carried.carried);
            off.revived = carried.revived;
        }
        offs
    }
}
