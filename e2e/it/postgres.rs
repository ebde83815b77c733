//! Observations in a real PostgreSQL: the contract, replicas that meet, migrations, TLS, and a server that dies.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use jiff::Timestamp;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::sync::watch;
use verdict_adapters::observations_postgres::{OfLog, Options, PostgresObservations};
use verdict_e2e::servers::available;
use verdict_e2e::servers::postgres::{Settings, alone, execute, postgres};
use verdict_kernel::value::Value;
use verdict_runtime::log::restored::Restored;
use verdict_runtime::observations::{
    Key, Labels, Measure, ObservationStore, Outcome, Query, Row, StoreError, contract,
};
use verdict_runtime::task;

/// How long a test waits for something that has to happen.
const PATIENCE: Duration = Duration::from_mins(1);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// The row of `metric` whose window ends at `second`.
fn row(metric: &str, second: i64, value: f64) -> Row {
    Row {
        key: Key {
            org: "default".to_owned(),
            metric: metric.to_owned(),
            window_end: at(second),
            window_start: at(second - 1),
            source: "probe".to_owned(),
            arm: String::new(),
        },
        measure: Measure::of(Value::new(value).unwrap(), 2).unwrap(),
        labels: Labels::default(),
        received_at: at(second),
    }
}

async fn stored(store: &PostgresObservations, metric: &str) -> Vec<Row> {
    store.rows_from(&Query::all("default", metric), None, None, 10_000).await.unwrap()
}

fn options(url: impl ToString) -> Options {
    Options { url: url.to_string(), ..Options::default() }
}

async fn connected(url: impl ToString) -> PostgresObservations {
    PostgresObservations::connect(options(url)).await.unwrap()
}

/// Why a connection is refused.
async fn refused(options: Options) -> String {
    PostgresObservations::connect(options).await.err().unwrap().to_string()
}

