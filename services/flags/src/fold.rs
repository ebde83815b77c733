//! What the events of flags add up to: the flags as they are to be served.
//!
//! ```text
//!             Created            Exposed, Narrowed
//!   (nothing) ───────> Reachable ─────────────┐
//!                       │   ^  ^──────────────┘
//!                Killed v   │ Revived: nobody is exposed until the next Exposed
//!                      Killed ──── Archived ───> (nothing)
//! ```
//!
//! 1. An event of a type that is not known is skipped and counted.
//! 2. An event of a known type that cannot be read turns its flag off: safety needs no understanding.
//! 3. Of two flags with one key in one scope the older is served, until it is archived.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use verdict_flag_evaluator::{Audience, Bucketing, Compiled, Definition, Share, Unit};
use verdict_kernel::clock::Timestamp;
use verdict_runtime::log::{Position, Recorded};
use verdict_runtime::wire::DecodeError;

use crate::snapshot::{FlagSet, Scope, Served};
use crate::wire::{self, Asked, Change, Created, Exposure};

/// All flags at one position of the log.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flags {
    by_id: BTreeMap<String, Flag>,
    /// Flags by what they are asked for, in the order of their creation.
    by_key: BTreeMap<Scope, BTreeMap<String, Vec<String>>>,
    /// Scopes in which an answer may have changed since the last call of [`Flags::refresh`].
    touched: BTreeSet<Scope>,
    /// Position and time of the last event of a flag.
    pub(crate) changed: Option<(Position, Timestamp)>,
    pub(crate) skipped: u64,
}

/// A narrowing that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Narrowing {
    pub(crate) event: uuid::Uuid,
    pub(crate) flag_id: String,
    pub(crate) version: u32,
    pub(crate) asked: Asked,
}

#[derive(Debug, Clone)]
struct Flag {
    created: Created,
    scope: Scope,
    version: u32,
    exposure: Exposure,
    phase: Phase,
    served: Option<Arc<Served>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Reachable,
    Killed,
    Archived,
}

impl Flags {
    /// Applies the next event of the log; the narrowing in it, if somebody waits for that.
    pub(crate) fn apply(&mut self, event: &Recorded) -> Option<Narrowing> {
        let id = event.stream.strip_prefix(wire::FLAG_STREAMS)?;
        self.changed = Some((event.position.clone(), event.created));
        match wire::change(event) {
            Ok(Change::Unseen) => None,
            Ok(Change::Created(created)) => {
                self.create(id, *created);
                None
            }
            Ok(change) => self.change(id, event, change),
            Err(DecodeError::UnknownType) => {
                self.skipped += 1;
                tracing::warn!(
                    event.kind = %event.event_type,
                    stream = %event.stream,
                    "skipped an event of an unknown type"
                );
                None
            }
            Err(error) => {
                self.skipped += 1;
                tracing::error!(
                    event.kind = %event.event_type,
                    stream = %event.stream,
                    %error,
                    "turned a flag off, because an event of it cannot be read"
                );
                self.edit(id, |flag| flag.phase = Phase::Killed);
                None
            }
        }
    }

    /// Brings `sets` up to date, building anew only the sets in which something changed.
    pub(crate) fn refresh(&mut self, sets: &mut BTreeMap<Scope, Arc<FlagSet>>) {
        for scope in std::mem::take(&mut self.touched) {
            let Some(keys) = self.by_key.get(&scope) else {
                continue;
            };
            let mut set = FlagSet::default();
            for (key, ids) in keys {
                let first = ids
                    .iter()
                    .filter_map(|id| self.by_id.get_key_value(id))
                    .find(|(_, flag)| flag.phase != Phase::Archived)
                    .map(|(id, _)| id.clone());
                if let Some(flag) = first.and_then(|id| self.by_id.get_mut(&id)) {
                    let served = flag.served.get_or_insert_with(|| {
                        Arc::new(serve(&flag.created, flag.version, &flag.exposure, flag.phase))
                    });
                    set.insert(key, Arc::clone(served));
                }
            }
            sets.insert(scope, Arc::new(set));
        }
    }

