//! How files look: an opening paragraph, a bounded size, names that say something, decisions that are spelt out,
//! tests that do not sleep.

use syn::visit::{self, Visit};
use syn::{Arm, Attribute, ExprCall, ExprMatch, ImplItemFn, ItemFn, ItemMod, Pat};

use crate::sources::Source;

/// Most lines of a file that is not a test.
pub const MAX_LINES: usize = 500;
/// File names that gather whatever has no home.
const DUMPS: &[&str] = &["common", "utils", "util", "helpers", "helper", "misc"];
/// Parts of type names that say nothing.
const EMPTY_NAMES: &[&str] = &["Manager", "Helper", "Util"];

/// Tests that drive a process of its own from outside, where nothing tells when to look: file, function, why.
const WAITS: &[(&str, &str, &str)] = &[
    ("e2e/it/crash.rs", "told_with_kills", "a kill comes at a random moment"),
    (
        "e2e/it/esdb/ground.rs",
        "eventually",
        "a server is asked until it is there, which it does not announce; the wait has a deadline",
    ),
    ("e2e/it/log_server/killed.rs", "killed_under_load", "a kill comes once enough was acknowledged"),
    (
        "e2e/it/process.rs",
        "ready",
        "the file of addresses appears when the process is ready; the wait has a deadline",
    ),
    ("e2e/it/processes/killed.rs", "meanwhile", "a kill comes at a random moment"),
    (
        "e2e/it/processes/killed.rs",
        "broken",
        "a flag is asked for until it has changed; the wait has a deadline",
    ),
    (
        "e2e/it/processes/leases.rs",
        "clause_08_a_frozen_holder_is_replaced_and_fenced_when_it_wakes",
        "the log is read until the lease has another holder; the wait has a deadline",
    ),
    (
        "e2e/it/processes/stalled.rs",
        "the_story_survives_a_network_that_stalls_for_longer_than_a_heartbeat",
        "a network stands still for a while and no test can see when that is enough",
    ),
    (
        "e2e/it/secured.rs",
        "why_not_ready",
        "a process is asked until it says what it waits for; the wait has a deadline",
    ),
];

/// Everything that is wrong with the file.
pub fn check(file: &Source) -> Vec<String> {
    if file.is_generated() {
        return Vec::new();
    }
    let parsed = match syn::parse_file(&file.text) {
        Ok(parsed) => parsed,
        Err(error) => return vec![format!("{}: cannot be parsed: {error}", file.path)],
    };
    let mut reader = Reader {
        test: file.is_test() && !file.is_bench(),
        exhaustive: must_be_exhaustive(file),
        path: &file.path,
        function: String::new(),
        findings: layout(file),
    };
    reader.visit_file(&parsed);
    let named = |finding| format!("{}: {finding}", file.path);
    reader.findings.into_iter().map(named).collect()
}

fn layout(file: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    let opening = file.text.lines().find(|line| !line.trim().is_empty());
    if !file.is_test_module() && !opening.is_some_and(|line| line.starts_with("//!")) {
        findings.push("does not open with a paragraph about itself".to_owned());
    }
    let lines = file.text.lines().count();
    if !file.is_test() && lines > MAX_LINES {
        findings.push(format!("has {lines} lines, {MAX_LINES} is the limit"));
    }
    if DUMPS.contains(&file.stem()) {
        findings.push(format!("'{}' names no subject", file.stem()));
    }
    findings
}

/// Where a new variant must not compile until somebody has decided what it means.
fn must_be_exhaustive(file: &Source) -> bool {
    let path = &file.path;
    let pure = ["/domain/src/", "/wire/src/"].iter().any(|folder| path.contains(folder))
        || ["services/kernel/src/", "services/flags/evaluator/src/", "services/statistics/src/"]
            .iter()
            .any(|folder| path.starts_with(folder));
    pure && !file.is_test()
}

/// Walks one file.
struct Reader<'f> {
    path: &'f str,
    test: bool,
    exhaustive: bool,
    function: String,
    findings: Vec<String>,
}

