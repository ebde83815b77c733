//! An incident: something hurts users, and people deal with it in an order that cannot be skipped.
//!
//! ```text
//!            Report            Triage         StartResponse            Mitigate           Resolve
//!   (absent) ──────> Detected ──────> Triaged ────────────> Responding ───────> Mitigated ──────> Resolved
//!                                        │ Defer (P3 only)      ^ │ Defer            │               │
//!                                        v                      │ v                  │ Reopen        │
//!                                     Deferred <────────────────┼─┘                  │               │
//!                                        │ Reopen (to Triaged)  └────────────────────┴── Reopen ─────┘
//! ```
//!
//! Invariants:
//! - Resolved is reached from Mitigated only: no resolution without a fix event (O3).
//! - Only a P3 may be put into the backlog instead (O3).
//! - Severity may be judged again until a fix is in, and rises at any time; each judgement is an event. What got worse
//!   after it was over or put off is open again.

use uuid::Uuid;
use verdict_kernel::decider::Decider;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::id::RolloutId;
use verdict_kernel::principal::Issued;
use verdict_kernel::refusal::Refusal as Refused;
use verdict_kernel::rule::RuleId;

/// How bad it is; P0 is the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    P0,
    P1,
    P2,
    P3,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 4] = [Self::P0, Self::P1, Self::P2, Self::P3];

    /// The severity of a rollback's incident (choice K20): P0 when the flag write was not confirmed, P1 in a stage for
    /// everyone or for a critical guardrail, P2 in every earlier stage.
    pub const fn of_rollback(for_everyone: bool, critical: bool, confirmed: bool) -> Self {
        if !confirmed {
            Self::P0
        } else if critical || for_everyone {
            Self::P1
        } else {
            Self::P2
        }
    }

    /// `P0` to `P3`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::P0 => "P0",
            Self::P1 => "P1",
            Self::P2 => "P2",
            Self::P3 => "P3",
        }
    }
}

/// Where the incident comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A person saw it, perhaps in a rollout.
    Person { rollout: Option<RolloutId> },
    /// A stage attempt of a rollout was taken back; `cause` is the event id of the breach.
    Rollback { rollout: RolloutId, stage: String, attempt: u32, cause: Uuid },
}

impl Origin {
    /// The rollout that it concerns.
    pub const fn rollout(&self) -> Option<RolloutId> {
        match self {
            Self::Person { rollout } => *rollout,
            Self::Rollback { rollout, .. } => Some(*rollout),
        }
    }
}

/// What was reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub origin: Origin,
    /// As it looks before triage.
    pub severity: Severity,
    pub title: String,
}

/// What triage found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    pub severity: Severity,
    /// Who responds.
    pub team: String,
    pub stakeholders: Vec<String>,
}

/// What an incident is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    Report(Report),
    Triage(Triage),
    /// It is worse than it was taken for; less severe is what triage says.
    Reclassify {
        severity: Severity,
    },
    StartResponse,
    /// The fix is in: what took the pain away.
    Mitigate {
        fix: String,
    },
    Resolve {
        verification: String,
    },
    /// Puts a P3 into the backlog.
    Defer,
    Reopen,
}

/// What happened in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Detected(Report),
    Triaged(Triage),
    Reclassified { severity: Severity, reason: String },
    ResponseStarted,
    Mitigated { fix: String },
    Resolved { verification: String },
    Deferred,
    Reopened { reason: String },
}

/// Where an incident is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum State {
    #[default]
    Absent,
    /// `severity` is at least that of the report.
    Detected {
        report: Report,
        severity: Severity,
    },
    Triaged(Known),
    Responding(Known),
    Mitigated(Known),
    Resolved(Known),
    Deferred(Known),
}

/// What is known once an incident is triaged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub report: Report,
    pub triage: Triage,
}

