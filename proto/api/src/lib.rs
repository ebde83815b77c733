//! The services of the contracts, as clients call them and as servers offer them. What travels is in `verdict-proto`.
//!
//! It stands apart because the messages are all that who reads the log needs: they come without a network.

pub mod bets {
    pub mod v1 {
        include!("gen/verdict.bets.v1.rs");
    }
}

pub mod rollouts {
    pub mod v1 {
        include!("gen/verdict.rollouts.v1.rs");
    }
}

pub mod metrics {
    pub mod v1 {
        include!("gen/verdict.metrics.v1.rs");
    }
}

pub mod gtm {
    pub mod v1 {
        include!("gen/verdict.gtm.v1.rs");
    }
}

pub mod sinks {
    pub mod v1 {
        include!("gen/verdict.sinks.v1.rs");
    }
}

pub mod platform {
    pub mod v1 {
        include!("gen/verdict.platform.v1.rs");
    }
}
