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

use std::time::Duration;

use verdict_kernel::clock::Timestamp;

use crate::offs::{Off, Offs};

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

impl Look {
    /// What is off after the look, where `before` was off. Files that were there before keep the time at which they
    /// were taken on, unless their content is another.
    fn after(self, before: &Offs, now: Timestamp) -> Offs {
        let stays: Vec<Off> = before.iter().filter(|off| self.leaves(off)).cloned().collect();
        let taken = self.found.into_iter().map(|found| {
            let before = before.at(&found.environment, &found.key);
            found.taken_on(before, now)
        });
        let mut offs = Offs::of(stays.into_iter().chain(taken));
        offs.unreadable = self.unread.iter().map(ToString::to_string).collect();
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
