//! Off by hand: a file switches a flag off at this edge, whatever else is dead.
//!
//! ```text
//!   touch DIRECTORY/checkout             off in the environment of callers that name none
//!   touch DIRECTORY/staging/checkout     off in another one
//!   rm    DIRECTORY/checkout             what the log says again
//! ```
//!
//! 1. A file that is there switches its flag off at once, over whatever is served, stale flags included. What stands
//!    in it is the reason, where it can be read. Case does not matter in the name. Names that begin with a dot are
//!    passed over, so the directory may be a mounted set of keys.
//! 2. Only its removal, seen in a directory that can be read, switches the flag on again; never the edge by itself.
//!    What cannot be read is said, and keeps no other file from taking effect (design clause 18).
//! 3. Once the log is read, the off is carried into it as a kill, once: the command id derives from the replica, the
//!    flag, the content and the time at which the off was taken on, which is kept on the disk. A flag that is killed
//!    in the log already is not killed again. Nothing that is off here waits for that: [`Switch`] looks, and
//!    [`Carrier`] carries beside it.
//! 4. A person may revive the flag in the log while the file is there. It stays off here, is not killed again, and
//!    every surface says so until the file is removed.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use verdict_kernel::clock::Timestamp;

use crate::snapshot::Scope;

mod book;
mod carrier;
mod look;
mod switch;

pub(crate) use book::Book;
pub(crate) use carrier::Carrier;
use look::{Found, Look};
pub(crate) use switch::Switch;

/// How soon a file is seen.
pub(crate) const LOOK: Duration = Duration::from_millis(500);
/// The reason of an off whose file cannot be read.
const UNREAD: &str = "what stands in the file cannot be read";

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

    /// The same after a look at the directory. Files that were there before keep the time at which they were taken on,
    /// unless their content is another.
    fn after(&self, look: Look, now: Timestamp) -> Self {
        let stays: Vec<Off> = self.iter().filter(|off| look.leaves(off)).cloned().collect();
        let taken = look.found.into_iter().map(|found| {
            let before = self.by_key.get(&place(&found.environment, &found.key));
            found.taken_on(before, now)
        });
        let offs = Self::of(stays.into_iter().chain(taken));
        Self { unreadable: look.unread.iter().map(ToString::to_string).collect(), ..offs }
    }

    /// The same once the log is known to have, or to lack, what `carried` says; an off that is another one by now is
    /// left as it is.
    fn with(&self, carried: &Off) -> Self {
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

impl Found {
    /// The off that the file is, where `before` is what was off there. A content that is read for the first time makes
    /// it no other one.
    fn taken_on(self, before: Option<&Off>, now: Timestamp) -> Off {
        match (before, self.note) {
            (Some(before), None) => before.clone(),
            (Some(before), Some(note)) if before.content == note.content => before.clone(),
            (Some(before), Some(note)) if before.content.is_empty() => {
                Off { reason: note.reason, content: note.content, ..before.clone() }
            }
            (_, note) => {
                let (reason, content) = note
                    .map_or_else(|| (UNREAD.to_owned(), String::new()), |note| (note.reason, note.content));
                let (key, environment) = (self.key, self.environment);
                Off { key, environment, reason, content, since: now, carried: None, revived: false }
            }
        }
    }
}

#[cfg(test)]
mod tests;
