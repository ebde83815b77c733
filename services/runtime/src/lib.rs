//! What every service runs on: ports for the log and the bus, how commands execute, how the log
//! is followed, and how a role starts and stops. It knows no product rule and no adapter to a real server.
//!
//! Four rooms, each of which rests on those before it; tests and the suites of contracts apart. A module is named without
//! its room: `verdict_runtime::log`.
//!
//! | room | what is in it |
//! |---|---|
//! | `ports` | [`log`], [`bus`], [`observations`], [`source`], [`clock`]; [`ids`], [`task`], [`fault`], [`problem`] |
//! | `chassis` | [`execute`] and what it remembers, [`naming`], [`component`], [`process`], [`projection`], [`directory`], [`following`], [`checkpoint`], [`housekeeping`], [`log_clock`]; calls: [`desk`], [`reading`], [`fields`], [`grpc`], [`telemetry`] |
//! | `distribution` | [`lease`], [`seat`], [`shard`], [`route`], [`relay`] |
//! | `host` | [`run`], [`roles`], [`context`], [`shutdown`], [`wake`], [`http`], [`socket`], [`config`] |
//!
//! Read [`log`] and [`execute`] first.

mod chassis;
mod distribution;
mod host;
mod ports;

use chassis::term;
pub use chassis::{
    checkpoint, component, desk, directory, execute, fields, following, grpc, housekeeping, log_clock,
    naming, process, projection, reading, telemetry,
};
pub use distribution::{lease, relay, route, seat, shard};
pub use host::{config, context, http, roles, run, shutdown, socket, wake};
pub use ports::{bus, clock, fault, ids, log, observations, problem, source, task};
