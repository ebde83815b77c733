//! Adapters: what stands behind the ports of the runtime when something real is needed.
//!
//! Every module implements a port over one piece of machinery and passes the contract suite of that port.
//! Heavy clients live here and nowhere else, and only the binary and the end-to-end tests name this crate.
//! It knows no event type, and no rule but that of the addresses nothing is sent to.

pub mod courier;
pub mod embedded;
pub mod esdb;
pub mod observations_postgres;
pub mod observations_sqlite;
pub mod prometheus;
pub mod rabbit;
