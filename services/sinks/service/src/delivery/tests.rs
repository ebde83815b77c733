//! Deliveries to receivers that take, refuse, hang, move and go.

use std::collections::BTreeMap as Map;
use std::sync::Mutex;

use verdict_kernel::clock::{ManualClock, SignedDuration};
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_runtime::execute::Envelope;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{Expected, NewEvent};
use verdict_runtime::process::Alone;
use verdict_sinks_domain::notice::Kind;
use verdict_sinks_domain::patience::ATTEMPTS;
use verdict_sinks_domain::sink::{Command, Definition, Format, State, Target};
use verdict_stored::{Metadata, PrincipalStored};

use super::*;
use crate::courier::{Answer, Courier, Post};
use crate::vault::{Address, KEY, Purpose, Vault};

/// What receivers answer, by their addresses; one that has no answer hangs.
#[derive(Default)]
struct Receivers {
    answers: Mutex<Map<String, Answer>>,
    /// Address and `webhook-id` of each attempt.
    seen: Mutex<Vec<(String, String)>>,
}

impl Courier for Receivers {
    fn post(&self, post: Post) -> BoxFuture<'static, Answer> {
        let (_, id) = post.headers.iter().find(|(name, _)| *name == "webhook-id").unwrap().clone();
        self.seen.lock().unwrap().push((post.url.clone(), id));
        let answer = self.answers.lock().unwrap().get(&post.url).cloned();
        Box::pin(async move {
            match answer {
                Some(answer) => answer,
                None => std::future::pending().await,
            }
        })
    }

    fn check<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async { Ok(()) })
    }
}

struct World {
    clock: Arc<ManualClock>,
    memory: Arc<MemoryLog>,
    log: Log,
    receivers: Arc<Receivers>,
    vault: Vault,
    repository: Repository<SinkWire>,
    delivery: Delivery,
    events: u64,
}

const GUARDRAIL: &str = "metrics.guardrail-G";
const TAKEN: Answer = Answer::Taken(200);
const BROKEN: Answer = Answer::Refused { status: 500, said: String::new() };

