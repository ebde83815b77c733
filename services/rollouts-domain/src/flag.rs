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
//! 2. Killing is accepted in every state but Archived, where nothing is left to kill (rule F3).
//! 3. Narrowing never widens, and holds the flag: nothing raises a held flag (rule R11, design clause 7).
//! 4. Only the rollout that owns the exposure raises it while that rollout runs (rule R2).

use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::RolloutId;
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::Issued;

use crate::audience::Audience;

mod cleanup;
mod evolve;
pub mod exposure;
mod refusal;

use cleanup::{archive, confirm_removed, first_date, raise_cleanup_due, schedule_cleanup};
use evolve::{changed, created, served_nobody};

pub use cleanup::DEFAULT_CLEANUP;
pub use exposure::{Exposure, Ledger, Place};
pub use refusal::Refusal;

/// What undoes each command (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Create", "Archive"),
    ("SetExposure", "SetExposure, Narrow or TurnOff"),
    ("Narrow", "ReleaseHold, then the rollout resumes"),
    ("TurnOff", "SetExposure"),
    ("ReleaseHold", "Narrow"),
    ("Kill", "Revive"),
    ("Revive", "Kill"),
    ("ScheduleCleanup", "ScheduleCleanup with another date"),
    ("RaiseCleanupDue", "ScheduleCleanup with a later date"),
    ("ConfirmRemoved", "ScheduleCleanup"),
    ("Archive", "none: create a new flag"),
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
        critical: bool,
    },
    TurnOff {
        rollout: Option<RolloutId>,
        cause: String,
    },
    ReleaseHold,
    Kill,
    Revive,
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
    /// Whether the rollout that set the exposure last, if it is another one, is not finished (looked up).
    pub owner_runs: bool,
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
        hold: bool,
        rollout: Option<RolloutId>,
        stage: String,
        attempt: u32,
        cause: String,
    },
    HoldReleased {
        reason: String,
    },
    Killed {
        version: u32,
        reason: String,
    },
    Revived {
        version: u32,
        reason: String,
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
    /// What the hold was set for; `None` = not held.
    pub held_for: Option<String>,
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
    type Refusal = Refusal;

    fn decide(state: &State, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
        match state {
            State::Absent => create(command, issued),
            State::Live(flag) => decide_live(flag, command, issued),
            State::Killed(flag) => decide_killed(flag, command, issued),
            State::Archived(_) => decide_archived(&command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match (state, event) {
            (State::Absent, Event::Created { identity, cleanup_on }) => {
                State::Live(created(identity.clone(), *cleanup_on))
            }
            (State::Live(flag) | State::Killed(flag), Event::Killed { version, .. }) => {
                State::Killed(served_nobody(flag, *version))
            }
            (State::Live(flag) | State::Killed(flag), Event::Revived { version, .. }) => {
                State::Live(served_nobody(flag, *version))
            }
            (State::Live(flag) | State::Killed(flag), Event::Archived) => {
                let version = flag.version;
                State::Archived(served_nobody(flag, version))
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

fn decide_live(flag: &Flag, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Create { .. } => Err(Refusal::Exists),
        Command::SetExposure(wish) => set_exposure(flag, wish),
        Command::Narrow { place, cause, critical } => Ok(narrow(flag, place, cause, critical)),
        Command::TurnOff { rollout, cause } => Ok(turn_off(flag, rollout, cause)),
        Command::ReleaseHold => release_hold(flag, issued),
        Command::Kill => {
            Ok(vec![Event::Killed { version: flag.next_version(), reason: issued.reason.clone() }])
        }
        Command::Revive => Ok(Vec::new()),
        Command::ScheduleCleanup { due } => schedule_cleanup(flag, due, issued),
        Command::RaiseCleanupDue => raise_cleanup_due(flag, issued),
        Command::ConfirmRemoved { attestation } => confirm_removed(flag, attestation),
        Command::Archive => archive(flag),
    }
}

fn decide_killed(flag: &Flag, command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Create { .. } => Err(Refusal::Exists),
        Command::SetExposure(wish) if repeated(flag, &wish)? => Ok(Vec::new()),
        Command::SetExposure(_) => Err(Refusal::IsKilled),
        Command::Narrow { place, cause, critical } => Ok(narrow(flag, place, cause, critical)),
        Command::Kill | Command::TurnOff { .. } => Ok(Vec::new()),
        Command::ReleaseHold => release_hold(flag, issued),
        Command::Revive => {
            Ok(vec![Event::Revived { version: flag.next_version(), reason: issued.reason.clone() }])
        }
        Command::ScheduleCleanup { due } => schedule_cleanup(flag, due, issued),
        Command::RaiseCleanupDue => raise_cleanup_due(flag, issued),
        Command::ConfirmRemoved { attestation } => confirm_removed(flag, attestation),
        Command::Archive => archive(flag),
    }
}

/// Nothing is served any more, so there is nothing to take back either.
fn decide_archived(command: &Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Narrow { .. } | Command::TurnOff { .. } | Command::Archive => Ok(Vec::new()),
        Command::Create { .. }
        | Command::SetExposure(_)
        | Command::ReleaseHold
        | Command::Kill
        | Command::Revive
        | Command::ScheduleCleanup { .. }
        | Command::RaiseCleanupDue
        | Command::ConfirmRemoved { .. } => Err(Refusal::IsArchived),
    }
}

fn create(command: Command, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    let Command::Create { identity, cleanup_on } = command else {
        return Err(Refusal::NotCreated);
    };
    let cleanup_on = first_date(&identity, cleanup_on, issued)?;
    Ok(vec![Event::Created { identity, cleanup_on }])
}

/// Whether the newest wish of the same rollout said the same already; refuses what an older state of the
/// rollout wishes (design clause 4).
fn repeated(flag: &Flag, wish: &SetExposure) -> Result<bool, Refusal> {
    let Some(stage) = &wish.stage else {
        return Ok(flag.audience() == wish.audience);
    };
    let Some(asked) = flag.ledger.asked_by(stage.place.rollout) else {
        return Ok(false);
    };
    let same = asked.audience == wish.audience && asked.place == stage.place;
    if stage.revision > asked.revision {
        return Ok(false);
    }
    if stage.revision == asked.revision && same {
        return Ok(true);
    }
    Err(Refusal::Outdated { newest: asked.revision, given: stage.revision })
}

fn set_exposure(flag: &Flag, wish: SetExposure) -> Result<Vec<Event>, Refusal> {
    if repeated(flag, &wish)? {
        return Ok(Vec::new());
    }
    let raises = wish.audience.widens(&flag.audience());
    let by = wish.stage.as_ref().map(|stage| stage.place.rollout);
    if let Some(owner) = flag.owner().filter(|owner| by != Some(*owner) && wish.owner_runs)
        && (raises || by.is_some())
    {
        return Err(Refusal::OwnedByAnother { owner });
    }
    if let Some(stage) = wish.stage.as_ref().filter(|stage| flag.ledger.is_narrowed(&stage.place)) {
        return Err(Refusal::AttemptTakenBack { attempt: stage.place.attempt });
    }
    if raises && by.is_none() && flag.identity.kind == Kind::Release && goes_beyond_members(&wish.audience) {
        return Err(Refusal::NotWatched);
    }
    match &flag.held_for {
        Some(cause) if raises => Err(Refusal::Held { cause: cause.clone() }),
        Some(_) | None => Ok(vec![Event::ExposureChanged {
            version: flag.next_version(),
            audience: wish.audience,
            stage: wish.stage,
        }]),
    }
}

fn goes_beyond_members(audience: &Audience) -> bool {
    audience.widens(&Audience::members(audience.members.iter().cloned()))
}

fn narrow(flag: &Flag, place: Place, cause: String, critical: bool) -> Vec<Event> {
    let good =
        flag.ledger.last_good(flag.served.as_ref(), place.rollout, place.stage_index).filter(|_| !critical);
    let audience = good.map_or_else(Audience::nobody, |exposure| exposure.audience.clone());
    if flag.ledger.has_named(&place) && flag.held_for.is_some() && audience == flag.audience() {
        return Vec::new();
    }
    vec![Event::ExposureNarrowed {
        version: flag.next_version(),
        audience,
        restored: good.map_or(0, |exposure| exposure.version),
        hold: true,
        rollout: Some(place.rollout),
        stage: place.stage,
        attempt: place.attempt,
        cause,
    }]
}

/// Off at once (rule F2). It sets no hold: whoever turned it off may turn it on again.
fn turn_off(flag: &Flag, rollout: Option<RolloutId>, cause: String) -> Vec<Event> {
    match flag.reach() {
        Reach::Off => Vec::new(),
        Reach::Partial | Reach::FullyOn => vec![Event::ExposureNarrowed {
            version: flag.next_version(),
            audience: Audience::nobody(),
            restored: 0,
            hold: false,
            rollout,
            stage: String::new(),
            attempt: 0,
            cause,
        }],
    }
}

fn release_hold(flag: &Flag, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match &flag.held_for {
        None => Ok(Vec::new()),
        Some(_) if issued.reason.trim().is_empty() => Err(Refusal::ReasonMissing),
        Some(_) => Ok(vec![Event::HoldReleased { reason: issued.reason.clone() }]),
    }
}

#[cfg(test)]
mod tests;
