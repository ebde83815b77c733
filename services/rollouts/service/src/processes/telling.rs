//! How a process tells a flag or a rollout something.

use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_proto::rollouts::v1 as pb;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::process::sending::{Answer, answer};

pub(super) use pb::flag_request::Command as FlagCommand;
pub(super) use pb::rollout_request::Command as RolloutCommand;

/// The command to this flag.
pub(super) fn to_flag(envelope: &Envelope, flag: FlagId, command: FlagCommand) -> pb::FlagRequest {
    pb::FlagRequest {
        meta: Some(grpc::meta(envelope)),
        flag_id: flag.to_string(),
        environment: String::new(),
        command: Some(command),
    }
}

/// The command to this rollout.
pub(super) fn to_rollout(
    envelope: &Envelope,
    rollout: RolloutId,
    command: RolloutCommand,
) -> pb::RolloutRequest {
    pb::RolloutRequest {
        meta: Some(grpc::meta(envelope)),
        rollout_id: rollout.to_string(),
        command: Some(command),
    }
}

/// What the flag answers.
pub(super) async fn tell_flag(
    flags: &Transport,
    envelope: &Envelope,
    flag: FlagId,
    command: FlagCommand,
) -> Result<Answer, Fault> {
    let reply = FlagsClient::new(flags.clone()).execute(to_flag(envelope, flag, command)).await;
    answer("rollouts", envelope, reply)
}

/// What the rollout answers.
pub(super) async fn tell_rollout(
    rollouts: &Transport,
    envelope: &Envelope,
    rollout: RolloutId,
    command: RolloutCommand,
) -> Result<Answer, Fault> {
    let reply = RolloutsClient::new(rollouts.clone()).execute(to_rollout(envelope, rollout, command)).await;
    answer("rollouts", envelope, reply)
}
