//! Keeps the evaluation going: judges what is stored when the role starts and when a guardrail is armed, tries again
//! what could not be answered, and says so when an answer goes stale or a bucket counts without those who are silent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream;
use jiff::Timestamp;
use verdict_kernel::id::{GuardrailId, RolloutId};
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::log::{Log, Position};
use verdict_runtime::seat::Right;

use super::places::Place;
use super::quiet::{Quiet, known, quiet};
use super::sources::Metric;
use super::watch::Known;
use super::{Evaluation, SharedWatch, in_time, kept_under};
use crate::board::guardrails;

/// The name under which it is driven.
pub const NAME: &str = "metrics-evaluator";
/// How often it looks for answers that ingest could not record and, where there may be other replicas, for rows that
/// did not arrive here, without being woken.
const AGAIN: Duration = Duration::from_secs(5);
/// When it looks again while it does not know whether a share is its own.
const SOON: Duration = Duration::from_millis(20);
/// When it tries again what could not be answered.
const ONCE_MORE: Duration = Duration::from_secs(1);
/// How often it writes down how far guardrails were judged.
const MARK: Duration = Duration::from_mins(1);
/// How often it looks at most for sources that are away.
const LOOKED_FOR: Duration = Duration::from_secs(1);
/// Guardrails that are settled side by side.
const TOGETHER: usize = 8;
/// Guardrails that are loaded before those that are loaded already are looked at again, if it is time.
const LOADED_AT_ONCE: usize = 2 * TOGETHER;

/// See the module. Ingest does not wait for it.
pub struct Evaluator {
    evaluation: Arc<Evaluation>,
    log: Log,
    /// Monotonic time of the last comparison with the store.
    compared: Duration,
    /// Monotonic time at which it was last written down how far guardrails were judged.
    marked: Option<Duration>,
    /// Metrics whose source is away, as was told, and the monotonic time at which it was looked for last.
    away: BTreeSet<Metric>,
    looked_for: Option<Duration>,
    /// What could not be answered, and was told.
    told: BTreeMap<GuardrailId, Fault>,
}

impl Evaluator {
    pub fn new(evaluation: Arc<Evaluation>, log: Log) -> Self {
        let compared = evaluation.clock.monotonic();
        Self {
            evaluation,
            log,
            compared,
            marked: None,
            away: BTreeSet::new(),
            looked_for: None,
            told: BTreeMap::new(),
        }
    }

    async fn settle_all(&mut self) -> Result<Progress, Fault> {
        let evaluation = self.evaluation.clone();
        evaluation.board.refresh().await?;
        let now = evaluation.clock.monotonic();
        // Alone, every row that is stored was judged here first, unless the lease had run out for a moment.
        let missed = evaluation.missed.swap(false, Ordering::AcqRel);
        let compare = missed || (!self.log.is_exclusive() && now.saturating_sub(self.compared) >= AGAIN);
        let settled = evaluation.settle_held(now, compare).await;
        evaluation.missed.fetch_or(!settled.faults.is_empty(), Ordering::AcqRel);
        if compare && settled.faults.is_empty() {
            self.compared = now;
        }
        if settled.faults.is_empty() {
            self.mark().await;
        }
        let wait = self.looked_for.map_or(Duration::ZERO, |at| (at + LOOKED_FOR).saturating_sub(now));
        if wait.is_zero() || settled.said {
            self.away = evaluation.tell_sources(&self.away);
            self.looked_for = Some(now);
            return Ok(self.progress(settled, AGAIN));
        }
        Ok(self.progress(settled, wait))
    }

