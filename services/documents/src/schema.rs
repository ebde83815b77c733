//! The JSON Schema of all documents. Editors complete documents with it, and this crate checks their shape against the
//! same one, so that the two never disagree.

use std::sync::LazyLock;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::bet::BetSpec;
use crate::document::{API_VERSION, Kind, Metadata};
use crate::flag::FlagSpec;
use crate::launch::LaunchSpec;
use crate::metric::MetricDefinitionSpec;
use crate::rollout::StagedRolloutSpec;

static SCHEMA: LazyLock<Value> = LazyLock::new(build);

/// One schema of every kind: a `oneOf` in the order of [`Kind::ALL`].
#[must_use]
pub fn schema() -> &'static Value {
    &SCHEMA
}

/// The schema of a document of that kind; its references lead into [`schema()`].
pub(crate) fn of(kind: Kind) -> &'static Value {
    let index = Kind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
    SCHEMA.pointer(&format!("/oneOf/{index}")).unwrap_or(&Value::Null)
}

/// The definition that a reference leads to.
pub(crate) fn resolve(schema: &Value) -> &Value {
    let pointer = schema.get("$ref").and_then(Value::as_str).and_then(|link| link.strip_prefix('#'));
    pointer.and_then(|pointer| SCHEMA.pointer(pointer)).unwrap_or(schema)
}

fn build() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let metadata = generator.subschema_for::<Metadata>().to_value();
    let documents: Vec<Value> =
        Kind::ALL.into_iter().map(|kind| document(kind, &metadata, &mut generator)).collect();
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Verdict documents",
        "description": "Plans as files, and what the custom resources in Kubernetes are made of.",
        "oneOf": documents,
        "$defs": generator.take_definitions(true),
    });
    without_null(&mut root);
    root
}

fn document(kind: Kind, metadata: &Value, generator: &mut SchemaGenerator) -> Value {
    let spec = match kind {
        Kind::MetricDefinition => generator.subschema_for::<MetricDefinitionSpec>(),
        Kind::Flag => generator.subschema_for::<FlagSpec>(),
        Kind::Bet => generator.subschema_for::<BetSpec>(),
        Kind::StagedRollout => generator.subschema_for::<StagedRolloutSpec>(),
        Kind::Launch => generator.subschema_for::<LaunchSpec>(),
    };
    json!({
        "title": kind.as_str(),
        "type": "object",
        "properties": {
            "apiVersion": { "const": API_VERSION },
            "kind": { "const": kind.as_str() },
            "metadata": metadata,
            "spec": spec.to_value(),
        },
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "additionalProperties": false,
    })
}

/// A field that is not given is left out: what may be left out need not allow a null.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            not_nullable(fields);
            fields.values_mut().for_each(without_null);
        }
        Value::Array(entries) => entries.iter_mut().for_each(without_null),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn not_nullable(fields: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = fields.get_mut("type") {
        types.retain(|name| name != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            fields.insert("type".to_owned(), one);
        }
    }
    if fields.get("default") == Some(&Value::Null) {
        fields.remove("default");
    }
    if let Some(Value::Array(mut choices)) = fields.remove("anyOf") {
        choices.retain(|choice| choice.get("type") != Some(&"null".into()));
        match (choices.len(), choices.pop()) {
            (1, Some(Value::Object(only))) => fields.extend(only),
            (_, last) => {
                choices.extend(last);
                fields.insert("anyOf".to_owned(), choices.into());
            }
        }
    }
}

#[cfg(test)]
mod tests;
