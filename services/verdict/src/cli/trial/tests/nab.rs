//! Recorded series of servers with the windows in which a known fault shows (the Numenta Anomaly Benchmark), tried with one
//! rule made of their beginning. The data is not here: `VERDICT_NAB` names its folder. What it comes to stands in
//! `docs/trial.md`; with `UPDATE=1` it is written there.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use super::*;

/// Part of a series that says what is usual, and is not tried.
const USUAL: f64 = 0.15;
/// How many standard deviations above its mean are too much.
const ABOVE: f64 = 3.0;

const BEGIN: &str = "<!-- nab: begin -->\n";
const END: &str = "<!-- nab: end -->";

/// Names of files, each with the beginnings and ends of its faults.
type Faults = BTreeMap<String, Vec<(String, String)>>;

#[test]
fn the_table_of_recorded_series_is_what_a_trial_comes_to() {
    let Ok(folder) = std::env::var("VERDICT_NAB") else {
        println!("SKIPPED: VERDICT_NAB is not set");
        return;
    };
    let folder = Path::new(&folder);
    let faults: Faults =
        serde_json::from_slice(&std::fs::read(folder.join("windows.json")).unwrap()).unwrap();
    let mut table = "| series | above | faults | breaches | right | false | faults missed |\n|---|---|---|---|---|---|---|\n".to_owned();
    for (name, faults) in &faults {
        table.push_str(&row(folder, name, faults));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/trial.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(shown, table);
}

fn row(folder: &Path, name: &str, faults: &[(String, String)]) -> String {
    let series = folder.join(format!("{name}.gz"));
    let text = csv::text(&series).unwrap();
    let rows = csv::rows(name, &text, &["timestamp"]);
    let value = |row: &csv::Row<'_>| row.cells(2)[1].text.parse::<f64>().unwrap();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "of some thousands"
    )]
    let usual: Vec<f64> = rows.iter().take((rows.len() as f64 * USUAL) as usize).map(value).collect();
    let above = format!("{:.3e}", bound(&usual)).parse::<f64>().unwrap().to_string();
    let first = rows[usual.len()].cells(2)[0];
    let from = first.time().unwrap().to_string();
    // Both are written alike, the largest part first.
    let tried = faults.iter().filter(|(_, ended)| ended.as_str() >= first.text).count();
    let mut known = String::new();
    for (began, ended) in faults {
        writeln!(known, "{began},{ended}").unwrap();
    }
    let files = Files::new(&[("faults.csv", known.as_bytes())]);
    let (series, incidents) = (series.display().to_string(), files.at("faults.csv"));
    let told = json(&[
        "--csv",
        &series,
        "--leave-out-unordered",
        "--from",
        &from,
        "--above",
        &above,
        "--for",
        "3",
        "--incidents",
        &incidents,
    ]);
    let counts = &told["counts"];
    let name = name.trim_end_matches(".csv");
    format!(
        "| {name} | {above} | {} | {} | {} | {} | {} |\n",
        tried, counts["breaches"], counts["right"], counts["false"], counts["missed_incidents"]
    )
}

#[expect(clippy::cast_precision_loss, reason = "of some thousands")]
fn bound(usual: &[f64]) -> f64 {
    let count = usual.len() as f64;
    let mean = usual.iter().sum::<f64>() / count;
    let variance = usual.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    mean + ABOVE * variance.sqrt()
}
