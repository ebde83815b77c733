//! The service through its generated client.

use tonic::Code as Grpc;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::flags_server::FlagsServer;
use verdict_proto::rollouts::v1::flag_request::Command as Asked;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CommandMeta, Overridden, Refused};
use verdict_runtime::grpc::{Transport, in_process, problem_of};

use super::*;

mod by_hand;
mod keys;
mod no_return;
mod returning;
mod undo;

use crate::testing::{ROLLOUT, World, allowed, settle};

struct Platform {
    world: World,
    client: FlagsClient<Transport>,
    projector: Projector<Directory<FlagWire>>,
}

impl Platform {
    fn new() -> Self {
        let world = World::new();
        let api = FlagsApi::new(world.log.clone(), world.clock());
        let projector = api.projector();
        let client = FlagsClient::new(in_process(FlagsServer::new(api)));
        Self { world, client, projector }
    }

    async fn send(&mut self, meta: Option<CommandMeta>, id: &str, command: Asked) -> Result<Outcome, Status> {
        let meta = allowed(meta, command.audience());
        let request = pb::FlagRequest {
            meta,
            flag_id: id.to_owned(),
            environment: String::new(),
            command: Some(command),
        };
        let reply = self.client.execute(request).await?.into_inner();
        Ok(reply.outcome.unwrap())
    }

    async fn accepted(&mut self, id: &str, command: Asked) -> Accepted {
        let meta = self.world.meta("because");
        match self.send(meta, id, command).await.unwrap() {
            Outcome::Accepted(accepted) => accepted,
            Outcome::Refused(refused) => panic!("refused: {refused:?}"),
        }
    }

    async fn refused(&mut self, id: &str, command: Asked) -> Refused {
        let meta = self.world.meta("");
        match self.send(meta, id, command).await.unwrap() {
            Outcome::Refused(refused) => refused,
            Outcome::Accepted(accepted) => panic!("accepted: {accepted:?}"),
        }
    }

    /// Code and field of the fault in a request.
    async fn faulty(&mut self, id: &str, command: Asked) -> (String, String) {
        let meta = self.world.meta("");
        let status = self.send(meta, id, command).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        assert!(!problem.hint.is_empty(), "{problem:?}");
        (problem.code, problem.field)
    }

    async fn created(&mut self) -> String {
        self.accepted("", Asked::Create(create())).await.id
    }

    /// A rollout that runs, or is over, and has the flag.
    async fn claimed_by(&mut self, id: &str, rollout: &str) {
        self.claimed_with(id, rollout, pb::RolloutPlanned::default()).await;
    }

    /// The same with these stages and this point of no return.
    async fn claimed_with(&mut self, id: &str, rollout: &str, plan: pb::RolloutPlanned) {
        let stream = format!("rollouts.rollout-{rollout}");
        let text = |text: &str| Some(text.to_owned());
        let planned = pb::RolloutPlanned {
            flag_id: text(ROLLOUT),
            environment: text("production"),
            service: text("checkout"),
            mode: Some(pb::RolloutMode::ZeroToOne.into()),
            tier: Some(2),
            unit: text("targetingKey"),
            promotion: Some(pb::Promotion::Manual.into()),
            on_blind: Some(pb::OnBlind::Pause.into()),
            ..plan
        };
        self.world.write(&stream, "rollouts.Rollout.RolloutPlanned.v1", &planned).await;
        self.accepted(id, Asked::Claim(pb::ClaimFlag { rollout_id: rollout.to_owned() })).await;
    }

    async fn view(&mut self, id: &str) -> pb::FlagView {
        let request = GetRequest { id: id.to_owned(), ..GetRequest::default() };
        self.client.get(request).await.unwrap().into_inner()
    }
}

fn create() -> pb::CreateFlag {
    pb::CreateFlag {
        key: "new-checkout".to_owned(),
        environment: "production".to_owned(),
        kind: pb::FlagKind::Release.into(),
        owner: "subject-1".to_owned(),
        ..pb::CreateFlag::default()
    }
}

