//! PostgreSQL for tests: a database for each test in one shared server, or a server that a test may kill.
//!
//! From addresses: `VERDICT_POSTGRES_URL` names a server and a user who may create databases; those are dropped again.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::Url;
use tokio::sync::OnceCell;
use tokio_postgres::NoTls;
use verdict_runtime::{ids, task};

use super::containers::{Contained, Image};
use super::{Source, Unavailable, first, variable};

mod packages;

const SERVER: &str = "PostgreSQL";
const USER: &str = "verdict";
const PASSWORD: &str = "loopback-only";

/// What a server is started with besides its defaults, which flush every commit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settings<'a> {
    /// Files of its data folder: name and text.
    pub files: &'a [(&'a str, &'a str)],
    /// `name=value`
    pub values: &'a [&'a str],
}

/// What keeps a server up.
enum Running {
    Packages(packages::Server),
    Container(Box<Contained>),
    Elsewhere,
}

/// A server.
struct Host {
    running: Running,
    /// Of the database in which others are made.
    url: Url,
}

impl Host {
    async fn start(source: Source, settings: Settings<'_>) -> Result<Self, Unavailable> {
        match source {
            Source::Packages => {
                let server = packages::Server::start(settings).await?;
                Ok(Self { url: url(server.port)?, running: Running::Packages(server) })
            }
            Source::Containers => {
                if !settings.files.is_empty() || !settings.values.is_empty() {
                    return Err(fault("a container has the settings of its image"));
                }
                let container = Contained::start(&Image {
                    server: SERVER,
                    name: "postgres",
                    tag: "17-alpine",
                    ports: &[5432],
                    ready: "PostgreSQL init process complete; ready for start up.",
                    environment: &[("POSTGRES_USER", USER), ("POSTGRES_PASSWORD", PASSWORD)],
                })
                .await?;
                let host =
                    Self { url: url(container.ports[0])?, running: Running::Container(Box::new(container)) };
                host.until_it_answers().await?;
                Ok(host)
            }
            Source::Urls => {
                let url = variable(SERVER, "VERDICT_POSTGRES_URL")?;
                let url =
                    Url::parse(&url).map_err(|error| fault(format!("VERDICT_POSTGRES_URL: {error}")))?;
                execute(&url, "SELECT 1").await?;
                Ok(Self { running: Running::Elsewhere, url })
            }
        }
    }

    async fn until_it_answers(&self) -> Result<(), Unavailable> {
        let answers = async {
            while execute(&self.url, "SELECT 1").await.is_err() {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        let outcome = tokio::time::timeout(std::time::Duration::from_mins(1), answers).await;
        outcome.map_err(|_| fault("no answer within 60 s"))
    }

    /// The URL of a new database.
    async fn database(&self) -> Result<Url, Unavailable> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let run = ids::incarnation();
        let name = format!("verdict_{}_{}", &run[..8], NEXT.fetch_add(1, Ordering::Relaxed));
        execute(&self.url, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")).await?;
        let mut url = self.url.clone();
        url.set_path(&name);
        Ok(url)
    }
}

fn fault(why: impl std::fmt::Display) -> Unavailable {
    Unavailable::new(SERVER, why)
}

fn url(port: u16) -> Result<Url, Unavailable> {
    let url = format!("postgresql://{USER}:{PASSWORD}@127.0.0.1:{port}/postgres?sslmode=disable");
    Url::parse(&url).map_err(fault)
}

/// Executes SQL that answers nothing, on a connection of its own.
pub async fn execute(url: &Url, sql: &str) -> Result<(), Unavailable> {
    let described = |error: tokio_postgres::Error| {
        fault(format!("{error}: {}", error.as_db_error().map(ToString::to_string).unwrap_or_default()))
    };
    let (client, connection) = tokio_postgres::connect(url.as_str(), NoTls).await.map_err(described)?;
    let talking = task::spawn("postgres-admin", connection);
    let outcome = client.batch_execute(sql).await.map_err(described);
    drop(client);
    // It ends with the client.
    drop(talking.await);
    outcome
}

/// A database of the test's own.
pub struct Postgres {
    pub url: Url,
    /// Where to drop it again, when the server outlives the tests.
    admin: Option<Url>,
}

/// An empty database in the server that all tests of this process share.
pub async fn postgres() -> Result<Postgres, Unavailable> {
    static SHARED: OnceCell<Result<Host, Unavailable>> = OnceCell::const_new();
    let start = || first(SERVER, async |source| Host::start(source, Settings::default()).await);
    let host = SHARED.get_or_init(start).await.as_ref().map_err(Clone::clone)?;
    let url = host.database().await?;
    let admin = matches!(host.running, Running::Elsewhere).then(|| host.url.clone());
    Ok(Postgres { url, admin })
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let Some(admin) = self.admin.take() else {
            return;
        };
        let drop_it = format!("DROP DATABASE {} WITH (FORCE)", self.url.path().trim_start_matches('/'));
        // A runtime of its own, because that of the test may be waiting for this.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(execute(&admin, &drop_it)))
        });
        drop(dropping.join());
    }
}

/// A server of the test's own, with one empty database.
pub struct Alone {
    host: Host,
    pub url: Url,
}

/// A server that the test may kill. There is none where servers are somebody else's.
pub async fn alone(settings: Settings<'_>) -> Result<Alone, Unavailable> {
    let host = first(SERVER, async |source| match source {
        Source::Packages | Source::Containers => Host::start(source, settings).await,
        Source::Urls => Err(fault("a server that others use is not killed")),
    })
    .await?;
    let url = host.database().await?;
    Ok(Alone { host, url })
}

impl Alone {
    /// Ends the server at once, as `kill -9` does, and keeps its data.
    pub async fn kill(&mut self) -> Result<(), Unavailable> {
        match &mut self.host.running {
            Running::Packages(server) => server.kill(),
            Running::Container(container) => container.kill().await,
            Running::Elsewhere => Ok(()),
        }
    }

    /// Starts it again on the same port and data.
    pub async fn restart(&mut self) -> Result<(), Unavailable> {
        match &mut self.host.running {
            Running::Packages(server) => server.restart().await,
            Running::Container(container) => container.restart().await,
            Running::Elsewhere => Ok(()),
        }?;
        self.host.until_it_answers().await
    }
}
