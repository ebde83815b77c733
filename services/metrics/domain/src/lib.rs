//! Metrics, guardrails and incidents as pure decisions: what a metric is, when a guardrail fails, what an incident
//! goes through.
//!
//! It knows neither where observations are kept nor what a rollback does: it answers Pass, Fail or Unknown and
//! says which stage attempt a failure concerns. Read [`points`], [`evaluation`], then [`guardrail`].

pub mod evaluation;
pub mod guardrail;
pub mod incident;
pub mod metric;
pub mod points;
pub mod replay;
pub mod sample;
