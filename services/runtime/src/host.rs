//! A process of the operating system around all of it: its configuration, what it runs and how that is told to stop, where
//! it listens, and what it says about itself.
//!
//! The last of the rooms. A step of a component is driven here and nowhere else in production.

pub mod config;
pub mod context;
pub mod http;
pub mod roles;
pub mod run;
pub mod shutdown;
pub mod socket;
pub mod wake;
