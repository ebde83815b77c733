//! The table of fault codes in `docs/http.md`, which is generated from the one code table of the chassis.
//! `UPDATE=1` writes it.

use std::fmt::Write;
use std::path::Path;

use verdict_runtime::problem::Code;

const BEGIN: &str =
    "<!-- fault codes: generated, UPDATE=1 cargo test -p verdict-e2e --test it fault_codes -->";
const END: &str = "<!-- end of fault codes -->";

fn table() -> String {
    let mut table =
        String::from("\n\n| code | HTTP | gRPC | meaning | what to do |\n|---|---|---|---|---|\n");
    for code in Code::ALL {
        let (name, http, grpc) = (code.name(), code.http(), code.grpc());
        writeln!(table, "| `{name}` | {http} | {grpc:?} | {} | {} |", code.title(), code.hint()).unwrap();
    }
    table.push('\n');
    table
}

/// The document with this table between the marks.
fn with(document: &str, table: &str) -> String {
    let (before, rest) = document.split_once(BEGIN).expect("the mark before the table");
    let (_, after) = rest.split_once(END).expect("the mark behind the table");
    format!("{before}{BEGIN}{table}{END}{after}")
}

#[test]
fn the_table_of_fault_codes_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/http.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let wanted = with(&found, &table());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(found == wanted, "docs/http.md is stale: run this test with UPDATE=1");
}
