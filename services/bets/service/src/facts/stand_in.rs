//! The other contexts as tests want them: metrics that answer as told, and rollouts, flags and launches that
//! write down what they were asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use tonic::{Request, Response, Status};
use verdict_api::gtm::v1::launches_server::{Launches, LaunchesServer};
use verdict_api::metrics::v1::metrics_server::{Metrics, MetricsServer};
use verdict_api::rollouts::v1::flags_server::{Flags, FlagsServer};
use verdict_api::rollouts::v1::rollouts_server::{Rollouts, RolloutsServer};
use verdict_kernel::id::MetricId;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::gtm::v1::launch_request::Command as LaunchCommand;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::rollouts::v1::flag_request::Command as FlagCommand;
use verdict_proto::rollouts::v1::rollout_request::Command as RolloutCommand;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CheckState, CommandMeta, CommandReply, GetRequest, ListRequest, Refused};
use verdict_runtime::grpc::{self, in_process};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::projection::Projector;
use verdict_runtime::{component, projection};

use super::Peers;

/// One command that arrived: what it says, and its metadata.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    pub(crate) what: String,
    pub(crate) meta: CommandMeta,
}

#[derive(Default)]
pub(crate) struct Inner {
    pub(crate) metrics: BTreeMap<String, (metrics::MetricType, CheckState)>,
    pub(crate) launches: Vec<String>,
    /// By id; those without a bet were planned for none.
    pub(crate) rollouts: BTreeMap<String, rollouts::RolloutView>,
    pub(crate) told: Vec<Told>,
    /// What arrived while nobody answered.
    pub(crate) unheard: Vec<Told>,
    /// Nobody answers.
    pub(crate) down: bool,
    /// Commands are not answered, reads are.
    pub(crate) deaf: bool,
    /// Commands that contain this are refused.
    pub(crate) refuses: Option<&'static str>,
    /// Commands that contain this are about nothing that exists.
    pub(crate) missing: Option<&'static str>,
}

/// All other contexts at once.
#[derive(Clone, Default)]
pub(crate) struct World(pub(crate) Arc<Mutex<Inner>>);

impl World {
    pub(crate) fn peers(&self) -> Peers {
        let rollouts = RolloutsServer::new(self.clone());
        let flags = FlagsServer::new(self.clone());
        // One transport leads to every service of a context.
        let routes = tonic::service::Routes::new(rollouts).add_service(flags);
        Peers {
            metrics: in_process(MetricsServer::new(self.clone())),
            rollouts: in_process(routes),
            gtm: in_process(LaunchesServer::new(self.clone())),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Inner)) {
        change(&mut self.lock());
    }

    pub(crate) fn told(&self) -> Vec<Told> {
        self.lock().told.clone()
    }

    fn tell(&self, what: String, meta: Option<CommandMeta>) -> Result<Response<CommandReply>, Status> {
        let mut inner = self.lock();
        let told = Told { what, meta: meta.unwrap_or_default() };
        if inner.down || inner.deaf {
            inner.unheard.push(told);
            return Err(Status::unavailable("down"));
        }
        let what = &told.what;
        if inner.missing.is_some_and(|missing| what.contains(missing)) {
            return Err(grpc::status(&Problem::new(Code::NotFound, "no such thing")));
        }
        let refused = inner.refuses.is_some_and(|refuses| what.contains(refuses));
        inner.told.push(told);
        let outcome = if refused {
            Outcome::Refused(Refused { code: "not_now".to_owned(), ..Refused::default() })
        } else {
            Outcome::Accepted(Accepted::default())
        };
        Ok(Response::new(CommandReply { outcome: Some(outcome) }))
    }
}

