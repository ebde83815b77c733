//! The platform's own service: status, virtual time, and the log as it grows.

use std::sync::Arc;
use std::time::Duration;

use futures::stream::{BoxStream, StreamExt};
use jiff::Timestamp;
use tonic::{Request, Response, Status};
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_api::platform::v1::platform_server::{Platform, PlatformServer};
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_proto::platform::v1 as pb;
use verdict_runtime::clock::VirtualClock;
use verdict_runtime::execute::{Envelope, ExecuteError, Repository};
use verdict_runtime::grpc::{self, in_process};
use verdict_runtime::log::{Filter, Log, MAX_PAGE, Position, Recorded};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::roles::{Role, Roles, Unsettled};
use verdict_runtime::shutdown::Shutdown;

use super::history::Asked;
use super::rest::{self, Changes, Member};
use super::service::Service;
use super::since;
use super::time::{Command, ID, State, TimeWire};

/// How long a caller waits for the platform to come to rest.
const PATIENCE: Duration = Duration::from_mins(1);

/// The service and what it looks at. Cheap to clone.
#[derive(Clone)]
pub struct PlatformApi {
    /// Name of this process.
    pub replica: String,
    pub services: Vec<Service>,
    /// The other processes of the platform, for which virtual time waits.
    pub others: Vec<Member>,
    pub log: Log,
    pub roles: Roles,
    pub clock: Arc<dyn Clock>,
    /// Set when the platform runs on virtual time.
    pub virtual_clock: Option<Arc<VirtualClock>>,
    pub time: Repository<TimeWire>,
    /// One command moves time at once.
    pub moving: Arc<tokio::sync::Mutex<()>>,
    pub changes: Arc<tokio::sync::Mutex<Changes>>,
    pub shutdown: Shutdown,
}

impl PlatformApi {
    /// The newest event that counts for others, after all of its own components came to rest.
    async fn changed(&self) -> Result<Option<Position>, Status> {
        self.changes.lock().await.newest(&self.log).await.map_err(|error| fault(error.into()))
    }

    /// The head that this process has applied, and its components at rest there.
    async fn settled(&self) -> Result<(Option<Position>, Vec<Role>), Status> {
        let settle = async {
            loop {
                let head = self.roles.wait_settled(&self.log, PATIENCE).await?;
                let roles = self.roles.snapshot();
                // One that has just been woken does not know when it is due.
                if roles.iter().all(|role| role.idle || !role.alive) {
                    return Ok::<_, Unsettled>((head, roles));
                }
            }
        };
        settle.await.map_err(|error| grpc::status(&Problem::new(Code::Unavailable, error.to_string())))
    }

    /// Waits until every process is at rest. Returns when the first has something to do.
    async fn next_due(&self) -> Result<Option<Timestamp>, Status> {
        let this = PlatformClient::new(in_process(PlatformServer::new(self.clone())));
        let members: Vec<Member> = std::iter::once(this).chain(self.others.iter().cloned()).collect();
        Ok(rest::next_due(&rest::reached(&members, PATIENCE).await?))
    }

    /// Moves time to where `command` wants it, from deadline to deadline.
    async fn advance_to_target(
        &self,
        clock: &VirtualClock,
        command: CommandId,
        by: Duration,
    ) -> Result<Vec<Timestamp>, Status> {
        let target = self.target(command, by).await.map_err(fault)?;
        let mut stops = Vec::new();
        loop {
            let due = self.next_due().await?;
            let now = clock.now();
            if now >= target {
                return Ok(stops);
            }
            let due = due.filter(|due| *due > now);
            let to = due.map_or(target, |due| due.min(target));
            let envelope = envelope(CommandId::derive(command.as_uuid(), &to.to_string()));
            self.time.execute(&envelope, ID, false, Command::Move { to }).await.map_err(fault)?;
            if to < target {
                stops.push(to);
            }
        }
    }

    async fn target(&self, command: CommandId, by: Duration) -> Result<Timestamp, ExecuteError> {
        let target = Command::Target { command: command.to_string(), by };
        self.time.execute(&envelope(command), ID, false, target).await?;
        match &self.time.load(ID).await?.state {
            State::Running { now, targets } => Ok(targets.get(&command.to_string()).copied().unwrap_or(*now)),
            State::Absent => Err(Problem::new(Code::RealClock, "there is no virtual time").into()),
        }
    }
}

/// The envelope of a command of the platform itself.
pub(super) fn envelope(command_id: CommandId) -> Envelope {
    Envelope::new(command_id, Principal::dev())
}

fn fault(error: ExecuteError) -> Status {
    grpc::status(&grpc::problem(error))
}

fn text(position: Option<&Position>) -> String {
    position.map(Position::to_string).unwrap_or_default()
}

