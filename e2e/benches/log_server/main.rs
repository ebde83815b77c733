//! The log server on loopback, over a log on the disk, against what bounds it in the same run: the disk, the engine
//! without a server, and a server without a disk.
//!
//! Clients speak tonic over the generated messages of the protocol, with TCP_NODELAY. The server, the ceiling and the
//! clients are in this process, server and clients on runtimes of their own. Exit code 0: within the targets, 1: not,
//! 2: the machine was too busy to tell.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures real time and names no tasks")]

mod appends;
mod ceiling;
#[path = "../shared/disk.rs"]
mod disk;
#[path = "../shared/event.rs"]
mod event;
#[path = "../shared/history.rs"]
mod history;
#[path = "../shared/inserts.rs"]
mod inserts;
#[path = "../shared/median.rs"]
mod median;
#[path = "../shared/rate.rs"]
mod rate;
mod reading;
#[path = "../shared/times.rs"]
mod times;
#[path = "../shared/verdict.rs"]
mod verdict;
mod wire;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use appends::{Measured, Rounds, Way};
use disk::{Disk, Flushes};
use median::median;
use rate::per_second;
use reading::Live;
use tempfile::TempDir;
use times::quantile;
use tokio::runtime::{Handle, Runtime};
use verdict::verdict;
use verdict_eventlog::server::{Options, Server};
use verdict_eventlog::{Log, Options as LogOptions};
use wire::Client;

/// Writers at once, and the connections that they share.
const WRITERS: usize = 64;
const CONNECTIONS: usize = 8;
/// What an append may cost beyond the flush, before the factor.
const OWN_WORK: Duration = Duration::from_micros(300);
/// An append by one writer may take this many times (flush + own work).
const FACTOR: f64 = 1.5;
/// Many writers reach at least this share of what the engine alone does, or the ceiling where that is lower.
const SHARE: f64 = 0.6;
/// Events a second that catching up must reach.
const CATCH_UP: f64 = 100_000.0;
/// What one event in a hundred may take to a live subscriber after it was acknowledged.
const LIVE: Duration = Duration::from_millis(50);

/// A server over a log of its own.
struct Ground {
    log: Log,
    server: Server,
    directory: TempDir,
}

impl Ground {
    fn start(on: &Handle) -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        let log = Log::open(LogOptions::new(directory.path().join("log")))?;
        let _within = on.enter();
        let server = Server::start(log.clone(), Options::new(SocketAddr::from(([127, 0, 0, 1], 0))))?;
        Ok(Self { log, server, directory })
    }

    fn address(&self) -> SocketAddr {
        self.server.address()
    }

    async fn stop(self) {
        self.server.stop().await;
        self.log.close().await;
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let (servers, clients) = (Runtime::new()?, Runtime::new()?);
    clients.block_on(verdict_adapters::esdb::bootstrap())?;
    let Appended { flushes, quick, enough } = appends(servers.handle(), clients.handle())?;
    clients.block_on(inserts::told(&[1, WRITERS]))?;
    let catching_up = catch_up(servers.handle(), clients.handle())?;
    let live = live(servers.handle(), clients.handle())?;
    Ok(verdict(&flushes, quick && enough && catching_up && live))
}

/// What appends came to.
struct Appended {
    flushes: Flushes,
    /// One writer is within the target.
    quick: bool,
    /// Many writers are.
    enough: bool,
}

async fn connections(to: SocketAddr) -> anyhow::Result<Vec<Client>> {
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        clients.push(wire::connect(to).await?);
    }
    Ok(clients)
}

/// Prints what appends cost.
fn appends(servers: &Handle, on: &Handle) -> anyhow::Result<Appended> {
    let ground = Ground::start(servers)?;
    let directory = tempfile::tempdir()?;
    let engine = Log::open(LogOptions::new(directory.path().join("log")))?;
    let served = on.block_on(connections(ground.address()))?;
    let nothing = on.block_on(connections(servers.block_on(ceiling::serve())?))?;
    let ways = || {
        [
            Measured::new("engine alone", Way::Engine(engine.clone())),
            Measured::new("ceiling, Append", Way::Append(nothing.clone())),
            Measured::new("ceiling, BatchAppend", Way::Batch(nothing.clone())),
            Measured::new("server, Append", Way::Append(served.clone())),
            Measured::new("server, BatchAppend", Way::Batch(served.clone())),
        ]
    };
    let (mut one, mut many) = (ways(), ways());
    let mut disk = Disk::within(ground.directory.path())?;
    appends::alone(on, &mut one, &mut disk)?;
    let mut rounds = appends::together(on, WRITERS, &mut many, &mut disk)?;
    on.block_on(engine.close());
    on.block_on(ground.stop());

    let flushes = disk.told();
    let quick = print_one(&mut one, &flushes);
    let enough = print_many(&mut many, &mut rounds);
    Ok(Appended { flushes, quick, enough })
}

