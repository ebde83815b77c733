//! What end-to-end tests and benches stand on.
//!
//! Start with [`servers`]: a broker or a database of the test's own, whatever the machine has to offer. What only one
//! test binary needs stays in that binary.

pub mod servers;
