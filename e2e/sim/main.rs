//! The simulation: the whole platform, twice, over one log in memory, under drops, duplicates, reordering, crashes
//! and paused lease holders. A seed is a history; a broken invariant prints the seed and what led to it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a simulation that cannot go on fails its test")]
#![expect(clippy::print_stdout, reason = "says how many histories were lived through, and what they found")]

mod faults;
mod invariants;
mod sabotage;
mod story;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};

use sabotage::Sabotage;
use world::World;

/// Histories; `VERDICT_SEEDS` sets another number, `VERDICT_SEED` lives through one alone.
const SEEDS: u64 = 2_000;
/// Histories that are lived through twice, to see that a seed is one history.
const TWICE: u64 = 100;
/// Histories in which a missing defence must show.
const SABOTAGED: u64 = 2_000;
/// Lines of a trace that are printed.
const TRACE: usize = 120;

fn seeds() -> u64 {
    std::env::var("VERDICT_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(SEEDS)
}

/// What a history came to.
struct Lived {
    commands: u32,
    breaches: usize,
    /// Of every event of its log.
    fingerprint: u64,
}

fn live(seed: u64, sabotage: Sabotage) -> Result<Lived, String> {
    live_and_tell(seed, sabotage, TRACE)
}

/// The same; of a history that goes wrong the last `lines` are told.
fn live_and_tell(seed: u64, sabotage: Sabotage, lines: usize) -> Result<Lived, String> {
    let mut world = World::new(seed, sabotage).map_err(|broken| format!("seed {seed}: {broken}"))?;
    let outcome = world.live();
    let from = world.trace.len().saturating_sub(lines);
    outcome
        .and_then(|()| world.lived())
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
            let lived = live(seed, Sabotage::None)?;
            if seed < TWICE && live(seed, Sabotage::None)?.fingerprint != lived.fingerprint {
                return Err(format!("seed {seed}: two runs wrote two logs"));
            }
            commands.fetch_add(lived.commands.into(), Ordering::Relaxed);
            breaches.fetch_add(lived.breaches as u64, Ordering::Relaxed);
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
        let lived =
            live_and_tell(seed, Sabotage::None, usize::MAX).unwrap_or_else(|broken| panic!("{broken}"));
        println!("{} commands, {} breaches", lived.commands, lived.breaches);
        return;
    }
    let count = seeds();
    match live_all(count) {
        Ok((commands, breaches)) => {
            println!("{count} histories, {commands} commands, {breaches} breaches");
            // Every history ends with bad news; where nothing breaks, nothing is shown.
            assert!(breaches > count / 2, "{breaches} breaches in {count} histories");
        }
        Err(broken) => panic!("{broken}"),
    }
}

/// The invariant that a platform without a mend breaks in the first of the histories that notice.
fn without(sabotage: Sabotage) -> String {
    let broken = (0..SABOTAGED).find_map(|seed| live(seed, sabotage).err());
    let broken = broken.expect("no history notices the missing mend");
    let what = broken.lines().next().unwrap_or_default().to_owned();
    println!("without {sabotage:?}: {what}");
    what
}

#[test]
fn without_the_hold_a_history_widens_after_a_breach() {
    let what = without(Sabotage::Hold);
    assert!(what.contains("S1:"), "{what}");
}

#[test]
fn without_the_memory_of_commands_a_history_has_an_effect_twice() {
    let what = without(Sabotage::CommandMemory);
    assert!(what.contains("S3:"), "{what}");
}

#[test]
fn without_the_epoch_an_old_lease_holder_acts() {
    let what = without(Sabotage::Epoch);
    assert!(what.contains("fencing:"), "{what}");
}

#[test]
fn without_the_list_of_what_is_under_way_a_rollback_or_a_pause_is_forgotten() {
    let what = without(Sabotage::Recovery);
    assert!(what.contains("S4:") || what.contains("S7:"), "{what}");
}

#[test]
fn without_news_of_a_log_that_went_back_a_flag_is_not_held() {
    let what = without(Sabotage::Restored);
    assert!(what.contains("S10:"), "{what}");
}

#[test]
fn without_a_comparison_with_the_store_a_breach_is_missed() {
    let what = without(Sabotage::Comparison);
    assert!(what.contains("S5:"), "{what}");
}

#[test]
fn without_the_second_breach_people_are_served_after_a_critical_one() {
    let what = without(Sabotage::SecondBreach);
    assert!(what.contains("S11:"), "{what}");
}
