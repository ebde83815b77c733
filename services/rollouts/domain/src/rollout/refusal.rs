//! Why a rollout says no, in the words of the rule that says so.

use std::time::Duration;

use verdict_kernel::check::{Check, CheckState, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

use super::grounds::Ungrounded;
use super::resuming::NoWayBack;
use crate::gate::evidence::EvidenceKind;
use crate::plan::{NoReturn, Unplannable};
use crate::stage::StageName;
use crate::wording::{spell, spell_all};

/// The command that lets an overdue stage take longer.
pub(super) const EXTEND: &str = "verdict rollout extend-stage <rollout> --by 1d --reason <why>";
/// The code of [`Refusal::StillServed`]: the process that asked takes back more and asks again.
pub const STILL_SERVED: &str = "still_served";
/// The code of a way back that the plan says is none (rule R26).
pub(crate) const NO_WAY_BACK: &str = "no_way_back";

/// A command that was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a rollout that is {state} cannot take the command {command}")]
    WrongState { command: &'static str, state: &'static str, next: &'static str },
    /// Rule R2.
    #[error("no stage of the plan is called '{asked}'")]
    NoSuchStage { asked: String, named: Vec<StageName> },
    #[error(transparent)]
    Unplannable(#[from] Unplannable),
    /// Rule R26.
    #[error(
        "the plan says that there is no way back from here, which a second person confirms; until one can be asked, a \
         reason stands in their place"
    )]
    NoWayBackFrom { stage: StageName, from: NoReturn },
    /// Rule F1.
    #[error("a change that users see ships behind a flag, any other needs a reason")]
    NotBehindFlag { user_visible: bool },
    /// Rule R2.
    #[error("promotion goes from {from} to the next stage only, not to {asked}")]
    NotTheNextStage { from: StageName, asked: StageName, next: Option<StageName> },
    /// Rule R10.
    #[error("stage {stage} has further steps before it can be left")]
    StepsRemain { stage: StageName, step: usize },
    /// Rule R10.
    #[error("stage {stage} is on its last step")]
    NoFurtherStep { stage: StageName, next: Option<StageName> },
    /// Rule R2.
    #[error("only the last step of the last stage completes a rollout, and {stage} is not there")]
    NotAtTheEnd { stage: StageName, step: usize },
    /// Rule R15.
    #[error("nobody watches the rollout, so nothing widens")]
    Unwatched { since: Timestamp },
    /// Rules I5, R22.
    #[error(transparent)]
    Ungrounded(#[from] Ungrounded),
    /// Rules R11, R23, R24.
    #[error(transparent)]
    NoWayBack(#[from] NoWayBack),
    /// Rule R6.
    #[error("'{kind}' is no kind of evidence")]
    UnknownEvidence { kind: String },
    /// Rule R6.
    #[error("'{verdict}' is no verdict on {}", kind.as_str())]
    NoVerdict { kind: EvidenceKind, verdict: String },
    /// Rule R2.
    #[error("a way down to step {step} of {stage} would reach more users than are served now")]
    NothingToTakeBack { stage: StageName, step: usize },
    /// Rule R10.
    #[error("a higher step of {stage} is taken through its gate")]
    StepsAreAdvanced { stage: StageName, step: usize },
    /// Rule R11.
    #[error("a rollback of {failed} cannot end at {served}")]
    StillServed { failed: StageName, served: StageName },
    /// Rule R3.
    #[error("stage {stage} is not overdue")]
    NotOverdue { stage: StageName, due: Option<Timestamp>, at: Timestamp },
    /// Rule R3.
    #[error("an overdue stage takes longer by some time and for a reason")]
    NotExtended { by: Duration, reason: bool },
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        let by = |rule, code| Self::by(rule, code, sentence.clone());
        match refusal {
            Refusal::WrongState { state, next, .. } => {
                Self::out_of_order("rollout_in_wrong_state", sentence).compared("", state).next(next)
            }
            Refusal::Unplannable(refusal) => refusal.into(),
            Refusal::NoSuchStage { asked, named } => by(RuleId::R2, "no_such_stage")
                .compared(format!("one of {}", spell_all(&named)), asked)
                .next("verdict rollout get <rollout>"),
            Refusal::NoWayBackFrom { stage, from } => no_way_back(&stage, &from, sentence),
            Refusal::NotBehindFlag { user_visible } => by(RuleId::F1, "not_behind_flag")
                .compared(
                    "user_visible=false and a reason",
                    if user_visible { "user_visible=true" } else { "no reason" },
                )
                .next("verdict rollout plan --flag <flag> --service <service> --mode <mode>"),
            Refusal::NotTheNextStage { asked, next, .. } => by(RuleId::R2, "not_the_next_stage")
                .compared(next.as_ref().map_or("no further stage", StageName::as_str), asked.as_str())
                .next(onward(next.as_ref())),
            Refusal::StepsRemain { step, .. } => by(RuleId::R10, "steps_remain")
                .compared("the last step of the stage", format!("step {step} is next"))
                .next("verdict rollout advance-step <rollout>"),
            Refusal::NoFurtherStep { next, .. } => by(RuleId::R10, "no_further_step")
                .compared("a further step in the stage", "none")
                .next(onward(next.as_ref())),
            Refusal::NotAtTheEnd { stage, step } => by(RuleId::R2, "not_at_the_end")
                .compared("the last step of the last stage", format!("step {step} of {stage}"))
                .next("verdict rollout why <rollout>"),
            Refusal::Unwatched { since } => by(RuleId::R15, "unwatched")
                .compared("the metrics service watches the rollout", format!("lost at {since}"))
                .next("bring the metrics service back, then verdict rollout resume <rollout> --reason <why>"),
            Refusal::StillServed { failed, served } => by(RuleId::R11, STILL_SERVED)
                .compared(format!("a stage before {failed}, or nobody"), served.as_str()),
            Refusal::NotOverdue { due, at, .. } => by(RuleId::R3, "not_overdue").compared(
                due.map_or_else(|| "open end".to_owned(), |due| format!("at or after {due}")),
                at.to_string(),
            ),
            Refusal::NotExtended { by, reason } => by_and_why(by, reason, sentence),
            Refusal::UnknownEvidence { kind } => unknown_evidence(kind, sentence),
            Refusal::NoVerdict { kind, verdict } => by(RuleId::R6, "evidence_without_verdict")
                .compared(kind.verdicts(), if verdict.is_empty() { "nothing".to_owned() } else { verdict })
                .next(kind.recording()),
            Refusal::NothingToTakeBack { .. } => by(RuleId::R2, "nothing_to_take_back")
                .compared("a step that reaches nobody new", "a wider one than is served")
                .next("verdict rollout resume <rollout> --reason <why>"),
            Refusal::StepsAreAdvanced { step, .. } => by(RuleId::R10, "steps_are_advanced")
                .compared(format!("a step below {step}, or the next one through its gate"), "another step")
                .next("verdict rollout advance-step <rollout>"),
            Refusal::Ungrounded(refusal) => refusal.into(),
            Refusal::NoWayBack(refusal) => refusal.into(),
        }
    }
}

fn no_way_back(stage: &StageName, from: &NoReturn, sentence: String) -> Answer {
    Answer::by(RuleId::R26, NO_WAY_BACK, sentence)
        .compared("a reason", format!("stage {stage}; {}", from.told()))
        .next("send the command again with --reason <why>")
}

/// A state in a sentence; one that is not known in the word that `rollout why` has for it.
pub(super) const fn spelled(state: CheckState) -> &'static str {
    match state {
        CheckState::Pass => "passing",
        CheckState::Fail => "failing",
        CheckState::Unknown(Unknown::NoData) => "no_data",
        CheckState::Unknown(Unknown::Insufficient) => "insufficient",
        CheckState::Unknown(Unknown::Inconclusive) => "inconclusive",
        CheckState::Unknown(Unknown::Unhealthy) => "unhealthy",
        CheckState::Unknown(Unknown::Stale) => "stale",
    }
}

