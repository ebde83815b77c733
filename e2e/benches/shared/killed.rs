//! A process that ends with whoever started it.

use std::process::Child;

/// Killed, and waited for, when it goes out of scope.
pub(crate) struct Killed(pub(crate) Child);

impl Drop for Killed {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
