//! The body of an ingest request, read by hand so that every mistake names its row and its field.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value as Json};
use verdict_kernel::clock::plus;
use verdict_kernel::id::RolloutId;
use verdict_kernel::principal::Principal;
use verdict_kernel::value::Value;
use verdict_metrics_domain::sample::{self, Sums};
use verdict_runtime::observations::{Key, Labels, MAX_ROWS, Measure, Row};
use verdict_runtime::problem::{Code, Problem};

/// How far the clock of a source may be ahead of the platform's.
const SKEW: Duration = Duration::from_secs(2);
/// Longest text of a field, in bytes.
const LONGEST: usize = 200;

const FIELDS: &[&str] = &[
    "org",
    "metric",
    "source",
    "window_start",
    "window_end",
    "count",
    "value",
    "sum",
    "sum_of_squares",
    "min",
    "max",
    "rollout",
    "stage",
    "arm",
];

/// The rows of a body that arrived at `now`.
pub(super) fn parse(body: &[u8], now: Timestamp) -> Result<Vec<Row>, Problem> {
    let malformed = |detail: String| Problem::new(Code::MalformedBody, detail);
    let json: Json = serde_json::from_slice(body).map_err(|error| malformed(error.to_string()))?;
    let Json::Object(mut object) = json else {
        return Err(malformed("the body is not a JSON object".to_owned()));
    };
    let rows = match object.remove("observations") {
        None => vec![Json::Object(object)],
        Some(Json::Array(rows)) if object.is_empty() => rows,
        Some(Json::Array(_)) => {
            let detail = "a body with 'observations' holds nothing else";
            return Err(malformed(detail.to_owned()));
        }
        Some(_) => return Err(malformed("'observations' is not a list".to_owned())),
    };
    if rows.len() > MAX_ROWS {
        let detail = format!("{} observations are more than {MAX_ROWS}", rows.len());
        return Err(Problem::field(Code::TooLarge, "observations", detail));
    }
    if rows.is_empty() {
        let detail = "the list of observations is empty";
        return Err(Problem::field(Code::MissingField, "observations", detail));
    }
    let each = rows.into_iter().enumerate();
    each.map(|(index, json)| Fields::new(index, json)?.row(now)).collect()
}

/// The name of a field of a row: `observations[3].value`.
pub(super) fn field(index: usize, name: &str) -> String {
    format!("observations[{index}].{name}")
}

/// A row whose key is known with another value.
pub(super) fn conflict(index: usize, row: &Row) -> Problem {
    let Key { metric, source, window_start, window_end, .. } = &row.key;
    // Windows that end after it are taken back: one without any length ends where it starts.
    let from = (*window_start).min(*window_end - jiff::SignedDuration::from_secs(1));
    let source_in_shell = quoted(source);
    let detail =
        format!("row {index}: '{metric}' of '{source}' up to {window_end} was reported with another value");
    Problem::field(Code::ObservationConflict, format!("observations[{index}]"), detail).hint(format!(
        "correct the source; to replace the window, take it back first: verdict metric retract {metric} --source \
         {source_in_shell} --from {from} --to {window_end} --reason <why>"
    ))
}

/// A text as one word of a command line.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:".contains(letter);
    if !text.starts_with('-') && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A count as a number; counts above 2^53 lose their last digits, for which the check allows.
#[expect(clippy::cast_precision_loss, reason = "sums of floating numbers are compared with some slack")]
const fn measured(count: u64) -> f64 {
    count as f64
}

/// One row as it was sent.
struct Fields {
    index: usize,
    object: Map<String, Json>,
}

impl Fields {
    fn new(index: usize, json: Json) -> Result<Self, Problem> {
        let at = format!("observations[{index}]");
        let Json::Object(object) = json else {
            let detail = format!("row {index} is not a JSON object");
            return Err(Problem::field(Code::MalformedBody, at, detail));
        };
        if let Some(name) = object.keys().find(|name| !FIELDS.contains(&name.as_str())) {
            let detail = format!("row {index}: there is no field '{name}'");
            return Err(Problem::field(Code::InvalidField, field(index, name), detail)
                .hint(format!("the fields are {}", FIELDS.join(", "))));
        }
        Ok(Self { index, object })
    }

    fn row(&self, now: Timestamp) -> Result<Row, Problem> {
        let (window_start, window_end) = self.window(now)?;
        let org = self.text("org")?;
        Ok(Row {
            key: Key {
                org: org.unwrap_or_else(|| Principal::DEFAULT_ORG.to_owned()),
                metric: self.required_text("metric")?,
                source: self.required_text("source")?,
                arm: self.text("arm")?.unwrap_or_default(),
                window_end,
                window_start,
            },
            measure: self.measure()?,
            labels: Labels { rollout: self.text("rollout")?.map(spelt), stage: self.text("stage")? },
            received_at: now,
        })
    }

    fn window(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), Problem> {
        let (start, end) = (self.time("window_start")?, self.time("window_end")?);
        if end < start {
            let detail = format!("the window ends at {end}, before it starts at {start}");
            return Err(self.problem(Code::InvalidField, "window_end", &detail));
        }
        // However long the window is: a far end would make every later window look old (rule M17).
        if end > plus(now, SKEW) {
            let detail = format!("the window ends at {end}, and it is {now} now");
            return Err(self.problem(Code::FromTheFuture, "window_end", &detail));
        }
        Ok((start, end))
    }

