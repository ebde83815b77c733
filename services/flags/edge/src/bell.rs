//! Wakes the parts of an edge that do not follow the log, when the part that does has something for them.

use std::fmt;
use std::sync::{Arc, OnceLock};

type Ring = Box<dyn Fn() + Send + Sync>;

/// Cheap to clone. Silent until somebody hangs it: a scheduler that steps everything needs none.
#[derive(Clone, Default)]
pub struct Bell {
    ring: Arc<OnceLock<Ring>>,
}

impl Bell {
    /// Says what ringing does; the first to say it is heard.
    pub fn hang(&self, ring: impl Fn() + Send + Sync + 'static) {
        drop(self.ring.set(Box::new(ring)));
    }

    pub(crate) fn ring(&self) {
        if let Some(ring) = self.ring.get() {
            ring();
        }
    }
}

impl fmt::Debug for Bell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bell").field("hung", &self.ring.get().is_some()).finish()
    }
}
