//! Rollouts as documents.

use verdict_documents::bet::Mode;
use verdict_documents::rollout::{Exposure, OnBlind, Promotion, Stage, StagedRolloutSpec, Step};
use verdict_documents::{Environment, Key, Line, Reference};
use verdict_proto::rollouts::v1 as pb;

use super::{lines, unsaid, whole};
use crate::cli::plans::classes;
use crate::failure::Failure;

/// A rollout of the flag with this key, which tests the bet with that key.
pub fn rollout(view: &pb::RolloutView, bet: Option<&str>, flag: &str) -> Result<StagedRolloutSpec, Failure> {
    Ok(StagedRolloutSpec {
        key: None,
        bet_ref: bet.map(Reference::from),
        flag_ref: Some(Reference::from(flag)),
        flag: None,
        environment: Environment::from(view.environment.as_str()),
        service: Line::from(view.service.as_str()),
        mode: Some(match view.mode() {
            pb::RolloutMode::ZeroToOne => Mode::ZeroToOne,
            pb::RolloutMode::Scaling => Mode::Scaling,
            pb::RolloutMode::Unspecified => return Err(unsaid("the mode of the rollout")),
        }),
        tier: whole(view.tier),
        promotion: match view.promotion() {
            pb::Promotion::Manual => Promotion::Manual,
            pb::Promotion::Automatic => Promotion::Automatic,
            pb::Promotion::Unspecified => return Err(unsaid("who promotes the rollout")),
        },
        on_blind: match view.on_blind() {
            pb::OnBlind::Pause | pb::OnBlind::Unspecified => OnBlind::Pause,
            pb::OnBlind::Narrow => OnBlind::Narrow,
        },
        irreversible_from: classes::irreversible_from(view),
        internal_members: Vec::new(),
        alpha_accounts: Vec::new(),
        stages: view.stages.iter().map(stage).collect::<Result<_, _>>()?,
    })
}

fn stage(stage: &pb::Stage) -> Result<Stage, Failure> {
    let class = classes::of_stage(stage).ok_or_else(|| unsaid("the class of a stage"))?;
    Ok(Stage {
        name: Key::from(stage.name()),
        class,
        min_soak_seconds: whole(stage.min_soak_seconds()),
        max_soak_seconds: stage.max_soak_seconds.map(whole),
        steps: stage.steps.iter().map(step).collect::<Result<_, _>>()?,
    })
}

fn step(step: &pb::Step) -> Result<Step, Failure> {
    let audience = step.audience.clone().unwrap_or_default();
    if !audience.attributes.is_empty() {
        return Err(unsaid("attributes of users whom a stage of the rollout reaches"));
    }
    let exposure = Exposure {
        members: lines(&audience.members),
        accounts: lines(&audience.accounts),
        basis_points: audience.basis_points.map(whole),
    };
    Ok(Step { exposure, soak_seconds: whole(step.soak_seconds()) })
}
