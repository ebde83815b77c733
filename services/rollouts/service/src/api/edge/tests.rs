//! The service through its generated client.

use verdict_api::rollouts::v1::edges_client::EdgesClient;
use verdict_api::rollouts::v1::edges_server::EdgesServer;
use verdict_proto::v1::CommandMeta;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::grpc::{Transport, in_process, problem_of};

use super::*;
use crate::api::flag::FlagsApi;
use crate::seats::roster::Roster;
use crate::testing::{LAUNCH, ROLLOUT, World, allowed};

const EDGE: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2G";

struct Platform {
    world: World,
    client: EdgesClient<Transport>,
}

impl Platform {
    fn new() -> Self {
        let world = World::new();
        let api = EdgesApi::new(
            world.log.clone(),
            world.clock(),
            Arc::default(),
            FlagsApi::new(world.log.clone(), world.clock()),
        );
        let client = EdgesClient::new(in_process(EdgesServer::new(api)));
        Self { world, client }
    }

    async fn send(&mut self, id: &str, command: Asked) -> Result<Outcome, Status> {
        let meta = allowed(self.world.meta(""), command.audience());
        let request = pb::EdgeRequest { meta, edge_id: id.to_owned(), command: Some(command) };
        let reply = self.client.execute(request).await?.into_inner();
        Ok(reply.outcome.unwrap())
    }

    /// Id and event types.
    async fn accepted(&mut self, id: &str, command: Asked) -> (String, Vec<String>) {
        match self.send(id, command).await.unwrap() {
            Outcome::Accepted(accepted) => (accepted.id, accepted.events),
            Outcome::Refused(refused) => panic!("refused: {refused:?}"),
        }
    }
}

fn join() -> Asked {
    Asked::Join(pb::JoinEdge { name: "edge-a".to_owned() })
}

fn confirm(flag_version: u32) -> Asked {
    Asked::ConfirmServed(pb::ConfirmServed {
        flag_id: LAUNCH.to_owned(),
        flag_version,
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        attempt: 3,
    })
}

#[tokio::test]
async fn an_edge_joins_under_its_own_id_confirms_once_and_leaves() {
    let mut platform = Platform::new();
    let event = |name: &str| (EDGE.to_owned(), vec![format!("rollouts.Edge.{name}.v1")]);
    let nothing = || (EDGE.to_owned(), Vec::new());
    assert_eq!(platform.accepted(EDGE, join()).await, event("EdgeJoined"));
    assert_eq!(platform.accepted(EDGE, join()).await, nothing());
    assert_eq!(platform.accepted(EDGE, confirm(4)).await, event("ServedConfirmed"));
    assert_eq!(platform.accepted(EDGE, confirm(4)).await, nothing());
    let leave = || Asked::Leave(pb::LeaveEdge {});
    assert_eq!(platform.accepted(EDGE, leave()).await, event("EdgeLeft"));
    assert_eq!(platform.accepted(EDGE, leave()).await, nothing());
}

#[tokio::test]
async fn an_edge_without_an_id_gets_one_when_it_joins() {
    let mut platform = Platform::new();
    let (id, _) = platform.accepted("", join()).await;
    assert_eq!(platform.accepted(&id, confirm(1)).await.1.len(), 1);
}

#[tokio::test]
async fn wrong_fields_and_unknown_edges_are_named() {
    let mut platform = Platform::new();
    let nameless = Asked::Join(pb::JoinEdge::default());
    let cases = [
        (EDGE, nameless, "missing_field", "join.name"),
        ("", confirm(1), "missing_field", "edge_id"),
        ("e-1", join(), "invalid_id", "edge_id"),
        (EDGE, confirm(0), "invalid_field", "confirm_served.flag_version"),
        (EDGE, confirm(1), "not_found", ""),
    ];
    for (id, command, code, field) in cases {
        let status = platform.send(id, command).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        assert_eq!((&*problem.code, &*problem.field), (code, field));
    }
}

#[tokio::test]
async fn a_report_that_is_only_to_be_decided_holds_no_flag() {
    let mut platform = Platform::new();
    platform.accepted(EDGE, join()).await;
    let flags = FlagsApi::new(platform.world.log.clone(), platform.world.clock());
    let create = pb::CreateFlag {
        key: "new-checkout".to_owned(),
        environment: "production".to_owned(),
        kind: pb::FlagKind::Ops.into(),
        ..pb::CreateFlag::default()
    };
    let request = pb::FlagRequest {
        meta: platform.world.meta(""),
        command: Some(pb::flag_request::Command::Create(create)),
        ..pb::FlagRequest::default()
    };
    let reply = Flags::execute(&flags, Request::new(request)).await.unwrap().into_inner();
    let Some(Outcome::Accepted(created)) = reply.outcome else { panic!("{reply:?}") };
    let stream = format!("rollouts.flag-{}", created.id);
    for (dry_run, events) in [(true, 1), (false, 2)] {
        let served = pb::ReportServed { flag_id: created.id.clone(), ..pb::ReportServed::default() };
        let command = Asked::ReportServed(served);
        let meta = allowed(platform.world.meta(""), command.audience()).unwrap();
        let meta = Some(CommandMeta { dry_run, ..meta });
        let request = pb::EdgeRequest { meta, edge_id: EDGE.to_owned(), command: Some(command) };
        platform.client.execute(request).await.unwrap();
        assert_eq!(platform.world.types(&stream).await.len(), events);
    }
}

#[tokio::test]
async fn clause_09_a_report_that_one_replica_took_counts_for_every_other() {
    let mut platform = Platform::new();
    platform.accepted(EDGE, join()).await;
    // The other replica has looked before, and holds what it saw then.
    let roster = Roster::new(platform.world.log.clone(), platform.world.clock());
    let (edge, flag) = (EDGE.parse().unwrap(), LAUNCH.parse().unwrap());
    assert_eq!(roster.serving(flag).await, Ok(vec![(edge, 0)]));
    platform.accepted(EDGE, confirm(4)).await;
    assert_eq!(roster.serving(flag).await, Ok(vec![(edge, 4)]));
    let other = EdgesApi::new(
        platform.world.log.clone(),
        platform.world.clock(),
        Arc::default(),
        FlagsApi::new(platform.world.log.clone(), platform.world.clock()),
    );
    platform.client = EdgesClient::new(in_process(EdgesServer::new(other)));
    assert_eq!(platform.accepted(EDGE, confirm(4)).await, (EDGE.to_owned(), Vec::new()));
}
