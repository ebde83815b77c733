//! Terms of leases as their streams tell them: who holds a lease, since which epoch, and for how long.
//!
//! Whoever carries a command out needs no more of a lease than this; how it is taken, kept and lost is in [`crate::lease`].

use std::time::Duration;

use verdict_proto::v1::LeaseTerm;
use verdict_stored::{DecodeError, parse, required};

use crate::fault::Fault;
use crate::housekeeping;
use crate::log::{Log, Recorded};

/// Who takes leases: one process of the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// New for every start of a process.
    pub id: String,
    /// Where it answers calls: `http://10.0.0.7:7410`; empty when only this process can hold the lease.
    pub address: String,
}

/// A lease as its stream tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub holder: Holder,
    pub epoch: u32,
    pub ttl: Duration,
}

impl Grant {
    pub(crate) fn written(&self) -> LeaseTerm {
        LeaseTerm {
            holder: Some(self.holder.id.clone()),
            address: Some(self.holder.address.clone()),
            epoch: Some(self.epoch),
            ttl_ms: Some(u32::try_from(self.ttl.as_millis()).unwrap_or(u32::MAX)),
        }
    }
}

/// What an event of a lease says that its holder did.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Acquired,
    Renewed,
    Released,
}

impl Act {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Acquired => "Acquired",
            Self::Renewed => "Renewed",
            Self::Released => "Released",
        }
    }

    pub(crate) fn event_type(self, context: &str) -> String {
        format!("{context}.Lease.{}.v1", self.name())
    }
}

/// The name of the stream of a lease; also the name that a [`crate::execute::Fence`] carries.
pub fn stream(context: &str, name: &str) -> String {
    format!("{context}.lease-{name}")
}

/// Who holds the lease, as far as its stream tells; a holder may be gone without having said so.
pub async fn current(log: &Log, context: &str, name: &str) -> Result<Option<Grant>, Fault> {
    let Some(last) = log.read_last(&stream(context, name)).await? else {
        return Ok(None);
    };
    let grant = grant(&last)?;
    Ok((!is_release(&last)).then_some(grant))
}

/// The newest epoch of the lease whose stream this is, held or given back; `None` when nobody ever took it.
pub(crate) async fn epoch(log: &Log, stream: &str) -> Result<Option<u32>, Fault> {
    if !housekeeping::is_lease(stream) {
        return Ok(None);
    }
    let last = log.read_last(stream).await?;
    last.map(|last| grant(&last).map(|grant| grant.epoch)).transpose()
}

pub(crate) fn is_release(event: &Recorded) -> bool {
    event.event_type.ends_with(".Lease.Released.v1")
}

pub(crate) fn grant(event: &Recorded) -> Result<Grant, Fault> {
    read_term(&event.data).map_err(|error| event.unreadable(&error))
}

pub(crate) fn read_term(data: &[u8]) -> Result<Grant, DecodeError> {
    let term: LeaseTerm = parse(data)?;
    Ok(Grant {
        holder: Holder { id: required(term.holder, "holder")?, address: required(term.address, "address")? },
        epoch: required(term.epoch, "epoch")?,
        ttl: Duration::from_millis(required(term.ttl_ms, "ttlMs")?.into()),
    })
}
