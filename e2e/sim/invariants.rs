//! What must hold after every step, told from the log alone.
//!
//! - I1 nothing raises a held flag, nothing widens on facts that include a failure, and after a rollback nothing
//!   widens before a fresh full soak.
//! - I2 what an edge serves is what the log says up to the edge's position, and that position never goes back.
//! - I3 a command has one effect: no event is in the log twice.
//! - I4 every breach reaches the end of its rollback in time (asked at the end, when faults are over).
//! - I5 a guardrail that the stored observations break is answered with a failure, whichever replica took them (asked
//!   at the end, when the holders of evaluation have had time to compare their windows with the store).
//! - Epochs of a lease never go down within a stream.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;
use verdict_flag_evaluator::{Compiled, Context};
use verdict_flags::{Scope, Snapshot};
use verdict_kernel::clock::plus;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1::CheckState;
use verdict_runtime::log::Recorded;
use verdict_runtime::wire::{Metadata, parse};

use crate::story::{ACCOUNTS, ENVIRONMENT, FLAG, FOR_POINTS, LIMIT, MEMBERS};

/// Users that the served exposure is compared for.
const SAMPLE: u32 = 40;

/// Whom a flag reaches, as the log says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Exposure {
    members: BTreeSet<String>,
    accounts: BTreeSet<String>,
    percent: u32,
}

impl Exposure {
    fn of(audience: Option<rollouts::Audience>) -> Self {
        let audience = audience.unwrap_or_default();
        Self {
            members: audience.members.into_iter().collect(),
            accounts: audience.accounts.into_iter().collect(),
            percent: audience.percent.unwrap_or_default(),
        }
    }

    fn is_within(&self, other: &Self) -> bool {
        self.members.is_subset(&other.members)
            && self.accounts.is_subset(&other.accounts)
            && self.percent <= other.percent
    }
}

#[derive(Debug, Clone, Default)]
struct Flag {
    exposure: Exposure,
    held: bool,
}

#[derive(Debug, Clone, Default)]
struct Rollout {
    stages: Vec<rollouts::Stage>,
    stage: Option<usize>,
    attempt: u32,
    /// Set from the request of a rollback until the rollout goes on.
    rolled_back: bool,
    /// Before this nothing may widen: the fresh soak after a rollback.
    not_before: Option<Timestamp>,
}

/// A breach on its way to the end of its rollback.
#[derive(Debug, Clone)]
pub(crate) struct Breach {
    pub(crate) rollout: String,
    pub(crate) attempt: u32,
}

/// The independent fold of the log.
#[derive(Default)]
pub(crate) struct Watcher {
    seen: HashSet<Uuid>,
    epochs: HashMap<(String, String), u32>,
    flags: BTreeMap<String, Flag>,
    rollouts: BTreeMap<String, Rollout>,
    /// Commit position and exposure after it, of the one flag of the story.
    history: Vec<(u64, Exposure)>,
    pub(crate) breaches: Vec<Breach>,
    pub(crate) rolled_back: BTreeSet<(String, u32)>,
    pub(crate) commands: HashSet<String>,
    /// Whether a guardrail is armed, and whether its last answer is a failure.
    guardrail: (bool, bool),
    served: HashMap<usize, u64>,
}

impl Watcher {
    /// Looks at one more event. An error is a broken invariant.
    pub(crate) fn see(&mut self, event: &Recorded) -> Result<(), String> {
        if !self.seen.insert(event.id) {
            return Err(format!(
                "I3: event {} is in the log twice ({}/{})",
                event.id, event.stream, event.revision
            ));
        }
        let housekeeping = event.stream.contains(".checkpoint-") || event.stream.contains(".lease-");
        if !housekeeping {
            let metadata = Metadata::of(event).map_err(|error| error.to_string())?;
            self.fenced(event, &metadata)?;
            self.commands.insert(metadata.command_id);
        }
        let id = event.stream.split_once('-').map_or("", |(_, id)| id).to_owned();
        self.flag(&id, event)?;
        self.rollout(&id, event)
    }

