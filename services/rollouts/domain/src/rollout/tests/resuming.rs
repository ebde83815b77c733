//! The way back up.

use super::*;

fn resumed(stage: StageName, step: usize, attempt: u32, at: Timestamp) -> Event {
    Event::Resumed(Resumption {
        kind: ResumeKind::Fresh,
        stage,
        step,
        attempt,
        at,
        stage_since: at,
        step_since: at,
        exposed_at: at,
        releases: Vec::new(),
        flag_version: 1,
    })
}

fn releasing(event: Event, cause: &str) -> Event {
    match event {
        Event::Resumed(resumption) => {
            Event::Resumed(Resumption { releases: vec![cause.to_owned()], ..resumption })
        }
        other => other,
    }
}

/// Rolled back from the second step of Beta to Alpha, on day 12 (a Tuesday).
fn fallen() -> Vec<Event> {
    let step = Event::StepAdvanced(entry(BETA, 3, 1, t(DAY * 11)));
    and(beta(), [step, rolling_back_at(BETA, 3, false, t(DAY * 12)), rolled_back(Some(ALPHA))])
}

fn acknowledged(attempt: u32, at: Timestamp) -> BreachFact {
    BreachFact { acknowledged: true, ..breach(attempt, at) }
}

fn retracted(attempt: u32, at: Timestamp) -> BreachFact {
    BreachFact { retracted: true, ..breach(attempt, at) }
}

#[test]
fn r23_a_resume_over_a_breach_that_nobody_answered_is_refused() {
    let (broke, at) = (t(DAY * 12), t(DAY * 13));
    let younger = t(DAY * 12 + HOUR);
    let wish = |facts| resume(How::Fresh, facts);
    let open = raised(over(Some(ALPHA), at), breach(3, broke), younger);
    let refusal =
        after(fallen(), at).because("it was the cache").ask(wish(open)).then_refused_by(RuleId::R23);
    assert_eq!(
        (refusal.code, refusal.next.as_str()),
        ("breach_unanswered", "verdict guardrail acknowledge g")
    );
    let stale = raised(over(Some(ALPHA), at), acknowledged(3, broke), broke);
    after(fallen(), at).because("it was the cache").ask(wish(stale)).then_refused_by(RuleId::R23);
    let mut failing = raised(over(Some(ALPHA), at), acknowledged(3, broke), younger);
    if let Answer::Given(given) = &mut failing.metrics {
        given.guardrails[0].state = CheckState::Fail;
    }
    after(fallen(), at).because("it was the cache").ask(wish(failing)).then_refused_by(RuleId::R23);
}

#[test]
fn r23_a_resume_over_answered_breaches_is_accepted_at_what_is_served_and_releases_their_holds() {
    let (broke, at) = (t(DAY * 12), t(DAY * 13));
    for answered in [acknowledged(3, broke), retracted(3, broke)] {
        let facts = raised(over(Some(ALPHA), at), answered, t(DAY * 12 + HOUR));
        after(fallen(), at)
            .because("it was the cache")
            .ask(resume(How::Fresh, facts))
            .then([releasing(resumed(ALPHA, 0, 4, at), "breach-1")]);
    }
}

#[test]
fn r23_what_was_taken_back_is_answered_also_after_a_way_down_by_hand() {
    let (broke, at) = (t(DAY * 12), t(DAY * 14));
    let lower = || and(fallen(), [entered(INTERNAL, 4, t(DAY * 13))]);
    let facts = |breach| raised(over(Some(INTERNAL), at), breach, t(DAY * 12 + HOUR));
    let wish = |breach| after(lower(), at).because("it was the cache").ask(resume(How::Fresh, facts(breach)));
    assert_eq!(wish(breach(3, broke)).then_refused_by(RuleId::R23).code, "breach_unanswered");
    wish(acknowledged(3, broke)).then([releasing(resumed(INTERNAL, 0, 5, at), "breach-1")]);
    let silently = after(lower(), at).ask(resume(How::Fresh, facts(acknowledged(3, broke))));
    assert_eq!(silently.then_refused_by(RuleId::R23).code, "reason_missing");
    // Taken back once more, both are asked about.
    let again = and(lower(), [rolling_back_at(INTERNAL, 4, false, at), rolled_back(None)]);
    let nobody = raised(over(None, at), breach(3, broke), t(DAY * 12 + HOUR));
    let wish = after(again, at).because("it was the cache").ask(resume(How::Fresh, nobody));
    assert_eq!(wish.then_refused_by(RuleId::R23).code, "breach_unanswered");
}

