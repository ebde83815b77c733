//! The flag edge: answers which variant a caller gets, from memory, over OFREP.
//!
//! A [`FlagEdge`] follows the flag streams of the log and swaps a finished [`Snapshot`] into its [`Edge`], which
//! [`configure`] mounts on an HTTP server. It serves only after reading to the head of the log, and what it
//! serves never goes back. When exposure was taken back it tells the rollouts service that it serves so.
//!
//! It outlives its log: what it serves is kept on the disk, and served with its age where the log does not answer.
//! A file switches a flag off where everything else is dead.
//!
//! Clients hear of a change by a stream and fetch; what is announced is what is served.
//!
//! It decides nothing: it knows no rollouts, gates or guardrails, only the events of flags. flagd sync and authentication
//! are absent. Start reading at [`follower`], then `fold` for what events mean, [`ofrep`] for the protocol and
//! `announcements` for streams.

mod announcements;
mod bell;
mod edge;
#[cfg(test)]
mod fixtures;
mod fold;
pub mod follower;
mod former;
mod freshness;
mod jitter;
mod keeper;
mod local_off;
mod offs;
pub mod ofrep;
mod prefix;
mod reports;
pub mod snapshot;
mod streams;
mod wire;

use std::path::PathBuf;
use std::sync::Arc;

use verdict_kernel::clock::Clock;
use verdict_kernel::id::EdgeId;
use verdict_runtime::component::Component;
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::Log;
use verdict_runtime::route::{Connect, Route};

use former::Former;
use jitter::Jitter;
use keeper::{Keeper, Slot};
use local_off::{Book, Carrier, Switch};
use reports::{Line, Outbox, Reporter};
use streams::Streams;

pub use bell::Bell;
pub use edge::Edge;
pub use follower::FlagEdge;
pub use keeper::Directory;
pub use ofrep::configure;
pub use prefix::{InvalidPrefix, PathPrefix};
pub use snapshot::{FlagSet, Scope, Served, Snapshot};
pub use streams::{LONGEST_HEARTBEAT, StreamFigures, StreamOptions};

/// Context and lease of whoever keeps the seats of edges.
const SEATS: (&str, &str) = ("rollouts", "edge-keeper");

/// What an edge needs.
pub struct Deps {
    pub log: Log,
    /// Leads to the `Edges` and `Flags` services of the rollouts context.
    pub rollouts: Transport,
    /// How a replica of that context is reached: one of them keeps the seats of edges.
    pub connect: Connect,
    /// New at each start.
    pub id: EdgeId,
    /// Name of the replica, the same after every restart.
    pub name: String,
    /// What callers get that name no environment.
    pub scope: Scope,
    /// Only its monotonic time is looked at.
    pub clock: Arc<dyn Clock>,
    /// Where it keeps what it serves; `None` = it forgets.
    pub directory: Option<Directory>,
    /// Where files switch flags off by hand; only with a directory.
    pub offs: Option<PathBuf>,
    /// How streams are offered to clients.
    pub streams: StreamOptions,
}

/// An edge put together: what serves, and what has to be driven.
pub struct Parts {
    pub edge: Edge,
    pub follower: FlagEdge,
    /// Sends reports, keeps what is served, switches off by hand.
    pub beside: Vec<Box<dyn Component>>,
    /// To be hung so that it wakes the others.
    pub bell: Bell,
}

impl Parts {
    /// The serving side starts unready; its follower makes it ready.
    pub fn new(deps: Deps) -> Self {
        let Deps { log, rollouts, connect, id, name, scope, clock, directory, offs, streams } = deps;
        let streams = Streams::new(streams, Jitter::of(id));
        let edge = Edge::unready(scope, clock.clone(), streams);
        let (bell, outbox) = (Bell::default(), Outbox::default());
        let keeper = Route::new(log.clone(), connect, SEATS.0, SEATS.1).or_nearby(rollouts.clone());
        let line = Line::new(rollouts.clone(), keeper, id, name.clone(), outbox.clone())
            .after(Former::begin(directory.as_ref(), id));
        let reporter = Reporter::new(line.clone(), edge.clone(), clock);
        let mut beside: Vec<Box<dyn Component>> = vec![Box::new(reporter)];
        let (mut kept, mut slot) = (None, None);
        if let Some(directory) = directory {
            kept = directory.load();
            let of = Slot::default();
            beside.push(Box::new(Keeper::new(directory.clone(), of.clone())));
            slot = Some(of);
            if let Some(offs) = offs {
                let book = Book::new(edge.clone(), directory);
                beside.push(Box::new(Switch::new(offs, book.clone(), bell.clone())));
                beside.push(Box::new(Carrier::new(book, rollouts, name)));
            }
        }
        let follower = FlagEdge::new(follower::Deps {
            log,
            edge: edge.clone(),
            line,
            outbox,
            kept,
            slot,
            bell: bell.clone(),
        });
        Self { edge, follower, beside, bell }
    }
}
