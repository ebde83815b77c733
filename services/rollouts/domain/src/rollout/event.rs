//! What happens to a rollout.

use verdict_kernel::check::GateReport;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::BetId;

use super::command::{Cause, PauseCause};
use crate::audience::Audience;
use crate::gate::Fact;
use crate::gate::evidence::{EvidenceKind, Verdict};
use crate::plan::Plan;
use crate::stage::{Class, StageName};

/// What happened to a rollout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Planned(Box<Plan>),
    ShippedDirectly {
        bet: Option<BetId>,
        reason: String,
    },
    Started,
    StageEntered(Entry),
    StepAdvanced(Entry),
    EvidenceRecorded {
        kind: EvidenceKind,
        verdict: Verdict,
        at: Timestamp,
        /// Subject id of who says so.
        by: String,
        link: String,
    },
    GatePassed {
        stage: StageName,
        attempt: u32,
        report: GateReport,
    },
    GateBlocked {
        stage: StageName,
        attempt: u32,
        report: GateReport,
    },
    Paused {
        cause: PauseCause,
        reason: String,
        at: Timestamp,
    },
    Resumed(Resumption),
    /// `at` is when the loss was found.
    WatchLost {
        at: Timestamp,
        attempt: u32,
    },
    WatchRestored {
        at: Timestamp,
    },
    RollbackRequested {
        stage: StageName,
        attempt: u32,
        breach: String,
        cause: Cause,
        critical: bool,
        at: Timestamp,
    },
    RolledBack {
        to: Option<StageName>,
        flag_version: u32,
    },
    StageOverdue {
        stage: StageName,
        attempt: u32,
    },
    /// An overdue stage may take longer.
    StageExtended {
        stage: StageName,
        attempt: u32,
        until: Timestamp,
        reason: String,
    },
    Completed {
        at: Timestamp,
    },
    Aborted {
        reason: String,
    },
}

/// A stage or step that became active, with whom it reaches and the facts it was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub stage: StageName,
    /// Of the stage.
    pub class: Class,
    pub attempt: u32,
    /// From 0.
    pub step: usize,
    /// Everyone served, those of the lower stages included.
    pub audience: Audience,
    pub at: Timestamp,
    pub facts: Vec<Fact>,
    /// Version of the flag that it was decided on (rule R24).
    pub flag_version: u32,
}

/// Where a rollout goes on after a pause or a rollback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumption {
    pub kind: ResumeKind,
    pub stage: StageName,
    pub step: usize,
    pub attempt: u32,
    pub at: Timestamp,
    /// Where the soaks of stage and step count from.
    pub stage_since: Timestamp,
    pub step_since: Timestamp,
    /// When the step was exposed first (rule R16).
    pub exposed_at: Timestamp,
    /// Causes of holds of the flag that this answers (rule R11).
    pub releases: Vec<String>,
    /// Version of the flag that it was decided on (rule R24).
    pub flag_version: u32,
}

/// What a resume gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResumeKind {
    /// Nothing: a fresh attempt, never wider than what is served.
    Fresh,
    /// Stage, step and soak, as an override (rule R23).
    FalseAlarm,
    /// The attempt as it was (rule R24).
    Undo,
}
