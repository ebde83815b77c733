//! The contracts: stored events and all that services are asked and answer, as generated from the `.proto` files beside
//! this crate. The calls themselves are in `verdict-api`.
//!
//! It holds no behaviour; each context's `wire` crate translates between these types and its own. `tests/generated`
//! keeps `src/gen` in step, here and in `api`.

#![expect(clippy::large_enum_variant, reason = "generated code lays messages out as it does")]

mod json;

/// The services and all that they speak of, as an encoded `FileDescriptorSet` with options and comments.
pub const DESCRIPTORS: &[u8] = include_bytes!("gen/contracts.binpb");

/// What every request that holds a command says about it. A request without a command says nothing.
pub trait CommandRequest {
    fn effect(&self) -> v1::Effect;
    fn audience(&self) -> v1::Audience;
    /// Whether the command says what is planned, which a document may keep.
    fn plans(&self) -> bool;
}

pub mod v1 {
    use crate::json;

    include!("gen/verdict.v1.rs");
}

pub mod bets {
    pub mod v1 {
        use crate::json;

        include!("gen/verdict.bets.v1.rs");
    }
}

pub mod rollouts {
    pub mod v1 {
        use crate::json;

        include!("gen/verdict.rollouts.v1.rs");
    }
}

pub mod metrics {
    pub mod v1 {
        use crate::json;

        include!("gen/verdict.metrics.v1.rs");
    }
}

pub mod gtm {
    pub mod v1 {
        use crate::json;

        include!("gen/verdict.gtm.v1.rs");
    }
}

pub mod sinks {
    pub mod v1 {
        use crate::json;

        include!("gen/verdict.sinks.v1.rs");
    }
}

pub mod platform {
    pub mod v1 {
        use crate::json;

        include!("gen/verdict.platform.v1.rs");
    }
}
