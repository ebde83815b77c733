//! Ingest: observations come in, are stored, and are judged.
//!
//! ```text
//!   body ──parse──> rows ──admit──> join ──┬─> commit to the store     ──> reply
//!                                          └─> judge, answer, breach
//! ```
//!
//! A batch is taken whole or not at all: nothing is written before every row has been checked. Storing and judging run
//! side by side, so that a breach costs one commit after the observation arrives. They do so only for windows
//! that are newer than any from the same source: only then is it certain that the key is not known with another value.
//! A duplicate is not written again but is judged again (design clause 10). When storing fails after judging
//! raised a breach, exposure was taken back on a value that is not kept; that is the safe side.
//!
//! Of several replicas each takes whatever arrives: it checks and stores the whole batch, and hands the rows to those
//! who judge them ([`crate::evaluator::sharing`]). What it remembers of the newest windows is its own: another replica
//! may have stored the same key with another value, which is then judged, refused by the store, and put right by the
//! holder when it compares its windows with the store.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use recent::{Recent, Tally};
use serde::Serialize;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, MetricId};
use verdict_kernel::principal::Principal;
use verdict_metrics_domain::metric::{Command, Proof, State};
use verdict_metrics_wire::metric::MetricWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, Repository};
use verdict_runtime::grpc;
use verdict_runtime::http::health::Figure;
use verdict_runtime::log::{Log, Position};
use verdict_runtime::observations::{Key, ObservationStore, Outcome, Row, StoreError};
use verdict_runtime::problem::{Code, Problem};

use crate::board::{Board, View};
use crate::evaluator::sharing::Judged;
use crate::evaluator::{self, Evaluation};
use crate::figures;

mod admit;
mod body;
pub mod http;
mod recent;
#[cfg(test)]
mod tests;

/// How long a request waits for the board to reach the head of the log. Beyond it the request goes on with what the
/// board shows: a breach that names an older attempt is still safe (design clause 6).
const PATIENCE: Duration = Duration::from_millis(50);

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Rows that are stored now and were not before.
    pub accepted: u64,
    /// Rows that were stored already.
    pub duplicates: u64,
    /// Accepted rows whose window ends before the newest of their metric.
    pub late: u64,
    /// Rows that are stored and will be judged later: the replica that judges them did not answer. Left out when
    /// there are none.
    #[serde(skip_serializing_if = "is_zero")]
    pub waiting: u64,
    /// A view that covers it includes every answer that the rows led to, except for those that wait. Empty on an empty
    /// log.
    pub position: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
const fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Takes observations. Cheap to clone.
#[derive(Clone)]
pub struct Ingest {
    board: Arc<Board>,
    store: Arc<dyn ObservationStore>,
    evaluation: Arc<Evaluation>,
    metrics: Repository<MetricWire>,
    clock: Arc<dyn Clock>,
    recent: Arc<Recent>,
}

