//! Keys of tallies: who has one, who takes it next, and what becomes of it when things go wrong in between.

use std::sync::Arc;

use verdict_kernel::clock::ManualClock;
use verdict_kernel::principal::Principal;
use verdict_stored::Stored;

use super::*;
use crate::log::contract::tally::{Command, LIMIT, Tally, envelope, repository};
use crate::log::memory::MemoryLog;

const TALLIES: &str = "contract.tally";

struct Room {
    clock: Arc<ManualClock>,
    log: Log,
    tallies: Repository<Tally>,
}

/// A tally that is full is over.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "states are passed by reference")]
fn is_full(sum: &u32) -> bool {
    *sum >= LIMIT
}

fn checkout() -> Key {
    "checkout".parse().unwrap()
}

impl Room {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(jiff::Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        Self { tallies: repository(&log, clock.clone()), log, clock }
    }

    async fn take_as(&self, envelope: &Envelope, id: impl Fn(u32) -> String) -> Result<String, ExecuteError> {
        take(&self.tallies, envelope, &checkout(), is_full, id).await.map(|(id, _)| id)
    }

    async fn take(&self, envelope: &Envelope) -> Result<String, ExecuteError> {
        self.take_as(envelope, numbered).await
    }

    /// Begins a tally under the key: its id, and how many events that led to.
    async fn begin_as(
        &self,
        envelope: &Envelope,
        command: Command,
        id: impl Fn(u32) -> String,
    ) -> Result<(String, usize), ExecuteError> {
        let run = |envelope: Envelope, id: String| {
            let command = command.clone();
            async move { self.tallies.execute(&envelope, &id, true, command).await }
        };
        let (id, outcome) = begin(&self.tallies, envelope, &checkout(), is_full, id, run).await;
        outcome.map(|executed| (id, executed.event_types.len()))
    }

    async fn begin(&self, name: &str, more: u32) -> Result<String, ExecuteError> {
        self.begin_as(&envelope(name), Command::Add(more), numbered).await.map(|(id, _)| id)
    }

    async fn called(&self, team: &str, text: &str) -> Result<String, Problem> {
        let mut text = text.to_owned();
        let caller = Caller::new("", team);
        resolve(&self.log, TALLIES, "id", caller, &mut text).await.map(|()| text)
    }
}

fn numbered(generation: u32) -> String {
    format!("tally-{generation}")
}

fn elsewhere(_: u32) -> String {
    "elsewhere".to_owned()
}

