//! Takes exposure back when a guardrail breaks, and sees to it that nobody is served it any more.
//!
//! ```text
//! breach ──> narrow ──> request_rollback ──> list_edges ──> every edge serves it ──> confirm_rollback
//!               │                └──> open_incident, note_for_bet, hold_announcements (never waited for)
//!               └ 30 s unconfirmed ──> kill ─ 30 s more ──> page
//! ```
//!
//! A rollback that a person asks for, or that a lost watch leads to, takes the same way. One instance looks after
//! one stage attempt; later breaches of the attempt join it. It stays until nothing
//! more can be taken back: because nobody is served any more, or because the rollout has gone on to another
//! attempt. Until then a critical breach takes back the rest, and the rollout hears of that one as well.
//!
//! A breach of a guardrail that only holds (rule R21) takes nothing back: see [`hold`].
//!
//! 1. The narrowing is sent before anything is written about it: two commits and users are safe.
//! 2. Nothing but the narrowing delays the confirmation, and a step that is refused delays nothing.
//! 3. Exposure that was raised again before the rollout heard of the breach is narrowed again.
//! 4. It ends confirmed, or with a page that names what is missing.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::id::{BetId, EdgeId, FlagId, RolloutId};
use verdict_kernel::process::{Outcome, Process, Progress, Step};

use crate::rollout::STILL_SERVED;

mod aftermath;
pub mod hold;

pub use aftermath::Severity;
use aftermath::{hold_announcements, open_incident, severity};
use hold::Hold;

/// Time from the narrowing to the kill, and from the kill to the page, without a confirmation.
pub const PATIENCE: SignedDuration = SignedDuration::from_secs(30);

/// Times that a narrowing is tried again because exposure was raised in between.
const TRIES: u32 = 5;

const UNCONFIRMED: &str = "unconfirmed";
const STILL_UNCONFIRMED: &str = "still_unconfirmed";

/// The stage attempt that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub rollout: RolloutId,
    pub flag: FlagId,
    pub bet: Option<BetId>,
    pub stage: String,
    pub stage_index: u32,
    pub attempt: u32,
}

/// A guardrail broke, or the rollback was asked for without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Id of the event.
    pub event: Uuid,
    pub of: Attempt,
    /// Opaque: only shown. Empty when no guardrail broke, like the metric.
    pub guardrail: String,
    pub metric: String,
    pub critical: bool,
    /// The guardrail stops the rollout and takes nothing back (rule R21).
    pub holds_only: bool,
    pub at: Timestamp,
}

/// What the narrowing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowed {
    pub flag_version: u32,
    /// Stage whose exposure is served now; empty = nobody.
    pub to_stage: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    BreachNoted(Breach),
    Narrowed(Narrowed),
    /// The edges that have to confirm.
    EdgesListed(Vec<EdgeId>),
    /// The edge serves this version of the flag, or a later one.
    Served {
        edge: EdgeId,
        flag_version: u32,
    },
    EdgeGone(EdgeId),
    /// The rollout has gone on to another attempt, or is over.
    AttemptOver,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    Narrow {
        breach: Breach,
    },
    RequestRollback {
        breach: Breach,
    },
    /// Which edges have to confirm, and what they confirmed already.
    ListEdges {
        flag: FlagId,
    },
    ConfirmRollback {
        rollout: RolloutId,
        to_stage: String,
        flag_version: u32,
    },
    OpenIncident {
        breach: Breach,
        severity: Severity,
    },
    NoteForBet {
        bet: BetId,
        breach: Breach,
    },
    HoldAnnouncements {
        rollout: RolloutId,
        cause: Uuid,
    },
    Kill {
        flag: FlagId,
    },
    Page {
        breach: Breach,
        missing: Missing,
    },
    /// The guardrail only holds: the rollout stops where it is.
    PauseRollout {
        breach: Breach,
    },
}

/// Why a rollback is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// It is not known which edges serve.
    List,
    /// These do not say that they serve what was narrowed.
    Edges(Vec<EdgeId>),
    /// Exposure was raised each time it was taken back.
    StillServed,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Waiting,
    /// Nothing but holding guardrails broke so far.
    Holding(Box<Hold>),
    Rolling(Box<Rollback>),
}

