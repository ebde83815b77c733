//! Several replicas and contexts beside each other: who does what must be done once, the way to whoever that is, and what
//! is carried from one context to the others.
//!
//! The third of the rooms, on the chassis. Where there is one process, it holds every lease and nothing else changes.

pub mod lease;
pub mod relay;
pub mod route;
pub mod seat;
pub mod shard;