#[test]
fn r23_a_false_alarm_is_given_back_also_after_a_way_down_by_hand_unless_the_flag_was_turned_off() {
    let (broke, at) = (t(DAY * 12), t(DAY * 13));
    let lower = and(fallen(), [entered(INTERNAL, 4, t(DAY * 12 + HOUR))]);
    let wish = |history, breach| {
        let facts = raised(over(Some(INTERNAL), at), breach, t(DAY * 12 + HOUR));
        after(history, at).because("a wrong unit").ask(resume(How::FalseAlarm, facts))
    };
    let state = wish(lower.clone(), retracted(3, broke)).then_state();
    assert_eq!(
        state.active().map(|active| (active.stage.clone(), active.step, active.attempt)),
        Some((BETA, 1, 5))
    );
    wish(lower.clone(), acknowledged(3, broke)).then_refused_by(RuleId::R23);
    let off = Event::Paused { cause: PauseCause::Off, reason: String::new(), at };
    wish(and(lower, [off]), retracted(3, broke)).then_refused_by(RuleId::R23);
}

#[test]
fn r23_a_resume_without_a_reason_is_refused() {
    let at = t(DAY * 13);
    let facts = raised(over(Some(ALPHA), at), retracted(3, t(DAY * 12)), at);
    let refusal = after(fallen(), at).ask(resume(How::Fresh, facts)).then_refused_by(RuleId::R23);
    assert_eq!(refusal.code, "reason_missing");
}

#[test]
fn r23_a_resume_that_nobody_can_tell_about_is_refused() {
    let at = t(DAY * 13);
    let silent = Facts { metrics: Answer::Silent("down".to_owned()), ..over(Some(ALPHA), at) };
    for (facts, code) in [(silent, "breaches_unread"), (over(Some(ALPHA), at), "breach_forgotten")] {
        let refusal =
            after(fallen(), at).because("why").ask(resume(How::Fresh, facts)).then_refused_by(RuleId::R23);
        assert_eq!(refusal.code, code);
    }
}

#[test]
fn r23_a_resume_is_never_wider_than_what_is_served() {
    let (broke, at) = (t(DAY * 22), t(DAY * 23));
    let step = |number| plan().exposure(&BETA, number);
    let ga = and(beta(), [entered(GA, 4, t(DAY * 20)), rolling_back_at(GA, 4, false, broke)]);
    for (served, place) in [
        (step(2), (BETA, 2)),
        (step(0), (BETA, 0)),
        (plan().exposure(&ALPHA, 0), (ALPHA, 0)),
        (Audience::nobody(), (INTERNAL, 0)),
    ] {
        let mut facts = raised(good(at), retracted(4, broke), at);
        facts.flag = FlagFact::Known(FlagStanding { served, ..serving(None) });
        let history = and(ga.clone(), [rolled_back(Some(BETA))]);
        after(history, at)
            .because("it was the cache")
            .ask(resume(How::Fresh, facts))
            .then([releasing(resumed(place.0, place.1, 5, at), "breach-1")]);
    }
}

#[test]
fn r9a_a_resume_outside_the_team_over_another_guardrail_that_fails_is_refused_and_within_it_is_accepted() {
    let at = t(DAY * 13);
    let facts = |served, state| {
        let mut facts = raised(over(served, at), retracted(3, t(DAY * 12)), at);
        if let Answer::Given(given) = &mut facts.metrics {
            given.guardrails.push(GuardrailFact { guardrail: "h".to_owned(), state, ..guardrail() });
        }
        facts
    };
    let resumes = |facts| after(fallen(), at).because("it was the cache").ask(resume(How::Fresh, facts));
    let refusal = resumes(facts(Some(ALPHA), CheckState::Fail)).then_refused_by(RuleId::R9a);
    assert_eq!(refusal.code, "gate_shut");
    let unknown = CheckState::Unknown(Unknown::NoData);
    resumes(facts(Some(ALPHA), unknown)).then_refused_by(RuleId::M10);
    for (served, state, stage) in [(Some(ALPHA), CheckState::Pass, ALPHA), (None, CheckState::Fail, INTERNAL)]
    {
        resumes(facts(served, state)).then([releasing(resumed(stage, 0, 4, at), "breach-1")]);
    }
}

