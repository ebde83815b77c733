//! The request that an action of a plan is: a message of the contracts, encoded. Things are named by what `Named` knows
//! them by.

use prost::Message;
use verdict_documents::bet::Mode;
use verdict_documents::flag::{FlagKind, FlagSpec, Variant};
use verdict_documents::launch::LaunchSpec;
use verdict_documents::{Action, Decimal, Line, Moment};
use verdict_proto::bets::v1::{self as bets, bet_request};
use verdict_proto::gtm::v1::{self as gtm, launch_request};
use verdict_proto::metrics::v1::{self as metrics, guardrail_request, metric_request};
use verdict_proto::rollouts::v1::{self as rollouts, flag_request, rollout_request};
use verdict_proto::v1::CommandMeta;

pub mod bet;
pub mod metric;
pub mod rollout;

/// What an action leaves to the documents beside it.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The mode of the bet, for a rollout that names none.
    pub mode: Option<Mode>,
    /// What the flag of a rollout buckets.
    pub unit: Option<Line>,
}

/// The kind of thing that a command goes to, and the encoded request. `id` is empty for what makes the thing.
pub fn of(action: &Action, id: &str, meta: CommandMeta, around: &Around) -> (&'static str, Vec<u8>) {
    let (id, meta) = (id.to_owned(), Some(meta));
    match command(action, around) {
        Command::Bet(command) => {
            ("bet", bets::BetRequest { meta, bet_id: id, command: Some(command) }.encode_to_vec())
        }
        Command::Metric(command) => {
            ("metric", metrics::MetricRequest { meta, metric_id: id, command: Some(command) }.encode_to_vec())
        }
        Command::Guardrail(command) => {
            let request = metrics::GuardrailRequest { meta, guardrail_id: id, command: Some(command) };
            ("guardrail", request.encode_to_vec())
        }
        Command::Flag(command) => {
            // Its id says in which environment it is, and so does what makes it.
            let environment = String::new();
            let request = rollouts::FlagRequest { meta, flag_id: id, environment, command: Some(command) };
            ("flag", request.encode_to_vec())
        }
        Command::Rollout(command) => {
            let request = rollouts::RolloutRequest { meta, rollout_id: id, command: Some(command) };
            ("rollout", request.encode_to_vec())
        }
        Command::Launch(command) => {
            ("launch", gtm::LaunchRequest { meta, launch_id: id, command: Some(command) }.encode_to_vec())
        }
    }
}

/// A command of one of the kinds.
enum Command {
    Bet(bet_request::Command),
    Metric(metric_request::Command),
    Guardrail(guardrail_request::Command),
    Flag(flag_request::Command),
    Rollout(rollout_request::Command),
    Launch(launch_request::Command),
}

