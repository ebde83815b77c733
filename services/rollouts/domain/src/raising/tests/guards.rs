//! The guard of each path, told from what is true in the world and not from how the deciders come to it.

use verdict_kernel::check::CheckState;
use verdict_kernel::decision::{Blockers, Override};
use verdict_kernel::rule::RuleId;

use super::world::{STAGES, World, flag, rollout_id, which};
use crate::audience::Audience;
use crate::flag::{self, Kind, UNDO_WITHIN};
use crate::gate::BreachFact;
use crate::raising::{Path, asks, raises};
use crate::rollout::{self, PauseCause, ResumeKind};

fn hold(held: bool, path: Path, why: &str) -> Result<(), String> {
    if held { Ok(()) } else { Err(format!("{path:?}: {why}")) }
}

fn is_stopped_by_a_guardrail(state: &rollout::State) -> bool {
    matches!(state, rollout::State::Paused(_, _, pause) if pause.causes.contains(&PauseCause::Guardrail))
}

/// Whom a rollout wants to be served.
fn wanted(state: &rollout::State) -> Audience {
    let place = state.course().zip(state.active());
    place.map_or_else(Audience::nobody, |(course, active)| course.plan.exposure(&active.stage, active.step))
}

impl World {
    /// Everything that a gate asks for but the soak.
    fn passes(&self, fresh: bool, answered: &[String]) -> bool {
        let held = flag(&self.flag).holds.iter().any(|hold| !answered.contains(&hold.cause));
        fresh && self.measured.0 == CheckState::Pass && matches!(self.flag, flag::State::Live(_)) && !held
    }

    fn is_settled(&self, breach: &BreachFact) -> bool {
        let (state, as_of) = self.measured;
        breach.retracted || (breach.acknowledged && state == CheckState::Pass && as_of > breach.at)
    }

    /// Whether the flag serves as much, or was asked for it before and has not been told of the attempt yet.
    fn is_no_raise(&self, of: usize, audience: &Audience) -> bool {
        let told = flag(&self.flag).ledger.asked_attempt(rollout_id(of));
        let newest = self.courses[of].wishes.last().filter(|wish| wish.taken == self.taken);
        let asked = newest.filter(|wish| told < Some(wish.stage.place.attempt));
        let under_way = asked.is_some_and(|wish| !audience.widens(&wish.audience));
        under_way || !audience.widens(&flag(&self.flag).audience())
    }

    /// The path of an event that asks for more than is served; `None` when it asks for no more.
    pub(super) fn check_rollout(
        &self,
        of: usize,
        (event, overrides): (&rollout::Event, &[Override]),
        next: &rollout::State,
        fresh: bool,
    ) -> Result<Option<Path>, String> {
        let before = &self.courses[of].state;
        if asks(event).is_empty() {
            return if wanted(next).widens(&wanted(before)) {
                Err(format!("{event:?} asks for more and is in no table"))
            } else {
                Ok(None)
            };
        }
        let path = match event {
            rollout::Event::StageEntered(_) | rollout::Event::StepAdvanced(_) => {
                self.check_entry(of, before, next, fresh)?
            }
            rollout::Event::Resumed(resumption) if resumption.kind == ResumeKind::Fresh => {
                self.check_resume(of, resumption, next)?;
                Some(Path::Resume)
            }
            rollout::Event::Resumed(resumption) => {
                self.check_false_alarm(of, resumption, overrides, fresh)?;
                Some(Path::FalseAlarm)
            }
            other => return Err(format!("{other:?} is on no path")),
        };
        match path {
            Some(path) if !asks(event).contains(&path) => Err(format!("{event:?} is not on {path:?}")),
            Some(_) | None => Ok(path),
        }
    }

