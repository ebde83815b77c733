use proptest::prelude::*;
use verdict_kernel::check::CheckState::{self, Fail, Pass};
use verdict_kernel::check::Unknown;

use super::*;
use crate::evaluation::Aggregation;

const MINUTE: Duration = Duration::from_mins(1);
const HALF_A_MINUTE: jiff::SignedDuration = jiff::SignedDuration::from_secs(30);
const INSUFFICIENT: CheckState = CheckState::Unknown(Unknown::Insufficient);

/// So many milliseconds after the beginning of a minute.
pub(super) fn at(milliseconds: u64) -> Timestamp {
    plus("2026-03-01T00:00:00Z".parse().unwrap(), Duration::from_millis(milliseconds))
}

/// Fails above 0.5.
pub(super) fn terms(for_points: u32) -> Terms {
    Terms {
        rule: Rule::Threshold(Threshold {
            comparison: Comparison::Above,
            value: number(0.5),
            for_points: NonZeroU32::new(for_points).unwrap(),
        }),
        min_sample: 0,
        severity: Severity::Normal,
        refresh: MINUTE,
        judge: Judge::Merged,
        aggregation: Aggregation::Mean,
    }
}

pub(super) fn number(number: f64) -> Value {
    Value::new(number).unwrap()
}

/// A minute of a source that arrived as it ended.
pub(super) fn row(source: &str, end: u64, value: f64, count: u64) -> Report {
    let sum = number(value * f64::from(u32::try_from(count).unwrap()));
    Report {
        source: source.to_owned(),
        arm: String::new(),
        window_start: at(end) - jiff::SignedDuration::from_mins(1),
        window_end: at(end),
        received_at: at(end),
        amount: Amount::Summed { count, sum, min: number(value), max: number(value) },
    }
}

fn plain(source: &str, end: u64, value: f64) -> Report {
    Report { amount: Amount::Plain(number(value)), ..row(source, end, value, 1) }
}

pub(super) fn state(terms: &Terms, rows: &[Report], now: u64) -> CheckState {
    answer(terms, &fill(terms, rows, at(now)), at(now)).state
}

fn values(terms: &Terms, rows: &[Report], now: u64) -> Vec<f64> {
    fill(terms, rows, at(now)).iter().map(|filled| filled.point.value.get()).collect()
}

#[test]
fn a_bucket_holds_its_end_and_not_its_beginning() {
    let of = |end| Bucket::of(at(end), MINUTE);
    assert_eq!(of(60_000), of(1));
    assert_eq!(of(60_001), of(120_000));
    assert_eq!(of(60_000).end(MINUTE), at(60_000));
    assert_eq!(of(120_000).before(1), of(60_000));
    assert_eq!(Bucket::of(Timestamp::UNIX_EPOCH, MINUTE).end(MINUTE), Timestamp::UNIX_EPOCH);
}

#[test]
fn m17_sources_of_a_window_are_merged_by_their_counts() {
    let rows = [row("a", 60_000, 1.0, 10), row("b", 60_000, 0.0, 990)];
    assert_eq!(values(&terms(1), &rows, 60_000), [0.01]);
    assert_eq!(state(&terms(1), &rows, 60_000), Pass);
}

#[test]
fn m17_of_plain_values_the_worst_source_counts_whatever_it_is_called() {
    for (a, z) in [(0.9, 0.001), (0.001, 0.9)] {
        let rows = [plain("a", 60_000, a), plain("z", 60_000, z)];
        assert_eq!(values(&terms(1), &rows, 60_000), [0.9]);
        assert_eq!(state(&terms(1), &rows, 60_000), Fail);
    }
}

#[test]
fn m17_a_percentile_does_not_add_so_the_worst_source_counts() {
    let rows = [row("a", 60_000, 0.9, 10), row("b", 60_000, 0.1, 990)];
    for aggregation in Aggregation::ALL.into_iter().filter(|aggregation| !aggregation.adds()) {
        let worst = Terms { aggregation, ..terms(1) };
        assert_eq!(values(&worst, &rows, 60_000), [0.9], "{aggregation:?}");
        // Nor do those of one source: the mean of two percentiles is none.
        let halves = [row("a", 30_000, 0.9, 10), row("a", 60_000, 0.1, 990)];
        let halves = halves.map(|half| Report { window_start: half.window_end - HALF_A_MINUTE, ..half });
        assert_eq!(values(&worst, &halves, 60_000), [0.9], "{aggregation:?}");
        assert_eq!(values(&terms(1), &halves, 60_000), [0.108]);
    }
    assert_eq!(values(&terms(1), &rows, 60_000), [0.108]);
}

