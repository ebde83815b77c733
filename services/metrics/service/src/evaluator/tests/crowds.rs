//! More rows in one bucket than anybody can look at.

use std::num::NonZeroU32;

use verdict_kernel::value::Value;
use verdict_metrics_domain::evaluation::{Aggregation, Comparison, Judge, Rule, Severity, Threshold};

use super::*;

/// So many rows of one bucket are kept for three points in a row.
const LIMIT: usize = 33_333;

/// Rows of a minute, each of another source.
pub(super) fn crowd(end: Timestamp, count: usize, value: f64) -> Vec<Row> {
    let of_one = |index| Row {
        key: verdict_runtime::observations::Key {
            org: "default".to_owned(),
            metric: "cpu".to_owned(),
            window_end: end,
            window_start: end - jiff::SignedDuration::from_mins(1),
            source: format!("pod-{index:06}"),
            arm: String::new(),
        },
        measure: verdict_runtime::observations::Measure::of(Value::new(value).unwrap(), 1).unwrap(),
        labels: verdict_runtime::observations::Labels::default(),
        received_at: end,
    };
    (0..count).map(of_one).collect()
}

pub(super) fn below_50() -> Terms {
    Terms {
        rule: Rule::Threshold(Threshold {
            comparison: Comparison::Below,
            value: Value::new(50.0).unwrap(),
            for_points: NonZeroU32::new(3).unwrap(),
        }),
        min_sample: 0,
        severity: Severity::Normal,
        refresh: Duration::from_mins(1),
        judge: Judge::default(),
        aggregation: Aggregation::default(),
    }
}

#[test]
fn clause_26_so_many_rows_of_a_bucket_are_kept_and_beyond_them_nothing_is_said() {
    let end: Timestamp = "2026-03-01T00:01:00Z".parse().unwrap();
    let (terms, rows) = (below_50(), crowd(end, LIMIT + 10, 90.0));
    let mut watch = Watch::new(&terms);
    watch.insert(&rows[..LIMIT]);
    assert_eq!(watch.answer_at(&terms, None, end).state, CheckStateOf::Pass);
    watch.insert(&rows[..LIMIT]);
    assert_eq!(watch.answer_at(&terms, None, end).state, CheckStateOf::Pass, "the same ones again");
    watch.insert(&rows[LIMIT..]);
    assert_eq!(watch.len(), LIMIT);
    let answer = watch.answer_at(&terms, None, end);
    assert_eq!((answer.state, answer.as_of), (UNHEALTHY, Some(end)));
    let seen = "more than 33333 observations up to 2026-03-01T00:01:00Z, one more from pod-033333";
    assert_eq!(answer.seen, seen);
    assert_eq!(watch.look(&terms, end).answers, [answer]);
    // Since then there may be few.
    assert_ne!(watch.answer_at(&terms, Some(end), end).state, UNHEALTHY);
    // What is left of them once some are gone is read anew.
    watch.loaded(end);
    assert!(watch.forget(|key, _| key.source == "pod-000000"));
    assert!(!watch.is_loaded(end));
}

#[tokio::test]
async fn clause_26_a_guardrail_with_a_crowded_bucket_is_not_watched_until_it_is_past() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    world.clock.advance(Duration::from_mins(1));
    world.store.insert(crowd(world.now(), LIMIT + 1, 90.0)).await.unwrap();
    let world = world.restarted();
    world.settle().await;
    let watched = || world.context.evaluation.watches_over(rollout);
    assert!(!watched());
    let fact = world.facts(rollout, &[]).await.guardrails.remove(0);
    assert_eq!(fact.state(), CheckState::UnknownUnhealthy);
    assert!(fact.seen.contains("one more from pod-033333"), "{}", fact.seen);
    for _ in 0..6 {
        assert!(!watched());
        world.minute(90.0).await;
        world.settle().await;
    }
    assert!(watched());
    assert_eq!(world.story().await, [ARMED, PASS, "GuardrailAnswerChanged UNKNOWN_UNHEALTHY", PASS]);
}
