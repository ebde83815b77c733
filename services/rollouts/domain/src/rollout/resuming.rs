//! The way back up (rules R11, R23, R24): never wider than what is served, unless a rollback was a false alarm or a
//! kill was a mistake.

use verdict_kernel::clock::Timestamp;
use verdict_kernel::decision::{Blockers, Decision};
use verdict_kernel::mode::Mode;
use verdict_kernel::principal::{Auth, Issued};
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;

use super::calendar::end_of_next_working_day;
use super::command::{How, PauseCause};
use super::decide::{Decided, not_in};
use super::event::{ResumeKind, Resumption};
use super::refusal::gate_shut;
use super::state::{Active, Course, Failed, Pause, State};
use super::{Event, Known};
use crate::gate::{BreachFact, Facts, FlagFact, FlagStanding, GuardrailEffect, GuardrailFact, Watch};
use crate::stage::{Class, Stage, StageName};

mod refusal;

pub(crate) use refusal::ANSWERED;
pub(super) use refusal::{FORGOTTEN, REMEMBER};
pub use refusal::{NoWayBack, Unanswered};

pub(super) fn resume(state: &State, how: How, known: &Known, issued: &Issued) -> Decided {
    let by_platform = issued.by.auth == Auth::Process;
    match how {
        How::Undo => undo(state, known, issued, by_platform),
        How::Fresh | How::FalseAlarm if by_platform => Err(NoWayBack::OnlyAPerson.into()),
        How::Fresh => fresh(state, known, issued),
        How::FalseAlarm => false_alarm(state, known, issued),
    }
}

impl State {
    /// The flag has not been told of the present attempt yet, and nobody turned it off.
    pub(super) fn exposure_is_under_way(&self, flag: &FlagStanding) -> bool {
        let (active, taken_away) = match self {
            Self::Running(_, active) => (active, false),
            Self::Paused(_, active, pause) => (active, pause.is_off()),
            Self::Absent
            | Self::Draft(_)
            | Self::RollingBack(..)
            | Self::RolledBack(..)
            | Self::Completed(..)
            | Self::Aborted(_)
            | Self::ShippedDirectly => return false,
        };
        let told = flag.asked.is_some_and(|asked| asked >= active.attempt);
        !taken_away && !told && active.flag_version >= flag.taken_away
    }
}

impl Pause {
    fn is_off(&self) -> bool {
        self.causes.contains(&PauseCause::Off) || self.causes.contains(&PauseCause::Killed)
    }

    /// Only a person who changed his mind needs no reason.
    fn asks_for_a_reason(&self) -> bool {
        self.owed.is_some() || self.causes.iter().any(|cause| *cause != PauseCause::Person)
    }
}

/// What the attempt broke, and what was taken back before it, is answered; a resume releases that.
fn owed(
    (course, active, pause): Stopped<'_>,
    facts: &Facts,
    flag: &FlagStanding,
    issued: &Issued,
) -> Result<Vec<String>, NoWayBack> {
    let held = pause.causes.contains(&PauseCause::Guardrail);
    let (attempt, by_guardrail, causes) = match &pause.owed {
        Some(failed) => (failed.attempt, failed.by_guardrail, failed.causes.as_slice()),
        None => (active.attempt, false, [].as_slice()),
    };
    let from = if held { broken_from((course, active, pause), facts, flag).min(attempt) } else { attempt };
    answered(facts, from, by_guardrail || held, causes, issued)
}

/// A rollout that is paused.
type Stopped<'a> = (&'a Course, &'a Active, &'a Pause);

/// The attempt from which on breaches are asked about, where a guardrail stopped the rollout. It is older than the present one
/// after a way down by hand, and where the breach named one that was over: that holds the flag, or did, past the point
/// of no return (rule R26).
fn broken_from((course, active, pause): Stopped<'_>, facts: &Facts, flag: &FlagStanding) -> u32 {
    let raised = || of_attempt(facts, 0, &[]).map(|(_, breach)| breach);
    let holding =
        raised().filter(|breach| flag.holds.contains(&breach.id)).map(|breach| breach.attempt).min();
    let newest = raised().map(|breach| breach.attempt).max();
    let newest = newest.filter(|_| course.plan.no_return_at(&active.stage).is_some());
    [holding, newest].into_iter().flatten().fold(pause.attempt.min(active.attempt), u32::min)
}

