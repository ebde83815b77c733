//! The evaluation of guardrails: points come in, answers go to the log when they change.
//!
//! Every armed guardrail has a [`watch::Watch`] with its newest points. Its lock is held from the moment points go in
//! until the answers they lead to are in the log, so answers of one guardrail never overtake each other. A breach
//! is therefore one append away from the observation that decides it.
//!
//! The id of an answer's command derives from guardrail, window and state: whoever evaluates the same rows again,
//! after a crash or on another replica, sends the same commands (design clauses 5 and 10).

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::try_join_all;
use jiff::Timestamp;
use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, GuardrailId};
use verdict_kernel::principal::Principal;
use verdict_metrics_domain::evaluation::{Answer, Terms};
use verdict_metrics_domain::guardrail::{self, Command, StageAttempt};
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, ExecuteError, Repository};
use verdict_runtime::grpc::{check_state, payload_hash};
use verdict_runtime::log::{Log, Position};

use crate::board::{Board, guardrails, rollouts};
use crate::observations::{MAX_ROWS, ObservationStore, Query, Row, StoreError};
use crate::wire::guardrail::GuardrailWire;
use watch::Watch;

pub mod component;
#[cfg(test)]
mod tests;
mod watch;

/// The name under which the evaluation answers. Nobody else may.
pub const PROCESS: &str = "guardrail-evaluation";

/// The evaluation of every guardrail. Shared by ingest, gates and the component that keeps it going.
pub struct Evaluation {
    board: Arc<Board>,
    store: Arc<dyn ObservationStore>,
    guardrails: Repository<GuardrailWire>,
    clock: Arc<dyn Clock>,
    watches: Mutex<HashMap<GuardrailId, Arc<tokio::sync::Mutex<Watch>>>>,
    ready: AtomicBool,
}

impl Evaluation {
    pub fn new(log: Log, clock: Arc<dyn Clock>, store: Arc<dyn ObservationStore>, board: Arc<Board>) -> Self {
        Self {
            guardrails: Repository::new(log, clock.clone()),
            board,
            store,
            clock,
            watches: Mutex::default(),
            ready: AtomicBool::new(false),
        }
    }

    /// Whether every armed guardrail has been judged on what is stored (design clause 10).
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// Judges rows that arrived, each guardrail on its own. Returns the newest position that an answer got.
    pub async fn observe(&self, rows: &[Row]) -> Result<Option<Position>, Fault> {
        let mut concerned: Vec<GuardrailId> = self.board.read(|view| {
            let of_row = |row: &Row| view.guardrails.of_metric(&row.key.org, &row.key.metric).to_vec();
            rows.iter().flat_map(of_row).collect()
        });
        concerned.sort_unstable();
        concerned.dedup();
        let judged = concerned.into_iter().map(|id| self.judge(id, rows));
        let positions = try_join_all(judged).await?;
        Ok(positions.into_iter().flatten().max_by_key(|it| it.commit))
    }

