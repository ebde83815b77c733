//! The way back up (rules R11, R23, R24): never wider than what is served, unless a rollback was a false alarm or a
//! kill was a mistake.

use verdict_kernel::check::GateReport;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::principal::{Auth, Issued};
use verdict_kernel::rule::RuleId;

use super::calendar::end_of_next_working_day;
use super::command::{How, PauseCause};
use super::decide::{Decision, not_in};
use super::event::{ResumeKind, Resumption};
use super::plan::Mode;
use super::state::{Active, Course, Failed, Pause, State};
use super::{Event, Refusal};
use crate::gate::{BreachFact, Facts, FlagFact, FlagStanding, GuardrailEffect, GuardrailFact, Watch};
use crate::stage::{Class, StageName};

mod refusal;

pub(crate) use refusal::ANSWERED;
pub(super) use refusal::{FORGOTTEN, REMEMBER};
pub use refusal::{NoWayBack, Unanswered};

pub(super) fn resume(state: &State, how: How, facts: &Facts, issued: &Issued) -> Decision {
    let by_platform = issued.by.auth == Auth::Process;
    match how {
        How::Undo => Ok(undo(state, facts, issued, by_platform)),
        How::Fresh | How::FalseAlarm if by_platform => Err(NoWayBack::OnlyAPerson.into()),
        How::Fresh => fresh(state, facts, issued),
        How::FalseAlarm => false_alarm(state, facts, issued),
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
fn owed(facts: &Facts, active: &Active, pause: &Pause, issued: &Issued) -> Result<Vec<String>, NoWayBack> {
    let held = pause.causes.contains(&PauseCause::Guardrail);
    match &pause.owed {
        Some(failed) => answered(facts, failed.attempt, failed.by_guardrail || held, &failed.causes, issued),
        None => answered(facts, active.attempt, held, &[], issued),
    }
}

/// A new attempt with a fresh soak.
fn fresh(state: &State, facts: &Facts, issued: &Issued) -> Decision {
    match state {
        State::Running(..) => Ok(Vec::new()),
        State::Paused(_, _, pause) if pause.watch != Watch::Held => Err(pause.unwatched()),
        State::Paused(course, active, pause) => {
            has_reason(pause.asks_for_a_reason(), issued)?;
            let flag = served_by(facts)?;
            let breaches = owed(facts, active, pause, issued)?;
            not_held_otherwise(flag, &breaches)?;
            let present = (active.stage, active.step);
            let place =
                if state.exposure_is_under_way(flag) { present } else { within(course, flag, present) };
            Ok(vec![attempt(course, place, breaches, flag.version, issued.at)])
        }
        State::RolledBack(course, served, failed) => {
            has_reason(true, issued)?;
            let flag = served_by(facts)?;
            let causes = answered(facts, failed.attempt, failed.by_guardrail, &failed.causes, issued)?;
            not_held_otherwise(flag, &causes)?;
            let highest =
                served.map_or((course.plan.first(), 0), |stage| (stage, course.plan.last_step(stage)));
            let place = within(course, flag, highest);
            if place.0 > course.plan.first() {
                passes(&course.gate_into(place, facts, &causes, issued.at).report())?;
            }
            Ok(vec![attempt(course, place, causes, flag.version, issued.at)])
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
    (stage, step): (StageName, usize),
    releases: Vec<String>,
    flag_version: u32,
    at: Timestamp,
) -> Event {
    Event::Resumed(Resumption {
        kind: ResumeKind::Fresh,
        stage,
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

/// Rule R23, decision D2: stage, step and soak are given back, as an override with the ids of the breaches.
fn false_alarm(state: &State, facts: &Facts, issued: &Issued) -> Decision {
    let (course, was, since, causes) = match state {
        State::Running(..) => return Ok(Vec::new()),
        State::RolledBack(course, _, failed) if failed.by_guardrail => {
            (course, &failed.was, failed.since, failed.causes.as_slice())
        }
        State::Paused(course, active, pause)
            if pause.causes.contains(&PauseCause::Guardrail) && pause.watch == Watch::Held =>
        {
            (course, active, pause.since, [].as_slice())
        }
        State::Paused(course, _, Pause { owed: Some(failed), causes, watch: Watch::Held, .. })
            if failed.by_guardrail && causes.iter().all(|cause| *cause == PauseCause::Person) =>
        {
            (course, &failed.was, failed.since, failed.causes.as_slice())
        }
        State::RolledBack(..) | State::Paused(..) => return Err(NoWayBack::NoAlarm.into()),
        State::Absent
        | State::Draft(_)
        | State::RollingBack(..)
        | State::Completed(..)
        | State::Aborted(_)
        | State::ShippedDirectly => return not_in(state, "resume"),
    };
    has_reason(true, issued)?;
    let until = end_of_next_working_day(since);
    if issued.at > until {
        return Err(NoWayBack::FalseAlarmTooLate { until }.into());
    }
    let flag = served_by(facts)?;
    let breaches = retracted(facts, was.attempt, causes, issued)?;
    let releases = joined(causes, &breaches);
    not_held_otherwise(flag, &releases)?;
    passes(&course.gate_into((was.stage, was.step), facts, &releases, issued.at).report())?;
    let back = was.less(since, issued.at);
    let resumed = Event::Resumed(Resumption {
        kind: ResumeKind::FalseAlarm,
        stage: was.stage,
        step: was.step,
        attempt: course.attempts + 1,
        at: issued.at,
        stage_since: back.stage_since,
        step_since: back.step_since,
        exposed_at: was.exposed_at,
        releases,
        flag_version: flag.version,
    });
    let overridden =
        Event::Overridden { rule: RuleId::R23, reason: issued.reason.trim().to_owned(), breaches };
    let mut events = vec![overridden, resumed, the_rest()];
    events.extend(second_person(course, was));
    Ok(events)
}

/// What a false alarm leaves to do elsewhere.
fn the_rest() -> Event {
    let sentence = "announcements that the breach held and its incident are still as they were: the same command with \
                    --and-release-announcements and --and-resolve-incident settles them; see verdict launch list \
                    --of <rollout> and verdict incident list --of <rollout>";
    Event::Warned { rule: RuleId::R23, sentence: sentence.to_owned() }
}

/// Decision D13: until there are identities, a step for two says so and takes a reason.
fn second_person(course: &Course, was: &Active) -> Option<Event> {
    let widely = match was.stage.class() {
        Class::Share | Class::Everyone => true,
        Class::Internal | Class::Named => false,
    };
    (widely && course.plan.mode == Mode::Scaling).then(|| Event::Warned {
        rule: RuleId::R23,
        sentence: "a second person confirms a false alarm that gives a share of the users back".to_owned(),
    })
}

/// Rule R24: the attempt as it was. Anything else that pauses it stays.
fn undo(state: &State, facts: &Facts, issued: &Issued, by_platform: bool) -> Vec<Event> {
    let State::Paused(course, active, pause) = state else {
        return Vec::new();
    };
    let alone = pause.causes.iter().all(|cause| *cause == PauseCause::Killed) && pause.watch == Watch::Held;
    let served = match &facts.flag {
        FlagFact::Known(flag) => {
            let wanted = course.plan.exposure(active.stage, active.step);
            (!flag.killed && !wanted.widens(&flag.served)).then_some(flag.version)
        }
        FlagFact::Unknown(_) => None,
    };
    let Some(flag_version) = served.filter(|_| by_platform && alone) else {
        return Vec::new();
    };
    let back = active.less(pause.since, issued.at);
    vec![Event::Resumed(Resumption {
        kind: ResumeKind::Undo,
        stage: active.stage,
        step: active.step,
        attempt: active.attempt,
        at: issued.at,
        stage_since: back.stage_since,
        step_since: back.step_since,
        exposed_at: active.exposed_at,
        releases: Vec::new(),
        flag_version,
    })]
}

fn has_reason(asked: bool, issued: &Issued) -> Result<(), NoWayBack> {
    if asked && issued.reason.trim().is_empty() { Err(NoWayBack::ReasonMissing) } else { Ok(()) }
}

/// What the flag serves, where it can serve anything.
fn served_by(facts: &Facts) -> Result<&FlagStanding, NoWayBack> {
    match &facts.flag {
        FlagFact::Unknown(why) => Err(NoWayBack::FlagUnread { why: why.clone() }),
        FlagFact::Known(flag) if flag.killed => Err(NoWayBack::FlagIsKilled),
        FlagFact::Known(flag) => Ok(flag),
    }
}

/// The highest step up to `highest` that reaches nobody whom the flag does not serve; the first one of all where
/// nobody is served.
fn within(course: &Course, flag: &FlagStanding, highest: (StageName, usize)) -> (StageName, usize) {
    let plan = &course.plan;
    let steps = plan.stages.iter().flat_map(|stage| (0..stage.steps.len()).map(|step| (stage.name, step)));
    let fits = |place: &(StageName, usize)| {
        *place <= highest && !plan.exposure(place.0, place.1).widens(&flag.served)
    };
    let nobody = flag.served.is_nobody();
    let fitting: Vec<_> = steps.filter(|_| !nobody).filter(fits).collect();
    fitting.last().copied().unwrap_or_else(|| (plan.first(), 0))
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
fn not_held_otherwise(flag: &FlagStanding, answered: &[String]) -> Result<(), NoWayBack> {
    match flag.holds.iter().find(|hold| !answered.contains(hold)) {
        Some(hold) => Err(NoWayBack::HeldOtherwise { cause: hold.clone() }),
        None => Ok(()),
    }
}

fn passes(report: &GateReport) -> Result<(), Refusal> {
    if report.is_open() { Ok(()) } else { Err(Refusal::GateShut(report.clone())) }
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
