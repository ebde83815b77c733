//! The flag edge: answers which variant a caller gets, from memory, over OFREP.
//!
//! A [`FlagEdge`] follows the flag streams of the log and swaps a finished [`Snapshot`] into its [`Edge`], which
//! [`configure`] mounts on an HTTP server. It serves only after reading to the head of the log, and what it
//! serves never goes back. When exposure was taken back it tells the rollouts service that it serves so.
//!
//! It decides nothing: it knows no rollouts, gates or guardrails, only the events of flags. It keeps no state of
//! its own besides memory. Event streams, flagd sync and authentication are absent. Start reading at
//! [`follower`], then `fold` for what events mean and [`ofrep`] for the protocol.

#[cfg(test)]
mod fixtures;
mod fold;
pub mod follower;
pub mod ofrep;
mod reports;
pub mod snapshot;
mod wire;

pub use follower::{Deps, FlagEdge};
pub use ofrep::configure;
pub use snapshot::{Edge, FlagSet, Scope, Served, Snapshot};
