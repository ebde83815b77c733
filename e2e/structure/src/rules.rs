//! `docs/rules.md`: the catalogue with the tests that show each rule, found by their names.
//!
//! A test belongs to the rules whose ids its name begins with, in lower case: `fn g5_a_breach_refuses_...`,
//! `fn b2_and_f6_without_...`. One that says that something is refused compares the id of a rule that it belongs to, so
//! that it cannot pass on the refusal of another.

use std::collections::BTreeSet;

use verdict_kernel::rule::RuleId;

use crate::catalogue::{Rule, State};
use crate::sources::Source;

/// Rules that promise something about every history, and are shown by a property test.
const GUARANTEES: &[RuleId] = &[RuleId::F2, RuleId::F3, RuleId::R11, RuleId::P2, RuleId::M17];
/// Rules by which a process acts instead of a command being refused; shown by the act and by its absence.
const ACTS: &[RuleId] = &[RuleId::R9a, RuleId::R9b, RuleId::R9c, RuleId::R15, RuleId::R25];

/// Files that list ids and judge nothing by them: all of them, and those that a policy level may lower.
const LISTS: &[&str] = &["services/kernel/src/rule.rs", "services/kernel/src/policy.rs"];

/// A test that carries a rule's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleTest {
    pub rule: RuleId,
    pub name: String,
    pub file: String,
    /// Runs on random histories.
    pub property: bool,
    /// Names the id of the rule, or of another one that the test belongs to.
    pub compares: bool,
}

/// The tests of rules in a file, once for each rule.
pub fn tests_in(file: &Source) -> Vec<RuleTest> {
    let mut found = Vec::new();
    let (mut test, mut property) = (false, false);
    let lines: Vec<&str> = file.text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        property = (property || line.starts_with("proptest! {")) && *line != "}";
        let code = line.trim_start();
        if code.starts_with("#[test]") || code.starts_with("#[tokio::test") {
            test = true;
        } else if let Some(name) = function_name(code) {
            let rules = if test { rules_of(name) } else { Vec::new() };
            let body = body_of(&lines[index..]);
            let compares = rules.iter().any(|rule| is_compared(*rule, body));
            let of = |rule| {
                let (name, file) = (name.to_owned(), file.path.clone());
                RuleTest { rule, name, file, property, compares }
            };
            found.extend(rules.into_iter().map(of));
            test = false;
        }
    }
    found
}

