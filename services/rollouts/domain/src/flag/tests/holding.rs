//! Holds by their causes, claims, and what a restored log leaves behind.

use super::*;

fn narrowed_twice() -> Vec<Event> {
    let first = narrowed_event(4, Some((2, 1)), (2, 3));
    history(2).into_iter().chain([first, Event::Held(hold_for("breach-2", 3))]).collect()
}

#[test]
fn r11_a_release_lifts_the_hold_of_its_cause_and_no_other() {
    let state = given::<FeatureFlag>(narrowed_twice()).because("false alarm").when(release("breach-1"));
    let flag = live(state.then_state());
    assert_eq!((causes(&flag), flag.is_held()), (vec!["breach-2"], true));
    let other = given::<FeatureFlag>(narrowed_twice()).because("false alarm");
    other.when(release("breach-3")).then([]);
}

#[test]
fn r11_a_flag_with_one_hold_left_is_refused_a_raise_and_without_any_it_is_accepted() {
    let released = |cause: &str| Event::HoldReleased { cause: cause.to_owned(), reason: "ok".to_owned() };
    let one_left = || after(narrowed_twice(), [released("breach-1")]);
    one_left().ask(set(2, 4)).then_refused_by(RuleId::R11);
    let none_left = after(narrowed_twice(), [released("breach-1"), released("breach-2")]);
    none_left.ask(set(2, 4)).then([exposed(5, 2, 4)]);
}

#[test]
fn r11_a_rollout_gives_back_what_it_holds_and_leaves_the_holds_of_others() {
    let other = Hold { rollout: Some(rollout("two")), ..hold_for("breach-9", 1) };
    let restored = Hold { cause: "restored".to_owned(), kind: HoldKind::Restored, rollout: None, attempt: 0 };
    let held = after(narrowed_twice(), [Event::Held(other), Event::Held(restored)]);
    let all = Command::ReleaseHold(Release::Of(rollout("one")));
    let flag = live(held.because("the rollout was aborted").when(all).then_state());
    assert_eq!(causes(&flag), ["breach-9", "restored"]);
}

#[test]
fn r22_a_second_claim_is_refused_while_the_claimant_runs_and_accepted_once_it_is_over() {
    let claim = claim_by;
    let claimed = Event::Claimed { rollout: rollout("one") };
    let flag = || given::<FeatureFlag>([created_as(Kind::Release), claimed.clone()]);
    given::<FeatureFlag>([created_as(Kind::Release)]).ask(claim("one", false)).then([claimed.clone()]);
    flag().ask(claim("one", true)).then([]);
    flag().ask(claim("two", true)).then_refused_by(RuleId::R22);
    flag().ask(claim("two", false)).then([Event::Claimed { rollout: rollout("two") }]);
}

#[test]
fn r22_a_claimed_flag_is_refused_to_another_rollout_and_accepted_from_the_claimant() {
    let claimed = |name: &str| {
        given::<FeatureFlag>([created_as(Kind::Release), Event::Claimed { rollout: rollout(name) }])
    };
    claimed("two").ask(set(0, 1)).then_refused_by(RuleId::R22);
    claimed("one").ask(set(0, 1)).then([exposed(1, 0, 1)]);
}

#[test]
fn f3_a_killed_flag_refuses_a_new_claim_and_accepts_the_old_one_again() {
    let claimed = Event::Claimed { rollout: rollout("one") };
    let killed = || given::<FeatureFlag>([created_as(Kind::Release), claimed.clone(), killed(1)]);
    let claim = |name: &str| claim_by(name, false);
    killed().ask(claim("two")).then_refused_by(RuleId::F3);
    killed().ask(claim("one")).then([]);
}

#[test]
fn r25_a_restored_flag_goes_back_to_what_its_edges_served_last_and_is_held() {
    let cut = Audience::percent(Percent::of(5));
    let flag = live(at_stage(2).when(restored(Some(cut.clone()))).then_state());
    assert_eq!((flag.audience(), causes(&flag), flag.version), (cut, vec!["restored"], 4));
    let kept = live(at_stage(2).when(restored(Some(audience(3)))).then_state());
    assert_eq!((kept.audience(), causes(&kept), kept.version), (audience(2), vec!["restored"], 3));
    let unknown = live(at_stage(2).when(restored(None)).then_state());
    assert_eq!((unknown.audience(), causes(&unknown)), (audience(2), vec!["restored"]));
}

#[test]
fn r25_a_flag_that_its_edges_had_killed_serves_nobody_and_holding_it_again_changes_nothing() {
    let off = restored(Some(Audience::nobody()));
    let events = at_stage(3).when(off.clone()).then_accepted();
    let held = || after(history(3), events.clone());
    assert_eq!(live(held().state()).reach(), Reach::Off);
    held().when(off).then([]);
    held().when(restored(None)).then([]);
    held().ask(set(3, 9)).then_refused_by(RuleId::R11);
}

#[test]
fn r25_a_hold_ends_the_undo_of_a_kill_although_the_flag_is_held_already() {
    let held = Hold { cause: hold::RESTORED.to_owned(), kind: HoldKind::Restored, rollout: None, attempt: 0 };
    let killed = || after(history(2), [Event::Held(held.clone()), killed(4)]);
    killed().when(restored(None)).then([Event::Held(held.clone())]);
    let again =
        || after(history(2), [Event::Held(held.clone()), super::killed(4), Event::Held(held.clone())]);
    again().when(restored(None)).then([]);
    let undo = undo_with(Whereabouts::Attempt(3), Vec::new());
    assert_eq!(again().ask(undo).then_refused_by(RuleId::R24).code, "nothing_to_undo");
}

#[test]
fn r25_a_second_edge_that_served_less_narrows_again() {
    let five = Audience::percent(Percent::of(5));
    let events = at_stage(2).when(restored(None)).then_accepted();
    let flag = live(after(history(2), events).when(restored(Some(five.clone()))).then_state());
    assert_eq!((flag.audience(), causes(&flag)), (five, vec!["restored"]));
}
