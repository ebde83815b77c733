//! What a command on a guardrail leads to.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::time::Duration;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::{Timestamp, between};
use verdict_kernel::decision::{Blockers, Decision, known};
use verdict_kernel::principal::Issued;
use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;

use super::doubts::{Known, doubts};
use super::evolve::evolve;
use super::{
    Answer, Arm, Arming, Breach, Command, Effect, Event, Guardrail, Last, Raised, Refusal, StageAttempt,
    State, Verdict,
};
use crate::evaluation::{Severity, Terms, is_to_come};

/// So many false alarms within this time propose effect shadow (rule R23).
const FALSE_ALARMS: usize = 3;
const FALSE_ALARMS_WITHIN: Duration = Duration::from_hours(30 * 24);

/// The fact that arming rests on.
const METRIC: &str = "what the metric is";

pub(super) fn decide(
    state: &State,
    command: Command,
    metric: Option<&Known>,
    issued: &Issued,
) -> Result<Decision<Event>, Blockers> {
    match (state, command) {
        (State::Unarmed, Command::Arm(wanted)) => arm(wanted, known(metric, METRIC)?, issued),
        (
            State::Unarmed,
            Command::Answer(_)
            | Command::Acknowledge { .. }
            | Command::Retract { .. }
            | Command::Disarm
            | Command::Rearm
            | Command::SetEffect { .. }
            | Command::Reconsider { .. },
        ) => Err(Refusal::Unarmed.into()),
        (
            State::Armed(guardrail)
            | State::Excused { guardrail, .. }
            | State::Breached { guardrail, .. }
            | State::Acknowledged { guardrail, .. }
            | State::Recovered(guardrail)
            | State::Disarmed(guardrail),
            command,
        ) => decide_armed(state, guardrail, command, metric, issued),
    }
}

fn decide_armed(
    state: &State,
    guardrail: &Guardrail,
    command: Command,
    metric: Option<&Known>,
    issued: &Issued,
) -> Result<Decision<Event>, Blockers> {
    let watching = state.is_watching();
    let mut ruling = Ruling::of(issued);
    let events = match command {
        Command::Arm(wanted) => arm_again(guardrail, &arming(wanted, known(metric, METRIC)?), watching)?,
        Command::Answer(answer) if watching => answered(state, guardrail, answer),
        Command::Reconsider { answer, unfounded } if watching => {
            reconsidered(state, guardrail, answer, &unfounded, issued, &mut ruling)
        }
        Command::Acknowledge { attempt } => acknowledge(guardrail, attempt)?,
        Command::Retract { attempt } => retract(guardrail, attempt, issued, &mut ruling)?,
        Command::Disarm if watching => disarm(guardrail, issued, &mut ruling),
        Command::Rearm if !watching => vec![Event::Rearmed],
        Command::SetEffect { effect } if effect != guardrail.effect => {
            vec![Event::EffectChanged { effect, reason: reason(issued, "another effect", &mut ruling) }]
        }
        // Nobody listens to a disarmed one; the others are so already.
        Command::Answer(_)
        | Command::Reconsider { .. }
        | Command::Disarm
        | Command::Rearm
        | Command::SetEffect { .. } => Vec::new(),
    };
    ruling.decide(events)
}

/// Rules M2 and M18.
fn arm(wanted: Arm, metric: &Known, issued: &Issued) -> Result<Decision<Event>, Blockers> {
    let mut ruling = Ruling::of(issued);
    ruling.demand(metric.kind.may_gate(), || Refusal::LaggingGate { metric: wanted.metric.clone() });
    for doubt in doubts(&wanted.rule, metric) {
        ruling.remark(RuleId::M18, false, || doubt);
    }
    ruling.decide(vec![Event::Armed(arming(wanted, metric))])
}

/// What is armed for the metric as it is now.
fn arming(wanted: Arm, metric: &Known) -> Arming {
    let Arm { metric: key, rollout, rule, min_sample, severity, effect, judge } = wanted;
    let Known { refresh, aggregation, .. } = *metric;
    let terms = Terms { rule, min_sample, severity, refresh, judge, aggregation };
    Arming { metric: key, rollout, terms, effect }
}

/// The same guardrail is armed once; armed again after it was disarmed, it watches again.
fn arm_again(guardrail: &Guardrail, arming: &Arming, watching: bool) -> Result<Vec<Event>, Refusal> {
    if guardrail.arming == *arming {
        Ok((!watching).then_some(Event::Rearmed).into_iter().collect())
    } else {
        Err(Refusal::ArmedAlready { metric: guardrail.arming.metric.clone() })
    }
}

