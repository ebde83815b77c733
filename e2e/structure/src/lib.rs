//! What must hold of the source tree itself: who may depend on whom, how files look, and which documents are
//! generated from code.
//!
//! Every check is a function from what it looks at to a list of findings, so that each can be shown to fail on a
//! bad sample. `tests/tree.rs` runs them on the tree. It knows nothing of the product. Read [`edges`] first.

pub mod catalogue;
pub mod circles;
pub mod clauses;
pub mod commands;
pub mod costs;
pub mod edges;
pub mod golden;
pub mod manifests;
pub mod orphans;
pub mod rooms;
pub mod rules;
pub mod sources;
pub mod style;
pub mod types;
