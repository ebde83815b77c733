//! What a platform refuses at its start, and what it does when its disk is full.

use serde_json::json;
use verdict::platform::{LOG_DIRECTORY, Options, Platform};
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_proto::bets::v1::{self as bets, BetRequest, bet_request};
use verdict_proto::v1::ListRequest;

use crate::ground::{Answer, Ground, begin};

fn on(data: &std::path::Path, listen: &str) -> Options {
    Options {
        data: Some(data.to_owned()),
        listen: listen.to_owned(),
        virtual_start: Some(begin()),
        ..Options::default()
    }
}

async fn refused(options: Options) -> String {
    match Platform::start(options).await {
        Ok(_) => panic!("the platform started"),
        Err(error) => format!("{error:#}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_data_directory_of_a_newer_version_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    Platform::start(on(data.path(), "127.0.0.1:0")).await.unwrap().stop().await;
    let files = std::fs::read_dir(data.path().join(LOG_DIRECTORY)).unwrap();
    let mut files = files.map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|kind| kind == "sqlite")).unwrap();
    let version = |set: Option<u32>| -> u32 {
        let database = rusqlite::Connection::open(&file).unwrap();
        if let Some(version) = set {
            database.pragma_update(None, "user_version", version).unwrap();
        }
        database.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap()
    };
    let own = version(None);
    assert_eq!(version(Some(99)), 99);
    let error = refused(on(data.path(), "127.0.0.1:0")).await;
    assert!(error.contains("99") && error.contains(&own.to_string()), "{error}");
    assert_eq!(version(Some(own)), own);
    Platform::start(on(data.path(), "127.0.0.1:0")).await.unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_beyond_loopback_is_refused_before_anything_is_touched() {
    let data = tempfile::tempdir().unwrap();
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:7400"] {
        let error = refused(on(data.path(), listen)).await;
        assert!(error.contains("loopback") && error.contains(listen), "{error}");
        let grpc = Options { grpc_listen: Some(listen.to_owned()), ..on(data.path(), "127.0.0.1:0") };
        let error = refused(grpc).await;
        assert!(error.contains("loopback") && error.contains(listen), "{error}");
    }
    let error = refused(on(data.path(), "localhost")).await;
    assert!(error.contains("'localhost' is not an address"), "{error}");
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_takes_no_half_of_a_command_and_still_answers_reads() {
    let ground = Ground::empty(Options { max_page_count: Some(96), ..Options::default() }).await;
    let mut client = BetsClient::new(ground.channel.clone());
    let title = "A bet that takes some room in the log. ".repeat(5);
    let mut taken = 0;
    let full = loop {
        assert!(taken < 2_000, "the log never filled");
        let command = bet_request::Command::Propose(bets::ProposeBet {
            title: title.trim().chars().take(200).collect(),
            mode: bets::Mode::Scaling.into(),
            ..bets::ProposeBet::default()
        });
        let request = BetRequest { meta: ground.meta(), bet_id: String::new(), command: Some(command) };
        let answer = Answer::to_command(client.execute(request.clone()).await);
        if answer.code != "accepted" {
            answer.is("a full log", "log_full", "");
            break request;
        }
        taken += 1;
    };
    assert!(taken > 0, "the log was full from the start");
    Answer::to_command(client.execute(full).await).is("the same command again", "log_full", "");
    let mut seen = 0;
    let mut after = String::new();
    loop {
        let page = ListRequest { first: 100, after: after.clone(), ..ListRequest::default() };
        let page = client.list(page).await.unwrap().into_inner();
        seen += page.bets.len();
        after = page.next;
        if after.is_empty() {
            break;
        }
    }
    assert_eq!(seen, taken);
    let ready = ground.get("/livez").await;
    assert!(ready.status().is_success(), "{}", ready.status());
    ground.post("/v1/observations", json!({}).to_string()).await.is(
        "an observation",
        "missing_field",
        "observations[0].window_start",
    );
    ground.stop().await;
}
