//! The evaluation of guardrails: points come in, answers go to the log when they change.
//!
//! Every armed guardrail has a [`watch::Watch`] with its newest points. Its lock is held from the moment points go in
//! until the answers they lead to are in the log, so answers of one guardrail never overtake each other. A breach
//! is therefore one append away from the observation that decides it.
//!
//! The id of an answer's command derives from guardrail, window and state: whoever evaluates the same rows again,
//! after a crash or on another replica, sends the same commands (design clauses 5 and 10).
//!
//! Of several replicas each judges the shares whose leases it holds ([`places`]), and its answers carry the fence of
//! that lease (clause 8). The points of a watch belong to the right under which they were collected: whoever takes a
//! share over, or takes it back, begins with what is stored. While a share is held, rows that did not reach its holder
//! are found in the store, which the holder compares its windows with every few seconds ([`component`]).

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, GuardrailId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_metrics_domain::evaluation::{Answer, Terms};
use verdict_metrics_domain::guardrail::{self, Command, StageAttempt};
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, ExecuteError, Repository};
use verdict_runtime::grpc::{check_state, payload_hash};
use verdict_runtime::log::{Log, Position};
use verdict_runtime::route::Replicas;
use verdict_runtime::seat::Right;

use crate::board::{Board, guardrails, rollouts};
use crate::observations::{MAX_ROWS, ObservationStore, Query, Row, StoreError};
use crate::wire::guardrail::GuardrailWire;
use places::{Place, Places};
use watch::Watch;

pub mod component;
pub mod leases;
pub mod places;
pub mod sharing;
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
    places: Places,
    /// Some rows could not be handed to who judges them, which may be this replica again by now.
    missed: AtomicBool,
    /// Each with the right under which it is kept.
    watches: Mutex<HashMap<GuardrailId, (Right, SharedWatch)>>,
}

type SharedWatch = Arc<tokio::sync::Mutex<Watch>>;

impl Evaluation {
    pub fn new(
        log: Log,
        clock: Arc<dyn Clock>,
        store: Arc<dyn ObservationStore>,
        board: Arc<Board>,
        replicas: &Replicas,
    ) -> Self {
        Self {
            places: Places::new(&log, replicas),
            guardrails: Repository::new(log, clock.clone()),
            board,
            store,
            clock,
            missed: AtomicBool::new(false),
            watches: Mutex::default(),
        }
    }

    /// Who judges what.
    pub const fn places(&self) -> &Places {
        &self.places
    }

    /// Whether every armed guardrail that this replica has to judge has been judged on what is stored (design
    /// clause 10).
    pub fn is_ready(&self) -> bool {
        self.places.is_ready(self.clock.monotonic())
    }

    /// Whether it judges everything about this rollout, and has judged what is stored.
    pub fn watches_over(&self, rollout: RolloutId) -> bool {
        self.places.of(rollout).is_ready(self.clock.monotonic())
    }

