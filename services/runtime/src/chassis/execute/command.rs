//! What a command carries besides its payload, and how it ends.

use verdict_kernel::decision::{Blockers, Override, Remark};
use verdict_kernel::effect::Effect;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_kernel::refusal::Refusal;
use verdict_proto::v1 as pb;
use verdict_stored::{Stored, ruled};

use crate::fault::Fault;
use crate::log::{Appended, LogError, Position};
use crate::naming;
use crate::problem::Problem;

/// The fencing token of a lease holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    pub lease: String,
    pub epoch: u32,
}

/// What a command carries besides its payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub command_id: CommandId,
    pub principal: Principal,
    pub reason: String,
    /// Events the caller saw in the stream; `None` = decide on whatever is there.
    pub expected_version: Option<u32>,
    pub fence: Option<Fence>,
    /// What the command can do to what users see.
    pub effect: Effect,
    /// Only decide: nothing is written, here or anywhere else.
    pub dry_run: bool,
    pub correlation_id: String,
    pub causation_id: String,
    /// Hash of the payload, see [`crate::grpc::payload_hash`].
    pub payload_hash: String,
    /// What a thing that the command begins is called.
    pub name: Option<pb::Named>,
    /// Whether it says what is planned, which a document may keep.
    pub plans: bool,
    /// The document that it comes from.
    pub managed_by: Option<pb::ManagedBy>,
    /// Takes the plan over from whoever keeps it.
    pub take_over: bool,
}

impl Envelope {
    /// Of a command without more: it correlates with itself and neither narrows nor widens.
    pub fn new(command_id: CommandId, principal: Principal) -> Self {
        Self {
            command_id,
            principal,
            reason: String::new(),
            expected_version: None,
            fence: None,
            effect: Effect::Neutral,
            dry_run: false,
            correlation_id: command_id.to_string(),
            causation_id: command_id.to_string(),
            payload_hash: String::new(),
            name: None,
            plans: false,
            managed_by: None,
            take_over: false,
        }
    }
}

/// What an accepted command came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Executed {
    /// Events in the stream now.
    pub version: u64,
    /// A view that covers it includes the effect; `None` when nothing was ever written to the stream.
    pub position: Option<Position>,
    /// Of the command's own events; what was remarked and overridden stands beside them.
    pub event_types: Vec<String>,
    pub remarks: Vec<pb::Remarked>,
    pub overrides: Vec<pb::Overridden>,
    /// The command was already in the stream; these are its first results.
    pub repeated: bool,
    /// What would have been written, where the command was only to be decided.
    pub drafts: Option<Vec<Stored>>,
    /// Who the command was taken to come from.
    pub by: Principal,
}

impl Executed {
    /// Of a command that led to nothing (yet), in a stream that is so long.
    pub(super) fn nothing(by: &Principal, version: u64, position: Option<Position>) -> Self {
        Self {
            version,
            position,
            event_types: Vec::new(),
            remarks: Vec::new(),
            overrides: Vec::new(),
            repeated: false,
            drafts: None,
            by: by.clone(),
        }
    }

    /// Written, so that the stream ends there now.
    pub(super) fn at(self, appended: Appended) -> Self {
        Self { version: appended.last_revision + 1, position: Some(appended.position), ..self }
    }

    /// With what the rules had to say.
    pub(super) fn ruled(self, remarks: &[Remark], overrides: &[Override]) -> Self {
        Self {
            remarks: remarks.iter().map(ruled::remarked).collect(),
            overrides: overrides.iter().map(ruled::overridden).collect(),
            ..self
        }
    }
}

/// Why a command had no effect. A refusal is an answer; the others are faults of the caller or the platform.
#[derive(Debug, thiserror::Error)]
pub enum ExecuteError {
    #[error("refused: {}", .0.first().sentence)]
    Refused(Box<Blockers>),
    #[error("the stream has {actual} events, the caller expected {expected}")]
    StaleVersion { expected: u32, actual: u64 },
    #[error("the stream changed {} times while deciding", super::RELOADS)]
    Contended,
    #[error("command id {0} was used with another payload")]
    CommandIdReused(CommandId),
    /// `called` is its id, until whoever was asked says what it was called.
    #[error("no {kind} is called '{called}'")]
    NotFound { kind: &'static str, called: String },
    #[error(transparent)]
    Problem(#[from] Problem),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl ExecuteError {
    /// Nothing of `category` has the id.
    pub(super) fn not_found(category: &'static str, id: &str) -> Self {
        Self::NotFound { kind: naming::kind(category), called: id.to_owned() }
    }

    /// As it is said to somebody who called the thing so. An empty text says nothing.
    #[must_use]
    pub fn about(self, asked: &str) -> Self {
        match self {
            Self::NotFound { kind, .. } if !asked.is_empty() => {
                Self::NotFound { kind, called: asked.to_owned() }
            }
            other => other,
        }
    }
}

impl From<LogError> for ExecuteError {
    fn from(error: LogError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<Refusal> for ExecuteError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal.into()))
    }
}

impl From<Blockers> for ExecuteError {
    fn from(blockers: Blockers) -> Self {
        Self::Refused(Box::new(blockers))
    }
}
