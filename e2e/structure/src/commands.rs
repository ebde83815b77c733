//! `docs/commands.md`: every command of the platform and what undoes it. The commands are those of the contracts, what
//! undoes them stands in the `REVERSES` tables that the aggregates hold.

use std::collections::BTreeMap;

use syn::{Expr, Item, Lit};
use verdict_contract::{Kind, Verb, snake};

use crate::sources::Source;

/// An aggregate and, for each of its commands, what undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reverses {
    /// `launch`.
    pub aggregate: String,
    pub commands: Vec<(String, String)>,
}

/// The table in this file, if it holds one.
pub fn reverses_in(file: &Source) -> Option<Reverses> {
    if !file.path.contains("/domain/src/") || file.is_test() {
        return None;
    }
    let parsed = syn::parse_file(&file.text).ok()?;
    parsed.items.iter().find_map(|item| match item {
        Item::Const(item) if item.ident == "REVERSES" => {
            Some(Reverses { aggregate: aggregate_of(file).to_owned(), commands: pairs(&item.expr) })
        }
        _ => None,
    })
}

/// The aggregate that a file of a domain crate belongs to: the file or the folder right below `src`.
pub(crate) fn aggregate_of(file: &Source) -> &str {
    let below = file.path.split_once("/src/").map_or(file.path.as_str(), |(_, below)| below);
    below.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn pairs(expression: &Expr) -> Vec<(String, String)> {
    match expression {
        Expr::Reference(reference) => pairs(&reference.expr),
        Expr::Array(array) => array.elems.iter().filter_map(pair).collect(),
        _ => Vec::new(),
    }
}

fn pair(expression: &Expr) -> Option<(String, String)> {
    let Expr::Tuple(tuple) = expression else {
        return None;
    };
    let mut texts = tuple.elems.iter().filter_map(text);
    Some((texts.next()?, texts.next()?))
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// Calls that come to a command of another name: kind, case of the oneof, what undoes it.
const FURTHER: &[(&str, &str, &str)] = &[
    ("flag", "set_by_hand", "SetByHand with whom it reached before"),
    ("edge", "report_served", "none: it was served at that moment"),
];

/// What undoes a command.
fn reverse<'t>(kind: &Kind, verb: &Verb, tables: &'t [Reverses]) -> Option<&'t str> {
    let own = tables.iter().filter(|table| table.aggregate == kind.name).flat_map(|table| &table.commands);
    let own =
        own.filter(|(command, _)| snake(command) == verb.field.name()).map(|(_, reverse)| reverse.as_str());
    let further = FURTHER.iter().filter(|(name, field, _)| *name == kind.name && *field == verb.field.name());
    own.chain(further.map(|(.., reverse)| *reverse)).next()
}

/// The document.
pub fn document(kinds: &[Kind], tables: &[Reverses]) -> String {
    let mut lines = vec![OPENING.to_owned()];
    for kind in kinds.iter().filter(|kind| kind.for_people().next().is_some()) {
        let name = &kind.name;
        lines
            .push(format!("## verdict {name}\n\n| Command | What it does | What undoes it |\n|---|---|---|"));
        lines.extend(kind.for_people().map(|verb| row(kind, verb, &verb.word, tables)));
        lines.push(String::new());
    }
    lines.push(FILES.to_owned());
    lines.push(PROCESSES.to_owned());
    for kind in kinds {
        let of_processes = kind.verbs.iter().filter(|verb| verb.for_processes);
        lines.extend(
            of_processes.map(|verb| row(kind, verb, &format!("{} {}", kind.name, verb.word), tables)),
        );
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

fn row(kind: &Kind, verb: &Verb, named: &str, tables: &[Reverses]) -> String {
    let reverse = reverse(kind, verb, tables).map(|reverse| with_verbs(kind, reverse)).unwrap_or_default();
    let about = verb.about.trim_end_matches('.').replace('|', "\\|");
    format!("| `{named}` | {about} | {reverse} |")
}

/// The sentence with the verbs of people in place of the names of commands.
fn with_verbs(kind: &Kind, sentence: &str) -> String {
    let verbs: BTreeMap<&str, &str> =
        kind.verbs.iter().map(|verb| (verb.field.name(), verb.word.as_str())).collect();
    let word = |word: &str| {
        let name = word.trim_end_matches([',', ':', ';', '.']);
        let is_name = name.starts_with(char::is_uppercase);
        match verbs.get(snake(name).as_str()).filter(|_| is_name) {
            Some(verb) => format!("`{verb}`{}", &word[name.len()..]),
            None => word.to_owned(),
        }
    };
    sentence.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Commands of the contracts that no table knows, commands of people that only a process could undo, and names in tables
/// that are no commands.
pub fn unmatched(kinds: &[Kind], tables: &[Reverses]) -> Vec<String> {
    let mut findings = Vec::new();
    for kind in kinds {
        let table = tables.iter().find(|table| table.aggregate == kind.name);
        let known: Vec<String> =
            table.iter().flat_map(|table| &table.commands).map(|(command, _)| snake(command)).collect();
        for verb in &kind.verbs {
            let (name, field) = (&kind.name, verb.field.name());
            let Some(reverse) = reverse(kind, verb, tables) else {
                findings.push(format!("{name}: nothing says what undoes {field}"));
                continue;
            };
            let said = with_verbs(kind, reverse);
            let of_process =
                |other: &&Verb| other.for_processes && said.contains(&format!("`{}`", other.word));
            if let Some(other) = kind.verbs.iter().find(of_process).filter(|_| !verb.for_processes) {
                findings.push(format!(
                    "{name}: {field} is undone by {}, for which people have no verb",
                    other.word
                ));
            }
        }
        let is_command = |name: &&String| kind.verbs.iter().any(|verb| verb.field.name() == *name);
        findings.extend(
            known
                .iter()
                .filter(|name| !is_command(name))
                .map(|name| format!("{}: {name} is no command", kind.name)),
        );
    }
    findings
}

const OPENING: &str = "# Commands and what undoes them

Generated from the contracts and the `REVERSES` tables of the domain crates; `make bless` writes it anew. `verdict bet
propose --help` says what a command takes.

Nothing is ever deleted (rule P2). A mistake is answered by another command, and both stay in the history.
";

const FILES: &str = "## Plans as files

What [documents](documents.md) say is carried out by the commands above.

| Command | What it does | What undoes it |
|---|---|---|
| `verdict init` | Write an example of documents, with comments | none: it writes a file of yours |
| `verdict schema` | Print the JSON Schema of documents | none: it only reads |
| `verdict diff -f FILE` | Show what applying would do; ends with 1 when something differs | none: it only reads |
| `verdict apply -f FILE` | Carry documents out | applying the former text, as far as what was changed can change |
| `verdict export BET` | Write a bet and everything that belongs to it as documents | none: it only reads |
";

const PROCESSES: &str = "## Commands of processes

The platform gives these to itself; the command line has no verbs for them.

| Command | What it does | What undoes it |
|---|---|---|";

#[cfg(test)]
mod tests;
