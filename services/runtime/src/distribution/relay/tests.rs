//! The relay: nothing is left out, whatever fails between publishing and storing.

use std::sync::Mutex;

use verdict_kernel::clock::{ManualClock, Timestamp};

use super::*;
use crate::bus::memory::MemoryBus;
use crate::bus::{Binding, Bus, Consumer};
use crate::execute::{Repository, metadata};
use crate::lease::{Holder, Lease};
use crate::log::contract::tally::{Command, Tally, envelope};
use crate::log::contract::views::catch_up;
use crate::log::memory::MemoryLog;
use crate::log::{Expected, NewEvent};
use crate::process::Alone;

const TTL: Duration = Duration::from_secs(6);

/// A bus that keeps what it was given and fails on demand.
#[derive(Default)]
struct Recording {
    published: Mutex<Vec<Message>>,
    /// So many more messages are confirmed.
    confirms: Mutex<Option<usize>>,
}

impl Recording {
    fn confirm_only(&self, count: Option<usize>) {
        *self.confirms.lock().unwrap() = count;
    }

    fn streams(&self) -> Vec<String> {
        let published = self.published.lock().unwrap();
        published.iter().map(|message| message.headers["stream"].clone()).collect()
    }
}

impl Bus for Recording {
    fn publish<'a>(&'a self, _: &'a str, message: Message) -> BoxFuture<'a, Result<(), BusError>> {
        Box::pin(async move {
            if let Some(left) = &mut *self.confirms.lock().unwrap() {
                *left = left
                    .checked_sub(1)
                    .ok_or_else(|| BusError::Unavailable("the broker is down".to_owned()))?;
            }
            self.published.lock().unwrap().push(message);
            Ok(())
        })
    }

    fn subscribe<'a>(
        &'a self,
        _: &'a str,
        _: &'a [Binding],
    ) -> BoxFuture<'a, Result<Box<dyn Consumer>, BusError>> {
        Box::pin(async { Err(BusError::Unavailable("for publishing only".to_owned())) })
    }
}

struct Bench {
    log: Log,
    clock: Arc<ManualClock>,
    bus: Arc<Recording>,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        Self { log: Arc::new(MemoryLog::new("log", clock.clone())), clock, bus: Arc::default() }
    }

    fn relay(&self) -> Relay {
        self.relay_under(Box::new(Alone))
    }

    fn relay_under(&self, authority: Box<dyn Authority>) -> Relay {
        Relay::new("contract", self.log.clone(), self.clock.clone(), self.bus.clone(), authority)
    }

    async fn execute(&self, name: &str, id: &str) {
        let tallies = Repository::<Tally>::new(self.log.clone(), self.clock.clone());
        tallies.execute(&envelope(name), id, true, Command::Add(1)).await.unwrap();
    }

    async fn append(&self, stream: &str) {
        let envelope = envelope(stream);
        let event = NewEvent {
            id: envelope.command_id.event_id(stream, 0),
            event_type: "contract.Note.Taken.v1".to_owned(),
            data: b"{}".to_vec(),
            metadata: metadata(&envelope, Timestamp::UNIX_EPOCH),
        };
        self.log.append(stream, Expected::Any, vec![event]).await.unwrap();
    }
}

#[test]
fn a_routing_key_is_the_type_without_its_context_in_kebab_case() {
    assert_eq!(routing_key("rollouts.Rollout.StageEntered.v1"), "rollout.stage-entered.v1");
    assert_eq!(routing_key("metrics.MetricDefinition.Defined.v12"), "metric-definition.defined.v12");
}

#[tokio::test]
async fn an_event_is_published_whole_and_by_its_own_id() {
    let bench = Bench::new();
    bench.execute("a", "1").await;
    catch_up(&mut bench.relay()).await;
    let stored = bench.log.read_last("contract.tally-1").await.unwrap().unwrap();
    let expected = Message {
        id: stored.id.to_string(),
        routing_key: "tally.added.v1".to_owned(),
        event_type: "contract.Tally.Added.v1".to_owned(),
        headers: BTreeMap::from(
            [("stream", "contract.tally-1"), ("revision", "0"), ("position", "log:1:1"), ("org", "default")]
                .map(|(key, value)| (key.to_owned(), value.to_owned())),
        ),
        body: b"1".to_vec(),
    };
    assert_eq!(*bench.bus.published.lock().unwrap(), [expected]);
}

