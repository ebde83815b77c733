//! Each check fails on a bad sample.

use verdict_contract::Contract;

use super::*;

fn source(path: &str) -> Source {
    let text = "pub const REVERSES: &[(&str, &str)] = &[(\"StartResponse\", \"Defer and Reopen for a P3\"), (\"Place\", \"none: a fact, see SetTimebox, P2\")];";
    Source { path: path.into(), text: text.into() }
}

fn kinds() -> Vec<Kind> {
    Contract::committed().unwrap().kinds()
}

#[test]
fn the_table_of_a_domain_crate_is_read() {
    let found = reverses_in(&source("services/metrics/domain/src/incident.rs")).unwrap();
    let pair = |command: &str, reverse: &str| (command.to_owned(), reverse.to_owned());
    assert_eq!(
        found.commands,
        [
            pair("StartResponse", "Defer and Reopen for a P3"),
            pair("Place", "none: a fact, see SetTimebox, P2")
        ]
    );
    assert_eq!(reverses_in(&source("services/metrics/service/src/incident.rs")), None);
    let text = document(&kinds(), &[found]);
    let row = "| `start-response` | Somebody works on it | `defer` and `reopen` for a P3 |";
    assert!(text.contains("## verdict incident") && text.contains(row), "{text}");
    let (people, processes) = text.split_once("## Commands of processes").unwrap();
    assert!(people.contains("| `assess` |") && !people.contains("confirm-served"), "{people}");
    assert!(processes.contains("| `edge confirm-served` |"), "{processes}");
}

#[test]
fn a_command_that_no_table_knows_is_found_and_so_is_a_name_that_is_none() {
    let incident = reverses_in(&source("services/metrics/domain/src/incident.rs")).unwrap();
    let findings = unmatched(&kinds(), &[incident]);
    assert!(findings.contains(&"incident: nothing says what undoes triage".to_owned()), "{findings:?}");
    assert!(findings.contains(&"incident: place is no command".to_owned()), "{findings:?}");
    let commands = vec![("TurnOff".to_owned(), "SetExposure".to_owned())];
    let flag = Reverses { aggregate: "flag".to_owned(), commands };
    let stuck = "flag: turn_off is undone by set-exposure, for which people have no verb".to_owned();
    assert!(unmatched(&kinds(), &[flag]).contains(&stuck));
}
