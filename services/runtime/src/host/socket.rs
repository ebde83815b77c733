//! A place to plug a transport in: contexts that call each other are assembled one after the other.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use tower::{Service, ServiceExt, service_fn};

use crate::grpc::{Transport, TransportError};

/// Gives out transports at once and connects them when it is plugged. Cheap to clone.
#[derive(Clone)]
pub struct Socket {
    name: &'static str,
    plugged: Arc<ArcSwapOption<Transport>>,
}

impl Socket {
    /// The place of the context `name`.
    pub fn new(name: &'static str) -> Self {
        Self { name, plugged: Arc::default() }
    }

    /// Connects everything that was given out.
    pub fn plug(&self, transport: Transport) {
        self.plugged.store(Some(Arc::new(transport)));
    }

    /// Disconnects it again. Contexts that are plugged into each other hold each other in memory until then.
    pub fn unplug(&self) {
        self.plugged.store(None);
    }

    /// A transport to whatever is or will be plugged; until then its calls fail.
    pub fn transport(&self) -> Transport {
        let socket = self.clone();
        Transport::new(service_fn(move |request| {
            let socket = socket.clone();
            async move {
                let Some(transport) = socket.plugged.load_full() else {
                    return Err(TransportError::new(format!("{} is not connected", socket.name)));
                };
                Transport::clone(&transport).ready().await?.call(request).await
            }
        }))
    }
}
