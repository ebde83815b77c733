//! What streams announce: that what is served in a scope has changed, and to what.
//!
//! ```text
//!   Edge ── swapped in ──> Announcements ── one text for each change and scope ──> every stream
//! ```
//!
//! 1. The id is `<position>-<content>`, like the tag of a bulk answer: the position of the last event of a flag when the
//!    scope changed, and a hash of what is served in it, what is off by hand included. So ids of one log are in order, and
//!    one that was told by another edge, before a restart or by another log is compared by what it stands for.
//! 2. That flags are stale is no change: it is said in answers, and nobody has to fetch for it.
//! 3. Only the newest is kept. Whoever reads slowly misses what it was overtaken by, and holds nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use actix_web::web::Bytes;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::sync::watch;
use verdict_kernel::clock::Timestamp;
use verdict_runtime::log::Position;

use crate::offs::Offs;
use crate::snapshot::{FlagSet, Scope, Snapshot};

/// Bytes of the hash that are kept.
const HASH_BYTES: usize = 8;

/// That a scope is served anew, as every stream says it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    position: Option<Position>,
    content: String,
    /// The event, ready to be sent: shared by all streams.
    pub(crate) text: Bytes,
}

/// The newest notice of each scope.
#[derive(Debug, Default)]
pub(crate) struct Board {
    notices: BTreeMap<Scope, Arc<Notice>>,
    /// That of scopes that have no flags.
    elsewhere: Option<Arc<Notice>>,
    /// What the notices were made from.
    made_of: Option<(Sets, Arc<Offs>)>,
    over: bool,
}

type Sets = Arc<BTreeMap<Scope, Arc<FlagSet>>>;

/// What is sent, in the words of the protocol.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    r#type: &'static str,
    etag: &'a str,
    /// Seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified: Option<i64>,
}

impl Notice {
    fn new(changed: Option<&(Position, Timestamp)>, content: String) -> Self {
        let position = changed.map_or_else(|| "0".to_owned(), |(position, _)| position.to_string());
        let id = format!("{position}-{content}");
        let data = Data {
            r#type: "refetchEvaluation",
            etag: &format!("\"{id}\""),
            last_modified: changed.map(|(_, at)| at.as_second()),
        };
        // Texts and numbers are always JSON.
        let data = serde_json::to_string(&data).unwrap_or_default();
        let text = format!("id: {id}\nevent: message\ndata: {data}\n\n").into();
        Self { position: changed.map(|(position, _)| position.clone()), content, text }
    }

    /// Whether a client that was told `id` last has nothing to fetch: it knows the content, and no newer position.
    pub(crate) fn is_known_by(&self, id: &str) -> bool {
        let Some((position, content)) = id.rsplit_once('-') else { return false };
        let covers = match (&self.position, position.parse::<Position>()) {
            (Some(own), Ok(told)) => own.covers(&told) == Some(true),
            (None, _) => position == "0",
            (Some(_), Err(_)) => false,
        };
        covers && content == self.content
    }
}

impl Board {
    /// What is served in `scope`; `None` while nothing is served anywhere.
    pub(crate) fn of(&self, scope: &Scope) -> Option<&Arc<Notice>> {
        self.notices.get(scope).or(self.elsewhere.as_ref())
    }

    /// Whether the edge stops.
    pub(crate) const fn is_over(&self) -> bool {
        self.over
    }

    /// How many notices had to be written because of what is served now.
    fn take(&mut self, snapshot: &Snapshot, offs: &Arc<Offs>) -> u64 {
        let is_the_same = |(sets, before): &(Sets, Arc<Offs>)| {
            Arc::ptr_eq(sets, &snapshot.sets) && Arc::ptr_eq(before, offs)
        };
        if self.made_of.as_ref().is_some_and(is_the_same) {
            return 0;
        }
        self.made_of = Some((Arc::clone(&snapshot.sets), Arc::clone(offs)));
        let mut written = 0;
        let changed = snapshot.changed.as_ref();
        self.elsewhere.get_or_insert_with(|| {
            written += 1;
            Arc::new(Notice::new(changed, content(None, std::iter::empty())))
        });
        // Also those that had flags before the log was replaced.
        let scopes: Vec<Scope> = snapshot.sets.keys().chain(self.notices.keys()).cloned().collect();
        for scope in scopes {
            let content = content(snapshot.set(&scope), offs.of_scope(&scope));
            if self.notices.get(&scope).is_none_or(|notice| notice.content != content) {
                written += 1;
                self.notices.insert(scope, Arc::new(Notice::new(changed, content)));
            }
        }
        written
    }
}

/// A hash of everything that an answer is made from, but for its context.
fn content<'a>(set: Option<&FlagSet>, offs: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    hash.update(verdict_flag_evaluator::VERSION.to_le_bytes());
    hash.update(set.map_or(&[0; 32], FlagSet::fingerprint));
    for key in offs {
        hash.update((key.len() as u64).to_le_bytes());
        hash.update(key.as_bytes());
    }
    hash.finalize().iter().take(HASH_BYTES).fold(String::new(), |mut text, byte| {
        // Writing to a text never fails.
        write!(text, "{byte:02x}").unwrap_or_default();
        text
    })
}

/// Keeps the newest notices, and wakes whoever reads them.
#[derive(Debug, Default)]
pub(crate) struct Announcements {
    board: watch::Sender<Board>,
}

impl Announcements {
    /// Announces what `served` finds in force. It is asked one at a time, so that what is announced last is the newest.
    /// Answers how many notices were written for it.
    pub(crate) fn announce(&self, served: impl FnOnce() -> Option<(Arc<Snapshot>, Arc<Offs>)>) -> u64 {
        let mut written = 0;
        self.board.send_if_modified(|board| {
            if let Some((snapshot, offs)) = served() {
                written = board.take(&snapshot, &offs);
            }
            written > 0
        });
        written
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<Board> {
        self.board.subscribe()
    }

    /// The edge stops: whoever reads goes elsewhere.
    pub(crate) fn end(&self) {
        self.board.send_modify(|board| board.over = true);
    }
}

#[cfg(test)]
mod tests;
