//! The keeper on a log in memory, with the service that it sends to.

use std::sync::Arc;

use verdict_api::metrics::v1::incidents_server::IncidentsServer;
use verdict_api::rollouts::v1::edges_client::EdgesClient;
use verdict_api::rollouts::v1::edges_server::EdgesServer;
use verdict_kernel::clock::Clock;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::edge_request::Command;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::context::Context;
use verdict_runtime::grpc::{Transport, in_process, problem_of};
use verdict_runtime::lease::{Holder, Lease};
use verdict_runtime::process::{Alone, Authority};

use super::*;
use crate::api::edge::EdgesApi;
use crate::api::flag::FlagsApi;
use crate::testing::{Peers, World, allowed, settle};

const EDGE: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2G";
const OTHER: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2H";
const JOINED: &str = "rollouts.Edge.EdgeJoined.v1";
const LOST: &str = "rollouts.Edge.EdgeLost.v1";

/// One replica of the service.
struct Replica {
    seats: Arc<Seats>,
    client: EdgesClient<Transport>,
    keeper: EdgeKeeper,
}

fn replica(world: &World, authority: Box<dyn Authority>) -> Replica {
    let seats = Arc::new(Seats::default());
    let edges = in_process(EdgesServer::new(EdgesApi::new(
        world.log.clone(),
        world.clock(),
        seats.clone(),
        FlagsApi::new(world.log.clone(), world.clock()),
    )));
    let keeper = EdgeKeeper::new(seats.clone(), edges.clone(), world.log.clone(), world.clock(), authority);
    Replica { seats, client: EdgesClient::new(edges), keeper }
}

impl Replica {
    async fn renew(&mut self, edge: &str) -> Result<pb::RenewSeatReply, tonic::Status> {
        let request = pb::RenewSeatRequest { edge_id: edge.to_owned(), ..pb::RenewSeatRequest::default() };
        Ok(self.client.renew(request).await?.into_inner())
    }
}

struct Platform {
    world: World,
    replica: Replica,
}

impl Platform {
    async fn new() -> Self {
        let world = World::new();
        let replica = replica(&world, Box::new(Alone));
        let mut platform = Self { world, replica };
        settle(&mut platform.replica.keeper).await;
        platform
    }

    /// One edge that has just joined.
    async fn joined() -> Self {
        let mut platform = Self::new().await;
        platform.join(EDGE, "edge-a").await;
        platform
    }

    async fn send(&mut self, edge: &str, command: Command) {
        let meta = allowed(self.world.meta(""), command.audience());
        let request = pb::EdgeRequest { meta, edge_id: edge.to_owned(), command: Some(command) };
        self.replica.client.execute(request).await.unwrap();
        settle(&mut self.replica.keeper).await;
    }

    async fn join(&mut self, edge: &str, name: &str) {
        self.send(edge, Command::Join(pb::JoinEdge { name: name.to_owned() })).await;
    }

    async fn after(&mut self, seconds: u64) -> Vec<String> {
        self.world.advance(seconds);
        settle(&mut self.replica.keeper).await;
        self.events(EDGE).await
    }

    async fn events(&self, edge: &str) -> Vec<String> {
        self.world.types(&format!("rollouts.edge-{edge}")).await
    }

    fn missing(&self) -> usize {
        self.replica.seats.missing(self.world.clock.monotonic())
    }
}

#[tokio::test]
async fn clause_20_an_edge_that_is_silent_for_a_seat_is_lost_and_not_before() {
    let mut platform = Platform::joined().await;
    assert_eq!(platform.after(10).await, [JOINED]);
    assert_eq!(platform.missing(), 0);
    assert_eq!(platform.after(1).await, [JOINED, LOST]);
    assert_eq!(platform.missing(), 1, "an alarm of its own");
    assert_eq!(platform.after(60).await, [JOINED, LOST], "one loss is one event");
}

