//! The committed Rust under `src/gen` is what the `.proto` files say.
//! `UPDATE=1 cargo test -p verdict-proto` writes it anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use prost::Message;

fn files_below(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn generate(root: &Path, out: &Path) {
    let protos = files_below(&root.join("verdict"), "proto");
    let set = protox::compile(&protos, [root]).unwrap();
    tonic_prost_build::configure()
        .out_dir(out)
        .emit_rerun_if_changed(false)
        .compile_fds(set.clone())
        .unwrap();
    let packages: Vec<_> = set
        .file
        .iter()
        .map(|file| format!(".{}", file.package()))
        .filter(|p| p.starts_with(".verdict"))
        .collect();
    pbjson_build::Builder::new()
        .register_descriptors(&set.encode_to_vec())
        .unwrap()
        .out_dir(out)
        .ignore_unknown_fields()
        .build(&packages)
        .unwrap();
}

fn contents(dir: &Path) -> BTreeMap<String, String> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files_below(dir, "rs").iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn committed_code_is_what_the_contracts_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (committed, fresh) = (root.join("src/gen"), tempfile::tempdir().unwrap());
    generate(root, fresh.path());
    let wanted = contents(fresh.path());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&committed).unwrap();
        for path in files_below(&committed, "rs") {
            std::fs::remove_file(path).unwrap();
        }
        for (name, text) in &wanted {
            std::fs::write(committed.join(name), text).unwrap();
        }
    }
    let found = contents(&committed);
    let stale: Vec<_> =
        wanted.iter().filter(|(name, text)| found.get(*name) != Some(text)).map(|(n, _)| n).collect();
    assert!(stale.is_empty(), "stale: {stale:?}; run UPDATE=1 cargo test -p verdict-proto");
    assert_eq!(found.len(), wanted.len(), "files under src/gen that no contract generates");
}
