//! What edges serve, held against the log.

use std::collections::BTreeMap;
use std::sync::Arc;

use verdict_flag_evaluator::{Compiled, Context};
use verdict_flags::{Scope, Snapshot};

use super::flag::Flag;
use super::{Exposure, Watcher};
use crate::story::{ACCOUNTS, ENVIRONMENT, MEMBERS, bucket};

/// Users that the served exposure is compared for.
const SAMPLE: usize = 40;

/// What an edge shows.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// Where it stands; 0 = nowhere yet.
    commit: u64,
    /// Where it or the one before it stood.
    floor: u64,
    /// Users by the key of the flag, a bit each.
    users: BTreeMap<String, u64>,
    /// What it showed at most when the log went back.
    bounds: Option<BTreeMap<String, u64>>,
    /// What was looked at last, by the key of the flag.
    seen: BTreeMap<String, Seen>,
    /// Keeps what was seen where it is.
    snapshot: Option<Arc<Snapshot>>,
}

/// Where what is served of a flag lies, how much of the log it has to fit, and whether it is bounded. As long as nothing
/// of it changes there is nothing to look at again.
type Seen = (usize, Option<usize>, bool);

impl Shown {
    pub(super) fn goes_back(&mut self) {
        self.floor = 0;
        self.seen.clear();
        // One that served nothing yet remembers nothing.
        if std::mem::take(&mut self.commit) == 0 {
            return;
        }
        let bounds = self.bounds.get_or_insert_default();
        for (key, users) in &self.users {
            *bounds.entry(key.clone()).or_insert(u64::MAX) &= users;
        }
    }
}

/// A user, and whether somebody serves it.
fn users(is_served: impl Fn(&str, &str) -> bool) -> u64 {
    let served = (0..SAMPLE).filter(|&user| {
        let member = MEMBERS[user % MEMBERS.len()];
        let key = if user % 4 == 0 { member.to_owned() } else { format!("user-{user}") };
        is_served(&key, ACCOUNTS.get(user).copied().unwrap_or("elsewhere"))
    });
    served.fold(0, |users, user| users | 1 << user)
}

impl Exposure {
    fn users(&self, flag: &str) -> u64 {
        users(|key, account| {
            self.members.contains(key) || self.accounts.contains(account) || bucket(flag, key) < self.percent
        })
    }
}

impl Watcher {
    /// The edge of the replica is another one.
    pub(crate) fn forgets(&mut self, edge: usize) {
        if let Some(shown) = self.shown.get_mut(&edge) {
            *shown = Shown { floor: shown.floor, ..Shown::default() };
        }
    }

    /// Holds what edge number `edge` serves against the log with the id `log`.
    pub(crate) fn served(&mut self, edge: usize, log: &str, snapshot: Arc<Snapshot>) -> Result<(), String> {
        let is_of_another =
            snapshot.former || snapshot.position.as_ref().is_some_and(|position| *position.log_id != *log);
        let commit = snapshot.position.as_ref().map_or(0, |position| position.commit);
        let mut shown = self.shown.remove(&edge).unwrap_or_default();
        if !is_of_another {
            if commit < shown.floor {
                return Err(format!("S2: edge {edge} went back from {} to {commit}", shown.floor));
            }
            (shown.floor, shown.commit) = (commit, commit);
        }
        let scope = Scope { org: "default".to_owned(), environment: ENVIRONMENT.to_owned() };
        for flag in self.flags.values() {
            let Some(served) = snapshot.get(&scope, &flag.key) else {
                shown.seen.remove(&flag.key);
                continue;
            };
            let is_bounded = shown.bounds.is_some() && !flag.was_raised;
            let fits = (!is_of_another).then(|| flag.history.iter().filter(|(at, _)| *at <= commit).count());
            let seen = (std::ptr::from_ref(served).addr(), fits, is_bounded);
            if shown.seen.insert(flag.key.clone(), seen) == Some(seen) {
                continue;
            }
            let compiled = served
                .compiled
                .as_ref()
                .map_err(|error| format!("S2: the flag cannot be served: {error}"))?;
            let found = users(|key, account| is_on(compiled, key, account));
            shown.users.insert(flag.key.clone(), found);
            let bound = shown.bounds.as_ref().map(|bounds| bounds.get(&flag.key).copied().unwrap_or(0));
            match bound.filter(|_| !flag.was_raised) {
                Some(bound) if found & !bound != 0 => {
                    return Err(format!(
                        "S10: edge {edge} serves {found:#b} of {}, before the log went back {bound:#b}",
                        flag.key
                    ));
                }
                _ => {}
            }
            if !is_of_another {
                let wanted = exposure_at(flag, commit).users(&flag.key);
                let is_right = if bound.is_some() { found & !wanted == 0 } else { found == wanted };
                if !is_right {
                    return Err(format!(
                        "S2: edge {edge} at {commit} serves {found:#b} of {}, the log says {wanted:#b}",
                        flag.key
                    ));
                }
            }
        }
        shown.snapshot = Some(snapshot);
        self.shown.insert(edge, shown);
        Ok(())
    }
}

fn exposure_at(flag: &Flag, commit: u64) -> Exposure {
    flag.history.iter().rev().find(|(at, _)| *at <= commit).map(|(_, e)| e.clone()).unwrap_or_default()
}

fn is_on(compiled: &Compiled, key: &str, account: &str) -> bool {
    let attributes = serde_json::json!({ "targetingKey": key, "accountId": account });
    let attributes = attributes.as_object().cloned().unwrap_or_default();
    compiled.evaluate(Context::of(&attributes)).variant == "on"
}
