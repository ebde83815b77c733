//! Inserts: one statement for a batch of any size.

use std::collections::{BTreeMap, HashMap, HashSet};

use deadpool_postgres::{Client, Transaction};
use tokio_postgres::IsolationLevel;
use verdict_runtime::observations::{Key, Outcome, Row};

use super::failure::Failure;
use super::read;

/// Keys of what was inserted come back. Rows are taken, and then counted, in the order of their keys: two batches
/// that meet wait for each other in one direction only. A connection counts in a slot of its own.
const INSERT: &str = "
WITH inserted AS (
    INSERT INTO observations (org, metric, window_end, window_start, source, arm, count, sum, sum_of_squares, min,
        max, rollout, stage, received_at, plain)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[],
        $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::text[], $13::text[], $14::bigint[],
        $15::boolean[])
    ON CONFLICT (org, metric, window_end, window_start, source, arm) DO NOTHING
    RETURNING org, metric, window_end, window_start, source, arm
), counted AS (
    INSERT INTO observation_counts AS known (org, metric, slot, number)
    SELECT org, metric, pg_backend_pid() % 32, count(*) FROM inserted GROUP BY org, metric ORDER BY org, metric
    ON CONFLICT (org, metric, slot) DO UPDATE SET number = known.number + excluded.number
)
SELECT org, metric, window_end, window_start, source, arm FROM inserted";

/// Inserts a batch whole or not at all, and says what became of each row.
pub(super) async fn insert(mut client: Client, rows: &[Row]) -> Result<Vec<Outcome>, Failure> {
    let mut first: BTreeMap<&Key, &Row> = BTreeMap::new();
    for row in rows {
        first.entry(&row.key).or_insert(row);
    }
    let wanted: Vec<&Row> = first.values().copied().collect();
    // Each statement has to see what others committed while the one before it waited for them.
    let transaction =
        client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    let inserted = insert_new(&transaction, &wanted).await?;
    let others: Vec<&Row> = wanted.into_iter().filter(|row| !inserted.contains(&row.key)).collect();
    let mut known = HashMap::new();
    if !others.is_empty() {
        let keys: Vec<&Key> = others.iter().map(|row| &row.key).collect();
        known.extend(read::by_keys(&transaction, &keys).await?.into_iter().map(|row| (row.key.clone(), row)));
        if known.len() != others.len() {
            return Err(Failure::Vanished);
        }
    }
    let outcomes: Vec<Outcome> = rows.iter().map(|row| outcome(row, &known, &first)).collect();
    if outcomes.contains(&Outcome::Conflict) {
        transaction.rollback().await?;
    } else {
        transaction.commit().await?;
    }
    Ok(outcomes)
}

/// A row is compared with what was stored before the batch, or else with the first row of the batch that has its key.
fn outcome(row: &Row, known: &HashMap<Key, Row>, first: &BTreeMap<&Key, &Row>) -> Outcome {
    let before = known
        .get(&row.key)
        .or_else(|| first.get(&row.key).copied().filter(|of_batch| !std::ptr::eq(*of_batch, row)));
    match before {
        None => Outcome::Inserted,
        Some(before) if before.agrees_with(row) => Outcome::Duplicate,
        Some(_) => Outcome::Conflict,
    }
}

async fn insert_new(transaction: &Transaction<'_>, rows: &[&Row]) -> Result<HashSet<Key>, Failure> {
    let statement = transaction.prepare_cached(INSERT).await?;
    let inserted = transaction
        .query(
            &statement,
            &[
                &column(rows, |row| row.key.org.as_str()),
                &column(rows, |row| row.key.metric.as_str()),
                &column(rows, |row| read::nanoseconds(row.key.window_end)),
                &column(rows, |row| read::nanoseconds(row.key.window_start)),
                &column(rows, |row| row.key.source.as_str()),
                &column(rows, |row| row.key.arm.as_str()),
                &column(rows, |row| i64::try_from(row.measure.count).unwrap_or(i64::MAX)),
                &column(rows, |row| row.measure.sum.get()),
                &column(rows, |row| row.measure.sum_of_squares.get()),
                &column(rows, |row| row.measure.min.get()),
                &column(rows, |row| row.measure.max.get()),
                &column(rows, |row| row.labels.rollout.as_deref()),
                &column(rows, |row| row.labels.stage.as_deref()),
                &column(rows, |row| read::nanoseconds(row.received_at)),
                &column(rows, |row| row.measure.plain),
            ],
        )
        .await?;
    inserted.iter().map(read::key).collect()
}

/// One column of all rows.
fn column<'r, T>(rows: &[&'r Row], of: impl Fn(&'r Row) -> T) -> Vec<T> {
    rows.iter().map(|row| of(row)).collect()
}
