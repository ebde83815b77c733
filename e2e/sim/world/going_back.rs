//! What happens to the log itself: a newer version writes to it, and it goes back to a backup under another id, the
//! observations with it (decision D17).

use std::collections::HashMap;
use std::sync::Arc;

use futures::executor::block_on;
use jiff::Timestamp;
use rand::Rng;
use uuid::Uuid;
use verdict_runtime::log::memory::MemoryBackup;
use verdict_runtime::log::{EventLog, Expected, NewEvent};
use verdict_runtime::observations::memory::MemoryObservations;
use verdict_runtime::observations::{MAX_ROWS, ObservationStore, Query, Row};

use super::{REPLICAS, World};
use crate::invariants::UNREADABLE;
use crate::story::{LOSSES, METRIC, OTHER, PRIMARY};

/// What was kept of a world.
pub(super) struct Backup {
    log: MemoryBackup,
    /// Commit position of the last event.
    head: u64,
    rows: Vec<Row>,
    marks: HashMap<String, Timestamp>,
}

impl World {
    /// The observations as they are stored, whatever goes wrong on the way to them.
    pub(super) fn stored(&self) -> Arc<MemoryObservations> {
        self.store.lock().unwrap().clone()
    }

    fn store_is(&self, store: MemoryObservations) {
        *self.store.lock().unwrap() = Arc::new(store);
    }

    /// A newer version writes something to the stream of a guardrail: of the second one of the first rollout, or of the
    /// only one of the other.
    pub(super) fn make_unreadable(&mut self) -> Result<(), String> {
        let [first, second] = &self.made.lines;
        let of = if self.rng.random_bool(0.5) { first.guardrails.get(1) } else { second.guardrails.first() };
        let stream = format!("metrics.guardrail-{}", of.ok_or("a guardrail was never armed")?);
        let slice = block_on(self.log.read_stream(&stream, 0, 1)).map_err(|error| error.to_string())?;
        let armed = slice.events.first().ok_or("a guardrail was never armed")?;
        let event = NewEvent {
            id: Uuid::new_v5(&Uuid::NAMESPACE_OID, stream.as_bytes()),
            event_type: UNREADABLE.to_owned(),
            data: b"{}".to_vec(),
            metadata: armed.metadata.clone(),
        };
        block_on(self.log.append(&stream, Expected::StreamExists, vec![event]))
            .map_err(|error| error.to_string())?;
        self.note(|| format!("{stream} becomes unreadable"));
        Ok(())
    }

    /// Keeps the log and the observations as they are now.
    pub(super) fn back_up(&mut self) -> Result<(), String> {
        let store = self.stored();
        let head = block_on(self.log.head()).map_err(|error| error.to_string())?;
        let head = head.ok_or("there is nothing to back up")?.commit;
        let mut rows = Vec::new();
        for metric in [METRIC, OTHER, LOSSES, PRIMARY] {
            let query = Query::all("default", metric);
            let of_metric = block_on(store.rows_from(&query, None, None, MAX_ROWS));
            rows.extend(of_metric.map_err(|error| error.to_string())?);
        }
        let mut marks = HashMap::new();
        for guardrail in self.made.lines.iter().flat_map(|line| &line.guardrails) {
            let marked = block_on(store.marked(guardrail)).map_err(|error| error.to_string())?;
            marks.extend(marked.map(|marked| (guardrail.clone(), marked)));
        }
        self.note(|| format!("a backup at {head}"));
        self.backup = Some(Backup { log: self.log.back_up(), head, rows, marks });
        Ok(())
    }

    /// Everything goes back to the backup: while the platform runs, or with all of it stopped.
    pub(super) fn go_back(&mut self) -> Result<(), String> {
        let Some(backup) = self.backup.take() else {
            return Ok(());
        };
        self.look()?;
        let is_stopped = self.rng.random_bool(0.5);
        let how = if is_stopped { "with everything stopped" } else { "under everybody's feet" };
        self.note(|| format!("the log goes back to {}, {how}", backup.head));
        if is_stopped {
            (0..REPLICAS).for_each(|replica| self.kill(replica));
        }
        self.log.restore_backup(backup.log, "restored");
        let store = MemoryObservations::default();
        block_on(store.insert(backup.rows)).map_err(|error| error.to_string())?;
        block_on(store.mark(backup.marks.into_iter().collect())).map_err(|error| error.to_string())?;
        self.store_is(store);
        self.watcher.goes_back(backup.head);
        self.looked_to = None;
        if is_stopped {
            (0..REPLICAS).for_each(|replica| self.start(replica));
        }
        self.look()
    }
}
