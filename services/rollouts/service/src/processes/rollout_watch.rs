//! The rim of the watch: losses and restorations come from the rollout itself.

use jiff::SignedDuration;
use std::time::Duration;

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::processes::rollout_watch::{Action, Fact, Loss, RolloutWatch};
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::{Filter, Log, Recorded};
use verdict_runtime::process::{Facts, Live, Performed, Rim};
use verdict_stored::field::{Maybe, Plain, Shown};
use verdict_stored::{DecodeError, Metadata, facts, parse, parsed, required};

use super::telling::{FlagCommand, RolloutCommand, tell_flag, tell_rollout};
use crate::outline::{Outline, ROLLOUTS, goes_on_with, left_behind};

#[cfg(test)]
mod tests;

/// The rim of [`RolloutWatch`].
pub struct RolloutWatchRim {
    /// Where the steps go.
    pub flags: Transport,
    pub rollouts: Transport,
    pub log: Log,
    /// Length of the second period.
    pub period: Duration,
}

impl RolloutWatchRim {
    async fn loss(&self, event: &Recorded, rollout: &str) -> Result<Loss, Fault> {
        let outline = Outline::read(&self.log, rollout).await?;
        let read = || -> Result<Loss, DecodeError> {
            let lost: pb::WatchLost = parse(&event.data)?;
            let at = parse::<Metadata>(&event.metadata)?.at;
            let period = SignedDuration::try_from(self.period).unwrap_or(SignedDuration::MAX);
            Ok(Loss {
                event: event.id,
                rollout: parsed(Some(rollout), "stream")?,
                flag: required(outline.flag, "flagId")?,
                stage_index: outline.index(&outline.stage, 0),
                stage: outline.stage.clone(),
                attempt: required(lost.attempt, "attempt")?,
                // Where there is no way back it stays paused (rule R26).
                narrow_at: (outline.narrows_when_blind && !outline.is_irreversible())
                    .then(|| at.saturating_add(period).unwrap_or(jiff::Timestamp::MAX)),
            })
        };
        read().map_err(|error| event.unreadable(&error))
    }
}

facts! {
    /// The facts of [`RolloutWatch`] as they are stored.
    pub RolloutWatchWire: RolloutWatch, Fact in "rollouts.RolloutWatch", messages of pb;
    [LostNoted(Loss {
        event, rollout, flag, stage, stage_index, attempt, narrow_at
    })] = LostNoted.v1 of RolloutWatchLostNoted {
        rollout_id: rollout as Shown, flag_id: flag as Shown, stage: stage as Plain, stage_index: stage_index as Plain,
        attempt: attempt as Plain, cause: event as Shown, narrow_at: narrow_at as Maybe<Shown>,
    }
    [RestoredNoted] = RestoredNoted.v1 of RolloutWatchRestoredNoted {}
    [AttemptOver] = AttemptOver.v1 of RolloutWatchAttemptOver {}
}

impl Rim<RolloutWatch> for RolloutWatchRim {
    type Wire = RolloutWatchWire;

    const CONTEXT: &'static str = "rollouts";

    fn interests() -> Filter {
        Filter::prefixes([ROLLOUTS])
    }

    async fn facts(&self, event: &Recorded, live: Live<'_>) -> Result<Facts<RolloutWatch>, Fault> {
        let Some(rollout) = event.stream.strip_prefix(ROLLOUTS) else {
            return Ok(Vec::new());
        };
        let all = |fact: &Fact| -> Facts<RolloutWatch> {
            live.of(rollout).map(|subject| (subject.clone(), fact.clone())).collect()
        };
        match &*event.event_type {
            RolloutWire::WatchLost => {
                let loss = self.loss(event, rollout).await?;
                let subject = format!("{}/{}", loss.rollout, loss.attempt);
                Ok(vec![(subject, Fact::LostNoted(loss))])
            }
            RolloutWire::WatchRestored => Ok(all(&Fact::RestoredNoted)),
            // Exposure was taken back already.
            RolloutWire::RolledBack => Ok(all(&Fact::AttemptOver)),
            _ => {
                let attempt = goes_on_with(event)?.unwrap_or_default();
                let over = left_behind(live, rollout, attempt);
                Ok(over.map(|subject| (subject.clone(), Fact::AttemptOver)).collect())
            }
        }
    }

    async fn perform(&self, envelope: Envelope, action: &Action) -> Result<Performed<Fact>, Fault> {
        let answer = match action {
            Action::Narrow(loss) => {
                let narrow = FlagCommand::Narrow(pb::NarrowFlag {
                    rollout_id: loss.rollout.to_string(),
                    stage: loss.stage.clone(),
                    stage_index: loss.stage_index,
                    attempt: loss.attempt,
                    cause: loss.event.to_string(),
                    critical: false,
                    kind: pb::HoldKind::Watch.into(),
                    no_return_index: None,
                });
                tell_flag(&self.flags, &envelope, loss.flag, narrow).await?
            }
            Action::RequestRollback(loss) => {
                let request = RolloutCommand::RequestRollback(pb::RequestRollback {
                    stage: loss.stage.clone(),
                    attempt: loss.attempt,
                    breach: loss.event.to_string(),
                    cause: "watch_lost".to_owned(),
                    critical: false,
                });
                tell_rollout(&self.rollouts, &envelope, loss.rollout, request).await?
            }
        };
        Ok(answer.performed())
    }
}
