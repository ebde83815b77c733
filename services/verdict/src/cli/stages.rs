//! A list of messages in a JSON file, such as the stages of a rollout: units stand in names, and an unknown field is
//! refused wherever it stands.

use std::io::Read;

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};
use serde_json::Value as Json;
use verdict_contract::said::{Syntax, unitless};

use super::contract::contract;
use super::{request, syntax};
use crate::failure::Failure;

#[cfg(test)]
mod tests;

/// The list in the file of an option; `-` is standard input.
pub fn read(
    field: &FieldDescriptor,
    option: &str,
    file: &str,
    stdin: &mut dyn Read,
) -> Result<Vec<Value>, Failure> {
    let named = |why: String| Failure::usage(format!("--{option} {file}: {why}"));
    let text = if file == "-" {
        request::whole(stdin, &format!("--{option}"))?
    } else {
        std::fs::read_to_string(file).map_err(|error| named(unreadable(&error)))?
    };
    parse(field, &text).map_err(named)
}

fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::InvalidData => "it is no text".to_owned(),
        _ => error.to_string(),
    }
}

/// The list in a text.
pub fn parse(field: &FieldDescriptor, text: &str) -> Result<Vec<Value>, String> {
    let name = field.name().replace('_', " ");
    let json: Json = serde_json::from_str(text)
        .map_err(|error| format!("line {}, column {}: it is no JSON", error.line(), error.column()))?;
    match json {
        Json::Array(items) if items.is_empty() => {
            let one = name.strip_suffix('s').unwrap_or(&name);
            Err(format!("it names no {one}; leave the option out for the default {name}"))
        }
        Json::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| single(field, item, &format!("{name}[{index}]")))
            .collect(),
        _ => Err(format!("it holds no list of {name}: begin it with [")),
    }
}

fn message(of: &MessageDescriptor, json: &Json, at: &str) -> Result<DynamicMessage, String> {
    let Json::Object(given) = json else {
        return Err(format!("{at}: {} stands where fields belong: {}", word(json), known(of)));
    };
    let mut message = DynamicMessage::new(of.clone());
    for (name, json) in given {
        let at = format!("{at}.{name}");
        let field = of
            .fields()
            .find(|field| field.name() == name || field.json_name() == name || spelt(field) == *name);
        match field {
            Some(field) if message.has_field(&field) => return Err(twice(&field, &at)),
            Some(field) => message.set_field(&field, value(&field, json, &at)?),
            None => {
                let field = of.fields().find(|field| in_units(field).as_ref() == Some(name));
                let field = field.ok_or_else(|| format!("{at} is unknown; known are {}", known(of)))?;
                if message.has_field(&field) {
                    return Err(twice(&field, &at));
                }
                message.set_field(&field, with_unit(&field, json, &at)?);
            }
        }
    }
    Ok(message)
}

fn twice(field: &FieldDescriptor, at: &str) -> String {
    let other = in_units(field).unwrap_or_else(|| field.name().to_owned());
    format!("{at}: give {other} or {}, not both", spelt(field))
}

/// The name of the field whose value is a text with its unit: `percent` for `basis_points`.
fn in_units(field: &FieldDescriptor) -> Option<String> {
    let syntax = contract().said().syntax(field);
    let name =
        matches!(syntax, Syntax::Percent | Syntax::Duration).then(|| unitless(field.name(), syntax))?;
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    Some(words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..]))
}

/// How a document spells a field, with the unit in its name.
fn spelt(field: &FieldDescriptor) -> String {
    match (contract().said().syntax(field), field.name()) {
        (Syntax::Percent, "basis_points") => "percentBasisPoints".to_owned(),
        _ => field.json_name().to_owned(),
    }
}

fn known(of: &MessageDescriptor) -> String {
    let names = of.fields().flat_map(|field| in_units(&field).into_iter().chain([spelt(&field)]));
    names.collect::<Vec<_>>().join(", ")
}

fn with_unit(field: &FieldDescriptor, json: &Json, at: &str) -> Result<Value, String> {
    match json {
        Json::String(text) => {
            let syntax = contract().said().syntax(field);
            syntax::value(field, syntax, text).map_err(|why| format!("{at}: {why}"))
        }
        Json::Number(number) => {
            let unit = if contract().said().syntax(field) == Syntax::Percent { "%" } else { "s" };
            let other = spelt(field);
            Err(format!("{at}: {number} has no unit: write \"{number}{unit}\", or {other}"))
        }
        other => Err(misfit(field, other, at)),
    }
}

fn misfit(field: &FieldDescriptor, json: &Json, at: &str) -> String {
    let belongs = match field.kind() {
        Kind::Bool => "yes or no, as true or false,",
        Kind::String => "a text",
        Kind::Enum(_) => "a word",
        _number => "a number",
    };
    format!("{at}: {} stands where {belongs} belongs", word(json))
}

fn value(field: &FieldDescriptor, json: &Json, at: &str) -> Result<Value, String> {
    match json {
        Json::Array(items) if field.is_list() => {
            let item = |(index, item)| single(field, item, &format!("{at}[{index}]"));
            Ok(Value::List(items.iter().enumerate().map(item).collect::<Result<_, _>>()?))
        }
        other if field.is_list() => Err(format!("{at}: {} stands where a list belongs", word(other))),
        json => single(field, json, at),
    }
}

fn single(field: &FieldDescriptor, json: &Json, at: &str) -> Result<Value, String> {
    if let Kind::Message(of) = field.kind() {
        return message(&of, json, at).map(Value::Message);
    }
    match (json, field.kind()) {
        (Json::String(text), Kind::String | Kind::Enum(_)) => {
            syntax::value(field, Syntax::Plain, text).map_err(|why| format!("{at}: {why}"))
        }
        (Json::Bool(is), Kind::Bool) => Ok(Value::Bool(*is)),
        (Json::Number(number), Kind::Uint32 | Kind::Uint64 | Kind::Double) => {
            syntax::value(field, Syntax::Plain, &number.to_string()).map_err(|why| format!("{at}: {why}"))
        }
        (other, _) => Err(misfit(field, other, at)),
    }
}

const fn word(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