#[test]
fn m17_c5_arms_of_one_source_and_window_are_two_rows() {
    let of = |arm: &str, value| Report { arm: arm.to_owned(), ..row("a", 60_000, value, 10) };
    let rows = [of("blue", 0.0), of("green", 1.0)];
    assert_eq!(values(&terms(1), &rows, 60_000), [0.5]);
    // One that falls silent is missed by its name.
    let mut rows = rows.to_vec();
    rows.push(Report { arm: "blue".to_owned(), ..row("a", 120_000, 0.1, 1) });
    assert_eq!(counts_next(&fill(&terms(1), &rows, at(120_000))), Some(at(126_000)));
    let seen = answer(&terms(1), &fill(&terms(1), &rows, at(126_000)), at(126_000)).seen;
    assert_eq!(seen, "0.1 (sample 1); silent: a (green)");
}

#[test]
fn m17_one_sick_source_of_three_is_seen() {
    let minute = |index: u64| {
        let end = index * 60_000;
        [row("a", end, 0.1, 1), row("b", end, 0.1, 1), row("c", end, 1.0, 20)]
    };
    let rows: Vec<Report> = (1..=20).flat_map(minute).collect();
    assert_eq!(state(&terms(3), &rows, 20 * 60_000), Fail);
}

#[test]
fn m17_one_bad_minute_of_three_sources_is_one_point() {
    let rows = ["a", "b", "c"].map(|source| row(source, 60_000, 0.9, 1));
    assert_eq!(state(&terms(3), &rows, 60_000), INSUFFICIENT);
    assert_eq!(state(&terms(1), &rows, 60_000), Fail);
}

#[test]
fn m17_overlapping_windows_of_one_source_are_one_point() {
    // Wherever the buckets end.
    for end in [30_000, 58_500, 59_500, 60_000] {
        let rows = [0, 1_000, 2_000].map(|later| row("a", end + later, 0.9, 1));
        assert_eq!(state(&terms(2), &rows, end + 2_000), INSUFFICIENT, "{end}");
    }
}

#[test]
fn m17_a_window_that_slides_says_what_it_said_last() {
    let rows = [row("a", 20_000, 0.9, 7), row("a", 30_000, 0.1, 7)];
    let filled = fill(&terms(1), &rows, at(30_000));
    let Point { value, count, .. } = filled[0].point;
    assert_eq!((value, count), (number(0.1), 7));
}

#[test]
fn m17_a_source_that_reports_daily_about_a_week_has_a_point_a_day() {
    let day = Duration::from_hours(24);
    let weekly = Terms { refresh: day, ..terms(3) };
    let rows: Vec<Report> = (1..=3)
        .map(|index| {
            let end = plus(at(0), day * index);
            Report {
                window_start: end - jiff::SignedDuration::from_hours(24 * 7),
                window_end: end,
                received_at: end,
                ..row("a", 0, 0.9, 1)
            }
        })
        .collect();
    assert_eq!(
        answer(&weekly, &fill(&weekly, &rows, plus(at(0), day * 3)), plus(at(0), day * 3)).state,
        Fail
    );
}

#[test]
fn a_bucket_counts_once_every_source_of_the_one_before_has_reported() {
    let mut rows = vec![row("a", 60_000, 0.9, 1), row("b", 60_000, 0.9, 1), row("a", 90_000, 0.9, 1)];
    assert_eq!(state(&terms(2), &rows, 90_000), INSUFFICIENT);
    let filled = fill(&terms(2), &rows, at(90_000));
    assert_eq!(counts_next(&filled), Some(at(126_000)));
    assert_eq!(state(&terms(2), &rows, 125_999), INSUFFICIENT);
    assert_eq!(state(&terms(2), &rows, 126_000), Fail, "grace");
    rows.push(row("b", 100_000, 0.9, 1));
    assert_eq!(state(&terms(2), &rows, 100_000), Fail, "the deciding row");
    assert_eq!(counts_next(&fill(&terms(2), &rows, at(100_000))), None);
}

