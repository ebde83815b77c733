//! Rollouts as pure decisions: stages and their gates, the flag that carries the exposure, the edges that
//! serve it, and the processes that promote and roll back.
//!
//! Read [`rollout`] first, then [`gate`]: they say when exposure may grow. [`flag`] says what is served,
//! and [`raising`] lists every path on which that grows.

pub mod audience;
pub mod edge;
pub mod flag;
pub mod gate;
pub mod plan;
pub mod processes;
pub mod raising;
pub mod rollout;
pub mod stage;
mod wording;
