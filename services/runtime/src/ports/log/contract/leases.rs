//! Two replicas and one lease: who may act, and what becomes of one that acts too late.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_kernel::effect::Effect;
use verdict_kernel::principal::Principal;

use super::tally::{Command, envelope, repository};
use crate::execute::{Envelope, ExecuteError, Fence};
use crate::fault::Fault;
use crate::lease::{self, Holder, Lease};
use crate::log::Log;
use crate::process::Proof;

const TTL: Duration = Duration::from_secs(6);

/// Runs this part of the suite.
pub async fn all(make: &impl AsyncFn() -> Log) {
    clause_08_a_resumed_old_lease_holder_is_fenced(make().await).await;
    clause_08_one_of_two_takers_wins_and_epochs_only_grow(make().await).await;
    clause_21_a_fence_is_believed_from_processes_and_as_far_as_its_lease_shows(make().await).await;
    clause_21_an_epoch_that_no_lease_shows_fences_nobody(make().await).await;
    clause_09_a_lease_names_the_address_of_its_holder(make().await).await;
    clause_12_a_holder_that_gives_no_sign_of_life_leaves_its_work_undone(make().await).await;
    clause_15_a_lease_stream_keeps_one_event(make().await).await;
}

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH))
}

fn replica(log: &Log, clock: &Arc<ManualClock>, id: &str) -> Lease {
    let holder = Holder { id: id.to_owned(), address: format!("http://{id}:7410") };
    Lease::new(log.clone(), clock.clone(), "contract", "work", holder, TTL)
}

async fn tended(lease: &mut Lease) -> Proof {
    lease.tend().await.expect("the lease is tended")
}

async fn taken(lease: &mut Lease) -> Fence {
    let Proof::Held(Some(fence)) = tended(lease).await else { unreachable!("the lease is free") };
    fence
}

fn under(fence: &Fence, name: &str) -> Envelope {
    let principal = Principal::process("work");
    Envelope { fence: Some(fence.clone()), principal, ..envelope(name) }
}

/// A holder that was paused for longer than its time comes back: what it does on what the newer one has touched
/// is a fault, and it has to watch from then on.
pub async fn clause_08_a_resumed_old_lease_holder_is_fenced(log: Log) {
    let clock = clock();
    let (mut old, mut new) = (replica(&log, &clock, "old"), replica(&log, &clock, "new"));
    let old_fence = taken(&mut old).await;
    let tallies = repository(&log, clock.clone());
    let add = |envelope| {
        let tallies = &tallies;
        async move { tallies.execute(&envelope, "1", true, Command::Add(1)).await }
    };
    add(under(&old_fence, "a")).await.expect("the holder acts");
    if !log.is_exclusive() {
        assert!(matches!(tended(&mut new).await, Proof::Elsewhere { .. }));
        clock.advance(TTL);
    }
    let new_fence = taken(&mut new).await;
    assert!(new_fence.epoch > old_fence.epoch);
    add(under(&new_fence, "b")).await.expect("the new holder acts");
    let error = add(under(&old_fence, "c")).await.expect_err("the old holder is fenced");
    let fenced = Fault::Fenced {
        lease: "contract.lease-work".to_owned(),
        mine: old_fence.epoch,
        newer: new_fence.epoch,
    };
    assert!(matches!(&error, ExecuteError::Fault(fault) if *fault == fenced), "{error}");
    if !log.is_exclusive() {
        assert!(matches!(tended(&mut old).await, Proof::Elsewhere { .. }));
        assert_eq!(old.fence(), None);
    }
    let known = add(under(&old_fence, "a")).await.expect("what it did in time is still its own");
    assert!(known.repeated);
}

/// Whoever is no process holds no lease, and a process holds none that was not given yet.
pub async fn clause_21_a_fence_is_believed_from_processes_and_as_far_as_its_lease_shows(log: Log) {
    let clock = clock();
    let fence = taken(&mut replica(&log, &clock, "a")).await;
    let tallies = repository(&log, clock.clone());
    let add = async |envelope| tallies.execute(&envelope, "1", true, Command::Add(1)).await;
    let made_up = Fence { epoch: u32::MAX, ..fence.clone() };
    let other = Fence { lease: "contract.tally-1".to_owned(), epoch: 1 };
    for fence in [&made_up, &other] {
        let error = add(under(fence, "a")).await.expect_err("nobody was given this epoch");
        assert!(matches!(&error, ExecuteError::Problem(problem) if problem.field == "meta.fence"), "{error}");
    }
    let person = Envelope { fence: Some(made_up), ..envelope("b") };
    add(person).await.expect("a person fences nobody, and is not fenced");
    add(under(&fence, "c")).await.expect("the holder acts");
}

