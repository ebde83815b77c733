//! Messages of every shape that a type has, made from its description.

use protox::prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, Value};

/// With every field set, once for each case of a oneof; with every field set to zero; with each field alone, an enum
/// by each of its words; with none.
pub fn of(message: &MessageDescriptor) -> Vec<DynamicMessage> {
    let mut instances = filled(message);
    instances.push(zeroed(message));
    for field in message.fields() {
        instances.extend(values(&field).into_iter().map(|value| with(message, [(field.clone(), value)])));
    }
    instances.push(DynamicMessage::new(message.clone()));
    instances
}

/// With every field set, once for each case of its oneof.
pub fn filled(message: &MessageDescriptor) -> Vec<DynamicMessage> {
    let cases = message.oneofs().filter(|oneof| !oneof.is_synthetic()).map(|oneof| oneof.fields().len());
    (0..cases.max().unwrap_or(1)).map(|case| with(message, fields(message, case))).collect()
}

/// With every field set to what it is when nobody says anything.
pub fn zeroed(message: &MessageDescriptor) -> DynamicMessage {
    with(message, message.fields().map(|field| (field.clone(), Value::default_value_for_field(&field))))
}

fn with(
    message: &MessageDescriptor,
    fields: impl IntoIterator<Item = (FieldDescriptor, Value)>,
) -> DynamicMessage {
    let mut instance = DynamicMessage::new(message.clone());
    for (field, value) in fields {
        instance.set_field(&field, value);
    }
    instance
}

fn fields(message: &MessageDescriptor, case: usize) -> Vec<(FieldDescriptor, Value)> {
    let chosen = |field: &FieldDescriptor| {
        let oneof = field.containing_oneof().filter(|_| is_case(field));
        oneof.is_none_or(|oneof| oneof.fields().nth(case).as_ref() == Some(field))
    };
    let value = |field: FieldDescriptor| {
        let value = values(&field).pop().expect("a field has a value");
        (field, value)
    };
    message.fields().filter(chosen).map(value).collect()
}

/// Whether the field is a case of a oneof, and not just `optional`.
pub fn is_case(field: &FieldDescriptor) -> bool {
    field.containing_oneof().is_some_and(|oneof| !oneof.is_synthetic())
}

/// Values of the field, of which none is zero; of an enum every one.
fn values(field: &FieldDescriptor) -> Vec<Value> {
    let values: Vec<_> = match field.kind() {
        Kind::Message(part) => filled(&part).into_iter().map(Value::Message).collect(),
        Kind::Enum(words) => words.values().map(|word| Value::EnumNumber(word.number())).collect(),
        Kind::String => vec![Value::String(format!("\"{}\" \u{2713}\n", field.full_name()))],
        Kind::Uint32 => vec![Value::U32(u32::MAX - field.number())],
        Kind::Bool => vec![Value::Bool(true)],
        other => panic!("{}: {other:?} is not JSON so far", field.full_name()),
    };
    if field.is_list() { vec![Value::List([values.clone(), values].concat())] } else { values }
}
