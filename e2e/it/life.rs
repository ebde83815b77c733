//! The binary from its start to its end: addresses, signals, one platform per directory, exit codes, and the care
//! for its log while it runs and afterwards.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::ground::begin;
use crate::process::verdict;
use crate::server::Server;

/// The exit code and everything that was printed.
fn ended(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

/// Standard output of a verb that must succeed.
#[track_caller]
fn printed(output: &Output) -> String {
    let (code, text) = ended(output);
    assert_eq!(code, Some(0), "{text}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A verb that must end with this code and say this.
#[track_caller]
fn fails(output: &Output, code: i32, says: &str) {
    let (found, text) = ended(output);
    assert_eq!(found, Some(code), "{text}");
    assert!(text.contains(says), "'{says}' is not in: {text}");
}

/// Proposes a bet; returns its id.
fn propose(server: &Server, title: &str) -> String {
    let words = ["bet", "propose", "--mode", "scaling", "--title", title, "--belief", "b", "--outcome", "o"];
    printed(&server.run(&words)).split_whitespace().next().unwrap().to_owned()
}

/// What the platform shows, without the positions, which name the log.
fn views(server: &Server) -> Vec<Value> {
    let mut views = Vec::new();
    for what in ["bet", "flag", "rollout", "metric", "guardrail", "launch", "incident"] {
        let listed = printed(&server.run(&[what, "list", "--output", "json"]));
        let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
        for mut view in listed {
            view.as_object_mut().unwrap().remove("position");
            views.push(view);
        }
    }
    views
}

/// Waits until everybody has applied the log.
fn settle(server: &Server) {
    printed(&server.run(&["status", "--settled"]));
}

#[tokio::test]
async fn sigterm_drains_and_exits_0_and_the_next_start_goes_on() {
    let mut server = Server::start(&[]).await;
    assert!(!server.addresses().http.ends_with(":0") && !server.grpc().ends_with(":0"));
    assert_eq!(server.addresses().data, server.data());
    let bet = propose(&server, "Kept");
    assert_eq!(server.terminate().await.code(), Some(0));
    fails(&server.run(&["bet", "get", &bet, "--deadline", "1"]), 5, "no answer from");
    server.spawn().await;
    assert!(printed(&server.run(&["bet", "get", &bet])).contains("Kept"));
    assert_eq!(server.terminate().await.code(), Some(0));
}

#[tokio::test]
async fn a_follower_of_the_log_does_not_hold_up_the_end() {
    let mut server = Server::start(&[]).await;
    propose(&server, "Followed");
    let mut tail = std::process::Command::new(crate::process::binary())
        .args(["events", "tail", "--stream", "bets.bet-", "--server", server.grpc()])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut shown = std::io::BufReader::new(tail.stdout.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut shown, &mut line).unwrap();
    assert!(line.contains("bets.Bet.BetProposed.v1"), "{line}");
    assert_eq!(server.terminate().await.code(), Some(0));
    assert!(tail.wait().unwrap().success());
}

#[tokio::test]
async fn a_second_platform_on_the_same_directory_is_refused() {
    let server = Server::start(&[]).await;
    let second = verdict(&["up", "--listen", "127.0.0.1:0", "--data", &server.data_word()]);
    fails(&second, 1, "in use by another process");
    propose(&server, "Undisturbed");
}

#[tokio::test]
async fn the_log_is_verified_backed_up_and_exported_while_the_platform_runs_and_after() {
    let mut server = Server::start(&["--demo-data"]).await;
    settle(&server);
    let files = tempfile::tempdir().unwrap();
    let (data, path) =
        (server.data_word(), |name: &str| files.path().join(name).to_string_lossy().into_owned());
    let running = |name: &str| {
        printed(&verdict(&["log", "verify", "--data", &data]));
        printed(&verdict(&["log", "backup", "--data", &data, "--to", &path(&format!("{name}-backup"))]));
        printed(&verdict(&["log", "export", "--data", &data, "--to", &path(&format!("{name}.jsonl"))]));
    };
    running("running");
    let shown = views(&server);
    assert!(shown.len() >= 7, "{shown:?}");
    assert_eq!(server.terminate().await.code(), Some(0));
    running("stopped");
    let verified = |data: &str| -> Value {
        serde_json::from_str(&printed(&verdict(&["log", "verify", "--data", data, "--output", "json"])))
            .unwrap()
    };
    let original = verified(&data);
    assert_eq!(verified(&path("stopped-backup")), original);
    assert_eq!(verified(&path("running-backup"))["logId"], original["logId"]);
    for copy in ["running-backup", "stopped-backup"] {
        assert_eq!(shown_by(Path::new(&path(copy))).await, shown, "{copy}");
    }

    let imported = path("imported");
    for export in ["running.jsonl", "stopped.jsonl"] {
        let data = format!("{imported}-{export}");
        let said = printed(&verdict(&["log", "import", "--data", &data, "--from", &path(export)]));
        let id = verified(&data)["logId"].as_str().unwrap().to_owned();
        assert!(said.contains(&id), "{said}");
        assert_ne!(original["logId"], id.as_str());
        // An import is another log: what serves anybody is held until somebody has looked (rule R25).
        let copy = shown_by(Path::new(&data)).await;
        let serving: Vec<_> = copy.iter().filter(|view| view["state"] == "partial").collect();
        assert!(!serving.is_empty() && serving.iter().all(|flag| flag["held"] == true), "{serving:?}");
        assert_eq!(without_holds(copy), without_holds(shown.clone()), "{export}");
        let again = verdict(&["log", "import", "--data", &data, "--from", &path(export)]);
        fails(&again, 4, "exists already");
    }
}

/// The same, whatever flags are held for.
fn without_holds(mut shown: Vec<Value>) -> Vec<Value> {
    let flags = shown.iter_mut().filter(|view| view.get("claimedBy").is_some());
    for flag in flags.filter_map(Value::as_object_mut) {
        for part in ["held", "holds", "undoUntil", "version"] {
            flag.remove(part);
        }
    }
    shown
}

/// What a platform shows that starts on a copy of this directory.
async fn shown_by(data: &Path) -> Vec<Value> {
    let mut server = Server::prepared(&[]);
    std::fs::rename(data, server.data()).unwrap();
    server.spawn().await;
    settle(&server);
    let shown = views(&server);
    assert_eq!(server.terminate().await.code(), Some(0));
    std::fs::rename(server.data(), data).unwrap();
    shown
}

#[test]
fn care_for_a_log_that_is_not_there_says_so_and_leaves_nothing_behind() {
    let files = tempfile::tempdir().unwrap();
    let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let (none, target) = (path("none"), path("target"));
    fails(&verdict(&["log", "verify", "--data", &none]), 4, "there is no directory");
    fails(&verdict(&["log", "backup", "--data", &none, "--to", &target]), 4, "there is no directory");
    fails(&verdict(&["log", "export", "--data", &none, "--to", &target]), 4, "there is no directory");
    fails(&verdict(&["log", "import", "--data", &target, "--from", &none]), 4, "none");
    assert_eq!(std::fs::read_dir(files.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn every_exit_code_means_what_the_help_says() {
    let server = Server::start_virtual(begin()).await;
    let bet = propose(&server, "Codes");
    assert_eq!(ended(&server.run(&["bet", "get", &bet])).0, Some(0));
    fails(&server.run(&["bet", "propose", "--mode", "sideways"]), 2, "sideways");
    fails(&server.run(&["bet", "hand-off", &bet]), 3, "refused");
    fails(&server.run(&["bet", "get", "00000000000000000000000000"]), 4, "not_found");
    let stale = server.run(&["bet", "start-discovery", &bet, "--expected-version", "9"]);
    fails(&stale, 4, "(--expected-version)");
    let unreachable = verdict(&["bet", "list", "--server", "http://127.0.0.1:1", "--deadline", "1"]);
    fails(&unreachable, 5, "is the platform running");
}
