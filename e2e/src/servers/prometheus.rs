//! Prometheus for tests: a server with a past of the test's own, from the distribution's package.
//!
//! A past is written by the programs of the package, so neither containers nor addresses are of use.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::guard::{self, Guarded};
use super::{Source, Unavailable, first, free_port, program};

const SERVER: &str = "prometheus";
/// It keeps what is younger, and a past of a test may be of last year.
const KEPT: &str = "--storage.tsdb.retention.time=400d";

/// A running server. Everything of it goes with it.
pub struct Prometheus {
    pub url: String,
    _guarded: Guarded,
}

/// Seconds since 1970 and the value, in order.
pub type Past = Vec<(i64, f64)>;

/// A server that has these series, each by its name with labels: `cpu{job="web"}`.
pub async fn prometheus(pasts: &[(&str, Past)]) -> Result<Prometheus, Unavailable> {
    first(SERVER, async |source| match source {
        Source::Packages => start(pasts).await,
        Source::Containers | Source::Urls => {
            Err(fault("a past is written by the programs of the package only"))
        }
    })
    .await
}

fn fault(why: impl std::fmt::Display) -> Unavailable {
    Unavailable::new(SERVER, why)
}

fn programs() -> Result<(PathBuf, PathBuf), Unavailable> {
    let found = |name: &str| {
        let places = [format!("/usr/bin/{name}"), format!("/usr/local/bin/{name}")];
        program(SERVER, &places.each_ref().map(String::as_str))
    };
    Ok((found("prometheus")?, found("promtool")?))
}

async fn start(pasts: &[(&str, Past)]) -> Result<Prometheus, Unavailable> {
    let (server, tool) = programs()?;
    let folder = guard::folder().map_err(fault)?;
    let data = folder.join("data");
    let written = written(pasts, &folder, &data, &tool).inspect_err(|_| {
        // Nothing guards the folder yet.
        drop(fs::remove_dir_all(&folder));
    });
    written?;
    let url = format!("http://127.0.0.1:{}", free_port().map_err(fault)?);
    let mut command = Command::new(server);
    command.arg("--config.file").arg(folder.join("config.yml")).arg("--storage.tsdb.path").arg(&data);
    command.arg(KEPT).arg(format!("--web.listen-address={}", url.trim_start_matches("http://")));
    let guarded = Guarded::start(&command, &folder).map_err(fault)?;
    let ready = format!("{url}/-/ready");
    let is_ready = async || reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success());
    guarded.until(SERVER, is_ready).await?;
    Ok(Prometheus { url, _guarded: guarded })
}

/// Writes the past as blocks, the way a backfill does.
fn written(pasts: &[(&str, Past)], folder: &Path, data: &Path, tool: &Path) -> Result<(), Unavailable> {
    fs::write(folder.join("config.yml"), "global: {}\n").map_err(fault)?;
    fs::create_dir(data).map_err(fault)?;
    if pasts.is_empty() {
        return Ok(());
    }
    let past = folder.join("past.om");
    fs::write(&past, open_metrics(pasts)).map_err(fault)?;
    let mut command = Command::new(tool);
    command.args(["tsdb", "create-blocks-from", "openmetrics"]).arg(&past).arg(data).stdin(Stdio::null());
    let output = command.output().map_err(fault)?;
    if output.status.success() {
        return Ok(());
    }
    Err(fault(format!("promtool failed: {}", String::from_utf8_lossy(&output.stderr).trim())))
}

/// Series of one family stand together.
fn open_metrics(pasts: &[(&str, Past)]) -> String {
    let mut text = String::new();
    let mut of_family = "";
    for (series, past) in pasts {
        let family = series.split('{').next().unwrap_or(series);
        if family != of_family {
            of_family = family;
            // A text takes whatever is written.
            writeln!(text, "# TYPE {family} gauge").unwrap_or_default();
        }
        for (at, value) in past {
            writeln!(text, "{series} {value} {at}").unwrap_or_default();
        }
    }
    text + "# EOF\n"
}
