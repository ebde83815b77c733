//! Who issued a command. Subjects are opaque: names and addresses live in a directory that can forget.

use jiff::Timestamp;

use crate::policy::Level;

/// What the principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Human,
    /// A program of the organisation, for example a build.
    Service,
    /// An assistant. It never approves, overrides or widens by itself (rule A8).
    Agent,
    /// A process manager of the platform itself.
    Process,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Human, Self::Service, Self::Agent, Self::Process];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Service => "service",
            Self::Agent => "agent",
            Self::Process => "process",
        }
    }
}

/// How the principal proved who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// The development principal, accepted on loopback only.
    Dev,
    /// A process manager of the platform itself.
    Process,
}

impl Auth {
    pub const ALL: [Self; 2] = [Self::Dev, Self::Process];

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
    pub kind: Kind,
    /// Opaque subject id, for example `dev` or `process:guardrail-rollback`.
    pub subject: String,
    pub auth: Auth,
    /// The surface that it came through, for example `cli`: a claim, which decides nothing. Empty when none was made.
    pub client: String,
    /// The subject for whom an agent acts; empty when it acts for itself.
    pub on_behalf_of: String,
    pub org: String,
    pub team: String,
}

impl Principal {
    /// The organisation that exists before anyone makes one.
    pub const DEFAULT_ORG: &'static str = "default";

    /// The development principal in the default organisation.
    pub fn dev() -> Self {
        Self::new(Kind::Human, "dev", Auth::Dev)
    }

    /// The process manager `name`.
    pub fn process(name: &str) -> Self {
        Self::new(Kind::Process, &format!("process:{name}"), Auth::Process)
    }

    fn new(kind: Kind, subject: &str, auth: Auth) -> Self {
        let default = Self::DEFAULT_ORG.to_owned();
        Self {
            kind,
            subject: subject.to_owned(),
            auth,
            client: String::new(),
            on_behalf_of: String::new(),
            org: default.clone(),
            team: default,
        }
    }

    /// Whether it is a person: only a person overrides, and only people are let pass by a policy level.
    pub const fn is_person(&self) -> bool {
        match self.kind {
            Kind::Human => true,
            Kind::Service | Kind::Agent | Kind::Process => false,
        }
    }
}

/// The circumstances of a command that a decision may depend on: when, by whom, why, and how far rules bind there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Never before the last event of the stream.
    pub at: Timestamp,
    pub by: Principal,
    /// The reason the actor gave; empty when none.
    pub reason: String,
    /// Of the team.
    pub level: Level,
}

impl Issued {
    /// By the development principal at `at`, without a reason, where every rule binds.
    pub fn at(at: Timestamp) -> Self {
        Self { at, by: Principal::dev(), reason: String::new(), level: Level::Enforce }
    }
}
