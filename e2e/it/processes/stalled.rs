//! A network that stands still for longer than a heartbeat: a proxy on the loopback interface that stops carrying
//! bytes and keeps its connections open.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use verdict_e2e::servers::free_port;
use verdict_runtime::task;

use super::fleet::Telling;
use super::{Fleet, Ground, Plan};

/// Seconds between heartbeats of connections to the broker.
const HEARTBEAT: u64 = 1;
/// A broker that is silent for two heartbeats is gone; so is a log server after its keep-alive.
const STALL: Duration = Duration::from_secs(6);
const FLOW: Duration = Duration::from_millis(1500);
const STALLS: usize = 3;

/// Carries bytes both ways while it is open.
struct Proxy {
    port: u16,
    open: Arc<watch::Sender<bool>>,
}

impl Proxy {
    async fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let open = Arc::new(watch::Sender::new(true));
        let gate = open.clone();
        task::spawn("proxy", async move {
            while let Ok((client, _)) = listener.accept().await {
                let (target, gate) = (target.clone(), gate.clone());
                task::spawn("proxied", async move {
                    let Ok(server) = TcpStream::connect(target).await else { return };
                    for end in [&client, &server] {
                        end.set_nodelay(true).unwrap();
                    }
                    let (client_in, client_out) = client.into_split();
                    let (server_in, server_out) = server.into_split();
                    tokio::select! {
                        () = carry(client_in, server_out, gate.subscribe()) => {}
                        () = carry(server_in, client_out, gate.subscribe()) => {}
                    }
                });
            }
        });
        Self { port, open }
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut gate: watch::Receiver<bool>) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(length) = from.read(&mut bytes).await {
        // The client of the log holds back what it writes until this side has acknowledged what came before.
        drop(from.as_ref().set_quickack(true));
        if length == 0 || gate.wait_for(|open| *open).await.is_err() {
            return;
        }
        if to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_story_survives_a_network_that_stalls_for_longer_than_a_heartbeat() {
    let Some(ground) = Ground::find().await else { return };
    let bus = ground.rabbit.url();
    let broker = reqwest::Url::parse(&bus).unwrap();
    let to_broker = Proxy::to(format!("127.0.0.1:{}", broker.port().unwrap())).await;
    let log_port = free_port().unwrap();
    let to_log = Proxy::to(format!("127.0.0.1:{log_port}")).await;
    let bus = bus.replace(&format!(":{}", broker.port().unwrap()), &format!(":{}", to_broker.port));
    let plan = Plan {
        log: Some(format!("esdb://127.0.0.1:{}?tls=false", to_log.port)),
        log_port,
        ..Plan::over(&format!("{bus}?heartbeat={HEARTBEAT}"), ground.postgres.url.as_str())
    };
    let fleet = Fleet::start(&plan).await;
    let telling = Telling::apart(fleet.servers());
    let mut stalls = 0;
    while stalls < STALLS && !telling.is_finished() {
        tokio::time::sleep(FLOW).await;
        for proxy in [&to_broker, &to_log] {
            proxy.open.send_replace(false);
        }
        tokio::time::sleep(STALL).await;
        for proxy in [&to_broker, &to_log] {
            proxy.open.send_replace(true);
        }
        stalls += 1;
    }
    let acknowledged = telling.join().unwrap();
    println!(
        "{stalls} stalls of {} s by a loopback proxy, heartbeat {HEARTBEAT} s: {}",
        STALL.as_secs(),
        fleet.told(acknowledged).await.is_the_story()
    );
}
