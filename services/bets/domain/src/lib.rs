//! The bets context without its shell: what a bet is, what may be done to it, and what is taken back when it
//! is killed.
//!
//! It knows no log, no clock and no network: facts from elsewhere arrive beside the command. Read [`bet`]
//! first.

pub mod bet;
pub mod processes;