fn expose(rollout: &str, attempt: u32, percent: u32) -> Asked {
    Asked::SetExposure(pb::SetExposure {
        audience: Some(pb::Audience { basis_points: Some(percent), ..pb::Audience::default() }),
        rollout_id: rollout.to_owned(),
        rollout_revision: attempt * 10,
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt,
        flag_version: 99,
    })
}

fn by_hand(audience: pb::Audience) -> Asked {
    Asked::SetByHand(pb::SetByHand { audience: Some(audience) })
}

fn fault(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

#[tokio::test]
async fn f4_a_created_flag_is_off_and_has_its_clean_up_date() {
    let mut platform = Platform::new();
    let accepted = platform.accepted("", Asked::Create(create())).await;
    let view = platform.view(&accepted.id).await;
    let variant =
        |name: &str, value: &str| pb::Variant { name: Some(name.to_owned()), value: Some(value.to_owned()) };
    let expected = pb::FlagView {
        id: accepted.id,
        version: 1,
        position: accepted.position,
        key: "new-checkout".to_owned(),
        environment: "production".to_owned(),
        kind: pb::FlagKind::Release.into(),
        owner: "subject-1".to_owned(),
        cleanup_on: "2026-05-31T09:00:00Z".to_owned(),
        state: "off".to_owned(),
        audience: Some(pb::Audience::default()),
        cleanup: "scheduled".to_owned(),
        unit: "targetingKey".to_owned(),
        variants: vec![variant("on", "true"), variant("off", "false")],
        on_variant: "on".to_owned(),
        off_variant: "off".to_owned(),
        ..pb::FlagView::default()
    };
    assert_eq!(view, expected);
}

#[tokio::test]
async fn a_command_sent_twice_has_one_effect_and_another_payload_under_its_id_is_a_fault() {
    let mut platform = Platform::new();
    let meta = platform.world.meta("");
    let first = platform.send(meta.clone(), "", Asked::Create(create())).await.unwrap();
    let Outcome::Accepted(first) = first else { panic!("{first:?}") };
    let second = platform.send(meta.clone(), "", Asked::Create(create())).await.unwrap();
    assert_eq!(second, Outcome::Accepted(Accepted { repeated: true, ..first }));
    let other = pb::CreateFlag { owner: "subject-2".to_owned(), ..create() };
    let status = platform.send(meta, "", Asked::Create(other)).await.unwrap_err();
    assert_eq!(status.code(), Grpc::AlreadyExists);
}

#[tokio::test]
async fn every_wrong_field_of_a_new_flag_is_named() {
    let mut platform = Platform::new();
    let with = |change: fn(&mut pb::CreateFlag)| {
        let mut message = create();
        change(&mut message);
        Asked::Create(message)
    };
    let variant =
        |name: &str, value: &str| pb::Variant { name: Some(name.to_owned()), value: Some(value.to_owned()) };
    let variants = |variants: Vec<pb::Variant>| Asked::Create(pb::CreateFlag { variants, ..create() });
    let cases = [
        (with(|create| create.key.clear()), fault("missing_field", "create.key")),
        (with(|create| create.key = " shop ".to_owned()), fault("invalid_field", "create.key")),
        (with(|create| create.key = ROLLOUT.to_owned()), fault("invalid_field", "create.key")),
        (
            with(|create| create.environment = "Prod uction".to_owned()),
            fault("invalid_field", "create.environment"),
        ),
        (with(|create| create.kind = 0), fault("missing_field", "create.kind")),
        (with(|create| create.kind = 99), fault("missing_field", "create.kind")),
        (with(|create| create.cleanup_on = "soon".to_owned()), fault("invalid_field", "create.cleanup_on")),
        (with(|create| create.on_variant = "blue".to_owned()), fault("invalid_field", "create.on_variant")),
        (variants(vec![variant("on", "{")]), fault("invalid_field", "create.variants[0].value")),
        (variants(vec![variant("on", "1e999")]), fault("invalid_field", "create.variants[0].value")),
        (
            variants(vec![variant("on", "1"), variant("on", "2")]),
            fault("invalid_field", "create.variants[1].name"),
        ),
    ];
    for (command, expected) in cases {
        assert_eq!(platform.faulty("", command).await, expected);
    }
}

#[tokio::test]
async fn every_wrong_field_of_a_command_is_named() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let exposures = [
        (expose("r-1", 1, 100), fault("invalid_id", "set_exposure.rollout_id")),
        (expose(ROLLOUT, 1, 10_001), fault("invalid_field", "set_exposure.audience")),
        (expose(ROLLOUT, 0, 100), fault("invalid_field", "set_exposure.attempt")),
        (Asked::SetExposure(pb::SetExposure::default()), fault("missing_field", "set_exposure.audience")),
    ];
    for (command, expected) in exposures {
        assert_eq!(platform.faulty(&id, command).await, expected);
    }
    let kill = || Asked::Kill(pb::KillFlag {});
    assert_eq!(platform.faulty("", kill()).await, fault("missing_field", "flag_id"));
    assert_eq!(platform.faulty("f 1", kill()).await, fault("invalid_id", "flag_id"));
    assert_eq!(platform.faulty("f-1", kill()).await, fault("not_found", ""));
    let nothing = Asked::ReleaseHold(pb::ReleaseHold::default());
    assert_eq!(platform.faulty(&id, nothing).await, fault("missing_field", "release_hold.cause"));
    assert_eq!(platform.faulty(ROLLOUT, kill()).await, fault("not_found", ""));
    assert_eq!(platform.faulty(&id, Asked::Create(create())).await, fault("invalid_field", "flag_id"));
}

