//! Finds the tests that the `eventstore` crate carries in its package, wherever cargo has unpacked it, and
//! writes the modules through which `it` compiles them unmodified.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use cargo_metadata::MetadataCommand;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    // Not offline: cargo has fetched what this build needs, and the graph of the workspace names more. A machine with
    // empty caches gets the rest here, at the versions that the lock file names.
    let only = ["--locked".to_owned(), "--filter-platform".to_owned(), env::var("TARGET")?];
    let metadata = MetadataCommand::new().other_options(only).exec()?;
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "eventstore");
    let manifest = &package.ok_or("the eventstore crate is not among the dependencies")?.manifest_path;
    let tests = manifest.parent().ok_or("the manifest lies in no directory")?.join("tests");
    let module = |file: &str, name: &str| format!("#[path = {:?}]\nmod {name};\n", tests.join(file).as_str());
    let modules = module("common.rs", "common") + &module("api/streams.rs", "published_streams");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("published_tests.rs"), modules)?;
    Ok(())
}
