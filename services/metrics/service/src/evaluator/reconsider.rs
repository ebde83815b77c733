//! What is true after rows were taken back (rule M14): a breach that rested on them was false, and the last answer may
//! be older than it was. Exposure does not widen by that: a person resumes.
//!
//! ```text
//!   windows that a breach looked at, or may have ──none was taken back──────────────> it stays
//!        │ some were
//!        ├── what is left of the rows that were known when it was raised fails ─────> it stays
//!        ├── all that is there by now fails ────────────────────────────────────────> it stays
//!        └── neither does ──────────────────────────────────────────────────────────> it was false
//! ```
//!
//! Rows that came late undo no breach, and neither does a later arming, for which they do not count. Whoever judges a
//! guardrail finds the retraction in the log, so it does not matter which replica took it; after a restart the last one
//! is considered again, which changes nothing.

use std::sync::PoisonError;
use std::time::Duration;

use uuid::Uuid;
use verdict_kernel::check::CheckState;
use verdict_kernel::clock::{TOLERANCE, Timestamp, plus};
use verdict_kernel::id::{CommandId, GuardrailId};
use verdict_metrics_domain::evaluation::Terms;
use verdict_metrics_domain::guardrail::{Answer, Command, Guardrail, Raised, Verdict};
use verdict_metrics_domain::points::{self, Bucket, Report};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;
use verdict_runtime::log::Position;
use verdict_runtime::observations::{MAX_ROWS, Query};

use super::watch::Watch;
use super::{At, Evaluation, SharedWatch, counts, guardrails, in_time, principal, query, unanswered};
use crate::board::View;
use crate::board::metrics::Retracted;
use crate::reports;

/// How much later than a retraction a breach may be raised by somebody who had not heard of it.
const UNHEARD: Duration = Duration::from_secs(10);

impl Evaluation {
    /// The last retractions of rows of the guardrail's metric, the newest last.
    pub(super) fn retractions(&self, entry: &guardrails::Entry) -> Vec<Retracted> {
        let of_metric = self.board.read(|view| Some(view.metrics.get(entry.metric?)?.retracted.clone()));
        of_metric.unwrap_or_default()
    }

    /// Those after which a guardrail was not judged yet.
    fn to_consider(&self, id: GuardrailId, entry: &guardrails::Entry) -> Vec<Retracted> {
        let mut retracted = self.retractions(entry);
        let last = self.reconsidered().get(&id).copied();
        let considered = retracted.iter().rposition(|retracted| Some(retracted.by) == last);
        retracted.drain(..considered.map_or(0, |considered| considered + 1));
        retracted
    }

    /// Whether rows were taken back since a guardrail was judged last.
    pub(super) fn has_to_reconsider(&self, view: &View, id: GuardrailId, entry: &guardrails::Entry) -> bool {
        let last = last_retraction(view, entry);
        last.is_some() && self.reconsidered().get(&id).copied() != last
    }

    /// Judges a guardrail again after rows were taken back, once for each time; `newest`: the last one of which it was known
    /// before its rows were compared with the store.
    pub(super) async fn reconsider(
        &self,
        at: At<'_>,
        watch: &SharedWatch,
        newest: Option<Uuid>,
    ) -> Result<Option<Position>, Fault> {
        let is_due = |entry: &_| {
            self.board.read(|view| {
                last_retraction(view, entry) == newest && self.has_to_reconsider(view, at.id, entry)
            })
        };
        let Some(entry) = self.entry(at.id).filter(is_due) else {
            return Ok(None);
        };
        let retracted = self.to_consider(at.id, &entry);
        let (Some(last), Some(guardrail)) = (retracted.last(), entry.state.guardrail()) else {
            return Ok(None);
        };
        let now = self.clock.now();
        let terms = &guardrail.arming.terms;
        let found = watch.lock().await.answer_at(terms, None, now);
        let as_of = found.as_of.unwrap_or(entry.armed_at);
        let command = Command::Reconsider {
            answer: Answer {
                state: found.state,
                as_of,
                seen: found.seen,
                sample: found.sample,
                attempt: self.attempt(&entry),
                found_at: now,
            },
            unfounded: self.unfounded(&entry, guardrail, &retracted).await?,
        };
        let command_id = CommandId::derive(at.id.as_uuid(), &format!("retraction/{}", last.by));
        let envelope = Envelope {
            fence: at.right.fence.clone(),
            reason: last.reason.clone(),
            // Whatever is found: what was measured since makes no other command of it.
            payload_hash: last.by.to_string(),
            ..Envelope::new(command_id, principal(&entry))
        };
        let name = at.id.to_string();
        let executed = self.guardrails.execute(&envelope, &name, false, command).await.map_err(unanswered)?;
        let folded = self.guardrails.load(&name).await?;
        guardrails::tell(at.id, &executed, &folded.state);
        self.board.learn(at.id, &folded);
        self.reconsidered().insert(at.id, last.by);
        Ok(executed.position)
    }

