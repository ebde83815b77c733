//! The top-level modules of a crate form no circle: each can be read after those that it names.
//!
//! The root is part of none, because it puts the modules together; what it re-exports stands for the module that has it.
//! What is there for tests only is left out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Ident, Item, ItemFn, ItemImpl, ItemMod, ItemUse, Macro, Path, UseTree};

use crate::sources::Source;
use crate::style::for_tests;

/// Where the crates are that are looked at.
const FOLDERS: &[&str] = &["services/", "proto/"];
/// Crates that are not.
const APART: &[&str] = &["services/runtime/"];

/// A place at which a top-level module names another one.
#[derive(Debug)]
struct Naming {
    from: String,
    to: String,
    file: String,
    line: usize,
}

/// Every circle of modules, with the places that close it.
pub fn check(files: &[Source]) -> Vec<String> {
    let by_path = files.iter().map(|file| (file.path.as_str(), file)).collect();
    let begins = |folders: &[&str], file: &Source| folders.iter().any(|folder| file.path.starts_with(folder));
    let looked_at = files.iter().filter(|file| begins(FOLDERS, file) && !begins(APART, file));
    let of_crate = |file: &Source| {
        let name = ["/src/lib.rs", "/src/main.rs"].iter().find_map(|root| file.path.strip_suffix(root))?;
        Some(circles(name, &namings(file, &by_path)))
    };
    looked_at.filter_map(of_crate).flatten().collect()
}

fn circles(name: &str, namings: &[Naming]) -> Vec<String> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for Naming { from, to, .. } in namings {
        named.entry(from).or_default().insert(to);
    }
    let leads: BTreeMap<&str, BTreeSet<&str>> =
        named.keys().map(|module| (*module, reached(module, &named))).collect();
    let lead_back = |one: &str, other: &str| leads.get(other).is_some_and(|leads| leads.contains(one));
    let circle = |(module, leads): (&&str, &BTreeSet<&str>)| -> BTreeSet<String> {
        leads.iter().filter(|other| lead_back(module, other)).map(ToString::to_string).collect()
    };
    let circles: BTreeSet<_> = leads.iter().map(circle).filter(|circle| !circle.is_empty()).collect();
    circles.iter().map(|circle| told(name, circle, namings)).collect()
}

/// Every module to which naming leads from `module`.
fn reached<'n>(module: &'n str, named: &BTreeMap<&'n str, BTreeSet<&'n str>>) -> BTreeSet<&'n str> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![module]);
    while let Some(next) = open.pop() {
        let fresh = named.get(next).into_iter().flatten().filter(|other| reached.insert(**other));
        open.extend(fresh.collect::<Vec<_>>());
    }
    reached
}

fn told(name: &str, circle: &BTreeSet<String>, namings: &[Naming]) -> String {
    let mut edges: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for Naming { from, to, file, line } in namings {
        if circle.contains(from) && circle.contains(to) {
            let place = format!("{file}:{line}");
            let places = edges.entry((from, to)).or_default();
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
    }
    let modules: Vec<&str> = circle.iter().map(String::as_str).collect();
    let edges = edges.iter().map(|((from, to), places)| format!("\n  {from} -> {to}: {}", places.join(", ")));
    format!("{name}: modules form a circle: {}{}", modules.join(", "), edges.collect::<String>())
}

/// What the modules below `root` name of each other.
fn namings(root: &Source, files: &BTreeMap<&str, &Source>) -> Vec<Naming> {
    // What cannot be parsed is a finding of the style.
    let Ok(parsed) = syn::parse_file(&root.text) else { return Vec::new() };
    let modules: Vec<&ItemMod> = parsed
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Mod(module) if !for_tests(&module.attrs) => Some(module),
            _ => None,
        })
        .collect();
    let mut homes: BTreeMap<String, String> =
        modules.iter().map(|module| (module.ident.to_string(), module.ident.to_string())).collect();
    for item in &parsed.items {
        if let Item::Use(item) = item {
            re_exported(&item.tree, &mut homes);
        }
    }
    let folder = root.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut reader =
        Reader { homes, folder, files, file: root.path.clone(), here: Vec::new(), namings: Vec::new() };
    for module in modules {
        reader.visit_item_mod(module);
    }
    reader.namings
}

