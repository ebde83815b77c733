//! Each check fails on a bad sample.

use super::*;

fn of(name: &str, dependencies: &[&str]) -> Crate {
    let dependency = |name: &&str| Dependency {
        name: name.trim_start_matches("dev:").to_owned(),
        dev: name.starts_with("dev:"),
    };
    Crate { name: name.to_owned(), dependencies: dependencies.iter().map(dependency).collect() }
}

#[test]
fn each_forbidden_edge_is_found() {
    let cases = [
        (of("verdict-gtm-domain", &["tokio"]), "verdict-gtm-domain: is pure and must not use tokio"),
        (of("verdict-gtm", &["verdict-bets"]), "verdict-gtm: must not depend on verdict-bets"),
        (of("verdict-gtm", &["verdict-bets-domain"]), "verdict-gtm: must not depend on verdict-bets-domain"),
        (
            of("verdict-gtm-wire", &["verdict-bets-wire"]),
            "verdict-gtm-wire: must not depend on verdict-bets-wire",
        ),
        (of("verdict-gtm", &["verdict-adapters"]), "verdict-gtm: must not depend on verdict-adapters"),
        (
            of("verdict-bets-domain", &["dev:verdict-runtime"]),
            "verdict-bets-domain: must not depend on verdict-runtime",
        ),
        (of("verdict-runtime", &["kube-client"]), "verdict-runtime: must not use kube-client"),
        (of("verdict-new", &[]), "verdict-new: has no row in the table of edges"),
    ];
    for (bad, finding) in cases {
        assert_eq!(check(&[bad]), [finding]);
    }
}

#[test]
fn allowed_edges_are_not() {
    let good = [
        of("verdict-metrics-domain", &["verdict-kernel", "verdict-statistics", "jiff", "dev:proptest"]),
        of("verdict", &["verdict-adapters", "verdict-bets", "kube"]),
        of("verdict-gtm", &["verdict-kernel", "verdict-gtm-domain", "verdict-gtm-wire", "tokio"]),
        of("verdict-gtm", &["verdict-bets-wire"]),
    ];
    assert_eq!(check(&good), Vec::<String>::new());
}
