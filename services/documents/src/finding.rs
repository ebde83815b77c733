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
