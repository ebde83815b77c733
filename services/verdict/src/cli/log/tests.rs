//! A data directory that is copied and put back: the log, and the observations that belong to it.

use std::sync::Arc;

use tempfile::TempDir;
use verdict_adapters::observations_sqlite::{Options, SqliteObservations};
use verdict_eventlog::{Expected, NewEvent};
use verdict_kernel::clock::Clock;
use verdict_kernel::value::Value;
use verdict_runtime::clock::SystemClock;
use verdict_runtime::observations::{Key, Labels, Measure, ObservationStore, Query, Row};

use super::*;

fn row(source: &str, received_at: Timestamp) -> Row {
    let window_start = received_at - jiff::SignedDuration::from_secs(60);
    Row {
        key: Key {
            org: "default".to_owned(),
            metric: "cpu".to_owned(),
            window_end: received_at,
            window_start,
            source: source.to_owned(),
            arm: String::new(),
        },
        measure: Measure::of(Value::new(1.5).unwrap(), 2).unwrap(),
        labels: Labels::default(),
        received_at,
    }
}

fn store(data: &Path) -> SqliteObservations {
    SqliteObservations::open(&data.join(OBSERVATIONS_FILE), Options::default()).unwrap()
}

async fn sources(data: &Path) -> Vec<String> {
    let rows = store(data).rows_from(&Query::all("default", "cpu"), None, None, 10).await.unwrap();
    rows.into_iter().map(|row| row.key.source).collect()
}

async fn append(log: &Log, number: u128) {
    let event = NewEvent {
        id: uuid::Uuid::from_u128(number),
        event_type: "bets.Bet.Placed.v1".to_owned(),
        is_json: true,
        data: b"{}".to_vec(),
        metadata: b"{}".to_vec(),
    };
    log.append("bets.bet-1", Expected::Any, vec![event]).await.unwrap();
}

fn open(data: &Path) -> Log {
    Log::open(verdict_eventlog::Options::new(data.join(LOG_DIRECTORY))).unwrap()
}

