//! Who may change the exposure, and in which order.

use super::*;

#[test]
fn f2_a_flag_takes_members_accounts_and_percentages() {
    for (stage, reach) in [(0, Reach::Partial), (1, Reach::Partial), (2, Reach::Partial), (3, Reach::FullyOn)]
    {
        let flag = live(given::<FeatureFlag>(claimed()).ask(set(stage, 1)).then_state());
        assert_eq!((flag.audience(), flag.reach(), flag.version), (audience(stage), reach, 1));
    }
}

#[test]
fn f2_off_is_instant_and_sets_no_hold() {
    let off = Command::TurnOff { rollout: None, cause: "by hand".to_owned() };
    let flag = live(at_stage(2).when(off.clone()).then_state());
    assert_eq!((flag.reach(), flag.is_held(), flag.version), (Reach::Off, false, 4));
    given::<FeatureFlag>([created_as(Kind::Release)]).when(off).then([]);
}

#[test]
fn every_change_of_exposure_has_the_next_version() {
    at_stage(1).ask(set(2, 3)).then([exposed(3, 2, 3)]);
    at_stage(1).when(Command::Kill).then([killed(3)]);
}

#[test]
fn an_older_wish_of_the_rollout_is_refused_and_the_newest_one_repeated_is_accepted() {
    let wish = |revision| wished(stage_wish(1, 2, revision));
    assert_eq!(at_stage(1).ask(wish(19)).then_refused().code, "exposure_outdated");
    at_stage(1).ask(wish(20)).then([]);
    assert_eq!(at_stage(1).ask(wish(21)).then_accepted().len(), 1);
}

#[test]
fn the_newest_revision_with_another_content_is_refused() {
    let wish = wished(stage_wish(2, 2, 20));
    assert_eq!(at_stage(1).ask(wish).then_refused().code, "exposure_outdated");
}

/// The wish of a rollout, which has the claim where one is given.
fn wish_of(name: &str, claim: Option<&str>, claimant_runs: bool) -> Outcome<FeatureFlag> {
    let mut wish = stage_wish(3, 1, 1);
    wish.stage.as_mut().unwrap().place.rollout = rollout(name);
    let claim = claim.map(claimed_by);
    after(vec![created_as(Kind::Release)], claim).ask((Command::SetExposure(wish), claimant(claimant_runs)))
}

#[test]
fn r22_a_rollout_without_the_claim_is_refused_and_with_the_claim_it_is_accepted() {
    for (claim, claimant_runs, code) in [
        (None, false, "flag_not_claimed"),
        (Some("one"), true, "flag_claimed"),
        (Some("one"), false, "flag_not_claimed"),
    ] {
        let refused = wish_of("two", claim, claimant_runs).then_refused();
        assert_eq!((refused.rule, refused.code), (Some(RuleId::R22), code), "{claim:?}");
    }
    let flag = live(wish_of("two", Some("two"), true).then_state());
    assert_eq!((flag.audience(), flag.owner()), (audience(3), Some(rollout("two"))));
}

#[test]
fn r22_the_claim_of_a_rollout_that_is_over_is_refused_every_exposure() {
    let refused = wish_of("two", Some("two"), false).then_refused();
    assert_eq!((refused.rule, refused.code), (Some(RuleId::R22), "flag_not_claimed"));
}

#[test]
fn r22_whoever_set_the_exposure_last_is_refused_once_another_rollout_has_the_claim() {
    let taken = || after(history(1), [claimed_by("two")]);
    taken().ask(set(2, 3)).then_refused_by(RuleId::R22);
    let again = after(history(1), [claimed_by("two"), claimed_by("one")]);
    again.ask(set(2, 3)).then([exposed(3, 2, 3)]);
}

#[test]
fn r22_a_person_is_refused_to_raise_while_the_claimant_runs_and_accepted_to_cut() {
    let some = Audience::accounts(["acme"]);
    at_stage(1).ask(by_hand(audience(3), true)).then_refused_by(RuleId::R22);
    let flag = live(at_stage(1).ask(by_hand(some.clone(), true)).then_state());
    assert_eq!((flag.audience(), flag.owner()), (some, Some(rollout("one"))));
}

/// What its rollout decided on this version of the flag arrives after it was taken away.
fn decided_on(flag_version: u32, since: Vec<Event>) -> Outcome<FeatureFlag> {
    let wish = SetExposure { flag_version, ..stage_wish(2, 3, 30) };
    after(history(1), since).ask(wished(wish))
}

fn off(version: u32) -> Event {
    Event::ExposureNarrowed {
        version,
        audience: Audience::nobody(),
        restored: 0,
        hold: None,
        rollout: None,
        stage: String::new(),
        attempt: 0,
        cause: "by hand".to_owned(),
    }
}

fn revived(version: u32, undone: Option<Exposure>) -> Event {
    Event::Revived { version, reason: "because".to_owned(), undone }
}