/// A rollback under way, or done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollback {
    first: Breach,
    /// The first critical breach that joined after a first one that was not critical.
    worse: Option<Breach>,
    narrowed: Option<Narrowed>,
    /// `None` until they were listed.
    edges: Option<BTreeSet<EdgeId>>,
    /// Newest version that each edge confirmed.
    served: BTreeMap<EdgeId, u32>,
    gone: BTreeSet<EdgeId>,
    recorded: BTreeSet<(String, u32)>,
    /// How often the rollout refused the confirmation because more was served.
    refused: u32,
    /// It refused once more after the last try.
    given_up: bool,
    /// The flag was killed because nobody confirmed.
    killed: bool,
    /// Deadlines that passed.
    late: BTreeSet<String>,
    attempt_over: bool,
}

/// The process.
#[derive(Debug, Clone, Copy)]
pub struct GuardrailRollback;

impl Process for GuardrailRollback {
    const NAME: &'static str = "guardrail-rollback";
    type State = State;
    type Fact = Fact;
    type Action = Action;

    fn evolve(state: State, progress: &Progress<Fact>) -> State {
        match (state, progress) {
            (State::Waiting, Progress::Noted(Fact::BreachNoted(breach))) if breach.holds_only => {
                State::Holding(Box::new(Hold::after(breach.clone())))
            }
            (State::Waiting, Progress::Noted(Fact::BreachNoted(breach))) => {
                State::Rolling(Box::new(Rollback::after(breach.clone(), BTreeSet::new())))
            }
            (State::Holding(hold), Progress::Noted(Fact::BreachNoted(breach))) if !breach.holds_only => {
                State::Rolling(Box::new(Rollback::after(breach.clone(), hold.into_recorded())))
            }
            (State::Holding(mut hold), progress) => {
                hold.note(progress);
                State::Holding(hold)
            }
            (State::Rolling(mut rollback), progress) => {
                rollback.note(progress);
                State::Rolling(rollback)
            }
            (
                State::Waiting,
                Progress::Noted(
                    Fact::Narrowed(_)
                    | Fact::EdgesListed(_)
                    | Fact::Served { .. }
                    | Fact::EdgeGone(_)
                    | Fact::AttemptOver,
                )
                | Progress::StepRecorded { .. }
                | Progress::DeadlineSet { .. }
                | Progress::DeadlinePassed { .. }
                | Progress::Ended,
            ) => State::Waiting,
        }
    }

    fn due(state: &State) -> Vec<Step<Action>> {
        match state {
            State::Waiting => Vec::new(),
            State::Holding(hold) => hold.due(),
            State::Rolling(rollback) => rollback.due(),
        }
    }

    fn deadlines(state: &State) -> Vec<(&'static str, Timestamp)> {
        match state {
            State::Waiting | State::Holding(_) => Vec::new(),
            State::Rolling(rollback) => rollback.deadlines(),
        }
    }

    fn is_over(state: &State) -> bool {
        match state {
            State::Waiting => false,
            State::Holding(hold) => hold.is_over(),
            State::Rolling(rollback) => rollback.is_over(),
        }
    }

    /// A breach may name an attempt that is over: its evaluation had not read yet that the rollout went on.
    fn begins_another(state: &State, fact: &Fact) -> bool {
        let left = match state {
            State::Waiting => false,
            State::Holding(hold) => hold.is_left(),
            State::Rolling(rollback) => rollback.attempt_over || rollback.is_over(),
        };
        left && matches!(fact, Fact::BreachNoted(_))
    }

    fn machine_patience(deadline: &str) -> Option<SignedDuration> {
        let patience = if deadline == UNCONFIRMED { PATIENCE } else { PATIENCE * 2 };
        [UNCONFIRMED, STILL_UNCONFIRMED].contains(&deadline).then_some(patience)
    }
}

