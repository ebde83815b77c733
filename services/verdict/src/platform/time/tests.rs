use verdict_kernel::spec::given;
use verdict_stored::golden;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}

fn targeted(command: &str, seconds: i64) -> Event {
    Event::Targeted { command: command.to_owned(), to: at(seconds) }
}

#[test]
fn a_target_counts_from_where_time_stands() {
    let by = Duration::from_mins(1);
    given::<VirtualTime>([Event::Started { at: at(10) }, Event::Moved { to: at(40) }])
        .when(Command::Target { command: "c".to_owned(), by })
        .then([targeted("c", 100)]);
}

#[test]
fn time_never_moves_back() {
    let history = [Event::Started { at: at(10) }, Event::Moved { to: at(40) }];
    given::<VirtualTime>(history.clone()).when(Command::Move { to: at(40) }).then([]);
    given::<VirtualTime>(history.clone()).when(Command::Move { to: at(39) }).then([]);
    given::<VirtualTime>(history).when(Command::Move { to: at(41) }).then([Event::Moved { to: at(41) }]);
}

#[test]
fn real_time_cannot_be_moved() {
    let refusal = given::<VirtualTime>([]).when(Command::Move { to: at(1) }).then_refused();
    assert_eq!(refusal.code, "real_clock");
}

#[test]
fn clause_25_every_golden_event_keeps_its_bytes_and_reads_back() {
    let events = [Event::Started { at: at(1) }, targeted("c", 2), Event::Moved { to: at(3) }];
    golden::check::<TimeWire>(env!("CARGO_MANIFEST_DIR"), events);
}
