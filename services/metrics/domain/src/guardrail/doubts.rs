//! Why a guardrail may not work as it is armed (rule M18). It is armed all the same: who arms it may know better.

use std::time::Duration;

use verdict_kernel::metric_type::MetricType;
use verdict_kernel::value::Value;

use crate::evaluation::{Aggregation, Comparison, Rule, Threshold};
use crate::metric::Trend;

/// How many times as far from what is known as that is large, before a bound is far outside.
const FAR: f64 = 10.0;

/// What is known of the metric that a guardrail is armed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub kind: MetricType,
    pub good: Trend,
    pub target: Option<Value>,
    pub baseline: Option<Value>,
    /// Newest values, in any order.
    pub observed: Vec<Value>,
    pub unit: String,
    pub refresh: Duration,
    pub aggregation: Aggregation,
    /// The stage of the rollout that exposes the smallest share of the users, where the metric is that of all of them.
    pub diluted: Option<Share>,
}

/// A stage and the largest share of the users that it exposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub stage: String,
    /// 1 to 9,999.
    pub basis_points: u32,
}

/// One sentence for each doubt.
pub(super) fn doubts(rule: &Rule, known: &Known) -> Vec<String> {
    let Rule::Threshold(threshold) = rule;
    let doubts = [direction(threshold, known), distance(threshold, known), dilution(threshold, known)];
    doubts.into_iter().flatten().collect()
}

fn direction(threshold: &Threshold, known: &Known) -> Option<String> {
    let (side, better) = match (threshold.comparison, known.good) {
        (Comparison::Above, Trend::Increase) => ("above", "rises"),
        (Comparison::Below, Trend::Decrease) => ("below", "falls"),
        (Comparison::Above, Trend::Decrease) | (Comparison::Below, Trend::Increase) => return None,
    };
    let bound = threshold.value;
    Some(format!(
        "the metric gets better as it {better}, and the guardrail breaks {side} {bound}: success would break it"
    ))
}

fn distance(threshold: &Threshold, known: &Known) -> Option<String> {
    let values = known.observed.iter().chain(&known.target).chain(&known.baseline).map(|value| value.get());
    let values: Vec<f64> = values.collect();
    let least = values.iter().copied().reduce(f64::min)?;
    let most = values.iter().copied().reduce(f64::max)?;
    let bound = threshold.value.get();
    let size = least.abs().max(most.abs());
    let away = match threshold.comparison {
        Comparison::Above => bound - most,
        Comparison::Below => least - bound,
    };
    let never_negative = threshold.comparison == Comparison::Below && bound < 0.0 && least >= 0.0;
    (away > FAR * size || never_negative).then(|| {
        format!("the bound {bound} is far from everything known of the metric, {least} to {most}: it may never break")
    })
}

/// Those who are not exposed hold a metric of all users where it is: with a share `s` exposed it goes no further than
/// `s` of the way to the end of its scale.
fn dilution(threshold: &Threshold, known: &Known) -> Option<String> {
    let Share { stage, basis_points } = known.diluted.as_ref()?;
    let share = f64::from(*basis_points) / 10_000.0;
    let observed = || known.observed.iter().map(|value| value.get());
    let (least, most) = (observed().reduce(f64::min)?, observed().reduce(f64::max)?);
    let bound = threshold.value.get();
    let (end, never) = match threshold.comparison {
        Comparison::Above => {
            let end = most + share * (top(&known.unit, most)? - most);
            (end, most <= bound && end <= bound)
        }
        Comparison::Below if least < 0.0 => return None,
        Comparison::Below => {
            let end = least * (1.0 - share);
            (end, least >= bound && end >= bound)
        }
    };
    let percent = share * 100.0;
    never.then(|| {
        format!(
            "the metric is that of all users, of whom stage {stage} exposes {percent} %: were all of them to fail, it \
             would come to {end}, and the guardrail breaks beyond {bound}; send observations of the rollout alone"
        )
    })
}

/// Where the scale of a unit ends; `None` where it has no end.
fn top(unit: &str, most: f64) -> Option<f64> {
    let end = match unit.to_lowercase().as_str() {
        "%" | "percent" => 100.0,
        "ratio" | "rate" | "share" | "fraction" => 1.0,
        _ => return None,
    };
    (most <= end).then_some(end)
}
