//! The services of a platform: what a process can be asked to serve, and whose events wake it.

use std::fmt;

/// One service. A process serves all of them, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Service {
    Bets,
    Rollouts,
    Metrics,
    Gtm,
    /// Tells people what cannot wait.
    Sinks,
    /// The flag edge. It owns no events.
    Flags,
}

impl Service {
    pub const ALL: [Self; 6] =
        [Self::Bets, Self::Rollouts, Self::Metrics, Self::Gtm, Self::Sinks, Self::Flags];
    /// Those that own events, each with an exchange and a relay.
    pub const CONTEXTS: [Self; 5] = [Self::Bets, Self::Rollouts, Self::Metrics, Self::Gtm, Self::Sinks];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Bets => "bets",
            Self::Rollouts => "rollouts",
            Self::Metrics => "metrics",
            Self::Gtm => "gtm",
            Self::Sinks => "sinks",
            Self::Flags => "flags",
        }
    }

    /// The contexts whose events give it something to do.
    pub const fn follows(self) -> &'static [Self] {
        match self {
            Self::Bets => &[Self::Bets],
            Self::Rollouts => &[Self::Rollouts, Self::Metrics],
            Self::Metrics => &[Self::Metrics, Self::Rollouts],
            Self::Gtm => &[Self::Gtm],
            Self::Sinks => &[Self::Sinks, Self::Bets, Self::Rollouts, Self::Metrics],
            Self::Flags => &[Self::Rollouts],
        }
    }

    /// The queue of the bus in which it hears of `context`.
    pub fn queue(self, context: Self) -> String {
        format!("{self}.on.{context}")
    }

    /// Every queue of the bus: the protocol of a broker does not tell which there are.
    pub fn queues() -> Vec<String> {
        let of = |service: Self| service.follows().iter().map(move |context| service.queue(*context));
        Self::ALL.into_iter().flat_map(of).collect()
    }

    /// Where it listens unless it is told otherwise: HTTP, then gRPC.
    pub const fn ports(self) -> (u16, u16) {
        match self {
            Self::Bets => (7410, 7411),
            Self::Rollouts => (7420, 7421),
            Self::Metrics => (7430, 7431),
            Self::Gtm => (7440, 7441),
            Self::Flags => (7450, 7451),
            Self::Sinks => (7460, 7461),
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
