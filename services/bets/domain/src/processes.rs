//! The process managers of the context.

pub mod wind_down;
