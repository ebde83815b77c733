//! The chassis that every service runs on: ports for the log and the bus, how commands execute, how the log
//! is followed, and how a role starts and stops.
//!
//! It knows no product rule and no adapter to a real server. Read [`log`] and [`execute`] first.

pub mod checkpoint;
pub mod component;
pub mod execute;
pub mod grpc;
pub mod log;
pub mod problem;
pub mod process;
pub mod telemetry;
pub mod wire;
