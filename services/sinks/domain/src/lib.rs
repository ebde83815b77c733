//! The sinks context, pure: where people are told what cannot wait, what they are told, and where nothing is sent to.
//!
//! It deliberately does not know how a secret is kept or how a delivery travels: the shell brings secrets sealed, and
//! reports what became of a delivery. Read [`sink`] first.

pub mod address;
pub mod notice;
pub mod patience;
pub mod sink;
