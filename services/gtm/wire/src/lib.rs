//! How the go-to-market context looks outside: its stored events.

pub mod launch;
