//! `Sinks`: commands on sinks, one sink, the list of them, and a delivery that is a test.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use verdict_api::sinks::v1::sinks_server::Sinks as Service;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::SinkId;
use verdict_kernel::policy::Level;
use verdict_proto::sinks::v1 as pb;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::desk::Desk;
use verdict_runtime::directory::{Directory, Page};
use verdict_runtime::execute::{ExecuteError, Executed};
use verdict_runtime::grpc;
use verdict_runtime::log::Log;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::projection::Projector;
use verdict_runtime::reading;
use verdict_sinks_domain::sink::{Command, State};
use verdict_sinks_wire::sink::SinkWire;

mod request;
#[cfg(test)]
mod tests;

use request::{Checked, Place};

use crate::courier::Post;
use crate::letter::Letter;
use crate::vault::VaultError;
use crate::{Outward, format};

/// The service as generated code calls it.
#[derive(Clone)]
pub struct SinksApi {
    desk: Desk<SinkWire>,
    clock: Arc<dyn Clock>,
    outward: Outward,
}

impl SinksApi {
    pub fn new(log: Log, clock: Arc<dyn Clock>, outward: Outward) -> Self {
        Self { desk: Desk::new("sinks-sinks", "the list of sinks", log, clock.clone()), clock, outward }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { desk: self.desk.at_level(level), ..self }
    }

    /// The component that feeds the list.
    pub fn projector(&self) -> Projector<Directory<SinkWire>> {
        self.desk.projector()
    }

    /// Nothing is sent where nothing may be sent, and nobody is told to: the address is looked at before it is stored, and
    /// again at each attempt.
    async fn check(&self, place: &Place) -> Result<(), Problem> {
        self.outward.courier.check(&place.address.url).await.map_err(|why| {
            Problem::field(Code::InvalidField, place.field, why)
                .hint("an https address on the public internet, or one in a network of sinks.allow")
        })
    }

    async fn run(&self, checked: &Checked) -> (String, Result<Executed, ExecuteError>) {
        let Checked { envelope, id, key, command } = checked;
        let creates = matches!(command, Command::Define(_));
        let run = |envelope, id: SinkId| async move {
            self.desk.execute(&envelope, id, creates, command.clone(), |_| Box::pin(async { Ok(()) })).await
        };
        match key {
            Some(key) => {
                let same = |_| id.to_string();
                let run = |envelope, _| run(envelope, *id);
                let over = |state: &State| matches!(state, State::Removed(_));
                naming::begin(self.desk.repository(), envelope, key, over, same, run).await
            }
            None => (id.to_string(), run(envelope.clone(), *id).await),
        }
    }

    /// An attempt that says that it is a test, and may be the first one.
    async fn letter(&self, request: &pb::TestSinkRequest) -> Result<(Letter, Post), Problem> {
        let org = reading::org(&request.org);
        let mut id = request.id.clone();
        self.desk.resolve("id", Caller::new(org, &request.team), &mut id).await?;
        let id: SinkId = verdict_runtime::fields::id("id", &id)?;
        let found = self.desk.repository().find(org, &id.to_string()).await.map_err(grpc::problem)?;
        let sink = found.state.sink().ok_or_else(Desk::<SinkWire>::absent)?;
        let now = self.clock.now();
        let letter = Letter::test(id, org, now);
        let post = format::unsealed(&self.outward.vault, id, sink, &letter, now).map_err(locked)?;
        Ok((letter, post))
    }
}

/// A secret that cannot be made or read is a fault of the platform.
fn locked(error: VaultError) -> Problem {
    Problem::new(Code::Internal, error.to_string())
}

#[tonic::async_trait]
impl Service for SinksApi {
    async fn execute(&self, request: Request<pb::SinkRequest>) -> Result<Response<CommandReply>, Status> {
        let mut request = request.into_inner();
        request::call_by_id(&self.desk, &mut request).await?;
        let (asked, place) = request::extract(request)?;
        if let Some(place) = &place {
            self.check(place).await?;
        }
        let (checked, secret) = asked.seal(&self.outward.vault, place).map_err(locked)?;
        let (id, outcome) = self.run(&checked).await;
        let mut reply = grpc::reply(&id, outcome)?;
        if let Some(Outcome::Accepted(accepted)) = &mut reply.get_mut().outcome
            && !accepted.repeated
            && !accepted.dry_run
        {
            // The secret of a command that came before is another one, and was shown then.
            accepted.secret = secret.unwrap_or_default();
        }
        Ok(reply)
    }

    async fn get(&self, request: Request<GetRequest>) -> Result<Response<pb::SinkView>, Status> {
        self.desk.get(request.get_ref()).await.map(Response::new).map_err(Status::from)
    }

    async fn list(&self, request: Request<ListRequest>) -> Result<Response<pb::SinkList>, Status> {
        let Page { items, position, next } = self.desk.list(request.get_ref()).await?;
        Ok(Response::new(pb::SinkList { sinks: items, position, next }))
    }

    async fn test(
        &self,
        request: Request<pb::TestSinkRequest>,
    ) -> Result<Response<pb::TestSinkReply>, Status> {
        let (letter, post) = self.letter(request.get_ref()).await?;
        let begun = self.clock.monotonic();
        let answer = self.outward.courier.post(post).await;
        let took = self.clock.monotonic().saturating_sub(begun);
        Ok(Response::new(pb::TestSinkReply {
            delivered: answer.is_taken(),
            answer: answer.to_string(),
            milliseconds: u32::try_from(took.as_millis()).unwrap_or(u32::MAX),
            letter: letter.id,
        }))
    }
}
