//! A bet as a text for people: the fields in front matter, the hypothesis in sections.
//!
//! ```text
//! ---
//! metadata: { name: one-page-checkout }
//! spec: { mode: Scaling }
//! ---
//! # One page checkout
//!
//! ## Hypothesis
//! People give up between the pages.
//!
//! ## Expected outcome
//! Two in a hundred more buy.
//! ```
//!
//! What stands elsewhere would be lost, so it is refused. Comments (`<!-- -->`) are for readers of the file only.

use crate::document::{API_VERSION, Kind};
use crate::finding::{Path, Place, Sink};
use crate::node::{Entry, Node, Value, quoted};
use crate::yaml;

/// Heading of a section, and the field of the hypothesis that it is.
const SECTIONS: [(&str, &str); 2] = [("Hypothesis", "belief"), ("Expected outcome", "expectedOutcome")];

/// What a line between front matter and end belongs to.
#[derive(Clone, Copy)]
enum Within {
    /// Before any section.
    Top,
    Section(usize),
    /// It was refused, which was said.
    Unknown,
}

/// What the body says.
#[derive(Default)]
struct Body {
    title: Option<(Place, String)>,
    sections: [Option<(Place, String)>; 2],
    /// Something was refused: what is missing may be what that was meant for.
    damaged: bool,
}

/// The bet in the text.
pub(crate) fn document(text: &str, sink: &mut Sink) -> Option<(usize, Node)> {
    let first = Place { line: 1, column: 1 };
    let lines: Vec<&str> = text.lines().collect();
    let fence = |line: &&str| line.trim_end() == "---";
    let end = match lines.split_first() {
        Some((first, rest)) if fence(first) => rest.iter().position(fence),
        Some(_) | None => {
            sink.add(
                first,
                &Path::default(),
                "no front matter",
                "'---' on the first line, fields, and '---'",
            );
            return None;
        }
    };
    let Some(end) = end else {
        sink.add(first, &Path::default(), "front matter without an end", "a line of '---' after the fields");
        return None;
    };
    let front = lines.get(1..=end).unwrap_or_default().join("\n");
    let mut nodes = yaml::documents(&front, 1, sink).into_iter();
    let (number, node) = nodes
        .next()
        .unwrap_or_else(|| (sink.document().max(1), Node { at: first, value: Value::Map(Vec::new()) }));
    if let Some((_, second)) = nodes.next() {
        sink.add(second.at, &Path::default(), "a second document in the front matter", "one bet in a file");
        return None;
    }
    let before = sink.count();
    let mut body = body(lines.get(end + 2..).unwrap_or_default(), end + 3, sink);
    body.damaged = sink.count() > before;
    Some((number, merged(node, body, sink)))
}

/// Reads lines, of which the first is number `from`.
fn body(lines: &[&str], from: usize, sink: &mut Sink) -> Body {
    let mut body = Body::default();
    let mut within = Within::Top;
    let (mut fenced, mut comment) = (false, None);
    for (index, line) in lines.iter().enumerate() {
        let place = Place { line: from + index, column: 1 };
        let trimmed = line.trim();
        if !fenced && (comment.is_some() || trimmed.starts_with("<!--")) {
            comment = match line.split_once("-->") {
                None => comment.or(Some(place)),
                Some((before, after)) => {
                    if !after.trim().is_empty() {
                        let column = before.chars().count() + "-->".len() + 1;
                        let wanted = "it on the next line";
                        sink.add(
                            Place { column, ..place },
                            &Path::default(),
                            "text behind a comment",
                            wanted,
                        );
                    }
                    None
                }
            };
            continue;
        }
        fenced ^= trimmed.starts_with("```");
        let heading = if fenced { None } else { heading(line) };
        within = match (heading, within) {
            (Some((1, title)), _) => {
                titled(&mut body, place, title, sink);
                Within::Top
            }
            (Some((2, name)), _) => section(&mut body, place, name, sink),
            (Some(_) | None, Within::Section(section)) => {
                add(&mut body, section, line);
                within
            }
            (Some(_) | None, Within::Top) if !trimmed.is_empty() => {
                let wanted = "it under '## Hypothesis' or '## Expected outcome', or in <!-- -->";
                sink.add(place, &Path::default(), "text outside of a section", wanted);
                Within::Unknown
            }
            (Some(_) | None, Within::Top | Within::Unknown) => within,
        };
    }
    if let Some(place) = comment {
        sink.add(place, &Path::default(), "a comment that goes on to the end", "'-->' where it ends");
    }
    body
}

/// Level and text of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    (level > 0 && text.starts_with(' ')).then(|| (level, text.trim().trim_end_matches('#').trim_end()))
}

