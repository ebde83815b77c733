//! Why a rollout says no, in the words of the rule that says so.

use std::time::Duration;

use verdict_kernel::check::GateReport;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::percent::Percent;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

use super::Tier;
use super::plan::BIG_BANG_LIMIT;
use crate::gate::spell;
use crate::stage::StageName;

/// A command that was refused.
/// The code of [`Refusal::StillServed`]: the process that asked takes back more and asks again.
pub const STILL_SERVED: &str = "still_served";

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a rollout that is {state} cannot take the command {command}")]
    WrongState { command: &'static str, state: &'static str },
    /// Rule R2.
    #[error("a plan names the stages from internal on, in order and without a gap")]
    StagesOutOfOrder { named: Vec<StageName> },
    /// Rule R1.
    #[error("stage {stage} has no step")]
    NoSteps { stage: StageName },
    /// Rule R10.
    #[error("a step of stage {stage} leaves out users of the step before it")]
    StepsShrink { stage: StageName },
    /// Rule R3.
    #[error("the maximum of stage {stage} is shorter than its minimum")]
    MaximumBelowMinimum { stage: StageName, min: Duration, max: Duration },
    /// Rule R5.
    #[error("the first exposure by percentage would reach {share} of all users at once")]
    BigBang { share: Percent, tier: Tier },
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
    /// By the rule of the first check that does not pass.
    #[error("the gate is shut")]
    GateShut(GateReport),
    /// Rule R15.
    #[error("nobody watches the rollout, so nothing widens")]
    Unwatched { since: Timestamp },
    /// Rule R6.
    #[error("evidence {kind} is a count")]
    NotACount { kind: String, value: String },
    /// Rule R11.
    #[error("a rollback of {failed} cannot end at {served}")]
    StillServed { failed: StageName, served: StageName },
    /// Rule R3.
    #[error("stage {stage} is not overdue")]
    NotOverdue { stage: StageName, due: Option<Timestamp>, at: Timestamp },
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        let by = |rule, code| Self::by(rule, code, sentence.clone());
        match refusal {
            Refusal::WrongState { state, .. } => {
                Self::out_of_order("rollout_in_wrong_state", sentence).compared("", state).next(way_on(state))
            }
            Refusal::StagesOutOfOrder { named } => by(RuleId::R2, "stages_out_of_order")
                .compared(spell_stages(&StageName::ALL), spell_stages(&named))
                .next("name every stage up to the last one, or none for the default stages"),
            Refusal::NoSteps { stage } => by(RuleId::R1, "stage_without_steps")
                .compared("at least 1 step", format!("no step in {stage}")),
            Refusal::StepsShrink { stage } => by(RuleId::R10, "steps_shrink").compared(
                "each step reaches everyone of the step before",
                format!("a narrower step in {stage}"),
            ),
            Refusal::MaximumBelowMinimum { min, max, .. } => by(RuleId::R3, "maximum_below_minimum")
                .compared(format!("at least {}", spell(min)), spell(max)),
            Refusal::BigBang { share, tier } => by(RuleId::R5, "big_bang")
                .compared(
                    format!("at most {BIG_BANG_LIMIT}, or tier 4 with an override and a reason"),
                    format!("{share} in tier {}", tier.number()),
                )
                .next(
                    "put a smaller step first, or for tier 4: verdict rollout plan --override --reason <why>",
                ),
            Refusal::NotBehindFlag { user_visible } => by(RuleId::F1, "not_behind_flag")
                .compared(
                    "user_visible=false and a reason",
                    if user_visible { "user_visible=true" } else { "no reason" },
                )
                .next("verdict rollout plan --flag <flag>"),
            Refusal::NotTheNextStage { asked, next, .. } => by(RuleId::R2, "not_the_next_stage")
                .compared(next.map_or("no further stage", StageName::as_str), asked.as_str())
                .next(onward(next)),
            Refusal::StepsRemain { step, .. } => by(RuleId::R10, "steps_remain")
                .compared("the last step of the stage", format!("step {step} is next"))
                .next("verdict rollout advance-step <rollout>"),
            Refusal::NoFurtherStep { next, .. } => by(RuleId::R10, "no_further_step")
                .compared("a further step in the stage", "none")
                .next(onward(next)),
            Refusal::NotAtTheEnd { stage, step } => by(RuleId::R2, "not_at_the_end")
                .compared("the last step of the last stage", format!("step {step} of {stage}"))
                .next("verdict rollout why <rollout>"),
            Refusal::GateShut(report) => gate_shut(report, sentence),
            Refusal::Unwatched { since } => by(RuleId::R15, "unwatched")
                .compared("the metrics service watches the rollout", format!("lost at {since}"))
                .next("bring the metrics service back, then verdict rollout resume <rollout>"),
            Refusal::NotACount { kind, value } => by(RuleId::R6, "evidence_not_a_count")
                .compared("a whole number from 0", value)
                .next(format!("verdict rollout record-evidence <rollout> --kind {kind} --value 0")),
            Refusal::StillServed { failed, served } => by(RuleId::R11, STILL_SERVED)
                .compared(format!("a stage before {failed}, or nobody"), served.as_str()),
            Refusal::NotOverdue { due, at, .. } => by(RuleId::R3, "not_overdue").compared(
                due.map_or_else(|| "open end".to_owned(), |due| format!("at or after {due}")),
                at.to_string(),
            ),
        }
    }
}

/// The refusal of a shut gate speaks for the first check that does not pass and carries all of them.
fn gate_shut(report: GateReport, sentence: String) -> Answer {
    let first = report.blockers().next().cloned();
    let answer = match first {
        Some(check) => {
            let sentence = format!("the gate is shut: {} is {}", check.name, check.state);
            Answer::by(check.rule, "gate_shut", sentence)
                .compared(check.required, check.seen)
                .next(check.next)
        }
        None => Answer::out_of_order("gate_shut", sentence),
    };
    answer.with_report(report)
}

/// The command that leaves a stage upwards.
fn onward(next: Option<StageName>) -> String {
    next.map_or_else(
        || "verdict rollout complete <rollout>".to_owned(),
        |next| format!("verdict rollout enter-stage <rollout> --stage {next}"),
    )
}

fn spell_stages(stages: &[StageName]) -> String {
    let names: Vec<_> = stages.iter().map(|stage| stage.as_str()).collect();
    names.join(", ")
}

/// The command that leads on from a state, by the name of the state.
fn way_on(state: &str) -> &'static str {
    match state {
        "absent" => "verdict rollout plan --flag <flag>",
        "draft" => "verdict rollout start <rollout>",
        "paused" | "rolled_back" => "verdict rollout resume <rollout>",
        "rolling_back" => "wait until the edges confirm the rollback: verdict rollout get <rollout>",
        "running" => "verdict rollout why <rollout>",
        "completed" | "aborted" | "shipped_directly" => {
            "plan another one: verdict rollout plan --flag <flag>"
        }
        &_ => "",
    }
}