#[tokio::test]
async fn f4_a_release_flag_without_an_owner_is_refused_with_the_next_command() {
    let mut platform = Platform::new();
    let nameless = pb::CreateFlag { owner: String::new(), ..create() };
    let refused = platform.refused("", Asked::Create(nameless)).await;
    assert_eq!((&*refused.rule, &*refused.code), ("F4", "owner_missing"));
    assert_eq!(refused.next, "verdict flag create --key <key> --owner <subject>");
}

#[tokio::test]
async fn an_audience_of_more_than_a_thousand_names_is_a_fault() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let named = |count: u32| {
        by_hand(pb::Audience {
            members: (0..count).map(|n| format!("member-{n}")).collect(),
            ..pb::Audience::default()
        })
    };
    assert_eq!(platform.faulty(&id, named(1001)).await, fault("too_large", "set_by_hand.audience"));
    platform.accepted(&id, named(1000)).await;
}

#[tokio::test]
async fn an_audience_of_nobody_in_particular_is_a_fault() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let named = |members: &[&str]| {
        let members = members.iter().map(|member| (*member).to_owned()).collect();
        by_hand(pb::Audience { members, ..pb::Audience::default() })
    };
    let wrong = platform.faulty(&id, named(&["ann", " "])).await;
    assert_eq!(wrong, fault("invalid_field", "set_by_hand.audience"));
    platform.accepted(&id, named(&["ann"])).await;
}

#[tokio::test]
async fn r22_a_rollout_without_the_claim_is_refused_and_with_it_it_is_accepted_until_it_is_over() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let other = "01JD3Z8Q4M9W6T2V5X7Y0A1B2H";
    let refused = platform.refused(&id, expose(ROLLOUT, 1, 100)).await;
    assert_eq!((&*refused.rule, &*refused.code), ("R22", "flag_not_claimed"));
    platform.claimed_by(&id, ROLLOUT).await;
    platform.accepted(&id, expose(ROLLOUT, 1, 100)).await;
    let refused = platform.refused(&id, expose(other, 1, 200)).await;
    assert_eq!((&*refused.rule, &*refused.code), ("R22", "flag_claimed"));
    let stream = format!("rollouts.rollout-{ROLLOUT}");
    let done = pb::RolloutCompleted { at: Some("2026-03-02T09:00:00Z".to_owned()) };
    platform.world.write(&stream, "rollouts.Rollout.RolloutCompleted.v1", &done).await;
    // It was completed past a rule: that is said behind the end.
    let past = Overridden { rule: Some("R3".to_owned()), ..Overridden::default() };
    platform.world.write(&stream, "rollouts.Rollout.Overridden.v1", &past).await;
    for over in [expose(ROLLOUT, 2, 300), expose(other, 1, 200)] {
        let refused = platform.refused(&id, over).await;
        assert_eq!((&*refused.rule, &*refused.code), ("R22", "flag_not_claimed"));
    }
    platform.claimed_by(&id, other).await;
    platform.accepted(&id, expose(other, 1, 200)).await;
    assert_eq!(platform.view(&id).await.rollout_id, other);
}