    /// What it comes to. One guardrail that cannot be judged is told and tried again, and keeps nobody waiting for
    /// the others (design clause 18). `again`: when it looks again without being woken.
    fn progress(&mut self, settled: Settled, again: Duration) -> Progress {
        let Settled { due, said, faults, .. } = settled;
        for (id, fault) in &faults {
            if self.told.get(id) != Some(fault) {
                tracing::warn!(guardrail.id = %id, %fault, "guardrail {id} cannot be answered: {fault}");
            }
        }
        let lasting = faults.values().all(|fault| matches!(fault, Fault::Unreadable { .. }));
        self.told = faults;
        if said {
            Progress::Worked
        } else if !self.evaluation.is_ready() {
            // It is not known yet what there is to judge.
            Progress::Blocked { due, retry: SOON }
        } else if !lasting {
            Progress::Blocked { due, retry: ONCE_MORE }
        } else {
            Progress::Idle { due, retry: Some(again) }
        }
    }

    /// Remembers how far everything was judged, once in a while. When that fails a restart reads more.
    async fn mark(&mut self) {
        let now = self.evaluation.clock.monotonic();
        if self.marked.is_some_and(|marked| now.saturating_sub(marked) < MARK) {
            return;
        }
        self.marked = Some(now);
        if let Err(fault) = self.evaluation.mark().await {
            tracing::debug!(%fault, "how far guardrails were judged is not remembered: {fault}");
        }
    }
}

/// What a look at every guardrail came to.
#[derive(Default)]
struct Settled {
    due: Option<Timestamp>,
    said: bool,
    faults: BTreeMap<GuardrailId, Fault>,
    /// The rollouts of the guardrails with a fault.
    unanswered: BTreeMap<GuardrailId, RolloutId>,
}

/// A guardrail that this replica has to judge.
struct Held<'a> {
    id: GuardrailId,
    rollout: RolloutId,
    place: &'a Place,
    right: &'a Right,
    /// When it was armed.
    armed_at: Timestamp,
    /// What the log says of it, unless something is to be done about it whatever its rows say.
    known: Option<Known>,
}

/// What is to be done about those that are held.
#[derive(Default)]
struct Sorted<'a> {
    awake: Vec<Held<'a>>,
    /// Nothing, up to `due`.
    quiet: Vec<Held<'a>>,
    due: Option<Timestamp>,
    /// To be read first.
    unread: Vec<Held<'a>>,
}

impl Evaluation {
    /// Settles the guardrails of every share that this replica holds. What is loaded goes first, and again while others
    /// are loading: a share that was just taken over costs the ones that are watched nothing (rule R15).
    async fn settle_held(&self, now: Duration, compare: bool) -> Settled {
        let rights: Vec<Option<Right>> = self.places().all().iter().map(|place| place.right(now)).collect();
        let held = self.held(&rights);
        let Sorted { awake: mut loaded, mut quiet, due, unread } = self.sorted(held);
        if compare {
            loaded.append(&mut quiet);
        }
        let mut settled = Settled { due, ..Settled::default() };
        self.settle_each(&loaded, compare, true, &mut settled).await;
        let mut looked = self.clock.monotonic();
        self.looked(&rights, looked, &settled, &unread);
        loaded.extend(quiet);
        let mut unread = VecDeque::from(unread);
        while !unread.is_empty() {
            let some: Vec<Held<'_>> = unread.drain(..unread.len().min(LOADED_AT_ONCE)).collect();
            self.settle_each(&some, compare, true, &mut settled).await;
            loaded.extend(some.into_iter().filter(|held| !settled.faults.contains_key(&held.id)));
            let now = self.clock.monotonic();
            if now.saturating_sub(looked) >= AGAIN {
                self.settle_each(&loaded, false, !compare, &mut settled).await;
                looked = now;
            }
            self.looked(&rights, looked, &settled, unread.make_contiguous());
        }
        settled
    }

    /// What this replica has to judge under `rights`.
    fn held<'a>(&'a self, rights: &'a [Option<Right>]) -> Vec<Held<'a>> {
        self.board.read(|view| {
            let of_one = |(id, entry): (GuardrailId, &guardrails::Entry)| {
                let rollout = entry.state.guardrail()?.arming.rollout;
                let place = self.places().of(rollout);
                let right = rights.get(place.shard().index() as usize)?.as_ref()?;
                let known = self.has_nothing_to_do(view, id, entry).then(|| known(view, entry));
                Some(Held { id, rollout, place, right, armed_at: entry.armed_at, known })
            };
            view.guardrails.watching().filter_map(of_one).collect()
        })
    }

