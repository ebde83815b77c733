//! What people and programs get to see.

use super::*;

#[test]
fn a_refusal_is_one_line_with_rule_facts_and_next_command() {
    let refused = pb::Refused {
        rule: "B5".to_owned(),
        sentence: "an item is missing".to_owned(),
        required: "10 items".to_owned(),
        seen: "9 items".to_owned(),
        next: "verdict bet assess".to_owned(),
        ..pb::Refused::default()
    };
    let line =
        "refused B5: an item is missing | required: 10 items | seen: 9 items | next: verdict bet assess";
    assert_eq!(refusal_lines(&refused), [line]);
}

fn printed_as(format: Format, reply: pb::command_reply::Outcome) -> (String, Result<(), Failure>) {
    let mut out = Vec::new();
    let ended = super::reply(&mut out, format, &pb::CommandReply { outcome: Some(reply) });
    (String::from_utf8(out).unwrap(), ended)
}

fn printed(reply: pb::command_reply::Outcome) -> (String, bool) {
    let (text, ended) = printed_as(Format::Table, reply);
    (text, ended.is_ok())
}

#[test]
fn everything_that_stands_in_the_way_has_a_line() {
    let blocker = |sentence: &str| pb::Blocker { sentence: sentence.to_owned(), ..pb::Blocker::default() };
    let blockers = vec![blocker("second"), blocker("third")];
    let all = pb::Refused { sentence: "first".to_owned(), blockers, ..pb::Refused::default() };
    let (text, accepted) = printed(pb::command_reply::Outcome::Refused(all.clone()));
    assert_eq!((text.as_str(), accepted), ("refused -: first\nrefused -: second\nrefused -: third\n", false));
    // Whoever asks for names gets nothing else, and hears the refusal beside.
    let (text, ended) = printed_as(Format::Name, pb::command_reply::Outcome::Refused(all));
    assert_eq!(text, "");
    assert!(matches!(ended, Err(Failure::Refusal(said)) if said.starts_with("refused -: first\n")));
}

#[test]
fn a_dry_run_says_what_would_be_written_and_at_what_price() {
    let over = pb::Overridden {
        rule: Some("R3".to_owned()),
        code: Some("gate_shut".to_owned()),
        required: Some("72 h".to_owned()),
        seen: Some("3 h".to_owned()),
        level: Some("warn".to_owned()),
        ..pb::Overridden::default()
    };
    let draft = pb::Draft { r#type: "gtm.Launch.LaunchCancelled.v1".to_owned(), data: "{}".to_owned() };
    let accepted = pb::Accepted {
        id: "1".to_owned(),
        events: vec![draft.r#type.clone()],
        overrides: vec![over],
        dry_run: true,
        drafts: vec![draft],
        ..pb::Accepted::default()
    };
    let lines = "1  dry run, nothing was written: LaunchCancelled\n\
                 overridden R3: gate_shut | required: 72 h | seen: 3 h | policy level warn\n\
                 would write gtm.Launch.LaunchCancelled.v1: {}\n";
    assert_eq!(printed(pb::command_reply::Outcome::Accepted(accepted)), (lines.to_owned(), true));
}

#[test]
fn the_name_of_what_a_command_was_about_is_its_id() {
    let accepted = pb::Accepted { id: "01A".to_owned(), ..pb::Accepted::default() };
    let (text, ended) = printed_as(Format::Name, pb::command_reply::Outcome::Accepted(accepted));
    assert!(ended.is_ok());
    assert_eq!(text, "01A\n");
}

#[test]
fn columns_are_as_wide_as_their_widest_cell() {
    let mut out = Vec::new();
    table(&mut out, &["ID", "STATE"], &[vec!["long-id".to_owned(), "on".to_owned()]]).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "ID       STATE\nlong-id  on\n");
}

#[test]
fn what_would_move_the_cursor_or_turn_the_writing_around_is_spelt_out() {
    let cell = "a\u{1b}[31mred\nfake  row\u{202e}".to_owned();
    let lines = aligned(&["TITLE"], &[vec![cell]]);
    assert_eq!(lines[1], "a\\u{1b}[31mred\\nfake  row\\u{202e}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let gone = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
    assert!(matches!(gone, Failure::Unheard));
    assert_eq!(format!("{:?}", gone.exit_code()), format!("{:?}", std::process::ExitCode::SUCCESS));
}
