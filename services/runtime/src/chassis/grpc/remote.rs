//! Ways to services of other processes: one channel for each address, and a transport over all replicas of a
//! service that finds the one that answers.
//!
//! A call goes to the replicas in turn. One that cannot be reached, or says that it is unavailable, is passed over
//! for the next, and after a round of them there is a pause that doubles. One that keeps silent until the caller gives up
//! is remembered as well, however short the caller's patience is. The message stays the same, and so does
//! the command id in it: what was carried out and not answered is not carried out again. Only calls with one
//! request message can be repeated, and services call each other with no others.
//!
//! Whoever is called learns how long it is waited for, and an attempt ends well before whoever asked this process gives
//! up ([`super::deadline`]).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures::future::BoxFuture;
use http_body_util::{BodyExt, Full};
use tokio::time::Instant;
use tonic::body::Body;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tower::{ServiceExt, service_fn};

use super::{Transport, TransportError, deadline};
use crate::telemetry;

#[cfg(test)]
mod tests;

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(1);
/// How often a connection is asked whether it lives, and how long it may take to say so.
const KEEP_ALIVE: Duration = Duration::from_secs(2);
/// Calls after which a replica that failed is given another chance before the others.
const FORGIVEN_AFTER: usize = 32;
/// The header of a gRPC status; an answer without a message carries it among its headers.
const STATUS: &str = "grpc-status";
const UNAVAILABLE: &str = "14";

/// A service that cannot be called as it is configured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    #[error("'{address}' is not an address such as http://127.0.0.1:7411: {why}")]
    Address { address: String, why: String },
    #[error("the certificates for calls to other services cannot be used: {0}")]
    Tls(String),
}

/// Whom to believe at an `https` address, and who to be there. Texts in PEM.
#[derive(Clone)]
pub struct Tls {
    /// Signs the certificates of peers.
    pub authority: String,
    /// Certificate and key of this process; `None` = peers do not ask.
    pub identity: Option<(String, String)>,
}

/// How long a call is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// From the beginning to the last answer.
    pub call: Duration,
    /// One attempt at one replica.
    pub attempt: Duration,
    /// After the first round of replicas without an answer; doubles with each.
    pub first_pause: Duration,
    pub longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            call: Duration::from_secs(5),
            attempt: Duration::from_secs(2),
            first_pause: Duration::from_millis(20),
            longest_pause: Duration::from_millis(500),
        }
    }
}

/// A channel to one address. Nothing is connected before the first call, and a connection that is lost is made
/// again by the next one.
pub fn channel(address: &str, tls: Option<&Tls>) -> Result<Channel, RemoteError> {
    let wrong = |why: String| RemoteError::Address { address: address.to_owned(), why };
    let endpoint = Endpoint::from_shared(address.to_owned()).map_err(|error| wrong(error.to_string()))?;
    if endpoint.uri().scheme().is_none() || endpoint.uri().host().is_none() {
        return Err(wrong("it has no scheme or no host".to_owned()));
    }
    let endpoint = endpoint
        .connect_timeout(CONNECT)
        .http2_keep_alive_interval(KEEP_ALIVE)
        .keep_alive_timeout(KEEP_ALIVE)
        .tcp_nodelay(true);
    let endpoint = match tls {
        Some(tls) => {
            let trusting = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(&tls.authority));
            let trusting = match &tls.identity {
                Some((certificate, key)) => trusting.identity(Identity::from_pem(certificate, key)),
                None => trusting,
            };
            endpoint.tls_config(trusting).map_err(|error| RemoteError::Tls(error.to_string()))?
        }
        None => endpoint,
    };
    Ok(endpoint.connect_lazy())
}