fn command(action: &Action, around: &Around) -> Command {
    match action {
        Action::DefineMetric { key, metric } => {
            Command::Metric(metric_request::Command::Define(metric::define(key, metric)))
        }
        Action::ReviseMetric { good, target, baseline } => {
            let (target, baseline) = (decimal(target.as_ref()), decimal(baseline.as_ref()));
            let revise = metrics::ReviseMetric { target, baseline, good: metric::trend(*good).into() };
            Command::Metric(metric_request::Command::Revise(revise))
        }
        Action::CreateFlag { environment, key, flag } => {
            Command::Flag(flag_request::Command::Create(create_flag(environment, key, flag)))
        }
        Action::ScheduleCleanup { due } => {
            let schedule = rollouts::ScheduleCleanup { due: time(due) };
            Command::Flag(flag_request::Command::ScheduleCleanup(schedule))
        }
        Action::ProposeBet { key, bet } => {
            Command::Bet(bet_request::Command::Propose(bet::propose(key, bet)))
        }
        Action::StateHypothesis(hypothesis) => Command::Bet(bet::state(hypothesis)),
        Action::AgreeMetrics(targets) => Command::Bet(bet::agree(targets)),
        Action::SetTimebox(timebox) => Command::Bet(bet::set_timebox(timebox)),
        Action::AssessHandoffItem { item, clarity } => Command::Bet(bet::assess(item, *clarity)),
        Action::StartDiscovery => Command::Bet(bet_request::Command::StartDiscovery(bets::StartDiscovery {})),
        Action::StartShaping => Command::Bet(bet_request::Command::StartShaping(bets::StartShaping {})),
        Action::MarkShaped => Command::Bet(bet_request::Command::MarkShaped(bets::MarkShaped {})),
        Action::HandOff => Command::Bet(bet_request::Command::HandOff(bets::HandOff { r#override: false })),
        Action::AttachRollout { rollout, .. } => Command::Bet(bet::attach(rollout)),
        Action::PlanRollout { key, rollout } => {
            Command::Rollout(rollout_request::Command::Plan(rollout::plan(key, rollout, around)))
        }
        Action::ArmGuardrail { metric, guardrail } => {
            Command::Guardrail(guardrail_request::Command::Arm(metric::arm(metric, guardrail)))
        }
        Action::SetEffect(effect) => {
            let set = metrics::SetEffect { effect: metric::effect(*effect).into() };
            Command::Guardrail(guardrail_request::Command::SetEffect(set))
        }
        Action::PlanLaunch { key, launch } => {
            Command::Launch(launch_request::Command::Plan(plan_launch(key, launch)))
        }
    }
}

fn plan_launch(key: &str, launch: &LaunchSpec) -> gtm::PlanLaunch {
    gtm::PlanLaunch {
        bet_id: launch.bet_ref.key.to_string(),
        rollout_id: launch.rollout_ref.key.to_string(),
        tier: count(launch.tier),
        title: launch.title.clone(),
        key: key.to_owned(),
    }
}

/// What an action does, in the words of the command line.
pub const fn verb(action: &Action) -> &'static str {
    match action {
        Action::DefineMetric { .. } => "define",
        Action::ReviseMetric { .. } => "revise",
        Action::CreateFlag { .. } => "create",
        Action::ScheduleCleanup { .. } => "schedule-cleanup",
        Action::ProposeBet { .. } => "propose",
        Action::StateHypothesis(_) => "state-hypothesis",
        Action::AgreeMetrics(_) => "agree-metrics",
        Action::SetTimebox(_) => "set-timebox",
        Action::AssessHandoffItem { .. } => "assess",
        Action::StartDiscovery => "start-discovery",
        Action::StartShaping => "start-shaping",
        Action::MarkShaped => "mark-shaped",
        Action::HandOff => "hand-off",
        Action::PlanRollout { .. } | Action::PlanLaunch { .. } => "plan",
        Action::AttachRollout { .. } => "attach-rollout",
        Action::ArmGuardrail { .. } => "arm",
        Action::SetEffect(_) => "set-effect",
    }
}

fn create_flag(environment: &str, key: &str, flag: &FlagSpec) -> rollouts::CreateFlag {
    let kind = match flag.kind {
        FlagKind::Release => rollouts::FlagKind::Release,
        FlagKind::Ops => rollouts::FlagKind::Ops,
        FlagKind::Permission => rollouts::FlagKind::Permission,
    };
    let variant = |variant: &Variant| rollouts::Variant {
        name: Some(variant.name.to_string()),
        value: Some(variant.value.to_string()),
    };
    rollouts::CreateFlag {
        key: key.to_owned(),
        environment: environment.to_owned(),
        kind: kind.into(),
        owner: flag.owner.as_ref().map(ToString::to_string).unwrap_or_default(),
        cleanup_on: flag.cleanup_on.as_ref().map(time).unwrap_or_default(),
        unit: flag.unit.to_string(),
        variants: flag.variants.iter().map(variant).collect(),
        on_variant: flag.on_variant.to_string(),
        off_variant: flag.off_variant.to_string(),
    }
}

/// A moment as the platform reads it: a date alone is its first moment in UTC.
fn time(moment: &Moment) -> String {
    moment.instant().map_or_else(|| moment.to_string(), |instant| instant.to_string())
}

fn decimal(number: Option<&Decimal>) -> String {
    number.map(ToString::to_string).unwrap_or_default()
}

/// A document that was read has no number below nothing where the contracts have none.
fn count(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
