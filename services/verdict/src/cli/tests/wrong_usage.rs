//! What is said to somebody who gets it wrong, line by line: where, what, and what to write in its place. Nothing that is
//! wrong is taken for something else.

use std::path::Path;

use super::Cli;
use crate::failure::Failure;
use crate::platform::door::Door;
use crate::platform::listeners::Reach;
use crate::telling;

/// What a line comes to that asks nobody: what is said against it, without where help is found.
fn said(line: &str) -> (String, String) {
    let words = telling::split(line);
    let cli = match Cli::try_parse_from(&words) {
        Ok(cli) => cli,
        Err(error) => {
            let text = error.to_string();
            let told = text.split("\n\nUsage:").next().unwrap_or_default();
            let told = told.split("\n\nFor more information").next().unwrap_or_default();
            let told = told.trim_start_matches("error: ").split_whitespace().collect::<Vec<_>>().join(" ");
            return (told, "2".to_owned());
        }
    };
    let failure = super::super::carry_out(cli, &mut std::io::sink()).expect_err(line);
    let code = match failure {
        Failure::Usage(_) => "2",
        Failure::Request(_) => "4",
        Failure::Unavailable(_) => "5",
        Failure::Refused | Failure::Refusal(_) | Failure::Fault(_) | Failure::Differs | Failure::Unheard => {
            "other"
        }
    };
    (failure.to_string(), code.to_owned())
}

#[track_caller]
fn wrong(line: &str, told: &str) {
    assert_eq!(said(line), (told.to_owned(), "2".to_owned()), "{line}");
}

#[test]
fn values_that_cannot_be_read() {
    for (line, told) in [
        ("verdict clock advance -1d", "invalid value '-1d' for '<DURATION>': time only moves forward"),
        (
            "verdict clock advance 1y",
            "invalid value '1y' for '<DURATION>': '1y': months and years differ in length; write days, such as 30d",
        ),
        (
            "verdict clock advance 3",
            "invalid value '3' for '<DURATION>': 3 has no unit: write 3s, or a duration such as 12h or 3d",
        ),
        (
            "verdict metric observe cpu --value inf",
            "invalid value 'inf' for '--value <NUMBER>': inf is not finite",
        ),
        (
            "verdict metric observe cpu --value much",
            "invalid value 'much' for '--value <NUMBER>': 'much' is no number, such as 20 or -0.5",
        ),
        (
            "verdict bet list --command-id 1234",
            "invalid value '1234' for '--command-id <COMMAND_ID>': '1234' is no UUID, such as \
             5f0c9a3e-6a1e-4c57-9d7a-0b6f6c2f4d11",
        ),
        (
            "verdict bet set-timebox B --start tomorrow --end 6w",
            "invalid value 'tomorrow' for '--start <TIME>': 'tomorrow' is no time: write 2026-12-01, \
             2026-12-01T09:00:00Z, or 6w for six weeks from now",
        ),
        (
            "verdict flag create --key k --cleanup-on 9999-12-31",
            "invalid value '9999-12-31' for '--cleanup-on <TIME>': 9999-12-31 is further away than time reaches",
        ),
        (
            "verdict flag set f --percent 10",
            "invalid value '10' for '--percent <PERCENT>': 10 has no unit: write 10%",
        ),
        (
            "verdict rollout extend-stage r --by 300 --reason x",
            "invalid value '300' for '--by <DURATION>': 300 has no unit: write 300s, or a duration such as 12h or 3d",
        ),
        (
            "verdict launch plan --bet b --rollout r --tier two --title t",
            "invalid value 'two' for '--tier <NUMBER>': 'two' is no whole number from 0 to 4294967295",
        ),
        (
            "verdict incident report --title t --severity p9",
            "invalid value 'p9' for '--severity <SEVERITY>' [possible values: p0, p1, p2, p3]",
        ),
        (
            "verdict launch list --state anounced",
            "invalid value 'anounced' for '--state <STATE>' [possible values: planned, launched, cancelled] \
             tip: a similar value exists: 'planned'",
        ),
    ] {
        wrong(line, told);
    }
}

#[test]
fn what_is_missing_or_too_much() {
    for (line, told) in [
        (
            "verdict guardrail arm --metric m --rollout r",
            "the following required arguments were not provided: <--below <VALUE>|--above <VALUE>>",
        ),
        (
            "verdict rollout plan --flag f --mode scaling",
            "the following required arguments were not provided: --service <SERVICE>",
        ),
        (
            "verdict bet set-timebox B --start 2026-12-01",
            "the following required arguments were not provided: --end <TIME>",
        ),
        (
            "verdict bet state-hypothesis B --belief b",
            "the following required arguments were not provided: --outcome <OUTCOME>",
        ),
        (
            "verdict metric observe cpu",
            "the following required arguments were not provided: --value <NUMBER>",
        ),
        (
            "verdict rollout plan --flag f --mode scaling --service s --stages /does/not/exist",
            "--stages /does/not/exist: there is no such file",
        ),
        ("verdict bet conclude B --kill disproved --override", "--override goes with --scale or --iterate"),
        ("verdict bet lst", "unrecognized subcommand 'lst' tip: a similar subcommand exists: 'list'"),
        ("verdict launch replan", "the following required arguments were not provided: <LAUNCH>"),
        (
            "verdict up --config f --http-anywere",
            "unexpected argument '--http-anywere' found tip: a similar argument exists: '--http-anywhere'",
        ),
    ] {
        wrong(line, told);
    }
}

