//! What is read, and what is said of what is not.

use super::*;

fn now() -> Timestamp {
    "2026-11-30T09:00:00Z".parse().unwrap()
}

#[test]
fn a_share_names_its_unit() {
    for (text, points) in [("5%", 500), ("12.5%", 1_250), ("0.25 %", 25), ("100%", 10_000), ("0%", 0)] {
        assert_eq!(percent(text), Ok(points), "{text}");
    }
    for (text, said) in [
        ("5", "5 has no unit: write 5%"),
        ("0.5", "0.5 has no unit: write 0.5%"),
        ("101%", "'101%' is no percentage: write it as 5% or 0.25%, up to 100%"),
        ("0.125%", "'0.125%' is no percentage: write it as 5% or 0.25%, up to 100%"),
        ("-1%", "'-1%' is no percentage: write it as 5% or 0.25%, up to 100%"),
        ("half", "'half' is no percentage: write it as 5% or 0.25%, up to 100%"),
    ] {
        assert_eq!(percent(text), Err(said.to_owned()), "{text}");
    }
}

#[test]
fn days_are_24_hours_and_time_never_moves_back() {
    assert_eq!(duration("3d"), Ok(SignedDuration::from_hours(72)));
    assert_eq!(duration("1d 6h"), Ok(SignedDuration::from_hours(30)));
    assert_eq!(duration("6w"), Ok(SignedDuration::from_hours(24 * 42)));
    for (text, said) in [
        ("-1h", "time only moves forward"),
        ("soon", "'soon' is no duration: write one such as 12h, 3d or 1d 6h"),
        ("1y", "'1y': months and years differ in length; write days, such as 30d"),
        ("300", "300 has no unit: write 300s, or a duration such as 12h or 3d"),
    ] {
        assert_eq!(duration(text), Err(said.to_owned()), "{text}");
    }
}

#[test]
fn a_time_may_be_a_date_or_so_long_from_now() {
    for (text, read) in [
        ("2026-12-01T09:00:00+01:00", "2026-12-01T09:00:00+01:00"),
        ("2026-12-01", "2026-12-01T00:00:00Z"),
        ("6w", "2027-01-11T09:00:00Z"),
    ] {
        assert_eq!(time(text, now()), Ok(read.to_owned()), "{text}");
    }
    assert!(is_from_now("6w") && !is_from_now("2026-12-01"));
    for text in ["tomorrow", "2026-13-01", "12", "2026-12-01T09:00", "2026-12-01 09:00"] {
        let said = time(text, now()).unwrap_err();
        assert!(said.starts_with(&format!("'{text}' is no time: write 2026-12-01")), "{said}");
    }
    assert_eq!(time("9999-12-31", now()), Err("9999-12-31 is further away than time reaches".to_owned()));
}

#[test]
fn what_was_measured_is_finite_and_may_be_below_nothing() {
    assert_eq!(number("-0.5"), Ok(-0.5));
    assert_eq!(number("inf"), Err("inf is not finite".to_owned()));
    assert_eq!(number("much"), Err("'much' is no number, such as 20 or -0.5".to_owned()));
}
