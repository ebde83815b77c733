//! What every adapter of the observations port has to show. Each function takes an empty store and asserts.

use std::sync::Arc;

use jiff::Timestamp;
use verdict_kernel::value::Value;

use super::{Key, Labels, Measure, ObservationStore, Outcome, Query, Retraction, Row, count_taken};

/// The whole suite, on a fresh store for each part.
pub async fn all(make: impl AsyncFn() -> Arc<dyn ObservationStore>) {
    a_row_sent_twice_is_stored_once(&*make().await).await;
    another_value_under_a_known_key_keeps_the_whole_batch_out(&*make().await).await;
    c5_one_source_reports_several_arms_of_one_window(&*make().await).await;
    a_batch_is_checked_against_itself(&*make().await).await;
    rows_come_back_as_they_were_and_in_window_order(&*make().await).await;
    reads_stay_within_organisation_and_metric(&*make().await).await;
    a_rollout_sees_its_own_rows_and_those_of_none(&*make().await).await;
    pages_join_without_a_gap(&*make().await).await;
    every_finite_number_comes_back_to_the_last_bit(&*make().await).await;
    m17_a_plain_value_stays_one(&*make().await).await;
    m14_a_retraction_takes_one_source_and_frees_its_keys(&*make().await).await;
    clause_26_the_oldest_rows_of_a_metric_go_first_in_batches(&*make().await).await;
    clause_19_a_mark_is_kept_and_never_goes_back(&*make().await).await;
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
            arm: String::new(),
        },
        measure: Measure {
            count: 4,
            sum: value(number),
            sum_of_squares: value(number * number),
            min: value(0.0),
            max: value(number),
            plain: false,
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
        Row { labels: Labels { stage: Some("beta".to_owned()), ..Labels::default() }, ..row(1, 2.0) };
    assert_eq!(insert(store, &[labelled]).await, [Outcome::Conflict]);
}

async fn c5_one_source_reports_several_arms_of_one_window(store: &dyn ObservationStore) {
    let of = |arm: &str, second, number| {
        let mut row = row(second, number);
        arm.clone_into(&mut row.key.arm);
        row
    };
    let rows = [of("", 1, 1.0), of("control", 1, 2.0), of("treatment", 1, 3.0), of("", 2, 4.0)];
    assert_eq!(insert(store, &rows).await, [Outcome::Inserted; 4]);
    assert_eq!(insert(store, &rows[1..]).await, [Outcome::Duplicate; 3]);
    assert_eq!(insert(store, &[of("control", 1, 9.0)]).await, [Outcome::Conflict]);
    assert_eq!(read(store, &cpu()).await, rows);
    // Pages end between two arms, whichever way they are read.
    let next = store.rows_from(&cpu(), None, Some(&rows[1].key), 1).await;
    assert_eq!(next, Ok(vec![rows[2].clone()]));
    assert_eq!(store.last(&cpu(), Some(at(2)), 2).await, Ok(rows[1..3].to_vec()));
    assert_eq!(store.prune("a", "cpu", at(2), 2).await, Ok(2));
    assert_eq!(read(store, &cpu()).await, rows[2..]);
    // A window is taken back with all of its arms.
    let retraction = Retraction {
        org: "a".to_owned(),
        metric: "cpu".to_owned(),
        source: "s".to_owned(),
        from: at(0),
        to: at(2),
    };
    assert_eq!(store.retract(&retraction).await, Ok(2));
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
    labelled.labels = Labels { rollout: Some("r".to_owned()), stage: Some("beta".to_owned()) };
    let rows = [labelled.clone(), other_source.clone(), row(1, 2.0), longer.clone()];
    insert(store, &rows).await;
    assert_eq!(read(store, &cpu()).await, [row(1, 2.0), longer, other_source, labelled.clone()]);
    assert_eq!(store.last(&cpu(), None, 1).await, Ok(vec![labelled.clone()]));
    assert_eq!(store.last(&cpu(), Some(at(2)), 5).await, Ok(vec![row(1, 2.0)]));
    assert_eq!(store.rows_from(&cpu(), Some(at(3)), None, 5).await, Ok(vec![labelled]));
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
                plain: false,
            },
            ..row(second, 0.0)
        })
        .collect();
    insert(store, &rows).await;
    assert_eq!(read(store, &cpu()).await, rows);
}