impl Reader<'_> {
    fn within<T>(&mut self, function: String, test: bool, look: impl FnOnce(&mut Self) -> T) -> T {
        let before = (std::mem::replace(&mut self.function, function), self.test);
        self.test |= test;
        let looked = look(self);
        (self.function, self.test) = before;
        looked
    }

    fn named(&mut self, name: &syn::Ident) {
        let name = name.to_string();
        if EMPTY_NAMES.iter().any(|part| name.contains(part)) {
            self.findings.push(format!("type '{name}' has an empty name"));
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.within(String::new(), for_tests(&module.attrs), |reader| {
            visit::visit_item_mod(reader, module);
        });
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        let test = for_tests(&function.attrs);
        self.within(function.sig.ident.to_string(), test, |reader| {
            visit::visit_item_fn(reader, function);
        });
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.within(function.sig.ident.to_string(), false, |reader| {
            visit::visit_impl_item_fn(reader, function);
        });
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.named(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.named(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.named(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_expr_match(&mut self, expression: &'ast ExprMatch) {
        let arms = &expression.arms;
        let bare = |arm: &Arm| arm.guard.is_none() && catches_all(&arm.pat);
        let of_variants = arms.iter().any(|arm| names_a_variant(&arm.pat));
        if self.exhaustive && !self.test && of_variants && arms.iter().any(bare) {
            let finding = format!("'{}' matches with a bare `_`", self.function);
            self.findings.push(finding);
        }
        visit::visit_expr_match(self, expression);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if self.path.contains("/wire/src/") && !self.test && encodes_an_event(call) {
            let finding = format!("'{}' hands an event back to its encoder", self.function);
            self.findings.push(finding);
        }
        let may_wait =
            WAITS.iter().any(|(file, function, _)| *file == self.path && *function == self.function);
        if self.test && !may_wait && calls_sleep(call) {
            let finding = format!("test '{}' sleeps", self.function);
            self.findings.push(finding);
        }
        visit::visit_expr_call(self, call);
    }
}

fn catches_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Tuple(tuple) => tuple.elems.iter().all(catches_all),
        Pat::Reference(reference) => catches_all(&reference.pat),
        Pat::Paren(paren) => catches_all(&paren.pat),
        // A name for whatever comes is a wildcard too; a constant or a variant is no such name.
        Pat::Ident(ident) => {
            ident.subpat.as_ref().map_or_else(|| is_a_binding(&ident.ident), |(_, inner)| catches_all(inner))
        }
        _ => false,
    }
}

fn is_a_binding(name: &syn::Ident) -> bool {
    name.to_string().starts_with(|first: char| first.is_lowercase() || first == '_')
}

/// Numbers and texts cannot be listed to the end; variants can.
fn names_a_variant(pattern: &Pat) -> bool {
    match pattern {
        Pat::Path(_) | Pat::TupleStruct(_) | Pat::Struct(_) => true,
        Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, inner)| names_a_variant(inner)),
        Pat::Or(or) => or.cases.iter().any(names_a_variant),
        Pat::Tuple(tuple) => tuple.elems.iter().any(names_a_variant),
        Pat::Reference(reference) => names_a_variant(&reference.pat),
        Pat::Paren(paren) => names_a_variant(&paren.pat),
        _ => false,
    }
}

fn calls_sleep(call: &ExprCall) -> bool {
    let syn::Expr::Path(path) = &*call.func else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|segment| segment.ident == "sleep" || segment.ident == "sleep_until")
}

/// `SomeWire::encode(event)`: an encoder that calls itself by another function never ends.
fn encodes_an_event(call: &ExprCall) -> bool {
    let syn::Expr::Path(path) = &*call.func else {
        return false;
    };
    let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let (function, of) = (names.next(), names.next());
    let is_wire = |name: String| name == "Self" || name.ends_with("Wire");
    function.is_some_and(|name| name == "encode") && of.is_some_and(is_wire)
}

/// `#[cfg(test)]`, `#[test]`, `#[tokio::test]`.
pub(crate) fn for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string() == "test",
        meta => meta.path().segments.last().is_some_and(|segment| segment.ident == "test"),
    })
}

#[cfg(test)]
mod tests;
