//! The writer thread.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use tokio::sync::oneshot;
use verdict_runtime::observations::{Outcome, Retraction, Row, StoreError};

use super::{failed, read};

/// Most batches that share one commit.
const TOGETHER: usize = 64;

/// Rows of one request, and who waits for what becomes of them.
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    pub(super) reply: oneshot::Sender<Result<Vec<Outcome>, StoreError>>,
}

/// What waits for the writer.
pub(super) enum Work {
    Batch(Batch),
    /// Carried out alone, in its turn.
    Other(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// Writes until nobody can send any more. `waiting` counts the rows that are not written yet.
pub(super) fn run(mut connection: Connection, work: &Receiver<Work>, waiting: &AtomicUsize) {
    while let Ok(first) = work.recv() {
        let mut together = Vec::new();
        let mut other = None;
        let next = std::iter::once(first).chain(work.try_iter());
        for work in next {
            match work {
                Work::Batch(batch) => together.push(batch),
                Work::Other(work) => other = Some(work),
            }
            if other.is_some() || together.len() == TOGETHER {
                break;
            }
        }
        if !together.is_empty() {
            commit(&mut connection, together, waiting);
        }
        if let Some(other) = other {
            other(&mut connection);
        }
    }
}

fn commit(connection: &mut Connection, together: Vec<Batch>, waiting: &AtomicUsize) {
    let written = write(connection, &together);
    let outcomes: Vec<_> = match written {
        Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
        // Nothing was written: each batch is tried alone, so that one that does not fit takes no other down.
        Err(_) if together.len() > 1 => together.iter().map(|batch| write_one(connection, batch)).collect(),
        Err(error) => vec![Err(failed(&error))],
    };
    for (batch, outcome) in together.into_iter().zip(outcomes) {
        waiting.fetch_sub(batch.rows.len(), Ordering::AcqRel);
        // Whoever does not wait any more finds the rows stored when it sends them again.
        drop(batch.reply.send(outcome));
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

const INSERT: &str = "INSERT INTO observations (org, metric, window_end, window_start, source, arm, count, sum, \
    sum_of_squares, min, max, rollout, stage, received_at, plain) \
    VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)";

fn insert_row(transaction: &Transaction<'_>, row: &Row) -> rusqlite::Result<Outcome> {
    if let Some(known) = read::by_key(transaction, &row.key)? {
        return Ok(if known.agrees_with(row) { Outcome::Duplicate } else { Outcome::Conflict });
    }
    let (key, measure, labels) = (&row.key, &row.measure, &row.labels);
    transaction.prepare_cached(INSERT)?.execute(params![
        key.org,
        key.metric,
        read::nanoseconds(key.window_end),
        read::nanoseconds(key.window_start),
        key.source,
        key.arm,
        i64::try_from(measure.count).unwrap_or(i64::MAX),
        measure.sum.get(),
        measure.sum_of_squares.get(),
        measure.min.get(),
        measure.max.get(),
        labels.rollout,
        labels.stage,
        read::nanoseconds(row.received_at),
        measure.plain,
    ])?;
    transaction
        .prepare_cached(
            "INSERT INTO counts VALUES (?1, ?2, 1) ON CONFLICT (org, metric) DO UPDATE SET rows = rows + 1",
        )?
        .execute(params![key.org, key.metric])?;
    Ok(Outcome::Inserted)
}

/// A change in a transaction of its own.
pub(super) fn alone<T>(
    connection: &mut Connection,
    change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let changed = change(&transaction)?;
    transaction.commit()?;
    Ok(changed)
}

pub(super) fn retract(transaction: &Transaction<'_>, retraction: &Retraction) -> rusqlite::Result<u64> {
    let Retraction { org, metric, source, from, to } = retraction;
    let sql = "DELETE FROM observations \
        WHERE org = ?1 AND metric = ?2 AND source = ?3 AND window_end > ?4 AND window_end <= ?5";
    let range = params![org, metric, source, read::nanoseconds(*from), read::nanoseconds(*to)];
    let gone = transaction.prepare_cached(sql)?.execute(range)?;
    counted_down(transaction, org, metric, gone)
}

pub(super) fn prune(
    transaction: &Transaction<'_>,
    org: &str,
    metric: &str,
    before: Timestamp,
    max: usize,
) -> rusqlite::Result<u64> {
    let sql = "DELETE FROM observations WHERE (org, metric, window_end, window_start, source, arm) IN (\
        SELECT org, metric, window_end, window_start, source, arm FROM observations \
        WHERE org = ?1 AND metric = ?2 AND window_end < ?3 \
        ORDER BY window_end, window_start, source, arm LIMIT ?4)";
    let oldest = params![org, metric, read::nanoseconds(before), read::limit(max)];
    let gone = transaction.prepare_cached(sql)?.execute(oldest)?;
    counted_down(transaction, org, metric, gone)
}

fn counted_down(
    transaction: &Transaction<'_>,
    org: &str,
    metric: &str,
    gone: usize,
) -> rusqlite::Result<u64> {
    let sql = "UPDATE counts SET rows = rows - ?3 WHERE org = ?1 AND metric = ?2";
    let number = i64::try_from(gone).unwrap_or(i64::MAX);
    transaction.prepare_cached(sql)?.execute(params![org, metric, number])?;
    Ok(gone as u64)
}

pub(super) fn mark(transaction: &Transaction<'_>, judged: &[(String, Timestamp)]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO judged VALUES (?1, ?2) \
        ON CONFLICT (guardrail) DO UPDATE SET upto = max(upto, excluded.upto)";
    let mut statement = transaction.prepare_cached(sql)?;
    for (guardrail, upto) in judged {
        statement.execute(params![guardrail, read::nanoseconds(*upto)])?;
    }
    Ok(())
}
