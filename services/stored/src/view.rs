//! What an aggregate looks like to those who ask: a view of its state at some point of its stream. A wire crate says it, so
//! that whoever reads the log shows the same.

use std::fmt::Display;
use std::str::FromStr;

use jiff::Timestamp;
use verdict_kernel::id::InvalidId;

use crate::ruled::Beside;
use crate::{StateOf, Wire};

/// A state, and where in its stream it is.
#[derive(Debug)]
pub struct Seen<'s, S> {
    pub id: &'s str,
    pub state: &'s S,
    /// The time of the first event; domain events carry none of their own. `None` before there is one.
    pub began: Option<Timestamp>,
    /// Events in the stream; more than a view can say are as many as it can.
    pub version: u32,
    /// Of the last event; empty before there is one.
    pub position: String,
    /// What it is called and who keeps its plan.
    pub beside: &'s Beside,
}

/// Within what a key names one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Nobody names such things (design clause 3).
    Nameless,
    /// In an organisation, for ever: an id derives from each key.
    Organisation,
    /// In a team, until the thing is over (decision D21).
    Team,
}

/// An aggregate that is shown.
pub trait Viewed: Wire {
    type Id: FromStr<Err = InvalidId> + Display + Copy + Send + Sync;
    type View: Send;

    /// What is said when its stream tells of nothing: `the launch was never planned`.
    const ABSENT: &'static str;
    /// The command that begins one.
    const BEGINS: &'static str;

    /// How it may be called, for whoever calls it otherwise.
    const CALLED: &'static str = "pass an id that the platform returned";

    /// Within what its keys name one thing.
    const SCOPE: Scope = Scope::Nameless;

    /// The id of the one that people call so: by its id, or by its key where it has one.
    fn named(_org: &str, text: &str) -> Result<Self::Id, impl Display> {
        text.parse::<Self::Id>()
    }

    /// `None` where the stream tells of nothing.
    fn view(seen: Seen<'_, StateOf<Self>>) -> Option<Self::View>;

    /// Whether a list of what belongs to the thing with this id holds it.
    fn is_of(view: &Self::View, id: &str) -> bool;
}
