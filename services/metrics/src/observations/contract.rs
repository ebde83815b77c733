//! What every adapter of the observations port has to show. Each function takes an empty store and asserts.

use std::sync::Arc;

use jiff::Timestamp;
use verdict_metrics_domain::value::Value;

use super::{Key, Labels, Measure, ObservationStore, Outcome, Query, Row};

/// The whole suite, on a fresh store for each part.
pub async fn all(make: impl AsyncFn() -> Arc<dyn ObservationStore>) {
    a_row_sent_twice_is_stored_once(&*make().await).await;
    another_value_under_a_known_key_keeps_the_whole_batch_out(&*make().await).await;
    a_batch_is_checked_against_itself(&*make().await).await;
    rows_come_back_as_they_were_and_in_window_order(&*make().await).await;
    reads_stay_within_organisation_and_metric(&*make().await).await;
    a_rollout_sees_its_own_rows_and_those_of_none(&*make().await).await;
    pages_join_without_a_gap(&*make().await).await;
    every_finite_number_comes_back_to_the_last_bit(&*make().await).await;
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn value(number: f64) -> Value {
    Value::new(number).unwrap_or_else(|_| unreachable!("the suite uses finite numbers"))
}

/// A row of organisation `a`, metric `cpu`, source `s`, with a window of one second that ends at `second`.
fn row(second: i64, number: f64) -> Row {
    Row {
        key: Key {
            org: "a".to_owned(),
            metric: "cpu".to_owned(),
            window_end: at(second),
            window_start: at(second - 1),
            source: "s".to_owned(),
        },
        measure: Measure {
            count: 4,
            sum: value(number),
            sum_of_squares: value(number * number),
            min: value(0.0),
            max: value(number),
        },
        labels: Labels::default(),
        received_at: at(second + 1),
    }
}

async fn insert(store: &dyn ObservationStore, rows: &[Row]) -> Vec<Outcome> {
    let outcome = store.insert(rows.to_vec()).await;
    outcome.unwrap_or_else(|error| unreachable!("an insert failed: {error}"))
}

async fn read(store: &dyn ObservationStore, query: &Query) -> Vec<Row> {
    let rows = store.rows_from(query, None, None, 100).await;
    rows.unwrap_or_else(|error| unreachable!("a read failed: {error}"))
}

fn cpu() -> Query {
    Query::all("a", "cpu")
}

async fn a_row_sent_twice_is_stored_once(store: &dyn ObservationStore) {
    assert_eq!(insert(store, &[row(1, 2.0)]).await, [Outcome::Inserted]);
    // The time of arrival is not part of what was measured.
    let again = Row { received_at: at(99), ..row(1, 2.0) };
    assert_eq!(insert(store, &[again, row(2, 2.0)]).await, [Outcome::Duplicate, Outcome::Inserted]);
    assert_eq!(read(store, &cpu()).await, [row(1, 2.0), row(2, 2.0)]);
    assert_eq!(store.count("a", "cpu").await, Ok(2));
}

async fn another_value_under_a_known_key_keeps_the_whole_batch_out(store: &dyn ObservationStore) {
    insert(store, &[row(1, 2.0)]).await;
    assert_eq!(
        insert(store, &[row(2, 2.0), row(1, 3.0), row(1, 2.0)]).await,
        [Outcome::Inserted, Outcome::Conflict, Outcome::Duplicate]
    );
    assert_eq!(read(store, &cpu()).await, [row(1, 2.0)]);
    let labelled =
        Row { labels: Labels { arm: Some("control".to_owned()), ..Labels::default() }, ..row(1, 2.0) };
    assert_eq!(insert(store, &[labelled]).await, [Outcome::Conflict]);
}

async fn a_batch_is_checked_against_itself(store: &dyn ObservationStore) {
    assert_eq!(insert(store, &[row(1, 2.0), row(1, 2.0)]).await, [Outcome::Inserted, Outcome::Duplicate]);
    assert_eq!(insert(store, &[row(2, 2.0), row(2, 3.0)]).await, [Outcome::Inserted, Outcome::Conflict]);
    assert_eq!(read(store, &cpu()).await, [row(1, 2.0)]);
}

async fn rows_come_back_as_they_were_and_in_window_order(store: &dyn ObservationStore) {
    let mut other_source = row(2, 5.0);
    "t".clone_into(&mut other_source.key.source);
    let mut longer = row(2, 6.0);
    longer.key.window_start = at(0);
    let mut labelled = row(3, 7.5);
    labelled.labels = Labels {
        rollout: Some("r".to_owned()),
        stage: Some("beta".to_owned()),
        arm: Some("treatment".to_owned()),
    };
    let rows = [labelled.clone(), other_source.clone(), row(1, 2.0), longer.clone()];
    insert(store, &rows).await;
    assert_eq!(read(store, &cpu()).await, [row(1, 2.0), longer, other_source, labelled.clone()]);
    assert_eq!(store.last(&cpu(), None, 1).await, Ok(vec![labelled.clone()]));
    assert_eq!(store.last(&cpu(), Some(at(2)), 5).await, Ok(vec![row(1, 2.0)]));
    assert_eq!(store.rows_from(&cpu(), Some(at(3)), None, 5).await, Ok(vec![labelled]));
    assert_eq!(store.newest_of("a", "cpu", "t").await, Ok(Some(at(2))));
    assert_eq!(store.newest_of("a", "cpu", "nobody").await, Ok(None));
}

async fn reads_stay_within_organisation_and_metric(store: &dyn ObservationStore) {
    let mut other_org = row(1, 2.0);
    "b".clone_into(&mut other_org.key.org);
    let mut other_metric = row(1, 3.0);
    "errors".clone_into(&mut other_metric.key.metric);
    insert(store, &[row(1, 1.0), other_org.clone(), other_metric]).await;
    assert_eq!(read(store, &cpu()).await, [row(1, 1.0)]);
    assert_eq!(store.last(&Query::all("b", "cpu"), None, 5).await, Ok(vec![other_org]));
    assert_eq!(store.count("b", "errors").await, Ok(0));
}

async fn a_rollout_sees_its_own_rows_and_those_of_none(store: &dyn ObservationStore) {
    let of = |rollout: Option<&str>, second| Row {
        labels: Labels { rollout: rollout.map(str::to_owned), ..Labels::default() },
        ..row(second, 1.0)
    };
    let rows = [of(None, 1), of(Some("r"), 2), of(Some("q"), 3)];
    insert(store, &rows).await;
    let query = Query { rollout: Some("r".to_owned()), ..cpu() };
    assert_eq!(read(store, &query).await, rows[..2]);
    assert_eq!(store.last(&query, None, 1).await, Ok(vec![rows[1].clone()]));
    let recent = Query { received_from: Some(at(3)), ..query };
    assert_eq!(read(store, &recent).await, rows[1..2]);
}

async fn pages_join_without_a_gap(store: &dyn ObservationStore) {
    let rows: Vec<Row> = (1..=5).map(|second| row(second, 1.0)).collect();
    insert(store, &rows).await;
    let first = store.rows_from(&cpu(), Some(at(2)), None, 2).await;
    assert_eq!(first, Ok(rows[1..3].to_vec()));
    let next = store.rows_from(&cpu(), None, Some(&rows[2].key), 9).await;
    assert_eq!(next, Ok(rows[3..].to_vec()));
}

async fn every_finite_number_comes_back_to_the_last_bit(store: &dyn ObservationStore) {
    let numbers = [0.1 + 0.2, f64::MIN_POSITIVE, -1e308, 5e-324, 1.0 / 3.0];
    let rows: Vec<Row> = (1..)
        .zip(numbers)
        .map(|(second, number)| Row {
            measure: Measure {
                count: u64::from(u32::MAX) + 1,
                sum: value(number),
                sum_of_squares: value(number),
                min: value(number),
                max: value(number),
            },
            ..row(second, 0.0)
        })
        .collect();
    insert(store, &rows).await;
    assert_eq!(read(store, &cpu()).await, rows);
}
