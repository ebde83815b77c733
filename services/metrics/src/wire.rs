//! How the events of the context are stored, one module per aggregate.

pub mod guardrail;
pub mod incident;
pub mod metric;
