//! The rim of the watch: losses and restorations come from the rollout itself.

use jiff::SignedDuration;
use std::time::Duration;

use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::processes::rollout_watch::{Action, Fact, Loss, RolloutWatch};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc::Transport;
use verdict_runtime::log::{Filter, Log, Recorded};
use verdict_runtime::process::{Facts, Live, Performed, Rim};
use verdict_stored::{DecodeError, Metadata, Stored, parse, parsed, required};

use super::outline::{Outline, ROLLOUTS, goes_on_with, left_behind};
use super::telling::{FlagCommand, RolloutCommand, tell_flag, tell_rollout};

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

impl Rim<RolloutWatch> for RolloutWatchRim {
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
        match event.event_type.strip_prefix("rollouts.Rollout.") {
            Some("WatchLost.v1") => {
                let loss = self.loss(event, rollout).await?;
                let subject = format!("{}/{}", loss.rollout, loss.attempt);
                Ok(vec![(subject, Fact::LostNoted(loss))])
            }
            Some("WatchRestored.v1") => Ok(all(&Fact::RestoredNoted)),
            // Exposure was taken back already.
            Some("RolledBack.v1") => Ok(all(&Fact::AttemptOver)),
            Some(_) | None => {
                let attempt = goes_on_with(event)?.unwrap_or_default();
                let over = left_behind(live, rollout, attempt);
                Ok(over.map(|subject| (subject.clone(), Fact::AttemptOver)).collect())
            }
        }
    }

    fn encode(fact: &Fact) -> Stored {
        match fact {
            Fact::LostNoted(loss) => Stored::new(
                "rollouts.RolloutWatch.LostNoted.v1",
                &pb::RolloutWatchLostNoted {
                    rollout_id: Some(loss.rollout.to_string()),
                    flag_id: Some(loss.flag.to_string()),
                    stage: Some(loss.stage.clone()),
                    stage_index: Some(loss.stage_index),
                    attempt: Some(loss.attempt),
                    cause: Some(loss.event.to_string()),
                    narrow_at: loss.narrow_at.map(|at| at.to_string()),
                },
            ),
            Fact::RestoredNoted => {
                Stored::new("rollouts.RolloutWatch.RestoredNoted.v1", &pb::RolloutWatchRestoredNoted {})
            }
            Fact::AttemptOver => {
                Stored::new("rollouts.RolloutWatch.AttemptOver.v1", &pb::RolloutWatchAttemptOver {})
            }
        }
    }

    fn decode(event_type: &str, data: &[u8]) -> Result<Fact, DecodeError> {
        let name = event_type.strip_prefix("rollouts.RolloutWatch.").ok_or(DecodeError::UnknownType)?;
        Ok(match name {
            "LostNoted.v1" => {
                let message: pb::RolloutWatchLostNoted = parse(data)?;
                Fact::LostNoted(Loss {
                    event: parsed(message.cause.as_deref(), "cause")?,
                    rollout: parsed(message.rollout_id.as_deref(), "rolloutId")?,
                    flag: parsed(message.flag_id.as_deref(), "flagId")?,
                    stage: required(message.stage, "stage")?,
                    stage_index: required(message.stage_index, "stageIndex")?,
                    attempt: required(message.attempt, "attempt")?,
                    narrow_at: message.narrow_at.map(|at| parsed(Some(&at), "narrowAt")).transpose()?,
                })
            }
            "RestoredNoted.v1" => Fact::RestoredNoted,
            "AttemptOver.v1" => Fact::AttemptOver,
            _ => return Err(DecodeError::UnknownType),
        })
    }

    async fn perform(&self, envelope: Envelope, action: &Action) -> Result<Performed<Fact>, Fault> {
        let answer = match action {
            Action::Narrow(loss) => {
                tracing::warn!(rollout.id = %loss.rollout, flag.id = %loss.flag, stage = loss.stage, "exposure is taken back: nobody watches the rollout");
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
