//! The bytes of flagd against public vectors, and the spread of callers over the buckets.

mod vectors;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn share_of_value(json: &Value, total: u32) -> u64 {
    let mut murmur = Murmur3::default();
    cbor::value(&mut murmur, json);
    scaled(murmur.finish(), total)
}

fn bucket(salt: &str, unit: &str) -> u16 {
    Bucketing::FlagdV3.salted(salt).bucket(&json!(unit)).unwrap()
}

#[test]
fn f2_values_of_every_type_meet_the_public_vectors() {
    for (text, share) in vectors::OF_25_SHARES {
        let json: Value = serde_json::from_str(text).unwrap();
        assert_eq!(share_of_value(&json, 100) / 4 + 1, *share, "{text}");
    }
    for (text, share) in vectors::OF_4_SHARES {
        assert_eq!(share_of_value(&json!(text), 100) / 25, *share, "{text}");
    }
}

#[test]
fn f2_flag_and_targeting_key_meet_the_public_vectors() {
    for (key, heads) in vectors::HEADS {
        assert_eq!(bucket("fractional-flag-shorthand", key) < 5_000, *heads, "{key}");
    }
    for (salt, key, expected) in vectors::BUCKETS {
        assert_eq!(bucket(salt, key), *expected, "{salt} {key}");
    }
}

#[test]
fn f2_what_identifies_nobody_has_no_bucket() {
    let salted = Bucketing::FlagdV3.salted("flag");
    for unit in [json!(null), json!(""), json!([]), json!(["user-1"])] {
        assert_eq!(salted.bucket(&unit), None, "{unit}");
    }
    for unit in [json!("a"), json!(false), json!(0), json!({"a": 1})] {
        assert!(salted.bucket(&unit).is_some(), "{unit}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// 208.6 is exceeded once in a thousand million times by 99 degrees of freedom, so a failure means a skew.
    #[test]
    fn f2_shares_stay_within_the_chi_square_bound(salt in "[a-z0-9-]{0,40}") {
        const USERS: u32 = 20_000;
        let salted = Bucketing::FlagdV3.salted(&salt);
        let mut seen = [0_u32; 100];
        for user in 0..USERS {
            let bucket = salted.bucket(&json!(format!("user-{user}"))).unwrap();
            seen[usize::from(bucket / 100)] += 1;
        }
        let expected = f64::from(USERS) / 100.0;
        let chi_square: f64 = seen.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
        prop_assert!(chi_square < 208.6, "{chi_square}");
    }

    /// Of 20,000 users 200 are expected in both tenths, with a deviation of 14.
    #[test]
    fn f2_two_flags_are_independent(one in "[a-z]{1,20}", two in "[a-z]{1,20}") {
        prop_assume!(one != two);
        let (one, two) = (Bucketing::FlagdV3.salted(&one), Bucketing::FlagdV3.salted(&two));
        let in_both = (0..20_000)
            .map(|user| json!(format!("user-{user}")))
            .filter(|user| one.bucket(user).unwrap() < 1_000 && two.bucket(user).unwrap() < 1_000)
            .count();
        prop_assert!((110..290).contains(&in_both), "{in_both}");
    }
}