#[tokio::test]
async fn f3_a_kill_is_accepted_on_a_stale_version_on_which_anything_else_is_a_fault() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let stale = |platform: &mut Platform| {
        let mut meta = platform.world.meta("").unwrap();
        meta.expected_version = Some(7);
        Some(meta)
    };
    let meta = stale(&mut platform);
    let status = platform.send(meta, &id, expose(ROLLOUT, 1, 100)).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().code, "stale_version");
    let meta = stale(&mut platform);
    let outcome = platform.send(meta, &id, Asked::Kill(pb::KillFlag {})).await.unwrap();
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    assert_eq!(platform.view(&id).await.state, "killed");
}

#[tokio::test]
async fn d10_the_claim_of_a_rollout_that_is_over_is_void_although_its_past_cannot_be_read() {
    const SUCCESSOR: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B9Z";
    let mut platform = Platform::new();
    let id = platform.created().await;
    platform.claimed_by(&id, ROLLOUT).await;
    let stream = format!("rollouts.rollout-{ROLLOUT}");
    platform.world.write(&stream, "rollouts.Rollout.StageShifted.v9", &()).await;
    let claim = || Asked::Claim(pb::ClaimFlag { rollout_id: SUCCESSOR.to_owned() });
    assert_eq!(platform.refused(&id, claim()).await.rule, "R22", "nobody can say that it is over");
    let aborted = pb::RolloutAborted { reason: Some("no more".to_owned()) };
    platform.world.write(&stream, "rollouts.Rollout.RolloutAborted.v1", &aborted).await;
    let over = verdict_proto::v1::Overridden { rule: Some("R3".to_owned()), ..Default::default() };
    platform.world.write(&stream, "rollouts.Rollout.Overridden.v1", &over).await;
    platform.accepted(&id, claim()).await;
}

#[tokio::test]
async fn f3_over_an_unreadable_past_taking_back_kills_and_everything_else_is_a_fault() {
    let narrow = Asked::Narrow(pb::NarrowFlag {
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: 1,
        cause: "breach".to_owned(),
        critical: false,
        ..pb::NarrowFlag::default()
    });
    let off = Asked::TurnOff(pb::TurnOffFlag::default());
    for command in [narrow, off, Asked::Kill(pb::KillFlag {})] {
        let mut platform = Platform::new();
        let id = platform.created().await;
        let stream = format!("rollouts.flag-{id}");
        platform.world.write(&stream, "rollouts.Flag.ExposureShifted.v9", &()).await;
        assert_eq!(platform.faulty(&id, expose(ROLLOUT, 1, 100)).await.0, "unreadable_event");
        let accepted = platform.accepted(&id, command).await;
        assert_eq!(
            (accepted.version, &*accepted.events),
            (3, &["rollouts.Flag.FlagKilled.v1".to_owned()][..])
        );
        let last = platform.world.log.read_last(&stream).await.unwrap().unwrap();
        let killed: pb::FlagKilled = verdict_stored::parse(&last.data).unwrap();
        assert_eq!(killed.version, Some(3));
    }
}

