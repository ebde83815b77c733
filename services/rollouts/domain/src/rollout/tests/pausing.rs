//! Times in which nothing soaks.

use super::*;

#[test]
fn r15_a_lost_watch_pauses_and_refuses_to_resume_until_it_is_restored() {
    let at = t(DAY);
    let watched = Event::WatchLost { at, attempt: 1 };
    after(internal(), at).when(Command::LoseWatch { attempt: 1 }).then([watched.clone()]);
    let unwatched = and(internal(), [watched]);
    after(unwatched.clone(), at).when(Command::LoseWatch { attempt: 1 }).then([]);
    after(unwatched.clone(), at).ask(resume(How::Fresh, good(at))).then_refused_by(RuleId::R15);
    after(unwatched.clone(), at).ask(enter(ALPHA, at)).then_refused_by(RuleId::R15);
    after(unwatched, at).when(Command::RestoreWatch).then([Event::WatchRestored { at }]);
}

#[test]
fn r15_a_lower_stage_that_is_entered_while_nobody_watches_is_watched_by_nobody_until_somebody_does() {
    let (at, later) = (t(DAY * 12), t(DAY * 13));
    let down = || enter_with(INTERNAL, None, over(Some(ALPHA), at));
    let unwatched = Event::WatchLost { at: t(DAY), attempt: 4 };
    let history = and(beta(), [lost(3)]);
    after(history.clone(), at).ask(down()).then([entered(INTERNAL, 4, at), unwatched.clone()]);
    let lower = and(history, [entered(INTERNAL, 4, at), unwatched]);
    after(lower.clone(), later).ask(resume(How::Fresh, good(later))).then_refused_by(RuleId::R15);
    after(lower, later).when(Command::RestoreWatch).then([Event::WatchRestored { at: later }]);
    after(and(beta(), [paused()]), at).ask(down()).then([entered(INTERNAL, 4, at)]);
}

#[test]
fn r3_nothing_soaks_while_it_is_paused_however_long() {
    let at = t(DAY * 30);
    for history in [and(internal(), [paused()]), and(internal(), [lost(1)])] {
        let events = after(history, at).ask(evaluate(None, good(at))).then_accepted();
        let [Event::GateBlocked { report, .. }] = events.as_slice() else { panic!("{events:?}") };
        let soak = report.checks.iter().find(|check| check.name == "soak").unwrap();
        assert_eq!((soak.rule, soak.state), (RuleId::R3, CheckState::Fail));
    }
}

#[test]
fn r15_a_rollout_that_is_watched_again_goes_on_by_itself_less_the_blind_time() {
    let (lost, restored) = (t(HOUR * 20), t(HOUR * 30));
    let history =
        and(internal(), [Event::WatchLost { at: lost, attempt: 1 }, Event::WatchRestored { at: restored }]);
    let state = verdict_kernel::decider::fold::<Rollout>(&history);
    let active = state.active().unwrap();
    assert_eq!((state.name(), active.attempt), ("running", 1));
    assert_eq!(active.soaked_at(&plan()), t(HOUR * 34));
    let early = t(HOUR * 33);
    after(history.clone(), early).ask(enter(ALPHA, early)).then_refused_by(RuleId::R3);
    let soaked = t(HOUR * 34);
    after(history, soaked).ask(enter(ALPHA, soaked)).then_accepted();
}

#[test]
fn r15_what_a_person_or_a_kill_paused_does_not_go_on_with_the_watch() {
    let at = t(DAY);
    for cause in PauseCause::ALL {
        let stopped = Event::Paused { cause, reason: String::new(), at };
        for history in
            [and(internal(), [stopped.clone(), lost(1)]), and(internal(), [lost(1), stopped.clone()])]
        {
            let history = and(history, [Event::WatchRestored { at }]);
            assert_eq!(verdict_kernel::decider::fold::<Rollout>(&history).name(), "paused", "{cause:?}");
        }
    }
}

#[test]
fn r24_off_and_kill_pause_and_each_cause_counts_once() {
    let at = t(DAY);
    for cause in [PauseCause::Off, PauseCause::Killed, PauseCause::Guardrail, PauseCause::NotExposed] {
        let stopped = Event::Paused { cause, reason: String::new(), at };
        after(internal(), at).when(pause(cause)).then([stopped.clone()]);
        after(and(internal(), [paused()]), at).when(pause(cause)).then([stopped.clone()]);
        after(and(internal(), [lost(1)]), at).when(pause(cause)).then([stopped.clone()]);
        after(and(internal(), [stopped]), at).when(pause(cause)).then([]);
        after(and(internal(), [rolling_back(INTERNAL, 1, false)]), at).when(pause(cause)).then([]);
    }
    let other = Command::Pause { cause: PauseCause::NotExposed, attempt: Some(7) };
    after(internal(), at).when(other).then([]);
}

#[test]
fn r24_time_without_exposure_is_no_soak() {
    let at = t(DAY * 2);
    let killed = Event::Paused { cause: PauseCause::Killed, reason: String::new(), at: t(HOUR) };
    after(and(internal(), [killed]), at).ask(enter(ALPHA, at)).then_refused();
}

#[test]
fn r15_a_loss_seen_by_another_attempt_says_nothing() {
    after(beta(), t(DAY)).when(Command::LoseWatch { attempt: 2 }).then([]);
    after(internal(), t(DAY)).when(Command::RestoreWatch).then([]);
}
