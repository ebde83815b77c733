//! How commands become events, and how events become views, lists and steps of processes: one replica on one log.
//!
//! The second of the rooms, on the ports. What several replicas share out among them is in the next one.

pub mod checkpoint;
pub mod component;
pub mod desk;
pub mod directory;
pub mod execute;
pub mod fields;
pub mod following;
pub mod grpc;
pub mod housekeeping;
pub mod log_clock;
pub mod naming;
pub mod process;
pub mod projection;
pub mod reading;
pub mod telemetry;
pub(crate) mod term;
