//! What several rules refuse at once, what a level lowers, and what is not known.

use verdict_kernel::id::RolloutId;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Kind;

use super::*;
use crate::gate::{MetricFact, MetricKind, MetricRole};

/// Rule and code of all that stands in the way.
fn told(outcome: Outcome<Rollout>) -> Vec<(RuleId, &'static str)> {
    outcome.then_blocked().all().map(|refusal| (refusal.rule.unwrap(), refusal.code)).collect()
}

fn rules(outcome: Outcome<Rollout>) -> Vec<RuleId> {
    told(outcome).into_iter().map(|(rule, _)| rule).collect()
}

fn with(mut facts: Facts, change: impl FnOnce(&mut FlagStanding, &mut Confirmed)) -> Facts {
    if let (FlagFact::Known(flag), Answer::Given(given)) = (&mut facts.flag, &mut facts.metrics) {
        change(flag, given);
    }
    facts
}

#[test]
fn a_plan_is_refused_by_everything_that_speaks_against_it() {
    let step = |audience| Step { audience, soak: HOUR };
    let stage = |name: StageName, steps, max| {
        let class = name.preset().unwrap();
        Stage { name, class, steps, min_soak: HOUR, max_soak: Some(max) }
    };
    let stages = vec![
        stage(INTERNAL, vec![], DAY),
        stage(
            BETA,
            vec![step(Audience::percent(Percent::of(20))), step(Audience::percent(Percent::of(5)))],
            DAY,
        ),
        stage(GA, vec![step(Audience::percent(Percent::of(90)))], Duration::ZERO),
    ];
    let grounds = Grounds { flag: FlagGround::Missing, bet_is_missing: true };
    let command = Command::Plan(Box::new(proposal(Plan { stages, ..plan() })));
    assert_eq!(
        told(given::<Rollout>([]).ask((command, grounds.into()))),
        [
            (RuleId::R2, "stages_out_of_order"),
            (RuleId::R1, "stage_without_steps"),
            (RuleId::R10, "steps_shrink"),
            (RuleId::R3, "maximum_below_minimum"),
            (RuleId::R5, "ends_below_everyone"),
            (RuleId::R5, "big_bang"),
            (RuleId::I5, "no_such_flag"),
            (RuleId::I5, "no_such_bet"),
        ]
    );
}

#[test]
fn a_start_and_what_ships_directly_are_refused_by_everything_that_speaks_against_them() {
    let grounds = Grounds {
        flag: FlagGround::Known {
            environment: "staging".to_owned(),
            unit: "accountId".to_owned(),
            killed: true,
            version: 1,
            claimant: Some(RolloutId::created_by(command_id("other"))),
        },
        bet_is_missing: true,
    };
    assert_eq!(
        told(given::<Rollout>([planned()]).ask(start_on(grounds))),
        [
            (RuleId::R22, "not_the_flags"),
            (RuleId::R22, "not_the_flags"),
            (RuleId::R22, "flag_is_taken"),
            (RuleId::I5, "no_such_bet"),
            (RuleId::F3, "flag_is_killed"),
        ]
    );
    assert_eq!(rules(given::<Rollout>([]).ask(ship(plan().bet, true, true))), [RuleId::F1, RuleId::I5]);
}

#[test]
fn a_way_up_is_refused_by_every_order_that_it_breaks_and_then_by_every_check_of_its_gate() {
    let at = t(DAY * 10);
    assert_eq!(rules(after(beta(), at).ask(enter_with(GA, Some(1), good(at)))), [RuleId::R10, RuleId::R10]);
    assert_eq!(
        rules(after(internal(), at).ask(enter_with(GA, Some(1), good(at)))),
        [RuleId::R2, RuleId::R10]
    );
    let bad = with(good(at), |flag, given| {
        flag.killed = true;
        flag.holds = vec!["breach-9".to_owned()];
        given.guardrails[0].state = CheckState::Fail;
    });
    let shut = [RuleId::F3, RuleId::R11, RuleId::R9a, RuleId::R3];
    let everyone = and(beta(), [entered(GA, 4, at), Event::StepAdvanced(entry(GA, 4, 2, at))]);
    assert_eq!(rules(after(beta(), at).ask(advance(bad.clone()))), shut);
    assert_eq!(rules(after(everyone, at).ask(complete_on(bad))), shut);
}

