//! Working days, Monday to Friday in UTC, until teams have a zone and a calendar of their own.

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, plus};

const DAY: u64 = 86_400;

/// When the next working day after that of `at` ends.
pub(super) fn end_of_next_working_day(at: Timestamp) -> Timestamp {
    // Day 0, the first of January 1970, was a Thursday; Monday is 0.
    let day = at.as_second().div_euclid(86_400);
    let into_the_day = at.as_second().rem_euclid(86_400);
    let weekday = (day + 3).rem_euclid(7);
    let days = match weekday {
        4 => 4,
        5 => 3,
        _ => 2,
    };
    let left = days * DAY - u64::try_from(into_the_day).unwrap_or_default();
    let whole = Timestamp::from_second(at.as_second()).unwrap_or(at);
    plus(whole, Duration::from_secs(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r23_the_next_working_day_skips_the_weekend() {
        for (at, end) in [
            ("2026-03-02T09:00:00Z", "2026-03-04T00:00:00Z"), // Monday: until Tuesday ends
            ("2026-03-05T23:59:59Z", "2026-03-07T00:00:00Z"), // Thursday: Friday
            ("2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z"), // Friday: Monday
            ("2026-03-07T12:00:00.5Z", "2026-03-10T00:00:00Z"), // Saturday: Monday
            ("2026-03-08T12:00:00Z", "2026-03-10T00:00:00Z"), // Sunday: Monday
        ] {
            let at: Timestamp = at.parse().unwrap();
            assert_eq!(end_of_next_working_day(at).to_string(), end, "{at}");
        }
    }
}
