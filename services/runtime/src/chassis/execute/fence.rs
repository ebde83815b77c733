//! Which fences count (design clause 21): a stream may hold any number that a caller once claimed, so a fence is
//! believed only from a process and only up to the epoch that the stream of its lease shows. What narrows is never
//! fenced: it may come from anybody, and its id makes it one effect.

use verdict_kernel::effect::Effect;
use verdict_kernel::principal::Auth;

use super::{Envelope, ExecuteError, Fence};
use crate::fault::Fault;
use crate::log::Log;
use crate::problem::{Code, Problem};
use crate::term;

/// Lets a command pass unless a newer holder of its lease is known to have acted. `seen` is the highest epoch that the
/// stream holds for a lease.
pub(super) async fn check(
    log: &Log,
    envelope: &Envelope,
    seen: impl Fn(&str) -> Option<u32>,
) -> Result<(), ExecuteError> {
    let Some(fence) = of(envelope).filter(|_| envelope.effect != Effect::Narrows) else {
        return Ok(());
    };
    let seen = seen(&fence.lease);
    if seen == Some(fence.epoch) {
        return Ok(());
    }
    let shown = term::epoch(log, &fence.lease).await?.unwrap_or(0);
    if fence.epoch > shown {
        let detail = format!("the lease '{}' shows epoch {shown}, not {}", fence.lease, fence.epoch);
        return Err(Problem::field(Code::InvalidField, "meta.fence", detail).into());
    }
    match seen.map(|seen| seen.min(shown)) {
        Some(newer) if newer > fence.epoch => {
            Err(Fault::Fenced { lease: fence.lease.clone(), mine: fence.epoch, newer }.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// The fence that a command may carry: nobody but a process holds a lease.
pub(super) fn of(envelope: &Envelope) -> Option<&Fence> {
    envelope.fence.as_ref().filter(|_| envelope.principal.auth == Auth::Process)
}
