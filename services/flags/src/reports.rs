//! What an edge says to the rollouts service: that it is there, what it serves, and that it goes.
//!
//! Command ids derive from the edge and from what caused the command, so a report that is sent again after a
//! restart or a lost reply has one effect.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use verdict_kernel::id::{CommandId, EdgeId};
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::edge_request::Command;
use verdict_proto::rollouts::v1::edges_client::EdgesClient;
use verdict_proto::v1::{CommandMeta, command_reply};
use verdict_runtime::component::Fault;
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::Position;

use crate::fold::Narrowing;

/// An answer that takes longer is given up, because new events wait meanwhile.
const PATIENCE: Duration = Duration::from_secs(1);

pub(crate) struct Reports {
    edges: EdgesClient<Transport>,
    id: EdgeId,
    name: String,
    presence: Presence,
    pending: VecDeque<Narrowing>,
}

enum Presence {
    NotAsked,
    /// The join with this id has not been answered.
    Joining(CommandId),
    Joined(CommandId),
}

impl Reports {
    pub(crate) fn new(rollouts: Transport, id: EdgeId, name: String) -> Self {
        Self {
            edges: EdgesClient::new(rollouts),
            id,
            name,
            presence: Presence::NotAsked,
            pending: VecDeque::new(),
        }
    }

    /// Tries to join once. `head` tells this start of the edge from every other.
    pub(crate) async fn join(&mut self, head: Option<&Position>) {
        let label = head.map_or_else(|| "join".to_owned(), |head| format!("join/{head}"));
        self.presence = Presence::Joining(CommandId::derive(self.id.as_uuid(), &label));
        if let Err(fault) = self.send_join().await {
            tracing::warn!(%fault, "the flag edge could not join; it goes on and tries again");
        }
    }

    /// Somebody waits to hear that this narrowing is served.
    pub(crate) fn ask(&mut self, narrowing: Narrowing) {
        self.pending.push_back(narrowing);
    }

    /// Leaves out narrowings of the past that a later one of the same flag has replaced.
    pub(crate) fn forget_superseded(&mut self) {
        let newest: BTreeMap<String, uuid::Uuid> =
            self.pending.iter().map(|asked| (asked.flag_id.clone(), asked.event)).collect();
        self.pending.retain(|asked| newest.get(&asked.flag_id) == Some(&asked.event));
    }

    /// Sends the report that is due next; `false` when there is none.
    pub(crate) async fn send_next(&mut self) -> Result<bool, Fault> {
        if let Presence::Joining(_) = self.presence {
            self.send_join().await?;
            return Ok(true);
        }
        let Some(narrowing) = self.pending.front() else {
            return Ok(false);
        };
        let id = CommandId::derive(self.id.as_uuid(), &format!("confirm/{}", narrowing.event));
        let confirm = Command::ConfirmServed(pb::ConfirmServed {
            flag_id: narrowing.flag_id.clone(),
            flag_version: narrowing.version,
            rollout_id: narrowing.asked.rollout_id.clone(),
            stage: narrowing.asked.stage.clone(),
            attempt: narrowing.asked.attempt,
        });
        let cause = narrowing.event.to_string();
        self.send(id, cause, confirm).await?;
        self.pending.pop_front();
        Ok(true)
    }

    /// Says good-bye, if it ever said hello.
    pub(crate) async fn leave(&mut self) -> Result<(), Fault> {
        let (Presence::Joining(joined) | Presence::Joined(joined)) = self.presence else {
            return Ok(());
        };
        let id = CommandId::derive(joined.as_uuid(), "leave");
        self.send(id, String::new(), Command::Leave(pb::LeaveEdge {})).await?;
        self.presence = Presence::NotAsked;
        Ok(())
    }

    async fn send_join(&mut self) -> Result<(), Fault> {
        if let Presence::Joining(id) = self.presence {
            let join = Command::Join(pb::JoinEdge { name: self.name.clone() });
            self.send(id, String::new(), join).await?;
            self.presence = Presence::Joined(id);
        }
        Ok(())
    }

    /// A refusal is an answer: it is written down and not asked for again.
    async fn send(&mut self, id: CommandId, causation_id: String, command: Command) -> Result<(), Fault> {
        let request = pb::EdgeRequest {
            meta: Some(CommandMeta {
                command_id: id.to_string(),
                causation_id,
                process: "flag-edge".to_owned(),
                ..CommandMeta::default()
            }),
            edge_id: self.id.to_string(),
            command: Some(command),
        };
        let unreachable = |why: String| Fault::Unreachable { service: "rollouts".to_owned(), why };
        let reply = tokio::time::timeout(PATIENCE, self.edges.execute(request))
            .await
            .map_err(|_| unreachable(format!("no answer within {PATIENCE:?}")))?
            .map_err(|status| unreachable(status.message().to_owned()))?
            .into_inner();
        if let Some(command_reply::Outcome::Refused(refused)) = reply.outcome {
            tracing::warn!(
                code = refused.code,
                sentence = refused.sentence,
                "a report of the flag edge was refused"
            );
        }
        Ok(())
    }
}
