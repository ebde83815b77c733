//! Terms that differ a little from those that were tried: whether the threshold stands on a cliff is seen by what those
//! beside it would have done.

use std::num::NonZeroU32;

use super::with;
use crate::evaluation::{Rule, Terms, Threshold};
use verdict_kernel::value::Value;

/// Parts of itself by which a threshold is moved.
const SHARES: [f64; 6] = [-0.25, -0.1, -0.05, 0.05, 0.1, 0.25];

/// Terms beside these, the thresholds in their order and then the lengths. `observed`: what the series holds; a threshold
/// of zero has no part of itself and is moved by parts of its extent.
pub fn neighbours(terms: &Terms, observed: impl IntoIterator<Item = Value>) -> Vec<Terms> {
    let Rule::Threshold(Threshold { value, for_points, .. }) = terms.rule;
    let size = if value.get() == 0.0 { extent(observed) } else { value.get().abs() };
    let moved = SHARES.iter().filter_map(|share| rounded(value.get() + share * size));
    let mut beside: Vec<Terms> = moved.map(|moved| with(terms, moved, for_points)).collect();
    let half = NonZeroU32::new(for_points.get() / 2);
    let double = for_points.checked_mul(NonZeroU32::MIN.saturating_add(1));
    beside.extend([half, double].into_iter().flatten().map(|points| with(terms, value, points)));
    beside.dedup();
    beside.retain(|beside| beside != terms);
    beside
}

/// With the digits that a person would write.
fn rounded(number: f64) -> Option<Value> {
    format!("{number:.5e}").parse().ok()
}

fn extent(observed: impl IntoIterator<Item = Value>) -> f64 {
    let sizes = observed.into_iter().map(|value| value.get().abs());
    sizes.reduce(f64::max).unwrap_or_default()
}
