//! A feature flag carries the exposure of a rollout: who sees the change, and how to take it away at once.
//!
//! ```text
//!            SetExposure, Narrow, TurnOff
//!                  ┌──────┐
//!          Create  │      v        Kill            Archive
//! Absent ────────> Off/Partial/ ─────────> Killed ─────────> Archived
//!                  FullyOn      <─────────   │                  ^
//!                        │         Revive    └ nobody is served │
//!                        └──────────────────────────────────────┘
//! ```
//!
//! 1. Every change of exposure has the next version.
//! 2. Killing and turning off are accepted in every state (rules F3, R24); a person says why from a point of no return on
//!    (rule R26).
//! 3. Narrowing never widens, and holds the flag: nothing raises a flag while one hold is left (rule R11, design
//!    clause 7).
//! 4. A flag belongs to at most one rollout that is not over, which claims it and alone raises it (rule R22).
//!    What it decided on before the flag was turned off or killed raises nothing afterwards (rule R24).
//! 5. Reviving exposes nobody, unless it undoes the kill and nothing has spoken against it since (rule R24).

use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::id::RolloutId;
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::Issued;
use verdict_kernel::ruling::Ruling;

use crate::audience::Audience;

mod claim;
mod cleanup;
mod evolve;
mod exposing;
pub mod exposure;
pub mod hold;
mod killing;
mod known;
mod refusal;
mod servable;

use cleanup::{archive, confirm_removed, raise_cleanup_due, schedule_cleanup};
use evolve::{changed, created};
use exposing::{is_past, narrow, set_exposure, turn_off};

pub use cleanup::DEFAULT_CLEANUP;
pub use exposure::{Exposure, Ledger, Place};
pub use hold::{Hold, HoldKind, Holds, Release};
pub use killing::{BeforeKill, UNDO_WITHIN, Undo, Whereabouts};
pub use known::{Known, NoReturnPassed};
pub use refusal::Refusal;

/// What undoes each command (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Create", "Archive"),
    ("SetExposure", "SetExposure, Narrow or TurnOff"),
    ("Narrow", "ReleaseHold, then the rollout resumes"),
    ("TurnOff", "SetByHand; where a rollout has the flag, it resumes"),
    ("ReleaseHold", "TurnOff: a hold is answered once, and what was raised meanwhile is taken back"),
    ("Claim", "none: void once the rollout is over"),
    ("Hold", "ReleaseHold of its cause"),
    ("Kill", "Revive, which undoes it within a day"),
    ("Revive", "Kill"),
    ("ScheduleCleanup", "ScheduleCleanup with another date"),
    ("RaiseCleanupDue", "ScheduleCleanup with a later date"),
    ("ConfirmRemoved", "ScheduleCleanup"),
    ("Archive", "none: a key is never given to another flag"),
];

/// What a flag is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Comes with a change and goes when the change is in for good.
    Release,
    /// Stays: a switch of the operators.
    Ops,
    /// Stays: who is entitled to what.
    Permission,
}

/// A value that the flag can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub name: String,
    /// JSON text.
    pub value: String,
}

/// What a flag is, apart from whom it reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub key: String,
    pub environment: String,
    pub kind: Kind,
    /// Opaque subject id.
    pub owner: String,
    /// What bucketing mixes in.
    pub salt: String,
    /// What the percentage buckets: `targetingKey`, `accountId` or an attribute.
    pub unit: String,
    pub variants: Vec<Variant>,
    pub on_variant: String,
    pub off_variant: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Create {
        identity: Identity,
        /// `None` = the default of rule F4.
        cleanup_on: Option<Timestamp>,
    },
    SetExposure(SetExposure),
    /// Back to what was served before the stage that failed; to nobody when critical.
    Narrow {
        place: Place,
        /// Event id of the breach, or of whatever caused it.
        cause: String,
        kind: HoldKind,
        critical: bool,
        /// The index of the stage from which on there is no way back (rule R26): where it or a later one is served, the
        /// flag is held only.
        no_return: Option<u32>,
    },
    TurnOff {
        rollout: Option<RolloutId>,
        cause: String,
    },
    ReleaseHold(Release),
    Claim {
        rollout: RolloutId,
    },
    /// Nothing raises it, and it serves no more than its edges served last, where one remembers (rule R25).
    Hold {
        hold: Hold,
        last_served: Option<Audience>,
    },
    Kill,
    Revive {
        /// Else it exposes nobody.
        undo: bool,
    },
    ScheduleCleanup {
        due: Timestamp,
    },
    RaiseCleanupDue,
    ConfirmRemoved {
        attestation: String,
    },
    Archive,
}

