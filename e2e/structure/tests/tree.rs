//! The checks of this crate, run on the tree. `UPDATE=1` writes the generated documents instead of comparing them.

#![expect(clippy::unwrap_used, reason = "a tree that cannot be read fails the tests")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use verdict_contract::Contract;
use verdict_structure::catalogue::RULES;
use verdict_structure::edges::{Crate, Dependency};
use verdict_structure::sources::{Source, contract, manifests, payloads, root, rust_files};
use verdict_structure::{
    circles, clauses, commands, costs, edges, golden, orphans, rooms, rules, style, types,
};

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .other_options(["--locked".to_owned()])
        .exec()
        .unwrap()
}

fn tree() -> Vec<Source> {
    rust_files(&root()).unwrap()
}

#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn crates_depend_only_on_what_the_layout_allows() {
    let crates: Vec<_> = metadata()
        .packages
        .iter()
        .map(|package| Crate {
            name: package.name.to_string(),
            dependencies: package
                .dependencies
                .iter()
                .map(|dependency| Dependency {
                    name: dependency.name.clone(),
                    dev: dependency.kind == DependencyKind::Development,
                })
                .collect(),
        })
        .collect();
    none(&edges::check(&crates));
}

#[test]
fn modules_rest_on_the_rooms_before_their_own() {
    none(&rooms::check(&tree(), rooms::ROOMS));
}

#[test]
fn manifests_take_lints_and_dependencies_from_the_workspace() {
    let members = manifests(&root()).unwrap();
    let members = members.iter().filter(|manifest| manifest.path != "Cargo.toml");
    none(&members.flat_map(verdict_structure::manifests::check).collect::<Vec<_>>());
}

#[test]
fn every_dependency_is_used() {
    let (all, files) = (manifests(&root()).unwrap(), tree());
    let members: Vec<_> = all.iter().filter(|manifest| manifest.path != "Cargo.toml").collect();
    let folders: Vec<&str> =
        members.iter().map(|manifest| manifest.path.trim_end_matches("Cargo.toml")).collect();
    let idle =
        members.iter().flat_map(|manifest| verdict_structure::manifests::unused(manifest, &folders, &files));
    none(&idle.collect::<Vec<_>>());
}

#[test]
fn clause_25_every_stored_type_has_a_golden_payload() {
    let named: Vec<_> = tree().iter().flat_map(golden::named_in).collect();
    assert!(named.len() > 100, "only {} types are named", named.len());
    none(&golden::missing(&named, &payloads(&root()).unwrap().into_iter().collect()));
}

#[test]
fn the_type_of_an_event_is_said_in_its_table_alone() {
    none(&tree().iter().flat_map(types::written_out).collect::<Vec<_>>());
}

#[test]
fn files_look_as_agreed() {
    none(&tree().iter().flat_map(style::check).collect::<Vec<_>>());
}

#[test]
fn modules_of_a_crate_form_no_circle() {
    none(&circles::check(&tree()));
}

#[test]
fn every_file_is_compiled_by_somebody() {
    let canonical = |path: PathBuf| path.canonicalize().unwrap();
    let targets = metadata().packages.into_iter().flat_map(|package| package.targets);
    let reached: BTreeSet<_> = orphans::reachable(targets.map(|target| target.src_path.into_std_path_buf()))
        .into_iter()
        .map(canonical)
        .collect();
    let files = tree().into_iter().map(|file| file.path);
    let orphans = files.filter(|path| !reached.contains(&canonical(root().join(path))));
    none(&orphans.map(|path| format!("{path}: no module declares it")).collect::<Vec<_>>());
}

#[test]
fn enforced_rules_are_shown_by_tests() {
    let tests: Vec<_> = tree().iter().flat_map(rules::tests_in).collect();
    for remark in rules::ahead_of_the_table(RULES, &tests) {
        println!("{remark}");
    }
    none(&rules::missing(RULES, &tests));
}

#[test]
fn a_test_that_refuses_compares_the_rule() {
    none(&rules::indifferent(&tree().iter().flat_map(rules::tests_in).collect::<Vec<_>>()));
}

#[test]
fn the_catalogue_and_the_code_agree_on_what_is_enforced() {
    none(&rules::out_of_step(RULES, &rules::Named::by(&tree())));
}

#[test]
fn an_aggregate_costs_no_more_than_agreed() {
    let rows = costs::table(&[tree(), contract(&root()).unwrap()].concat());
    println!("{}", costs::shown(&rows));
    none(&costs::above(&rows, costs::AGREED));
}

#[test]
fn generated_documents_are_up_to_date() {
    let tree = tree();
    let tests: Vec<_> = tree.iter().flat_map(rules::tests_in).collect();
    let reverses: Vec<_> = tree.iter().filter_map(commands::reverses_in).collect();
    let kinds = Contract::committed().unwrap().kinds();
    let docs = root().join("docs");
    let stale = [
        stale(&docs.join("rules.md"), &rules::document(RULES, &tests)),
        stale(&docs.join("commands.md"), &commands::document(&kinds, &reverses)),
    ];
    let stale: Vec<_> = stale.into_iter().map(Result::unwrap).collect();
    none(&stale.into_iter().flatten().collect::<Vec<_>>());
}

#[test]
fn p2_the_tables_of_what_undoes_a_command_know_every_command_of_the_contracts() {
    let reverses: Vec<_> = tree().iter().filter_map(commands::reverses_in).collect();
    none(&commands::unmatched(&Contract::committed().unwrap().kinds(), &reverses));
}

#[test]
fn every_clause_of_the_design_names_tests_that_exist() {
    let document = fs::read_to_string(root().join("docs/clauses.md")).unwrap();
    none(&clauses::without_heading(&document, 26));
    none(&clauses::missing(&document, &tree()));
}

#[test]
fn every_line_about_what_happens_when_something_is_down_names_tests_that_exist() {
    let document = fs::read_to_string(root().join("docs/when-verdict-is-down.md")).unwrap();
    none(&clauses::missing(&document, &tree()));
    none(&clauses::lines_without_a_test(&document));
}

/// Says so when the file is not what it should be, or writes it when told to.
fn stale(path: &Path, wanted: &str) -> io::Result<Option<String>> {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, wanted)?;
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    let finding = format!("{} is stale: make bless", path.display());
    Ok((found != wanted).then_some(finding))
}
