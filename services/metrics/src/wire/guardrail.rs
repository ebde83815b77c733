//! Guardrail events as `metrics.Guardrail.<Message>.v1`.

use std::num::NonZeroU32;
use std::time::Duration;

use verdict_kernel::id::BetId;
use verdict_metrics_domain::evaluation::{self, Comparison, Severity, Terms, Threshold};
use verdict_metrics_domain::guardrail::{Arming, Breach, Effect, Event, Guardrail, StageAttempt};
use verdict_metrics_domain::points::Judge;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::guardrail_armed::Rule;
use verdict_runtime::grpc::{check_state, read_check_state};
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

use super::metric::{aggregation, read_aggregation, seconds};

/// Type of the event that takes exposure back.
pub const BREACHED: &str = "metrics.Guardrail.GuardrailBreached.v1";
/// Type of the event that a guardrail of effect shadow writes in its place.
pub const WOULD_HAVE_BREACHED: &str = "metrics.Guardrail.WouldHaveBreached.v1";
/// Type of the event of each new answer.
pub const ANSWER_CHANGED: &str = "metrics.Guardrail.GuardrailAnswerChanged.v1";

/// The rim of [`Guardrail`].
#[derive(Debug, Clone, Copy)]
pub struct GuardrailWire;

impl Wire for GuardrailWire {
    type Aggregate = Guardrail;

    const TYPES: &'static str = "metrics.Guardrail";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Armed(arming) => Stored::new("metrics.Guardrail.GuardrailArmed.v1", &armed(arming)),
            Event::AnswerChanged { rollout, state, as_of, seen, sample } => Stored::new(
                ANSWER_CHANGED,
                &pb::GuardrailAnswerChanged {
                    rollout_id: Some(rollout.to_string()),
                    state: Some(check_state(*state).into()),
                    as_of: Some(as_of.to_string()),
                    seen: Some(seen.clone()),
                    sample: Some(*sample),
                },
            ),
            Event::Breached(breach) => Stored::new(BREACHED, &breached(breach)),
            Event::WouldHaveBreached(breach) => {
                Stored::new(WOULD_HAVE_BREACHED, &would_have_breached(breach))
            }
            Event::Acknowledged { attempt } => Stored::new(
                "metrics.Guardrail.BreachAcknowledged.v1",
                &pb::BreachAcknowledged { attempt: Some(*attempt) },
            ),
            Event::Recovered { as_of } => Stored::new(
                "metrics.Guardrail.GuardrailRecovered.v1",
                &pb::GuardrailRecovered { as_of: Some(as_of.to_string()) },
            ),
            Event::Retracted { reason, attempt } => Stored::new(
                "metrics.Guardrail.BreachRetracted.v1",
                &pb::BreachRetracted { reason: Some(reason.clone()), attempt: Some(*attempt) },
            ),
            Event::Disarmed { reason } => Stored::new(
                "metrics.Guardrail.GuardrailDisarmed.v1",
                &pb::GuardrailDisarmed { reason: Some(reason.clone()) },
            ),
            Event::Rearmed => Stored::new("metrics.Guardrail.GuardrailRearmed.v1", &pb::GuardrailRearmed {}),
            Event::EffectChanged { effect, reason } => Stored::new(
                "metrics.Guardrail.GuardrailEffectChanged.v1",
                &pb::GuardrailEffectChanged {
                    effect: Some(self::effect(*effect).into()),
                    reason: Some(reason.clone()),
                },
            ),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let event = match event_type {
            "metrics.Guardrail.GuardrailArmed.v1" => Event::Armed(arming(parse(data)?)?),
            ANSWER_CHANGED => {
                let changed: pb::GuardrailAnswerChanged = parse(data)?;
                Event::AnswerChanged {
                    rollout: parsed(changed.rollout_id.as_deref(), "rollout_id")?,
                    state: required(read_check_state(changed.state()), "state")?,
                    as_of: parsed(changed.as_of.as_deref(), "as_of")?,
                    seen: required(changed.seen, "seen")?,
                    sample: required(changed.sample, "sample")?,
                }
            }
            BREACHED => Event::Breached(breach(parse(data)?)?),
            WOULD_HAVE_BREACHED => Event::WouldHaveBreached(shadowed(parse(data)?)?),
            "metrics.Guardrail.BreachAcknowledged.v1" => Event::Acknowledged {
                attempt: required(parse::<pb::BreachAcknowledged>(data)?.attempt, "attempt")?,
            },
            "metrics.Guardrail.GuardrailRecovered.v1" => Event::Recovered {
                as_of: parsed(parse::<pb::GuardrailRecovered>(data)?.as_of.as_deref(), "as_of")?,
            },
            "metrics.Guardrail.BreachRetracted.v1" => {
                let retracted: pb::BreachRetracted = parse(data)?;
                Event::Retracted {
                    reason: required(retracted.reason, "reason")?,
                    attempt: required(retracted.attempt, "attempt")?,
                }
            }
            "metrics.Guardrail.GuardrailEffectChanged.v1" => {
                let changed: pb::GuardrailEffectChanged = parse(data)?;
                Event::EffectChanged {
                    effect: required(read_effect(changed.effect()), "effect")?,
                    reason: required(changed.reason, "reason")?,
                }
            }
            "metrics.Guardrail.GuardrailDisarmed.v1" => {
                Event::Disarmed { reason: required(parse::<pb::GuardrailDisarmed>(data)?.reason, "reason")? }
            }
            "metrics.Guardrail.GuardrailRearmed.v1" => Event::Rearmed,
            _ => return Err(DecodeError::UnknownType),
        };
        Ok(Some(event))
    }
}

