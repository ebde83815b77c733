//! How replicas take steps: one component of one replica at a time, unless it is frozen in the middle of its step, or
//! waits for a store that hangs.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use futures::task::noop_waker;
use rand::Rng;
use verdict::platform::assembly::LEASE;
use verdict_runtime::component::Progress;

use super::{REPLICAS, World};
use crate::faults::Faults;

/// Polls after which a future that is not interrupted counts as stuck.
const POLLS: usize = 10_000;
/// Polls in which a future that waits for the store does what it can do besides.
const BESIDE: usize = 20;
/// How much time goes by at once while a step waits for the store.
const MOMENT: Duration = Duration::from_millis(200);
/// How many of them a step may wait (S8).
const PATIENCE: u32 = 25;
/// Who may wait for the store for as long as it takes: nothing waits for it.
const PATIENT: &str = "metrics-retention";

/// How a future ended.
pub(super) enum Ran<T> {
    Done(T),
    /// The replica died in the middle of it.
    Crashed,
    /// It waits for the store, and did so for longer than it may.
    Stuck,
}

/// Runs a future to its end; `wait` lets time go by while it waits for the store.
pub(super) fn run<T>(faults: &Faults, future: impl Future<Output = T>, wait: impl FnMut()) -> Ran<T> {
    let mut wait = wait;
    run_on(faults, future, |interruption| match interruption {
        Interruption::Frozen => {}
        Interruption::Waits => wait(),
    })
}

/// What a step is interrupted by.
enum Interruption {
    Frozen,
    Waits,
}

/// How far a future came.
pub(super) enum Polled<T> {
    Done(T),
    Crashed,
    Frozen,
    /// It goes on once the store answers, or it has waited for long enough.
    Waits,
}

/// Polls a future until only time or the rest of the world can help it on.
pub(super) fn poll<T>(
    faults: &Faults,
    mut future: Pin<&mut (impl Future<Output = T> + ?Sized)>,
) -> Polled<T> {
    let waker = noop_waker();
    let mut waits = 0;
    for _ in 0..POLLS {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Polled::Done(value);
        }
        if faults.crashed() {
            return Polled::Crashed;
        }
        if faults.thaw() {
            return Polled::Frozen;
        }
        // What goes on beside it comes as far as it can.
        waits += usize::from(faults.waits());
        if waits == BESIDE {
            return Polled::Waits;
        }
    }
    panic!("a step waits for something that never happens");
}

fn run_on<T>(
    faults: &Faults,
    future: impl Future<Output = T>,
    mut interrupted: impl FnMut(Interruption),
) -> Ran<T> {
    let mut future = pin!(future);
    let mut waited = 0;
    loop {
        match poll(faults, future.as_mut()) {
            Polled::Done(value) => return Ran::Done(value),
            Polled::Crashed => return Ran::Crashed,
            Polled::Frozen => interrupted(Interruption::Frozen),
            Polled::Waits if waited == PATIENCE => return Ran::Stuck,
            Polled::Waits => {
                waited += 1;
                interrupted(Interruption::Waits);
            }
        }
    }
}

impl World {
    /// A moment goes by.
    pub(super) fn wait(&self) {
        self.pass(MOMENT);
    }

    /// A few steps of a replica that is there and not paused.
    pub(super) fn step_some(&mut self, replica: usize) {
        for _ in 0..4 {
            let Some(state) = &self.replicas[replica] else {
                return;
            };
            if state.paused_until > self.clocks.monotonic() || state.components.is_empty() {
                return;
            }
            let component = self.rng.random_range(0..state.components.len());
            self.step(replica, component);
        }
    }

    /// Lets one component take one step. True when it did something.
    pub(super) fn step(&mut self, replica: usize, component: usize) -> bool {
        let faults = self.faults[replica].clone();
        let Some(state) = &mut self.replicas[replica] else {
            return false;
        };
        let mut stepping = state.components.remove(component);
        let name = stepping.name().to_owned();
        faults.steps(true);
        let ran = run_on(&faults, stepping.step(), |interruption| match interruption {
            Interruption::Frozen => self.meanwhile(replica),
            Interruption::Waits => self.wait(),
        });
        faults.steps(false);
        if let Some(state) = &mut self.replicas[replica] {
            state.components.insert(component, stepping);
        }
        match ran {
            Ran::Done(Ok(progress)) => progress == Progress::Worked,
            Ran::Done(Err(fault)) => {
                self.note(|| format!("replica {replica} {name}: {fault}"));
                true
            }
            Ran::Crashed => {
                self.note(|| format!("replica {replica} died in {name}"));
                self.kill(replica);
                true
            }
            Ran::Stuck => {
                self.note(|| format!("replica {replica} {name} waits for the store"));
                if name != PATIENT {
                    self.stuck(&name);
                }
                true
            }
        }
    }

    /// Something waited for the store for longer than a breach may (S8).
    pub(super) fn stuck(&mut self, who: &str) {
        let patience = (MOMENT * PATIENCE).as_secs();
        self.stuck.get_or_insert_with(|| format!("S8: {who} waited {patience} s for a store that hangs"));
    }

    /// What goes on while a replica is frozen: time, and the other one.
    fn meanwhile(&mut self, frozen: usize) {
        self.note(|| format!("replica {frozen} is frozen"));
        self.pause(frozen, Duration::MAX);
        let other = REPLICAS - 1 - frozen;
        for _ in 0..3 {
            self.pass(LEASE / 2);
            for _ in 0..10 {
                self.step_some(other);
            }
        }
        self.pause(frozen, Duration::ZERO);
        self.note(|| format!("replica {frozen} goes on"));
    }
}
