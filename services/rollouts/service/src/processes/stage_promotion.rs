//! The rim of the stage promotion: which events begin and end an attempt, and how exposure, evaluations and
//! promotions are sent.

use std::sync::Arc;

use tonic::Request;
use verdict_api::rollouts::v1::flags_server::Flags;
use verdict_api::rollouts::v1::rollouts_server::Rollouts;
use verdict_kernel::clock::plus;
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_metrics_wire::guardrail::GuardrailWire;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::CheckState;
use verdict_rollouts_domain::flag::{self, HoldKind};
use verdict_rollouts_domain::processes::stage_promotion::{
    Action, ByHand, CLEANUP_AFTER, Fact, Leg, Note, StagePromotion, Stop,
};
use verdict_rollouts_domain::rollout::{Active, Event, Promotion, State};
use verdict_rollouts_wire::audience::AudienceMessage;
use verdict_rollouts_wire::flag::FlagWire;
use verdict_rollouts_wire::rollout::RolloutWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, ExecuteError};
use verdict_runtime::log::{Filter, Log, Recorded};
use verdict_runtime::process::reading::fold_at;
use verdict_runtime::process::sending::answer;
use verdict_runtime::process::{Facts, Live, Performed, Rim};
use verdict_stored::field::Field;
use verdict_stored::{DecodeError, Metadata, parse, ruled};

use super::telling::{FlagCommand, RolloutCommand, to_flag, to_rollout};
use crate::api::flag::FlagsApi;
use crate::api::rollout::RolloutsApi;
use crate::outline::ROLLOUTS;

#[cfg(test)]
mod tests;
mod wire;

const FLAGS: &str = "rollouts.flag-";
const GUARDRAILS: &str = "metrics.guardrail-";

/// Why a resume releases the hold of a flag.
const RESUMED: &str = "the rollout was resumed";
/// Why the flag of an aborted rollout is turned off and given back.
const ABORTED: &str = "the rollout was aborted";

/// The shell's side of [`StagePromotion`].
pub struct StagePromotionRim {
    log: Log,
    rollouts: RolloutsApi,
    flags: FlagsApi,
}

impl StagePromotionRim {
    pub fn new(log: Log, rollouts: RolloutsApi, flags: FlagsApi) -> Arc<Self> {
        Arc::new(Self { log, rollouts, flags })
    }

    /// The rollout as it was after `event`.
    async fn state_after(&self, event: &Recorded) -> Result<State, Fault> {
        fold_at::<RolloutWire>(&self.log, &event.stream, event.revision).await
    }

    /// What somebody did to the flag of a rollout that is under way (rule R24).
    async fn by_hand(
        &self,
        recorded: &Recorded,
        flag: &str,
        live: Live<'_>,
    ) -> Result<Facts<StagePromotion>, Fault> {
        let what = what_happened(recorded).map_err(|error| recorded.unreadable(&error))?;
        let Some(what) = what else {
            return Ok(Vec::new());
        };
        let org = parse::<Metadata>(&recorded.metadata).map_err(|error| recorded.unreadable(&error))?.org;
        let owner = match self.flags.repository().find(&org, flag).await {
            Ok(folded) => match &folded.state {
                flag::State::Live(flag) | flag::State::Killed(flag) | flag::State::Archived(flag) => {
                    flag.claim
                }
                flag::State::Absent => None,
            },
            Err(ExecuteError::Fault(fault)) => return Err(fault),
            Err(_gone) => None,
        };
        let Some(rollout) = owner else {
            return Ok(Vec::new());
        };
        let event = recorded.id.to_string();
        // What happened to the flag is told in the order in which it happened.
        let own = format!("{rollout}/flag/{:010}", recorded.revision);
        let mine = live.of(&rollout.to_string()).filter(|subject| **subject != own);
        let subjects = mine.cloned().chain([own.clone()]);
        let fact = Fact::FlagNoted { rollout, what, event };
        Ok(subjects.map(|subject| (subject, fact.clone())).collect())
    }

    /// Releases what an aborted rollout holds.
    async fn give_back(
        &self,
        mut envelope: Envelope,
        flag: FlagId,
        rollout: RolloutId,
    ) -> Result<Performed<Fact>, Fault> {
        ABORTED.clone_into(&mut envelope.reason);
        let release = pb::ReleaseHold { rollout_id: rollout.to_string(), ..pb::ReleaseHold::default() };
        self.tell_flag(&envelope, flag, FlagCommand::ReleaseHold(release)).await
    }

