//! The gRPC services of the context: a request becomes an envelope and a domain command, a view is folded from the log.

pub mod edge;
pub mod flag;
pub mod rollout;
