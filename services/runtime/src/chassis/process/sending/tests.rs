//! What each kind of answer means to the process that sent the step.

use verdict_proto::v1::Refused;

use super::*;
use crate::execute::Fence;
use crate::log::contract::tally::envelope;
use crate::problem::{self, Problem};

fn fenced() -> Envelope {
    Envelope { fence: Some(Fence { lease: "roll".to_owned(), epoch: 4 }), ..envelope("a") }
}

fn read(reply: Result<Option<Outcome>, Status>) -> Result<Answer, Fault> {
    answer("gtm", &fenced(), reply.map(|outcome| Response::new(CommandReply { outcome })))
}

fn failed(code: problem::Code) -> Result<Answer, Fault> {
    read(Err(grpc::status(&Problem::new(code, "why"))))
}

#[test]
fn what_the_owner_decided_is_the_answer() {
    let accepted = Accepted { id: "1".to_owned(), ..Accepted::default() };
    assert_eq!(
        read(Ok(Some(Outcome::Accepted(accepted.clone())))).ok(),
        Some(Answer::Accepted(Box::new(accepted)))
    );
    let refused = Refused { code: "held".to_owned(), ..Refused::default() };
    assert_eq!(read(Ok(Some(Outcome::Refused(refused)))).ok(), Some(Answer::Refused("held".to_owned())));
    assert_eq!(Answer::Accepted(Box::default()).performed::<()>(), Performed::DONE);
    assert_eq!(Answer::Refused("held".to_owned()).performed::<()>(), Performed::refused("held"));
}

#[test]
fn what_would_never_be_accepted_is_refused() {
    assert_eq!(failed(problem::Code::NotFound).ok(), Some(Answer::Refused("not_found".to_owned())));
    let invalid = failed(problem::Code::InvalidField).ok();
    assert_eq!(invalid, Some(Answer::Refused("invalid_field".to_owned())));
    let not_allowed = failed(problem::Code::NotForPeople).ok();
    assert_eq!(not_allowed, Some(Answer::Refused("not_for_people".to_owned())));
}

#[test]
fn what_may_be_otherwise_next_time_is_a_fault() {
    let nobody = [Status::unimplemented("no such method"), Status::not_found("no such path")];
    let broken = [Status::unavailable("down"), Status::internal("broken")];
    for reply in nobody.into_iter().chain(broken).map(Err).chain([Ok(None)]) {
        let fault = read(reply).unwrap_err();
        assert!(matches!(&fault, Fault::Unreachable { service, .. } if service == "gtm"), "{fault:?}");
    }
    let down = unanswered("gtm", &Status::unavailable("down"));
    assert!(matches!(&down, Fault::Unreachable { why, .. } if why == "down"), "{down:?}");
}

#[test]
fn a_sender_whose_lease_is_somebody_elses_is_fenced() {
    let fault = failed(problem::Code::Fenced).unwrap_err();
    assert!(matches!(&fault, Fault::Fenced { lease, mine: 4, newer: 5 } if lease == "roll"), "{fault:?}");
}

#[test]
fn parts_of_a_step_have_command_ids_of_their_own_that_a_retry_derives_again() {
    let whole = envelope("a");
    let (one, other) = (part_of(&whole, "1"), part_of(&whole, "2"));
    assert_ne!(one.command_id, other.command_id);
    assert_ne!(one.command_id, whole.command_id);
    assert_eq!(part_of(&whole, "1"), one);
    assert_eq!(Envelope { command_id: whole.command_id, ..one }, whole);
}
