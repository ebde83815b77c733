//! How a team works: some rules demand less of a product that is still looking for its users.

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    ZeroToOne,
    Scaling,
}