#[test]
fn r24_what_was_decided_before_the_flag_was_turned_off_or_killed_is_refused() {
    let before = live(at_stage(1).when(Command::Revive { undo: false }).then_state());
    for (what, since) in [
        ("off", vec![off(3)]),
        ("killed and revived", vec![killed(3), revived(4, None)]),
        ("killed and undone", vec![killed(3), revived(4, before.served)]),
    ] {
        let refused = decided_on(2, since).then_refused();
        assert_eq!((refused.rule, refused.code), (Some(RuleId::R24), "exposure_taken_away"), "{what}");
        assert_eq!(refused.required, "decided on version 3 of the flag or a later one", "{what}");
        assert_eq!(refused.seen, "decided on version 2", "{what}");
    }
}

#[test]
fn r24_what_was_decided_since_is_accepted_and_so_is_what_narrows() {
    assert_eq!(decided_on(3, vec![off(3)]).then_accepted().len(), 1);
    assert_eq!(decided_on(4, vec![killed(3), revived(4, None)]).then_accepted().len(), 1);
    let lower = SetExposure { flag_version: 1, audience: Audience::nobody(), ..stage_wish(0, 4, 40) };
    let undone = live(at_stage(1).when(Command::Revive { undo: false }).then_state()).served;
    let narrower = after(history(1), [killed(3), revived(4, undone)]).ask(wished(lower));
    assert_eq!(narrower.then_accepted().len(), 1);
}

#[test]
fn r24_turning_off_what_serves_nobody_yet_is_accepted_and_takes_what_is_about_to_be_shown() {
    let turn_off = || Command::TurnOff { rollout: None, cause: "by hand".to_owned() };
    given::<FeatureFlag>(claimed()).when(turn_off()).then([off(1)]);
    let first = SetExposure { flag_version: 0, ..stage_wish(0, 1, 4) };
    after(claimed(), [off(1)]).ask(wished(first)).then_refused_by(RuleId::R24);
    let of_another = Command::TurnOff { rollout: Some(rollout("two")), cause: "aborted".to_owned() };
    given::<FeatureFlag>(claimed()).when(of_another).then([]);
}

/// The first rollout was aborted, and its end is heard of once the second one shows a stage.
#[test]
fn r22_a_late_off_of_one_rollout_leaves_what_another_shows_and_takes_what_it_showed_itself() {
    let late = || Command::TurnOff { rollout: Some(rollout("one")), cause: "aborted".to_owned() };
    let mut wish = stage_wish(1, 1, 1).stage.unwrap();
    wish.place.rollout = rollout("two");
    let of_second = Event::ExposureChanged { version: 4, audience: audience(1), stage: Some(wish) };
    let taken_over = || after(history(2), [claimed_by("two")]);
    assert_eq!(taken_over().when(late()).then_accepted().len(), 1);
    let shown = || after(history(2), [claimed_by("two"), of_second.clone()]);
    shown().when(late()).then([]);
    after(history(2), [claimed_by("two"), of_second.clone(), killed(5)]).when(late()).then([]);
    let by_hand = Command::TurnOff { rollout: None, cause: "by hand".to_owned() };
    assert_eq!(shown().when(by_hand).then_accepted().len(), 1);
}

#[test]
fn r24_what_a_person_takes_from_a_rollout_stops_what_it_decided_on_before() {
    let cut = |audience| by_hand(audience, true);
    let narrowed = |audience: Audience| Event::ExposureNarrowed {
        version: 4,
        audience,
        restored: 0,
        hold: None,
        rollout: None,
        stage: String::new(),
        attempt: 0,
        cause: "by hand".to_owned(),
    };
    let part = Audience::percent(Percent::of(5));
    for audience in [part, Audience::nobody()] {
        at_stage(2).ask(cut(audience.clone())).then([narrowed(audience.clone())]);
        let step = wished(SetExposure { flag_version: 3, ..stage_wish(3, 3, 31) });
        after(history(2), [narrowed(audience)]).ask(step).then_refused_by(RuleId::R24);
    }
    // Of a flag that no rollout has a person says whom it serves, and nothing else.
    let own = given::<FeatureFlag>([created_as(Kind::Ops)]).ask(by_hand(audience(2), false));
    assert!(matches!(own.then_accepted()[..], [Event::ExposureChanged { .. }]));
}

#[test]
fn f6_a_release_flag_raised_by_hand_beyond_members_is_refused() {
    let flag = || given::<FeatureFlag>([created_as(Kind::Release)]);
    for beyond in [audience(1), audience(2)] {
        flag().ask(by_hand(beyond, false)).then_refused_by(RuleId::F6);
    }
}

#[test]
fn f6_members_by_hand_and_other_kinds_are_accepted() {
    let hand = |kind, stage| {
        let outcome = given::<FeatureFlag>([created_as(kind)]).ask(by_hand(audience(stage), false));
        live(outcome.then_state()).audience()
    };
    assert_eq!(hand(Kind::Release, 0), audience(0));
    assert_eq!(hand(Kind::Ops, 3), audience(3));
    assert_eq!(hand(Kind::Permission, 1), audience(1));
}