    fn check_entry(
        &self,
        of: usize,
        before: &rollout::State,
        next: &rollout::State,
        fresh: bool,
    ) -> Result<Option<Path>, String> {
        let Some(active) = next.active() else { return Err("nothing was entered".to_owned()) };
        if matches!(before, rollout::State::Draft(_)) {
            let claimed = flag(&self.flag).claim == Some(rollout_id(of));
            hold(claimed, Path::Start, "without the claim")?;
            hold(matches!(self.flag, flag::State::Live(_)), Path::Start, "the flag is killed")?;
            return Ok(Some(Path::Start));
        }
        let place = |active: &rollout::Active| {
            let rank = STAGES.iter().position(|name| active.stage.as_str() == *name);
            (rank.expect("a stage of the plan"), active.step)
        };
        let left = before.active().filter(|left| place(active) > place(left));
        let Some((course, left)) = before.course().zip(left) else {
            let down = self.is_no_raise(of, &wanted(next));
            return if down { Ok(None) } else { Err("a way down reaches more users".to_owned()) };
        };
        hold(before.name() == "running", Path::Gate, "it does not run")?;
        let taken = self.courses[of].wishes.last().is_none_or(|left| left.taken < self.taken);
        hold(!taken, Path::Gate, "turned off or killed since the step was decided on")?;
        hold(self.passes(fresh, &[]), Path::Gate, "the gate does not pass")?;
        hold(self.at >= left.soaked_at(&course.plan), Path::Gate, "the soak has not ended")?;
        Ok(Some(Path::Gate))
    }

    fn check_resume(
        &self,
        of: usize,
        resumption: &rollout::Resumption,
        next: &rollout::State,
    ) -> Result<(), String> {
        let course = &self.courses[of];
        let first = (resumption.stage.as_str(), resumption.step) == (STAGES[0], 0);
        hold(first || self.is_no_raise(of, &wanted(next)), Path::Resume, "more than is served")?;
        let failed = course.state.failed().map(|failed| failed.attempt);
        let attempt = failed.or_else(|| course.state.active().map(|active| active.attempt));
        let of_attempt = course.breaches.iter().filter(|breach| Some(breach.attempt) >= attempt);
        let open = of_attempt.filter(|breach| !self.is_settled(breach)).count();
        hold(failed.is_none() || open == 0, Path::Resume, "a breach is open")?;
        let mut released = course.breaches.iter().filter(|breach| resumption.releases.contains(&breach.id));
        hold(released.all(|breach| self.is_settled(breach)), Path::Resume, "it releases an open breach")?;
        let broke = is_stopped_by_a_guardrail(&course.state) || flag(&self.flag).is_held();
        let within = !wanted(next).widens(&flag(&self.flag).audience());
        hold(first || within || !broke, Path::Resume, "more than was served when a guardrail broke")?;
        let held = flag(&self.flag).holds.iter().all(|hold| resumption.releases.contains(&hold.cause));
        hold(held, Path::Resume, "held for something else")
    }

    fn check_false_alarm(
        &self,
        of: usize,
        resumption: &rollout::Resumption,
        overrides: &[Override],
        fresh: bool,
    ) -> Result<(), String> {
        let path = Path::FalseAlarm;
        let course = &self.courses[of];
        let was = match &course.state {
            rollout::State::Paused(_, active, _) if is_stopped_by_a_guardrail(&course.state) => active,
            rollout::State::Paused(_, _, pause) => match &pause.owed {
                Some(owed) => &owed.was,
                None => return Err("FalseAlarm: of no breach".to_owned()),
            },
            other => &other.failed().ok_or("FalseAlarm: of no rollback")?.was,
        };
        let named = overrides.iter().find(|over| over.rule == RuleId::R23);
        hold(named.is_some_and(|over| !over.about.is_empty()), path, "no override is recorded")?;
        let of_attempt =
            |breach: &&BreachFact| breach.attempt >= was.attempt || resumption.releases.contains(&breach.id);
        let mut breaches = course.breaches.iter().filter(of_attempt);
        hold(breaches.all(|breach| breach.retracted), path, "a breach was not retracted")?;
        hold(self.passes(fresh, &resumption.releases), path, "the gate does not pass")?;
        let back = (&resumption.stage, resumption.step) == (&was.stage, was.step);
        hold(back, path, "not where it was")
    }

