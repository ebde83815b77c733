//! The writer thread.

use std::sync::mpsc::Receiver;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use tokio::sync::oneshot;
use verdict_metrics::observations::{Outcome, Row, StoreError};

use super::{failed, read};

/// Most batches that share one commit.
const TOGETHER: usize = 64;

/// Rows of one request, and who waits for what becomes of them.
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    pub(super) reply: oneshot::Sender<Result<Vec<Outcome>, StoreError>>,
}

/// Writes until nobody can send any more.
pub(super) fn run(mut connection: Connection, batches: &Receiver<Batch>) {
    while let Ok(first) = batches.recv() {
        let mut together = vec![first];
        together.extend(batches.try_iter().take(TOGETHER - 1));
        let written = write(&mut connection, &together);
        let outcomes: Vec<_> = match written {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            // Nothing was written: each batch is tried alone, so that one that does not fit takes no other down.
            Err(_) if together.len() > 1 => {
                together.iter().map(|batch| write_one(&mut connection, batch)).collect()
            }
            Err(error) => vec![Err(failed(&error))],
        };
        for (batch, outcome) in together.into_iter().zip(outcomes) {
            // Whoever does not wait any more finds the rows stored when it sends them again.
            drop(batch.reply.send(outcome));
        }
    }
}

fn write_one(connection: &mut Connection, batch: &Batch) -> Result<Vec<Outcome>, StoreError> {
    let written = write(connection, std::slice::from_ref(batch));
    let mut outcomes = written.map_err(|error| failed(&error))?;
    Ok(outcomes.pop().unwrap_or_default())
}

/// One transaction for all batches; each of them is in it whole or not at all.
fn write(connection: &mut Connection, batches: &[Batch]) -> rusqlite::Result<Vec<Vec<Outcome>>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let outcomes = batches.iter().map(|batch| insert(&transaction, &batch.rows));
    let outcomes = outcomes.collect::<rusqlite::Result<_>>()?;
    transaction.commit()?;
    Ok(outcomes)
}

fn insert(transaction: &Transaction<'_>, rows: &[Row]) -> rusqlite::Result<Vec<Outcome>> {
    transaction.execute_batch("SAVEPOINT batch")?;
    let outcomes = rows.iter().map(|row| insert_row(transaction, row));
    let outcomes = outcomes.collect::<rusqlite::Result<Vec<_>>>()?;
    if outcomes.contains(&Outcome::Conflict) {
        transaction.execute_batch("ROLLBACK TO batch")?;
    }
    transaction.execute_batch("RELEASE batch")?;
    Ok(outcomes)
}

fn insert_row(transaction: &Transaction<'_>, row: &Row) -> rusqlite::Result<Outcome> {
    if let Some(known) = read::by_key(transaction, &row.key)? {
        return Ok(if known.agrees_with(row) { Outcome::Duplicate } else { Outcome::Conflict });
    }
    let (key, measure, labels) = (&row.key, &row.measure, &row.labels);
    transaction
        .prepare_cached("INSERT INTO observations VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)")?
        .execute(params![
            key.org,
            key.metric,
            read::nanoseconds(key.window_end),
            read::nanoseconds(key.window_start),
            key.source,
            i64::try_from(measure.count).unwrap_or(i64::MAX),
            measure.sum.get(),
            measure.sum_of_squares.get(),
            measure.min.get(),
            measure.max.get(),
            labels.rollout,
            labels.stage,
            labels.arm,
            read::nanoseconds(row.received_at),
        ])?;
    transaction
        .prepare_cached(
            "INSERT INTO counts VALUES (?1, ?2, 1) ON CONFLICT (org, metric) DO UPDATE SET rows = rows + 1",
        )?
        .execute(params![key.org, key.metric])?;
    Ok(Outcome::Inserted)
}
