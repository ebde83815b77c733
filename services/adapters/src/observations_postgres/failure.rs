//! What can go wrong with the server, and what the port makes of it.

use std::error::Error;
use std::io;
use std::time::Duration;

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;
use verdict_runtime::observations::StoreError;

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("no connection")]
    Pool(#[from] PoolError),
    #[error("the request failed")]
    Request(#[from] tokio_postgres::Error),
    #[error("the tables could not be brought to this version")]
    Migration(#[from] refinery::Error),
    #[error("column '{column}' holds {found}, which is no observation")]
    Unusable { column: &'static str, found: String },
    #[error("a row that was there is gone")]
    Vanished,
    #[error(
        "the observations belong to log {of}, and this is log {log}, which was not made of it: name the database of \
         this log, or an empty one"
    )]
    OfAnotherLog { of: String, log: String },
    #[error("no answer within {} s", .0.as_secs())]
    Slow(Duration),
}

impl Failure {
    /// Whether the connection broke while the request was under way, so that another connection may do better.
    pub(super) fn is_of_connection(&self) -> bool {
        let Self::Request(error) = self else {
            return false;
        };
        let by_server = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
        error.is_closed()
            || error.source().is_some_and(<dyn Error>::is::<io::Error>)
            || error.code().is_some_and(|code| by_server.contains(code))
    }

    /// What the port says, naming the server.
    pub(super) fn at(&self, server: &str) -> StoreError {
        let mut text = format!("PostgreSQL at {server}: {self}");
        let mut full = false;
        let mut cause = self.source();
        while let Some(error) = cause {
            let database = error.downcast_ref::<tokio_postgres::error::DbError>();
            full |= database.is_some_and(|database| *database.code() == SqlState::DISK_FULL);
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        if full { StoreError::Full } else { StoreError::Failed(text) }
    }
}
