//! The newest windows of sources, of which clients name as many as they like: only so many are remembered (design
//! clause 26).
//!
//! ```text
//!   young ──full──> old ──when young is full again──> forgotten
//!     ^              │
//!     └──reports─────┘
//! ```
//!
//! Whoever reports at least once while `MOST` / 2 other sources do is never forgotten.

use std::collections::{BTreeSet, HashMap};
use std::mem;
use std::time::Duration;

use jiff::Timestamp;
use verdict_metrics_domain::evaluation::is_stale;
use verdict_runtime::observations::{Key, Row};
use verdict_runtime::telemetry::gauges::SOURCES_LATE;

/// Most sources that are remembered.
pub(super) const MOST: usize = 32_768;

/// Rows in a row that come too late before a source is named.
const NAMED_AFTER: u8 = 3;

/// Organisation, metric, source and arm: what a source reported of one arm says nothing about its others.
type Name = (String, String, String, String);

#[derive(Debug, Clone, Copy)]
struct Seen {
    newest: Timestamp,
    /// How many of its last rows came too late to be judged (rule M4), one after the other.
    too_late: u8,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Sources {
    young: HashMap<Name, Seen>,
    old: HashMap<Name, Seen>,
}

impl Sources {
    /// Remembers a row; says which window was the newest of its source before, where that is remembered.
    pub(super) fn note(&mut self, row: &Row, refresh: Duration) -> Option<Timestamp> {
        let Key { org, metric, source, arm, .. } = &row.key;
        let name = (org.clone(), metric.clone(), source.clone(), arm.clone());
        let end = row.key.window_end;
        let before = self.young.get(&name).copied().or_else(|| self.old.remove(&name));
        let late = is_stale(refresh, end, row.received_at);
        let late_before = before.map_or(0, |before| before.too_late);
        let seen = Seen {
            newest: before.map_or(end, |before| before.newest.max(end)),
            too_late: if late { late_before.saturating_add(1) } else { 0 },
        };
        if seen.too_late == NAMED_AFTER && late_before < NAMED_AFTER {
            let (_, metric, source, _) = &name;
            tracing::warn!(
                metric,
                source,
                "its observations come too late to be judged: is its clock behind?"
            );
        }
        let turned = (late_before >= NAMED_AFTER) != (seen.too_late >= NAMED_AFTER);
        self.young.insert(name, seen);
        let mut told: BTreeSet<(String, String)> = BTreeSet::new();
        if turned {
            told.insert((org.clone(), metric.clone()));
        }
        if self.young.len() >= MOST / 2 {
            let forgotten = mem::replace(&mut self.old, mem::take(&mut self.young));
            let late = forgotten.into_iter().filter(|(_, seen)| seen.too_late >= NAMED_AFTER);
            told.extend(late.map(|((org, metric, ..), _)| (org, metric)));
        }
        for (org, metric) in told {
            SOURCES_LATE.set(&metric, self.too_late(&org, &metric).len() as u64);
        }
        before.map(|before| before.newest)
    }

    pub(super) fn too_late(&self, org: &str, metric: &str) -> Vec<String> {
        let all = self.young.iter().chain(&self.old);
        let late =
            all.filter(|((of, key, ..), seen)| of == org && key == metric && seen.too_late >= NAMED_AFTER);
        let mut names: Vec<String> = late.map(|((_, _, source, _), _)| source.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

#[cfg(test)]
mod tests {
    use verdict_kernel::clock::plus;
    use verdict_kernel::value::Value;
    use verdict_runtime::observations::{Labels, Measure};

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);

    fn row(source: &str, end: u32, received: u32) -> Row {
        let at = |minute: u32| plus(Timestamp::UNIX_EPOCH, MINUTE * minute);
        Row {
            key: Key {
                org: "default".to_owned(),
                metric: "cpu".to_owned(),
                window_end: at(end),
                window_start: at(end),
                source: source.to_owned(),
                arm: String::new(),
            },
            measure: Measure::of(Value::new(1.0).unwrap(), 1).unwrap(),
            labels: Labels::default(),
            received_at: at(received),
        }
    }

    #[test]
    fn clause_26_any_number_of_source_names_is_remembered_in_bounded_memory() {
        let mut sources = Sources::default();
        for number in 0..7 * MOST {
            sources.note(&row(&format!("pod-{number}"), 1, 1), MINUTE);
            // One that reports all the time stays.
            if number % 1000 == 0 {
                let before = sources.note(&row("steady", 1, 1), MINUTE);
                assert_eq!(before.is_some(), number > 0);
            }
        }
        assert!(sources.len() <= MOST, "{}", sources.len());
        assert_eq!(sources.note(&row("pod-0", 2, 2), MINUTE), None);
    }

    #[test]
    fn a_source_that_is_always_late_is_named_until_it_is_in_time() {
        let mut sources = Sources::default();
        for minute in 0..3 {
            assert!(sources.too_late("default", "cpu").is_empty());
            sources.note(&row("behind", minute, minute + 60), MINUTE);
            sources.note(&row("in-time", minute + 60, minute + 60), MINUTE);
        }
        assert_eq!(sources.too_late("default", "cpu"), ["behind"]);
        assert!(sources.too_late("default", "errors").is_empty());
        sources.note(&row("behind", 64, 64), MINUTE);
        assert!(sources.too_late("default", "cpu").is_empty());
    }
}
