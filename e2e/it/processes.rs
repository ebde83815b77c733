//! All services as operating-system processes that share nothing but a log server, RabbitMQ and PostgreSQL: the story
//! ends in the same streams as in one process, whatever dies meanwhile.

use std::sync::OnceLock;

use verdict_e2e::servers;
use verdict_e2e::servers::postgres::Postgres;
use verdict_e2e::servers::rabbit::{PrivateRabbit, Rabbit};

use crate::streams::Streams;

mod fleet;
mod killed;
mod leases;
mod poisoned;
mod relayed;
mod stale;
mod stalled;
mod started;
mod story;
mod traced;
mod versions;

use fleet::{Fleet, Plan};

/// What the log says after a story, and the ids of the commands that were acknowledged with events.
pub struct Told {
    pub streams: Streams,
    pub acknowledged: Vec<String>,
}

impl Told {
    /// Fails unless the domain streams are those of the story in one process and every acknowledged command is in the
    /// log exactly once. Returns the two sets as a line.
    pub fn is_the_story(&self) -> String {
        let alone = alone();
        assert!(
            alone.streams.events.len() >= 10,
            "the story writes {} domain streams",
            alone.streams.events.len()
        );
        assert_eq!(self.streams.differences_from(&alone.streams), "");
        assert_eq!(self.acknowledged, alone.acknowledged);
        let times = |id: &String| self.streams.commands.get(id).copied().unwrap_or_default();
        let stored = self.acknowledged.iter().filter(|id| times(id) > 0).count();
        let once = self.acknowledged.iter().filter(|id| times(id) == 1).count();
        let line = format!(
            "{} command ids acknowledged with events, {stored} of them in the log, {once} with one effect; {} domain \
             streams equal",
            self.acknowledged.len(),
            self.streams.events.len()
        );
        assert_eq!((stored, once), (self.acknowledged.len(), self.acknowledged.len()), "{line}");
        line
    }
}

/// The story told to one process, once for all tests.
fn alone() -> &'static Told {
    static ALONE: OnceLock<Told> = OnceLock::new();
    ALONE.get_or_init(|| {
        let telling = std::thread::spawn(|| {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let (streams, acknowledged) = runtime.block_on(crate::roles::told_by_one());
            Told { streams, acknowledged }
        });
        telling.join().unwrap()
    })
}

/// A broker and a database that other tests use as well.
struct Ground {
    rabbit: Rabbit,
    postgres: Postgres,
}

impl Ground {
    /// Nothing, and a line that says why, where there is no such server.
    async fn find() -> Option<Self> {
        let rabbit = servers::available(servers::rabbit().await)?;
        let postgres = servers::available(servers::postgres().await)?;
        Some(Self { rabbit, postgres })
    }

    fn plan(&self) -> Plan {
        Plan::over(&self.rabbit.url(), self.postgres.url.as_str())
    }
}

/// The same with a broker that the test may kill.
struct OwnGround {
    rabbit: PrivateRabbit,
    postgres: Postgres,
}

impl OwnGround {
    async fn find() -> Option<Self> {
        let rabbit = servers::available(Rabbit::private().await)?;
        let postgres = servers::available(servers::postgres().await)?;
        Some(Self { rabbit, postgres })
    }

    fn plan(&self) -> Plan {
        Plan::over(&self.rabbit.url(), self.postgres.url.as_str())
    }
}
