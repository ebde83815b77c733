//! Why a rollout cannot go on (rules R11, R16, R23, R24).

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

use crate::rollout::refusal::spelled;
use crate::stage::StageName;

/// A breach that a resume does not answer (rule R23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    pub breach: String,
    pub guardrail: String,
    pub metric: String,
    pub stage: String,
    pub at: Timestamp,
    pub acknowledged: bool,
    /// What the guardrail says now.
    pub state: CheckState,
    pub seen: String,
}

/// A resume that was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoWayBack {
    #[error("a resume after exposure was taken away needs a reason")]
    ReasonMissing,
    #[error("only a person lets a rollout go on whose exposure was taken away")]
    OnlyAPerson,
    #[error("a breach of the attempt is neither retracted nor acknowledged while its guardrail passes again")]
    BreachUnanswered(Box<Unanswered>),
    #[error("nobody can say how the breaches of the attempt stand")]
    BreachesUnread { why: String },
    #[error("no guardrail that is armed knows of the breach that took the exposure back")]
    BreachForgotten,
    #[error("a false alarm asks that every breach of the attempt was retracted")]
    NotRetracted { breach: String, guardrail: String, at: Timestamp },
    #[error("a guardrail took {stage} back, so the rollout goes on at what is served, with a fresh soak")]
    TakenBack { stage: StageName, since: Timestamp },
    #[error("no guardrail broke, so there was no false alarm")]
    NoAlarm,
    #[error("a false alarm is taken back until the end of the next working day")]
    FalseAlarmTooLate { until: Timestamp },
    #[error("the flag is held for a cause that this resume does not answer")]
    HeldOtherwise { cause: String },
    #[error("nobody can say what the flag serves")]
    FlagUnread { why: String },
    #[error("the flag is killed and serves nobody")]
    FlagIsKilled,
}

impl From<NoWayBack> for Answer {
    fn from(refusal: NoWayBack) -> Self {
        let sentence = refusal.to_string();
        let by = |rule, code| Self::by(rule, code, sentence.clone());
        match refusal {
            NoWayBack::ReasonMissing => by(RuleId::R23, "reason_missing")
                .compared("a reason", "none")
                .next("verdict rollout resume <rollout> --reason <why>"),
            NoWayBack::OnlyAPerson => by(RuleId::R24, "only_a_person")
                .compared("a person", "a process of the platform")
                .next("verdict rollout resume <rollout> --reason <why>"),
            NoWayBack::BreachUnanswered(open) => {
                by(RuleId::R23, "breach_unanswered").compared(ANSWERED, open.seen()).next(open.next())
            }
            NoWayBack::BreachesUnread { why } => by(RuleId::R23, "breaches_unread")
                .compared("the breaches of the attempt, confirmed within 5 s", why)
                .next(
                    "bring the metrics service back, then: verdict rollout resume <rollout> --reason <why>",
                ),
            NoWayBack::BreachForgotten => {
                by(RuleId::R23, "breach_forgotten").compared(ANSWERED, FORGOTTEN).next(REMEMBER)
            }
            NoWayBack::NotRetracted { breach, guardrail, at } => by(RuleId::R23, "breach_not_retracted")
                .compared("every breach retracted", format!("breach {breach} of {at}"))
                .next(format!("verdict guardrail retract {guardrail} --reason <why>")),
            NoWayBack::TakenBack { stage, since } => by(RuleId::R23, "taken_back")
                .compared("a fresh attempt at what is served", format!("{stage} as it was at {since}")),
            NoWayBack::NoAlarm => by(RuleId::R23, "no_alarm")
                .compared("a breach of the attempt", "none")
                .next("verdict rollout resume <rollout> --reason <why>"),
            NoWayBack::FalseAlarmTooLate { until } => by(RuleId::R23, "false_alarm_too_late")
                .compared(format!("before {until}"), "later")
                .next("verdict rollout resume <rollout> --reason <why>"),
            NoWayBack::HeldOtherwise { cause } => by(RuleId::R11, "held_otherwise")
                .compared("no hold but those of the answered breaches", cause.clone())
                .next(format!("verdict flag release-hold <flag> --cause {cause} --reason <why>")),
            NoWayBack::FlagUnread { why } => {
                by(RuleId::R16, "flag_unread").compared("what the flag serves now", why)
            }
            NoWayBack::FlagIsKilled => by(RuleId::F3, "flag_is_killed")
                .compared("a flag that is not killed", "killed")
                .next("verdict flag revive <flag> --reason <why>"),
        }
    }
}

/// What rule R23 asks of each breach.
pub(crate) const ANSWERED: &str =
    "each breach retracted, or acknowledged and its guardrail passing on younger data";

/// What is seen when the guardrail that broke was disarmed, and what makes it tell again.
pub(in crate::rollout) const FORGOTTEN: &str = "no breach of an armed guardrail";
pub(in crate::rollout) const REMEMBER: &str =
    "verdict guardrail list --of <rollout>, then verdict guardrail rearm <guardrail>";

impl Unanswered {
    pub(crate) fn seen(&self) -> String {
        let Self { breach, metric, stage, at, acknowledged, state, seen, guardrail: _ } = self;
        let acknowledged = if *acknowledged { "acknowledged" } else { "not acknowledged" };
        let state = spelled(*state);
        format!("breach {breach} of {metric} in {stage} at {at}: {acknowledged}; now {state} at {seen}")
    }

    pub(crate) fn next(&self) -> String {
        let guardrail = &self.guardrail;
        if self.acknowledged {
            format!(
                "wait for passing data of {}, or: verdict guardrail retract {guardrail} --reason <why>",
                self.metric
            )
        } else {
            format!("verdict guardrail acknowledge {guardrail}")
        }
    }
}
