//! Files that no `mod` reaches: they look like code and are never compiled.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use syn::{Expr, Item, ItemMod, Lit, Meta};

/// The Rust files that the compiler reads, starting from `roots` (the main files of all targets). A declared module
/// without a file is left to the compiler.
pub fn reachable(roots: impl IntoIterator<Item = PathBuf>) -> BTreeSet<PathBuf> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<(PathBuf, PathBuf)> =
        roots.into_iter().map(|root| (root.clone(), root.parent().unwrap_or(&root).to_path_buf())).collect();
    while let Some((file, folder)) = open.pop() {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        reached.insert(file.clone());
        // What a generator wrote is long and declares no modules.
        let generated = file.components().any(|part| part.as_os_str() == "gen");
        if !generated && let Ok(parsed) = syn::parse_file(&text) {
            modules(&parsed.items, &file, &folder, &mut open);
        }
    }
    reached
}

/// Adds the files of the modules and includes among `items`, each with the folder of its own modules.
fn modules(items: &[Item], file: &Path, folder: &Path, open: &mut Vec<(PathBuf, PathBuf)>) {
    for item in items {
        if let Item::Mod(module) = item {
            let name = module.ident.to_string();
            match (&module.content, path_attribute(module)) {
                (Some((_, inner)), _) => modules(inner, file, &folder.join(&name), open),
                (None, Some(path)) => {
                    let beside = file.parent().unwrap_or(folder);
                    open.push((beside.join(path), folder.join(&name)));
                }
                (None, None) => {
                    open.push((folder.join(format!("{name}.rs")), folder.join(&name)));
                    open.push((folder.join(&name).join("mod.rs"), folder.join(&name)));
                }
            }
        }
        if let Item::Macro(call) = item
            && call.mac.path.is_ident("include")
            && let Ok(Lit::Str(path)) = call.mac.parse_body::<Lit>()
        {
            let beside = file.parent().unwrap_or(folder);
            open.push((beside.join(path.value()), folder.to_path_buf()));
        }
    }
}

fn path_attribute(module: &ItemMod) -> Option<String> {
    module.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(path) => Some(path.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    })
}

#[cfg(test)]
mod tests;
