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
