//! Lines as they are typed, and what is printed.

use std::path::PathBuf;

use serde_json::Value as Json;
use tempfile::TempDir;
use verdict_documents::{Spec, read};

use super::*;
use crate::cli::{Cli, carry_out};

mod nab;

/// What a line prints, or why it does not.
fn printed(words: &[&str]) -> Result<String, String> {
    let line = ["verdict", "trial"].iter().chain(words);
    let cli = Cli::try_parse_from(line).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    carry_out(cli, &mut out).map_err(|failure| failure.to_string())?;
    String::from_utf8(out).map_err(|error| error.to_string())
}

fn json(words: &[&str]) -> Json {
    serde_json::from_str(&printed(&[words, &["-o", "json"]].concat()).unwrap()).unwrap()
}

/// Files of a test, by their names.
struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self(folder)
    }

    fn at(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }
}

/// A minute for each value, from 09:01 on.
fn series(values: &[f64]) -> String {
    let row = |(minute, value): (usize, &f64)| format!("2026-03-02T09:{minute:02}:00Z,{value}\n");
    let rows: String = (1..).zip(values).map(row).collect();
    format!("timestamp,value\n{rows}")
}

const BROKEN: [f64; 10] = [0.1, 0.6, 0.7, 0.9, 0.1, 0.1, 0.6, 0.6, 0.6, 0.6];

/// What a trial of this file says is wrong.
fn wrong(text: &[u8], words: &[&str]) -> String {
    let files = Files::new(&[("series.csv", text)]);
    let series = files.at("series.csv");
    let line = [&["--csv", &series, "--above", "0.5"], words].concat();
    printed(&line).unwrap_err().replace(&series, "FILE")
}

#[test]
fn a_trial_of_the_example_says_what_would_have_broken_and_whether_it_was_right() {
    let examples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples");
    let file = |name: &str| examples.join(name).display().to_string();
    let series = file("checkout_errors.csv");
    let (incidents, deploys) = (file("incidents.csv"), file("deploys.csv"));
    let words = ["--csv", &series, "--above", "0.02", "--incidents", &incidents, "--deploys", &deploys];
    let text = printed(&words).unwrap().replace(&series, "checkout_errors.csv");
    let document = include_str!("../../../../../docs/trial.md");
    let shown = document.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let shown = shown.replace("docs/examples/checkout_errors.csv", "checkout_errors.csv");
    assert_eq!(text.trim_end(), shown.trim_end());
}

#[test]
fn a_breach_has_its_time_its_worst_value_and_how_long_it_lasted() {
    let files = Files::new(&[("series.csv", series(&BROKEN).as_bytes())]);
    let series = files.at("series.csv");
    let told = json(&["--csv", &series, "--above", "0.5"]);
    let breach = &told["breaches"][0];
    let fields = ["began", "breached", "ended", "lasted_seconds", "worst", "windows", "judgement"];
    let seen: Vec<String> = fields.iter().map(|field| breach[field].to_string()).collect();
    let wanted = [
        "\"2026-03-02T09:01:00Z\"",
        "\"2026-03-02T09:04:00Z\"",
        "\"2026-03-02T09:05:00Z\"",
        "240.0",
        "0.9",
        "3",
        "\"unknown\"",
    ];
    assert_eq!(seen, wanted);
    assert_eq!(told["breaches"][1]["ended"], Json::Null);
    assert_eq!(told["counts"]["missed_incidents"], Json::Null);
    assert_eq!(
        printed(&["--csv", &series, "--above", "0.5", "-o", "name"]).unwrap(),
        "2026-03-02T09:04:00Z\n2026-03-02T09:09:00Z\n"
    );
    assert_eq!(json(&["--csv", &series, "--below", "0.05", "--for", "1"])["counts"]["breaches"], 0);
    assert_eq!(json(&["--csv", &series, "--above", "0.5", "--for", "4m"])["counts"]["breaches"], 1);
}

#[test]
fn a_period_and_longer_windows_are_part_of_the_series() {
    let files = Files::new(&[("series.csv", series(&BROKEN).as_bytes())]);
    let series = files.at("series.csv");
    let breaches = |words: &[&str]| {
        json(&[&["--csv", series.as_str(), "--above", "0.5"], words].concat())["counts"]["breaches"].clone()
    };
    assert_eq!(breaches(&["--since", "5m"]), 1);
    assert_eq!(breaches(&["--to", "2026-03-02T09:06:00Z"]), 1);
    assert_eq!(breaches(&["--from", "2026-03-02T09:08:00Z"]), 1);
    // Of plain values the worst of a window counts.
    assert_eq!(breaches(&["--step", "5m", "--for", "2"]), 1);
}

