//! What a trial comes to, as people read it.

use std::io::Write;
use std::time::Duration;

use jiff::fmt::friendly::{Designator, Spacing, SpanPrinter};
use jiff::{SignedDuration, Timestamp};
use verdict_metrics_domain::evaluation::{Rule, Terms};
use verdict_metrics_domain::replay::record::Span;

use super::outcome::{Broken, Counts, Neighbour, Outcome};
use super::past::Past;
use super::sparkline;
use crate::cli::output::{self, Failure, Format, escaped, table};

/// Columns of the line that is drawn.
const WIDTH: u32 = 72;

/// Prints it.
pub(super) fn show(
    outcome: &Outcome,
    terms: &Terms,
    past: &Past,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match format {
        Format::Json | Format::Yaml => return output::document(out, format, outcome),
        Format::Name => {
            for breach in &outcome.breaches {
                writeln!(out, "{}", breach.breached)?;
            }
            return Ok(());
        }
        Format::Table | Format::Wide => {}
    }
    writeln!(out, "{}", summary(outcome))?;
    for warning in &outcome.warnings {
        writeln!(out, "warning: {}", escaped(warning))?;
    }
    writeln!(out)?;
    drawn(outcome, terms, past, out)?;
    if !outcome.breaches.is_empty() {
        breaches(outcome, format == Format::Wide, out)?;
        writeln!(out)?;
    }
    missed(outcome, out)?;
    beside(outcome, terms, out)?;
    writeln!(out, "\nnext: {}", outcome.next)?;
    Ok(())
}

fn summary(outcome: &Outcome) -> String {
    let Outcome { series, rule, from, to, windows, silences, counts, .. } = outcome;
    let Counts { breaches, right, wrong, unknown, missed_incidents } = counts;
    let broken = match breaches {
        0 => "would not have breached".to_owned(),
        1 => "would have breached once".to_owned(),
        more => format!("would have breached {more} times"),
    };
    let judged = if *breaches == 0 {
        String::new()
    } else {
        format!(": {right} right, {wrong} false, {unknown} unknown")
    };
    let missed = match missed_incidents {
        None | Some(0) => String::new(),
        Some(1) => "; 1 incident missed".to_owned(),
        Some(more) => format!("; {more} incidents missed"),
    };
    let silent = match silences {
        0 => String::new(),
        1 => ", once without data for longer than two of them".to_owned(),
        more => format!(", {more} times without data for longer than two of them"),
    };
    format!(
        "'{}' {rule}, {windows} windows from {} to {}{silent}: {broken}{judged}{missed}",
        escaped(series),
        minute(*from),
        minute(*to)
    )
}

fn drawn(outcome: &Outcome, terms: &Terms, past: &Past, out: &mut dyn Write) -> Result<(), Failure> {
    let Rule::Threshold(threshold) = &terms.rule;
    let worst = sparkline::worst(&past.series, past.period, WIDTH, threshold.comparison);
    writeln!(out, "{}", sparkline::line(&worst).trim_end())?;
    let spans: Vec<Span> = outcome
        .breaches
        .iter()
        .map(|it| Span { from: it.began, to: it.ended.unwrap_or(past.period.to) })
        .collect();
    if !spans.is_empty() {
        writeln!(out, "{}", sparkline::marks(&spans, past.period, WIDTH, '^'))?;
    }
    writeln!(out)?;
    Ok(())
}

fn breaches(outcome: &Outcome, wide: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let mut head = vec!["BREACHED", "LASTED", "WORST", "WINDOWS", "JUDGEMENT", "BECAUSE"];
    if wide {
        head.extend(["BEGAN", "ENDED"]);
    }
    let row = |breach: &Broken| {
        let mut cells = vec![
            minute(breach.breached),
            lasting(Duration::try_from_secs_f64(breach.lasted_seconds).unwrap_or(Duration::MAX)),
            breach.worst.to_string(),
            breach.windows.to_string(),
            breach.judgement.to_owned(),
            because(breach),
        ];
        if wide {
            cells.extend([minute(breach.began), breach.ended.map_or_else(|| "still".to_owned(), minute)]);
        }
        cells
    };
    table(out, &head, &outcome.breaches.iter().map(row).collect::<Vec<_>>())
}