/// A new attempt with a fresh soak.
fn fresh(state: &State, known: &Known, issued: &Issued) -> Decided {
    match state {
        State::Running(..) => Ok(Decision::nothing()),
        State::Paused(course, active, pause) => {
            let facts = known.gate()?;
            let mut ruling = Ruling::of(issued);
            ruling.demand_by_level(pause.watch == Watch::Held, || pause.unwatched());
            demand_a_reason(pause.asks_for_a_reason(), issued, &mut ruling);
            let flag = served_by(facts, &mut ruling)?;
            let breaches =
                owed((course, active, pause), facts, flag, issued).map_err(|open| ruling.stop(open))?;
            demand_no_other_hold(flag, &breaches, &mut ruling);
            let present = (&active.stage, active.step);
            // What was about to be shown when a guardrail broke was decided on before that: it asks the gate again.
            let broke = pause.causes.contains(&PauseCause::Guardrail) || !flag.holds.is_empty();
            let goes_on = state.exposure_is_under_way(flag) && !broke;
            let place = if goes_on { present } else { within(course, flag, present) };
            ruling.decide(vec![attempt(course, place, breaches, flag.version, issued.at)])
        }
        State::RolledBack(course, served, failed) => {
            let facts = known.gate()?;
            let mut ruling = Ruling::of(issued);
            demand_a_reason(true, issued, &mut ruling);
            let flag = served_by(facts, &mut ruling)?;
            let causes = answered(facts, failed.attempt, failed.by_guardrail, &failed.causes, issued);
            let causes = causes.map_err(|open| ruling.stop(open))?;
            demand_no_other_hold(flag, &causes, &mut ruling);
            // Where it goes on is for the flag to say.
            ruling.done()?;
            let first = course.plan.first();
            let highest = served.as_ref().map_or((first, 0), |stage| (stage, course.plan.last_step(stage)));
            let place = within(course, flag, highest);
            if place.0 != first {
                let gate = course.gate_into(place, facts, &causes, issued.at);
                ruling.demand_open(&gate.report(), gate_shut);
            }
            ruling.decide(vec![attempt(course, place, causes, flag.version, issued.at)])
        }
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => not_in(state, "resume"),
    }
}

fn attempt(
    course: &Course,
    (stage, step): (&StageName, usize),
    releases: Vec<String>,
    flag_version: u32,
    at: Timestamp,
) -> Event {
    Event::Resumed(Resumption {
        kind: ResumeKind::Fresh,
        stage: stage.clone(),
        step,
        attempt: course.attempts + 1,
        at,
        stage_since: at,
        step_since: at,
        exposed_at: at,
        releases,
        flag_version,
    })
}

/// What a false alarm would give back: where the rollout was, since when it was taken back, and the attempt from which on
/// breaches and other causes did that.
type TakenBack<'a> = (&'a Course, &'a Active, Timestamp, (u32, &'a [String]));

/// Rule R23, decision D2: stage, step and soak are given back, as an override with the ids of the breaches.
fn false_alarm(state: &State, known: &Known, issued: &Issued) -> Decided {
    let (course, was, since, broken): TakenBack<'_> = match state {
        State::Running(..) => return Ok(Decision::nothing()),
        State::RolledBack(course, _, failed) if failed.by_guardrail => {
            (course, &failed.was, failed.since, (failed.was.attempt, &failed.causes))
        }
        State::Paused(course, active, pause)
            if pause.causes.contains(&PauseCause::Guardrail) && pause.watch == Watch::Held =>
        {
            let facts = known.gate()?;
            let from = match &facts.flag {
                FlagFact::Known(flag) => broken_from((course, active, pause), facts, flag),
                FlagFact::Unknown(_) => pause.attempt.min(active.attempt),
            };
            (course, active, pause.since, (from, &[]))
        }
        State::Paused(course, _, Pause { owed: Some(failed), causes, watch: Watch::Held, .. })
            if failed.by_guardrail && causes.iter().all(|cause| *cause == PauseCause::Person) =>
        {
            (course, &failed.was, failed.since, (failed.was.attempt, &failed.causes))
        }
        State::RolledBack(..) | State::Paused(..) => return Err(NoWayBack::NoAlarm.into()),
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => return not_in(state, "resume"),
    };
    give_back((course, was, since, broken), known.gate()?, issued)
}

