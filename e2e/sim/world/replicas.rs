//! The replicas of a simulated world: how they start, reach each other, are paused and die.

use std::collections::{BTreeMap, HashMap};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use tonic::body::Body;
use tower::{ServiceExt, service_fn};
use verdict::platform::assembly::{Assembly, Host, LEASE, Parts, Transports};
use verdict_kernel::clock::Clock;
use verdict_kernel::policy::Level;
use verdict_runtime::component::Component;
use verdict_runtime::grpc::{Transport, TransportError};
use verdict_runtime::lease::Holder;
use verdict_runtime::route::{Connect, Replicas};

use super::{REPLICAS, World};
use crate::faults::{Faults, FaultyLog, FaultyStore, faulty};
use crate::sabotage::Sabotage;

/// One replica as the others reach it: its metrics and rollouts services at one address.
#[derive(Clone)]
pub(super) struct Reachable {
    services: Transports,
    faults: Arc<Faults>,
    paused_until: Duration,
}

/// Who answers at which address.
pub(super) type Network = Arc<Mutex<HashMap<String, Reachable>>>;

pub(super) struct Replica {
    pub(super) assembly: Assembly,
    pub(super) components: Vec<Box<dyn Component>>,
    /// Takes no steps before this monotonic time.
    pub(super) paused_until: Duration,
}

impl Drop for Replica {
    fn drop(&mut self) {
        self.assembly.connections().cut();
    }
}

fn address(replica: usize) -> String {
    format!("http://replica-{replica}")
}

/// The answer of a replica, unless it dies over it.
async fn answered(
    peer: Reachable,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let is_metrics = request.uri().path().starts_with("/verdict.metrics.");
    let service = if is_metrics { peer.services.metrics } else { peer.services.rollouts };
    let mut answer = pin!(service.oneshot(request));
    poll_fn(|context| match answer.as_mut().poll(context) {
        Poll::Pending if peer.faults.crashed() => Poll::Ready(Err(TransportError::new("it died"))),
        polled => polled,
    })
    .await
}

impl World {
    pub(super) fn start(&mut self, replica: usize) {
        self.starts += 1;
        let faults = self.faults[replica].clone();
        faults.revive();
        self.watcher.forgets(replica);
        let wrapped = faults.clone();
        let view = self.sabotage;
        let store = FaultyStore::new(self.store.clone(), faults.clone(), view);
        let mut assembly = Assembly::new(Parts {
            log: Arc::new(FaultyLog::new(self.log.clone(), faults, view)),
            bus: self.bus.clone(),
            clock: self.clocks.of(replica),
            hosts: Host::all(Arc::new(store)),
            peers: BTreeMap::new(),
            replica: format!("replica-{replica}"),
            holder: Holder { id: self.holder(), address: address(replica) },
            lease: LEASE,
            replicas: Replicas { connect: self.connect(replica), shards: 1 + u32::from(self.seed % 2 == 1) },
            level: Level::Enforce,
            wrap: Arc::new(move |transport| faulty(&wrapped, transport)),
        });
        let reachable = Reachable {
            services: assembly.transports().clone(),
            faults: self.faults[replica].clone(),
            paused_until: Duration::ZERO,
        };
        self.network.lock().unwrap().insert(address(replica), reachable);
        let components = assembly.components();
        self.replicas[replica] = Some(Replica { assembly, components, paused_until: Duration::ZERO });
    }

    /// The name under which a replica takes leases. Where nobody looks at epochs all have one name, as after a mistake in a
    /// deployment: then two hold a lease at once, and nothing else keeps the older one from acting.
    fn holder(&self) -> String {
        match self.sabotage {
            Sabotage::Epoch => "everybody".to_owned(),
            _ => format!("incarnation-{}", self.starts),
        }
    }

    /// How a replica reaches the others: through calls that go wrong, to somebody who may be dead or paused.
    fn connect(&self, replica: usize) -> Connect {
        let (network, clock) = (self.network.clone(), self.clocks.world());
        let own = self.faults[replica].clone();
        Arc::new(move |address: &str| {
            let (network, clock, address) = (network.clone(), clock.clone(), address.to_owned());
            faulty(
                &own,
                Transport::new(service_fn(move |request: http::Request<Body>| {
                    let found = network.lock().unwrap().get(&address).cloned();
                    let found = found.filter(|peer| !peer.faults.crashed());
                    let now = clock.monotonic();
                    async move {
                        match found {
                            Some(peer) if peer.paused_until <= now => answered(peer, request).await,
                            Some(_) => Err(TransportError::new("no answer")),
                            None => Err(TransportError::new("nobody is there")),
                        }
                    }
                })),
            )
        })
    }

    pub(super) fn kill(&mut self, replica: usize) {
        self.network.lock().unwrap().remove(&address(replica));
        self.waiting.retain(|waiting| waiting.replica != replica);
        self.replicas[replica] = None;
    }

    /// A replica may have died while it answered another one.
    pub(super) fn bury(&mut self) {
        for replica in 0..REPLICAS {
            if self.replicas[replica].is_some() && self.faults[replica].crashed() {
                self.note(|| format!("replica {replica} died in a call"));
                self.kill(replica);
            }
        }
    }

    pub(super) fn pause(&mut self, replica: usize, until: Duration) {
        if let Some(state) = &mut self.replicas[replica] {
            state.paused_until = until;
        }
        if let Some(reachable) = self.network.lock().unwrap().get_mut(&address(replica)) {
            reachable.paused_until = until;
        }
    }
}
