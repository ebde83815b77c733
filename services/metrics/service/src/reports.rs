//! Observations as an evaluation sees them: reports of sources about windows.

use verdict_kernel::clock::Timestamp;
use verdict_metrics_domain::evaluation::Point;
use verdict_metrics_domain::metric::Definition;
use verdict_metrics_domain::points::{self, Amount, Report};
use verdict_runtime::observations::{Measure, ObservationStore, Query, Row, StoreError};

/// Rows that are read to know what a metric came to last.
const LATEST: usize = 128;

/// What the row reports.
pub(crate) fn of_row(row: &Row) -> Report {
    Report {
        source: row.key.source.clone(),
        arm: row.key.arm.clone(),
        window_start: row.key.window_start,
        window_end: row.key.window_end,
        received_at: row.received_at,
        amount: amount(row.measure),
    }
}

fn amount(measure: Measure) -> Amount {
    let Measure { count, sum, min, max, plain, .. } = measure;
    if plain { Amount::Plain(measure.mean()) } else { Amount::Summed { count, sum, min, max } }
}

/// Whether the row is of the arm that never counts for a threshold.
pub(crate) fn is_control(row: &Row) -> bool {
    row.key.arm == points::CONTROL
}

/// What the sources of a metric came to last, control apart, by the same points as a guardrail's.
pub(crate) async fn newest_point(
    store: &dyn ObservationStore,
    org: &str,
    definition: &Definition,
    now: Timestamp,
) -> Result<Option<Point>, StoreError> {
    let rows = store.last(&Query::all(org, &definition.key), None, LATEST).await?;
    let reports: Vec<Report> = rows.iter().filter(|row| !is_control(row)).map(of_row).collect();
    Ok(points::newest(definition, &reports, now))
}
