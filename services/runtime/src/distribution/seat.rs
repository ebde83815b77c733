//! What a lease lets this replica do, for those who serve calls meanwhile.
//!
//! One component tends the lease and waits for the log as it does. Whoever serves a call looks at the seat instead,
//! which costs no await: it says whether this replica holds the lease for certain at this moment, and under which
//! fence it may command.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::execute::Fence;
use crate::fault::Fault;
use crate::process::{Authority, Proof};

#[cfg(test)]
mod tests;

/// The right to act, as long as it is the one that the seat shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// What commands carry; `None` where there can be only one replica.
    pub fence: Option<Fence>,
}

#[derive(Debug, Clone, Default)]
enum Standing {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    Elsewhere,
    Held {
        right: Right,
        /// Monotonic time from which it is no longer certain.
        until: Option<Duration>,
    },
    /// A newer holder has acted, which the lease has not noticed yet.
    Overtaken,
}

/// See the module. It begins with nobody having looked.
#[derive(Debug, Default)]
pub struct Seat {
    standing: Mutex<Standing>,
}

impl Seat {
    /// Tends the lease and shows what came of it.
    pub async fn prove(&self, authority: &mut dyn Authority) -> Result<Proof, Fault> {
        if matches!(*self.standing(), Standing::Overtaken) {
            authority.lose();
        }
        let proof = authority.prove().await?;
        *self.standing() = match &proof {
            Proof::Held(fence) => {
                Standing::Held { right: Right { fence: fence.clone() }, until: authority.certain_until() }
            }
            Proof::Elsewhere { .. } => Standing::Elsewhere,
        };
        Ok(proof)
    }

    /// The right to act at monotonic time `now`; `None` when this replica does not hold the lease for certain.
    pub fn right(&self, now: Duration) -> Option<Right> {
        match &*self.standing() {
            Standing::Held { right, until } if until.is_none_or(|until| now < until) => Some(right.clone()),
            Standing::Held { .. } | Standing::Unknown | Standing::Elsewhere | Standing::Overtaken => None,
        }
    }

    /// Whether it is known if this replica holds the lease.
    pub fn is_known(&self) -> bool {
        !matches!(*self.standing(), Standing::Unknown)
    }

    /// A newer holder has acted: this replica gives up `right`, unless it has another one by now.
    pub fn overtaken(&self, right: &Right) {
        let mut standing = self.standing();
        if matches!(&*standing, Standing::Held { right: held, .. } if held == right) {
            *standing = Standing::Overtaken;
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
