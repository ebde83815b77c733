//! What is measured in a simulated history: windows of several sources and of a control arm, and whether they were
//! judged in the end.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use futures::executor::block_on;
use rand::Rng;
use rand::seq::IndexedRandom;
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_metrics_domain::points::CONTROL;
use verdict_runtime::observations::{ObservationStore, Query};

use super::World;
use super::stepping::{Polled, poll};
use crate::story::{FOR_POINTS, LIMIT, LOSSES, METRIC, OTHER, SOURCES};

/// Rows read back at the end.
const ROWS: usize = 64;
/// How long whoever sends observations waits for an answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// A request with observations that waits for the store; the replica goes on meanwhile.
pub(super) struct Waiting {
    pub(super) replica: usize,
    what: String,
    since: Duration,
    taken: Pin<Box<dyn Future<Output = Result<(), String>>>>,
}

impl World {
    /// A window of some of the sources, good or bad, and sometimes of another metric.
    pub(super) fn observe(&mut self, replica: usize) {
        let value = if self.rng.random_range(0..100) < 25 { LIMIT / 2.5 } else { LIMIT * 1.8 };
        let some = self.rng.random_range(1..=SOURCES.len());
        let sources: Vec<&str> = SOURCES.choose_multiple(&mut self.rng, some).copied().collect();
        match self.rng.random_range(0..6) {
            0 => self.measured(replica, OTHER, &SOURCES[..1], value),
            1 => self.measured(replica, LOSSES, &SOURCES[..1], value),
            _ => self.measured(replica, METRIC, &sources, value),
        }
    }

    /// The next window of a metric, as these sources report it. The control arm, where there is one, is always bad.
    pub(super) fn measured(&mut self, replica: usize, metric: &str, sources: &[&str], value: f64) {
        if self.replicas[replica].is_none() {
            return;
        }
        let window = self.made.window();
        let end = end_of_next(window, self.clocks.now());
        self.live_until(end);
        let start = end - window;
        let row = |source: &str, value: f64| {
            serde_json::json!({
                "metric": metric, "source": source, "count": 1, "value": value,
                "window_start": start.to_string(), "window_end": end.to_string(),
            })
        };
        let mut rows: Vec<_> = sources.iter().map(|source| row(source, value)).collect();
        if self.rng.random_range(0..4) == 0 {
            let mut control = row("web-4", 0.0);
            control["arm"] = "control".into();
            rows.push(control);
        }
        let body = serde_json::json!({ "observations": rows }).to_string();
        let Some(ingest) = self.replicas[replica].as_ref().and_then(|state| state.assembly.ingest()) else {
            return;
        };
        let what = format!("{metric} of {sources:?} = {value}");
        let taken = Box::pin(async move {
            ingest.take(body.as_bytes()).await.map(drop).map_err(|error| format!("{error:?}"))
        });
        self.take(Waiting { replica, what, since: self.clocks.monotonic(), taken });
    }

    /// The window ends. Where clocks tell the time of day, it was lived through.
    fn live_until(&mut self, end: Timestamp) {
        self.pass(Duration::from_secs(1));
        if !self.clocks.are_of_day() {
            self.clocks.advance_to(end);
        } else if let Ok(left) = Duration::try_from(end.duration_since(self.clocks.now())) {
            self.pass(left);
        }
    }

    /// The requests that waited for the store go on.
    pub(super) fn answer_waiting(&mut self) {
        for waiting in std::mem::take(&mut self.waiting) {
            self.take(waiting);
        }
    }

    fn take(&mut self, mut waiting: Waiting) {
        let replica = waiting.replica;
        let faults = self.faults[replica].clone();
        if self.replicas[replica].is_none() {
            return;
        }
        let what = waiting.what.clone();
        match poll(&faults, waiting.taken.as_mut()) {
            Polled::Done(Ok(())) => self.note(|| what),
            Polled::Done(Err(why)) => self.note(|| format!("{what}: {why}")),
            Polled::Crashed => {
                self.note(|| format!("{what}: it died"));
                self.kill(replica);
            }
            Polled::Frozen | Polled::Waits => {
                if self.clocks.monotonic().saturating_sub(waiting.since) < PATIENCE {
                    self.waiting.push(waiting);
                } else {
                    self.note(|| format!("{what}: no answer"));
                }
            }
        }
    }

    /// In the end every stored observation has been judged (S5). It is asked of the metrics that the last news are about:
    /// what was measured of another one may be too old to say anything, as everything is by a clock that is ahead.
    pub(super) fn judged(&self) -> Result<(), String> {
        self.bad_news.iter().try_for_each(|metric| self.judged_of(metric))
    }

    fn judged_of(&self, metric: &str) -> Result<(), String> {
        let all = Query::all("default", metric);
        let store = self.stored();
        let rows = block_on(store.last(&all, None, ROWS)).map_err(|error| error.to_string())?;
        let mut windows: BTreeMap<Timestamp, Vec<f64>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.key.arm != CONTROL) {
            windows.entry(row.key.window_end).or_default().push(row.measure.mean().get());
        }
        let newest: Vec<_> = windows.into_iter().rev().take(FOR_POINTS.into()).collect();
        let follows =
            |pair: &[(Timestamp, Vec<f64>)]| pair[0].0.duration_since(pair[1].0) == self.made.window();
        // A window that was lost on its way lies between the others: what they come to is not told from here.
        if !newest.windows(2).all(follows) {
            return Ok(());
        }
        let newest: Vec<_> = newest.into_iter().map(|(_, values)| values).collect();
        self.watcher.judged(metric, &newest)
    }
}

fn end_of_next(window: SignedDuration, now: Timestamp) -> Timestamp {
    let window = window.as_secs();
    let next = (now.as_second().div_euclid(window) + 1) * window;
    Timestamp::from_second(next).unwrap_or(now)
}