#[test]
fn a_bucket_does_not_count_before_the_one_before_it() {
    // What `b` has to say of the first minute arrives late; `a` alone is no reason to judge the second.
    let rows = [
        row("a", 60_000, 0.1, 1),
        row("b", 60_000, 0.1, 1),
        row("a", 120_000, 0.9, 1),
        row("a", 121_000 + 58_000, 0.9, 1),
    ];
    let early = [rows[0].clone(), rows[1].clone(), rows[2].clone(), row("a", 120_500 + 30_000, 0.9, 1)];
    assert_eq!(state(&terms(1), &early[..3], 120_500), Pass);
    let standing = |rows: &[Report], now| fill(&terms(1), rows, at(now)).pop().unwrap().standing;
    assert_eq!(standing(&early, 121_000), Standing::Open { until: at(186_000) });
    assert_eq!(standing(&rows, 179_000), Standing::Counted, "the second one counts by now");
}

#[test]
fn one_source_alone_never_waits() {
    let rows: Vec<Report> = (1..=3).map(|index| row("a", index * 60_000 - 7, 0.9, 1)).collect();
    assert_eq!(state(&terms(3), &rows, 180_000 - 7), Fail);
    assert_eq!(counts_next(&fill(&terms(3), &rows, at(180_000 - 7))), None);
}

#[test]
fn grace_is_a_tenth_of_the_refresh_between_one_second_and_thirty() {
    let grace = |seconds| grace(Duration::from_secs(seconds)).as_secs();
    assert_eq!([grace(1), grace(60), grace(299), grace(3_600)], [1, 6, 29, 30]);
}

#[test]
fn m10_only_a_critical_guardrail_breaks_on_a_bucket_that_is_open() {
    let rows = [row("a", 60_000, 0.1, 5), row("b", 60_000, 0.1, 5), row("a", 90_000, 1.0, 3)];
    let critical = |events| Terms { min_sample: 100, severity: Severity::Critical { events }, ..terms(1) };
    assert_eq!(state(&terms(1), &rows, 90_000), Pass);
    assert_eq!(state(&critical(3), &rows, 90_000), Fail);
    assert_eq!(state(&critical(4), &rows, 90_000), INSUFFICIENT);
}

#[test]
fn clause_24_a_window_that_ends_far_away_is_one_row_of_the_present() {
    let far = Report { window_end: at(3_600_000), ..row("z", 60_000, 0.1, 1) };
    let mut rows = vec![far];
    rows.extend((2..=5).map(|index| row("a", index * 60_000, 0.9, 1)));
    let judged = answer(&terms(3), &fill(&terms(3), &rows, at(300_000)), at(300_000));
    assert_eq!((judged.state, judged.as_of), (Fail, Some(at(300_000))));
    let stale = at(300_000 + 120_001);
    assert_eq!(
        answer(&terms(3), &fill(&terms(3), &rows, stale), stale).state,
        CheckState::Unknown(Unknown::Stale)
    );
}

#[test]
fn clause_24_a_far_window_hides_no_later_one_of_its_source() {
    let far = Report { window_end: at(3_600_000), ..row("a", 60_000, 0.1, 1) };
    let mut rows = vec![far];
    rows.extend((2..=4).map(|index| row("a", index * 60_000, 0.9, 1)));
    assert_eq!(state(&terms(3), &rows, 240_000), Fail);
}

#[test]
fn an_answer_names_the_sources_that_fell_silent() {
    let mut rows: Vec<Report> = (0..5).map(|index| row(&format!("web-{index}"), 60_000, 0.1, 1)).collect();
    rows.push(row("web-0", 120_000, 0.1, 1));
    let seen = |now| answer(&terms(1), &fill(&terms(1), &rows, at(now)), at(now)).seen;
    assert_eq!(seen(126_000), "0.1 (sample 1); silent: web-1, web-2, web-3 and 1 more");
    assert_eq!(seen(125_999), "0.1 (sample 5)");
}

