//! The suite that every log adapter passes, alone and under the runtime.
//!
//! Each function shows one thing on a log of its own, is named after it, and fails by an assertion. A name that
//! begins with `clause_` shows that clause of the design. [`port`] asks the log itself, [`commands`] executes
//! commands on it, [`leases`] has two replicas compete on it, [`views`] reads it.

use super::Log;

pub mod commands;
pub mod leases;
pub mod port;
pub mod tally;
pub mod views;

/// Runs the whole suite, each part on an empty log from `make`.
pub async fn all(make: impl AsyncFn() -> Log) {
    port::all(&make).await;
    commands::all(&make).await;
    leases::all(&make).await;
    views::all(&make).await;
}
