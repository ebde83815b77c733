//! A few read-only connections that readers take turns with.

use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;

use super::ReadError;
use crate::schema;

#[derive(Debug)]
pub(crate) struct Pool {
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Debug)]
struct State {
    idle: Vec<Connection>,
    open: bool,
}

impl Pool {
    pub(crate) fn open(file: &Path, connections: usize) -> rusqlite::Result<Self> {
        let idle = (0..connections.max(1)).map(|_| schema::open_reader(file)).collect::<Result<_, _>>()?;
        Ok(Self { state: Mutex::new(State { idle, open: true }), returned: Condvar::new() })
    }

    /// Runs `read` on a connection; waits while all of them are busy.
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