impl Rollback {
    fn after(first: Breach, recorded: BTreeSet<(String, u32)>) -> Self {
        Self {
            first,
            worse: None,
            narrowed: None,
            edges: None,
            served: BTreeMap::new(),
            gone: BTreeSet::new(),
            recorded,
            refused: 0,
            given_up: false,
            killed: false,
            late: BTreeSet::new(),
            attempt_over: false,
        }
    }

    fn note(&mut self, progress: &Progress<Fact>) {
        match progress {
            Progress::Noted(Fact::BreachNoted(breach)) => self.join(breach),
            Progress::Noted(Fact::Narrowed(narrowed)) => self.note_narrowed(narrowed),
            Progress::Noted(Fact::EdgesListed(edges)) => {
                // The list is newer than every departure that was noted before it.
                self.gone.clear();
                self.edges = Some(edges.iter().copied().collect());
            }
            Progress::Noted(Fact::Served { edge, flag_version }) => {
                let newest = self.served.entry(*edge).or_default();
                *newest = (*newest).max(*flag_version);
            }
            Progress::Noted(Fact::EdgeGone(edge)) => {
                self.gone.insert(*edge);
            }
            Progress::Noted(Fact::AttemptOver) => self.attempt_over = true,
            Progress::StepRecorded { step, attempt, outcome } => {
                self.recorded.insert((step.clone(), *attempt));
                match (step.as_str(), outcome) {
                    ("narrow", Outcome::Refused(_)) => self.nothing_to_narrow(),
                    ("kill", Outcome::Done) => self.killed = true,
                    ("confirm_rollback", Outcome::Refused(code)) if code == STILL_SERVED => self.try_again(),
                    (_, Outcome::Done | Outcome::Refused(_)) => {}
                }
            }
            Progress::DeadlinePassed { name } => {
                self.late.insert(name.clone());
            }
            Progress::DeadlineSet { .. } | Progress::Ended => {}
        }
    }

    fn join(&mut self, breach: &Breach) {
        if breach.critical && !breach.holds_only && !self.first.critical && self.worse.is_none() {
            self.worse = Some(breach.clone());
            self.given_up = false;
        }
    }

    /// A later narrowing has to be confirmed anew, by the edges of that moment and with its own patience.
    fn note_narrowed(&mut self, narrowed: &Narrowed) {
        let newer = self.narrowed.as_ref().is_none_or(|known| known.flag_version < narrowed.flag_version);
        if newer {
            self.narrowed = Some(narrowed.clone());
            self.edges = None;
            self.late.clear();
        }
    }

    /// A flag that cannot be narrowed, an archived one for instance, serves nobody.
    fn nothing_to_narrow(&mut self) {
        self.edges = Some(BTreeSet::new());
        self.narrowed.get_or_insert(Narrowed { flag_version: 0, to_stage: String::new(), at: self.first.at });
    }

    /// A client released the hold and exposure was raised before the rollout heard of the breach.
    fn try_again(&mut self) {
        if self.refused < TRIES {
            self.refused += 1;
            self.edges = None;
            self.late.clear();
        } else {
            self.given_up = true;
        }
    }

    /// Counts the narrowings: a critical breach that joins makes another one, and so does a refused confirmation.
    fn round(&self) -> u32 {
        1 + u32::from(self.worse.is_some()) + self.refused
    }

    fn cause(&self) -> &Breach {
        self.worse.as_ref().unwrap_or(&self.first)
    }

    /// Counts what the rollout was asked for: once for the first breach, once more for a critical one that joins.
    fn request(&self) -> u32 {
        1 + u32::from(self.worse.is_some())
    }

    fn is_recorded(&self, step: &str, attempt: u32) -> bool {
        self.recorded.contains(&(step.to_owned(), attempt))
    }

    fn confirmed(&self) -> Option<&Narrowed> {
        let narrowed = self.narrowed.as_ref()?;
        let all = self.edges.as_ref()?.iter().all(|edge| self.serves(edge, narrowed));
        (all && self.is_recorded("narrow", self.round())).then_some(narrowed)
    }

    /// Whether the edge serves what was narrowed, or serves nobody any more.
    fn serves(&self, edge: &EdgeId, narrowed: &Narrowed) -> bool {
        self.gone.contains(edge)
            || self.served.get(edge).is_some_and(|version| *version >= narrowed.flag_version)
    }