fn titled(body: &mut Body, place: Place, title: &str, sink: &mut Sink) {
    if let Some((first, _)) = &body.title {
        let found = format!("a second title {} (first on line {})", quoted(title), first.line);
        sink.add(place, &Path::default(), found, "one heading of the first level");
    } else {
        body.title = Some((Place { column: 3, ..place }, title.to_owned()));
    }
}

fn section(body: &mut Body, place: Place, name: &str, sink: &mut Sink) -> Within {
    let index = SECTIONS.iter().position(|(heading, _)| heading.eq_ignore_ascii_case(name));
    let slot = index.and_then(|index| body.sections.get_mut(index));
    let (Some(index), Some(slot)) = (index, slot) else {
        let known = SECTIONS.map(|(heading, _)| heading).join(", ");
        sink.add(place, &Path::default(), format!("the section {}", quoted(name)), format!("one of {known}"));
        return Within::Unknown;
    };
    if let Some((first, _)) = slot {
        let found = format!("the section {} for a second time (first on line {})", quoted(name), first.line);
        sink.add(place, &Path::default(), found, "each section once");
        return Within::Unknown;
    }
    *slot = Some((place, String::new()));
    Within::Section(index)
}

fn add(body: &mut Body, section: usize, line: &str) {
    if let Some(Some((_, text))) = body.sections.get_mut(section) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// The front matter with the body in its fields.
fn merged(mut node: Node, body: Body, sink: &mut Sink) -> Node {
    let at = node.at;
    let Value::Map(root) = &mut node.value else { return node };
    let text =
        |at: Place, text: &str| Node { at, value: Value::Text { text: text.to_owned(), plain: false } };
    for (name, value) in [("apiVersion", API_VERSION), ("kind", Kind::Bet.as_str())] {
        if !root.iter().any(|entry| entry.name == name) {
            root.push(Entry { name: name.to_owned(), at, node: text(at, value) });
        }
    }
    if let Some(kind) = root.iter().find(|entry| entry.name == "kind").map(|entry| &entry.node)
        && !matches!(&kind.value, Value::Text { text, .. } if text == Kind::Bet.as_str())
    {
        sink.add(kind.at, &Path::of(&["kind"]), kind.shown(), "Bet: other kinds are written in YAML");
        return Node { at, value: Value::Broken };
    }
    let empty = || Node { at, value: Value::Map(Vec::new()) };
    let at_spec = Path::of(&["spec"]);
    let Some(spec) = fields(root, "spec", empty()) else { return node };
    if let Some((at, title)) = body.title {
        put(spec, &at_spec, "title", text(at, &title), sink);
    }
    let sections = SECTIONS.iter().zip(body.sections);
    let written: Vec<_> = sections.filter_map(|((_, name), body)| Some((name, body?))).collect();
    if !written.is_empty()
        && let Some(hypothesis) = fields(spec, "hypothesis", empty())
    {
        for (name, (at, body)) in written {
            put(hypothesis, &at_spec.field("hypothesis"), name, text(at, body.trim()), sink);
        }
        for (_, name) in SECTIONS.iter().filter(|_| body.damaged) {
            forgive(hypothesis, name, at);
        }
    }
    if body.damaged {
        forgive(spec, "title", at);
    }
    node
}

/// The fields of a section, which is made where there is none. `None` when it is something else.
fn fields<'n>(of: &'n mut Vec<Entry>, name: &str, empty: Node) -> Option<&'n mut Vec<Entry>> {
    if !of.iter().any(|entry| entry.name == name) {
        of.push(Entry { name: name.to_owned(), at: empty.at, node: empty });
    }
    match of.iter_mut().find(|entry| entry.name == name).map(|entry| &mut entry.node.value) {
        Some(Value::Map(entries)) => Some(entries),
        _ => None,
    }
}

/// Nothing more is asked of a field that is not there.
fn forgive(section: &mut Vec<Entry>, name: &str, at: Place) {
    if !section.iter().any(|entry| entry.name == name) {
        section.push(Entry { name: name.to_owned(), at, node: Node { at, value: Value::Broken } });
    }
}

/// Adds a field, which the front matter must not have too.
fn put(section: &mut Vec<Entry>, path: &Path, name: &str, node: Node, sink: &mut Sink) {
    if let Some(first) = section.iter().find(|entry| entry.name == name) {
        let found = format!("the same in the front matter on line {}", first.at.line);
        sink.add(node.at, &path.field(name), found, "it in one of the two places");
    } else {
        section.push(Entry { name: name.to_owned(), at: node.at, node });
    }
}
