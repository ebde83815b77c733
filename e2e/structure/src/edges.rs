//! Who may depend on whom.
//!
//! A crate without a row in the table is a finding too: a new crate states its edges before it has any.

/// A crate and what it names in its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crate {
    pub name: String,
    pub dependencies: Vec<Dependency>,
}

/// One line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    pub name: String,
    /// Only for tests.
    pub dev: bool,
}

/// Libraries without IO, which a pure crate may use.
const PURE_LIBRARIES: &[&str] =
    &["jiff", "serde", "serde_json", "strsim", "thiserror", "ulid", "unicode-normalization", "uuid"];

/// Crates that may name any other.
const UNBOUND: &[&str] = &["verdict", "verdict-e2e"];

/// Crates that may talk to a Kubernetes API.
const KUBE: &[&str] = &["verdict", "verdict-operator"];

/// Which crates of the workspace each crate may name.
const EDGES: &[(&str, &[&str])] = &[
    ("verdict-proto", &[]),
    ("verdict-kernel", &[]),
    ("verdict-flag-evaluator", &["verdict-kernel"]),
    ("verdict-statistics", &[]),
    ("verdict-bets-domain", &["verdict-kernel"]),
    ("verdict-rollouts-domain", &["verdict-kernel"]),
    ("verdict-metrics-domain", &["verdict-kernel", "verdict-statistics"]),
    ("verdict-gtm-domain", &["verdict-kernel"]),
    ("verdict-stored", &["verdict-kernel", "verdict-proto"]),
    ("verdict-bets-wire", &["verdict-kernel", "verdict-proto", "verdict-stored", "verdict-bets-domain"]),
    (
        "verdict-rollouts-wire",
        &["verdict-kernel", "verdict-proto", "verdict-stored", "verdict-rollouts-domain"],
    ),
    (
        "verdict-metrics-wire",
        &["verdict-kernel", "verdict-proto", "verdict-stored", "verdict-metrics-domain"],
    ),
    ("verdict-gtm-wire", &["verdict-kernel", "verdict-proto", "verdict-stored", "verdict-gtm-domain"]),
    ("verdict-eventlog", &[]),
    ("verdict-runtime", &["verdict-kernel", "verdict-proto", "verdict-stored"]),
    // Adapters implement ports, and the observation store is a port of the metrics service.
    (
        "verdict-adapters",
        &["verdict-kernel", "verdict-runtime", "verdict-stored", "verdict-eventlog", "verdict-metrics"],
    ),
    (
        "verdict-bets",
        &[
            "verdict-kernel",
            "verdict-runtime",
            "verdict-proto",
            "verdict-stored",
            "verdict-bets-domain",
            "verdict-bets-wire",
        ],
    ),
    (
        "verdict-rollouts",
        &[
            "verdict-kernel",
            "verdict-runtime",
            "verdict-proto",
            "verdict-stored",
            "verdict-rollouts-domain",
            "verdict-rollouts-wire",
        ],
    ),
    (
        "verdict-metrics",
        &[
            "verdict-kernel",
            "verdict-runtime",
            "verdict-proto",
            "verdict-stored",
            "verdict-metrics-domain",
            "verdict-metrics-wire",
        ],
    ),
    (
        "verdict-gtm",
        &[
            "verdict-kernel",
            "verdict-runtime",
            "verdict-proto",
            "verdict-stored",
            "verdict-gtm-domain",
            "verdict-gtm-wire",
        ],
    ),
    (
        "verdict-flags",
        &["verdict-kernel", "verdict-runtime", "verdict-proto", "verdict-stored", "verdict-flag-evaluator"],
    ),
    ("verdict-graphql", &["verdict-kernel", "verdict-runtime", "verdict-proto"]),
    ("verdict-operator", &["verdict-kernel", "verdict-runtime", "verdict-proto", "verdict-crd"]),
    ("verdict-crd", &["verdict-kernel"]),
    ("verdict-structure", &["verdict-kernel"]),
];

/// Whether the crate decides and performs nothing.
pub fn is_pure(name: &str) -> bool {
    ["-domain", "-wire"].iter().any(|ending| name.ends_with(ending))
        || ["verdict-kernel", "verdict-flag-evaluator", "verdict-statistics", "verdict-stored"]
            .contains(&name)
}

/// Dependencies that the table does not allow.
pub fn check(crates: &[Crate]) -> Vec<String> {
    crates.iter().flat_map(check_crate).collect()
}

fn check_crate(of: &Crate) -> Vec<String> {
    let mut findings = Vec::new();
    let allowed = EDGES.iter().find(|(name, _)| *name == of.name);
    let unbound = UNBOUND.contains(&of.name.as_str());
    if allowed.is_none() && !unbound {
        findings.push(format!("{}: has no row in the table of edges", of.name));
    }
    for dependency in &of.dependencies {
        let name = dependency.name.as_str();
        let ours = name == "verdict" || name.starts_with("verdict-");
        if ours && !unbound && allowed.is_some_and(|(_, names)| !names.contains(&name)) {
            findings.push(format!("{}: must not depend on {name}", of.name));
        }
        if !ours && is_pure(&of.name) && !dependency.dev && !PURE_LIBRARIES.contains(&name) {
            findings.push(format!("{}: is pure and must not use {name}", of.name));
        }
        if name.starts_with("kube") && !KUBE.contains(&of.name.as_str()) {
            findings.push(format!("{}: must not use {name}", of.name));
        }
    }
    findings
}

#[cfg(test)]
mod tests;
