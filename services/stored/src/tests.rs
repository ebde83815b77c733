//! What becomes of a payload that another version wrote.

use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::principal::Issued;
use verdict_kernel::process::{Next, Past};
use verdict_proto::v1::{Check, CheckState};

use super::*;
use crate::field::{Maybe, Plain, Shown};

#[test]
fn clause_25_an_unknown_value_of_an_enum_is_an_unknown_event() {
    let known: Result<Check, _> = parse(br#"{"name":"errors","state":"CHECK_STATE_PASS"}"#);
    assert_eq!(known.unwrap().state(), CheckState::Pass);
    let newer: Result<Check, _> = parse(br#"{"name":"errors","state":"CHECK_STATE_X"}"#);
    assert_eq!(newer, Err(DecodeError::UnknownType));
}

#[test]
fn an_unknown_field_is_passed_over_and_nonsense_is_malformed() {
    let newer: Result<Check, _> = parse(br#"{"name":"errors","colour":"red"}"#);
    assert_eq!(newer.unwrap().name.as_deref(), Some("errors"));
    for nonsense in [&b"{"[..], br#"{"name":7}"#, br#"{"state":{}}"#] {
        let malformed: Result<Check, _> = parse(nonsense);
        assert!(matches!(malformed, Err(DecodeError::Malformed(_))), "{malformed:?}");
    }
}

#[test]
fn a_remark_and_an_override_are_known_by_their_type_and_nothing_else_is() {
    for name in ["bets.Bet.Remarked.v1", "rollouts.Flag.Overridden.v1"] {
        assert!(ruled::is_ruled(name), "{name}");
    }
    for name in ["bets.Bet.Remarked.v2", "bets.Bet.BetRemarked.v1", "Remarked.v1", "bets.Bet.Remarked.v1.x"] {
        assert!(!ruled::is_ruled(name), "{name}");
    }
}

/// An aggregate of two events, one of them with a value that stands in two columns.
#[derive(Debug)]
pub(crate) struct Lamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LampEvent {
    Lit { left: u32, right: u32, room: Option<u8>, shade: Shade },
    Dimmed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shade {
    pub(crate) name: String,
    pub(crate) number: u32,
}

impl Decider for Lamp {
    const CATEGORY: &'static str = "test.lamp";
    type State = ();
    type Command = ();
    type Event = LampEvent;
    type Facts = ();

    fn decide((): &(), (): (), (): &(), _: &Issued) -> Result<Decision<LampEvent>, Blockers> {
        Ok(Decision::nothing())
    }

    fn evolve((): (), _: &LampEvent) {}
}

/// Messages as the contracts would have them.
mod pb {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Default, Serialize, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    pub(super) struct LampLit {
        pub(super) right: Option<u32>,
        pub(super) left: Option<u32>,
        pub(super) room: Option<String>,
        pub(super) name: Option<String>,
        pub(super) number: Option<u32>,
    }

    #[derive(Debug, Default, Serialize, Deserialize)]
    pub(super) struct LampDimmed {}

    #[derive(Debug, Default, Serialize, Deserialize)]
    pub(super) struct SwitchPressed {
        pub(super) by: Option<String>,
    }

    #[derive(Debug, Default, Serialize, Deserialize)]
    pub(super) struct SwitchStuck {}
}

/// A process of two facts that does nothing.
struct Switch;

#[derive(Debug, Clone, PartialEq, Eq)]
enum SwitchFact {
    Pressed { by: u8 },
    Stuck,
}

impl Process for Switch {
    const NAME: &'static str = "switch";
    type Known = ();
    type Fact = SwitchFact;
    type Action = ();

    fn learn((): (), _: &SwitchFact, _: &Past) {}

    fn next((): &(), _: &Past) -> Next<()> {
        Next::nothing()
    }
}

facts! {
    /// Its rim.
    SwitchWire: Switch, SwitchFact in "test.Switch", messages of pb;
    [Pressed { by }] = Pressed.v1 of SwitchPressed { by: by as Shown }
    [Stuck] = Stuck.v2 of SwitchStuck {}
}

struct ShadeField;

impl field::Field<Shade, (Option<String>, Option<u32>)> for ShadeField {
    fn write(shade: &Shade) -> (Option<String>, Option<u32>) {
        (Some(shade.name.clone()), Some(shade.number))
    }

    fn read((name, number): (Option<String>, Option<u32>), _: &'static str) -> Result<Shade, DecodeError> {
        Ok(Shade { name: required(name, "name")?, number: required(number, "number")? })
    }
}

events! {
    /// Its rim, with two columns whose fields have each other's name.
    pub(crate) LampWire: Lamp, LampEvent in "test.Lamp", messages of pb;
    [Lit { left, right, room, shade }] = LampLit.v1 {
        left: right as Plain, right: left as Plain, room: room as Maybe<Shown>;
        [name, number]: shade as ShadeField
    }
    [Dimmed] = LampDimmed.v1 {}
}

pub(crate) fn lit(room: Option<u8>) -> LampEvent {
    LampEvent::Lit { left: 1, right: 2, room, shade: Shade { name: "green".to_owned(), number: 7 } }
}

#[test]
fn an_event_is_the_message_of_its_row_and_reads_back() {
    assert_eq!(LampWire::EVENTS, ["test.Lamp.LampLit.v1", "test.Lamp.LampDimmed.v1"]);
    let stored = LampWire::encode(&lit(Some(3)));
    assert_eq!(stored.event_type, "test.Lamp.LampLit.v1");
    let written: serde_json::Value = serde_json::from_slice(&stored.data).unwrap();
    let wanted = serde_json::json!({ "right": 1, "left": 2, "room": "3", "name": "green", "number": 7 });
    assert_eq!(written, wanted);
    for event in [lit(Some(3)), lit(None), LampEvent::Dimmed] {
        let Stored { event_type, data } = LampWire::encode(&event);
        assert_eq!(LampWire::decode(&event_type, &data), Ok(Some(event)));
    }
}

#[test]
fn a_row_names_its_type() {
    assert_eq!(LampWire::LampLit, "test.Lamp.LampLit.v1");
    let is_dimmed = |event_type: &str| matches!(event_type, LampWire::LampDimmed);
    assert!(is_dimmed("test.Lamp.LampDimmed.v1") && !is_dimmed("test.Lamp.LampLit.v1"));
    assert_eq!(SwitchWire::Stuck, "test.Switch.Stuck.v2");
}

#[test]
fn a_fact_is_the_message_of_its_row_under_a_name_of_its_own_and_reads_back() {
    assert_eq!(SwitchWire::FACTS, ["test.Switch.Pressed.v1", "test.Switch.Stuck.v2"]);
    let stored = SwitchWire::encode(&SwitchFact::Pressed { by: 7 });
    assert_eq!((&*stored.event_type, &*stored.data), ("test.Switch.Pressed.v1", &br#"{"by":"7"}"#[..]));
    for fact in [SwitchFact::Pressed { by: 7 }, SwitchFact::Stuck] {
        let Stored { event_type, data } = SwitchWire::encode(&fact);
        assert_eq!(SwitchWire::decode(&event_type, &data), Ok(fact));
    }
    assert_eq!(SwitchWire::decode("test.Switch.Pressed.v1", b"{}"), Err(DecodeError::Missing("by")));
    assert_eq!(SwitchWire::decode("test.Switch.Stuck.v1", b"{}"), Err(DecodeError::UnknownType));
}

#[test]
fn what_does_not_fit_its_row_says_which_field() {
    let read = |data: &[u8]| LampWire::decode("test.Lamp.LampLit.v1", data);
    assert_eq!(read(br#"{"right":1}"#), Err(DecodeError::Missing("left")));
    assert_eq!(read(br#"{"right":1,"left":2,"name":"green"}"#), Err(DecodeError::Missing("number")));
    let far = read(br#"{"right":1,"left":2,"room":"300","name":"green","number":7}"#);
    let why = "field 'room': number too large to fit in target type";
    assert_eq!(far, Err(DecodeError::Malformed(why.to_owned())));
    assert_eq!(LampWire::decode("test.Lamp.LampLit.v2", b"{}"), Err(DecodeError::UnknownType));
}
