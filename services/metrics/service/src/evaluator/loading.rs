//! What is stored, read for a guardrail. No lock is held meanwhile, and no read takes longer than a breach may wait.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use verdict_kernel::clock::plus;
use verdict_metrics_domain::evaluation::Terms;
use verdict_metrics_domain::points::Bucket;
use verdict_runtime::component::Fault;
use verdict_runtime::observations::{MAX_ROWS, Query, Row, StoreError};

use super::watch::{Stored, Watch};
use super::{At, Evaluation, SharedWatch, fault, query, terms};
use crate::board::guardrails;
use crate::reports;

/// How long the store may take for one answer.
const DEADLINE: Duration = Duration::from_millis(800);
/// Buckets before the last judged one whose rows are judged again: some may have come late.
const AGAIN: u32 = 2;
/// Buckets that are judged at most when nobody remembers up to which they were.
const FORGOTTEN: u32 = 1_024;
/// Fewest rows that a comparison reads, and most.
const COMPARED: (usize, usize) = (64, 2_000);

impl Evaluation {
    /// Reads the stored rows that the next answer may depend on, once; those beyond the last judgement wait to be
    /// judged. Says whether it did.
    pub(super) async fn load(
        &self,
        at: At<'_>,
        entry: &guardrails::Entry,
        watch: &SharedWatch,
    ) -> Result<bool, Fault> {
        if watch.lock().await.is_loaded(entry.armed_at) {
            return Ok(false);
        }
        let Some(terms) = terms(entry) else {
            return Ok(false);
        };
        let query = query(entry);
        let from = self.judged_before(at, entry, terms).await?;
        let (older, is_all) = self.rows_before(&query, terms, from).await?;
        let newer = self.rows_since(&query, terms, from).await?;
        let mut watch = watch.lock().await;
        if watch.is_loaded(entry.armed_at) {
            return Ok(false);
        }
        *watch = Watch::new(terms);
        watch.remember(&older, is_all);
        watch.insert(&newer);
        watch.loaded(entry.armed_at);
        Ok(true)
    }

    /// The beginning of the first bucket to judge. A guardrail that passes says nothing for weeks, so it is remembered
    /// beside the rows how far it was judged.
    async fn judged_before(
        &self,
        at: At<'_>,
        entry: &guardrails::Entry,
        terms: &Terms,
    ) -> Result<Timestamp, Fault> {
        let answered = entry.state.guardrail().and_then(|guardrail| guardrail.last.as_of());
        let marked = in_time(self.store.marked(&at.id.to_string())).await?;
        let marked = marked.filter(|upto| *upto >= entry.armed_at);
        let now = self.clock.now();
        let oldest = Bucket::of(now, terms.refresh).before(FORGOTTEN);
        // A clock that went back since has yet to see what it was judged up to.
        let upto = marked.max(answered).map(|upto| upto.min(now));
        let from = upto.map(|upto| Bucket::of(upto, terms.refresh).before(AGAIN));
        // What was never judged is judged from the arming on, which the query sees to.
        Ok(from.unwrap_or(oldest).max(oldest).before(1).end(terms.refresh))
    }

    /// The newest rows whose windows end before `before`: as many as an answer looks at, and whether that is all.
    async fn rows_before(
        &self,
        query: &Query,
        terms: &Terms,
        before: Timestamp,
    ) -> Result<(Vec<Row>, bool), Fault> {
        // A row of exactly that end is in the bucket before.
        let before = Some(plus(before, Duration::from_nanos(1)));
        let wanted = Watch::needs(terms);
        let mut max = wanted * 4;
        loop {
            let mut rows = in_time(self.store.last(query, before, max)).await?;
            let is_all = rows.len() < max;
            rows.retain(|row| !reports::is_control(row));
            let mut buckets: Vec<Bucket> =
                rows.iter().map(|row| reports::of_row(row).bucket(terms.refresh)).collect();
            buckets.sort_unstable();
            buckets.dedup();
            // Of the oldest bucket some rows may be missing.
            if is_all || max >= MAX_ROWS || buckets.len() > wanted {
                return Ok((rows, is_all));
            }
            max = (max * 4).min(MAX_ROWS);
        }
    }

    /// Of each bucket not more rows than show that there are more than are kept.
    async fn rows_since(&self, query: &Query, terms: &Terms, from: Timestamp) -> Result<Vec<Row>, Fault> {
        let from = Some(plus(from, Duration::from_nanos(1)));
        let mut all: Vec<Row> = Vec::new();
        let mut held: BTreeMap<Bucket, usize> = BTreeMap::new();
        let mut after = None;
        loop {
            let page = in_time(self.store.rows_from(query, from, after.as_ref(), MAX_ROWS)).await?;
            let is_last = page.len() < MAX_ROWS;
            after = page.last().map(|row| row.key.clone());
            all.extend(page.into_iter().filter(|row| {
                let held = held.entry(reports::of_row(row).bucket(terms.refresh)).or_default();
                let is_wanted = !reports::is_control(row) && *held <= Watch::holds(terms);
                *held += usize::from(is_wanted);
                is_wanted
            }));
            if is_last {
                return Ok(all);
            }
        }
    }

    /// Holds what is in memory against the store.
    pub(super) async fn compare(&self, entry: &guardrails::Entry, watch: &SharedWatch) -> Result<(), Fault> {
        let max = (watch.lock().await.len() * 2).clamp(COMPARED.0, COMPARED.1);
        let now = self.clock.now();
        let mut stored = in_time(self.store.last(&query(entry), None, max)).await?;
        let all = stored.len() < max;
        stored.retain(|row| !reports::is_control(row));
        let taken_back = self.retractions(entry);
        watch.lock().await.compare(&Stored { rows: &stored, all, taken_back: &taken_back }, now);
        Ok(())
    }
}

/// The answer of the store, unless it takes too long.
pub(crate) async fn in_time<T>(asked: BoxFuture<'_, Result<T, StoreError>>) -> Result<T, Fault> {
    let late = || StoreError::Failed(format!("no answer within {} ms", DEADLINE.as_millis()));
    tokio::time::timeout(DEADLINE, asked).await.unwrap_or_else(|_| Err(late())).map_err(fault)
}
