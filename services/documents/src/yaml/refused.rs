//! Texts that are no YAML, in our own words where those of the parser would not help.

use granit_parser::{ErrorKind, ScanError};

use crate::finding::{Path, Place, Sink};

/// Says what the parser met. Nothing else of the document is read.
pub(super) fn scan(error: &ScanError, text: &str, above: usize, sink: &mut Sink) {
    let (found, wanted) = words(error.kind());
    let at = super::place(error.marker(), above);
    let line = text.lines().nth(error.marker().line().saturating_sub(1)).unwrap_or_default();
    // The parser gives up behind a tab.
    let tab = line.chars().position(|c| c == '\t').filter(|_| wanted == SPACES);
    let at = tab.map_or(at, |before| Place { column: before + 1, ..at });
    sink.add(at, &Path::default(), found, wanted);
}

/// In place of a tab.
const SPACES: &str = "spaces";

fn words(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as Kind;
    let (found, wanted) = match kind {
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => ("a tab", SPACES),
        Kind::UnknownAnchor => ("an alias (*name) without an anchor", "the value itself in every place"),
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            ("the end of the document in a text in quotes", "the closing quote")
        }
        Kind::UnclosedFlowCollection { .. }
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator => {
            ("a list or section in brackets that goes on", "a ',' or the closing bracket")
        }
        Kind::MappingValueNotAllowed | Kind::InvalidColonPlacement | Kind::InvalidMappingValueWhitespace => {
            ("a ':' where none can be", "a text with ': ' in it in quotes, or the field on a line of its own")
        }
        Kind::InvalidIndentation | Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry => {
            ("a line that is indented unlike those above it", "fields of one section in one column")
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => ("a line that is no field", "'name: value'"),
        Kind::UnexpectedCharacter { character } => {
            let found = format!("the character {character:?}, which cannot begin a value");
            return (found, "a text with it in quotes");
        }
        Kind::BomInsideDocument => {
            ("a byte order mark in the middle of the text", "one at the start at most")
        }
        Kind::RecursionLimitExceeded => ("lists and sections that are nested too deeply", "a document"),
        other => return (format!("what is no YAML ({other})"), "a YAML document"),
    };
    (found.to_owned(), wanted)
}
