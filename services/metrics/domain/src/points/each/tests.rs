use verdict_kernel::check::CheckState::{Fail, Pass};

use super::super::tests::{at, row, state, terms};
use super::super::{Bucket, Judge, Report, answer, answers, fill};
use super::*;

const SILENT: CheckState = CheckState::Unknown(Unknown::NoData);
const STALE: CheckState = CheckState::Unknown(Unknown::Stale);
const INSUFFICIENT: CheckState = CheckState::Unknown(Unknown::Insufficient);

/// Fails above 0.5, each source by itself.
fn each(for_points: u32) -> Terms {
    Terms { judge: Judge::EachSource, ..terms(for_points) }
}

/// What sources say in the minutes 1, 2, 3 ...; `None` = nothing.
fn minutes(of: &[(&str, &[Option<f64>])]) -> Vec<Report> {
    let minute = |(source, values): &(&str, &[Option<f64>])| -> Vec<Report> {
        let each = (1..).zip(*values);
        each.filter_map(|(minute, value)| Some(row(source, minute * 60_000, (*value)?, 10))).collect()
    };
    of.iter().flat_map(minute).collect()
}

#[test]
fn m17_c3_each_source_is_asked_and_one_that_fails_is_enough() {
    let rows = minutes(&[("a", &[Some(0.1); 3]), ("b", &[Some(0.9); 3]), ("c", &[Some(0.0); 3])]);
    assert_eq!(state(&each(3), &rows, 180_000), Fail);
    assert_eq!(state(&terms(3), &rows, 180_000), Pass, "merged, the healthy ones outweigh it");
    let seen = answer(&each(3), &fill(&each(3), &rows, at(180_000)), at(180_000)).seen;
    assert_eq!(seen, "b: 0.9, 0.9, 0.9 (sample 30)");
}

#[test]
fn m17_points_of_several_sources_are_no_run_of_one() {
    let rows = minutes(&[
        ("a", &[Some(0.9), Some(0.1), Some(0.1)]),
        ("b", &[Some(0.1), Some(0.9), Some(0.1)]),
        ("c", &[Some(0.1), Some(0.1), Some(0.9)]),
    ]);
    assert_eq!(state(&each(2), &rows, 180_000), Pass);
    let seen = answer(&each(2), &fill(&each(2), &rows, at(180_000)), at(180_000)).seen;
    assert!(seen.ends_with(", each of 3"), "{seen}");
}

#[test]
fn m17_a_source_that_falls_silent_is_not_known_until_it_is_no_more_expected() {
    let rows = minutes(&[("a", &[Some(0.1); 4]), ("b", &[Some(0.1), None, None, None])]);
    let upto = |minute: u64| -> Vec<Report> {
        rows.iter().filter(|row| row.window_end <= at(minute * 60_000)).cloned().collect()
    };
    assert_eq!(state(&each(1), &upto(1), 60_000), Pass);
    assert_eq!(state(&each(1), &upto(2), 126_000), SILENT);
    assert_eq!(state(&terms(1), &upto(2), 126_000), Pass, "merged, it is named and no more");
    assert_eq!(state(&each(1), &upto(3), 186_000), Pass);
    assert_eq!(state(&each(2), &upto(3), 186_000), SILENT);
    assert_eq!(state(&each(2), &upto(3), 300_001), STALE, "nobody reports any more");
}

#[test]
fn m17_who_failed_and_fell_silent_is_no_better_for_it() {
    let rows = minutes(&[("a", &[Some(0.1); 3]), ("b", &[Some(0.9), Some(0.9), None])]);
    assert_eq!(state(&each(2), &rows, 186_000), Fail);
}

#[test]
fn m17_a_source_that_completes_a_bucket_late_is_news_whatever_it_says() {
    let before = minutes(&[("a", &[Some(0.1); 2]), ("b", &[Some(0.1), None])]);
    assert_eq!(state(&each(1), &before, 126_000), SILENT);
    for (value, said) in [(0.9, Fail), (0.1, Pass)] {
        let late = Report { received_at: at(127_000), ..row("b", 120_000, value, 10) };
        let rows = [&before[..], &[late]].concat();
        let filled = fill(&each(1), &rows, at(127_000));
        let answers = answers(&each(1), &filled, Bucket::of(at(120_000), each(1).refresh), at(127_000));
        // As of the instant at which it was silent: that it is worse than silence makes it news.
        assert!(answers.iter().all(|answer| (answer.state, answer.as_of) == (said, Some(at(120_000)))));
    }
}

#[test]
fn clause_24_of_a_time_that_is_still_to_come_only_a_failure_is_told() {
    let healthy = minutes(&[("a", &[Some(0.1); 2]), ("b", &[Some(0.1); 2])]);
    assert_eq!(state(&each(1), &healthy, 59_999), CheckState::Unknown(Unknown::Unhealthy));
    let sick = minutes(&[("a", &[Some(0.1), Some(0.1)]), ("b", &[Some(0.1), Some(0.9)])]);
    assert_eq!(state(&each(1), &sick, 59_999), Fail);
    // One that fell silent before is no reason to say something else.
    let silent = minutes(&[("a", &[Some(0.9), None, None]), ("b", &[None, None, Some(0.9)])]);
    assert_eq!(state(&each(2), &silent, 119_999), CheckState::Unknown(Unknown::Unhealthy));
    assert_eq!(state(&each(2), &silent, 120_000), SILENT);
}

#[test]
fn m17_each_source_needs_the_sample_of_its_own() {
    let rows = minutes(&[("a", &[Some(0.1)]), ("b", &[Some(0.1)])]);
    let of = |min_sample| Terms { min_sample, ..each(1) };
    assert_eq!(state(&of(10), &rows, 60_000), Pass);
    assert_eq!(state(&of(11), &rows, 60_000), INSUFFICIENT);
    assert_eq!(state(&Terms { min_sample: 20, ..terms(1) }, &rows, 60_000), Pass);
}

#[test]
fn m17_without_a_source_there_is_no_data() {
    assert_eq!(state(&each(1), &[], 60_000), CheckState::Unknown(Unknown::NoData));
}