impl State {
    /// What was reported, and how bad it is by the latest judgement; `None` before the report.
    pub const fn reported(&self) -> Option<(&Report, Severity)> {
        match self {
            Self::Absent => None,
            Self::Detected { report, severity } => Some((report, *severity)),
            Self::Triaged(known)
            | Self::Responding(known)
            | Self::Mitigated(known)
            | Self::Resolved(known)
            | Self::Deferred(known) => Some((&known.report, known.triage.severity)),
        }
    }

    /// The state in one lower-case word.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Detected { .. } => "detected",
            Self::Triaged(_) => "triaged",
            Self::Responding(_) => "responding",
            Self::Mitigated(_) => "mitigated",
            Self::Resolved(_) => "resolved",
            Self::Deferred(_) => "deferred",
        }
    }
}

/// The aggregate.
#[derive(Debug, Clone, Copy)]
pub struct Incident;

/// The next step of an incident that nobody has judged, that nobody works on, and that somebody works on.
const REPORT: &str = "verdict incident report --title <title> --severity <p0..p3>";
const TRIAGE: &str = "verdict incident triage <incident> --severity <p0..p3> --responders <team>";
const START_RESPONSE: &str = "verdict incident start-response <incident>";
const MITIGATE: &str = "verdict incident mitigate <incident> --fix <what>";

