//! Every type under which something is stored has a golden payload, so that its bytes cannot change unnoticed.
//!
//! A type is a literal `context.Aggregate.Event.v1` in the code of a crate, or a row of a table `events!` or `facts!`; its payload
//! is a file of that name in a folder `fixtures`.

use std::collections::BTreeSet;

use crate::sources::Source;
use crate::types::{self, code, is_type};

/// A literal that names the type of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeNamed {
    /// Folder of the crate, `services/gtm`.
    pub home: String,
    pub name: String,
    pub file: String,
}

/// The types that the product's code in `file` writes out.
pub fn named_in(file: &Source) -> Vec<TypeNamed> {
    let Some((home, _)) = file.path.split_once("/src/") else { return Vec::new() };
    let Some(code) = code(file) else { return Vec::new() };
    let literals = types::literals(code).map(str::to_owned);
    let types = literals.filter(|text| is_type(text)).chain(in_tables(code));
    types.map(|name| TypeNamed { home: home.to_owned(), name, file: file.path.clone() }).collect()
}

/// The types of the rows `[Variant] = Message.v1` of each table, which says `in "gtm.Launch", messages of`.
fn in_tables(code: &str) -> Vec<String> {
    let mut types = Vec::new();
    let mut prefix = None;
    for line in code.lines().map(str::trim) {
        if let Some((_, rest)) = line.split_once(" in \"").filter(|_| line.ends_with("messages of pb;")) {
            prefix = rest.split('"').next();
        }
        let row = line.split_once("] = ").and_then(|(_, rest)| rest.split([' ', ';']).next());
        if let (Some(prefix), Some(row)) = (prefix, row) {
            types.push(format!("{prefix}.{row}"));
        }
    }
    types.retain(|name| is_type(name));
    types
}

/// Types that no crate keeps a golden payload of; `kept` lists the paths of all payloads.
pub fn missing(named: &[TypeNamed], kept: &BTreeSet<String>) -> Vec<String> {
    let has = |name: &str| kept.iter().any(|path| path.ends_with(&format!("/fixtures/{name}.json")));
    let without: BTreeSet<_> = named.iter().filter(|named| !has(&named.name)).collect();
    without.into_iter().map(|named| format!("{}: {} has no golden payload", named.file, named.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_type_without_a_payload_is_found() {
        let text = "// \"gtm.Launch.Spoken.v1\"\nStored::new(\"gtm.Launch.LaunchPlanned.v1\", &x); \"gtm.launch\"; \"a.B.C.x1\"";
        let file = Source { path: "services/gtm/service/src/wire.rs".into(), text: text.into() };
        let named = named_in(&file);
        let found: Vec<_> = named.iter().map(|one| (one.home.as_str(), one.name.as_str())).collect();
        assert_eq!(found, [("services/gtm/service", "gtm.Launch.LaunchPlanned.v1")]);
        assert_eq!(
            missing(&named, &BTreeSet::new()),
            ["services/gtm/service/src/wire.rs: gtm.Launch.LaunchPlanned.v1 has no golden payload"]
        );
        let kept =
            BTreeSet::from(["services/gtm/service/fixtures/gtm.Launch.LaunchPlanned.v1.json".to_owned()]);
        assert_eq!(missing(&named, &kept), Vec::<String>::new());
    }

    #[test]
    fn the_rows_of_a_table_of_facts_name_types() {
        let text = "pub W: WindDown, Fact in \"bets.WindDown\", messages of pb;\n[KillNoted(Kill { at })] = KillNoted.v1 of WindDownKillNoted { at: at as Shown }";
        let file = Source { path: "services/bets/service/src/wind_down.rs".into(), text: text.into() };
        let named: Vec<_> = named_in(&file).into_iter().map(|one| one.name).collect();
        assert_eq!(named, ["bets.WindDown.KillNoted.v1"]);
    }

    #[test]
    fn the_rows_of_a_table_name_types() {
        let text = "pub W: Launch, Event in \"gtm.Launch\", messages of pb;\n[Sent { channel }] = AnnouncementSent.v1 { channel: channel as Shown }\n[Planned(Plan {\n    bet\n})] = LaunchPlanned.v1 => plan as P;\nlet x = [1] = 2;";
        let file = Source { path: "services/gtm/wire/src/launch.rs".into(), text: text.into() };
        let named: Vec<_> = named_in(&file).into_iter().map(|one| one.name).collect();
        assert_eq!(named, ["gtm.Launch.AnnouncementSent.v1", "gtm.Launch.LaunchPlanned.v1"]);
    }

    #[test]
    fn tests_and_contract_suites_may_name_what_is_never_stored() {
        for path in [
            "services/gtm/service/src/wire/tests.rs",
            "e2e/it/x.rs",
            "services/runtime/src/ports/log/contract/tally.rs",
        ] {
            let file = Source { path: path.into(), text: "\"gtm.Launch.Never.v1\"".into() };
            assert_eq!(named_in(&file), []);
        }
    }
}
