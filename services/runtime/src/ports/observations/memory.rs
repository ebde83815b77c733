//! Observations in memory, for tests and the simulation.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures::future::{BoxFuture, ready};
use jiff::Timestamp;

use super::{Key, MAX_ROWS, ObservationStore, Outcome, Query, Retraction, Row, StoreError};

/// Rows that live as long as the process.
#[derive(Debug, Default)]
pub struct MemoryObservations {
    rows: Mutex<BTreeMap<Key, Row>>,
    marks: Mutex<HashMap<String, Timestamp>>,
}

impl MemoryObservations {
    fn rows(&self) -> MutexGuard<'_, BTreeMap<Key, Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn marks(&self) -> MutexGuard<'_, HashMap<String, Timestamp>> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The least key of a metric whose window ends at or after `from`.
fn first_key(org: &str, metric: &str, from: Timestamp) -> Key {
    Key {
        org: org.to_owned(),
        metric: metric.to_owned(),
        window_end: from,
        window_start: Timestamp::MIN,
        source: String::new(),
        arm: String::new(),
    }
}

fn insert(rows: &mut BTreeMap<Key, Row>, batch: Vec<Row>) -> Vec<Outcome> {
    let mut wanted: BTreeMap<Key, Row> = BTreeMap::new();
    let mut outcomes = Vec::with_capacity(batch.len());
    for row in batch {
        let known = rows.get(&row.key).or_else(|| wanted.get(&row.key));
        outcomes.push(match known {
            Some(known) if known.agrees_with(&row) => Outcome::Duplicate,
            Some(_) => Outcome::Conflict,
            None => {
                wanted.insert(row.key.clone(), row);
                Outcome::Inserted
            }
        });
    }
    if !outcomes.contains(&Outcome::Conflict) {
        rows.append(&mut wanted);
    }
    outcomes
}

impl ObservationStore for MemoryObservations {
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>> {
        Box::pin(ready(Ok(insert(&mut self.rows(), rows))))
    }

    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        let start = match after {
            Some(after) => Bound::Excluded(after.clone()),
            None => Bound::Included(first_key(&query.org, &query.metric, from.unwrap_or(Timestamp::MIN))),
        };
        let rows = self.rows();
        let of_metric = rows
            .range((start, Bound::Unbounded))
            .take_while(|(key, _)| key.org == query.org && key.metric == query.metric);
        let found = of_metric.map(|(_, row)| row).filter(|row| query.admits(row));
        Box::pin(ready(Ok(found.take(max.min(MAX_ROWS)).cloned().collect())))
    }

    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        let rows = self.rows();
        let of_metric = rows
            .range(first_key(&query.org, &query.metric, Timestamp::MIN)..)
            .take_while(|(key, _)| key.org == query.org && key.metric == query.metric);
        let mut found: Vec<Row> = of_metric
            .map(|(_, row)| row)
            .filter(|row| query.admits(row) && before.is_none_or(|before| row.key.window_end < before))
            .cloned()
            .collect();
        found.drain(..found.len().saturating_sub(max.min(MAX_ROWS)));
        Box::pin(ready(Ok(found)))
    }

    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>> {
        let rows = self.rows();
        let of_metric = rows.keys().filter(|key| key.org == org && key.metric == metric);
        Box::pin(ready(Ok(of_metric.count() as u64)))
    }

    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>> {
        let mut rows = self.rows();
        let before = rows.len();
        rows.retain(|key, _| !retraction.takes(key));
        Box::pin(ready(Ok((before - rows.len()) as u64)))
    }

    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        let mut rows = self.rows();
        let range = first_key(org, metric, Timestamp::MIN)..first_key(org, metric, before);
        let old: Vec<Key> = rows.range(range).map(|(key, _)| key.clone()).take(max).collect();
        for key in &old {
            rows.remove(key);
        }
        Box::pin(ready(Ok(old.len() as u64)))
    }

    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>> {
        let mut marks = self.marks();
        for (guardrail, upto) in judged {
            let known = marks.entry(guardrail).or_insert(upto);
            *known = upto.max(*known);
        }
        Box::pin(ready(Ok(())))
    }

    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        Box::pin(ready(Ok(self.marks().get(guardrail).copied())))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use verdict_kernel::value::Value;

    use super::*;
    use crate::observations::{Labels, Measure, contract, count_taken};

    #[tokio::test]
    async fn rows_in_memory_keep_the_contract() {
        contract::all(async || Arc::new(MemoryObservations::default()) as Arc<dyn ObservationStore>).await;
    }

    #[tokio::test]
    async fn more_rows_than_one_read_returns_are_counted_to_the_last() {
        let store = MemoryObservations::default();
        let end = |second: usize| Timestamp::from_second(i64::try_from(second).unwrap()).unwrap();
        let row = |second: usize| Row {
            key: Key { window_end: end(second), ..first_key("a", "cpu", end(0)) },
            measure: Measure::plain(Value::new(1.0).unwrap()).unwrap(),
            labels: Labels::default(),
            received_at: end(second),
        };
        store.insert((1..=2 * MAX_ROWS + 2).map(row).collect()).await.unwrap();
        let (org, metric) = ("a".to_owned(), "cpu".to_owned());
        let (from, to) = (end(1), end(2 * MAX_ROWS + 1));
        let retraction = Retraction { org, metric, source: String::new(), from, to };
        assert_eq!(count_taken(&store, &retraction).await, Ok(2 * MAX_ROWS as u64));
    }
}
