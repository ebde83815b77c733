//! Which rows may come in: those of metrics that are defined and of rollouts that are not over.

use verdict_kernel::id::RolloutId;
use verdict_metrics_domain::metric::State;
use verdict_runtime::observations::Row;
use verdict_runtime::problem::{Code, Problem};

use super::body::field;
use crate::board::View;

/// The first row that may not come in.
pub(super) fn check(view: &View, rows: &[Row]) -> Result<(), Problem> {
    let mut each = rows.iter().enumerate();
    each.try_for_each(|(index, row)| metric(view, index, row).and_then(|()| rollout(view, index, row)))
}

fn metric(view: &View, index: usize, row: &Row) -> Result<(), Problem> {
    let key = &row.key.metric;
    let unknown = |detail: String| Problem::field(Code::UnknownMetric, field(index, "metric"), detail);
    match view.metrics.by_key(&row.key.org, key).map(|entry| &entry.state) {
        Some(State::Live(..)) => Ok(()),
        Some(State::Retired(..)) => Err(unknown(format!("row {index}: the metric '{key}' is retired"))
            .hint(format!("verdict metric restore {key}"))),
        Some(State::Undefined) | None => Err(unknown(format!("row {index}: no metric has the key '{key}'"))
            .hint(format!("verdict metric define --key {key} --type <type> --good <direction>"))),
    }
}

fn rollout(view: &View, index: usize, row: &Row) -> Result<(), Problem> {
    let Some(id) = &row.labels.rollout else {
        return Ok(());
    };
    let at = |code, detail: String| Problem::field(code, field(index, "rollout"), detail);
    let known =
        id.parse::<RolloutId>().map_err(|error| at(Code::InvalidId, format!("row {index}: {error}")))?;
    match view.rollouts.get(known) {
        Some(entry) if entry.org != row.key.org => {
            Err(at(Code::NotFound, format!("row {index}: there is no rollout {id}")))
        }
        Some(entry) if entry.is_finished() => {
            Err(at(Code::RolloutFinished, format!("row {index}: the rollout {id} is finished")))
        }
        Some(_) => Ok(()),
        None => Err(at(Code::NotFound, format!("row {index}: there is no rollout {id}"))),
    }
}
