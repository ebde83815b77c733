//! The tables: SQL files that are built in and applied in order, each once.
//!
//! A migration adds, so that replicas of the version before go on working beside replicas of this one, or says what they
//! cannot do any more; for the same reason tables of a newer version are no error.

use deadpool_postgres::{Object, Pool};
use refinery::{Migration, Runner};

use super::belonging::{self, OfLog};
use super::failure::Failure;

/// Name and text of every file in `migrations/observations`.
pub(super) const FILES: &[(&str, &str)] = &[
    ("V1__observations", include_str!("../../migrations/observations/V1__observations.sql")),
    ("V2__points", include_str!("../../migrations/observations/V2__points.sql")),
    ("V3__arms", include_str!("../../migrations/observations/V3__arms.sql")),
    ("V4__log", include_str!("../../migrations/observations/V4__log.sql")),
];

/// The table in which the database remembers what was applied.
const HISTORY: &str = "observations_schema_history";

/// Key of the lock under which one replica applies migrations while the others wait. Any number will do, as long as
/// nothing else in the database uses it.
const LOCK: i64 = 0x0076_6572_6469_6374;

/// Brings the tables to this version, and the rows to the log `of` where one is named. The others of several replicas find
/// that nothing is left to do.
pub(super) async fn migrate(pool: &Pool, of: Option<&OfLog>) -> Result<(), Failure> {
    let migrations = FILES.iter().map(|(name, sql)| Migration::unapplied(name, sql));
    let migrations = migrations.collect::<Result<Vec<_>, _>>()?;
    // The lock belongs to the session and ends with it, however this ends.
    let mut client = Object::take(pool.get().await?);
    client.batch_execute("SET lock_timeout = '20s'").await?;
    client.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await?;
    let mut runner = Runner::new(&migrations).set_abort_missing(false);
    runner.set_migration_table_name(HISTORY);
    runner.run_async(&mut *client).await?;
    match of {
        Some(of) => belonging::take(&mut client, of).await,
        None => Ok(()),
    }
}