    fn create(&mut self, id: &str, created: Created) {
        let scope = Scope { org: created.org.clone(), environment: created.environment.clone() };
        let ids = self.by_key.entry(scope.clone()).or_default().entry(created.key.clone()).or_default();
        if !ids.is_empty() {
            tracing::warn!(flag.id = id, flag.key = created.key, "another flag has the same key");
        }
        ids.push(id.to_owned());
        self.touched.insert(scope.clone());
        let flag = Flag {
            created,
            scope,
            version: 0,
            exposure: Exposure::default(),
            phase: Phase::Reachable,
            served: None,
        };
        self.by_id.insert(id.to_owned(), flag);
    }

    fn change(&mut self, id: &str, event: &Recorded, change: Change) -> Option<Narrowing> {
        match change {
            Change::Created(_) | Change::Unseen => {}
            Change::Exposed { version, exposure } => self.edit(id, |flag| {
                flag.version = version;
                flag.exposure = exposure;
            }),
            Change::Narrowed { version, exposure, asked } => {
                self.edit(id, |flag| {
                    flag.version = version;
                    flag.exposure = exposure;
                });
                return asked.map(|asked| Narrowing {
                    event: event.id,
                    flag_id: id.to_owned(),
                    version,
                    asked,
                });
            }
            Change::Killed { version } => self.edit(id, |flag| {
                flag.version = version;
                flag.phase = Phase::Killed;
            }),
            Change::Revived { version } => self.edit(id, |flag| {
                flag.version = version;
                flag.phase = Phase::Reachable;
                flag.exposure = Exposure::default();
            }),
            Change::Archived => self.edit(id, |flag| flag.phase = Phase::Archived),
        }
        None
    }

    /// Nothing brings an archived flag back.
    fn edit(&mut self, id: &str, edit: impl FnOnce(&mut Flag)) {
        if let Some(flag) = self.by_id.get_mut(id).filter(|flag| flag.phase != Phase::Archived) {
            edit(flag);
            flag.served = None;
            self.touched.insert(flag.scope.clone());
        }
    }
}

fn serve(created: &Created, version: u32, exposure: &Exposure, phase: Phase) -> Served {
    let compiled = definition(created, exposure, phase)
        .and_then(|definition| Compiled::new(&definition).map_err(|error| error.to_string()));
    if let Err(why) = &compiled {
        tracing::error!(flag.key = created.key, why, "a flag cannot be served");
    }
    Served { version, compiled }
}

fn definition(created: &Created, exposure: &Exposure, phase: Phase) -> Result<Definition, String> {
    let bucketing = match created.bucketing.as_str() {
        "flagd-v3" => Bucketing::FlagdV3,
        other => return Err(format!("the bucketing '{other}' is not known to this version")),
    };
    let unit = match created.unit.as_str() {
        "" | "targetingKey" => Unit::TargetingKey,
        "accountId" => Unit::AccountId,
        other => Unit::Attribute(other.to_owned()),
    };
    let value = |(name, text): &(String, String)| match serde_json::from_str(text) {
        Ok(value) => Ok((name.clone(), value)),
        Err(error) => Err(format!("the value of variant '{name}' is not JSON: {error}")),
    };
    Ok(Definition {
        key: created.key.clone(),
        salt: created.salt.clone(),
        bucketing,
        variants: created.variants.iter().map(value).collect::<Result<_, String>>()?,
        off_variant: created.off_variant.clone(),
        on_variant: created.on_variant.clone(),
        killed: phase != Phase::Reachable,
        audience: Audience {
            members: exposure.members.clone(),
            accounts: exposure.accounts.clone(),
            matches: exposure.matches.clone(),
            share: Share { basis_points: u16::try_from(exposure.basis_points).unwrap_or(u16::MAX), unit },
        },
    })
}

#[cfg(test)]
mod tests;
