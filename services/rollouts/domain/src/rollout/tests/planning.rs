//! What a plan may be, what it stands on, and how it starts.

use super::*;

fn one_step(name: StageName, percent: u16) -> Stage {
    let class = name.preset().unwrap();
    stage_of(name.as_str(), class, percent)
}

/// A stage of a class that a plan may name freely.
fn stage_of(name: &str, class: Class, percent: u16) -> Stage {
    let name: StageName = name.parse().unwrap();
    let audience = match class {
        Class::Internal => Audience::members(["ann"]),
        Class::Named => Audience::accounts(["acme"]),
        Class::Share | Class::Everyone => Audience::percent(Percent::of(percent)),
    };
    Stage { name, class, steps: vec![Step { audience, soak: HOUR }], min_soak: HOUR, max_soak: Some(DAY) }
}

fn up_to_beta(percent: u16) -> Vec<Stage> {
    vec![one_step(INTERNAL, 0), one_step(ALPHA, 0), one_step(BETA, percent)]
}

#[test]
fn r1_without_stages_a_plan_gets_the_default_ones() {
    let proposal = Proposal {
        plan: Plan { stages: Vec::new(), ..plan() },
        internal_members: ["ann".to_owned()].into(),
        alpha_accounts: ["acme", "bolt", "corp", "dyno", "echo"].map(str::to_owned).into(),
        overrides: false,
    };
    let command = (Command::Plan(Box::new(proposal)), grounds().into());
    given::<Rollout>([]).ask(command).then([planned()]);
}

#[test]
fn r1_given_stages_override_the_default_ones_and_a_small_alpha_is_remarked() {
    let stages = vec![one_step(INTERNAL, 0), one_step(ALPHA, 0)];
    let plan = Plan { stages, ..plan() };
    let planned = Event::Planned(Box::new(plan.clone()));
    given::<Rollout>([]).ask(propose(plan)).then_remarked_by(RuleId::R1, [planned]);
}

/// Stages of these names and classes, each wider than the one before.
fn free(stages: &[(&str, Class)]) -> Plan {
    let percents = [0, 0, 0, 0, 5, 8, 9, 100, 100];
    let stages = stages.iter().enumerate();
    let stages = stages.map(|(index, (name, class))| match class {
        Class::Everyone => stage_of(name, *class, 100),
        Class::Internal | Class::Named | Class::Share => {
            stage_of(name, *class, percents[index.min(6)].max(1))
        }
    });
    Plan { stages: stages.collect(), ..plan() }
}

#[test]
fn r2_a_plan_that_leaves_out_a_class_or_goes_back_to_a_lower_one_is_refused() {
    use Class::{Everyone, Internal, Named, Share};
    for (classes, seen) in [
        (vec![Internal, Share], "internal, share"),
        (vec![Named], "named"),
        (vec![Internal, Named, Internal], "internal, named, internal"),
        (vec![Internal, Named, Share, Named], "internal, named, share, named"),
        (vec![Internal, Named, Everyone], "internal, named, everyone"),
        (vec![Internal, Named, Share, Everyone, Share], "internal, named, share, everyone, share"),
    ] {
        let names = ["a", "b", "c", "d", "e"];
        let stages: Vec<_> = names.into_iter().zip(classes).collect();
        let refusal = given::<Rollout>([]).ask(propose(free(&stages))).then_refused_by(RuleId::R2);
        assert_eq!((refusal.code, refusal.seen.as_str()), ("stages_out_of_order", seen));
        assert!(refusal.required.starts_with("internal, named, share, everyone"), "{}", refusal.required);
    }
}

#[test]
fn r2_and_r5_several_stages_of_a_class_under_free_names_are_accepted() {
    use Class::{Everyone, Internal, Named, Share};
    let all = [
        ("beta", Internal),
        ("team-2", Internal),
        ("friends", Named),
        ("ga", Named),
        ("5-percent", Share),
        ("EU", Share),
        ("all", Everyone),
        ("all.watched", Everyone),
    ];
    for stages in [&all[..], &all[..1], &all[..4], &all[..6]] {
        given::<Rollout>([]).ask(propose(free(stages))).then_accepted();
    }
}

#[test]
fn r5_two_stages_of_one_name_are_refused_whatever_their_case() {
    let plan = free(&[("team", Class::Internal), ("Friends", Class::Named), ("friends", Class::Named)]);
    let refusal = given::<Rollout>([]).ask(propose(plan)).then_refused_by(RuleId::R5);
    assert_eq!((refusal.code, refusal.seen.as_str()), ("stage_name_taken", "friends twice"));
}

#[test]
fn r2_a_plan_of_twenty_stages_is_accepted_and_one_of_more_is_refused() {
    let names: Vec<_> = (0..21).map(|number| format!("stage-{number}")).collect();
    let plan = |count: usize| {
        let stages: Vec<_> = names[..count].iter().map(|name| (name.as_str(), Class::Internal)).collect();
        free(&stages)
    };
    given::<Rollout>([]).ask(propose(plan(20))).then_accepted();
    let refusal = given::<Rollout>([]).ask(propose(plan(21))).then_refused_by(RuleId::R2);
    assert_eq!((refusal.code, refusal.seen.as_str()), ("too_many_stages", "21"));
}

