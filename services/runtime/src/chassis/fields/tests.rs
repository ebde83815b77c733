use verdict_kernel::id::BetId;

use super::*;

fn field_of<T: std::fmt::Debug>(read: Result<T, Problem>) -> (&'static str, String) {
    let problem = read.unwrap_err();
    (problem.code.name(), problem.field)
}

#[test]
fn what_is_well_formed_is_read_without_the_space_around_it() {
    assert_eq!(name("title", "  Faster  "), Ok("Faster".to_owned()));
    assert_eq!(optional_text("reason", " "), Ok(String::new()));
    assert_eq!(parsed::<u32>("count", " 7 "), Ok(7));
    assert_eq!(optional::<u32>("count", ""), Ok(None));
    assert_eq!(each("names", NAMES, ["a", "b"], name), Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(optional_id::<BetId>("bet", ""), Ok(None));
    assert_eq!(counted("attempt", 1), Ok(1));
}

#[test]
fn what_is_missing_or_malformed_names_its_field() {
    assert_eq!(field_of(name("title", " ")), ("missing_field", "title".to_owned()));
    assert_eq!(field_of(id::<BetId>("bet", "")), ("missing_field", "bet".to_owned()));
    assert_eq!(field_of(id::<BetId>("bet", "x")), ("invalid_id", "bet".to_owned()));
    assert_eq!(field_of(parsed::<u32>("count", "many")), ("invalid_field", "count".to_owned()));
    assert_eq!(field_of(time("at", "noon")), ("invalid_field", "at".to_owned()));
    assert_eq!(field_of(counted("attempt", 0)), ("invalid_field", "attempt".to_owned()));
    assert_eq!(field_of(each("names", NAMES, ["a", ""], name)), ("missing_field", "names[1]".to_owned()));
    assert_eq!(field_of(chosen::<u8>("tier", None, "1 to 4")), ("invalid_field", "tier".to_owned()));
    assert_eq!(field_of(present::<u8>("plan", None)), ("missing_field", "plan".to_owned()));
}

#[test]
fn a_text_may_be_as_long_as_its_limit_in_characters_and_no_longer() {
    assert!(name("title", &"é".repeat(NAME)).is_ok());
    assert_eq!(field_of(name("title", &"é".repeat(NAME + 1))), ("invalid_field", "title".to_owned()));
    assert!(text("reason", &"é".repeat(TEXT)).is_ok());
    assert_eq!(field_of(text("reason", &"é".repeat(TEXT + 1))), ("invalid_field", "reason".to_owned()));
    assert!(each("names", TEXTS, vec!["a"; TEXTS], name).is_ok());
    assert_eq!(
        field_of(each("names", TEXTS, vec!["a"; TEXTS + 1], name)),
        ("invalid_field", "names".to_owned())
    );
}
