use std::time::Duration;

use clap::Parser;
use verdict_adapters::esdb::{self, EsdbLog};
use verdict_runtime::log::{EventLog, Expected, NewEvent};
use verdict_runtime::log_clock::LogClock;

use super::*;

#[derive(Debug, Parser)]
struct Words {
    #[command(flatten)]
    serve: Serve,
}

fn event(number: u128) -> NewEvent {
    NewEvent {
        id: uuid::Uuid::from_u128(number),
        event_type: "bets.Bet.Proposed.v1".to_owned(),
        data: b"{}".to_vec(),
        metadata: b"{}".to_vec(),
    }
}

/// The value of `series` in `text`.
fn value(text: &str, series: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {series} in {text}")).parse().unwrap()
}

/// A server over `data`, and a client of it.
async fn served(data: &Path) -> (Running, EsdbLog) {
    let directory = data.to_string_lossy();
    let words = ["serve", "--data", &directory, "--listen", "127.0.0.1:0", "--http-listen", "127.0.0.1:0"];
    let serve = Words::try_parse_from(words).unwrap().serve;
    let running = Running::start(&serve, serve.options().unwrap()).unwrap();
    let log = EsdbLog::connect(esdb::Options::new(running.addresses.log.clone())).await.unwrap();
    (running, log)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clause_12_a_log_server_dates_what_is_appended_to_compare_clocks() {
    let data = tempfile::tempdir().unwrap();
    let (running, log) = served(data.path()).await;
    let clocks = LogClock::new(Arc::new(log), Arc::new(SystemClock::start()), "rollouts");
    let dated = clocks.compared().await.dated.expect("the event was read back");
    let tolerance = jiff::SignedDuration::from_secs(2);
    let (earliest, latest) = (dated.before - tolerance, dated.after + tolerance);
    assert!((earliest..=latest).contains(&dated.created), "{dated:?}");
    drop(clocks);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_publishes_what_it_has_done() {
    let data = tempfile::tempdir().unwrap();
    let (running, log) = served(data.path()).await;
    let http = running.addresses.http.clone().unwrap();
    let scrape = async || reqwest::get(format!("{http}/metrics")).await.unwrap().text().await.unwrap();

    // The client has asked which log it is, and may have written that, before.
    let before = scrape().await;
    log.append("bets.bet-1", Expected::NoStream, vec![event(1)]).await.unwrap();
    log.append("bets.bet-1", Expected::Exact(0), vec![event(2)]).await.unwrap();
    log.append("bets.bet-1", Expected::NoStream, vec![event(3)]).await.unwrap_err();
    log.read_stream("bets.bet-1", 0, 10).await.unwrap();
    let after = scrape().await;

    let grew = |series| value(&after, series) - value(&before, series);
    assert_eq!(grew("verdict_log_server_appends_total"), 2);
    assert_eq!(grew("verdict_log_server_refused_appends_total"), 1);
    assert!(grew("verdict_log_server_reads_total") >= 1);
    let followed = async { while value(&scrape().await, "verdict_log_server_subscriptions") != 1 {} };
    tokio::time::timeout(Duration::from_secs(30), followed).await.expect("the client follows the log");
    assert!(after.contains("# TYPE verdict_log_server_subscriptions gauge"), "{after}");
    for path in ["livez", "readyz"] {
        assert!(reqwest::get(format!("{http}/{path}")).await.unwrap().status().is_success(), "{path}");
    }
    drop(log);
    running.stop().await;
}