async fn m17_a_plain_value_stays_one(store: &dyn ObservationStore) {
    let measure = Measure::plain(value(1.5)).unwrap_or_else(|| unreachable!("the value is small"));
    let plain = Row { measure, ..row(1, 1.5) };
    insert(store, &[plain.clone(), row(2, 1.5)]).await;
    assert_eq!(read(store, &cpu()).await, [plain.clone(), row(2, 1.5)]);
    let counted = Row { measure: Measure { plain: false, ..measure }, ..plain };
    assert_eq!(insert(store, &[counted]).await, [Outcome::Conflict]);
}

async fn m14_a_retraction_takes_one_source_and_frees_its_keys(store: &dyn ObservationStore) {
    let of = |source: &str, second| {
        let mut row = row(second, 1.0);
        source.clone_into(&mut row.key.source);
        row
    };
    let mut other_metric = row(2, 1.0);
    "errors".clone_into(&mut other_metric.key.metric);
    insert(store, &[of("s", 1), of("s", 2), of("s", 3), of("s", 4), of("t", 2), other_metric.clone()]).await;
    let retraction = Retraction {
        org: "a".to_owned(),
        metric: "cpu".to_owned(),
        source: "s".to_owned(),
        from: at(1),
        to: at(3),
    };
    assert_eq!(count_taken(store, &retraction).await, Ok(2));
    assert_eq!(store.retract(&retraction).await, Ok(2));
    assert_eq!(count_taken(store, &retraction).await, Ok(0));
    assert_eq!(store.retract(&retraction).await, Ok(0));
    assert_eq!(read(store, &cpu()).await, [of("s", 1), of("t", 2), of("s", 4)]);
    assert_eq!(read(store, &Query::all("a", "errors")).await, [other_metric]);
    assert_eq!(store.count("a", "cpu").await, Ok(3));
    let mended = Row { measure: row(2, 7.0).measure, ..of("s", 2) };
    assert_eq!(insert(store, &[mended.clone(), of("s", 4)]).await, [Outcome::Inserted, Outcome::Duplicate]);
    assert_eq!(store.count("a", "cpu").await, Ok(4));
}

async fn clause_26_the_oldest_rows_of_a_metric_go_first_in_batches(store: &dyn ObservationStore) {
    let rows: Vec<Row> = (1..=6).map(|second| row(second, 1.0)).collect();
    let mut other = row(1, 1.0);
    "b".clone_into(&mut other.key.org);
    insert(store, &rows).await;
    insert(store, &[other.clone()]).await;
    for (gone, left) in [(2, 2), (2, 4), (0, 4)] {
        assert_eq!(store.prune("a", "cpu", at(5), 2).await, Ok(gone));
        assert_eq!(read(store, &cpu()).await, rows[left..]);
    }
    assert_eq!(store.count("a", "cpu").await, Ok(2));
    assert_eq!(read(store, &Query::all("b", "cpu")).await, [other]);
}

async fn clause_19_a_mark_is_kept_and_never_goes_back(store: &dyn ObservationStore) {
    let mark = |guardrail: &str, second| (guardrail.to_owned(), at(second));
    assert_eq!(store.marked("g").await, Ok(None));
    assert_eq!(store.mark(vec![mark("g", 5), mark("h", 1)]).await, Ok(()));
    assert_eq!(store.mark(vec![mark("g", 3), mark("h", 2)]).await, Ok(()));
    assert_eq!((store.marked("g").await, store.marked("h").await), (Ok(Some(at(5))), Ok(Some(at(2)))));
}
