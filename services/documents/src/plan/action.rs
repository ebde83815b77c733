//! The commands that a document leads to, as data: whoever applies it turns each into a request of its own.

use serde::Serialize;

use super::difference::ATTACHED;
use super::{Change, Content};
use crate::bet::{BetSpec, Clarity, Handoff, Hypothesis, MetricTarget, Progress, Timebox, Trend};
use crate::document::Document;
use crate::finding::{Part, Path};
use crate::flag::FlagSpec;
use crate::launch::LaunchSpec;
use crate::managed::Hash;
use crate::metric::{Effect, GuardrailSpec, MetricDefinitionSpec};
use crate::rollout::StagedRolloutSpec;
use crate::set::Identity;
use crate::words::{Decimal, Moment};

/// One command. Things are named by their keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Action {
    DefineMetric {
        key: String,
        metric: MetricDefinitionSpec,
    },
    ReviseMetric {
        good: Trend,
        target: Option<Decimal>,
        baseline: Option<Decimal>,
    },
    CreateFlag {
        environment: String,
        key: String,
        flag: FlagSpec,
    },
    ScheduleCleanup {
        due: Moment,
    },
    /// The title, mode, limit of iterations and appetite; the rest follows by commands of its own.
    ProposeBet {
        key: String,
        bet: BetSpec,
    },
    StateHypothesis(Hypothesis),
    AgreeMetrics(Vec<MetricTarget>),
    SetTimebox(Timebox),
    /// The item by its name in the document.
    AssessHandoffItem {
        item: String,
        clarity: Clarity,
    },
    StartDiscovery,
    StartShaping,
    MarkShaped,
    HandOff,
    PlanRollout {
        key: String,
        rollout: StagedRolloutSpec,
    },
    /// The bet hears of the rollout that tests it, once it is handed off.
    AttachRollout {
        bet: String,
        rollout: String,
    },
    ArmGuardrail {
        metric: String,
        guardrail: GuardrailSpec,
    },
    SetEffect(Effect),
    PlanLaunch {
        key: String,
        launch: LaunchSpec,
    },
}

impl Action {
    /// The hash of the command, from which its id derives ([`command_id`](crate::command_id)).
    #[must_use]
    pub fn payload(&self) -> Hash {
        Hash::of(&serde_json::to_value(self).unwrap_or_default())
    }
}

/// What makes the thing.
pub(super) fn to_create(what: &Identity, document: &Document, wanted: &Content) -> Vec<Action> {
    let key = document.key().to_string();
    match wanted.clone() {
        Content::Metric(metric) => vec![Action::DefineMetric { key, metric }],
        Content::Flag { flag, .. } => {
            let key = flag.key.as_ref().map_or(key, ToString::to_string);
            vec![Action::CreateFlag { environment: what.scope.clone(), key, flag }]
        }
        Content::Bet(bet) => {
            let nothing = BetSpec {
                key: None,
                hypothesis: None,
                timebox: None,
                metrics: Vec::new(),
                handoff: None,
                bring_to: Progress::Proposed,
                ..bet.clone()
            };
            let propose = Action::ProposeBet { key, bet: nothing.clone() };
            std::iter::once(propose).chain(of_a_bet(&nothing, &bet)).collect()
        }
        Content::Rollout { rollout, attached } => {
            let attach = attach(document, &rollout).filter(|_| attached);
            std::iter::once(Action::PlanRollout { key, rollout }).chain(attach).collect()
        }
        Content::Guardrail { metric, guardrail } => vec![Action::ArmGuardrail { metric, guardrail }],
        Content::Launch(launch) => vec![Action::PlanLaunch { key, launch }],
    }
}

/// Fields that a command changes; all others never change.
pub(super) fn may_change(wanted: &Content, field: &Path) -> bool {
    let Some(Part::Field(name)) = field.parts().first() else { return false };
    let changeable: &[&str] = match wanted {
        Content::Metric(_) => &["good", "target", "baseline"],
        Content::Flag { .. } => &["cleanupOn"],
        Content::Bet(_) => &["hypothesis", "metrics", "timebox", "handoff", "bringTo"],
        Content::Guardrail { .. } => &["effect"],
        Content::Rollout { .. } => &[ATTACHED],
        Content::Launch(_) => &[],
    };
    changeable.contains(&name.as_str())
}

/// What makes the present thing the wanted one.
pub(super) fn to_change(
    document: &Document,
    present: &Content,
    wanted: &Content,
    changes: &[Change],
) -> Vec<Action> {
    match (present, wanted) {
        (Content::Bet(present), Content::Bet(wanted)) => {
            let all = of_a_bet(present, wanted).into_iter();
            all.filter(|action| concerns(action, changes)).collect()
        }
        (Content::Metric(present), Content::Metric(wanted)) => vec![Action::ReviseMetric {
            good: wanted.good,
            target: wanted.target.clone().or_else(|| present.target.clone()),
            baseline: wanted.baseline.clone().or_else(|| present.baseline.clone()),
        }],
        (_, Content::Flag { flag: wanted, .. }) => {
            wanted.cleanup_on.clone().map(|due| Action::ScheduleCleanup { due }).into_iter().collect()
        }
        (_, Content::Guardrail { guardrail, .. }) => vec![Action::SetEffect(guardrail.effect)],
        (_, Content::Rollout { rollout, .. }) => attach(document, rollout).into_iter().collect(),
        (_, Content::Metric(_) | Content::Bet(_) | Content::Launch(_)) => Vec::new(),
    }
}

/// The bet of a rollout hears of it.
fn attach(document: &Document, rollout: &StagedRolloutSpec) -> Option<Action> {
    let bet = rollout.bet_ref.as_ref()?.key.to_string();
    Some(Action::AttachRollout { bet, rollout: document.key().to_string() })
}

/// Whether something differs in what the command is about.
fn concerns(action: &Action, changes: &[Change]) -> bool {
    let differs = |path: &Path| changes.iter().any(|change| change.field.parts().starts_with(path.parts()));
    let above = |path: &Path| changes.iter().any(|change| path.parts().starts_with(change.field.parts()));
    match action {
        Action::StateHypothesis(_) => differs(&Path::of(&["hypothesis"])),
        Action::AgreeMetrics(_) => differs(&Path::of(&["metrics"])),
        Action::SetTimebox(_) => differs(&Path::of(&["timebox"])),
        Action::AssessHandoffItem { item, .. } => above(&Path::of(&["handoff", item])),
        _ => true,
    }
}

/// What a bet is brought from one to the other by: first what it says, then how far it is.
fn of_a_bet(present: &BetSpec, wanted: &BetSpec) -> Vec<Action> {
    let mut actions = Vec::new();
    actions.extend(wanted.hypothesis.clone().map(Action::StateHypothesis));
    if !wanted.metrics.is_empty() {
        actions.push(Action::AgreeMetrics(wanted.metrics.clone()));
    }
    actions.extend(wanted.timebox.clone().map(Action::SetTimebox));
    for (item, clarity) in wanted.handoff.iter().flat_map(Handoff::assessed) {
        actions.push(Action::AssessHandoffItem { item: item.to_owned(), clarity });
    }
    let steps = [
        (Progress::Discovering, Action::StartDiscovery),
        (Progress::Shaping, Action::StartShaping),
        (Progress::Shaped, Action::MarkShaped),
        (Progress::Building, Action::HandOff),
    ];
    let ahead = steps.into_iter().filter(|(to, _)| present.bring_to < *to && *to <= wanted.bring_to);
    actions.extend(ahead.map(|(_, action)| action));
    actions
}