    fn fenced(&mut self, event: &Recorded, metadata: &Metadata) -> Result<(), String> {
        let (Some(lease), Some(epoch)) = (&metadata.lease, metadata.epoch) else {
            return Ok(());
        };
        let highest = self.epochs.entry((event.stream.to_string(), lease.clone())).or_default();
        if epoch < *highest {
            return Err(format!("fencing: epoch {epoch} of {lease} after {highest} in {}", event.stream));
        }
        *highest = epoch;
        Ok(())
    }

    fn flag(&mut self, id: &str, event: &Recorded) -> Result<(), String> {
        let flag = self.flags.entry(id.to_owned()).or_default();
        match &*event.event_type {
            "rollouts.Flag.ExposureChanged.v1" => {
                let changed: rollouts::ExposureChanged = read(event)?;
                let next = Exposure::of(changed.audience);
                if flag.held && !next.is_within(&flag.exposure) {
                    return Err(format!("I1: a held flag was raised from {:?} to {next:?}", flag.exposure));
                }
                flag.exposure = next;
            }
            "rollouts.Flag.ExposureNarrowed.v1" => {
                let narrowed: rollouts::ExposureNarrowed = read(event)?;
                let next = Exposure::of(narrowed.audience);
                if !next.is_within(&flag.exposure) {
                    return Err(format!("I1: a narrow widened from {:?} to {next:?}", flag.exposure));
                }
                flag.exposure = next;
                flag.held |= narrowed.hold.unwrap_or_default();
            }
            "rollouts.Flag.HoldReleased.v1" => flag.held = false,
            "rollouts.Flag.FlagKilled.v1" | "rollouts.Flag.FlagRevived.v1" => {
                flag.exposure = Exposure::default();
            }
            _ => return Ok(()),
        }
        self.history.push((event.position.commit, flag.exposure.clone()));
        Ok(())
    }

    fn rollout(&mut self, id: &str, event: &Recorded) -> Result<(), String> {
        match &*event.event_type {
            "metrics.Guardrail.GuardrailArmed.v1" => self.guardrail.0 = true,
            "metrics.Guardrail.GuardrailDisarmed.v1" => self.guardrail.0 = false,
            "metrics.Guardrail.GuardrailAnswerChanged.v1" => {
                let changed: metrics::GuardrailAnswerChanged = read(event)?;
                self.guardrail.1 = changed.state() == CheckState::Fail;
            }
            "metrics.Guardrail.GuardrailBreached.v1" => {
                let breached: metrics::GuardrailBreached = read(event)?;
                let (rollout, attempt) = (breached.rollout_id().to_owned(), breached.attempt());
                self.breaches.push(Breach { rollout, attempt });
                return Ok(());
            }
            name if !name.starts_with("rollouts.Rollout.") => return Ok(()),
            _ => {}
        }
        let rollout = self.rollouts.entry(id.to_owned()).or_default();
        match &*event.event_type {
            "rollouts.Rollout.RolloutPlanned.v1" => {
                rollout.stages = read::<rollouts::RolloutPlanned>(event)?.stages;
            }
            "rollouts.Rollout.StageEntered.v1" => entered(rollout, &read(event)?)?,
            "rollouts.Rollout.RollbackRequested.v1" => rollout.rolled_back = true,
            "rollouts.Rollout.RolledBack.v1" => {
                self.rolled_back.insert((id.to_owned(), rollout.attempt));
            }
            "rollouts.Rollout.RolloutResumed.v1" => {
                let resumed: rollouts::RolloutResumed = read(event)?;
                let at: Timestamp = resumed.at().parse().map_err(|_| "resumed without a time".to_owned())?;
                rollout.stage = index(rollout, resumed.stage());
                rollout.attempt = resumed.attempt();
                let soak = rollout.stage.map_or(0, |stage| rollout.stages[stage].min_soak_seconds());
                rollout.not_before = Some(plus(at, Duration::from_secs(soak.into())));
                rollout.rolled_back = false;
            }
            _ => {}
        }
        Ok(())
    }

