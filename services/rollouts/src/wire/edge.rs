//! Events of edges as they are stored, and back.

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::edge::{Confirmation, Edge, Event};
use verdict_runtime::wire::{DecodeError, Stored, Wire, parse, parsed, required};

/// How an edge is stored.
#[derive(Debug, Clone, Copy)]
pub struct EdgeWire;

impl Wire for EdgeWire {
    type Aggregate = Edge;
    const TYPES: &'static str = "rollouts.Edge";

    fn encode(event: &Event) -> Stored {
        match event {
            Event::Joined { name } => {
                let name = Some(name.clone());
                Stored::new("rollouts.Edge.EdgeJoined.v1", &pb::EdgeJoined { name })
            }
            Event::Left => Stored::new("rollouts.Edge.EdgeLeft.v1", &pb::EdgeLeft {}),
            Event::Lost => Stored::new("rollouts.Edge.EdgeLost.v1", &pb::EdgeLost {}),
            Event::ServedConfirmed(confirmation) => Stored::new(
                "rollouts.Edge.ServedConfirmed.v1",
                &pb::ServedConfirmed {
                    flag_id: Some(confirmation.flag.to_string()),
                    flag_version: Some(confirmation.flag_version),
                    rollout_id: confirmation.rollout.map(|rollout| rollout.to_string()),
                    stage: confirmation.rollout.map(|_| confirmation.stage.clone()),
                    attempt: confirmation.rollout.map(|_| confirmation.attempt),
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
            "EdgeLost.v1" => {
                let _: pb::EdgeLost = parse(data)?;
                Event::Lost
            }
            "ServedConfirmed.v1" => Event::ServedConfirmed(read_confirmation(parse(data)?)?),
            _ => return Err(DecodeError::UnknownType),
        }))
    }
}

fn read_confirmation(message: pb::ServedConfirmed) -> Result<Confirmation, DecodeError> {
    let (flag, flag_version) =
        (parsed(message.flag_id.as_deref(), "flagId")?, required(message.flag_version, "flagVersion")?);
    let Some(rollout) = message.rollout_id else {
        return Ok(Confirmation { flag, flag_version, rollout: None, stage: String::new(), attempt: 0 });
    };
    Ok(Confirmation {
        flag,
        flag_version,
        rollout: Some(parsed(Some(&rollout), "rolloutId")?),
        stage: required(message.stage, "stage")?,
        attempt: required(message.attempt, "attempt")?,
    })
}

#[cfg(test)]
mod tests;
