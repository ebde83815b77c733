//! Metrics whose source is away: one alarm for each, however many guardrails listen to it (rule R15).

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::GuardrailId;
use verdict_metrics_domain::guardrail::Last;
use verdict_runtime::telemetry::gauges::SOURCE_AWAY;

use super::Evaluation;

/// A metric as alarms name it: organisation and key.
pub(super) type Metric = (String, String);

/// Whether nobody reports any more, or one source does not of which each is asked (rule M17).
fn is_away(last: &Last) -> bool {
    match last {
        Last::Nothing => false,
        Last::Given { state, .. } => matches!(state, CheckState::Unknown(Unknown::Stale | Unknown::NoData)),
    }
}

impl Evaluation {
    /// The metrics that a guardrail judged here waits for, and whether its source is away.
    fn waited_for(&self) -> BTreeMap<Metric, bool> {
        let ids: Vec<GuardrailId> = self.watches().keys().copied().collect();
        self.board.read(|view| {
            let mut waited_for: BTreeMap<(&str, &str), bool> = BTreeMap::new();
            let entries = ids.iter().filter_map(|id| view.guardrails.get(*id));
            for entry in entries.filter(|entry| entry.state.is_watching()) {
                if let Some(guardrail) = entry.state.guardrail() {
                    let away = waited_for.entry((&entry.org, &guardrail.arming.metric)).or_default();
                    *away |= is_away(&guardrail.last);
                }
            }
            waited_for
                .into_iter()
                .map(|((org, metric), away)| ((org.to_owned(), metric.to_owned()), away))
                .collect()
        })
    }

    /// Tells what went away or came back since `before`, and shows it as gauges. Returns what is away.
    pub(super) fn tell_sources(&self, before: &BTreeSet<Metric>) -> BTreeSet<Metric> {
        let waited_for = self.waited_for();
        let away: BTreeSet<Metric> =
            waited_for.iter().filter(|(_, away)| **away).map(|(metric, _)| metric.clone()).collect();
        for (org, metric) in away.difference(before) {
            tracing::warn!(org, metric, "the source of {metric} is away: nothing widens that it guards");
        }
        for (org, metric) in before.difference(&away) {
            tracing::info!(org, metric, "the source of {metric} is back");
            SOURCE_AWAY.set(metric, 0);
        }
        for ((_, metric), away) in &waited_for {
            SOURCE_AWAY.set(metric, u64::from(*away));
        }
        away
    }
}
