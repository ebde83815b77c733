//! The ways back from a kill.

use verdict_kernel::check::Unknown;

use super::*;

fn undo(rollout: Whereabouts) -> Asked {
    undo_with(rollout, Vec::new())
}

/// The undo of a kill in attempt 3, over a guardrail that says this.
fn undo_over(guardrail: GuardrailFact) -> Outcome<FeatureFlag> {
    killed_in(2, []).ask(undo_with(Whereabouts::Attempt(3), vec![guardrail]))
}

/// Raised on day 9 over this attempt.
fn breach(attempt: u32) -> BreachFact {
    BreachFact {
        id: "breach-9".to_owned(),
        stage: "beta".to_owned(),
        attempt,
        at: day(9),
        acknowledged: false,
        retracted: false,
        critical: false,
        seen: String::new(),
    }
}

/// What the stage showed, as the flag had it.
fn shown(version: u32, stage: u32, attempt: u32) -> Exposure {
    Exposure { version, audience: audience(stage), place: Some(place(stage, attempt)) }
}

fn undone(version: u32, exposure: Exposure) -> Event {
    Event::Revived { version, reason: "by mistake".to_owned(), undone: Some(exposure) }
}

/// Killed on day 10 in this stage, then `more` happened.
fn killed_in(stage: u32, more: impl IntoIterator<Item = Event>) -> Given<FeatureFlag> {
    let killed = killed_at(stage + 2, day(10));
    after(history(stage), std::iter::once(killed).chain(more)).at(day(10)).because("by mistake")
}

#[test]
fn r24_reviving_without_a_reason_is_refused_and_with_one_it_is_accepted_and_exposes_nobody() {
    let killed = || after(history(2), [killed(4)]);
    killed().when(Command::Revive { undo: false }).then_refused_by(RuleId::R24);
    killed().because(" ").ask(undo(Whereabouts::Attempt(3))).then_refused_by(RuleId::R24);
    let revived = Event::Revived { version: 5, reason: "fixed".to_owned(), undone: None };
    killed().because("fixed").when(Command::Revive { undo: false }).then([revived.clone()]);
    let flag = live(after(history(2), [super::killed(4), revived]).state());
    assert_eq!((flag.reach(), flag.version), (Reach::Off, 5));
    at_stage(2).when(Command::Revive { undo: false }).then([]);
}

#[test]
fn r24_an_undo_is_accepted_and_serves_again_what_was_served() {
    killed_in(2, [])
        .ask(undo(Whereabouts::Attempt(3)))
        .then_remarked_by(RuleId::R24, [undone(5, shown(3, 2, 3))]);
    let flag = live(killed_in(2, [undone(5, shown(3, 2, 3))]).state());
    assert_eq!((flag.audience(), flag.version), (audience(2), 5));
    assert_eq!(flag.served, Some(shown(3, 2, 3)));
    // Done already.
    killed_in(2, [undone(5, shown(3, 2, 3))]).ask(undo(Whereabouts::Attempt(3))).then([]);
}

#[test]
fn r24_an_undo_after_the_completion_of_the_rollout_is_accepted() {
    killed_in(3, [])
        .ask(undo(Whereabouts::Completed))
        .then_remarked_by(RuleId::R24, [undone(6, shown(4, 3, 4))]);
}

#[test]
fn r24_an_undo_of_a_day_ago_is_accepted_and_a_second_later_refused() {
    let undo = || undo(Whereabouts::Attempt(3));
    assert_eq!(killed_in(2, []).at(day(11)).ask(undo()).then_accepted().len(), 1);
    let late = day(11) + SignedDuration::from_secs(1);
    killed_in(2, []).at(late).ask(undo()).then_refused_by(RuleId::R24);
}

#[test]
fn r24_an_undo_over_a_broken_guardrail_is_refused_and_without_data_it_is_accepted() {
    for state in [CheckState::Fail, CheckState::Unknown(Unknown::Unhealthy)] {
        let refused = undo_over(guardrail(state)).then_refused_by(RuleId::R24);
        assert_eq!((refused.code, refused.seen.as_str()), ("guardrail_broken", "error_rate"));
    }
    let shadow = GuardrailFact { effect: GuardrailEffect::Shadow, ..guardrail(CheckState::Fail) };
    for accepted in [shadow, guardrail(CheckState::Pass), guardrail(CheckState::Unknown(Unknown::Stale))] {
        assert_eq!(undo_over(accepted).then_accepted().len(), 1);
    }
}

