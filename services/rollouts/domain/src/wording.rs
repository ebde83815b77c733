//! How what is compared is written for a person.

use std::time::Duration;

/// A duration in its two largest units, for a person.
pub(crate) fn spell(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let first = units.iter().position(|(size, _)| seconds >= *size);
    let Some(first) = first else {
        return "0 s".to_owned();
    };
    let (size, unit) = units[first];
    let largest = format!("{} {unit}", seconds / size);
    match units.get(first + 1) {
        Some((next, unit)) if seconds % size >= *next => {
            format!("{largest} {} {unit}", seconds % size / next)
        }
        Some(_) | None => largest,
    }
}

/// Words one after the other.
pub(crate) fn spell_all<T: ToString>(words: &[T]) -> String {
    let words: Vec<_> = words.iter().map(T::to_string).collect();
    words.join(", ")
}
