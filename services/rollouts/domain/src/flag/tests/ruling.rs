//! What several rules refuse at once, what a level lowers, and what is not known.

use verdict_kernel::decision::Ground;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::{Issued, Principal};

use super::*;

/// Rule and code of all that stands in the way.
fn told(outcome: Outcome<FeatureFlag>) -> Vec<(RuleId, &'static str)> {
    outcome.then_blocked().all().map(|refusal| (refusal.rule.unwrap(), refusal.code)).collect()
}

#[test]
fn a_new_flag_is_refused_by_everything_that_speaks_against_it() {
    let mut wrong = identity(Kind::Release);
    wrong.owner = String::new();
    wrong.unit = String::new();
    let create = Command::Create { identity: wrong, cleanup_on: Some(day(1)) };
    assert_eq!(
        told(given::<FeatureFlag>([]).at(day(1)).when(create)),
        [
            (RuleId::F9, "flag_not_servable"),
            (RuleId::F4, "owner_missing"),
            (RuleId::F4, "cleanup_in_the_past"),
        ]
    );
}

#[test]
fn an_exposure_is_refused_by_everything_that_speaks_against_it() {
    let held = Event::Held(hold_for("breach-9", 1));
    let hand = after(claimed(), [held.clone()]).ask(by_hand(audience(2), true));
    let expected =
        [(RuleId::R22, "flag_claimed"), (RuleId::F6, "exposure_not_watched"), (RuleId::R11, "flag_held")];
    assert_eq!(told(hand), expected);
    let killed = after(claimed(), [held, killed(1)]);
    let stale = SetExposure { flag_version: 0, ..stage_wish(1, 1, 1) };
    assert_eq!(
        told(killed.ask((Command::SetExposure(stale), claimant(false)))),
        [
            (RuleId::F3, "flag_killed"),
            (RuleId::R22, "flag_not_claimed"),
            (RuleId::R11, "flag_held"),
            (RuleId::R24, "exposure_taken_away"),
        ]
    );
}

#[test]
fn a_claim_and_an_archive_are_refused_by_everything_that_speaks_against_them() {
    let expected = [(RuleId::F3, "flag_killed"), (RuleId::R22, "flag_claimed")];
    assert_eq!(told(after(claimed(), [killed(1)]).ask(claim_by("two", true))), expected);
    let expected = [(RuleId::R24, "flag_still_claimed"), (RuleId::F5, "flag_still_in_code")];
    assert_eq!(told(given::<FeatureFlag>(claimed()).ask(archive(true))), expected);
}

#[test]
fn an_undo_is_refused_by_everything_that_speaks_against_it() {
    let held = Event::Held(hold_for("breach-9", 3));
    let open = BreachFact {
        id: "breach-9".to_owned(),
        stage: "beta".to_owned(),
        attempt: 3,
        at: day(9),
        acknowledged: false,
        retracted: false,
        critical: false,
        seen: String::new(),
    };
    let broken = GuardrailFact { breaches: vec![open], ..guardrail(CheckState::Fail) };
    let flag = after(history(2), [held, killed_at(4, day(1))]).at(day(10));
    assert_eq!(
        told(flag.ask(undo_with(Whereabouts::Gone, vec![broken]))),
        [
            (RuleId::R24, "too_late_to_undo"),
            (RuleId::R11, "flag_held"),
            (RuleId::R24, "rollout_went_on"),
            (RuleId::R24, "guardrail_broken"),
            (RuleId::R24, "breach_unanswered"),
            (RuleId::R24, "reason_missing"),
        ]
    );
}

#[test]
fn p1_and_f6_a_level_lets_a_person_expose_by_hand_what_nobody_watches_and_refuses_the_platform() {
    let issued = |by, level| Issued { by, level, ..Issued::at(day(0)) };
    let by = |by, level| {
        let flag = given::<FeatureFlag>([created_as(Kind::Release)]).issued(issued(by, level));
        flag.ask(by_hand(audience(2), false))
    };
    let process = || Principal::process("stage-promotion");
    for level in [Level::Warn, Level::Observe] {
        let set = Event::ExposureChanged { version: 1, audience: audience(2), stage: None };
        let over = by(Principal::dev(), level).then_overrides(RuleId::F6, [set]);
        assert_eq!((over.code.as_str(), over.ground), ("exposure_not_watched", Ground::Policy(level)));
        by(process(), level).then_refused_by(RuleId::F6);
    }
    by(Principal::dev(), Level::Enforce).then_refused_by(RuleId::F6);
    // Nothing else keeps the first share small where no rollout does (rule R5).
    for (percent, passes) in [(10, true), (11, false)] {
        let flag = given::<FeatureFlag>([created_as(Kind::Release)]).level(Level::Observe);
        let outcome = flag.ask(by_hand(Audience::percent(Percent::of(percent)), false));
        if passes {
            assert_eq!(outcome.then_decided().overrides.len(), 1);
        } else {
            outcome.then_refused_by(RuleId::F6);
        }
    }
}

#[test]
fn what_nobody_looked_up_is_refused_and_what_takes_back_is_accepted() {
    let killed = || after(history(2), [killed_at(4, day(0))]);
    for (flag, command) in [
        (at_stage(1), set(2, 3).0),
        (at_stage(1), by_hand(audience(3), false).0),
        (at_stage(1), claim_by("two", false).0),
        (at_stage(1), Command::Archive),
        (killed(), Command::Revive { undo: true }),
    ] {
        let refused = flag.because("because").when(command.clone()).then_refused();
        assert_eq!((refused.rule, refused.code), (None, "fact_unknown"), "{command:?}");
    }
    let takes_back = [
        Command::Kill,
        Command::TurnOff { rollout: None, cause: String::new() },
        narrow_command(2, 3, true),
        restored(Some(Audience::nobody())),
    ];
    for command in takes_back {
        for level in Level::ALL {
            let decision = at_stage(2).level(level).when(command.clone()).then_decided();
            assert_eq!((decision.events.len(), decision.overrides.len()), (1, 0), "{command:?}");
        }
    }
}
