use proptest::prelude::*;

use super::neighbours::neighbours;
use super::record::{Counts, Deploy, Incident, Judgement, Record, Span};
use super::*;
use crate::evaluation::Severity;
use crate::evaluation::{Aggregation, Judge};

const MINUTE: Duration = Duration::from_mins(1);

fn at(minute: u64) -> Timestamp {
    verdict_kernel::clock::plus(
        "2026-03-01T00:00:00Z".parse().unwrap(),
        MINUTE * u32::try_from(minute).unwrap(),
    )
}

/// Fails above 0.5.
fn terms(for_points: u32) -> Terms {
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

fn number(number: f64) -> Value {
    Value::new(number).unwrap()
}

/// A value for each minute from the first on; none where there is no data.
fn series(values: &[Option<f64>]) -> Vec<(Timestamp, Value)> {
    (1..).zip(values).filter_map(|(minute, value)| Some((at(minute), number((*value)?)))).collect()
}

fn replayed(for_points: u32, values: &[Option<f64>]) -> Replayed {
    let until = at(u64::try_from(values.len()).unwrap());
    replay(&terms(for_points), rows(&series(values), MINUTE), until)
}

fn whole(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

#[test]
fn a_breach_has_a_beginning_an_end_and_its_worst_value() {
    let Replayed { breaches, .. } = replayed(3, &whole(&[0.1, 0.6, 0.9, 0.7, 0.8, 0.2, 0.6]));
    let wanted = Breach { began: at(1), breached: at(4), ended: Some(at(6)), worst: number(0.9), windows: 4 };
    assert_eq!(breaches, [wanted]);
}

#[test]
fn a_breach_that_lasts_has_no_end() {
    let Replayed { breaches, .. } = replayed(2, &whole(&[0.1, 0.6, 0.7]));
    assert_eq!(breaches.iter().map(|breach| (breach.ended, breach.windows)).collect::<Vec<_>>(), [(None, 2)]);
}

#[test]
fn below_the_least_is_the_worst() {
    let mut below = terms(1);
    below.rule = Rule::Threshold(Threshold {
        comparison: Comparison::Below,
        value: number(0.5),
        for_points: NonZeroU32::MIN,
    });
    let rows = rows(&series(&whole(&[0.6, 0.4, 0.1, 0.3])), MINUTE);
    assert_eq!(replay(&below, rows, at(4)).breaches[0].worst, number(0.1));
}

#[test]
fn too_few_points_in_a_row_breach_nothing() {
    assert_eq!(replayed(3, &whole(&[0.6, 0.6, 0.1, 0.6, 0.6, 0.1])).breaches, []);
}

#[test]
fn m4_silence_is_neither_a_breach_nor_its_end() {
    let mut values = whole(&[0.1, 0.6, 0.6]);
    values.extend([None; 5]);
    values.push(Some(0.6));
    values.push(Some(0.1));
    let Replayed { breaches, silences, points } = replayed(2, &values);
    assert_eq!(silences, 1);
    assert_eq!(points.len(), 5);
    assert_eq!(breaches.iter().map(|breach| breach.ended).collect::<Vec<_>>(), [Some(at(10))]);
}

#[test]
fn silence_up_to_the_end_is_noticed() {
    let silent = [Some(0.1), None, None, None];
    assert_eq!(replayed(1, &silent).silences, 1);
    assert_eq!(replayed(1, &silent[..2]).silences, 0);
}

#[test]
fn m10_too_small_a_sample_breaches_nothing() {
    let few = Terms { min_sample: 3, ..terms(2) };
    let bad = rows(&series(&whole(&[0.6, 0.6, 0.6, 0.6])), MINUTE);
    assert_eq!(replay(&few, bad.clone(), at(4)).breaches, []);
    assert_eq!(replay(&terms(2), bad, at(4)).breaches.len(), 1);
}

#[test]
fn several_rows_of_a_bucket_are_one_point_the_worst_of_them() {
    let series: Vec<_> =
        (1..=4).map(|minute| (at(minute), number(if minute == 2 { 0.9 } else { 0.1 }))).collect();
    let coarse = Terms { refresh: MINUTE * 4, ..terms(1) };
    let Replayed { points, breaches, .. } = replay(&coarse, rows(&series, coarse.refresh), at(4));
    assert_eq!(points.iter().map(|point| point.value).collect::<Vec<_>>(), [number(0.9)]);
    assert_eq!(breaches.len(), 1);
}

fn incident(began: u64, ended: u64) -> Incident {
    Incident { name: format!("incident of {began}"), began: at(began), ended: at(ended) }
}

fn record(incidents: Vec<Incident>, deploys: Vec<Deploy>) -> Record {
    let known = Some(Span { from: at(0), to: at(60) });
    Record { incidents, known, deploys, tolerance: MINUTE * 5 }
}

/// From minute 20 to 30.
fn breach() -> Breach {
    Breach { began: at(20), breached: at(22), ended: Some(at(30)), worst: number(1.0), windows: 10 }
}

fn judged(record: &Record) -> Judgement {
    record.tell(&breach(), at(60)).judgement
}

#[test]
fn a_breach_is_right_when_an_incident_lasted_give_or_take_the_tolerance() {
    for (began, ended, wanted) in [
        (22, 24, Judgement::Right),
        (0, 15, Judgement::Right),
        (0, 14, Judgement::False),
        (35, 40, Judgement::Right),
        (36, 40, Judgement::False),
        (0, 60, Judgement::Right),
    ] {
        assert_eq!(judged(&record(vec![incident(began, ended)], Vec::new())), wanted, "{began} to {ended}");
    }
}

#[test]
fn of_a_time_of_which_nothing_is_known_nothing_is_said() {
    let all = record(Vec::new(), Vec::new());
    assert_eq!(judged(&all), Judgement::False);
    assert_eq!(judged(&Record { known: None, ..all.clone() }), Judgement::Unknown);
    let later = Some(Span { from: at(23), to: at(60) });
    assert_eq!(judged(&Record { known: later, ..all }), Judgement::Unknown);
}

#[test]
fn a_deploy_just_before_makes_a_breach_without_an_incident_unknown() {
    let deploy = |minute| Deploy { name: format!("v{minute}"), at: at(minute) };
    assert_eq!(judged(&record(Vec::new(), vec![deploy(14)])), Judgement::False);
    assert_eq!(judged(&record(Vec::new(), vec![deploy(23)])), Judgement::False);
    let two = record(Vec::new(), vec![deploy(18), deploy(15)]);
    let breach = breach();
    let told = two.tell(&breach, at(60));
    assert_eq!(told.judgement, Judgement::Unknown);
    assert_eq!(told.deploy.map(|(deploy, before)| (deploy.name.as_str(), before)), Some(("v18", MINUTE * 2)));
    assert_eq!(judged(&record(vec![incident(22, 24)], vec![deploy(18)])), Judgement::Right);
}

#[test]
fn an_incident_of_the_period_during_which_nothing_broke_is_missed() {
    let record = record(vec![incident(22, 24), incident(40, 41), incident(70, 80)], Vec::new());
    let counts = record.count(&[breach()], Span { from: at(0), to: at(60) });
    assert_eq!(counts, Counts { breaches: 1, right: 1, missed: 1, ..Counts::default() });
}

#[test]
fn neighbours_lie_on_both_sides_and_are_none_of_them_the_rule_itself() {
    let beside = |threshold: f64, for_points: u32| {
        let terms = with(&terms(1), number(threshold), NonZeroU32::new(for_points).unwrap());
        let observed = [number(-4.0), number(2.0)];
        let of = |terms: Terms| {
            let Rule::Threshold(Threshold { value, for_points, .. }) = terms.rule;
            (value.get(), for_points.get())
        };
        neighbours(&terms, observed).into_iter().map(of).collect::<Vec<_>>()
    };
    let five = |value| (value, 5);
    let moved = [0.015, 0.018, 0.019, 0.021, 0.022, 0.025].map(five);
    assert_eq!(beside(0.02, 5), [&moved[..], &[(0.02, 2), (0.02, 10)]].concat());
    assert_eq!(beside(0.0, 1)[..3], [(-1.0, 1), (-0.4, 1), (-0.2, 1)]);
    assert_eq!(beside(0.0, 1).last(), Some(&(0.0, 2)));
}

proptest! {
    #[test]
    fn every_breach_is_a_run_as_long_as_the_rule_and_they_do_not_overlap(
        values in proptest::collection::vec(proptest::option::weighted(0.8, 0.0..1.0), 1..60),
        for_points in 1_u32..5,
    ) {
        let Replayed { breaches, points, .. } = replayed(for_points, &values);
        for breach in &breaches {
            prop_assert!(breach.windows >= for_points as usize);
            prop_assert!(breach.worst > number(0.5));
            prop_assert!(breach.began < breach.breached);
            prop_assert!(breach.ended.is_none_or(|ended| ended > breach.breached));
        }
        for pair in breaches.windows(2) {
            prop_assert!(pair[0].ended.is_some_and(|ended| ended < pair[1].breached));
        }
        prop_assert_eq!(points.len(), values.iter().flatten().count());
    }
}
