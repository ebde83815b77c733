//! The adapter over our own server in this process: how much it has sent, and what happens when its log goes back.

use std::net::SocketAddr;
use std::path::Path;

use tempfile::TempDir;
use uuid::Uuid;
use verdict_eventlog as engine;
use verdict_eventlog::server::{Options as Serving, Server};
use verdict_runtime::log::restored::Restored;

use super::*;

/// How long something may take that is expected to happen.
const SOON: Duration = Duration::from_secs(20);

struct Ground {
    log: engine::Log,
    server: Server,
    address: SocketAddr,
}

impl Ground {
    fn serve(directory: &Path, address: SocketAddr) -> Self {
        let log = engine::Log::open(engine::Options::new(directory)).unwrap();
        let options = Serving { drain: Duration::ZERO, ..Serving::new(address) };
        let server = Server::start(log.clone(), options).unwrap();
        Self { log, address: server.address(), server }
    }

    fn start(directory: &Path) -> Self {
        Self::serve(directory, ([127, 0, 0, 1], 0).into())
    }

    async fn connect(&self) -> EsdbLog {
        let options = Options {
            ring_events: 4,
            watch_every: Duration::from_millis(20),
            ..Options::new(format!("esdb://{}?tls=false", self.address))
        };
        EsdbLog::connect(options).await.unwrap()
    }

    async fn write(&self, stream: &str, numbers: impl IntoIterator<Item = u128>) -> u64 {
        let event = |number: u128| engine::NewEvent {
            id: Uuid::from_u128(number),
            event_type: "bets.Bet.Placed.v1".to_owned(),
            is_json: true,
            data: b"{}".to_vec(),
            metadata: b"{}".to_vec(),
        };
        let events = numbers.into_iter().map(event).collect();
        self.log.append(stream, engine::Expected::Any, events).await.unwrap().position
    }

    /// Ends the server and serves the log in `directory` at the same address.
    async fn turn_to(self, directory: &Path) -> Self {
        let address = self.address;
        self.server.stop().await;
        self.log.close().await;
        Self::serve(directory, address)
    }
}

fn ids(page: &AllSlice) -> Vec<u128> {
    page.events.iter().map(|event| event.id.as_u128()).collect()
}

async fn read(log: &EsdbLog, after: Option<&Position>, filter: &Filter, max: usize) -> AllSlice {
    log.read_all(after, filter, max).await.unwrap()
}