#[test]
fn r11_a_hold_for_another_cause_refuses_the_resume() {
    let at = t(DAY * 13);
    let mut facts = raised(over(Some(ALPHA), at), retracted(3, t(DAY * 12)), at);
    if let FlagFact::Known(flag) = &mut facts.flag {
        flag.holds = vec!["breach-1".to_owned(), "restored".to_owned()];
    }
    let refusal =
        after(fallen(), at).because("why").ask(resume(How::Fresh, facts)).then_refused_by(RuleId::R11);
    assert_eq!(refusal.seen, "restored");
}

#[test]
fn r24_only_a_person_lets_it_go_on() {
    let at = t(DAY * 13);
    let issued = Issued { by: Principal::process("stage-promotion"), ..Issued::at(at) };
    let asked = resume(How::Fresh, over(Some(BETA), at));
    let refused = after(and(beta(), [paused()]), at).issued(issued).ask(asked).then_blocked();
    assert_eq!(refused, Blockers::from(NoWayBack::OnlyAPerson));
}

#[test]
fn r24_after_off_or_a_revived_kill_a_resume_begins_where_nobody_is_served() {
    let at = t(DAY * 13);
    for cause in [PauseCause::Off, PauseCause::Killed] {
        let off = and(beta(), [Event::Paused { cause, reason: String::new(), at: t(DAY * 12) }]);
        after(off.clone(), at).ask(resume(How::Fresh, over(None, at))).then_refused_by(RuleId::R23);
        after(off, at)
            .because("the cause is gone")
            .ask(resume(How::Fresh, over(None, at)))
            .then([resumed(INTERNAL, 0, 4, at)]);
    }
}

#[test]
fn f3_a_resume_over_a_killed_flag_is_refused() {
    let at = t(DAY * 13);
    let off = and(beta(), [Event::Paused { cause: PauseCause::Killed, reason: String::new(), at }]);
    let mut facts = over(None, at);
    if let FlagFact::Known(flag) = &mut facts.flag {
        flag.killed = true;
    }
    after(off, at).because("why").ask(resume(How::Fresh, facts)).then_refused_by(RuleId::F3);
}

#[test]
fn a_pause_before_the_flag_was_told_resumes_where_the_rollout_is() {
    let at = t(DAY * 13);
    let mut facts = over(Some(ALPHA), at);
    if let FlagFact::Known(flag) = &mut facts.flag {
        flag.asked = Some(2);
    }
    after(and(beta(), [paused()]), at).ask(resume(How::Fresh, facts)).then([resumed(BETA, 0, 4, at)]);
}

fn because_it_was_none(history: Vec<Event>, at: Timestamp) -> Given<Rollout> {
    after(history, at).because("the probe was broken")
}

#[test]
fn r23_a_false_alarm_gives_back_stage_step_and_soak() {
    let (broke, at) = (t(DAY * 12), t(DAY * 12 + HOUR * 6));
    let facts = raised(over(Some(ALPHA), at), retracted(3, broke), at);
    let command = resume(How::FalseAlarm, facts);
    let decision = because_it_was_none(fallen(), at).ask(command).then_decided();
    let given_back = Event::Resumed(Resumption {
        kind: ResumeKind::FalseAlarm,
        stage: BETA,
        step: 1,
        attempt: 4,
        at,
        stage_since: t(DAY * 10 + HOUR * 6),
        step_since: t(DAY * 11 + HOUR * 6),
        exposed_at: t(DAY * 11),
        releases: vec!["breach-1".to_owned()],
        flag_version: 1,
    });
    assert_eq!(decision.events, [given_back]);
    let [over] = &decision.overrides[..] else { panic!("{decision:?}") };
    assert_eq!((over.rule, over.code.as_str()), (RuleId::R23, "taken_back"));
    assert_eq!(over.ground, Ground::Reason("the probe was broken".to_owned()));
    assert_eq!(over.about, ["breach-1"]);
    let rest = decision.remarks.iter().map(|remark| remark.sentence.as_str());
    for named in ["--and-release-announcements", "--and-resolve-incident", "verdict incident list"] {
        assert!(rest.clone().any(|sentence| sentence.contains(named)), "{named}: {decision:?}");
    }
    let state = verdict_kernel::decider::fold::<Rollout>(&and(fallen(), decision.events));
    assert_eq!(state.active().unwrap().soaked_at(&plan()), t(DAY * 12 + HOUR * 6));
}

