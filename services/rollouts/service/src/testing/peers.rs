//! The generated services, answered by [`Peers`].

use tonic::{Request, Response, Status};
use verdict_api::bets::v1::bets_server::Bets;
use verdict_api::gtm::v1::launches_server::Launches;
use verdict_api::metrics::v1::incidents_server::Incidents;
use verdict_api::rollouts::v1::rollouts_server::Rollouts;
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};

use super::{Heard, LAUNCH, Peers, ROLLOUT};

type Answer<T> = Result<Response<T>, Status>;

fn never<T>() -> Answer<T> {
    Err(Status::unimplemented("no process asks for it"))
}

#[tonic::async_trait]
impl Rollouts for Peers {
    async fn execute(&self, request: Request<pb::RolloutRequest>) -> Answer<CommandReply> {
        let request = request.into_inner();
        if self.is_down(&request.rollout_id) {
            return Err(Status::unavailable("down"));
        }
        self.hear("rollouts", request.meta, request.command.map(Heard::Rollout))
    }
    async fn get(&self, _: Request<GetRequest>) -> Answer<pb::RolloutView> {
        never()
    }
    async fn list(&self, _: Request<ListRequest>) -> Answer<pb::RolloutList> {
        never()
    }
    async fn why(&self, _: Request<GetRequest>) -> Answer<pb::GateView> {
        never()
    }
    async fn renew_watch(&self, _: Request<pb::RenewWatchRequest>) -> Answer<pb::RenewWatchReply> {
        never()
    }
}

#[tonic::async_trait]
impl Incidents for Peers {
    async fn execute(&self, request: Request<metrics::IncidentRequest>) -> Answer<CommandReply> {
        let request = request.into_inner();
        self.hear("metrics", request.meta, request.command.map(Heard::Incident))
    }
    async fn get(&self, _: Request<GetRequest>) -> Answer<metrics::IncidentView> {
        never()
    }
    async fn list(&self, _: Request<ListRequest>) -> Answer<metrics::IncidentList> {
        never()
    }
}

#[tonic::async_trait]
impl Launches for Peers {
    async fn execute(&self, request: Request<gtm::LaunchRequest>) -> Answer<CommandReply> {
        let request = request.into_inner();
        assert_eq!(request.launch_id, LAUNCH);
        self.hear("gtm", request.meta, request.command.map(Heard::Launch))
    }
    async fn get(&self, _: Request<GetRequest>) -> Answer<gtm::LaunchView> {
        never()
    }
    async fn list(&self, request: Request<ListRequest>) -> Answer<gtm::LaunchList> {
        assert_eq!(request.get_ref().of, ROLLOUT);
        let launch = gtm::LaunchView { id: LAUNCH.to_owned(), ..gtm::LaunchView::default() };
        Ok(Response::new(gtm::LaunchList { launches: vec![launch], ..gtm::LaunchList::default() }))
    }
}

#[tonic::async_trait]
impl Bets for Peers {
    async fn execute(&self, request: Request<bets::BetRequest>) -> Answer<CommandReply> {
        let request = request.into_inner();
        self.hear("bets", request.meta, request.command.map(Heard::Bet))
    }
    async fn get(&self, _: Request<GetRequest>) -> Answer<bets::BetView> {
        never()
    }
    async fn list(&self, _: Request<ListRequest>) -> Answer<bets::BetList> {
        never()
    }
}
