//! Each check fails on a bad sample.

use super::*;
use crate::catalogue::RULES;

fn enforced(id: RuleId, kind: &'static str) -> Rule {
    Rule { id, kind, state: State::Enforced, title: "A title" }
}

fn test(rule: RuleId, name: &str) -> RuleTest {
    let (property, compares) = (name.contains("random"), false);
    RuleTest { rule, name: name.to_owned(), file: "x/tests.rs".to_owned(), property, compares }
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
fn a_test_counts_for_every_rule_that_its_name_begins_with() {
    let text = "#[test]\nfn b2_f6_and_m9_is_refused() {\n    then(RuleId::M9);\n}\nfn r2_other() {}\n";
    let found = tests_in(&Source { path: "x/tests.rs".into(), text: text.into() });
    let rules: Vec<_> = found.iter().map(|test| test.rule).collect();
    assert_eq!(rules, [RuleId::B2, RuleId::F6, RuleId::M9]);
    assert_eq!(indifferent(&found), Vec::<String>::new());
}

#[test]
fn a_refusal_that_could_be_by_any_rule_is_found() {
    let refuses = |body: &str| {
        let text =
            format!("    #[test]\n    fn r2_is_refused() {{\n{body}\n    }}\n    fn f() {{ RuleId::R2 }}\n");
        indifferent(&tests_in(&Source { path: "x/tests.rs".into(), text }))
    };
    let found = ["R2: r2_is_refused does not compare the id of the rule, in x/tests.rs"];
    assert_eq!(refuses("        assert!(refused);"), found);
    assert_eq!(refuses("        is_refused_by(RuleId::R22);"), found);
    assert_eq!(refuses("        is_refused_by(RuleId::R2);"), Vec::<String>::new());
    assert_eq!(refuses("        assert_eq!(refused.rule, \"R2\");"), Vec::<String>::new());
}

#[test]
fn an_enforced_rule_that_no_code_names_is_found_and_so_is_a_planned_one_that_refuses() {
    let file = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let named = Named::by(&[
        file("services/x/domain/src/bet.rs", "//! Rule R9a.\nfn f() -> RuleId { RuleId::B1 }\n"),
        file("services/x/domain/src/bet/tests.rs", "fn f() -> RuleId { RuleId::B10 }\n"),
        file("services/kernel/src/rule.rs", "fn f() -> RuleId { RuleId::B10 }\n"),
    ]);
    let partly = Rule { state: State::Partly("more"), ..enforced(RuleId::B10, "E") };
    let rules = [enforced(RuleId::B1, "E"), enforced(RuleId::R9a, "E"), partly];
    assert_eq!(out_of_step(&rules, &named), ["B10: is marked enforced and no code names it"]);
    let planned = Rule { state: State::Planned, ..enforced(RuleId::B1, "E") };
    assert_eq!(out_of_step(&[planned], &named), ["B1: is marked planned and code refuses by it"]);
}

#[test]
fn a_test_of_a_planned_rule_is_mentioned() {
    let planned = Rule { state: State::Planned, ..enforced(RuleId::G6, "E") };
    let found = ahead_of_the_table(&[planned], &[test(RuleId::G6, "g6_refuses")]);
    assert_eq!(found, ["G6: is marked planned and has test g6_refuses"]);
}

#[test]
fn the_document_lists_rules_and_tests() {
    let partly = Rule { state: State::Partly("the rest"), ..enforced(RuleId::F5, "D") };
    let text = document(&[enforced(RuleId::P2, "E"), partly], &[test(RuleId::P2, "p2_random")]);
    assert!(text.contains("| F5 | D | [in part](#f5) | A title. Not yet: the rest |"), "{text}");
    assert!(text.contains("| P2 | E | [enforced](#p2) | A title |"), "{text}");
    assert!(text.contains("- `p2_random` (property) in `x/tests.rs`"), "{text}");
}
