//! Observations as one replica hands them to another.

use jiff::Timestamp;
use verdict_kernel::value::Value;
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::observations::{Key, Labels, Measure, Row};
use verdict_runtime::problem::{Code, Problem};

/// The row as it travels. Nothing of it is lost: the reader judges exactly what was stored.
pub(crate) fn encode(row: &Row) -> pb::ObservedRow {
    let Row { key, measure, labels, received_at } = row.clone();
    pb::ObservedRow {
        org: key.org,
        metric: key.metric,
        source: key.source,
        window_start: key.window_start.to_string(),
        window_end: key.window_end.to_string(),
        count: measure.count,
        sum: measure.sum.get(),
        sum_of_squares: measure.sum_of_squares.get(),
        min: measure.min.get(),
        max: measure.max.get(),
        plain: measure.plain,
        rollout: labels.rollout,
        stage: labels.stage,
        arm: key.arm,
        received_at: received_at.to_string(),
    }
}

/// The row that travelled. Another replica has checked it: what cannot be read is a mistake of that replica.
pub(crate) fn decode(row: pb::ObservedRow) -> Result<Row, Problem> {
    Ok(Row {
        key: Key {
            org: row.org,
            metric: row.metric,
            window_end: time("window_end", &row.window_end)?,
            window_start: time("window_start", &row.window_start)?,
            source: row.source,
            arm: row.arm,
        },
        measure: Measure {
            count: row.count,
            sum: value("sum", row.sum)?,
            sum_of_squares: value("sum_of_squares", row.sum_of_squares)?,
            min: value("min", row.min)?,
            max: value("max", row.max)?,
            plain: row.plain,
        },
        labels: Labels { rollout: row.rollout, stage: row.stage },
        received_at: time("received_at", &row.received_at)?,
    })
}

fn time(field: &str, text: &str) -> Result<Timestamp, Problem> {
    text.parse().map_err(|error| Problem::field(Code::InvalidField, field, format!("'{text}': {error}")))
}

fn value(field: &str, number: f64) -> Result<Value, Problem> {
    Value::new(number).map_err(|error| Problem::field(Code::InvalidField, field, error.to_string()))
}

#[cfg(test)]
mod tests;