    /// Judges what is stored beyond the last answer, and whether the answer has gone stale since. `compare` looks for
    /// stored rows that never arrived here. Returns when the present answer goes stale, and whether there was anything
    /// to say.
    async fn settle(
        &self,
        place: &Place,
        right: &Right,
        id: GuardrailId,
        compare: bool,
    ) -> Result<(Option<Timestamp>, bool), Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok((None, false));
        };
        let at = At { place, right, id };
        let watch = self.watch(id, right);
        let mut watch = watch.lock().await;
        let first_time = self.load(at, &entry, &mut watch).await?;
        if compare && !first_time {
            let stored = self.store.last(&query(&entry), None, watch.capacity()).await.map_err(fault)?;
            watch.compare(&stored);
        }
        let pending = self.judge_pending(at, &mut watch).await?;
        let entry = self.entry(id).unwrap_or(entry);
        let stale = self.judge_age(at, &entry, &watch).await?;
        let due = terms(&entry).and_then(|terms| watch.goes_stale(terms, self.clock.now()));
        Ok((due, first_time || pending.is_some() || stale.is_some()))
    }

    /// What the newest points say at this moment, whether or not it was answered yet. Only the holder can say.
    pub async fn answer_now(&self, id: GuardrailId) -> Result<Option<Answer>, Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok(None);
        };
        let Some(place) = self.place_of(&entry) else {
            return Ok(None);
        };
        let right = place.right(self.clock.monotonic()).ok_or_else(|| not_held(place))?;
        let watch = self.watch(id, &right);
        let mut watch = watch.lock().await;
        self.load(At { place, right: &right, id }, &entry, &mut watch).await?;
        Ok(terms(&entry).map(|terms| watch.evaluate_newest(terms, self.clock.now())))
    }

    /// Forgets the points of guardrails that nobody watches any more, and of those that others judge: armed or taken
    /// over again, they start afresh.
    fn forget_others(&self) {
        let now = self.clock.monotonic();
        let right = |id: &GuardrailId| self.place_of(&self.entry(*id)?)?.right(now);
        self.watches().retain(|id, (kept_under, _)| right(id).as_ref() == Some(kept_under));
    }

    async fn judge(
        &self,
        place: &Place,
        right: &Right,
        id: GuardrailId,
        rows: &[Row],
    ) -> Result<Option<Position>, Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok(None);
        };
        let at = At { place, right, id };
        let watch = self.watch(id, right);
        let mut watch = watch.lock().await;
        self.load(at, &entry, &mut watch).await?;
        let query = query(&entry);
        watch.insert(rows.iter().filter(|row| query.admits(row)));
        let judged = self.judge_pending(at, &mut watch).await;
        if judged.is_err() && watch.is_overfull() {
            // The log takes no answers for long: what waits is in the store, and is read again from there.
            *watch = Watch::default();
        }
        judged
    }

    /// Reads the stored points that the next answer may depend on, once, and judges those beyond the last answer.
    /// Says whether it did.
    async fn load(&self, at: At<'_>, entry: &guardrails::Entry, watch: &mut Watch) -> Result<bool, Fault> {
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
            self.judge_pending(at, watch).await?;
            match rows.last() {
                Some(last) if rows.len() == MAX_ROWS => after = Some(last.key.clone()),
                Some(_) | None => break,
            }
        }
        watch.loaded(entry.armed_at);
        Ok(true)
    }

    /// Judges the points that went in, in window order, and answers what changes.
    async fn judge_pending(&self, at: At<'_>, watch: &mut Watch) -> Result<Option<Position>, Fault> {
        let mut newest = None;
        while let Some(key) = watch.pending().cloned() {
            let Some(entry) = self.entry(at.id) else {
                break;
            };
            if let Some(answer) = terms(&entry).and_then(|terms| watch.evaluate_at(terms, &key)) {
                newest = self.answer(at, &entry, answer).await?.or(newest);
            }
            watch.judged(&key);
        }
        watch.trim();
        Ok(newest)
    }

    /// An answer that nothing renews goes stale (rule M4).
    async fn judge_age(
        &self,
        at: At<'_>,
        entry: &guardrails::Entry,
        watch: &Watch,
    ) -> Result<Option<Position>, Fault> {
        match terms(entry).map(|terms| watch.evaluate_newest(terms, self.clock.now())) {
            Some(answer) if answer.state == watch::STALE => self.answer(at, entry, answer).await,
            Some(_) | None => Ok(None),
        }
    }

    async fn answer(
        &self,
        At { place, right, id }: At<'_>,
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
        // Whoever was away for longer than its lease lasts finds out before it answers.
        if place.right(self.clock.monotonic()).as_ref() != Some(right) {
            return Err(not_held(place));
        }
        let envelope = Envelope { fence: right.fence.clone(), ..envelope(id, entry, answer.state, as_of) };
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

    /// Where a guardrail is judged.
    fn place_of(&self, entry: &guardrails::Entry) -> Option<&Place> {
        entry.state.guardrail().map(|guardrail| self.places.of(guardrail.arming.rollout))
    }

    fn watch(&self, id: GuardrailId, right: &Right) -> SharedWatch {
        let mut watches = self.watches();
        let (kept_under, watch) =
            watches.entry(id).or_insert_with(|| (right.clone(), SharedWatch::default()));
        if kept_under != right {
            (*kept_under, *watch) = (right.clone(), SharedWatch::default());
        }
        watch.clone()
    }

    fn watches(&self) -> std::sync::MutexGuard<'_, HashMap<GuardrailId, (Right, SharedWatch)>> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A guardrail, where it is judged, and under which right.
#[derive(Clone, Copy)]
struct At<'a> {
    place: &'a Place,
    right: &'a Right,
    id: GuardrailId,
}

fn not_held(place: &Place) -> Fault {
    let why = format!("this replica does not hold the lease '{}' any more", place.lease());
    Fault::Unreachable { service: "evaluation".to_owned(), why }
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
