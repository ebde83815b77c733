//! What a service stands on outside itself, as contracts with a stand-in in memory each: the log, the bus, the
//! observations, systems that measure already, the clocks. Beside them what every room speaks of: ids, tasks, faults and the table of their codes.
//!
//! The first of the rooms: nothing in it knows of another one.

pub mod bus;
pub mod clock;
pub mod fault;
pub mod ids;
pub mod log;
pub mod observations;
pub mod problem;
pub mod source;
pub mod task;
