//! Each check fails on a bad sample.

use super::*;

fn source(path: &str) -> Source {
    let text = "pub const REVERSES: &[(&str, &str)] = &[(\"StartResponse\", \"Defer\"), (\"Place\", \"none: a fact, see SetTimebox, P2\")];";
    Source { path: path.into(), text: text.into() }
}

#[test]
fn the_table_of_a_domain_crate_is_read() {
    let found = reverses_in(&source("services/metrics/domain/src/incident.rs")).unwrap();
    let pair = |command: &str, reverse: &str| (command.to_owned(), reverse.to_owned());
    assert_eq!(
        found.commands,
        [pair("StartResponse", "Defer"), pair("Place", "none: a fact, see SetTimebox, P2")]
    );
    assert_eq!(reverses_in(&source("services/metrics/service/src/incident.rs")), None);
    let text = document(&[found]);
    assert!(text.contains("## verdict incident"), "{text}");
    assert!(
        text.contains("| `start-response` | defer |\n| `place` | none: a fact, see set-timebox, P2 |"),
        "{text}"
    );
}
