//! What the platform has, as a document would say it: views become what documents are made of.
//!
//! Views name other things by their ids and documents by their keys, so whoever calls brings the keys. What no document can
//! say is an error, and never taken for something else.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use verdict_documents::{Decimal, Line, ManagedBy, Moment};
use verdict_proto::v1 as pb;

use crate::failure::Failure;

pub mod bet;
pub mod flag;
pub mod metric;
pub mod rollout;

/// A word of the platform that this program does not know, or something that no document says.
fn unsaid(what: &str) -> Failure {
    Failure::Request(format!("no document of this version can say it: {what}"))
}

/// A moment as people write it: a date where it is the first moment of one.
fn moment(text: &str) -> Option<Moment> {
    if text.is_empty() {
        return None;
    }
    let date = text.parse::<jiff::Timestamp>().ok().and_then(|instant| {
        let at = instant.to_zoned(TimeZone::UTC).datetime();
        (at.time() == Time::midnight()).then(|| at.date().to_string())
    });
    Some(Moment::from(date.unwrap_or_else(|| text.to_owned())))
}

fn decimal(text: &str) -> Option<Decimal> {
    (!text.is_empty()).then(|| Decimal::from(text))
}

fn lines(texts: &[String]) -> Vec<Line> {
    texts.iter().map(|text| Line::from(text.as_str())).collect()
}

/// Counts of the contracts have no sign, those of documents do.
fn whole(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Who keeps the plan of a thing; `None` where nobody does, or somebody whom this program does not know.
pub fn keeper(kept: Option<&pb::ManagedBy>) -> Option<ManagedBy> {
    let kept = kept.filter(|kept| !kept.door().is_empty())?;
    let json = serde_json::json!({
        "door": kept.door(), "source": kept.source(), "revision": kept.revision(),
    });
    serde_json::from_value(json).ok()
}
