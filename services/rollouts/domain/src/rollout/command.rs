//! What can be asked of a rollout, and what undoes it.

use std::time::Duration;

use verdict_kernel::id::BetId;

use crate::plan::Proposal;
use crate::stage::StageName;

/// What can be asked of a rollout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Plan(Box<Proposal>),
    /// Ship without a flag, which rule F1 allows only for what no user sees.
    ShipDirectly {
        bet: Option<BetId>,
        user_visible: bool,
    },
    Start,
    /// Up to the next stage through its gate, or down to any lower stage or step.
    EnterStage {
        /// As it was written: which stage of the plan it means is decided.
        stage: String,
        /// Only for a way down; `None` = the last step of the stage.
        step: Option<usize>,
        /// Names the command, where it lowers the target of a rollback.
        by: String,
    },
    AdvanceStep,
    /// In the words that were given: what they mean is rule R6.
    RecordEvidence {
        kind: String,
        verdict: String,
        link: String,
    },
    /// Judge the gate; `attempt` is the one that asks, `None` the present one.
    EvaluateGate {
        attempt: Option<u32>,
    },
    /// `attempt` is the one that is to be paused, `None` the present one.
    Pause {
        cause: PauseCause,
        attempt: Option<u32>,
    },
    Resume {
        how: How,
    },
    LoseWatch {
        attempt: u32,
    },
    RestoreWatch,
    RequestRollback(Retreat),
    /// The edges serve what was taken back; `to` is the stage that is served now, `None` = nobody.
    ConfirmRollback {
        to: Option<StageName>,
        flag_version: u32,
    },
    MarkOverdue {
        attempt: u32,
    },
    /// Lets an overdue stage take longer, counted from now.
    ExtendStage {
        by: Duration,
    },
    Complete,
    Abort,
}

/// Every command and the command that undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Plan", "Abort"),
    ("ShipDirectly", "none: what is shipped is outside; roll back the deployment"),
    ("Start", "Abort"),
    ("EnterStage", "EnterStage of a lower stage"),
    ("AdvanceStep", "EnterStage with the step before"),
    ("RecordEvidence", "RecordEvidence of the same kind with another verdict"),
    ("EvaluateGate", "none: it records what was seen"),
    ("Pause", "Resume"),
    ("Resume", "Pause"),
    ("LoseWatch", "RestoreWatch"),
    ("RestoreWatch", "LoseWatch"),
    ("RequestRollback", "Resume after the rollback is confirmed"),
    ("ConfirmRollback", "none: it records what the edges serve"),
    ("MarkOverdue", "none: promotion, rollback or resume starts another attempt"),
    ("ExtendStage", "none: promotion, rollback or resume starts another attempt"),
    ("Complete", "none: take exposure back on the flag (verdict flag kill)"),
    ("Abort", "none: plan another rollout of the flag"),
];

/// How a rollout goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// A fresh attempt with a fresh soak.
    Fresh,
    /// The rollback was for nothing (rule R23).
    FalseAlarm,
    /// The kill of its flag was undone (rule R24).
    Undo,
}

impl How {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Fresh, Self::FalseAlarm, Self::Undo];
}

/// What a rollback retreats from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retreat {
    /// The stage and attempt that failed; `None` = the present one.
    pub from: Option<(StageName, u32)>,
    /// Event of the breach or of the lost watch; names the command when a person asked.
    pub breach: String,
    pub cause: Cause,
    /// Down to nobody.
    pub critical: bool,
}

/// Why exposure is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    GuardrailBreached,
    WatchLost,
    /// A person asked, for example after a customer reported a critical issue.
    Requested,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 3] = [Self::GuardrailBreached, Self::WatchLost, Self::Requested];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GuardrailBreached => "guardrail_breached",
            Self::WatchLost => "watch_lost",
            Self::Requested => "requested",
        }
    }
}

/// Why a rollout is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PauseCause {
    Person,
    /// The flag was turned off (rule R24).
    Off,
    /// The flag was killed (rule R24).
    Killed,
    /// A guardrail whose effect is `hold` broke (rule R21).
    Guardrail,
    /// The flag does not serve what the stage shows (rules R22, R25).
    NotExposed,
}

impl PauseCause {
    /// Every cause.
    pub const ALL: [Self; 5] = [Self::Person, Self::Off, Self::Killed, Self::Guardrail, Self::NotExposed];

    /// In words for a person.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "paused by a person",
            Self::Off => "its flag was turned off",
            Self::Killed => "its flag was killed",
            Self::Guardrail => "a guardrail broke that takes nothing back",
            Self::NotExposed => "its flag does not serve the stage",
        }
    }
}