#[test]
fn r10_a_stage_whose_share_begins_below_the_one_before_is_refused() {
    let plan_of = |second| {
        let mut stages = up_to_beta(8);
        stages.push(stage_of("EU", Class::Share, second));
        Plan { stages, ..plan() }
    };
    let refusal = given::<Rollout>([]).ask(propose(plan_of(7))).then_refused_by(RuleId::R10);
    assert_eq!(
        (refusal.code, refusal.required.as_str(), refusal.seen.as_str()),
        ("stages_shrink", "at least the 8 % of beta", "7 %")
    );
    given::<Rollout>([]).ask(propose(plan_of(8))).then_accepted();
}

#[test]
fn r10_a_ramp_that_drops_users_is_refused() {
    let mut stages = vec![one_step(INTERNAL, 0), one_step(ALPHA, 0), one_step(BETA, 5)];
    stages[2].steps.push(one_step(BETA, 4).steps.remove(0));
    let command = propose(Plan { stages, ..plan() });
    given::<Rollout>([]).ask(command).then_refused_by(RuleId::R10);
}

#[test]
fn r3_a_maximum_below_the_minimum_is_refused() {
    let stages = vec![Stage { max_soak: Some(Duration::from_mins(1)), ..one_step(INTERNAL, 5) }];
    let command = propose(Plan { stages, ..plan() });
    given::<Rollout>([]).ask(command).then_refused_by(RuleId::R3);
}

#[test]
fn r5_a_first_share_of_a_tenth_is_accepted_and_more_is_refused() {
    let plan_of = |percent| Plan { stages: up_to_beta(percent), ..plan() };
    given::<Rollout>([]).ask(propose(plan_of(10))).then_accepted();
    given::<Rollout>([]).ask(propose(plan_of(11))).then_refused_by(RuleId::R5);
}

#[test]
fn r5_named_accounts_are_not_counted() {
    let mut stages = up_to_beta(10);
    stages[1].steps[0].audience = Audience::accounts((0..500).map(|n| format!("account-{n}")));
    given::<Rollout>([]).ask(propose(Plan { stages, ..plan() })).then_accepted();
}

#[test]
fn r5_an_override_is_accepted_for_tier_4_with_a_reason_and_else_refused() {
    let plan = |tier| Plan { stages: up_to_beta(50), tier, ..plan() };
    let command = |tier, overrides| {
        let plan = plan(tier);
        (Command::Plan(Box::new(Proposal { overrides, ..proposal(plan) })), grounds().into())
    };
    let planned = Event::Planned(Box::new(plan(Tier::Four)));
    let accepted = given::<Rollout>([]).because("security fix").ask(command(Tier::Four, true));
    let over = accepted.then_overrides(RuleId::R5, [planned]);
    assert_eq!(over.ground, Ground::Reason("security fix".to_owned()));
    assert_eq!((over.code.as_str(), over.seen.as_str()), ("big_bang", "50 % in tier 4"));
    for (tier, overrides, reason) in
        [(Tier::Four, true, " "), (Tier::Four, false, "security fix"), (Tier::Three, true, "security fix")]
    {
        given::<Rollout>([]).because(reason).ask(command(tier, overrides)).then_refused_by(RuleId::R5);
    }
}

#[test]
fn r5_an_audience_that_does_not_fit_the_class_of_its_stage_is_refused() {
    let all = |percent| {
        let mut stages = up_to_beta(10);
        stages.push(one_step(GA, percent));
        stages
    };
    given::<Rollout>([]).ask(propose(Plan { stages: all(100), ..plan() })).then_accepted();
    let share = || Audience::percent(Percent::of(10));
    let attribute = || {
        let mut audience = Audience::nobody();
        audience.attributes.insert("country".to_owned(), ["se".to_owned()].into());
        audience
    };
    let strangers = || share().union(&Audience::accounts(["stranger"]));
    for (index, audience) in [
        (0, share()),
        (0, Audience::accounts(["bigcustomer"])),
        (0, attribute()),
        (1, share()),
        (1, Audience::members(["bob"])),
        (2, Audience::accounts(["bolt"])),
        (2, strangers()),
        (2, Audience::percent(Percent::FULL)),
        (3, Audience::nobody()),
    ] {
        let mut stages = all(100);
        stages[index].steps[0].audience = audience.clone();
        let refusal =
            given::<Rollout>([]).ask(propose(Plan { stages, ..plan() })).then_refused_by(RuleId::R5);
        assert_eq!(refusal.code, "audience_does_not_fit", "{audience:?}");
    }
}

#[test]
fn r5_the_names_of_lower_stages_are_accepted_beside_a_share() {
    let mut stages = up_to_beta(10);
    let named = Audience::members(["ann"]).union(&Audience::accounts(["acme"]));
    stages[1].steps[0].audience = named.clone();
    stages[2].steps[0].audience = Audience::percent(Percent::of(10)).union(&named);
    given::<Rollout>([]).ask(propose(Plan { stages, ..plan() })).then_accepted();
}

