//! Rollouts as they are stored and shown.

use verdict_kernel::id::RolloutId;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::gate::{Evidence, EvidenceKind, Verdict, Watch};
use verdict_rollouts_domain::rollout::{
    Cause, Entry, Event, PauseCause, ResumeKind, Resumption, Rollout, State,
};
use verdict_stored::field::{Boxed, Each, Field, Index, Maybe, OrDefault, OrEmpty, Plain, Same, Shown};
use verdict_stored::view::{Scope, Seen, Viewed};
use verdict_stored::{DecodeError, events, names, required, words};

use crate::audience::AudienceMessage;

pub mod gate;
pub mod plan;

use gate::{FactMessage, ReportMessage};
use plan::{ClassWord, NoReturnMessage, PlanMessage, StageMessage};

events! {
    /// The rim of [`Rollout`].
    pub RolloutWire: Rollout, Event in "rollouts.Rollout", messages of pb;
    [Planned(plan)] = RolloutPlanned.v1 => plan as Boxed<PlanMessage>;
    [ShippedDirectly { bet, reason }] = ShippedDirectly.v1 { bet_id: bet as Maybe<Shown>, reason: reason as Plain }
    [Started] = RolloutStarted.v1 {}
    [StageEntered(Entry { stage, class, attempt, step, audience, at, facts, flag_version })] = StageEntered.v1 {
        stage: stage as Shown, attempt: attempt as Plain, audience: audience as AudienceMessage, at: at as Shown,
        facts: facts as Each<FactMessage>, step: step as Index, flag_version: flag_version as OrDefault,
        class: class as ClassWord,
    }
    [StepAdvanced(Entry { stage, class, attempt, step, audience, at, facts, flag_version })] = StepAdvanced.v1 {
        stage: stage as Shown, attempt: attempt as Plain, audience: audience as AudienceMessage, at: at as Shown,
        facts: facts as Each<FactMessage>, step: step as Index, flag_version: flag_version as OrDefault,
        class: class as ClassWord,
    }
    [EvidenceRecorded { kind, verdict, at, by, link }] = EvidenceRecorded.v1 {
        kind: kind as EvidenceName, verdict: verdict as VerdictText, at: at as Shown, by: by as Plain,
        link: link as Plain,
    }
    [GatePassed { stage, attempt, report }] = GatePassed.v1 {
        stage: stage as Shown, attempt: attempt as Plain, report: report as ReportMessage,
    }
    [GateBlocked { stage, attempt, report }] = GateBlocked.v1 {
        stage: stage as Shown, attempt: attempt as Plain, report: report as ReportMessage,
    }
    [Paused { cause, reason, at }] = RolloutPaused.v1 {
        reason: reason as Plain, cause: cause as PauseCauseWord, at: at as Shown,
    }
    [Resumed(Resumption {
        kind, stage, step, attempt, at, stage_since, step_since, exposed_at, releases, flag_version
    })] = RolloutResumed.v1 {
        stage: stage as Shown, attempt: attempt as Plain, at: at as Shown, step: step as Index,
        kind: kind as ResumeKindWord, stage_since: stage_since as Shown, step_since: step_since as Shown,
        exposed_at: exposed_at as Shown, releases: releases as Same, flag_version: flag_version as OrDefault,
    }
    [WatchLost { at, attempt }] = WatchLost.v1 { at: at as Shown, attempt: attempt as Plain }
    [WatchRestored { at }] = WatchRestored.v1 { at: at as Shown }
    [RollbackRequested { stage, attempt, breach, cause, critical, at }] = RollbackRequested.v1 {
        stage: stage as Shown, attempt: attempt as Plain, breach: breach as Plain, cause: cause as CauseName,
        critical: critical as Plain, at: at as Shown,
    }
    [RolledBack { to, flag_version }] = RolledBack.v1 {
        to_stage: to as OrEmpty<Shown>, flag_version: flag_version as Plain,
    }
    [StageOverdue { stage, attempt }] = StageOverdue.v1 { stage: stage as Shown, attempt: attempt as Plain }
    [StageExtended { stage, attempt, until, reason }] = StageExtended.v1 {
        stage: stage as Shown, attempt: attempt as Plain, until: until as Shown, reason: reason as Plain,
    }
    [Completed { at }] = RolloutCompleted.v1 { at: at as Shown }
    [Aborted { reason }] = RolloutAborted.v1 { reason: reason as Plain }
}

