//! The real binary and the real platform: crashes, bad input, the whole story over sockets, the README. One test binary,
//! because linking is what costs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(unreachable_pub, reason = "everything here is private to one binary")]

mod bad_input;
mod clauses;
mod crash;
mod esdb;
mod fault_codes;
mod ground;
mod life;
mod log_server;
mod postgres;
mod process;
mod processes;
mod prometheus;
mod rabbit;
mod roles;
mod secured;
mod server;
mod story;
mod streams;
mod tour;
mod traces;

// The tests that the eventstore crate publishes of itself, unmodified: `common` and `published_streams`. They name
// another crate for their errors; what they need of it is here under its own name. They use chrono too.
#[cfg(not(clippy))]
extern crate anyhow as eyre;
#[cfg(not(clippy))]
include!(concat!(env!("OUT_DIR"), "/published_tests.rs"));
