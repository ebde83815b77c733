//! Narrowing, holds and kills.

use super::*;

#[test]
fn r11_a_breach_restores_what_the_stage_before_showed_when_it_was_left() {
    at_stage(2).when(narrow_command(2, 3, false)).then([narrowed_event(4, Some((2, 1)), (2, 3))]);
}

#[test]
fn r11_the_last_step_of_the_stage_before_is_what_is_restored() {
    let mut second_step = stage_wish(2, 3, 31);
    second_step.audience = Audience::percent(Percent::of(5));
    let step = Event::ExposureChanged {
        version: 4,
        audience: second_step.audience.clone(),
        stage: second_step.stage,
    };
    let events =
        after(history(2), [step, exposed(5, 3, 4)]).when(narrow_command(3, 4, false)).then_accepted();
    let Event::ExposureNarrowed { audience, restored, .. } = &events[0] else { panic!("{events:?}") };
    assert_eq!((audience, *restored), (&Audience::percent(Percent::of(5)), 4));
}

#[test]
fn r11_a_critical_breach_and_a_breach_in_the_first_stage_leave_nobody() {
    at_stage(2).when(narrow_command(2, 3, true)).then([narrowed_event(4, None, (2, 3))]);
    at_stage(0).when(narrow_command(0, 1, false)).then([narrowed_event(2, None, (0, 1))]);
}

#[test]
fn r11_a_second_breach_of_the_attempt_joins() {
    let narrowed = narrowed_event(4, Some((2, 1)), (2, 3));
    after(history(2), [narrowed.clone()]).when(narrow_command(2, 3, false)).then([]);
    let second = Event::Held(hold_for("breach-2", 3));
    let joined = after(history(2), [narrowed.clone()]).when(broken_by("breach-2", 2, 3, false));
    joined.then([second.clone()]);
    after(history(2), [narrowed, second]).when(broken_by("breach-2", 2, 3, false)).then([]);
}

#[test]
fn r11_a_critical_breach_after_another_takes_back_the_rest() {
    let narrowed = narrowed_event(4, Some((2, 1)), (2, 3));
    after(history(2), [narrowed]).when(narrow_command(2, 3, true)).then([narrowed_event(5, None, (2, 3))]);
}

#[test]
fn r11_a_breach_of_a_stage_that_was_left_downwards_keeps_what_is_served() {
    let demoted = exposed(4, 1, 4);
    after(history(2), [demoted]).when(narrow_command(2, 3, false)).then([narrowed_event(
        5,
        Some((4, 1)),
        (2, 3),
    )]);
}

#[test]
fn r11_a_late_breach_of_a_lower_stage_goes_below_that_stage() {
    at_stage(3).when(narrow_command(1, 2, false)).then([narrowed_event(5, Some((1, 0)), (1, 2))]);
}

#[test]
fn r11_a_stage_that_showed_more_than_what_is_served_is_not_restored() {
    let cut = Event::ExposureChanged { version: 3, audience: Audience::accounts(["acme"]), stage: None };
    let wide_alpha = |version, percent| Event::ExposureChanged {
        version,
        audience: Audience::percent(Percent::of(percent)),
        stage: Some(StageExposure { place: place(1, 2), revision: 20 }),
    };
    let history = vec![created_as(Kind::Release), exposed(1, 0, 1), wide_alpha(2, 20), cut];
    after(history, [exposed(4, 2, 3)]).when(narrow_command(2, 3, false)).then([narrowed_event(
        5,
        Some((1, 0)),
        (2, 3),
    )]);
}

#[test]
fn r11_a_stage_with_a_larger_share_is_not_restored_even_if_it_named_other_users() {
    let show = |version, stage, attempt, audience| Event::ExposureChanged {
        version,
        audience,
        stage: Some(StageExposure { place: place(stage, attempt), revision: attempt * 10 }),
    };
    let mut mixed = Audience::percent(Percent::of(10));
    mixed.accounts = Audience::accounts(["acme"]).accounts;
    let history = [
        created_as(Kind::Release),
        exposed(1, 0, 1),
        show(2, 1, 2, Audience::percent(Percent::of(20))),
        show(3, 2, 3, mixed),
    ];
    given::<FeatureFlag>(history).when(narrow_command(2, 3, false)).then([narrowed_event(
        4,
        Some((1, 0)),
        (2, 3),
    )]);
}

#[test]
fn r11_a_held_flag_refuses_every_raise_and_accepts_a_cut() {
    let held = || after(history(2), [narrowed_event(4, Some((2, 1)), (2, 3))]);
    held().ask(set(2, 4)).then_refused_by(RuleId::R11);
    held().ask(by_hand(Audience::members(["ann"]), false)).then_refused_by(RuleId::R11);
    held().ask(set(1, 4)).then([exposed(5, 1, 4)]);
}

#[test]
fn r11_an_exposure_of_the_attempt_that_was_taken_back_is_refused_even_when_the_hold_is_released() {
    let released = Event::HoldReleased { cause: "breach-1".to_owned(), reason: "false alarm".to_owned() };
    let history = history(2).into_iter().chain([narrowed_event(4, Some((2, 1)), (2, 3)), released]);
    let late = wished(stage_wish(2, 3, 35));
    given::<FeatureFlag>(history.clone()).ask(late).then_refused_by(RuleId::R11);
    given::<FeatureFlag>(history).ask(set(2, 4)).then([exposed(5, 2, 4)]);
}

#[test]
fn r11_a_hold_is_refused_its_release_without_a_reason_and_with_one_accepted_without_a_raise() {
    let held = || after(history(2), [narrowed_event(4, Some((2, 1)), (2, 3))]);
    held().when(release("breach-1")).then_refused_by(RuleId::R11);
    let flag = live(held().because("false alarm").when(release("breach-1")).then_state());
    assert_eq!((flag.is_held(), flag.audience(), flag.version), (false, audience(1), 4));
    at_stage(2).when(release("breach-1")).then([]);
}

#[test]
fn turning_off_a_held_flag_keeps_the_hold() {
    let off = Command::TurnOff { rollout: None, cause: "by hand".to_owned() };
    let held = after(history(2), [narrowed_event(4, Some((2, 1)), (2, 3))]);
    let flag = live(held.when(off).then_state());
    assert_eq!((flag.reach(), causes(&flag)), (Reach::Off, vec!["breach-1"]));
}

#[test]
fn f3_killing_is_accepted_in_every_state_without_a_reason_and_again() {
    let held = narrowed_event(4, Some((2, 1)), (2, 3));
    for history in [vec![created_as(Kind::Release)], history(0), history(3), vec![created_as(Kind::Ops)]] {
        let version = given::<FeatureFlag>(history.clone()).state();
        let next = live(version).version + 1;
        given::<FeatureFlag>(history).when(Command::Kill).then([killed(next)]);
    }
    after(history(2), [held]).when(Command::Kill).then([killed(5)]);
    after(history(2), [killed(4)]).when(Command::Kill).then([]);
}

#[test]
fn f3_a_killed_flag_is_refused_any_exposure_and_killing_an_archived_one_is_accepted() {
    after(history(2), [killed(4)]).ask(set(2, 4)).then_refused_by(RuleId::F3);
    let removed = Event::RemovedFromCode { attestation: "commit 12".to_owned() };
    after(history(2), [removed, Event::Archived]).when(Command::Kill).then([]);
}

#[test]
fn a_breach_holds_a_killed_flag_too() {
    after(history(2), [killed(4)]).when(narrow_command(2, 3, false)).then([narrowed_event(5, None, (2, 3))]);
}