#[test]
fn r23_a_false_alarm_is_refused_late_or_over_a_breach_that_stands() {
    let broke = t(DAY * 12);
    let facts = |breach, at| raised(over(Some(ALPHA), at), breach, at);
    let at = t(DAY * 13);
    let stands = resume(How::FalseAlarm, facts(acknowledged(3, broke), at));
    let refusal = because_it_was_none(fallen(), at).ask(stands).then_refused_by(RuleId::R23);
    assert_eq!(refusal.code, "breach_not_retracted");
    let late = t(DAY * 15);
    let command = resume(How::FalseAlarm, facts(retracted(3, broke), late));
    let refusal = because_it_was_none(fallen(), late).ask(command).then_refused_by(RuleId::R23);
    assert_eq!(refusal.code, "false_alarm_too_late");
    let unsaid = resume(How::FalseAlarm, facts(retracted(3, broke), at));
    after(fallen(), at).ask(unsaid).then_refused_by(RuleId::R23);
    let calm = and(beta(), [paused()]);
    let none = resume(How::FalseAlarm, over(Some(BETA), at));
    let refusal = because_it_was_none(calm, at).ask(none).then_refused_by(RuleId::R23);
    assert_eq!(refusal.code, "no_alarm");
}

#[test]
fn r23_a_false_alarm_asks_every_check_but_the_soak() {
    let at = t(DAY * 12 + HOUR);
    let mut facts = raised(over(Some(ALPHA), at), retracted(3, t(DAY * 12)), at);
    if let Answer::Given(given) = &mut facts.metrics {
        given.guardrails[0].state = CheckState::Fail;
    }
    let command = resume(How::FalseAlarm, facts);
    because_it_was_none(fallen(), at).ask(command).then_refused_by(RuleId::R9a);
}

#[test]
fn r24_an_undone_kill_gives_the_attempt_back_less_the_time_without_exposure() {
    let (killed, at) = (t(DAY * 10 + HOUR), t(DAY * 10 + HOUR * 4));
    let history =
        and(beta(), [Event::Paused { cause: PauseCause::Killed, reason: String::new(), at: killed }]);
    let by_platform = || Issued { by: Principal::process("stage-promotion"), ..Issued::at(at) };
    let undo = || resume(How::Undo, over(Some(BETA), at));
    let state_after = after(history.clone(), at).issued(by_platform()).ask(undo()).then_state();
    let active = state_after.active().unwrap();
    assert_eq!(
        (state_after.name(), active.stage.clone(), active.step, active.attempt),
        ("running", BETA, 0, 3)
    );
    assert_eq!((active.step_since, active.exposed_at), (t(DAY * 10 + HOUR * 3), t(DAY * 10)));
    // Only the platform says so, and only where the flag serves it and no person paused it too.
    after(history.clone(), at).ask(undo()).then([]);
    let nobody = resume(How::Undo, over(None, at));
    after(history.clone(), at).issued(by_platform()).ask(nobody).then([]);
    after(and(history, [paused()]), at).issued(by_platform()).ask(undo()).then([]);
}

#[test]
fn after_a_rollback_only_a_resume_starts_the_next_attempt_with_a_full_soak() {
    let at = t(DAY * 20);
    after(fallen(), at).ask(enter(BETA, at)).then_refused();
    let history = and(fallen(), [resumed(ALPHA, 0, 4, at)]);
    let early = plus(at, HOUR * (7 * 24 - 1));
    after(history.clone(), early).ask(enter(BETA, early)).then_refused_by(RuleId::R3);
    let soaked = plus(at, DAY * 7);
    after(history, soaked).ask(enter(BETA, soaked)).then_accepted();
}
