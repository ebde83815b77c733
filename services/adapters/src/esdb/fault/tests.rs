//! What reaches the port.

use super::*;

#[test]
fn a_fault_of_an_append_is_told_with_what_the_caller_knows() {
    let told = |fault: Fault| fault.of_append("bets.bet-1", Expected::Exact(4), 99);
    let wrong = LogError::WrongExpectedVersion {
        stream: "bets.bet-1".to_owned(),
        expected: Expected::Exact(4),
        actual: Some(6),
    };
    assert_eq!(told(Fault::WrongVersion { actual: Some(6) }), wrong);
    assert_eq!(told(Fault::TooLarge { limit: 10 }), LogError::TooLarge { bytes: 99, limit: 10 });
    assert_eq!(told(Fault::Deleted), LogError::StreamDeleted("bets.bet-1".to_owned()));
    assert_eq!(told(Fault::Full), LogError::Full);
    assert!(matches!(told(Fault::Denied), LogError::Storage(_)));
}

#[test]
fn a_call_without_an_outcome_is_unavailable() {
    for fault in
        [Fault::Unsent("a".to_owned()), Fault::Unknown("a".to_owned()), Fault::NotLeader { known: false }]
    {
        assert!(matches!(fault.into_error(), LogError::Unavailable(_)));
    }
}

#[test]
fn a_status_is_read_by_its_code_and_its_text() {
    let limit = Fault::of_status(3, "Maximum Append Size of 1048576 Exceeded.");
    assert_eq!(limit, Fault::TooLarge { limit: 1_048_576 });
    assert_eq!(Fault::of_status(3, "no"), Fault::Refused("no".to_owned()));
    assert_eq!(Fault::of_status(8, "disk"), Fault::Full);
    let calm = "h2 protocol error: http2 error";
    assert_eq!(Fault::of_status(8, calm), Fault::Unknown(calm.to_owned()));
    assert_eq!(Fault::of_status(10, "late"), Fault::Unknown("late".to_owned()));
    assert!(matches!(Fault::of_status(9, "no"), Fault::Refused(why) if why.contains("code 9")));
}

#[test]
fn only_what_certainly_did_not_arrive_is_appended_again() {
    let unknown = Fault::Unknown(String::new());
    assert!(!Repeat::OnlyUnsent.allows(&unknown));
    assert!(Repeat::Always.allows(&unknown));
    for repeat in [Repeat::OnlyUnsent, Repeat::Always] {
        assert!(repeat.allows(&Fault::Unsent(String::new())));
        assert!(repeat.allows(&Fault::NotLeader { known: true }));
        assert!(!repeat.allows(&Fault::WrongVersion { actual: None }));
        assert!(!repeat.allows(&Fault::Full));
    }
}
