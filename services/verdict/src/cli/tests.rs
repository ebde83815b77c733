//! Whatever the documents and the hints of refusals tell people to type, the command line knows.

use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::{Command, CommandFactory, Parser};

use super::Cli;
use crate::telling;

mod running;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What is wrong with a line that begins with `verdict`; `None` when the command line knows its verbs and options.
fn unknown(line: &str) -> Option<String> {
    let mut command = Cli::command();
    let global: Vec<String> = longs(&command);
    let mut words = line.split_whitespace().skip(1).peekable();
    while command.has_subcommands() {
        let Some(word) = words.next_if(|word| !word.starts_with('-')) else { break };
        let verb = command.find_subcommand(word).cloned();
        command = match verb {
            Some(verb) => verb,
            None => return Some(format!("'{word}' is no verb in: {line}")),
        };
    }
    let known = longs(&command);
    let given = words.filter_map(|word| word.strip_prefix("--"));
    let names =
        given.map(|option| option.split(|letter: char| letter != '-' && !letter.is_alphanumeric()).next());
    let mut names = names.flatten().filter(|name| !name.is_empty());
    let wrong = names.find(|name| !known.iter().chain(&global).any(|known| known == name))?;
    Some(format!("there is no --{wrong} in: {line}"))
}

fn longs(command: &Command) -> Vec<String> {
    let named = command.get_arguments().filter_map(|argument| argument.get_long().map(str::to_owned));
    named.chain(["help".to_owned(), "version".to_owned()]).collect()
}

/// The commands in a document: lines of fenced blocks, and what stands in backquotes.
fn commands_in(document: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (index, part) in document.split("```").enumerate() {
        if index % 2 == 1 {
            let whole = part.replace("\\\n", " ");
            let lines = whole.lines().map(|line| {
                let line = line.trim().trim_start_matches("$ ");
                let inner = line.split_once("=$(").map_or(line, |(_, inner)| inner);
                inner.split(['|', '#', ';']).next().unwrap_or_default().to_owned()
            });
            found.extend(lines);
        } else {
            found.extend(part.split('`').skip(1).step_by(2).map(|quoted| quoted.replace('\n', " ")));
        }
    }
    found.retain(|line| line.starts_with("verdict "));
    found
}

/// The commands that the texts of a source file tell people to type. One ends where its text does, or at a comma, a
/// semicolon or a full stop behind it. What stands in quotes or brackets of its own only names a verb.
fn hints_in(source: &str) -> Vec<String> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let whole: String = code.join("\n").split("\\\n").map(str::trim_start).collect();
    whole.split('"').skip(1).flat_map(hints_of).collect()
}

fn hints_of(text: &str) -> Vec<String> {
    if !text.contains("verdict ") {
        return Vec::new();
    }
    let verbs: Vec<String> =
        Cli::command().get_subcommands().map(|verb| format!("verdict {} ", verb.get_name())).collect();
    let starts = verbs.iter().flat_map(|verb| text.match_indices(verb.as_str()));
    let told = starts.filter(|(at, _)| !text[..*at].ends_with(['\'', '(']));
    let hints = told.map(|(at, _)| {
        let end = text[at..].find([',', ';']).map_or(text.len(), |length| at + length);
        text[at..end].trim_end_matches('.').split(" and verdict ").next().unwrap_or_default().to_owned()
    });
    hints.collect()
}

/// The hint with something to try in place of what is left open in it.
fn filled(hint: &str) -> Vec<String> {
    let (mut line, mut rest) = (String::new(), hint);
    while let Some((before, after)) = rest.split_once(['<', '{']) {
        let (open, behind) = after.split_once(['>', '}']).unwrap_or((after, ""));
        line = format!("{line}{before}{}", if open.contains("time") { "2026-03-02T09:00:00Z" } else { "1" });
        rest = behind;
    }
    let mut words = telling::split(&format!("{line}{rest}"));
    let mut command = Cli::command();
    for index in 1..words.len() {
        if let Some(verb) = command.find_subcommand(&words[index]).cloned() {
            command = verb;
            continue;
        }
        let option = words[index - 1].strip_prefix("--");
        let of = command.get_arguments().find(|argument| option.is_some() && argument.get_long() == option);
        let values = of.map(clap::Arg::get_possible_values).unwrap_or_default();
        if words[index] == "1"
            && let Some(value) = values.first()
        {
            value.get_name().clone_into(&mut words[index]);
        }
    }
    words
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, ending, found)?;
        } else if path.extension().is_some_and(|given| given == ending) {
            found.push(path);
        }
    }
    Ok(())
}

#[test]
fn a_command_that_does_not_exist_is_found() {
    assert_eq!(unknown("verdict rollout list --server x -o json"), None);
    assert_eq!(unknown("verdict up --demo-data"), None);
    assert_eq!(unknown("verdict rollout"), None);
    assert_eq!(
        unknown("verdict rollout lift"),
        Some("'lift' is no verb in: verdict rollout lift".to_owned())
    );
    let option = unknown("verdict rollout list --of <bet>").unwrap();
    assert_eq!(option, "there is no --of in: verdict rollout list --of <bet>");
    let document =
        "Say `verdict status`.\n```\n$ verdict flag \\\n  list # all\nID=$(verdict bet list | cut)\n```\n";
    let found = commands_in(document);
    let found: Vec<&str> = found.iter().map(|line| line.trim()).collect();
    assert_eq!(found, ["verdict status", "verdict flag    list", "verdict bet list"]);
}

#[test]
fn every_command_in_the_documents_exists() {
    let mut documents = vec![root().join("README.md"), root().join("CONTRIBUTING.md")];
    files(&root().join("docs"), "md", &mut documents).unwrap();
    // Its headings are names of aggregates.
    documents.retain(|path| !path.ends_with("docs/commands.md"));
    let mut count = 0;
    for path in documents {
        for line in commands_in(&fs::read_to_string(&path).unwrap()) {
            count += 1;
            assert_eq!(unknown(&line), None, "{}", path.display());
        }
    }
    assert!(count > 30, "only {count} commands were found");
}

/// As it is printed, with nothing to be found out but what stands in brackets.
#[test]
fn every_command_that_a_hint_names_can_be_typed() {
    let mut sources = Vec::new();
    files(&root().join("services"), "rs", &mut sources).unwrap();
    sources.retain(|path| {
        !path.ends_with("tests.rs") && !path.components().any(|part| part.as_os_str() == "tests")
    });
    let (mut count, mut wrong) = (0, Vec::new());
    for path in sources {
        let source = fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for hint in hints_in(source) {
            count += 1;
            if let Err(error) = Cli::try_parse_from(filled(&hint)) {
                let why = error.to_string();
                wrong.push(format!("{}: {hint}: {}", path.display(), why.lines().next().unwrap_or_default()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(count > 80, "only {count} hints were found");
}