#[test]
fn r24_an_undo_is_refused_over_a_breach_that_is_not_settled_whatever_the_guardrail_says_now() {
    let raised = |as_of, breach| GuardrailFact {
        as_of: Some(as_of),
        breaches: vec![breach],
        ..guardrail(CheckState::Pass)
    };
    let acknowledged = || BreachFact { acknowledged: true, ..breach(3) };
    for (as_of, open) in [(day(10), breach(3)), (day(9), acknowledged()), (day(10), breach(4))] {
        let refused = undo_over(raised(as_of, open)).then_refused();
        assert_eq!((refused.rule, refused.code), (Some(RuleId::R24), "breach_unanswered"));
        assert!(refused.seen.starts_with("breach breach-9 of error_rate in beta"), "{}", refused.seen);
    }
    let no_data =
        GuardrailFact { state: CheckState::Unknown(Unknown::NoData), ..raised(day(10), acknowledged()) };
    undo_over(no_data).then_refused_by(RuleId::R24);
    let retracted = BreachFact { retracted: true, ..breach(3) };
    for (as_of, settled) in [(day(8), retracted), (day(10), acknowledged()), (day(10), breach(2))] {
        assert_eq!(undo_over(raised(as_of, settled)).then_accepted().len(), 1);
    }
    let shadow = GuardrailFact { effect: GuardrailEffect::Shadow, ..raised(day(10), breach(3)) };
    assert_eq!(undo_over(shadow).then_accepted().len(), 1);
}

#[test]
fn r24_an_undo_is_refused_when_the_rollout_is_somewhere_else() {
    for elsewhere in [Whereabouts::Attempt(4), Whereabouts::Gone, Whereabouts::NoRollout] {
        killed_in(2, []).ask(undo(elsewhere)).then_refused_by(RuleId::R24);
    }
}

#[test]
fn r24_whatever_spoke_against_the_exposure_since_the_kill_refuses_its_undo() {
    let breach = killed_in(2, []).when(narrow_command(2, 3, false)).then_accepted();
    let off = Command::TurnOff { rollout: None, cause: "the bet was killed".to_owned() };
    let turned_off = killed_in(2, []).when(off).then_accepted();
    let restored = killed_in(2, []).when(restored(None)).then_accepted();
    for (since, cause) in [(breach, "breach-1"), (turned_off, ""), (restored, "restored")] {
        let released = Event::HoldReleased { cause: cause.to_owned(), reason: "looked at".to_owned() };
        let refused = killed_in(2, since.into_iter().chain([released])).ask(undo(Whereabouts::Attempt(3)));
        let refused = refused.then_refused();
        assert_eq!((refused.rule, refused.code), (Some(RuleId::R24), "nothing_to_undo"));
    }
}

#[test]
fn r11_and_r24_a_held_flag_is_refused_an_undo_until_the_hold_is_released_and_then_it_is_accepted() {
    let narrowed = narrowed_event(4, Some((2, 1)), (2, 3));
    let held = |more: Vec<Event>| {
        let events = [narrowed.clone(), killed_at(5, day(10))].into_iter().chain(more);
        after(history(2), events).at(day(10)).because("by mistake")
    };
    let undo = || undo(Whereabouts::Attempt(2));
    held(Vec::new()).ask(undo()).then_refused_by(RuleId::R11);
    let released = Event::HoldReleased { cause: "breach-1".to_owned(), reason: "false".to_owned() };
    held(vec![released]).ask(undo()).then([undone(6, shown(2, 1, 2))]);
}

#[test]
fn r24_an_undo_after_a_mere_revival_is_accepted() {
    let revived = Event::Revived { version: 5, reason: "oops".to_owned(), undone: None };
    killed_in(2, [revived])
        .ask(undo(Whereabouts::Attempt(3)))
        .then_remarked_by(RuleId::R24, [undone(6, shown(3, 2, 3))]);
}

#[test]
fn r24_an_undo_of_a_flag_that_was_set_by_hand_is_accepted_without_a_rollout() {
    let shown = Exposure { version: 1, audience: audience(3), place: None };
    let set = Event::ExposureChanged { version: 1, audience: audience(3), stage: None };
    let killed = given::<FeatureFlag>([created_as(Kind::Ops), set, killed_at(2, day(10))]);
    let undo = undo(Whereabouts::NoRollout);
    killed.at(day(10)).because("by mistake").ask(undo).then_remarked_by(RuleId::R24, [undone(3, shown)]);
}

#[test]
fn r24_serving_a_share_again_says_that_no_second_person_confirmed_it() {
    let undone_in = |stage| killed_in(stage, []).ask(undo(Whereabouts::Attempt(stage + 1)));
    undone_in(2).then_remarked_by(RuleId::R24, [undone(5, shown(3, 2, 3))]);
    undone_in(1).then([undone(4, shown(2, 1, 2))]);
}

#[test]
fn r24_a_flag_of_a_rollout_that_runs_is_refused_its_archive_and_later_it_is_accepted() {
    let removed = || Event::RemovedFromCode { attestation: "commit 12".to_owned() };
    after(history(2), [removed()]).ask(archive(true)).then_refused_by(RuleId::R24);
    after(history(2), [removed()]).ask(archive(false)).then([Event::Archived]);
}