fn by_and_why(by: Duration, reason: bool, sentence: String) -> Answer {
    let given = if reason { "a reason" } else { "no reason" };
    Answer::by(RuleId::R3, "not_extended", sentence)
        .compared("a time above 0 and a reason", format!("{} and {given}", spell(by)))
        .next(EXTEND)
}

fn unknown_evidence(kind: String, sentence: String) -> Answer {
    let kinds: Vec<_> = EvidenceKind::ALL.map(EvidenceKind::as_str).into();
    Answer::by(RuleId::R6, "unknown_evidence", sentence)
        .compared(format!("one of {}", kinds.join(", ")), kind)
        .next(EvidenceKind::OpenP0Bugs.recording())
}

/// The refusal of a gate that is shut by this check, by its rule.
pub(super) fn gate_shut(check: &Check) -> Answer {
    let sentence = format!("the gate is shut: {} is {}", check.name, spelled(check.state));
    Answer::by(check.rule, "gate_shut", sentence)
        .compared(check.required.clone(), check.seen.clone())
        .next(&*check.next)
}

/// The command that leaves a stage upwards.
fn onward(next: Option<&StageName>) -> String {
    next.map_or_else(
        || "verdict rollout complete <rollout>".to_owned(),
        |next| format!("verdict rollout enter-stage <rollout> --stage {next}"),
    )
}

impl NoReturn {
    /// For a person.
    pub(crate) fn told(&self) -> String {
        format!("no way back from {} on: {}", self.stage, self.reason)
    }
}
