//! Why a command on a guardrail was not accepted.

use verdict_kernel::refusal::Refusal as Refused;
use verdict_kernel::rule::RuleId;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the lagging metric '{metric}' moves too slowly to decide on a rollout")]
    LaggingGate { metric: String },
    #[error("the guardrail is not armed")]
    Unarmed,
    #[error("this guardrail is already armed on '{metric}' with other terms")]
    ArmedAlready { metric: String },
    #[error("the guardrail has no breach{}", of_attempt(*attempt))]
    NotBreached { attempt: Option<u32> },
    #[error("the breach of attempt {attempt} was retracted as false")]
    RetractedAlready { attempt: u32 },
    #[error("the breach of attempt {attempt} is neither retracted nor acknowledged and recovered from")]
    Unsettled { attempt: u32 },
    #[error("{what} needs a reason")]
    ReasonMissing { what: &'static str },
}

fn of_attempt(attempt: Option<u32>) -> String {
    attempt.map_or_else(String::new, |attempt| format!(" of attempt {attempt}"))
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        match refusal {
            Refusal::LaggingGate { .. } => Self::by(RuleId::M2, "lagging_metric_gates", sentence)
                .compared("a leading, core or guardrail metric", "a lagging metric")
                .next("arm the guardrail on a metric that leads to it"),
            Refusal::Unarmed => Self::out_of_order("guardrail_unarmed", sentence)
                .next("verdict guardrail arm --metric <key> --rollout <rollout> --above <bound>"),
            Refusal::ArmedAlready { .. } => Self::out_of_order("guardrail_already_armed", sentence)
                .compared("another metric, bound or number of points", "the same with other terms")
                .next("verdict guardrail set-effect <guardrail> --effect <effect>, or arm another bound"),
            Refusal::NotBreached { .. } => Self::out_of_order("guardrail_not_breached", sentence)
                .next("see its breaches: verdict guardrail get <guardrail>"),
            Refusal::RetractedAlready { .. } => {
                Self::out_of_order("breach_already_retracted", sentence).next("nothing is left to do")
            }
            Refusal::Unsettled { .. } => Self::by(RuleId::R11, "breach_unsettled", sentence)
                .compared("every breach retracted, or acknowledged and recovered from", "an open breach")
                .next("verdict guardrail retract <guardrail> --reason <why it was false>"),
            Refusal::ReasonMissing { .. } => Self::by(RuleId::P2, "reason_missing", sentence)
                .compared("a reason", "none")
                .next("add --reason"),
        }
    }
}
