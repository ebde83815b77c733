use serde::de::value::Error;

use super::*;
use crate::v1::CheckState::{self, Fail, Pass};

/// What [`number`] reads of a JSON text.
fn numbers(json: &str) -> Result<Option<u32>, String> {
    number(&mut serde_json::Deserializer::from_str(json)).map_err(|error| error.to_string())
}

/// What a field of an enum reads of a JSON text.
fn words(json: &str) -> Result<Option<i32>, String> {
    Word::<CheckState>::deserialize(&mut serde_json::Deserializer::from_str(json))
        .map_err(|error| error.to_string())
}

#[test]
fn nothing_is_unset_that_was_set_to_zero() {
    assert!(unset(&0) && unset(&String::new()) && unset(&None::<u32>) && unset(&Vec::<u32>::new()));
    assert!(!unset(&Some(0)) && !unset(&Some(String::new())) && !unset(&1));
}

#[test]
fn a_number_may_be_a_text() {
    for (json, number) in [("7", Some(7)), ("\"7\"", Some(7)), ("4294967295", Some(u32::MAX)), ("null", None)]
    {
        assert_eq!(numbers(json), Ok(number), "{json}");
    }
    for json in ["-1", "1.5", "4294967296", "\"4294967296\"", "\"\"", "\"seven\"", "[7]", "true"] {
        assert!(numbers(json).is_err(), "{json}");
    }
}

#[test]
fn a_word_may_be_its_number() {
    let fail = Some(i32::from(Fail));
    for (json, number) in [("\"CHECK_STATE_FAIL\"", fail), ("2", fail), ("null", None)] {
        assert_eq!(words(json), Ok(number), "{json}");
    }
    let unknown = words("\"CHECK_STATE_NEW\"").unwrap_err();
    assert!(unknown.starts_with("unknown variant `CHECK_STATE_NEW`"), "{unknown}");
    for json in ["99", "-1", "4294967298", "18446744073709551615", "2.0", "true", "[2]"] {
        let error = words(json).unwrap_err();
        assert!(error.starts_with("invalid "), "{json}: {error}");
    }
}

#[test]
fn a_number_without_a_word_is_not_written() {
    let write = |number: &Option<i32>| Word::<CheckState>::serialize(number, serde_json::value::Serializer);
    assert_eq!(write(&Some(2)).unwrap(), "CHECK_STATE_FAIL");
    assert_eq!(write(&Some(99)).unwrap_err().to_string(), "no word for 99");
    let list = |numbers: &[i32]| Word::<CheckState>::serialize_list(numbers, serde_json::value::Serializer);
    assert_eq!(list(&[2, 1]).unwrap(), serde_json::json!(["CHECK_STATE_FAIL", "CHECK_STATE_PASS"]));
    assert_eq!(list(&[2, 99]).unwrap_err().to_string(), "no word for 99");
}

#[test]
fn at_most_one_case_of_a_oneof_is_set() {
    assert_eq!(one_of::<CheckState, Error>([None, None]), Ok(None));
    assert_eq!(one_of::<_, Error>([None, Some(Pass)]), Ok(Some(Pass)));
    let both = one_of::<_, Error>([Some(Fail), Some(Pass)]).unwrap_err();
    assert_eq!(both.to_string(), "two cases of a oneof are set");
}