    fn missing(&self) -> Missing {
        match (&self.narrowed, &self.edges) {
            (Some(_), Some(_)) if self.given_up => Missing::StillServed,
            (Some(narrowed), Some(edges)) => {
                Missing::Edges(edges.iter().filter(|edge| !self.serves(edge, narrowed)).copied().collect())
            }
            (None, _) | (_, None) => Missing::List,
        }
    }

    fn is_late(&self, deadline: &str) -> bool {
        self.late.contains(deadline) && self.confirmed().is_none()
    }

    /// Everything that could be sent now, the most urgent first.
    fn wanted(&self) -> Vec<Step<Action>> {
        let round = self.round();
        let cause = self.cause();
        let narrow = Step {
            name: "narrow",
            attempt: round,
            // The breach gives its id to one narrowing only.
            cause: (self.refused == 0).then_some(cause.event),
            action: Action::Narrow { breach: cause.clone() },
        };
        if !self.is_recorded("narrow", round) {
            return vec![narrow];
        }
        let mut steps = Vec::new();
        let mut want = |name, attempt, action| {
            steps.push(Step { name, attempt, cause: None, action });
        };
        if self.is_late(UNCONFIRMED) {
            want("kill", round, Action::Kill { flag: self.first.of.flag });
        }
        let request = self.request();
        want("request_rollback", request, Action::RequestRollback { breach: cause.clone() });
        if self.edges.is_none() {
            want("list_edges", round, Action::ListEdges { flag: self.first.of.flag });
        }
        // A rollout that cannot be told keeps nobody from hearing of the breach (design clause 18).
        if let Some(narrowed) = self.confirmed().filter(|_| self.is_recorded("request_rollback", request)) {
            want("confirm_rollback", round, self.confirm(narrowed));
        }
        if self.is_late(STILL_UNCONFIRMED) || self.given_up {
            want("page", round, Action::Page { breach: cause.clone(), missing: self.missing() });
        }
        for (name, attempt, action) in self.aftermath() {
            want(name, attempt, action);
        }
        steps
    }

    /// What has to be done besides, in no order.
    fn aftermath(&self) -> Vec<(&'static str, u32, Action)> {
        let breach = || self.first.clone();
        let mut all = vec![("open_incident", 1, open_incident(breach()))];
        let worse = self.worse.clone().filter(|worse| severity(worse) != severity(&self.first));
        all.extend(worse.map(|worse| ("open_incident", 2, open_incident(worse))));
        all.extend(
            self.first.of.bet.map(|bet| ("note_for_bet", 1, Action::NoteForBet { bet, breach: breach() })),
        );
        all.push(("hold_announcements", 1, hold_announcements(&self.first)));
        all
    }

    /// After a kill nobody is served, whatever the narrowing had left.
    fn confirm(&self, narrowed: &Narrowed) -> Action {
        Action::ConfirmRollback {
            rollout: self.first.of.rollout,
            to_stage: if self.killed { String::new() } else { narrowed.to_stage.clone() },
            flag_version: narrowed.flag_version,
        }
    }

    fn due(&self) -> Vec<Step<Action>> {
        let mut steps = self.wanted();
        steps.retain(|step| !self.is_recorded(step.name, step.attempt));
        steps
    }

    fn deadlines(&self) -> Vec<(&'static str, Timestamp)> {
        let Some(narrowed) = self.narrowed.as_ref().filter(|_| self.confirmed().is_none()) else {
            return Vec::new();
        };
        let after = |patience: SignedDuration| narrowed.at.saturating_add(patience).unwrap_or(Timestamp::MAX);
        vec![(UNCONFIRMED, after(PATIENCE)), (STILL_UNCONFIRMED, after(PATIENCE * 2))]
    }

    fn is_over(&self) -> bool {
        let nothing_left = self.cause().critical
            || self.attempt_over
            || self.killed
            || self.narrowed.as_ref().is_some_and(|narrowed| narrowed.to_stage.is_empty());
        nothing_left && self.confirmed().is_some() && self.due().is_empty()
    }
}

#[cfg(test)]
mod tests;
