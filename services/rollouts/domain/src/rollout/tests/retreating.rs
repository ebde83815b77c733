//! Exposure taken back.

use super::*;

#[test]
fn r9a_a_breach_rolls_back_at_once_from_running_and_paused() {
    for history in [beta(), and(beta(), [paused()]), and(beta(), [lost(3)])] {
        after(history, t(DAY * 11))
            .when(Command::RequestRollback(retreat(Some((BETA, 3)), false)))
            .then([rolling_back(BETA, 3, false)]);
    }
}

#[test]
fn r9c_a_rollback_by_hand_takes_back_the_present_stage() {
    let command = Command::RequestRollback(Retreat {
        from: None,
        breach: String::new(),
        cause: Cause::Requested,
        critical: false,
    });
    let events = after(beta(), t(DAY * 11)).when(command).then_accepted();
    assert!(
        matches!(events.as_slice(), [Event::RollbackRequested { stage, attempt: 3, .. }] if *stage == BETA),
        "{events:?}"
    );
}

#[test]
fn r9a_a_further_breach_joins_unless_it_takes_back_more() {
    let history = and(beta(), [rolling_back(BETA, 3, false)]);
    let at = t(DAY * 11);
    let request = |from, critical| Command::RequestRollback(retreat(Some(from), critical));
    after(history.clone(), at).when(request((BETA, 3), false)).then([]);
    after(history.clone(), at).when(request((ALPHA, 2), false)).then([rolling_back(ALPHA, 2, false)]);
    after(history, at).when(request((BETA, 3), true)).then([rolling_back(BETA, 3, true)]);
    let critical = and(beta(), [rolling_back(BETA, 3, true)]);
    after(critical, at).when(request((ALPHA, 2), true)).then([]);
}

/// After a rollback the rest is taken back by a breach that is critical, or that names what is served.
#[test]
fn r11_a_breach_after_the_rollback_that_takes_back_more_reaches_the_rollout() {
    let history = and(beta(), [rolling_back(BETA, 3, false), rolled_back(Some(ALPHA))]);
    let at = t(DAY * 11);
    let request = |from, critical| Command::RequestRollback(retreat(Some(from), critical));
    after(history.clone(), at).when(request((BETA, 3), true)).then([rolling_back(BETA, 3, true)]);
    after(history.clone(), at).when(request((ALPHA, 2), false)).then([rolling_back(ALPHA, 2, false)]);
    after(history, at).when(request((BETA, 3), false)).then([]);
    let nobody = and(beta(), [rolling_back(BETA, 3, false), rolled_back(None)]);
    after(nobody, at).when(request((BETA, 3), true)).then([]);
}

#[test]
fn r11_a_rollback_ends_before_the_stage_that_failed() {
    let history = and(beta(), [rolling_back(BETA, 3, false)]);
    let at = t(DAY * 11);
    let confirm = |to| Command::ConfirmRollback { to, flag_version: 4 };
    after(history.clone(), at).when(confirm(Some(BETA))).then_refused_by(RuleId::R11);
    after(history.clone(), at).when(confirm(Some(ALPHA))).then([rolled_back(Some(ALPHA))]);
    after(history.clone(), at).when(confirm(None)).then([rolled_back(None)]);
    after(and(history, [rolled_back(None)]), at).when(confirm(None)).then([]);
}

#[test]
fn aborting_ends_a_rollout_from_every_state_that_is_not_the_end() {
    let aborted = Event::Aborted { reason: "no longer wanted".to_owned() };
    for history in [
        vec![planned()],
        internal(),
        and(internal(), [paused()]),
        and(internal(), [rolling_back(INTERNAL, 1, false)]),
        and(internal(), [rolling_back(INTERNAL, 1, false), rolled_back(None)]),
    ] {
        given::<Rollout>(history.clone())
            .because("no longer wanted")
            .when(Command::Abort)
            .then([aborted.clone()]);
        let over = given::<Rollout>(and(history, [aborted.clone()]));
        over.when(Command::Abort).then([]);
    }
    given::<Rollout>([]).when(Command::Abort).then_refused();
}
