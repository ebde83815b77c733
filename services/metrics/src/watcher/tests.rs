use std::sync::Mutex;

use tonic::{Request, Response, Status};
use verdict_proto::rollouts::v1::rollouts_server::{Rollouts, RolloutsServer};
use verdict_proto::rollouts::v1::{GateView, RenewWatchReply, RolloutList, RolloutRequest, RolloutView};
use verdict_proto::v1::{CommandReply, GetRequest, ListRequest};
use verdict_runtime::grpc::in_process;
use verdict_runtime::route::Replicas;

use super::*;
use crate::testing::World;

/// The other context, as far as a watcher can tell: it remembers what was renewed.
#[derive(Clone, Default)]
struct Renewals(Arc<Mutex<Vec<Vec<String>>>>);

impl Renewals {
    fn taken(&self) -> Vec<Vec<String>> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

#[tonic::async_trait]
impl Rollouts for Renewals {
    async fn execute(&self, _: Request<RolloutRequest>) -> Result<Response<CommandReply>, Status> {
        Err(Status::unimplemented("a watcher sends no commands"))
    }

    async fn get(&self, _: Request<GetRequest>) -> Result<Response<RolloutView>, Status> {
        Err(Status::unimplemented("a watcher reads nothing"))
    }

    async fn list(&self, _: Request<ListRequest>) -> Result<Response<RolloutList>, Status> {
        Err(Status::unimplemented("a watcher lists nothing"))
    }

    async fn why(&self, _: Request<GetRequest>) -> Result<Response<GateView>, Status> {
        Err(Status::unimplemented("a watcher asks for no gate"))
    }

    async fn renew_watch(
        &self,
        request: Request<RenewWatchRequest>,
    ) -> Result<Response<RenewWatchReply>, Status> {
        self.0.lock().unwrap().push(request.into_inner().rollout_ids);
        Ok(Response::new(RenewWatchReply { period_seconds: 60 }))
    }
}

fn watcher(world: &World, renewals: &Renewals) -> Watcher {
    let keeper = OnceLock::new();
    let nearby = in_process(RolloutsServer::new(renewals.clone()));
    let connect = Replicas::none().connect;
    keeper.get_or_init(|| Route::new(world.log.clone(), connect, KEEPER.0, KEEPER.1).or_nearby(nearby));
    Watcher::new(
        world.context.board.clone(),
        world.context.evaluation.clone(),
        world.clock.clone(),
        Arc::new(keeper),
    )
}

#[tokio::test]
async fn r15_running_rollouts_are_renewed_every_twenty_seconds() {
    let (world, rollout, _) = World::guarded().await;
    world.rollout("planned").await;
    world.settle().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    assert_eq!(watcher.step().await, Ok(idle(EVERY)));
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
    world.clock.advance(Duration::from_secs(19));
    assert_eq!(watcher.step().await, Ok(idle(Duration::from_secs(1))));
    assert_eq!(renewals.taken(), Vec::<Vec<String>>::new());
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(watcher.step().await, Ok(idle(EVERY)));
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}

#[tokio::test]
async fn r15_a_rollout_that_begins_is_renewed_at_once_and_one_that_ends_no_more() {
    let (world, rollout, _) = World::guarded().await;
    world.settle().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    watcher.step().await.unwrap();
    let second = world.rollout("second").await;
    world.enter(second, "internal", 1).await;
    watcher.step().await.unwrap();
    let mut both = vec![rollout.to_string(), second.to_string()];
    both.sort_unstable();
    assert_eq!(renewals.taken(), [vec![rollout.to_string()], both]);
    world.abort(second).await;
    world.clock.advance(EVERY);
    watcher.step().await.unwrap();
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}

#[tokio::test]
async fn r15_a_service_that_cannot_judge_yet_does_not_claim_to_watch() {
    let (world, rollout, _) = World::guarded().await;
    let renewals = Renewals::default();
    let mut watcher = watcher(&world, &renewals);
    assert_eq!(watcher.step().await, Ok(Progress::Blocked { due: None, retry: SOON }));
    assert_eq!(renewals.taken(), Vec::<Vec<String>>::new());
    world.settle().await;
    watcher.step().await.unwrap();
    assert_eq!(renewals.taken(), [[rollout.to_string()]]);
}
