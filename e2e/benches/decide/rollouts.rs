//! The lives of a rollout, of its flag, and of the edge that serves the flag: up to Beta, back, and up again.

use std::collections::BTreeSet;

use jiff::Timestamp;
use verdict_kernel::check::CheckState;
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_kernel::mode::Mode;
use verdict_kernel::percent::Percent;
use verdict_kernel::tier::Tier;
use verdict_rollouts_domain::audience::Audience;
use verdict_rollouts_domain::edge::{self, Edge};
use verdict_rollouts_domain::flag::{
    self, FeatureFlag, Identity, Kind, Place, SetExposure, StageExposure, Variant,
};
use verdict_rollouts_domain::gate::{
    Answer, BreachFact, Confirmed, Facts, FlagFact, FlagStanding, GuardrailEffect, GuardrailFact,
};
use verdict_rollouts_domain::rollout::{
    Cause, Command, FlagGround, Grounds, How, Known, OnBlind, Plan, Promotion, Proposal, Retreat, Rollout,
    Unit,
};
use verdict_rollouts_domain::stage::{Class, StageName, default_stages};

use crate::{Life, command_id, hour, issued};

const DAY: i64 = 24;

fn text(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn planned() -> Plan {
    let (members, accounts) = (text(&["dana", "eli"]), text(&["acme", "birch", "cobalt", "delta", "ember"]));
    Plan {
        bet: Some(BetId::created_by(command_id("bet"))),
        flag: FlagId::created_by(command_id("flag")),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::Scaling,
        tier: Tier::Two,
        stages: default_stages(members, accounts),
        unit: Unit::TargetingKey,
        promotion: Promotion::Manual,
        on_blind: OnBlind::Pause,
        irreversible_from: None,
    }
}

fn grounds() -> Grounds {
    let (environment, unit) = ("production".to_owned(), "targetingKey".to_owned());
    let flag = FlagGround::Known { environment, unit, killed: false, version: 1, claimant: None };
    Grounds { flag, bet_is_missing: false }
}

fn plan() -> Command {
    let proposal = Proposal {
        plan: planned(),
        internal_members: BTreeSet::new(),
        alpha_accounts: BTreeSet::new(),
        overrides: false,
    };
    Command::Plan(Box::new(proposal))
}

/// The guardrail passes again over what broke on day 11, and somebody has seen that.
fn breach() -> BreachFact {
    BreachFact {
        id: "8d1c7a5e-0000-5000-8000-000000000001".to_owned(),
        stage: "beta".to_owned(),
        attempt: 3,
        at: hour(11 * DAY),
        acknowledged: true,
        retracted: false,
        critical: false,
        seen: "49.2".to_owned(),
    }
}

fn facts(at: Timestamp) -> Facts {
    let guardrail = |metric: &str| GuardrailFact {
        guardrail: format!("guardrail-of-{metric}"),
        metric: metric.to_owned(),
        state: CheckState::Pass,
        required: "not below 50 for 3 points in a row".to_owned(),
        seen: "91.9".to_owned(),
        source: "answer-1".to_owned(),
        effect: GuardrailEffect::Rollback,
        as_of: Some(at),
        breaches: vec![breach()],
    };
    Facts {
        flag: FlagFact::Known(FlagStanding {
            served: planned().exposure(&StageName::ALPHA, 0),
            asked: Some(9),
            source: "flag@7".to_owned(),
            ..FlagStanding::default()
        }),
        metrics: Answer::Given(Confirmed {
            at,
            source: "log:1:1".to_owned(),
            guardrails: ["checkout_cpu", "checkout_errors", "latency_p99"].map(guardrail).into(),
            metrics: Vec::new(),
        }),
    }
}

fn evidence(kind: &str, value: &str) -> Command {
    Command::RecordEvidence { kind: kind.to_owned(), verdict: value.to_owned(), link: String::new() }
}

fn enter(stage: StageName) -> Command {
    Command::EnterStage { stage: stage.to_string(), step: None, by: String::new() }
}

fn known(day: i64) -> Known {
    Known { grounds: Some(grounds()), bet_is_missing: Some(false), gate: Some(facts(hour(day * DAY))) }
}

pub(crate) fn rollout() -> Life<Rollout> {
    let retreat = Retreat {
        from: Some((StageName::BETA, 3)),
        breach: "8d1c7a5e-0000-5000-8000-000000000001".to_owned(),
        cause: Cause::GuardrailBreached,
        critical: false,
    };
    let judge = || Command::EvaluateGate { attempt: None };
    let life = [
        (0, plan()),
        (0, evidence("open_p0_bugs", "0")),
        (0, evidence("core_flow_verified", "passed")),
        (0, Command::Start),
        (1, judge()),
        (2, enter(StageName::ALPHA)),
        (3, judge()),
        (10, enter(StageName::BETA)),
        (11, Command::RequestRollback(retreat)),
        (11, Command::ConfirmRollback { to: Some(StageName::ALPHA), flag_version: 4 }),
        (12, Command::Resume { how: How::Fresh }),
        (13, Command::LoseWatch { attempt: 4 }),
        (13, Command::RestoreWatch),
        (30, enter(StageName::BETA)),
        (31, judge()),
        (32, Command::Abort),
    ];
    life.into_iter().map(|(day, command)| (command, known(day), issued(day * DAY))).collect()
}

fn identity() -> Identity {
    let variant = |name: &str, value: &str| Variant { name: name.to_owned(), value: value.to_owned() };
    Identity {
        key: "one-page-checkout".to_owned(),
        environment: "production".to_owned(),
        kind: Kind::Release,
        owner: "team-checkout".to_owned(),
        salt: "one-page-checkout".to_owned(),
        unit: "targetingKey".to_owned(),
        variants: vec![variant("on", "true"), variant("off", "false")],
        on_variant: "on".to_owned(),
        off_variant: "off".to_owned(),
    }
}

fn place(stage: StageName, attempt: u32) -> Place {
    Place {
        rollout: RolloutId::created_by(command_id("rollout")),
        stage: stage.as_str().to_owned(),
        stage_index: u32::try_from(planned().rank(&stage)).unwrap_or(u32::MAX),
        attempt,
    }
}

fn expose(stage: StageName, attempt: u32) -> flag::Command {
    let members = Audience::members(["dana", "eli"]);
    let accounts = members.clone().union(&Audience::accounts(["acme", "birch", "cobalt", "delta", "ember"]));
    let audience = match planned().class(&stage) {
        Class::Internal => members,
        Class::Named => accounts,
        Class::Share => accounts.union(&Audience::percent(Percent::of(10))),
        Class::Everyone => accounts.union(&Audience::percent(Percent::FULL)),
    };
    let stage = Some(StageExposure { place: place(stage, attempt), revision: attempt * 10 });
    flag::Command::SetExposure(SetExposure { audience, stage, flag_version: 99 })
}

/// The event that the flag is narrowed for.
const BREACH: &str = "8d1c7a5e-0000-5000-8000-000000000001";

pub(crate) fn flag() -> Life<FeatureFlag> {
    let narrow = flag::Command::Narrow {
        place: place(StageName::BETA, 3),
        cause: BREACH.to_owned(),
        kind: flag::HoldKind::Breach,
        critical: false,
        no_return: None,
    };
    let life = [
        flag::Command::Create { identity: identity(), cleanup_on: None },
        flag::Command::Claim { rollout: RolloutId::created_by(command_id("rollout")) },
        expose(StageName::INTERNAL, 1),
        expose(StageName::ALPHA, 2),
        expose(StageName::BETA, 3),
        narrow,
        flag::Command::ReleaseHold(flag::Release::Cause(BREACH.to_owned())),
        expose(StageName::BETA, 5),
        expose(StageName::GA, 6),
        flag::Command::Kill,
        flag::Command::Revive { undo: false },
        flag::Command::ScheduleCleanup { due: hour(24 * 100) },
        flag::Command::ConfirmRemoved { attestation: "commit 4f1c".to_owned() },
    ];
    let known = flag::Known { claimant_runs: Some(true), ..flag::Known::default() };
    life.into_iter().map(|command| (command, known.clone(), issued(0))).collect()
}

pub(crate) fn edge() -> Life<Edge> {
    let confirmed = |version: u32| {
        edge::Command::ConfirmServed(edge::Confirmation {
            flag: FlagId::created_by(command_id("flag")),
            flag_version: version,
            rollout: Some(RolloutId::created_by(command_id("rollout"))),
            stage: "beta".to_owned(),
            attempt: version,
        })
    };
    let join = || edge::Command::Join { name: "embedded".to_owned() };
    let mut life = vec![join()];
    life.extend((1..9).map(confirmed));
    life.extend([edge::Command::Leave, join(), confirmed(9)]);
    life.into_iter().map(|command| (command, (), issued(0))).collect()
}
