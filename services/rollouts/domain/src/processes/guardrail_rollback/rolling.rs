//! A rollback under way, or done.

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::id::EdgeId;
use verdict_kernel::process::{Moment, Next, Outcome, Past, Record, Step};

use super::aftermath::{hold_announcements, open_incident, severity};
use super::{Action, Breach, Fact, Missing, Narrowed, PATIENCE};
use crate::rollout::STILL_SERVED;

const NARROW: &str = "narrow";
const REQUEST_ROLLBACK: &str = "request_rollback";
const LIST_EDGES: &str = "list_edges";
const CONFIRM_ROLLBACK: &str = "confirm_rollback";
const KILL: &str = "kill";
const PAGE: &str = "page";
const OPEN_INCIDENT: &str = "open_incident";
const NOTE_FOR_BET: &str = "note_for_bet";
pub(super) const HOLD_ANNOUNCEMENTS: &str = "hold_announcements";

pub(super) const UNCONFIRMED: &str = "unconfirmed";
pub(super) const STILL_UNCONFIRMED: &str = "still_unconfirmed";

/// Times that a narrowing is tried again because exposure was raised in between.
const TRIES: usize = 5;

/// What the facts told about a rollback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollback {
    first: Breach,
    /// The first critical breach that joined after a first one that was not critical.
    worse: Option<Breach>,
    /// The first critical breach that joined where there is no way back (rule R26): somebody has to hear of it.
    left: Option<Breach>,
    narrowed: Option<(Narrowed, Moment)>,
    /// The edges that were listed last.
    listed: Option<(Vec<EdgeId>, Moment)>,
    /// Newest version that each edge confirmed.
    served: BTreeMap<EdgeId, u32>,
    gone: BTreeSet<EdgeId>,
    attempt_over: bool,
}

impl Rollback {
    pub(super) const fn after(first: Breach) -> Self {
        Self {
            first,
            worse: None,
            left: None,
            narrowed: None,
            listed: None,
            served: BTreeMap::new(),
            gone: BTreeSet::new(),
            attempt_over: false,
        }
    }

    pub(super) fn learn(&mut self, fact: &Fact, past: &Past) {
        match fact {
            Fact::BreachNoted(breach) => self.join(breach),
            Fact::Narrowed(narrowed) => self.note_narrowed(narrowed, past),
            Fact::EdgesListed(edges) => {
                // The list is newer than every departure that was noted before it.
                self.gone.clear();
                let edges = edges.iter().copied().collect::<BTreeSet<_>>();
                self.listed = Some((edges.into_iter().collect(), past.now()));
            }
            Fact::Served { edge, flag_version } => {
                let newest = self.served.entry(*edge).or_default();
                *newest = (*newest).max(*flag_version);
            }
            Fact::EdgeGone(edge) => {
                self.gone.insert(*edge);
            }
            Fact::AttemptOver => self.attempt_over = true,
        }
    }

    fn join(&mut self, breach: &Breach) {
        if breach.critical && breach.irreversible && !breach.holds_only && self.left.is_none() {
            self.left = Some(breach.clone());
        }
        if breach.critical && !breach.leaves_exposure() && !self.first.critical && self.worse.is_none() {
            self.worse = Some(breach.clone());
        }
    }

    /// A later narrowing has to be confirmed anew, by the edges of that moment and with its own patience.
    fn note_narrowed(&mut self, narrowed: &Narrowed, past: &Past) {
        let known = self.served_now(past);
        if known.is_none_or(|known| known.flag_version < narrowed.flag_version) {
            self.narrowed = Some((narrowed.clone(), past.now()));
        }
    }

    /// What the last narrowing left. A flag that cannot be narrowed, an archived one for instance, serves nobody.
    fn served_now(&self, past: &Past) -> Option<Narrowed> {
        let refused = past.records(NARROW).iter().any(is_refused);
        let nobody = || Narrowed { flag_version: 0, to_stage: String::new(), at: self.first.at };
        let narrowed = self.narrowed.as_ref().map(|(narrowed, _)| narrowed.clone());
        narrowed.or_else(|| refused.then(nobody))
    }