#[tokio::test]
async fn a_kill_that_is_only_to_be_decided_is_not_written_over_an_unreadable_past_either() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let stream = format!("rollouts.flag-{id}");
    let dry = |platform: &mut Platform| {
        let meta = platform.world.meta("").unwrap();
        Some(CommandMeta { dry_run: true, ..meta })
    };
    for unreadable in [false, true] {
        if unreadable {
            platform.world.write(&stream, "rollouts.Flag.ExposureShifted.v9", &()).await;
        }
        let before = platform.world.types(&stream).await;
        let meta = dry(&mut platform);
        let outcome = platform.send(meta, &id, Asked::Kill(pb::KillFlag {})).await.unwrap();
        let Outcome::Accepted(accepted) = outcome else { panic!("{outcome:?}") };
        let drafts: Vec<_> = accepted.drafts.iter().map(|draft| draft.r#type.as_str()).collect();
        assert_eq!((accepted.dry_run, drafts), (true, vec!["rollouts.Flag.FlagKilled.v1"]));
        assert_eq!(platform.world.types(&stream).await, before);
    }
}

#[tokio::test]
async fn f3_an_unreadable_flag_of_another_organisation_is_left_alone() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let stream = format!("rollouts.flag-{id}");
    platform.world.write(&stream, "rollouts.Flag.ExposureShifted.v9", &()).await;
    let mut meta = platform.world.meta("").unwrap();
    meta.org = "other".to_owned();
    platform.send(Some(meta), &id, Asked::Kill(pb::KillFlag {})).await.unwrap_err();
    assert_eq!(platform.world.types(&stream).await.len(), 2);
}

#[tokio::test]
async fn the_list_pages_in_order_and_knows_the_flags_of_a_rollout() {
    let mut platform = Platform::new();
    let mut ids = Vec::new();
    for key in ["one", "two", "three"] {
        let flag = pb::CreateFlag { key: key.to_owned(), ..create() };
        ids.push(platform.accepted("", Asked::Create(flag)).await.id);
    }
    platform.claimed_by(&ids[1], ROLLOUT).await;
    let position = platform.accepted(&ids[1], expose(ROLLOUT, 1, 100)).await.position;
    settle(&mut platform.projector).await;
    let page = |after: &str, of: &str| {
        let request = ListRequest {
            first: 2,
            after: after.to_owned(),
            of: of.to_owned(),
            at_least: position.clone(),
            ..ListRequest::default()
        };
        let mut client = platform.client.clone();
        async move {
            let list = client.list(request).await.unwrap().into_inner();
            (list.flags.into_iter().map(|flag| flag.id).collect::<Vec<_>>(), list.next)
        }
    };
    assert_eq!(page("", "").await, (ids[..2].to_vec(), ids[1].clone()));
    assert_eq!(page(&ids[1], "").await, (ids[2..].to_vec(), String::new()));
    assert_eq!(page("", ROLLOUT).await, (vec![ids[1].clone()], String::new()));
}

#[tokio::test]
async fn clause_02_a_replica_that_missed_a_widening_narrows_it_all_the_same() {
    let mut platform = Platform::new();
    let id = platform.created().await;
    platform.claimed_by(&id, ROLLOUT).await;
    platform.accepted(&id, expose(ROLLOUT, 1, 0)).await;
    // Another replica knows the flag as it is now, and sees nothing of what follows.
    let other = FlagsApi::new(platform.world.log.clone(), platform.world.clock());
    let mut other = FlagsClient::new(in_process(FlagsServer::new(other)));
    let get = GetRequest { id: id.clone(), ..GetRequest::default() };
    assert_eq!(other.get(get).await.unwrap().into_inner().audience.unwrap().basis_points(), 0);
    platform.accepted(&id, expose(ROLLOUT, 2, 5_000)).await;
    let narrow = Asked::Narrow(pb::NarrowFlag {
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: 2,
        cause: "breach".to_owned(),
        critical: true,
        ..pb::NarrowFlag::default()
    });
    let meta = allowed(platform.world.meta(""), narrow.audience());
    let request =
        pb::FlagRequest { meta, flag_id: id.clone(), environment: String::new(), command: Some(narrow) };
    let reply = other.execute(request).await.unwrap().into_inner();
    let Some(Outcome::Accepted(accepted)) = reply.outcome else { panic!("{reply:?}") };
    assert_eq!(accepted.events, ["rollouts.Flag.ExposureNarrowed.v1"]);
    assert_eq!(platform.view(&id).await.audience.unwrap().basis_points(), 0);
}
