//! What the log says of rollouts, and on what they widen.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use verdict_kernel::clock::{between, plus};
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1::CheckState;
use verdict_runtime::log::Recorded;

use super::{Exposure, Watcher, read};

/// How far two clocks may be apart unnoticed, twice.
const SLACK: Duration = Duration::from_secs(4);

#[derive(Debug, Clone, Default)]
pub(super) struct Rollout {
    pub(super) flag: String,
    stages: Vec<rollouts::Stage>,
    stage: Option<usize>,
    step: usize,
    pub(super) attempt: u32,
    pub(super) standing: Standing,
    /// Nobody watches it, as was found.
    pub(super) watch_lost: bool,
    entries: BTreeMap<u32, Vec<Entry>>,
    /// Before this nothing may widen: the fresh soak after a rollback.
    not_before: Option<Timestamp>,
    /// When stage and step were entered by the log's clock; `None` where they were given back with what they had.
    since: Option<(Timestamp, Timestamp)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Standing {
    #[default]
    Draft,
    Running,
    Paused,
    RollingBack,
    /// With the stage that is served.
    RolledBack(String),
}

/// What an attempt asks the flag for.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    exposure: Exposure,
    /// By a fresh resume, which asks no gate for what is served already.
    pub(super) is_resumed: bool,
    pub(super) commit: u64,
}

impl Watcher {
    pub(super) fn rollout(&mut self, id: &str, event: &Recorded) -> Result<(), String> {
        if !event.event_type.starts_with("rollouts.Rollout.") {
            return Ok(());
        }
        let rollout = self.rollouts.entry(id.to_owned()).or_default();
        match &*event.event_type {
            "rollouts.Rollout.RolloutPlanned.v1" => {
                let planned: rollouts::RolloutPlanned = read(event)?;
                planned.flag_id().clone_into(&mut rollout.flag);
                rollout.stages = planned.stages;
            }
            "rollouts.Rollout.StageEntered.v1" => rollout.entered(&read(event)?, event)?,
            "rollouts.Rollout.StepAdvanced.v1" => rollout.advanced(&read(event)?, event)?,
            "rollouts.Rollout.RolloutPaused.v1" => rollout.standing = Standing::Paused,
            "rollouts.Rollout.WatchLost.v1" => rollout.watch_lost = true,
            "rollouts.Rollout.WatchRestored.v1" => rollout.watch_lost = false,
            "rollouts.Rollout.RollbackRequested.v1" => rollout.standing = Standing::RollingBack,
            "rollouts.Rollout.RolledBack.v1" => {
                let rolled_back: rollouts::RolledBack = read(event)?;
                rollout.standing = Standing::RolledBack(rolled_back.to_stage().to_owned());
                self.rolled_back.insert((id.to_owned(), rollout.attempt));
            }
            "rollouts.Rollout.RolloutResumed.v1" => rollout.resumed(&read(event)?, event)?,
            _ => {}
        }
        Ok(())
    }
}

impl Rollout {
    fn note_entry(&mut self, attempt: u32, exposure: Exposure, is_resumed: bool, event: &Recorded) {
        let entry = Entry { exposure, is_resumed, commit: event.position.commit };
        self.entries.entry(attempt).or_default().push(entry);
    }

