//! A context as its host sees it: the gRPC services that it offers, and what runs beside them.

use tonic::service::Routes;

use crate::component::Component;
use crate::process::Authority;

/// See the module.
pub trait Context: Send + Sync {
    /// `routes` with the services of the context among them.
    fn add_to(&self, routes: Routes) -> Routes;

    /// What must be driven beside the services. `lease` gives the right to act under the lease of that name.
    fn components(&self, lease: &dyn Fn(&str) -> Box<dyn Authority>) -> Vec<Box<dyn Component>>;
}