impl World {
    fn new() -> Self {
        let start: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::at(start));
        let memory = Arc::new(MemoryLog::new("log", clock.clone()));
        let log: Log = memory.clone();
        let (receivers, vault) = (Arc::new(Receivers::default()), Vault::new(&[7; KEY]).unwrap());
        let repository = Repository::new(log.clone(), clock.clone() as Arc<dyn Clock>);
        let delivery = deliver(&log, &clock, &receivers, &vault);
        Self { clock, memory, log, receivers, vault, repository, delivery, events: 0 }
    }

    /// As after a restart.
    fn restart(&mut self) {
        self.delivery = deliver(&self.log, &self.clock, &self.receivers, &self.vault);
    }

    fn answers(&self, url: &str, answer: Option<Answer>) {
        let mut answers = self.receivers.answers.lock().unwrap();
        match answer {
            Some(answer) => answers.insert(url.to_owned(), answer),
            None => answers.remove(url),
        };
    }

    async fn command(&self, sink: SinkId, number: u128, command: Command) {
        let command_id = CommandId::from_uuid(uuid::Uuid::from_u128(number));
        let envelope = Envelope { reason: "because".into(), ..Envelope::new(command_id, Principal::dev()) };
        self.repository.execute(&envelope, &sink.to_string(), true, command).await.unwrap();
    }

    async fn sink(&self, number: u128, url: &str) -> SinkId {
        let sink = SinkId::created_by(CommandId::from_uuid(uuid::Uuid::from_u128(number)));
        let secret = Vault::new_secret().unwrap();
        let definition = Definition {
            format: Format::Standard,
            target: self.target(sink, url),
            secret: self.vault.seal(&sink.to_string(), Purpose::Secret, &secret).unwrap(),
            kinds: Vec::new(),
        };
        self.command(sink, number, Command::Define(definition)).await;
        sink
    }

    fn target(&self, sink: SinkId, url: &str) -> Target {
        let address = Address { url: url.to_owned(), token: String::new() };
        Target {
            place: url.to_owned(),
            sealed: self.vault.seal_address(&sink.to_string(), &address).unwrap(),
        }
    }

    async fn happens(&mut self, event_type: &str, org: &str) {
        let metadata = Metadata {
            command_id: String::new(),
            payload_hash: String::new(),
            lease: None,
            epoch: None,
            correlation_id: String::new(),
            causation_id: String::new(),
            principal: PrincipalStored::of(&Principal::dev()),
            org: org.to_owned(),
            team: "default".to_owned(),
            reason: String::new(),
            policy_version: 0,
            level: "enforce".to_owned(),
            release: String::new(),
            reserve: false,
            at: self.clock.now(),
            traceparent: None,
            tracestate: None,
            trace_id: None,
            span_id: None,
        };
        self.events += 1;
        let event = NewEvent {
            id: uuid::Uuid::from_u128(self.events.into()),
            event_type: format!("metrics.Guardrail.{event_type}.v1"),
            data: br#"{"rolloutId":"R","stage":"beta","metric":"errors","required":"at most 2","seen":"4"}"#
                .to_vec(),
            metadata: serde_json::to_vec(&metadata).unwrap(),
        };
        self.log.append(GUARDRAIL, Expected::Any, vec![event]).await.unwrap();
    }

    async fn breach(&mut self) {
        self.happens("GuardrailBreached", "default").await;
    }

    /// Steps until nothing is left to do now; attempts that hang are left under way.
    async fn settle(&mut self) -> Progress {
        let mut glances = 0;
        loop {
            let progress = self.delivery.step().await.unwrap();
            match progress {
                Progress::Worked => glances = 0,
                Progress::Blocked { .. } if glances < 20 => {
                    glances += 1;
                    tokio::task::yield_now().await;
                }
                Progress::Blocked { .. } | Progress::Idle { .. } => return progress,
            }
        }
    }

    /// Lets an hour go by, in which every pause ends.
    async fn an_hour_later(&mut self) {
        self.clock.advance(Duration::from_hours(1));
        self.settle().await;
    }

    fn letters(&self, url: &str) -> Vec<String> {
        let seen = self.receivers.seen.lock().unwrap();
        seen.iter().filter(|(to, _)| to == url).map(|(_, id)| id.clone()).collect()
    }

    async fn state(&self, sink: SinkId) -> State {
        self.repository.load(&sink.to_string()).await.unwrap().state.clone()
    }

    async fn dead(&self, sink: SinkId) -> Vec<String> {
        let state = self.state(sink).await;
        state.sink().unwrap().letters.iter().map(|letter| letter.failure.letter.clone()).collect()
    }
}

fn deliver(log: &Log, clock: &Arc<ManualClock>, courier: &Arc<Receivers>, vault: &Vault) -> Delivery {
    let outward = Outward { courier: courier.clone(), vault: vault.clone() };
    let deps = Deps { log: log.clone(), clock: clock.clone(), outward };
    Delivery::new(deps, Box::new(Alone))
}

fn distinct(letters: &[String]) -> usize {
    letters.iter().collect::<std::collections::BTreeSet<_>>().len()
}

#[tokio::test]
async fn what_happens_after_a_sink_was_defined_is_told_once_and_in_order() {
    let mut world = World::new();
    world.answers("one", Some(TAKEN));
    world.breach().await;
    world.sink(1, "one").await;
    for _ in 0..3 {
        world.breach().await;
    }
    world.settle().await;
    let letters = world.letters("one");
    assert_eq!((letters.len(), distinct(&letters)), (3, 3), "{letters:?}");
    world.an_hour_later().await;
    assert_eq!(world.letters("one").len(), 3);
}

#[tokio::test]
async fn a_receiver_that_fails_gets_the_same_id_again_and_nothing_is_lost_behind_it() {
    let mut world = World::new();
    world.answers("one", Some(BROKEN));
    world.sink(1, "one").await;
    world.breach().await;
    world.breach().await;
    world.settle().await;
    assert_eq!(world.letters("one").len(), 1, "it waits before it tries again");
    world.an_hour_later().await;
    world.answers("one", Some(TAKEN));
    world.an_hour_later().await;
    let letters = world.letters("one");
    assert_eq!(letters.len(), 4);
    assert!(letters[0] == letters[1] && letters[1] == letters[2] && letters[2] != letters[3], "{letters:?}");
}

