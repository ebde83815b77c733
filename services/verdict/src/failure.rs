//! Why the client ends with another code than 0.
//!
//! 0 done · 1 a fault of the platform, or a difference that was asked for · 2 wrong usage · 3 refused by a rule · 4 a request that cannot be carried
//! out as it is (invalid, unknown, stale) · 5 the platform cannot be reached or is not ready.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use tonic::{Code, Status};

/// Why the client ends.
#[derive(Debug)]
pub enum Failure {
    Usage(String),
    /// Already printed as an answer.
    Refused,
    /// Refused where the answer is to hold nothing but names.
    Refusal(String),
    Request(String),
    Unavailable(String),
    Fault(String),
    /// What was compared is not the same, which was printed as the answer.
    Differs,
    /// Whoever reads the answer has seen enough of it.
    Unheard,
}

impl Failure {
    /// Wrong usage.
    pub fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    /// The platform cannot be reached.
    pub fn unavailable(text: impl Into<String>) -> Self {
        Self::Unavailable(text.into())
    }

    /// The same failure, told otherwise.
    #[must_use]
    pub fn told(self, tell: impl FnOnce(String) -> String) -> Self {
        match self {
            Self::Usage(text) => Self::Usage(tell(text)),
            Self::Refusal(text) => Self::Refusal(tell(text)),
            Self::Request(text) => Self::Request(tell(text)),
            Self::Unavailable(text) => Self::Unavailable(tell(text)),
            Self::Fault(text) => Self::Fault(tell(text)),
            Self::Refused | Self::Differs | Self::Unheard => self,
        }
    }

    /// The code that the process ends with.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Unheard => 0,
            Self::Fault(_) | Self::Differs => 1,
            Self::Usage(_) => 2,
            Self::Refused | Self::Refusal(_) => 3,
            Self::Request(_) => 4,
            Self::Unavailable(_) => 5,
        })
    }

    /// Says on standard error what went wrong.
    pub fn report(&self) {
        let said = match self {
            Self::Refused | Self::Differs | Self::Unheard => return,
            Self::Refusal(text) => text.clone(),
            Self::Usage(text) | Self::Request(text) | Self::Unavailable(text) | Self::Fault(text) => {
                format!("error: {text}")
            }
        };
        // Nothing is left to be done when even standard error is gone.
        drop(writeln!(io::stderr(), "{said}"));
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused => f.write_str("refused"),
            Self::Differs => f.write_str("different"),
            Self::Unheard => f.write_str("nobody reads the answer"),
            Self::Refusal(text)
            | Self::Usage(text)
            | Self::Request(text)
            | Self::Unavailable(text)
            | Self::Fault(text) => f.write_str(text),
        }
    }
}

impl From<Status> for Failure {
    fn from(status: Status) -> Self {
        let text = match verdict_runtime::grpc::problem_of(&status) {
            Some(problem) => {
                let field = if problem.field.is_empty() {
                    String::new()
                } else {
                    format!(" (field {})", problem.field)
                };
                format!("{}{field}: {} [{}]; {}", problem.title, problem.detail, problem.code, problem.hint)
            }
            None => status.message().to_owned(),
        };
        match status.code() {
            Code::Unavailable | Code::DeadlineExceeded => Self::Unavailable(text),
            Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::Aborted
            | Code::FailedPrecondition
            | Code::OutOfRange
            | Code::PermissionDenied
            | Code::Unauthenticated => Self::Request(text),
            _ => Self::Fault(text),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe { Self::Unheard } else { Self::Fault(error.to_string()) }
    }
}
