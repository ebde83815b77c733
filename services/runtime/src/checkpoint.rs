//! Where a follower of the log stands, kept in the log: stream `<context>.checkpoint-<name>`, last one only.
//!
//! A checkpoint only saves work. Whoever starts from an old one sees events again, and what an event makes
//! them do is a command with a derived id.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;

use crate::component::Fault;
use crate::execute::{Envelope, Fence, metadata};
use crate::log::{Expected, Log, NewEvent, Position};
use crate::wire::DecodeError;

#[derive(Serialize, Deserialize)]
struct Stored {
    position: String,
}

/// The stored position of one follower.
pub struct Checkpoint {
    log: Log,
    clock: Arc<dyn Clock>,
    context: &'static str,
    stream: String,
    /// The stream was told to keep the last one only.
    trimmed: bool,
}

impl Checkpoint {
    /// The checkpoint of follower `name` in `context`.
    pub fn new(log: Log, clock: Arc<dyn Clock>, context: &'static str, name: &str) -> Self {
        Self {
            log,
            clock,
            context,
            stream: format!("{context}.checkpoint-{name}"),
            trimmed: false,
        }
    }

    /// The stored position; `None` when there is none or when it belongs to another log.
    pub async fn load(&self) -> Result<Option<Position>, Fault> {
        let Some(event) = self.log.read_last(&self.stream).await? else {
            return Ok(None);
        };
        let malformed = |why: String| DecodeError::Malformed(why).at(&event);
        let stored: Stored = serde_json::from_slice(&event.data).map_err(|e| malformed(e.to_string()))?;
        let position: Position = stored.position.parse().map_err(|e| malformed(format!("{e}")))?;
        Ok((position.log_id == self.log.log_id()).then_some(position))
    }

    /// Stores `position`. Storing the same one twice leaves one.
    pub async fn store(&mut self, position: &Position, fence: Option<&Fence>) -> Result<(), Fault> {
        if !self.trimmed {
            self.log.keep_last(&self.stream, 1).await?;
            self.trimmed = true;
        }
        let stored = Stored {
            position: position.to_string(),
        };
        let command_id = CommandId::derive(
            Uuid::NAMESPACE_OID,
            &format!("{}@{}", self.stream, stored.position),
        );
        let envelope = Envelope {
            command_id,
            principal: Principal::process(self.context),
            reason: String::new(),
            expected_version: None,
            fence: fence.cloned(),
            correlation_id: command_id.to_string(),
            causation_id: command_id.to_string(),
            payload_hash: String::new(),
        };
        let event = NewEvent {
            id: command_id.event_id(&self.stream, 0),
            event_type: format!("{}.Checkpoint.Stored.v1", self.context),
            data: serde_json::to_vec(&stored).unwrap_or_default(),
            metadata: metadata(&envelope, self.clock.now()),
        };
        self.log.append(&self.stream, Expected::Any, vec![event]).await?;
        Ok(())
    }
}