fn armed(arming: &Arming) -> pb::GuardrailArmed {
    let Terms { rule, min_sample, severity, refresh, judge, aggregation } = &arming.terms;
    let (critical, critical_events) = match severity {
        Severity::Normal => (false, None),
        Severity::Critical { events } => (true, Some(*events)),
    };
    pb::GuardrailArmed {
        metric: Some(arming.metric.clone()),
        rollout_id: Some(arming.rollout.to_string()),
        rule: Some(match rule {
            evaluation::Rule::Threshold(it) => Rule::Threshold(threshold(it)),
        }),
        min_sample: Some(*min_sample),
        critical: Some(critical),
        critical_events,
        refresh_seconds: Some(seconds(*refresh)),
        effect: Some(effect(arming.effect).into()),
        judge: Some(self::judge(*judge).into()),
        aggregation: Some(self::aggregation(*aggregation).into()),
    }
}

/// The effect as the contracts name it.
pub const fn effect(effect: Effect) -> pb::GuardrailEffect {
    match effect {
        Effect::Shadow => pb::GuardrailEffect::Shadow,
        Effect::Hold => pb::GuardrailEffect::Hold,
        Effect::Rollback => pb::GuardrailEffect::Rollback,
    }
}

/// `None` when it is left open.
pub const fn read_effect(effect: pb::GuardrailEffect) -> Option<Effect> {
    match effect {
        pb::GuardrailEffect::Unspecified => None,
        pb::GuardrailEffect::Shadow => Some(Effect::Shadow),
        pb::GuardrailEffect::Hold => Some(Effect::Hold),
        pb::GuardrailEffect::Rollback => Some(Effect::Rollback),
    }
}

/// How sources are judged, as the contracts name it.
pub const fn judge(judge: Judge) -> pb::Judge {
    match judge {
        Judge::Merged => pb::Judge::Merged,
        Judge::EachSource => pb::Judge::EachSource,
    }
}

/// `None` when it is left open.
pub const fn read_judge(judge: pb::Judge) -> Option<Judge> {
    match judge {
        pb::Judge::Unspecified => None,
        pb::Judge::Merged => Some(Judge::Merged),
        pb::Judge::EachSource => Some(Judge::EachSource),
    }
}

