//! Processes that prove who they are, and believe nobody who does not: TLS for commands and for the log.

use std::path::Path;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;
use verdict_e2e::servers::free_port;

use crate::process::{Process, verdict};

/// How long anything may take that has to happen.
const PATIENCE: Duration = Duration::from_mins(1);
const LOOK: Duration = Duration::from_millis(20);

/// An authority, and one certificate that it has signed for this machine.
fn certified() -> (String, String, String) {
    let (key, mut params) = (KeyPair::generate().unwrap(), CertificateParams::default());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    (authority, params.signed_by(&key, &issuer).unwrap().pem(), key.serialize_pem())
}

/// A folder with `own-ca`, `own-certificate`, `own-key` and those of a `stranger`, in PEM.
struct Papers(TempDir);

impl Papers {
    fn new() -> Self {
        let papers = Self(tempfile::tempdir().unwrap());
        for whose in ["own", "stranger"] {
            let (authority, certificate, key) = certified();
            for (what, text) in [("ca", authority), ("certificate", certificate), ("key", key)] {
                std::fs::write(papers.path(&format!("{whose}-{what}")), text).unwrap();
            }
        }
        papers
    }

    fn folder(&self) -> &Path {
        self.0.path()
    }

    fn path(&self, name: &str) -> String {
        self.folder().join(name).to_string_lossy().into_owned()
    }

    /// Whether a platform answers to somebody who believes `authority` and has these papers; and what is said.
    fn asked(&self, server: &str, authority: &str, identity: Option<&str>) -> (Option<i32>, String) {
        let ca = self.path(authority);
        let mut words = vec!["status", "--server", server, "--deadline", "2", "--tls-ca", &ca];
        let names =
            identity.map(|who| ["certificate", "key"].map(|what| self.path(&format!("{who}-{what}"))));
        if let Some([certificate, key]) = &names {
            words.extend(["--tls-certificate", certificate, "--tls-key", key]);
        }
        let output = verdict(&words);
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    }
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_that_proves_who_it_is_is_answered_and_sigterm_ends_the_process_in_order() {
    let papers = Papers::new();
    let (ca, certificate, key) =
        (papers.path("own-ca"), papers.path("own-certificate"), papers.path("own-key"));
    let log = format!("embedded:{}", papers.path("log"));
    let serve = words(["gtm", "serve", "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0"]);
    let sources = words(["--log-url", &log, "--bus-url", "memory"]);
    let tls =
        words(["--grpc-tls-certificate", &certificate, "--grpc-tls-key", &key, "--grpc-client-ca", &ca]);
    let mut process = Process::new("gtm", papers.folder(), [serve, sources, tls].concat());
    process.launch();
    process.ready().await;
    let server = process.bound().grpc.unwrap();
    assert!(server.starts_with("https://"), "{server}");

    let (code, said) = papers.asked(&server, "own-ca", Some("own"));
    assert!(code == Some(0) && said.contains("gtm"), "{code:?} {said}");
    for (what, (code, said)) in [
        ("a caller without a certificate", papers.asked(&server, "own-ca", None)),
        ("a stranger", papers.asked(&server, "own-ca", Some("stranger"))),
        ("who believes another authority", papers.asked(&server, "stranger-ca", Some("own"))),
    ] {
        assert_eq!(code, Some(5), "{what} was answered: {said}");
    }
    assert_eq!(process.terminate().await.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_in_one_process_takes_commands_over_tls() {
    let papers = Papers::new();
    let config = papers.path("verdict.toml");
    let (certificate, key) = (papers.path("own-certificate"), papers.path("own-key"));
    let grpc = format!("[grpc]\ntls_certificate = '{certificate}'\ntls_key = '{key}'\n");
    std::fs::write(&config, grpc).unwrap();
    let data = papers.path("data");
    let up = words(["up", "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0"]);
    let rest = words(["--data", &data, "--config", &config]);
    let mut process = Process::new("up", papers.folder(), [up, rest].concat());
    process.launch();
    process.ready().await;
    let server = process.bound().grpc.unwrap();
    let (code, said) = papers.asked(&server, "own-ca", None);
    assert!(code == Some(0) && said.contains("gtm"), "{code:?} {said}");
    assert_eq!(papers.asked(&server, "stranger-ca", None).0, Some(5));
}

/// A log server that speaks TLS and lets in `gtm` with the password `hush`.
async fn log_server(papers: &Papers) -> (Process, String) {
    let (certificate, key) = (papers.path("own-certificate"), papers.path("own-key"));
    let (data, user) = (papers.path("data"), format!("gtm:{}", papers.path("password")));
    std::fs::write(papers.path("password"), "hush\n").unwrap();
    let serve = words(["log", "serve", "--listen", "127.0.0.1:0", "--data", &data, "--user", &user]);
    let tls = words(["--tls-certificate", &certificate, "--tls-key", &key]);
    let mut log = Process::new("log", papers.folder(), [serve, tls].concat());
    log.launch();
    log.ready().await;
    let url = log.bound().log.unwrap();
    let hosts = url.strip_prefix("esdb://").and_then(|rest| rest.strip_suffix("?tls=true")).unwrap();
    let hosts = hosts.to_owned();
    (log, hosts)
}

/// `gtm` over the log at `url`, asked for its health at this port.
fn gtm(url: &str, http: u16) -> Vec<String> {
    let listen = format!("127.0.0.1:{http}");
    words([
        "gtm",
        "serve",
        "--log-url",
        url,
        "--bus-url",
        "memory",
        "--listen",
        &listen,
        "--grpc-listen",
        "127.0.0.1:0",
    ])
}

/// What a process says of its health while it waits.
async fn why_not_ready(http: u16) -> String {
    let reason = async {
        loop {
            let said = match reqwest::get(format!("http://127.0.0.1:{http}/readyz")).await {
                Ok(answer) => answer.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            if said.contains("waiting for") {
                return said;
            }
            tokio::time::sleep(LOOK).await;
        }
    };
    tokio::time::timeout(PATIENCE, reason).await.expect("it says what it waits for")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_reaches_a_log_that_wants_tls_and_a_password_and_says_why_it_does_not() {
    let papers = Papers::new();
    let (_log, hosts) = log_server(&papers).await;
    let url = |password: &str, authority: &str| {
        format!("esdb://gtm:{password}@{hosts}?tlsCAFile={}", papers.path(authority))
    };
    let mut service = Process::new("gtm", papers.folder(), gtm(&url("hush", "own-ca"), 0));
    service.launch();
    service.ready().await;
    assert!(service.terminate().await.success(), "{}", service.said());
    assert_eq!(service.said(), "", "a service in order has nothing to say");

    // No password gets better by waiting.
    let guessing = gtm(&url("guess", "own-ca"), 0);
    let output = verdict(&guessing.iter().map(String::as_str).collect::<Vec<_>>());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("access denied"), "{said}");
    assert!(!said.contains("guess"), "{said}");

    // A certificate may.
    let http = free_port().unwrap();
    let mut doubting = Process::new("doubting", papers.folder(), gtm(&url("hush", "stranger-ca"), http));
    doubting.launch();
    let reason = why_not_ready(http).await;
    assert!(reason.contains("tlsCAFile") && !reason.contains("hush"), "{reason}");
    assert!(!doubting.is_ready());
}
