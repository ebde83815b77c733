//! A type under which something is stored is said once, in the row of its table. Whoever writes or reads it names the row,
//! `LaunchWire::LaunchPlanned`, so that a type that nobody stores does not compile.

use crate::sources::Source;

/// Files that may write types out, and why.
const MAY: &[(&str, &str)] = &[
    ("services/stored/src/ruled.rs", "what stands beside the events of every aggregate is of no single one"),
    (
        "services/adapters/src/esdb/identity.rs",
        "the name of a log belongs to the log, which has no aggregates",
    ),
];

/// The product's code in a file, without tests; `None` for what no release holds.
pub(crate) fn code(file: &Source) -> Option<&str> {
    let is_product = file.path.starts_with("services/")
        && !(file.is_test() || file.supports_tests() || file.is_generated());
    is_product.then(|| file.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default())
}

/// The texts in quotes of each line that is no comment.
pub(crate) fn literals(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2))
}

/// `gtm.Launch.LaunchPlanned.v1`
pub(crate) fn is_type(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let [context, aggregate, event, version] = parts[..] else { return false };
    is_context(context) && is_name(aggregate) && is_name(event) && is_version(version)
}

/// `gtm.Launch.` or `LaunchPlanned.v1`
fn is_part_of_a_type(text: &str) -> bool {
    match text.split('.').collect::<Vec<_>>()[..] {
        [context, aggregate, ""] => is_context(context) && is_name(aggregate),
        [event, version] => is_name(event) && is_version(version),
        _ => false,
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(char::is_alphanumeric)
}

fn is_context(text: &str) -> bool {
    is_word(text) && text.chars().all(char::is_lowercase)
}

fn is_name(text: &str) -> bool {
    is_word(text) && text.starts_with(char::is_uppercase)
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Types, and parts of types, that the product's code in `file` writes out.
pub fn written_out(file: &Source) -> Vec<String> {
    let may = MAY.iter().any(|(path, _)| *path == file.path);
    let Some(code) = code(file).filter(|_| !may) else { return Vec::new() };
    let types = literals(code).filter(|text| is_type(text) || is_part_of_a_type(text));
    types.map(|text| format!("{}: \"{text}\" is written out: name the row of its table", file.path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Vec<String> {
        written_out(&Source { path: path.into(), text: text.into() })
    }

    #[test]
    fn a_type_that_is_written_out_is_found_and_so_is_a_part_of_one() {
        for text in
            ["gtm.Launch.LaunchPlanned.v1", "gtm.Launch.LaunchPlanned.v12", "gtm.Launch.", "LaunchPlanned.v1"]
        {
            let found = of("services/gtm/service/src/api.rs", &format!("let a = \"b\";\nis(\"{text}\")"));
            let finding = "is written out: name the row of its table";
            assert_eq!(found, [format!("services/gtm/service/src/api.rs: \"{text}\" {finding}")]);
        }
    }

    #[test]
    fn tables_comments_and_other_texts_are_not() {
        for text in [
            "pub W: Launch, Event in \"gtm.Launch\", messages of pb;",
            "/// Like `\"gtm.Launch.LaunchPlanned.v1\"`.",
            "let stream = \"gtm.launch-\";",
            "let file = \"Cargo.toml\";",
            "let release = \"v1\";",
            "x\n#[cfg(test)]\nmod tests {\n\"gtm.Launch.LaunchPlanned.v1\"",
        ] {
            assert_eq!(of("services/gtm/service/src/api.rs", text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn tests_write_types_out_and_so_does_what_has_no_table() {
        for path in [
            "services/gtm/service/src/api/tests.rs",
            "services/runtime/src/bus/contract.rs",
            "services/metrics/service/src/testing.rs",
            "services/rollouts/service/src/testing/shown.rs",
            "e2e/it/story.rs",
            MAY[0].0,
        ] {
            assert_eq!(of(path, "\"gtm.Launch.LaunchPlanned.v1\""), Vec::<String>::new(), "{path}");
        }
    }
}