    /// Tells the rollout what happened to its flag (rule R24).
    async fn follow(
        &self,
        mut envelope: Envelope,
        rollout: RolloutId,
        what: ByHand,
        event: &str,
    ) -> Result<Performed<Fact>, Fault> {
        let (why, cause) = match what {
            ByHand::TurnedOff => ("the flag was turned off", pb::PauseCause::Off),
            ByHand::Killed => ("the flag was killed", pb::PauseCause::Killed),
            ByHand::CutBack => ("the flag serves less than the stage", pb::PauseCause::NotExposed),
            ByHand::Undone => {
                "the kill of the flag was undone".clone_into(&mut envelope.reason);
                let undo = pb::ResumeRollout { undo: event.to_owned(), ..pb::ResumeRollout::default() };
                return self.tell_rollout(&envelope, rollout, RolloutCommand::Resume(undo)).await;
            }
        };
        why.clone_into(&mut envelope.reason);
        self.pause(&envelope, rollout, cause, 0).await
    }

    async fn pause(
        &self,
        envelope: &Envelope,
        rollout: RolloutId,
        cause: pb::PauseCause,
        attempt: u32,
    ) -> Result<Performed<Fact>, Fault> {
        let pause = pb::PauseRollout { cause: cause.into(), attempt };
        self.tell_rollout(envelope, rollout, RolloutCommand::Pause(pause)).await
    }

    async fn tell_flag(
        &self,
        envelope: &Envelope,
        flag: FlagId,
        command: FlagCommand,
    ) -> Result<Performed<Fact>, Fault> {
        let reply = Flags::execute(&self.flags, Request::new(to_flag(envelope, flag, command))).await;
        Ok(answer("flags", envelope, reply)?.performed())
    }

    async fn tell_rollout(
        &self,
        envelope: &Envelope,
        rollout: RolloutId,
        command: RolloutCommand,
    ) -> Result<Performed<Fact>, Fault> {
        let request = to_rollout(envelope, rollout, command);
        let reply = Rollouts::execute(&self.rollouts, Request::new(request)).await;
        Ok(answer("rollouts", envelope, reply)?.performed())
    }

    /// What the newest evaluation found; it was written only if it said something new.
    async fn gate_is_open(&self, org: &str, rollout: RolloutId) -> Result<bool, Fault> {
        match self.rollouts.repository().find(org, &rollout.to_string()).await {
            Ok(folded) => Ok(folded.state.active().is_some_and(Active::gate_is_open)),
            Err(ExecuteError::Fault(fault)) => Err(fault),
            Err(_gone) => Ok(false),
        }
    }
}

/// An answer that turns to Pass may open a gate that waits.
fn guardrail_passes(recorded: &Recorded, live: Live<'_>) -> Result<Facts<StagePromotion>, Fault> {
    if &*recorded.event_type != GuardrailWire::GuardrailAnswerChanged {
        return Ok(Vec::new());
    }
    let changed: metrics::GuardrailAnswerChanged =
        parse(&recorded.data).map_err(|error| recorded.unreadable(&error))?;
    let rollout = changed.rollout_id().to_owned();
    if rollout.is_empty() || changed.state() != CheckState::Pass {
        return Ok(Vec::new());
    }
    Ok(live.of(&rollout).map(|subject| (subject.clone(), Fact::AnswerNoted)).collect())
}

fn what_happened(recorded: &Recorded) -> Result<Option<ByHand>, DecodeError> {
    match &*recorded.event_type {
        FlagWire::FlagKilled | FlagWire::ExposureNarrowed | FlagWire::FlagRevived => {
            Ok(ruled::own::<FlagWire>(&recorded.event_type, &recorded.data)?.as_ref().and_then(by_hand))
        }
        _ => Ok(None),
    }
}

