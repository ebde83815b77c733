//! What a flag accepts and refuses, and what it serves afterwards.

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{CommandId, RolloutId};
use verdict_kernel::percent::Percent;
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::{Given, Outcome, given};

use super::*;
use crate::gate::{BreachFact, GuardrailEffect, GuardrailFact};

mod exposing;
mod holding;
mod life;
mod no_return;
mod properties;
mod reversing;
mod reviving;
mod ruling;
mod servable;
mod taking_back;

fn rollout(name: &str) -> RolloutId {
    RolloutId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_URL, name))
}

fn day(days: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days)
}

fn identity(kind: Kind) -> Identity {
    let variant = |name: &str, value: &str| Variant { name: name.to_owned(), value: value.to_owned() };
    Identity {
        key: "new-checkout".to_owned(),
        environment: "production".to_owned(),
        kind,
        owner: "subject-1".to_owned(),
        salt: "new-checkout".to_owned(),
        unit: "targetingKey".to_owned(),
        variants: vec![variant("on", "true"), variant("off", "false")],
        on_variant: "on".to_owned(),
        off_variant: "off".to_owned(),
    }
}

fn created_as(kind: Kind) -> Event {
    let cleanup_on = (kind == Kind::Release).then(|| day(90));
    Event::Created { identity: identity(kind), cleanup_on }
}

fn claimed_by(name: &str) -> Event {
    Event::Claimed { rollout: rollout(name) }
}

/// A release flag of the rollout.
fn claimed() -> Vec<Event> {
    vec![created_as(Kind::Release), claimed_by("one")]
}

fn place(stage: u32, attempt: u32) -> Place {
    Place {
        rollout: rollout("one"),
        stage: ["internal", "alpha", "beta", "ga"][stage as usize].to_owned(),
        stage_index: stage,
        attempt,
    }
}

/// What each stage shows in these tests.
fn audience(stage: u32) -> Audience {
    match stage {
        0 => Audience::members(["ann", "bob"]),
        1 => Audience::accounts(["acme", "globex"]),
        2 => Audience::percent(Percent::of(10)),
        _ => Audience::percent(Percent::FULL),
    }
}

/// A command with what is known when it is decided.
type Asked = (Command, Known);

trait Ask {
    fn ask(self, asked: Asked) -> Outcome<FeatureFlag>;
}

impl Ask for Given<FeatureFlag> {
    fn ask(self, (command, known): Asked) -> Outcome<FeatureFlag> {
        self.knowing(known).when(command)
    }
}

/// The rollout that claimed the flag is over, or not.
fn claimant(runs: bool) -> Known {
    Known { claimant_runs: Some(runs), ..Known::default() }
}

/// The claimant runs.
fn wished(wish: SetExposure) -> Asked {
    (Command::SetExposure(wish), claimant(true))
}

fn claim_by(name: &str, claimant_runs: bool) -> Asked {
    (Command::Claim { rollout: rollout(name) }, claimant(claimant_runs))
}

fn archive(claimant_runs: bool) -> Asked {
    (Command::Archive, claimant(claimant_runs))
}

fn undo_with(rollout: Whereabouts, guardrails: Vec<GuardrailFact>) -> Asked {
    let known = Known { undo: Some(Undo { rollout, guardrails }), ..Known::default() };
    (Command::Revive { undo: true }, known)
}

fn stage_wish(stage: u32, attempt: u32, revision: u32) -> SetExposure {
    SetExposure {
        audience: audience(stage),
        stage: Some(StageExposure { place: place(stage, attempt), revision }),
        flag_version: 99,
    }
}

fn by_hand(audience: Audience, claimant_runs: bool) -> Asked {
    let wish = SetExposure { audience, stage: None, flag_version: 0 };
    (Command::SetExposure(wish), claimant(claimant_runs))
}

fn set(stage: u32, attempt: u32) -> Asked {
    wished(stage_wish(stage, attempt, attempt * 10))
}

fn exposed(version: u32, stage: u32, attempt: u32) -> Event {
    let wish = stage_wish(stage, attempt, attempt * 10);
    Event::ExposureChanged { version, audience: wish.audience, stage: wish.stage }
}

