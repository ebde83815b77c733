//! How the context's events are stored and read back.

pub mod launch;
