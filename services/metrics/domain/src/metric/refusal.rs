//! Why a command on a metric was not accepted.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::refusal::Refusal as Refused;
use verdict_kernel::rule::RuleId;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a {} metric does not lead to the {} metric '{key}'", from.as_str(), to.as_str())]
    LinkNotUpward { from: MetricType, key: String, to: MetricType },
    #[error("a guardrail metric stands alone and leads to no other metric")]
    GuardrailLinked { key: String },
    #[error("the metric '{key}' that this one should lead to is not defined")]
    LinkUnknown { key: String },
    #[error("no real event of the metric '{key}' was received yet")]
    NotInstrumented { key: String },
    #[error("the metric '{key}' is already defined differently")]
    DefinedDifferently { key: String },
    #[error("the metric is not defined")]
    Undefined,
    #[error("the metric '{key}' is retired")]
    Retired { key: String },
    #[error("taking observations back needs a reason")]
    ReasonMissing,
    #[error("no window ends after {from} and not after {to}")]
    EmptyRange { from: Timestamp, to: Timestamp },
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        match refusal {
            Refusal::LinkNotUpward { from, key, to } => Self::by(
                RuleId::M1,
                "metric_link_not_upward",
                sentence,
            )
            .compared(
                "links from leading to core to lagging",
                format!("{} to {}", from.as_str(), to.as_str()),
            )
            .next(format!(
                "turn the link round: verdict metric define --key {key} --type <type> --good <direction> \
                         --leads-to <this metric>"
            )),
            Refusal::GuardrailLinked { key } => Self::by(RuleId::M1, "guardrail_metric_linked", sentence)
                .compared("no links", format!("a link to '{key}'"))
                .next("leave --leads-to out"),
            Refusal::LinkUnknown { key } => Self::by(RuleId::M1, "metric_link_unknown", sentence)
                .compared("a defined metric", format!("'{key}', which is not defined"))
                .next(format!("verdict metric define --key {key} --type <type> --good <direction>")),
            Refusal::NotInstrumented { key } => Self::by(RuleId::M9, "metric_not_instrumented", sentence)
                .compared("at least 1 real event", "0 events")
                .next(format!("send an observation of '{key}' to POST /v1/observations")),
            Refusal::DefinedDifferently { key } => Self::out_of_order("metric_already_defined", sentence)
                .next(format!("verdict metric revise {key} --good <direction>, or define another key")),
            Refusal::Undefined => Self::out_of_order("metric_undefined", sentence)
                .next("verdict metric define --key <key> --type <type> --good <direction>"),
            Refusal::ReasonMissing => Self::by(RuleId::M14, "reason_missing", sentence)
                .compared("a reason", "none")
                .next("add --reason"),
            Refusal::EmptyRange { from, to } => Self::by(RuleId::M14, "retraction_of_nothing", sentence)
                .compared(format!("an end after {from}"), to.to_string())
                .next("exchange --from and --to"),
            Refusal::Retired { key } => {
                Self::out_of_order("metric_retired", sentence).next(format!("verdict metric restore {key}"))
            }
        }
    }
}
