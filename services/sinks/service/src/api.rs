//! The gRPC services of the context.

pub mod sink;
