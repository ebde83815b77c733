//! `verdict probe`: asks a health endpoint, for images that hold nothing else that could.

use std::io::Write;
use std::time::Duration;

use super::output::Failure;
use crate::asking;

#[cfg(test)]
mod tests;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, clap::Args)]
pub struct Probe {
    /// Address of the endpoint: http://127.0.0.1:7410/readyz
    url: String,
}

/// Prints the answer. Fails unless it says that all is well.
pub async fn run(probe: Probe, out: &mut dyn Write) -> Result<(), Failure> {
    if !probe.url.starts_with("http://") && !probe.url.starts_with("https://") {
        return Err(Failure::usage(format!(
            "'{}' is no address such as http://127.0.0.1:7400/readyz",
            probe.url
        )));
    }
    let unreachable = |error: reqwest::Error| Failure::unavailable(format!("{}: {error}", probe.url));
    let client = asking::client(&probe.url).timeout(PATIENCE).build().map_err(unreachable)?;
    let answer = client.get(&probe.url).send().await.map_err(unreachable)?;
    let status = answer.status();
    writeln!(out, "{}", answer.text().await.map_err(unreachable)?)?;
    if status.is_success() {
        Ok(())
    } else {
        Err(Failure::Request(format!("{} answered {status}", probe.url)))
    }
}
