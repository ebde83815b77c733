//! Who may change the exposure, and in which order.

use super::*;

#[test]
fn f2_a_flag_takes_members_accounts_and_percentages() {
    for (stage, reach) in [(0, Reach::Partial), (1, Reach::Partial), (2, Reach::Partial), (3, Reach::FullyOn)]
    {
        let flag = live(given::<FeatureFlag>([created_as(Kind::Release)]).when(set(stage, 1)).then_state());
        assert_eq!((flag.audience(), flag.reach(), flag.version), (audience(stage), reach, 1));
    }
}

#[test]
fn f2_off_is_instant_and_sets_no_hold() {
    let off = Command::TurnOff { rollout: None, cause: "by hand".to_owned() };
    let flag = live(at_stage(2).when(off.clone()).then_state());
    assert_eq!((flag.reach(), flag.held_for.clone(), flag.version), (Reach::Off, None, 4));
    given::<FeatureFlag>([created_as(Kind::Release)]).when(off).then([]);
}

#[test]
fn every_change_of_exposure_has_the_next_version() {
    at_stage(1).when(set(2, 3)).then([exposed(3, 2, 3)]);
    at_stage(1).when(Command::Kill).then([killed(3)]);
}

#[test]
fn an_older_wish_of_the_rollout_is_refused_and_the_newest_one_repeated_is_accepted() {
    let wish = |revision| Command::SetExposure(stage_wish(1, 2, revision));
    assert_eq!(at_stage(1).when(wish(19)).then_refused().code, "exposure_outdated");
    at_stage(1).when(wish(20)).then([]);
    assert_eq!(at_stage(1).when(wish(21)).then_accepted().len(), 1);
}

#[test]
fn the_newest_revision_with_another_content_is_refused() {
    let wish = Command::SetExposure(stage_wish(2, 2, 20));
    assert_eq!(at_stage(1).when(wish).then_refused().code, "exposure_outdated");
}

#[test]
fn r2_another_rollout_is_refused_while_the_owner_runs_and_accepted_afterwards() {
    let other = |owner_runs| {
        let mut wish = stage_wish(3, 1, 1);
        wish.owner_runs = owner_runs;
        wish.stage.as_mut().unwrap().place.rollout = rollout("two");
        Command::SetExposure(wish)
    };
    at_stage(1).when(other(true)).then_refused_by(RuleId::R2);
    let flag = live(at_stage(1).when(other(false)).then_state());
    assert_eq!(flag.owner(), Some(rollout("two")));
}

#[test]
fn r2_a_person_is_refused_to_raise_while_the_owner_runs_and_accepted_to_cut() {
    let some = Audience::accounts(["acme"]);
    at_stage(1).when(by_hand(audience(3), true)).then_refused_by(RuleId::R2);
    let flag = live(at_stage(1).when(by_hand(some.clone(), true)).then_state());
    assert_eq!((flag.audience(), flag.owner()), (some, Some(rollout("one"))));
}

#[test]
fn r2_the_owner_is_accepted_while_it_runs() {
    at_stage(1).when(set(2, 3)).then([exposed(3, 2, 3)]);
}

#[test]
fn f6_a_release_flag_raised_by_hand_beyond_members_is_refused() {
    let flag = || given::<FeatureFlag>([created_as(Kind::Release)]);
    for beyond in [audience(1), audience(2)] {
        flag().when(by_hand(beyond, false)).then_refused_by(RuleId::F6);
    }
}

#[test]
fn f6_members_by_hand_and_other_kinds_are_accepted() {
    let hand = |kind, stage| {
        let outcome = given::<FeatureFlag>([created_as(kind)]).when(by_hand(audience(stage), false));
        live(outcome.then_state()).audience()
    };
    assert_eq!(hand(Kind::Release, 0), audience(0));
    assert_eq!(hand(Kind::Ops, 3), audience(3));
    assert_eq!(hand(Kind::Permission, 1), audience(1));
}
