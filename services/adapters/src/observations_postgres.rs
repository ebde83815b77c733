//! Observations in PostgreSQL, for any number of replicas of the metrics service.
//!
//! A batch is one statement in one transaction, whole or not at all, so the database decides between replicas that
//! send the same row: one of them inserted it. There is no inbox beside the rows, as design clause 3.7 asks of a
//! consumer that writes into a SQL store: rows arrive over HTTP and not from the bus, and their natural key is the
//! memory of what was taken.
//!
//! A connection that broke is replaced, and what was under way is tried once more: the key makes that harmless.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use deadpool_postgres::{Client, Pool};
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::OnceCell;
use verdict_runtime::observations::{Key, ObservationStore, Outcome, Query, Retraction, Row, StoreError};

mod belonging;
mod change;
mod failure;
mod read;
mod schema;
mod server;
#[cfg(test)]
mod tests;
mod write;

pub use belonging::OfLog;
use failure::Failure;

/// How long one request may take. A server that hangs is as bad as one that is gone.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "the URL of the observations store cannot be used; write it like \
         postgresql://user:password@host:5432/database?sslmode=require, where sslmode is disable, prefer or require"
    )]
    Url(#[source] tokio_postgres::Error),
    #[error("the URL of the observations store names no {0}")]
    Incomplete(&'static str),
    #[error("{file}: the certificates cannot be read", file = file.display())]
    Certificates { file: PathBuf, source: rustls::pki_types::pem::Error },
    #[error("{file}: there is no certificate in it", file = file.display())]
    NoCertificate { file: PathBuf },
    #[error("TLS towards the observations store cannot be set up")]
    Tls(#[from] rustls::Error),
    #[error("the pool of connections to the observations store cannot be made")]
    Pool(#[from] deadpool_postgres::BuildError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where the server is and how it is used.
#[derive(Clone)]
pub struct Options {
    /// `postgresql://user:password@host:5432/database?sslmode=require`. With TLS the server's certificate and its name
    /// are always checked. Of several hosts the one that takes writes is used.
    pub url: String,
    /// Certificates in PEM that may sign the server's; `None` = those that the operating system trusts.
    pub ca_file: Option<PathBuf>,
    /// Most connections at once.
    pub connections: usize,
    /// The log that the rows are judged against; `None` = nobody asks whose they are.
    pub log: Option<OfLog>,
}

impl Default for Options {
    fn default() -> Self {
        Self { url: String::new(), ca_file: None, connections: 8, log: None }
    }
}

/// See the module. Cheap to share behind an `Arc`; connections end when it is dropped.
pub struct PostgresObservations {
    pool: Pool,
    /// Host, port and database, as errors name them.
    server: String,
    log: Option<OfLog>,
    migrated: OnceCell<()>,
}

impl PostgresObservations {
    /// Looks at the options and connects to nothing yet: the first use brings the tables to this version. For a role
    /// that starts although the server is down, and gets ready once it is up.
    pub fn open(options: &Options) -> Result<Self, OpenError> {
        let (pool, server) = server::pool(options)?;
        Ok(Self { pool, server, log: options.log.clone(), migrated: OnceCell::new() })
    }

    /// Connects, and brings the tables to this version. Replicas may do it at once.
    pub async fn connect(options: Options) -> Result<Self, OpenError> {
        let store = Self::open(&options)?;
        store.ready().await?;
        Ok(store)
    }

    /// Fails as long as the server does not answer or its tables are not those of this version.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.client().await.map(|_| ()).map_err(|failure| failure.at(&self.server))
    }

    async fn client(&self) -> Result<Client, Failure> {
        self.migrated.get_or_try_init(|| schema::migrate(&self.pool, self.log.as_ref())).await?;
        Ok(self.pool.get().await?)
    }

    /// Acts with a connection, and once more with another one when that one broke.
    async fn act<T, F>(&self, act: impl Fn(Client) -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let attempt = async || {
            let acting = async { act(self.client().await?).await };
            tokio::time::timeout(PATIENCE, acting).await.unwrap_or(Err(Failure::Slow(PATIENCE)))
        };
        let outcome = match attempt().await {
            Err(failure) if failure.is_of_connection() => attempt().await,
            outcome => outcome,
        };
        outcome.map_err(|failure| failure.at(&self.server))
    }
}

impl ObservationStore for PostgresObservations {
    fn insert(&self, rows: Vec<Row>) -> BoxFuture<'_, Result<Vec<Outcome>, StoreError>> {
        Box::pin(async move { self.act(|client| write::insert(client, &rows)).await })
    }

    fn rows_from<'a>(
        &'a self,
        query: &'a Query,
        from: Option<Timestamp>,
        after: Option<&'a Key>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(self.act(move |client| read::rows_from(client, query, from, after, max)))
    }

    fn last<'a>(
        &'a self,
        query: &'a Query,
        before: Option<Timestamp>,
        max: usize,
    ) -> BoxFuture<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(self.act(move |client| read::last(client, query, before, max)))
    }

    fn count<'a>(&'a self, org: &'a str, metric: &'a str) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(self.act(move |client| read::count(client, org, metric)))
    }

    fn retract<'a>(&'a self, retraction: &'a Retraction) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(self.act(move |client| change::retract(client, retraction)))
    }

    fn prune<'a>(
        &'a self,
        org: &'a str,
        metric: &'a str,
        before: Timestamp,
        max: usize,
    ) -> BoxFuture<'a, Result<u64, StoreError>> {
        Box::pin(self.act(move |client| change::prune(client, org, metric, before, max)))
    }

    fn mark(&self, judged: Vec<(String, Timestamp)>) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(async move { self.act(|client| change::mark(client, &judged)).await })
    }

    fn marked<'a>(&'a self, guardrail: &'a str) -> BoxFuture<'a, Result<Option<Timestamp>, StoreError>> {
        Box::pin(self.act(move |client| read::marked(client, guardrail)))
    }
}