/// A wish for another exposure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetExposure {
    pub audience: Audience,
    /// The stage attempt that wants it; `None` = a person, by hand.
    pub stage: Option<StageExposure>,
    /// Version of the flag that the stage was decided on; by hand it is decided here.
    pub flag_version: u32,
}

/// The stage attempt that an exposure is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageExposure {
    pub place: Place,
    /// Number of events of the rollout that the wish follows from.
    pub revision: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Created {
        identity: Identity,
        cleanup_on: Option<Timestamp>,
    },
    ExposureChanged {
        version: u32,
        audience: Audience,
        stage: Option<StageExposure>,
    },
    ExposureNarrowed {
        version: u32,
        audience: Audience,
        /// The version whose exposure is served again; 0 = nobody.
        restored: u32,
        /// What it is held for; `None` = not held by this.
        hold: Option<HoldKind>,
        rollout: Option<RolloutId>,
        stage: String,
        attempt: u32,
        cause: String,
    },
    /// Held for one more cause; what is served stays.
    Held(Hold),
    HoldReleased {
        cause: String,
        reason: String,
    },
    Claimed {
        rollout: RolloutId,
    },
    Killed {
        version: u32,
        reason: String,
        at: Timestamp,
    },
    Revived {
        version: u32,
        reason: String,
        /// What is served again, where the kill was undone.
        undone: Option<Exposure>,
    },
    CleanupScheduled {
        due: Timestamp,
    },
    CleanupDue {
        due: Timestamp,
    },
    RemovedFromCode {
        attestation: String,
    },
    Archived,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    /// Off, partial or fully on, by what is served.
    Live(Flag),
    /// Nobody is served until it is revived.
    Killed(Flag),
    Archived(Flag),
}

/// A flag that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    pub identity: Identity,
    /// Version of the newest change of exposure; 0 before the first.
    pub version: u32,
    /// `None` = nobody.
    pub served: Option<Exposure>,
    /// Nothing raises it while one is left.
    pub holds: Holds,
    /// The rollout that claimed it last; void once that is over.
    pub claim: Option<RolloutId>,
    /// The version that turned it off or killed it last; 0 = nothing did.
    pub taken_away: u32,
    /// What an undo of the kill brings back.
    pub before_kill: Option<BeforeKill>,
    /// The clean-up date that it was created with.
    pub first_cleanup: Option<Timestamp>,
    pub cleanup: Cleanup,
    pub ledger: Ledger,
}

/// How far the flag is on its way out of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleanup {
    /// A permanent flag.
    Exempt,
    Scheduled(Timestamp),
    Due(Timestamp),
    Removed,
}

/// How far an exposure goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Off,
    Partial,
    FullyOn,
}

impl Flag {
    /// How many of the users see the change.
    pub fn reach(&self) -> Reach {
        match &self.served {
            Some(exposure) if exposure.audience.share() == Percent::FULL => Reach::FullyOn,
            Some(exposure) if !exposure.audience.is_nobody() => Reach::Partial,
            Some(_) | None => Reach::Off,
        }
    }

    /// Whom the flag reaches now.
    pub fn audience(&self) -> Audience {
        self.served.as_ref().map_or_else(Audience::nobody, |exposure| exposure.audience.clone())
    }

    /// The rollout that set the exposure last.
    pub fn owner(&self) -> Option<RolloutId> {
        self.ledger.owner
    }

    /// Whether anything keeps it from being raised.
    pub fn is_held(&self) -> bool {
        !self.holds.is_empty()
    }

    fn next_version(&self) -> u32 {
        self.version.saturating_add(1)
    }
}

/// The aggregate.
#[derive(Debug, Clone, Copy)]
pub struct FeatureFlag;

impl Decider for FeatureFlag {
    const CATEGORY: &'static str = "rollouts.flag";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = Known;

