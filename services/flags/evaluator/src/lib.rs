//! The answer to "which variant does this caller get": a flag definition compiled once and evaluated in memory.
//!
//! A [`Definition`] says what a flag is, [`Compiled::new`] checks it, and [`Compiled::evaluate`] answers for one
//! [`Context`] without allocating. Percentages are sticky: who is inside at 10 % is inside at every larger
//! share, because the bucket of a caller depends on the salt of the flag and on the caller alone.
//! 100 % is everybody, callers without a key included.
//!
//! The crate knows no rollouts, no events, no HTTP and no clock, and it never decides who *should* be exposed.
//! Nested attributes, segments and the JsonLogic operators of flagd are absent. Start reading at [`compiled`].

pub mod bucketing;
mod cbor;
pub mod compiled;
pub mod definition;
mod murmur;

pub use bucketing::Bucketing;
pub use compiled::{Compiled, Context, Evaluation, Reason};
pub use definition::{Audience, Definition, InvalidDefinition, Match, Share, Unit};

/// Counts up whenever the same definition may be answered differently than before.
pub const VERSION: u32 = 2;
