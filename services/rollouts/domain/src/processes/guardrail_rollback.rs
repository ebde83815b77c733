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
//! A breach of a guardrail that only holds (rule R21), and any breach from a point of no return on (rule R26), takes
//! nothing back: see [`hold`].
//!
//! 1. The narrowing is sent before anything is written about it: two commits and users are safe.
//! 2. Nothing but the narrowing delays the confirmation, and a step that is refused delays nothing.
//! 3. Exposure that was raised again before the rollout heard of the breach is narrowed again.
//! 4. It ends confirmed, or with a page that names what is missing.

use uuid::Uuid;
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::id::{BetId, EdgeId, FlagId, RolloutId};
use verdict_kernel::process::{Next, Past, Process};

use crate::stage::Class;

mod aftermath;
pub mod hold;
pub mod rolling;

pub use aftermath::Severity;
use hold::Hold;
use rolling::{Rollback, STILL_UNCONFIRMED, UNCONFIRMED};

/// Time from the narrowing to the kill, and from the kill to the page, without a confirmation.
pub const PATIENCE: SignedDuration = SignedDuration::from_secs(30);

/// The stage attempt that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    pub rollout: RolloutId,
    pub flag: FlagId,
    pub bet: Option<BetId>,
    pub stage: String,
    pub stage_index: u32,
    pub class: Class,
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
    /// There is no way back from what is served (rule R26).
    pub irreversible: bool,
    pub at: Timestamp,
}

impl Breach {
    /// Nothing is taken back for it.
    pub(crate) const fn leaves_exposure(&self) -> bool {
        self.holds_only || self.irreversible
    }
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
        /// The attempt that was taken back: a flag that shows a later one was raised since.
        of: Attempt,
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
    /// There is no way back from what is served: nothing raises the flag, and that stays. From what is served yet, before
    /// the rollout shows what it decided on, there may be one.
    HoldFlag {
        breach: Breach,
    },
    /// The guardrail only holds, or there is no way back: the rollout stops where it is.
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

/// What the facts told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Known {
    #[default]
    Nothing,
    /// Nothing broke so far that takes exposure back.
    Holding(Box<Hold>),
    Rolling(Box<Rollback>),
}

/// The process.
#[derive(Debug, Clone, Copy)]
pub struct GuardrailRollback;

impl Process for GuardrailRollback {
    const NAME: &'static str = "guardrail-rollback";
    type Known = Known;
    type Fact = Fact;
    type Action = Action;

    fn learn(known: Known, fact: &Fact, past: &Past) -> Known {
        match (known, fact) {
            (Known::Nothing, Fact::BreachNoted(breach)) if !breach.leaves_exposure() => {
                Known::Rolling(Box::new(Rollback::after(breach.clone())))
            }
            (Known::Holding(hold), Fact::BreachNoted(breach)) if !breach.leaves_exposure() => {
                // Where there was no way back, a critical breach took back nothing: now it takes back everything.
                let critical = breach.critical || hold.is_critical();
                Known::Rolling(Box::new(Rollback::after(Breach { critical, ..breach.clone() })))
            }
            (Known::Nothing, Fact::BreachNoted(breach)) => {
                Known::Holding(Box::new(Hold::after(breach.clone())))
            }
            // What the rollout had decided on was not shown yet, so there was a way back.
            (Known::Holding(hold), Fact::Narrowed(_)) => match hold.taken_back() {
                Some(breach) => {
                    let mut rollback = Rollback::after(breach);
                    rollback.learn(fact, past);
                    Known::Rolling(Box::new(rollback))
                }
                None => Known::Holding(hold),
            },
            (Known::Holding(mut hold), fact) => {
                hold.learn(fact);
                Known::Holding(hold)
            }
            (Known::Rolling(mut rollback), fact) => {
                rollback.learn(fact, past);
                Known::Rolling(rollback)
            }
            (
                Known::Nothing,
                Fact::Narrowed(_)
                | Fact::EdgesListed(_)
                | Fact::Served { .. }
                | Fact::EdgeGone(_)
                | Fact::AttemptOver,
            ) => Known::Nothing,
        }
    }

    fn next(known: &Known, past: &Past) -> Next<Action> {
        match known {
            Known::Nothing => Next::nothing(),
            Known::Holding(hold) => hold.next(past),
            Known::Rolling(rollback) => rollback.next(past),
        }
    }

    /// A breach may name an attempt that is over: its evaluation had not read yet that the rollout went on.
    fn begins_another(known: &Known, past: &Past, fact: &Fact) -> bool {
        let left = match known {
            Known::Nothing => false,
            Known::Holding(hold) => hold.is_left(),
            Known::Rolling(rollback) => rollback.is_left() || rollback.next(past).over,
        };
        left && matches!(fact, Fact::BreachNoted(_))
    }

    fn machine_patience(deadline: &str) -> Option<SignedDuration> {
        let patience = if deadline == UNCONFIRMED { PATIENCE } else { PATIENCE * 2 };
        [UNCONFIRMED, STILL_UNCONFIRMED].contains(&deadline).then_some(patience)
    }
}

#[cfg(test)]
mod tests;
