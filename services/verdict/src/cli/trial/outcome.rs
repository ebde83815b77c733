//! What a trial comes to, as programs read it.

use jiff::Timestamp;
use serde::Serialize;
use verdict_kernel::clock::between;
use verdict_metrics_domain::evaluation::{Comparison, Rule, Terms, Threshold};
use verdict_metrics_domain::replay::neighbours::neighbours;
use verdict_metrics_domain::replay::record::{self, Record, Told};
use verdict_metrics_domain::replay::{self, Breach, replay};

use super::Trial;
use super::past::Past;
use crate::cli::output::escaped;

/// See the module.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Outcome {
    pub(super) series: String,
    pub(super) rule: String,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) step_seconds: f64,
    /// Windows with data.
    pub(super) windows: usize,
    /// How often the data stopped for so long that nothing could be said.
    pub(super) silences: usize,
    pub(super) counts: Counts,
    pub(super) breaches: Vec<Broken>,
    pub(super) missed: Vec<Missed>,
    pub(super) neighbours: Vec<Neighbour>,
    pub(super) warnings: Vec<String>,
    /// The command to go on with.
    pub(super) next: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    pub(super) breaches: usize,
    pub(super) right: usize,
    #[serde(rename = "false")]
    pub(super) wrong: usize,
    pub(super) unknown: usize,
    /// `None` = no incident is known of.
    pub(super) missed_incidents: Option<usize>,
}

/// A breach that would have been.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Broken {
    pub(super) began: Timestamp,
    pub(super) breached: Timestamp,
    pub(super) ended: Option<Timestamp>,
    pub(super) lasted_seconds: f64,
    pub(super) worst: f64,
    pub(super) windows: usize,
    pub(super) judgement: &'static str,
    pub(super) incident: Option<String>,
    pub(super) deploy: Option<String>,
    /// From the deploy to the beginning.
    pub(super) deployed_seconds_before: Option<f64>,
}

/// An incident during which nothing broke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Missed {
    pub(super) name: String,
    pub(super) began: Timestamp,
    pub(super) ended: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Neighbour {
    pub(super) threshold: f64,
    pub(super) for_windows: u32,
    pub(super) counts: Counts,
}

impl Outcome {
    pub(super) fn of(trial: &Trial, terms: &Terms, past: &Past, record: &Record) -> Self {
        let rows = replay::rows(&past.series, past.step);
        let until = past.period.to;
        let replayed = replay(terms, rows.iter().cloned(), until);
        let counts = |breaches: &[Breach]| {
            let known = record.known.is_some() || !record.incidents.is_empty();
            Counts::of(record.count(breaches, past.period), known)
        };
        let of_terms = |terms: Terms| {
            let Rule::Threshold(Threshold { value, for_points, .. }) = terms.rule;
            let breaches = replay(&terms, rows.iter().cloned(), until).breaches;
            Neighbour { threshold: value.get(), for_windows: for_points.get(), counts: counts(&breaches) }
        };
        let beside = neighbours(terms, past.series.iter().map(|(_, value)| *value));
        let missed = record.missed(&replayed.breaches, past.period);
        Self {
            series: past.name.clone(),
            rule: terms.rule.to_string(),
            from: past.period.from,
            to: until,
            step_seconds: past.step.as_secs_f64(),
            windows: replayed.points.len(),
            silences: replayed.silences,
            counts: counts(&replayed.breaches),
            breaches: replayed.breaches.iter().map(|it| Broken::of(it, record, until)).collect(),
            missed: missed.map(Missed::of).collect(),
            neighbours: beside.into_iter().map(of_terms).collect(),
            warnings: past.warnings.clone(),
            next: next(trial, terms),
        }
    }
}

impl Counts {
    const fn of(counts: record::Counts, known: bool) -> Self {
        let record::Counts { breaches, right, false_alarms, unknown, missed } = counts;
        let missed_incidents = if known { Some(missed) } else { None };
        Self { breaches, right, wrong: false_alarms, unknown, missed_incidents }
    }
}

impl Broken {
    fn of(breach: &Breach, record: &Record, until: Timestamp) -> Self {
        let &Breach { began, breached, ended, worst, windows } = breach;
        let Told { judgement, incident, deploy } = record.tell(breach, until);
        Self {
            began,
            breached,
            ended,
            lasted_seconds: between(began, ended.unwrap_or(until)).as_secs_f64(),
            worst: worst.get(),
            windows,
            judgement: judgement.as_str(),
            incident: incident.map(|incident| incident.name.clone()),
            deploy: deploy.map(|(deploy, _)| deploy.name.clone()),
            deployed_seconds_before: deploy.map(|(_, before)| before.as_secs_f64()),
        }
    }
}

impl Missed {
    fn of(incident: &record::Incident) -> Self {
        let record::Incident { name, began, ended } = incident.clone();
        Self { name, began, ended }
    }
}

/// The line that makes a guardrail of what was tried.
fn next(trial: &Trial, terms: &Terms) -> String {
    let Rule::Threshold(Threshold { comparison, value, for_points }) = &terms.rule;
    let side = match comparison {
        Comparison::Above => "above",
        Comparison::Below => "below",
    };
    let source = match (&trial.csv, &trial.prometheus.prometheus, &trial.prometheus.query) {
        (Some(file), ..) => format!("--csv {}", quoted(&file.to_string_lossy())),
        (None, url, query) => {
            let text = |text: &Option<String>| quoted(text.as_deref().unwrap_or_default());
            format!("--prometheus {} --query {}", text(url), text(query))
        }
    };
    let rule = format!("--{side} {value} --for {for_points}");
    let step = trial.step.map(|step| format!("--step {}", super::shown::exact(step)));
    let words = ["verdict trial".to_owned(), source, rule].into_iter().chain(step);
    let words = words.chain(["--document --metric <key> --rollout <key>".to_owned()]);
    words.collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=@%+".contains(letter);
    let word = escaped(word);
    if !word.is_empty() && word.chars().all(is_plain) {
        word
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
