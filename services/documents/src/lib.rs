//! The documents that plans are written in: one set of types for files, for `verdict export` and for the custom resources
//! of Kubernetes (`apiVersion: verdict.dev/v1alpha1`; Bet, Flag, MetricDefinition, StagedRollout, Launch).
//!
//! [`read()`] turns a text into documents, or into findings that name line, column and field. [`Set::of`] puts the documents
//! of several texts in order and says what they need from the platform. [`write()`] turns documents back into YAML.
//! [`schema()`] is what editors complete by, and what shapes are checked against. [`example()`] is what `verdict init` writes.
//! [`plan()`] compares a set with what the platform has and says which commands follow, as data.
//! [`ManagedBy`], [`Document::payload_hash`] and [`command_id`] make a file that is applied twice one command.
//!
//! The crate knows no disk, no network and no clock: texts come with a name, and what becomes of a document is the
//! business of whoever applies it. Read [`Document`] first.

pub mod bet;
mod check;
mod document;
mod example;
mod finding;
pub mod flag;
pub mod launch;
mod managed;
mod markdown;
pub mod metric;
mod node;
mod plan;
mod reading;
pub mod rollout;
mod schema;
mod set;
mod shape;
mod words;
mod writing;
mod yaml;

pub use document::{API_VERSION, Document, Kind, Metadata, Spec};
pub use example::example;
pub use finding::{Finding, Path, Place, Problem};
pub use managed::{Door, Hash, ManagedBy, command_id};
pub use plan::{Action, Change, Content, Outcome, Planned, Present, plan};
pub use reading::{LARGEST, Placed, Reading, read};
pub use schema::schema;
pub use set::{Identity, Need, Noun, Part, Set, Thing};
pub use words::{Decimal, Environment, Key, Line, Moment, Name, PersonDays, Reference};
pub use writing::write;
