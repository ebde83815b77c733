//! What the crate says, in the adapter's words.

use super::*;
use uuid::Uuid;

#[test]
fn every_error_of_the_crate_says_what_to_do_next() {
    use eventstore::{CurrentRevision, Error, ExpectedRevision};
    let wrong = |current| Error::WrongExpectedVersion { expected: ExpectedRevision::NoStream, current };
    let table = [
        (wrong(CurrentRevision::Current(3)), Fault::WrongVersion { actual: Some(3) }),
        (wrong(CurrentRevision::NoStream), Fault::WrongVersion { actual: None }),
        (Error::ResourceDeleted, Fault::Deleted),
        (Error::ResourceNotFound, Fault::NotFound),
        (Error::ConnectionClosed, Fault::Unsent("Connection is closed.".to_owned())),
        (Error::ServerError("reset".to_owned()), Fault::Unknown("Server-side error: reset".to_owned())),
        (Error::DeadlineExceeded, Fault::Unknown("Deadline exceeded".to_owned())),
        (Error::AccessDenied, Fault::Denied),
    ];
    for (error, expected) in table {
        assert_eq!(fault(error), expected);
    }
}

#[test]
fn a_call_that_finds_nothing_was_answered_by_a_node_that_knows_no_leader() {
    assert_eq!(call_fault(eventstore::Error::ResourceNotFound), Fault::NotLeader { known: false });
    assert_eq!(call_fault(eventstore::Error::ResourceDeleted), Fault::Deleted);
}

#[test]
fn a_payload_that_is_no_json_is_refused_before_it_is_sent() {
    let event = |data: &[u8]| NewEvent {
        id: Uuid::nil(),
        event_type: "bets.Bet.Placed.v1".to_owned(),
        data: data.to_vec(),
        metadata: Vec::new(),
    };
    assert!(event_data(event(br#"{"percent": "0.10"}"#)).is_ok());
    for data in [&b"{"[..], b"\xff", b""] {
        assert!(matches!(event_data(event(data)), Err(Fault::Refused(_))), "{data:?}");
    }
}

#[test]
fn a_url_gets_a_short_first_wait_unless_it_names_one() {
    assert_eq!(prepared("esdb://a:1"), "esdb://a:1?discoveryInterval=50");
    assert_eq!(prepared("esdb://a:1?tls=false"), "esdb://a:1?tls=false&discoveryInterval=50");
    assert_eq!(prepared("esdb://a:1?discoveryInterval=9"), "esdb://a:1?discoveryInterval=9");
}
