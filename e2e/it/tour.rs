//! The README's tour, every command as it stands there, against a platform that runs as `make up` starts it.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use verdict_kernel::id::BetId;

use crate::process::binary;
use crate::server::Server;

/// Printed before each command, so that its output and exit code can be told apart.
const MARK: &str = "@@@";

/// What was printed by one command of the tour, and how it ended.
#[derive(Debug)]
struct Shown {
    command: String,
    code: i32,
    text: String,
}

/// The commands of the shell blocks in the tour.
fn commands(readme: &str) -> Vec<String> {
    let (_, tour) = readme.split_once("\n## Five-minute tour\n").expect("the tour");
    let (tour, _) = tour.split_once("\n## ").expect("something after the tour");
    let mut commands = Vec::new();
    for block in tour.split("```").skip(1).step_by(2) {
        let mut command = String::new();
        for line in block.lines().filter(|line| !line.is_empty()) {
            command += line;
            if line.ends_with('\\') {
                command.push('\n');
            } else {
                commands.push(std::mem::take(&mut command));
            }
        }
    }
    commands
}

/// Runs the commands one after the other in one shell. Only addresses, the place of the binary and that of files are not those of the README.
fn run(commands: &[String], server: &Server) -> Vec<Shown> {
    let http = &server.addresses().http;
    let files = tempfile::tempdir().unwrap();
    let mut script = String::new();
    for command in commands {
        let command = command
            .replace("/tmp/", &format!("{}/", files.path().display()))
            .replace("$PWD/target/release", &binary().parent().unwrap().to_string_lossy());
        writeln!(script, "{command}\ncode=$?; echo; echo \"{MARK}$code\"").unwrap();
    }
    let shell = Command::new("bash")
        .args(["-c", &script])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .env("VERDICT_SERVER", server.grpc())
        .env("VERDICT_HTTP", http)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = String::from_utf8(shell.stdout).unwrap();
    let said = String::from_utf8_lossy(&shell.stderr);
    let mut rest = text.as_str();
    let mut shown = Vec::new();
    for command in commands {
        let (text, after) =
            rest.split_once(MARK).unwrap_or_else(|| panic!("no end of '{command}': {rest}\n{said}"));
        let (code, after) = after.split_once('\n').unwrap();
        let code = code.parse().unwrap();
        shown.push(Shown { command: command.clone(), code, text: text.trim().to_owned() });
        rest = after;
    }
    shown
}

/// The rule whose refusal the README announces.
fn announced(command: &str) -> Option<&'static str> {
    (command == "verdict launch send saved-carts --channel blog").then_some("G5")
}

#[tokio::test]
async fn every_command_of_the_readme_does_what_the_readme_says() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let commands = commands(&std::fs::read_to_string(readme).unwrap());
    let (path, typed) = commands.split_first().unwrap();
    assert!(path.starts_with("export PATH="), "{path}");
    assert!(typed.len() <= 10 && typed[0].starts_with("verdict init"), "{typed:?}");
    let is_id = |word: &str| word.parse::<BetId>().is_ok();
    assert!(!typed.iter().flat_map(|line| line.split(' ')).any(is_id), "{typed:?}");
    let server = Server::start(&["--demo-data"]).await;
    let tour = run(&commands, &server);
    for shown in &tour {
        let Some(rule) = announced(&shown.command) else {
            assert_eq!(shown.code, 0, "{shown:?}");
            continue;
        };
        assert_eq!(shown.code, 3, "{shown:?}");
        assert!(shown.text.starts_with(&format!("refused {rule}: ")), "{shown:?}");
    }
    for (begin, words) in [
        ("verdict apply", &["+ bet saved-carts", "+ rollout saved-carts"][..]),
        ("verdict rollout why", &["internal -> alpha: shut"]),
        ("verdict flag get", &["breach"]),
        ("verdict launch send", &["guardrail"]),
        ("verdict bet conclude", &["BetKilled"]),
    ] {
        let mut found = tour.iter().filter(|shown| shown.command.starts_with(begin));
        let (Some(shown), None) = (found.next(), found.next()) else { panic!("{begin}: {tour:?}") };
        for word in words {
            assert!(shown.text.contains(word), "'{word}' is not in what {begin} shows: {}", shown.text);
        }
    }
    let line = "verdict flag get saved-carts; verdict events tail --no-follow --stream bets.bet-".to_owned();
    let after = run(&[path.clone(), "verdict status --settled".to_owned(), line], &server);
    assert!(after[2].text.contains("bets.Bet.BetKilled.v1"), "{after:?}");
}