    /// The entries of an attempt for this very exposure, oldest first.
    pub(super) fn entries<'a>(
        &'a self,
        attempt: u32,
        exposure: &'a Exposure,
    ) -> impl DoubleEndedIterator<Item = &'a Entry> {
        let of_attempt = self.entries.get(&attempt).into_iter().flatten();
        of_attempt.filter(move |entry| entry.exposure == *exposure)
    }

    /// Whether an earlier attempt had entered for this very exposure and nothing has changed since then what the flag serves:
    /// a pause came before the flag was told, and a resume goes on with what was decided (rule R23).
    pub(super) fn was_about_to_show(
        &self,
        attempt: u32,
        exposure: &Exposure,
        history: &[(u64, Exposure)],
    ) -> bool {
        let mut earlier = self.entries.range(..attempt).flat_map(|(_, entries)| entries);
        let entered = earlier.rfind(|entry| !entry.is_resumed && entry.exposure == *exposure);
        entered.is_some_and(|entered| {
            let (before, since): (Vec<_>, Vec<_>) =
                history.iter().partition(|(commit, _)| *commit <= entered.commit);
            let shown = before.last().map(|(_, shown)| shown);
            since.iter().all(|(_, then)| Some(then) == shown)
        })
    }

    /// Everyone served on a step: those of the last steps of lower stages stay in.
    pub(super) fn planned(&self, stage: usize, step: usize) -> Exposure {
        let lower = self.stages.iter().take(stage).filter_map(|lower| lower.steps.last());
        let present = self.stages.get(stage).and_then(|stage| stage.steps.get(step));
        lower
            .chain(present)
            .fold(Exposure::default(), |sum, step| sum.and(Exposure::of(step.audience.clone())))
    }

    /// Everyone served on the last step of a stage; nobody where it has no name.
    pub(super) fn planned_at_most(&self, stage: &str) -> Exposure {
        self.index(stage).map_or_else(Exposure::default, |stage| {
            self.planned(stage, self.stages[stage].steps.len().saturating_sub(1))
        })
    }

    /// Everyone served where it stands.
    pub(super) fn present(&self) -> Exposure {
        self.stage.map_or_else(Exposure::default, |stage| self.planned(stage, self.step))
    }

    fn index(&self, stage: &str) -> Option<usize> {
        self.stages.iter().position(|candidate| candidate.name() == stage)
    }

    fn entered(&mut self, entered: &rollouts::StageEntered, event: &Recorded) -> Result<(), String> {
        let next = self.index(entered.stage());
        let at: Timestamp =
            entered.at().parse().map_err(|_| "a stage was entered without a time".to_owned())?;
        if next > self.stage && self.stage.is_some() {
            if let Some(fact) = entered.facts.iter().find(|fact| fact.state() != CheckState::Pass) {
                return Err(format!("S1: widened to {} on {fact:?}", entered.stage()));
            }
            if matches!(self.standing, Standing::RollingBack | Standing::RolledBack(_)) {
                return Err(format!("S1: widened to {} in a rollback", entered.stage()));
            }
            if self.not_before.is_some_and(|not_before| at < not_before) {
                return Err(format!("S1: widened to {} without a fresh full soak", entered.stage()));
            }
            self.soaked(event)?;
        }
        self.stage = next;
        self.step = entered.step() as usize;
        self.attempt = entered.attempt();
        self.not_before = None;
        self.since = Some((event.created, event.created));
        match self.standing {
            // On the way down nothing goes on.
            Standing::Paused | Standing::RolledBack(_) => self.standing = Standing::Paused,
            Standing::Draft | Standing::Running | Standing::RollingBack => self.goes_on(),
        }
        self.note_entry(entered.attempt(), Exposure::of(entered.audience.clone()), false, event);
        Ok(())
    }

    fn advanced(&mut self, advanced: &rollouts::StepAdvanced, event: &Recorded) -> Result<(), String> {
        if advanced.step() as usize > self.step {
            self.step_soaked(event)?;
        }
        self.step = advanced.step() as usize;
        self.since = self.since.map(|(stage, _)| (stage, event.created));
        self.note_entry(advanced.attempt(), Exposure::of(advanced.audience.clone()), false, event);
        Ok(())
    }

    fn resumed(&mut self, resumed: &rollouts::RolloutResumed, event: &Recorded) -> Result<(), String> {
        let at: Timestamp = resumed.at().parse().map_err(|_| "resumed without a time".to_owned())?;
        let kind = resumed.kind();
        let fresh = kind == rollouts::ResumeKind::Fresh;
        self.stage = self.index(resumed.stage());
        self.step = resumed.step() as usize;
        self.attempt = resumed.attempt();
        if self.stage.is_some() {
            self.note_entry(resumed.attempt(), self.present(), fresh, event);
        }
        let soak = self.stage.map_or(0, |stage| self.stages[stage].min_soak_seconds());
        self.not_before = fresh.then(|| plus(at, Duration::from_secs(soak.into())));
        match kind {
            rollouts::ResumeKind::Fresh => self.since = Some((event.created, event.created)),
            rollouts::ResumeKind::FalseAlarm => self.since = None,
            rollouts::ResumeKind::Undo | rollouts::ResumeKind::Unspecified => {}
        }
        self.goes_on();
        Ok(())
    }

    /// Nothing was lost of what it is from now on.
    fn goes_on(&mut self) {
        self.standing = Standing::Running;
        self.watch_lost = false;
    }

    /// The stage that is left has lasted for its soak (S9).
    fn soaked(&self, event: &Recorded) -> Result<(), String> {
        self.step_soaked(event)?;
        let (Some((since, _)), Some(stage)) =
            (self.since, self.stage.and_then(|stage| self.stages.get(stage)))
        else {
            return Ok(());
        };
        lasted(stage.name(), since, stage.min_soak_seconds(), event)
    }

    /// The step that is left has lasted for its soak (S9).
    fn step_soaked(&self, event: &Recorded) -> Result<(), String> {
        let stage = self.stage.and_then(|stage| self.stages.get(stage));
        let step = stage.and_then(|stage| stage.steps.get(self.step));
        let (Some((_, since)), Some(step)) = (self.since, step) else {
            return Ok(());
        };
        lasted("a step", since, step.soak_seconds(), event)
    }
}

fn lasted(what: &str, since: Timestamp, soak: u32, event: &Recorded) -> Result<(), String> {
    let lasted = between(since, event.created);
    if lasted + SLACK < Duration::from_secs(soak.into()) {
        return Err(format!(
            "S9: {what} was left after {lasted:?}, its soak is {soak} s: {}",
            event.event_type
        ));
    }
    Ok(())
}