fn code<T: std::fmt::Debug>(taken: Result<T, ExecuteError>) -> String {
    match taken {
        Err(ExecuteError::Refused(blockers)) => blockers.first().code.to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_key_is_of_one_thing_at_a_time_and_free_once_that_is_over() {
    let room = Room::new();
    assert_eq!(room.begin("one", 1).await.unwrap(), "tally-1");
    assert_eq!(room.begin("one", 1).await.unwrap(), "tally-1", "the same command");
    assert_eq!(room.called("", "Checkout").await.unwrap(), "tally-1");
    room.tallies.execute(&envelope("fill"), "tally-1", false, Command::Add(LIMIT - 1)).await.unwrap();
    assert_eq!(room.begin("two", 2).await.unwrap(), "tally-2");
    assert_eq!(room.called("", "checkout").await.unwrap(), "tally-2");
    assert_eq!(room.begin("one", 1).await.unwrap(), "tally-1", "the command of before is what it was");
    let folded = room.tallies.load("tally-2").await.unwrap();
    assert_eq!(
        (folded.beside.key(), folded.beside.name.clone().unwrap().generation),
        ("checkout".to_owned(), Some(2))
    );
}

#[tokio::test]
async fn decision_23_beginning_the_same_again_is_nothing_and_something_else_is_decided() {
    let room = Room::new();
    room.begin("one", 1).await.unwrap();
    let again = Envelope { payload_hash: "one".to_owned(), ..envelope("another command") };
    let begun = room.begin_as(&again, Command::Add(1), numbered).await.unwrap();
    assert_eq!(begun, ("tally-1".to_owned(), 0));
    let other = Envelope { payload_hash: "else".to_owned(), ..again };
    assert_eq!(room.begin_as(&other, Command::Add(1), numbered).await.unwrap(), ("tally-1".to_owned(), 1));
}

/// A guardrail that was disarmed is armed again, although the same was said when it was armed first.
#[tokio::test]
async fn what_is_over_and_begins_anew_under_its_own_id_is_decided() {
    let room = Room::new();
    let begin = async |name: &str, command| {
        let same = Envelope { payload_hash: "same".to_owned(), ..envelope(name) };
        room.begin_as(&same, command, elsewhere).await.unwrap()
    };
    assert_eq!(begin("one", Command::Add(LIMIT)).await, ("elsewhere".to_owned(), 1));
    assert_eq!(begin("two", Command::Clear).await, ("elsewhere".to_owned(), 1));
}

#[tokio::test]
async fn a_key_whose_thing_is_another_one_is_taken() {
    let room = Room::new();
    room.begin("one", 1).await.unwrap();
    assert_eq!(code(room.take_as(&envelope("two"), elsewhere).await), "key_taken");
}

#[tokio::test]
async fn a_thing_that_is_called_otherwise_gets_no_second_name() {
    let room = Room::new();
    room.tallies.execute(&envelope("one"), "elsewhere", true, Command::Add(1)).await.unwrap();
    let begun = room.begin_as(&envelope("two"), Command::Add(1), elsewhere).await.unwrap();
    assert_eq!(begun.0, "elsewhere");
    assert_eq!(room.called("", "checkout").await.unwrap_err().code, Code::NotFound, "the key is still free");
    let named = Room::new();
    named.begin_as(&envelope("one"), Command::Add(1), elsewhere).await.unwrap();
    let other: Key = "other".parse().unwrap();
    let taken = take(&named.tallies, &envelope("two"), &other, is_full, elsewhere).await;
    assert_eq!(code(taken), "named_otherwise");
}

#[tokio::test]
async fn a_command_that_is_refused_or_only_decided_takes_no_key() {
    let room = Room::new();
    let dry = Envelope { dry_run: true, ..envelope("dry") };
    assert_eq!(room.begin_as(&dry, Command::Add(1), numbered).await.unwrap().0, "tally-1");
    let refused = room.begin_as(&envelope("nothing"), Command::AddWhole(0), numbered).await;
    assert_eq!(code(refused), "nothing");
    assert_eq!(room.log.head().await.unwrap(), None);
}

#[tokio::test]
async fn what_never_came_to_be_leads_nowhere_and_leaves_its_key_free_after_a_while() {
    let room = Room::new();
    assert_eq!(room.take(&envelope("dies before it begins")).await.unwrap(), "tally-1");
    assert_eq!(room.called("", "checkout").await.unwrap_err().code, Code::NotFound);
    // It may be under way: nobody else begins another thing under the key, and the same thing may be begun.
    assert_eq!(code(room.take_as(&envelope("two"), elsewhere).await), "key_taken");
    room.clock.advance(UNDER_WAY);
    assert_eq!(room.begin_as(&envelope("two"), Command::Add(1), elsewhere).await.unwrap().0, "elsewhere");
    assert_eq!(room.called("", "checkout").await.unwrap(), "elsewhere");
    // Whoever comes back finds that it is somebody else's by now.
    assert_eq!(code(room.take(&envelope("dies before it begins")).await), "key_taken");
}

#[tokio::test]
async fn the_key_of_what_is_over_leads_there_until_another_has_begun() {
    let room = Room::new();
    room.begin("one", LIMIT).await.unwrap();
    room.take(&envelope("dies before it begins")).await.unwrap();
    assert_eq!(room.called("", "checkout").await.unwrap(), "tally-1");
    room.begin("two", 1).await.unwrap();
    assert_eq!(room.called("", "checkout").await.unwrap(), "tally-2");
}

#[tokio::test]
async fn a_command_whose_answer_was_lost_begins_nothing_anew() {
    let room = Room::new();
    room.take(&envelope("somebody who was refused")).await.unwrap();
    assert_eq!(room.begin("two", 1).await.unwrap(), "tally-1");
    room.tallies.execute(&envelope("fill"), "tally-1", false, Command::Add(LIMIT - 1)).await.unwrap();
    assert_eq!(room.begin("two", 1).await.unwrap(), "tally-1");
}

#[tokio::test]
async fn two_that_take_a_key_for_one_thing_meet_in_it() {
    let room = Room::new();
    let (one, two) = (envelope("one"), envelope("two"));
    let (one, two) = tokio::join!(room.take(&one), room.take(&two));
    assert_eq!((one.unwrap(), two.unwrap()), ("tally-1".to_owned(), "tally-1".to_owned()));
}

#[tokio::test]
async fn a_key_is_one_of_its_team_and_an_id_and_nothing_stay_as_they_are() {
    let room = Room::new();
    room.begin("one", 1).await.unwrap();
    let default = Principal::DEFAULT_ORG;
    assert_eq!(room.called("shop", &format!("{default}/checkout")).await.unwrap(), "tally-1");
    let foreign = room.called("shop", "checkout").await.unwrap_err();
    assert_eq!((foreign.code, foreign.field.as_str()), (Code::NotFound, "id"));
    let id = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";
    assert_eq!(room.called("", id).await.unwrap(), id);
    assert_eq!(room.called("", "").await.unwrap(), "");
    for bad in ["no key", "/checkout", "shop/", "a/b/c"] {
        assert_eq!(room.called("", bad).await.unwrap_err().code, Code::InvalidId, "{bad}");
    }
}

#[tokio::test]
async fn a_plan_is_refused_through_another_door_than_the_one_that_keeps_it() {
    let room = Room::new();
    let of = |source: &str| pb(DOOR, source);
    let plan = |name: &str, by: Option<verdict_proto::v1::ManagedBy>, take_over| Envelope {
        plans: true,
        managed_by: by,
        take_over,
        ..envelope(name)
    };
    let add = async |envelope: Envelope| {
        room.tallies.execute(&envelope, "1", true, Command::Add(1)).await.map(|done| done.version.to_string())
    };
    add(plan("file", Some(of("a.yaml")), false)).await.unwrap();
    let keeper = async || room.tallies.load("1").await.unwrap().beside.keeper.clone();
    assert_eq!(keeper().await, Some(of("a.yaml")));
    assert_eq!(code(add(plan("person", None, false)).await), "kept_elsewhere");
    let cluster = || Some(pb("kubernetes", "prod/shop/checkout"));
    assert_eq!(code(add(plan("cluster", cluster(), false)).await), "kept_elsewhere");
    let state = Envelope { plans: false, ..plan("state", Some(pb("kubernetes", "elsewhere")), false) };
    add(state).await.expect("what becomes of a plan belongs to no document");
    add(plan("moved", Some(of("b.yaml")), false)).await.expect("a file may move");
    let process = Envelope { principal: Principal::process("wind-down"), ..plan("process", None, false) };
    add(process).await.expect("the platform goes on with what was planned");
    add(plan("taken over", cluster(), true)).await.unwrap();
    assert_eq!(keeper().await, cluster());
    let other = Some(pb("kubernetes", "test/shop/checkout"));
    assert_eq!(code(add(plan("other cluster", other, false)).await), "kept_elsewhere");
    add(plan("person takes over", None, true)).await.unwrap();
    assert_eq!(keeper().await, None);
    add(plan("person again", None, false)).await.unwrap();
}

const DOOR: &str = "file";

fn pb(door: &str, source: &str) -> verdict_proto::v1::ManagedBy {
    let text = |text: &str| Some(text.to_owned());
    verdict_proto::v1::ManagedBy { door: text(door), source: text(source), revision: text("abc") }
}

/// A key that is stored is a contract.
#[tokio::test]
async fn the_payload_of_a_key_is_golden() {
    let room = Room::new();
    room.take(&envelope("one")).await.unwrap();
    let stream = stream(TALLIES, "default", "default", &checkout());
    let event = room.log.read_last(&stream).await.unwrap().unwrap();
    assert_eq!(&*event.event_type, "contract.Key.Taken.v1");
    let stored = Stored { event_type: event.event_type.to_string().into(), data: event.data };
    verdict_stored::golden::payload(env!("CARGO_MANIFEST_DIR"), &stored.event_type, &stored.data);
}
