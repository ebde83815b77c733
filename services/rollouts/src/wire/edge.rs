//! Events of edges as they are stored, and back.

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::edge::{Confirmation, Edge, Event};
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

/// How an edge is stored.
#[derive(Debug, Clone, Copy)]
pub struct EdgeWire;

impl Wire for EdgeWire {
    type Aggregate = Edge;

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Joined { name } => {
                let name = Some(name.clone());
                Stored::new("rollouts.Edge.EdgeJoined.v1", &pb::EdgeJoined { name })
            }
            Event::Left => Stored::new("rollouts.Edge.EdgeLeft.v1", &pb::EdgeLeft {}),
            Event::ServedConfirmed(confirmation) => Stored::new(
                "rollouts.Edge.ServedConfirmed.v1",
                &pb::ServedConfirmed {
                    flag_id: Some(confirmation.flag.to_string()),
                    flag_version: Some(confirmation.flag_version),
                    rollout_id: Some(confirmation.rollout.to_string()),
                    stage: Some(confirmation.stage.clone()),
                    attempt: Some(confirmation.attempt),
                },
            ),
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Option<Event>, DecodeError> {
        let name = event_type.strip_prefix("rollouts.Edge.").ok_or(DecodeError::UnknownType)?;
        Ok(Some(match name {
            "EdgeJoined.v1" => {
                let message: pb::EdgeJoined = parse(data)?;
                Event::Joined { name: required(message.name, "name")? }
            }
            "EdgeLeft.v1" => {
                let _: pb::EdgeLeft = parse(data)?;
                Event::Left
            }
            "ServedConfirmed.v1" => {
                let message: pb::ServedConfirmed = parse(data)?;
                Event::ServedConfirmed(Confirmation {
                    flag: parsed(message.flag_id.as_deref(), "flagId")?,
                    flag_version: required(message.flag_version, "flagVersion")?,
                    rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
                    stage: required(message.stage, "stage")?,
                    attempt: required(message.attempt, "attempt")?,
                })
            }
            _ => return Err(DecodeError::UnknownType),
        }))
    }
}

#[cfg(test)]
mod tests;
