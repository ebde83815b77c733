//! The way to whoever holds a lease (design clause 9).
//!
//! A lease names its holder's address. A [`Route`] looks the holder up when it does not know it, keeps the way, and
//! forgets it once a call is answered "not the holder" or not at all. It tries at most two holders for a call and never
//! waits for the lease to go to somebody else: what to do when nobody can be reached is for the caller to say.
//!
//! Calls cannot go round in circles: who is called over a route answers for itself or says [`elsewhere`].

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tonic::{Code, Response, Status};

use crate::fault::Fault;
use crate::grpc::{self, Transport, TransportError, deadline};
use crate::lease::{self, Grant};
use crate::log::Log;
use crate::problem::{self, Problem};

#[cfg(test)]
mod tests;

/// An answer that takes longer counts as none.
const PATIENCE: Duration = Duration::from_secs(1);

/// How another replica is reached by the address that its lease names.
pub type Connect = Arc<dyn Fn(&str) -> Transport + Send + Sync>;

/// The other replicas of a service: how they are reached, and into how many shares they divide what must be done once.
#[derive(Clone)]
pub struct Replicas {
    pub connect: Connect,
    /// At least 1, and the same for every replica.
    pub shards: u32,
}

impl Replicas {
    /// No other replica: nothing is divided, and there is nobody to call.
    pub fn none() -> Self {
        let nobody = || TransportError::new("there is no other replica");
        let connect =
            move |_: &str| Transport::new(tower::service_fn(move |_| std::future::ready(Err(nobody()))));
        Self { connect: Arc::new(connect), shards: 1 }
    }
}

/// Why a holder did not answer.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    #[error("nobody holds the lease '{0}'")]
    Nobody(String),
    /// It runs in a process that takes no calls from others.
    #[error("the holder of the lease '{0}' has no address")]
    NoAddress(String),
    #[error("the holder of the lease '{lease}' at '{address}' did not answer: {}", .status.message())]
    Unreachable { lease: String, address: String, status: Status },
    /// It answered with a fault that is not about who holds the lease.
    #[error("{}", .0.message())]
    Answered(Status),
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A holder and the way to it.
#[derive(Clone)]
struct Way {
    epoch: u32,
    address: String,
    transport: Transport,
}

/// See the module.
pub struct Route {
    log: Log,
    connect: Connect,
    context: &'static str,
    lease: String,
    /// Where a holder without an address is, and whoever will hold a lease that nobody holds.
    nearby: Option<Transport>,
    known: Mutex<Option<Way>>,
}

impl Route {
    /// The way to the holder of the lease `lease` of `context`.
    pub fn new(log: Log, connect: Connect, context: &'static str, lease: &str) -> Self {
        Self { log, connect, context, lease: lease.to_owned(), nearby: None, known: Mutex::default() }
    }

    /// Calls go to `nearby` while the lease names no address.
    #[must_use]
    pub fn or_nearby(mut self, nearby: Transport) -> Self {
        self.nearby = Some(nearby);
        self
    }

    /// Makes one call to the holder.
    pub async fn call<R, F>(&self, call: impl Fn(Transport) -> F) -> Result<R, RouteError>
    where
        F: Future<Output = Result<Response<R>, Status>>,
    {
        let mut failed = None;
        let known = self.known().clone();
        if let Some(way) = known {
            match attempt(&way, &call).await {
                Err(status) if is_about_the_holder(&status) => {
                    self.forget(&way);
                    failed = Some((way.epoch, status));
                }
                answer => return answer.map_err(RouteError::Answered),
            }
        }
        let way = self.look_up().await?;
        if let Some((_, status)) = failed.filter(|(epoch, _)| *epoch == way.epoch) {
            return Err(self.unreachable(way.address, status));
        }
        match attempt(&way, &call).await {
            Ok(answer) => {
                *self.known() = Some(way);
                Ok(answer)
            }
            Err(status) if is_about_the_holder(&status) => Err(self.unreachable(way.address, status)),
            Err(status) => Err(RouteError::Answered(status)),
        }
    }

    async fn look_up(&self) -> Result<Way, RouteError> {
        let stream = || lease::stream(self.context, &self.lease);
        let grant = lease::current(&self.log, self.context, &self.lease).await?;
        let nearby =
            |epoch| self.nearby.clone().map(|transport| Way { epoch, address: String::new(), transport });
        match grant {
            None => nearby(0).ok_or_else(|| RouteError::Nobody(stream())),
            Some(Grant { holder, epoch, .. }) if holder.address.is_empty() => {
                nearby(epoch).ok_or_else(|| RouteError::NoAddress(stream()))
            }
            Some(Grant { holder, epoch, .. }) => {
                let transport = (self.connect)(&holder.address);
                Ok(Way { epoch, address: holder.address, transport })
            }
        }
    }

    fn forget(&self, way: &Way) {
        let mut known = self.known();
        if known.as_ref().is_some_and(|known| known.epoch == way.epoch) {
            *known = None;
        }
    }

    fn unreachable(&self, address: String, status: Status) -> RouteError {
        RouteError::Unreachable { lease: lease::stream(self.context, &self.lease), address, status }
    }

    fn known(&self) -> MutexGuard<'_, Option<Way>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn attempt<R, F>(way: &Way, call: impl Fn(Transport) -> F) -> Result<R, Status>
where
    F: Future<Output = Result<Response<R>, Status>>,
{
    let patience = deadline::for_others(PATIENCE);
    let answer = deadline::within(patience, call(way.transport.clone()));
    let answer = tokio::time::timeout(patience, answer).await;
    let late = || Status::deadline_exceeded(format!("no answer within {patience:?}"));
    answer.map_err(|_| late())?.map(Response::into_inner)
}

/// Whether another replica may be the one to ask, or this one another time.
fn is_about_the_holder(status: &Status) -> bool {
    match grpc::problem_of(status) {
        Some(problem) => is_elsewhere(&problem.code),
        // Without a problem it comes from the way and not from the service.
        None => matches!(
            status.code(),
            Code::Unavailable
                | Code::DeadlineExceeded
                | Code::Cancelled
                | Code::Unknown
                | Code::Aborted
                | Code::NotFound
                | Code::Unimplemented
        ),
    }
}

/// Whether a problem with this code says that another replica is the holder.
pub fn is_elsewhere(code: &str) -> bool {
    code == problem::Code::NotTheHolder.name()
}

/// What a replica answers that is called for a lease that it does not hold. Names the holder as far as it is known.
pub async fn elsewhere(log: &Log, context: &str, lease: &str) -> Problem {
    let stream = lease::stream(context, lease);
    let holder = match lease::current(log, context, lease).await {
        Ok(Some(grant)) if grant.holder.address.is_empty() => format!("'{}' does", grant.holder.id),
        Ok(Some(grant)) => format!("{} does", grant.holder.address),
        Ok(None) => "nobody does".to_owned(),
        Err(_) => "the log does not say who does".to_owned(),
    };
    let detail = format!("this replica does not hold the lease '{stream}', {holder}");
    Problem::new(problem::Code::NotTheHolder, detail)
}
