//! What goes wrong: the log and the calls between services drop, repeat and reorder, and replicas crash at any
//! point where they touch either. One seeded source decides, so a seed is a history.

use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use futures::future::BoxFuture;
use http_body_util::BodyExt;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::sync::watch;
use tonic::body::Body;
use tower::{Service, ServiceExt, service_fn};
use verdict_runtime::grpc::{Transport, TransportError};
use verdict_runtime::log::{
    AllSlice, Appended, EventLog, Expected, Filter, Log, LogError, NewEvent, Position, Recorded, StreamSlice,
};

/// A defence that is taken away, to see that the simulation notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sabotage {
    #[default]
    None,
    /// Nobody sees that a flag is held.
    Hold,
    /// Nobody recognises a command that was carried out before.
    CommandMemory,
    /// Nobody sees which epoch wrote an event.
    Epoch,
    /// Processes are not started again after a crash.
    ProcessRestart,
}

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
}

/// The mishaps of one replica.
pub(crate) struct Faults {
    rng: Mutex<SmallRng>,
    /// Chances in 10,000 that an operation goes wrong.
    rate: AtomicU32,
    crashed: AtomicBool,
    late: Mutex<Vec<LateCall>>,
}

/// A call that will happen once more.
pub(crate) struct LateCall {
    transport: Transport,
    parts: http::request::Parts,
    body: bytes::Bytes,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self {
            rng: Mutex::new(SmallRng::seed_from_u64(seed)),
            rate: AtomicU32::new(0),
            crashed: AtomicBool::new(false),
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
            ]);
            match mishap {
                Mishap::LostBefore => return Err(TransportError::new("the call was lost")),
                Mishap::CrashBefore => return faults.crash().await,
                Mishap::Late => {
                    let (transport, parts, body) = (transport.clone(), parts.clone(), body.clone());
                    faults.late.lock().unwrap().push(LateCall { transport, parts, body });
                }
                Mishap::Twice => drop(send(&transport, &parts, &body).await),
                Mishap::None | Mishap::LostAfter | Mishap::CrashAfter => {}
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
    sabotage: Sabotage,
}

impl FaultyLog {
    pub(crate) fn new(inner: Log, faults: Arc<Faults>, sabotage: Sabotage) -> Self {
        Self { inner, faults, sabotage }
    }

    async fn interrupted(&self) -> Result<(), LogError> {
        match self.faults.mishap(&[Mishap::None, Mishap::LostBefore, Mishap::None, Mishap::CrashBefore]) {
            Mishap::LostBefore => Err(LogError::Unavailable("the read was lost".to_owned())),
            Mishap::CrashBefore => self.faults.crash().await,
            _ => Ok(()),
        }
    }

    fn seen(&self, mut event: Recorded) -> Recorded {
        let replaced =
            |bytes: &[u8], from: &str, to: &str| String::from_utf8_lossy(bytes).replace(from, to).into();
        match self.sabotage {
            Sabotage::None | Sabotage::ProcessRestart => {}
            Sabotage::Hold => event.data = replaced(&event.data, "\"hold\":true", "\"hold\":false"),
            Sabotage::CommandMemory => {
                event.metadata = replaced(&event.metadata, "\"commandId\":\"", "\"commandId\":\"x");
            }
            Sabotage::Epoch => event.metadata = replaced(&event.metadata, "\"epoch\":", "\"was\":"),
        }
        event
    }
}

impl EventLog for FaultyLog {
    fn append<'a>(
        &'a self,
        stream: &'a str,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> BoxFuture<'a, Result<Appended, LogError>> {
        Box::pin(async move {
            let mishap = self.faults.mishap(&[
                Mishap::LostBefore,
                Mishap::LostAfter,
                Mishap::CrashBefore,
                Mishap::CrashAfter,
            ]);
            let lost = || LogError::Unavailable("the answer was lost".to_owned());
            match mishap {
                Mishap::LostBefore => return Err(lost()),
                Mishap::CrashBefore => return self.faults.crash().await,
                _ => {}
            }
            let appended = self.inner.append(stream, expected, events).await;
            match mishap {
                Mishap::LostAfter => Err(lost()),
                Mishap::CrashAfter => self.faults.crash().await,
                _ => appended,
            }
        })
    }

    fn read_stream<'a>(
        &'a self,
        stream: &'a str,
        from: u64,
        max: usize,
    ) -> BoxFuture<'a, Result<StreamSlice, LogError>> {
        Box::pin(async move {
            self.interrupted().await?;
            let mut slice = self.inner.read_stream(stream, from, max).await?;
            slice.events = slice.events.into_iter().map(|event| self.seen(event)).collect();
            Ok(slice)
        })
    }

    fn read_last<'a>(&'a self, stream: &'a str) -> BoxFuture<'a, Result<Option<Recorded>, LogError>> {
        Box::pin(async move {
            self.interrupted().await?;
            Ok(self.inner.read_last(stream).await?.map(|event| self.seen(event)))
        })
    }

    fn read_all<'a>(
        &'a self,
        after: Option<&'a Position>,
        filter: &'a Filter,
        max: usize,
    ) -> BoxFuture<'a, Result<AllSlice, LogError>> {
        Box::pin(async move {
            self.interrupted().await?;
            let mut slice = self.inner.read_all(after, filter, max).await?;
            slice.events = slice.events.into_iter().map(|event| self.seen(event)).collect();
            Ok(slice)
        })
    }

    fn head(&self) -> BoxFuture<'_, Result<Option<Position>, LogError>> {
        self.inner.head()
    }

    fn grown(&self) -> watch::Receiver<u64> {
        self.inner.grown()
    }

    fn keep_last<'a>(&'a self, stream: &'a str, count: u64) -> BoxFuture<'a, Result<(), LogError>> {
        self.inner.keep_last(stream, count)
    }

    fn log_id(&self) -> Arc<str> {
        self.inner.log_id()
    }

    fn is_exclusive(&self) -> bool {
        self.inner.is_exclusive()
    }
}
