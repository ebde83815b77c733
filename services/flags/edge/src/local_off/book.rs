//! What is off here, as it is served and as it is kept for the next start. Whoever looks and whoever carries share it.

use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use crate::edge::Edge;
use crate::keeper::Directory;
use crate::offs::{Off, Offs};

/// What is off here lies beside the flags that were served.
const FILE: &str = "local-off.json";

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Book {
    pub(super) edge: Edge,
    /// Where it is kept when each was taken on.
    pub(super) directory: Directory,
    writing: Arc<Mutex<()>>,
}

impl Book {
    pub(crate) fn new(edge: Edge, directory: Directory) -> Self {
        Self { edge, directory, writing: Arc::default() }
    }

    /// What was off when it was last looked.
    pub(super) fn kept(&self) -> Offs {
        let file = self.directory.path().join(FILE);
        let offs = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice::<Vec<Off>>(&bytes).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        Offs::of(offs.unwrap_or_else(|error| {
            let file = file.display();
            tracing::error!(%file, "ignored what was kept of local offs in {file}: {error}");
            Vec::new()
        }))
    }

    /// Takes effect first and is kept then: a disk that fails keeps no flag on. `next` may be asked again when somebody
    /// else changes it in the same moment. Answers whether something is off or on that was not.
    pub(super) fn change(&self, mut next: impl FnMut(&Offs) -> Offs) -> bool {
        let mut after = Arc::default();
        let before = self.edge.change_offs(|offs| {
            after = Arc::new(next(offs));
            Arc::clone(&after)
        });
        tell(&before, &after);
        let same = before.iter().eq(after.iter());
        if !same && let Err(error) = self.keep() {
            tracing::error!(%error, "what is off here by hand is off, and could not be kept for the next start");
        }
        !same
    }

    /// One at a time, so that what is written last is the newest.
    fn keep(&self) -> io::Result<()> {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let offs = self.edge.offs();
        let offs: Vec<&Off> = offs.iter().collect();
        self.directory.replace(FILE, &[&serde_json::to_vec_pretty(&offs)?])
    }
}

/// Says what has changed.
fn tell(before: &Offs, after: &Offs) {
    let same = |one: &Off, other: &Off| (&one.environment, &one.key) == (&other.environment, &other.key);
    for off in after.iter() {
        let key = format!("{}/{}", off.environment, off.key);
        match before.iter().find(|other| same(other, off)) {
            Some(other) if !other.revived && off.revived => tracing::warn!(
                flag = key,
                "{key} was revived in the log and stays off here, because its file in the local offs says so; remove the file"
            ),
            Some(other) if other.carried.is_none() && off.carried.is_some() => {
                tracing::warn!(flag = key, "{key} is off here by hand, and the log has the kill");
            }
            Some(_) => {}
            None => tracing::warn!(flag = key, reason = off.reason, "{key} is off here by hand"),
        }
    }
    for off in before.iter().filter(|off| !after.iter().any(|other| same(other, off))) {
        tracing::warn!("{}/{} is no longer off here by hand", off.environment, off.key);
    }
    for why in after.unreadable.iter().filter(|why| !before.unreadable.contains(why)) {
        tracing::error!(why, "what is off there stays off: {why}");
    }
}
