//! What a rollout's stream says about where it stands, for processes that only get a part of it in an event.

use std::pin::pin;

use futures::TryStreamExt;
use verdict_kernel::id::{BetId, FlagId};
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::stage::Class;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_rollouts_wire::rollout::plan::read_class;
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
    stages: Stages,
    irreversible_from: Option<String>,
    /// The stage that is served, as far as the rollout knows; `None` = nobody.
    served: Option<String>,
}

/// The stages of a plan, lowest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stages(Vec<(String, Class)>);

impl Stages {
    /// Those of a plan as it is stored.
    pub(crate) fn of(planned: &[pb::Stage]) -> Self {
        let class = |stage: &pb::Stage| read_class(stage.class()).unwrap_or(Class::Everyone);
        Self(planned.iter().map(|stage| (stage.name().to_owned(), class(stage))).collect())
    }

    /// The index by which flags compare stages; `None` when the plan is not known or has no such stage.
    pub(crate) fn index(&self, stage: &str) -> Option<u32> {
        let index = self.0.iter().position(|(name, _)| name.eq_ignore_ascii_case(stage))?;
        u32::try_from(index).ok()
    }

    /// Whom the stage is for; of one that is not known the worst is assumed.
    fn class(&self, stage: &str) -> Class {
        let known = self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(stage));
        known.map_or(Class::Everyone, |(_, class)| *class)
    }
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

    /// The same for what takes exposure back, which needs no understanding: of a past that cannot be read nothing is known.
    pub(crate) async fn read_for_safety(log: &Log, rollout: &str) -> Result<Self, Fault> {
        match Self::read(log, rollout).await {
            Err(fault @ Fault::Unreadable { .. }) => {
                tracing::warn!(rollout.id = rollout, error = %fault, "what a rollout planned is not known");
                Ok(Self::default())
            }
            read => read,
        }
    }

    fn apply(&mut self, event: &Recorded) -> Result<(), DecodeError> {
        match &*event.event_type {
            RolloutWire::RolloutPlanned => {
                let planned: pb::RolloutPlanned = parse(&event.data)?;
                self.flag = Some(parsed(planned.flag_id.as_deref(), "flagId")?);
                let bet = planned.bet_id.filter(|bet| !bet.is_empty());
                self.bet = bet.map(|bet| parsed(Some(&bet), "betId")).transpose()?;
                self.narrows_when_blind = planned.on_blind == Some(pb::OnBlind::Narrow.into());
                self.stages = Stages::of(&planned.stages);
                self.irreversible_from = planned.irreversible_from.and_then(|from| from.stage);
            }
            RolloutWire::StageEntered => {
                let entered: pb::StageEntered = parse(&event.data)?;
                self.enter(entered.stage, entered.attempt);
            }
            RolloutWire::RolloutResumed => {
                let resumed: pb::RolloutResumed = parse(&event.data)?;
                self.enter(resumed.stage, resumed.attempt);
            }
            // What is served now is being taken back, which somebody decided who knows the plan.
            RolloutWire::RollbackRequested => self.served = None,
            RolloutWire::RolledBack => {
                let rolled_back: pb::RolledBack = parse(&event.data)?;
                self.served = rolled_back.to_stage.filter(|stage| !stage.is_empty());
            }
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, stage: Option<String>, attempt: Option<u32>) {
        self.served.clone_from(&stage);
        self.stage = stage.unwrap_or_default();
        self.attempt = attempt.unwrap_or_default();
    }

    /// The index of a stage of the plan; `given` where the plan is not known.
    pub(crate) fn index(&self, stage: &str, given: u32) -> u32 {
        self.stages.index(stage).unwrap_or(given)
    }

    /// Whom a stage of the plan is for; everyone where that is not known.
    pub(crate) fn class(&self, stage: &str) -> Class {
        self.stages.class(stage)
    }

    /// The plan says that there is no way back from what is served, or is about to be (rule R26).
    pub(crate) fn is_irreversible(&self) -> bool {
        let served = self.served.as_deref().and_then(|stage| self.stages.index(stage));
        self.no_return_index().zip(served).is_some_and(|(from, served)| served >= from)
    }

    /// The index of the stage from which on there is no way back.
    pub(crate) fn no_return_index(&self) -> Option<u32> {
        self.irreversible_from.as_deref().and_then(|stage| self.stages.index(stage))
    }
}

/// The attempt that a rollout goes on with by `event`; `u32::MAX` when it is over; `None` for other events.
pub(crate) fn goes_on_with(event: &Recorded) -> Result<Option<u32>, Fault> {
    let read = || -> Result<Option<u32>, DecodeError> {
        Ok(match &*event.event_type {
            RolloutWire::StageEntered => parse::<pb::StageEntered>(&event.data)?.attempt,
            RolloutWire::RolloutResumed => parse::<pb::RolloutResumed>(&event.data)?.attempt,
            RolloutWire::RolloutCompleted | RolloutWire::RolloutAborted => Some(u32::MAX),
            _ => None,
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
