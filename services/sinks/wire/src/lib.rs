//! How the sinks context looks outside: its stored events and its view.

pub mod sink;