/// One transport over the replicas at `addresses`.
pub fn balanced(
    addresses: &[String],
    tls: Option<&Tls>,
    patience: Patience,
) -> Result<Transport, RemoteError> {
    let replica = |address: &String| {
        Ok(Replica {
            address: address.clone(),
            channel: channel(address, tls)?,
            failed: AtomicBool::new(false),
        })
    };
    let all = addresses.iter().map(replica).collect::<Result<Vec<_>, RemoteError>>()?;
    let service = Arc::new(Replicas { all, calls: AtomicUsize::new(0), patience });
    Ok(Transport::new(service_fn(move |mut request: http::Request<Body>| {
        telemetry::inject(request.headers_mut());
        let service = service.clone();
        // Boxed, so that callers see a short type.
        let call: BoxFuture<'static, _> = Box::pin(async move { service.call(request).await });
        call
    })))
}

struct Replica {
    address: String,
    channel: Channel,
    /// Its last answer was none.
    failed: AtomicBool,
}

struct Replicas {
    all: Vec<Replica>,
    calls: AtomicUsize,
    patience: Patience,
}

/// A replica that is asked: whoever goes away without an answer has learned that it does not answer.
struct Asked<'a> {
    replica: &'a Replica,
    answered: bool,
}

impl Asked<'_> {
    fn answered(mut self, answered: bool) -> bool {
        self.answered = answered;
        answered
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        self.replica.failed.store(!self.answered, Ordering::Relaxed);
    }
}

impl Replicas {
    async fn call(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let until = Instant::now() + deadline::for_others(self.patience.call);
        let left = || until.saturating_duration_since(Instant::now());
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(TransportError::new)?.to_bytes();
        let mut last = Err(TransportError::new("there was no time left to ask anybody"));
        let mut pause = self.patience.first_pause;
        // What the last attempt came to is the answer, whether it was a good one or time ran out.
        while !left().is_zero() {
            for replica in self.in_turn() {
                let patience = self.patience.attempt.min(left());
                if patience.is_zero() {
                    break;
                }
                let asked = Asked { replica, answered: false };
                last = self.attempt(replica, patience, &head, &body).await;
                if asked.answered(last.as_ref().is_ok_and(|answer| !is_unavailable(answer))) {
                    return last;
                }
            }
            tokio::time::sleep(pause.min(left())).await;
            pause = (pause * 2).min(self.patience.longest_pause);
        }
        last
    }

    /// Every replica once, another one first with each call; those that failed wait until the others have.
    fn in_turn(&self) -> impl Iterator<Item = &Replica> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let (before, after) = self.all.split_at(call % self.all.len().max(1));
        let forgiven = call.is_multiple_of(FORGIVEN_AFTER);
        let mut turn: Vec<&Replica> = after.iter().chain(before).collect();
        turn.sort_by_key(|replica| !forgiven && replica.failed.load(Ordering::Relaxed));
        turn.into_iter()
    }

    async fn attempt(
        &self,
        replica: &Replica,
        patience: Duration,
        head: &http::request::Parts,
        body: &Bytes,
    ) -> Result<http::Response<Body>, TransportError> {
        let mut request = http::Request::from_parts(head.clone(), Body::new(Full::new(body.clone())));
        deadline::tell(request.headers_mut(), patience);
        let call = replica.channel.clone().oneshot(request);
        match tokio::time::timeout(patience, call).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if !is_late(&error) => {
                Err(TransportError::new(format!("{}: {}", replica.address, chain(&error))))
            }
            Ok(Err(_)) | Err(_) => Err(TransportError::new(format!(
                "{} did not answer within {} ms",
                replica.address,
                patience.as_millis()
            ))),
        }
    }
}

/// Whether the answer says that another attempt may be answered better.
fn is_unavailable(response: &http::Response<Body>) -> bool {
    response.headers().get(STATUS).is_some_and(|status| status == UNAVAILABLE)
}

/// Whether the channel gave up at the time that the call tells.
fn is_late(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(<dyn std::error::Error>::is::<tonic::TimeoutExpired>)
}

/// An error with everything that led to it: a transport's own text says nothing.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
