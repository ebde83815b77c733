//! `verdict rollout why`: the gate in one line, then what it asks for.

use std::io::Write;

use prost_reflect::{DynamicMessage, Value};

use crate::cli::columns::{self, field_of};
use crate::cli::output;
use crate::failure::Failure;

/// The columns of a gate report.
const CHECKS: &str = "RULE=rule CHECK=name STATE=state REQUIRED=required SEEN=seen NEXT=next";

/// Prints the gate that a rollout stands before.
pub(super) fn show(out: &mut dyn Write, gate: &DynamicMessage) -> Result<(), Failure> {
    writeln!(out, "{}", headline(gate))?;
    let report = gate.get_field_by_name("report").map(std::borrow::Cow::into_owned);
    let Some(Value::Message(report)) = report.filter(|_| gate.has_field_by_name("report")) else {
        return Ok(());
    };
    let columns = columns::parse(CHECKS);
    let head: Vec<&str> = columns.iter().map(|column| column.head.as_str()).collect();
    let checks = columns::items(&report, "checks");
    let row = |check| columns.iter().map(|column| column.cell(check)).collect();
    output::table(out, &head, &checks.iter().map(row).collect::<Vec<_>>())
}

fn headline(gate: &DynamicMessage) -> String {
    let (state, from, to) =
        (field_of(gate, "state"), field_of(gate, "from_stage"), field_of(gate, "to_stage"));
    match (state.as_str(), from.as_str()) {
        ("running" | "paused", from) => {
            let open = if field_of(gate, "open") == "yes" { "open" } else { "shut" };
            let to = if to.is_empty() { "(no further stage)" } else { &to };
            format!("{from} -> {to}: {open} ({state})")
        }
        ("rolled_back", "") => "rolled back: nobody is served".to_owned(),
        ("rolled_back", at) => format!("rolled back: {at} is served"),
        (state, "") => state.to_owned(),
        (state, at) => format!("{state}: {at}"),
    }
}
