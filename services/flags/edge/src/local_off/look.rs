//! A look at the directory: what lies there, and what cannot be read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::keeper::checksum;
use crate::offs::Off;

/// So much of a file is its reason.
const REASON_BYTES: usize = 1_000;

/// What a look came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    pub(super) found: Vec<Found>,
    /// Each keeps off what was off there, and nothing else from being found (design clause 18).
    pub(super) unread: Vec<Unread>,
}

/// A file as it lies there.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) environment: String,
    pub(super) key: String,
    /// `None` where it cannot be read: it is there all the same.
    pub(super) note: Option<Note>,
}

/// What stands in a file.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) reason: String,
    /// Hash of all of it.
    pub(super) content: String,
}

/// What cannot be read: everything, an environment, or one file of it.
#[derive(Debug, Clone)]
pub(super) struct Unread {
    pub(super) environment: Option<String>,
    pub(super) key: Option<String>,
    pub(super) why: String,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.environment, &self.key) {
            (None, _) => f.write_str("the local offs")?,
            (Some(environment), None) => write!(f, "the local offs in {environment}")?,
            (Some(environment), Some(key)) => write!(f, "the local off {environment}/{key}")?,
        }
        write!(f, " cannot be read: {}", self.why)
    }
}

impl Look {
    /// Looks at everything in `directory`; what lies in it directly is of `environment`.
    pub(super) fn at(directory: &Path, environment: &str) -> Self {
        let mut look = Self::default();
        for (name, path) in look.entries(directory, None) {
            if path.is_dir() {
                let Some(within) = look.text(None, name) else { continue };
                for (key, path) in look.entries(&path, Some(&within)) {
                    look.file(&within, key, &path);
                }
            } else {
                look.file(environment, name, &path);
            }
        }
        look
    }

    /// A look that failed as a whole.
    pub(super) fn failed(why: &impl ToString) -> Self {
        let mut look = Self::default();
        look.not_read(None, None, why);
        look
    }

    /// Whether what is off may be there still, although it was not found.
    pub(super) fn leaves(&self, off: &Off) -> bool {
        let is_of =
            |environment: &Option<String>| environment.as_ref().is_none_or(|it| *it == off.environment);
        let is_key =
            |key: &Option<String>| key.as_ref().is_none_or(|it| it.to_lowercase() == off.key.to_lowercase());
        self.unread.iter().any(|unread| is_of(&unread.environment) && is_key(&unread.key))
    }

    fn not_read(&mut self, environment: Option<&str>, key: Option<&str>, why: &impl ToString) {
        let (environment, key) = (environment.map(str::to_owned), key.map(str::to_owned));
        self.unread.push(Unread { environment, key, why: why.to_string() });
    }

    /// What lies in a directory, in order, without what begins with a dot.
    fn entries(&mut self, directory: &Path, environment: Option<&str>) -> Vec<(OsString, PathBuf)> {
        let entries = fs::read_dir(directory).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.unwrap_or_else(|error| {
            self.not_read(environment, None, &error);
            Vec::new()
        });
        let named = entries.into_iter().map(|entry| (entry.file_name(), entry.path()));
        let mut named: Vec<_> =
            named.filter(|(name, _)| !name.as_encoded_bytes().starts_with(b".")).collect();
        named.sort_unstable();
        named
    }

    /// A name that is none of any flag or environment is said.
    fn text(&mut self, environment: Option<&str>, name: OsString) -> Option<String> {
        let unread = |look: &mut Self, name: OsString| {
            let name = name.to_string_lossy().into_owned();
            let (environment, key) = match environment {
                Some(environment) => (environment, Some(name.as_str())),
                None => (name.as_str(), None),
            };
            look.not_read(Some(environment), key, &"its name is no text");
        };
        name.into_string().map_err(|name| unread(self, name)).ok()
    }

    /// A file that went away since the directory was listed is not there.
    fn file(&mut self, environment: &str, name: OsString, path: &Path) {
        let Some(key) = self.text(Some(environment), name) else { return };
        // What is no file may never come to an end.
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return self.not_read(Some(environment), Some(&key), &"it is no file");
        }
        let note = match fs::read(path) {
            Ok(bytes) => Some(Note::of(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => {
                self.not_read(Some(environment), Some(&key), &error);
                None
            }
        };
        self.found.push(Found { environment: environment.to_owned(), key, note });
    }
}

impl Note {
    fn of(bytes: &[u8]) -> Self {
        let reason = String::from_utf8_lossy(&bytes[..bytes.len().min(REASON_BYTES)]).trim().to_owned();
        Self { reason, content: checksum(bytes) }
    }
}