    /// Holds what edge number `edge` serves against the log.
    pub(crate) fn served(&mut self, edge: usize, snapshot: &Snapshot) -> Result<(), String> {
        let commit = snapshot.position.as_ref().map_or(0, |position| position.commit);
        let before = self.served.insert(edge, commit).unwrap_or_default();
        if commit < before {
            return Err(format!("I2: edge {edge} went back from {before} to {commit}"));
        }
        let scope = Scope { org: "default".to_owned(), environment: ENVIRONMENT.to_owned() };
        let Some(flag) = snapshot.get(&scope, FLAG) else {
            return Ok(());
        };
        let compiled =
            flag.compiled.as_ref().map_err(|error| format!("I2: the flag cannot be served: {error}"))?;
        let exposure = self.history.iter().rev().find(|(at, _)| *at <= commit).map(|(_, e)| e.clone());
        let exposure = exposure.unwrap_or_default();
        for user in 0..SAMPLE {
            let member = MEMBERS[user as usize % MEMBERS.len()];
            let key = if user % 4 == 0 { member.to_owned() } else { format!("user-{user}") };
            let account = ACCOUNTS.get(user as usize).copied().unwrap_or("elsewhere");
            let wanted = exposure.members.contains(&key)
                || exposure.accounts.contains(account)
                || bucket(&key) < exposure.percent;
            let found = is_on(compiled, &key, account);
            if found != wanted {
                return Err(format!(
                    "I2: edge {edge} at {commit} serves {key}/{account} {found}, the log says {wanted}"
                ));
            }
        }
        Ok(())
    }

    /// Holds the one guardrail of the story against the last values that are stored, oldest first.
    pub(crate) fn judged(&self, values: &[f64]) -> Result<(), String> {
        let fails = values.len() == usize::from(FOR_POINTS) && values.iter().all(|value| *value < LIMIT);
        match self.guardrail {
            (true, false) if fails => {
                Err(format!("I5: {values:?} are stored and nobody answered with a failure"))
            }
            _ => Ok(()),
        }
    }

    /// Breaches whose rollback has not come to its end.
    pub(crate) fn open(&self) -> Vec<Breach> {
        let is_open = |breach: &&Breach| {
            let ends = self.rolled_back.range((breach.rollout.clone(), breach.attempt)..);
            !ends.into_iter().any(|(rollout, _)| *rollout == breach.rollout)
        };
        self.breaches.iter().filter(is_open).cloned().collect()
    }
}

fn read<M: for<'de> serde::Deserialize<'de>>(event: &Recorded) -> Result<M, String> {
    parse(&event.data).map_err(|error| format!("{}: {error}", event.event_type))
}

fn index(rollout: &Rollout, stage: &str) -> Option<usize> {
    rollout.stages.iter().position(|candidate| candidate.name() == stage)
}

fn entered(rollout: &mut Rollout, entered: &rollouts::StageEntered) -> Result<(), String> {
    let next = index(rollout, entered.stage());
    let at: Timestamp = entered.at().parse().map_err(|_| "a stage was entered without a time".to_owned())?;
    if next > rollout.stage && rollout.stage.is_some() {
        if let Some(fact) = entered.facts.iter().find(|fact| fact.state() != CheckState::Pass) {
            return Err(format!("I1: widened to {} on {fact:?}", entered.stage()));
        }
        if rollout.rolled_back {
            return Err(format!("I1: widened to {} in a rollback", entered.stage()));
        }
        if rollout.not_before.is_some_and(|not_before| at < not_before) {
            return Err(format!("I1: widened to {} without a fresh full soak", entered.stage()));
        }
    }
    rollout.stage = next;
    rollout.attempt = entered.attempt();
    rollout.not_before = None;
    Ok(())
}

fn is_on(compiled: &Compiled, key: &str, account: &str) -> bool {
    let attributes = serde_json::json!({ "targetingKey": key, "accountId": account });
    let attributes = attributes.as_object().cloned().unwrap_or_default();
    compiled.evaluate(Context::of(&attributes)).variant == "on"
}

/// The bucket of a user in basis points, by the evaluator's own bucketing.
fn bucket(key: &str) -> u32 {
    crate::story::bucket(key)
}
