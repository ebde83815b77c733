//! The courier: the port through which a delivery leaves the platform.
//!
//! Whoever implements it guards the network that the platform stands in: what is no public address, and was not opened, is
//! [`Answer::Forbidden`], whatever name it hides behind. It follows no redirect and takes no longer than [`PATIENCE`].

use std::fmt;
use std::time::Duration;

use futures::future::BoxFuture;

/// How long a receiver may take to answer.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// One attempt of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A status from 200 to 299.
    Taken(u16),
    /// 410: the receiver is gone for good.
    Gone,
    /// A redirect, which is not followed, with the place it names.
    Moved { status: u16, to: String },
    /// Any other status, with the beginning of what was said.
    Refused { status: u16, said: String },
    /// Nobody answered, or not in time.
    Silent(String),
    /// Nothing was sent: the address is none that may be sent to.
    Forbidden(String),
}

impl Answer {
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::Taken(_))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(status) => write!(f, "answered {status}"),
            Self::Gone => f.write_str("answered 410: it is gone"),
            Self::Moved { status, to } => {
                write!(f, "answered {status}, which leads to {to}; redirects are not followed")
            }
            Self::Refused { status, said } if said.is_empty() => write!(f, "answered {status}"),
            Self::Refused { status, said } => write!(f, "answered {status}: {said}"),
            Self::Silent(why) => write!(f, "no answer: {why}"),
            Self::Forbidden(why) => write!(f, "nothing was sent: {why}"),
        }
    }
}

/// See the module.
pub trait Courier: Send + Sync {
    /// Sends once.
    fn post(&self, post: Post) -> BoxFuture<'static, Answer>;

    /// Whether something may be sent there as things are now: `Err` says why not.
    fn check<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<(), String>>;
}

/// A courier that sends nothing, for a platform that talks to nobody.
#[derive(Debug, Clone, Copy)]
pub struct Nobody;

const NOBODY: &str = "this platform sends nothing";

impl Courier for Nobody {
    fn post(&self, _: Post) -> BoxFuture<'static, Answer> {
        Box::pin(async { Answer::Forbidden(NOBODY.to_owned()) })
    }

    fn check<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async { Err(NOBODY.to_owned()) })
    }
}