fn because(breach: &Broken) -> String {
    let deploy = breach.deploy.as_ref().map(|deploy| {
        let before = breach.deployed_seconds_before.unwrap_or_default();
        let before = Duration::try_from_secs_f64(before).unwrap_or(Duration::MAX);
        format!("deploy {deploy} {} before it began", lasting(before))
    });
    let incident = breach.incident.as_ref().map(|incident| format!("incident {incident}"));
    let said: Vec<String> = incident.into_iter().chain(deploy).collect();
    match (said.is_empty(), breach.judgement) {
        (false, _) => said.join(", "),
        (true, "false") => "no incident meanwhile".to_owned(),
        (true, _) => "no record of incidents".to_owned(),
    }
}

fn missed(outcome: &Outcome, out: &mut dyn Write) -> Result<(), Failure> {
    if outcome.missed.is_empty() {
        return Ok(());
    }
    let row = |missed: &super::outcome::Missed| {
        vec![missed.name.clone(), minute(missed.began), minute(missed.ended)]
    };
    let rows: Vec<_> = outcome.missed.iter().map(row).collect();
    table(out, &["MISSED INCIDENT", "BEGAN", "ENDED"], &rows)?;
    writeln!(out)?;
    Ok(())
}

/// The rule itself stands among its neighbours, with a mark.
fn beside(outcome: &Outcome, terms: &Terms, out: &mut dyn Write) -> Result<(), Failure> {
    let Rule::Threshold(threshold) = &terms.rule;
    let (value, length) = (threshold.value.get(), threshold.for_points.get());
    let itself = Neighbour { threshold: value, for_windows: length, counts: outcome.counts };
    let mut all: Vec<(&Neighbour, &str)> = outcome.neighbours.iter().map(|beside| (beside, "")).collect();
    all.push((&itself, " <"));
    all.sort_by(|(a, _), (b, _)| a.threshold.total_cmp(&b.threshold).then(a.for_windows.cmp(&b.for_windows)));
    let row = |(Neighbour { threshold, for_windows, counts }, mark): &(&Neighbour, &str)| {
        let Counts { breaches, right, wrong, unknown, missed_incidents } = counts;
        let missed = missed_incidents.map_or_else(|| "-".to_owned(), |missed| missed.to_string());
        let [breaches, right, wrong, unknown] = [breaches, right, wrong, unknown].map(ToString::to_string);
        vec![
            threshold.to_string(),
            for_windows.to_string(),
            breaches,
            right,
            wrong,
            unknown,
            format!("{missed}{mark}"),
        ]
    };
    let head = ["THRESHOLD", "FOR", "BREACHES", "RIGHT", "FALSE", "UNKNOWN", "MISSED"];
    table(out, &head, &all.iter().map(row).collect::<Vec<_>>())
}

/// A time to the second, or to the minute where it is a whole one.
pub(in crate::cli) fn minute(at: Timestamp) -> String {
    let text = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    text.strip_suffix(":00Z").map_or_else(|| text.clone(), |minute| format!("{minute}Z"))
}

/// How long something is, for a person: `2h 5m`.
pub(in crate::cli) fn lasting(duration: Duration) -> String {
    written(duration, Spacing::BetweenUnits)
}

/// The same as one word that is read back: `2h5m`.
pub(super) fn exact(duration: Duration) -> String {
    written(duration, Spacing::None)
}

fn written(duration: Duration, spacing: Spacing) -> String {
    let duration = SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
    let printer = SpanPrinter::new().designator(Designator::Compact).spacing(spacing);
    let days = duration.as_hours() / 24;
    let rest = duration.saturating_sub(SignedDuration::from_hours(days.saturating_mul(24)));
    let between = if matches!(spacing, Spacing::None) { "" } else { " " };
    match (days, rest.is_zero()) {
        (0, _) => printer.duration_to_string(&rest),
        (days, true) => format!("{days}d"),
        (days, false) => format!("{days}d{between}{}", printer.duration_to_string(&rest)),
    }
}