    /// Forgets the points of all guardrails but those that are held: of those that nobody watches any more, and of those
    /// that others judge. Armed or taken over again, they start afresh.
    fn sorted<'a>(&self, held: Vec<Held<'a>>) -> Sorted<'a> {
        let now = self.clock.now();
        let mut watches = self.watches();
        // They come in the order of their ids.
        watches.retain(|id, _| held.binary_search_by_key(id, |held| held.id).is_ok());
        let mut sorted = Sorted::default();
        for held in held {
            let watch = kept_under(&mut watches, held.id, held.right);
            match quiet(watch, held.armed_at, held.known, now) {
                Quiet::Until(due) => {
                    sorted.due = [sorted.due, due].into_iter().flatten().min();
                    sorted.quiet.push(held);
                }
                Quiet::No => sorted.awake.push(held),
                Quiet::Unread => sorted.unread.push(held),
            }
        }
        sorted
    }

    /// `forgives`: who is settled now has no fault from before. A look without a comparison does not say that the store
    /// answers.
    async fn settle_each(&self, each: &[Held<'_>], compare: bool, forgives: bool, settled: &mut Settled) {
        let mut settling: Vec<BoxFuture<'_, _>> = Vec::with_capacity(each.len());
        for held in each {
            settling.push(Box::pin(async move { (held, self.settle_one(held, compare).await) }));
        }
        let mut outcomes = stream::iter(settling).buffer_unordered(TOGETHER);
        while let Some((held, outcome)) = outcomes.next().await {
            match outcome {
                Ok((due, said)) => {
                    settled.due = [settled.due, due].into_iter().flatten().min();
                    settled.said |= said;
                    if forgives {
                        settled.faults.remove(&held.id);
                        settled.unanswered.remove(&held.id);
                    }
                }
                Err(fault) => {
                    settled.unanswered.insert(held.id, held.rollout);
                    settled.faults.insert(held.id, fault);
                }
            }
        }
    }

    /// Every guardrail was looked at by `at`, but for the `unread` ones.
    fn looked(&self, rights: &[Option<Right>], at: Duration, settled: &Settled, unread: &[Held<'_>]) {
        let now = self.clock.monotonic();
        for (place, right) in self.places().all().iter().zip(rights) {
            let still = right.as_ref().filter(|right| place.right(now).as_ref() == Some(*right));
            let is_of = |rollout: RolloutId| self.places().of(rollout).shard() == place.shard();
            if let Some(right) = still
                && !unread.iter().any(|held| is_of(held.rollout))
            {
                let unanswered = settled.unanswered.values().copied().filter(|rollout| is_of(*rollout));
                place.settled(right.clone(), at, unanswered.collect());
            }
        }
    }

    async fn settle_one(&self, held: &Held<'_>, compare: bool) -> Result<(Option<Timestamp>, bool), Fault> {
        let settled = self.settle(held.place, held.right, held.id, compare).await;
        if matches!(settled, Err(Fault::Fenced { .. })) {
            held.place.overtaken(held.right);
        }
        settled
    }

    /// Writes down how far each guardrail was judged here (design clause 19).
    async fn mark(&self) -> Result<(), Fault> {
        let watches: Vec<(GuardrailId, SharedWatch)> =
            self.watches().iter().map(|(id, (_, watch))| (*id, watch.clone())).collect();
        let mut judged = Vec::with_capacity(watches.len());
        for (id, watch) in watches {
            judged.extend(watch.lock().await.judged_upto().map(|upto| (id.to_string(), upto)));
        }
        if judged.is_empty() { Ok(()) } else { in_time(self.store.mark(judged)).await }
    }
}

impl Component for Evaluator {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.settle_all())
    }

    fn applied(&self) -> Option<Position> {
        self.evaluation.board.position()
    }

    fn unready(&self) -> Option<String> {
        let why = "has not judged the stored observations yet";
        (!self.evaluation.is_ready()).then(|| why.to_owned())
    }
}