    /// The rollout has gone on.
    pub(super) const fn is_left(&self) -> bool {
        self.attempt_over
    }

    pub(super) fn next(&self, past: &Past) -> Next<Action> {
        Standing::of(self, past).next()
    }
}

/// A rollback in the light of what was done about it.
struct Standing<'r> {
    rollback: &'r Rollback,
    past: &'r Past,
    /// Counts the narrowings: a critical breach that joins makes another one, and so does a confirmation that the rollout
    /// refused because more was served. A client had released the hold, and exposure was raised before the rollout heard
    /// of the breach.
    round: u32,
    /// How often the rollout refused for that reason, as far as it led to another narrowing.
    refused: u32,
    /// Since then the edges have to confirm.
    since: Moment,
    narrowed: Option<Narrowed>,
    /// `None` until they were listed.
    edges: Option<&'r [EdgeId]>,
}

impl<'r> Standing<'r> {
    fn of(rollback: &'r Rollback, past: &'r Past) -> Self {
        let raised = past.records(CONFIRM_ROLLBACK).iter().filter(|record| is_still_served(&record.outcome));
        let again: Vec<Moment> = raised.map(|record| record.at).take(TRIES).collect();
        let refused = u32::try_from(again.len()).unwrap_or(u32::MAX);
        let tried = again.last().copied().unwrap_or_default();
        let since = rollback.narrowed.as_ref().map_or(tried, |(_, at)| tried.max(*at));
        let nothing_to_narrow =
            past.records(NARROW).iter().any(|record| is_refused(record) && record.at > since);
        let listed = rollback.listed.as_ref().filter(|(_, at)| *at > since);
        Self {
            rollback,
            past,
            round: 1 + u32::from(rollback.worse.is_some()) + refused,
            refused,
            since,
            narrowed: rollback.served_now(past),
            edges: if nothing_to_narrow { Some(&[]) } else { listed.map(|(edges, _)| edges.as_slice()) },
        }
    }