/// The whole service, as a process drives it.
#[tokio::test]
async fn clause_20_the_service_loses_an_edge_that_is_silent_and_keeps_one_that_renews() {
    let mut world = World::new();
    let nobody = in_process(IncidentsServer::new(Peers::default()));
    let peers = crate::Peers { gtm: nobody.clone(), bets: nobody.clone(), metrics: nobody };
    let deps = crate::Deps { log: world.log.clone(), clock: world.clock(), peers };
    let service = crate::Rollouts::new(deps);
    let mut components = service.components(&|_| Box::new(Alone));
    let mut client = EdgesClient::new(in_process(service.edges_server()));
    for edge in [EDGE, OTHER] {
        let join = Command::Join(pb::JoinEdge { name: "edge-a".to_owned() });
        let meta = allowed(world.meta(""), join.audience());
        let request = pb::EdgeRequest { meta, edge_id: edge.to_owned(), command: Some(join) };
        client.execute(request).await.unwrap();
    }
    for _ in 0..4 {
        let mut worked = true;
        while worked {
            worked = false;
            for component in &mut components {
                worked |= component.step().await.unwrap() == Progress::Worked;
            }
        }
        let request = pb::RenewSeatRequest { edge_id: OTHER.to_owned(), ..pb::RenewSeatRequest::default() };
        client.renew(request).await.unwrap();
        world.advance(4);
    }
    let events = async |edge: &str| world.types(&format!("rollouts.edge-{edge}")).await;
    assert_eq!(events(EDGE).await, [JOINED, LOST]);
    assert_eq!(events(OTHER).await, [JOINED]);
}

#[tokio::test]
async fn clause_20_a_renewal_keeps_the_seat_and_says_how_long() {
    let mut platform = Platform::joined().await;
    platform.world.advance(9);
    let reply = platform.replica.renew(EDGE).await.unwrap();
    assert_eq!(reply, pb::RenewSeatReply { ttl_ms: 10_000, known: true });
    assert_eq!(platform.after(10).await, [JOINED]);
    assert_eq!(platform.after(1).await, [JOINED, LOST]);
}

#[tokio::test]
async fn clause_20_an_edge_that_was_lost_is_told_so_and_joins_again() {
    let mut platform = Platform::joined().await;
    platform.after(11).await;
    assert!(!platform.replica.renew(EDGE).await.unwrap().known);
    platform.join(EDGE, "edge-a").await;
    assert!(platform.replica.renew(EDGE).await.unwrap().known);
    assert_eq!(platform.missing(), 0);
    assert_eq!(platform.after(11).await, [JOINED, LOST, JOINED, LOST], "and may be lost again");
}

#[tokio::test]
async fn clause_20_two_edges_of_one_name_are_two_edges() {
    let mut platform = Platform::joined().await;
    platform.join(OTHER, "edge-a").await;
    platform.world.advance(9);
    platform.replica.renew(OTHER).await.unwrap();
    assert_eq!(platform.after(2).await, [JOINED, LOST]);
    assert_eq!(platform.events(OTHER).await, [JOINED]);
}

#[tokio::test]
async fn clause_20_an_edge_that_came_back_under_a_new_id_is_not_missing() {
    let mut platform = Platform::joined().await;
    platform.after(11).await;
    platform.join(OTHER, "edge-a").await;
    assert_eq!(platform.missing(), 0);
}

#[tokio::test]
async fn clause_20_an_edge_that_was_replaced_under_another_name_is_missing_for_an_hour() {
    let mut platform = Platform::joined().await;
    platform.after(11).await;
    platform.after(3_599).await;
    assert_eq!(platform.missing(), 1);
    platform.after(2).await;
    assert_eq!(platform.missing(), 0);
}

#[tokio::test]
async fn clause_20_one_that_left_is_not_lost() {
    let mut platform = Platform::joined().await;
    platform.send(EDGE, Command::Leave(pb::LeaveEdge {})).await;
    assert_eq!(platform.after(60).await, [JOINED, "rollouts.Edge.EdgeLeft.v1"]);
    assert_eq!(platform.missing(), 0);
}

#[tokio::test]
async fn clause_26_a_renewal_of_an_edge_that_never_joined_is_not_remembered() {
    let mut platform = Platform::new().await;
    assert!(!platform.replica.renew(EDGE).await.unwrap().known);
    assert_eq!(platform.replica.seats.lock().seated.len(), 0);
}

#[tokio::test]
async fn clause_20_moving_the_business_clock_loses_no_edge() {
    let mut platform = Platform::joined().await;
    platform.world.clock.advance_to(crate::testing::second(86_400));
    assert_eq!(platform.after(0).await, [JOINED]);
}

#[tokio::test]
async fn clause_18_an_edge_whose_stream_cannot_be_read_keeps_no_other_from_being_lost() {
    let mut platform = Platform::joined().await;
    platform.join(OTHER, "edge-b").await;
    let stream = format!("rollouts.edge-{EDGE}");
    platform.world.write(&stream, "rollouts.Edge.EdgePainted.v9", &serde_json::json!({})).await;
    platform.world.advance(11);
    settle(&mut platform.replica.keeper).await;
    assert_eq!(platform.events(OTHER).await, [JOINED, LOST]);
    settle(&mut platform.replica.keeper).await;
    let outcome = platform.replica.keeper.step().await.unwrap();
    assert!(matches!(outcome, Progress::Blocked { .. }), "{outcome:?}");
}