    /// Judges what is stored beyond the last answer, and whether the answer has gone stale since. Returns when the
    /// present answer goes stale, and whether there was anything to say.
    async fn settle(&self, id: GuardrailId) -> Result<(Option<Timestamp>, bool), Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok((None, false));
        };
        let watch = self.watch(id);
        let mut watch = watch.lock().await;
        let first_time = self.load(id, &entry, &mut watch).await?;
        let pending = self.judge_pending(id, &mut watch).await?;
        let entry = self.entry(id).unwrap_or(entry);
        let stale = self.judge_age(id, &entry, &watch).await?;
        let due = terms(&entry).and_then(|terms| watch.goes_stale(terms, self.clock.now()));
        Ok((due, first_time || pending.is_some() || stale.is_some()))
    }

    /// What the newest points say at this moment, whether or not it was answered yet.
    pub async fn answer_now(&self, id: GuardrailId) -> Result<Option<Answer>, Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok(None);
        };
        let watch = self.watch(id);
        let mut watch = watch.lock().await;
        self.load(id, &entry, &mut watch).await?;
        Ok(terms(&entry).map(|terms| watch.evaluate_newest(terms, self.clock.now())))
    }

    /// Forgets the points of guardrails that nobody watches any more: armed again, they start afresh.
    fn forget_disarmed(&self) {
        let watching = |id: &GuardrailId| {
            let entry =
                self.board.read(|view| view.guardrails.get(*id).map(|entry| entry.state.is_watching()));
            entry == Some(true)
        };
        self.watches().retain(|id, _| watching(id));
    }

    async fn judge(&self, id: GuardrailId, rows: &[Row]) -> Result<Option<Position>, Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok(None);
        };
        let watch = self.watch(id);
        let mut watch = watch.lock().await;
        self.load(id, &entry, &mut watch).await?;
        let query = query(&entry);
        watch.insert(rows.iter().filter(|row| query.admits(row)));
        let judged = self.judge_pending(id, &mut watch).await;
        if judged.is_err() && watch.is_overfull() {
            // The log takes no answers for long: what waits is in the store, and is read again from there.
            *watch = Watch::default();
        }
        judged
    }

    /// Reads the stored points that the next answer may depend on, once, and judges those beyond the last answer.
    /// Says whether it did.
    async fn load(
        &self,
        id: GuardrailId,
        entry: &guardrails::Entry,
        watch: &mut Watch,
    ) -> Result<bool, Fault> {
        if watch.is_loaded(entry.armed_at) {
            return Ok(false);
        }
        let (Some(terms), query) = (terms(entry), query(entry)) else {
            return Ok(false);
        };
        *watch = Watch::new(terms.rule.looks_at());
        let answered = entry.state.guardrail().and_then(|guardrail| guardrail.last.as_of());
        if answered.is_some() {
            let before = self.store.last(&query, answered, watch.capacity()).await.map_err(fault)?;
            watch.remember(&before);
        }
        let mut after = None;
        loop {
            let rows =
                self.store.rows_from(&query, answered, after.as_ref(), MAX_ROWS).await.map_err(fault)?;
            watch.insert(&rows);
            self.judge_pending(id, watch).await?;
            match rows.last() {
                Some(last) if rows.len() == MAX_ROWS => after = Some(last.key.clone()),
                Some(_) | None => break,
            }
        }
        watch.loaded(entry.armed_at);
        Ok(true)
    }

    /// Judges the points that went in, in window order, and answers what changes.
    async fn judge_pending(&self, id: GuardrailId, watch: &mut Watch) -> Result<Option<Position>, Fault> {
        let mut newest = None;
        while let Some(key) = watch.pending().cloned() {
            let Some(entry) = self.entry(id) else {
                break;
            };
            if let Some(answer) = terms(&entry).and_then(|terms| watch.evaluate_at(terms, &key)) {
                newest = self.answer(id, &entry, answer).await?.or(newest);
            }
            watch.judged(&key);
        }
        watch.trim();
        Ok(newest)
    }

    /// An answer that nothing renews goes stale (rule M4).
    async fn judge_age(
        &self,
        id: GuardrailId,
        entry: &guardrails::Entry,
        watch: &Watch,
    ) -> Result<Option<Position>, Fault> {
        match terms(entry).map(|terms| watch.evaluate_newest(terms, self.clock.now())) {
            Some(answer) if answer.state == watch::STALE => self.answer(id, entry, answer).await,
            Some(_) | None => Ok(None),
        }
    }

    async fn answer(
        &self,
        id: GuardrailId,
        entry: &guardrails::Entry,
        answer: Answer,
    ) -> Result<Option<Position>, Fault> {
        let Some(as_of) = answer.as_of else {
            return Ok(None);
        };
        let attempt = self.attempt(entry);
        let number = attempt.as_ref().map(|at| at.attempt);
        if !entry.state.would_change(answer.state, as_of, number) {
            return Ok(None);
        }
        let envelope = envelope(id, entry, answer.state, as_of);
        let command = Command::Answer(guardrail::Answer {
            state: answer.state,
            as_of,
            seen: answer.seen,
            sample: answer.sample,
            attempt,
        });
        let name = id.to_string();
        let executed = self.guardrails.execute(&envelope, &name, false, command).await.map_err(unanswered)?;
        let folded = self.guardrails.load(&name).await?;
        self.board.learn(id, &folded);
        Ok(executed.position)
    }

    fn attempt(&self, entry: &guardrails::Entry) -> Option<StageAttempt> {
        let rollout = entry.state.guardrail()?.arming.rollout;
        self.board.read(|view| view.rollouts.get(rollout).and_then(rollouts::Entry::attempt))
    }

    fn entry(&self, id: GuardrailId) -> Option<guardrails::Entry> {
        let entry = self.board.read(|view| view.guardrails.get(id).cloned());
        entry.filter(|entry| entry.state.is_watching())
    }

    fn watch(&self, id: GuardrailId) -> Arc<tokio::sync::Mutex<Watch>> {
        self.watches().entry(id).or_default().clone()
    }

    fn watches(&self) -> std::sync::MutexGuard<'_, HashMap<GuardrailId, Arc<tokio::sync::Mutex<Watch>>>> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn terms(entry: &guardrails::Entry) -> Option<&Terms> {
    entry.state.guardrail().map(|guardrail| &guardrail.arming.terms)
}

/// The rows that count for a guardrail: its metric, its rollout or none, arrived since it was armed.
fn query(entry: &guardrails::Entry) -> Query {
    let arming = entry.state.guardrail().map(|guardrail| &guardrail.arming);
    let metric = arming.map_or("", |arming| arming.metric.as_str());
    Query {
        rollout: arming.map(|arming| arming.rollout.to_string()),
        received_from: Some(entry.armed_at),
        ..Query::all(&entry.org, metric)
    }
}

/// The payload hash covers what the id derives from and no more: where the rollout is may have changed between two
/// evaluations of the same window, and they still are one command.
fn envelope(id: GuardrailId, entry: &guardrails::Entry, state: CheckState, as_of: Timestamp) -> Envelope {
    let command_id = CommandId::derive(id.as_uuid(), &format!("{as_of}/{state}"));
    let mut principal = Principal::process(PROCESS);
    principal.org.clone_from(&entry.org);
    principal.team.clone_from(&entry.team);
    let payload = pb::AnswerGuardrail {
        state: check_state(state).into(),
        as_of: as_of.to_string(),
        ..pb::AnswerGuardrail::default()
    };
    Envelope {
        command_id,
        principal,
        reason: String::new(),
        expected_version: None,
        fence: None,
        correlation_id: command_id.to_string(),
        causation_id: command_id.to_string(),
        payload_hash: payload_hash(&id.to_string(), &payload),
    }
}

pub(crate) fn unanswered(error: ExecuteError) -> Fault {
    match error {
        ExecuteError::Fault(fault) => fault,
        other => Fault::Other(format!("an answer could not be recorded: {other}")),
    }
}

/// A store that does not answer, as a fault.
pub(crate) fn fault(error: StoreError) -> Fault {
    Fault::Unreachable { service: "observations".to_owned(), why: error.to_string() }
}
