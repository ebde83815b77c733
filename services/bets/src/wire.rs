//! How the context's events are stored and read back.

pub mod bet;
pub mod terms;