    /// Rules R23, R26: no guardrail is ever disarmed here, so whatever holds the flag or stopped the rollout past the point of
    /// no return can be answered.
    pub(super) fn check_refused(&self, of: usize, blockers: &Blockers) -> Result<(), String> {
        let course = &self.courses[of];
        let holds = &flag(&self.flag).holds;
        let holding = course.breaches.iter().any(|breach| holds.iter().any(|hold| hold.cause == breach.id));
        let stopped = is_stopped_by_a_guardrail(&course.state);
        let answerable = stopped && (holding || course.state.no_return().is_some());
        let forgotten = blockers.first().code == "breach_forgotten";
        if answerable && forgotten { Err(format!("a breach is forgotten: {blockers:?}")) } else { Ok(()) }
    }

    /// Whether a raise of the flag has the guard of its path.
    pub(super) fn check_flag(&mut self, event: &flag::Event, next: &flag::State) -> Result<(), String> {
        if !flag(next).audience().widens(&flag(&self.flag).audience()) {
            return Ok(());
        }
        let path = match event {
            flag::Event::ExposureChanged { stage: Some(stage), audience, .. } => {
                self.check_wish(stage, audience)?
            }
            flag::Event::ExposureChanged { audience, .. } => {
                let members = Audience::members(audience.members.iter().cloned());
                let allowed = self.kind != Kind::Release || audience.is_within(&members);
                hold(allowed, Path::ByHand, "beyond members")?;
                hold(!self.claimant_runs(), Path::ByHand, "a rollout has the flag")?;
                Path::ByHand
            }
            flag::Event::Revived { undone: Some(exposure), .. } => self.check_undo(exposure)?,
            flag::Event::ExposureNarrowed { rollout: Some(of), stage, audience, .. } => {
                let failing = (0..).zip(STAGES).find(|(_, name)| name == stage).map_or(0, |(index, _)| index);
                let mut wishes = self.courses[which(*of)].wishes.iter();
                let shown = wishes.any(|w| w.audience == *audience && w.stage.place.stage_index < failing);
                hold(shown, Path::Rollback, "no lower stage of the rollout showed it")?;
                let share = flag(&self.flag).audience().share();
                hold(audience.share() <= share, Path::Rollback, "a larger share")?;
                Path::Rollback
            }
            other => return Err(format!("{other:?} raises and is on no path")),
        };
        hold(raises(event).contains(&path), path, "the event is in no table")?;
        hold(path == Path::Rollback || !flag(&self.flag).is_held(), path, "the flag is held")?;
        self.walked.insert(path);
        Ok(())
    }

    fn check_wish(&self, stage: &flag::StageExposure, audience: &Audience) -> Result<Path, String> {
        let course = &self.courses[which(stage.place.rollout)];
        let wish = course.wishes.iter().find(|wish| wish.stage == *stage && wish.audience == *audience);
        let wish = wish.ok_or_else(|| format!("nobody asked for {stage:?}"))?;
        // What asked for no more than was served may be told after more was taken away.
        let path = wish.path.unwrap_or(Path::Resume);
        hold(matches!(self.flag, flag::State::Live(_)), path, "the flag is killed")?;
        hold(flag(&self.flag).claim == Some(stage.place.rollout), path, "without the claim")?;
        hold(!course.is_over(), path, "the rollout is over")?;
        hold(course.taken_back < stage.place.attempt, path, "the attempt was taken back")?;
        hold(wish.taken == self.taken, path, "turned off or killed since it was decided")?;
        Ok(path)
    }

    fn check_undo(&self, exposure: &flag::Exposure) -> Result<Path, String> {
        let path = Path::Undo;
        let (at, served) = self.before_kill.as_ref().ok_or("Undo: of no kill, or after something else")?;
        hold(*at + UNDO_WITHIN >= self.at, path, "too late")?;
        hold(exposure.audience == *served, path, "not what was served")?;
        let Some(place) = &exposure.place else { return Ok(path) };
        let course = &self.courses[which(place.rollout)];
        let there = match &course.state {
            rollout::State::Completed(..) => true,
            other => other.active().is_some_and(|active| active.attempt == place.attempt),
        };
        hold(there, path, "the rollout is somewhere else")?;
        hold(self.measured.0 != CheckState::Fail, path, "a guardrail is broken")?;
        let mut about = course.breaches.iter().filter(|breach| breach.attempt >= place.attempt);
        hold(about.all(|breach| self.is_settled(breach)), path, "a breach is open")?;
        Ok(path)
    }
}
