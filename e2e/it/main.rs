//! The real binary and the real platform: crashes, bad input, the whole story over sockets, the README. One test binary,
//! because linking is what costs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![expect(unreachable_pub, reason = "everything here is private to one binary")]

mod bad_input;
mod clauses;
mod crash;
mod fault_codes;
mod ground;
mod life;
mod postgres;
mod server;
mod story;
mod streams;
mod tour;
mod tracing;
