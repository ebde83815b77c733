//! The vocabulary that every context shares: ids, percentages, measured values, time, the decider and process
//! shapes, rulings, three-valued checks, gate reports, rule ids, refusals and principals.
//!
//! It knows no IO, no async, no serialisation and no product rule. A word belongs here only when two
//! contexts, or a context and a port, need the same one. Read [`decider`] first.

pub mod check;
pub mod clock;
pub mod decider;
pub mod decision;
pub mod effect;
pub mod id;
pub mod instrumentation;
pub mod key;
pub mod metric_type;
pub mod mode;
pub mod percent;
pub mod policy;
pub mod principal;
pub mod process;
pub mod refusal;
pub mod rule;
pub mod ruling;
pub mod spec;
pub mod tier;
pub mod value;