/// A narrowing by a rollback holds the flag and is the rollback's own business.
fn by_hand(event: &flag::Event) -> Option<ByHand> {
    match event {
        flag::Event::Killed { .. } => Some(ByHand::Killed),
        flag::Event::Revived { undone, .. } => undone.as_ref().map(|_| ByHand::Undone),
        flag::Event::ExposureNarrowed { hold: None, audience, .. } if audience.is_nobody() => {
            Some(ByHand::TurnedOff)
        }
        flag::Event::ExposureNarrowed { hold: None | Some(HoldKind::Restored), .. } => Some(ByHand::CutBack),
        flag::Event::ExposureNarrowed {
            hold: Some(HoldKind::Breach | HoldKind::Watch | HoldKind::Guardrail),
            ..
        }
        | flag::Event::Created { .. }
        | flag::Event::ExposureChanged { .. }
        | flag::Event::Held(_)
        | flag::Event::HoldReleased { .. }
        | flag::Event::Claimed { .. }
        | flag::Event::CleanupScheduled { .. }
        | flag::Event::CleanupDue { .. }
        | flag::Event::RemovedFromCode { .. }
        | flag::Event::Archived => None,
    }
}

/// The note of the attempt that is active now, and the end of the attempts before it.
fn begun(
    rollout: RolloutId,
    state: &State,
    revision: u64,
    releases: Vec<String>,
    live: Vec<String>,
) -> Facts<StagePromotion> {
    let (Some(course), Some(active)) = (state.course(), state.active()) else {
        return Vec::new();
    };
    let plan = &course.plan;
    let subject = format!("{rollout}/{}", active.attempt);
    let note = Note {
        rollout,
        flag: plan.flag,
        stage: active.stage.clone(),
        stage_index: u32::try_from(plan.rank(&active.stage)).unwrap_or(u32::MAX),
        attempt: active.attempt,
        leg: Leg { step: active.step, next: plan.next_move(&active.stage, active.step) },
        exposure: plan.exposure(&active.stage, active.step),
        soaked_at: active.soaked_at(plan),
        overdue_at: active.overdue_at(plan),
        automatic: plan.promotion == Promotion::Automatic,
        rollout_revision: u32::try_from(revision + 1).unwrap_or(u32::MAX),
        releases,
        flag_version: active.flag_version,
    };
    let left = live.into_iter().filter(|other| *other != subject);
    let mut facts: Facts<StagePromotion> = left.map(|other| (other, Fact::Stopped(Stop::Left))).collect();
    facts.push((subject, Fact::StageNoted(Box::new(note))));
    facts
}

fn exposure(note: &Note) -> pb::SetExposure {
    pb::SetExposure {
        audience: AudienceMessage::write(&note.exposure),
        rollout_id: note.rollout.to_string(),
        rollout_revision: note.rollout_revision,
        stage: note.stage.to_string(),
        stage_index: note.stage_index,
        attempt: note.attempt,
        flag_version: note.flag_version,
    }
}

impl Rim<StagePromotion> for StagePromotionRim {
    type Wire = wire::StagePromotionWire;

    const CONTEXT: &'static str = "rollouts";

    fn interests() -> Filter {
        Filter::prefixes([ROLLOUTS, FLAGS, GUARDRAILS])
    }

    async fn facts(&self, recorded: &Recorded, live: Live<'_>) -> Result<Facts<StagePromotion>, Fault> {
        if recorded.stream.starts_with(GUARDRAILS) {
            return guardrail_passes(recorded, live);
        }
        if let Some(flag) = recorded.stream.strip_prefix(FLAGS) {
            return self.by_hand(recorded, flag, live).await;
        }
        let Some(id) = recorded.stream.strip_prefix(ROLLOUTS) else {
            return Ok(Vec::new());
        };
        let rollout: RolloutId = id
            .parse()
            .map_err(|error| recorded.unreadable(&DecodeError::Malformed(format!("stream name: {error}"))))?;
        let decoded = ruled::own::<RolloutWire>(&recorded.event_type, &recorded.data);
        let Some(event) = decoded.map_err(|error| recorded.unreadable(&error))? else {
            return Ok(Vec::new());
        };
        let mine = || live.of(id);
        let all = |fact: &Fact| mine().map(|subject| (subject.clone(), fact.clone())).collect();
        Ok(match event {
            Event::StageEntered(_)
            | Event::StepAdvanced(_)
            | Event::Resumed(_)
            | Event::WatchRestored { .. }
            | Event::StageExtended { .. } => {
                let goes_on = matches!(event, Event::WatchRestored { .. } | Event::StageExtended { .. });
                let releases =
                    if let Event::Resumed(resumption) = event { resumption.releases } else { Vec::new() };
                let state = self.state_after(recorded).await?;
                // Something pauses it still.
                if goes_on && !matches!(state, State::Running(..)) {
                    return Ok(Vec::new());
                }
                begun(rollout, &state, recorded.revision, releases, mine().cloned().collect())
            }
            Event::EvidenceRecorded { kind, .. } => {
                all(&Fact::EvidenceNoted { kind: kind.as_str().to_owned() })
            }
            Event::Paused { .. } | Event::WatchLost { .. } => all(&Fact::Stopped(Stop::Paused)),
            Event::RollbackRequested { .. } => all(&Fact::Stopped(Stop::RolledBack)),
            Event::Completed { .. } | Event::Aborted { .. } => {
                let cleanup_due = match event {
                    Event::Completed { at } => Some(plus(at, CLEANUP_AFTER)),
                    _ => None,
                };
                let state = self.state_after(recorded).await?;
                let mut facts: Facts<StagePromotion> = all(&Fact::Stopped(Stop::Over));
                facts.extend(state.course().map(|course| {
                    let flag = course.plan.flag;
                    (format!("{id}/end"), Fact::Closed { rollout, flag, cleanup_due })
                }));
                facts
            }
            Event::Planned(_)
            | Event::ShippedDirectly { .. }
            | Event::Started
            | Event::GatePassed { .. }
            | Event::GateBlocked { .. }
            | Event::RolledBack { .. }
            | Event::StageOverdue { .. } => Vec::new(),
        })
    }

