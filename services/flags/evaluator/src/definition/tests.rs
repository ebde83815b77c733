//! Every way in which a definition can be wrong, next to the one that is right.

use serde_json::json;

use super::*;

fn valid() -> Definition {
    Definition {
        key: "checkout".to_owned(),
        salt: None,
        bucketing: Bucketing::FlagdV3,
        variants: BTreeMap::from([("off".to_owned(), json!(false)), ("on".to_owned(), json!(true))]),
        off_variant: "off".to_owned(),
        on_variant: "on".to_owned(),
        killed: false,
        audience: Audience::default(),
    }
}

fn share(basis_points: u16, unit: Unit) -> Audience {
    Audience { share: Share { basis_points, unit }, ..Audience::default() }
}

#[test]
fn f2_what_can_be_served_is_accepted() {
    assert_eq!(valid().check(), Ok(()));
    let full = Definition { audience: share(10_000, Unit::AccountId), ..valid() };
    assert_eq!(full.check(), Ok(()));
    for value in [json!("a"), json!(1.5), json!({"a": [1]})] {
        let variants = BTreeMap::from([("off".to_owned(), value.clone()), ("on".to_owned(), value)]);
        assert_eq!(Definition { variants, ..valid() }.check(), Ok(()));
    }
}

#[track_caller]
fn check(definition: Definition, error: InvalidDefinition) {
    assert_eq!(definition.check(), Err(error));
}

fn key() -> String {
    "checkout".to_owned()
}

#[test]
fn f2_a_flag_without_a_key_cannot_be_served() {
    check(Definition { key: String::new(), ..valid() }, InvalidDefinition::NoKey);
}

#[test]
fn f2_variants_that_cannot_be_served_are_found() {
    let with = |name: &str, value: Value| {
        let mut definition = valid();
        definition.variants.insert(name.to_owned(), value);
        definition
    };
    let missing =
        |variant: &str| InvalidDefinition::NoSuchVariant { key: key(), variant: variant.to_owned() };
    let unsupported =
        |variant: &str| InvalidDefinition::UnsupportedValue { key: key(), variant: variant.to_owned() };
    check(Definition { on_variant: "new".to_owned(), ..valid() }, missing("new"));
    check(Definition { off_variant: "old".to_owned(), ..valid() }, missing("old"));
    check(with("none", json!(null)), unsupported("none"));
    check(with("list", json!([])), unsupported("list"));
    check(with("text", json!("on")), InvalidDefinition::MixedTypes { key: key() });
}

#[test]
fn f2_rules_that_cannot_be_asked_are_found() {
    let no_attribute = || InvalidDefinition::NoAttribute { key: key() };
    let matching =
        Audience { matches: vec![Match { attribute: String::new(), any_of: vec![] }], ..Audience::default() };
    check(Definition { audience: matching, ..valid() }, no_attribute());
    let unit = Unit::Attribute(String::new());
    check(Definition { audience: share(1, unit), ..valid() }, no_attribute());
    check(
        Definition { audience: share(10_001, Unit::TargetingKey), ..valid() },
        InvalidDefinition::ShareOutOfRange { key: key(), basis_points: 10_001 },
    );
}

/// The table that the creation of flags is tested with, too.
#[test]
fn f9_what_is_accepted_at_creation_is_what_can_be_served() {
    let rows: Vec<Value> = serde_json::from_str(include_str!("../../fixtures/servable.json")).unwrap();
    for row in rows {
        let value = |name: &str| {
            let value = serde_json::from_str::<Value>(row[name].as_str()?).ok()?;
            Some((name.to_owned(), value))
        };
        let variants: Option<BTreeMap<_, _>> = ["on", "off"].into_iter().map(value).collect();
        let served = variants.is_some_and(|variants| Definition { variants, ..valid() }.check().is_ok());
        assert_eq!(Some(served), row["served"].as_bool(), "{row}");
    }
}