/// The rollout went up to this stage, one attempt each.
fn history(up_to: u32) -> Vec<Event> {
    let stages = (0..=up_to).map(|stage| exposed(stage + 1, stage, stage + 1));
    claimed().into_iter().chain(stages).collect()
}

fn at_stage(stage: u32) -> Given<FeatureFlag> {
    given(history(stage))
}

fn narrow_command(stage: u32, attempt: u32, critical: bool) -> Command {
    broken_by("breach-1", stage, attempt, critical)
}

fn broken_by(cause: &str, stage: u32, attempt: u32, critical: bool) -> Command {
    let (place, kind) = (place(stage, attempt), HoldKind::Breach);
    Command::Narrow { place, cause: cause.to_owned(), kind, critical, no_return: None }
}

fn hold_for(cause: &str, attempt: u32) -> Hold {
    Hold { cause: cause.to_owned(), kind: HoldKind::Breach, rollout: Some(rollout("one")), attempt }
}

fn restored(last_served: Option<Audience>) -> Command {
    let hold = Hold { cause: hold::RESTORED.to_owned(), kind: HoldKind::Restored, rollout: None, attempt: 0 };
    Command::Hold { hold, last_served }
}

fn release(cause: &str) -> Command {
    Command::ReleaseHold(Release::Cause(cause.to_owned()))
}

fn causes(flag: &Flag) -> Vec<&str> {
    flag.holds.iter().map(|hold| hold.cause.as_str()).collect()
}

fn narrowed_event(version: u32, to: Option<(u32, u32)>, failing: (u32, u32)) -> Event {
    let (restored, audience) =
        to.map_or_else(|| (0, Audience::nobody()), |(version, stage)| (version, audience(stage)));
    Event::ExposureNarrowed {
        version,
        audience,
        restored,
        hold: Some(HoldKind::Breach),
        rollout: Some(rollout("one")),
        stage: place(failing.0, failing.1).stage,
        attempt: failing.1,
        cause: "breach-1".to_owned(),
    }
}

fn killed(version: u32) -> Event {
    killed_at(version, day(0))
}

fn killed_at(version: u32, at: Timestamp) -> Event {
    Event::Killed { version, reason: String::new(), at }
}

fn after(history: Vec<Event>, more: impl IntoIterator<Item = Event>) -> Given<FeatureFlag> {
    given(history.into_iter().chain(more))
}

fn live(state: State) -> Flag {
    match state {
        State::Live(flag) => flag,
        State::Absent | State::Killed(_) | State::Archived(_) => panic!("not live: {state:?}"),
    }
}

/// A guardrail that broke nothing.
fn guardrail(state: CheckState) -> GuardrailFact {
    GuardrailFact {
        guardrail: "g".to_owned(),
        metric: "error_rate".to_owned(),
        state,
        required: "not above 0.02".to_owned(),
        seen: "0.01".to_owned(),
        source: "answer-1".to_owned(),
        effect: GuardrailEffect::Rollback,
        as_of: Some(day(10)),
        breaches: Vec::new(),
    }
}

/// One command of each kind, in the order of their declaration.
fn every_command() -> Vec<Command> {
    vec![
        Command::Create { identity: identity(Kind::Release), cleanup_on: None },
        set(3, 9).0,
        narrow_command(3, 9, false),
        Command::TurnOff { rollout: None, cause: String::new() },
        release("breach-1"),
        Command::Claim { rollout: rollout("one") },
        restored(None),
        Command::Kill,
        Command::Revive { undo: false },
        Command::ScheduleCleanup { due: day(1) },
        Command::RaiseCleanupDue,
        Command::ConfirmRemoved { attestation: "link".to_owned() },
        Command::Archive,
    ]
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Create { .. } => "Create",
        Command::SetExposure(_) => "SetExposure",
        Command::Narrow { .. } => "Narrow",
        Command::TurnOff { .. } => "TurnOff",
        Command::ReleaseHold(_) => "ReleaseHold",
        Command::Claim { .. } => "Claim",
        Command::Hold { .. } => "Hold",
        Command::Kill => "Kill",
        Command::Revive { .. } => "Revive",
        Command::ScheduleCleanup { .. } => "ScheduleCleanup",
        Command::RaiseCleanupDue => "RaiseCleanupDue",
        Command::ConfirmRemoved { .. } => "ConfirmRemoved",
        Command::Archive => "Archive",
    }
}
