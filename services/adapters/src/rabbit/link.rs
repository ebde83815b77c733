//! One connection that is kept: a supervisor connects, watches, and connects again.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use lapin::uri::AMQPUri;
use lapin::{Connection, ConnectionProperties, Event};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use verdict_runtime::bus::BusError;
use verdict_runtime::task;

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// One attempt to connect: a broker that accepts and says nothing is as good as gone.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// How often the state is looked at besides what is told.
const LOOK: Duration = Duration::from_secs(1);

#[derive(Clone)]
enum State {
    /// The first attempt is under way.
    Connecting,
    Up(Arc<Connection>),
    Down(String),
}

/// A connection under supervision, which ends with this value.
pub(super) struct Link {
    state: watch::Receiver<State>,
    broken: Arc<Notify>,
    supervisor: JoinHandle<()>,
}

impl Link {
    pub(super) fn open(uri: AMQPUri, name: String) -> Self {
        let (sender, state) = watch::channel(State::Connecting);
        let broken = Arc::new(Notify::new());
        let supervisor = task::spawn("rabbit-link", supervise(uri, name, sender, broken.clone()));
        Self { state, broken, supervisor }
    }

    /// The connection as it is. Only the first one is waited for: whoever finds it down has other things to do.
    pub(super) async fn connection(&self) -> Result<Arc<Connection>, BusError> {
        let mut state = self.state.clone();
        let settled = state.wait_for(|state| !matches!(state, State::Connecting)).await;
        match settled.map(|state| state.clone()) {
            Ok(State::Up(connection)) => Ok(connection),
            Ok(State::Down(why)) => Err(BusError::Unavailable(why)),
            Ok(State::Connecting) | Err(_) => Err(BusError::Unavailable("the bus is stopping".to_owned())),
        }
    }

    /// Waits for a connection, however long that takes.
    pub(super) async fn up(&self) {
        // The supervisor lives as long as this link, so there is always a state to come.
        drop(self.state.clone().wait_for(|state| matches!(state, State::Up(_))).await);
    }

    pub(super) fn standing(&self) -> Result<(), String> {
        match &*self.state.borrow() {
            State::Up(_) => Ok(()),
            State::Connecting => Err("connecting".to_owned()),
            State::Down(why) => Err(why.clone()),
        }
    }

    /// Somebody waited in vain for the broker: the connection is replaced, whatever it looks like.
    pub(super) fn replace(&self) {
        self.broken.notify_waiters();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.supervisor.abort();
    }
}

async fn supervise(uri: AMQPUri, name: String, state: watch::Sender<State>, broken: Arc<Notify>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let why = match connect(&uri, &name).await {
            Ok(connection) => {
                pause = FIRST_PAUSE;
                let connection = Arc::new(connection);
                state.send_replace(State::Up(connection.clone()));
                tracing::debug!(name, "connected to the broker");
                tokio::select! {
                    why = failure(&connection) => why,
                    () = broken.notified() => "the broker did not answer in time".to_owned(),
                }
            }
            Err(why) => why,
        };
        let news = !matches!(&*state.borrow(), State::Down(_));
        if news {
            tracing::warn!(name, why, "the broker cannot be reached; trying again");
        }
        state.send_replace(State::Down(why));
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn connect(uri: &AMQPUri, name: &str) -> Result<Connection, String> {
    let properties = ConnectionProperties::default().with_connection_name(name.into());
    let attempt = Connection::connect_uri(uri.clone(), properties);
    match tokio::time::timeout(CONNECT_WITHIN, attempt).await {
        Ok(connected) => connected.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no connection within {} s", CONNECT_WITHIN.as_secs())),
    }
}

/// Waits until the connection is of no use any more, and says why.
async fn failure(connection: &Connection) -> String {
    let mut events = std::pin::pin!(connection.events_listener());
    loop {
        // What happened before the first look was told to nobody, so the state counts as well.
        if !connection.status().connected() {
            return "the connection was lost".to_owned();
        }
        // Errors of single channels are told here too; they are the business of whoever has the channel.
        match tokio::time::timeout(LOOK, events.next()).await {
            Ok(Some(Event::Error(error))) if !error.is_amqp_soft_error() => return error.to_string(),
            Ok(Some(_)) | Err(_) => {}
            Ok(None) => return "the connection has ended".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
