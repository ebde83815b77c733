//! How the sinks context looks outside: its stored events; and how it reads those of the other contexts.

pub mod happening;
pub mod sink;
