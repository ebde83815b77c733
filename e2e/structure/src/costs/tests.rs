use super::*;

fn file(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

const TOY: &str = "
pub enum Command {
    Wind,
    Paint { colour: String },
}
pub const REVERSES: &[(&str, &str)] = &[(\"Wind\", \"Unwind\")];
";

/// A context with one aggregate.
fn tree() -> Vec<Source> {
    vec![
        file("services/toys/domain/src/toy.rs", TOY),
        file("services/toys/domain/src/toy/tests.rs", "one\ntwo\n"),
        file("services/toys/domain/src/lib.rs", "mod toy;\n"),
        file("services/toys/wire/src/toy.rs", "Wind\n#[cfg(test)]\nmod tests {\n}\n"),
        file("services/toys/service/src/api/toy/request.rs", "Command::Wind\n"),
        file("services/toys/service/src/facts.rs", "Winding\n"),
        file("services/verdict/src/cli/toy.rs", "Unwind, Rewind\n"),
        file("services/verdict/src/cli/other.rs", "Wind\n"),
        file("services/bells/service/src/lib.rs", "Wind\n"),
        file("proto/verdict/toys/v1/service.proto", "message Wind {}\n"),
        file("proto/src/gen/verdict.toys.v1.rs", "Wind\n"),
    ]
}

#[test]
fn the_rooms_of_an_aggregate_are_counted_and_what_is_shared_by_itself() {
    let rows = table(&tree());
    let [shared, toy] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((shared.name.as_str(), toy.name.as_str()), ("toys, shared", "toy"));
    assert_eq!(toy.domain, Lines { code: 6, tests: 2 });
    assert_eq!(toy.wire, Lines { code: 2, tests: 2 });
    assert_eq!((toy.service.sum(), toy.command_line.sum(), toy.files, toy.sum()), (1, 1, 5, 14));
    assert_eq!((shared.domain.sum(), shared.service.sum(), shared.proto, shared.files), (1, 1, 1, 3));
    let text = shown(&rows);
    assert!(text.contains("| toy | 6 + 2 | 2 + 2 | 1 + 0 | 1 + 0 | 0 | 5 | 14 | 57 % |"), "{text}");
}

#[test]
fn a_command_without_a_payload_counts_the_files_that_name_it_as_a_word() {
    let rows = table(&tree());
    assert_eq!(rows[1].mentions, BTreeMap::from([("Wind".to_owned(), 4)]), "domain, wire, call, contract");
}

#[test]
fn what_costs_more_than_agreed_or_has_no_bound_is_found() {
    let rows = table(&tree());
    let shared = ("toys, shared", 3, 0);
    assert_eq!(above(&rows, &[shared, ("toy", 14, 4)]), Vec::<String>::new());
    assert_eq!(
        above(&rows, &[shared, ("toy", 13, 3)]),
        ["toy: 14 lines by hand, at most 13 are agreed", "toy Wind: named in 4 files, at most 3 are agreed"]
    );
    assert_eq!(above(&rows, &[shared]), ["toy: 14 lines, and no bound is agreed"]);
}
