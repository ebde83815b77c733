//! YAML texts to nodes. What documents have no use for is refused: anchors and aliases (and with them the texts that
//! grow without end), tags, fields that stand twice, and whatever readers of YAML disagree about.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use crate::finding::{Path, Place, Sink};
use crate::node::{Entry, Node, Value, quoted};

mod refused;
mod scalar;

pub(crate) use scalar::is_doubtful;

/// Deepest nesting of lists and sections.
const DEEPEST: usize = 32;

/// The documents of a text with their numbers; empty ones are counted and left out. `above`: lines before the text.
pub(crate) fn documents(text: &str, above: usize, sink: &mut Sink) -> Vec<(usize, Node)> {
    let mut parser = Parser::new_from_str(text);
    let mut found = Vec::new();
    let mut builder = Builder::new(above);
    loop {
        match parser.next() {
            None => return found,
            Some(Ok((Event::DocumentStart(..), _))) => {
                sink.next_document();
                builder = Builder::new(above);
            }
            Some(Ok((Event::DocumentEnd, _))) => {
                let root = builder.root.take().filter(|root| root.value != Value::Nothing);
                found.extend(root.map(|root| (sink.document(), root)));
            }
            Some(Ok((event, span))) => {
                if builder.take(event, span, sink).is_err() && !goes_on(&mut parser) {
                    return found;
                }
            }
            Some(Err(error)) => {
                refused::scan(&error, text, above, sink);
                builder = Builder::new(above);
                if !goes_on(&mut parser) {
                    return found;
                }
            }
        }
    }
}

/// Skips what is left of the document.
fn goes_on<'t>(parser: &mut Parser<'t, StrInput<'t>>) -> bool {
    parser.proceed_next_document().unwrap_or(false)
}

/// The document cannot be read further.
struct Hopeless;

/// A list or section that is not closed yet.
enum Open {
    List(Place, Vec<Node>),
    Map { at: Place, entries: Vec<Entry>, name: Option<Name> },
}

/// The name of the field whose value comes next.
struct Name {
    text: String,
    at: Place,
    /// The value is dropped: the name was no good, which was said.
    refused: bool,
}

struct Builder {
    above: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// An anchor, alias or tag was refused: one is enough for a document.
    said: bool,
}

impl Builder {
    const fn new(above: usize) -> Self {
        Self { above, open: Vec::new(), root: None, said: false }
    }

    fn take(&mut self, event: Event<'_>, span: Span, sink: &mut Sink) -> Result<(), Hopeless> {
        let at = place(&span.start, self.above);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_node(at, anchor, tag.is_some(), sink);
                let value = scalar::read(text.into_owned(), matches!(style, ScalarStyle::Plain));
                self.value(Node { at, value }, sink);
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.plain_node(at, 1, false, sink);
                self.value(Node { at, value: Value::Broken }, sink);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.plain_node(at, anchor, tag.is_some(), sink);
                self.deeper(at, sink)?;
                self.open.push(Open::List(at, Vec::new()));
            }
            Event::MappingStart(_, anchor, tag) => {
                self.plain_node(at, anchor, tag.is_some(), sink);
                self.deeper(at, sink)?;
                self.open.push(Open::Map { at, entries: Vec::new(), name: None });
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(at, list)) => self.value(Node { at, value: Value::List(list) }, sink),
                Some(Open::Map { at, entries, .. }) => {
                    self.value(Node { at, value: Value::Map(entries) }, sink);
                }
                None => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// Refuses anchors, aliases and tags.
    fn plain_node(&mut self, at: Place, anchor: usize, tagged: bool, sink: &mut Sink) {
        if (anchor == 0 && !tagged) || std::mem::replace(&mut self.said, true) {
            return;
        }
        let (found, wanted) = if anchor > 0 {
            ("an anchor (&name) or an alias (*name)", "the value itself in every place")
        } else {
            ("a tag (!name)", "the value without it")
        };
        sink.add(at, &Path::default(), found, wanted);
    }

    fn deeper(&self, at: Place, sink: &mut Sink) -> Result<(), Hopeless> {
        if self.open.len() < DEEPEST {
            return Ok(());
        }
        let found = format!("lists and sections more than {DEEPEST} deep");
        sink.add(at, &Path::default(), found, "a document");
        Err(Hopeless)
    }

    /// A whole value: an entry, the name of a field, what a field holds, or the document.
    fn value(&mut self, node: Node, sink: &mut Sink) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, list)) => list.push(node),
            Some(Open::Map { entries, name, .. }) => match name.take() {
                None => *name = Some(named(node, entries, sink)),
                Some(Name { refused: true, .. }) => {}
                Some(Name { text, at, .. }) => {
                    // Nothing stands nowhere: its name does.
                    let node = if node.value == Value::Nothing { Node { at, ..node } } else { node };
                    entries.push(Entry { name: text, at, node });
                }
            },
        }
    }
}

/// The name of a field, which stands once.
fn named(node: Node, before: &[Entry], sink: &mut Sink) -> Name {
    let at = node.at;
    let text: Cow<'_, str> = match &node.value {
        Value::Text { text, .. } | Value::Decimal(text) => text.into(),
        Value::Whole(number) => number.to_string().into(),
        Value::Bool(yes) => yes.to_string().into(),
        Value::Nothing | Value::Broken | Value::List(_) | Value::Map(_) => {
            if node.value != Value::Broken {
                let found = format!("{} as the name of a field", node.shown());
                sink.add(at, &Path::default(), found, "a name");
            }
            return Name { text: String::new(), at, refused: true };
        }
    };
    if let Value::Text { text, plain: true } = &node.value
        && is_doubtful(text)
    {
        let found = format!("{text} without quotes, which some readers of YAML take for something else");
        sink.add(at, &Path::default(), found, format!("{} with its quotes", quoted(text)));
        return Name { text: String::new(), at, refused: true };
    }
    let first = before.iter().find(|entry| entry.name == text);
    if let Some(first) = first {
        let found =
            format!("the field {} for a second time (first on line {})", quoted(&text), first.at.line);
        sink.add(at, &Path::default(), found, "each field once");
    }
    Name { text: text.into_owned(), at, refused: first.is_some() }
}

fn place(marker: &granit_parser::Marker, above: usize) -> Place {
    Place { line: marker.line() + above, column: marker.col() + 1 }
}