    /// Either a value, or sums; never both.
    fn measure(&self) -> Result<Measure, Problem> {
        let count = self.count();
        let sums = ["sum", "sum_of_squares", "min", "max"];
        let given = sums.iter().find(|name| self.get(name).is_some());
        match (self.number("value")?, given) {
            (Some(value), None) => self.measured(value)?.ok_or_else(|| {
                self.problem(Code::InvalidMeasure, "value", "the value is too large to be summed up")
            }),
            (Some(_), Some(name)) => {
                Err(self.problem(Code::InvalidField, name, "a row holds either a value or sums"))
            }
            (None, _) => self.sums(count?),
        }
    }

    /// A value without a count is no sum: it does not add to others (rule M17).
    fn measured(&self, value: Value) -> Result<Option<Measure>, Problem> {
        match self.get("count") {
            Some(_) => Ok(Measure::of(value, self.count()?)),
            None => Ok(Measure::plain(value)),
        }
    }

    fn sums(&self, count: u64) -> Result<Measure, Problem> {
        let Some(sum) = self.number("sum")? else {
            return Err(self.problem(Code::MissingField, "value", "give a value, or a sum"));
        };
        let (squares, min, max) = (self.number("sum_of_squares")?, self.number("min")?, self.number("max")?);
        let number = |value: Option<Value>| value.map(Value::get);
        let possible = sample::check(&Sums {
            count: measured(count),
            sum: sum.get(),
            sum_of_squares: number(squares),
            min: number(min),
            max: number(max),
        });
        possible.map_err(|impossible| {
            self.problem(Code::InvalidMeasure, impossible.which, &impossible.sentence)
        })?;
        let mean = Value::mean_of(sum, count);
        let alike = Measure::of(mean, count);
        let squares = squares.or_else(|| alike.map(|alike| alike.sum_of_squares));
        Ok(Measure {
            count,
            sum,
            sum_of_squares: squares.ok_or_else(|| {
                self.problem(Code::InvalidMeasure, "sum", "the sum is too large to be squared")
            })?,
            min: min.unwrap_or(mean),
            max: max.unwrap_or(mean),
            plain: false,
        })
    }

    fn count(&self) -> Result<u64, Problem> {
        let Some(json) = self.get("count") else {
            return Err(self.missing("count"));
        };
        match json.as_u64() {
            Some(count) if count > 0 && i64::try_from(count).is_ok() => Ok(count),
            Some(_) | None => Err(self.problem(
                Code::InvalidMeasure,
                "count",
                &format!("{json} is not a whole number of at least 1"),
            )),
        }
    }

    fn number(&self, name: &str) -> Result<Option<Value>, Problem> {
        let Some(json) = self.get(name) else {
            return Ok(None);
        };
        let number = json.as_f64().and_then(|number| Value::new(number).ok());
        number.map(Some).ok_or_else(|| {
            self.problem(Code::InvalidMeasure, name, &format!("{json} is not a finite number"))
        })
    }

    fn time(&self, name: &str) -> Result<Timestamp, Problem> {
        let text = self.required_text(name)?;
        let invalid = |why: String| self.problem(Code::InvalidField, name, &why);
        let time: Timestamp =
            text.parse().map_err(|_| invalid(format!("'{text}' is not a time in the form of RFC 3339")))?;
        if time < Timestamp::UNIX_EPOCH || i64::try_from(time.as_nanosecond()).is_err() {
            return Err(invalid(format!("{time} is not between 1970 and 2262")));
        }
        Ok(time)
    }

    fn required_text(&self, name: &str) -> Result<String, Problem> {
        self.text(name)?.ok_or_else(|| self.missing(name))
    }

    fn text(&self, name: &str) -> Result<Option<String>, Problem> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::String(text)) if text.is_empty() => Ok(None),
            // Not every store can keep it in a text.
            Some(Json::String(text)) if text.contains('\0') => {
                Err(self.problem(Code::InvalidField, name, "the text has a NUL character in it"))
            }
            Some(Json::String(text)) if text.len() <= LONGEST => Ok(Some(text.clone())),
            Some(Json::String(_)) => {
                let detail = format!("the text is longer than {LONGEST} bytes");
                Err(self.problem(Code::InvalidField, name, &detail))
            }
            Some(other) => Err(self.problem(Code::InvalidField, name, &format!("{other} is not a text"))),
        }
    }

    /// The field; one that is null is not there.
    fn get(&self, name: &str) -> Option<&Json> {
        self.object.get(name).filter(|json| !json.is_null())
    }

    fn missing(&self, name: &str) -> Problem {
        self.problem(Code::MissingField, name, &format!("the field '{name}' is missing"))
    }

    fn problem(&self, code: Code, name: &str, detail: &str) -> Problem {
        let index = self.index;
        Problem::field(code, field(index, name), format!("row {index}: {detail}"))
    }
}

/// An id as it is written everywhere, whatever its case was.
fn spelt(rollout: String) -> String {
    rollout.parse::<RolloutId>().map_or(rollout, |id| id.to_string())
}