fn said(verb: Verb) -> Result<String, Failure> {
    let mut out = Vec::new();
    run(verb, Format::Table, &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// A platform with one event, a row of before it and a row of an hour later.
async fn running() -> (TempDir, Log) {
    let data = TempDir::new().unwrap();
    let log = open(data.path());
    append(&log, 1).await;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let hour = jiff::SignedDuration::from_hours(1);
    let rows = vec![row("before", clock.now() - hour), row("after", clock.now() + hour)];
    store(data.path()).insert(rows).await.unwrap();
    upkeep::belongs_to(&data.path().join(OBSERVATIONS_FILE), &log.id().to_string()).unwrap();
    (data, log)
}

#[tokio::test]
async fn clause_23_a_restore_puts_back_the_log_and_the_observations_up_to_its_end() {
    let (data, log) = running().await;
    let folder = TempDir::new().unwrap();
    let (copy, new) = (folder.path().join("copy"), folder.path().join("new"));
    said(Verb::Backup { data: data.path().to_owned(), to: copy.clone() }).unwrap();
    append(&log, 2).await;
    let told = said(Verb::Restore { from: copy.clone(), data: new.clone(), instead_of: None }).unwrap();
    assert!(told.contains("1 observations, 1 after the end of the log let go"), "{told}");
    let restored = open(&new);
    assert_ne!(restored.id(), log.id());
    assert_eq!(restored.head(), 2);
    assert_eq!(sources(&new).await, ["before"]);
    assert_eq!(store(&new).count("default", "cpu").await, Ok(1));
    // Both carry the id of the log, so that neither is taken for a part of another one.
    let file = new.join(OBSERVATIONS_FILE);
    upkeep::belongs_to(&file, &restored.id().to_string()).unwrap();
    let other = upkeep::belongs_to(&file, &log.id().to_string());
    assert!(matches!(other, Err(upkeep::UpkeepError::OfAnotherLog { .. })), "{other:?}");
    // What was copied and what is there stay as they are.
    assert_eq!(sources(&copy).await, ["before", "after"]);
    let again = said(Verb::Restore { from: copy.clone(), data: new.clone(), instead_of: None });
    assert!(matches!(&again, Err(Failure::Request(told)) if told.contains("exists already")), "{again:?}");
    let again = said(Verb::Backup { data: data.path().to_owned(), to: copy });
    assert!(matches!(&again, Err(Failure::Request(told)) if told.contains("exists already")), "{again:?}");
}

#[tokio::test]
async fn clause_23_a_restore_refuses_observations_of_another_log_and_makes_nothing() {
    let ((data, log), (other, foreign)) = (running().await, running().await);
    let folder = TempDir::new().unwrap();
    let (copy, new) = (folder.path().join("copy"), folder.path().join("new"));
    said(Verb::Backup { data: data.path().to_owned(), to: copy.clone() }).unwrap();
    std::fs::copy(other.path().join(OBSERVATIONS_FILE), copy.join(OBSERVATIONS_FILE)).unwrap();
    let restored = said(Verb::Restore { from: copy, data: new.clone(), instead_of: None });
    let Err(Failure::Request(why)) = restored else { panic!("{restored:?}") };
    assert!(why.contains(&format!("belongs to log {}, and this is log {}", foreign.id(), log.id())), "{why}");
    assert!(!new.exists());
}

#[tokio::test]
async fn clause_23_an_imported_log_takes_the_observations_that_lie_beside_it() {
    let (data, log) = running().await;
    let export = data.path().join("export");
    said(Verb::Export { data: data.path().to_owned(), to: export.clone() }).unwrap();
    let new = TempDir::new().unwrap();
    upkeep::copy(&data.path().join(OBSERVATIONS_FILE), &new.path().join(OBSERVATIONS_FILE)).unwrap();
    said(Verb::Import { data: new.path().to_owned(), from: export }).unwrap();
    let imported = open(new.path());
    assert_ne!(imported.id(), log.id());
    upkeep::belongs_to(&new.path().join(OBSERVATIONS_FILE), &imported.id().to_string()).unwrap();
    assert_eq!(sources(new.path()).await, ["before"]);
}

#[tokio::test]
async fn r25_a_restore_takes_along_what_the_edge_that_it_replaces_served_last() {
    let (data, _log) = running().await;
    let offs = data.path().join("edge/off/staging");
    std::fs::create_dir_all(&offs).unwrap();
    std::fs::write(data.path().join("edge/flags.snapshot"), "served").unwrap();
    std::fs::write(offs.join("checkout"), "it is slow").unwrap();
    std::fs::write(data.path().join(KEY_FILE), "the key").unwrap();
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join("copy");
    said(Verb::Backup { data: data.path().to_owned(), to: copy.clone() }).unwrap();
    assert!(!copy.join(KEY_FILE).exists());
    let restored = |name: &str, instead_of: Option<&Path>| {
        let new = folder.path().join(name);
        let instead_of = instead_of.map(Path::to_owned);
        said(Verb::Restore { from: copy.clone(), data: new.clone(), instead_of }).map(|told| (new, told))
    };
    let (new, _told) = restored("new", Some(data.path())).unwrap();
    assert_eq!(std::fs::read_to_string(new.join("edge/flags.snapshot")).unwrap(), "served");
    assert_eq!(std::fs::read_to_string(new.join("edge/off/staging/checkout")).unwrap(), "it is slow");
    assert_eq!(std::fs::read_to_string(new.join(KEY_FILE)).unwrap(), "the key");
    let (_new, told) = restored("alone", None).unwrap();
    assert!(told.contains("--instead-of"), "{told}");
    let refused = restored("wrong", Some(folder.path())).unwrap_err();
    assert!(refused.to_string().contains("cannot be copied"), "{refused}");
}
