//! Documents that name tests: each `path::test` in backquotes is a test that the tree has.

use crate::sources::Source;

/// The names in `document` that no function of the tree answers to.
pub fn missing(document: &str, tree: &[Source]) -> Vec<String> {
    let named = document.split('`').skip(1).step_by(2).filter_map(|quoted| quoted.split_once("::"));
    let exists = |path: &str, test: &str| {
        let wanted = format!("fn {test}(");
        tree.iter().any(|file| file.path == path && file.text.contains(&wanted))
    };
    named
        .filter(|(path, test)| !exists(path, test))
        .map(|(path, test)| format!("{path} has no test {test}"))
        .collect()
}

/// The numbers from 1 to `last` that have no heading `## <number>.` in `document`.
pub fn without_heading(document: &str, last: u32) -> Vec<String> {
    let has = |number: &u32| document.lines().any(|line| line.starts_with(&format!("## {number}. ")));
    (1..=last).filter(|number| !has(number)).map(|number| format!("clause {number} has no heading")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Vec<Source> {
        vec![Source { path: "a/b.rs".to_owned(), text: "async fn it_works() {}".to_owned() }]
    }

    #[test]
    fn a_test_that_exists_is_no_finding_and_others_are() {
        let document = "`a/b.rs::it_works`, `a/b.rs::it_is_gone` and `a/c.rs::it_works`, but not `c`";
        assert_eq!(
            missing(document, &tree()),
            ["a/b.rs has no test it_is_gone", "a/c.rs has no test it_works"]
        );
    }

    #[test]
    fn every_number_needs_a_heading_of_its_own() {
        assert_eq!(without_heading("## 1. One\n## 12. Twelve\n", 2), ["clause 2 has no heading"]);
    }
}
