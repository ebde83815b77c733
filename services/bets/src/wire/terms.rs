//! The words of a bet in the contracts and in the domain: the same ones in stored events, requests and views.

use verdict_bets_domain::bet::handoff::{Clarity, Item};
use verdict_bets_domain::bet::metrics::{Direction, MetricTarget, MetricType, Role};
use verdict_bets_domain::bet::{Attached, Hypothesis, KillReason, Rollback, Timebox};
use verdict_kernel::mode::Mode;
use verdict_proto::bets::v1 as pb;
use verdict_runtime::wire::{DecodeError, parsed, required};

/// Two enums that hold the same words; UNSPECIFIED has no word in the domain.
macro_rules! same_words {
    ($write:ident $read:ident $domain:ident $wire:ident: $($word:ident)*) => {
        #[doc = concat!("A ", stringify!($domain), " as the contracts spell it.")]
        pub const fn $write(word: $domain) -> pb::$wire {
            match word { $($domain::$word => pb::$wire::$word,)* }
        }

        #[doc = concat!("The ", stringify!($domain), " that a contract value stands for; `None` for UNSPECIFIED.")]
        pub const fn $read(word: pb::$wire) -> Option<$domain> {
            match word {
                pb::$wire::Unspecified => None,
                $(pb::$wire::$word => Some($domain::$word),)*
            }
        }
    };
}

same_words!(mode read_mode Mode Mode: ZeroToOne Scaling);
same_words!(clarity read_clarity Clarity Clarity: Clear Fuzzy Missing);
same_words!(role read_role Role MetricRole: Primary Secondary Guardrail);
same_words!(direction read_direction Direction Direction: Increase Decrease);
same_words!(item read_item Item HandoffItem:
    Problem TargetUser SuccessSignal NonGoals UserFlow AcceptanceCriteria Dependencies AnalyticsPlan EdgeCases
    TradeOffOwner);
same_words!(kill_reason read_kill_reason KillReason KillReason:
    Disproved TooCostly Inconclusive IterationLimit StrategyChanged);

/// The type of a metric by its name.
pub fn read_metric_type(name: &str) -> Option<MetricType> {
    MetricType::ALL.into_iter().find(|known| known.as_str() == name)
}

pub fn hypothesis(hypothesis: &Hypothesis) -> pb::Hypothesis {
    pb::Hypothesis {
        belief: Some(hypothesis.belief.clone()),
        expected_outcome: Some(hypothesis.expected_outcome.clone()),
    }
}

pub(super) fn read_hypothesis(message: pb::Hypothesis) -> Result<Hypothesis, DecodeError> {
    Ok(Hypothesis {
        belief: required(message.belief, "belief")?,
        expected_outcome: required(message.expected_outcome, "expectedOutcome")?,
    })
}

pub fn timebox(timebox: Timebox) -> pb::Timebox {
    pb::Timebox { start: Some(timebox.start.to_string()), end: Some(timebox.end.to_string()) }
}

pub(super) fn read_timebox(message: &pb::Timebox) -> Result<Timebox, DecodeError> {
    Ok(Timebox {
        start: parsed(message.start.as_deref(), "start")?,
        end: parsed(message.end.as_deref(), "end")?,
    })
}

pub fn metric(target: &MetricTarget) -> pb::MetricTarget {
    pb::MetricTarget {
        metric: Some(target.metric.clone()),
        role: Some(role(target.role).into()),
        metric_type: Some(target.metric_type.as_str().to_owned()),
        target: Some(target.target.clone()),
        direction: Some(direction(target.direction).into()),
    }
}

pub(super) fn read_metric(message: pb::MetricTarget) -> Result<MetricTarget, DecodeError> {
    let (role, direction) = (message.role(), message.direction());
    let metric_type = required(message.metric_type, "metricType")?;
    Ok(MetricTarget {
        metric: required(message.metric, "metric")?,
        role: required(read_role(role), "role")?,
        metric_type: read_metric_type(&metric_type).ok_or_else(|| {
            DecodeError::Malformed(format!("field 'metricType': '{metric_type}' is no type"))
        })?,
        target: required(message.target, "target")?,
        direction: required(read_direction(direction), "direction")?,
    })
}

pub fn assessed(what: Item, how: Clarity) -> pb::HandoffItemAssessed {
    pb::HandoffItemAssessed { item: Some(item(what).into()), clarity: Some(clarity(how).into()) }
}

/// A change without a flag has an empty flag id.
pub fn attached(attached: &Attached) -> pb::RolloutAttached {
    pb::RolloutAttached {
        rollout_id: Some(attached.rollout.to_string()),
        flag_id: Some(attached.flag.map(|flag| flag.to_string()).unwrap_or_default()),
    }
}

/// The rollout and the flag of a stored attachment.
pub fn read_attached(rollout: Option<&str>, flag: Option<&str>) -> Result<Attached, DecodeError> {
    let flag = flag.filter(|flag| !flag.is_empty());
    Ok(Attached {
        rollout: parsed(rollout, "rolloutId")?,
        flag: flag.map(|flag| parsed(Some(flag), "flagId")).transpose()?,
    })
}

pub fn rollback(rollback: &Rollback) -> pb::RollbackNoted {
    pb::RollbackNoted {
        rollout_id: Some(rollback.rollout.to_string()),
        stage: Some(rollback.stage.clone()),
        attempt: Some(rollback.attempt),
        breach: Some(rollback.breach.clone()),
    }
}

pub(super) fn read_rollback(message: pb::RollbackNoted) -> Result<Rollback, DecodeError> {
    Ok(Rollback {
        rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
        stage: required(message.stage, "stage")?,
        attempt: required(message.attempt, "attempt")?,
        breach: required(message.breach, "breach")?,
    })
}
