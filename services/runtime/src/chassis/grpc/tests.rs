//! What travels: envelopes, outcomes, problems.

use uuid::Uuid;
use verdict_proto::rollouts::v1::{self as rollouts, flag_request::Command};

use super::*;
use crate::execute::ExecuteError;

fn command_id() -> CommandId {
    CommandId::derive(Uuid::NAMESPACE_URL, "a")
}

fn sent() -> pb::CommandMeta {
    pb::CommandMeta { command_id: command_id().to_string(), ..pb::CommandMeta::default() }
}

fn request(command: Option<Command>) -> rollouts::FlagRequest {
    rollouts::FlagRequest { command, ..rollouts::FlagRequest::default() }
}

fn received(meta: Option<pb::CommandMeta>) -> Result<Envelope, Problem> {
    envelope(meta, "bet-1", &request(None))
}

#[test]
fn an_organisation_and_a_team_hold_nothing_that_could_be_part_of_a_key() {
    let meta = |org: &str, team: &str| pb::CommandMeta {
        command_id: uuid::Uuid::from_u128(1).to_string(),
        org: org.to_owned(),
        team: team.to_owned(),
        ..pb::CommandMeta::default()
    };
    let request = rollouts::FlagRequest::default();
    let field = |meta| envelope(Some(meta), "flag-1", &request).map_err(|problem| problem.field);
    assert!(field(meta("acme", "Shop & Search")).is_ok());
    for bad in ["a\0b", "shop/search", "a\nb", &"x".repeat(129)] {
        assert_eq!(field(meta(bad, "")).unwrap_err(), "meta.org", "{bad:?}");
        assert_eq!(field(meta("", bad)).unwrap_err(), "meta.team", "{bad:?}");
    }
}

#[test]
fn a_command_without_more_comes_from_the_development_principal_and_correlates_with_itself() {
    let envelope = received(Some(sent())).unwrap();
    assert_eq!(envelope.principal, Principal::dev());
    assert_eq!((envelope.expected_version, envelope.fence), (None, None));
    let own = command_id().to_string();
    assert_eq!((envelope.correlation_id, envelope.causation_id), (own.clone(), own));
}

#[test]
fn an_envelope_survives_being_sent_on_by_a_process() {
    let original = Envelope {
        reason: "killed".to_owned(),
        expected_version: Some(3),
        fence: Some(Fence { lease: "bets.lease-wind-down".to_owned(), epoch: 7 }),
        correlation_id: "c".to_owned(),
        causation_id: "d".to_owned(),
        payload_hash: payload_hash("bet-1", &request(None)),
        ..Envelope::new(command_id(), Principal::process("wind-down"))
    };
    assert_eq!(received(Some(meta(&original))), Ok(original));
}

#[test]
fn an_envelope_knows_what_its_command_can_do() {
    let effect =
        |command| envelope(Some(sent()), "flag-1", &request(Some(command))).map(|known| known.effect);
    assert_eq!(effect(Command::Kill(rollouts::KillFlag {})), Ok(Effect::Narrows));
    assert_eq!(effect(Command::Revive(rollouts::ReviveFlag::default())), Ok(Effect::Widens));
    assert_eq!(effect(Command::Archive(rollouts::ArchiveFlag {})), Ok(Effect::Neutral));
}

#[test]
fn a_command_of_processes_is_refused_from_anybody_else() {
    let narrow = request(Some(Command::Narrow(rollouts::NarrowFlag::default())));
    let refused = envelope(Some(sent()), "flag-1", &narrow).unwrap_err();
    assert_eq!((refused.code, refused.field.as_str()), (Code::NotForPeople, "command"));
    let process = pb::CommandMeta { process: "guardrail-rollback".to_owned(), ..sent() };
    assert_eq!(envelope(Some(process), "flag-1", &narrow).unwrap().effect, Effect::Narrows);
}

#[test]
fn a_command_without_metadata_or_with_a_malformed_id_is_refused_with_the_field() {
    let missing = received(None).unwrap_err();
    assert_eq!((missing.code, missing.field.as_str()), (Code::MissingField, "meta"));
    let malformed = received(Some(pb::CommandMeta::default())).unwrap_err();
    assert_eq!((malformed.code, malformed.field.as_str()), (Code::InvalidId, "meta.command_id"));
}

#[test]
fn the_claim_of_a_client_is_a_short_word() {
    let claimed = |client: &str| received(Some(pb::CommandMeta { client: client.to_owned(), ..sent() }));
    assert_eq!(claimed("cli").unwrap().principal.client, "cli");
    let longest = "c".repeat(LONGEST_CLIENT);
    assert_eq!(claimed(&longest).unwrap().principal.client, longest);
    for nonsense in ["Anna Schmidt", "a@b.example", &format!("{longest}c")] {
        let refused = claimed(nonsense).unwrap_err();
        assert_eq!((refused.code, refused.field.as_str()), (Code::InvalidField, "meta.client"));
    }
}

#[test]
fn clause_01_the_payload_hash_tells_targets_and_payloads_apart() {
    let remark = |sentence: &str| pb::Remarked { sentence: Some(sentence.to_owned()), ..Default::default() };
    let hash = payload_hash("bet-1", &remark("a"));
    assert_eq!(hash, payload_hash("bet-1", &remark("a")));
    assert_ne!(hash, payload_hash("bet-2", &remark("a")));
    assert_ne!(hash, payload_hash("bet-1", &remark("b")));
    assert_eq!(hash.len(), 32);
}

#[test]
fn a_refusal_is_a_reply_and_a_fault_is_a_status_that_carries_its_problem() {
    let first = Refusal::out_of_order("too_late", "it is over").compared("before", "after");
    let others = [Refusal::out_of_order("too_big", "it is big")];
    let blockers = Blockers::of([first].into_iter().chain(others).collect()).unwrap();
    let answer = reply("bet-1", Err(blockers.into())).unwrap();
    let Some(pb::command_reply::Outcome::Refused(refused)) = answer.into_inner().outcome else {
        panic!("not a refusal")
    };
    assert_eq!(
        (refused.rule.as_str(), refused.code.as_str(), refused.seen.as_str()),
        ("", "too_late", "after")
    );
    let others: Vec<_> = refused.blockers.iter().map(|refused| refused.code.as_str()).collect();
    assert_eq!(others, ["too_big"]);
    let stale = ExecuteError::StaleVersion { expected: 1, actual: 2 };
    let status = reply("bet-1", Err(stale)).unwrap_err();
    assert_eq!(status.code(), tonic::Code::Aborted);
    let told = problem_of(&status).unwrap();
    assert_eq!((told.code.as_str(), told.field.as_str()), ("stale_version", "meta.expected_version"));
    assert_eq!(problem_of(&Status::unavailable("connection refused")), None);
}