    fn decide(
        state: &State,
        command: Command,
        known: &Known,
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        match state {
            State::Absent => create(command, issued),
            State::Live(flag) => decide_in_use((flag, false), command, known, issued),
            State::Killed(flag) => decide_in_use((flag, true), command, known, issued),
            State::Archived(_) => decide_archived(&command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Absent, Event::Created { identity, cleanup_on }) => {
                State::Live(created(identity.clone(), *cleanup_on))
            }
            (State::Live(flag) | State::Killed(flag), Event::Killed { version, at, .. }) => {
                State::Killed(evolve::killed(flag, *version, *at))
            }
            (State::Live(flag) | State::Killed(flag), Event::Revived { version, undone, .. }) => {
                State::Live(evolve::revived(flag, *version, undone.clone()))
            }
            (State::Live(flag) | State::Killed(flag), Event::Archived) => {
                State::Archived(Flag { served: None, before_kill: None, ..flag })
            }
            (State::Live(flag), event) => State::Live(changed(flag, event)),
            (State::Killed(flag), event) => State::Killed(changed(flag, event)),
            (state @ (State::Absent | State::Archived(_)), _event) => state,
        }
    }

    fn is_terminal(state: &State) -> bool {
        matches!(state, State::Archived(_))
    }
}

type Decided = Result<Decision<Event>, Blockers>;

/// A flag, and whether it is killed.
type InUse<'a> = (&'a Flag, bool);

fn decide_in_use((flag, is_killed): InUse<'_>, command: Command, known: &Known, issued: &Issued) -> Decided {
    match command {
        Command::Create { identity, cleanup_on } => claim::create_again(flag, &identity, cleanup_on),
        Command::SetExposure(wish) => set_exposure((flag, is_killed), wish, known, issued),
        Command::Narrow { place, cause, kind: _, critical: _, no_return: Some(from) }
            if is_past(flag, &place, from) =>
        {
            let (kind, rollout) = (HoldKind::Guardrail, Some(place.rollout));
            let hold = Hold { cause, kind, rollout, attempt: place.attempt };
            Ok(hold::hold(flag, hold, None).into())
        }
        Command::Narrow { place, cause, kind, critical, no_return: _ } => {
            Ok(narrow(flag, place, cause, kind, critical).into())
        }
        Command::TurnOff { rollout, cause } => {
            killing::taken_away(flag, turn_off(flag, rollout, cause), known, issued)
        }
        Command::ReleaseHold(which) => hold::release(flag, &which, issued),
        Command::Claim { rollout } => claim::claim((flag, is_killed), rollout, known, issued),
        Command::Hold { hold, last_served } => Ok(hold::hold(flag, hold, last_served.as_ref()).into()),
        Command::Kill if is_killed => Ok(Decision::nothing()),
        Command::Kill => killing::taken_away(flag, vec![killing::kill(flag, issued)], known, issued),
        Command::Revive { undo: true } if is_killed || flag.reach() == Reach::Off => {
            killing::undo(flag, known, issued)
        }
        Command::Revive { undo: false } if is_killed => killing::revive(flag, issued),
        Command::Revive { .. } => Ok(Decision::nothing()),
        Command::ScheduleCleanup { due } => schedule_cleanup(flag, due, issued),
        Command::RaiseCleanupDue => raise_cleanup_due(flag, issued),
        Command::ConfirmRemoved { attestation } => confirm_removed(flag, attestation),
        Command::Archive => archive(flag, known, issued),
    }
}

/// Nothing is served any more, so there is nothing to take back either.
fn decide_archived(command: &Command) -> Decided {
    match command {
        Command::Narrow { .. }
        | Command::TurnOff { .. }
        | Command::Hold { .. }
        | Command::Kill
        | Command::Archive => Ok(Decision::nothing()),
        Command::Create { .. } => Err(Refusal::KeyTaken.into()),
        Command::SetExposure(_)
        | Command::ReleaseHold(_)
        | Command::Claim { .. }
        | Command::Revive { .. }
        | Command::ScheduleCleanup { .. }
        | Command::RaiseCleanupDue
        | Command::ConfirmRemoved { .. } => Err(Refusal::IsArchived.into()),
    }
}

fn create(command: Command, issued: &Issued) -> Decided {
    let Command::Create { identity, cleanup_on } = command else {
        return Err(Refusal::NotCreated.into());
    };
    let mut ruling = Ruling::of(issued);
    if let Err(why) = servable::check(&identity) {
        ruling.demand(false, || Refusal::Unservable(why));
    }
    let cleanup_on = cleanup::first_date(&identity, cleanup_on, issued, &mut ruling);
    ruling.decide(vec![Event::Created { identity, cleanup_on }])
}

#[cfg(test)]
mod tests;