#[test]
fn a_batch_is_judged_window_by_window_and_an_old_one_not_at_all() {
    let hours = |values: &[f64], received: u64| -> Vec<Report> {
        let each = (1..).zip(values);
        each.map(|(index, &value)| Report { received_at: at(received), ..row("a", index * 60_000, value, 1) })
            .collect()
    };
    let states = |rows: &[Report], now| -> Vec<CheckState> {
        let filled = fill(&terms(3), rows, at(now));
        answers(&terms(3), &filled, Bucket::of(at(1), MINUTE), at(now)).iter().map(|it| it.state).collect()
    };
    let batch = hours(&[0.1, 0.9, 0.9, 0.9, 0.1], 300_000);
    assert_eq!(states(&batch, 300_000), [Pass, Pass, Pass, Fail, Pass]);
    let old = hours(&[0.9, 0.9, 0.9, 0.9, 0.1], 300_000 + 120_001);
    assert_eq!(states(&old, 300_000 + 120_001), [CheckState::Unknown(Unknown::Stale)]);
}

fn metric(good: Trend, aggregation: Aggregation) -> Definition {
    Definition {
        key: "errors".to_owned(),
        kind: verdict_kernel::metric_type::MetricType::Guardrail,
        unit: String::new(),
        good,
        target: None,
        baseline: None,
        refresh: MINUTE,
        aggregation,
        leads_to: Vec::new(),
        revision: 1,
    }
}

#[test]
fn m17_a_metric_shows_what_all_of_its_sources_came_to() {
    let rows = [row("a", 60_000, 1.0, 10), row("z", 60_000, 0.0, 990)];
    let shown = newest(&metric(Trend::Decrease, Aggregation::Mean), &rows, at(60_000));
    assert_eq!(shown, Some(Point { window_end: at(60_000), value: number(0.01), count: 1_000 }));
    let rows = [plain("a", 60_000, 0.9), plain("z", 60_000, 0.1)];
    let value = |good, rows: &[Report]| {
        newest(&metric(good, Aggregation::Mean), rows, at(60_000)).map(|point| point.value)
    };
    let both = [Trend::Decrease, Trend::Increase].map(|good| value(good, &rows));
    assert_eq!(both, [Some(number(0.9)), Some(number(0.1))]);
    assert_eq!(value(Trend::Increase, &[]), None);
    let rows = [row("a", 60_000, 0.9, 10), row("z", 60_000, 0.1, 990)];
    let percentile = newest(&metric(Trend::Decrease, Aggregation::Percentile), &rows, at(60_000));
    assert_eq!(percentile.map(|point| point.value), Some(number(0.9)));
}

/// Rows of three sources over a quarter of an hour, some of which overlap, come late, are the platform's future or
/// stand twice.
fn rows() -> impl Strategy<Value = Vec<Report>> {
    let one = (0..4_usize, 0..900_000_u64, 1..90_000_u64, 0..150_000_u64, 0..4_u32, 0..5_u64, any::<bool>());
    let report = one.prop_map(|(source, end, length, late, tenths, count, is_plain)| {
        let (source, arm) = [("a", ""), ("b", ""), ("c", "blue"), ("c", "green")][source];
        let value = f64::from(tenths) / 3.0;
        let made = if is_plain { plain(source, end, value) } else { row(source, end, value, count + 1) };
        Report {
            window_start: at(end) - jiff::SignedDuration::from_millis(i64::try_from(length).unwrap()),
            received_at: at((end + late).saturating_sub(30_000)),
            arm: arm.to_owned(),
            ..made
        }
    });
    proptest::collection::vec(report, 0..60).prop_map(|mut rows| {
        // A key is one row, whatever else it says: the store sees to that.
        let mut known = std::collections::HashSet::new();
        rows.retain(|row| {
            known.insert((row.source.clone(), row.arm.clone(), row.window_start, row.window_end))
        });
        rows
    })
}

/// However its sources are judged.
fn any_terms() -> impl Strategy<Value = Terms> {
    let judge = prop_oneof![Just(Judge::Merged), Just(Judge::EachSource)];
    let aggregation = prop_oneof![Just(Aggregation::Mean), Just(Aggregation::Percentile)];
    let severity =
        prop_oneof![Just(Severity::Normal), (1..6_u32).prop_map(|events| Severity::Critical { events })];
    (1..4_u32, 0..6_u32, judge, aggregation, severity).prop_map(
        |(for_points, min_sample, judge, aggregation, severity)| Terms {
            min_sample,
            severity,
            judge,
            aggregation,
            ..terms(for_points)
        },
    )
}