    /// The attempts whose breaches do not follow from the rows that are left.
    async fn unfounded(
        &self,
        entry: &guardrails::Entry,
        guardrail: &Guardrail,
        retracted: &[Retracted],
    ) -> Result<Vec<u32>, Fault> {
        let mut unfounded = Vec::new();
        for (index, raised) in guardrail.raised.iter().enumerate() {
            if raised.verdict == Verdict::Retracted {
                continue;
            }
            // One of which the board has not heard was raised a moment ago.
            let raised_at = entry.raised.get(index).map_or_else(|| self.clock.now(), |(_, at)| *at);
            let past = self.past(entry, &guardrail.arming.terms, raised, raised_at).await?;
            if retracted.iter().any(|taken| past.may_rest_on(taken)) && !past.is_founded() {
                unfounded.push(raised.attempt);
            }
        }
        Ok(unfounded)
    }

    /// What is left of the time up to a breach.
    async fn past<'t>(
        &self,
        entry: &guardrails::Entry,
        terms: &'t Terms,
        raised: &Raised,
        raised_at: Timestamp,
    ) -> Result<Past<'t>, Fault> {
        let query = query(entry);
        // An arming since then hides nothing of what was known.
        let received_from = query.received_from.filter(|armed_at| *armed_at <= raised_at);
        let query = Query { received_from, ..query };
        let bucket = Bucket::of(raised.as_of, terms.refresh);
        let upto = latest_end(terms, bucket);
        let rows = in_time(self.store.last(&query, Some(upto), MAX_ROWS)).await?;
        let is_all = rows.len() < MAX_ROWS;
        let mut reports: Vec<Report> =
            rows.iter().filter(|row| counts(&query, row)).map(reports::of_row).collect();
        reports.retain(|report| report.bucket(terms.refresh) <= bucket);
        Ok(Past { terms, bucket, raised_at, reports, is_all })
    }

    fn reconsidered(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<GuardrailId, Uuid>> {
        self.reconsidered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The event of the newest retraction of rows of the guardrail's metric.
pub(super) fn last_retraction(view: &View, entry: &guardrails::Entry) -> Option<Uuid> {
    Some(view.metrics.get(entry.metric?)?.retracted.last()?.by)
}

/// Where rows of a bucket end at the latest: one that ends beyond it counted as of its arrival.
fn latest_end(terms: &Terms, bucket: Bucket) -> Timestamp {
    plus(bucket.end(terms.refresh), terms.refresh.max(TOLERANCE.unsigned_abs()))
}

/// What is left of the rows up to the bucket of a breach.
struct Past<'t> {
    terms: &'t Terms,
    bucket: Bucket,
    raised_at: Timestamp,
    reports: Vec<Report>,
    /// Whether there are no older ones.
    is_all: bool,
}

impl Past<'_> {
    /// Whether rows of windows that the breach looked at, or of those before them, may have been among the ones that were
    /// taken back. With what is gone there were no fewer buckets, so it looked at none that is older.
    fn may_rest_on(&self, taken: &Retracted) -> bool {
        let known = self.buckets(|report| self.was_known(report));
        let oldest = known.iter().rev().nth(Watch::needs(self.terms) - 1).copied();
        let from = oldest.map_or(Timestamp::MIN, |oldest| oldest.before(1).end(self.terms.refresh));
        let upto = latest_end(self.terms, self.bucket);
        self.raised_at <= plus(taken.at, UNHEARD) && taken.rows.from < upto && taken.rows.to > from
    }

    /// Whether it still follows from what was known when it was raised, or from all that is known by now. Nobody knows
    /// when there are too many rows to look at.
    fn is_founded(&self) -> bool {
        let is_enough = self.is_all || self.buckets(|_| true).len() > Watch::needs(self.terms);
        !is_enough || self.fails(|report| self.was_known(report)) || self.fails(|_| true)
    }

    fn was_known(&self, report: &Report) -> bool {
        report.received_at <= self.raised_at
    }

    fn fails(&self, is_known: impl Fn(&Report) -> bool) -> bool {
        let then = plus(self.bucket.end(self.terms.refresh), points::grace(self.terms.refresh));
        let known = self.reports.iter().filter(|report| is_known(report));
        let filled = points::fill(self.terms, known, then);
        points::answer(self.terms, &filled, then).state == CheckState::Fail
    }

    /// Those with such a row in them, in their order.
    fn buckets(&self, is_known: impl Fn(&Report) -> bool) -> Vec<Bucket> {
        let known = self.reports.iter().filter(|report| is_known(report));
        let mut buckets: Vec<Bucket> = known.map(|report| report.bucket(self.terms.refresh)).collect();
        buckets.sort_unstable();
        buckets.dedup();
        buckets
    }
}
