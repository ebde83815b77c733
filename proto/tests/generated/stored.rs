//! What logs hold is never taken back: the messages of stored events against those of the release, `stored.txt`.
//! One sorted line for each message, field and value of an enum.

use std::collections::{BTreeMap, BTreeSet};

use protox::prost_reflect::{DescriptorPool, EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor};

/// The files whose messages are stored; what these refer to is stored with them.
const STORED: [&str; 6] = [
    "/events.proto",
    "/internal.proto",
    "verdict/v1/process.proto",
    "verdict/v1/chassis.proto",
    "verdict/v1/naming.proto",
    "verdict/v1/ruling.proto",
];

/// What is stored, a line for each name.
pub fn lines(pool: &DescriptorPool) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for message in pool.all_messages() {
        if is_stored(message.parent_file().name()) {
            describe(&message, &mut lines);
        }
    }
    for values in pool.all_enums() {
        if is_stored(values.parent_file().name()) {
            describe_enum(&values, &mut lines);
        }
    }
    lines
}

/// Whether the messages of `file` are stored.
pub fn is_stored(file: &str) -> bool {
    file.starts_with("verdict/") && STORED.iter().any(|ending| file.ends_with(ending))
}

fn describe(message: &MessageDescriptor, lines: &mut BTreeSet<String>) {
    if !lines.insert(format!("{} = message", message.full_name())) {
        return;
    }
    for field in message.fields() {
        let kind = match field.kind() {
            Kind::Message(inner) => {
                describe(&inner, lines);
                inner.full_name().to_owned()
            }
            Kind::Enum(inner) => {
                describe_enum(&inner, lines);
                inner.full_name().to_owned()
            }
            scalar => format!("{scalar:?}").to_lowercase(),
        };
        lines.insert(format!("{} = {} {}{kind}", field.full_name(), field.number(), label(&field)));
    }
}

fn label(field: &FieldDescriptor) -> &'static str {
    if field.is_list() {
        "repeated "
    } else if field.field_descriptor_proto().proto3_optional() {
        "optional "
    } else {
        ""
    }
}

fn describe_enum(values: &EnumDescriptor, lines: &mut BTreeSet<String>) {
    for value in values.values() {
        lines.insert(format!("{}.{} = {}", values.full_name(), value.name(), value.number()));
    }
}

/// Whether `stored.txt` may become what is `present`: what is added breaks nothing, and the rest has to be said.
pub fn may_bless(former: &str, present: &BTreeSet<String>, may_remove: bool) -> bool {
    may_remove || taken_back(former, present).is_empty()
}

/// What was in the release and is no longer so, each with what is there now.
pub fn taken_back(released: &str, present: &BTreeSet<String>) -> Vec<String> {
    let present: BTreeMap<_, _> = present.iter().filter_map(|line| line.split_once(" = ")).collect();
    let mut broken = Vec::new();
    for line in released.lines() {
        let (name, was) = line.split_once(" = ").unwrap_or((line, ""));
        match present.get(name) {
            Some(&now) if now == was => {}
            Some(&now) => broken.push(format!("{name} was '{was}' and is '{now}'")),
            None => broken.push(format!("{name} = {was} is gone")),
        }
    }
    broken
}
