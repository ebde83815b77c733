//! How the metrics context looks outside: the stored events of metrics, guardrails and incidents, and the words that requests
//! and views share with them.

pub mod guardrail;
pub mod incident;
pub mod metric;