fn give_back(
    (course, was, since, (attempt, causes)): TakenBack<'_>,
    facts: &Facts,
    issued: &Issued,
) -> Decided {
    let mut ruling = Ruling::of(issued);
    let breaches = retracted(facts, attempt, causes, issued);
    let about = breaches.clone().unwrap_or_default();
    ruling.overrule(NoWayBack::TakenBack { stage: was.stage.clone(), since }, about);
    let until = end_of_next_working_day(since);
    ruling.demand(issued.at <= until, || NoWayBack::FalseAlarmTooLate { until });
    let flag = served_by(facts, &mut ruling)?;
    let releases = joined(causes, &breaches.map_err(|stands| ruling.stop(stands))?);
    demand_no_other_hold(flag, &releases, &mut ruling);
    // The gate asks about the flag as well.
    ruling.done()?;
    let gate = course.gate_into((&was.stage, was.step), facts, &releases, issued.at);
    ruling.demand_open(&gate.report(), gate_shut);
    remark_the_rest(course, was, &mut ruling);
    let back = was.less(since, issued.at);
    ruling.decide(vec![Event::Resumed(Resumption {
        kind: ResumeKind::FalseAlarm,
        stage: was.stage.clone(),
        step: was.step,
        attempt: course.attempts + 1,
        at: issued.at,
        stage_since: back.stage_since,
        step_since: back.step_since,
        exposed_at: was.exposed_at,
        releases,
        flag_version: flag.version,
    })])
}

/// What a false alarm leaves to do elsewhere, and that nobody confirmed it: until there are identities, a step for two
/// says so and takes a reason (decision D13).
fn remark_the_rest(course: &Course, was: &Active, ruling: &mut Ruling<'_>) {
    let left = || {
        "announcements that the breach held and its incident are still as they were: the same command with \
         --and-release-announcements and --and-resolve-incident settles them; see verdict launch list --of <rollout> \
         and verdict incident list --of <rollout>"
            .to_owned()
    };
    ruling.remark(RuleId::R23, false, left);
    let widely = match course.plan.class(&was.stage) {
        Class::Share | Class::Everyone => true,
        Class::Internal | Class::Named => false,
    };
    ruling.remark(RuleId::R23, !(widely && course.plan.mode == Mode::Scaling), || {
        "a second person confirms a false alarm that gives a share of the users back".to_owned()
    });
}

/// Rule R24: the attempt as it was. Anything else that pauses it stays.
fn undo(state: &State, known: &Known, issued: &Issued, by_platform: bool) -> Decided {
    let State::Paused(course, active, pause) = state else {
        return Ok(Decision::nothing());
    };
    let alone = pause.causes.iter().all(|cause| *cause == PauseCause::Killed) && pause.watch == Watch::Held;
    let served = match &known.gate()?.flag {
        FlagFact::Known(flag) => {
            let wanted = course.plan.exposure(&active.stage, active.step);
            (!flag.killed && !wanted.widens(&flag.served)).then_some(flag.version)
        }
        FlagFact::Unknown(_) => None,
    };
    let Some(flag_version) = served.filter(|_| by_platform && alone) else {
        return Ok(Decision::nothing());
    };
    let back = active.less(pause.since, issued.at);
    let resumed = Event::Resumed(Resumption {
        kind: ResumeKind::Undo,
        stage: active.stage.clone(),
        step: active.step,
        attempt: active.attempt,
        at: issued.at,
        stage_since: back.stage_since,
        step_since: back.step_since,
        exposed_at: active.exposed_at,
        releases: Vec::new(),
        flag_version,
    });
    Ok(vec![resumed].into())
}

fn demand_a_reason(asked: bool, issued: &Issued, ruling: &mut Ruling<'_>) {
    ruling.demand(!asked || !issued.reason.trim().is_empty(), || NoWayBack::ReasonMissing);
}

/// What the flag serves, where it can serve anything.
fn served_by<'a>(facts: &'a Facts, ruling: &mut Ruling<'_>) -> Result<&'a FlagStanding, Blockers> {
    match &facts.flag {
        FlagFact::Unknown(why) => Err(ruling.stop(NoWayBack::FlagUnread { why: why.clone() })),
        FlagFact::Known(flag) => {
            ruling.demand(!flag.killed, || NoWayBack::FlagIsKilled);
            Ok(flag)
        }
    }
}

