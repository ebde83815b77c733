//! Metrics at the rim: definitions, guardrails and incidents as services, observations as rows, and the evaluation
//! that turns the one into answers of the other.
//!
//! It decides nothing: what an answer is and what it raises is in `verdict-metrics-domain`. It does not take
//! exposure back either; it only says that a guardrail broke. Read [`ingest`] for the hot path.

pub mod board;
pub mod evaluator;
pub mod ingest;
pub mod observations;
pub mod wire;
