//! What a rollout's stream says about where it stands, for processes that only get a part of it in an event.

use std::pin::pin;

use futures::TryStreamExt;
use verdict_kernel::id::{BetId, FlagId};
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::stage::StageName;
use verdict_runtime::component::Fault;
use verdict_runtime::log::{Log, Recorded};
use verdict_runtime::process::Live;
use verdict_runtime::process::reading::events;
use verdict_stored::{DecodeError, parse, parsed};

/// What begins the name of every stream of a rollout.
pub(crate) const ROLLOUTS: &str = "rollouts.rollout-";

/// Where a rollout stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Outline {
    pub(crate) flag: Option<FlagId>,
    pub(crate) bet: Option<BetId>,
    /// Nobody watching narrows it, after a second period (rule R15).
    pub(crate) narrows_when_blind: bool,
    pub(crate) stage: String,
    pub(crate) attempt: u32,
}

impl Outline {
    /// Reads the stream of the rollout with this id to its end.
    pub(crate) async fn read(log: &Log, rollout: &str) -> Result<Self, Fault> {
        let stream = format!("{ROLLOUTS}{rollout}");
        let mut outline = Self::default();
        let mut events = pin!(events(log, &stream));
        while let Some(event) = events.try_next().await? {
            outline.apply(&event).map_err(|error| event.unreadable(&error))?;
        }
        Ok(outline)
    }

    fn apply(&mut self, event: &Recorded) -> Result<(), DecodeError> {
        match event.event_type.strip_prefix("rollouts.Rollout.") {
            Some("RolloutPlanned.v1") => {
                let planned: pb::RolloutPlanned = parse(&event.data)?;
                self.flag = Some(parsed(planned.flag_id.as_deref(), "flagId")?);
                let bet = planned.bet_id.filter(|bet| !bet.is_empty());
                self.bet = bet.map(|bet| parsed(Some(&bet), "betId")).transpose()?;
                self.narrows_when_blind = planned.on_blind == Some(pb::OnBlind::Narrow.into());
            }
            Some("StageEntered.v1") => {
                let entered: pb::StageEntered = parse(&event.data)?;
                self.enter(entered.stage, entered.attempt);
            }
            Some("RolloutResumed.v1") => {
                let resumed: pb::RolloutResumed = parse(&event.data)?;
                self.enter(resumed.stage, resumed.attempt);
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    fn enter(&mut self, stage: Option<String>, attempt: Option<u32>) {
        self.stage = stage.unwrap_or_default();
        self.attempt = attempt.unwrap_or_default();
    }
}

/// The index by which flags compare stages; `given` when the name is not known to this version.
pub(crate) fn stage_index(stage: &str, given: u32) -> u32 {
    stage.parse().map_or(given, StageName::index)
}

/// The attempt that a rollout goes on with by `event`; `u32::MAX` when it is over; `None` for other events.
pub(crate) fn goes_on_with(event: &Recorded) -> Result<Option<u32>, Fault> {
    let read = || -> Result<Option<u32>, DecodeError> {
        Ok(match event.event_type.strip_prefix("rollouts.Rollout.") {
            Some("StageEntered.v1") => parse::<pb::StageEntered>(&event.data)?.attempt,
            Some("RolloutResumed.v1") => parse::<pb::RolloutResumed>(&event.data)?.attempt,
            Some("RolloutCompleted.v1" | "RolloutAborted.v1") => Some(u32::MAX),
            Some(_) | None => None,
        })
    };
    read().map_err(|error| event.unreadable(&error))
}

/// The live subjects of `rollout` whose attempt is before `attempt`. A subject begins with the rollout and ends
/// with the attempt.
pub(crate) fn left_behind<'a>(
    live: Live<'a>,
    rollout: &str,
    attempt: u32,
) -> impl Iterator<Item = &'a String> + use<'a> {
    live.of(rollout).filter(move |subject| {
        let own = subject.rsplit('/').next().and_then(|own| own.parse::<u32>().ok());
        own.is_some_and(|own| own < attempt)
    })
}