#[tokio::test]
async fn clause_15_only_published_streams_are_relayed_and_a_checkpoint_causes_no_checkpoint() {
    let bench = Bench::new();
    for stream in [
        "contract.process-1",
        "contract.lease-x",
        "contract.checkpoint-x",
        "other.tally-1",
        "contract.note-1",
    ] {
        bench.append(stream).await;
    }
    let mut relay = bench.relay();
    catch_up(&mut relay).await;
    assert_eq!(bench.bus.streams(), ["contract.note-1"]);
    let head = bench.log.head().await.unwrap();
    assert_eq!(relay.applied(), head);
    for stream in ["contract.process-2", "other.tally-2"] {
        bench.append(stream).await;
    }
    let before = bench.log.read_last("contract.checkpoint-relay").await.unwrap().unwrap();
    catch_up(&mut relay).await;
    let after = bench.log.read_last("contract.checkpoint-relay").await.unwrap().unwrap();
    assert_eq!(after.revision, before.revision);
}

#[tokio::test]
async fn a_broker_that_is_down_delays_and_loses_nothing() {
    let bench = Bench::new();
    for name in ["a", "b", "c"] {
        bench.execute(name, name).await;
    }
    let mut relay = bench.relay();
    bench.bus.confirm_only(Some(1));
    for _ in 0..2 {
        let fault = relay.step().await.unwrap_err();
        assert!(matches!(fault, Fault::Unreachable { .. }), "{fault}");
    }
    bench.bus.confirm_only(None);
    catch_up(&mut relay).await;
    assert_eq!(bench.bus.streams(), ["contract.tally-a", "contract.tally-b", "contract.tally-c"]);
}

#[tokio::test]
async fn a_crash_between_publishing_and_storing_publishes_again() {
    let bench = Bench::new();
    bench.execute("a", "1").await;
    catch_up(&mut bench.relay()).await;
    bench.execute("b", "2").await;
    bench.execute("c", "3").await;
    let mut crashed = bench.relay();
    bench.bus.confirm_only(Some(1));
    crashed.step().await.unwrap_err();
    drop(crashed);
    bench.bus.confirm_only(None);
    catch_up(&mut bench.relay()).await;
    let streams = bench.bus.streams();
    assert_eq!(streams, ["contract.tally-1", "contract.tally-2", "contract.tally-2", "contract.tally-3"]);
}

#[tokio::test]
async fn clause_08_a_relay_that_was_replaced_cannot_take_the_position_back() {
    let bench = Bench::new();
    let under_lease = |id: &str| {
        let holder = Holder { id: id.to_owned(), address: String::new() };
        let lease = Lease::new(bench.log.clone(), bench.clock.clone(), "contract", "relay", holder, TTL);
        bench.relay_under(Box::new(lease))
    };
    let (mut old, mut new) = (under_lease("old"), under_lease("new"));
    bench.execute("a", "1").await;
    old.step().await.unwrap();
    new.step().await.unwrap();
    assert_eq!(bench.bus.streams(), ["contract.tally-1"], "one relay works at a time");
    bench.clock.advance(TTL);
    bench.execute("b", "2").await;
    catch_up(&mut new).await;
    catch_up(&mut old).await;
    assert_eq!(bench.bus.streams(), ["contract.tally-1", "contract.tally-2"]);
    assert_eq!(old.applied(), None);
    old.stop().await.unwrap();
    new.stop().await.unwrap();
    let last = bench.log.read_last("contract.lease-relay").await.unwrap().unwrap();
    assert_eq!(&*last.event_type, "contract.Lease.Released.v1");
}

#[tokio::test]
async fn what_the_relay_publishes_arrives_on_a_real_bus() {
    let bench = Bench::new();
    let bus = Arc::new(MemoryBus::default());
    let bindings = [Binding::new("contract", "tally.*.v1")];
    let mut consumer = bus.subscribe("test.on.contract", &bindings).await.unwrap();
    let mut relay = Relay::new("contract", bench.log.clone(), bench.clock.clone(), bus, Box::new(Alone));
    bench.execute("a", "1").await;
    catch_up(&mut relay).await;
    let delivery = tokio::time::timeout(TTL, consumer.next()).await.unwrap().unwrap();
    assert_eq!(delivery.message.routing_key, "tally.added.v1");
    delivery.ack().await.unwrap();
}
