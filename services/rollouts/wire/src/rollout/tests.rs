use std::collections::BTreeSet;

use uuid::Uuid;
use verdict_kernel::check::{Check, CheckState, GateReport, Unknown};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::{BetId, CommandId, FlagId};
use verdict_kernel::mode::Mode;
use verdict_kernel::rule::RuleId;
use verdict_kernel::tier::Tier;
use verdict_rollouts_domain::audience::Audience;
use verdict_rollouts_domain::gate::{CHECK_NAMES, Fact, FactKind};
use verdict_rollouts_domain::gate::{EvidenceKind, Verdict};
use verdict_rollouts_domain::rollout::{
    Cause, NoReturn, OnBlind, PauseCause, Plan, Promotion, ResumeKind, Resumption, Unit,
};
use verdict_rollouts_domain::stage::{Class, Stage, StageName, default_stages};
use verdict_stored::{Wire, golden};

use super::*;

fn at() -> Timestamp {
    "2026-03-02T09:30:00Z".parse().unwrap()
}

fn command_id(label: &str) -> CommandId {
    CommandId::derive(Uuid::NAMESPACE_URL, label)
}

/// The default ones, of which one has a name of its own.
fn stages() -> Vec<Stage> {
    let mut stages = default_stages(["ann".to_owned()].into(), BTreeSet::new());
    stages[1].name = "Early.birds".parse().unwrap();
    stages
}

fn plan() -> Plan {
    Plan {
        bet: Some(BetId::created_by(command_id("bet"))),
        flag: FlagId::created_by(command_id("flag")),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::ZeroToOne,
        tier: Tier::Two,
        stages: stages(),
        unit: Unit::AccountId,
        promotion: Promotion::Automatic,
        on_blind: OnBlind::Narrow,
        irreversible_from: Some(NoReturn {
            stage: StageName::BETA,
            reason: "the old keys are gone".to_owned(),
        }),
    }
}

fn entry(step: usize) -> Entry {
    Entry {
        stage: "Early.birds".parse().unwrap(),
        class: Class::Named,
        attempt: 2,
        step,
        audience: Audience::accounts(["acme"]),
        at: at(),
        facts: vec![Fact {
            kind: FactKind::Guardrail,
            subject: "error_rate".to_owned(),
            state: CheckState::Pass,
            source: "answer-1".to_owned(),
            confirmed_at: at(),
        }],
        flag_version: 3,
    }
}

fn report() -> GateReport {
    let check = |name| Check {
        rule: RuleId::R3,
        name,
        state: CheckState::Unknown(Unknown::Stale),
        required: "soak".into(),
        seen: "1 d left".into(),
        source: String::new(),
        next: String::new(),
    };
    GateReport { checks: CHECK_NAMES.map(check).to_vec() }
}

fn resumed(kind: ResumeKind) -> Event {
    Event::Resumed(Resumption {
        kind,
        stage: StageName::ALPHA,
        step: 1,
        attempt: 2,
        at: at(),
        stage_since: at(),
        step_since: at(),
        exposed_at: at(),
        releases: vec!["7d5c8f0e-6a63-5c39-93c0-2a3a2f2f1b11".to_owned()],
        flag_version: 4,
    })
}

fn every_event() -> Vec<Event> {
    let (stage, attempt) = (|| StageName::ALPHA, 2);
    vec![
        Event::Planned(Box::new(plan())),
        Event::ShippedDirectly { bet: None, reason: "index only".to_owned() },
        Event::Started,
        Event::StageEntered(entry(0)),
        Event::StepAdvanced(entry(1)),
        Event::EvidenceRecorded {
            kind: EvidenceKind::OpenP0Bugs,
            verdict: Verdict::Count(0),
            at: at(),
            by: "ann".to_owned(),
            link: "https://example.org/run/41".to_owned(),
        },
        Event::GatePassed { stage: stage(), attempt, report: report() },
        Event::GateBlocked { stage: stage(), attempt, report: report() },
        Event::Paused { cause: PauseCause::Killed, reason: "holiday".to_owned(), at: at() },
        resumed(ResumeKind::FalseAlarm),
        Event::WatchLost { at: at(), attempt },
        Event::WatchRestored { at: at() },
        Event::RollbackRequested {
            stage: stage(),
            attempt,
            breach: "7d5c8f0e-6a63-5c39-93c0-2a3a2f2f1b11".to_owned(),
            cause: Cause::GuardrailBreached,
            critical: false,
            at: at(),
        },
        Event::RolledBack { to: Some(StageName::INTERNAL), flag_version: 4 },
        Event::StageOverdue { stage: stage(), attempt },
        Event::StageExtended { stage: stage(), attempt, until: at(), reason: "one more customer".to_owned() },
        Event::Completed { at: at() },
        Event::Aborted { reason: "killed bet".to_owned() },
    ]
}

#[test]
fn every_event_reads_back_and_keeps_its_bytes() {
    golden::check::<RolloutWire>(env!("CARGO_MANIFEST_DIR"), every_event());
}

#[test]
fn clause_25_a_payload_with_fields_of_a_later_version_reads_as_without_them() {
    let data = include_bytes!("../../fixtures/later/rollouts.Rollout.RolloutPlanned.v1.json");
    let planned = Event::Planned(Box::new(plan()));
    assert_eq!(RolloutWire::decode("rollouts.Rollout.RolloutPlanned.v1", data), Ok(Some(planned)));
}

#[test]
fn every_cause_and_kind_reads_back() {
    let paused = |cause| Event::Paused { cause, reason: String::new(), at: at() };
    let kinds = [ResumeKind::Fresh, ResumeKind::FalseAlarm, ResumeKind::Undo];
    let evidence = |kind, verdict| Event::EvidenceRecorded {
        kind,
        verdict,
        at: at(),
        by: "ann".to_owned(),
        link: String::new(),
    };
    let mut events: Vec<_> = PauseCause::ALL.into_iter().map(paused).collect();
    events.extend(kinds.map(resumed));
    events.push(Event::RolledBack { to: None, flag_version: 1 });
    events.push(evidence(EvidenceKind::CoreFlowVerified, Verdict::Failed));
    for event in events {
        let stored = RolloutWire::encode(&event);
        assert_eq!(RolloutWire::decode(&stored.event_type, &stored.data), Ok(Some(event)));
    }
}

#[test]
fn what_is_not_known_is_no_event() {
    assert_eq!(RolloutWire::decode("rollouts.Rollout.StageEntered.v9", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(RolloutWire::decode("rollouts.Flag.FlagKilled.v1", b"{}"), Err(DecodeError::UnknownType));
    assert_eq!(
        RolloutWire::decode("rollouts.Rollout.StageOverdue.v1", b"{\"stage\":\"alpha\"}"),
        Err(DecodeError::Missing("attempt"))
    );
}
