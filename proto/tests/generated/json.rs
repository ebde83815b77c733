//! The messages that are JSON, and what serde is told about them: stored events are written and read, what services
//! answer is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use protox::prost_reflect::{DescriptorPool, FieldDescriptor, Kind, MessageDescriptor, OneofDescriptor};
use tonic_prost_build::Builder;

use crate::{commands, instances, stored};

/// Messages by their full name.
pub type Messages = BTreeMap<String, MessageDescriptor>;

/// The messages of stored events, and what these hold.
pub fn stored(pool: &DescriptorPool) -> Messages {
    let events = pool.all_messages().filter(|message| stored::is_stored(message.parent_file().name()));
    with_parts(events)
}

/// What the services answer, and what that holds.
pub fn answers(pool: &DescriptorPool) -> Messages {
    let methods = pool.services().flat_map(|service| service.methods().collect::<Vec<_>>());
    with_parts(methods.map(|method| method.output()))
}

fn with_parts(messages: impl Iterator<Item = MessageDescriptor>) -> Messages {
    let mut found = Messages::new();
    let mut open: Vec<_> = messages.collect();
    while let Some(message) = open.pop() {
        if found.insert(message.full_name().to_owned(), message.clone()).is_none() {
            open.extend(message.fields().filter_map(|field| match field.kind() {
                Kind::Message(part) => Some(part),
                _ => None,
            }));
        }
    }
    found
}

const BOTH: &str = "#[derive(serde::Serialize, serde::Deserialize)]";
const CAMEL: &str = "#[serde(rename_all = \"camelCase\")]";

/// Derives serde on every message that is JSON. A name without a dot before it stands for itself only.
pub fn derive(pool: &DescriptorPool, builder: Builder) -> Builder {
    let stored = stored(pool);
    let told = stored.values().fold(builder, |builder, message| on_message(builder, message, true));
    answers(pool)
        .values()
        .filter(|message| !stored.contains_key(message.full_name()))
        .fold(told, |builder, message| on_message(builder, message, false))
}

fn on_message(builder: Builder, message: &MessageDescriptor, read: bool) -> Builder {
    let (name, fields) = (message.full_name(), message.fields().len());
    let (derived, container) = match (read, fields) {
        (true, 0) => (BOTH, None),
        (true, _) => (BOTH, Some("#[serde(default, rename_all = \"camelCase\")]")),
        (false, _) => ("#[derive(serde::Serialize)]", Some(CAMEL)),
    };
    let mut builder = builder.message_attribute(name, derived);
    if let Some(told) = container {
        builder = builder.message_attribute(name, told);
    }
    for field in message.fields().filter(|field| !instances::is_case(field)) {
        for told in on_field(&field, read) {
            builder = builder.field_attribute(field.full_name(), told);
        }
    }
    real_oneofs(message).fold(builder, |builder, oneof| on_oneof(builder, &oneof, read))
}

/// The cases of a oneof are fields of its message.
fn on_oneof(builder: Builder, oneof: &OneofDescriptor, read: bool) -> Builder {
    let read_by = format!(", deserialize_with = \"{}::of_fields\"", oneof_path(oneof));
    builder
        .field_attribute(oneof.full_name(), format!("#[serde(flatten{})]", if read { &read_by } else { "" }))
        .enum_attribute(oneof.full_name(), "#[derive(serde::Serialize)]")
        .enum_attribute(oneof.full_name(), CAMEL)
}

fn on_field(field: &FieldDescriptor, read: bool) -> Vec<String> {
    let kind = match field.kind() {
        Kind::Enum(_) | Kind::Uint32 if read && !field.supports_presence() => {
            panic!("{field:?}: a number or word that is stored is optional so far")
        }
        Kind::Enum(words) => {
            let word = format!("json::Word::<{}>", type_path(field, words.package_name(), words.name()));
            let list = format!("serialize_with = \"{word}::serialize_list\"");
            Some(if field.is_list() { list } else { format!("with = \"{word}\"") })
        }
        Kind::Uint32 => read.then(|| "deserialize_with = \"json::number\"".to_owned()),
        Kind::Message(_) | Kind::String | Kind::Bool => None,
        other => panic!("{field:?}: proto3 JSON has rules for {other:?} that nothing follows yet"),
    };
    let unset = "skip_serializing_if = \"json::unset\"".to_owned();
    match (alias(field, read), kind) {
        (None, None) => vec![format!("#[serde({unset})]")],
        (Some(told), None) | (None, Some(told)) => vec![format!("#[serde({told}, {unset})]")],
        // One line would be broken into many.
        (Some(alias), Some(kind)) => vec![format!("#[serde({alias}, {unset})]"), format!("#[serde({kind})]")],
    }
}