fn arming(armed: pb::GuardrailArmed) -> Result<Arming, DecodeError> {
    // Written before there was a choice.
    let judge = read_judge(armed.judge()).unwrap_or_default();
    let aggregation = read_aggregation(armed.aggregation()).unwrap_or_default();
    let effect = required(read_effect(armed.effect()), "effect")?;
    let severity = if required(armed.critical, "critical")? {
        Severity::Critical { events: required(armed.critical_events, "critical_events")? }
    } else {
        Severity::Normal
    };
    let rule = match required(armed.rule, "rule")? {
        Rule::Threshold(it) => evaluation::Rule::Threshold(read_threshold(&it)?),
    };
    Ok(Arming {
        effect,
        rollout: parsed(armed.rollout_id.as_deref(), "rollout_id")?,
        metric: required(armed.metric, "metric")?,
        terms: Terms {
            rule,
            severity,
            min_sample: required(armed.min_sample, "min_sample")?,
            refresh: Duration::from_secs(required(armed.refresh_seconds, "refresh_seconds")?.into()),
            judge,
            aggregation,
        },
    })
}

fn threshold(threshold: &Threshold) -> pb::Threshold {
    let comparison = match threshold.comparison {
        Comparison::Below => pb::Comparison::Below,
        Comparison::Above => pb::Comparison::Above,
    };
    pb::Threshold {
        comparison: Some(comparison.into()),
        value: Some(threshold.value.to_string()),
        for_points: Some(threshold.for_points.get()),
    }
}

/// The threshold of a contract. The error names the field within it.
pub fn read_threshold(threshold: &pb::Threshold) -> Result<Threshold, DecodeError> {
    let comparison = match threshold.comparison() {
        pb::Comparison::Unspecified => None,
        pb::Comparison::Below => Some(Comparison::Below),
        pb::Comparison::Above => Some(Comparison::Above),
    };
    Ok(Threshold {
        comparison: required(comparison, "comparison")?,
        value: parsed(threshold.value.as_deref(), "value")?,
        for_points: required(threshold.for_points.and_then(NonZeroU32::new), "for_points")?,
    })
}

fn breached(breach: &Breach) -> pb::GuardrailBreached {
    pb::GuardrailBreached {
        rollout_id: Some(breach.rollout.to_string()),
        stage: Some(breach.at.stage.clone()),
        stage_index: Some(breach.at.stage_index),
        attempt: Some(breach.at.attempt),
        flag_id: Some(breach.at.flag.to_string()),
        bet_id: breach.at.bet.map(|bet| bet.to_string()),
        metric: Some(breach.metric.clone()),
        as_of: Some(breach.as_of.to_string()),
        required: Some(breach.required.clone()),
        seen: Some(breach.seen.clone()),
        critical: Some(breach.critical),
        effect: Some(effect(breach.effect).into()),
    }
}

/// The same fields, apart from the effect, which it names itself.
fn would_have_breached(breach: &Breach) -> pb::WouldHaveBreached {
    let it = breached(breach);
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

fn shadowed(it: pb::WouldHaveBreached) -> Result<Breach, DecodeError> {
    breach(pb::GuardrailBreached {
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
        effect: Some(pb::GuardrailEffect::Shadow.into()),
    })
}

fn breach(breached: pb::GuardrailBreached) -> Result<Breach, DecodeError> {
    let effect = read_effect(breached.effect());
    let bet = breached.bet_id.as_deref().map(|bet| parsed::<BetId>(Some(bet), "bet_id"));
    Ok(Breach {
        rollout: parsed(breached.rollout_id.as_deref(), "rollout_id")?,
        at: StageAttempt {
            stage: required(breached.stage, "stage")?,
            stage_index: required(breached.stage_index, "stage_index")?,
            attempt: required(breached.attempt, "attempt")?,
            flag: parsed(breached.flag_id.as_deref(), "flag_id")?,
            bet: bet.transpose()?,
        },
        metric: required(breached.metric, "metric")?,
        as_of: parsed(breached.as_of.as_deref(), "as_of")?,
        required: required(breached.required, "required")?,
        seen: required(breached.seen, "seen")?,
        critical: required(breached.critical, "critical")?,
        effect: required(effect, "effect")?,
    })
}

#[cfg(test)]
mod tests;
