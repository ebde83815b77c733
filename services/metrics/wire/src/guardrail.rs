//! Guardrails as they are stored.

use std::num::NonZeroU32;

use verdict_metrics_domain::evaluation::{self, Comparison, Judge, Severity, Terms, Threshold};
use verdict_metrics_domain::guardrail::{Arming, Breach, Effect, Event, Guardrail, StageAttempt};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::guardrail_armed::Rule;
use verdict_stored::field::{Field, Maybe, OrDefault, Plain, Seconds, Shown};
use verdict_stored::vocabulary::CheckStateWord;
use verdict_stored::{DecodeError, events, message, required, words};

use crate::metric::AggregationWord;

events! {
    /// The rim of [`Guardrail`].
    pub GuardrailWire: Guardrail, Event in "metrics.Guardrail", messages of pb;
    [Armed(Arming {
        metric, rollout, effect, terms: Terms { rule, min_sample, severity, refresh, judge, aggregation }
    })] = GuardrailArmed.v1 {
        metric: metric as Plain, rollout_id: rollout as Shown, rule: rule as RuleCase, min_sample: min_sample as Plain,
        refresh_seconds: refresh as Seconds, effect: effect as EffectWord, judge: judge as OrDefault<JudgeWord>,
        aggregation: aggregation as OrDefault<AggregationWord>;
        [critical, critical_events]: severity as SeverityColumns
    }
    [AnswerChanged { rollout, state, as_of, seen, sample }] = GuardrailAnswerChanged.v1 {
        rollout_id: rollout as Shown, state: state as CheckStateWord, as_of: as_of as Shown, seen: seen as Plain,
        sample: sample as Plain,
    }
    [Breached(breach)] = GuardrailBreached.v1 => breach as BreachMessage;
    [WouldHaveBreached(breach)] = WouldHaveBreached.v1 => breach as ShadowedMessage;
    [Acknowledged { attempt }] = BreachAcknowledged.v1 { attempt: attempt as Plain }
    [Recovered { as_of }] = GuardrailRecovered.v1 { as_of: as_of as Shown }
    [Retracted { reason, attempt }] = BreachRetracted.v1 { reason: reason as Plain, attempt: attempt as Plain }
    [Disarmed { reason }] = GuardrailDisarmed.v1 { reason: reason as Plain }
    [Rearmed] = GuardrailRearmed.v1 {}
    [EffectChanged { effect, reason }] = GuardrailEffectChanged.v1 { effect: effect as EffectWord, reason: reason as Plain }
}

words! {
    EffectWord, effect, read_effect: Effect = pb::GuardrailEffect { Shadow, Hold, Rollback }
    JudgeWord, judge, read_judge: Judge = pb::Judge { Merged, EachSource }
    ComparisonWord, comparison, read_comparison: Comparison = pb::Comparison { Below, Above }
}

message! {
    /// A threshold in a message.
    ThresholdMessage: [Threshold { comparison, value, for_points }] = pb::Threshold {
        comparison: comparison as ComparisonWord, value: value as Shown, for_points: for_points as Points,
    }

    /// A breach as it is stored.
    BreachMessage: [Breach {
        rollout, at: StageAttempt { stage, stage_index, attempt, flag, bet }, metric, as_of, required, seen, critical,
        effect
    }] = pb::GuardrailBreached {
        rollout_id: rollout as Shown, stage: stage as Plain, stage_index: stage_index as Plain,
        attempt: attempt as Plain, flag_id: flag as Shown, bet_id: bet as Maybe<Shown>, metric: metric as Plain,
        as_of: as_of as Shown, required: required as Plain, seen: seen as Plain, critical: critical as Plain,
        effect: effect as EffectWord,
    }
}

/// A breach of a guardrail of effect shadow: the same fields, apart from the effect, which its type says.
struct ShadowedMessage;

impl Field<Breach, pb::WouldHaveBreached> for ShadowedMessage {
    fn write(breach: &Breach) -> pb::WouldHaveBreached {
        let it: pb::GuardrailBreached = BreachMessage::write(breach);
        pb::WouldHaveBreached {
            rollout_id: it.rollout_id,
            stage: it.stage,
            stage_index: it.stage_index,
            attempt: it.attempt,
            flag_id: it.flag_id,
            bet_id: it.bet_id,
            metric: it.metric,
            as_of: it.as_of,
            required: it.required,
            seen: it.seen,
            critical: it.critical,
        }
    }

    fn read(it: pb::WouldHaveBreached, name: &'static str) -> Result<Breach, DecodeError> {
        let breached = pb::GuardrailBreached {
            rollout_id: it.rollout_id,
            stage: it.stage,
            stage_index: it.stage_index,
            attempt: it.attempt,
            flag_id: it.flag_id,
            bet_id: it.bet_id,
            metric: it.metric,
            as_of: it.as_of,
            required: it.required,
            seen: it.seen,
            critical: it.critical,
            effect: EffectWord::write(&Effect::Shadow),
        };
        BreachMessage::read(breached, name)
    }
}

/// The case of the rule.
struct RuleCase;

impl Field<evaluation::Rule, Option<Rule>> for RuleCase {
    fn write(rule: &evaluation::Rule) -> Option<Rule> {
        match rule {
            evaluation::Rule::Threshold(threshold) => {
                Some(Rule::Threshold(ThresholdMessage::write(threshold)))
            }
        }
    }

    fn read(field: Option<Rule>, name: &'static str) -> Result<evaluation::Rule, DecodeError> {
        match required(field, name)? {
            Rule::Threshold(threshold) => {
                ThresholdMessage::read(threshold, name).map(evaluation::Rule::Threshold)
            }
        }
    }
}

/// How many points in a row, at least one.
struct Points;

impl Field<NonZeroU32, Option<u32>> for Points {
    fn write(points: &NonZeroU32) -> Option<u32> {
        Some(points.get())
    }

    fn read(field: Option<u32>, name: &'static str) -> Result<NonZeroU32, DecodeError> {
        required(field.and_then(NonZeroU32::new), name)
    }
}

/// Whether the guardrail is critical, and on how many events then.
struct SeverityColumns;

impl Field<Severity, (Option<bool>, Option<u32>)> for SeverityColumns {
    fn write(severity: &Severity) -> (Option<bool>, Option<u32>) {
        match severity {
            Severity::Normal => (Some(false), None),
            Severity::Critical { events } => (Some(true), Some(*events)),
        }
    }

    fn read(
        (critical, events): (Option<bool>, Option<u32>),
        _: &'static str,
    ) -> Result<Severity, DecodeError> {
        if required(critical, "critical")? {
            required(events, "critical_events").map(|events| Severity::Critical { events })
        } else {
            Ok(Severity::Normal)
        }
    }
}

#[cfg(test)]
mod tests;
