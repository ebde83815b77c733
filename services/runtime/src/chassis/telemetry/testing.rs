//! What is said to whoever reads the lines, for tests of it.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::Field;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Keeps what is said at level WARN, each line as its fields.
#[derive(Clone, Default)]
pub struct Warned(Arc<Mutex<Vec<String>>>);

impl Warned {
    /// The lines so far.
    pub fn said(&self) -> Vec<String> {
        self.0.lock().expect("nobody panics while it is written").clone()
    }
}

impl Subscriber for Warned {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::WARN
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut said = Vec::new();
        event.record(&mut |field: &Field, value: &dyn Debug| said.push(format!("{field}={value:?}")));
        self.0.lock().expect("nobody panics while it is read").push(said.join(" "));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
