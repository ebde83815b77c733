//! Each rule alone, the order among them, and the guarantees over random audiences and callers.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::bucketing::Bucketing;
use crate::definition::{Audience, Share, Unit};

fn flag(audience: Audience) -> Definition {
    Definition {
        key: "checkout".to_owned(),
        salt: None,
        bucketing: Bucketing::FlagdV3,
        variants: BTreeMap::from([("off".to_owned(), json!("old")), ("on".to_owned(), json!("new"))]),
        off_variant: "off".to_owned(),
        on_variant: "on".to_owned(),
        killed: false,
        audience,
    }
}

fn share(basis_points: u16, unit: Unit) -> Audience {
    Audience { share: Share { basis_points, unit }, ..Audience::default() }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

/// Asks `definition` about a caller and compares the whole answer.
#[track_caller]
fn check(definition: &Definition, context: &Value, variant: &str, reason: Reason) {
    let compiled = Compiled::new(definition).unwrap();
    let attributes = context.as_object().unwrap();
    let value = &definition.variants[variant];
    assert_eq!(
        compiled.evaluate(Context::of(attributes)),
        Evaluation { variant, value, reason },
        "{context}"
    );
}

#[test]
fn f2_a_flag_without_an_audience_is_off_for_everybody() {
    let flag = flag(Audience::default());
    check(&flag, &json!({}), "off", Reason::Static);
    check(&flag, &json!({"targetingKey": "user-1", "accountId": "acme"}), "off", Reason::Static);
    let compiled = Compiled::new(&flag).unwrap();
    assert_eq!(compiled.evaluate(Context::anonymous()).reason, Reason::Static);
}

#[test]
fn f2_members_are_matched_by_the_targeting_key() {
    let flag = flag(Audience { members: names(&["mia", "ben", "mia"]), ..Audience::default() });
    check(&flag, &json!({"targetingKey": "mia"}), "on", Reason::TargetingMatch);
    check(&flag, &json!({"targetingKey": "ben"}), "on", Reason::TargetingMatch);
    check(&flag, &json!({"targetingKey": "be"}), "off", Reason::Default);
    check(&flag, &json!({"accountId": "mia"}), "off", Reason::Default);
    check(&flag, &json!({"targetingKey": 7}), "off", Reason::Default);
    check(&flag, &json!({}), "off", Reason::Default);
}

#[test]
fn f2_accounts_are_matched_by_the_account_id() {
    let flag = flag(Audience { accounts: names(&["acme"]), ..Audience::default() });
    check(&flag, &json!({"targetingKey": "mia", "accountId": "acme"}), "on", Reason::TargetingMatch);
    check(&flag, &json!({"accountId": "acme"}), "on", Reason::TargetingMatch);
    check(&flag, &json!({"targetingKey": "acme"}), "off", Reason::Default);
}

#[test]
fn f2_attributes_are_matched_by_equality() {
    let rules = vec![
        Match { attribute: "plan".to_owned(), any_of: vec![json!("pro"), json!("team")] },
        Match { attribute: "seats".to_owned(), any_of: vec![json!(10)] },
        Match { attribute: "beta".to_owned(), any_of: vec![json!(true)] },
    ];
    let flag = flag(Audience { matches: rules, ..Audience::default() });
    for context in [
        json!({"plan": "pro"}),
        json!({"plan": "team", "seats": 1}),
        json!({"seats": 10}),
        json!({"seats": 10.0}),
        json!({"plan": "free", "beta": true}),
    ] {
        check(&flag, &context, "on", Reason::TargetingMatch);
    }
    for context in
        [json!({"plan": "PRO"}), json!({"seats": "10"}), json!({"beta": "true"}), json!({"plan": null})]
    {
        check(&flag, &context, "off", Reason::Default);
    }
}

/// The bucket of `user-1` under the salt `new-checkout` is 4,965 (see the vectors), so it joins at 49.66 %.
#[test]
fn f2_the_percentage_ends_where_the_bucket_says() {
    let at = |basis_points| Definition {
        salt: Some("new-checkout".to_owned()),
        ..flag(share(basis_points, Unit::TargetingKey))
    };
    let bucket = Bucketing::FlagdV3.salted("new-checkout").bucket(&json!("user-1")).unwrap();
    check(&at(bucket), &json!({"targetingKey": "user-1"}), "off", Reason::Split);
    check(&at(bucket + 1), &json!({"targetingKey": "user-1"}), "on", Reason::Split);
}

#[test]
fn f2_a_percentage_leaves_out_whoever_has_no_unit() {
    for context in [
        json!({}),
        json!({"targetingKey": ""}),
        json!({"targetingKey": 12345}),
        json!({"targetingKey": true}),
        json!({"targetingKey": null}),
        json!({"accountId": "acme"}),
    ] {
        check(&flag(share(9_999, Unit::TargetingKey)), &context, "off", Reason::NoTargetingKey);
    }
    check(&flag(share(9_999, Unit::AccountId)), &json!({"targetingKey": "mia"}), "off", Reason::Default);
    check(&flag(share(9_999, Unit::AccountId)), &json!({"accountId": "acme"}), "on", Reason::Split);
    let region = Unit::Attribute("region".to_owned());
    check(&flag(share(9_999, region)), &json!({"region": 7}), "on", Reason::Split);
}

#[test]
fn f2_the_whole_is_everybody_with_and_without_a_key() {
    for context in [json!({}), json!({"targetingKey": "mia"}), json!({"accountId": "acme"})] {
        check(&flag(share(10_000, Unit::TargetingKey)), &context, "on", Reason::Static);
    }
}

#[test]
fn f2_everybody_of_an_account_gets_the_same() {
    let flag = flag(share(5_000, Unit::AccountId));
    let compiled = Compiled::new(&flag).unwrap();
    for account in 0..50 {
        let of = |user: &str| {
            let context = json!({"targetingKey": user, "accountId": format!("account-{account}")});
            compiled.evaluate(Context::of(context.as_object().unwrap())).variant.to_owned()
        };
        assert_eq!(of("mia"), of("ben"));
    }
}

#[test]
fn f3_a_kill_wins_over_every_rule() {
    let everyone = Audience {
        members: names(&["mia"]),
        accounts: names(&["acme"]),
        matches: vec![Match { attribute: "plan".to_owned(), any_of: vec![json!("pro")] }],
        share: Share { basis_points: 10_000, unit: Unit::TargetingKey },
    };
    let caller = json!({"targetingKey": "mia", "accountId": "acme", "plan": "pro"});
    check(&flag(everyone.clone()), &caller, "on", Reason::Static);
    let killed = Definition { killed: true, ..flag(everyone) };
    check(&killed, &caller, "off", Reason::Disabled);
    assert!(Compiled::new(&killed).unwrap().is_killed());
}

/// A list that names the caller decides before the percentage asks for a key.
#[test]
fn f2_only_a_percentage_that_decides_asks_for_a_targeting_key() {
    let both = Audience { accounts: names(&["acme"]), ..share(10, Unit::TargetingKey) };
    check(&flag(both.clone()), &json!({"accountId": "acme"}), "on", Reason::TargetingMatch);
    check(&flag(both), &json!({"accountId": "other"}), "off", Reason::NoTargetingKey);
}

#[test]
fn r25_a_bound_says_why_it_leaves_somebody_out_and_a_killed_one_kills() {
    let of = |definition| Compiled::new(&definition).unwrap();
    let killed = Definition { killed: true, ..flag(Audience::default()) };
    let caller = json!({"targetingKey": "mia"});
    let ask = |compiled: &Compiled| compiled.evaluate(Context::of(caller.as_object().unwrap())).reason;
    let everybody = || of(flag(share(10_000, Unit::TargetingKey)));
    let bounded = everybody().bounded_by(of(flag(Audience::default())));
    assert_eq!((ask(&bounded), bounded.is_killed()), (Reason::Static, false));
    let bounded = bounded.bounded_by(of(killed));
    assert!(bounded.is_killed());
    assert_eq!(ask(&everybody().bounded_by(bounded)), Reason::Static);
}

#[test]
fn a_faulty_definition_is_not_compiled() {
    let faulty = Definition { on_variant: "new".to_owned(), ..flag(Audience::default()) };
    let error = InvalidDefinition::NoSuchVariant { key: "checkout".to_owned(), variant: "new".to_owned() };
    assert_eq!(Compiled::new(&faulty).unwrap_err(), error);
}

/// A dozen names are enough for lists and callers to meet often.
fn name() -> impl Strategy<Value = String> {
    "[a-l]".prop_map(|letter| format!("name-{letter}"))
}

fn audience() -> impl Strategy<Value = Audience> {
    let lists = || proptest::collection::vec(name(), 0..4);
    let rule = proptest::collection::vec(name().prop_map(Value::from), 0..3)
        .prop_map(|any_of| Match { attribute: "plan".to_owned(), any_of });
    let unit = prop_oneof![
        Just(Unit::TargetingKey),
        Just(Unit::AccountId),
        Just(Unit::Attribute("plan".to_owned()))
    ];
    let share = (0..=10_000_u16, unit).prop_map(|(basis_points, unit)| Share { basis_points, unit });
    (lists(), lists(), proptest::collection::vec(rule, 0..2), share)
        .prop_map(|(members, accounts, matches, share)| Audience { members, accounts, matches, share })
}

fn caller() -> impl Strategy<Value = Map<String, Value>> {
    let value = prop_oneof![4 => name().prop_map(Value::from), 1 => any::<i32>().prop_map(Value::from)];
    let attribute = prop_oneof![Just("targetingKey"), Just("accountId"), Just("plan")];
    proptest::collection::btree_map(attribute.prop_map(str::to_owned), value, 0..4)
        .prop_map(|attributes| attributes.into_iter().collect())
}

fn is_on(definition: &Definition, caller: &Map<String, Value>) -> bool {
    Compiled::new(definition).unwrap().evaluate(Context::of(caller)).variant == "on"
}

proptest! {
    #[test]
    fn f2_raising_the_percentage_never_drops_anybody(
        audience in audience(), caller in caller(), salt in "[a-z]{0,8}", to in 0..=10_000_u16,
    ) {
        let at = |basis_points| {
            let share = Share { basis_points, ..audience.share.clone() };
            Definition { salt: Some(salt.clone()), ..flag(Audience { share, ..audience.clone() }) }
        };
        let (low, high) = (to.min(audience.share.basis_points), to.max(audience.share.basis_points));
        prop_assert!(!is_on(&at(low), &caller) || is_on(&at(high), &caller));
    }

    /// Going back to an audience within the served one takes in nobody new, whoever the caller is.
    #[test]
    fn r11_a_smaller_audience_exposes_nobody_whom_the_larger_one_leaves_out(
        small in audience(), more in audience(), caller in caller(), whole in any::<bool>(),
    ) {
        let percent = if whole { 10_000 } else { small.share.basis_points.max(more.share.basis_points) };
        let large = Audience {
            members: [small.members.clone(), more.members].concat(),
            accounts: [small.accounts.clone(), more.accounts].concat(),
            matches: [small.matches.clone(), more.matches].concat(),
            share: Share { basis_points: percent, unit: small.share.unit.clone() },
        };
        prop_assert!(!is_on(&flag(small), &caller) || is_on(&flag(large), &caller));
    }

    /// The narrower of both takes in whom both take in, and nobody else.
    #[test]
    fn r25_the_narrower_of_both_is_on_for_whom_both_are_on(
        new in audience(), former in audience(), earlier in audience(), caller in caller(),
        killed in any::<bool>(),
    ) {
        let former = Definition { killed, ..flag(former) };
        let compiled = |definition: &Definition| Compiled::new(definition).unwrap();
        let narrower = compiled(&flag(new.clone())).bounded_by(compiled(&former));
        let on = |compiled: &Compiled| compiled.evaluate(Context::of(&caller)).variant == "on";
        let both = is_on(&flag(new.clone()), &caller) && is_on(&former, &caller);
        prop_assert_eq!(on(&narrower), both);
        // Over a log that goes back twice nothing of the first bound is lost.
        let twice = compiled(&flag(new)).bounded_by(compiled(&flag(earlier.clone())).bounded_by(compiled(&former)));
        prop_assert_eq!(on(&twice), both && is_on(&flag(earlier), &caller));
    }

    #[test]
    fn r25_a_flag_bounded_by_itself_is_the_same_flag(audience in audience(), caller in caller()) {
        let of = || Compiled::new(&flag(audience.clone())).unwrap();
        let (alone, bounded) = (of(), of().bounded_by(of()));
        prop_assert_eq!(bounded.evaluate(Context::of(&caller)), alone.evaluate(Context::of(&caller)));
    }

    #[test]
    fn f2_the_same_caller_always_gets_the_same_answer(audience in audience(), caller in caller()) {
        let (one, two) = (Compiled::new(&flag(audience.clone())).unwrap(), Compiled::new(&flag(audience)).unwrap());
        let again = caller.clone();
        prop_assert_eq!(one.evaluate(Context::of(&caller)), two.evaluate(Context::of(&again)));
    }

    #[test]
    fn f2_nobody_is_in_0_percent_and_everybody_with_a_key_in_100_percent(key in ".{1,40}", salt in ".{0,8}") {
        let caller = Map::from_iter([(TARGETING_KEY.to_owned(), Value::from(key))]);
        let at = |bp| Definition { salt: Some(salt.clone()), ..flag(share(bp, Unit::TargetingKey)) };
        prop_assert!(!is_on(&at(0), &caller));
        prop_assert!(is_on(&at(10_000), &caller));
    }

    #[test]
    fn f3_nobody_gets_a_killed_flag(audience in audience(), caller in caller()) {
        let killed = Compiled::new(&Definition { killed: true, ..flag(audience) }).unwrap();
        let value = json!("old");
        let off = Evaluation { variant: "off", value: &value, reason: Reason::Disabled };
        prop_assert_eq!(killed.evaluate(Context::of(&caller)), off);
    }
}