/// Only a guardrail whose breaches are dealt with goes away: with it the question whether they were false would.
fn disarm(guardrail: &Guardrail, issued: &Issued, ruling: &mut Ruling<'_>) -> Vec<Event> {
    if let Some(&Raised { attempt, .. }) = guardrail.raised.last().filter(|raised| !raised.is_settled()) {
        ruling.demand(false, || Refusal::Unsettled { attempt });
    }
    vec![Event::Disarmed { reason: reason(issued, "disarming", ruling) }]
}

/// The attempt that is meant, with its breaches, of which there is at least one.
fn breaches_of(guardrail: &Guardrail, attempt: Option<u32>) -> Result<(u32, Vec<&Raised>), Refusal> {
    let meant = attempt.or_else(|| guardrail.raised.last().map(|raised| raised.attempt));
    let of = |meant: u32| guardrail.raised.iter().filter(|raised| raised.attempt == meant).collect();
    match meant.map(|meant| (meant, of(meant))) {
        Some((meant, found)) if !Vec::is_empty(&found) => Ok((meant, found)),
        Some(_) | None => Err(Refusal::NotBreached { attempt }),
    }
}

fn acknowledge(guardrail: &Guardrail, attempt: Option<u32>) -> Result<Vec<Event>, Refusal> {
    let (attempt, breaches) = breaches_of(guardrail, attempt)?;
    let mut open = breaches.iter().filter(|raised| raised.verdict != Verdict::Retracted).peekable();
    if open.peek().is_none() {
        return Err(Refusal::RetractedAlready { attempt });
    }
    let unseen = open.any(|raised| raised.verdict == Verdict::Open);
    Ok(unseen.then_some(Event::Acknowledged { attempt }).into_iter().collect())
}

fn retract(
    guardrail: &Guardrail,
    attempt: Option<u32>,
    issued: &Issued,
    ruling: &mut Ruling<'_>,
) -> Result<Vec<Event>, Refusal> {
    let (attempt, breaches) = breaches_of(guardrail, attempt)?;
    if breaches.iter().all(|raised| raised.verdict == Verdict::Retracted) {
        return Ok(Vec::new());
    }
    let reason = reason(issued, "a retraction", ruling);
    propose_shadow(guardrail, &[attempt], issued, ruling);
    Ok(vec![Event::Retracted { reason, attempt }])
}

/// Rule R23: a guardrail that is wrong so often had better only watch (rule R21). `now` are the attempts whose breaches
/// turn out to be false now.
fn propose_shadow(guardrail: &Guardrail, now: &[u32], issued: &Issued, ruling: &mut Ruling<'_>) {
    let is_false = |raised: &&Raised| {
        let lately = between(raised.as_of, issued.at) <= FALSE_ALARMS_WITHIN;
        lately && (raised.verdict == Verdict::Retracted || now.contains(&raised.attempt))
    };
    let alarms: BTreeSet<u32> =
        guardrail.raised.iter().filter(is_false).map(|raised| raised.attempt).collect();
    let is_right = now.is_empty() || alarms.len() < FALSE_ALARMS || guardrail.effect == Effect::Shadow;
    ruling.remark(RuleId::R23, is_right, || {
        format!(
            "{} false alarms in 30 days: let it watch without an effect until it is right: verdict guardrail set-effect \
             <guardrail> --effect shadow --reason <why>",
            alarms.len()
        )
    });
}

/// Rule P2. Without a reason there is none to record.
fn reason(issued: &Issued, what: &'static str, ruling: &mut Ruling<'_>) -> String {
    let reason = issued.reason.trim();
    ruling.demand(!reason.is_empty(), || Refusal::ReasonMissing { what });
    reason.to_owned()
}

fn answered(state: &State, guardrail: &Guardrail, answer: Answer) -> Vec<Event> {
    if !is_news(guardrail, answer.state, answer.as_of, answer.found_at) {
        return Vec::new();
    }
    let changed = guardrail.last.state() != answer.state;
    consequences(state, guardrail, answer, changed)
}

