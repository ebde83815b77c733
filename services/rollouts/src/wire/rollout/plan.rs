//! Plans and their stages as messages and back.

use std::time::Duration;

use verdict_kernel::id::BetId;
use verdict_kernel::mode::Mode;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::rollout::{OnBlind, Plan, Promotion, Tier, Unit};
use verdict_rollouts_domain::stage::{Stage, Step};
use verdict_runtime::wire::{DecodeError, parsed, required};

use crate::wire::audience;

/// A plan as it is stored.
pub fn encode(plan: &Plan) -> pb::RolloutPlanned {
    pb::RolloutPlanned {
        bet_id: plan.bet.map(|bet| bet.to_string()),
        flag_id: Some(plan.flag.to_string()),
        environment: Some(plan.environment.clone()),
        service: Some(plan.service.clone()),
        mode: Some(mode(plan.mode).into()),
        tier: Some(plan.tier.number()),
        stages: plan.stages.iter().map(stage).collect(),
        unit: Some(plan.unit.as_str().to_owned()),
        promotion: Some(promotion(plan.promotion).into()),
        on_blind: Some(on_blind(plan.on_blind).into()),
    }
}

/// A stored plan.
pub fn decode(message: pb::RolloutPlanned) -> Result<Plan, DecodeError> {
    Ok(Plan {
        bet: bet(message.bet_id.as_deref())?,
        flag: parsed(message.flag_id.as_deref(), "flagId")?,
        mode: read_mode(message.mode())?,
        promotion: read_promotion(message.promotion())?,
        on_blind: read_on_blind(message.on_blind()).ok_or(DecodeError::Missing("onBlind"))?,
        unit: read_unit(&required(message.unit, "unit")?)?,
        environment: required(message.environment, "environment")?,
        service: required(message.service, "service")?,
        tier: read_tier(required(message.tier, "tier")?)?,
        stages: message.stages.into_iter().map(read_stage).collect::<Result<_, _>>()?,
    })
}

/// The bet, where there is one.
pub fn bet(id: Option<&str>) -> Result<Option<BetId>, DecodeError> {
    id.map(|id| parsed(Some(id), "betId")).transpose()
}

/// A mode as a message.
pub const fn mode(mode: Mode) -> pb::RolloutMode {
    match mode {
        Mode::ZeroToOne => pb::RolloutMode::ZeroToOne,
        Mode::Scaling => pb::RolloutMode::Scaling,
    }
}

/// The mode that a message names.
pub fn read_mode(mode: pb::RolloutMode) -> Result<Mode, DecodeError> {
    match mode {
        pb::RolloutMode::ZeroToOne => Ok(Mode::ZeroToOne),
        pb::RolloutMode::Scaling => Ok(Mode::Scaling),
        pb::RolloutMode::Unspecified => Err(DecodeError::Missing("mode")),
    }
}

/// Who promotes, as a message.
pub const fn promotion(promotion: Promotion) -> pb::Promotion {
    match promotion {
        Promotion::Manual => pb::Promotion::Manual,
        Promotion::Automatic => pb::Promotion::Automatic,
    }
}

/// Who promotes, from a message.
pub fn read_promotion(promotion: pb::Promotion) -> Result<Promotion, DecodeError> {
    match promotion {
        pb::Promotion::Manual => Ok(Promotion::Manual),
        pb::Promotion::Automatic => Ok(Promotion::Automatic),
        pb::Promotion::Unspecified => Err(DecodeError::Missing("promotion")),
    }
}

/// The tier with this number.
pub fn read_tier(number: u32) -> Result<Tier, DecodeError> {
    let invalid = || DecodeError::Malformed(format!("{number} is no tier: use 1 to 4"));
    Tier::from_number(number).ok_or_else(invalid)
}

/// What happens unwatched, as a message.
pub const fn on_blind(on_blind: OnBlind) -> pb::OnBlind {
    match on_blind {
        OnBlind::Pause => pb::OnBlind::Pause,
        OnBlind::Narrow => pb::OnBlind::Narrow,
    }
}

/// What happens unwatched, from a message.
pub const fn read_on_blind(on_blind: pb::OnBlind) -> Option<OnBlind> {
    match on_blind {
        pb::OnBlind::Pause => Some(OnBlind::Pause),
        pb::OnBlind::Narrow => Some(OnBlind::Narrow),
        pb::OnBlind::Unspecified => None,
    }
}

/// What is bucketed, from a message.
pub fn read_unit(name: &str) -> Result<Unit, DecodeError> {
    match name {
        "targetingKey" => Ok(Unit::TargetingKey),
        "accountId" => Ok(Unit::AccountId),
        _ => Err(DecodeError::Malformed(format!("'{name}' is no unit: use targetingKey or accountId"))),
    }
}

/// A stage as a message.
pub fn stage(stage: &Stage) -> pb::Stage {
    let step = |step: &Step| pb::Step {
        audience: Some(audience::encode(&step.audience)),
        soak_seconds: Some(seconds(step.soak)),
    };
    pb::Stage {
        name: Some(stage.name.to_string()),
        steps: stage.steps.iter().map(step).collect(),
        min_soak_seconds: Some(seconds(stage.min_soak)),
        max_soak_seconds: stage.max_soak.map(seconds),
    }
}

/// The stage that a message stands for. Times that are absent are zero.
pub fn read_stage(message: pb::Stage) -> Result<Stage, DecodeError> {
    let duration = |seconds: Option<u32>| Duration::from_secs(seconds.unwrap_or_default().into());
    let step = |step: pb::Step| {
        Ok(Step {
            audience: audience::decode(required(step.audience, "audience")?)?,
            soak: duration(step.soak_seconds),
        })
    };
    Ok(Stage {
        name: parsed(message.name.as_deref(), "name")?,
        steps: message.steps.into_iter().map(step).collect::<Result<_, DecodeError>>()?,
        min_soak: duration(message.min_soak_seconds),
        max_soak: message.max_soak_seconds.map(|seconds| duration(Some(seconds))),
    })
}

fn seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs()).unwrap_or(u32::MAX)
}
