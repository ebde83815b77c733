//! What many measurements of one thing come to.

use std::time::Duration;

/// The time that this share of the measurements does not exceed.
pub(crate) fn quantile(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index into some thousand measurements"
    )]
    let index = (last as f64 * share) as usize;
    times[index]
}
