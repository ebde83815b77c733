//! Evidence that somebody gives: of a closed list of kinds, with a verdict (rule R6).

use std::fmt;

use verdict_kernel::clock::Timestamp;

/// What evidence can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// How many P0 bugs are open.
    OpenP0Bugs,
    /// Whether the core flow works for the team.
    CoreFlowVerified,
    /// Whether what too few users measured is good enough, once the stage took as long as it may (rule M10).
    SampleAttested,
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::OpenP0Bugs, Self::CoreFlowVerified, Self::SampleAttested];

    /// Snake-case name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenP0Bugs => "open_p0_bugs",
            Self::CoreFlowVerified => "core_flow_verified",
            Self::SampleAttested => "sample_attested",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it is about one stage and said of each of them anew.
    pub(crate) const fn is_of_a_stage(self) -> bool {
        match self {
            Self::OpenP0Bugs | Self::CoreFlowVerified => false,
            Self::SampleAttested => true,
        }
    }

    /// The verdicts that the kind takes, for a person.
    pub const fn verdicts(self) -> &'static str {
        match self {
            Self::OpenP0Bugs => "a whole number from 0",
            Self::CoreFlowVerified | Self::SampleAttested => "passed or failed",
        }
    }

    /// A verdict that lets the gate pass, as it is written.
    pub const fn good(self) -> &'static str {
        match self {
            Self::OpenP0Bugs => "0",
            Self::CoreFlowVerified | Self::SampleAttested => "passed",
        }
    }

    /// The command that records good evidence of the kind.
    pub(crate) fn recording(self) -> String {
        format!(
            "verdict rollout record-evidence <rollout> --kind {} --verdict {}",
            self.as_str(),
            self.good()
        )
    }

    /// The verdict that the text stands for; a free text is none.
    #[must_use]
    pub fn verdict(self, text: &str) -> Option<Verdict> {
        let text = text.trim();
        match self {
            Self::OpenP0Bugs => text.parse().ok().map(Verdict::Count),
            Self::CoreFlowVerified | Self::SampleAttested if text == "passed" => Some(Verdict::Passed),
            Self::CoreFlowVerified | Self::SampleAttested => (text == "failed").then_some(Verdict::Failed),
        }
    }
}

/// What evidence comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Failed,
    Count(u32),
}

impl Verdict {
    /// Whether it opens the way: nothing failed, nothing is open.
    #[must_use]
    pub const fn is_good(self) -> bool {
        match self {
            Self::Passed | Self::Count(0) => true,
            Self::Failed | Self::Count(_) => false,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => f.write_str("passed"),
            Self::Failed => f.write_str("failed"),
            Self::Count(count) => write!(f, "{count}"),
        }
    }
}

/// The newest evidence of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub verdict: Verdict,
    pub at: Timestamp,
    /// Subject id of who says so.
    pub by: String,
    pub link: String,
}