#[tokio::test]
async fn rows_in_postgresql_keep_the_contract() {
    let Some(first) = available(postgres().await) else { return };
    let databases = tokio::sync::Mutex::new(vec![first]);
    contract::all(async || {
        let database = postgres().await.unwrap();
        let store: Arc<dyn ObservationStore> = Arc::new(connected(&database.url).await);
        databases.lock().await.push(database);
        store
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_replicas_that_send_the_same_rows_one_inserts_each() {
    let Some(database) = available(postgres().await) else { return };
    let replicas = [Arc::new(connected(&database.url).await), Arc::new(connected(&database.url).await)];
    // Every writer sends the same 40 rows of two metrics, in batches and orders of its own.
    let all: Vec<Row> =
        (1..=20).flat_map(|second| [row("cpu", second, 1.5), row("errors", second, 2.5)]).collect();
    let writers = (0..8_usize).map(|writer| {
        let store = replicas[writer % 2].clone();
        let mut rows = all.clone();
        rows.rotate_left(writer * 5);
        if writer % 3 == 0 {
            rows.reverse();
        }
        task::spawn("writer", async move {
            let mut inserted = 0;
            for batch in rows.chunks(3 + writer) {
                let outcomes = store.insert(batch.to_vec()).await.unwrap();
                assert!(!outcomes.contains(&Outcome::Conflict));
                inserted += outcomes.iter().filter(|outcome| **outcome == Outcome::Inserted).count();
            }
            inserted
        })
    });
    let inserted: usize = join_all(writers).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(inserted, all.len());
    assert_eq!(stored(&replicas[0], "cpu").await.len(), 20);
    assert_eq!(replicas[1].count("default", "cpu").await, Ok(20));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_replicas_that_disagree_about_a_row_one_batch_is_kept_out_whole() {
    let Some(database) = available(postgres().await) else { return };
    let replicas = [connected(&database.url).await, connected(&database.url).await];
    for second in 1..=20 {
        // The second row of each batch is its own; the first is disputed.
        let batch = |replica: i64, value| {
            vec![row("cpu", second, value), row("cpu", 1000 * (replica + 1) + second, value)]
        };
        let (one, other) = tokio::join!(replicas[0].insert(batch(0, 1.0)), replicas[1].insert(batch(1, 2.0)));
        let taken = vec![Outcome::Inserted, Outcome::Inserted];
        let kept_out = vec![Outcome::Conflict, Outcome::Inserted];
        let outcomes = (one.unwrap(), other.unwrap());
        let decided = outcomes == (taken.clone(), kept_out.clone()) || outcomes == (kept_out, taken);
        assert!(decided, "{outcomes:?}");
        assert_eq!(replicas[0].count("default", "cpu").await, Ok(2 * u64::try_from(second).unwrap()));
    }
    assert_eq!(stored(&replicas[0], "cpu").await.len(), 40);
}

#[tokio::test]
async fn a_large_batch_is_one_statement() {
    let Some(database) = available(postgres().await) else { return };
    let store = connected(&database.url).await;
    // A second statement would break the rule that there is one note.
    let noting = "CREATE TABLE statements (note INT PRIMARY KEY); \
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS \
        $$ BEGIN INSERT INTO statements VALUES (1); RETURN NULL; END $$; \
        CREATE TRIGGER note AFTER INSERT ON observations FOR EACH STATEMENT EXECUTE FUNCTION note();";
    execute(&database.url, noting).await.unwrap();
    let batch: Vec<Row> = (1..=1000).map(|second| row("cpu", second, 1.0)).collect();
    assert_eq!(store.insert(batch.clone()).await, Ok(vec![Outcome::Inserted; 1000]));
    assert_eq!(stored(&store, "cpu").await, batch);
    assert!(store.insert(vec![row("cpu", 1001, 1.0)]).await.is_err());
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_of_the_batch_is_there() {
    let Some(database) = available(postgres().await) else { return };
    let store = connected(&database.url).await;
    let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$; \
        CREATE TRIGGER full_disk BEFORE INSERT ON observations FOR EACH ROW \
        WHEN (NEW.window_end >= 9000000000) EXECUTE FUNCTION full_disk();";
    execute(&database.url, full).await.unwrap();
    let outcome = store.insert(vec![row("cpu", 1, 1.0), row("cpu", 9, 1.0)]).await;
    assert_eq!(outcome, Err(StoreError::Full));
    assert_eq!(store.count("default", "cpu").await, Ok(0));
    assert_eq!(store.insert(vec![row("cpu", 1, 1.0)]).await, Ok(vec![Outcome::Inserted]));
}

#[tokio::test]
async fn replicas_that_start_at_once_all_find_their_tables() {
    let Some(database) = available(postgres().await) else { return };
    let starts = (0..6).map(|_| PostgresObservations::connect(options(&database.url)));
    let replicas: Vec<_> = join_all(starts).await.into_iter().map(Result::unwrap).collect();
    replicas[0].insert(vec![row("cpu", 1, 1.0)]).await.unwrap();
    assert_eq!(stored(&replicas[5], "cpu").await, [row("cpu", 1, 1.0)]);
    // A start over tables that are there changes nothing.
    assert_eq!(stored(&connected(&database.url).await, "cpu").await, [row("cpu", 1, 1.0)]);
}

#[tokio::test]
async fn tables_of_a_newer_version_are_worked_with_and_changed_ones_are_not() {
    let Some(database) = available(postgres().await) else { return };
    connected(&database.url).await;
    let newer = "INSERT INTO observations_schema_history \
        SELECT 99, 'later', applied_on, checksum FROM observations_schema_history WHERE version = 1";
    execute(&database.url, newer).await.unwrap();
    let store = connected(&database.url).await;
    assert_eq!(store.insert(vec![row("cpu", 1, 1.0)]).await, Ok(vec![Outcome::Inserted]));
    let changed = "UPDATE observations_schema_history SET checksum = '1' WHERE version = 1";
    execute(&database.url, changed).await.unwrap();
    let error = refused(options(&database.url)).await;
    assert!(error.contains("the tables could not be brought to this version"), "{error}");
}

/// The rows as those of log `id`, which was restored from `before` where that is named: that one ended at second 10.
fn of_log(url: &str, id: &str, before: Option<&str>) -> Options {
    let restored = before.map(|before| Restored {
        from: before.to_owned(),
        head: format!("{before}:7:7").parse().unwrap(),
        newest: Some(at(10)),
    });
    let log = Some(OfLog { id: id.to_owned(), restored: restored.into_iter().collect() });
    Options { log, ..options(url) }
}

#[tokio::test]
async fn clause_23_rows_after_the_end_of_a_restored_log_are_let_go_and_those_of_another_log_refused() {
    let Some(database) = available(postgres().await) else { return };
    let url = database.url.as_str();
    let store = PostgresObservations::connect(of_log(url, "first", None)).await.unwrap();
    let rows: Vec<Row> = [9, 10, 11].map(|second| row("cpu", second, 1.0)).into();
    store.insert(rows.clone()).await.unwrap();
    store.mark(vec![("guardrail".to_owned(), at(11))]).await.unwrap();
    let again = PostgresObservations::connect(of_log(url, "first", None)).await.unwrap();
    assert_eq!(
        (stored(&again, "cpu").await, again.marked("guardrail").await),
        (rows.clone(), Ok(Some(at(11))))
    );
    let foreign = refused(of_log(url, "second", Some("another"))).await;
    assert!(foreign.contains("belong to log first, and this is log second"), "{foreign}");
    assert_eq!(stored(&store, "cpu").await, rows, "a refusal changes nothing");
    let restored = PostgresObservations::connect(of_log(url, "second", Some("first"))).await.unwrap();
    assert_eq!(stored(&restored, "cpu").await, rows[..2]);
    assert_eq!(restored.count("default", "cpu").await, Ok(2));
    assert_eq!(restored.marked("guardrail").await, Ok(None));
    let late = row("cpu", 12, 1.0);
    restored.insert(vec![late.clone()]).await.unwrap();
    let replica = PostgresObservations::connect(of_log(url, "second", Some("first"))).await.unwrap();
    assert_eq!(stored(&replica, "cpu").await, [&rows[..2], &[late]].concat());
}

/// Writes rows until one fails; `acknowledged` is the last that did not.
async fn write_on(store: Arc<PostgresObservations>, acknowledged: watch::Sender<i64>) -> StoreError {
    let mut second = 1;
    loop {
        if let Err(error) = store.insert(vec![row("cpu", second, 1.0)]).await {
            return error;
        }
        acknowledged.send_replace(second);
        second += 1;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_kill_of_the_server_and_the_store_recovers() {
    let Some(mut server) = available(alone(Settings::default()).await) else { return };
    let store = Arc::new(connected(&server.url).await);
    let (sender, mut acknowledged) = watch::channel(0);
    let writing = task::spawn("writer", write_on(store.clone(), sender));
    tokio::time::timeout(PATIENCE, acknowledged.wait_for(|last| *last >= 50)).await.unwrap().unwrap();
    server.kill().await.unwrap();

    let StoreError::Failed(why) = writing.await.unwrap() else { panic!("the disk is not full") };
    assert!(why.starts_with("PostgreSQL at 127.0.0.1:"), "{why}");
    assert!(refused(options(&server.url)).await.contains("no connection"));
    let patient = PostgresObservations::open(&options(&server.url)).unwrap();
    assert!(patient.ready().await.is_err());

    server.restart().await.unwrap();
    patient.ready().await.unwrap();
    let rows = stored(&store, "cpu").await;
    let (last, found) = (*acknowledged.borrow(), i64::try_from(rows.len()).unwrap());
    // The row that was under way may be there too.
    assert!((last..=last + 1).contains(&found), "{found} rows, {last} acknowledged");
    assert_eq!(rows, (1..=found).map(|second| row("cpu", second, 1.0)).collect::<Vec<Row>>());
    assert_eq!(store.count("default", "cpu").await, Ok(rows.len() as u64));
    assert_eq!(patient.insert(vec![row("cpu", last, 1.0)]).await, Ok(vec![Outcome::Duplicate]));
}

#[tokio::test]
async fn with_tls_the_certificate_is_checked_and_the_mode_is_honoured() {
    let certificate = || generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let CertifiedKey { cert, signing_key } = certificate();
    let files = [("server.crt", &*cert.pem()), ("server.key", &*signing_key.serialize_pem())];
    let settings = Settings { files: &files, values: &["ssl=on"] };
    let Some(server) = available(alone(settings).await) else { return };
    let folder = tempfile::tempdir().unwrap();
    let authority = |name: &str, pem: String| {
        let file = folder.path().join(name);
        std::fs::write(&file, pem).unwrap();
        Some(file)
    };
    let (right, wrong) = (authority("right", cert.pem()), authority("wrong", certificate().cert.pem()));
    let in_mode = |mode: &str| server.url.as_str().replace("sslmode=disable", &format!("sslmode={mode}"));
    let with = |mode: &str, ca_file| Options { ca_file, ..options(in_mode(mode)) };

    for mode in ["require", "prefer"] {
        PostgresObservations::connect(with(mode, right.clone())).await.unwrap();
        let error = refused(with(mode, wrong.clone())).await;
        assert!(error.contains("certificate"), "{error}");
    }
    // The database itself says which connections are encrypted.
    let encrypted = "CREATE FUNCTION encrypted() RETURNS bool LANGUAGE sql AS \
        'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'; \
        ALTER TABLE observations ADD CHECK (encrypted());";
    execute(&server.url, encrypted).await.unwrap();
    let store = PostgresObservations::connect(with("require", right)).await.unwrap();
    store.insert(vec![row("cpu", 1, 1.0)]).await.unwrap();
    let plain = connected(in_mode("disable")).await;
    assert!(plain.insert(vec![row("cpu", 2, 1.0)]).await.is_err());
}

#[tokio::test]
async fn without_tls_on_the_server_it_is_required_in_vain_and_preferred_without_harm() {
    let Some(server) = available(alone(Settings::default()).await) else { return };
    let in_mode = |mode: &str| server.url.as_str().replace("sslmode=disable", &format!("sslmode={mode}"));
    connected(in_mode("prefer")).await;
    let error = refused(options(in_mode("require"))).await;
    assert!(error.contains("server does not support TLS"), "{error}");
}