/// The highest step up to `highest` that reaches nobody whom the flag does not serve; the first one of all where
/// nobody is served.
fn within<'a>(
    course: &'a Course,
    flag: &FlagStanding,
    (highest, step): (&'a StageName, usize),
) -> (&'a StageName, usize) {
    let (plan, highest) = (&course.plan, (course.plan.rank(highest), step));
    let of_stage =
        |(rank, stage): (usize, &'a Stage)| (0..stage.steps.len()).map(move |step| (rank, &stage.name, step));
    let places = plan.stages.iter().enumerate().flat_map(of_stage);
    let fits = |(rank, name, step): &(usize, &StageName, usize)| {
        (*rank, *step) <= highest && !plan.exposure(name, *step).widens(&flag.served)
    };
    let nobody = flag.served.is_nobody();
    let fitting = places.filter(|_| !nobody).rfind(fits);
    fitting.map_or_else(|| (plan.first(), 0), |(_, name, step)| (name, step))
}

/// Rule R23: every breach of the attempt was retracted, or acknowledged while its guardrail passes on younger data.
/// Answers what the resume releases.
fn answered(
    facts: &Facts,
    attempt: u32,
    guardrail_broke: bool,
    causes: &[String],
    issued: &Issued,
) -> Result<Vec<String>, NoWayBack> {
    let raised = breaches(facts, attempt, causes, guardrail_broke, issued)?;
    if let Some(open) = raised.iter().find(|raised| !is_answered(**raised)) {
        return Err(NoWayBack::BreachUnanswered(Box::new(unanswered(*open))));
    }
    let ids: Vec<_> = raised.iter().map(|(_, breach)| breach.id.clone()).collect();
    Ok(joined(causes, &ids))
}

/// Rule R23 for one breach.
pub(crate) fn is_answered((guardrail, breach): Raised<'_>) -> bool {
    let younger = guardrail.as_of.is_some_and(|as_of| as_of > breach.at);
    breach.retracted || (breach.acknowledged && guardrail.state.is_pass() && younger)
}

/// The breaches of the attempt, all of which were retracted.
fn retracted(
    facts: &Facts,
    attempt: u32,
    causes: &[String],
    issued: &Issued,
) -> Result<Vec<String>, NoWayBack> {
    let of_attempt = breaches(facts, attempt, causes, true, issued)?;
    match of_attempt.iter().find(|(_, breach)| !breach.retracted) {
        Some((guardrail, breach)) => Err(NoWayBack::NotRetracted {
            breach: breach.id.clone(),
            guardrail: guardrail.guardrail.clone(),
            at: breach.at,
        }),
        None => Ok(of_attempt.iter().map(|(_, breach)| breach.id.clone()).collect()),
    }
}

pub(crate) type Raised<'a> = (&'a GuardrailFact, &'a BreachFact);

/// What guardrails raised over the attempt, or what took it back. Where one broke, somebody must be able to say so.
fn breaches<'a>(
    facts: &'a Facts,
    attempt: u32,
    causes: &'a [String],
    guardrail_broke: bool,
    issued: &Issued,
) -> Result<Vec<Raised<'a>>, NoWayBack> {
    if guardrail_broke && let Err((_, why)) = facts.confirmed(issued.at) {
        return Err(NoWayBack::BreachesUnread { why });
    }
    let found: Vec<_> = of_attempt(facts, attempt, causes).collect();
    if guardrail_broke && found.is_empty() {
        return Err(NoWayBack::BreachForgotten);
    }
    Ok(found)
}

/// A later attempt cannot have failed, so whatever names one is about this one.
pub(super) fn of_attempt<'a>(
    facts: &'a Facts,
    attempt: u32,
    causes: &'a [String],
) -> impl Iterator<Item = Raised<'a>> {
    let counts = facts.guardrails().iter().filter(|fact| fact.effect != GuardrailEffect::Shadow);
    let raised = counts.flat_map(|fact| fact.breaches.iter().map(move |breach| (fact, breach)));
    raised.filter(move |(_, breach)| breach.attempt >= attempt || causes.contains(&breach.id))
}

pub(crate) fn unanswered((guardrail, breach): Raised<'_>) -> Unanswered {
    Unanswered {
        breach: breach.id.clone(),
        guardrail: guardrail.guardrail.clone(),
        metric: guardrail.metric.clone(),
        stage: breach.stage.clone(),
        at: breach.at,
        acknowledged: breach.acknowledged,
        seen: guardrail.seen.clone(),
        state: guardrail.state,
    }
}

/// Rule R11: a hold belongs to its cause, and whatever this resume does not answer keeps the flag where it is.
fn demand_no_other_hold(flag: &FlagStanding, answered: &[String], ruling: &mut Ruling<'_>) {
    for cause in flag.holds.iter().filter(|hold| !answered.contains(hold)) {
        ruling.demand(false, || NoWayBack::HeldOtherwise { cause: cause.clone() });
    }
}

fn joined(causes: &[String], more: &[String]) -> Vec<String> {
    let mut all: Vec<_> = causes.iter().filter(|cause| !cause.is_empty()).cloned().collect();
    all.extend(more.iter().filter(|id| !causes.contains(id)).cloned());
    all
}

impl Failed {
    /// What a false alarm would give back until when.
    pub(super) fn false_alarm_until(&self) -> Timestamp {
        end_of_next_working_day(self.since)
    }
}