#[tonic::async_trait]
impl Metrics for World {
    async fn execute(&self, _: Request<metrics::MetricRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn get(&self, request: Request<GetRequest>) -> Result<Response<metrics::MetricView>, Status> {
        let GetRequest { org, id, .. } = request.into_inner();
        let inner = self.lock();
        if inner.down {
            return Err(Status::unavailable("down"));
        }
        let found = inner.metrics.iter().find(|(key, _)| MetricId::of(&org, key).to_string() == id);
        let Some((key, (kind, met))) = found else {
            return Err(grpc::status(&Problem::new(Code::NotFound, "no such metric")));
        };
        Ok(Response::new(metrics::MetricView {
            key: key.clone(),
            r#type: (*kind).into(),
            target_met: (*met).into(),
            ..metrics::MetricView::default()
        }))
    }
    async fn list(&self, _: Request<ListRequest>) -> Result<Response<metrics::MetricList>, Status> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Rollouts for World {
    async fn execute(
        &self,
        request: Request<rollouts::RolloutRequest>,
    ) -> Result<Response<CommandReply>, Status> {
        let request = request.into_inner();
        let verb = match request.command.unwrap() {
            RolloutCommand::Abort(_) => "abort",
            other => panic!("{other:?}"),
        };
        self.tell(format!("{verb} {}", request.rollout_id), request.meta)
    }
    async fn get(&self, request: Request<GetRequest>) -> Result<Response<rollouts::RolloutView>, Status> {
        let inner = self.lock();
        if inner.down {
            return Err(Status::unavailable("down"));
        }
        let found = inner.rollouts.get(&request.get_ref().id).cloned();
        let missing = || grpc::status(&Problem::new(Code::NotFound, "no such rollout"));
        found.map(Response::new).ok_or_else(missing)
    }
    /// One rollout a page, so that a reader must turn pages.
    async fn list(&self, request: Request<ListRequest>) -> Result<Response<rollouts::RolloutList>, Status> {
        let ListRequest { of, after, .. } = request.into_inner();
        let inner = self.lock();
        if inner.down {
            return Err(Status::unavailable("down"));
        }
        let mut left = inner.rollouts.values().filter(|view| view.bet_id == of && view.id > after).cloned();
        let page = left.next();
        let next = page.as_ref().filter(|_| left.next().is_some()).map(|page| page.id.clone());
        let rollouts = page.into_iter().collect();
        let next = next.unwrap_or_default();
        Ok(Response::new(rollouts::RolloutList { rollouts, position: String::new(), next }))
    }
    async fn why(&self, _: Request<GetRequest>) -> Result<Response<rollouts::GateView>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn renew_watch(
        &self,
        _: Request<rollouts::RenewWatchRequest>,
    ) -> Result<Response<rollouts::RenewWatchReply>, Status> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Flags for World {
    async fn execute(
        &self,
        request: Request<rollouts::FlagRequest>,
    ) -> Result<Response<CommandReply>, Status> {
        let request = request.into_inner();
        let verb = match request.command.unwrap() {
            FlagCommand::TurnOff(_) => "turn off".to_owned(),
            FlagCommand::RaiseCleanupDue(_) => "clean up now".to_owned(),
            other => panic!("{other:?}"),
        };
        self.tell(format!("{verb} {}", request.flag_id), request.meta)
    }
    async fn get(&self, _: Request<GetRequest>) -> Result<Response<rollouts::FlagView>, Status> {
        Err(Status::unimplemented(""))
    }
    async fn list(&self, _: Request<ListRequest>) -> Result<Response<rollouts::FlagList>, Status> {
        Err(Status::unimplemented(""))
    }
}

#[tonic::async_trait]
impl Launches for World {
    async fn execute(&self, request: Request<gtm::LaunchRequest>) -> Result<Response<CommandReply>, Status> {
        let request = request.into_inner();
        let verb = match request.command.unwrap() {
            LaunchCommand::Cancel(_) => "cancel",
            other => panic!("{other:?}"),
        };
        self.tell(format!("{verb} {}", request.launch_id), request.meta)
    }
    async fn get(&self, _: Request<GetRequest>) -> Result<Response<gtm::LaunchView>, Status> {
        Err(Status::unimplemented(""))
    }
    /// One launch a page, so that a reader must turn pages.
    async fn list(&self, request: Request<ListRequest>) -> Result<Response<gtm::LaunchList>, Status> {
        let request = request.into_inner();
        let inner = self.lock();
        if inner.down {
            return Err(Status::unavailable("down"));
        }
        let mut left = inner.launches.iter().filter(|id| **id > request.after);
        let page = left.next().map(|id| gtm::LaunchView {
            id: id.clone(),
            bet_id: request.of.clone(),
            ..gtm::LaunchView::default()
        });
        let next = match (&page, left.next()) {
            (Some(page), Some(_)) => page.id.clone(),
            _ => String::new(),
        };
        Ok(Response::new(gtm::LaunchList {
            launches: page.into_iter().collect(),
            position: String::new(),
            next,
        }))
    }
}

/// A rollout as its context shows it; without a flag or a bet where the text is empty.
pub(crate) fn rollout_view(id: &str, flag: &str, bet: &str, exposed_outside: bool) -> rollouts::RolloutView {
    rollouts::RolloutView {
        id: id.to_owned(),
        flag_id: flag.to_owned(),
        bet_id: bet.to_owned(),
        exposed_outside,
        ..rollouts::RolloutView::default()
    }
}

/// Steps the projector until it is at the head of the log.
pub(crate) async fn catch_up<P: projection::Projection>(projector: &mut Projector<P>) {
    use component::{Component, Progress};
    while projector.step().await.unwrap() == Progress::Worked {}
}