/// Asks until the answer is another one than `Unavailable`, and returns it.
async fn settled(log: &EsdbLog, after: Option<&Position>) -> Result<AllSlice, LogError> {
    let asked = async {
        loop {
            match log.read_all(after, &Filter::default(), 10).await {
                Err(LogError::Unavailable(_)) => tokio::task::yield_now().await,
                answer => return answer,
            }
        }
    };
    tokio::time::timeout(SOON, asked).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_19_what_others_wrote_stays_at_the_server() {
    let directory = TempDir::new().unwrap();
    let ground = Ground::start(directory.path());
    ground.write("bets.bet-1", [1, 2]).await;
    for number in 0..40 {
        ground.write("rollouts.rollout-1", (0..100).map(|event| 1_000 + 100 * number + event)).await;
    }
    ground.write("bets.bet-2", [3]).await;
    ground.write("rollouts.rollout-2", 10_000..10_100).await;
    let log = ground.connect().await;
    let before = ground.server.stats().events();
    let looked_at = ground.log.looked_at();
    let filter = Filter::prefixes(["bets."]);

    let whole = read(&log, None, &filter, 100).await;
    assert_eq!((ids(&whole), whole.at_head), (vec![1, 2, 3], true));
    assert_eq!(whole.considered, log.head().await.unwrap());
    let first = read(&log, None, &filter, 2).await;
    assert_eq!((ids(&first), first.at_head), (vec![1, 2], false));
    let rest = read(&log, first.considered.as_ref(), &filter, 2).await;
    assert_eq!((ids(&rest), rest.at_head), (vec![3], true));
    assert_eq!(read(&log, None, &Filter::prefixes(["gtm."]), 9).await.considered, whole.considered);

    let sent = ground.server.stats().events() - before;
    assert!(sent < 100, "{sent} events were sent for three");
    let looked_at = ground.log.looked_at() - looked_at;
    assert!(looked_at < 100, "the server looked at {looked_at} events of its file for three");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_23_a_reader_of_a_restored_log_begins_again_and_goes_on() {
    let [running, backup, restored] = [(); 3].map(|()| TempDir::new().unwrap());
    let ground = Ground::start(running.path());
    let log = ground.connect().await;
    ground.write("bets.bet-1", [1, 2]).await;
    ground.log.backup(&backup.path().join("copy")).unwrap();
    ground.write("bets.bet-1", [3, 4, 5]).await;
    let known = read(&log, None, &Filter::default(), 10).await;
    assert_eq!(ids(&known), [1, 2, 3, 4, 5]);
    let report = engine::Log::restore(&backup.path().join("copy"), restored.path()).unwrap();

    let ground = ground.turn_to(restored.path()).await;
    ground.write("bets.bet-1", 6..20).await;

    let after = known.considered.unwrap();
    assert_eq!(settled(&log, Some(&after)).await, Err(LogError::AnotherLog(after)));
    let renamed = async {
        while *log.log_id() != report.log_id.to_string() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, renamed).await.unwrap();
    let again = settled(&log, None).await.unwrap();
    assert_eq!(ids(&again), [1, 2, 6, 7, 8, 9, 10, 11, 12, 13]);
    let said = read(&log, None, &Restored::filter(), 10).await;
    let said = Restored::of(&said.events[0]).unwrap().unwrap();
    assert_eq!((said.from, said.head.commit), (report.from, 2));
    let rest = read(&log, again.considered.as_ref(), &Filter::default(), 10).await;
    assert_eq!(ids(&rest), [14, 15, 16, 17, 18, 19]);
    assert_eq!(log.ready().await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_23_over_a_log_that_went_back_unannounced_nothing_is_read_or_written() {
    let [running, backup] = [(); 2].map(|()| TempDir::new().unwrap());
    let ground = Ground::start(running.path());
    let log = ground.connect().await;
    ground.write("bets.bet-1", 0..10).await;
    ground.log.backup(&backup.path().join("copy")).unwrap();
    ground.write("bets.bet-1", 10..15).await;
    let known = read(&log, None, &Filter::default(), 100).await;
    assert_eq!(ids(&known).len(), 15);

    let ground = ground.turn_to(&backup.path().join("copy")).await;
    let position = ground.write("bets.bet-1", 20..23).await;
    assert_eq!(position, 13);

    let refused = async {
        loop {
            match log.read_all(known.considered.as_ref(), &Filter::default(), 100).await {
                Ok(page) => unreachable!("the reader was told that it is at the head: {page:?}"),
                Err(LogError::Storage(told)) => return told,
                Err(LogError::Unavailable(_) | LogError::AnotherLog(_)) => tokio::task::yield_now().await,
                Err(other) => unreachable!("{other}"),
            }
        }
    };
    let told = tokio::time::timeout(SOON, refused).await.unwrap();
    assert!(told.contains("went back"), "{told}");
    for page in [log.read_all(None, &Filter::default(), 100).await.map(|_| ()), log.ready().await] {
        assert_eq!(page, Err(LogError::Storage(told.clone())));
    }
    assert_eq!(log.read_last("bets.bet-1").await, Err(LogError::Storage(told.clone())));
    let append = log.append("bets.bet-1", Expected::Exact(12), Vec::new()).await;
    assert_eq!(append, Err(LogError::Storage(told)));

    // Whoever starts again reads the log as it is.
    let again = ground.connect().await;
    assert_eq!(read(&again, None, &Filter::default(), 100).await.events.len(), 13);
}
