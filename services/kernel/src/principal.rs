//! Who issued a command. Subjects are opaque: names and addresses live in a directory that can forget.

use jiff::Timestamp;

/// How the principal proved who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// The development principal, accepted on loopback only.
    Dev,
    /// A process manager of the platform itself.
    Process,
}

impl Auth {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Process => "process",
        }
    }
}

/// The actor of a command, and the organisation and team on whose behalf it acts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Principal {
    /// Opaque subject id, for example `dev` or `process:guardrail-rollback`.
    pub subject: String,
    pub auth: Auth,
    pub org: String,
    pub team: String,
}

impl Principal {
    /// The organisation that exists before anyone makes one.
    pub const DEFAULT_ORG: &'static str = "default";

    /// The development principal in the default organisation.
    pub fn dev() -> Self {
        Self::new("dev", Auth::Dev)
    }

    /// The process manager `name`.
    pub fn process(name: &str) -> Self {
        Self::new(&format!("process:{name}"), Auth::Process)
    }

    fn new(subject: &str, auth: Auth) -> Self {
        let default = Self::DEFAULT_ORG.to_owned();
        Self { subject: subject.to_owned(), auth, org: default.clone(), team: default }
    }
}

/// The circumstances of a command that a decision may depend on: when, by whom, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Never before the last event of the stream.
    pub at: Timestamp,
    pub by: Principal,
    /// The reason the actor gave; empty when none.
    pub reason: String,
}

impl Issued {
    /// By the development principal at `at`, without a reason.
    pub fn at(at: Timestamp) -> Self {
        Self { at, by: Principal::dev(), reason: String::new() }
    }
}
