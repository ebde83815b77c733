//! How the state of a guardrail follows from its events. Facts only, never a decision.

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Timestamp;

use super::{Breach, Event, Guardrail, Last, Raised, Shadowed, State, Verdict};

pub(super) fn evolve(state: State, event: &Event) -> State {
    let guardrail = match (state.guardrail(), event) {
        (None, Event::Armed(arming)) => {
            return State::Armed(Guardrail {
                effect: arming.effect,
                arming: arming.clone(),
                last: Last::Nothing,
                raised: Vec::new(),
                shadowed: Shadowed::default(),
            });
        }
        // Nothing is ever written before the arming.
        (
            None,
            Event::AnswerChanged { .. }
            | Event::Breached(_)
            | Event::WouldHaveBreached(_)
            | Event::Acknowledged { .. }
            | Event::Recovered { .. }
            | Event::Retracted { .. }
            | Event::Disarmed { .. }
            | Event::Rearmed
            | Event::EffectChanged { .. },
        ) => return state,
        (Some(guardrail), _) => guardrail.clone(),
    };
    match event {
        Event::Armed(_) => state,
        Event::AnswerChanged { state: answer, as_of, seen, .. } => {
            answered(&state, guardrail, *answer, *as_of, seen)
        }
        Event::Breached(breach) => {
            State::Breached { attempt: breach.at.attempt, guardrail: breached(guardrail, breach) }
        }
        Event::WouldHaveBreached(breach) => {
            let count = guardrail.shadowed.count.saturating_add(1);
            let shadowed = Shadowed { count, attempt: Some(breach.at.attempt) };
            let last = given(CheckState::Fail, breach.as_of, &breach.seen);
            with(&state, Guardrail { last, shadowed, ..guardrail })
        }
        Event::Acknowledged { attempt } => {
            acknowledged(&state, mark(guardrail, *attempt, acknowledge), *attempt)
        }
        Event::Recovered { .. } => State::Recovered(guardrail),
        Event::Retracted { attempt, .. } => retracted(
            &state,
            mark(guardrail, *attempt, |raised| raised.verdict = Verdict::Retracted),
            *attempt,
        ),
        Event::Disarmed { .. } => State::Disarmed(guardrail),
        Event::Rearmed => State::Armed(guardrail),
        Event::EffectChanged { effect, .. } => {
            let mut guardrail = Guardrail { effect: *effect, ..guardrail };
            guardrail.shadowed.attempt = None;
            with(&state, guardrail)
        }
    }
}

fn given(state: CheckState, as_of: Timestamp, seen: &str) -> Last {
    Last::Given { state, as_of, seen: seen.to_owned() }
}

fn breached(mut guardrail: Guardrail, breach: &Breach) -> Guardrail {
    guardrail.last = given(CheckState::Fail, breach.as_of, &breach.seen);
    guardrail.raised.push(Raised {
        stage: breach.at.stage.clone(),
        attempt: breach.at.attempt,
        as_of: breach.as_of,
        seen: breach.seen.clone(),
        critical: breach.critical,
        effect: breach.effect,
        verdict: Verdict::Open,
        recovered: false,
    });
    guardrail
}

/// What was false stays false.
fn acknowledge(raised: &mut Raised) {
    if raised.verdict == Verdict::Open {
        raised.verdict = Verdict::Acknowledged;
    }
}

fn mark(mut guardrail: Guardrail, attempt: u32, set: impl Fn(&mut Raised)) -> Guardrail {
    guardrail.raised.iter_mut().filter(|raised| raised.attempt == attempt).for_each(set);
    guardrail
}

/// The same state with another guardrail in it.
fn with(state: &State, guardrail: Guardrail) -> State {
    match state {
        State::Unarmed => State::Unarmed,
        State::Armed(_) => State::Armed(guardrail),
        State::Excused { attempt, .. } => State::Excused { guardrail, attempt: *attempt },
        State::Breached { attempt, .. } => State::Breached { guardrail, attempt: *attempt },
        State::Acknowledged { attempt, .. } => State::Acknowledged { guardrail, attempt: *attempt },
        State::Recovered(_) => State::Recovered(guardrail),
        State::Disarmed(_) => State::Disarmed(guardrail),
    }
}

fn answered(state: &State, guardrail: Guardrail, answer: CheckState, as_of: Timestamp, seen: &str) -> State {
    let mut guardrail = Guardrail { last: given(answer, as_of, seen), ..guardrail };
    if answer == CheckState::Pass {
        guardrail.shadowed.attempt = None;
        guardrail.raised.iter_mut().for_each(|raised| raised.recovered = true);
    }
    // A pass ends the episode that was excused.
    if answer == CheckState::Pass && state.open_attempt().is_none() && state.episode().is_some() {
        return State::Armed(guardrail);
    }
    with(state, guardrail)
}

fn acknowledged(state: &State, guardrail: Guardrail, attempt: u32) -> State {
    if state.open_attempt() == Some(attempt) {
        State::Acknowledged { guardrail, attempt }
    } else {
        with(state, guardrail)
    }
}

fn retracted(state: &State, guardrail: Guardrail, attempt: u32) -> State {
    if state.open_attempt() == Some(attempt) {
        State::Excused { guardrail, attempt }
    } else {
        with(state, guardrail)
    }
}
