//! The evaluation of guardrails: points come in, answers go to the log when they change.
//!
//! Every armed guardrail has a [`watch::Watch`] with its newest rows; what they say is in
//! [`verdict_metrics_domain::points`], for gates and guardrails alike. Its lock is held from the moment rows go in
//! until the answers they lead to are in the log, so answers of one guardrail never overtake each other, and never while
//! the store is read. A breach is therefore one append away from the observation that decides it.
//!
//! The id of an answer's command derives from guardrail, window and state: whoever evaluates the same rows again,
//! after a crash or on another replica, sends the same commands (design clauses 5 and 10).
//!
//! Of several replicas each judges the shares whose leases it holds ([`places`]), and its answers carry the fence of
//! that lease (clause 8). The points of a watch belong to the right under which they were collected: whoever takes a
//! share over, or takes it back, begins with what is stored. While a share is held, rows that did not reach its holder
//! are found in the store, which the holder compares its windows with every few seconds ([`component`]).

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, GuardrailId, RolloutId};
use verdict_kernel::principal::Principal;
use verdict_metrics_domain::evaluation::{Answer, Terms};
use verdict_metrics_domain::guardrail::{self, Command, StageAttempt};
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, ExecuteError, Repository};
use verdict_runtime::grpc::payload_hash;
use verdict_runtime::log::{Log, Position};
use verdict_runtime::observations::{ObservationStore, Query, Retraction, Row, StoreError};
use verdict_runtime::route::Replicas;
use verdict_runtime::run::Poke;
use verdict_runtime::seat::Right;
use verdict_stored::vocabulary::check_state;

use crate::board::{Board, guardrails, rollouts};
use crate::reports;
pub(crate) use loading::in_time;
use places::{Place, Places};
use verdict_metrics_wire::guardrail::GuardrailWire;
use watch::{Found, Rest, Watch};

mod blind;
pub mod component;
pub mod leases;
mod loading;
pub mod places;
mod quiet;
mod reconsider;
pub mod sharing;
mod sources;
#[cfg(test)]
mod tests;
mod watch;

/// Who says so cannot judge, and does not claim to watch (rule R15).
const UNHEALTHY: CheckState = CheckState::Unknown(Unknown::Unhealthy);

/// The name under which the evaluation answers. Nobody else may.
pub const PROCESS: &str = "guardrail-evaluation";

/// The evaluation of every guardrail. Shared by ingest, gates and the component that keeps it going.
pub struct Evaluation {
    board: Arc<Board>,
    store: Arc<dyn ObservationStore>,
    guardrails: Repository<GuardrailWire>,
    clock: Arc<dyn Clock>,
    places: Places,
    /// Some rows could not be handed to who judges them, which may be this replica again by now, or could not be judged
    /// here.
    missed: AtomicBool,
    /// Makes the component look at everything again.
    poke: OnceLock<Poke>,
    /// Attempts for which a breach was raised over a past that cannot be read.
    blind: Mutex<HashMap<GuardrailId, u32>>,
    watches: Mutex<Watches>,
    /// The last retraction of rows that each guardrail was judged again after.
    reconsidered: Mutex<HashMap<GuardrailId, Uuid>>,
}

