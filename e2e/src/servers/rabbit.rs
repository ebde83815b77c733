//! RabbitMQ for tests: one broker for each test process and a virtual host for each test, or a broker of the test's own
//! that can be killed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::OnceCell;

use self::management::Management;
use self::packages::Broker;
use super::containers::{Contained, Image};
use super::{Source, Unavailable, first, variable};

mod management;
mod packages;

const SERVER: &str = "RabbitMQ";

/// What runs, and what ends it.
enum Running {
    Package(Broker),
    Container(Box<Contained>),
    Elsewhere,
}

struct Server {
    running: Running,
    /// `amqp://user:password@host:port`, without a virtual host.
    address: String,
    management: Management,
}

/// A virtual host of the broker that all tests of this process share.
pub struct Rabbit {
    server: Arc<Server>,
    vhost: String,
}

/// A virtual host of the test's own.
pub async fn rabbit() -> Result<Rabbit, Unavailable> {
    static SHARED: OnceCell<Result<Arc<Server>, Unavailable>> = OnceCell::const_new();
    let start = async || first(SERVER, Server::start).await.map(Arc::new);
    let server = SHARED.get_or_init(start).await.clone()?;
    Rabbit::on(server).await
}

impl Rabbit {
    /// A broker that nobody else uses, to be killed and started again.
    pub async fn private() -> Result<PrivateRabbit, Unavailable> {
        let own = async |source: Source| match source {
            Source::Urls => {
                Err(Unavailable::new(SERVER, "the broker at VERDICT_AMQP_URL is not ours to kill"))
            }
            Source::Packages | Source::Containers => Server::start(source).await,
        };
        let rabbit = Self::on(Arc::new(first(SERVER, own).await?)).await?;
        Ok(PrivateRabbit { rabbit })
    }

    async fn on(server: Arc<Server>) -> Result<Self, Unavailable> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let vhost = format!("verdict-test-{}-{number}", std::process::id());
        server.management.make_vhost(&vhost).await?;
        Ok(Self { server, vhost })
    }

    /// The address of the virtual host.
    pub fn url(&self) -> String {
        format!("{}/{}", self.server.address, self.vhost)
    }
}

impl Drop for Rabbit {
    fn drop(&mut self) {
        // A broker that we started takes everything with it.
        if matches!(self.server.running, Running::Elsewhere) {
            self.server.management.remove_vhost_and_wait(&self.vhost);
        }
    }
}

/// A broker of one test.
pub struct PrivateRabbit {
    rabbit: Rabbit,
}

impl PrivateRabbit {
    /// The address of its virtual host; the same after a restart.
    pub fn url(&self) -> String {
        self.rabbit.url()
    }

    /// Stops the broker in order and starts it again. RabbitMQ 3.10 writes down which quorum queues it has some seconds
    /// after they were declared; killed before, it comes back with an empty queue of the same name and no leader for it.
    /// So a test that kills declares its queues and then calls this.
    pub async fn settle(&mut self) -> Result<(), Unavailable> {
        match &mut self.server()?.running {
            Running::Package(broker) => broker.stop()?,
            Running::Container(container) => container.stop().await?,
            Running::Elsewhere => {}
        }
        self.restart().await
    }

    /// Ends the broker without a warning.
    pub async fn kill(&mut self) -> Result<(), Unavailable> {
        match &mut self.server()?.running {
            Running::Package(broker) => broker.kill(),
            Running::Container(container) => container.kill().await,
            Running::Elsewhere => Ok(()),
        }
    }

    /// Starts it again on the same ports and data, and waits until it answers.
    pub async fn restart(&mut self) -> Result<(), Unavailable> {
        let server = self.server()?;
        match &mut server.running {
            Running::Package(broker) => broker.start()?,
            Running::Container(container) => container.restart().await?,
            Running::Elsewhere => {}
        }
        server.ready().await
    }

    fn server(&mut self) -> Result<&mut Server, Unavailable> {
        let shared = || Unavailable::new(SERVER, "the broker is in use elsewhere");
        Arc::get_mut(&mut self.rabbit.server).ok_or_else(shared)
    }
}

impl Server {
    async fn start(source: Source) -> Result<Self, Unavailable> {
        let local = |running, amqp: u16, management: u16| Self {
            running,
            address: format!("amqp://guest:guest@127.0.0.1:{amqp}"),
            management: Management::new(format!("http://127.0.0.1:{management}"), "guest", "guest"),
        };
        let server = match source {
            Source::Packages => {
                let mut broker = Broker::prepared()?;
                broker.start()?;
                let (amqp, management) = (broker.ports.amqp, broker.ports.management);
                local(Running::Package(broker), amqp, management)
            }
            Source::Containers => {
                let container = Contained::start(&IMAGE).await?;
                let (amqp, management) = (container.ports[0], container.ports[1]);
                local(Running::Container(Box::new(container)), amqp, management)
            }
            Source::Urls => Self::elsewhere()?,
        };
        server.ready().await?;
        Ok(server)
    }

    /// The broker at `VERDICT_AMQP_URL`. Virtual hosts are made through its management API, which is at
    /// `VERDICT_AMQP_MANAGEMENT_URL`, or at port 15672 of the same host.
    fn elsewhere() -> Result<Self, Unavailable> {
        let url = variable(SERVER, "VERDICT_AMQP_URL")?;
        let unusable =
            || Unavailable::new(SERVER, format!("VERDICT_AMQP_URL '{url}' is not amqp://host[:port]"));
        let parsed = reqwest::Url::parse(&url).map_err(|_| unusable())?;
        let host = parsed.host_str().ok_or_else(unusable)?;
        let user = if parsed.username().is_empty() { "guest" } else { parsed.username() };
        let password = parsed.password().unwrap_or("guest");
        let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
        let management = std::env::var("VERDICT_AMQP_MANAGEMENT_URL");
        let management = management.unwrap_or_else(|_| format!("http://{host}:15672"));
        Ok(Self {
            running: Running::Elsewhere,
            address: format!("{}://{user}:{password}@{host}{port}", parsed.scheme()),
            management: Management::new(management, user, password),
        })
    }

    async fn ready(&self) -> Result<(), Unavailable> {
        let answers = async || self.management.answers().await;
        match &self.running {
            Running::Package(broker) => broker.until(answers).await,
            Running::Container(_) | Running::Elsewhere => {
                let patient = async {
                    while !answers().await {
                        tokio::time::sleep(Duration::from_millis(200)).await;
                    }
                };
                let patience = Duration::from_secs(30);
                let why = |_| Unavailable::new(SERVER, format!("no answer from {}", self.management.url()));
                tokio::time::timeout(patience, patient).await.map_err(why)
            }
        }
    }
}

const IMAGE: Image<'_> = Image {
    server: SERVER,
    name: "rabbitmq",
    tag: "4-management",
    ports: &[5672, 15672],
    ready: "Server startup complete",
    environment: &[],
};
