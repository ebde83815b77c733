//! The component that watches the directory. It waits for nothing but the disk.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use futures::future::BoxFuture;
use verdict_runtime::component::{Component, Fault, Progress};

use super::{Book, LOOK, Look};
use crate::bell::Bell;

pub(crate) struct Switch {
    /// Where the files are.
    offs: PathBuf,
    book: Book,
    /// Wakes whoever carries.
    bell: Bell,
}

impl Switch {
    /// Switches off at once what is off already, so that no answer of this process precedes the first look.
    pub(crate) fn new(offs: PathBuf, book: Book, bell: Bell) -> Self {
        let kept = book.kept();
        // A directory that is gone although it held something has not been emptied by anybody.
        if kept.len() == 0 {
            drop(fs::create_dir_all(&offs));
        }
        book.edge.set_offs(Arc::new(kept));
        let switch = Self { offs, book, bell };
        let look = Look::at(&switch.offs, &switch.book.edge.default_scope().environment);
        switch.take_on(look);
        switch
    }

    /// A directory that cannot be read switches nothing on.
    fn take_on(&self, look: Look) {
        let now = self.book.directory.now();
        if self.book.change(|before| look.clone().after(before, now)) {
            self.bell.ring();
        }
    }

    async fn advance(&self) -> Result<Progress, Fault> {
        let (offs, environment) = (self.offs.clone(), self.book.edge.default_scope().environment.clone());
        let look = tokio::task::spawn_blocking(move || Look::at(&offs, &environment)).await;
        self.take_on(look.unwrap_or_else(|lost| Look::failed(&lost)));
        Ok(Progress::Idle { due: None, retry: Some(LOOK) })
    }
}

impl Component for Switch {
    fn name(&self) -> &'static str {
        "flag-edge-local-off"
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(self.advance())
    }
}