type SharedWatch = Arc<tokio::sync::Mutex<Watch>>;
/// Each with the right under which it is kept.
type Watches = HashMap<GuardrailId, (Right, SharedWatch)>;

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
            poke: OnceLock::new(),
            blind: Mutex::default(),
            watches: Mutex::default(),
            reconsidered: Mutex::default(),
        }
    }

    /// Whoever drives the component of this evaluation says how to wake it.
    pub fn woken_by(&self, poke: Poke) {
        self.poke.get_or_init(|| poke);
    }

    fn wake(&self) {
        if let Some(poke) = self.poke.get() {
            poke.poke();
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

    /// Whether it judges everything about this rollout: it looked at all of its share a moment ago, none of the
    /// rollout's guardrails was without an answer, and none can be without one since.
    pub fn watches_over(&self, rollout: RolloutId) -> bool {
        let looked = self.places.of(rollout).watches_over(rollout, self.clock.monotonic());
        looked && self.board.read(|view| view.guardrails.unanswerable(rollout).next().is_none())
    }

    /// Whether one of the rollouts that this replica judges has a guardrail without an answer.
    pub fn is_blind_to(&self, rollouts: &[RolloutId]) -> bool {
        let now = self.clock.monotonic();
        let is_mine = |rollout| self.places.of(rollout).right(now).is_some();
        rollouts.iter().any(|&rollout| is_mine(rollout) && !self.watches_over(rollout))
    }

    /// The end of the newest window of each guardrail that this replica judges, but for those that it judges right now;
    /// `None` for one that nothing was measured for.
    pub fn newest(&self) -> Vec<(GuardrailId, Option<Timestamp>)> {
        let now = self.clock.monotonic();
        let watches = self.watches();
        let judged = watches.iter().filter(|(id, (right, _))| {
            let place = self.entry(**id).and_then(|entry| self.place_of(&entry)?.right(now));
            place.as_ref() == Some(right)
        });
        let newest = judged.filter_map(|(id, (_, watch))| Some((*id, watch.try_lock().ok()?.newest())));
        newest.collect()
    }

    /// Judges what is stored beyond the last answer, and what only the time changes: an answer that goes stale, a bucket
    /// whose sources were waited for long enough. `compare` looks for stored rows that never arrived here. Says when
    /// there is something to do again, and whether there was anything to say.
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
        // What is taken back from here on is considered by the next look, which reads the store after it.
        let retraction = self.board.read(|view| reconsider::last_retraction(view, &entry));
        let first_time = self.load(at, &entry, &watch).await?;
        let taken_back = self.board.read(|view| self.has_to_reconsider(view, id, &entry));
        let compare = (compare || taken_back) && !first_time;
        // A store that does not answer keeps nobody from judging what is here.
        let compared = if compare { self.compare(&entry, &watch).await } else { Ok(()) };
        if compared.is_ok() {
            self.reconsider(at, &watch, retraction).await?;
        }
        let judged = self.judge_pending(at, &mut *watch.lock().await).await?;
        // By a clock that went back, what was said before is found again, and is nothing new.
        let said = self.entry(id).is_some_and(|now| now.version != entry.version);
        compared?;
        let unsound = self.board.read(|view| quiet::unsound(view, view.guardrails.get(id)?));
        if let Some(fault) = unsound.or(judged.blind) {
            return Err(fault);
        }
        Ok((judged.due, first_time || said))
    }

    /// A row that arrives now arrived after every arming that is known, whatever the clocks say: one that was moved back
    /// does not make a guardrail deaf.
    pub fn received(&self, rows: &mut [Row]) {
        self.board.read(|view| {
            for row in rows {
                let ids = view.guardrails.of_metric(&row.key.org, &row.key.metric);
                let entries = ids.iter().filter_map(|id| view.guardrails.get(*id));
                let armed = entries.filter(|entry| entry.state.is_watching()).map(|entry| entry.armed_at);
                row.received_at = armed.max().max(Some(row.received_at)).unwrap_or(row.received_at);
            }
        });
    }

    /// What the points of windows that begin at `since` or later say at this moment, whether or not it was answered
    /// yet. Only the holder can say.
    pub async fn answer_now(
        &self,
        id: GuardrailId,
        since: Option<Timestamp>,
    ) -> Result<Option<Answer>, Fault> {
        let Some(entry) = self.entry(id) else {
            return Ok(None);
        };
        let Some(place) = self.place_of(&entry) else {
            return Ok(None);
        };
        let right = place.right(self.clock.monotonic()).ok_or_else(|| not_held(place))?;
        let watch = self.watch(id, &right);
        self.load(At { place, right: &right, id }, &entry, &watch).await?;
        let watch = watch.lock().await;
        Ok(terms(&entry).map(|terms| watch.answer_at(terms, since, self.clock.now())))
    }

    /// Forgets rows that were taken back from the store (rule M14). The guardrails that listened to them are judged
    /// again by the next look at everything, which is asked for.
    pub async fn retracted(&self, retraction: &Retraction) {
        let watches: Vec<SharedWatch> = self.watches().values().map(|(_, watch)| watch.clone()).collect();
        for watch in watches {
            watch.lock().await.forget(|key, _| retraction.takes(key));
        }
        self.missed.store(true, Ordering::Release);
        self.wake();
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
        self.load(at, &entry, &watch).await?;
        let query = query(&entry);
        let mut watch = watch.lock().await;
        watch.insert(rows.iter().filter(|row| counts(&query, row)));
        let judged = self.judge_pending(at, &mut watch).await;
        if watch.waits_anew() {
            self.wake();
        }
        judged.map(|judged| judged.position)
    }

    /// Judges the rows that went in, and what they say now, and answers what changes.
    async fn judge_pending(&self, at: At<'_>, watch: &mut Watch) -> Result<Judged, Fault> {
        let (known, found, now) = match self.entry(at.id) {
            None => return Ok(Judged::default()),
            Some(entry) => {
                let known = self.board.read(|view| quiet::known(view, &entry));
                let now = self.clock.now();
                (known, terms(&entry).map_or_else(Found::default, |terms| watch.look(terms, now)), now)
            }
        };
        let newest = found.answers.last();
        let blind = newest.filter(|newest| newest.state == UNHEALTHY);
        let blind = blind.map(|it| Fault::Other(format!("nothing can be said of now: {}", it.seen)));
        let answered = self.answer_all(at, found.answers).await;
        if answered.is_ok() {
            watch.judged();
        }
        watch.trim();
        let position = answered?;
        // What was said by now, by whomever, is more than was known, and ends the rest at once.
        if blind.is_none() {
            watch.rest(Rest { known, from: now, until: found.due });
        }
        Ok(Judged { position, due: found.due, blind })
    }

    /// Answers each that changes something, up to one that cannot be recorded.
    async fn answer_all(&self, at: At<'_>, answers: Vec<Answer>) -> Result<Option<Position>, Fault> {
        let mut newest = None;
        let mut unreadable = Ok(());
        for answer in answers {
            let Some(entry) = self.entry(at.id) else {
                break;
            };
            match self.answer(at, &entry, answer).await {
                Ok(position) => newest = position.or(newest),
                // A later answer may be a Fail, which is appended all the same.
                Err(fault @ Fault::Unreadable { .. }) => unreadable = Err(fault),
                Err(fault) => return Err(fault),
            }
        }
        unreadable.map(|()| newest)
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
        let now = self.clock.now();
        if !entry.state.would_change(answer.state, as_of, number, now) {
            return Ok(None);
        }
        // Whoever was away for longer than its lease lasts finds out before it answers.
        if place.right(self.clock.monotonic()).as_ref() != Some(right) {
            return Err(not_held(place));
        }
        let since = self.board.read(|view| reconsider::last_retraction(view, entry));
        let envelope =
            Envelope { fence: right.fence.clone(), ..envelope(id, entry, answer.state, as_of, since) };
        let breach = blind::breach(entry, &answer, attempt.as_ref());
        let command = Command::Answer(guardrail::Answer {
            state: answer.state,
            as_of,
            seen: answer.seen,
            sample: answer.sample,
            attempt,
            found_at: now,
        });
        let name = id.to_string();
        match self.guardrails.execute(&envelope, &name, false, command).await.map_err(unanswered) {
            Ok(executed) => {
                let folded = self.guardrails.load(&name).await?;
                guardrails::tell(id, &executed, &folded.state);
                self.board.learn(id, &folded);
                Ok(executed.position)
            }
            Err(fault @ Fault::Unreadable { .. }) => {
                self.breach_blind(id, &envelope, breach).await?;
                Err(fault)
            }
            Err(fault) => Err(fault),
        }
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
        kept_under(&mut self.watches(), id, right).clone()
    }

    fn watches(&self) -> std::sync::MutexGuard<'_, Watches> {
        self.watches.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The watch of a guardrail under `right`: what was collected under another one is forgotten.
fn kept_under<'w>(watches: &'w mut Watches, id: GuardrailId, right: &Right) -> &'w SharedWatch {
    let (under, watch) = watches.entry(id).or_insert_with(|| (right.clone(), SharedWatch::default()));
    if under != right {
        (*under, *watch) = (right.clone(), SharedWatch::default());
    }
    watch
}

