//! The rim of the rollback: breaches come from the metrics context, confirmations from the edges.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use verdict_kernel::clock::Clock;
use verdict_kernel::id::FlagId;
use verdict_metrics_wire::guardrail::GuardrailWire;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::edge::{self, Confirmation};
use verdict_rollouts_domain::processes::guardrail_rollback::{
    Action, Attempt, Breach, Fact, GuardrailRollback,
};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, Repository};
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::{Filter, Log, Recorded};
use verdict_runtime::process::{Facts, Live, Performed, Rim};
use verdict_stored::{DecodeError, Metadata, parse, parsed, required};

use crate::outline::{Outline, ROLLOUTS, goes_on_with, left_behind};
use crate::seats::roster::{self, EDGES, Roster};

mod facts;
mod steps;
#[cfg(test)]
mod tests;

const GUARDRAILS: &str = "metrics.guardrail-";
/// The cause of a rollback that this process itself requested.
const BY_GUARDRAIL: &str = "guardrail_breached";

/// Rollouts whose flag is remembered.
const KNOWN: usize = 1_000;

/// Where the steps go.
#[derive(Clone)]
pub struct Services {
    pub flags: Transport,
    pub rollouts: Transport,
    pub metrics: Transport,
    pub gtm: Transport,
    pub bets: Transport,
}

/// The rim of [`GuardrailRollback`].
pub struct GuardrailRollbackRim {
    services: Services,
    log: Log,
    clock: Arc<dyn Clock>,
    flags_read: Repository<FlagWire>,
    /// Flags by rollout: a memory of what [`Outline::read`] said, emptied when it is full.
    flags: Mutex<BTreeMap<String, FlagId>>,
    roster: Roster,
}

impl GuardrailRollbackRim {
    pub fn new(services: Services, log: Log, clock: Arc<dyn Clock>) -> Self {
        Self {
            services,
            flags_read: Repository::new(log.clone(), clock.clone()),
            flags: Mutex::default(),
            roster: Roster::new(log.clone(), clock.clone()),
            log,
            clock,
        }
    }

    /// The breach that an event of the metrics context reports.
    async fn breach(&self, event: &Recorded) -> Result<Breach, Fault> {
        let unreadable = |error: DecodeError| event.unreadable(&error);
        let message: metrics::GuardrailBreached = parse(&event.data).map_err(unreadable)?;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let rollout = required(given(&message.rollout_id), "rolloutId").map_err(unreadable)?;
        // The breach names the flag; one that does not is completed from the rollout. Whether there is a way back only the
        // rollout says.
        let outline = match given(&message.flag_id) {
            Some(_) => Outline::read_for_safety(&self.log, &rollout).await?,
            None => Outline::read(&self.log, &rollout).await?,
        };
        let read = || -> Result<Breach, DecodeError> {
            let flag = given(&message.flag_id).map(|flag| parsed(Some(&flag), "flagId"));
            let bet = given(&message.bet_id).map(|bet| parsed(Some(&bet), "betId"));
            let stage = required(given(&message.stage), "stage")?;
            Ok(Breach {
                event: event.id,
                of: Attempt {
                    rollout: parsed(Some(&rollout), "rolloutId")?,
                    flag: required(flag.transpose()?.or(outline.flag), "flagId")?,
                    bet: bet.transpose()?.or(outline.bet),
                    stage_index: outline.index(&stage, message.stage_index.unwrap_or_default()),
                    class: outline.class(&stage),
                    stage,
                    attempt: required(message.attempt, "attempt")?,
                },
                guardrail: event.stream.trim_start_matches(GUARDRAILS).to_owned(),
                metric: message.metric.clone().unwrap_or_default(),
                critical: message.critical.unwrap_or_default(),
                holds_only: message.effect == Some(metrics::GuardrailEffect::Hold.into()),
                irreversible: outline.is_irreversible(),
                at: parse::<Metadata>(&event.metadata)?.at,
            })
        };
        read().map_err(unreadable)
    }

