//! Bets and launches as documents.

use verdict_documents::bet::{
    BetSpec, Clarity, Handoff, Hypothesis, MetricRole, MetricTarget, Mode, Progress, Timebox, Trend,
};
use verdict_documents::launch::LaunchSpec;
use verdict_documents::{Decimal, PersonDays, Reference};
use verdict_proto::bets::v1 as pb;
use verdict_proto::gtm::v1 as gtm;

use super::{moment, unsaid, whole};
use crate::failure::Failure;

/// A bet; what lies behind the hand-off counts as handed off.
pub fn bet(view: &pb::BetView) -> Result<BetSpec, Failure> {
    Ok(BetSpec {
        key: None,
        title: view.title.clone(),
        mode: mode(view.mode())?,
        hypothesis: view.hypothesis.as_ref().map(|stated| Hypothesis {
            belief: stated.belief().to_owned(),
            expected_outcome: stated.expected_outcome().to_owned(),
        }),
        iteration_limit: whole(view.iteration_limit),
        appetite_person_days: Some(&view.appetite)
            .filter(|days| !days.is_empty())
            .map(|days| PersonDays::from(days.as_str())),
        timebox: view.timebox.as_ref().and_then(|timebox| {
            Some(Timebox { start: moment(timebox.start())?, end: moment(timebox.end())? })
        }),
        metrics: view.metrics.iter().map(target).collect::<Result<_, _>>()?,
        handoff: Some(handoff(&view.handoff)?),
        bring_to: match view.state.as_str() {
            "proposed" => Progress::Proposed,
            "discovering" => Progress::Discovering,
            "shaping" => Progress::Shaping,
            "shaped" => Progress::Shaped,
            _ => Progress::Building,
        },
    })
}

/// The mode of a team.
pub fn mode(mode: pb::Mode) -> Result<Mode, Failure> {
    match mode {
        pb::Mode::ZeroToOne => Ok(Mode::ZeroToOne),
        pb::Mode::Scaling => Ok(Mode::Scaling),
        pb::Mode::Unspecified => Err(unsaid("the mode of the bet")),
    }
}

fn target(target: &pb::MetricTarget) -> Result<MetricTarget, Failure> {
    Ok(MetricTarget {
        metric_ref: Reference::from(target.metric()),
        role: match target.role() {
            pb::MetricRole::Primary => MetricRole::Primary,
            pb::MetricRole::Secondary => MetricRole::Secondary,
            pb::MetricRole::Guardrail => MetricRole::Guardrail,
            pb::MetricRole::Unspecified => return Err(unsaid("the role of a metric of the bet")),
        },
        target: Decimal::from(target.target()),
        direction: match target.direction() {
            pb::Direction::Increase => Trend::Increase,
            pb::Direction::Decrease => Trend::Decrease,
            pb::Direction::Unspecified => return Err(unsaid("the direction of a metric of the bet")),
        },
    })
}

/// Every item: one that nobody assessed is missing.
fn handoff(assessed: &[pb::HandoffItemAssessed]) -> Result<Handoff, Failure> {
    let mut handoff = Handoff::default();
    for assessed in assessed {
        let clarity = match assessed.clarity() {
            pb::Clarity::Clear => Clarity::Clear,
            pb::Clarity::Fuzzy => Clarity::Fuzzy,
            pb::Clarity::Missing => Clarity::Missing,
            pb::Clarity::Unspecified => return Err(unsaid("how clear an item of the hand-off is")),
        };
        let item = match assessed.item() {
            pb::HandoffItem::Problem => &mut handoff.problem,
            pb::HandoffItem::TargetUser => &mut handoff.target_user,
            pb::HandoffItem::SuccessSignal => &mut handoff.success_signal,
            pb::HandoffItem::NonGoals => &mut handoff.non_goals,
            pb::HandoffItem::UserFlow => &mut handoff.user_flow,
            pb::HandoffItem::AcceptanceCriteria => &mut handoff.acceptance_criteria,
            pb::HandoffItem::Dependencies => &mut handoff.dependencies,
            pb::HandoffItem::AnalyticsPlan => &mut handoff.analytics_plan,
            pb::HandoffItem::EdgeCases => &mut handoff.edge_cases,
            pb::HandoffItem::TradeOffOwner => &mut handoff.trade_off_owner,
            pb::HandoffItem::Unspecified => return Err(unsaid("an item of the hand-off")),
        };
        *item = Some(clarity);
    }
    Ok(handoff)
}

/// A launch of the bet and the rollout with these keys.
pub fn launch(view: &gtm::LaunchView, bet: &str, rollout: &str) -> LaunchSpec {
    LaunchSpec {
        key: None,
        title: view.title.clone(),
        tier: whole(view.tier),
        bet_ref: Reference::from(bet),
        rollout_ref: Reference::from(rollout),
    }
}
