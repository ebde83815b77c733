//! What a person takes away from a rollout that is past its point of no return (rule R26).

use verdict_kernel::decision::Ground;
use verdict_kernel::principal::{Issued, Principal};

use super::*;
use crate::rollout::NoReturn;
use crate::stage::StageName;

/// The rollout of [`at_stage`] says that there is no way back from Beta on.
fn passed() -> Known {
    let from = NoReturn { stage: StageName::BETA, reason: "the old keys are gone".to_owned() };
    let passed = NoReturnPassed { stage: StageName::BETA, from };
    Known { no_return: Some(passed), ..claimant(true) }
}

fn takings() -> [Command; 3] {
    let by_hand = SetExposure { audience: Audience::percent(Percent::of(5)), stage: None, flag_version: 0 };
    [
        Command::Kill,
        Command::TurnOff { rollout: None, cause: "by hand".to_owned() },
        Command::SetExposure(by_hand),
    ]
}

#[test]
fn r26_taking_away_by_hand_is_refused_without_a_reason_and_with_one_it_is_an_override() {
    for command in takings() {
        let ask = |reason| at_stage(2).because(reason).ask((command.clone(), passed()));
        let refusal = ask(" ").then_refused_by(RuleId::R26);
        assert_eq!((refusal.code, refusal.required.as_str()), ("no_way_back", "a reason"));
        assert_eq!(refusal.seen, "stage beta; no way back from beta on: the old keys are gone");
        let decided = ask("nobody can log in").then_decided();
        assert_eq!(decided.events.len(), 1, "{command:?}");
        let over = &decided.overrides[0];
        assert_eq!((over.rule, &over.ground), (RuleId::R26, &Ground::Reason("nobody can log in".to_owned())));
    }
}

#[test]
fn r26_taking_away_where_there_is_a_way_back_is_accepted_without_a_reason() {
    for command in takings() {
        let decided = at_stage(2).ask((command, claimant(true))).then_decided();
        assert_eq!((decided.events.len(), decided.overrides.len()), (1, 0));
    }
}

#[test]
fn r26_a_process_kills_without_being_asked() {
    let process = Issued { by: Principal::process("guardrail-rollback"), ..Issued::at(day(9)) };
    let killed = at_stage(2).issued(process).ask((Command::Kill, passed())).then_accepted();
    assert!(matches!(killed.as_slice(), [Event::Killed { .. }]), "{killed:?}");
}

#[test]
fn r26_a_flag_that_serves_nobody_is_killed_without_a_reason() {
    let known = Known { no_return: passed().no_return, ..Known::default() };
    given::<FeatureFlag>([created_as(Kind::Release)]).ask((Command::Kill, known)).then_accepted();
}

/// What a completed rollout showed is there, and a person may set the flag.
#[test]
fn r26_setting_less_by_hand_after_the_rollout_completed_is_refused_without_a_reason() {
    let completed = || Known { no_return: passed().no_return, ..claimant(false) };
    let set = |audience| Command::SetExposure(SetExposure { audience, stage: None, flag_version: 0 });
    for audience in [Audience::nobody(), Audience::percent(Percent::of(5)), Audience::members(["ann"])] {
        let ask = |reason| at_stage(2).because(reason).ask((set(audience.clone()), completed()));
        assert_eq!(ask(" ").then_refused_by(RuleId::R26).code, "no_way_back");
        let decided = ask("nobody can log in").then_decided();
        assert_eq!((decided.events.len(), decided.overrides[0].rule), (1, RuleId::R26));
    }
    let more = Audience::members(["ann", "bob", "cid"]);
    let decided = at_stage(0).ask((set(more), completed())).then_decided();
    assert_eq!((decided.events.len(), decided.overrides.len()), (1, 0), "it takes nothing");
}

/// What is served decides, not how far the rollout has decided to go.
#[test]
fn r26_a_breach_holds_a_flag_that_shows_what_has_no_way_back_and_narrows_one_that_does_not() {
    let past = |from| match narrow_command(2, 3, true) {
        Command::Narrow { place, cause, kind, critical, .. } => {
            Command::Narrow { place, cause, kind, critical, no_return: Some(from) }
        }
        other => panic!("{other:?}"),
    };
    let held = Event::Held(Hold { kind: HoldKind::Guardrail, ..hold_for("breach-1", 3) });
    for from in [1, 2] {
        at_stage(2).when(past(from)).then([held.clone()]);
        after(history(2), [held.clone()]).when(past(from)).then([]);
    }
    at_stage(2).when(past(3)).then([narrowed_event(4, None, (2, 3))]);
    at_stage(2).when(narrow_command(2, 3, true)).then([narrowed_event(4, None, (2, 3))]);
}
