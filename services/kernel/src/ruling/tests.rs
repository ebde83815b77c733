use proptest::prelude::*;

use super::*;
use crate::check::{CheckState, Text, Unknown};
use crate::clock::Timestamp;
use crate::policy::Level;
use crate::principal::Principal;

fn issued(by: Principal, level: Level, reason: &str) -> Issued {
    Issued { by, level, reason: reason.to_owned(), ..Issued::at(Timestamp::UNIX_EPOCH) }
}

fn person(reason: &str) -> Issued {
    issued(Principal::dev(), Level::Enforce, reason)
}

fn refusal(rule: RuleId) -> Refusal {
    Refusal::by(rule, "does_not_hold", format!("{rule} does not hold")).compared("yes", "no")
}

fn rules(blockers: &Blockers) -> Vec<RuleId> {
    blockers.all().filter_map(|refusal| refusal.rule).collect()
}

#[test]
fn what_does_not_hold_is_collected_and_the_first_stands_first() {
    let issued = person("");
    let mut ruling = Ruling::of(&issued);
    ruling.demand(true, || refusal(RuleId::B1));
    ruling.demand(false, || refusal(RuleId::B3));
    ruling.unless_overridden(false, || refusal(RuleId::B9));
    let blockers = ruling.decide(vec!["built"]).unwrap_err();
    assert_eq!(rules(&blockers), [RuleId::B3, RuleId::B9]);
    assert_eq!(blockers.first().rule, Some(RuleId::B3));
}

#[test]
fn a_block_ends_before_what_rests_on_it_is_judged() {
    let issued = person("");
    let mut ruling = Ruling::of(&issued);
    ruling.demand(false, || refusal(RuleId::B1));
    assert_eq!(rules(&ruling.done().unwrap_err()), [RuleId::B1]);
    assert_eq!(ruling.done(), Ok(()), "what was returned is not returned again");
}

#[test]
fn an_override_needs_a_person_and_a_reason() {
    let process = issued(Principal::process("stage-promotion"), Level::Enforce, "because");
    for (issued, asked, taken) in [
        (person("because"), true, true),
        (person(" "), true, false),
        (person("because"), false, false),
        (process, true, false),
    ] {
        let mut ruling = Ruling::of(&issued).overriding(asked);
        ruling.unless_overridden(false, || refusal(RuleId::B13));
        match ruling.decide(vec![()]) {
            Ok(decision) => {
                assert!(taken, "{issued:?}");
                let [over] = &decision.overrides[..] else { panic!("{decision:?}") };
                assert_eq!((over.rule, &over.ground), (RuleId::B13, &Ground::Reason("because".to_owned())));
                assert_eq!((over.required.as_str(), over.seen.as_str()), ("yes", "no"));
            }
            Err(blockers) => {
                assert!(!taken, "{issued:?}");
                let code = if asked { "override_without_authority" } else { "does_not_hold" };
                assert_eq!((blockers.first().rule, blockers.first().code), (Some(RuleId::B13), code));
            }
        }
    }
}

#[test]
fn a_command_that_is_an_override_names_what_it_is_about_and_needs_a_person_and_a_reason() {
    let agent = Principal { kind: crate::principal::Kind::Agent, ..Principal::dev() };
    for (issued, taken) in [
        (person("because"), true),
        (person(" "), false),
        (issued(agent, Level::Observe, "because"), false),
        (issued(Principal::process("stage-promotion"), Level::Observe, "because"), false),
    ] {
        let mut ruling = Ruling::of(&issued);
        ruling.overrule(refusal(RuleId::R23), vec!["breach-1".to_owned()]);
        match ruling.decide(vec![()]) {
            Ok(decision) => {
                assert!(taken, "{issued:?}");
                let [over] = &decision.overrides[..] else { panic!("{decision:?}") };
                assert_eq!((over.rule, over.code.as_str()), (RuleId::R23, "does_not_hold"));
                assert_eq!(over.ground, Ground::Reason("because".to_owned()));
                assert_eq!(over.about, ["breach-1"]);
            }
            Err(blockers) => {
                assert!(!taken, "{issued:?}");
                let first = blockers.first();
                assert_eq!((first.rule, first.code), (Some(RuleId::R23), "override_without_authority"));
                assert_eq!(first.next, "send the command again with --reason <why>");
            }
        }
    }
}

#[test]
fn what_stops_blocks_at_every_level_behind_what_blocked_before() {
    let issued = issued(Principal::dev(), Level::Observe, "");
    let mut ruling = Ruling::of(&issued);
    ruling.demand(false, || refusal(RuleId::B1));
    assert_eq!(rules(&ruling.stop(refusal(RuleId::R16))), [RuleId::B1, RuleId::R16]);
    assert_eq!(ruling.done(), Ok(()), "what was returned is not returned again");
}

#[test]
fn each_check_that_does_not_pass_blocks_and_the_first_that_does_carries_the_report() {
    let check = |rule, state| Check {
        rule,
        name: "a_check",
        state,
        required: Text::default(),
        seen: Text::default(),
        source: String::new(),
        next: String::new(),
    };
    let report = GateReport {
        checks: vec![
            check(RuleId::F3, CheckState::Pass),
            check(RuleId::R3, CheckState::Fail),
            check(RuleId::R9a, CheckState::Fail),
            check(RuleId::R24, CheckState::Unknown(Unknown::NoData)),
        ],
    };
    for (level, blocking, lowered) in [
        (Level::Enforce, &[RuleId::R3, RuleId::R9a, RuleId::R24][..], 0),
        (Level::Warn, &[RuleId::R9a, RuleId::R24], 1),
    ] {
        let issued = issued(Principal::dev(), level, "");
        let mut ruling = Ruling::of(&issued);
        ruling.demand_open(&report, |check| refusal(check.rule));
        assert_eq!(ruling.overrides.len(), lowered, "{level}");
        let blockers = ruling.done().unwrap_err();
        assert_eq!(rules(&blockers), blocking, "{level}");
        assert_eq!(blockers.first().report.as_ref(), Some(&report), "{level}");
        assert!(blockers.others().iter().all(|other| other.report.is_none()), "{level}");
    }
    let issued = person("");
    let mut nothing = Ruling::of(&issued);
    nothing.demand_open(&GateReport::default(), |check| refusal(check.rule));
    assert_eq!(nothing.done().unwrap_err().first().code, "gate_shut");
}