    async fn perform(&self, mut envelope: Envelope, action: &Action) -> Result<Performed<Fact>, Fault> {
        match action {
            Action::ReleaseHold { flag, cause } => {
                if envelope.reason.is_empty() {
                    RESUMED.clone_into(&mut envelope.reason);
                }
                let cause = cause.clone();
                let release =
                    FlagCommand::ReleaseHold(pb::ReleaseHold { cause, ..pb::ReleaseHold::default() });
                self.tell_flag(&envelope, *flag, release).await
            }
            Action::GiveBack { flag, rollout } => self.give_back(envelope, *flag, *rollout).await,
            Action::Stop { rollout, attempt, code } => {
                envelope.reason = format!("the flag refused the exposure: {code}");
                self.pause(&envelope, *rollout, pb::PauseCause::NotExposed, *attempt).await
            }
            Action::Follow { rollout, what, event } => self.follow(envelope, *rollout, *what, event).await,
            Action::Expose(note) => {
                let expose = FlagCommand::SetExposure(exposure(note));
                self.tell_flag(&envelope, note.flag, expose).await
            }
            Action::TurnOff { flag, rollout } => {
                ABORTED.clone_into(&mut envelope.reason);
                let turn_off = FlagCommand::TurnOff(pb::TurnOffFlag {
                    rollout_id: rollout.to_string(),
                    cause: envelope.causation_id.clone(),
                });
                self.tell_flag(&envelope, *flag, turn_off).await
            }
            Action::ScheduleCleanup { flag, due } => {
                let due = due.to_string();
                let schedule = FlagCommand::ScheduleCleanup(pb::ScheduleCleanup { due });
                self.tell_flag(&envelope, *flag, schedule).await
            }
            Action::Evaluate { rollout, stage, attempt } => {
                let evaluate = RolloutCommand::EvaluateGate(pb::EvaluateGate {
                    stage: stage.to_string(),
                    attempt: *attempt,
                });
                let mut answer = self.tell_rollout(&envelope, *rollout, evaluate).await?;
                let open = self.gate_is_open(&envelope.principal.org, *rollout).await?;
                answer.facts.push(Fact::GateNoted { open });
                Ok(answer)
            }
            Action::EnterStage { rollout, stage } => {
                let stage = stage.to_string();
                let enter = RolloutCommand::EnterStage(pb::EnterStage { stage, step: None });
                self.tell_rollout(&envelope, *rollout, enter).await
            }
            Action::AdvanceStep { rollout } => {
                let advance = RolloutCommand::AdvanceStep(pb::AdvanceStep {});
                self.tell_rollout(&envelope, *rollout, advance).await
            }
            Action::Complete { rollout } => {
                let complete = RolloutCommand::Complete(pb::CompleteRollout {});
                self.tell_rollout(&envelope, *rollout, complete).await
            }
            Action::MarkOverdue { rollout, stage, attempt } => {
                let overdue = RolloutCommand::MarkOverdue(pb::MarkOverdue {
                    stage: stage.to_string(),
                    attempt: *attempt,
                });
                self.tell_rollout(&envelope, *rollout, overdue).await
            }
        }
    }
}
