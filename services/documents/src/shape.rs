//! Whether a node has the shape that its schema describes. Everything that does not is said, each thing where it stands.

use serde_json::Value as Json;

use crate::finding::{Path, Sink};
use crate::node::{Entry, Node, Value, quoted};
use crate::schema::resolve;
use crate::words;
use crate::yaml::is_doubtful;

mod wanted;

pub(crate) use wanted::choices;
use wanted::wanted;

/// Adds what does not fit.
pub(crate) fn check(node: &Node, schema: &Json, at: &Path, sink: &mut Sink) {
    let schema = resolve(schema);
    match &node.value {
        Value::Broken => {}
        Value::Text { text, plain } if takes(schema, "string") => {
            texts(node, text, *plain, schema, at, sink);
        }
        Value::Map(entries) if takes(schema, "object") => section(node, entries, schema, at, sink),
        Value::List(list) if takes(schema, "array") => entries(node, list, schema, at, sink),
        Value::Whole(number) if takes(schema, "integer") => {
            let (least, most) = wanted::bounds(schema);
            if !(least..=most).contains(number) {
                sink.add(node.at, at, number.to_string(), wanted(schema));
            }
        }
        Value::Whole(_) | Value::Decimal(_) if takes(schema, "number") => {}
        Value::Bool(_) if takes(schema, "boolean") => {}
        Value::Nothing if schema.get("type").is_none() && choices(schema).is_none() => {}
        Value::Nothing
        | Value::Bool(_)
        | Value::Whole(_)
        | Value::Decimal(_)
        | Value::Text { .. }
        | Value::List(_)
        | Value::Map(_) => sink.add(node.at, at, node.shown(), wanted(schema)),
    }
}

/// Whether the schema allows values of the type. One without any allows all.
fn takes(schema: &Json, name: &str) -> bool {
    match schema.get("type") {
        Some(Json::String(only)) => only == name,
        _ => choices(schema).is_none() || name == "string",
    }
}

fn texts(node: &Node, text: &str, plain: bool, schema: &Json, at: &Path, sink: &mut Sink) {
    if let Some(choices) = choices(schema) {
        if !choices.contains(&text) {
            sink.add(node.at, at, quoted(text), wanted(schema));
        }
        return;
    }
    if plain && is_doubtful(text) {
        let found = format!("{text} without quotes, which some readers of YAML take for something else");
        sink.add(node.at, at, found, format!("{} with its quotes", quoted(text)));
        return;
    }
    let format = schema.get("format").and_then(Json::as_str).unwrap_or_default();
    let most = wanted::limit(schema, "maxLength");
    let length = text.chars().count();
    if most.is_some_and(|most| length > most) {
        let found = format!("a text of {length} characters");
        sink.add(node.at, at, found, format!("at most {} characters", most.unwrap_or_default()));
    } else if let Err(wanted) = words::judge(format, text) {
        sink.add(node.at, at, quoted(text), wanted);
    }
}

fn section(node: &Node, entries: &[Entry], schema: &Json, at: &Path, sink: &mut Sink) {
    let known = schema.get("properties").and_then(Json::as_object);
    let more = schema.get("additionalProperties");
    for entry in entries {
        let at = at.field(&entry.name);
        match (known.and_then(|known| known.get(&entry.name)), more) {
            (Some(field), _) => check(&entry.node, field, &at, sink),
            (None, Some(Json::Bool(false))) => {
                let known: Vec<&str> =
                    known.iter().flat_map(|known| known.keys()).map(String::as_str).collect();
                let found = format!("the field {}, which there is not", quoted(&entry.name));
                sink.add(entry.at, &at, found, wanted::instead(&entry.name, &known));
            }
            (None, Some(other)) => check(&entry.node, other, &at, sink),
            (None, None) => {}
        }
    }
    let required = schema.get("required").and_then(Json::as_array);
    for name in required.into_iter().flatten().filter_map(Json::as_str) {
        if !entries.iter().any(|entry| entry.name == name) {
            let field = known.and_then(|known| known.get(name)).unwrap_or(&Json::Null);
            sink.add(node.at, &at.field(name), "nothing", wanted(field));
        }
    }
}

fn entries(node: &Node, list: &[Node], schema: &Json, at: &Path, sink: &mut Sink) {
    let (least, most) = (wanted::limit(schema, "minItems"), wanted::limit(schema, "maxItems"));
    if least.is_some_and(|least| list.len() < least) {
        sink.add(node.at, at, "an empty list", "at least one entry");
    }
    if most.is_some_and(|most| list.len() > most) {
        let wanted = format!("at most {} entries", most.unwrap_or_default());
        sink.add(node.at, at, node.shown(), wanted);
    }
    if let Some(items) = schema.get("items") {
        for (index, entry) in list.iter().enumerate() {
            check(entry, items, &at.index(index), sink);
        }
    }
}
