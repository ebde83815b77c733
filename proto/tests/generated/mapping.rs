//! The JSON of the messages is proto3 JSON, as a reader of descriptors that knows nothing of the generated code says.

use std::collections::BTreeSet;

use prost::Message;
use protox::prost_reflect::{
    DescriptorPool, DynamicMessage, MessageDescriptor, ReflectMessage, SerializeOptions,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::{contracts, instances, registry, root};

/// A message between its two forms, bytes and JSON.
pub struct Mapping {
    name: &'static str,
    write: fn(&[u8]) -> String,
    /// Stored messages are read as well.
    read: Option<Read>,
}

type Read = fn(&str) -> Result<Vec<u8>, String>;

/// A message that is written and read.
pub fn read<M: Message + Default + Serialize + DeserializeOwned>(name: &'static str) -> Mapping {
    let read: Read = |json| {
        let message: M = serde_json::from_str(json).map_err(|error| error.to_string())?;
        Ok(message.encode_to_vec())
    };
    Mapping { read: Some(read), ..written::<M>(name) }
}

/// A message that is written only.
pub fn written<M: Message + Default + Serialize>(name: &'static str) -> Mapping {
    let write = |bytes: &[u8]| serde_json::to_string(&M::decode(bytes).unwrap()).unwrap();
    Mapping { name, write, read: None }
}

/// A stored message, its description and how it is read.
struct Stored {
    message: MessageDescriptor,
    read: Read,
}

impl Stored {
    fn all(pool: &DescriptorPool) -> Vec<Self> {
        let stored = |mapping: Mapping| {
            let message = pool.get_message_by_name(mapping.name).unwrap();
            mapping.read.map(|read| Self { message, read })
        };
        registry::all().into_iter().filter_map(stored).collect()
    }

    fn parse(&self, json: &str) -> Result<DynamicMessage, String> {
        let bytes = (self.read)(json).map_err(|why| format!("{} {json}: {why}", self.message.full_name()));
        bytes.map(|bytes| decoded(&self.message, &bytes))
    }

    /// What is said against `json`.
    fn error(&self, json: &str) -> String {
        (self.read)(json).expect_err(&format!("{} {json}", self.message.full_name()))
    }

    fn reads_as(&self, json: &str, wanted: &DynamicMessage) {
        assert_eq!(self.parse(json).as_ref(), Ok(wanted), "{} {json}", self.message.full_name());
    }
}

fn decoded(message: &MessageDescriptor, bytes: &[u8]) -> DynamicMessage {
    DynamicMessage::decode(message.clone(), bytes).unwrap()
}

/// The instance as whoever decodes its bytes sees it.
fn transported(instance: &DynamicMessage) -> DynamicMessage {
    decoded(&instance.descriptor(), &instance.encode_to_vec())
}

fn reference(instance: &DynamicMessage, options: &SerializeOptions) -> Value {
    instance.serialize_with_options(serde_json::value::Serializer, options).unwrap()
}

fn plain(instance: &DynamicMessage) -> Value {
    reference(instance, &SerializeOptions::new())
}

/// `value` with every value in it replaced by what `change` says of it, from the inside out.
fn changed(value: Value, change: &impl Fn(Value) -> Value) -> Value {
    change(match value {
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, changed(value, change))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| changed(item, change)).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    })
}