#[test]
fn r5_a_stage_for_everyone_that_ends_below_is_refused() {
    let mut stages = up_to_beta(10);
    stages.push(one_step(GA, 99));
    let refusal = given::<Rollout>([]).ask(propose(Plan { stages, ..plan() })).then_refused_by(RuleId::R5);
    assert_eq!((refusal.code, refusal.seen.as_str()), ("ends_below_everyone", "99 %"));
}

fn planned_on(grounds: Grounds) -> Asked {
    (Command::Plan(Box::new(proposal(plan()))), grounds.into())
}

fn on_flag(
    change: impl FnOnce(&mut String, &mut String, &mut bool, &mut Option<verdict_kernel::id::RolloutId>),
) -> Grounds {
    let mut grounds = grounds();
    if let FlagGround::Known { environment, unit, killed, claimant, version: _ } = &mut grounds.flag {
        change(environment, unit, killed, claimant);
    }
    grounds
}

#[test]
fn r22_a_plan_on_a_flag_of_another_environment_or_unit_is_refused() {
    let elsewhere = on_flag(|environment, _, _, _| "staging".clone_into(environment));
    let by_account = on_flag(|_, unit, _, _| "accountId".clone_into(unit));
    for (grounds, seen) in [(elsewhere, "production"), (by_account, "targetingKey")] {
        let refusal = given::<Rollout>([]).ask(planned_on(grounds.clone())).then_refused_by(RuleId::R22);
        assert_eq!((refusal.code, refusal.seen.as_str()), ("not_the_flags", seen));
        given::<Rollout>([planned()]).ask(start_on(grounds)).then_refused_by(RuleId::R22);
    }
}

#[test]
fn r22_a_flag_that_another_rollout_has_is_refused_at_planning_and_start() {
    let other = verdict_kernel::id::RolloutId::created_by(command_id("other"));
    let taken = on_flag(|_, _, _, claimant| *claimant = Some(other));
    given::<Rollout>([]).ask(planned_on(taken.clone())).then_refused_by(RuleId::R22);
    given::<Rollout>([planned()]).ask(start_on(taken)).then_refused_by(RuleId::R22);
    given::<Rollout>([]).ask(planned_on(grounds())).then_accepted();
    given::<Rollout>([planned()]).ask(start()).then_accepted();
}

#[test]
fn r22_an_archived_flag_is_refused() {
    let archived = Grounds { flag: FlagGround::Archived, ..grounds() };
    given::<Rollout>([]).ask(planned_on(archived)).then_refused_by(RuleId::R22);
}

#[test]
fn i5_a_flag_or_bet_that_does_not_exist_is_refused_and_one_that_does_is_accepted() {
    let no_flag = Grounds { flag: FlagGround::Missing, ..grounds() };
    let no_bet = Grounds { bet_is_missing: true, ..grounds() };
    for (grounds, code) in [(no_flag, "no_such_flag"), (no_bet, "no_such_bet")] {
        let refusal = given::<Rollout>([]).ask(planned_on(grounds.clone())).then_refused_by(RuleId::I5);
        assert_eq!(refusal.code, code);
        given::<Rollout>([planned()]).ask(start_on(grounds)).then_refused_by(RuleId::I5);
    }
    given::<Rollout>([]).ask(planned_on(grounds())).then_accepted();
}

#[test]
fn f3_a_start_on_a_killed_flag_is_refused() {
    let killed = on_flag(|_, _, killed, _| *killed = true);
    given::<Rollout>([]).ask(planned_on(killed.clone())).then_accepted();
    given::<Rollout>([planned()]).ask(start_on(killed)).then_refused_by(RuleId::F3);
}

#[test]
fn f1_a_visible_change_or_one_without_a_reason_is_refused() {
    for (user_visible, reason) in [(true, "tiny"), (false, "  ")] {
        let command = ship(None, false, user_visible);
        given::<Rollout>([]).because(reason).ask(command).then_refused_by(RuleId::F1);
    }
}

#[test]
fn f1_an_invisible_change_with_a_reason_is_accepted() {
    let command = ship(None, false, false);
    given::<Rollout>([])
        .because("index only")
        .ask(command)
        .then([Event::ShippedDirectly { bet: None, reason: "index only".to_owned() }]);
}

#[test]
fn i5_what_ships_directly_names_a_bet_that_exists_or_none() {
    let ship = |bet, bet_is_missing| super::ship(bet, bet_is_missing, false);
    let bet = plan().bet;
    let refusal = given::<Rollout>([]).because("index").ask(ship(bet, true)).then_refused_by(RuleId::I5);
    assert_eq!(refusal.code, "no_such_bet");
    for bet in [bet, None] {
        let shipped = Event::ShippedDirectly { bet, reason: "index".to_owned() };
        given::<Rollout>([]).because("index").ask(ship(bet, false)).then([shipped]);
    }
}

#[test]
fn starting_enters_the_first_stage_as_attempt_one_and_a_repeat_does_nothing() {
    let at = t(HOUR);
    after(vec![planned()], at).ask(start()).then([Event::Started, entered(INTERNAL, 1, at)]);
    after(internal(), at).ask(start()).then([]);
}
