//! What is known of the past besides the series: incidents and deploys. It says of a breach that would have been whether it
//! was right.
//!
//! ```text
//!   nothing is known of that time ────────────────────────────> Unknown
//!   an incident lasted meanwhile, give or take the tolerance ──> Right
//!   a deploy shortly before, and no incident ──────────────────> Unknown: somebody has to look
//!   none of it ────────────────────────────────────────────────> False
//! ```

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, between, plus};

use super::{Breach, minus};

/// Something that was wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    pub name: String,
    pub began: Timestamp,
    pub ended: Timestamp,
}

impl Incident {
    const fn span(&self) -> Span {
        Span { from: self.began, to: self.ended }
    }
}

/// Something that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deploy {
    pub name: String,
    pub at: Timestamp,
}

/// A span of time, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Span {
    /// Whether both share an instant, or are not further apart than `slack`.
    fn meets(self, other: Self, slack: Duration) -> bool {
        self.from <= plus(other.to, slack) && other.from <= plus(self.to, slack)
    }

    fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at <= self.to
    }
}

/// What is known of a past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub incidents: Vec<Incident>,
    /// In which time every incident is known; `None` = there is no record of them.
    pub known: Option<Span>,
    pub deploys: Vec<Deploy>,
    /// By how much what belongs together may lie apart: people write incidents down late, and deploys take effect late.
    pub tolerance: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judgement {
    Right,
    False,
    Unknown,
}

impl Judgement {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::False => "false",
            Self::Unknown => "unknown",
        }
    }
}

/// What the record says of a breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'a> {
    pub judgement: Judgement,
    pub incident: Option<&'a Incident>,
    /// The last one before it was known, if not by too much, and how long before it began.
    pub deploy: Option<(&'a Deploy, Duration)>,
}

/// How often terms would have been right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub breaches: usize,
    pub right: usize,
    pub false_alarms: usize,
    pub unknown: usize,
    /// Incidents of the period during which nothing broke.
    pub missed: usize,
}

impl Record {
    /// What is known of a breach that lasted up to `until` if it did not end before.
    pub fn tell(&self, breach: &Breach, until: Timestamp) -> Told<'_> {
        let span = of(breach, until);
        let incident = self.incidents.iter().find(|incident| incident.span().meets(span, self.tolerance));
        let since = minus(breach.began, self.tolerance);
        let before = self.deploys.iter().filter(|deploy| since <= deploy.at && deploy.at <= breach.breached);
        let deploy = before.max_by_key(|deploy| deploy.at).map(|it| (it, between(it.at, breach.began)));
        let is_known = self.known.is_some_and(|known| known.holds(breach.breached));
        let judgement = match (incident, deploy) {
            (Some(_), _) => Judgement::Right,
            (None, None) if is_known => Judgement::False,
            (None, Some(_) | None) => Judgement::Unknown,
        };
        Told { judgement, incident, deploy }
    }

    /// Incidents of the `period` during which none of the breaches, which were found in it, lasted.
    pub fn missed(&self, breaches: &[Breach], period: Span) -> impl Iterator<Item = &Incident> {
        let spans: Vec<Span> = breaches.iter().map(|breach| of(breach, period.to)).collect();
        self.incidents.iter().filter(move |incident| {
            incident.span().meets(period, Duration::ZERO)
                && !spans.iter().any(|span| incident.span().meets(*span, self.tolerance))
        })
    }

    /// How often these breaches, found in the `period`, are right.
    pub fn count(&self, breaches: &[Breach], period: Span) -> Counts {
        let missed = self.missed(breaches, period).count();
        let mut counts = Counts { breaches: breaches.len(), missed, ..Counts::default() };
        for breach in breaches {
            match self.tell(breach, period.to).judgement {
                Judgement::Right => counts.right += 1,
                Judgement::False => counts.false_alarms += 1,
                Judgement::Unknown => counts.unknown += 1,
            }
        }
        counts
    }
}

fn of(breach: &Breach, until: Timestamp) -> Span {
    Span { from: breach.began, to: breach.ended.unwrap_or(until) }
}
