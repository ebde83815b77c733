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

/// Running in GA since day 20, from where on there is no way back.
fn in_ga() -> Vec<Event> {
    of_plan(from(GA), and(beta(), [entered(GA, 4, t(DAY * 20))]))
}

fn stopped_by(cause: PauseCause, at: Timestamp) -> Event {
    Event::Paused { cause, reason: String::new(), at }
}

fn answered(breach: BreachFact) -> BreachFact {
    BreachFact { acknowledged: true, ..breach }
}

/// A guardrail that passes again raised `breach`, over a flag that shows `served` and is held for `holds`.
fn told(breach: BreachFact, served: Audience, holds: &[&str], at: Timestamp) -> Facts {
    let mut facts = raised(good(at), breach, at);
    let holds = holds.iter().map(|hold| (*hold).to_owned()).collect();
    facts.flag = FlagFact::Known(FlagStanding { holds, served, ..serving(None) });
    facts
}

/// Stage, step, attempt and what is released.
type GoneOn = (StageName, usize, u32, Vec<String>);

fn goes_on(history: Vec<Event>, how: How, facts: Facts, at: Timestamp) -> GoneOn {
    let resumed = after(history, at).because("it was the cache").ask(resume(how, facts)).then_accepted();
    let [Event::Resumed(resumed)] = resumed.as_slice() else { panic!("{resumed:?}") };
    (resumed.stage.clone(), resumed.step, resumed.attempt, resumed.releases.clone())
}

fn refused(history: Vec<Event>, facts: Facts, at: Timestamp) -> &'static str {
    let asked = after(history, at).because("it was the cache").ask(resume(How::Fresh, facts));
    asked.then_refused().code
}

#[test]
fn r26_what_broke_before_a_way_down_by_hand_is_answered_and_then_the_rollout_goes_on() {
    let (broke, at) = (t(DAY * 21), t(DAY * 23));
    let held = and(in_ga(), [stopped_by(PauseCause::Guardrail, broke)]);
    let lower = || and(held.clone(), [entered(ALPHA, 5, t(DAY * 22))]);
    let facts = |breach| told(breach, plan().exposure(&ALPHA, 0), &["breach-1"], at);
    assert_eq!(refused(lower(), facts(breach(4, broke)), at), "breach_unanswered");
    let on = (ALPHA, 0, 6, vec!["breach-1".to_owned()]);
    assert_eq!(goes_on(lower(), How::Fresh, facts(answered(breach(4, broke))), at), on);
    let retracted = BreachFact { retracted: true, ..breach(4, broke) };
    let soon = t(DAY * 22 + HOUR);
    let facts = told(retracted, plan().exposure(&ALPHA, 0), &["breach-1"], soon);
    assert_eq!(goes_on(lower(), How::FalseAlarm, facts, soon), on);
}

#[test]
fn r26_a_breach_that_names_an_attempt_which_was_over_is_answered_like_one_of_the_present() {
    let (broke, at) = (t(DAY * 21), t(DAY * 23));
    let held = and(in_ga(), [stopped_by(PauseCause::Guardrail, broke)]);
    let facts = |breach, holds: &[&str]| told(breach, plan().exposure(&GA, 0), holds, at);
    assert_eq!(refused(held.clone(), facts(breach(3, broke), &["breach-1"]), at), "breach_unanswered");
    // Released by hand it is asked about as well.
    assert_eq!(refused(held.clone(), facts(breach(3, broke), &[]), at), "breach_unanswered");
    let on = (GA, 0, 5, vec!["breach-1".to_owned()]);
    for holds in [&["breach-1"][..], &[]] {
        assert_eq!(goes_on(held.clone(), How::Fresh, facts(answered(breach(3, broke)), holds), at), on);
    }
    let mut both =
        facts(BreachFact { id: "breach-2".to_owned(), ..answered(breach(4, broke)) }, &["breach-1"]);
    if let Answer::Given(given) = &mut both.metrics {
        given.guardrails[0].breaches.push(breach(3, broke));
    }
    assert_eq!(refused(held, both, at), "breach_unanswered");
    // Where there is a way back, what an older attempt broke says nothing about what stopped this one.
    let below = and(of_plan(from(GA), beta()), [stopped_by(PauseCause::Guardrail, broke)]);
    let facts = told(answered(breach(2, broke)), plan().exposure(&BETA, 0), &[], at);
    assert_eq!(refused(below, facts, at), "breach_forgotten");
}

/// A stage that was entered and not shown yet asks the gate again after a breach.
#[test]
fn r26_a_resume_shows_nothing_that_was_decided_on_before_the_breach() {
    let (broke, at) = (t(DAY * 21), t(DAY * 23));
    let not_shown = |breach, holds| {
        let mut facts = told(breach, plan().exposure(&BETA, 0), holds, at);
        if let FlagFact::Known(flag) = &mut facts.flag {
            flag.asked = Some(3);
        }
        facts
    };
    let held = and(in_ga(), [stopped_by(PauseCause::Guardrail, broke)]);
    let on = goes_on(held, How::Fresh, not_shown(answered(breach(4, broke)), &["breach-1"]), at);
    assert_eq!(on, (BETA, 0, 5, vec!["breach-1".to_owned()]));
    // Held, and the rollout has not heard of it yet.
    let person = || and(in_ga(), [stopped_by(PauseCause::Person, broke)]);
    let on = goes_on(person(), How::Fresh, not_shown(answered(breach(4, broke)), &["breach-1"]), at);
    assert_eq!(on.0, BETA);
    let settled = BreachFact { retracted: true, ..breach(2, broke) };
    assert_eq!(goes_on(person(), How::Fresh, not_shown(settled, &[]), at), (GA, 0, 5, vec![]));
}

#[test]
fn r26_a_rollback_that_is_led_further_down_past_the_point_of_no_return_takes_a_reason() {
    let at = t(DAY * 21);
    let lower = |history: Vec<Event>, reason| {
        let rolling = and(history, [rolling_back_at(GA, 4, false, at)]);
        after(rolling, at).because(reason).ask(enter_with(ALPHA, None, good(at)))
    };
    assert_eq!(lower(in_ga(), " ").then_refused_by(RuleId::R26).code, "no_way_back");
    let decided = lower(in_ga(), "nobody can log in").then_decided();
    let overrides = decided.overrides.iter().map(|over| over.rule).collect::<Vec<_>>();
    assert_eq!((decided.events.len(), overrides), (1, vec![RuleId::R26]));
    let reversible = lower(and(beta(), [entered(GA, 4, t(DAY * 20))]), "").then_decided();
    assert_eq!((reversible.events.len(), reversible.overrides.len()), (1, 0));
}
