//! The simulation: the whole platform, twice, over one log in memory, under drops, duplicates, reordering, crashes
//! and paused lease holders. A seed is a history; a broken invariant prints the seed and what led to it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a simulation that cannot go on fails its test")]
#![expect(clippy::print_stdout, reason = "says how many histories were lived through, and what they found")]

mod faults;
mod invariants;
mod story;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};

use faults::Sabotage;
use world::World;

/// Histories; `VERDICT_SEEDS` sets another number, `VERDICT_SEED` lives through one alone.
const SEEDS: u64 = 10_000;
/// Histories in which a missing defence must show.
const SABOTAGED: u64 = 2_000;
/// Lines of a trace that are printed.
const TRACE: usize = 120;

fn seeds() -> u64 {
    std::env::var("VERDICT_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

fn live(seed: u64, sabotage: Sabotage) -> Result<(u32, usize), String> {
    // Some steps are bounded by a timeout of machine time, which needs a timer; none is ever waited for.
    let timer = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let timer = timer.map_err(|error| error.to_string())?;
    let _entered = timer.enter();
    let mut world = World::new(seed, sabotage)?;
    let outcome = world.live();
    let from = world.trace.len().saturating_sub(TRACE);
    outcome
        .map(|()| world.counts())
        .map_err(|broken| format!("seed {seed}: {broken}\n{}", world.trace[from..].join("\n")))
}

/// The histories of `seeds`, on every core.
fn live_all(count: u64) -> Result<(u64, u64), String> {
    let (commands, breaches, next) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let worker = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= count {
                return Ok(());
            }
            let (sent, broke) = live(seed, Sabotage::None)?;
            commands.fetch_add(sent.into(), Ordering::Relaxed);
            breaches.fetch_add(broke as u64, Ordering::Relaxed);
            if seed % 1000 == 999 {
                println!("{} histories", seed + 1);
            }
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect::<Result<Vec<()>, String>>()
    })?;
    Ok((commands.into_inner(), breaches.into_inner()))
}

#[test]
fn every_history_keeps_the_invariants() {
    if let Some(seed) = std::env::var("VERDICT_SEED").ok().and_then(|text| text.parse().ok()) {
        println!("{:?}", live(seed, Sabotage::None).unwrap_or_else(|broken| panic!("{broken}")));
        return;
    }
    let count = seeds();
    match live_all(count) {
        Ok((commands, breaches)) => println!("{count} histories, {commands} commands, {breaches} breaches"),
        Err(broken) => panic!("{broken}"),
    }
}

/// The first seed at which a platform without a defence breaks an invariant, and which one.
fn breaks(sabotage: Sabotage) -> (u64, String) {
    let broken = (0..SABOTAGED).find_map(|seed| live(seed, sabotage).err().map(|broken| (seed, broken)));
    let (seed, broken) = broken.expect("no history notices the missing defence");
    let what = broken.lines().next().unwrap_or_default().to_owned();
    println!("without {sabotage:?}: {what}");
    (seed, what)
}

#[test]
fn without_the_hold_a_history_widens_after_a_breach() {
    let (_, what) = breaks(Sabotage::Hold);
    assert!(what.contains("I1:"), "{what}");
}

#[test]
fn without_the_memory_of_commands_a_history_has_an_effect_twice() {
    let (_, what) = breaks(Sabotage::CommandMemory);
    assert!(what.contains("I3:"), "{what}");
}

#[test]
fn without_the_epoch_an_old_lease_holder_acts() {
    let (_, what) = breaks(Sabotage::Epoch);
    assert!(what.contains("fencing:"), "{what}");
}

#[test]
fn without_a_restart_of_processes_a_breach_stays_open() {
    let (_, what) = breaks(Sabotage::ProcessRestart);
    assert!(what.contains("I4:"), "{what}");
}