#[test]
fn what_scaling_demands_is_remarked_in_a_young_product() {
    let issued = person("");
    let mut young = Ruling::of(&issued);
    young.demand_when_scaling(Mode::ZeroToOne, false, || refusal(RuleId::B5));
    assert_eq!(young.decide(vec![()]).unwrap().remarks[0].rule, RuleId::B5);
    let mut scaling = Ruling::of(&issued);
    scaling.demand_when_scaling(Mode::Scaling, false, || refusal(RuleId::B5));
    assert_eq!(rules(&scaling.decide(vec![()]).unwrap_err()), [RuleId::B5]);
}

#[test]
fn d4_a_level_lets_people_pass_what_may_be_lowered_and_never_the_platform_nor_structure() {
    let process = Principal::process("stage-promotion");
    for level in Level::ALL {
        for (by, rule, may) in [
            (Principal::dev(), RuleId::R3, true),
            (Principal::dev(), RuleId::B3, false),
            (process.clone(), RuleId::R3, false),
        ] {
            let issued = issued(by, level, "");
            let mut ruling = Ruling::of(&issued);
            ruling.demand_by_level(false, || refusal(rule));
            match ruling.decide(vec![()]) {
                Ok(decision) => {
                    assert!(may && level < Level::Enforce, "{issued:?}");
                    assert_eq!(decision.overrides[0].ground, Ground::Policy(level));
                }
                Err(blockers) => {
                    assert!(!may || level == Level::Enforce, "{issued:?}");
                    assert_eq!(rules(&blockers), [rule]);
                }
            }
        }
    }
}

#[test]
fn d4_what_a_rule_says_of_structure_binds_at_every_level() {
    for level in Level::ALL {
        let issued = issued(Principal::dev(), level, "because");
        let mut ruling = Ruling::of(&issued);
        ruling.demand(false, || refusal(RuleId::R3));
        assert_eq!(rules(&ruling.decide(vec![()]).unwrap_err()), [RuleId::R3]);
    }
}

#[test]
fn what_leads_to_nothing_is_not_remarked_on() {
    let issued = person("because");
    let mut ruling = Ruling::of(&issued).overriding(true);
    ruling.remark(RuleId::B13, false, || "fuzzy".to_owned());
    ruling.unless_overridden(false, || refusal(RuleId::B9));
    assert_eq!(ruling.decide(Vec::<()>::new()), Ok(Decision::nothing()));
}

/// One thing that a decider says about a rule.
#[derive(Debug, Clone, Copy)]
enum Said {
    Demand,
    ByLevel,
    WhenScaling(Mode),
    UnlessOverridden,
    Remark,
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        Just(Said::Demand),
        Just(Said::ByLevel),
        prop_oneof![Just(Mode::ZeroToOne), Just(Mode::Scaling)].prop_map(Said::WhenScaling),
        Just(Said::UnlessOverridden),
        Just(Said::Remark),
    ]
}

fn circumstances() -> impl Strategy<Value = (Issued, bool)> {
    let by = prop_oneof![Just(Principal::dev()), Just(Principal::process("stage-promotion"))];
    let level = prop::sample::select(&Level::ALL[..]);
    let reason = prop_oneof![Just(""), Just("because")];
    (by, level, reason, any::<bool>())
        .prop_map(|(by, level, reason, asked)| (issued(by, level, reason), asked))
}

proptest! {
    /// Rule P1: whatever the order of rules, mode, level, principal and override, nothing is lost and nothing is added.
    #[test]
    fn p1_every_rule_that_does_not_hold_is_a_refusal_an_override_or_a_remark(
        (issued, asked) in circumstances(),
        rules_said in prop::collection::vec((prop::sample::select(RuleId::ALL), said(), any::<bool>()), 0..12),
    ) {
        let mut ruling = Ruling::of(&issued).overriding(asked);
        for &(rule, said, holds) in &rules_said {
            match said {
                Said::Demand => ruling.demand(holds, || refusal(rule)),
                Said::ByLevel => ruling.demand_by_level(holds, || refusal(rule)),
                Said::WhenScaling(mode) => ruling.demand_when_scaling(mode, holds, || refusal(rule)),
                Said::UnlessOverridden => ruling.unless_overridden(holds, || refusal(rule)),
                Said::Remark => ruling.remark(rule, holds, || rule.to_string()),
            }
        }
        let mut broken: Vec<_> = rules_said.iter().filter(|(_, _, holds)| !holds).map(|(rule, ..)| *rule).collect();
        let Ruling { blockers, remarks, overrides, .. } = &ruling;
        let mut told: Vec<_> = blockers.iter().filter_map(|refusal| refusal.rule).collect();
        told.extend(remarks.iter().map(|remark| remark.rule));
        told.extend(overrides.iter().map(|over| over.rule));
        broken.sort();
        told.sort();
        prop_assert_eq!(told, broken);
        let blocked = !blockers.is_empty();
        prop_assert_eq!(ruling.decide(vec![()]).is_err(), blocked);
    }
}