#[test]
fn a_file_may_be_packed_and_its_times_written_otherwise() {
    let rows = "2026-03-02 09:01:00,0.6\n1772442120,0.6\n2026-03-02T10:03:00+01:00,0.6\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(rows.as_bytes()).unwrap();
    for bytes in [rows.as_bytes(), &packed.finish().unwrap()] {
        let files = Files::new(&[("series.csv", bytes)]);
        let told = json(&["--csv", &files.at("series.csv"), "--above", "0.5"]);
        assert_eq!(told["breaches"][0]["breached"], "2026-03-02T09:03:00Z");
    }
}

#[test]
fn a_row_without_a_number_is_no_data_and_told() {
    let text = "2026-03-02T09:01:00Z,0.6\n2026-03-02T09:02:00Z,NaN\n2026-03-02T09:03:00Z,\n2026-03-02T09:04:00Z,0.6\n";
    let files = Files::new(&[("series.csv", text.as_bytes())]);
    let told = json(&["--csv", &files.at("series.csv"), "--above", "0.5", "--for", "2"]);
    assert_eq!(told["windows"], 2);
    assert_eq!(told["warnings"][0], "2 rows without a number are no data");
}

#[test]
fn what_cannot_be_read_is_named_by_line_and_column() {
    for (text, wanted) in [
        (&b""[..], "FILE: holds no row"),
        (b"timestamp,value\n", "FILE: holds no row"),
        (b"2026-03-02T09:01:00Z,1\n", "FILE: fewer than two rows in the period"),
        (b"timestamp,value\nyesterday,1\n", "FILE: line 2, column 1: 'yesterday' is no time"),
        (b"2026-03-02T09:01:00Z, high\n", "FILE: line 1, column 23: 'high' is no number"),
        (b"2026-03-02T09:01:00Z\n", "FILE: line 1: give timestamp,value"),
        (b"2026-03-02T09:01:00Z,1,2\n", "FILE: line 1: give timestamp,value"),
        (b"2026-03-02T09:01:00Z,1\n\xff\n", "FILE: line 2, column 1: this is no text in UTF-8"),
        (
            b"2026-03-02T09:01:00Z,1\n2026-03-02T09:01:00Z,1\n",
            "FILE: line 2: its time stands twice, first in line 1",
        ),
        (
            b"2026-03-02T09:02:00Z,1\n\n2026-03-02T09:01:00Z,1\n",
            "FILE: line 3: its time is before that of line 1",
        ),
        (b"2026-03-02T09:01:00Z,NaN\n2026-03-02T09:02:00Z,NaN\n", "FILE: no number in the period"),
    ] {
        let said = wrong(text, &[]);
        assert!(said.starts_with(wanted), "{said}\nis not\n{wanted}");
    }
    assert!(
        printed(&["--csv", "/nowhere/series.csv", "--above", "1"])
            .unwrap_err()
            .starts_with("/nowhere/series.csv: ")
    );
}

#[test]
fn rows_that_stand_twice_or_go_back_are_left_out_on_demand_and_counted() {
    let text =
        "2026-03-02T09:01:00Z,1\n2026-03-02T09:02:00Z,1\n2026-03-02T09:02:00Z,9\n2026-03-02T09:00:00Z,9\n";
    let files = Files::new(&[("series.csv", text.as_bytes())]);
    let told =
        json(&["--csv", &files.at("series.csv"), "--above", "5", "--for", "1", "--leave-out-unordered"]);
    assert_eq!(told["warnings"][0], "2 rows left out: their time stands twice or goes back");
    assert_eq!(told["counts"]["breaches"], 0);
}

#[test]
fn a_rule_that_does_not_fit_the_series_is_refused() {
    let text = series(&BROKEN);
    for (words, wanted) in [
        (&["--for", "30s"][..], "a window of 1m is longer than the rule, --for 30s"),
        (&["--step", "1h", "--for", "10m"], "a window of 1h is longer than the rule, --for 10m"),
        (&["--for", "11"], "the rule looks at 11 windows of 1m, and the period has 10"),
        (&["--for", "2d"], "--for 2d is more than 1000 windows of 1m"),
        (&["--from", "2027-01-01"], "FILE: fewer than two rows in the period"),
        (&["--from", "2026-03-03", "--to", "2026-03-02"], "the period ends before it begins"),
        (&["--incidents", "/nowhere"], "/nowhere: "),
    ] {
        let said = wrong(text.as_bytes(), words);
        assert!(said.starts_with(wanted), "{said}\nis not\n{wanted}");
    }
    for (words, wanted) in [
        (&["--for", "0"][..], "write 1 to 1000 windows"),
        (&["--for", "1.5"], "is no whole number"),
        (&["--step", "5"], "has no unit"),
        (&["--step", "1ms", "--to", "2026-03-02T10:00:00Z"], "windows are more than 600000"),
        (&["--step", "10us"], "is finer than a millisecond"),
        (&["--below", "1"], "cannot be used with"),
        (&["--document"], "--metric <KEY>"),
        (&["--query", "up"], "cannot be used with"),
    ] {
        let said = wrong(text.as_bytes(), words);
        assert!(said.contains(wanted), "{said}\ndoes not hold\n{wanted}");
    }
    assert!(printed(&["--above", "1"]).unwrap_err().contains("--csv <FILE>|--prometheus <URL>"));
    assert!(printed(&["--above", "1", "--prometheus", "http://host"]).unwrap_err().contains("--query"));
    let said = printed(&["--above", "1", "--prometheus", "host", "--query", "up"]).unwrap_err();
    assert!(said.starts_with("'host' is no address"), "{said}");
}

