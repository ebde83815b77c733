//! What is wrong with a document: where, in which field, what was found there, and what is wanted.

use std::fmt;

/// A line and a column of a text, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// The way to a field: `spec.stages[1].steps[0].exposure.basisPoints`. Empty = the whole document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(Vec<Part>);

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    Field(String),
    Index(usize),
}

impl Path {
    /// The way to these fields, one within the other.
    #[must_use]
    pub fn of(fields: &[&str]) -> Self {
        Self(fields.iter().map(|field| Part::Field((*field).to_owned())).collect())
    }

    /// The field of that name of what this leads to.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.then(Part::Field(name.to_owned()))
    }

    /// The entry of what this leads to, from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Part::Index(index))
    }

    /// Whether this leads through what the other leads to.
    #[must_use]
    pub fn begins_with(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.0
    }

    fn then(&self, part: Part) -> Self {
        let mut parts = self.0.clone();
        parts.push(part);
        Self(parts)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, part) in self.0.iter().enumerate() {
            match part {
                Part::Field(name) if number == 0 => f.write_str(name)?,
                Part::Field(name) => write!(f, ".{name}")?,
                Part::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A field that does not hold what it should, before it is known where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub path: Path,
    pub found: String,
    pub wanted: String,
}

impl Problem {
    pub(crate) fn new(path: &Path, found: impl Into<String>, wanted: impl Into<String>) -> Self {
        Self { path: path.clone(), found: found.into(), wanted: wanted.into() }
    }
}

/// A problem with its place, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the file, as it was given.
    pub source: String,
    /// Number of the document in the file, from 1.
    pub document: usize,
    pub place: Place,
    pub path: Path,
    pub found: String,
    pub wanted: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, document, place: Place { line, column }, path, found, wanted } = self;
        write!(f, "{source}:{line}:{column}: ")?;
        if *document > 1 {
            write!(f, "document {document}, ")?;
        }
        if !path.parts().is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "found {found}; wanted {wanted}")
    }
}

/// Collects findings of one text.
#[derive(Debug)]
pub(crate) struct Sink {
    source: String,
    document: usize,
    findings: Vec<Finding>,
}

impl Sink {
    pub(crate) fn new(source: &str) -> Self {
        Self { source: source.to_owned(), document: 0, findings: Vec::new() }
    }

    /// Number of the present document, from 1.
    pub(crate) const fn document(&self) -> usize {
        self.document
    }

    pub(crate) const fn next_document(&mut self) {
        self.document += 1;
    }

    /// What is found from now on is about the document with this number.
    pub(crate) const fn go_to(&mut self, document: usize) {
        self.document = document;
    }

    pub(crate) fn add(
        &mut self,
        place: Place,
        path: &Path,
        found: impl Into<String>,
        wanted: impl Into<String>,
    ) {
        self.findings.push(Finding {
            source: self.source.clone(),
            document: self.document.max(1),
            place,
            path: path.clone(),
            found: found.into(),
            wanted: wanted.into(),
        });
    }

    /// How many findings there are.
    pub(crate) const fn count(&self) -> usize {
        self.findings.len()
    }

    /// How many findings the present document has.
    pub(crate) fn of_document(&self) -> usize {
        self.findings.iter().filter(|finding| finding.document == self.document.max(1)).count()
    }

    /// Everything that was found, in the order of the text.
    pub(crate) fn into_findings(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| (finding.document, finding.place));
        self.findings
    }
}
