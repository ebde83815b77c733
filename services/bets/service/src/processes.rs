//! The rims of the context's process managers.

pub mod wind_down;
