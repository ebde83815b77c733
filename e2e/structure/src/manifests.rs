//! How manifests look: workspace lints everywhere, every dependency named once, in the root manifest, and none that no
//! code uses.

use crate::sources::Source;

/// The crates whose code is generated, so that the lints of hand-written code do not apply.
const GENERATED: &[&str] = &["proto/Cargo.toml", "proto/api/Cargo.toml"];

/// What is wrong with the manifest of a member.
pub fn check(manifest: &Source) -> Vec<String> {
    let path = &manifest.path;
    let mut findings = Vec::new();
    let mut section = "";
    let mut inherits_lints = false;
    let mut seen: Vec<&str> = Vec::new();
    for line in manifest.text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        inherits_lints |= section == "lints" && line.replace(' ', "") == "workspace=true";
        let Some((key, value)) = line.split_once('=').filter(|_| section.ends_with("dependencies")) else {
            continue;
        };
        let name = key.trim().split('.').next().unwrap_or(key);
        let from_workspace = key.trim().ends_with(".workspace") && value.trim() == "true"
            || value.contains("workspace = true");
        if !from_workspace {
            findings.push(format!("{path}: {name} is not taken from the workspace"));
        }
        if seen.contains(&name) {
            findings.push(format!("{path}: {name} is listed twice"));
        }
        seen.push(name);
    }
    if !inherits_lints && !GENERATED.contains(&path.as_str()) {
        findings.push(format!("{path}: does not inherit the lints of the workspace"));
    }
    findings
}

/// Dependencies of a member that none of its files names. `members` are the folders of all members: a file belongs to the
/// innermost one.
pub fn unused(manifest: &Source, members: &[&str], files: &[Source]) -> Vec<String> {
    let folder = manifest.path.trim_end_matches("Cargo.toml");
    let inner = |path: &str| {
        members.iter().any(|member| {
            member.len() > folder.len() && member.starts_with(folder) && path.starts_with(member)
        })
    };
    let own: Vec<&Source> =
        files.iter().filter(|file| file.path.starts_with(folder) && !inner(&file.path)).collect();
    let named = |name: &str| {
        let word = name.replace('-', "_");
        own.iter().any(|file| file.text.split(|letter: char| !is_part(letter)).any(|found| found == word))
    };
    let idle = dependencies(manifest).into_iter().filter(|name| !named(name));
    idle.map(|name| format!("{}: no file of the crate uses {name}", manifest.path)).collect()
}

fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The names in every section of dependencies.
fn dependencies(manifest: &Source) -> Vec<&str> {
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
        } else if let Some((key, _)) = line.split_once('=').filter(|_| section.ends_with("dependencies")) {
            names.push(key.trim().split('.').next().unwrap_or(key).trim());
        }
    }
    names
}

#[cfg(test)]
mod tests;
