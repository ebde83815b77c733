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

/// The lines of tables in `document` that name no test and do not say that there is none.
pub fn lines_without_a_test(document: &str) -> Vec<String> {
    let is_row = |line: &&str| line.starts_with('|') && !line.starts_with("|---");
    // A heading is the line before the rule under it.
    let heads = document.lines().zip(document.lines().skip(1)).filter(|(_, next)| next.starts_with("|---"));
    let heads: Vec<&str> = heads.map(|(head, _)| head).collect();
    let rows = document.lines().filter(is_row).filter(|row| !heads.contains(row));
    let bare = rows.filter(|row| !row.contains("::") && !row.contains("*not shown by a test*"));
    bare.map(|row| format!("no test is named in: {row}")).collect()
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
    fn a_line_of_a_table_without_a_test_is_a_finding_unless_it_says_so() {
        let document = "| what | shown by |\n|---|---|\n| a | `a/b.rs::it_works` |\n| b | hope |\n\
                        | c | *not shown by a test* |\n";
        assert_eq!(lines_without_a_test(document), ["no test is named in: | b | hope |"]);
    }

    #[test]
    fn every_number_needs_a_heading_of_its_own() {
        assert_eq!(without_heading("## 1. One\n## 12. Twelve\n", 2), ["clause 2 has no heading"]);
    }
}
