//! What is asked of a server and what it answers, in words that belong to no client crate.

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

/// A place in the log as the protocol has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) commit: u64,
    pub(super) prepare: u64,
}

/// An event as it came.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) place: Place,
    pub(super) stream: String,
    pub(super) revision: u64,
    pub(super) id: Uuid,
    pub(super) event_type: String,
    pub(super) data: Bytes,
    pub(super) metadata: Bytes,
    pub(super) created: Timestamp,
}

/// What an append came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written {
    pub(super) last_revision: u64,
    pub(super) place: Place,
}

/// Part of a stream.
#[derive(Debug, Default)]
pub(super) struct StreamPage {
    pub(super) events: Vec<Arrived>,
    pub(super) last_revision: Option<u64>,
}

/// Which end of a stream is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    Forward { from: u64, max: usize },
    Last,
}

/// What a subscription says.
#[derive(Debug)]
pub(super) enum Notice {
    Begun,
    Event(Arrived),
}
