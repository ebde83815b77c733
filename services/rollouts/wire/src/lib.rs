//! How the rollouts context looks outside: the stored events of rollouts, flags and edges, and the words that requests and
//! views share with them.

pub mod audience;
pub mod edge;
pub mod flag;
pub mod rollout;
