//! The context's views of the log.

pub mod bet_board;
