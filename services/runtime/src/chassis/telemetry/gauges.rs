//! Gauges that a context sets by a label, for `/metrics`: what is away, what is late.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most labels of one gauge: names come from outside (design clause 26).
const LABELS: usize = 1_000;

/// One gauge with a line for each of its labels.
#[derive(Debug)]
pub struct Gauge {
    name: &'static str,
    help: &'static str,
    /// Name of the label.
    label: &'static str,
    values: Mutex<BTreeMap<String, u64>>,
}

impl Gauge {
    pub const fn new(name: &'static str, help: &'static str, label: &'static str) -> Self {
        Self { name, help, label, values: Mutex::new(BTreeMap::new()) }
    }

    /// Sets the value of one label. Beyond the bound new ones are left out.
    pub fn set(&self, label: &str, value: u64) {
        let mut values = self.lock();
        if values.len() < LABELS || values.contains_key(label) {
            values.insert(label.to_owned(), value);
        }
    }

    /// What a scraper reads; nothing before the first value.
    pub fn lines(&self) -> Vec<String> {
        let values = self.lock();
        if values.is_empty() {
            return Vec::new();
        }
        let Self { name, help, label, .. } = self;
        let escaped = |text: &str| text.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n");
        let line = |(of, value): (&String, &u64)| format!("{name}{{{label}=\"{}\"}} {value}", escaped(of));
        let head = [format!("# HELP {name} {help}"), format!("# TYPE {name} gauge")];
        head.into_iter().chain(values.iter().map(line)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, u64>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 1 while a guarded metric has no row that is young enough.
pub static SOURCE_AWAY: Gauge = Gauge::new(
    "verdict_source_away",
    "1 while no row of a guarded metric is younger than twice its refresh.",
    "metric",
);

/// Sources of a guarded metric whose rows come too late to count.
pub static SOURCES_LATE: Gauge = Gauge::new(
    "verdict_sources_late",
    "Sources of a guarded metric whose rows come too late to count.",
    "metric",
);

/// Every gauge.
pub fn lines() -> Vec<String> {
    [&SOURCE_AWAY, &SOURCES_LATE].into_iter().flat_map(Gauge::lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_has_a_line_for_each_label_and_a_bound() {
        let gauge = Gauge::new("away", "What is away.", "metric");
        assert_eq!(gauge.lines(), Vec::<String>::new());
        gauge.set("cpu", 1);
        gauge.set("a\"b", 0);
        let lines = [
            "# HELP away What is away.",
            "# TYPE away gauge",
            "away{metric=\"a\\\"b\"} 0",
            "away{metric=\"cpu\"} 1",
        ];
        assert_eq!(gauge.lines(), lines);
        (0..2 * LABELS).for_each(|number| gauge.set(&number.to_string(), 1));
        assert_eq!(gauge.lines().len(), LABELS + 2);
        gauge.set("cpu", 0);
        assert!(gauge.lines().contains(&"away{metric=\"cpu\"} 0".to_owned()));
    }
}
