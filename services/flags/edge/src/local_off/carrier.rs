//! The component that carries what is off here into the log. A service that does not answer delays no look.

use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_flag_evaluator::Compiled;
use verdict_kernel::id::CommandId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command;
use verdict_proto::v1::{CommandMeta, command_reply};
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::grpc::{Transport, is_transient};
use verdict_runtime::log::Position;

use super::{Book, LOOK};
use crate::offs::Off;
use crate::reports::{PATIENCE, RETRY};
use crate::snapshot::{Scope, Served, Snapshot};

/// How many are carried at once.
const AT_ONCE: usize = 16;

pub(crate) struct Carrier {
    book: Book,
    flags: FlagsClient<Transport>,
    /// Name of the replica.
    name: String,
}

impl Carrier {
    pub(crate) fn new(book: Book, rollouts: Transport, name: String) -> Self {
        Self { book, flags: FlagsClient::new(rollouts), name }
    }

    async fn advance(&self) -> Result<Progress, Fault> {
        let again = Progress::Idle { due: None, retry: Some(LOOK) };
        // Over flags that may have changed since nobody can say what the log lacks.
        let edge = &self.book.edge;
        let Some(snapshot) = edge.snapshot().filter(|_| edge.stale().is_none()) else {
            return Ok(again);
        };
        let offs = edge.offs();
        let carrying = offs.iter().cloned().map(|off| self.carry(&snapshot, off));
        let mut carrying = stream::iter(carrying).buffer_unordered(AT_ONCE);
        let mut failed = None;
        while let Some(carried) = carrying.next().await {
            match carried {
                Ok(off) => drop(self.book.change(|offs| offs.with(&off))),
                Err(fault) => failed = Some(fault),
            }
        }
        Ok(failed.map_or(again, |fault| {
            tracing::warn!(%fault, "what is off here by hand could not be carried into the log");
            Progress::Blocked { due: None, retry: RETRY }
        }))
    }

    /// Sees to it that the log has the off. Answers the off as it is then.
    async fn carry(&self, snapshot: &Snapshot, mut off: Off) -> Result<Off, Fault> {
        let Some(served) = self.served(snapshot, &off) else { return Ok(off) };
        let killed = served.compiled.as_ref().is_ok_and(Compiled::is_killed);
        match &off.carried {
            None if killed => off.carried = Some(String::new()),
            None => off.carried = self.kill(&served.id, &off).await?,
            Some(at) => off.revived = !killed && includes(snapshot, at),
        }
        Ok(off)
    }

    /// The flag that is meant; a slip in the case of its name is no reason to leave it on.
    fn served<'a>(&self, snapshot: &'a Snapshot, off: &Off) -> Option<&'a Served> {
        let org = self.book.edge.default_scope().org.clone();
        let set = snapshot.set(&Scope { org, environment: off.environment.clone() })?;
        let key = off.key.to_lowercase();
        set.iter().find(|(other, _)| other.to_lowercase() == key).map(|(_, served)| served)
    }

    /// The position at which the log has the kill; `None` where it was refused, which is tried again.
    async fn kill(&self, flag_id: &str, off: &Off) -> Result<Option<String>, Fault> {
        let unreachable = |why: String| Fault::Unreachable { service: "rollouts".to_owned(), why };
        let mut flags = self.flags.clone();
        let call = flags.execute(self.request(flag_id, off));
        let reply = match tokio::time::timeout(PATIENCE, call).await {
            Err(_) => return Err(unreachable(format!("no answer within {PATIENCE:?}"))),
            Ok(Err(status)) if is_transient(&status) => return Err(unreachable(status.message().to_owned())),
            Ok(Err(status)) => return Err(Fault::Other(format!("the kill was not taken: {status}"))),
            Ok(Ok(reply)) => reply.into_inner(),
        };
        match reply.outcome {
            Some(command_reply::Outcome::Accepted(accepted)) => Ok(Some(accepted.position)),
            Some(command_reply::Outcome::Refused(refused)) => {
                Err(Fault::Other(format!("the kill was refused: {}", refused.sentence)))
            }
            None => Err(Fault::Other("the kill was answered by nothing".to_owned())),
        }
    }

    fn request(&self, flag_id: &str, off: &Off) -> pb::FlagRequest {
        let label = format!("local-off/{}/{flag_id}/{}/{}", self.name, off.content, off.since);
        let reason = if off.reason.is_empty() { "no reason was given" } else { &off.reason };
        pb::FlagRequest {
            meta: Some(CommandMeta {
                command_id: CommandId::derive(uuid::Uuid::NAMESPACE_OID, &label).to_string(),
                process: "flag-edge".to_owned(),
                reason: format!("off by hand at the flag edge {}: {reason}", self.name),
                ..CommandMeta::default()
            }),
            flag_id: flag_id.to_owned(),
            environment: String::new(),
            command: Some(Command::Kill(pb::KillFlag {})),
        }
    }
}

/// Whether what is served has been read past the kill.
fn includes(snapshot: &Snapshot, at: &str) -> bool {
    let at = at.parse::<Position>().ok();
    at.is_none_or(|at| snapshot.covers(&at) != Some(false))
}

impl Component for Carrier {
    fn name(&self) -> &'static str {
        "flag-edge-local-off-carrier"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.advance())
    }
}
