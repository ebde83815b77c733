//! What goes wrong: the log, the store of observations and the calls between services drop, repeat and reorder, and
//! replicas crash at any point where they touch one of them. One seeded source decides, so a seed is a history.

use std::future::{pending, poll_fn};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use futures::future::BoxFuture;
use http_body_util::BodyExt;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tonic::body::Body;
use tower::{Service, ServiceExt, service_fn};
use verdict_runtime::grpc::{Transport, TransportError};
use verdict_runtime::log::forward::Forward;
use verdict_runtime::log::{
    AllSlice, Appended, Expected, Filter, Log, LogError, NewEvent, Position, Recorded, StreamSlice,
};

mod store;

pub(crate) use store::{FaultyStore, Outage, Store};

use crate::sabotage::Sabotage;

/// One thing that goes wrong with an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mishap {
    None,
    /// It does not happen, and the caller is told that it failed.
    LostBefore,
    /// It happens, and the caller is told that it failed.
    LostAfter,
    /// The replica dies before it happens.
    CrashBefore,
    /// It happens, and the replica dies before it learns so.
    CrashAfter,
    /// It happens twice.
    Twice,
    /// It happens, and happens again some time later.
    Late,
    /// The caller is told that it failed, and it happens some time later.
    Delayed,
    /// The replica is frozen right before it happens, while time goes on and the other one takes over.
    Frozen,
}

/// The mishaps of one replica.
pub(crate) struct Faults {
    rng: Mutex<SmallRng>,
    /// Chances in 10,000 that an operation goes wrong.
    rate: AtomicU32,
    crashed: AtomicBool,
    /// It may be frozen: it is the one that takes a step.
    stepping: AtomicBool,
    frozen: AtomicBool,
    outage: Arc<Outage>,
    late: Mutex<Vec<LateCall>>,
}

/// A call that will happen once more.
pub(crate) struct LateCall {
    transport: Transport,
    parts: http::request::Parts,
    body: bytes::Bytes,
}

impl Faults {
    pub(crate) fn new(seed: u64, outage: Arc<Outage>) -> Arc<Self> {
        Arc::new(Self {
            rng: Mutex::new(SmallRng::seed_from_u64(seed)),
            rate: AtomicU32::new(0),
            crashed: AtomicBool::new(false),
            stepping: AtomicBool::new(false),
            frozen: AtomicBool::new(false),
            outage,
            late: Mutex::default(),
        })
    }

    /// Sets the chances in 10,000 that an operation goes wrong.
    pub(crate) fn set_rate(&self, rate: u32) {
        self.rate.store(rate, Ordering::Relaxed);
    }

    /// Whether the replica died in the middle of something.
    pub(crate) fn crashed(&self) -> bool {
        self.crashed.load(Ordering::Relaxed)
    }

    /// The replica is a new process.
    pub(crate) fn revive(&self) {
        self.crashed.store(false, Ordering::Relaxed);
    }

    /// Whether the replica stands still in the middle of something; it goes on from here.
    pub(crate) fn thaw(&self) -> bool {
        self.frozen.swap(false, Ordering::Relaxed)
    }

    /// Whether somebody waits for the store, which only time helps. It is said each time that it is asked to go on.
    pub(crate) fn waits(&self) -> bool {
        self.outage.waits.swap(false, Ordering::Relaxed)
    }

    /// The replica begins or ends a step of its own.
    pub(crate) fn steps(&self, stepping: bool) {
        self.stepping.store(stepping, Ordering::Relaxed);
    }

