//! Stages under names of one's own: the plan says which is meant, and which is higher.

use super::*;

/// Two stages of each class; the names say neither order nor class.
fn freely_named() -> Plan {
    let step = |audience| vec![Step { audience, soak: HOUR }];
    let share = |percent| step(Audience::percent(Percent::of(percent)));
    let stages = [
        ("Team", Class::Internal, step(Audience::members(["ann"]))),
        ("ga", Class::Internal, step(Audience::members(["ann", "bob"]))),
        ("friends", Class::Named, step(Audience::accounts(["acme"]))),
        ("alpha", Class::Named, step(Audience::accounts(["bolt"]))),
        ("EU", Class::Share, share(5)),
        ("internal", Class::Share, share(10)),
    ];
    let stage = |(name, class, steps): (&str, Class, Vec<Step>)| Stage {
        name: name.parse().unwrap(),
        class,
        steps,
        min_soak: HOUR,
        max_soak: None,
    };
    Plan { stages: stages.map(stage).to_vec(), ..plan() }
}

/// Running in this stage of [`freely_named`] since the epoch.
fn in_stage(name: &str) -> Vec<Event> {
    let plan = freely_named();
    let stage = plan.named(name).unwrap().clone();
    let (class, audience) = (plan.class(&stage), plan.exposure(&stage, 0));
    let entry = Entry { stage, class, audience, ..entry(INTERNAL, 1, 0, t(Duration::ZERO)) };
    let mut history = internal();
    history[0] = Event::Planned(Box::new(plan));
    *history.last_mut().unwrap() = Event::StageEntered(entry);
    history
}

fn enter_called(stage: &str, at: Timestamp) -> Asked {
    let by = "command-1".to_owned();
    (Command::EnterStage { stage: stage.to_owned(), step: None, by }, good(at).into())
}

/// The stage and its class as they were written.
fn entered_stage(events: &[Event]) -> (&str, Class) {
    let [Event::StageEntered(entry)] = events else { panic!("{events:?}") };
    (entry.stage.as_str(), entry.class)
}

#[test]
fn r2_a_stage_is_found_without_regard_to_case_and_recorded_as_the_plan_writes_it() {
    let at = t(DAY);
    for asked in ["EU", "eu", " Eu "] {
        let events = after(in_stage("alpha"), at).ask(enter_called(asked, at)).then_accepted();
        assert_eq!(entered_stage(&events), ("EU", Class::Share));
    }
    after(in_stage("EU"), at).ask(enter_called("eu", at)).then([]);
}

#[test]
fn r2_a_name_that_is_none_of_the_plan_is_refused_with_the_names_there_are() {
    let at = t(DAY);
    for asked in ["beta", "no such", "team-2"] {
        let refusal = after(in_stage("Team"), at).ask(enter_called(asked, at)).then_refused_by(RuleId::R2);
        assert_eq!((refusal.code, refusal.seen.as_str()), ("no_such_stage", asked));
        assert_eq!(refusal.required, "one of Team, ga, friends, alpha, EU, internal");
    }
    let from = Command::RequestRollback(retreat(Some((BETA, 1)), false));
    after(in_stage("EU"), at).when(from).then_refused_by(RuleId::R2);
    // What is over has no stage to enter, whatever it is called.
    let over = and(in_stage("Team"), [Event::Aborted { reason: String::new() }]);
    assert_eq!(after(over, at).ask(enter_called("beta", at)).then_refused().rule, None);
}

#[test]
fn r2_the_order_is_that_of_the_plan_and_not_that_of_the_names() {
    let at = t(DAY);
    let refusal = after(in_stage("Team"), at).ask(enter_called("friends", at)).then_refused_by(RuleId::R2);
    assert_eq!((refusal.code, refusal.required.as_str()), ("not_the_next_stage", "ga"));
    let events = after(in_stage("Team"), at).ask(enter_called("ga", at)).then_accepted();
    assert_eq!(entered_stage(&events), ("ga", Class::Internal));
    let events = after(in_stage("EU"), at).ask(enter_called("internal", at)).then_accepted();
    assert_eq!(entered_stage(&events), ("internal", Class::Share));
    let down = after(in_stage("internal"), at).ask(enter_called("ga", at)).then_accepted();
    assert_eq!(entered_stage(&down), ("ga", Class::Internal));
}

#[test]
fn r6_the_evidence_is_asked_for_on_the_first_way_to_customers_and_accepted_as_given_for_the_second() {
    let at = t(DAY);
    let without = |history: Vec<Event>| -> Vec<Event> {
        history.into_iter().filter(|event| !matches!(event, Event::EvidenceRecorded { .. })).collect()
    };
    let ask = |from, to| after(without(in_stage(from)), at).ask(enter_called(to, at));
    ask("ga", "friends").then_refused_by(RuleId::R6);
    ask("friends", "alpha").then_accepted();
    ask("Team", "ga").then_accepted();
    after(in_stage("ga"), at).ask(enter_called("friends", at)).then_accepted();
}

#[test]
fn l12_a_second_stage_of_the_team_is_not_outside_and_the_first_customers_are() {
    let outside = |stage| after(in_stage(stage), t(DAY)).state().has_reached_outside();
    let seen = ["Team", "ga", "friends", "internal"].map(outside);
    assert_eq!(seen, [false, false, true, true]);
}

#[test]
fn r11_a_rollback_goes_below_the_stage_that_failed_in_the_order_of_the_plan() {
    let at = t(DAY);
    let stage = |name: &str| -> StageName { name.parse().unwrap() };
    let rolling = Event::RollbackRequested {
        stage: stage("EU"),
        attempt: 1,
        breach: "breach-1".to_owned(),
        cause: Cause::GuardrailBreached,
        critical: false,
        at,
    };
    let history = || and(in_stage("EU"), [rolling.clone()]);
    let confirm = |to: &str| Command::ConfirmRollback { to: Some(stage(to)), flag_version: 4 };
    after(history(), at).when(confirm("internal")).then_refused_by(RuleId::R11);
    after(history(), at).when(confirm("alpha")).then([rolled_back(Some(stage("alpha")))]);
    // After it a further breach of what is still served takes back more, and one of what is not does nothing.
    let back = and(history(), [rolled_back(Some(stage("alpha")))]);
    let request = |from: &str| Command::RequestRollback(retreat(Some((stage(from), 1)), false));
    assert_eq!(after(back.clone(), at).when(request("friends")).then_accepted().len(), 1);
    after(back, at).when(request("EU")).then([]);
}
