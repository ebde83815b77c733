//! What the events of flags add up to: the flags as they are to be served.
//!
//! ```text
//!             Created            Exposed, Narrowed
//!   (nothing) ───────> Reachable ─────────────┐
//!                       │   ^  ^──────────────┘
//!                Killed v   │ Revived: nobody is exposed until the next Exposed, unless it undoes the kill
//!                      Killed ──── Archived ───> (nothing)
//! ```
//!
//! 1. An event of a type that is not known is skipped and counted.
//! 2. An event of a known type that cannot be read turns its flag off: safety needs no understanding.
//! 3. Of two flags with one key in one scope the older is served, until it is archived.
//! 4. Over a log that went back a flag takes in whom it took in before and takes in now, see [`bounds`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bounds::Bound;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use verdict_flag_evaluator::{Audience, Bucketing, Compiled, Definition, Match, Share, Unit};
use verdict_kernel::clock::Timestamp;
use verdict_runtime::log::{Position, Recorded};
use verdict_stored::DecodeError;

use crate::snapshot::{FlagSet, Scope, Served};
use crate::wire::{self, Asked, Change, Created, Exposure, Placed};

pub(crate) mod bounds;
pub(crate) mod kept;

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

/// A narrowing or a kill that somebody may wait for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Narrowing {
    pub(crate) event: uuid::Uuid,
    pub(crate) flag_id: String,
    pub(crate) version: u32,
    pub(crate) asked: Asked,
}

#[derive(Debug, Clone)]
struct Flag {
    created: Arc<Created>,
    scope: Scope,
    version: u32,
    exposure: Arc<Exposure>,
    placed: Option<Placed>,
    phase: Phase,
    /// The newest narrowing or kill that somebody may wait for.
    narrowed: Option<Narrowing>,
    /// What it showed over logs that went back since.
    bounds: Vec<Bound>,
    served: Option<Arc<Served>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    Reachable,
    Killed,
    Archived,
}

impl Flags {
    /// Applies the next event of the log; the narrowing or kill in it, for somebody may wait for that.
    pub(crate) fn apply(&mut self, event: &Recorded) -> Option<Narrowing> {
        let id = event.stream.strip_prefix(wire::FLAG_STREAMS)?;
        self.changed = Some((event.position.clone(), event.created));
        let narrowing = self.take_in(id, event);
        if let Some(flag) = self.by_id.get_mut(id).filter(|_| narrowing.is_some()) {
            flag.narrowed.clone_from(&narrowing);
        }
        narrowing
    }

    /// The newest narrowing or kill of each flag: what was kept is no news to whoever begins with it, and is confirmed all
    /// the same.
    pub(crate) fn narrowings(&self) -> impl Iterator<Item = &Narrowing> {
        self.by_id.values().filter_map(|flag| flag.narrowed.as_ref())
    }

    fn take_in(&mut self, id: &str, event: &Recorded) -> Option<Narrowing> {
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
            let mut set = BTreeMap::new();
            for (key, ids) in keys {
                let is_there =
                    |id: &&String| self.by_id.get(*id).is_some_and(|flag| flag.phase != Phase::Archived);
                let first = ids.iter().find(is_there);
                if let Some((id, flag)) = first.and_then(|id| Some((id, self.by_id.get_mut(id)?))) {
                    let served = flag.served.take().unwrap_or_else(|| Arc::new(serve(id, flag)));
                    flag.served = Some(Arc::clone(&served));
                    set.insert(key.as_str().into(), served);
                }
            }
            sets.insert(scope, Arc::new(FlagSet::of(set)));
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
        self.by_id.insert(id.to_owned(), Flag::new(created, scope));
    }

    fn change(&mut self, id: &str, event: &Recorded, change: Change) -> Option<Narrowing> {
        match change {
            Change::Created(_) | Change::Unseen => {}
            Change::Exposed { version, exposure, placed } => self.edit(id, |flag| {
                flag.version = version;
                flag.exposure = Arc::new(exposure);
                flag.placed = placed;
            }),
            Change::Narrowed { version, exposure, asked } => {
                self.edit(id, |flag| {
                    flag.version = version;
                    flag.exposure = Arc::new(exposure);
                    if let Some(placed) = &mut flag.placed {
                        placed.leave_stage();
                    }
                });
                return asked.map(|asked| Narrowing {
                    event: event.id,
                    flag_id: id.to_owned(),
                    version,
                    asked,
                });
            }
            Change::Killed { version } => {
                self.edit(id, |flag| {
                    flag.version = version;
                    flag.phase = Phase::Killed;
                });
                let asked = Asked::default();
                return Some(Narrowing { event: event.id, flag_id: id.to_owned(), version, asked });
            }
            Change::Revived { version, exposure, placed } => self.edit(id, |flag| {
                flag.version = version;
                flag.phase = Phase::Reachable;
                flag.exposure = Arc::new(exposure);
                flag.placed = placed;
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

impl Flag {
    fn new(created: Created, scope: Scope) -> Self {
        Self {
            created: Arc::new(created),
            scope,
            version: 0,
            exposure: Arc::default(),
            placed: None,
            phase: Phase::Reachable,
            narrowed: None,
            bounds: Vec::new(),
            served: None,
        }
    }
}

fn serve(id: &str, flag: &Flag) -> Served {
    let compiled = compiled(&flag.created, &flag.exposure, flag.phase != Phase::Reachable);
    let compiled =
        flag.bounds.iter().fold(compiled, |narrower, bound| Ok(narrower?.bounded_by(bound.compiled()?)));
    if let Err(why) = &compiled {
        tracing::error!(flag.key = flag.created.key, why, "a flag cannot be served");
    }
    let Flag { created, exposure, phase, bounds, version, placed, .. } = flag;
    let parts = serde_json::to_vec(&(id, version, &**created, &**exposure, phase, placed, bounds));
    let digest = Sha256::digest(parts.unwrap_or_default()).into();
    Served { id: id.to_owned(), version: *version, compiled, placed: placed.clone(), digest }
}

fn compiled(created: &Created, exposure: &Exposure, killed: bool) -> Result<Compiled, String> {
    Compiled::new(&definition(created, exposure, killed)?).map_err(|error| error.to_string())
}

fn definition(created: &Created, exposure: &Exposure, killed: bool) -> Result<Definition, String> {
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
        killed,
        audience: Audience {
            members: exposure.members.clone(),
            accounts: exposure.accounts.clone(),
            matches: exposure.matches.iter().map(matching).collect(),
            share: Share { basis_points: u16::try_from(exposure.basis_points).unwrap_or(u16::MAX), unit },
        },
    })
}

fn matching(rule: &wire::Rule) -> Match {
    Match { attribute: rule.attribute.clone(), any_of: rule.any_of() }
}

#[cfg(test)]
mod tests;
