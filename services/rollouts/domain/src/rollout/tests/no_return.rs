//! A plan that says from where on there is no way back (rule R26).

use super::*;

const WHY: &str = "the old keys are gone";

fn from(stage: StageName) -> Plan {
    Plan { irreversible_from: Some(NoReturn { stage, reason: WHY.to_owned() }), ..plan() }
}

/// Running in Beta, from where on there is no way back.
fn beyond() -> Vec<Event> {
    of_plan(from(BETA), beta())
}

fn of_plan(plan: Plan, mut history: Vec<Event>) -> Vec<Event> {
    history[0] = Event::Planned(Box::new(plan));
    history
}

fn by_hand() -> Command {
    let (breach, cause) = ("breach-1".to_owned(), Cause::Requested);
    Command::RequestRollback(Retreat { from: None, breach, cause, critical: false })
}

fn asked_for(stage: StageName, attempt: u32) -> Event {
    let (breach, cause) = ("breach-1".to_owned(), Cause::Requested);
    Event::RollbackRequested { stage, attempt, breach, cause, critical: false, at: t(DAY * 11) }
}

#[test]
fn r26_a_point_of_no_return_is_a_stage_of_the_plan_in_whatever_case() {
    let gamma = from("gamma".parse().unwrap());
    let refusal = given::<Rollout>([]).ask(propose(gamma)).then_refused_by(RuleId::R26);
    assert_eq!(
        (refusal.code, refusal.required.as_str()),
        ("no_such_stage", "one of internal, alpha, beta, ga")
    );
    let events = given::<Rollout>([]).ask(propose(from("BETA".parse().unwrap()))).then_accepted();
    let [Event::Planned(planned)] = events.as_slice() else { panic!("{events:?}") };
    let kept = planned.irreversible_from.as_ref().map(|from| (from.stage.as_str(), from.reason.as_str()));
    assert_eq!(kept, Some(("beta", WHY)));
}

#[test]
fn r26_a_point_of_no_return_without_a_reason_is_refused() {
    let silent = Plan { irreversible_from: Some(NoReturn { stage: BETA, reason: " ".to_owned() }), ..plan() };
    let refusal = given::<Rollout>([]).ask(propose(silent)).then_refused_by(RuleId::R26);
    assert_eq!((refusal.code, refusal.required.as_str()), ("no_return_without_reason", "a reason"));
}

#[test]
fn r26_a_rollback_by_hand_is_refused_without_a_reason_and_with_one_it_is_an_override() {
    let at = t(DAY * 11);
    for reason in ["", "  "] {
        let refusal = after(beyond(), at).because(reason).when(by_hand()).then_refused_by(RuleId::R26);
        assert_eq!((refusal.code, refusal.required.as_str()), ("no_way_back", "a reason"));
        assert_eq!(refusal.seen, format!("stage beta; no way back from beta on: {WHY}"));
        assert!(refusal.sentence.contains("second person"), "{}", refusal.sentence);
    }
    let accepted = after(beyond(), at).because("nobody can log in").when(by_hand());
    let over = accepted.then_overrides(RuleId::R26, [asked_for(BETA, 3)]);
    assert_eq!(over.ground, Ground::Reason("nobody can log in".to_owned()));
}

#[test]
fn r26_below_the_point_of_no_return_a_rollback_by_hand_is_accepted_without_a_reason() {
    let at = t(DAY * 11);
    let history = || of_plan(from(GA), beta());
    after(history(), at).when(by_hand()).then([asked_for(BETA, 3)]);
    let alpha = of_plan(from(BETA), and(internal(), [entered(ALPHA, 2, t(DAY * 2))]));
    after(alpha, at).when(by_hand()).then([asked_for(ALPHA, 2)]);
}

/// What the platform does by itself was decided by who knows the plan, or over a past that cannot be read.
#[test]
fn r26_a_process_is_not_asked_and_an_agent_does_not_confirm() {
    let at = t(DAY * 11);
    let process = Issued { by: Principal::process("guardrail-rollback"), ..Issued::at(at) };
    let request = Command::RequestRollback(retreat(Some((BETA, 3)), false));
    given::<Rollout>(beyond()).issued(process).when(request).then([rolling_back(BETA, 3, false)]);
    let agent = Principal { kind: verdict_kernel::principal::Kind::Agent, ..Principal::dev() };
    let agent = Issued { by: agent, reason: "it looks bad".to_owned(), ..Issued::at(at) };
    given::<Rollout>(beyond()).issued(agent).when(by_hand()).then_refused_by(RuleId::R26);
}

#[test]
fn r26_going_down_and_giving_up_are_ways_back_too() {
    let at = t(DAY * 11);
    let (down, known) = enter_with(ALPHA, None, over(Some(BETA), at));
    for command in [down, Command::Abort] {
        let ask = |history, reason| after(history, at).because(reason).ask((command.clone(), known.clone()));
        ask(beyond(), "").then_refused_by(RuleId::R26);
        let decided = ask(beyond(), "nobody can log in").then_decided();
        assert_eq!(decided.overrides.iter().map(|over| over.rule).collect::<Vec<_>>(), [RuleId::R26]);
        let reversible = ask(beta(), "").then_decided();
        assert_eq!((reversible.events.len(), reversible.overrides.len()), (1, 0));
    }
}

#[test]
fn r26_a_rollout_past_the_point_of_no_return_says_so_and_no_gate_is_shut_by_it() {
    let at = t(DAY * 11);
    let told = |history: Vec<Event>| {
        let report = verdict_kernel::decider::fold::<Rollout>(&history).tell(&good(at), at);
        let mut lines = report.checks.into_iter().filter(|check| check.rule == RuleId::R26);
        lines.next().map(|check| (check.state.is_pass(), check.seen.into_owned()))
    };
    let said = Some((true, format!("no way back from beta on: {WHY}")));
    assert_eq!([told(beyond()), told(and(beyond(), [paused()]))], [said.clone(), said]);
    assert_eq!([told(of_plan(from(GA), beta())), told(beta())], [None, None]);
}

#[test]
fn r26_nothing_is_asked_for_what_is_taken_back_already_or_never_was_there() {
    let at = t(DAY * 11);
    let rolling = and(beyond(), [rolling_back(BETA, 3, false)]);
    after(rolling.clone(), at).when(by_hand()).then([]);
    let rolled = and(rolling, [rolled_back(Some(ALPHA))]);
    after(rolled, at).when(by_hand()).then([asked_for(ALPHA, 3)]);
    let draft = vec![Event::Planned(Box::new(from(INTERNAL)))];
    after(draft, at).when(Command::Abort).then([Event::Aborted { reason: String::new() }]);
}
