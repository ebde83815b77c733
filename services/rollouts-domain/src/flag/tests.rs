//! What a flag accepts and refuses, and what it serves afterwards.

use verdict_kernel::clock::{SignedDuration, Timestamp};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{CommandId, RolloutId};
use verdict_kernel::percent::Percent;
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::{Given, given};

use super::*;

mod exposing;
mod life;
mod properties;
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

fn stage_wish(stage: u32, attempt: u32, revision: u32) -> SetExposure {
    SetExposure {
        audience: audience(stage),
        stage: Some(StageExposure { place: place(stage, attempt), revision }),
        owner_runs: true,
    }
}

fn by_hand(audience: Audience, owner_runs: bool) -> Command {
    Command::SetExposure(SetExposure { audience, stage: None, owner_runs })
}

fn set(stage: u32, attempt: u32) -> Command {
    Command::SetExposure(stage_wish(stage, attempt, attempt * 10))
}

fn exposed(version: u32, stage: u32, attempt: u32) -> Event {
    let wish = stage_wish(stage, attempt, attempt * 10);
    Event::ExposureChanged { version, audience: wish.audience, stage: wish.stage }
}

/// The rollout went up to this stage, one attempt each.
fn history(up_to: u32) -> Vec<Event> {
    let stages = (0..=up_to).map(|stage| exposed(stage + 1, stage, stage + 1));
    std::iter::once(created_as(Kind::Release)).chain(stages).collect()
}

fn at_stage(stage: u32) -> Given<FeatureFlag> {
    given(history(stage))
}

fn narrow_command(stage: u32, attempt: u32, critical: bool) -> Command {
    Command::Narrow { place: place(stage, attempt), cause: "breach-1".to_owned(), critical }
}

fn narrowed_event(version: u32, to: Option<(u32, u32)>, failing: (u32, u32)) -> Event {
    let (restored, audience) =
        to.map_or_else(|| (0, Audience::nobody()), |(version, stage)| (version, audience(stage)));
    Event::ExposureNarrowed {
        version,
        audience,
        restored,
        hold: true,
        rollout: Some(rollout("one")),
        stage: place(failing.0, failing.1).stage,
        attempt: failing.1,
        cause: "breach-1".to_owned(),
    }
}

fn killed(version: u32) -> Event {
    Event::Killed { version, reason: String::new() }
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

/// One command of each kind, in the order of their declaration.
fn every_command() -> Vec<Command> {
    vec![
        Command::Create { identity: identity(Kind::Release), cleanup_on: None },
        set(3, 9),
        narrow_command(3, 9, false),
        Command::TurnOff { rollout: None, cause: String::new() },
        Command::ReleaseHold,
        Command::Kill,
        Command::Revive,
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
        Command::ReleaseHold => "ReleaseHold",
        Command::Kill => "Kill",
        Command::Revive => "Revive",
        Command::ScheduleCleanup { .. } => "ScheduleCleanup",
        Command::RaiseCleanupDue => "RaiseCleanupDue",
        Command::ConfirmRemoved { .. } => "ConfirmRemoved",
        Command::Archive => "Archive",
    }
}
