//! What is known of the past: incidents and deploys from files, alerts and annotations from Prometheus.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use verdict_kernel::clock::{between, plus};
use verdict_metrics_domain::replay::record::{Deploy, Incident, Record, Span};
use verdict_runtime::source::{Series, Steps, Told, named};

use super::past::Past;
use super::{csv, length};
use crate::cli::output::Failure;

/// Where it is known from.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is known of the past")]
pub(super) struct Sources {
    /// CSV file with began,ended,name: every incident of the period. An end that is left out is still to come
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) incidents: Option<PathBuf>,
    /// The history of an alert in Prometheus, by its name or as a selector of ALERTS
    #[arg(long, value_name = "NAME|SELECTOR", requires = "prometheus", conflicts_with = "csv")]
    pub(super) alerts: Option<String>,
    /// CSV file with time,name: what was deployed when
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) deploys: Option<PathBuf>,
    /// A query of Prometheus that finds something at each deploy, as of an annotation
    #[arg(long, value_name = "PROMQL", requires = "prometheus", conflicts_with = "csv")]
    pub(super) annotations: Option<String>,
    /// By how much breaches, incidents and deploys that belong together may lie apart
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = length)]
    pub(super) tolerance: Duration,
}

/// Everything that they know of the period.
pub(super) async fn read(sources: &Sources, past: &mut Past) -> Result<Record, Failure> {
    let mut record =
        Record { incidents: Vec::new(), known: None, deploys: Vec::new(), tolerance: sources.tolerance };
    if let Some(file) = &sources.incidents {
        let name = csv::name(file);
        record.incidents.extend(incidents(&name, &csv::text(file)?, past.period.to)?);
        record.known = Some(past.period);
    }
    if let Some(alert) = &sources.alerts {
        let fired = alerts(&selector(alert), past).await?;
        if fired.is_empty() {
            // One that is spelt wrongly fires as seldom as one that had no reason to.
            past.warnings.push(format!("no alert '{alert}' fired in the period: it judges no breach"));
        } else {
            record.incidents.extend(fired);
            record.known = Some(past.period);
        }
    }
    if let Some(file) = &sources.deploys {
        let name = csv::name(file);
        record.deploys.extend(deploys(&name, &csv::text(file)?)?);
    }
    if let Some(query) = &sources.annotations {
        let marked = runs(query, past).await?;
        record.deploys.extend(marked.into_iter().map(|(name, span)| Deploy { name, at: span.from }));
    }
    record.incidents.sort_by(|a, b| (a.began, a.ended, &a.name).cmp(&(b.began, b.ended, &b.name)));
    record.deploys.sort_by(|a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));
    Ok(record)
}

fn incidents(file: &str, text: &str, until: Timestamp) -> Result<Vec<Incident>, Failure> {
    let of_row = |row: csv::Row<'_>| {
        let cells = row.cells(3);
        let [began, ended, rest @ ..] = cells.as_slice() else {
            return Err(row.wrong("give began,ended,name"));
        };
        let start = began.time()?;
        let end = if ended.text.is_empty() { until.max(start) } else { ended.time()? };
        if end < start {
            return Err(ended.wrong("is before the beginning"));
        }
        let name = rest.first().map_or_else(|| format!("incident of {start}"), |name| name.text.to_owned());
        Ok(Incident { name, began: start, ended: end })
    };
    csv::rows(file, text, &["began", "start", "from"]).into_iter().map(of_row).collect()
}

fn deploys(file: &str, text: &str) -> Result<Vec<Deploy>, Failure> {
    let of_row = |row: csv::Row<'_>| {
        let cells = row.cells(2);
        let [time, rest @ ..] = cells.as_slice() else {
            return Err(row.wrong("give time,name"));
        };
        let at = time.time()?;
        let name = rest.first().map_or_else(|| format!("deploy of {at}"), |name| name.text.to_owned());
        Ok(Deploy { name, at })
    };
    csv::rows(file, text, &["time", "timestamp", "at"]).into_iter().map(of_row).collect()
}

/// The series in which Prometheus keeps when an alert was firing.
fn selector(alert: &str) -> String {
    if alert.contains('{') {
        return alert.to_owned();
    }
    let name = alert.replace('\\', "\\\\").replace('"', "\\\"");
    format!("ALERTS{{alertname=\"{name}\",alertstate=\"firing\"}}")
}

async fn alerts(selector: &str, past: &Past) -> Result<Vec<Incident>, Failure> {
    let of_run = |(name, Span { from, to })| Incident { name, began: from, ended: to };
    Ok(runs(selector, past).await?.into_iter().map(of_run).collect())
}

/// The times at which a query finds something, series by series: steps in a row are one.
async fn runs(query: &str, past: &Past) -> Result<Vec<(String, Span)>, Failure> {
    let needs = || Failure::usage("--alerts and --annotations need --prometheus");
    let source = past.source.as_deref().ok_or_else(needs)?;
    let Some(steps) = Steps::within(past.period.from, past.period.to, past.step) else {
        return Ok(Vec::new());
    };
    let Told { answer, .. } = source.range(query, steps).await?;
    Ok(answer.iter().flat_map(|series| in_a_row(series, past.step)).collect())
}

fn in_a_row(series: &Series, step: Duration) -> Vec<(String, Span)> {
    let name = series.labels.get("alertname").cloned().unwrap_or_else(|| named(&series.labels));
    let near = |a: Timestamp, b: Timestamp| between(a, b) <= step + step / 2;
    let found: Vec<Timestamp> = series.samples.iter().filter(|it| it.value > 0.0).map(|it| it.at).collect();
    let span = |run: &[Timestamp]| Some(Span { from: *run.first()?, to: plus(*run.last()?, step) });
    let runs = found.chunk_by(|a, b| near(*a, *b));
    runs.filter_map(span).map(|span| (name.clone(), span)).collect()
}

#[cfg(test)]
mod tests {
    use verdict_runtime::source::Sample;

    use super::*;

    #[test]
    fn an_alert_is_asked_for_by_its_name_or_by_a_selector() {
        assert_eq!(selector("High\"Rate"), "ALERTS{alertname=\"High\\\"Rate\",alertstate=\"firing\"}");
        assert_eq!(selector("ALERTS{team=\"web\"}"), "ALERTS{team=\"web\"}");
    }

    #[test]
    fn steps_in_a_row_at_which_an_alert_was_firing_are_one_incident() {
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let samples =
            [(1, 1.0), (2, 1.0), (3, 0.0), (5, 1.0)].map(|(minute, value)| Sample { at: at(minute), value });
        let labels = [("alertname".to_owned(), "High".to_owned())].into();
        let series = Series { labels, samples: samples.to_vec() };
        let runs = in_a_row(&series, Duration::from_mins(1));
        let wanted =
            [(1, 3), (5, 6)].map(|(from, to)| ("High".to_owned(), Span { from: at(from), to: at(to) }));
        assert_eq!(runs, wanted);
    }
}
