//! How the events of rollouts, flags and edges cross from the domain to the log and back.

pub mod audience;
pub mod edge;
pub mod flag;
pub mod rollout;
