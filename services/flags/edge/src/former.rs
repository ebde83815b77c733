//! The former starts of an edge on its directory. Whoever has the directory now knows that they are over: one that was
//! killed has said no good-bye, and is not to be waited for until its seat is lost.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError};

use verdict_kernel::id::EdgeId;

use crate::keeper::Directory;

/// The file with an id a line, oldest first.
const FILE: &str = "starts";
/// Starts that are remembered: of older ones the seats are lost by now.
const MOST: usize = 64;

/// The starts that have not been said to be over. Cheap to clone; without a directory there are none.
#[derive(Clone, Default)]
pub(crate) struct Former {
    directory: Option<Directory>,
    over: Arc<Mutex<Vec<EdgeId>>>,
}

impl Former {
    /// Reads the former starts of `directory` and adds this one. A disk that takes nothing costs the good-byes only.
    pub(crate) fn begin(directory: Option<&Directory>, own: EdgeId) -> Self {
        let Some(directory) = directory else { return Self::default() };
        let text = fs::read_to_string(directory.path().join(FILE)).unwrap_or_default();
        let known: Vec<EdgeId> = text.lines().filter_map(|line| line.parse().ok()).collect();
        let over = known[known.len().saturating_sub(MOST)..].to_vec();
        let former = Self { directory: Some(directory.clone()), over: Arc::new(Mutex::new(over)) };
        former.write(own);
        former
    }

    /// One that is over and was not said to be.
    pub(crate) fn next(&self) -> Option<EdgeId> {
        self.over.lock().unwrap_or_else(PoisonError::into_inner).first().copied()
    }

    /// Everybody knows that `former` is over.
    pub(crate) fn said(&self, former: EdgeId, own: EdgeId) {
        self.over.lock().unwrap_or_else(PoisonError::into_inner).retain(|id| *id != former);
        self.write(own);
    }

    fn write(&self, own: EdgeId) {
        let Some(directory) = &self.directory else { return };
        let over = self.over.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let lines: Vec<String> = over.iter().chain([&own]).map(ToString::to_string).collect();
        if let Err(error) = directory.replace(FILE, &[lines.join("\n").as_bytes()]) {
            tracing::warn!(%error, "the start of the flag edge could not be written down");
        }
    }
}

#[cfg(test)]
mod tests {
    use verdict_kernel::clock::{ManualClock, Timestamp};
    use verdict_kernel::id::CommandId;

    use super::*;

    fn edge(number: u128) -> EdgeId {
        EdgeId::created_by(CommandId::from_uuid(uuid::Uuid::from_u128(number)))
    }

    #[test]
    fn clause_20_a_start_knows_the_ones_before_it_until_it_has_said_that_they_are_over() {
        let path = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let directory = Directory::new(path.path(), clock);
        assert_eq!(Former::begin(Some(&directory), edge(1)).next(), None);
        // The second one is killed before it has told anybody.
        assert_eq!(Former::begin(Some(&directory), edge(2)).next(), Some(edge(1)));
        let third = Former::begin(Some(&directory), edge(3));
        for former in [edge(1), edge(2)] {
            assert_eq!(third.next(), Some(former));
            third.said(former, edge(3));
        }
        assert_eq!(third.next(), None);
        assert_eq!(Former::begin(Some(&directory), edge(4)).next(), Some(edge(3)));
        assert_eq!(Former::begin(None, edge(5)).next(), None);
    }
}
