//! The rollouts service: rollouts, flags and edges over gRPC, and the processes that widen and take back.

pub mod api;
pub mod facts;
pub mod processes;
pub mod watch;
pub mod wire;
