//! Which modules of a crate rest on which: a crate in rooms has a folder for each, and names what is in the rooms before
//! its own.
//!
//! Modules are named without their room there, so the file of a module says where it stands. Tests, and the suites of
//! contracts, may rest on everything; documents may point to whoever uses them.

use std::collections::BTreeMap;

use crate::sources::Source;

/// Folders with rooms in them, the first room first.
pub const ROOMS: &[(&str, &[&str])] =
    &[("services/runtime/src/", &["ports", "chassis", "distribution", "host"])];

/// Every line that names a module of a room after its own, and every room without a module.
pub fn check(files: &[Source], rooms: &[(&str, &[&str])]) -> Vec<String> {
    rooms.iter().flat_map(|(home, order)| Layout::of(files, home, order).findings(files)).collect()
}

/// Where the modules of one crate stand.
struct Layout<'a> {
    home: &'a str,
    order: &'a [&'a str],
    /// The place in the order, by module. A room is a module too.
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Layout<'a> {
    fn of(files: &'a [Source], home: &'a str, order: &'a [&'a str]) -> Self {
        let mut layout = Self {
            home,
            order,
            places: order.iter().enumerate().map(|(place, room)| (*room, place)).collect(),
        };
        for file in files {
            if let Some((place, module)) = layout.module(file) {
                layout.places.insert(module, place);
            }
        }
        layout
    }

    /// The room of the file, and the module of the room that it belongs to.
    fn module<'f>(&self, file: &'f Source) -> Option<(usize, &'f str)> {
        let (room, below) = file.path.strip_prefix(self.home)?.split_once('/')?;
        let place = self.order.iter().position(|name| *name == room)?;
        let module = below.split('/').next().unwrap_or(below);
        Some((place, module.trim_end_matches(".rs")))
    }

    fn findings(&self, files: &[Source]) -> Vec<String> {
        let mut findings = Vec::new();
        let mut held = vec![0_usize; self.order.len()];
        for file in files {
            let Some((place, _)) = self.module(file) else { continue };
            held[place] += 1;
            if !file.is_test() && !file.supports_tests() {
                findings.extend(self.upward(file, place));
            }
        }
        let empty = self.order.iter().zip(held).filter(|(_, files)| *files == 0);
        findings.extend(empty.map(|(room, _)| format!("{}{room}: no module stands there", self.home)));
        findings
    }

    fn upward(&self, file: &Source, place: usize) -> Vec<String> {
        let above = |module: &str| self.places.get(module).copied().filter(|other| *other > place);
        let named = named_in(&file.text).into_iter();
        let upward = named.filter_map(|(line, module)| Some((line, above(&module)?, module)));
        let finding = |(line, other, module): (usize, usize, String)| {
            let (own, other) = (self.order[place], self.order[other]);
            format!("{}:{line}: '{own}' rests on '{module}' of '{other}', a room after it", file.path)
        };
        upward.map(finding).collect()
    }
}

/// The modules of its crate that the code of a file names, each with its line: `crate::log`, `use crate::{log, bus::Bus}`.
fn named_in(text: &str) -> Vec<(usize, String)> {
    let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    // A comment becomes an empty line, so that lines keep their numbers.
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    let code: Vec<&str> = code.lines().map(|line| if is_comment(&line) { "" } else { line }).collect();
    let code = code.join("\n");
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    let mut named = Vec::new();
    for (at, root) in code.match_indices("crate::") {
        let after = at + root.len();
        match code[after..].strip_prefix('{') {
            Some(group) => {
                let first = |(inner, part): (usize, &str)| (line_of(after + 1 + inner), word(part));
                named.extend(parts(group).into_iter().map(first));
            }
            None => named.push((line_of(at), word(&code[after..]))),
        }
    }
    named.retain(|(_, module)| !module.is_empty());
    named
}

/// The parts of a group up to the brace that ends it, each with its place; what is nested belongs to its part.
fn parts(group: &str) -> Vec<(usize, &str)> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, letter) in group.char_indices() {
        let ends = letter == '}' && depth == 0;
        if ends || letter == ',' && depth == 0 {
            let part = &group[start..at];
            let text = part.trim_start();
            parts.push((start + part.len() - text.len(), text));
            start = at + 1;
        }
        match letter {
            _ if ends => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    parts
}

/// The name with which `text` begins.
fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: &str = "services/x/src/";
    const ORDER: &[(&str, &[&str])] = &[(HOME, &["low", "high"])];

    fn file(path: &str, text: &str) -> Source {
        Source { path: format!("{HOME}{path}"), text: text.to_owned() }
    }

    /// What is found when `text` stands at `path` beside a module in each room.
    fn found(path: &str, text: &str) -> Vec<String> {
        check(&[file("low/log.rs", ""), file("high/run/poke.rs", ""), file(path, text)], ORDER)
    }

    #[test]
    fn what_names_a_room_after_its_own_is_found_with_its_line() {
        let finding = |line: usize, module: &str| {
            format!("{HOME}low/bus/memory.rs:{line}: 'low' rests on '{module}' of 'high', a room after it")
        };
        for (text, line, module) in [
            ("//! A bus.\n\nuse crate::run::Poke;\n", 3, "run"),
            ("use crate::{log::{Log, Position}, run};\n", 1, "run"),
            ("use crate::{\n    log::{\n        Log,\n    },\n    run::{self},\n};\n", 5, "run"),
            ("fn f() {\n    crate::run::go();\n}\n", 2, "run"),
            ("use crate::high::run::Poke;\n", 1, "high"),
        ] {
            assert_eq!(found("low/bus/memory.rs", text), [finding(line, module)], "{text}");
        }
    }

    #[test]
    fn what_rests_on_the_rooms_before_it_is_not() {
        let none = Vec::<String>::new();
        assert_eq!(found("high/wake.rs", "use crate::{log, run};\nuse crate::wake;\n"), none);
        assert_eq!(found("low/bus.rs", "/// See [`crate::run`].\nuse crate::log::run;\n"), none);
        assert_eq!(found("lib.rs", "pub use high::run;\npub use crate::run::Poke;\n"), none);
        assert_eq!(found("low/bus.rs", "\n#[cfg(test)]\nmod tests {\n    use crate::run::Poke;\n}\n"), none);
        for path in ["low/log/tests.rs", "low/log/contract/port.rs", "low/log/testing.rs"] {
            assert_eq!(found(path, "use crate::run::Poke;\n"), none, "{path}");
        }
    }

    #[test]
    fn a_room_that_is_not_there_is_found() {
        let found = check(&[file("low/log.rs", "")], ORDER);
        assert_eq!(found, ["services/x/src/high: no module stands there"]);
    }
}
