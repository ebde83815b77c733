//! The README's tour, every command as it stands there, against a platform that runs as `make up` starts it.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

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

/// Runs the commands one after the other in one shell. Only addresses and the place of the binary are not those of the README.
fn run(commands: &[String], server: &Server) -> Vec<Shown> {
    let http = &server.addresses().http;
    let mut script = String::new();
    for command in commands {
        let command = command
            .replace("http://127.0.0.1:7400", http)
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
    match command {
        "verdict rollout enter-stage $ROLLOUT --stage alpha" => Some("M10"),
        "verdict launch send $LAUNCH --channel blog" => Some("G5"),
        "verdict bet conclude $BET --kill disproved" => Some("L7"),
        _ => None,
    }
}

#[tokio::test]
async fn every_command_of_the_readme_does_what_the_readme_says() {
    if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("SKIPPED: curl is not installed");
        return;
    }
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let commands = commands(&std::fs::read_to_string(readme).unwrap());
    assert!(commands.len() >= 20, "{commands:?}");
    let server = Server::start(&["--demo-data"]).await;
    let tour = run(&commands, &server);
    let mut refusals = 0;
    for shown in &tour {
        let Some(rule) = announced(&shown.command) else {
            assert_eq!(shown.code, 0, "{shown:?}");
            continue;
        };
        refusals += 1;
        assert_eq!(shown.code, 3, "{shown:?}");
        assert!(shown.text.starts_with(&format!("refused {rule}: ")), "{shown:?}");
        assert!(shown.text.lines().all(|line| line.starts_with("refused ")), "{shown:?}");
    }
    assert_eq!(refusals, 3);
    let texts = |begin: &str| -> Vec<&str> {
        let found = tour.iter().filter(|shown| shown.command.starts_with(begin));
        found.map(|shown| shown.text.as_str()).collect()
    };
    let all_contain = |begin: &str, words: &[&str]| {
        let found = texts(begin);
        assert_eq!(found.len(), words.len(), "{begin}: {found:?}");
        for (text, word) in found.iter().zip(words) {
            assert!(text.contains(word), "'{word}' is not in what {begin} shows: {text}");
        }
    };
    all_contain("curl", &[r#""variant":"on""#, r#""variant":"off""#]);
    all_contain("verdict bet list", &["rolling_out"]);
    all_contain("verdict rollout why", &["internal -> alpha: shut"]);
    all_contain("verdict flag get", &["breach", "due"]);
    all_contain("verdict rollout get", &["rolled_back"]);
    all_contain("verdict incident list", &["detected"]);
    all_contain("verdict events tail", &["bets.Bet.BetKilled.v1"]);
}
