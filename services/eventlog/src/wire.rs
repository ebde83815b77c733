//! The messages and services of the log protocol, as generated from the `.proto` files of this crate.
//!
//! Only the part of the protocol that is spoken is described there: streams, features, gossip.
//! `tests/generated.rs` keeps `src/gen` in step.

#[expect(
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::large_enum_variant,
    reason = "generated code follows its own style"
)]
pub mod event_store {
    pub mod client {
        include!("gen/event_store.client.rs");

        pub mod gossip {
            include!("gen/event_store.client.gossip.rs");
        }

        pub mod server_features {
            include!("gen/event_store.client.server_features.rs");
        }

        pub mod streams {
            include!("gen/event_store.client.streams.rs");
        }
    }
}

pub mod google {
    pub mod rpc {
        include!("gen/google.rpc.rs");
    }
}