/// Prints what an append by one writer takes; returns whether that is little enough for the server.
fn print_one(ways: &mut [Measured], flushes: &Flushes) -> bool {
    let limit = (flushes.median + OWN_WORK).mul_f64(FACTOR);
    println!("1 writer, to fdatasync p50; limit {limit:?} = {FACTOR} x (fdatasync p50 + {OWN_WORK:?})");
    let mut quick = true;
    for Measured { name, times, .. } in ways {
        let (p50, p99) = (quantile(times, 0.5), quantile(times, 0.99));
        let ratio = p50.as_secs_f64() / flushes.median.as_secs_f64();
        println!("  {name:22} p50 {p50:>10.1?} {ratio:5.1} x  p99 {p99:>10.1?}");
        quick &= !name.starts_with("server") || p50 <= limit;
    }
    quick
}

/// Prints what many writers reach; returns whether the server reaches its share of the lower of its bounds.
fn print_many(ways: &mut [Measured; 5], Rounds { flushes, others }: &mut Rounds) -> bool {
    let flush_rate = median(flushes);
    println!("{WRITERS} writers on {CONNECTIONS} connections, to {flush_rate:.0} fdatasync/s");
    println!("  other processes had {:.0} % of the processors", *others * 100.0);
    for Measured { name, times, rates, worked, .. } in &mut *ways {
        let (rate, p50, p99) = (median(&mut rates.clone()), quantile(times, 0.5), quantile(times, 0.99));
        let (ratio, work) =
            (rate / flush_rate, worked.div_f64(per_second(times.len(), Duration::from_secs(1))));
        println!(
            "  {name:22} {rate:>7.0}/s {ratio:5.1} x  p50 {p50:>9.1?} p99 {p99:>9.1?}  processors {work:>7.1?} each"
        );
    }
    let [engine, ceiling, batch_ceiling, append, batch] = ways;
    let mut enough = true;
    for (name, served, ceiling) in [("Append", append, ceiling), ("BatchAppend", batch, batch_ceiling)] {
        // Of each round, so that a machine that changes its pace changes both sides.
        let bounds = engine.rates.iter().zip(&ceiling.rates);
        let share_of = |bound: fn(f64, f64) -> f64| {
            let bounds = bounds.clone().map(|(engine, ceiling)| bound(*engine, *ceiling));
            let mut shares: Vec<f64> =
                served.rates.iter().zip(bounds).map(|(served, bound)| served / bound).collect();
            median(&mut shares)
        };
        let share = share_of(f64::min);
        // What can be reached when the same processors do the work of both.
        let both = share_of(|engine, ceiling| 1.0 / (1.0 / engine + 1.0 / ceiling));
        println!(
            "  {name}: {share:.2} of the lower of engine and ceiling, at least {SHARE}; {both:.2} of both, one after the other"
        );
        enough &= share >= SHARE;
    }
    enough
}

/// Prints how fast a history is read; returns whether that is fast enough.
fn catch_up(servers: &Handle, on: &Handle) -> anyhow::Result<bool> {
    let ground = Ground::start(servers)?;
    let address = ground.address();
    on.block_on(history::write(&ground.log, reading::HISTORY, 7, event::event))?;
    let (mut subscribed, mut adapted) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        subscribed.push(on.block_on(reading::catch_up(address))?);
        adapted.push(on.block_on(reading::catch_up_adapted(address))?);
    }
    on.block_on(ground.stop());
    let (subscribed, adapted) = (median(&mut subscribed), median(&mut adapted));
    println!("catching up with $all, at least {CATCH_UP:.0} events/s");
    println!("  subscription           {subscribed:>7.0}/s");
    println!("  pages of the adapter   {adapted:>7.0}/s");
    Ok(subscribed >= CATCH_UP && adapted >= CATCH_UP)
}

/// Prints what live readers wait; returns whether that is little enough.
fn live(servers: &Handle, on: &Handle) -> anyhow::Result<bool> {
    let ground = Ground::start(servers)?;
    let Live { rate, mut from_acknowledged, mut from_sent, mut adapted } =
        on.block_on(reading::live(ground.address()))?;
    on.block_on(ground.stop());
    println!("live, {rate:.0} events/s appended; p99 at most {LIVE:?} after the acknowledgement");
    let print = |name: &str, times: &mut [Duration]| {
        let (p50, p99) = (quantile(times, 0.5), quantile(times, 0.99));
        println!("  {name:38} p50 {p50:>10.1?} p99 {p99:>10.1?}");
        p99
    };
    let acknowledged = print("acknowledged to subscriber", &mut from_acknowledged);
    print("sent to subscriber", &mut from_sent);
    let read = print("acknowledged to reader of the adapter", &mut adapted);
    Ok(acknowledged <= LIVE && read <= LIVE)
}