/// Rows are gone: the answer may be older than the last one, and breaches may have lost what they rested on.
fn reconsidered(
    state: &State,
    guardrail: &Guardrail,
    answer: Answer,
    unfounded: &[u32],
    issued: &Issued,
    ruling: &mut Ruling<'_>,
) -> Vec<Event> {
    let founded =
        |raised: &Raised| raised.verdict == Verdict::Retracted || !unfounded.contains(&raised.attempt);
    let unfounded = guardrail.raised.iter().filter(|raised| !founded(raised));
    let mut attempts: Vec<u32> = unfounded.map(|raised| raised.attempt).collect();
    attempts.dedup();
    let reason = format!("its observations were taken back: {}", issued.reason.trim());
    let retracted: Vec<Event> =
        attempts.iter().map(|&attempt| Event::Retracted { reason: reason.clone(), attempt }).collect();
    propose_shadow(guardrail, &attempts, issued, ruling);
    let after = retracted.iter().fold(state.clone(), evolve);
    let Some(guardrail) = after.guardrail() else {
        return retracted;
    };
    let last = &guardrail.last;
    let changed = last.state() != answer.state || last.as_of() != Some(answer.as_of);
    let follows = consequences(&after, guardrail, answer, changed);
    retracted.into_iter().chain(follows).collect()
}

fn consequences(state: &State, guardrail: &Guardrail, answer: Answer, changed: bool) -> Vec<Event> {
    let changed = changed.then(|| Event::AnswerChanged {
        rollout: guardrail.arming.rollout,
        state: answer.state,
        as_of: answer.as_of,
        seen: answer.seen.clone(),
        sample: answer.sample,
    });
    let follows = match answer.state {
        CheckState::Fail => failed(state, guardrail, answer),
        CheckState::Pass => state.is_breached().then_some(Event::Recovered { as_of: answer.as_of }),
        CheckState::Unknown(_) => None,
    };
    changed.into_iter().chain(follows).collect()
}

/// Newer than the last answer, or worse at the same instant: data that comes late may still reveal a failure, and
/// data that stops coming makes an answer stale. It never makes a failure undone. What is as of a time that is still to
/// come hides no failure, and is news only when it is one (design clause 24).
pub(super) fn is_news(guardrail: &Guardrail, state: CheckState, as_of: Timestamp, now: Timestamp) -> bool {
    let to_come = |as_of| is_to_come(guardrail.arming.terms.refresh, as_of, now);
    if state != CheckState::Fail && to_come(as_of) {
        return false;
    }
    match &guardrail.last {
        Last::Nothing => true,
        Last::Given { as_of: then, .. } if state == CheckState::Fail && to_come(*then) => true,
        Last::Given { state: before, as_of: then, .. } => match as_of.cmp(then) {
            Ordering::Greater => true,
            Ordering::Equal => badness(state) > badness(*before),
            Ordering::Less => false,
        },
    }
}

const fn badness(state: CheckState) -> u8 {
    match state {
        CheckState::Unknown(
            Unknown::NoData | Unknown::Insufficient | Unknown::Inconclusive | Unknown::Unhealthy,
        ) => 0,
        // Of several sources the last one may make it known, as of the same instant.
        CheckState::Pass => 1,
        CheckState::Fail => 2,
        CheckState::Unknown(Unknown::Stale) => 3,
    }
}

/// A failure is told once per episode, and once more for each later attempt that still fails. One that held and
/// rolls back by now is told again (rule R21).
pub(super) fn is_new_failure(state: &State, guardrail: &Guardrail, attempt: u32) -> bool {
    let later = |named: Option<u32>| named.is_none_or(|named| attempt > named);
    match guardrail.effect {
        Effect::Shadow => later(guardrail.shadowed.attempt),
        Effect::Hold => later(state.episode()),
        Effect::Rollback => later(state.episode()) || only_held(state, guardrail, attempt),
    }
}

fn only_held(state: &State, guardrail: &Guardrail, attempt: u32) -> bool {
    let held = |raised: &Raised| raised.attempt == attempt && raised.effect == Effect::Hold;
    state.open_attempt() == Some(attempt) && guardrail.raised.last().is_some_and(held)
}

fn failed(state: &State, guardrail: &Guardrail, answer: Answer) -> Option<Event> {
    let Answer { as_of, seen, attempt, .. } = answer;
    let at: StageAttempt = attempt.filter(|at| is_new_failure(state, guardrail, at.attempt))?;
    let Arming { metric, rollout, terms, .. } = &guardrail.arming;
    let breach = Breach {
        rollout: *rollout,
        at,
        metric: metric.clone(),
        as_of,
        required: terms.rule.to_string(),
        seen,
        critical: matches!(terms.severity, Severity::Critical { .. }),
        effect: guardrail.effect,
    };
    Some(match guardrail.effect {
        Effect::Shadow => Event::WouldHaveBreached(breach),
        Effect::Hold | Effect::Rollback => Event::Breached(breach),
    })
}