proptest! {
    #[test]
    fn m17_the_answer_is_the_same_in_every_order_and_with_every_row_twice(
        (rows, shuffled) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        terms in any_terms(),
        now in 0..1_100_000_u64,
    ) {
        let filled = fill(&terms, &rows, at(now));
        let twice: Vec<&Report> = shuffled.iter().chain(&shuffled).collect();
        prop_assert_eq!(&fill(&terms, twice, at(now)), &filled);
    }

    #[test]
    fn m17_what_is_older_than_the_rule_looks_at_changes_no_answer(rows in rows(), terms in any_terms(), now in 900_000..1_100_000_u64) {
        let filled = fill(&terms, &rows, at(now));
        // The buckets that an answer looks at, and the one before for who reported in it.
        let Some(first) = filled.len().checked_sub(terms.rule.looks_at() + 4).map(|index| filled[index].bucket) else {
            return Ok(());
        };
        let recent: Vec<&Report> = rows.iter().filter(|row| row.bucket(MINUTE) >= first).collect();
        let kept = fill(&terms, recent, at(now));
        prop_assert_eq!(answer(&terms, &kept, at(now)), answer(&terms, &filled, at(now)));
    }

    /// Whoever looks again at that time, or when a row comes, misses nothing.
    #[test]
    fn m17_before_the_next_change_the_answer_is_the_same(
        rows in rows(),
        terms in any_terms(),
        now in 0..1_100_000_u64,
        part in 0.0..1.0_f64,
    ) {
        let filled = fill(&terms, &rows, at(now));
        let found = answer(&terms, &filled, at(now));
        prop_assume!(found.state != CheckState::Unknown(Unknown::Unhealthy));
        let next = changes_next(&terms, &filled, at(now));
        let last = next.map_or_else(|| at(now + 1_000_000), |next| next - jiff::SignedDuration::from_millis(1));
        prop_assert!(last >= at(now));
        let then = plus(at(now), between(at(now), last).mul_f64(part));
        for then in [then, last] {
            let again = answer(&terms, &fill(&terms, &rows, then), then);
            prop_assert_eq!((again.state, again.as_of, again.sample), (found.state, found.as_of, found.sample));
        }
    }

    #[test]
    fn clause_24_no_point_is_newer_than_the_time_at_which_it_was_received(rows in rows(), now in 0..1_100_000_u64) {
        for filled in fill(&terms(1), &rows, at(now)) {
            prop_assert!(filled.point.window_end <= filled.received_at);
        }
    }

    #[test]
    fn m17_a_fail_of_a_guardrail_that_is_not_critical_rests_on_counted_buckets(rows in rows(), for_points in 1..4_u32, now in 0..1_100_000_u64) {
        let terms = terms(for_points);
        let filled = fill(&terms, &rows, at(now));
        if answer(&terms, &filled, at(now)).state == Fail {
            let counted: Vec<&Filled> = filled.iter().filter(|it| it.standing == Standing::Counted).collect();
            let run = counted.iter().rev().take_while(|it| it.point.value > number(0.5)).count();
            prop_assert!(run >= for_points as usize);
        }
    }

    /// The last answer of whoever collected the rows one by one is that of whoever starts with all of them, at any
    /// moment: both ask the same function about the same rows.
    #[test]
    fn m17_a_restart_at_any_row_comes_to_the_same_answer(mut rows in rows(), split in 0..60_usize, terms in any_terms()) {
        rows.sort_by_key(|row| row.received_at);
        let split = split.min(rows.len());
        let mut live = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            live.push(row.clone());
            if index + 1 == split {
                // Stored rows come back in the order of their windows.
                live.sort_by_key(|row| (row.window_end, row.window_start));
            }
            let now = row.received_at;
            let fresh = fill(&terms, &rows[..=index], now);
            let kept = fill(&terms, &live, now);
            let first = Bucket::of(at(0), MINUTE).before(10);
            prop_assert_eq!(answers(&terms, &kept, first, now), answers(&terms, &fresh, first, now));
            prop_assert_eq!(answer(&terms, &kept, now), answers(&terms, &fresh, first, now).pop().unwrap());
        }
    }
}
