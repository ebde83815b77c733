//! Reads, and how a row looks in the table.

use deadpool_postgres::{Client, Transaction};
use jiff::Timestamp;
use verdict_kernel::value::Value;
use verdict_runtime::observations::{Key, Labels, MAX_ROWS, Measure, Query, Row};

use super::failure::Failure;

/// The columns of the key come first, in its order.
const COLUMNS: &str = "org, metric, window_end, window_start, source, arm, count, sum, sum_of_squares, min, max, \
     rollout, stage, received_at, plain";

/// What every query of a metric asks for besides a range of keys: `$1` to `$4`.
const WANTED: &str = "org = $1 AND metric = $2 \
     AND ($3::text IS NULL OR rollout IS NULL OR rollout = $3) AND received_at >= $4";

/// A time as it is stored. Ingest takes no time that does not fit.
pub(super) fn nanoseconds(at: Timestamp) -> i64 {
    let end = if at < Timestamp::UNIX_EPOCH { i64::MIN } else { i64::MAX };
    i64::try_from(at.as_nanosecond()).unwrap_or(end)
}

pub(super) async fn rows_from(
    client: Client,
    query: &Query,
    from: Option<Timestamp>,
    after: Option<&Key>,
    max: usize,
) -> Result<Vec<Row>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations WHERE {WANTED} \
         AND (window_end, window_start, source, arm) > ($5, $6, $7, $8) \
         ORDER BY window_end, window_start, source, arm LIMIT $9"
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
    let received_from = nanoseconds(query.received_from.unwrap_or(Timestamp::MIN));
    let statement = client.prepare_cached(&sql).await?;
    let found = client
        .query(
            &statement,
            &[
                &query.org,
                &query.metric,
                &query.rollout,
                &received_from,
                &end,
                &start,
                &source,
                &arm,
                &limit(max),
            ],
        )
        .await?;
    found.iter().map(row).collect()
}

pub(super) async fn last(
    client: Client,
    query: &Query,
    before: Option<Timestamp>,
    max: usize,
) -> Result<Vec<Row>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations WHERE {WANTED} AND ($5::bigint IS NULL OR window_end < $5) \
         ORDER BY window_end DESC, window_start DESC, source DESC, arm DESC LIMIT $6"
    );
    let received_from = nanoseconds(query.received_from.unwrap_or(Timestamp::MIN));
    let before = before.map(nanoseconds);
    let statement = client.prepare_cached(&sql).await?;
    let found = client
        .query(&statement, &[&query.org, &query.metric, &query.rollout, &received_from, &before, &limit(max)])
        .await?;
    found.iter().rev().map(row).collect()
}

/// The rows that are stored under `keys`.
pub(super) async fn by_keys(transaction: &Transaction<'_>, keys: &[&Key]) -> Result<Vec<Row>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM observations \
         JOIN unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[]) \
         AS wanted (org, metric, window_end, window_start, source, arm) \
         USING (org, metric, window_end, window_start, source, arm)"
    );
    let statement = transaction.prepare_cached(&sql).await?;
    let texts = |of: fn(&Key) -> &str| keys.iter().map(|key| of(key)).collect::<Vec<&str>>();
    let times = |of: fn(&Key) -> Timestamp| keys.iter().map(|key| nanoseconds(of(key))).collect::<Vec<i64>>();
    let found = transaction
        .query(
            &statement,
            &[
                &texts(|key| &key.org),
                &texts(|key| &key.metric),
                &times(|key| key.window_end),
                &times(|key| key.window_start),
                &texts(|key| &key.source),
                &texts(|key| &key.arm),
            ],
        )
        .await?;
    found.iter().map(row).collect()
}

pub(super) async fn count(client: Client, org: &str, metric: &str) -> Result<u64, Failure> {
    let sql =
        "SELECT coalesce(sum(number), 0)::bigint FROM observation_counts WHERE org = $1 AND metric = $2";
    let statement = client.prepare_cached(sql).await?;
    let number: i64 = client.query_one(&statement, &[&org, &metric]).await?.try_get(0)?;
    Ok(u64::try_from(number).unwrap_or_default())
}

pub(super) async fn marked(client: Client, guardrail: &str) -> Result<Option<Timestamp>, Failure> {
    let statement =
        client.prepare_cached("SELECT upto FROM observations_judged WHERE guardrail = $1").await?;
    let found = client.query_opt(&statement, &[&guardrail]).await?;
    found.map(|row| time("upto", row.try_get(0)?)).transpose()
}

pub(super) fn limit(max: usize) -> i64 {
    i64::try_from(max.min(MAX_ROWS)).unwrap_or(i64::MAX)
}

/// The key of a stored row whose first columns are those of the key.
pub(super) fn key(stored: &tokio_postgres::Row) -> Result<Key, Failure> {
    Ok(Key {
        org: stored.try_get(0)?,
        metric: stored.try_get(1)?,
        window_end: time("window_end", stored.try_get(2)?)?,
        window_start: time("window_start", stored.try_get(3)?)?,
        source: stored.try_get(4)?,
        arm: stored.try_get(5)?,
    })
}

fn row(stored: &tokio_postgres::Row) -> Result<Row, Failure> {
    let count: i64 = stored.try_get(6)?;
    let measure = Measure {
        count: u64::try_from(count).map_err(|_| unusable("count", count))?,
        sum: value("sum", stored.try_get(7)?)?,
        sum_of_squares: value("sum_of_squares", stored.try_get(8)?)?,
        min: value("min", stored.try_get(9)?)?,
        max: value("max", stored.try_get(10)?)?,
        plain: stored.try_get(14)?,
    };
    Ok(Row {
        key: key(stored)?,
        measure,
        labels: Labels { rollout: stored.try_get(11)?, stage: stored.try_get(12)? },
        received_at: time("received_at", stored.try_get(13)?)?,
    })
}

fn time(column: &'static str, nanoseconds: i64) -> Result<Timestamp, Failure> {
    Timestamp::from_nanosecond(nanoseconds.into()).map_err(|_| unusable(column, nanoseconds))
}

fn value(column: &'static str, number: f64) -> Result<Value, Failure> {
    Value::new(number).map_err(|_| unusable(column, number))
}

fn unusable(column: &'static str, found: impl ToString) -> Failure {
    Failure::Unusable { column, found: found.to_string() }
}
