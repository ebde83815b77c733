//! What an aggregate costs: the lines that are written by hand for it, room by room, and in how many files one of its
//! commands is named. What grows with every aggregate must be rules and not their translation.
//!
//! An aggregate is named after the file or folder of a domain crate that holds a `REVERSES` table. Its rooms are the file
//! and the folder of its name in the domain crate, among the stored forms (`wire`), among the calls (`api`) and on the
//! command line (`cli`). What is in a context and in no such room is shared by its aggregates and stands in a row of its
//! own.

use std::collections::BTreeMap;

use syn::{Fields, Item};

use crate::commands::{aggregate_of, reverses_in};
use crate::sources::Source;

/// For each row the most lines by hand, and the most files that name a command without a payload. Lowered as the shape of
/// the contexts gets cheaper, and raised by whoever says why.
pub const AGREED: &[(&str, usize, usize)] = &[
    ("bets, shared", 1_700, 0),
    ("bet", 4_650, 8),
    ("gtm, shared", 380, 0),
    ("launch", 1_780, 6),
    ("metrics, shared", 12_200, 0),
    ("guardrail", 3_120, 6),
    ("incident", 1_650, 7),
    ("metric", 1_820, 6),
    ("rollouts, shared", 14_770, 0),
    ("edge", 680, 4),
    ("flag", 5_150, 17),
    ("rollout", 7_410, 11),
    ("sinks, shared", 3_500, 0),
    ("sink", 1_350, 5),
];

/// Lines of code and of its tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lines {
    pub code: usize,
    pub tests: usize,
}

impl Lines {
    fn of(file: &Source) -> Self {
        let all = file.text.lines().count();
        if file.is_test() {
            return Self { code: 0, tests: all };
        }
        let code = file.text.lines().position(|line| line == "mod tests {").unwrap_or(all);
        Self { code, tests: all - code }
    }

    const fn add(&mut self, other: Self) {
        self.code += other.code;
        self.tests += other.tests;
    }

    /// Both together.
    pub const fn sum(self) -> usize {
        self.code + self.tests
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// `launch`, or the name of a context for what its aggregates share.
    pub name: String,
    pub domain: Lines,
    /// Stored forms.
    pub wire: Lines,
    /// Calls and what they need.
    pub service: Lines,
    pub command_line: Lines,
    /// Of the contract.
    pub proto: usize,
    pub files: usize,
    /// Of each command without a payload, in how many files of the aggregate and its contract it is named.
    pub mentions: BTreeMap<String, usize>,
}

impl Cost {
    /// All that is written by hand.
    pub const fn sum(&self) -> usize {
        self.domain.sum() + self.wire.sum() + self.service.sum() + self.command_line.sum() + self.proto
    }

