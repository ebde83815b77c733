//! The platform put together, and the command line in front of it.
//!
//! It is the only crate besides the end-to-end tests that names adapters. It holds no product rule: what it
//! assembles decides. Read [`platform`] for how a platform starts and [`cli`] for what a client can say.

pub mod asking;
pub mod cli;
pub mod config;
pub mod failure;
pub mod platform;
pub mod ports;
pub mod story;
pub mod telling;