fn function_name(code: &str) -> Option<&str> {
    let rest = code.strip_prefix("async ").unwrap_or(code).strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

/// The function that begins with the first line, as it is formatted: up to the brace below its beginning.
fn body_of<'l>(lines: &'l [&'l str]) -> &'l [&'l str] {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let closes = |line: &&str| line.trim_start() == "}" && line.len() == indent + 1;
    let length = if lines[0].ends_with('}') { Some(0) } else { lines.iter().position(closes) };
    &lines[..=length.unwrap_or(lines.len() - 1)]
}

fn is_compared(rule: RuleId, body: &[&str]) -> bool {
    let (path, text) = (format!("RuleId::{rule}"), format!("\"{rule}\""));
    body.iter().any(|line| mentions(line, &path) || line.contains(&text))
}

/// Whether `word` stands in the line and is not the beginning of a longer word.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + word.len()..]);
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

/// The ids that a name begins with, "and" between them or not.
fn rules_of(name: &str) -> Vec<RuleId> {
    let known = |word: &str| {
        let mut all = RuleId::ALL.iter().copied();
        all.find(|rule| rule.as_str().eq_ignore_ascii_case(word))
    };
    let words = name.split('_');
    words.take_while(|word| *word == "and" || known(word).is_some()).filter_map(known).collect()
}

/// Rules that are marked as enforced and are not shown to be, and ids without a row of their own.
pub fn missing(rules: &[Rule], tests: &[RuleTest]) -> Vec<String> {
    let mut findings: Vec<String> = RuleId::ALL
        .iter()
        .filter(|id| rules.iter().filter(|rule| rule.id == **id).count() != 1)
        .map(|id| format!("{id}: must have one row in the catalogue"))
        .collect();
    for rule in rules.iter().filter(|rule| rule.is_enforced()) {
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

/// Tests that say that something is refused and would pass on the refusal of any rule.
pub fn indifferent(tests: &[RuleTest]) -> Vec<String> {
    let refuses = |test: &&RuleTest| test.name.contains("refuse") && !test.compares;
    let finding = |test: &RuleTest| {
        format!("{}: {} does not compare the id of the rule, in {}", test.rule, test.name, test.file)
    };
    tests.iter().filter(refuses).map(finding).collect()
}

/// The rules that code of the product refuses or remarks by, and those that it speaks of.
#[derive(Debug, Default)]
pub struct Named {
    refused: BTreeSet<RuleId>,
    spoken: BTreeSet<RuleId>,
}

impl Named {
    /// Reads every file of the product but the lists of ids.
    pub fn by<'f>(files: impl IntoIterator<Item = &'f Source>) -> Self {
        let mut named = Self::default();
        for file in files.into_iter().filter(|file| is_product(file)) {
            let text = file.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
            let words: Vec<&str> =
                text.split(|letter| !is_part(letter)).filter(|word| !word.is_empty()).collect();
            let rule = |word: &str| RuleId::ALL.iter().copied().find(|rule| rule.as_str() == word);
            named.spoken.extend(words.iter().filter_map(|word| rule(word)));
            let paths = words.windows(2).filter(|pair| pair[0] == "RuleId");
            named.refused.extend(paths.filter_map(|pair| rule(pair[1])));
        }
        named
    }
}

fn is_product(file: &Source) -> bool {
    file.path.starts_with("services/")
        && !file.is_test()
        && !file.supports_tests()
        && !file.is_generated()
        && !LISTS.contains(&file.path.as_str())
}

/// Rules that are marked as enforced and that no code names, and planned ones by which code refuses.
pub fn out_of_step(rules: &[Rule], named: &Named) -> Vec<String> {
    let finding = |rule: &Rule| {
        let by_command = rule.refuses() && !GUARANTEES.contains(&rule.id) && !ACTS.contains(&rule.id);
        let known = if by_command { &named.refused } else { &named.spoken };
        match rule.state {
            State::Enforced | State::Partly(_) => (!known.contains(&rule.id))
                .then(|| format!("{}: is marked enforced and no code names it", rule.id)),
            State::Planned => named
                .refused
                .contains(&rule.id)
                .then(|| format!("{}: is marked planned and code refuses by it", rule.id)),
        }
    };
    rules.iter().filter_map(finding).collect()
}

/// Tests of rules that are only planned: the table is behind, or the test is of something else.
pub fn ahead_of_the_table(rules: &[Rule], tests: &[RuleTest]) -> Vec<String> {
    let planned = |id| rules.iter().any(|rule| rule.id == id && rule.state == State::Planned);
    let ahead = tests.iter().filter(|test| planned(test.rule));
    ahead.map(|test| format!("{}: is marked planned and has test {}", test.rule, test.name)).collect()
}

/// The document.
pub fn document(rules: &[Rule], tests: &[RuleTest]) -> String {
    let (enforced, planned): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.is_enforced());
    let partly = enforced.iter().filter(|rule| rule.state != State::Enforced).count();
    let mut lines = vec![
        OPENING.to_owned(),
        format!("{} of {} rules are enforced, {partly} of them in part.\n", enforced.len(), rules.len()),
        "## Catalogue\n\n| Rule | Kind | State | What it says |\n|---|---|---|---|".to_owned(),
    ];
    lines.extend(enforced.iter().copied().map(row));
    lines.extend(planned.into_iter().map(row));
    lines.push("\n## Tests of the enforced rules".to_owned());
    for rule in enforced {
        lines.push(format!("\n### {}\n\n{}.\n", rule.id, says(rule)));
        let shown_by = tests.iter().filter(|test| test.rule == rule.id);
        lines.extend(shown_by.map(|test| {
            let property = if test.property { " (property)" } else { "" };
            format!("- `{}`{property} in `{}`", test.name, test.file)
        }));
    }
    lines.join("\n") + "\n"
}

fn row(rule: &Rule) -> String {
    let anchor = rule.id.as_str().to_lowercase();
    let state = match rule.state {
        State::Enforced => format!("[enforced](#{anchor})"),
        State::Partly(_) => format!("[in part](#{anchor})"),
        State::Planned => "planned".to_owned(),
    };
    format!("| {} | {} | {state} | {} |", rule.id, rule.kind, says(rule))
}

fn says(rule: &Rule) -> String {
    match rule.state {
        State::Enforced | State::Planned => rule.title.to_owned(),
        State::Partly(missing) => format!("{}. Not yet: {missing}", rule.title),
    }
}

const OPENING: &str = "# Rules

Generated from `e2e/structure/src/catalogue.rs` and the names of the tests; `make bless` writes it anew.

Every rule has an id that never changes. A refusal returns it with the facts that were compared, and the tests that
show the rule begin with it. Kinds: E refused; O refused unless overridden with a reason; W accepted with a remark;
D detected; C a default that can be changed.
";

#[cfg(test)]
mod tests;
