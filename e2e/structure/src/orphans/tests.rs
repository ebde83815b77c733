//! Each check fails on a bad sample.

use std::fs;

use super::*;

#[test]
fn a_file_that_nobody_declares_is_not_reached() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("a/inner")).unwrap();
    fs::write(at("lib.rs"), "mod a; #[path = \"odd.rs\"] mod b; include!(\"gen.rs\");").unwrap();
    fs::write(at("a.rs"), "mod inner { mod deep; }").unwrap();
    for name in ["a/inner/deep.rs", "odd.rs", "gen.rs", "orphan.rs", "a/orphan.rs"] {
        fs::write(at(name), "").unwrap();
    }
    let expected = ["lib.rs", "a.rs", "a/inner/deep.rs", "odd.rs", "gen.rs"].map(at);
    assert_eq!(reachable([at("lib.rs")]), BTreeSet::from(expected));
}