    /// Stands still in a step of its own, and goes on later.
    async fn freeze(&self) {
        if !self.stepping.load(Ordering::Relaxed) {
            return;
        }
        self.frozen.store(true, Ordering::Relaxed);
        poll_fn(|context| {
            if !self.frozen.load(Ordering::Relaxed) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// Takes one of the calls that are to happen again, in any order.
    pub(crate) fn take_late(&self) -> Option<LateCall> {
        let mut late = self.late.lock().unwrap();
        if late.is_empty() {
            return None;
        }
        let index = self.rng.lock().unwrap().random_range(0..late.len());
        Some(late.swap_remove(index))
    }

    fn mishap(&self, of: &[Mishap]) -> Mishap {
        let rate = self.rate.load(Ordering::Relaxed);
        let mut rng = self.rng.lock().unwrap();
        if rng.random_range(0..10_000) >= rate {
            return Mishap::None;
        }
        of[rng.random_range(0..of.len())]
    }

    async fn crash<T>(&self) -> T {
        self.crashed.store(true, Ordering::Relaxed);
        pending().await
    }

    /// Does `operation`, unless one of the mishaps `of` befalls it; `lost` is the error of one whose answer was lost.
    async fn around<T, E>(
        &self,
        of: &[Mishap],
        lost: E,
        operation: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let mishap = self.mishap(of);
        match mishap {
            Mishap::LostBefore => return Err(lost),
            Mishap::CrashBefore => return self.crash().await,
            Mishap::Frozen => self.freeze().await,
            _ => {}
        }
        let done = operation.await;
        match mishap {
            Mishap::LostAfter => Err(lost),
            Mishap::CrashAfter => self.crash().await,
            _ => done,
        }
    }
}

impl LateCall {
    /// Makes the call and forgets its answer.
    pub(crate) async fn make(self) {
        drop(send(&self.transport, &self.parts, &self.body).await);
    }
}

async fn send(
    transport: &Transport,
    parts: &http::request::Parts,
    body: &bytes::Bytes,
) -> Result<http::Response<Body>, TransportError> {
    let body = Body::new(http_body_util::Full::new(body.clone()));
    let request = http::Request::from_parts(parts.clone(), body);
    transport.clone().ready().await?.call(request).await
}

/// A transport on which calls go wrong.
pub(crate) fn faulty(faults: &Arc<Faults>, transport: Transport) -> Transport {
    let faults = faults.clone();
    Transport::new(service_fn(move |request: http::Request<Body>| {
        let (faults, transport) = (faults.clone(), transport.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map_err(TransportError::new)?.to_bytes();
            let mishap = faults.mishap(&[
                Mishap::LostBefore,
                Mishap::LostAfter,
                Mishap::CrashBefore,
                Mishap::CrashAfter,
                Mishap::Twice,
                Mishap::Late,
                Mishap::Delayed,
            ]);
            match mishap {
                Mishap::LostBefore => return Err(TransportError::new("the call was lost")),
                Mishap::CrashBefore => return faults.crash().await,
                Mishap::Late => {
                    let (transport, parts, body) = (transport.clone(), parts.clone(), body.clone());
                    faults.late.lock().unwrap().push(LateCall { transport, parts, body });
                }
                Mishap::Delayed => {
                    faults.late.lock().unwrap().push(LateCall { transport, parts, body });
                    return Err(TransportError::new("no answer in time"));
                }
                Mishap::Twice => drop(send(&transport, &parts, &body).await),
                Mishap::None | Mishap::LostAfter | Mishap::CrashAfter | Mishap::Frozen => {}
            }
            let answer = send(&transport, &parts, &body).await;
            match mishap {
                Mishap::LostAfter => Err(TransportError::new("the answer was lost")),
                Mishap::CrashAfter => faults.crash().await,
                _ => answer,
            }
        }
    }))
}

/// The log as one replica sees it.
pub(crate) struct FaultyLog {
    inner: Log,
    faults: Arc<Faults>,
    view: Sabotage,
}

impl FaultyLog {
    pub(crate) fn new(inner: Log, faults: Arc<Faults>, view: Sabotage) -> Self {
        Self { inner, faults, view }
    }

    async fn read<T>(&self, asked: impl Future<Output = Result<T, LogError>>) -> Result<T, LogError> {
        let of = [Mishap::None, Mishap::LostBefore, Mishap::None, Mishap::CrashBefore];
        self.faults.around(&of, LogError::Unavailable("the read was lost".to_owned()), asked).await
    }
}

impl Forward for FaultyLog {
    fn inner(&self) -> &Log {
        &self.inner
    }

    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        Box::pin(async move {
            let of = [
                Mishap::LostBefore,
                Mishap::LostAfter,
                Mishap::CrashBefore,
                Mishap::CrashAfter,
                Mishap::Frozen,
            ];
            let lost = LogError::Unavailable("the answer was lost".to_owned());
            self.faults.around(&of, lost, self.inner.append(stream, expected, events)).await
        })
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        Box::pin(async move {
            let mut slice = self.read(self.inner.read_stream(stream, from, max)).await?;
            slice.events = slice.events.into_iter().filter_map(|event| self.view.event(event)).collect();
            Ok(slice)
        })
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        Box::pin(async move {
            Ok(self.read(self.inner.read_last(stream)).await?.and_then(|event| self.view.event(event)))
        })
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        Box::pin(async move {
            let mut slice = self.read(self.inner.read_all(after, filter, max)).await?;
            slice.events = slice.events.into_iter().filter_map(|event| self.view.event(event)).collect();
            Ok(slice)
        })
    }
}
