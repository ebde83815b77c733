//! What a service stands on outside itself, as contracts with a stand-in in memory each: the log, the bus, the clocks.
//! Beside them what every contract speaks of: ids, tasks and the table of fault codes.
//!
//! The first of the rooms: nothing in it knows of another one.

pub mod bus;
pub mod clock;
pub mod fault;
pub mod ids;
pub mod log;
pub mod problem;
pub mod task;
