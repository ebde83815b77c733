//! Which incidents are open, for who counts them.

use std::collections::HashMap;

use verdict_metrics_domain::incident::{Event, Severity, Triage};
use verdict_metrics_wire::incident::IncidentWire;
use verdict_runtime::log::Recorded;
use verdict_stored::{DecodeError, ruled};

/// How bad each incident is, and whether it is open: neither resolved nor put off.
#[derive(Debug, Default)]
pub struct Incidents {
    known: HashMap<String, (Severity, bool)>,
}

impl Incidents {
    /// How many are open that are so bad.
    pub fn open(&self, severity: Severity) -> usize {
        self.known.values().filter(|known| **known == (severity, true)).count()
    }

    pub(super) fn apply(&mut self, id: &str, event: &Recorded) -> Result<(), DecodeError> {
        match ruled::own::<IncidentWire>(&event.event_type, &event.data)? {
            Some(Event::Detected(report)) => {
                self.known.insert(id.to_owned(), (report.severity, true));
            }
            Some(Event::Triaged(Triage { severity, .. }) | Event::Reclassified { severity, .. }) => {
                self.edit(id, |known| known.0 = severity);
            }
            Some(Event::Resolved { .. } | Event::Deferred) => self.edit(id, |known| known.1 = false),
            Some(Event::Reopened { .. }) => self.edit(id, |known| known.1 = true),
            Some(Event::ResponseStarted | Event::Mitigated { .. }) | None => {}
        }
        Ok(())
    }

    fn edit(&mut self, id: &str, edit: impl FnOnce(&mut (Severity, bool))) {
        if let Some(known) = self.known.get_mut(id) {
            edit(known);
        }
    }
}
