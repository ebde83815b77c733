//! The chassis that every service runs on: ports for the log and the bus, how commands execute, how the log
//! is followed, and how a role starts and stops. It knows no product rule and no adapter to a real server.
//!
//! Four rooms, each of which rests on those before it:
//!
//! | room | what is in it |
//! |---|---|
//! | ports | [`log`], [`bus`], [`clock`] |
//! | event sourcing | [`execute`] and what it remembers, [`naming`], [`process`], [`projection`], [`directory`], [`following`], [`checkpoint`], [`desk`], [`reading`], [`fields`] |
//! | several replicas | [`lease`], [`seat`], [`shard`], [`route`], [`relay`], [`wake`], [`housekeeping`] |
//! | host | [`component`], [`run`], [`roles`], [`context`], [`shutdown`], [`task`], [`http`], [`grpc`], [`problem`], [`socket`], [`telemetry`], [`config`], [`ids`] |
//!
//! Read [`log`] and [`execute`] first.

pub mod bus;
pub mod checkpoint;
pub mod clock;
pub mod component;
pub mod config;
pub mod context;
pub mod desk;
pub mod directory;
pub mod execute;
pub mod fields;
pub mod following;
pub mod grpc;
pub mod housekeeping;
pub mod http;
pub mod ids;
pub mod lease;
pub mod log;
pub mod naming;
pub mod problem;
pub mod process;
pub mod projection;
pub mod reading;
pub mod relay;
pub mod roles;
pub mod route;
pub mod run;
pub mod seat;
pub mod shard;
pub mod shutdown;
pub mod socket;
pub mod task;
pub mod telemetry;
pub mod wake;
