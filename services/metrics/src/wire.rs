//! How the events of the context are stored, one module per aggregate, and how observations travel.

pub mod guardrail;
pub mod incident;
pub mod metric;
pub mod observed;
