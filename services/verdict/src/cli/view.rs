//! A message of the platform as people and programs see it: whole, in the order of its fields, with the words of enums in
//! place of their numbers.

use std::borrow::Borrow;
use std::io::Write;

use prost::Message;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage, Value};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use verdict_contract::said::{Syntax, unitless};
use verdict_kernel::percent::Percent;
use verdict_proto::v1 as pb;

use super::contract::contract;
use super::output::{Failure, aligned, escaped};

#[cfg(test)]
mod tests;

/// A message as a document.
pub struct Document<M>(pub M);

impl<M: Borrow<DynamicMessage>> Serialize for Document<M> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let message = self.0.borrow();
        let fields: Vec<FieldDescriptor> =
            message.descriptor().fields().filter(|field| is_a_part(message, field)).collect();
        let mut map = to.serialize_map(Some(fields.len()))?;
        for field in fields {
            let value = message.get_field(&field);
            let absent = field.supports_presence() && !message.has_field(&field);
            let part = (!absent).then_some(Part { field: &field, value: &value });
            map.serialize_entry(field.json_name(), &part)?;
        }
        map.end()
    }
}

/// Of a oneof only the case that is set.
fn is_a_part(message: &DynamicMessage, field: &FieldDescriptor) -> bool {
    message.has_field(field) || field.containing_oneof().is_none_or(|of| of.is_synthetic())
}

struct Part<'v> {
    field: &'v FieldDescriptor,
    value: &'v Value,
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::List(values) => {
                let mut list = to.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Self { field: self.field, value })?;
                }
                list.end()
            }
            Value::Message(message) => Document(message).serialize(to),
            Value::EnumNumber(number) => word(self.field, *number).serialize(to),
            Value::Bool(value) => to.serialize_bool(*value),
            Value::I32(value) => to.serialize_i32(*value),
            Value::I64(value) => to.serialize_i64(*value),
            Value::U32(value) => to.serialize_u32(*value),
            Value::U64(value) => to.serialize_u64(*value),
            Value::F32(value) => to.serialize_f32(*value),
            Value::F64(value) => to.serialize_f64(*value),
            Value::String(value) => to.serialize_str(value),
            // The contracts have neither.
            Value::Bytes(_) | Value::Map(_) => to.serialize_none(),
        }
    }
}

fn word(field: &FieldDescriptor, number: i32) -> Option<String> {
    match field.kind() {
        Kind::Enum(of) => contract().said().word(&of, number),
        _ => None,
    }
}

/// The reply to a command as a document.
pub fn of_reply(reply: &pb::CommandReply) -> Result<Document<DynamicMessage>, Failure> {
    let unknown = || Failure::Fault("the contracts do not hold the reply to a command".to_owned());
    let kind = contract().message("verdict.v1.CommandReply").ok_or_else(unknown)?;
    let reply = DynamicMessage::decode(kind, reply.encode_to_vec().as_slice()).map_err(|_| unknown())?;
    // Either of the two outcomes is the whole document, as it was before.
    Ok(Document(reply))
}

/// A field in one cell: nothing for what says nothing.
pub fn cell(message: &DynamicMessage, field: &FieldDescriptor) -> String {
    if field.supports_presence() && !message.has_field(field) {
        return String::new();
    }
    of_value(field, &message.get_field(field))
}

