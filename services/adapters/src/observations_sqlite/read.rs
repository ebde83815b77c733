//! Reads, and how a row looks in the file.

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, named_params, params};
use verdict_kernel::value::Value;
use verdict_runtime::observations::{Key, Labels, MAX_ROWS, Measure, Query, Row};

const COLUMNS: &str = "org, metric, window_end, window_start, source, arm, count, sum, sum_of_squares, \
     min, max, rollout, stage, received_at, plain";

/// What every query of a metric asks for besides a range of keys.
const WANTED: &str = "org = :org AND metric = :metric \
     AND (:rollout IS NULL OR rollout IS NULL OR rollout = :rollout) AND received_at >= :received_from";

/// A time as it is stored. Ingest takes no time that does not fit.
pub(super) fn nanoseconds(at: Timestamp) -> i64 {
    let end = if at < Timestamp::UNIX_EPOCH { i64::MIN } else { i64::MAX };
    i64::try_from(at.as_nanosecond()).unwrap_or(end)
}

pub(super) fn rows_from(
    connection: &Connection,
    query: &Query,
    from: Option<Timestamp>,
    after: Option<&Key>,
    max: usize,
) -> rusqlite::Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations WHERE {WANTED} \
         AND (window_end, window_start, source, arm) > (:end, :start, :source, :arm) \
         ORDER BY window_end, window_start, source, arm LIMIT :max"
    );
    // No row has the empty source, and no window starts before the least number.
    let (end, start, source, arm) = match after {
        Some(after) => (
            nanoseconds(after.window_end),
            nanoseconds(after.window_start),
            after.source.as_str(),
            after.arm.as_str(),
        ),
        None => (nanoseconds(from.unwrap_or(Timestamp::MIN)), i64::MIN, "", ""),
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! {
            ":org": query.org, ":metric": query.metric, ":rollout": query.rollout,
            ":received_from": nanoseconds(query.received_from.unwrap_or(Timestamp::MIN)),
            ":end": end, ":start": start, ":source": source, ":arm": arm, ":max": limit(max),
        },
        row,
    )?;
    rows.collect()
}

pub(super) fn last(
    connection: &Connection,
    query: &Query,
    before: Option<Timestamp>,
    max: usize,
) -> rusqlite::Result<Vec<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations WHERE {WANTED} AND (:before IS NULL OR window_end < :before) \
         ORDER BY window_end DESC, window_start DESC, source DESC, arm DESC LIMIT :max"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(
        named_params! {
            ":org": query.org, ":metric": query.metric, ":rollout": query.rollout,
            ":received_from": nanoseconds(query.received_from.unwrap_or(Timestamp::MIN)),
            ":before": before.map(nanoseconds), ":max": limit(max),
        },
        row,
    )?;
    let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.reverse();
    Ok(rows)
}

pub(super) fn by_key(connection: &Connection, key: &Key) -> rusqlite::Result<Option<Row>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations \
         WHERE org = ?1 AND metric = ?2 AND window_end = ?3 AND window_start = ?4 AND source = ?5 AND arm = ?6"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let key = params![
        key.org,
        key.metric,
        nanoseconds(key.window_end),
        nanoseconds(key.window_start),
        key.source,
        key.arm
    ];
    statement.query_row(key, row).optional()
}

pub(super) fn count(connection: &Connection, org: &str, metric: &str) -> rusqlite::Result<u64> {
    let mut statement =
        connection.prepare_cached("SELECT rows FROM counts WHERE org = ?1 AND metric = ?2")?;
    let rows: Option<i64> = statement.query_row([org, metric], |row| row.get(0)).optional()?;
    Ok(rows.and_then(|rows| u64::try_from(rows).ok()).unwrap_or_default())
}

pub(super) fn marked(connection: &Connection, guardrail: &str) -> rusqlite::Result<Option<Timestamp>> {
    let mut statement = connection.prepare_cached("SELECT upto FROM judged WHERE guardrail = ?1")?;
    let upto: Option<i64> = statement.query_row([guardrail], |row| row.get(0)).optional()?;
    upto.map(|at| time(0, at)).transpose()
}

pub(super) fn limit(max: usize) -> i64 {
    i64::try_from(max.min(MAX_ROWS)).unwrap_or(i64::MAX)
}

fn row(stored: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let at = |column: usize| stored.get(column).and_then(|nanoseconds| time(column, nanoseconds));
    let number = |column: usize| stored.get(column).and_then(|number: f64| value(column, number));
    let count: i64 = stored.get(6)?;
    Ok(Row {
        key: Key {
            org: stored.get(0)?,
            metric: stored.get(1)?,
            window_end: at(2)?,
            window_start: at(3)?,
            source: stored.get(4)?,
            arm: stored.get(5)?,
        },
        measure: Measure {
            count: u64::try_from(count).map_err(|error| unusable(6, Type::Integer, error))?,
            sum: number(7)?,
            sum_of_squares: number(8)?,
            min: number(9)?,
            max: number(10)?,
            plain: stored.get(14)?,
        },
        labels: Labels { rollout: stored.get(11)?, stage: stored.get(12)? },
        received_at: at(13)?,
    })
}

fn time(column: usize, nanoseconds: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_nanosecond(nanoseconds.into()).map_err(|error| unusable(column, Type::Integer, error))
}

fn value(column: usize, number: f64) -> rusqlite::Result<Value> {
    Value::new(number).map_err(|error| unusable(column, Type::Real, error))
}

fn unusable(
    column: usize,
    kind: Type,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
}