/// What is read is also known by the name that it has in the contract.
fn alias(field: &FieldDescriptor, read: bool) -> Option<String> {
    (read && field.name() != field.json_name()).then(|| format!("alias = \"{}\"", field.name()))
}

/// A type of the contracts, as the module of the field names it.
fn type_path(field: &FieldDescriptor, package: &str, name: &str) -> String {
    if package == field.parent_message().package_name() {
        name.to_owned()
    } else {
        format!("crate::{}::{name}", path(package))
    }
}

fn real_oneofs(message: &MessageDescriptor) -> impl Iterator<Item = OneofDescriptor> {
    message.oneofs().filter(|oneof| !oneof.is_synthetic())
}

/// The type of a oneof, as the module of its message names it.
fn oneof_path(oneof: &OneofDescriptor) -> String {
    format!("{}::{}", commands::snake(oneof.parent_message().name()), commands::camel(oneof.name()))
}

/// How the oneofs of a stored message are read: as fields of which at most one is set.
pub fn cases(pool: &DescriptorPool, package: &str) -> String {
    let stored = stored(pool).into_values().filter(|message| message.package_name() == package);
    stored
        .flat_map(|message| real_oneofs(&message).collect::<Vec<_>>())
        .map(|oneof| of_fields(&oneof))
        .collect()
}

fn of_fields(oneof: &OneofDescriptor) -> String {
    let mut fields = String::new();
    let mut variants = Vec::new();
    for case in oneof.fields() {
        let kind = case.kind();
        let part = kind.as_message().expect("a case that is stored is a message");
        if let Some(told) = alias(&case, true) {
            writeln!(fields, "            #[serde({told})]").unwrap();
        }
        writeln!(
            fields,
            "            {}: Option<{}>,",
            case.name(),
            type_path(&case, part.package_name(), part.name())
        )
        .unwrap();
        variants.push(format!("cases.{}.map(Self::{})", case.name(), commands::camel(case.name())));
    }
    format!(
        "impl {} {{
    /// Reads the case that is set from what the other fields of the message leave over.
    fn of_fields<'de, D: serde::Deserializer<'de>>(rest: D) -> Result<Option<Self>, D::Error> {{
        #[derive(serde::Deserialize)]
        #[serde(rename_all = \"camelCase\")]
        struct Cases {{
{fields}        }}
        let cases: Cases = serde::Deserialize::deserialize(rest)?;
        json::one_of([{}])
    }}
}}
",
        oneof_path(oneof),
        variants.join(", ")
    )
}

/// The line that gives the enums of a package their words; empty where none of them is JSON.
pub fn words(pool: &DescriptorPool, package: &str) -> String {
    let (stored, answers) = (stored(pool), answers(pool));
    let kinds =
        stored.values().chain(answers.values()).flat_map(MessageDescriptor::fields).map(|field| field.kind());
    let enums =
        kinds.filter_map(|kind| kind.as_enum().cloned()).filter(|words| words.package_name() == package);
    let names: BTreeSet<_> = enums.map(|words| words.name().to_owned()).collect();
    if names.is_empty() {
        return String::new();
    }
    format!("json::words!({});\n", Vec::from_iter(names).join(", "))
}

/// The Rust type of a name of the contracts, from the root of this crate.
pub fn path(full_name: &str) -> String {
    full_name.trim_start_matches("verdict.").replace('.', "::")
}

/// `registry.rs`: the types of all of them.
pub fn registry(pool: &DescriptorPool) -> String {
    let stored = stored(pool);
    let mut code = "//! The messages that are JSON, each with its type. `UPDATE=1 cargo test -p verdict-proto` writes \
                    this file.\n\nuse verdict_proto::{bets, gtm, metrics, platform, rollouts, sinks, v1};\n\n\
                    use crate::mapping::{Mapping, read, written};\n\npub fn all() -> Vec<Mapping> {\n    vec![\n"
        .to_owned();
    for name in stored.keys() {
        writeln!(code, "        read::<{}>(\"{name}\"),", path(name)).unwrap();
    }
    for name in answers(pool).keys().filter(|name| !stored.contains_key(*name)) {
        writeln!(code, "        written::<{}>(\"{name}\"),", path(name)).unwrap();
    }
    code + "    ]\n}\n"
}