#[tonic::async_trait]
impl Platform for PlatformApi {
    async fn status(&self, request: Request<pb::StatusRequest>) -> Result<Response<pb::StatusReply>, Status> {
        let (head, roles, changed) = if request.into_inner().settled {
            let (head, roles) = self.settled().await?;
            (head, roles, self.changed().await?)
        } else {
            (self.log.head().await.map_err(|error| fault(error.into()))?, self.roles.snapshot(), None)
        };
        let role = |role: Role| pb::Role {
            ready: role.unready.is_none(),
            reason: role.unready.unwrap_or_default(),
            position: text(role.applied.as_ref()),
            idle: role.idle,
            due: role.due.map(|due| due.to_string()).unwrap_or_default(),
            name: role.name,
        };
        Ok(Response::new(pb::StatusReply {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            now: self.clock.now().to_string(),
            virtual_clock: self.virtual_clock.is_some(),
            log_id: self.log.log_id().to_string(),
            position: text(head.as_ref()),
            roles: roles.into_iter().map(role).collect(),
            replica: self.replica.clone(),
            changed: text(changed.as_ref()),
            services: self.services.iter().map(Service::to_string).collect(),
        }))
    }

    async fn advance(
        &self,
        request: Request<pb::AdvanceRequest>,
    ) -> Result<Response<pb::AdvanceReply>, Status> {
        let request = request.into_inner();
        let Some(clock) = self.virtual_clock.clone() else {
            let problem = Problem::new(Code::RealClock, "time passes by itself here");
            return Err(grpc::status(&problem));
        };
        let command: CommandId = request.command_id.parse().map_err(|error| {
            grpc::status(&Problem::field(Code::InvalidId, "command_id", format!("{error}")))
        })?;
        let _alone = self.moving.lock().await;
        let by = Duration::from_secs(request.seconds.into());
        let stops = self.advance_to_target(&clock, command, by).await?;
        let head = self.log.head().await.map_err(|error| fault(error.into()))?;
        Ok(Response::new(pb::AdvanceReply {
            now: clock.now().to_string(),
            position: text(head.as_ref()),
            stops: stops.iter().map(Timestamp::to_string).collect(),
        }))
    }

    type TailStream = BoxStream<'static, Result<pb::LoggedEvent, Status>>;

    async fn tail(&self, request: Request<pb::TailRequest>) -> Result<Response<Self::TailStream>, Status> {
        let request = request.into_inner();
        let wrong = |field, error: String| grpc::status(&Problem::field(Code::InvalidField, field, error));
        let after = match (request.after.as_str(), request.since.as_str()) {
            ("", "") => None,
            ("", text) => {
                let since = text.parse().map_err(|error: jiff::Error| wrong("since", error.to_string()))?;
                since::before(&self.log, since).await.map_err(|error| fault(error.into()))?
            }
            (text, _) => Some(text.parse::<Position>().map_err(|error| wrong("after", error.to_string()))?),
        };
        let limit = if request.limit == 0 { usize::MAX } else { request.limit as usize };
        let tail = Tail {
            log: self.log.clone(),
            filter: Filter { exclude: request.exclude, ..Filter::prefixes(request.prefixes) },
            after,
            follow: request.follow,
            shutdown: self.shutdown.clone(),
        };
        let pages = futures::stream::try_unfold(tail, Tail::page);
        let events = pages.flat_map(|page| match page {
            Ok(events) => {
                futures::stream::iter(events.into_iter().map(|e| Ok(logged(&e))).collect::<Vec<_>>())
            }
            Err(status) => futures::stream::iter(vec![Err(status)]),
        });
        Ok(Response::new(events.take(limit).boxed()))
    }

    async fn history(
        &self,
        request: Request<pb::HistoryRequest>,
    ) -> Result<Response<pb::HistoryReply>, Status> {
        let asked = Asked::of(request.into_inner()).map_err(|problem| grpc::status(&problem))?;
        let (events, older) = asked.read(&self.log).await.map_err(|error| fault(error.into()))?;
        Ok(Response::new(pb::HistoryReply { events: events.iter().map(logged).collect(), older }))
    }
}

struct Tail {
    log: Log,
    filter: Filter,
    after: Option<Position>,
    follow: bool,
    shutdown: Shutdown,
}

impl Tail {
    /// The next page that holds anything; `None` at the end when nothing is to be followed.
    async fn page(mut self) -> Result<Option<(Vec<Recorded>, Self)>, Status> {
        let mut grown = self.log.grown();
        loop {
            grown.mark_unchanged();
            let page = self
                .log
                .read_all(self.after.as_ref(), &self.filter, MAX_PAGE)
                .await
                .map_err(|error| fault(error.into()))?;
            self.after = page.considered.or_else(|| self.after.take());
            if !page.events.is_empty() {
                return Ok(Some((page.events, self)));
            }
            if page.at_head && !self.follow {
                return Ok(None);
            }
            if page.at_head {
                tokio::select! {
                    grew = grown.changed() => if grew.is_err() { return Ok(None) },
                    () = self.shutdown.told() => return Ok(None),
                }
            }
        }
    }
}

fn logged(event: &Recorded) -> pb::LoggedEvent {
    pb::LoggedEvent {
        position: event.position.to_string(),
        stream: event.stream.to_string(),
        revision: u32::try_from(event.revision).unwrap_or(u32::MAX),
        r#type: event.event_type.to_string(),
        id: event.id.to_string(),
        data: String::from_utf8_lossy(&event.data).into_owned(),
        metadata: String::from_utf8_lossy(&event.metadata).into_owned(),
        created: event.created.to_string(),
    }
}
