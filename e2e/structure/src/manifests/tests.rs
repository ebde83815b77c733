//! Each check fails on a bad sample.

use super::*;

fn findings(text: &str) -> Vec<String> {
    check(&Source { path: "x/Cargo.toml".into(), text: text.into() })
}

#[test]
fn a_version_of_its_own_a_second_listing_and_missing_lints_are_found() {
    let own = "[lints]\nworkspace = true\n[dependencies]\nserde = \"1\"\n";
    assert_eq!(findings(own), ["x/Cargo.toml: serde is not taken from the workspace"]);
    let twice = "[lints]\nworkspace = true\n[dependencies]\nserde.workspace = true\n[dev-dependencies]\nserde.workspace = true\n";
    assert_eq!(findings(twice), ["x/Cargo.toml: serde is listed twice"]);
    let bare = "[dependencies]\nserde.workspace = true\n";
    assert_eq!(findings(bare), ["x/Cargo.toml: does not inherit the lints of the workspace"]);
}

#[test]
fn a_manifest_that_takes_all_from_the_workspace_is_fine() {
    let good =
        "[lints]\nworkspace = true\n[dependencies]\nserde.workspace = true\njiff = { workspace = true }\n";
    assert_eq!(findings(good), Vec::<String>::new());
}

#[test]
fn a_dependency_that_no_file_of_the_crate_names_is_found() {
    let file = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let manifest =
        file("x/Cargo.toml", "[dependencies]\nserde-json.workspace = true\njiff.workspace = true\n");
    let files = [
        file("x/src/lib.rs", "use jiff::Timestamp; // serde_json_of is another word"),
        file("x/inner/src/lib.rs", "use serde_json::Value;"),
        file("y/src/lib.rs", "use serde_json::Value;"),
    ];
    let found = unused(&manifest, &["x/", "x/inner/"], &files);
    assert_eq!(found, ["x/Cargo.toml: no file of the crate uses serde-json"]);
    let used = file("x/src/wire.rs", "serde_json::to_vec(x)");
    assert_eq!(unused(&manifest, &["x/", "x/inner/"], &[&files[..], &[used]].concat()), Vec::<String>::new());
}
