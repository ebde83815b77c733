//! The embedded event log: one SQLite file, one writer, any number of readers.
//!
//! Every event has a place in one total order (its *position*, 1 for the first event of the log) and a
//! place in its stream (its *revision*, gapless from 0). Events of one append are neighbours and are
//! stored together or not at all. An append is acknowledged after the transaction that holds it has been
//! committed with `synchronous=FULL`.
//!
//! [`server`] offers it to other processes over the gRPC protocol of EventStoreDB; [`wire`] are the
//! messages of that protocol.
//!
//! What it does not know: aggregates, commands, the shape of a payload and replication. It is one node,
//! one writer and one volume; high availability is another product behind the same port.
//!
//! Durability, as far as it is tested: the process may be killed at any moment, and a write-ahead log
//! that was cut off anywhere opens as an exact prefix of whole appends. A power cut is not tested: what a
//! disk keeps then depends on whether it honours a flush.
//!
//! Read first: [`Log`], then `writer.rs` (group commit), `read.rs` and `subscribe.rs`.

mod append;
mod directory;
mod event;
mod filter;
mod live;
mod log;
mod maintenance;
mod metadata;
mod options;
mod page;
mod pool;
mod read;
mod room;
mod schema;
pub mod server;
mod subscribe;
pub mod wire;
mod writer;

pub use append::{AppendError, Appended, Expected};
pub use directory::OpenError;
pub use event::{LinkTarget, NewEvent, Recorded};
pub use filter::{Filter, InvalidPattern, Pattern};
pub use log::Log;
pub use maintenance::{ExportReport, ImportReport, MaintenanceError, Problem, Report, RestoreReport};
pub use metadata::{InvalidMetadata, StreamMetadata};
pub use options::{Clock, Options};
pub use page::{AllFrom, AllSlice, Direction, ReadError, ReadFrom, StreamSlice};
pub use room::Room;
pub use subscribe::{Item, SubscribeError, Subscription};

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
