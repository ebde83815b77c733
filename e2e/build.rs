//! Finds the tests that the `eventstore` crate carries in its package, wherever cargo has unpacked it, and
//! writes the modules through which `it` compiles them unmodified.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use cargo_metadata::MetadataCommand;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../Cargo.lock");
    let metadata = MetadataCommand::new().other_options(["--offline".to_owned()]).exec()?;
    let package = metadata.packages.iter().find(|package| package.name.as_str() == "eventstore");
    let manifest = &package.ok_or("the eventstore crate is not among the dependencies")?.manifest_path;
    let tests = manifest.parent().ok_or("the manifest lies in no directory")?.join("tests");
    let module = |file: &str, name: &str| format!("#[path = {:?}]\nmod {name};\n", tests.join(file).as_str());
    let modules = module("common.rs", "common") + &module("api/streams.rs", "published_streams");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("published_tests.rs"), modules)?;
    Ok(())
}