/// Adds the names that the root takes from its modules, each with the module.
fn re_exported(tree: &UseTree, homes: &mut BTreeMap<String, String>) {
    each_path(tree, &mut Vec::new(), &mut |path, called| {
        let path = path.iter().skip_while(|part| *part == "crate" || *part == "self");
        let module = path.map(ToString::to_string).next();
        if let Some(home) = module.and_then(|module| homes.get(&module).cloned()) {
            homes.entry(called.to_string()).or_insert(home);
        }
    });
}

/// Calls `each` with every path of a `use` and the name that it has afterwards.
fn each_path(tree: &UseTree, before: &mut Vec<Ident>, each: &mut dyn FnMut(&[Ident], &Ident)) {
    let (ident, called) = match tree {
        UseTree::Path(path) => {
            before.push(path.ident.clone());
            each_path(&path.tree, before, each);
            before.pop();
            return;
        }
        UseTree::Group(group) => return group.items.iter().for_each(|tree| each_path(tree, before, each)),
        UseTree::Glob(_) => return before.last().into_iter().for_each(|last| each(before, last)),
        UseTree::Name(name) => (&name.ident, &name.ident),
        UseTree::Rename(rename) => (&rename.ident, &rename.rename),
    };
    before.push(ident.clone());
    each(before, called);
    before.pop();
}

/// Walks the modules of one crate.
struct Reader<'f> {
    /// What `crate::<name>` belongs to, by its name.
    homes: BTreeMap<String, String>,
    /// Of the root.
    folder: &'f str,
    files: &'f BTreeMap<&'f str, &'f Source>,
    file: String,
    /// The module that is read; its first part is the top-level one.
    here: Vec<String>,
    namings: Vec<Naming>,
}

impl Reader<'_> {
    /// The present module in a file of its own.
    fn read_file(&mut self) {
        let module = format!("{}/{}", self.folder, self.here.join("/"));
        let paths = [format!("{module}.rs"), format!("{module}/mod.rs")];
        let Some(source) = paths.iter().find_map(|path| self.files.get(path.as_str())) else { return };
        if !source.is_generated()
            && let Ok(parsed) = syn::parse_file(&source.text)
        {
            let before = std::mem::replace(&mut self.file, source.path.clone());
            self.visit_file(&parsed);
            self.file = before;
        }
    }

    /// Notes where a path leads, if it leads to another top-level module.
    fn follow(&mut self, path: &[Ident]) {
        let path = match path.split_first() {
            Some((first, rest)) if first == "self" => rest,
            Some(_) | None => path,
        };
        let up = path.iter().take_while(|part| *part == "super").count();
        let from_root = match path.first() {
            Some(first) if first == "crate" => path.get(1..),
            Some(_) if up > 0 && up == self.here.len() => path.get(up..),
            Some(_) | None => None,
        };
        let Some(name) = from_root.and_then(<[Ident]>::first) else { return };
        let home = self.homes.get(&name.to_string());
        if let (Some(from), Some(to)) = (self.here.first(), home)
            && from != to
        {
            let (from, to, file) = (from.clone(), to.clone(), self.file.clone());
            self.namings.push(Naming { from, to, file, line: name.span().start().line });
        }
    }

    /// Follows the paths in what a macro is given.
    fn follow_tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons) = (Vec::new(), 0);
        for token in tokens {
            match token {
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Ident(part) => {
                    if colons != 2 {
                        self.follow(&std::mem::take(&mut path));
                    }
                    path.push(part);
                }
                TokenTree::Group(group) => self.follow_tokens(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => self.follow(&std::mem::take(&mut path)),
            }
            colons = 0;
        }
        self.follow(&path);
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if for_tests(&module.attrs) {
            return;
        }
        self.here.push(module.ident.to_string());
        if module.content.is_some() {
            visit::visit_item_mod(self, module);
        } else {
            self.read_file();
        }
        self.here.pop();
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if !for_tests(&function.attrs) {
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if !for_tests(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !for_tests(&item.attrs) {
            each_path(&item.tree, &mut Vec::new(), &mut |path, _| self.follow(path));
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let parts: Vec<Ident> = path.segments.iter().map(|segment| segment.ident.clone()).collect();
        self.follow(&parts);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.follow_tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}

#[cfg(test)]
mod tests;