#[test]
fn a_resume_is_refused_by_everything_that_speaks_against_it() {
    let at = t(DAY * 13);
    let off = Event::Paused { cause: PauseCause::Killed, reason: String::new(), at: t(DAY * 12) };
    let bad = with(over(None, at), |flag, _| {
        flag.killed = true;
        flag.holds = vec!["breach-9".to_owned(), "restored".to_owned()];
    });
    let unwatched = and(beta(), [off, lost(3)]);
    assert_eq!(
        told(after(unwatched, at).ask(resume(How::Fresh, bad))),
        [
            (RuleId::R15, "unwatched"),
            (RuleId::R23, "reason_missing"),
            (RuleId::F3, "flag_is_killed"),
            (RuleId::R11, "held_otherwise"),
            (RuleId::R11, "held_otherwise"),
        ]
    );
    let (broke, late) = (t(DAY * 12), t(DAY * 20));
    let fallen = and(beta(), [rolling_back_at(BETA, 3, false, broke), rolled_back(Some(ALPHA))]);
    let open = |at| raised(with(over(None, at), |flag, _| flag.killed = true), breach(3, broke), broke);
    assert_eq!(
        told(after(fallen.clone(), at).ask(resume(How::Fresh, open(at)))),
        [(RuleId::R23, "reason_missing"), (RuleId::F3, "flag_is_killed"), (RuleId::R23, "breach_unanswered"),]
    );
    assert_eq!(
        told(after(fallen, late).ask(resume(How::FalseAlarm, open(late)))),
        [
            (RuleId::R23, "override_without_authority"),
            (RuleId::R23, "false_alarm_too_late"),
            (RuleId::F3, "flag_is_killed"),
            (RuleId::R23, "breach_not_retracted"),
        ]
    );
}

#[test]
fn an_extension_is_refused_early_and_without_a_reason_at_once() {
    let early = after(internal(), t(DAY)).when(Command::ExtendStage { by: DAY });
    assert_eq!(told(early), [(RuleId::R3, "not_overdue"), (RuleId::R3, "not_extended")]);
}

#[test]
fn r23_an_assistant_never_says_that_it_was_a_false_alarm() {
    let (broke, at) = (t(DAY * 12), t(DAY * 12 + HOUR));
    let fallen = and(beta(), [rolling_back_at(BETA, 3, false, broke), rolled_back(Some(ALPHA))]);
    let retracted = BreachFact { retracted: true, ..breach(3, broke) };
    let asked = || resume(How::FalseAlarm, raised(over(Some(ALPHA), at), retracted.clone(), at));
    let issued = |kind| Issued {
        by: Principal { kind, ..Principal::dev() },
        reason: "the probe was broken".to_owned(),
        ..Issued::at(at)
    };
    after(fallen.clone(), at).issued(issued(Kind::Human)).ask(asked()).then_accepted();
    for kind in [Kind::Agent, Kind::Service] {
        let refused = after(fallen.clone(), at).issued(issued(kind)).ask(asked());
        assert_eq!(told(refused), [(RuleId::R23, "override_without_authority")], "{kind:?}");
    }
}

/// Running in Internal, which has a second step.
fn two_steps() -> Vec<Event> {
    let mut plan = plan();
    let step = plan.stages[0].steps[0].clone();
    plan.stages[0].steps.push(step);
    vec![Event::Planned(Box::new(plan)), Event::Started, entered(INTERNAL, 1, t(Duration::ZERO))]
}

/// What only rules refuse that a level may lower: these, at this time.
fn lowerable() -> Vec<(Vec<RuleId>, Vec<Event>, Timestamp, Asked)> {
    let (early, at) = (t(HOUR), t(DAY));
    let bare = vec![planned(), Event::Started, entered(INTERNAL, 1, t(Duration::ZERO))];
    let unproven = with(good(at), |_, given| {
        given.metrics.push(MetricFact {
            metric: "signups".to_owned(),
            kind: Some(MetricKind::Leading),
            role: MetricRole::Primary,
            refresh: HOUR,
            instrumented: false,
            source: String::new(),
        });
    });
    let few = with(good(at), |_, given| {
        given.guardrails[0].state = CheckState::Unknown(Unknown::Insufficient);
    });
    vec![
        (vec![RuleId::R3], internal(), early, enter(ALPHA, early)),
        (vec![RuleId::R6, RuleId::R6], bare, at, enter(ALPHA, at)),
        (vec![RuleId::R16, RuleId::R16], two_steps(), at, advance(good(early))),
        (vec![RuleId::M9], internal(), at, enter_with(ALPHA, None, unproven)),
        (vec![RuleId::M10], internal(), at, enter_with(ALPHA, None, few)),
    ]
}

/// Decision D4: what the rule of the soak says of a plan and of an extension is structure.
#[test]
fn r3_a_maximum_below_the_minimum_and_an_extension_without_a_reason_are_refused_at_every_level() {
    let stages = vec![Stage { max_soak: Some(Duration::ZERO), min_soak: HOUR, ..plan().stages.remove(0) }];
    let brief = || propose(Plan { stages: stages.clone(), ..plan() });
    let extend = || (Command::ExtendStage { by: Duration::ZERO }, Known::default());
    for level in Level::ALL {
        assert_eq!(rules(after(vec![], t(HOUR)).level(level).ask(brief())), [RuleId::R3], "{level}");
        let extended = after(internal(), t(HOUR)).level(level).ask(extend());
        assert_eq!(rules(extended), [RuleId::R3, RuleId::R3], "{level}");
    }
}