    fn cause(&self) -> &'r Breach {
        self.rollback.worse.as_ref().unwrap_or(&self.rollback.first)
    }

    fn confirmed(&self) -> Option<&Narrowed> {
        let narrowed = self.narrowed.as_ref()?;
        let all = self.edges?.iter().all(|edge| self.serves(edge, narrowed));
        (all && self.past.is_recorded(NARROW, self.round)).then_some(narrowed)
    }

    /// Whether the edge serves what was narrowed, or serves nobody any more.
    fn serves(&self, edge: &EdgeId, narrowed: &Narrowed) -> bool {
        let served = self.rollback.served.get(edge);
        self.rollback.gone.contains(edge) || served.is_some_and(|version| *version >= narrowed.flag_version)
    }

    /// The rollout refused once more after the last try.
    fn is_given_up(&self) -> bool {
        self.past.outcome(CONFIRM_ROLLBACK, self.round).is_some_and(is_still_served)
    }

    /// The flag was killed because nobody confirmed.
    fn is_killed(&self) -> bool {
        self.past.records(KILL).iter().any(|record| record.outcome == Outcome::Done)
    }

    fn is_late(&self, deadline: &str) -> bool {
        self.past.has_passed(deadline, self.since) && self.confirmed().is_none()
    }

    fn missing(&self) -> Missing {
        match (&self.narrowed, self.edges) {
            (Some(_), Some(_)) if self.is_given_up() => Missing::StillServed,
            (Some(narrowed), Some(edges)) => {
                Missing::Edges(edges.iter().filter(|edge| !self.serves(edge, narrowed)).copied().collect())
            }
            (None, _) | (_, None) => Missing::List,
        }
    }

    /// Everything that could be sent now, the most urgent first.
    fn wanted(&self) -> Vec<Step<Action>> {
        let (round, cause) = (self.round, self.cause());
        if !self.past.is_recorded(NARROW, round) {
            let narrow = Step::new(NARROW, round, Action::Narrow { breach: cause.clone() });
            // The breach gives its id to one narrowing only.
            return vec![Step { cause: (self.refused == 0).then_some(cause.event), ..narrow }];
        }
        let flag = self.rollback.first.of.flag;
        let mut steps = Vec::new();
        let mut want = |name, attempt, action| steps.push(Step::new(name, attempt, action));
        if self.is_late(UNCONFIRMED) {
            want(KILL, round, Action::Kill { flag });
        }
        // Once for the first breach, once more for a critical one that joins.
        let request = 1 + u32::from(self.rollback.worse.is_some());
        want(REQUEST_ROLLBACK, request, Action::RequestRollback { breach: cause.clone() });
        if self.edges.is_none() {
            want(LIST_EDGES, round, Action::ListEdges { flag });
        }
        // A rollout that cannot be told keeps nobody from hearing of the breach (design clause 18).
        let told = self.past.is_recorded(REQUEST_ROLLBACK, request);
        if let Some(narrowed) = self.confirmed().filter(|_| told) {
            want(CONFIRM_ROLLBACK, round, self.confirm(narrowed));
        }
        if self.is_late(STILL_UNCONFIRMED) || self.is_given_up() {
            want(PAGE, round, Action::Page { breach: cause.clone(), missing: self.missing() });
        }
        steps.extend(self.aftermath());
        steps
    }

    /// What has to be done besides, in no order.
    fn aftermath(&self) -> Vec<Step<Action>> {
        let Rollback { first, worse, left, .. } = self.rollback;
        let mut steps = vec![Step::new(OPEN_INCIDENT, 1, open_incident(first.clone()))];
        let worse = worse.clone().filter(|worse| severity(worse) != severity(first));
        steps.extend(worse.map(|worse| Step::new(OPEN_INCIDENT, 2, open_incident(worse))));
        steps.extend(left.clone().map(|left| Step::new(OPEN_INCIDENT, 3, open_incident(left))));
        let note = |bet| Step::new(NOTE_FOR_BET, 1, Action::NoteForBet { bet, breach: first.clone() });
        steps.extend(first.of.bet.map(note));
        steps.push(Step::new(HOLD_ANNOUNCEMENTS, 1, hold_announcements(first)));
        steps
    }

    /// After a kill nobody is served, whatever the narrowing had left.
    fn confirm(&self, narrowed: &Narrowed) -> Action {
        Action::ConfirmRollback {
            of: self.rollback.first.of.clone(),
            to_stage: if self.is_killed() { String::new() } else { narrowed.to_stage.clone() },
            flag_version: narrowed.flag_version,
        }
    }

    fn deadlines(&self) -> Vec<(&'static str, Timestamp)> {
        let Some(narrowed) = self.narrowed.as_ref().filter(|_| self.confirmed().is_none()) else {
            return Vec::new();
        };
        let after = |patience: SignedDuration| narrowed.at.saturating_add(patience).unwrap_or(Timestamp::MAX);
        vec![(UNCONFIRMED, after(PATIENCE)), (STILL_UNCONFIRMED, after(PATIENCE * 2))]
    }

    fn next(&self) -> Next<Action> {
        let nothing_left = self.cause().critical
            || self.rollback.attempt_over
            || self.is_killed()
            || self.narrowed.as_ref().is_some_and(|narrowed| narrowed.to_stage.is_empty());
        let steps = self.past.left_of(self.wanted());
        let over = nothing_left && self.confirmed().is_some() && steps.is_empty();
        Next { steps, deadlines: self.deadlines(), over }
    }
}

fn is_refused(record: &Record) -> bool {
    record.outcome != Outcome::Done
}

fn is_still_served(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Refused(code) if code == STILL_SERVED)
}
