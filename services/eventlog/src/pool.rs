//! A few read-only connections that readers take turns with.
//!
//! A thread that may block waits for one. A task never does: it takes a connection that is idle, or waits for its turn
//! without a thread and reads on one that may block.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use tokio::sync::Semaphore;

use crate::page::ReadError;
use crate::schema;

#[derive(Debug)]
pub(crate) struct Pool {
    state: Mutex<State>,
    returned: Condvar,
    /// As many as there are connections: no more threads than that block in reads of tasks.
    turns: Arc<Semaphore>,
}

#[derive(Debug)]
struct State {
    idle: Vec<Connection>,
    open: bool,
}

impl Pool {
    pub(crate) fn open(file: &Path, connections: usize) -> rusqlite::Result<Self> {
        let connections = connections.max(1);
        let idle = (0..connections).map(|_| schema::open_reader(file)).collect::<Result<_, _>>()?;
        Ok(Self {
            state: Mutex::new(State { idle, open: true }),
            returned: Condvar::new(),
            turns: Arc::new(Semaphore::new(connections)),
        })
    }

    /// Runs `work`, which may block, when it is its turn. Absent when it panicked.
    pub(crate) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        // The semaphore is never closed.
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let work = move || {
            let _turn = turn;
            work()
        };
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// Runs `read` on a connection that is idle now; absent when all of them are busy. It should be a short read.
    pub(crate) fn try_with<T, E: From<ReadError>>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let mut state = self.lock();
        if !state.open {
            return Some(Err(ReadError::Closed.into()));
        }
        let connection = state.idle.pop()?;
        drop(state);
        let mut borrowed = Borrowed { pool: self, connection: Some(connection) };
        borrowed.connection.as_mut().map(read)
    }

    /// Runs `read` on a connection; blocks while all of them are busy.
    pub(crate) fn with<T, E: From<ReadError>>(
        &self,
        read: impl FnOnce(&mut Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut borrowed = self.borrow().ok_or(ReadError::Closed)?;
        match &mut borrowed.connection {
            Some(connection) => read(connection),
            None => Err(ReadError::Closed.into()),
        }
    }

    /// Closes the connections; those in use close when their read ends.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.open = false;
        state.idle.clear();
        self.returned.notify_all();
    }

    fn borrow(&self) -> Option<Borrowed<'_>> {
        let mut state = self.lock();
        loop {
            if !state.open {
                return None;
            }
            if let Some(connection) = state.idle.pop() {
                return Some(Borrowed { pool: self, connection: Some(connection) });
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the connection back when it goes out of scope, also when the read panics.
struct Borrowed<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Drop for Borrowed<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.lock();
        if let Some(connection) = self.connection.take()
            && state.open
        {
            state.idle.push(connection);
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}
