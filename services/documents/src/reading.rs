//! From texts to documents. Every finding of a text is collected; a document without one is read.

use serde_json::Value as Json;

use crate::document::{API_VERSION, Document, Kind, Metadata, Spec};
use crate::finding::{Finding, Path, Place, Sink};
use crate::node::{Node, Value, quoted};
use crate::{markdown, schema, shape, yaml};

/// Largest text, in bytes.
pub const LARGEST: usize = 1024 * 1024;

/// What was read of a text.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Documents without a finding, in the order of the text.
    pub documents: Vec<Placed>,
    /// In the order of the text.
    pub findings: Vec<Finding>,
}

/// A document and where it stands.
#[derive(Debug, Clone)]
pub struct Placed {
    pub document: Document,
    /// Name of the file, as it was given.
    pub source: String,
    /// Number of the document in the file, from 1.
    pub number: usize,
    node: Node,
}

impl Placed {
    /// Where the document begins.
    #[must_use]
    pub fn place(&self) -> Place {
        self.node.at
    }

    /// Where one of its fields stands.
    pub(crate) fn place_of(&self, path: &Path) -> Place {
        self.node.find(path)
    }

    /// A finding about one of its fields.
    #[must_use]
    pub fn finding(&self, path: &Path, found: impl Into<String>, wanted: impl Into<String>) -> Finding {
        Finding {
            source: self.source.clone(),
            document: self.number,
            place: self.place_of(path),
            path: path.clone(),
            found: found.into(),
            wanted: wanted.into(),
        }
    }
}

/// Reads a text: Markdown with front matter (a bet) where the name ends in `.md`, else YAML, of which JSON is a part.
#[must_use]
pub fn read(name: &str, text: &str) -> Reading {
    let mut sink = Sink::new(name);
    if text.len() > LARGEST {
        let found = format!("a text of {} bytes", text.len());
        sink.add(Place { line: 1, column: 1 }, &Path::default(), found, format!("at most {LARGEST}"));
        return Reading { documents: Vec::new(), findings: sink.into_findings() };
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let nodes = if is_markdown(name) {
        markdown::document(text, &mut sink).into_iter().collect()
    } else {
        yaml::documents(text, 0, &mut sink)
    };
    let nodes = taken_apart(nodes);
    if nodes.is_empty() && sink.count() == 0 {
        sink.add(Place { line: 1, column: 1 }, &Path::default(), "no document", "at least one");
    }
    let mut documents = Vec::new();
    for (number, node) in nodes {
        sink.go_to(number);
        let document = document(&node, &mut sink);
        let source = name.to_owned();
        documents.extend(document.map(|document| Placed { document, source, number, node }));
    }
    Reading { documents, findings: sink.into_findings() }
}

/// A list holds documents, as what is printed as JSON does. They are counted where there is nothing else in the text.
fn taken_apart(nodes: Vec<(usize, Node)>) -> Vec<(usize, Node)> {
    let alone = nodes.len() == 1;
    let mut apart = Vec::new();
    for (number, node) in nodes {
        match node.value {
            Value::List(list) => {
                let of = |index| if alone { index + 1 } else { number };
                apart.extend(list.into_iter().enumerate().map(|(index, node)| (of(index), node)));
            }
            value => apart.push((number, Node { value, ..node })),
        }
    }
    apart
}

fn is_markdown(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn document(node: &Node, sink: &mut Sink) -> Option<Document> {
    let before = sink.of_document();
    let kind = kind(node, sink)?;
    shape::check(node, schema::of(kind), &Path::default(), sink);
    if sink.of_document() > before || before > 0 {
        return None;
    }
    let document = typed(kind, node, sink)?;
    let problems = document.problems();
    for problem in &problems {
        sink.add(node.find(&problem.path), &problem.path, problem.found.clone(), problem.wanted.clone());
    }
    problems.is_empty().then_some(document)
}

/// The kind, without which nothing else can be asked.
fn kind(node: &Node, sink: &mut Sink) -> Option<Kind> {
    if !matches!(node.value, Value::Map(_)) {
        if node.value != Value::Broken {
            let wanted = "a document with apiVersion, kind, metadata and spec";
            sink.add(node.at, &Path::default(), node.shown(), wanted);
        }
        return None;
    }
    let version = Path::of(&["apiVersion"]);
    let given = node.text("apiVersion");
    if given != Some(API_VERSION) {
        let found = node.get("apiVersion").map_or_else(|| "nothing".to_owned(), Node::shown);
        sink.add(node.find(&version), &version, found, API_VERSION);
        return None;
    }
    let at = Path::of(&["kind"]);
    let kind = node.text("kind").and_then(Kind::named);
    if kind.is_none() {
        let found = match node.text("kind") {
            Some(text) => quoted(text),
            None => node.get("kind").map_or_else(|| "nothing".to_owned(), Node::shown),
        };
        let known = Kind::ALL.map(Kind::as_str).join(", ");
        sink.add(node.find(&at), &at, found, format!("one of {known}"));
    }
    kind
}

/// A node of the right shape has a document in it; should types and schema ever differ, it is said here.
fn typed(kind: Kind, node: &Node, sink: &mut Sink) -> Option<Document> {
    let json = |name: &str| node.get(name).map_or(Json::Null, Node::to_json);
    let metadata: Result<Metadata, _> = serde_json::from_value(json("metadata"));
    let read = metadata.and_then(|metadata| {
        let spec = Spec::read(kind, json("spec"))?;
        Ok(Document { metadata, spec })
    });
    read.map_err(|error| sink.add(node.at, &Path::default(), error.to_string(), format!("a {kind}"))).ok()
}

#[cfg(test)]
mod tests;
