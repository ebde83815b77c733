//! `docs/rules.md`: the catalogue with the tests that show each rule, found by their names.
//!
//! A test belongs to a rule when its name begins with the rule's id in lower case: `fn g5_a_breach_refuses_...`.

use verdict_kernel::rule::RuleId;

use crate::catalogue::{Rule, State};
use crate::sources::Source;

/// Rules that promise something about every history, and are shown by a property test.
const GUARANTEES: &[RuleId] = &[RuleId::F2, RuleId::F3, RuleId::R11, RuleId::P2];
/// Rules by which a process acts instead of a command being refused; shown by the act and by its absence.
const ACTS: &[RuleId] = &[RuleId::R9a, RuleId::R9b, RuleId::R15];

/// A test that carries a rule's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTest {
    pub rule: RuleId,
    pub name: String,
    pub file: String,
    /// Runs on random histories.
    pub property: bool,
}

/// The tests of rules in a file.
pub fn tests_in(file: &Source) -> Vec<RuleTest> {
    let mut found = Vec::new();
    let (mut test, mut property) = (false, false);
    for line in file.text.lines() {
        property = (property || line.starts_with("proptest! {")) && line != "}";
        let code = line.trim_start();
        if code.starts_with("#[test]") || code.starts_with("#[tokio::test") {
            test = true;
        } else if let Some(name) = function_name(code) {
            if let Some(rule) = rule_of(name).filter(|_| test) {
                found.push(RuleTest { rule, name: name.to_owned(), file: file.path.clone(), property });
            }
            test = false;
        }
    }
    found
}

fn function_name(code: &str) -> Option<&str> {
    let rest = code.strip_prefix("async ").unwrap_or(code).strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

fn rule_of(name: &str) -> Option<RuleId> {
    let (id, _) = name.split_once('_')?;
    let mut all = RuleId::ALL.iter().copied();
    all.find(|rule| rule.as_str().eq_ignore_ascii_case(id))
}

/// Rules that are marked as enforced and are not shown to be, and ids without a row of their own.
pub fn missing(rules: &[Rule], tests: &[RuleTest]) -> Vec<String> {
    let mut findings: Vec<String> = RuleId::ALL
        .iter()
        .filter(|id| rules.iter().filter(|rule| rule.id == **id).count() != 1)
        .map(|id| format!("{id}: must have one row in the catalogue"))
        .collect();
    for rule in rules.iter().filter(|rule| rule.state == State::Enforced) {
        let named = tests.iter().filter(|test| test.rule == rule.id);
        findings.extend(lacking(rule, &named.collect::<Vec<_>>()));
    }
    findings
}

fn lacking(rule: &Rule, tests: &[&RuleTest]) -> Option<String> {
    let shows = |word: &str| tests.iter().any(|test| test.name.contains(word));
    let needed = if GUARANTEES.contains(&rule.id) {
        (!tests.iter().any(|test| test.property)).then_some("a property test")
    } else if ACTS.contains(&rule.id) {
        (tests.len() < 2).then_some("a test that acts and one that does not")
    } else if rule.refuses() {
        match (shows("refuse"), shows("accept")) {
            (true, true) => None,
            (true, false) => Some("a test with 'accept' in its name"),
            (false, true) => Some("a test with 'refuse' in its name"),
            (false, false) => Some("a test with 'refuse' and one with 'accept' in their names"),
        }
    } else {
        tests.is_empty().then_some("a test")
    };
    needed.map(|needed| format!("{}: is marked enforced and lacks {needed}", rule.id))
}

/// Tests of rules that are only planned: perhaps the table is behind.
pub fn ahead_of_the_table(rules: &[Rule], tests: &[RuleTest]) -> Vec<String> {
    let planned = |id| rules.iter().any(|rule| rule.id == id && rule.state == State::Planned);
    let ahead = tests.iter().filter(|test| planned(test.rule));
    ahead.map(|test| format!("{}: is marked planned and has test {}", test.rule, test.name)).collect()
}

/// The document.
pub fn document(rules: &[Rule], tests: &[RuleTest]) -> String {
    let enforced: Vec<_> = rules.iter().filter(|rule| rule.state == State::Enforced).collect();
    let mut lines = vec![
        OPENING.to_owned(),
        format!("{} of {} rules are enforced.\n\n## Catalogue\n", enforced.len(), rules.len()),
        "| Rule | Kind | State | What it says |\n|---|---|---|---|".to_owned(),
    ];
    lines.extend(rules.iter().map(row));
    lines.push("\n## Tests of the enforced rules".to_owned());
    for rule in enforced {
        lines.push(format!("\n### {}\n\n{}.\n", rule.id, rule.title));
        let shown_by = tests.iter().filter(|test| test.rule == rule.id);
        lines.extend(shown_by.map(|test| {
            let property = if test.property { " (property)" } else { "" };
            format!("- `{}`{property} in `{}`", test.name, test.file)
        }));
    }
    lines.join("\n") + "\n"
}

fn row(rule: &Rule) -> String {
    let state = match rule.state {
        State::Enforced => format!("[enforced](#{})", rule.id.as_str().to_lowercase()),
        State::Planned => "planned".to_owned(),
    };
    format!("| {} | {} | {state} | {} |", rule.id, rule.kind, rule.title)
}

const OPENING: &str = "# Rules

Generated from `e2e/structure/src/catalogue.rs` and the names of the tests; `make bless` writes it anew.

Every rule has an id that never changes. A refusal returns it with the facts that were compared, and the tests that
show the rule begin with it. Kinds: E refused; O refused unless overridden with a reason; W accepted with a remark;
D detected; C a default that can be changed.
";

#[cfg(test)]
mod tests;
