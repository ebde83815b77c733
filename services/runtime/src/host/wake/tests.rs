//! A message makes a component look, a broken bus does not stop the listener.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::BoxFuture;
use tokio::sync::watch;
use verdict_kernel::clock::Timestamp;

use super::*;
use crate::bus::memory::MemoryBus;
use crate::bus::{Bus, Message, contract};
use crate::clock::VirtualClock;
use crate::component::{Component, Progress};
use crate::fault::Fault;
use crate::log::memory::MemoryLog;
use crate::roles::Roles;
use crate::run::Runner;
use crate::task;

const SOON: Duration = Duration::from_secs(10);

struct Counting(watch::Sender<u32>);

impl Component for Counting {
    fn name(&self) -> &'static str {
        "counting"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        self.0.send_modify(|steps| *steps += 1);
        Box::pin(async { Ok(Progress::IDLE) })
    }
}

/// A bus that refuses the first subscription.
struct Flaky {
    bus: MemoryBus,
    refused: AtomicBool,
}

impl Bus for Flaky {
    fn publish<'a>(&'a self, context: &'a str, message: Message) -> BoxFuture<'a, Result<(), BusError>> {
        self.bus.publish(context, message)
    }

    fn subscribe<'a>(
        &'a self,
        queue: &'a str,
        bindings: &'a [Binding],
    ) -> BoxFuture<'a, Result<Box<dyn Consumer>, BusError>> {
        if self.refused.swap(true, Ordering::SeqCst) {
            return self.bus.subscribe(queue, bindings);
        }
        Box::pin(async { Err(BusError::Unavailable("starting".to_owned())) })
    }
}

#[tokio::test]
async fn clause_13_a_message_makes_the_component_look_once_the_bus_is_there() {
    let clock = Arc::new(VirtualClock::at(Timestamp::UNIX_EPOCH));
    let log = Arc::new(MemoryLog::new("log", clock.clone()));
    let shutdown = Shutdown::default();
    let runner = Runner::new(log, clock.clone(), Roles::new(clock), shutdown.clone());
    let steps = watch::Sender::new(0);
    let mut stepped = steps.subscribe();
    let poke = runner.start(Box::new(Counting(steps)));
    tokio::time::timeout(SOON, stepped.wait_for(|steps| *steps == 1)).await.unwrap().unwrap();

    let bus = Arc::new(Flaky { bus: MemoryBus::default(), refused: AtomicBool::new(false) });
    let bindings = vec![Binding::new("bets", "#")];
    // The queue is there already, so the message waits for the listener however late that subscribes.
    drop(bus.bus.subscribe("rollouts.on.bets", &bindings).await.unwrap());
    bus.publish("bets", contract::message("1", "bet.killed.v1")).await.unwrap();
    let wake = Wake::new(bus.clone(), "rollouts.on.bets", bindings, vec![poke]);
    let listening = task::spawn("wake", wake.listen(shutdown.clone()));
    tokio::time::timeout(SOON, stepped.wait_for(|steps| *steps == 2)).await.unwrap().unwrap();

    shutdown.tell();
    tokio::time::timeout(SOON, listening).await.unwrap().unwrap();
    tokio::time::timeout(SOON, runner.drained()).await.unwrap();
}