/// A value in one cell.
pub fn of_value(field: &FieldDescriptor, value: &Value) -> String {
    match value {
        Value::List(values) => {
            let between = if values.iter().any(|value| value.as_message().is_some()) { "; " } else { ", " };
            values.iter().map(|value| of_value(field, value)).collect::<Vec<_>>().join(between)
        }
        Value::Message(message) => summed_up(message),
        Value::EnumNumber(number) => word(field, *number).unwrap_or_default(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::U32(count) => counted(field, *count),
        Value::I32(value) => value.to_string(),
        Value::I64(value) => value.to_string(),
        Value::U64(value) => value.to_string(),
        Value::F32(value) => value.to_string(),
        Value::F64(value) => value.to_string(),
        Value::String(value) => value.clone(),
        Value::Bytes(_) | Value::Map(_) => String::new(),
    }
}

/// The name of a field, without the unit that its value is shown with.
fn label(field: &FieldDescriptor) -> String {
    unitless(field.name(), shown_as(field)).replace('-', " ")
}

/// What has a unit is shown with it.
fn shown_as(field: &FieldDescriptor) -> Syntax {
    match contract().said().syntax(field) {
        syntax @ (Syntax::Percent | Syntax::Duration) => syntax,
        Syntax::Key | Syntax::Date | Syntax::Text | Syntax::Stdin | Syntax::Plain => Syntax::Plain,
    }
}

fn counted(field: &FieldDescriptor, count: u32) -> String {
    match shown_as(field) {
        Syntax::Percent => percent(count),
        Syntax::Duration => duration(count),
        Syntax::Key | Syntax::Date | Syntax::Text | Syntax::Stdin | Syntax::Plain => count.to_string(),
    }
}

/// `1d 6h`
fn duration(seconds: u32) -> String {
    let parts =
        [("d", seconds / 86_400), ("h", seconds / 3_600 % 24), ("m", seconds / 60 % 60), ("s", seconds % 60)];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(unit, count)| format!("{count}{unit}"))
        .collect();
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

/// `12.5 %`; more than all is no share, and shown as what it is.
fn percent(points: u32) -> String {
    Percent::from_basis_points(points).map_or_else(|no_share| no_share.0, |share| share.to_string())
}

/// A message in a few words: `3 members, 5 accounts, 10 %`.
fn summed_up(message: &DynamicMessage) -> String {
    let part = |field: FieldDescriptor| {
        let value = message.get_field(&field);
        match &*value {
            Value::List(values) if values.is_empty() => None,
            Value::List(values) => Some(format!("{} {}", values.len(), label(&field))),
            Value::U32(0) | Value::Bool(false) => None,
            Value::Bool(true) => Some(label(&field)),
            Value::U32(count) if shown_as(&field) != Syntax::Percent => {
                Some(format!("{} {}", label(&field), counted(&field, *count)))
            }
            value => Some(of_value(&field, value)).filter(|text| !text.is_empty()),
        }
    };
    let parts: Vec<String> = message.descriptor().fields().filter_map(part).collect();
    parts.join(", ")
}

/// All of a message, one field on a line, what is within it indented.
pub fn describe(out: &mut dyn Write, message: &DynamicMessage) -> Result<(), Failure> {
    described(out, message, 0)
}

fn described(out: &mut dyn Write, message: &DynamicMessage, depth: usize) -> Result<(), Failure> {
    let fields: Vec<FieldDescriptor> =
        message.descriptor().fields().filter(|field| is_a_part(message, field)).collect();
    let width = fields.iter().map(|field| label(field).len()).max().unwrap_or(0);
    let indent = "  ".repeat(depth);
    for field in &fields {
        let value = message.get_field(field);
        match &*value {
            Value::Message(inner) if message.has_field(field) => {
                writeln!(out, "{indent}{}", label(field))?;
                described(out, inner, depth + 1)?;
            }
            Value::List(items) if items.iter().any(|item| item.as_message().is_some()) => {
                writeln!(out, "{indent}{}", label(field))?;
                for line in rows(items) {
                    writeln!(out, "{indent}  {line}")?;
                }
            }
            _ => {
                let text = escaped(&cell(message, field));
                let text = if text.is_empty() { "-" } else { &text };
                writeln!(out, "{indent}{:width$}  {text}", label(field))?;
            }
        }
    }
    Ok(())
}

/// Messages of one kind as a table, without the columns that say nothing.
fn rows(items: &[Value]) -> Vec<String> {
    let items: Vec<&DynamicMessage> = items.iter().filter_map(Value::as_message).collect();
    let fields: Vec<FieldDescriptor> =
        items.first().into_iter().flat_map(|first| first.descriptor().fields().collect::<Vec<_>>()).collect();
    let says = |field: &&FieldDescriptor| items.iter().any(|item| !cell(item, field).is_empty());
    let fields: Vec<&FieldDescriptor> = fields.iter().filter(says).collect();
    let head: Vec<String> = fields.iter().map(|field| label(field).to_uppercase()).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let row = |item: &&DynamicMessage| fields.iter().map(|field| dashed(cell(item, field))).collect();
    aligned(&head, &items.iter().map(row).collect::<Vec<_>>())
}

/// A cell that says nothing is seen to say nothing.
pub fn dashed(cell: String) -> String {
    if cell.is_empty() { "-".to_owned() } else { cell }
}