/// What a look at a guardrail came to.
#[derive(Default)]
struct Judged {
    /// Of the newest answer that was recorded.
    position: Option<Position>,
    /// When there is something else to say without a new row.
    due: Option<Timestamp>,
    /// Why nothing can be said of now.
    blind: Option<Fault>,
}

/// A guardrail, where it is judged, and under which right.
#[derive(Clone, Copy)]
struct At<'a> {
    place: &'a Place,
    right: &'a Right,
    id: GuardrailId,
}

/// Whether a row counts for a guardrail: the arm `control` does not (rule M17).
fn counts(query: &Query, row: &Row) -> bool {
    query.admits(row) && !reports::is_control(row)
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
///
/// After rows were taken back the same answer is another one: they may be sent again.
fn envelope(
    id: GuardrailId,
    entry: &guardrails::Entry,
    state: CheckState,
    as_of: Timestamp,
    since: Option<Uuid>,
) -> Envelope {
    let since = since.map_or_else(String::new, |retraction| format!("/{retraction}"));
    let command_id = CommandId::derive(id.as_uuid(), &format!("{as_of}/{state}{since}"));
    let payload = pb::AnswerGuardrail {
        state: check_state(state).into(),
        as_of: as_of.to_string(),
        ..pb::AnswerGuardrail::default()
    };
    let payload_hash = payload_hash(&id.to_string(), &payload);
    Envelope { payload_hash, ..Envelope::new(command_id, principal(entry)) }
}

/// Who answers for a guardrail.
fn principal(entry: &guardrails::Entry) -> Principal {
    let mut principal = Principal::process(PROCESS);
    principal.org.clone_from(&entry.org);
    principal.team.clone_from(&entry.team);
    principal
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