#[tokio::test]
async fn a_sink_that_hangs_or_fails_delays_nobody() {
    let mut world = World::new();
    for (number, url) in [(1, "hangs"), (2, "fails"), (3, "moved"), (4, "well")] {
        world.sink(number, url).await;
    }
    world.answers("fails", Some(BROKEN));
    world.answers("moved", Some(Answer::Moved { status: 302, to: "http://10.0.0.1/".into() }));
    world.answers("well", Some(TAKEN));
    for _ in 0..5 {
        world.breach().await;
    }
    world.settle().await;
    assert_eq!(world.letters("well").len(), 5);
    assert_eq!(world.letters("hangs").len(), 1);
}

#[tokio::test]
async fn a_restart_goes_on_from_the_checkpoint_and_tells_again_with_the_same_id_what_was_under_way() {
    let mut world = World::new();
    let sink = world.sink(1, "one").await;
    world.answers("one", Some(TAKEN));
    world.breach().await;
    world.settle().await;
    world.clock.advance(Duration::from_secs(2));
    world.settle().await;
    world.answers("one", None);
    world.breach().await;
    world.settle().await;
    world.restart();
    world.answers("one", Some(TAKEN));
    world.settle().await;
    let letters = world.letters("one");
    assert_eq!(letters.len(), 3, "the first one is not told again: {letters:?}");
    assert_eq!(letters[1], letters[2]);
    assert!(world.dead(sink).await.is_empty());
}

#[tokio::test]
async fn what_nobody_takes_is_a_dead_letter_and_what_comes_after_it_is_told() {
    let mut world = World::new();
    let sink = world.sink(1, "one").await;
    world.answers("one", Some(BROKEN));
    world.breach().await;
    world.settle().await;
    for _ in 1..ATTEMPTS {
        world.an_hour_later().await;
    }
    let letters = world.letters("one");
    assert_eq!((letters.len(), distinct(&letters)), (ATTEMPTS as usize, 1));
    assert_eq!(world.dead(sink).await, letters[..1]);
    world.answers("one", Some(TAKEN));
    world.breach().await;
    world.settle().await;
    assert_eq!(distinct(&world.letters("one")), 2);
    // Somebody asks for it again: the same id, and it is dead no more.
    world.command(sink, 9, Command::Redeliver { letters: Vec::new() }).await;
    world.settle().await;
    assert_eq!(world.letters("one").last(), letters.first());
    assert!(world.dead(sink).await.is_empty());
}

#[tokio::test]
async fn a_dead_letter_that_fails_again_is_dead_again_and_holds_up_nobody() {
    let mut world = World::new();
    let sink = world.sink(1, "one").await;
    world.answers("one", Some(BROKEN));
    world.breach().await;
    for _ in 0..ATTEMPTS {
        world.an_hour_later().await;
    }
    for number in [8, 9] {
        world.command(sink, number, Command::Redeliver { letters: Vec::new() }).await;
        world.settle().await;
        assert_eq!(world.dead(sink).await.len(), 1);
    }
    assert_eq!(world.letters("one").len(), ATTEMPTS as usize + 2);
}

#[tokio::test]
async fn a_receiver_that_is_gone_pauses_its_sink_and_a_resume_loses_nothing() {
    let mut world = World::new();
    let sink = world.sink(1, "one").await;
    world.answers("one", Some(Answer::Gone));
    world.breach().await;
    world.breach().await;
    world.settle().await;
    let State::Paused { reason, .. } = world.state(sink).await else { panic!("it goes on") };
    assert_eq!(reason, "answered 410: it is gone");
    world.an_hour_later().await;
    assert_eq!(world.letters("one").len(), 1);
    // It moved: the new address gets what the old one did not take, with the same id.
    world.answers("two", Some(TAKEN));
    world.command(sink, 8, Command::Move(world.target(sink, "two"))).await;
    world.command(sink, 9, Command::Resume).await;
    world.an_hour_later().await;
    let letters = world.letters("two");
    assert_eq!((letters.len(), &letters[0]), (2, &world.letters("one")[0]));
}

