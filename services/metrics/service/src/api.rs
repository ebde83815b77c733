//! The services of the context, one module per aggregate.

pub mod evaluation;
pub mod guardrail;
pub mod incident;
pub mod metric;

mod asked;
#[cfg(test)]
mod tests;