#[tokio::test]
async fn clause_09_whoever_takes_over_grants_one_full_seat_and_the_others_say_who_keeps_them() {
    let mut platform = Platform::new().await;
    let ttl = Duration::from_secs(6);
    let lease = |number: usize| {
        let holder = Holder { id: number.to_string(), address: format!("http://replica-{number}") };
        Box::new(Lease::new(
            platform.world.log.clone(),
            platform.world.clock(),
            "rollouts",
            NAME,
            holder,
            ttl,
        ))
    };
    let (mut first, mut second) = (replica(&platform.world, lease(0)), replica(&platform.world, lease(1)));
    settle(&mut first.keeper).await;
    settle(&mut second.keeper).await;
    platform.join(EDGE, "edge-a").await;
    settle(&mut first.keeper).await;
    assert!(first.renew(EDGE).await.unwrap().known);
    let refused = second.renew(EDGE).await.unwrap_err();
    assert_eq!(problem_of(&refused).unwrap().code, "not_the_holder");
    // The first one dies. The platform's own keeper is not driven any more.
    let held = |world: &World| world.clock.monotonic();
    let begin = held(&platform.world);
    while !second.seats.are_kept(held(&platform.world)) {
        platform.world.advance(1);
        second.keeper.step().await.unwrap();
    }
    settle(&mut second.keeper).await;
    assert!(held(&platform.world) >= begin + ttl);
    platform.world.advance(5);
    settle(&mut second.keeper).await;
    assert_eq!(platform.events(EDGE).await, [JOINED], "it has not been silent for a seat of this holder");
    assert!(second.renew(EDGE).await.unwrap().known);
}

#[tokio::test]
async fn clause_19_a_restart_of_the_keeper_reads_the_streams_of_living_edges_and_no_others() {
    let (world, counted) = World::counted();
    let replica_of = |world: &World| replica(world, Box::new(Alone));
    let mut platform = Platform { replica: replica_of(&world), world };
    for number in 0..600 {
        // Edges come and go: each start is one of its own.
        let edge = EdgeId::created_by(verdict_kernel::id::CommandId::derive(
            uuid::Uuid::NAMESPACE_URL,
            &number.to_string(),
        ));
        platform.join(&edge.to_string(), "edge-a").await;
        platform.send(&edge.to_string(), Command::Leave(pb::LeaveEdge {})).await;
    }
    platform.join(EDGE, "edge-a").await;
    platform.world.fill("bets.bet-1").await;
    platform.after(5).await;
    counted.handed();
    platform.replica = replica_of(&platform.world);
    settle(&mut platform.replica.keeper).await;
    let read = counted.handed();
    assert!(read < 100, "{read} events were read");
    // Who lived is known, and lost as ever.
    assert_eq!(platform.after(10).await, [JOINED]);
    assert_eq!(platform.after(1).await, [JOINED, LOST]);
}

#[tokio::test]
async fn clause_19_who_has_to_confirm_is_read_from_the_streams_of_living_edges() {
    let (world, counted) = World::counted();
    let mut platform = Platform { replica: replica(&world, Box::new(Alone)), world };
    platform.join(OTHER, "edge-b").await;
    platform.send(OTHER, Command::Leave(pb::LeaveEdge {})).await;
    platform.join(EDGE, "edge-a").await;
    let flag = verdict_kernel::id::FlagId::created_by(verdict_kernel::id::CommandId::derive(
        uuid::Uuid::NAMESPACE_URL,
        "flag",
    ));
    let served = pb::ServedConfirmed {
        flag_id: Some(flag.to_string()),
        flag_version: Some(3),
        rollout_id: Some(crate::testing::ROLLOUT.to_owned()),
        stage: Some("beta".to_owned()),
        attempt: Some(2),
    };
    platform.world.write(&format!("rollouts.edge-{EDGE}"), "rollouts.Edge.ServedConfirmed.v1", &served).await;
    platform.world.fill("bets.bet-1").await;
    platform.after(5).await;
    counted.handed();
    let roster = roster::Roster::new(platform.world.log.clone(), platform.world.clock());
    assert_eq!(roster.serving(flag).await, Ok(vec![(EDGE.parse().unwrap(), 3)]));
    let read = counted.handed();
    assert!(read < 100, "{read} events were read");
}