/// Such an epoch may be in a stream, from a caller that was believed once or from a lease that began anew beside it.
pub async fn clause_21_an_epoch_that_no_lease_shows_fences_nobody(log: Log) {
    let clock = clock();
    let (mut old, mut new) = (replica(&log, &clock, "old"), replica(&log, &clock, "new"));
    let fence = taken(&mut old).await;
    let tallies = repository(&log, clock.clone());
    let execute = async |envelope, command| tallies.execute(&envelope, "1", true, command).await;
    let narrows = |fence: &Fence, name| Envelope { effect: Effect::Narrows, ..under(fence, name) };
    let made_up = Fence { epoch: u32::MAX, ..fence.clone() };
    execute(narrows(&made_up, "a"), Command::Clear).await.expect("what takes back is not fenced");
    execute(under(&fence, "b"), Command::Add(1)).await.expect("the holder acts");
    old.give_back().await.expect("given back");
    let newer = taken(&mut new).await;
    execute(under(&newer, "c"), Command::Add(1)).await.expect("the new holder acts");
    let error = execute(under(&fence, "d"), Command::Add(1)).await.expect_err("the old one is fenced");
    let told = matches!(&error, ExecuteError::Fault(Fault::Fenced { newer, .. }) if *newer < u32::MAX);
    assert!(told, "{error}");
    execute(narrows(&fence, "e"), Command::Clear).await.expect("it may take back all the same");
}

/// Taking, giving back and taking again.
pub async fn clause_08_one_of_two_takers_wins_and_epochs_only_grow(log: Log) {
    let clock = clock();
    let (mut a, mut b) = (replica(&log, &clock, "a"), replica(&log, &clock, "b"));
    let (first, second) = (a.tend().await, b.tend().await);
    assert!(matches!(first, Ok(Proof::Held(Some(_)))), "{first:?}");
    let mut last = 1;
    if log.is_exclusive() {
        assert!(matches!(second, Ok(Proof::Held(Some(_)))), "{second:?}");
    } else {
        assert!(matches!(second, Ok(Proof::Elsewhere { .. })), "{second:?}");
        a.give_back().await.expect("given back");
        let fence = taken(&mut b).await;
        assert!(fence.epoch > last);
        last = fence.epoch;
    }
    b.give_back().await.expect("given back");
    assert!(taken(&mut replica(&log, &clock, "c")).await.epoch > last);
}

/// Virtual time waits while nobody is known to act: a holder counts once it was seen to renew, and no longer than two
/// thirds of its time after that.
pub async fn clause_12_a_holder_that_gives_no_sign_of_life_leaves_its_work_undone(log: Log) {
    if log.is_exclusive() {
        return;
    }
    let clock = clock();
    let (mut a, mut b) = (replica(&log, &clock, "a"), replica(&log, &clock, "b"));
    taken(&mut a).await;
    let alive = async |b: &mut Lease| match tended(b).await {
        Proof::Elsewhere { alive, .. } => alive,
        Proof::Held(_) => unreachable!("another holds it"),
    };
    assert!(!alive(&mut b).await, "it may be the lease of a process that is gone");
    clock.advance(TTL / 3);
    assert!(!alive(&mut b).await);
    tended(&mut a).await;
    assert!(alive(&mut b).await);
    clock.advance(TTL / 3);
    assert!(alive(&mut b).await);
    clock.advance(TTL / 3);
    assert!(!alive(&mut b).await);
    clock.advance(TTL / 3);
    taken(&mut b).await;
}

/// Calls go to the holder, and nowhere when nobody holds it.
pub async fn clause_09_a_lease_names_the_address_of_its_holder(log: Log) {
    let clock = clock();
    let mut a = replica(&log, &clock, "a");
    assert_eq!(lease::current(&log, "contract", "work").await, Ok(None));
    taken(&mut a).await;
    let grant = lease::current(&log, "contract", "work").await.expect("read").expect("held");
    assert_eq!((grant.holder.address.as_str(), grant.ttl), ("http://a:7410", TTL));
    a.give_back().await.expect("given back");
    assert_eq!(lease::current(&log, "contract", "work").await, Ok(None));
}

/// A lease is renewed for years.
pub async fn clause_15_a_lease_stream_keeps_one_event(log: Log) {
    let clock = clock();
    let mut a = replica(&log, &clock, "a");
    for _ in 0..4 {
        taken(&mut a).await;
        clock.advance(TTL / 2);
    }
    let slice = log.read_stream("contract.lease-work", 0, 9).await.expect("read");
    assert_eq!((slice.events.len(), slice.last_revision), (1, Some(3)));
}