#[tokio::test]
async fn n2_what_would_have_broken_is_told_together_the_next_morning_even_after_a_restart() {
    let mut world = World::new();
    world.sink(1, "one").await;
    world.answers("one", Some(TAKEN));
    world.happens("WouldHaveBreached", "default").await;
    world.happens("WouldHaveBreached", "default").await;
    let progress = world.settle().await;
    assert!(world.letters("one").is_empty());
    let morning: Timestamp = "2026-03-03T09:00:00Z".parse().unwrap();
    assert!(matches!(progress, Progress::Idle { due: Some(due), .. } if due == morning), "{progress:?}");
    world.clock.advance(Duration::from_secs(2));
    world.settle().await;
    world.restart();
    world.settle().await;
    assert!(world.letters("one").is_empty());
    world.clock.advance_to(morning);
    world.settle().await;
    assert_eq!(world.letters("one").len(), 1);
    world.clock.advance_to(morning.checked_add(SignedDuration::from_hours(48)).unwrap());
    world.settle().await;
    assert_eq!(world.letters("one").len(), 1);
}

#[tokio::test]
async fn a_sink_hears_of_its_own_organisation_and_of_what_it_wants() {
    let mut world = World::new();
    world.answers("one", Some(TAKEN));
    world.sink(1, "one").await;
    world.happens("GuardrailBreached", "another").await;
    world.settle().await;
    assert!(world.letters("one").is_empty());
    let sink = SinkId::created_by(CommandId::from_uuid(uuid::Uuid::from_u128(2)));
    let secret = world.vault.seal(&sink.to_string(), Purpose::Secret, "whsec_AAAA").unwrap();
    let target = world.target(sink, "kills");
    let definition = Definition { format: Format::Plain, target, secret, kinds: vec![Kind::Kill] };
    world.answers("kills", Some(TAKEN));
    world.command(sink, 2, Command::Define(definition)).await;
    world.breach().await;
    world.settle().await;
    assert_eq!((world.letters("one").len(), world.letters("kills").len()), (1, 0));
}

#[tokio::test]
async fn a_removed_sink_is_told_nothing_any_more() {
    let mut world = World::new();
    let sink = world.sink(1, "one").await;
    world.answers("one", Some(BROKEN));
    world.breach().await;
    world.settle().await;
    world.command(sink, 9, Command::Remove).await;
    world.an_hour_later().await;
    assert_eq!(world.letters("one").len(), 1);
}

#[tokio::test]
async fn clause_23_of_a_log_that_went_back_the_last_day_is_told_again_and_no_more() {
    let mut world = World::new();
    world.answers("one", Some(TAKEN));
    world.sink(1, "one").await;
    world.breach().await;
    world.an_hour_later().await;
    world.clock.advance(Duration::from_hours(72));
    world.breach().await;
    world.an_hour_later().await;
    world.clock.advance(Duration::from_secs(2));
    world.settle().await;
    let told = world.letters("one");
    assert_eq!(told.len(), 2);
    let backup = world.memory.back_up();
    world.memory.restore_backup(backup, "restored");
    world.settle().await;
    let again = world.letters("one");
    assert_eq!((again.len(), &again[2]), (3, &told[1]), "{again:?}");
    world.breach().await;
    world.an_hour_later().await;
    assert_eq!(world.letters("one").len(), 4);
}

/// A lease that somebody else has.
struct OfAnother;

impl Authority for OfAnother {
    fn prove(&mut self) -> BoxFuture<'_, Result<Proof, Fault>> {
        Box::pin(async { Ok(Proof::Elsewhere { retry: GLANCE, alive: true }) })
    }

    fn lose(&mut self) {}

    fn renew_in(&self) -> Option<Duration> {
        None
    }
}

#[tokio::test]
async fn who_has_no_lease_sends_nothing_and_goes_on_where_the_other_was() {
    let mut world = World::new();
    world.answers("one", Some(TAKEN));
    world.sink(1, "one").await;
    world.breach().await;
    world.settle().await;
    world.clock.advance(Duration::from_secs(2));
    world.settle().await;
    world.delivery.authority = Box::new(OfAnother);
    world.breach().await;
    world.settle().await;
    assert_eq!(world.letters("one").len(), 1);
    world.delivery.authority = Box::new(Alone);
    world.settle().await;
    let letters = world.letters("one");
    assert_eq!((letters.len(), distinct(&letters)), (2, 2), "{letters:?}");
}
