//! The metric source against a real Prometheus, and a trial of what it keeps.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value as Json;
use verdict_adapters::prometheus::{Options, Prometheus};
use verdict_e2e::servers;
use verdict_kernel::clock::Clock;
use verdict_runtime::clock::SystemClock;
use verdict_runtime::source::{MetricSource, Sample, SourceError, Steps, Told, only};

use crate::process::verdict;

const MINUTE: Duration = Duration::from_mins(1);

/// The beginning of the hour three days before now: it is kept, and nothing of it is still being written.
fn begin() -> Timestamp {
    let now = SystemClock::start().now().as_second();
    Timestamp::from_second(now - now.rem_euclid(3_600) - 3 * 24 * 3_600).unwrap()
}

/// So many minutes from the beginning on, by what each of them measured.
fn minutes(begin: Timestamp, values: impl IntoIterator<Item = f64>) -> Vec<(i64, f64)> {
    (0..).zip(values).map(|(minute, value)| (begin.as_second() + minute * 60, value)).collect()
}

fn after(begin: Timestamp, minutes: i64) -> Timestamp {
    begin + SignedDuration::from_mins(minutes)
}

/// Fine but for minutes 100 to 119 and 500 to 504.
fn errors() -> impl Iterator<Item = f64> {
    (0..600).map(|minute| if matches!(minute, 100..120 | 500..505) { 0.5 } else { 0.01 })
}

async fn range(
    source: &Prometheus,
    query: &str,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Sample>, SourceError> {
    let steps = Steps::within(from, to, MINUTE).unwrap();
    let Told { answer, .. } = source.range(query, steps).await?;
    only(query, answer).map(|only| only.samples)
}

#[tokio::test]
async fn a_past_is_read_as_it_was_written() {
    let begin = begin();
    // Longer than one question takes, at the step that was written.
    let long =
        (0..12_000).map(|second| (begin.as_second() + second * 5, f64::from(u32::try_from(second).unwrap())));
    let nan = minutes(begin, [0.0, 1.0, 0.0]);
    let pasts = [
        ("errors{job=\"web\"}", minutes(begin, errors())),
        ("long", long.clone().collect()),
        ("parts{pod=\"a\"}", minutes(begin, [1.0])),
        ("parts{pod=\"b\"}", minutes(begin, [2.0])),
        ("part", nan),
    ];
    let Some(server) = servers::available(servers::prometheus(&pasts).await) else { return };
    let source = Prometheus::new(Options::at(&server.url)).unwrap();

    let read = range(&source, "errors", begin, after(begin, 599)).await.unwrap();
    let written: Vec<Sample> =
        (0..).zip(errors()).map(|(minute, value)| Sample { at: after(begin, minute), value }).collect();
    assert_eq!(read, written);

    let steps =
        Steps::within(begin, begin + SignedDuration::from_secs(59_995), Duration::from_secs(5)).unwrap();
    let Told { answer, .. } = source.range("long", steps).await.unwrap();
    let read: Vec<(i64, f64)> = answer[0].samples.iter().map(|it| (it.at.as_second(), it.value)).collect();
    assert_eq!(read, long.collect::<Vec<_>>());

    // 0/0 is no data.
    let ratio = range(&source, "part / part", begin, after(begin, 2)).await.unwrap();
    assert_eq!(ratio, [Sample { at: after(begin, 1), value: 1.0 }]);
    let error = range(&source, "parts", begin, after(begin, 1)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "'parts' finds 2 series where one is meant: {__name__=\"parts\", pod=\"a\"}, {__name__=\"parts\", pod=\"b\"}"
    );
    let error = range(&source, "nothing", begin, after(begin, 1)).await.unwrap_err();
    assert_eq!(error, SourceError::NoData { query: "nothing".to_owned() });
    for query in ["errors{", "\"a text\"", "errors[5m]", "no_such_function(errors)"] {
        let error = range(&source, query, begin, after(begin, 1)).await.unwrap_err();
        assert!(matches!(error, SourceError::Refused { .. }), "{query}: {error:?}");
    }
}

#[tokio::test]
async fn an_instant_is_as_of_its_sample_for_as_long_as_it_is_shown() {
    let begin = begin();
    let pasts = [("errors", minutes(begin, errors()))];
    let Some(server) = servers::available(servers::prometheus(&pasts).await) else { return };
    let source = Prometheus::new(Options::at(&server.url)).unwrap();
    // The server shows the last sample for five minutes after the exporter has died.
    let Told { answer, .. } = source.instant("errors", after(begin, 603)).await.unwrap();
    assert_eq!(answer, Sample { at: after(begin, 599), value: 0.01 });
    let error = source.instant("errors", after(begin, 605)).await.unwrap_err();
    assert_eq!(error, SourceError::NoData { query: "errors".to_owned() });
    let below = Prometheus::new(Options::at(&format!("{}/graph", server.url))).unwrap();
    let error = below.instant("errors", after(begin, 603)).await.unwrap_err();
    assert!(error.is_away() && error.to_string().contains("no Prometheus API"), "{error}");
}

#[tokio::test]
async fn a_trial_of_prometheus_is_a_trial_of_the_same_series_in_a_file() {
    let begin = begin();
    let firing = (103..125).map(|minute| (after(begin, minute).as_second(), 1.0)).collect();
    let deployed = vec![(after(begin, 495).as_second(), 1.0)];
    let pasts = [
        ("ALERTS{alertname=\"High\",alertstate=\"firing\"}", firing),
        ("deployed{version=\"42\"}", deployed),
        ("errors{job=\"web\"}", minutes(begin, errors())),
    ];
    let Some(server) = servers::available(servers::prometheus(&pasts).await) else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("errors.csv");
    let row = |(minute, value): (i64, f64)| format!("{},{value}", after(begin, minute));
    let rows: Vec<String> = (0..).zip(errors()).map(row).collect();
    std::fs::write(&file, rows.join("\n")).unwrap();
    let (from, to) = (begin.to_string(), after(begin, 599).to_string());
    let rule = ["--above", "0.02", "--for", "5", "-o", "json"];
    let of_file = told(&[&["--csv", &file.to_string_lossy()], &rule[..]].concat());
    let asked = ["--prometheus", &server.url, "--query", "errors", "--from", &from, "--to", &to];
    let of_server = told(&[&asked[..], &rule].concat());
    assert_eq!(of_server["breaches"], of_file["breaches"]);
    assert_eq!(of_server["neighbours"], of_file["neighbours"]);
    assert_eq!(of_server["counts"]["breaches"], 2);

    let known = ["--alerts", "High", "--annotations", "deployed"];
    let judged = told(&[&asked[..], &known, &rule].concat());
    let field = |field: &str| {
        judged["breaches"].as_array().unwrap().iter().map(|it| it[field].clone()).collect::<Vec<_>>()
    };
    assert_eq!(field("judgement"), ["right", "unknown"]);
    assert_eq!(field("incident"), [Json::from("High"), Json::Null]);
    assert!(field("deploy")[1].as_str().unwrap().contains("42"), "{judged}");

    for (query, code, wanted) in [
        ("nothing", 4, "finds nothing"),
        ("{__name__=~\".+\"}", 4, "series where one is meant"),
        ("errors{", 4, "refuses"),
    ] {
        let words =
            [&["trial", "--prometheus", &server.url, "--query", query], &asked[4..], &rule[..]].concat();
        let output = verdict(&words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(wanted), "{said}");
    }
}

/// The answer of `verdict trial`.
fn told(words: &[&str]) -> Json {
    let output = verdict(&[&["trial"], words].concat());
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}
