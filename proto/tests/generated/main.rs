//! The committed Rust under `src/gen` and `api/src/gen` is what the `.proto` files say.
//! `UPDATE=1 cargo test -p verdict-proto` writes it anew, and `stored.txt` with it as far as that only adds; `REMOVE=1`
//! beside it lets lines of `stored.txt` change and go.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use protox::prost_reflect::DescriptorPool;
use protox::prost_reflect::prost_types::FileDescriptorSet;

mod commands;
mod descriptors;
mod instances;
mod json;
mod mapping;
#[rustfmt::skip]
mod registry;
mod stored;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

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

/// The contracts with their options, which the plain descriptors lose.
fn contracts(root: &Path) -> DescriptorPool {
    let protos = files_below(&root.join("verdict"), "proto");
    let mut compiler = protox::Compiler::new([root]).unwrap();
    compiler.open_files(protos).unwrap();
    compiler.descriptor_pool()
}

fn files(root: &Path) -> FileDescriptorSet {
    let protos = files_below(&root.join("verdict"), "proto");
    let mut set = protox::compile(&protos, [root]).unwrap();
    set.file.retain(|file| file.package().starts_with("verdict"));
    set
}

fn generate_messages(root: &Path, out: &Path) {
    let (set, pool) = (files(root), contracts(root));
    let packages: BTreeSet<_> = set.file.iter().map(|file| file.package().to_owned()).collect();
    json::derive(&pool, tonic_prost_build::configure())
        .build_client(false)
        .build_server(false)
        .out_dir(out)
        .emit_rerun_if_changed(false)
        .compile_fds(set)
        .unwrap();
    for package in packages {
        add(out, &package, &json::words(&pool, &package));
        add(out, &package, &json::cases(&pool, &package));
    }
    for request in commands::requests(&pool) {
        add(out, request.message.package_name(), &commands::table(&request));
    }
}

fn generate_services(root: &Path, out: &Path) {
    let mut set = files(root);
    set.file.retain(|file| !file.service.is_empty());
    tonic_prost_build::configure()
        .extern_path(".verdict", "::verdict_proto")
        // Whoever calls brings a transport.
        .build_transport(false)
        .out_dir(out)
        .emit_rerun_if_changed(false)
        .compile_fds(set)
        .unwrap();
}

/// Adds what prost does not say to the file of a package.
fn add(out: &Path, package: &str, code: &str) {
    let path = out.join(format!("{package}.rs"));
    let before = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, before + code).unwrap();
}

fn contents(dir: &Path) -> BTreeMap<String, String> {
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    files_below(dir, "rs").iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn committed_messages_are_what_the_contracts_say() {
    committed_are_generated("src/gen", generate_messages);
}

#[test]
fn committed_services_are_what_the_contracts_say() {
    committed_are_generated("api/src/gen", generate_services);
}

fn committed_are_generated(dir: &str, generate: fn(&Path, &Path)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (committed, fresh) = (root.join(dir), tempfile::tempdir().unwrap());
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
    assert_eq!(found.len(), wanted.len(), "files under {dir} that no contract generates");
}

#[test]
fn committed_descriptors_are_what_the_contracts_say() {
    let path = root().join("src/gen/contracts.binpb");
    let wanted = descriptors::encoded(&root());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read(&path).unwrap();
    assert!(found == wanted, "src/gen/contracts.binpb is stale: run UPDATE=1 cargo test -p verdict-proto");
    assert!(found.len() < 120_000, "{} bytes: has something come in besides services?", found.len());
}

#[test]
fn the_list_of_messages_that_are_json_is_what_the_contracts_say() {
    let path = root().join("tests/generated/registry.rs");
    let wanted = json::registry(&contracts(&root()));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert_eq!(found, wanted, "run UPDATE=1 cargo test -p verdict-proto");
}

#[test]
fn every_command_says_its_effect_and_its_audience() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let requests = commands::requests(&contracts(root));
    assert!(requests.len() >= 8, "only {} requests hold commands", requests.len());
    let unsaid = |text: &str| text.is_empty() || text.ends_with("UNSPECIFIED");
    let silent: Vec<_> = requests
        .iter()
        .flat_map(|request| &request.commands)
        .filter(|command| unsaid(&command.effect) || unsaid(&command.audience))
        .map(|command| &command.message)
        .collect();
    assert!(silent.is_empty(), "commands without (verdict.v1.effect) or (verdict.v1.audience): {silent:?}");
}

#[test]
fn clause_25_no_stored_name_number_or_type_is_taken_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("stored.txt");
    let present = stored::lines(&contracts(root));
    let text: String = present.iter().map(|line| format!("{line}\n")).collect();
    let may_remove = std::env::var_os("REMOVE").is_some();
    let former = std::fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("UPDATE").is_some() && stored::may_bless(&former, &present, may_remove) {
        std::fs::write(&path, &text).unwrap();
    }
    let released = std::fs::read_to_string(&path).unwrap();
    let broken = stored::taken_back(&released, &present);
    assert!(
        broken.is_empty(),
        "logs hold these: {broken:#?}; while no log of a release does, make bless REMOVE=1 takes them back"
    );
    assert_eq!(released, text, "new names are not in stored.txt; run UPDATE=1 cargo test -p verdict-proto");
}

#[test]
fn clause_25_a_blessing_adds_names_and_takes_none_back_unless_that_is_said_too() {
    let present = stored::lines(&contracts(Path::new(env!("CARGO_MANIFEST_DIR"))));
    let fewer = "verdict.v1.ProcessEnded = message\n";
    let gone = "verdict.v1.ProcessEnded = message\nverdict.v1.ProcessFinished = message\n";
    let changed = "verdict.v1.CheckpointStored.live = 2 optional string\n";
    for (former, said, may) in [
        ("", false, true),
        (fewer, false, true),
        (gone, false, false),
        (changed, false, false),
        (gone, true, true),
        (changed, true, true),
    ] {
        assert_eq!(stored::may_bless(former, &present, said), may, "{former} {said}");
    }
}

#[test]
fn clause_25_what_is_taken_back_of_a_stored_message_is_named() {
    let present = stored::lines(&contracts(Path::new(env!("CARGO_MANIFEST_DIR"))));
    let released = "verdict.v1.ProcessEnded = message
verdict.v1.ProcessFinished = message
verdict.v1.LeaseTerm.epoch = 3 optional uint32
verdict.v1.LeaseTerm.holder = 7 optional string
verdict.v1.LeaseTerm.owner = 9 optional string
verdict.v1.LeaseTerm.ttl_ms = 4 optional uint64
verdict.rollouts.v1.Promotion.PROMOTION_BY_HAND = 1
verdict.v1.CheckpointStored.live = 2 optional string
";
    let wanted = [
        "verdict.v1.ProcessFinished = message is gone",
        "verdict.v1.LeaseTerm.holder was '7 optional string' and is '1 optional string'",
        "verdict.v1.LeaseTerm.owner = 9 optional string is gone",
        "verdict.v1.LeaseTerm.ttl_ms was '4 optional uint64' and is '4 optional uint32'",
        "verdict.rollouts.v1.Promotion.PROMOTION_BY_HAND = 1 is gone",
        "verdict.v1.CheckpointStored.live was '2 optional string' and is '2 repeated string'",
    ];
    assert_eq!(stored::taken_back(released, &present), wanted);
}
