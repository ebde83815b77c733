//! Which replica a call reaches while leases change hands, over replicas that answer in process.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use verdict_kernel::clock::{ManualClock, Timestamp};
use verdict_proto::platform::v1 as pb;

use super::*;
use crate::lease::{Holder, Lease};
use crate::log::memory::MemoryLog;

const TTL: Duration = Duration::from_secs(6);

/// What each address answers: its own name, or this status.
type Answers = Arc<Mutex<HashMap<String, Result<(), Status>>>>;

struct Bench {
    log: Log,
    clock: Arc<ManualClock>,
    answers: Answers,
    connected: Arc<AtomicU32>,
    route: Route,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
        let log: Log = Arc::new(MemoryLog::new("log", clock.clone()));
        let connected = Arc::new(AtomicU32::new(0));
        let count = connected.clone();
        let connect: Connect = Arc::new(move |address| {
            count.fetch_add(1, Ordering::Relaxed);
            named(address)
        });
        let route = Route::new(log.clone(), connect, "metrics", "work");
        Self { log, clock, answers: Arc::default(), connected, route }
    }

    /// The lease of the replica at this address, taken.
    async fn taken_by(&self, address: &str) -> Lease {
        let holder = Holder { id: format!("at {address}"), address: address.to_owned() };
        let mut lease = Lease::new(self.log.clone(), self.clock.clone(), "metrics", "work", holder, TTL);
        lease.tend().await.unwrap();
        lease
    }

    fn answers(&self, address: &str, with: Status) {
        self.answers.lock().unwrap().insert(address.to_owned(), Err(with));
    }

    /// The address that answered.
    async fn call(&self) -> Result<String, RouteError> {
        let reply = self.route.call(|transport| {
            let answers = self.answers.clone();
            async move {
                let address = address_of(transport).await;
                match answers.lock().unwrap().get(&address) {
                    Some(Err(status)) => Err(status.clone()),
                    Some(Ok(())) | None => {
                        Ok(Response::new(pb::LoggedEvent { stream: address, ..pb::LoggedEvent::default() }))
                    }
                }
            }
        });
        Ok(reply.await?.stream)
    }
}

/// A transport that tells only where it goes, by failing with the address.
fn named(address: &str) -> Transport {
    let address = address.to_owned();
    Transport::new(tower::service_fn(move |_| std::future::ready(Err(TransportError::new(address.clone())))))
}

async fn address_of(mut transport: Transport) -> String {
    use tower::{Service, ServiceExt};
    let request = http::Request::new(tonic::body::Body::empty());
    let ready = transport.ready().await.unwrap();
    ready.call(request).await.unwrap_err().to_string()
}

fn not_the_holder() -> Status {
    grpc::status(&Problem::new(problem::Code::NotTheHolder, "not here"))
}

#[tokio::test]
async fn clause_09_a_call_goes_to_the_address_of_the_holder_and_the_way_is_kept() {
    let bench = Bench::new();
    let _lease = bench.taken_by("http://a").await;
    assert_eq!(bench.call().await.unwrap(), "http://a");
    assert_eq!(bench.call().await.unwrap(), "http://a");
    assert_eq!(bench.connected.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn clause_09_a_call_follows_the_lease_to_its_next_holder() {
    let bench = Bench::new();
    let mut first = bench.taken_by("http://a").await;
    bench.call().await.unwrap();
    first.give_back().await.unwrap();
    let _second = bench.taken_by("http://b").await;
    bench.answers("http://a", not_the_holder());
    assert_eq!(bench.call().await.unwrap(), "http://b");
    bench.answers("http://b", Status::unavailable("gone"));
    assert!(
        matches!(bench.call().await, Err(RouteError::Unreachable { address, .. }) if address == "http://b")
    );
}

#[tokio::test]
async fn a_holder_that_does_not_answer_is_asked_once_and_looked_up_again_the_next_time() {
    let bench = Bench::new();
    let _lease = bench.taken_by("http://a").await;
    bench.call().await.unwrap();
    bench.answers("http://a", Status::unavailable("gone"));
    assert!(matches!(bench.call().await, Err(RouteError::Unreachable { .. })));
    bench.answers.lock().unwrap().clear();
    assert_eq!(bench.call().await.unwrap(), "http://a");
}

#[tokio::test]
async fn a_fault_of_the_holder_is_its_answer_and_keeps_the_way() {
    let bench = Bench::new();
    let _lease = bench.taken_by("http://a").await;
    bench.call().await.unwrap();
    bench.answers("http://a", grpc::status(&Problem::new(problem::Code::Unavailable, "the log is away")));
    assert!(matches!(bench.call().await, Err(RouteError::Answered(_))));
    bench.answers.lock().unwrap().clear();
    bench.call().await.unwrap();
    assert_eq!(bench.connected.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_lease_without_a_holder_or_an_address_leads_nowhere_or_nearby() {
    let bench = Bench::new();
    assert!(matches!(bench.call().await, Err(RouteError::Nobody(lease)) if lease == "metrics.lease-work"));
    let mut lease = bench.taken_by("").await;
    assert!(matches!(bench.call().await, Err(RouteError::NoAddress(_))));
    let route = Route::new(bench.log.clone(), Arc::new(named), "metrics", "work").or_nearby(named("nearby"));
    let bench = Bench { route, ..bench };
    assert_eq!(bench.call().await.unwrap(), "nearby");
    lease.give_back().await.unwrap();
    bench.answers("nearby", not_the_holder());
    assert!(matches!(bench.call().await, Err(RouteError::Unreachable { .. })));
}

#[tokio::test]
async fn a_replica_that_is_not_the_holder_names_the_one_that_is() {
    let bench = Bench::new();
    let detail = async || elsewhere(&bench.log, "metrics", "work").await.detail;
    assert!(detail().await.ends_with("nobody does"), "{}", detail().await);
    let _lease = bench.taken_by("http://a").await;
    assert!(detail().await.ends_with("http://a does"), "{}", detail().await);
    assert!(is_elsewhere(elsewhere(&bench.log, "metrics", "work").await.code.name()));
}
