//! Whatever the documents and the hints of refusals tell people to type, the command line knows.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Command;
use clap::error::ErrorKind;

use super::Cli;
use crate::telling;

mod running;
mod told;
mod wrong_usage;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What is wrong with a line that begins with `verdict`; `None` when it can be typed. What it leaves open in brackets is
/// filled in, and what it leaves out is no mistake: a text that names a verb need not say all that the verb takes.
fn unknown(line: &str) -> Option<String> {
    let error = Cli::try_parse_from(filled(line)).err()?;
    let incomplete = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument
            | ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
    );
    (!incomplete).then(|| {
        let said = error.to_string();
        format!("{} in: {line}", said.lines().next().unwrap_or_default().trim_start_matches("error: "))
    })
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
                inner
                    .split(['|', '#', ';'])
                    .next()
                    .unwrap_or_default()
                    .trim_end_matches([' ', '&', ')'])
                    .to_owned()
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

/// The line with something to try in place of what is left open in it: `<bet>`, `{key}`, `$ROLLOUT`, `...`.
fn filled(line: &str) -> Vec<String> {
    let (mut whole, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once(['<', '{']) {
        let (_, behind) = after.split_once(['>', '}']).unwrap_or((after, ""));
        whole = format!("{whole}{before}{OPEN}");
        rest = behind;
    }
    let mut words = telling::split(&format!("{whole}{rest}").replace('"', "'"));
    let mut command = Cli::command();
    for index in 1..words.len() {
        if let Some(verb) = command.find_subcommand(&words[index]).cloned() {
            command = verb;
            continue;
        }
        let is_open = words[index] == OPEN || words[index] == "...";
        let option = words[index - 1].strip_prefix("--");
        let of = command.get_arguments().find(|argument| option.is_some() && argument.get_long() == option);
        if let Some(of) = of.filter(|_| is_open) {
            words[index] = example(of);
        }
    }
    words
}

/// What stands for something left open.
const OPEN: &str = "open";

/// A value that an option takes.
fn example(of: &clap::Arg) -> String {
    let named = of.get_value_names().and_then(<[_]>::first).map(ToString::to_string).unwrap_or_default();
    match (of.get_possible_values().first(), named.as_str()) {
        (Some(value), _) => value.get_name().to_owned(),
        (None, "NUMBER" | "SECONDS") => "1".to_owned(),
        (None, "TIME") => "2026-03-02T09:00:00Z".to_owned(),
        (None, "DURATION") => "1d".to_owned(),
        (None, "PERCENT") => "5%".to_owned(),
        (None, shape) if shape.contains(':') => "primary:open:core:up:1".to_owned(),
        (None, _) => OPEN.to_owned(),
    }
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
    for line in [
        "verdict rollout list --server http://x -o json",
        "verdict up --demo-data",
        "verdict rollout",
        "verdict launch list --of $BET",
        "verdict guardrail arm --metric <key> --rollout <rollout>",
    ] {
        assert_eq!(unknown(line), None);
    }
    for (line, said) in [
        ("verdict rollout lift", "unrecognized subcommand 'lift' in: verdict rollout lift"),
        ("verdict bet list --of <bet>", "unexpected argument '--of' found in: verdict bet list --of <bet>"),
        (
            "verdict launch send $L --channel <channel> now",
            "unexpected argument 'now' found in: verdict launch send $L --channel <channel> now",
        ),
        (
            "verdict flag set <flag> --percent 10",
            "invalid value '10' for '--percent <PERCENT>': 10 has no unit: write 10% in: verdict flag set <flag> \
             --percent 10",
        ),
    ] {
        assert_eq!(unknown(line).as_deref(), Some(said));
    }
    let document =
        "Say `verdict status`.\n```\n$ verdict flag \\\n  list # all\nID=$(verdict bet list | cut)\n```\n";
    let found = commands_in(document);
    let found: Vec<&str> = found.iter().map(|line| line.trim()).collect();
    assert_eq!(found, ["verdict status", "verdict flag    list", "verdict bet list"]);
}

/// What is defined once and read everywhere: names that clash, options without a place, groups of nothing.
#[test]
fn the_whole_grammar_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_of_the_contracts_is_a_verb() {
    fn verbs(command: &Command) -> usize {
        command.get_subcommands().map(verbs).sum::<usize>() + 1
    }
    assert!(verbs(&Cli::command()) > 100, "only {} verbs", verbs(&Cli::command()));
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

/// What a shell is offered after these words, the last of which is only begun.
fn offered(words: &[&str]) -> Vec<String> {
    let line: Vec<OsString> =
        std::iter::once("verdict").chain(words.iter().copied()).map(OsString::from).collect();
    let at = line.len() - 1;
    let candidates = clap_complete::engine::complete(&mut Cli::command(), line, at, None).unwrap();
    candidates.iter().map(|candidate| candidate.get_value().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_shell_is_offered_verbs_options_and_words() {
    assert_eq!(offered(&["launch", "re"]), ["release", "replan"]);
    assert_eq!(offered(&["guardrail", "arm", "--be"]), ["--below"]);
    assert_eq!(offered(&["incident", "report", "--severity", ""]), ["p0", "p1", "p2", "p3"]);
    assert_eq!(offered(&["bet", "list", "--state", "sha"]), ["shaping", "shaped"]);
    for shell in ["bash", "zsh", "fish"] {
        let cli = Cli::try_parse_from(["verdict", "completion", shell]).unwrap();
        let mut script = Vec::new();
        super::carry_out(cli, &mut script).unwrap();
        let script = String::from_utf8(script).unwrap();
        assert!(script.contains("COMPLETE=") && script.contains("verdict"), "{script}");
    }
}
