//! What a database does with the same kind of work: one row, one commit, in a real PostgreSQL.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_postgres::NoTls;
use verdict_e2e::servers::{available, postgres, postgres::execute};

use crate::rate::per_second;
use crate::times::quantile;

/// Rows that all connections insert together.
const ROWS: usize = 4_000;
/// Characters of a row's text.
const TEXT: usize = 512;

/// Prints the rate for each number of connections; or why there is no database.
pub(crate) async fn told(connections: &[usize]) -> anyhow::Result<()> {
    let Some(database) = available(postgres().await) else { return Ok(()) };
    let table = "CREATE TABLE rows (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL)";
    execute(&database.url, table).await?;
    println!("PostgreSQL, one row and one commit at a time");
    for &connections in connections {
        let (mut times, took) = inserts(database.url.as_str(), connections).await?;
        let rate = per_second(times.len(), took);
        let (p50, p99) = (quantile(&mut times, 0.5), quantile(&mut times, 0.99));
        println!("  {connections:>2} connections         {rate:>7.0}/s  p50 {p50:>10.1?} p99 {p99:>10.1?}");
    }
    Ok(())
}

async fn inserts(url: &str, connections: usize) -> anyhow::Result<(Vec<Duration>, Duration)> {
    let mut clients = Vec::new();
    for _ in 0..connections {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        drop(tokio::spawn(connection));
        let insert = client.prepare("INSERT INTO rows (text) VALUES ($1)").await?;
        clients.push((client, insert));
    }
    let (mut tasks, start) = (JoinSet::new(), Instant::now());
    for (client, insert) in clients {
        tasks.spawn(async move {
            let (text, mut times) = ("x".repeat(TEXT), Vec::new());
            for _ in 0..ROWS / connections {
                let start = Instant::now();
                client.execute(&insert, &[&text]).await?;
                times.push(start.elapsed());
            }
            anyhow::Ok(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = tasks.join_next().await {
        times.extend(done??);
    }
    Ok((times, start.elapsed()))
}
