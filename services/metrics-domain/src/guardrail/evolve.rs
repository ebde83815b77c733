//! How the state of a guardrail follows from its events. Facts only, never a decision.

use verdict_kernel::check::CheckState;
use verdict_kernel::clock::Timestamp;

use super::{Event, Guardrail, Last, State};

pub(super) fn evolve(state: State, event: &Event) -> State {
    let guardrail = match (state.guardrail(), event) {
        (None, Event::Armed(arming)) => {
            return State::Armed(Guardrail { arming: arming.clone(), last: Last::Nothing, breaches: 0 });
        }
        // Nothing is ever written before the arming.
        (
            None,
            Event::AnswerChanged { .. }
            | Event::Breached(_)
            | Event::Acknowledged
            | Event::Recovered { .. }
            | Event::Retracted { .. }
            | Event::Disarmed { .. }
            | Event::Rearmed,
        ) => return state,
        (Some(guardrail), _) => guardrail.clone(),
    };
    match event {
        Event::Armed(_) => state,
        Event::AnswerChanged { state: answer, as_of, seen, .. } => {
            answered(state, guardrail, *answer, *as_of, seen)
        }
        Event::Breached(breach) => State::Breached {
            attempt: breach.at.attempt,
            guardrail: Guardrail {
                breaches: guardrail.breaches.saturating_add(1),
                last: given(CheckState::Fail, breach.as_of, &breach.seen),
                ..guardrail
            },
        },
        Event::Acknowledged => match state.episode() {
            Some(attempt) => State::Acknowledged { guardrail, attempt },
            None => state,
        },
        Event::Recovered { .. } => State::Recovered(guardrail),
        Event::Retracted { .. } => match state.episode() {
            Some(attempt) => State::Excused { guardrail, attempt },
            None => state,
        },
        Event::Disarmed { .. } => State::Disarmed(guardrail),
        Event::Rearmed => State::Armed(guardrail),
    }
}

fn given(state: CheckState, as_of: Timestamp, seen: &str) -> Last {
    Last::Given { state, as_of, seen: seen.to_owned() }
}

fn answered(state: State, guardrail: Guardrail, answer: CheckState, as_of: Timestamp, seen: &str) -> State {
    let guardrail = Guardrail { last: given(answer, as_of, seen), ..guardrail };
    match state {
        State::Unarmed => State::Unarmed,
        State::Armed(_) => State::Armed(guardrail),
        // A pass ends the episode that was excused.
        State::Excused { .. } if answer == CheckState::Pass => State::Armed(guardrail),
        State::Excused { attempt, .. } => State::Excused { guardrail, attempt },
        State::Breached { attempt, .. } => State::Breached { guardrail, attempt },
        State::Acknowledged { attempt, .. } => State::Acknowledged { guardrail, attempt },
        State::Recovered(_) => State::Recovered(guardrail),
        State::Disarmed(_) => State::Disarmed(guardrail),
    }
}