words! {
    PauseCauseWord, pause_cause, read_pause_cause: PauseCause = pb::PauseCause {
        Person, Off, Killed, Guardrail, NotExposed,
    }
    ResumeKindWord, resume_kind, read_resume_kind: ResumeKind = pb::ResumeKind { Fresh, FalseAlarm, Undo }
}

names! {
    CauseName: Cause
    EvidenceName: EvidenceKind
}

/// What evidence comes to, as a text. Which kind may come to what was decided before it was stored.
struct VerdictText;

impl Field<Verdict, Option<String>> for VerdictText {
    fn write(verdict: &Verdict) -> Option<String> {
        Some(verdict.to_string())
    }

    fn read(field: Option<String>, name: &'static str) -> Result<Verdict, DecodeError> {
        let text = required(field, name)?;
        let read = |kind: &EvidenceKind| kind.verdict(&text);
        EvidenceKind::ALL.iter().find_map(read).ok_or(DecodeError::UnknownType)
    }
}

impl Viewed for RolloutWire {
    type Id = RolloutId;
    type View = pb::RolloutView;

    const ABSENT: &'static str = "the rollout was never planned";
    const BEGINS: &'static str = "verdict rollout plan --flag <flag> --service <service> --mode <mode>";

    const CALLED: &'static str = "give its id, its key such as new-checkout, or team/key";
    const SCOPE: Scope = Scope::Team;

    fn view(seen: Seen<'_, State>) -> Option<pb::RolloutView> {
        let state = seen.state;
        let mut view = pb::RolloutView {
            id: seen.id.to_owned(),
            version: seen.version,
            position: seen.position,
            state: state.name().to_owned(),
            exposed_outside: state.has_reached_outside(),
            key: seen.beside.key(),
            managed_by: seen.beside.keeper.clone(),
            ..pb::RolloutView::default()
        };
        if let State::Paused(_, _, pause) = state {
            view.watch_lost = pause.watch != Watch::Held;
            view.paused_for = pause.causes.iter().map(|cause| pause_cause(*cause).into()).collect();
        }
        let Some(course) = state.course() else {
            return Some(view);
        };
        let planned = &course.plan;
        view.bet_id = planned.bet.map(|bet| bet.to_string()).unwrap_or_default();
        view.flag_id = planned.flag.to_string();
        view.environment.clone_from(&planned.environment);
        view.service.clone_from(&planned.service);
        view.stages = Each::<StageMessage>::write(&planned.stages);
        view.mode = plan::mode(planned.mode).into();
        view.tier = planned.tier.number();
        view.promotion = plan::promotion(planned.promotion).into();
        view.on_blind = plan::on_blind(planned.on_blind).into();
        view.irreversible_from = Maybe::<NoReturnMessage>::write(&planned.irreversible_from);
        view.attempt = course.attempts;
        view.evidence = course.evidence.iter().map(evidence).collect();
        if let Some(active) = state.active() {
            view.step = u32::try_from(active.step).unwrap_or(u32::MAX);
            view.attempt = active.attempt;
        }
        if let State::Running(course, active) = state {
            view.soaked_at = active.soaked_at(&course.plan).to_string();
        }
        if let Some(stage) = state.stage() {
            view.stage = stage.to_string();
            view.stage_index = u32::try_from(planned.rank(stage)).unwrap_or(u32::MAX);
            view.stage_class = plan::class(planned.class(stage)).into();
        }
        Some(view)
    }

    fn is_of(view: &pb::RolloutView, bet: &str) -> bool {
        view.bet_id == bet
    }
}

fn evidence((kind, evidence): (&EvidenceKind, &Evidence)) -> pb::EvidenceRecorded {
    pb::EvidenceRecorded {
        kind: EvidenceName::write(kind),
        verdict: VerdictText::write(&evidence.verdict),
        at: Shown::write(&evidence.at),
        by: Some(evidence.by.clone()),
        link: Some(evidence.link.clone()),
    }
}

#[cfg(test)]
mod tests;
