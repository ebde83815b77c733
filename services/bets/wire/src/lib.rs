//! How the bets context looks outside: its stored events, and the words that requests and views share with them.

pub mod bet;
pub mod terms;
