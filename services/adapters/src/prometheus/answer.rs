//! What the API answers, read: numbers are texts there, and some of them are none.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use verdict_runtime::source::{Sample, Series};

/// What is read of a body.
#[derive(Debug)]
pub(super) enum Said {
    Data { data: Data, warnings: Vec<String> },
    Error { kind: String, text: String },
}

/// Numbers, and what is not.
#[derive(Debug)]
pub(super) enum Data {
    Matrix(Vec<Series>),
    Vector(Vec<Series>),
    Scalar(Vec<Sample>),
    /// Series of histograms, which have no one value.
    Histograms,
    Text,
}

impl Data {
    pub(super) const fn what(&self) -> &'static str {
        match self {
            Self::Matrix(_) => "a range of samples",
            Self::Vector(_) => "an instant vector",
            Self::Scalar(_) => "a scalar",
            Self::Histograms => "a histogram, of which histogram_quantile makes numbers",
            Self::Text => "a text",
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
enum Body {
    Success {
        data: Result_,
        #[serde(default)]
        warnings: Vec<String>,
        #[serde(default)]
        infos: Vec<String>,
    },
    Error {
        #[serde(default, rename = "errorType")]
        kind: String,
        #[serde(default)]
        error: String,
    },
}

#[derive(Deserialize)]
#[serde(tag = "resultType", content = "result", rename_all = "lowercase")]
enum Result_ {
    Matrix(Vec<Row>),
    Vector(Vec<Row>),
    Scalar(Pair),
    String(IgnoredAny),
}

#[derive(Deserialize)]
struct Row {
    metric: BTreeMap<String, String>,
    #[serde(default)]
    values: Vec<Pair>,
    value: Option<Pair>,
    histograms: Option<IgnoredAny>,
    histogram: Option<IgnoredAny>,
}

/// Seconds since 1970 and a number as a text.
#[derive(Deserialize)]
struct Pair(f64, String);

/// `None` when it is nothing that the API answers.
pub(super) fn read(body: &[u8]) -> Option<Said> {
    match serde_json::from_slice(body).ok()? {
        Body::Error { kind, error } => Some(Said::Error { kind, text: error }),
        Body::Success { data, mut warnings, infos } => {
            warnings.extend(infos);
            Some(Said::Data { data: numbers(data)?, warnings })
        }
    }
}

fn numbers(data: Result_) -> Option<Data> {
    let (rows, is_range) = match data {
        Result_::Matrix(rows) => (rows, true),
        Result_::Vector(rows) => (rows, false),
        Result_::Scalar(pair) => return Some(Data::Scalar(sample(&pair)?.into_iter().collect())),
        Result_::String(_) => return Some(Data::Text),
    };
    if rows.iter().any(|row| row.histograms.is_some() || row.histogram.is_some()) {
        return Some(Data::Histograms);
    }
    let series: Option<Vec<Series>> = rows.into_iter().map(series).collect();
    series.map(if is_range { Data::Matrix } else { Data::Vector })
}

fn series(row: Row) -> Option<Series> {
    let pairs = row.values.iter().chain(&row.value);
    let samples: Option<Vec<Option<Sample>>> = pairs.map(sample).collect();
    Some(Series { labels: row.metric, samples: samples?.into_iter().flatten().collect() })
}

/// A number that is none is no sample; a text that is no number is no answer of the API.
#[expect(clippy::option_option, reason = "not a sample is another thing than not an answer")]
fn sample(Pair(at, value): &Pair) -> Option<Option<Sample>> {
    let value: f64 = value.parse().ok()?;
    let at = time(*at)?;
    Some(value.is_finite().then_some(Sample { at, value }))
}

/// A time in seconds since 1970, to the millisecond.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a time outside of what there is saturates, and is refused"
)]
pub(super) fn time(seconds: f64) -> Option<Timestamp> {
    Timestamp::from_millisecond((seconds * 1_000.0).round() as i64).ok()
}

/// What a body is that the API did not write, for a person.
pub(super) fn kind_of(body: &[u8]) -> &'static str {
    let begin: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).take(5).collect();
    match begin.first() {
        None => "nothing",
        Some(b'<') => "a page of HTML",
        Some(b'{' | b'[') if serde_json::from_slice::<IgnoredAny>(body).is_ok() => "JSON of another kind",
        Some(b'{' | b'[') => "JSON that breaks off",
        Some(_) => "a text",
    }
}
