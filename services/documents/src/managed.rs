//! Who keeps a thing, and what it was made from: by this a second door is refused, and a file that has not changed is
//! no command.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use verdict_kernel::id::CommandId;

use crate::document::Document;

/// The namespace of the ids of commands that follow from documents. It never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x1b0c_6a52_93d4_5e7f_8f21_c40a_7de9_35b8);

/// Where the plan of a thing is kept. Another door is refused with this name, unless it takes over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ManagedBy {
    pub door: Door,
    /// The file, or cluster, namespace and name of the custom resource.
    pub source: String,
    /// The hash of the whole document as it was applied last.
    pub revision: Hash,
}

/// What the plan of a thing comes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Door {
    File,
    Kubernetes,
}

impl Door {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "the file",
            Self::Kubernetes => "Kubernetes",
        }
    }
}

impl ManagedBy {
    /// Of a document that comes through this door.
    #[must_use]
    pub fn of(door: Door, source: &str, document: &Document) -> Self {
        Self { door, source: source.to_owned(), revision: document.revision() }
    }
}

/// SHA-256 of a canonical form, in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hash(String);

impl Hash {
    /// Of JSON whose fields are in the order of the alphabet, whatever order they were given in.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let mut text = String::new();
        canonical(value, &mut text);
        let digest = Sha256::digest(text.as_bytes());
        let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Self(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Document {
    /// The hash of all that it says, labels and annotations too.
    #[must_use]
    pub fn revision(&self) -> Hash {
        Hash::of(&self.to_json())
    }

    /// The hash of what it wants of the platform: how it is laid out, what was left out and filled in, labels and
    /// annotations make no difference.
    #[must_use]
    pub fn payload_hash(&self) -> Hash {
        let mut spec = self.spec.to_json();
        if let Some(spec) = spec.as_object_mut() {
            spec.remove("key");
        }
        Hash::of(&json!({
            "kind": self.kind().as_str(),
            "team": self.team(),
            "key": self.key().folded(),
            "spec": spec,
        }))
    }
}

/// The id of the command with this payload that expects `version` of `stream`: the same plan twice is the same commands,
/// and the same change made again after it was undone is another one.
#[must_use]
pub fn command_id(stream: &str, version: u32, payload: &Hash) -> CommandId {
    let name = format!("{stream}\0{version}\0{payload}");
    CommandId::from_uuid(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}

fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(name, _)| name.as_str());
            out.push('{');
            for (name, value) in sorted {
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(entries) => {
            out.push('[');
            for entry in entries {
                canonical(entry, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string());
        }
    }
}

#[cfg(test)]
mod tests;
