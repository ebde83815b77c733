//! Every path on which exposure rises, and what guards it (rules R2, R22 to R25).
//!
//! Users see what the flag serves, so a path ends in an event of the flag. A flag that follows its rollout raises
//! only what an event of that rollout asked for. An event of either that is added does not compile until it stands
//! here.

use verdict_kernel::rule::RuleId;

use crate::rollout::ResumeKind;
use crate::{flag, rollout};

/// A way in which a flag comes to serve more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// The first stage of a rollout that was started.
    Start,
    /// A stage or a step of the rollout through its gate.
    Gate,
    /// A rollout that goes on after exposure was taken away.
    Resume,
    /// A rollback that was for nothing.
    FalseAlarm,
    /// A person, by hand.
    ByHand,
    /// The undo of a kill.
    Undo,
    /// A narrowing, which may show again to the people of a lower stage what the people of a higher one lose.
    Rollback,
}

/// Something that looks as if it raised exposure, and what keeps it from doing so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Never {
    pub what: &'static str,
    pub because: &'static str,
}

impl Path {
    /// Every path.
    pub const ALL: [Self; 7] =
        [Self::Start, Self::Gate, Self::Resume, Self::FalseAlarm, Self::ByHand, Self::Undo, Self::Rollback];

    /// The paths of a rollout. The flag asks of each that the rollout has the claim and is not over, that the attempt
    /// was not taken back, that nothing holds the flag, that it is not killed, and that nobody turned it off or killed it
    /// since the rollout decided.
    pub const OF_A_ROLLOUT: [Self; 4] = [Self::Start, Self::Gate, Self::Resume, Self::FalseAlarm];

    /// What must hold on this path, all of it.
    pub const fn guard(self) -> &'static str {
        match self {
            Self::Start => "the rollout has the claim of a flag that is not killed",
            Self::Gate => {
                "everything passes at the gate of the next step or stage, its soak among it, but what the policy level lets \
                 a person pass, and the flag was not taken away since the step before"
            }
            Self::Resume => {
                "every breach is answered, a reason is given, and it is no wider than what is served, or the first \
                 stage where nobody is served"
            }
            Self::FalseAlarm => {
                "an override with the breaches, every one of which was retracted; the gate but its soak, a reason, in \
                 time, and no wider than before the rollback"
            }
            Self::ByHand => {
                "no rollout has the flag, nothing holds it, it is not killed, and it is for operators or permissions \
                 or reaches named members only"
            }
            Self::Undo => {
                "within a day of the kill, with a reason: exactly what was served before, no guardrail is broken, \
                 every breach is settled, nothing holds the flag, and nothing narrowed or moved it since"
            }
            Self::Rollback => {
                "what a lower stage of the same rollout showed after its gate, with no larger share than is served"
            }
        }
    }

    /// The rules that refuse whoever takes the path without its guard.
    pub const fn rules(self) -> &'static [RuleId] {
        match self {
            Self::Start => &[RuleId::R22, RuleId::R24, RuleId::F3],
            Self::Gate => {
                &[RuleId::R2, RuleId::R3, RuleId::R16, RuleId::R22, RuleId::R24, RuleId::R11, RuleId::F3]
            }
            Self::Resume | Self::FalseAlarm => {
                &[RuleId::R23, RuleId::R22, RuleId::R24, RuleId::R11, RuleId::F3]
            }
            Self::ByHand => &[RuleId::R22, RuleId::R11, RuleId::F6, RuleId::F3],
            Self::Undo => &[RuleId::R24, RuleId::R11],
            Self::Rollback => &[RuleId::R11],
        }
    }
}

/// What raises nothing by itself, although somebody may expect it.
pub const NEVER: &[Never] = &[
    Never { what: "the release of a hold", because: "it changes what may be served, not what is" },
    Never { what: "a revival without undo", because: "it comes back serving nobody" },
    Never { what: "a claim", because: "only the stage that is entered afterwards asks for exposure" },
    Never {
        what: "a way down",
        because: "a lower step that would reach more users than are served is refused",
    },
    Never { what: "a watch that is back", because: "the step goes on and is not exposed anew" },
    Never {
        what: "a rollout that follows the undo of a kill",
        because: "it goes on only where the flag serves its step already",
    },
    Never {
        what: "a restored or imported log",
        because: "each flag is held, at no more than its edges served last",
    },
    Never { what: "a second creation of a key", because: "it is a repeat or refused" },
];

/// On which paths the event may make the flag serve more; none when it cannot.
#[must_use]
pub const fn raises(event: &flag::Event) -> &'static [Path] {
    use flag::Event;
    match event {
        Event::ExposureChanged { stage: Some(_), .. } => &Path::OF_A_ROLLOUT,
        Event::ExposureChanged { stage: None, .. } => &[Path::ByHand],
        Event::Revived { undone: Some(_), .. } => &[Path::Undo],
        Event::ExposureNarrowed { rollout: Some(_), hold: Some(_), .. } => &[Path::Rollback],
        Event::ExposureNarrowed { .. }
        | Event::Created { .. }
        | Event::Held(_)
        | Event::HoldReleased { .. }
        | Event::Claimed { .. }
        | Event::Killed { .. }
        | Event::Revived { undone: None, .. }
        | Event::CleanupScheduled { .. }
        | Event::CleanupDue { .. }
        | Event::RemovedFromCode { .. }
        | Event::Archived => &[],
    }
}

/// On which paths the event may ask the flag for more than is served; none when it cannot.
#[must_use]
pub const fn asks(event: &rollout::Event) -> &'static [Path] {
    use rollout::Event;
    match event {
        Event::StageEntered(_) => &[Path::Start, Path::Gate],
        Event::StepAdvanced(_) => &[Path::Gate],
        Event::Resumed(resumption) => match resumption.kind {
            ResumeKind::Fresh => &[Path::Resume],
            ResumeKind::FalseAlarm => &[Path::FalseAlarm],
            ResumeKind::Undo => &[],
        },
        Event::Planned(_)
        | Event::ShippedDirectly { .. }
        | Event::Started
        | Event::EvidenceRecorded { .. }
        | Event::GatePassed { .. }
        | Event::GateBlocked { .. }
        | Event::Paused { .. }
        | Event::WatchLost { .. }
        | Event::WatchRestored { .. }
        | Event::RollbackRequested { .. }
        | Event::RolledBack { .. }
        | Event::StageOverdue { .. }
        | Event::StageExtended { .. }
        | Event::Completed { .. }
        | Event::Aborted { .. } => &[],
    }
}

#[cfg(test)]
mod tests;
