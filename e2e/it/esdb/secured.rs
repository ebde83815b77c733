//! A server that speaks TLS and wants to know who calls.

use verdict_adapters::esdb::{EsdbError, EsdbLog, Options, bootstrap};
use verdict_eventlog::server::{self, Auth, Secret, Tls, User};
use verdict_runtime::log::{EventLog, Expected};

use super::ground::{LogServer, until};
use super::{append, connect, options};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_behind_tls_is_reached_by_the_user_in_the_url_and_by_nobody_else() {
    bootstrap().await.unwrap();
    let pair = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("ca.pem");
    std::fs::write(&authority, pair.cert.pem()).unwrap();
    let user = User { name: "bets".to_owned(), password: Secret::new("hush") };
    let server = LogServer::start_with(server::Options {
        tls: Some(Tls {
            certificate: pair.cert.pem().into_bytes(),
            key: pair.signing_key.serialize_pem().into_bytes(),
        }),
        auth: Auth::Basic(vec![user]),
        ..server::Options::new(([127, 0, 0, 1], 0).into())
    });
    let url =
        |password| format!("esdb://bets:{password}@{}?tlsCAFile={}", server.address(), authority.display());

    let log = connect(url("hush")).await;

    append(&log, "contract.thing-1", Expected::NoStream, "a").await;
    assert_eq!(log.read_stream("contract.thing-1", 0, 9).await.unwrap().last_revision, Some(0));
    until("the subscription is there", || server.subscriptions() == 1).await;
    let stranger = EsdbLog::connect(options(url("guess"))).await.err().unwrap();
    assert!(
        matches!(&stranger, EsdbError::Refused { why, .. } if why.contains("access denied")),
        "{stranger}"
    );
    // Plain text at a door that wants TLS is never answered, and the error says where to look.
    let hasty = std::time::Duration::from_millis(500);
    let plain = Options { patience: hasty, ..options(server.url()) };
    let plain = EsdbLog::connect(plain).await.err().unwrap();
    assert!(plain.to_string().contains("tls="), "{plain}");
}
