//! The Rust files of the tree, and what kind of file each one is.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// Folders that hold no source of ours.
const SKIPPED: &[&str] = &["target", "node_modules", ".git"];

/// A file of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// From the root of the workspace, with forward slashes.
    pub path: String,
    pub text: String,
}

impl Source {
    /// Written by a generator and committed.
    pub fn is_generated(&self) -> bool {
        self.path.contains("/src/gen/")
    }

    /// Holds tests and nothing else.
    pub fn is_test(&self) -> bool {
        self.is_test_module() || self.is_test_binary()
    }

    /// The tests of a module, in a file beside it.
    pub fn is_test_module(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/src/") && self.path.contains("/tests/")
    }

    /// Part of a test or bench binary of its own.
    pub fn is_test_binary(&self) -> bool {
        let folders = ["e2e/it/", "e2e/sim/", "e2e/benches/"];
        folders.iter().any(|folder| self.path.starts_with(folder))
            || self.path.contains("/tests/") && !self.path.contains("/src/")
    }

    /// Part of a crate, and there for tests only: stand-ins and the suites of ports.
    pub fn supports_tests(&self) -> bool {
        ["/testing.rs", "/contract.rs"].iter().any(|ending| self.path.ends_with(ending))
            || ["/testing/", "/contract/"].iter().any(|folder| self.path.contains(folder))
    }

    /// Measures, and may wait for what it measures.
    pub fn is_bench(&self) -> bool {
        self.path.starts_with("e2e/benches/")
    }

    /// File name without its ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".rs").unwrap_or(name)
    }
}

/// The root of the workspace that this crate belongs to.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file below `root`, by path.
pub fn rust_files(root: &Path) -> io::Result<Vec<Source>> {
    files_named(root, &|name| Path::new(name).extension().is_some_and(|ending| ending == "rs"))
}

/// Every file of the contract below `root`, by path.
pub fn contract(root: &Path) -> io::Result<Vec<Source>> {
    files_named(root, &|name| Path::new(name).extension().is_some_and(|ending| ending == "proto"))
}

/// Every manifest below `root`, by path.
pub fn manifests(root: &Path) -> io::Result<Vec<Source>> {
    files_named(root, &|name| name == "Cargo.toml")
}

/// The path of every golden payload below `root`.
pub fn payloads(root: &Path) -> io::Result<Vec<String>> {
    let files =
        files_named(root, &|name| Path::new(name).extension().is_some_and(|ending| ending == "json"))?;
    Ok(files.into_iter().map(|file| file.path).filter(|path| path.contains("/fixtures/")).collect())
}

fn files_named(root: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<Source>> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !SKIPPED.contains(&&*name) {
                open.push(path);
            } else if wanted(&name) {
                found.push(Source { path: below(root, &path), text: fs::read_to_string(&path)? });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// `path` as seen from `root`.
pub(crate) fn below(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