/// Every document that `value` becomes when one of the `words` in it is replaced by `other`.
fn with_one_replaced(value: &Value, words: &BTreeSet<String>, other: &Value) -> Vec<Value> {
    let replaced = |value: &Value| with_one_replaced(value, words, other);
    match value {
        Value::String(word) if words.contains(word) => vec![other.clone()],
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| replaced(value).into_iter().map(move |value| (name, value)))
            .map(|(name, value)| {
                let mut fields = fields.clone();
                fields.insert(name.clone(), value);
                Value::Object(fields)
            })
            .collect(),
        Value::Array(items) => (items.iter().enumerate())
            .flat_map(|(at, value)| replaced(value).into_iter().map(move |value| (at, value)))
            .map(|(at, value)| {
                let mut items = items.clone();
                items[at] = value;
                Value::Array(items)
            })
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// Each stored message with one of its words replaced by `other`, and what is said against that.
fn errors_of_enums(other: &Value) -> Vec<String> {
    let pool = contracts(&root());
    let words = pool
        .all_enums()
        .flat_map(|words| words.values().map(|word| word.name().to_owned()).collect::<Vec<_>>())
        .collect();
    let mut errors = Vec::new();
    for stored in Stored::all(&pool) {
        for instance in instances::filled(&stored.message) {
            let documents = with_one_replaced(&plain(&instance), &words, other);
            errors.extend(documents.iter().map(|document| stored.error(&document.to_string())));
        }
    }
    assert!(errors.len() > 30, "only {} words were replaced", errors.len());
    errors
}

#[test]
fn what_is_written_is_the_json_of_the_contract() {
    let pool = contracts(&root());
    for mapping in registry::all() {
        let message = pool.get_message_by_name(mapping.name).unwrap();
        for instance in instances::of(&message) {
            let json = (mapping.write)(&instance.encode_to_vec());
            let written: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(written, plain(&transported(&instance)), "{}", mapping.name);
        }
    }
}

#[test]
fn what_the_contract_says_is_read_however_it_is_spelt() {
    let pool = contracts(&root());
    let texts = |value: Value| match value {
        Value::Number(number) => Value::String(number.to_string()),
        other => other,
    };
    for stored in Stored::all(&pool) {
        for instance in instances::of(&stored.message) {
            let wanted = transported(&instance);
            for spelt in [
                plain(&instance),
                reference(&instance, &SerializeOptions::new().use_proto_field_name(true)),
                reference(&instance, &SerializeOptions::new().use_enum_numbers(true)),
                changed(plain(&instance), &texts),
            ] {
                stored.reads_as(&spelt.to_string(), &wanted);
            }
        }
    }
}

#[test]
fn a_field_that_was_set_to_zero_is_written() {
    let pool = contracts(&root());
    for mapping in registry::all() {
        let message = pool.get_message_by_name(mapping.name).unwrap();
        let json = (mapping.write)(&instances::zeroed(&message).encode_to_vec());
        let written: Map<_, _> = serde_json::from_str(&json).unwrap();
        let set = message.fields().filter(|field| field.supports_presence() && !instances::is_case(field));
        let unsaid: Vec<_> = set.filter(|field| !written.contains_key(field.json_name())).collect();
        assert!(unsaid.is_empty(), "{unsaid:?} in {json}");
    }
}

#[test]
fn what_a_later_version_adds_is_passed_over() {
    let grown = |value: Value| match value {
        Value::Object(mut fields) => {
            fields.insert("ofTomorrow".to_owned(), json!({ "seen": [1, "two", null] }));
            Value::Object(fields)
        }
        other => other,
    };
    for stored in Stored::all(&contracts(&root())) {
        for instance in instances::of(&stored.message) {
            let json = changed(plain(&instance), &grown);
            stored.reads_as(&json.to_string(), &transported(&instance));
        }
    }
}

#[test]
fn what_is_null_is_not_there() {
    for stored in Stored::all(&contracts(&root())) {
        let (lists, singular): (Vec<_>, Vec<_>) = stored.message.fields().partition(|field| field.is_list());
        let nulls: Map<_, _> =
            singular.iter().map(|field| (field.json_name().to_owned(), Value::Null)).collect();
        stored.reads_as(&Value::Object(nulls).to_string(), &DynamicMessage::new(stored.message.clone()));
        for field in lists {
            let error = stored.error(&json!({ field.json_name(): null }).to_string());
            assert!(error.starts_with("invalid type: null, expected a sequence"), "{error}");
        }
    }
}

#[test]
fn a_field_that_is_there_twice_is_an_error() {
    for stored in Stored::all(&contracts(&root())) {
        for field in stored.message.fields() {
            let camel = field.json_name();
            let instances = instances::filled(&stored.message);
            let values: Vec<_> = instances.iter().filter_map(|one| plain(one).get(camel).cloned()).collect();
            let value = values.first().unwrap();
            for other in [camel, field.name()] {
                let error = stored.error(&format!("{{\"{camel}\":{value},\"{other}\":{value}}}"));
                assert!(error.starts_with("duplicate field `"), "{error}");
            }
        }
    }
}

#[test]
fn clause_25_a_word_that_an_enum_does_not_know_is_an_unknown_variant() {
    for error in errors_of_enums(&json!("OF_TOMORROW")) {
        assert!(error.starts_with("unknown variant `OF_TOMORROW`"), "{error}");
    }
}

#[test]
fn a_number_that_an_enum_does_not_know_is_an_error() {
    for number in [json!(999), json!(-1), json!(u64::MAX)] {
        for error in errors_of_enums(&number) {
            assert!(error.starts_with("invalid value: integer"), "{error}");
        }
    }
}
