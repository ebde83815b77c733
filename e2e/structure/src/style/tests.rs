//! Each check fails on a bad sample.

use super::*;

fn findings(path: &str, text: &str) -> Vec<String> {
    let findings = check(&Source { path: path.into(), text: text.into() });
    findings.into_iter().map(|finding| finding.replace(&format!("{path}: "), "")).collect()
}

const PURE: &str = "services/gtm/domain/src/launch.rs";
const NONE: [&str; 0] = [];

#[test]
fn a_file_without_an_opening_paragraph_is_found() {
    let wanted = ["does not open with a paragraph about itself"];
    assert_eq!(findings(PURE, "use std::fs;\n"), wanted);
    assert_eq!(findings("e2e/it/main.rs", "use std::fs;\n"), wanted);
    assert_eq!(findings(PURE, "//! A launch.\n"), NONE);
    assert_eq!(findings("services/gtm/domain/src/launch/tests.rs", "use std::fs;\n"), NONE);
    assert_eq!(findings("proto/src/gen/x.rs", "use std::fs;\n"), NONE);
}

#[test]
fn a_long_file_is_found() {
    let text = |lines: usize| format!("//! A.\n{}", "\n".repeat(lines - 1));
    assert_eq!(findings(PURE, &text(501)), ["has 501 lines, 500 is the limit"]);
    assert_eq!(findings(PURE, &text(500)), NONE);
    assert_eq!(findings("services/gtm/service/src/api/tests.rs", &text(501)), NONE);
}

#[test]
fn names_without_a_subject_are_found() {
    assert_eq!(findings("services/gtm/service/src/utils.rs", "//! A.\n"), ["'utils' names no subject"]);
    let types = "//! A.\nstruct LaunchManager; enum UtilKind {} trait Helper {} struct Launch;\n";
    let found =
        ["LaunchManager", "UtilKind", "Helper"].map(|name| format!("type '{name}' has an empty name"));
    assert_eq!(findings(PURE, types), found);
}

#[test]
fn a_bare_wildcard_in_a_pure_crate_is_found() {
    let both =
        "//! A.\nfn f(x: S) -> u8 { match x { (Some(1), _) => 1, (_, n) if n > 2 => 3, (_, _) => 2 } }\n";
    assert_eq!(findings(PURE, both), ["'f' matches with a bare `_`"]);
    let arm = "//! A.\nimpl X { fn g(&self) { match self { X::A => {}, _ => {} } } }\n";
    assert_eq!(findings(PURE, arm), ["'g' matches with a bare `_`"]);
    for catch_all in ["&_", "(_)", "any @ _", "(_, &_)", "other", "_other", "ref other", "(_, other)"] {
        let arm = format!("//! A.\nfn h(x: S) {{ match x {{ X::A => {{}}, {catch_all} => {{}} }} }}\n");
        assert_eq!(findings(PURE, &arm), ["'h' matches with a bare `_`"], "{catch_all}");
    }
    assert_eq!(findings("services/gtm/service/src/wire.rs", arm), NONE);
    let numbers = "//! A.\nfn f(x: u8) -> u8 { match x { 0 | 3..=9 => 1, _ => 2 } }\n";
    assert_eq!(findings(PURE, numbers), NONE);
    let test = "//! A.\n#[cfg(test)] mod tests { fn g() { match x { X::A => {}, _ => {} } } }\n";
    assert_eq!(findings(PURE, test), NONE);
}

#[test]
fn an_encoder_that_is_called_by_what_it_calls_is_found() {
    let wire = "services/gtm/wire/src/launch.rs";
    let later = "//! A.\nfn encode_later(event: &Event) -> Stored { match event { Event::A(_) => LaunchWire::encode(event) } }\n";
    assert_eq!(findings(wire, later), ["'encode_later' hands an event back to its encoder"]);
    let itself = "//! A.\nimpl W { fn encode(event: &Event) -> Stored { Self::encode(event) } }\n";
    assert_eq!(findings(wire, itself), ["'encode' hands an event back to its encoder"]);
    let part = "//! A.\nfn stored(plan: &Plan) -> Stored { plan::encode(plan) }\n";
    assert_eq!(findings(wire, part), NONE);
    assert_eq!(findings("services/runtime/src/chassis/execute.rs", later), NONE);
}

#[test]
fn a_test_that_sleeps_is_found() {
    let test = "//! A.\n#[tokio::test] async fn waits() { tokio::time::sleep(D).await; }\n";
    assert_eq!(findings("services/gtm/service/src/lib.rs", test), ["test 'waits' sleeps"]);
    let helper = "//! A.\nfn pause() { std::thread::sleep(D) }\n";
    assert_eq!(findings("e2e/sim/main.rs", helper), ["test 'pause' sleeps"]);
    for path in ["services/runtime/src/host/run.rs", "e2e/benches/start.rs"] {
        assert_eq!(findings(path, helper), NONE);
    }
}