impl Ingest {
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        store: Arc<dyn ObservationStore>,
        board: Arc<Board>,
        evaluation: Arc<Evaluation>,
    ) -> Self {
        Self {
            metrics: Repository::new(log, clock.clone()),
            recent: Arc::new(Recent::new(store.clone())),
            board,
            store,
            evaluation,
            clock,
        }
    }

    /// Takes the body of a request: one observation, or `{"observations": [...]}`. The reply waits until the rows are
    /// durable and every answer that they change is in the log.
    pub async fn take(&self, body: &[u8]) -> Result<Taken, Problem> {
        let mut rows = body::parse(body, self.clock.now())?;
        self.admit(&rows).await?;
        self.evaluation.received(&mut rows);
        let seen = self.recent.note(&rows, |row| self.refresh(row)).await.map_err(|error| stored(&error))?;
        let (outcomes, judged) = if seen.is_new {
            let (stored, judged) = tokio::join!(self.commit(&rows), self.evaluation.judge_everywhere(&rows));
            (stored?, judged)
        } else {
            let outcomes = self.commit(&rows).await?;
            (outcomes, self.evaluation.judge_everywhere(&rows).await)
        };
        let judged = judged.map_err(|fault| grpc::fault_problem(&fault))?;
        let verified = match self.verify_instrumentation(&rows).await {
            // The rows are stored and judged; nobody who sends rows can mend a past that cannot be read.
            Err(fault @ Fault::Unreadable { .. }) => {
                tracing::error!(%fault, "a metric stays without proof of instrumentation: {fault}");
                None
            }
            verified => verified.map_err(|fault| grpc::fault_problem(&fault))?,
        };
        let tallies = self.recent.count(&rows, &outcomes, &seen.late);
        Ok(self.taken(tallies, judged, verified))
    }

    /// The sources of a metric whose last rows all came to this replica too late to be judged.
    pub fn too_late(&self, org: &str, metric: &str) -> Vec<String> {
        self.recent.too_late(org, metric)
    }

    /// How often the row's metric is expected; nothing is late for one that nobody defined.
    fn refresh(&self, row: &Row) -> Duration {
        let definition =
            |view: &View| view.metrics.definition(&row.key.org, &row.key.metric).map(|it| it.refresh);
        self.board.read(definition).unwrap_or(Duration::MAX)
    }

    #[cfg(test)]
    pub(crate) fn board(&self) -> &Board {
        &self.board
    }

    #[cfg(test)]
    pub(crate) fn newest(&self) -> Vec<(verdict_kernel::id::GuardrailId, Option<jiff::Timestamp>)> {
        self.evaluation.newest()
    }

    /// What a scraper is told of guardrails and incidents.
    pub fn figures(&self) -> Vec<Figure> {
        figures::publish(&self.board, &self.evaluation.newest(), self.clock.now());
        figures::of(&self.board)
    }

    /// Duplicates and late rows of a metric that this replica took since it started.
    pub fn tally(&self, org: &str, metric: &str) -> Tally {
        self.recent.tally(org, metric)
    }

    /// Everything that has to be known of the log: metrics, rollouts.
    async fn admit(&self, rows: &[Row]) -> Result<(), Problem> {
        let fault = |fault: &Fault| grpc::fault_problem(fault);
        if let Ok(refreshed) = tokio::time::timeout(PATIENCE, self.board.refresh_if_grown()).await {
            refreshed.map_err(|error| fault(&error))?;
        }
        let check = || self.board.read(|view| admit::check(view, rows));
        if check().is_ok() {
            return Ok(());
        }
        // What is not known may be news: the answer is given at the head of the log.
        self.board.refresh().await.map_err(|error| fault(&error))?;
        check()
    }

    async fn commit(&self, rows: &[Row]) -> Result<Vec<Outcome>, Problem> {
        let outcomes = self.store.insert(rows.to_vec()).await.map_err(|error| stored(&error))?;
        match outcomes.iter().position(|outcome| *outcome == Outcome::Conflict) {
            Some(index) => Err(body::conflict(index, &rows[index])),
            None => Ok(outcomes),
        }
    }

    /// The first real event of a metric proves that it is instrumented (rule M9).
    async fn verify_instrumentation(&self, rows: &[Row]) -> Result<Option<Position>, Fault> {
        let mut first: HashMap<(&str, &str), &Key> = HashMap::new();
        for Row { key, .. } in rows {
            first.entry((&key.org, &key.metric)).or_insert(key);
        }
        let mut newest: Option<Position> = None;
        for ((org, metric), key) in first {
            let unproven = self.board.read(|view| {
                let entry = view.metrics.by_key(org, metric);
                entry.is_some_and(|entry| {
                    matches!(entry.state, State::Live(..)) && !entry.state.is_instrumented()
                })
            });
            if unproven {
                let position = self.verify(org, metric, key).await?;
                newest = [newest, position].into_iter().flatten().max_by_key(|at| at.commit);
            }
        }
        Ok(newest)
    }

    async fn verify(&self, org: &str, metric: &str, key: &Key) -> Result<Option<Position>, Fault> {
        let id = MetricId::of(org, metric);
        let command_id = CommandId::derive(id.as_uuid(), "first-event");
        let mut principal = Principal::process(evaluator::PROCESS);
        org.clone_into(&mut principal.org);
        // Whichever event is the first: all of them are the same command.
        let envelope =
            Envelope { payload_hash: "first-event".to_owned(), ..Envelope::new(command_id, principal) };
        let proof = Proof { source: key.source.clone(), window_end: key.window_end };
        let command = Command::VerifyInstrumentation(proof);
        let executed = self.metrics.execute(&envelope, &id.to_string(), false, command).await;
        match executed {
            Ok(executed) => Ok(executed.position),
            Err(error) => Err(evaluator::unanswered(error)),
        }
    }

    fn taken(&self, tally: Tally, judged: Judged, verified: Option<Position>) -> Taken {
        let own = [judged.position, verified].into_iter().flatten().max_by_key(|at| at.commit);
        let position = own.or_else(|| self.board.position());
        Taken {
            accepted: tally.inserted,
            duplicates: tally.duplicates,
            late: tally.late,
            waiting: judged.waiting,
            position: position.map(|at| at.to_string()).unwrap_or_default(),
        }
    }
}

fn stored(error: &StoreError) -> Problem {
    match error {
        StoreError::Full => Problem::new(Code::LogFull, error.to_string())
            .hint("free space on its volume, then send the same observations again"),
        StoreError::Busy | StoreError::Failed(_) => {
            Problem::new(Code::Unavailable, error.to_string()).hint("send the same observations again")
        }
    }
}
