//! Field by field, what a document wants otherwise than it is. Two spellings of one moment or number, and two orders of
//! the same names, are no difference.

use std::fmt;

use serde_json::Value;

use super::Content;
use crate::finding::Path;
use crate::rollout::{Class, StagedRolloutSpec};
use crate::schema;
use crate::words::{Line, Moment};

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Beginning with the field of the spec.
    pub field: Path,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: Option<&Value>| match value {
            None => "nothing".to_owned(),
            Some(Value::String(text)) if !text.contains('\n') => text.clone(),
            Some(value) => value.to_string(),
        };
        write!(f, "{}: {} -> {}", self.field, shown(self.old.as_ref()), shown(self.new.as_ref()))
    }
}

/// What a rollout lacks that its bet does not know of. It is no field of a document.
pub(super) const ATTACHED: &str = "attachedToBet";

/// What differs when only the keeper does. It is no field of a document.
pub(super) const KEEPER: &str = "keptBy";

/// What `wanted` wants otherwise. What it leaves out is left alone.
pub(super) fn between(present: &Content, wanted: &Content) -> Vec<Change> {
    let (mut old, mut new) = (json(present), json(wanted));
    if let (Content::Rollout { rollout: present, .. }, Content::Rollout { rollout: wanted, .. }) =
        (present, wanted)
    {
        default_stages(present, wanted, &mut old);
    }
    if let (Content::Bet(present), Content::Bet(wanted)) = (present, wanted)
        && present.bring_to >= wanted.bring_to
    {
        remove(&mut new, "bringTo");
    }
    remove(&mut new, "key");
    if let Content::Flag { cleanup, .. } = present {
        // It says which flag it is, and not what it is.
        remove(&mut new, "environment");
        if !cleanup {
            remove(&mut new, "cleanupOn");
        }
    }
    // How the flag of a rollout is named in the file makes no difference: it is planned as a thing of its own.
    if let Some(key) = new.pointer("/flag/key").cloned() {
        remove(&mut new, "flag");
        insert(&mut new, "flagRef", serde_json::json!({ "key": key }));
    }
    let mut changes = Vec::new();
    if let (Content::Guardrail { metric: before, .. }, Content::Guardrail { metric: after, .. }) =
        (present, wanted)
        && !before.eq_ignore_ascii_case(after)
    {
        let (old, new) = (Some(before.as_str().into()), Some(after.as_str().into()));
        changes.push(Change { field: Path::of(&["metric"]), old, new });
    }
    if let (Content::Rollout { attached: false, .. }, Content::Rollout { attached: true, .. }) =
        (present, wanted)
    {
        let (old, new) = (Some(false.into()), Some(true.into()));
        changes.push(Change { field: Path::of(&[ATTACHED]), old, new });
    }
    compare(shape(wanted), Some(&old), &new, &Path::default(), &mut changes);
    changes
}

fn json(content: &Content) -> Value {
    let written = match content {
        Content::Metric(spec) => serde_json::to_value(spec),
        Content::Flag { flag: spec, .. } => serde_json::to_value(spec),
        Content::Bet(spec) => serde_json::to_value(spec),
        Content::Rollout { rollout, .. } => serde_json::to_value(rollout),
        Content::Guardrail { guardrail, .. } => serde_json::to_value(guardrail),
        Content::Launch(spec) => serde_json::to_value(spec),
    };
    written.unwrap_or_default()
}

fn remove(of: &mut Value, field: &str) {
    if let Some(fields) = of.as_object_mut() {
        fields.remove(field);
    }
}

fn insert(of: &mut Value, field: &str, value: Value) {
    if let Some(fields) = of.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
}

/// A document may name people for stages that the platform fills in: they are found in those stages.
fn default_stages(present: &StagedRolloutSpec, wanted: &StagedRolloutSpec, old: &mut Value) {
    if !wanted.stages.is_empty() {
        return;
    }
    let named = |class: Class, names: fn(&crate::rollout::Exposure) -> &Vec<Line>| -> Value {
        let stages = present.stages.iter().filter(|stage| stage.class == class);
        let steps = stages.flat_map(|stage| &stage.steps);
        steps.flat_map(|step| names(&step.exposure)).map(|name| Value::from(name.as_str())).collect()
    };
    insert(old, "internalMembers", named(Class::Internal, |exposure| &exposure.members));
    insert(old, "alphaAccounts", named(Class::Named, |exposure| &exposure.accounts));
}

/// The schema of what is compared.
fn shape(content: &Content) -> &'static Value {
    let root = schema::of(content.kind()).pointer("/properties/spec").map_or(&Value::Null, schema::resolve);
    match content {
        Content::Guardrail { .. } => root.pointer("/properties/guardrails/items").unwrap_or(&Value::Null),
        Content::Metric(_)
        | Content::Flag { .. }
        | Content::Bet(_)
        | Content::Rollout { .. }
        | Content::Launch(_) => root,
    }
}

fn compare(schema: &Value, old: Option<&Value>, new: &Value, at: &Path, changes: &mut Vec<Change>) {
    let schema = schema::resolve(schema);
    match (old, new) {
        // What people write into a flag is compared as a whole: there a missing field is a difference.
        (Some(Value::Object(before)), Value::Object(after)) if schema.get("properties").is_some() => {
            for (name, value) in after {
                let field = schema.pointer(&format!("/properties/{name}")).unwrap_or(&Value::Null);
                compare(field, before.get(name), value, &at.field(name), changes);
            }
        }
        (Some(Value::Array(before)), Value::Array(after))
            if is_structured(after) && before.len() == after.len() =>
        {
            let items = schema.get("items").unwrap_or(&Value::Null);
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(items, Some(before), after, &at.index(index), changes);
            }
        }
        (Some(before), after) if is_same(schema, before, after) => {}
        (before, after) => {
            changes.push(Change { field: at.clone(), old: before.cloned(), new: Some(after.clone()) });
        }
    }
}

fn is_structured(list: &[Value]) -> bool {
    list.iter().all(Value::is_object)
}

fn is_same(schema: &Value, old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::String(one), Value::String(other)) => {
            one == other
                || match schema.get("format").and_then(Value::as_str) {
                    Some("date-or-time") => instant(one).is_some() && instant(one) == instant(other),
                    Some("decimal" | "person-days") => plain(one) == plain(other),
                    Some("key") => one.eq_ignore_ascii_case(other),
                    // A block of YAML ends with a line break, which nobody means.
                    Some("text" | "line") => one.trim() == other.trim(),
                    Some(_) | None => false,
                }
        }
        (Value::Array(one), Value::Array(other)) if one.iter().chain(other).all(Value::is_string) => {
            let sorted = |list: &[Value]| {
                let mut names: Vec<_> = list.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                names.sort_unstable();
                names.dedup();
                names
            };
            sorted(one) == sorted(other)
        }
        _ => old == new,
    }
}

fn instant(text: &str) -> Option<jiff::Timestamp> {
    Moment::from(text).instant()
}

/// A decimal without zeros that say nothing.
fn plain(text: &str) -> String {
    let (sign, number) = text.strip_prefix('-').map_or(("", text), |number| ("-", number));
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let sign = if whole.is_empty() && part.is_empty() { "" } else { sign };
    format!("{sign}{whole}.{part}")
}
