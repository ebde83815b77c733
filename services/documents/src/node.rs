//! What a YAML text holds, with the place of everything: types and rules are asked of this, so that whatever is wrong
//! can be pointed at.

use crate::finding::{Part, Path, Place};

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) at: Place,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A finding was made of it already; nothing more is asked.
    Broken,
    Nothing,
    Bool(bool),
    Whole(i64),
    /// Any other number, as it was written.
    Decimal(String),
    Text {
        text: String,
        /// Without quotes: other readers of YAML may take it for something else.
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A field of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) at: Place,
    pub(crate) node: Node,
}

impl Node {
    /// The field of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.name == name).map(|entry| &entry.node),
            _ => None,
        }
    }

    /// The text in the field of that name.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name).map(|node| &node.value) {
            Some(Value::Text { text, .. }) => Some(text),
            _ => None,
        }
    }

    /// Where the path leads to, or where the section begins that it should stand in.
    pub(crate) fn find(&self, path: &Path) -> Place {
        let mut node = self;
        let mut place = self.at;
        for part in path.parts() {
            let next = match (part, &node.value) {
                (Part::Field(name), Value::Map(entries)) => {
                    let entry = entries.iter().find(|entry| entry.name == *name);
                    entry.map(|entry| (&entry.node, pointed(entry)))
                }
                (Part::Index(index), Value::List(list)) => list.get(*index).map(|node| (node, node.at)),
                _ => None,
            };
            let Some((found, at)) = next else { return node.at };
            (node, place) = (found, at);
        }
        place
    }

    /// As JSON: what types are read from. Numbers that JSON cannot hold are none.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Broken | Value::Nothing => serde_json::Value::Null,
            Value::Bool(yes) => (*yes).into(),
            Value::Whole(number) => (*number).into(),
            Value::Decimal(text) => number(text),
            Value::Text { text, .. } => text.clone().into(),
            Value::List(list) => list.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                entries.iter().map(|entry| (entry.name.clone(), entry.node.to_json())).collect()
            }
        }
    }

    /// What it is, for a person.
    pub(crate) fn shown(&self) -> String {
        match &self.value {
            Value::Broken | Value::Nothing => "nothing".to_owned(),
            Value::Bool(yes) => yes.to_string(),
            Value::Whole(number) => format!("the number {number}"),
            Value::Decimal(text) => format!("the number {text}"),
            Value::Text { text, .. } => format!("the text {}", quoted(text)),
            Value::List(list) => format!("a list of {}", counted(list.len(), "entry", "entries")),
            Value::Map(entries) => format!("a section of {}", counted(entries.len(), "field", "fields")),
        }
    }
}

/// A number that is no whole one of 64 bits with a sign.
fn number(text: &str) -> serde_json::Value {
    if let Ok(whole) = text.parse::<u64>() {
        return whole.into();
    }
    let finite = text.parse::<f64>().ok().and_then(serde_json::Number::from_f64);
    finite.map_or(serde_json::Value::Null, serde_json::Value::Number)
}

/// The value where it stands on the line of its name, else the name.
fn pointed(entry: &Entry) -> Place {
    if entry.node.at.line == entry.at.line { entry.node.at } else { entry.at }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A text in quotes, short enough for a line and without what a terminal would act on.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("\"{shown}\"")
}
