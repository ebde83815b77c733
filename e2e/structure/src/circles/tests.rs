//! Each way to name a module closes a circle.

use super::*;

const ROOT: &str = "//! A.\npub mod a;\nmod b;\n#[cfg(test)]\nmod fixtures;\npub use b::Bee;\nuse self::b::deep::{Down as Renamed};\n";

fn file(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

/// What is found where `a` names `b` and `b` is this text.
fn with_b(b: &str) -> Vec<String> {
    check(&[
        file("services/toy/src/lib.rs", ROOT),
        file("services/toy/src/a.rs", "//! A.\nuse crate::b::Bee;\n"),
        file("services/toy/src/b.rs", b),
        file("services/toy/src/b/deep.rs", "//! A.\nuse super::super::a::A;\n"),
        file("services/toy/src/fixtures.rs", "//! A.\nuse crate::{a::A, b::Bee};\n"),
    ])
}

#[test]
fn a_circle_is_told_with_its_places() {
    let found = with_b("//! A.\n\nuse crate::{\n    a::A,\n};\nfn f() { crate::a::g(crate::a::LEAST) }\n");
    let wanted = "services/toy: modules form a circle: a, b\n  a -> b: services/toy/src/a.rs:2\n  \
                  b -> a: services/toy/src/b.rs:4, services/toy/src/b.rs:6";
    assert_eq!(found, [wanted]);
}

#[test]
fn every_way_to_name_a_module_counts() {
    for b in [
        "use crate::a;",
        "use crate::a::*;",
        "use super::a::A as Other;",
        "use {crate::a::A};",
        "fn f() -> Vec<crate::a::A> { Vec::new() }",
        "fn f() { vec![1, g(crate::a::LEAST)]; }",
        "mod deep;",
        "mod inner { use super::super::a::A; }",
        "pub(in crate::a) struct S;",
    ] {
        assert_eq!(with_b(b).len(), 1, "{b}");
    }
}

#[test]
fn what_the_root_re_exports_is_of_its_module() {
    for name in ["Bee", "Renamed"] {
        let a = format!("use crate::{name};");
        let files = [
            file("proto/src/lib.rs", ROOT),
            file("proto/src/a.rs", &a),
            file("proto/src/b.rs", "use crate::a::A;"),
        ];
        assert_eq!(check(&files).len(), 1, "{name}");
    }
}

#[test]
fn a_longer_circle_is_one_and_what_leads_to_it_is_not_in_it() {
    let found = check(&[
        file("services/toy/src/main.rs", "mod a; mod b; mod c; mod d; mod e;"),
        file("services/toy/src/a.rs", "use crate::b::B;"),
        file("services/toy/src/b.rs", "use crate::{c::C, e::E};"),
        file("services/toy/src/c/mod.rs", "use crate::a::A;"),
        file("services/toy/src/d.rs", "use crate::a::A;"),
        file("services/toy/src/e.rs", "use std::fmt;"),
    ]);
    let [found] = &found[..] else { panic!("{found:?}") };
    assert_eq!(found.lines().next(), Some("services/toy: modules form a circle: a, b, c"));
    assert_eq!(found.lines().count(), 4);
}

#[test]
fn what_closes_no_circle_is_not_found() {
    for b in [
        "use crate::b::deep::Down;",
        "mod inner { use super::a::A; }",
        "use a::A;",
        "#[cfg(test)]\nmod tests { use crate::a::A; }",
        "#[cfg(test)]\nuse crate::a::A;",
        "#[cfg(test)]\nfn f() { crate::a::g() }",
        "#[cfg(test)]\nimpl From<crate::a::A> for B {}",
        "//! [`crate::a::A`]",
        "fn f() { println!(\"crate::a::A\"); g!(crate: a) }",
        "use crate::Deps;",
    ] {
        assert_eq!(with_b(b), Vec::<String>::new(), "{b}");
    }
}

#[test]
fn other_crates_are_not_looked_at() {
    for home in ["services/runtime", "e2e/toy"] {
        let files = [
            file(&format!("{home}/src/lib.rs"), "mod a; mod b;"),
            file(&format!("{home}/src/a.rs"), "use crate::b::B;"),
            file(&format!("{home}/src/b.rs"), "use crate::a::A;"),
        ];
        assert_eq!(check(&files), Vec::<String>::new(), "{home}");
    }
}
