//! How manifests look: workspace lints everywhere, and every dependency named once, in the root manifest.

use crate::sources::Source;

/// The one crate whose code is generated, so that the lints of hand-written code do not apply.
const GENERATED: &str = "proto/Cargo.toml";

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
    if !inherits_lints && path != GENERATED {
        findings.push(format!("{path}: does not inherit the lints of the workspace"));
    }
    findings
}

#[cfg(test)]
mod tests;
