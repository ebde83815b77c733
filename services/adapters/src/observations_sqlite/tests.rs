use std::sync::{Arc, Mutex};

use rusqlite::Connection;
use tempfile::TempDir;
use verdict_runtime::observations::{Labels, Measure, contract};

use super::*;

fn open(folder: &TempDir, options: Options) -> SqliteObservations {
    SqliteObservations::open(&folder.path().join("observations.db"), options).unwrap()
}

fn row(second: i64, source: &str) -> Row {
    let value = verdict_kernel::value::Value::new(1.5).unwrap();
    Row {
        key: Key {
            org: "default".to_owned(),
            metric: "cpu".to_owned(),
            window_end: Timestamp::from_second(second).unwrap(),
            window_start: Timestamp::from_second(second - 1).unwrap(),
            source: source.to_owned(),
            arm: String::new(),
        },
        measure: Measure::of(value, 2).unwrap(),
        labels: Labels::default(),
        received_at: Timestamp::from_second(second).unwrap(),
    }
}

#[tokio::test]
async fn rows_in_a_file_keep_the_contract() {
    let folders = Mutex::new(Vec::new());
    contract::all(async || {
        let folder = TempDir::new().unwrap();
        let store = Arc::new(open(&folder, Options::default()));
        folders.lock().unwrap().push(folder);
        store as Arc<dyn ObservationStore>
    })
    .await;
}

#[tokio::test]
async fn acknowledged_rows_are_there_after_the_store_is_opened_again() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder, Options::default());
    store.insert(vec![row(1, "a"), row(2, "a")]).await.unwrap();
    drop(store);
    let again = open(&folder, Options::default());
    let query = Query::all("default", "cpu");
    assert_eq!(again.rows_from(&query, None, None, 10).await, Ok(vec![row(1, "a"), row(2, "a")]));
    assert_eq!(again.count("default", "cpu").await, Ok(2));
    assert_eq!(again.insert(vec![row(2, "a")]).await, Ok(vec![Outcome::Duplicate]));
}

#[tokio::test]
async fn batches_that_wait_together_keep_their_own_outcomes() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder, Options::default());
    let other = Row { measure: Measure { count: 3, ..row(1, "a").measure }, ..row(1, "a") };
    let (first, second, third) = tokio::join!(
        store.insert(vec![row(1, "a")]),
        store.insert(vec![row(2, "a"), other]),
        store.insert(vec![row(3, "a")]),
    );
    assert_eq!(first, Ok(vec![Outcome::Inserted]));
    assert_eq!(second, Ok(vec![Outcome::Inserted, Outcome::Conflict]));
    assert_eq!(third, Ok(vec![Outcome::Inserted]));
    assert_eq!(store.count("default", "cpu").await, Ok(2));
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_is_half_written() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder, Options { max_pages: Some(12) });
    let batch = |number: i64| -> Vec<Row> {
        let long = "s".repeat(150);
        (1..=20).map(|second| row(number * 100 + second, &long)).collect()
    };
    let mut stored = 0;
    let full = loop {
        match store.insert(batch(stored)).await {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(full, StoreError::Full);
    assert!(stored > 0);
    let rows = store.rows_from(&Query::all("default", "cpu"), None, None, 10_000).await.unwrap();
    assert_eq!(i64::try_from(rows.len()).unwrap(), stored * 20);
    assert_eq!(store.count("default", "cpu").await, Ok(rows.len() as u64));
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("observations.db");
    drop(SqliteObservations::open(&path, Options::default()).unwrap());
    let raw = Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 7).unwrap();
    drop(raw);
    let error = SqliteObservations::open(&path, Options::default()).err().unwrap();
    assert!(matches!(error, OpenError::Newer { found: 7, known: 3, .. }), "{error}");
}

#[tokio::test]
async fn a_file_of_an_older_version_is_brought_up_and_keeps_its_rows() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("observations.db");
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch(&format!("{} PRAGMA user_version = 1;", schema::VERSIONS[0])).unwrap();
    raw.execute_batch(
        "INSERT INTO observations VALUES
            ('default','cpu',1000000000,0,'a',2,3.0,4.5,1.5,1.5,NULL,NULL,NULL,1000000000),
            ('default','cpu',2000000000,1000000000,'a',2,3.0,4.5,1.5,1.5,NULL,NULL,'control',2000000000);
         INSERT INTO counts VALUES ('default','cpu',2);",
    )
    .unwrap();
    drop(raw);
    let store = open(&folder, Options::default());
    let control = Row { key: Key { arm: "control".to_owned(), ..row(2, "a").key }, ..row(2, "a") };
    let both = vec![row(1, "a"), control];
    assert_eq!(store.rows_from(&Query::all("default", "cpu"), None, None, 10).await, Ok(both));
    assert_eq!(store.insert(vec![row(1, "a")]).await, Ok(vec![Outcome::Duplicate]));
    assert_eq!(store.insert(vec![row(2, "a")]).await, Ok(vec![Outcome::Inserted]));
}

#[tokio::test]
async fn clause_26_a_store_that_stands_still_says_that_it_is_busy() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder, Options::default());
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let stuck = store.write(move |_| {
        wait.recv().unwrap();
        Ok(())
    });
    let batch = |number: i64| -> Vec<Row> { (0..1_000).map(|at| row(number * 1_000 + at, "a")).collect() };
    let waiting: Vec<_> = (0..200).map(|number| store.insert(batch(number))).collect();
    assert_eq!(store.insert(vec![row(-1, "a")]).await, Err(StoreError::Busy), "rows");
    go.send(()).unwrap();
    assert_eq!(stuck.await, Ok(()));
    for written in waiting {
        written.await.unwrap();
    }
    assert_eq!(store.insert(vec![row(-1, "a")]).await, Ok(vec![Outcome::Inserted]));
    assert_eq!(store.count("default", "cpu").await, Ok(200_001));
}

#[tokio::test]
async fn clause_26_requests_that_wait_are_bounded_too() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder, Options::default());
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (begun, begins) = std::sync::mpsc::channel::<()>();
    let stuck = store.write(move |_| {
        begun.send(()).unwrap();
        wait.recv().unwrap();
        Ok(())
    });
    begins.recv().unwrap();
    let waiting: Vec<_> = (0..QUEUE).map(|_| store.mark(Vec::new())).collect();
    assert_eq!(store.mark(Vec::new()).await, Err(StoreError::Busy));
    go.send(()).unwrap();
    stuck.await.unwrap();
    for written in waiting {
        written.await.unwrap();
    }
}