/// Why a command on an incident is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the incident was never reported")]
    Absent,
    #[error("the incident is already reported with other particulars")]
    AlreadyReported,
    #[error("an incident is triaged before anything else is done about it")]
    NotTriaged,
    #[error("a fix comes from a response, and nobody has begun to respond")]
    NotResponding { seen: &'static str },
    #[error("an incident is resolved only after a fix")]
    NoFix { seen: &'static str, next: &'static str },
    #[error("only a P3 may go to the backlog")]
    TooSevereToDefer(Severity),
    #[error("the fix is in: there is nothing left to put off")]
    NothingToDefer { seen: &'static str },
    #[error("the incident is over, or in the backlog")]
    NotOpen { seen: &'static str },
    #[error("severity is not judged again after the fix")]
    TriageAfterFix { seen: &'static str },
    #[error("reopening needs a reason")]
    ReasonMissing,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let sentence = refusal.to_string();
        let o3 = |code| Self::by(RuleId::O3, code, sentence.clone());
        let order = |code| Self::out_of_order(code, sentence.clone());
        let reopen = "verdict incident reopen <incident> --reason <why>";
        match refusal {
            Refusal::Absent => order("incident_absent").next(REPORT),
            Refusal::AlreadyReported => order("incident_already_reported").next(REPORT),
            Refusal::NotTriaged => o3("incident_not_triaged").compared("triaged", "detected").next(TRIAGE),
            Refusal::NotResponding { seen } => {
                o3("incident_not_responding").compared("responding", seen).next(START_RESPONSE)
            }
            Refusal::NoFix { seen, next } => {
                o3("incident_without_fix").compared("mitigated", seen).next(next)
            }
            Refusal::TooSevereToDefer(severity) => {
                o3("incident_too_severe_to_defer").compared("P3", severity.as_str()).next(MITIGATE)
            }
            Refusal::NothingToDefer { seen } => order("incident_fixed").compared("open", seen).next(reopen),
            Refusal::NotOpen { seen } => order("incident_not_open").compared("open", seen).next(reopen),
            Refusal::TriageAfterFix { seen } => {
                order("incident_triage_after_fix").compared("no fix yet", seen).next(reopen)
            }
            Refusal::ReasonMissing => {
                Self::by(RuleId::P2, "reason_missing", sentence).compared("a reason", "none").next(reopen)
            }
        }
    }
}

/// Every command and what undoes it (rule P2).
pub const REVERSES: &[(&str, &str)] = &[
    ("Report", "Triage as P3, then Defer"),
    ("Triage", "Triage: as before"),
    ("Reclassify", "Triage: with the severity before"),
    ("StartResponse", "Defer and Reopen for a P3; of a worse one somebody takes care"),
    ("Mitigate", "Reopen"),
    ("Resolve", "Reopen, then Mitigate"),
    ("Defer", "Reopen"),
    ("Reopen", "Mitigate, Resolve or Defer: whatever closed it"),
];

impl Decider for Incident {
    const CATEGORY: &'static str = "metrics.incident";
    type State = State;
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(
        state: &State,
        command: Command,
        (): &(),
        issued: &Issued,
    ) -> Result<Decision<Event>, Blockers> {
        let events = match command {
            Command::Report(report) => reported(state, report),
            Command::Triage(triage) => triaged(state, triage),
            Command::Reclassify { severity } => reclassified(state, severity, issued),
            Command::StartResponse => response_started(state),
            Command::Mitigate { fix } => mitigated(state, fix),
            Command::Resolve { verification } => resolved(state, verification),
            Command::Defer => deferred(state),
            Command::Reopen => reopened(state, issued),
        };
        Ok(events?.into())
    }

    fn evolve(state: State, event: &Event) -> State {
        match (event, state) {
            (Event::Detected(report), State::Absent) => {
                State::Detected { report: report.clone(), severity: report.severity }
            }
            (Event::Reclassified { severity, .. }, state) => worse(state, *severity),
            (Event::Triaged(triage), State::Detected { report, .. }) => {
                State::Triaged(Known { report, triage: triage.clone() })
            }
            (Event::Triaged(triage), State::Triaged(known)) => State::Triaged(known.judged(triage)),
            (Event::Triaged(triage), State::Responding(known)) => State::Responding(known.judged(triage)),
            (Event::ResponseStarted, State::Triaged(known))
            | (Event::Reopened { .. }, State::Mitigated(known) | State::Resolved(known)) => {
                State::Responding(known)
            }
            (Event::Mitigated { .. }, State::Responding(known)) => State::Mitigated(known),
            (Event::Resolved { .. }, State::Mitigated(known)) => State::Resolved(known),
            (Event::Deferred, State::Triaged(known) | State::Responding(known)) => State::Deferred(known),
            (Event::Reopened { .. }, State::Deferred(known)) => State::Triaged(known),
            // No decision leads here; a fold never fails, so the state stays.
            (
                Event::Detected(_)
                | Event::Triaged(_)
                | Event::ResponseStarted
                | Event::Mitigated { .. }
                | Event::Resolved { .. }
                | Event::Deferred
                | Event::Reopened { .. },
                state,
            ) => state,
        }
    }
}

impl Known {
    fn worse(mut self, severity: Severity) -> Self {
        self.triage.severity = severity;
        self
    }

    fn judged(self, triage: &Triage) -> Self {
        Self { triage: triage.clone(), ..self }
    }
}

fn worse(state: State, severity: Severity) -> State {
    match state {
        State::Absent => State::Absent,
        State::Detected { report, .. } => State::Detected { report, severity },
        State::Triaged(known) => State::Triaged(known.worse(severity)),
        State::Responding(known) => State::Responding(known.worse(severity)),
        State::Mitigated(known) => State::Mitigated(known.worse(severity)),
        State::Resolved(known) => State::Resolved(known.worse(severity)),
        State::Deferred(known) => State::Deferred(known.worse(severity)),
    }
}

fn reported(state: &State, report: Report) -> Result<Vec<Event>, Refusal> {
    match state.reported() {
        None => Ok(vec![Event::Detected(report)]),
        Some((known, _)) if *known == report => Ok(Vec::new()),
        Some(_) => Err(Refusal::AlreadyReported),
    }
}

fn triaged(state: &State, triage: Triage) -> Result<Vec<Event>, Refusal> {
    match state {
        State::Absent => Err(Refusal::Absent),
        State::Triaged(known) | State::Responding(known) if known.triage == triage => Ok(Vec::new()),
        State::Detected { .. } | State::Triaged(_) | State::Responding(_) => Ok(vec![Event::Triaged(triage)]),
        State::Mitigated(_) | State::Resolved(_) => Err(Refusal::TriageAfterFix { seen: state.name() }),
        State::Deferred(_) => Err(Refusal::NotOpen { seen: state.name() }),
    }
}

/// What is over or put off is open again: it got worse since.
fn reclassified(state: &State, severity: Severity, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    let Some((_, known)) = state.reported() else {
        return Err(Refusal::Absent);
    };
    // P0 is the least and the worst.
    if severity >= known {
        return Ok(Vec::new());
    }
    let reason = match issued.reason.trim() {
        "" => "it is worse than it was taken for",
        reason => reason,
    };
    let reclassified = Event::Reclassified { severity, reason: reason.to_owned() };
    Ok(match state {
        State::Absent | State::Detected { .. } | State::Triaged(_) | State::Responding(_) => {
            vec![reclassified]
        }
        State::Mitigated(_) | State::Resolved(_) | State::Deferred(_) => {
            vec![Event::Reopened { reason: reason.to_owned() }, reclassified]
        }
    })
}

fn response_started(state: &State) -> Result<Vec<Event>, Refusal> {
    match state {
        State::Absent => Err(Refusal::Absent),
        State::Detected { .. } => Err(Refusal::NotTriaged),
        State::Triaged(_) => Ok(vec![Event::ResponseStarted]),
        State::Responding(_) | State::Mitigated(_) => Ok(Vec::new()),
        State::Resolved(_) | State::Deferred(_) => Err(Refusal::NotOpen { seen: state.name() }),
    }
}

fn mitigated(state: &State, fix: String) -> Result<Vec<Event>, Refusal> {
    match state {
        State::Absent => Err(Refusal::Absent),
        State::Detected { .. } => Err(Refusal::NotTriaged),
        State::Triaged(_) => Err(Refusal::NotResponding { seen: state.name() }),
        State::Responding(_) => Ok(vec![Event::Mitigated { fix }]),
        State::Mitigated(_) => Ok(Vec::new()),
        State::Resolved(_) | State::Deferred(_) => Err(Refusal::NotOpen { seen: state.name() }),
    }
}

/// O3: the only way to Resolved leads through a fix.
fn resolved(state: &State, verification: String) -> Result<Vec<Event>, Refusal> {
    match state {
        State::Absent => Err(Refusal::Absent),
        State::Detected { .. } => Err(Refusal::NoFix { seen: state.name(), next: TRIAGE }),
        State::Triaged(_) => Err(Refusal::NoFix { seen: state.name(), next: START_RESPONSE }),
        State::Responding(_) => Err(Refusal::NoFix { seen: state.name(), next: MITIGATE }),
        State::Mitigated(_) => Ok(vec![Event::Resolved { verification }]),
        State::Resolved(_) => Ok(Vec::new()),
        State::Deferred(_) => Err(Refusal::NotOpen { seen: state.name() }),
    }
}

/// O3: the backlog is for P3 alone.
fn deferred(state: &State) -> Result<Vec<Event>, Refusal> {
    match state {
        State::Absent => Err(Refusal::Absent),
        State::Detected { .. } => Err(Refusal::NotTriaged),
        State::Triaged(known) | State::Responding(known) => match known.triage.severity {
            Severity::P3 => Ok(vec![Event::Deferred]),
            severity @ (Severity::P0 | Severity::P1 | Severity::P2) => {
                Err(Refusal::TooSevereToDefer(severity))
            }
        },
        State::Mitigated(_) | State::Resolved(_) => Err(Refusal::NothingToDefer { seen: state.name() }),
        State::Deferred(_) => Ok(Vec::new()),
    }
}

fn reopened(state: &State, issued: &Issued) -> Result<Vec<Event>, Refusal> {
    match state {
        State::Absent => Err(Refusal::Absent),
        State::Detected { .. } | State::Triaged(_) | State::Responding(_) => Ok(Vec::new()),
        State::Mitigated(_) | State::Resolved(_) | State::Deferred(_) if issued.reason.trim().is_empty() => {
            Err(Refusal::ReasonMissing)
        }
        State::Mitigated(_) | State::Resolved(_) | State::Deferred(_) => {
            Ok(vec![Event::Reopened { reason: issued.reason.clone() }])
        }
    }
}

#[cfg(test)]
mod tests;
