//! Which log the rows belong to (decision D17).
//!
//! Observations are judged against what the log says. A log that was restored names the one that it was made of and where
//! that ended: of the rows of that one those that came later are let go, because whatever they led to never happened. The
//! rows of any other log are not taken for those of this one.

use deadpool_postgres::ClientWrapper;
use verdict_runtime::log::restored::Restored;

use super::failure::Failure;
use super::read::nanoseconds;

/// A log, as the store knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfLog {
    pub id: String,
    /// The times that it went back.
    pub restored: Vec<Restored>,
}

/// The numbers of rows, counted anew.
const COUNT: &str = "DELETE FROM observation_counts; \
    INSERT INTO observation_counts (org, metric, slot, number) \
    SELECT org, metric, 0, count(*) FROM observations GROUP BY org, metric;";

/// Makes the rows those of the log `of`. Whoever calls holds the lock of the migrations.
pub(super) async fn take(client: &mut ClientWrapper, of: &OfLog) -> Result<(), Failure> {
    let transaction = client.transaction().await?;
    let known = transaction.query_opt("SELECT id FROM observations_log", &[]).await?;
    let known: Option<String> = known.map(|row| row.try_get(0)).transpose()?;
    match known {
        None => {}
        Some(known) if known == of.id => return Ok(()),
        Some(known) => {
            let Some(went_back) = of.restored.iter().find(|restored| restored.from == known) else {
                return Err(Failure::OfAnotherLog { of: known, log: of.id.clone() });
            };
            let end = went_back.newest.map_or(i64::MAX, nanoseconds);
            let gone =
                transaction.execute("DELETE FROM observations WHERE received_at > $1", &[&end]).await?;
            transaction.batch_execute(COUNT).await?;
            // What was answered to the rows that stay may have come after the end as well.
            transaction.execute("DELETE FROM observations_judged", &[]).await?;
            tracing::warn!(
                from = known,
                log = of.id,
                gone,
                "the log was restored: observations that came after its end are let go"
            );
        }
    }
    let set =
        "INSERT INTO observations_log (id) VALUES ($1) ON CONFLICT (one) DO UPDATE SET id = excluded.id";
    transaction.execute(set, &[&of.id]).await?;
    transaction.commit().await?;
    Ok(())
}
