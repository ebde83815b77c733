//! Which incidents are open, for who counts them.

use std::collections::HashSet;

use verdict_metrics_domain::incident::Event;
use verdict_metrics_wire::incident::IncidentWire;
use verdict_runtime::log::Recorded;
use verdict_stored::{DecodeError, ruled};

/// The ids of the incidents that are neither resolved nor put off.
#[derive(Debug, Default)]
pub struct Incidents {
    open: HashSet<String>,
}

impl Incidents {
    pub fn open(&self) -> usize {
        self.open.len()
    }

    pub(super) fn apply(&mut self, id: &str, event: &Recorded) -> Result<(), DecodeError> {
        match ruled::own::<IncidentWire>(&event.event_type, &event.data)? {
            Some(Event::Detected(_) | Event::Reopened { .. }) => {
                self.open.insert(id.to_owned());
            }
            Some(Event::Resolved { .. } | Event::Deferred) => {
                self.open.remove(id);
            }
            Some(
                Event::Triaged(_)
                | Event::Reclassified { .. }
                | Event::ResponseStarted
                | Event::Mitigated { .. },
            )
            | None => {}
        }
        Ok(())
    }
}