#[test]
fn addresses_and_directories_that_are_none() {
    for (line, told) in [
        ("verdict probe nonsense", "'nonsense' is no address such as http://127.0.0.1:7400/readyz"),
        (
            "verdict flag list --server ftp://x",
            "--server: 'ftp://x' is no address such as http://127.0.0.1:7401 or https://host:7401",
        ),
        (
            "verdict up --addresses /does/not/exist/x",
            "--addresses /does/not/exist/x: there is no directory /does/not/exist",
        ),
        (
            "verdict up --grpc-listen off --demo-data",
            "--demo-data is filled in by commands, and --grpc-listen off takes none",
        ),
        (
            "verdict metrics serve --bus-url memory",
            "metrics keep observations: --observations-url postgres://HOST/DATABASE or sqlite:FILE says where",
        ),
    ] {
        wrong(line, told);
    }
    for line in
        ["verdict log verify --data /does/not/exist", "verdict log backup --data /does/not/exist --to copy"]
    {
        let told = "there is no directory /does/not/exist".to_owned();
        assert_eq!(said(line), (told, "4".to_owned()), "{line}");
    }
    let (told, code) = said("verdict up --listen 0.0.0.0:0");
    assert!(told.contains("--http-anywhere") && code == "2", "{told}");
    assert!(Cli::try_parse_from(telling::split("verdict up --http-anywhere --listen 0.0.0.0:0")).is_ok());
}

#[test]
fn a_story_begins_on_an_empty_directory() {
    let data = tempfile::tempdir().unwrap();
    std::fs::write(data.path().join("log"), "").unwrap();
    let path = data.path().display();
    let told = format!("--data {path}: the directory is not empty, and the story begins on an empty one");
    wrong(&format!("verdict demo --data {path}"), &told);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_takes_no_commands_is_told_from_one_that_is_silent() {
    let door = Door::open("127.0.0.1:0", Reach::Loopback).unwrap();
    let address = format!("http://{}", door.address());
    let line = format!("verdict launch list --deadline 1 --server {address}");
    let (told, code) = tokio::task::spawn_blocking(move || said(&line)).await.unwrap();
    let wanted = format!(
        "something else than a platform's commands answers at {address}; a platform takes them on a port of their own, \
         7401 unless it was told otherwise (--server)"
    );
    assert_eq!((told, code.as_str()), (wanted, "5"));
    let line =
        "verdict metric observe cpu --value 1 --window-end 2026-12-01 --http http://127.0.0.1:1 --deadline 1";
    let (told, _) = tokio::task::spawn_blocking(move || said(line)).await.unwrap();
    let wanted = "no answer from http://127.0.0.1:1/v1/observations within 1 s; --http or VERDICT_HTTP names where \
                  observations are taken";
    assert_eq!(told, wanted);
}

/// What the configuration file says, and what is said to that.
fn configured(directory: &Path, text: &str) -> String {
    let file = directory.join("verdict.toml");
    std::fs::write(&file, text).unwrap();
    let (told, code) = said(&format!("verdict up --config {}", file.display()));
    assert_eq!(code, "2", "{told}");
    told.replace(&file.display().to_string(), "FILE")
}

#[test]
fn a_configuration_is_read_as_it_is_meant_or_not_at_all() {
    let directory = tempfile::tempdir().unwrap();
    for (text, told) in [
        (
            "data = \"/srv/verdict\"\n",
            "data is a section and holds data.directory, data.max_page_count; it is no value itself (from file FILE)",
        ),
        (
            "http = \"127.0.0.1:0\"\n",
            "http is a section and holds http.anywhere, http.listen; it is no value itself (from file FILE)",
        ),
        (
            "[http]\nlisten = \"127.0.0.1:0\"\nport = 1\n",
            "http.port is no key; http holds listen, anywhere (from file FILE)",
        ),
        (
            "[htpp]\nlisten = \"127.0.0.1:0\"\n",
            "there is no section htpp; there are http, grpc, data, log, bus, observations, peers, lease, flags, sinks, policy, \
             process, telemetry (from file FILE)",
        ),
        (
            "[lease]\nttl_ms = \"soon\"\n",
            "lease.ttl_ms: the text \"soon\" stands where a whole number belongs (from file FILE)",
        ),
        ("[http]\nanywhere = 1\n", "http.anywhere: 1 stands where true or false belongs (from file FILE)"),
        (
            "[policy]\nlevel = \"loose\"\n",
            "policy.level: 'loose' is none of observe, warn, enforce (from file FILE)",
        ),
        (
            "[peers]\nbets = \"http://a:1\"\n",
            "peers.bets: the text \"http://a:1\" stands where a list belongs (from file FILE)",
        ),
    ] {
        let wanted = format!("the configuration is not valid: {told}");
        assert_eq!(configured(directory.path(), text), wanted, "{text}");
    }
    let told = configured(directory.path(), "[http\n");
    assert!(told.contains("line 1, column 6: it is no TOML"), "{told}");
}
