//! How often a delivery is tried, and when a digest is due.

use std::time::Duration;

use verdict_kernel::clock::Timestamp;

/// Attempts after which a delivery is a dead letter: over four hours go by between the first and the last one.
pub const ATTEMPTS: u32 = 12;
/// The pause after the first attempt; it doubles.
const FIRST: Duration = Duration::from_secs(5);
/// The longest pause.
const LONGEST: Duration = Duration::from_hours(1);
/// The longest digest; a longer one goes out before its time.
pub const MOST_IN_DIGEST: usize = 100;

/// The pause after so many attempts that failed. `jitter` is from 0 to 1: the pause is from a half of it to all of it, so
/// that sinks that failed together do not come back together.
pub fn pause(attempts: u32, jitter: f64) -> Duration {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1)));
    doubled.min(LONGEST).mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0)
}

/// When what happened at this time is told in a digest: the next time that it is nine o'clock in UTC (rule N2; a sink is
/// no person with a time of its own).
pub fn digest_due(first: Timestamp) -> Timestamp {
    const DAY: i64 = 86_400;
    const NINE: i64 = 9 * 3_600;
    let days = (first.as_second() - NINE).div_euclid(DAY) + 1;
    Timestamp::from_second(days * DAY + NINE).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_and_jitter_shortens_them_by_a_half_at_most() {
        let seconds = |attempts| pause(attempts, 1.0).as_secs();
        assert_eq!([1, 2, 3, 10, 11, 40].map(seconds), [5, 10, 20, 2_560, 3_600, 3_600]);
        assert_eq!(pause(3, 0.0), Duration::from_secs(10));
        assert_eq!(pause(3, 0.5), Duration::from_secs(15));
    }

    #[test]
    fn n2_a_digest_is_due_at_the_next_nine_o_clock() {
        let due = |text: &str| digest_due(text.parse().unwrap()).to_string();
        assert_eq!(due("2026-03-02T08:59:59Z"), "2026-03-02T09:00:00Z");
        assert_eq!(due("2026-03-02T09:00:00Z"), "2026-03-03T09:00:00Z");
        assert_eq!(due("2026-12-31T23:00:00Z"), "2027-01-01T09:00:00Z");
    }
}
