use super::*;

#[test]
fn clause_24_an_answer_of_a_time_that_is_still_to_come_is_older_than_any() {
    let when = |state, minute, now| Command::Answer(Answer { found_at: at(now), ..found(state, minute, 1) });
    let ahead = || after([changed(Pass, 60)]);
    given::<Guardrail>(ahead()).when(when(Fail, 5, 5)).then([changed(Fail, 5), breached(5, 1)]);
    // It takes no failure back, and is the only one that tells none.
    let failed = || ahead().into_iter().chain([changed(Fail, 5), breached(5, 1)]);
    given::<Guardrail>(failed()).when(when(Pass, 60, 5)).then([]);
    given::<Guardrail>(armed()).when(when(Pass, 60, 58)).then([]);
    given::<Guardrail>(armed()).when(when(Fail, 60, 58)).then([changed(Fail, 60), breached(60, 1)]);
    // A failure that is still to come is taken back by nothing before it.
    let to_come = after([changed(Fail, 60), breached(60, 1)]);
    given::<Guardrail>(to_come).when(when(Pass, 5, 5)).then([]);
    // Clocks differ, and a refresh is no time.
    given::<Guardrail>(ahead()).when(when(Fail, 58, 59)).then([]);
    given::<Guardrail>(armed()).when(when(Fail, 60, 59)).then([changed(Fail, 60), breached(60, 1)]);
    given::<Guardrail>(failed()).when(when(Pass, 60, 60)).then([changed(Pass, 60), recovered(60)]);
}
