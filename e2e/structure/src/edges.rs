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
    &["jiff", "prost", "serde", "serde_json", "strsim", "thiserror", "ulid", "unicode-normalization", "uuid"];

/// Crates that may name any other.
const UNBOUND: &[&str] = &["verdict", "verdict-e2e"];

/// Crates that may talk to a Kubernetes API.
const KUBE: &[&str] = &["verdict", "verdict-operator"];

/// The contexts, whose crates have edges by what they are: see [`of_context`].
const CONTEXTS: &[&str] = &["bets", "rollouts", "metrics", "gtm", "sinks"];

/// Which crates of the workspace each other crate may name.
const EDGES: &[(&str, &[&str])] = &[
    ("verdict-proto", &[]),
    ("verdict-api", &["verdict-proto"]),
    ("verdict-contract", &["verdict-proto"]),
    ("verdict-kernel", &[]),
    ("verdict-stored", &["verdict-kernel", "verdict-proto"]),
    ("verdict-flag-evaluator", &["verdict-kernel"]),
    ("verdict-statistics", &[]),
    ("verdict-metrics-domain", &["verdict-kernel", "verdict-statistics"]),
    ("verdict-eventlog", &[]),
    ("verdict-documents", &["verdict-kernel"]),
    ("verdict-runtime", &["verdict-kernel", "verdict-proto", "verdict-api", "verdict-stored"]),
    // Adapters implement ports: the courier is one of the sinks service, and which addresses that guards is a rule of its
    // domain.
    (
        "verdict-adapters",
        &[
            "verdict-kernel",
            "verdict-runtime",
            "verdict-stored",
            "verdict-eventlog",
            "verdict-sinks",
            "verdict-sinks-domain",
        ],
    ),
    (
        "verdict-flags",
        &[
            "verdict-kernel",
            "verdict-runtime",
            "verdict-proto",
            "verdict-api",
            "verdict-stored",
            "verdict-flag-evaluator",
            "verdict-rollouts-wire",
        ],
    ),
    ("verdict-graphql", &["verdict-kernel", "verdict-runtime", "verdict-proto", "verdict-api"]),
    (
        "verdict-operator",
        &["verdict-kernel", "verdict-runtime", "verdict-proto", "verdict-api", "verdict-crd"],
    ),
    ("verdict-crd", &["verdict-kernel"]),
    ("verdict-structure", &["verdict-kernel", "verdict-contract"]),
];

/// What a crate of a context may name: its domain the kernel, its wire crate that, contracts and stored forms, its service
/// all of it, the runtime, and the wire crates of the other contexts, whose events it reads.
fn of_context(name: &str) -> Option<Vec<String>> {
    let of = name.strip_prefix("verdict-")?;
    let (context, room) = of.split_once('-').unwrap_or((of, "service"));
    if !CONTEXTS.contains(&context) {
        return None;
    }
    let own =
        |rooms: &[&str]| rooms.iter().map(|room| format!("verdict-{context}-{room}")).collect::<Vec<_>>();
    let shared = |names: &[&str]| names.iter().map(|name| format!("verdict-{name}")).collect::<Vec<_>>();
    match room {
        "domain" => Some(shared(&["kernel"])),
        "wire" => Some([shared(&["kernel", "proto", "stored"]), own(&["domain"])].concat()),
        "service" => {
            let wires = CONTEXTS.iter().map(|context| format!("verdict-{context}-wire"));
            let own = own(&["domain"]).into_iter().chain(wires);
            Some(shared(&["kernel", "proto", "api", "stored", "runtime"]).into_iter().chain(own).collect())
        }
        _ => None,
    }
}

/// What a crate may name; `None` for one that nobody has stated.
fn allowed(name: &str) -> Option<Vec<String>> {
    let stated = EDGES.iter().find(|(stated, _)| *stated == name);
    stated.map(|(_, names)| names.iter().map(ToString::to_string).collect()).or_else(|| of_context(name))
}

/// Whether the crate decides and performs nothing.
pub fn is_pure(name: &str) -> bool {
    ["-domain", "-wire"].iter().any(|ending| name.ends_with(ending))
        || [
            "verdict-kernel",
            "verdict-proto",
            "verdict-flag-evaluator",
            "verdict-statistics",
            "verdict-stored",
        ]
        .contains(&name)
}

/// Dependencies that the table does not allow.
pub fn check(crates: &[Crate]) -> Vec<String> {
    crates.iter().flat_map(check_crate).collect()
}

fn check_crate(of: &Crate) -> Vec<String> {
    let mut findings = Vec::new();
    let allowed = allowed(&of.name);
    let unbound = UNBOUND.contains(&of.name.as_str());
    if allowed.is_none() && !unbound {
        findings.push(format!("{}: has no row in the table of edges", of.name));
    }
    for dependency in &of.dependencies {
        let name = dependency.name.as_str();
        let ours = name == "verdict" || name.starts_with("verdict-");
        if ours
            && !unbound
            && allowed.as_ref().is_some_and(|names| !names.iter().any(|allowed| allowed == name))
        {
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
