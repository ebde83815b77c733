//! How people write values: percentages and durations with their units, times, numbers. Whatever cannot be read is said
//! with how to write it.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use prost_reflect::{FieldDescriptor, Kind, Value};
use verdict_contract::kebab;
use verdict_contract::said::{Syntax, Word};
use verdict_kernel::percent::Percent;

use super::contract::contract;

#[cfg(test)]
mod tests;

/// The value that a text is, for this field. Texts that refer to something else stay as they are: see [`time`].
pub fn value(field: &FieldDescriptor, syntax: Syntax, text: &str) -> Result<Value, String> {
    match syntax {
        Syntax::Percent => percent(text).map(Value::U32),
        Syntax::Duration => seconds(text).map(Value::U32),
        Syntax::Date => time(text, Timestamp::UNIX_EPOCH).map(|_| Value::String(text.to_owned())),
        Syntax::Key | Syntax::Text | Syntax::Stdin => Ok(Value::String(text.to_owned())),
        Syntax::Plain => plain(field, text),
    }
}

fn plain(field: &FieldDescriptor, text: &str) -> Result<Value, String> {
    match field.kind() {
        Kind::Uint32 => whole(text).map(Value::U32),
        Kind::Uint64 => text.parse().map(Value::U64).map_err(|_| not_whole(text)),
        Kind::Double => number(text).map(Value::F64),
        Kind::Bool => match text {
            "true" | "yes" => Ok(Value::Bool(true)),
            "false" | "no" => Ok(Value::Bool(false)),
            _ => Err(format!("'{text}' is neither yes nor no")),
        },
        Kind::Enum(of) => {
            let words = contract().said().words(&of);
            let found = words.iter().find(|word| is_spelt(word, text));
            found.map(|word| Value::EnumNumber(word.number)).ok_or_else(|| {
                let known: Vec<_> = words.iter().map(|word| kebab(&word.word)).collect();
                format!("'{text}' is none of {}", known.join(", "))
            })
        }
        _ => Ok(Value::String(text.to_owned())),
    }
}

/// Words are read whatever their case, with dashes or underscores.
fn is_spelt(word: &Word, text: &str) -> bool {
    kebab(&word.word) == kebab(text)
}

/// A whole number that is not below nothing.
pub fn whole(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| not_whole(text))
}

fn not_whole(text: &str) -> String {
    format!("'{text}' is no whole number from 0 to {}", u32::MAX)
}

/// A number as it is measured.
pub fn number(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => Err(format!("{text} is not finite")),
        Err(_) => Err(format!("'{text}' is no number, such as 20 or -0.5")),
    }
}

/// `5%` or `0.25 %`, in basis points.
pub fn percent(text: &str) -> Result<u32, String> {
    let wrong = || format!("'{text}' is no percentage: write it as 5% or 0.25%, up to 100%");
    let given = text.trim();
    let Some(number) = given.strip_suffix('%').map(str::trim_end) else {
        let is_bare = given.parse::<f64>().is_ok();
        return Err(if is_bare { format!("{given} has no unit: write {given}%") } else { wrong() });
    };
    // The sign was taken off; a second one is a slip.
    let share = Some(number).filter(|number| !number.contains('%')).and_then(|number| number.parse().ok());
    share.map(|share: Percent| share.basis_points().into()).ok_or_else(wrong)
}

/// `3d`, `12h`, `1d 6h`; a day is 24 hours.
pub fn duration(text: &str) -> Result<SignedDuration, String> {
    if text.parse::<f64>().is_ok() {
        return Err(format!("{text} has no unit: write {text}s, or a duration such as 12h or 3d"));
    }
    let span: Span =
        text.parse().map_err(|_| format!("'{text}' is no duration: write one such as 12h, 3d or 1d 6h"))?;
    if span.get_months() != 0 || span.get_years() != 0 {
        return Err(format!("'{text}': months and years differ in length; write days, such as 30d"));
    }
    let duration = span.to_duration(SpanRelativeTo::days_are_24_hours());
    let duration = duration.map_err(|_| format!("'{text}' is too long a duration"))?;
    if duration.is_positive() { Ok(duration) } else { Err("time only moves forward".to_owned()) }
}

fn seconds(text: &str) -> Result<u32, String> {
    let whole = duration(text)?.as_secs();
    u32::try_from(whole).map_err(|_| format!("'{text}' is too long a duration: at most 136 years"))
}

/// A time, as the platform reads it: RFC 3339, a date for its first moment in UTC, or a duration from `now` on.
pub fn time(text: &str, now: Timestamp) -> Result<String, String> {
    if text.parse::<Timestamp>().is_ok() {
        return Ok(text.to_owned());
    }
    // Of a day and a time without its zone the parser of dates would keep the day alone.
    let is_day = !text.contains(['T', 't', ' ', ':']);
    if let Some(date) = text.parse::<Date>().ok().filter(|_| is_day) {
        let begin = date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp().to_string());
        return begin.map_err(|_| format!("{text} is further away than time reaches"));
    }
    if let Ok(duration) = duration(text) {
        let then = now.checked_add(duration).map(|then| then.to_string());
        return then.map_err(|_| format!("{text} from now is further away than time reaches"));
    }
    Err(format!("'{text}' is no time: write 2026-12-01, 2026-12-01T09:00:00Z, or 6w for six weeks from now"))
}

/// A time that is behind us, as somebody looks back: RFC 3339, a date for its first moment in UTC, or a duration up to `now`.
pub fn since(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    if let Ok(duration) = duration(text) {
        return now
            .checked_sub(duration)
            .map_err(|_| format!("{text} ago is further away than time reaches"));
    }
    let wrong =
        || format!("'{text}' is no time: write 1h for the last hour, 2026-12-01 or 2026-12-01T09:00:00Z");
    time(text, now).map_err(|_| wrong())?.parse().map_err(|_| wrong())
}

/// A time in a file of somebody else: RFC 3339, or without a zone in UTC.
pub fn recorded(text: &str) -> Option<Timestamp> {
    let civil = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok();
    text.parse().ok().or_else(|| civil().map(|zoned| zoned.timestamp()))
}

/// Whether a time is said from now on, so that it has to be known what time it is.
pub fn is_from_now(text: &str) -> bool {
    duration(text).is_ok()
}
