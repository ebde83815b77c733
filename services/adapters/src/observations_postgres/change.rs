//! Changes to what is stored: rows that are taken back or too old, and marks.
//!
//! A connection counts down in a slot of its own, as it counts up: only the sum over the slots is a number of rows.

use deadpool_postgres::Client;
use jiff::Timestamp;
use verdict_runtime::observations::Retraction;

use super::failure::Failure;
use super::read::{limit, nanoseconds};

/// Rows that are gone leave the counts. `DELETE` stands before it.
const COUNTED: &str = "
), counted AS (
    INSERT INTO observation_counts AS known (org, metric, slot, number)
    SELECT $1, $2, pg_backend_pid() % 32, -count(*) FROM gone HAVING count(*) > 0
    ON CONFLICT (org, metric, slot) DO UPDATE SET number = known.number + excluded.number
)
SELECT count(*) FROM gone";

pub(super) async fn retract(client: Client, retraction: &Retraction) -> Result<u64, Failure> {
    let Retraction { org, metric, source, from, to } = retraction;
    let sql = format!(
        "WITH gone AS (DELETE FROM observations \
         WHERE org = $1::text AND metric = $2::text AND source = $3 AND window_end > $4 AND window_end <= $5 \
         RETURNING 1{COUNTED}"
    );
    let statement = client.prepare_cached(&sql).await?;
    let range: [&(dyn tokio_postgres::types::ToSql + Sync); 5] =
        [org, metric, source, &nanoseconds(*from), &nanoseconds(*to)];
    let gone: i64 = client.query_one(&statement, &range).await?.try_get(0)?;
    Ok(u64::try_from(gone).unwrap_or_default())
}

pub(super) async fn prune(
    client: Client,
    org: &str,
    metric: &str,
    before: Timestamp,
    max: usize,
) -> Result<u64, Failure> {
    let sql = format!(
        "WITH gone AS (DELETE FROM observations \
         WHERE (org, metric, window_end, window_start, source, arm) IN (\
         SELECT org, metric, window_end, window_start, source, arm FROM observations \
         WHERE org = $1::text AND metric = $2::text AND window_end < $3 \
         ORDER BY window_end, window_start, source, arm LIMIT $4) RETURNING 1{COUNTED}"
    );
    let statement = client.prepare_cached(&sql).await?;
    let oldest: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&org, &metric, &nanoseconds(before), &limit(max)];
    let gone: i64 = client.query_one(&statement, &oldest).await?.try_get(0)?;
    Ok(u64::try_from(gone).unwrap_or_default())
}

/// Marks are taken in the order of their guardrails: two replicas that meet wait in one direction only.
pub(super) async fn mark(client: Client, judged: &[(String, Timestamp)]) -> Result<(), Failure> {
    let sql = "INSERT INTO observations_judged AS known (guardrail, upto) \
        SELECT guardrail, max(upto) FROM unnest($1::text[], $2::bigint[]) AS new (guardrail, upto) \
        GROUP BY guardrail ORDER BY guardrail \
        ON CONFLICT (guardrail) DO UPDATE SET upto = greatest(known.upto, excluded.upto)";
    let statement = client.prepare_cached(sql).await?;
    let guardrails: Vec<&str> = judged.iter().map(|(guardrail, _)| guardrail.as_str()).collect();
    let ends: Vec<i64> = judged.iter().map(|(_, upto)| nanoseconds(*upto)).collect();
    client.execute(&statement, &[&guardrails, &ends]).await?;
    Ok(())
}
