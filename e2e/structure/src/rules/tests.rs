//! Each check fails on a bad sample.

use super::*;
use crate::catalogue::RULES;

fn enforced(id: RuleId, kind: &'static str) -> Rule {
    Rule { id, kind, state: State::Enforced, title: "A title" }
}

fn test(rule: RuleId, name: &str) -> RuleTest {
    RuleTest { rule, name: name.to_owned(), file: "x/tests.rs".to_owned(), property: name.contains("random") }
}

/// Findings without the ids that such a small table has no row for.
fn lacks(rule: Rule, names: &[&str]) -> Vec<String> {
    let tests: Vec<_> = names.iter().map(|name| test(rule.id, name)).collect();
    let findings = missing(&[rule], &tests);
    findings.into_iter().filter(|finding| finding.contains("lacks")).collect()
}

#[test]
fn a_rule_without_its_tests_is_found() {
    let g5 = enforced(RuleId::G5, "E, O");
    assert_eq!(
        lacks(g5, &["g5_refuses"]),
        ["G5: is marked enforced and lacks a test with 'accept' in its name"]
    );
    assert_eq!(
        lacks(g5, &["g5_accepts"]),
        ["G5: is marked enforced and lacks a test with 'refuse' in its name"]
    );
    assert_eq!(lacks(g5, &["g5_is_refused", "g5_is_accepted"]), Vec::<String>::new());
    let r1 = enforced(RuleId::R1, "C");
    assert_eq!(lacks(r1, &[]), ["R1: is marked enforced and lacks a test"]);
    let p2 = enforced(RuleId::P2, "E");
    assert_eq!(
        lacks(p2, &["p2_refuses", "p2_accepts"]),
        ["P2: is marked enforced and lacks a property test"]
    );
    assert_eq!(lacks(p2, &["p2_random"]), Vec::<String>::new());
    let r9a = enforced(RuleId::R9a, "E");
    assert_eq!(lacks(r9a, &["r9a_narrows"]).len(), 1);
}

#[test]
fn an_id_without_a_row_is_found_and_the_catalogue_has_them_all() {
    let findings = missing(&RULES[1..], &[]);
    assert_eq!(findings[0], "B1: must have one row in the catalogue");
    let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids, RuleId::ALL);
}

#[test]
fn tests_are_found_by_name_with_their_kind() {
    let file = Source {
        path: "x/tests.rs".into(),
        text: "#[test]\nfn r9a_narrows() {}\nfn g5_not_a_test() {}\n#[test]\nfn others() {}\n\
               proptest! {\n    #[test]\n    fn p2_random(x in 0..3) {}\n}\n#[tokio::test]\nasync fn o3_waits() {}\n"
            .into(),
    };
    let expected =
        [test(RuleId::R9a, "r9a_narrows"), test(RuleId::P2, "p2_random"), test(RuleId::O3, "o3_waits")];
    assert_eq!(tests_in(&file), expected);
}

#[test]
fn a_test_of_a_planned_rule_is_mentioned() {
    let planned = Rule { state: State::Planned, ..enforced(RuleId::G6, "E") };
    let found = ahead_of_the_table(&[planned], &[test(RuleId::G6, "g6_refuses")]);
    assert_eq!(found, ["G6: is marked planned and has test g6_refuses"]);
}

#[test]
fn the_document_lists_rules_and_tests() {
    let text = document(&[enforced(RuleId::P2, "E")], &[test(RuleId::P2, "p2_random")]);
    assert!(text.contains("| P2 | E | [enforced](#p2) | A title |"), "{text}");
    assert!(text.contains("- `p2_random` (property) in `x/tests.rs`"), "{text}");
}
