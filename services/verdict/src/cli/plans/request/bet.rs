//! Commands on bets.

use verdict_documents::bet::{BetSpec, Clarity, Hypothesis, MetricRole, MetricTarget, Mode, Timebox, Trend};
use verdict_proto::bets::v1 as pb;
use verdict_proto::bets::v1::bet_request::Command;

use super::{count, time};

/// The items of a hand-off by their names in a document.
const ITEMS: [(&str, pb::HandoffItem); 10] = [
    ("problem", pb::HandoffItem::Problem),
    ("targetUser", pb::HandoffItem::TargetUser),
    ("successSignal", pb::HandoffItem::SuccessSignal),
    ("nonGoals", pb::HandoffItem::NonGoals),
    ("userFlow", pb::HandoffItem::UserFlow),
    ("acceptanceCriteria", pb::HandoffItem::AcceptanceCriteria),
    ("dependencies", pb::HandoffItem::Dependencies),
    ("analyticsPlan", pb::HandoffItem::AnalyticsPlan),
    ("edgeCases", pb::HandoffItem::EdgeCases),
    ("tradeOffOwner", pb::HandoffItem::TradeOffOwner),
];

pub(super) fn propose(key: &str, bet: &BetSpec) -> pb::ProposeBet {
    pb::ProposeBet {
        title: bet.title.clone(),
        mode: mode(bet.mode).into(),
        hypothesis: bet.hypothesis.as_ref().map(stated),
        iteration_limit: Some(count(bet.iteration_limit)),
        appetite: bet.appetite_person_days.as_ref().map(ToString::to_string).unwrap_or_default(),
        key: key.to_owned(),
    }
}

pub(super) fn state(hypothesis: &Hypothesis) -> Command {
    Command::StateHypothesis(pb::StateHypothesis { hypothesis: Some(stated(hypothesis)) })
}

pub(super) fn agree(targets: &[MetricTarget]) -> Command {
    Command::AgreeMetrics(pb::AgreeMetrics { metrics: targets.iter().map(target).collect() })
}

pub(super) fn set_timebox(timebox: &Timebox) -> Command {
    let timebox = pb::Timebox { start: Some(time(&timebox.start)), end: Some(time(&timebox.end)) };
    Command::SetTimebox(pb::SetTimebox { timebox: Some(timebox) })
}

pub(super) fn assess(item: &str, clarity: Clarity) -> Command {
    let item =
        ITEMS.iter().find(|(name, _)| *name == item).map_or(pb::HandoffItem::Unspecified, |(_, is)| *is);
    let clarity = match clarity {
        Clarity::Clear => pb::Clarity::Clear,
        Clarity::Fuzzy => pb::Clarity::Fuzzy,
        Clarity::Missing => pb::Clarity::Missing,
    };
    Command::AssessHandoffItem(pb::AssessHandoffItem { item: item.into(), clarity: clarity.into() })
}

/// Which flag it exposes is known from the rollout.
pub(super) fn attach(rollout: &str) -> Command {
    Command::AttachRollout(pb::AttachRollout { rollout_id: rollout.to_owned(), flag_id: String::new() })
}

const fn mode(mode: Mode) -> pb::Mode {
    match mode {
        Mode::ZeroToOne => pb::Mode::ZeroToOne,
        Mode::Scaling => pb::Mode::Scaling,
    }
}

fn stated(hypothesis: &Hypothesis) -> pb::Hypothesis {
    pb::Hypothesis {
        belief: Some(hypothesis.belief.clone()),
        expected_outcome: Some(hypothesis.expected_outcome.clone()),
    }
}

/// Its owner knows of which type the metric is.
fn target(target: &MetricTarget) -> pb::MetricTarget {
    let role = match target.role {
        MetricRole::Primary => pb::MetricRole::Primary,
        MetricRole::Secondary => pb::MetricRole::Secondary,
        MetricRole::Guardrail => pb::MetricRole::Guardrail,
    };
    let direction = match target.direction {
        Trend::Increase => pb::Direction::Increase,
        Trend::Decrease => pb::Direction::Decrease,
    };
    pb::MetricTarget {
        metric: Some(target.metric_ref.key.to_string()),
        role: Some(role.into()),
        metric_type: None,
        target: Some(target.target.to_string()),
        direction: Some(direction.into()),
    }
}
