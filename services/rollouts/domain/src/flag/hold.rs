//! Why nothing raises a flag (rule R11): each hold belongs to its cause, and only a release that names the cause
//! lifts it. A flag is held while one is left.

use std::collections::BTreeMap;

use verdict_kernel::decision::Decision;
use verdict_kernel::id::RolloutId;
use verdict_kernel::principal::Issued;

use super::{Decided, Event, Flag, Refusal};
use crate::audience::Audience;

/// The cause of the hold after a log went back (rule R25).
pub const RESTORED: &str = "restored";

/// What kind of thing a flag is held for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HoldKind {
    /// A guardrail broke.
    Breach,
    /// Nobody watched the rollout.
    Watch,
    /// The log went back.
    Restored,
    /// A guardrail stops widening without taking anything back.
    Guardrail,
}

impl HoldKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Breach, Self::Watch, Self::Restored, Self::Guardrail];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::Watch => "watch",
            Self::Restored => "restored",
            Self::Guardrail => "guardrail",
        }
    }
}

/// One reason why nothing raises the flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Event id of a breach or of a lost watch, or [`RESTORED`].
    pub cause: String,
    pub kind: HoldKind,
    /// The stage attempt that it is about; `None` = none, and the attempt is 0.
    pub rollout: Option<RolloutId>,
    pub attempt: u32,
}

/// All holds of a flag, by cause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holds(BTreeMap<String, Hold>);

impl Holds {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, cause: &str) -> bool {
        self.0.contains_key(cause)
    }

    /// In the order of their causes.
    pub fn iter(&self) -> impl Iterator<Item = &Hold> {
        self.0.values()
    }

    /// The causes as a refusal shows them; `None` = not held.
    pub fn causes(&self) -> Option<String> {
        let causes: Vec<&str> = self.0.keys().map(String::as_str).collect();
        (!causes.is_empty()).then(|| causes.join(", "))
    }

    pub(super) fn set(&mut self, hold: Hold) {
        self.0.insert(hold.cause.clone(), hold);
    }

    pub(super) fn lift(&mut self, cause: &str) {
        self.0.remove(cause);
    }
}

/// Which holds a release lifts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Release {
    Cause(String),
    /// All that this rollout has caused; what is restored or belongs to another one stays.
    Of(RolloutId),
}

impl Release {
    fn lifts(&self, hold: &Hold) -> bool {
        match self {
            Self::Cause(cause) => hold.cause == *cause,
            Self::Of(rollout) => hold.rollout == Some(*rollout),
        }
    }
}

pub(super) fn release(flag: &Flag, which: &Release, issued: &Issued) -> Decided {
    let lifted: Vec<&Hold> = flag.holds.iter().filter(|hold| which.lifts(hold)).collect();
    if lifted.is_empty() {
        return Ok(Decision::nothing());
    }
    if issued.reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing.into());
    }
    let released =
        |hold: &Hold| Event::HoldReleased { cause: hold.cause.clone(), reason: issued.reason.clone() };
    Ok(lifted.into_iter().map(released).collect::<Vec<_>>().into())
}

/// Holds the flag and serves no more than what its edges served last (rule R25). Nor is a kill from before undone.
pub(super) fn hold(flag: &Flag, hold: Hold, last_served: Option<&Audience>) -> Vec<Event> {
    let present = flag.audience();
    let audience = last_served.map_or_else(|| present.clone(), |last| present.narrower(last));
    if audience != present {
        return vec![Event::ExposureNarrowed {
            version: flag.next_version(),
            audience,
            restored: 0,
            hold: Some(hold.kind),
            rollout: hold.rollout,
            stage: String::new(),
            attempt: hold.attempt,
            cause: hold.cause,
        }];
    }
    let nothing_to_end = flag.before_kill.is_none();
    if nothing_to_end && flag.holds.contains(&hold.cause) { Vec::new() } else { vec![Event::Held(hold)] }
}