/// Decision D4: a person's step past a shut gate is an override by policy; the platform needs an open one at every level.
#[test]
fn p1_a_level_lets_a_person_pass_what_may_be_lowered_and_never_the_platform() {
    for (expected, history, at, asked) in lowerable() {
        let issued = |by, level| Issued { by, level, ..Issued::at(at) };
        let decide = |by, level| after(history.clone(), at).issued(issued(by, level)).ask(asked.clone());
        for level in [Level::Warn, Level::Observe] {
            let decision = decide(Principal::dev(), level).then_decided();
            assert!(!decision.events.is_empty(), "{expected:?}");
            let passed: Vec<_> = decision.overrides.iter().map(|over| over.rule).collect();
            assert_eq!(passed, expected, "{level}");
            assert!(decision.overrides.iter().all(|over| over.ground == Ground::Policy(level)));
            assert_eq!(rules(decide(Principal::process("stage-promotion"), level)), expected, "{level}");
        }
        assert_eq!(rules(decide(Principal::dev(), Level::Enforce)), expected);
    }
}

#[test]
fn p1_and_r15_a_level_lets_a_person_resume_unwatched_and_at_enforce_it_is_refused() {
    let at = t(DAY * 12);
    let asked = || resume(How::Fresh, over(Some(BETA), at));
    let unwatched = || after(and(beta(), [lost(3)]), at);
    assert_eq!(rules(unwatched().ask(asked())), [RuleId::R15]);
    let decision = unwatched().level(Level::Warn).ask(asked()).then_decided();
    assert_eq!((decision.overrides.len(), decision.overrides[0].rule), (1, RuleId::R15));
    assert!(matches!(decision.events[..], [Event::Resumed(_)]), "{decision:?}");
    let process = Issued { by: Principal::process("rollout-watch"), level: Level::Warn, ..Issued::at(at) };
    assert_eq!(told(unwatched().issued(process).ask(asked())), [(RuleId::R24, "only_a_person")]);
}

#[test]
fn p1_and_b2_what_else_shuts_the_gate_is_refused_at_every_level_with_the_report() {
    let at = t(HOUR);
    let failing = with(good(at), |_, given| given.guardrails[0].state = CheckState::Fail);
    let unarmed = with(good(t(DAY)), |_, given| given.guardrails.clear());
    for (at, facts, enforced, lowered) in [
        (at, failing, vec![RuleId::R9a, RuleId::R3], vec![RuleId::R9a]),
        (t(DAY), unarmed, vec![RuleId::F6, RuleId::B2], vec![RuleId::B2]),
    ] {
        let asked = || enter_with(ALPHA, None, facts.clone());
        assert_eq!(rules(after(internal(), at).ask(asked())), enforced);
        let blockers = after(internal(), at).level(Level::Observe).ask(asked()).then_blocked();
        assert_eq!(blockers.all().filter_map(|refusal| refusal.rule).collect::<Vec<_>>(), lowered);
        assert!(blockers.first().report.is_some(), "{blockers:?}");
    }
}

#[test]
fn a_way_up_on_facts_that_nobody_gathered_is_refused_and_a_way_down_is_accepted() {
    let at = t(DAY * 20);
    let completing =
        and(beta(), [entered(GA, 4, t(DAY * 10)), Event::StepAdvanced(entry(GA, 4, 2, t(DAY * 11)))]);
    for (history, command) in [
        (vec![], propose(plan()).0),
        (vec![], ship(None, false, false).0),
        (vec![planned()], Command::Start),
        (internal(), enter(ALPHA, at).0),
        (beta(), Command::AdvanceStep),
        (beta(), Command::EvaluateGate { attempt: None }),
        (and(beta(), [paused()]), Command::Resume { how: How::Fresh }),
        (completing, Command::Complete),
    ] {
        let refused = after(history, at).because("because").when(command.clone()).then_refused();
        assert_eq!((refused.rule, refused.code), (None, "fact_unknown"), "{command:?}");
    }
    let down = Command::EnterStage { stage: ALPHA.to_string(), step: None, by: "command-1".to_owned() };
    let back = || rolling_back(BETA, 3, false);
    for (history, command) in [
        (beta(), down.clone()),
        (and(beta(), [back(), rolled_back(Some(BETA))]), down),
        (beta(), Command::RequestRollback(retreat(None, true))),
        (and(beta(), [back()]), Command::ConfirmRollback { to: None, flag_version: 4 }),
        (beta(), pause(PauseCause::Guardrail)),
        (beta(), Command::LoseWatch { attempt: 3 }),
    ] {
        for level in Level::ALL {
            let outcome = after(history.clone(), at).level(level).when(command.clone());
            assert_eq!(outcome.then_decided().overrides, [], "{command:?}");
        }
    }
}
