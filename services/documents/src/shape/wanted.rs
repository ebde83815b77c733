//! What a schema wants, in words for a person.

use serde_json::Value as Json;
use strsim::jaro_winkler;

use crate::schema::resolve;
use crate::words;

/// From here on a wrong name is taken for a slip.
const ALIKE: f64 = 0.85;

/// Fields that people look for elsewhere: what to write instead.
const ELSEWHERE: &[(&str, &str)] = &[
    ("status", "none: what became of a thing is asked of the platform and belongs to no file"),
    ("percent", "basisPoints, where 100 is 1 %"),
    ("percentage", "basisPoints, where 100 is 1 %"),
    ("percentBasisPoints", "basisPoints, where 100 is 1 %"),
    ("audience", "exposure"),
    ("above", "failsAbove"),
    ("below", "failsBelow"),
    ("bet", "betRef with the key of the bet: betRef: {key: ...}"),
    ("rollout", "rolloutRef with the key of the rollout: rolloutRef: {key: ...}"),
    ("metric", "metricRef with the key of the metric: metricRef: {key: ...}"),
    ("minSoak", "minSoakSeconds"),
    ("maxSoak", "maxSoakSeconds"),
    ("soak", "soakSeconds"),
    ("refresh", "refreshSeconds"),
];

/// The words that the schema allows, where it lists them.
pub(crate) fn choices(schema: &Json) -> Option<Vec<&str>> {
    if let Some(only) = schema.get("const").and_then(Json::as_str) {
        return Some(vec![only]);
    }
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter_map(Json::as_str).collect());
    }
    let parts = schema.get("oneOf").and_then(Json::as_array)?;
    Some(parts.iter().filter_map(choices).flatten().collect())
}

/// What the schema wants.
pub(super) fn wanted(schema: &Json) -> String {
    let schema = resolve(schema);
    if let Some(choices) = choices(schema) {
        return match choices.as_slice() {
            [only] => (*only).to_owned(),
            several => format!("one of {}", several.join(", ")),
        };
    }
    match schema.get("type") {
        Some(Json::String(name)) => match name.as_str() {
            "string" => {
                words::wanted(schema.get("format").and_then(Json::as_str).unwrap_or_default()).to_owned()
            }
            "integer" => whole(schema),
            "array" => "a list".to_owned(),
            "object" => section(schema),
            other => format!("a {other}"),
        },
        _ => "a value".to_owned(),
    }
}

fn whole(schema: &Json) -> String {
    match bounds(schema) {
        (least, most) if most >= i64::from(i32::MAX) => format!("a whole number from {least} on"),
        (least, most) => format!("a whole number from {least} to {most}"),
    }
}

fn section(schema: &Json) -> String {
    let known = schema.get("properties").and_then(Json::as_object);
    let required = schema.get("required").and_then(Json::as_array);
    let names: Vec<&str> = required.into_iter().flatten().filter_map(Json::as_str).collect();
    match (known, names.as_slice()) {
        (Some(_), [_, ..]) => format!("a section with {}", names.join(", ")),
        (Some(_), []) | (None, _) => "a section of fields".to_owned(),
    }
}

/// The least and the most that a whole number may be.
pub(super) fn bounds(schema: &Json) -> (i64, i64) {
    let bound = |name: &str, otherwise: i32| {
        schema.get(name).and_then(Json::as_i64).unwrap_or_else(|| i64::from(otherwise))
    };
    (bound("minimum", i32::MIN), bound("maximum", i32::MAX))
}

/// A limit of a length.
pub(super) fn limit(schema: &Json, name: &str) -> Option<usize> {
    usize::try_from(schema.get(name)?.as_u64()?).ok()
}

/// What to write in place of a field that there is not.
pub(super) fn instead(name: &str, known: &[&str]) -> String {
    let elsewhere = ELSEWHERE.iter().find(|(other, instead)| {
        let field = instead.split([' ', ',']).next().unwrap_or_default();
        *other == name && (known.contains(&field) || *other == "status")
    });
    if let Some((_, instead)) = elsewhere {
        return (*instead).to_owned();
    }
    let likeness = |other: &&str| jaro_winkler(&name.to_ascii_lowercase(), &other.to_ascii_lowercase());
    let closest = known.iter().copied().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match closest.filter(|closest| likeness(closest) >= ALIKE) {
        Some(closest) => format!("\"{closest}\"?"),
        None => format!("one of {}", known.join(", ")),
    }
}
