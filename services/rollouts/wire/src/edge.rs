//! Edges as they are stored.

use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::edge::{Confirmation, Edge, Event};
use verdict_stored::field::{Field, Plain, Shown};
use verdict_stored::{DecodeError, events, required};

events! {
    /// The rim of [`Edge`].
    pub EdgeWire: Edge, Event in "rollouts.Edge", messages of pb;
    [Joined { name }] = EdgeJoined.v1 { name: name as Plain }
    [Left] = EdgeLeft.v1 {}
    [Lost] = EdgeLost.v1 {}
    [ServedConfirmed(confirmation)] = ServedConfirmed.v1 => confirmation as ConfirmationMessage;
}

/// A confirmation. A kill is nobody's, and has neither rollout nor stage.
struct ConfirmationMessage;

impl Field<Confirmation, pb::ServedConfirmed> for ConfirmationMessage {
    fn write(confirmation: &Confirmation) -> pb::ServedConfirmed {
        pb::ServedConfirmed {
            flag_id: Shown::write(&confirmation.flag),
            flag_version: Some(confirmation.flag_version),
            rollout_id: confirmation.rollout.map(|rollout| rollout.to_string()),
            stage: confirmation.rollout.map(|_| confirmation.stage.clone()),
            attempt: confirmation.rollout.map(|_| confirmation.attempt),
        }
    }

    fn read(message: pb::ServedConfirmed, _: &'static str) -> Result<Confirmation, DecodeError> {
        let flag = Shown::read(message.flag_id, "flag_id")?;
        let flag_version = required(message.flag_version, "flag_version")?;
        let Some(rollout) = message.rollout_id else {
            return Ok(Confirmation { flag, flag_version, rollout: None, stage: String::new(), attempt: 0 });
        };
        Ok(Confirmation {
            flag,
            flag_version,
            rollout: Some(<Shown as Field<RolloutId, _>>::read(Some(rollout), "rollout_id")?),
            stage: required(message.stage, "stage")?,
            attempt: required(message.attempt, "attempt")?,
        })
    }
}

#[cfg(test)]
mod tests;
