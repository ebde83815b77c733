//! The committed Rust under `src/gen` is what the `.proto` files say.
//! `UPDATE=1 cargo test -p verdict-eventlog --test generated` writes it anew.

#![expect(clippy::unwrap_used, reason = "code that cannot be generated fails the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of a folder that end in `ending`, by path.
fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
    files.sort();
    files
}

fn generate(root: &Path, out: &Path) {
    let folder = root.join("proto");
    let set = protox::compile(files_in(&folder, "proto"), [folder]).unwrap();
    tonic_prost_build::configure()
        .out_dir(out)
        .bytes(".")
        .emit_rerun_if_changed(false)
        .compile_fds(set)
        .unwrap();
}

fn contents(folder: &Path) -> BTreeMap<String, String> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    let files = files_in(folder, "rs");
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn committed_code_is_what_the_protocol_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (committed, fresh) = (root.join("src/gen"), tempfile::tempdir().unwrap());
    generate(root, fresh.path());
    let wanted = contents(fresh.path());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&committed).unwrap();
        for path in files_in(&committed, "rs") {
            std::fs::remove_file(path).unwrap();
        }
        for (name, text) in &wanted {
            std::fs::write(committed.join(name), text).unwrap();
        }
    }
    let found = contents(&committed);
    let stale: Vec<_> =
        wanted.iter().filter(|(name, text)| found.get(*name) != Some(text)).map(|(name, _)| name).collect();
    let rewrite = "UPDATE=1 cargo test -p verdict-eventlog --test generated";
    assert!(stale.is_empty(), "stale: {stale:?}; run {rewrite}");
    assert_eq!(found.len(), wanted.len(), "files under src/gen that no contract generates");
}
