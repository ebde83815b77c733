use super::*;
use crate::Kind;
use crate::example::example;
use crate::reading::read;

fn set(text: &str) -> Result<Set, Vec<String>> {
    let told = |findings: Vec<Finding>| findings.iter().map(ToString::to_string).collect();
    Set::of([read("file.yaml", text)], "own").map_err(told)
}

#[test]
fn what_is_referred_to_comes_first_whatever_the_file_says() {
    let mut parts: Vec<&str> = example().split("\n---\n").collect();
    parts.reverse();
    let set = set(&parts.join("\n---\n")).unwrap();
    let order: Vec<_> = set
        .documents()
        .iter()
        .map(|placed| (placed.document.kind(), placed.document.key().to_string()))
        .collect();
    let shop = "saved-carts".to_owned();
    assert_eq!(
        order,
        [
            (Kind::MetricDefinition, "cart_orders".to_owned()),
            (Kind::MetricDefinition, "cart_errors".to_owned()),
            (Kind::Flag, shop.clone()),
            (Kind::Bet, shop.clone()),
            (Kind::StagedRollout, shop.clone()),
            (Kind::Launch, shop),
        ]
    );
    let things: Vec<_> = set.parts().iter().map(|part| (part.document, part.thing)).collect();
    let itself = Thing::Itself;
    let order = [
        (0, itself),
        (1, itself),
        (2, itself),
        (3, itself),
        (4, itself),
        (1, Thing::Guardrail(0)),
        (5, itself),
    ];
    assert_eq!(things, order);
}

#[test]
fn metrics_of_higher_levels_come_before_those_that_lead_to_them() {
    let metric = |name: &str, kind: &str| {
        format!(
            "apiVersion: verdict.dev/v1alpha1\nkind: MetricDefinition\nmetadata: {{name: {name}}}\nspec: {{type: {kind}, \
             good: Increase}}\n"
        )
    };
    let text = ["Guardrail", "Leading", "Core", "Lagging"]
        .map(|kind| metric(&kind.to_ascii_lowercase(), kind))
        .join("---\n");
    let set = set(&text).unwrap();
    let keys: Vec<_> = set.documents().iter().map(|placed| placed.document.key().to_string()).collect();
    assert_eq!(keys, ["lagging", "core", "leading", "guardrail"]);
}

#[test]
fn what_the_platform_must_have_is_listed_with_the_field_that_names_it() {
    let without_flag = example().replace("flagRef: { key: saved-carts }", "flagRef: { key: Other }");
    let set =
        set(&without_flag.replace("environment: production\n  service", "environment: staging\n  service"))
            .unwrap();
    let missing: Vec<_> = set.missing().map(|need| (need.what.to_string(), need.path.to_string())).collect();
    assert_eq!(missing, [("flag staging/other".to_owned(), "spec.flagRef.key".to_owned())]);
    assert_eq!(set.needs().len(), 7);
}

#[test]
fn a_thing_that_stands_twice_is_refused_with_both_places() {
    let flag = "\
apiVersion: verdict.dev/v1alpha1
kind: Flag
metadata: {name: shop}
spec: {kind: Ops}
";
    let twice = format!("{flag}---\n{}", flag.replace("spec: {", "spec: {key: SHOP, "));
    let told = "file.yaml:9:13: document 2, spec.key: found the flag production/shop for a second time (first in \
                file.yaml, line 3, column 18); wanted each thing in one place";
    assert_eq!(set(&twice).unwrap_err(), [told]);
    assert!(
        set(&format!("{flag}---\n{}", flag.replace("kind: Ops", "kind: Ops, environment: staging"))).is_ok()
    );
}

#[test]
fn a_flag_within_a_rollout_and_a_document_of_it_are_the_same_flag() {
    let inline = example()
        .replace("flagRef: { key: saved-carts }", "flag: { key: saved-carts, kind: Release, owner: dana }");
    let told = set(&inline).unwrap_err();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("spec.flag.key: found the flag production/saved-carts for a second time"),
        "{told:?}"
    );
}

#[test]
fn rollouts_of_two_teams_may_have_one_key() {
    let rollout = "\
apiVersion: verdict.dev/v1alpha1
kind: StagedRollout
metadata: {name: shop, namespace: a}
spec: {flagRef: {key: f}, service: s, tier: 4}
";
    let other = rollout.replace("namespace: a", "namespace: b");
    assert!(set(&format!("{rollout}---\n{other}")).is_ok());
    // The team that nobody names is one of the teams.
    let (named, unnamed) =
        (rollout.replace("namespace: a", "namespace: own"), rollout.replace(", namespace: a", ""));
    assert!(set(&format!("{rollout}---\n{unnamed}")).is_ok());
    let told = set(&format!("{named}---\n{unnamed}")).unwrap_err();
    assert!(told.len() == 1 && told[0].contains("the rollout shop for a second time"), "{told:?}");
    assert_eq!(set(&format!("{rollout}---\n{rollout}")).unwrap_err().len(), 1);
}

#[test]
fn a_rollout_works_in_the_mode_of_its_bet() {
    let told = set(&example().replace("tier: 2 # 1 is", "mode: ZeroToOne\n  tier: 2 # 1 is")).unwrap_err();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].ends_with("spec.mode: found ZeroToOne; wanted Scaling, the mode of its bet, or no mode"),
        "{told:?}"
    );
}

#[test]
fn findings_of_all_texts_are_told_together() {
    let broken = |name: &str| read(name, "a: b\n");
    let told = Set::of([broken("a.yaml"), broken("b.yaml")], "own").unwrap_err();
    assert_eq!(told.iter().map(|finding| finding.source.as_str()).collect::<Vec<_>>(), ["a.yaml", "b.yaml"]);
}
