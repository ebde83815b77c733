//! The command that plans a rollout.

use verdict_documents::Line;
use verdict_documents::bet::Mode;
use verdict_documents::rollout::{Exposure, OnBlind, Promotion, Stage, StagedRolloutSpec, Step};
use verdict_proto::rollouts::v1 as pb;

use super::{Around, count};
use crate::cli::plans::classes;

pub(super) fn plan(key: &str, rollout: &StagedRolloutSpec, around: &Around) -> pb::PlanRollout {
    let own = rollout.flag.as_ref().and_then(|flag| flag.key.as_ref());
    let flag = rollout.flag_ref.as_ref().map(|flag| &flag.key).or(own);
    let mode = match rollout.mode.or(around.mode) {
        Some(Mode::ZeroToOne) => pb::RolloutMode::ZeroToOne,
        Some(Mode::Scaling) => pb::RolloutMode::Scaling,
        None => pb::RolloutMode::Unspecified,
    };
    let promotion = match rollout.promotion {
        Promotion::Manual => pb::Promotion::Manual,
        Promotion::Automatic => pb::Promotion::Automatic,
    };
    let on_blind = match rollout.on_blind {
        OnBlind::Pause => pb::OnBlind::Pause,
        OnBlind::Narrow => pb::OnBlind::Narrow,
    };
    pb::PlanRollout {
        bet_id: rollout.bet_ref.as_ref().map(|bet| bet.key.to_string()).unwrap_or_default(),
        flag_id: flag.map(ToString::to_string).unwrap_or_default(),
        environment: rollout.environment.to_string(),
        service: rollout.service.to_string(),
        mode: mode.into(),
        tier: count(rollout.tier),
        stages: rollout.stages.iter().map(stage).collect(),
        unit: around.unit.as_ref().map_or_else(|| "targetingKey".to_owned(), ToString::to_string),
        promotion: promotion.into(),
        internal_members: texts(&rollout.internal_members),
        alpha_accounts: texts(&rollout.alpha_accounts),
        on_blind: on_blind.into(),
        key: key.to_owned(),
        irreversible_from: rollout.irreversible_from.as_ref().map(|from| pb::IrreversibleFrom {
            stage: Some(from.stage.to_string()),
            reason: Some(from.reason.clone()),
        }),
        ..pb::PlanRollout::default()
    }
}

fn stage(stage: &Stage) -> pb::Stage {
    pb::Stage {
        name: Some(stage.name.to_string()),
        steps: stage.steps.iter().map(step).collect(),
        min_soak_seconds: Some(count(stage.min_soak_seconds)),
        max_soak_seconds: stage.max_soak_seconds.map(count),
        class: Some(classes::class(stage.class).into()),
    }
}

fn step(step: &Step) -> pb::Step {
    let Exposure { members, accounts, basis_points } = &step.exposure;
    let audience = pb::Audience {
        members: texts(members),
        accounts: texts(accounts),
        attributes: Vec::new(),
        basis_points: basis_points.map(count),
    };
    pb::Step { audience: Some(audience), soak_seconds: Some(count(step.soak_seconds)) }
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}