    /// The rollback that a person asked for, or that a lost watch led to; `None` when a guardrail broke, because
    /// then the breach itself is known.
    async fn requested(&self, event: &Recorded, rollout: &str) -> Result<Option<Breach>, Fault> {
        let message: pb::RollbackRequested = parse(&event.data).map_err(|error| event.unreadable(&error))?;
        if message.cause.as_deref() == Some(BY_GUARDRAIL) {
            return Ok(None);
        }
        let outline = Outline::read(&self.log, rollout).await?;
        let read = || -> Result<Breach, DecodeError> {
            let stage = message.stage.clone().filter(|stage| !stage.is_empty());
            let stage = stage.unwrap_or_else(|| outline.stage.clone());
            Ok(Breach {
                // What the rollout knows the cause by, so that a resume can release the hold.
                event: message.breach().parse().unwrap_or(event.id),
                of: Attempt {
                    rollout: parsed(Some(rollout), "stream")?,
                    flag: required(outline.flag, "flagId")?,
                    bet: outline.bet,
                    stage_index: outline.index(&stage, 0),
                    class: outline.class(&stage),
                    stage,
                    attempt: message.attempt.unwrap_or(outline.attempt),
                },
                guardrail: String::new(),
                metric: String::new(),
                critical: message.critical.unwrap_or_default(),
                holds_only: false,
                // Whoever asks for it was asked whether to (rule R26).
                irreversible: false,
                at: parse::<Metadata>(&event.metadata)?.at,
            })
        };
        read().map(Some).map_err(|error| event.unreadable(&error))
    }

    /// The live subjects that wait for `served`: those of its rollout, and all that took back the same flag, because a
    /// later version of a flag is served in place of every earlier one, and a kill names no rollout.
    async fn waiting_for(&self, live: Live<'_>, served: &Confirmation) -> Result<Vec<String>, Fault> {
        let named = served.rollout.map(|rollout| rollout.to_string());
        let mut waiting = Vec::new();
        for subject in live.all() {
            let rollout = subject.split('/').next().unwrap_or_default();
            if named.as_deref() == Some(rollout) || self.flag_of(rollout).await? == Some(served.flag) {
                waiting.push(subject.clone());
            }
        }
        Ok(waiting)
    }

    /// The flag of a rollout, which never changes; `None` where its stream does not say.
    async fn flag_of(&self, rollout: &str) -> Result<Option<FlagId>, Fault> {
        if let Some(flag) = self.known_flags().get(rollout) {
            return Ok(Some(*flag));
        }
        let flag = match Outline::read(&self.log, rollout).await {
            Ok(outline) => outline.flag,
            Err(fault @ Fault::Unreadable { .. }) => {
                tracing::warn!(rollout.id = rollout, error = %fault, "the flag of a rollout is not known");
                None
            }
            Err(fault) => return Err(fault),
        };
        if let Some(flag) = flag {
            let mut known = self.known_flags();
            if known.len() >= KNOWN {
                known.clear();
            }
            known.insert(rollout.to_owned(), flag);
        }
        Ok(flag)
    }

    fn known_flags(&self) -> MutexGuard<'_, BTreeMap<String, FlagId>> {
        self.flags.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One instance looks after one stage attempt.
fn subject(of: &Attempt) -> String {
    format!("{}/{}/{}", of.rollout, of.stage, of.attempt)
}

impl Rim<GuardrailRollback> for GuardrailRollbackRim {
    type Wire = facts::GuardrailRollbackWire;

    const CONTEXT: &'static str = "rollouts";

    fn interests() -> Filter {
        Filter::prefixes([GUARDRAILS, EDGES, ROLLOUTS])
    }

    async fn facts(&self, event: &Recorded, live: Live<'_>) -> Result<Facts<GuardrailRollback>, Fault> {
        if &*event.event_type == GuardrailWire::GuardrailBreached {
            let breach = self.breach(event).await?;
            return Ok(vec![(subject(&breach.of), Fact::BreachNoted(breach))]);
        }
        if let Some(rollout) = event.stream.strip_prefix(ROLLOUTS) {
            if &*event.event_type == RolloutWire::RollbackRequested {
                let breach = self.requested(event, rollout).await?;
                let noted = breach.map(|breach| (subject(&breach.of), Fact::BreachNoted(breach)));
                return Ok(noted.into_iter().collect());
            }
            let attempt = goes_on_with(event)?.unwrap_or_default();
            let over =
                left_behind(live, rollout, attempt).map(|subject| (subject.clone(), Fact::AttemptOver));
            return Ok(over.collect());
        }
        if live.is_empty() {
            return Ok(Vec::new());
        }
        let Some((edge, change)) = roster::change(event).map_err(|error| event.unreadable(&error))? else {
            return Ok(Vec::new());
        };
        Ok(match change {
            edge::Event::Joined { .. } => Vec::new(),
            edge::Event::Left | edge::Event::Lost => {
                live.all().map(|subject| (subject.clone(), Fact::EdgeGone(edge))).collect()
            }
            edge::Event::ServedConfirmed(served) => {
                let flag_version = served.flag_version;
                let waiting = self.waiting_for(live, &served).await?;
                waiting.into_iter().map(|subject| (subject, Fact::Served { edge, flag_version })).collect()
            }
        })
    }

    async fn perform(&self, envelope: Envelope, action: &Action) -> Result<Performed<Fact>, Fault> {
        self.send(envelope, action).await
    }
}