    fn take(&mut self, room: Room, file: &Source) {
        let lines = Lines::of(file);
        match room {
            Room::Domain => self.domain.add(lines),
            Room::Wire => self.wire.add(lines),
            Room::Service => self.service.add(lines),
            Room::CommandLine => self.command_line.add(lines),
            Room::Proto => self.proto += lines.sum(),
        }
        self.files += 1;
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Domain,
    Wire,
    Service,
    CommandLine,
    Proto,
}

/// What each aggregate costs, and what the aggregates of each context share. `files`: the sources and the contract.
pub fn table(files: &[Source]) -> Vec<Cost> {
    let by_hand: Vec<&Source> = files.iter().filter(|file| !file.is_generated()).collect();
    let aggregates: Vec<Aggregate<'_>> = by_hand.iter().filter_map(|file| Aggregate::of(file)).collect();
    let mut rows: BTreeMap<(&str, &str), Cost> = BTreeMap::new();
    for file in &by_hand {
        if let Some((context, name, room)) = owner(file, &aggregates) {
            rows.entry((context, name)).or_default().take(room, file);
        }
    }
    for aggregate in &aggregates {
        let own: Vec<&&Source> = by_hand.iter().filter(|file| aggregate.speaks_in(file)).collect();
        let count = |command: &String| own.iter().filter(|file| names(&file.text, command)).count();
        let commands = unit_commands(aggregate.file);
        rows.entry((aggregate.context, aggregate.name)).or_default().mentions =
            commands.into_iter().map(|command| (command.clone(), count(&command))).collect();
    }
    let named = |((context, name), cost): ((&str, &str), Cost)| {
        let name = if name.is_empty() { format!("{context}, shared") } else { name.to_owned() };
        Cost { name, ..cost }
    };
    rows.into_iter().map(named).collect()
}

/// The table as text, with a line for each row.
pub fn shown(rows: &[Cost]) -> String {
    let head = "| | domain + tests | wire + tests | service + tests | command line + tests | proto | files | sum | domain |\n\
                |---|---|---|---|---|---|---|---|---|";
    let both = |lines: Lines| format!("{} + {}", lines.code, lines.tests);
    let row = |row: &Cost| {
        let rooms = [row.domain, row.wire, row.service, row.command_line].map(both).join(" | ");
        let share = row.domain.sum() * 100 / row.sum().max(1);
        format!("| {} | {rooms} | {} | {} | {} | {share} % |", row.name, row.proto, row.files, row.sum())
    };
    let mentions = rows.iter().flat_map(|row| {
        row.mentions.iter().map(|(command, files)| format!("{} {command}: named in {files} files", row.name))
    });
    let lines = std::iter::once(head.to_owned()).chain(rows.iter().map(row)).chain(mentions);
    lines.collect::<Vec<_>>().join("\n")
}

/// Rows that cost more than was agreed: lines by hand, and files that name a command without a payload. A row without a
/// bound is a finding, too.
pub fn above(rows: &[Cost], bounds: &[(&str, usize, usize)]) -> Vec<String> {
    let mut findings = Vec::new();
    for row in rows {
        let Some((_, lines, files)) = bounds.iter().find(|(name, ..)| *name == row.name) else {
            findings.push(format!("{}: {} lines, and no bound is agreed", row.name, row.sum()));
            continue;
        };
        if row.sum() > *lines {
            findings.push(format!("{}: {} lines by hand, at most {lines} are agreed", row.name, row.sum()));
        }
        for (command, named) in row.mentions.iter().filter(|(_, named)| *named > files) {
            findings
                .push(format!("{} {command}: named in {named} files, at most {files} are agreed", row.name));
        }
    }
    findings
}

struct Aggregate<'a> {
    context: &'a str,
    name: &'a str,
    file: &'a Source,
}

impl<'a> Aggregate<'a> {
    fn of(file: &'a Source) -> Option<Self> {
        reverses_in(file)?;
        let (context, _) = file.path.strip_prefix("services/")?.split_once("/domain/src/")?;
        Some(Self { context, name: aggregate_of(file), file })
    }

    /// Where a file of its context, or of the command line, belongs.
    fn room(&self, file: &Source) -> Option<Room> {
        let context = self.context;
        let rooms = [
            (format!("services/{context}/domain/src/"), Room::Domain),
            (format!("services/{context}/wire/src/"), Room::Wire),
            (format!("services/{context}/service/src/"), Room::Service),
            (COMMAND_LINE.to_owned(), Room::CommandLine),
            (format!("proto/verdict/{context}/"), Room::Proto),
        ];
        rooms.into_iter().find(|(folder, _)| file.path.starts_with(folder)).map(|(_, room)| room)
    }

    /// Whether its commands are named there because they are its own.
    fn speaks_in(&self, file: &Source) -> bool {
        self.room(file).is_some_and(|room| room == Room::Proto || self.owns(file))
    }

    /// Whether the path has its name where that of an aggregate stands.
    fn owns(&self, file: &Source) -> bool {
        let name = self.name;
        ["/domain/src", "/wire/src", "/src/api", "/src/cli"].iter().any(|home| {
            file.path.contains(&format!("{home}/{name}.rs")) || file.path.contains(&format!("{home}/{name}/"))
        })
    }
}

const COMMAND_LINE: &str = "services/verdict/src/cli/";

/// The row that a file belongs to: context and aggregate, which is empty for what is shared.
fn owner<'a>(file: &Source, aggregates: &[Aggregate<'a>]) -> Option<(&'a str, &'a str, Room)> {
    let mut owners = aggregates.iter().filter(|aggregate| aggregate.owns(file));
    let own = owners.find_map(|aggregate| Some((aggregate.context, aggregate.name, aggregate.room(file)?)));
    let shared = || {
        let of_context = |aggregate: &Aggregate<'a>| Some((aggregate.context, "", aggregate.room(file)?));
        aggregates.iter().find_map(of_context).filter(|(.., room)| *room != Room::CommandLine)
    };
    own.or_else(shared)
}

/// The commands of an aggregate that carry nothing.
fn unit_commands(file: &Source) -> Vec<String> {
    let parsed = syn::parse_file(&file.text).map(|parsed| parsed.items).unwrap_or_default();
    let commands = parsed.into_iter().find_map(|item| match item {
        Item::Enum(item) if item.ident == "Command" => Some(item.variants),
        _ => None,
    });
    let units = commands.into_iter().flatten().filter(|variant| matches!(variant.fields, Fields::Unit));
    units.map(|variant| variant.ident.to_string()).collect()
}

/// Whether `text` has the word in it.
fn names(text: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(is_part) && !text[at + word.len()..].starts_with(is_part))
}

#[cfg(test)]
mod tests;