#[test]
fn files_of_what_is_known_are_read_with_their_places() {
    let files = Files::new(&[("series.csv", series(&BROKEN).as_bytes())]);
    let series = files.at("series.csv");
    for (option, text, wanted) in [
        ("--incidents", "2026-03-02T09:01:00Z\n", "line 1: give began,ended,name"),
        ("--incidents", "began,ended\n2026-03-02T09:02:00Z,2026-03-02T09:01:00Z\n", "line 2, column 22: "),
        ("--deploys", "time,name\nnow,v1\n", "line 2, column 1: 'now' is no time"),
    ] {
        let known = Files::new(&[("known.csv", text.as_bytes())]);
        let said =
            printed(&["--csv", &series, "--above", "0.5", option, &known.at("known.csv")]).unwrap_err();
        assert!(said.contains(wanted), "{said}\ndoes not hold\n{wanted}");
    }
    let text = "2026-03-02T09:04:00Z,,\"Errors, many\"\n";
    let known = Files::new(&[("known.csv", text.as_bytes())]);
    let told = json(&[
        "--csv",
        &series,
        "--above",
        "0.5",
        "--incidents",
        &known.at("known.csv"),
        "--tolerance",
        "1s",
    ]);
    assert_eq!(told["breaches"][1]["incident"], "Errors, many");
    assert_eq!(told["counts"]["right"], 2);
    assert_eq!(told["counts"]["missed_incidents"], 0);
}

#[test]
fn the_guardrail_as_a_document_is_in_shadow_and_can_be_read() {
    let files = Files::new(&[("series.csv", series(&BROKEN).as_bytes())]);
    let series = files.at("series.csv");
    let line = [
        "--csv",
        &series,
        "--above",
        "0.5",
        "--document",
        "--metric",
        "cart_errors",
        "--rollout",
        "saved-carts",
    ];
    let text = printed(&line).unwrap();
    let reading = read("printed", &text);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    let Spec::MetricDefinition(spec) = &reading.documents[0].document.spec else { panic!("{text}") };
    let guardrail = &spec.guardrails[0];
    assert_eq!(guardrail.effect, verdict_documents::metric::Effect::Shadow);
    assert_eq!(guardrail.fails_above.as_ref().map(verdict_documents::Decimal::as_str), Some("0.5"));
    assert_eq!((guardrail.for_points, spec.refresh_seconds), (3, Some(60)));
    let wrong = ["--csv", &series, "--above", "0.5", "--document", "--metric", "no key", "--rollout", "r"];
    assert!(printed(&wrong).unwrap_err().contains("a key"));
}

#[test]
fn a_picture_holds_the_series_and_every_breach() {
    let files = Files::new(&[("series.csv", series(&BROKEN).as_bytes())]);
    let (series, picture) = (files.at("series.csv"), files.at("picture.svg"));
    printed(&["--csv", &series, "--above", "0.5", "--svg", &picture]).unwrap();
    let picture = std::fs::read_to_string(picture).unwrap();
    assert_eq!(picture.matches("<rect class=\"unknown\"").count(), 2);
    assert!(picture.starts_with("<svg ") && picture.contains("class=\"line\" d=\"M"));
}

#[test]
fn the_next_line_makes_the_guardrail_of_what_was_tried() {
    let files = Files::new(&[("my series.csv", series(&BROKEN).as_bytes())]);
    let series = files.at("my series.csv");
    let told = json(&["--csv", &series, "--above", "0.5", "--for", "3m", "--step", "90s"]);
    let next = told["next"].as_str().unwrap();
    let wanted = format!(
        "verdict trial --csv '{series}' --above 0.5 --for 2 --step 1m30s --document --metric <key> --rollout <key>"
    );
    assert_eq!(next, wanted);
}
