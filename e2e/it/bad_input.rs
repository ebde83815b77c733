//! Bad input against a whole platform over its sockets: each is answered with a code, the field at fault and what
//! to do, and leaves nothing behind.
//!
//! The platforms run on virtual time, so a log that came to rest grows only by what a request does to it.

mod commands;
mod limits;
mod observations;
mod reads;
