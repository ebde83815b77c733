//! Up through gates, down at will, and the end.

use super::*;

#[test]
fn r2_promotion_to_the_next_stage_is_accepted_with_its_facts() {
    let at = t(DAY);
    let events = after(internal(), at).ask(enter(ALPHA, at)).then_accepted();
    let [Event::StageEntered(found)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(
        (found.stage.clone(), found.attempt, found.step, found.at, found.facts.len()),
        (ALPHA, 2, 0, at, 4)
    );
    assert_eq!(
        found.audience,
        Audience::members(["ann"]).union(&Audience::accounts(["acme", "bolt", "corp", "dyno", "echo"]))
    );
}

#[test]
fn r2_skipping_a_stage_is_refused() {
    let at = t(DAY);
    let refusal = after(internal(), at).ask(enter(BETA, at)).then_refused_by(RuleId::R2);
    assert_eq!(refusal.next, "verdict rollout enter-stage <rollout> --stage alpha");
}

#[test]
fn r2_entering_the_present_stage_is_a_repeat() {
    let at = t(DAY);
    after(internal(), at).ask(enter(INTERNAL, at)).then([]);
}

#[test]
fn r2_demotion_is_accepted_without_a_gate_and_starts_a_new_attempt() {
    let at = t(DAY * 11);
    let silent =
        Facts { flag: FlagFact::Unknown("unread".to_owned()), metrics: Answer::Silent("down".to_owned()) };
    for stage in [INTERNAL, ALPHA] {
        let command = enter_with(stage.clone(), None, silent.clone());
        after(beta(), at).ask(command).then([entered(stage, 4, at)]);
    }
}

#[test]
fn r2_demotion_is_accepted_while_paused_or_rolled_back_and_resumes_nothing() {
    let at = t(DAY * 12);
    for history in [
        and(beta(), [paused()]),
        and(beta(), [lost(3)]),
        and(beta(), [rolling_back(BETA, 3, false), rolled_back(Some(ALPHA))]),
    ] {
        let outcome = after(history, at).ask(enter_with(INTERNAL, None, over(Some(ALPHA), at)));
        let state = outcome.then_state();
        assert_eq!(state.name(), "paused");
        assert_eq!(state.active().map(|active| (active.stage.clone(), active.attempt)), Some((INTERNAL, 4)));
    }
}

#[test]
fn r3_promotion_before_the_minimum_is_refused_with_the_whole_report() {
    let at = t(HOUR * 23);
    let refusal = after(internal(), at).ask(enter(ALPHA, at)).then_refused_by(RuleId::R3);
    assert_eq!((refusal.code, refusal.seen.as_str()), ("gate_shut", "1 h left"));
    let report = refusal.report.unwrap();
    assert_eq!((report.checks.len(), report.blockers().count()), (10, 1));
}

#[test]
fn r3_promotion_at_the_minimum_is_accepted() {
    let at = t(DAY);
    after(internal(), at).ask(enter(ALPHA, at)).then_accepted();
}

#[test]
fn r3_a_stage_beyond_its_maximum_is_overdue_once() {
    let overdue = Event::StageOverdue { stage: INTERNAL, attempt: 1 };
    let mark = || Command::MarkOverdue { attempt: 1 };
    after(internal(), t(DAY * 3)).when(mark()).then([overdue.clone()]);
    after(and(internal(), [overdue]), t(DAY * 4)).when(mark()).then([]);
}

#[test]
fn r3_a_stage_within_its_maximum_is_not_overdue() {
    after(internal(), t(HOUR * 71)).when(Command::MarkOverdue { attempt: 1 }).then_refused_by(RuleId::R3);
    after(beta(), t(DAY * 90)).when(Command::MarkOverdue { attempt: 2 }).then([]);
}

fn extend(by: Duration) -> Command {
    Command::ExtendStage { by }
}

fn for_a_reason(history: Vec<Event>, at: Timestamp) -> Given<Rollout> {
    after(history, at).because("one more customer")
}

fn extended(until: Timestamp) -> Event {
    Event::StageExtended { stage: INTERNAL, attempt: 1, until, reason: "one more customer".to_owned() }
}

#[test]
fn r3_extending_a_stage_before_its_maximum_is_refused_and_at_its_maximum_accepted() {
    let overdue = Event::StageOverdue { stage: INTERNAL, attempt: 1 };
    let early = t((DAY * 3).saturating_sub(Duration::from_secs(1)));
    let refused = for_a_reason(internal(), early).when(extend(DAY)).then_refused_by(RuleId::R3);
    assert_eq!((refused.code, refused.seen.as_str()), ("not_overdue", "1970-01-03T23:59:59Z"));
    assert_eq!(refused.required, "at or after 1970-01-04T00:00:00Z");
    let accepted = for_a_reason(internal(), t(DAY * 3)).when(extend(DAY));
    accepted.then([overdue.clone(), extended(t(DAY * 4))]);
    for_a_reason(and(internal(), [overdue]), t(DAY * 3)).when(extend(DAY)).then([extended(t(DAY * 4))]);
}

#[test]
fn r3_extending_without_a_reason_or_by_no_time_is_refused() {
    let refused = after(internal(), t(DAY * 3)).when(extend(DAY)).then_refused_by(RuleId::R3);
    assert_eq!((refused.code, refused.seen.as_str()), ("not_extended", "1 d and no reason"));
    for_a_reason(internal(), t(DAY * 3)).when(extend(Duration::ZERO)).then_refused_by(RuleId::R3);
}

#[test]
fn r3_an_open_end_is_never_extended_and_a_rollout_without_a_stage_neither() {
    let ga = and(beta(), [entered(GA, 4, t(DAY * 20))]);
    for_a_reason(ga, t(DAY * 400)).when(extend(DAY)).then_refused_by(RuleId::R3);
    let back = and(beta(), [rolling_back(BETA, 3, false)]);
    assert_eq!(for_a_reason(back, t(DAY * 90)).when(extend(DAY)).then_refused().rule, None);
}

#[test]
fn r3_an_extended_stage_is_overdue_again_at_its_new_maximum_only() {
    let history =
        and(internal(), [Event::StageOverdue { stage: INTERNAL, attempt: 1 }, extended(t(DAY * 5))]);
    let mark = || Command::MarkOverdue { attempt: 1 };
    let early = t((DAY * 5).saturating_sub(Duration::from_secs(1)));
    after(history.clone(), early).when(mark()).then_refused_by(RuleId::R3);
    for_a_reason(history.clone(), early).when(extend(DAY)).then_refused_by(RuleId::R3);
    let overdue = Event::StageOverdue { stage: INTERNAL, attempt: 1 };
    after(history.clone(), t(DAY * 5)).when(mark()).then([overdue]);
    after(history, t(DAY * 4)).ask(enter(ALPHA, t(DAY * 4))).then_accepted();
}

#[test]
fn r3_time_without_exposure_moves_the_new_maximum_and_another_attempt_has_that_of_the_plan() {
    let history =
        and(internal(), [Event::StageOverdue { stage: INTERNAL, attempt: 1 }, extended(t(DAY * 5))]);
    let due = |more: Vec<Event>| {
        let state = verdict_kernel::decider::fold::<Rollout>(&and(history.clone(), more));
        state.active().unwrap().overdue_at(&plan())
    };
    let blind = [Event::WatchLost { at: t(DAY * 3), attempt: 1 }, Event::WatchRestored { at: t(DAY * 4) }];
    assert_eq!(due(blind.into()), Some(t(DAY * 6)));
    assert_eq!(due(vec![entered(INTERNAL, 2, t(DAY * 4))]), Some(t(DAY * 7)));
}

#[test]
fn r24_a_step_after_the_flag_was_turned_off_is_refused_before_the_rollout_was_told() {
    let at = t(DAY * 12);
    let mut facts = over(Some(ALPHA), at);
    if let FlagFact::Known(flag) = &mut facts.flag {
        (flag.version, flag.taken_away, flag.served) = (2, 2, Audience::nobody());
    }
    let beta = || after(beta(), at);
    let refused = beta().ask(advance(facts.clone())).then_refused_by(RuleId::R24);
    assert_eq!((refused.code, refused.seen.as_str()), ("gate_shut", "turned off or killed by its version 2"));
    // Nothing is served, so there is no way down either, although the flag was not told of the attempt.
    if let FlagFact::Known(flag) = &mut facts.flag {
        flag.asked = Some(2);
    }
    beta().ask(enter_with(ALPHA, None, facts.clone())).then_refused_by(RuleId::R2);
    if let FlagFact::Known(flag) = &mut facts.flag {
        flag.taken_away = 1;
    }
    beta().ask(advance(facts)).then_accepted();
}

#[test]
fn r6_leaving_internal_without_evidence_is_refused() {
    let at = t(DAY);
    let history = vec![planned(), Event::Started, entered(INTERNAL, 1, t(Duration::ZERO))];
    let refusal = after(history, at).ask(enter(ALPHA, at)).then_refused_by(RuleId::R6);
    assert_eq!(refusal.next, "verdict rollout record-evidence <rollout> --kind open_p0_bugs --verdict 0");
}

fn record(kind: &str, verdict: &str) -> Command {
    let link = "https://example.org/run/41".to_owned();
    Command::RecordEvidence { kind: kind.to_owned(), verdict: verdict.to_owned(), link }
}

#[test]
fn r6_an_unknown_kind_or_a_free_text_for_a_verdict_is_refused() {
    for (kind, verdict, code) in [
        ("core_flow_verifed", "passed", "unknown_evidence"),
        ("note", "1", "unknown_evidence"),
        ("core_flow_verified", "not at all", "evidence_without_verdict"),
        ("core_flow_verified", "", "evidence_without_verdict"),
        ("open_p0_bugs", "none", "evidence_without_verdict"),
        ("open_p0_bugs", "passed", "evidence_without_verdict"),
    ] {
        let refusal = after(internal(), t(DAY)).when(record(kind, verdict)).then_refused_by(RuleId::R6);
        assert_eq!(refusal.code, code, "{kind} {verdict}");
    }
}

#[test]
fn r6_evidence_is_accepted_with_its_verdict_who_gave_it_and_a_link() {
    let recorded = Event::EvidenceRecorded {
        kind: EvidenceKind::OpenP0Bugs,
        verdict: Verdict::Count(2),
        at: t(DAY),
        by: "dev".to_owned(),
        link: "https://example.org/run/41".to_owned(),
    };
    let given = after(internal(), t(DAY));
    given.when(record("open_p0_bugs", " 2 ")).then([recorded.clone()]);
    after(and(internal(), [recorded]), t(DAY)).when(record("open_p0_bugs", "2")).then([]);
}

#[test]
fn m10_a_sample_is_attested_anew_for_each_stage_and_accepted_past_its_maximum() {
    let few = |at| {
        let mut facts = good(at);
        if let Answer::Given(given) = &mut facts.metrics {
            given.guardrails[0].state = CheckState::Unknown(Unknown::Insufficient);
        }
        facts
    };
    let enter = |at| enter_with(ALPHA, None, few(at));
    let attest = |at| after(internal(), at).when(record("sample_attested", "passed")).then_accepted();
    let (early, late) = (t(DAY * 2), t(DAY * 3));
    after(and(internal(), attest(early)), late).ask(enter(late)).then_refused_by(RuleId::M10);
    // Said again, it is said of now.
    let twice = and(internal(), attest(early));
    let again = after(twice.clone(), late).when(record("sample_attested", "passed")).then_accepted();
    assert_eq!(again.len(), 1);
    after(and(twice, again), late).ask(enter(late)).then_accepted();
}

#[test]
fn r6_evidence_that_failed_refuses_the_way_and_good_one_is_accepted() {
    let at = t(DAY);
    for bad in [
        evidence(EvidenceKind::OpenP0Bugs, Verdict::Count(1)),
        evidence(EvidenceKind::CoreFlowVerified, Verdict::Failed),
    ] {
        after(and(internal(), [bad]), at).ask(enter(ALPHA, at)).then_refused_by(RuleId::R6);
    }
    after(internal(), at).ask(enter(ALPHA, at)).then_accepted();
}

#[test]
fn r10_a_step_is_advanced_after_its_soak_and_the_stage_is_left_from_the_last_one() {
    let at = t(DAY * 11);
    let events = after(beta(), at).ask(advance(good(at))).then_accepted();
    assert!(
        matches!(events.as_slice(), [Event::StepAdvanced(Entry { stage, attempt: 3, step: 1, .. })] if *stage == BETA),
        "{events:?}"
    );
    let early = at - jiff::SignedDuration::from_secs(1);
    after(beta(), early).ask(advance(good(early))).then_refused_by(RuleId::R3);
    after(beta(), t(DAY * 30)).ask(enter(GA, t(DAY * 30))).then_refused_by(RuleId::R10);
    let alpha = and(internal(), [entered(ALPHA, 2, t(DAY * 2))]);
    after(alpha, at).ask(advance(good(at))).then_refused_by(RuleId::R10);
}

#[test]
fn r16_stale_facts_refuse_a_widening_and_a_later_breach_still_narrows() {
    let at = t(DAY);
    let stale = plus(at, Duration::from_secs(6));
    after(internal(), stale).ask(enter(ALPHA, at)).then_refused_by(RuleId::R16);
    let widened = and(internal(), [entered(ALPHA, 2, at)]);
    after(widened, stale)
        .when(Command::RequestRollback(retreat(Some((INTERNAL, 1)), false)))
        .then([rolling_back_at(INTERNAL, 1, false, stale)]);
}

#[test]
fn a_paused_rollout_is_refused_a_promotion_and_told_to_resume() {
    let at = t(DAY);
    let refusal = after(and(internal(), [paused()]), at).ask(enter(ALPHA, at)).then_refused();
    assert_eq!((refusal.rule, refusal.code), (None, "rollout_in_wrong_state"));
    assert_eq!(refusal.next, "verdict rollout resume <rollout> --reason <why>");
}

#[test]
fn a_gate_is_recorded_only_when_its_states_change() {
    let evaluate = |at| super::evaluate(Some(1), good(at));
    let blocked = after(internal(), t(HOUR)).ask(evaluate(t(HOUR))).then_accepted();
    assert!(
        matches!(blocked.as_slice(), [Event::GateBlocked { stage, attempt: 1, .. }] if *stage == INTERNAL)
    );
    let history = and(internal(), blocked);
    after(history.clone(), t(HOUR * 2)).ask(evaluate(t(HOUR * 2))).then([]);
    let passed = after(history, t(DAY)).ask(evaluate(t(DAY))).then_accepted();
    assert!(matches!(passed.as_slice(), [Event::GatePassed { stage, attempt: 1, .. }] if *stage == INTERNAL));
    let other = super::evaluate(Some(7), good(t(DAY)));
    after(internal(), t(DAY)).ask(other).then([]);
}

#[test]
fn an_unknown_guardrail_is_shown_as_such_in_the_refusal() {
    let at = t(DAY);
    let mut facts = good(at);
    if let Answer::Given(given) = &mut facts.metrics {
        given.guardrails[0].state = CheckState::Unknown(Unknown::Insufficient);
    }
    let command = enter_with(ALPHA, None, facts);
    let refusal = after(internal(), at).ask(command).then_refused_by(RuleId::M10);
    assert_eq!(refusal.sentence, "the gate is shut: minimum_sample is insufficient");
}

/// Everyone is served since day 30.
fn everyone() -> Vec<Event> {
    let ga = and(beta(), [entered(GA, 4, t(DAY * 20))]);
    and(ga, [Event::StepAdvanced(entry(GA, 4, 2, t(DAY * 30)))])
}

fn complete(at: Timestamp) -> Asked {
    complete_on(good(at))
}

#[test]
fn r2_only_the_last_step_of_the_last_stage_completes() {
    let at = t(DAY * 40);
    after(beta(), at).ask(complete(at)).then_refused_by(RuleId::R2);
    let ga = and(beta(), [entered(GA, 4, t(DAY * 20))]);
    after(ga, at).ask(complete(at)).then_refused_by(RuleId::R2);
    after(everyone(), at).ask(complete(at)).then([Event::Completed { at }]);
    after(and(everyone(), [Event::Completed { at }]), at).ask(complete(at)).then([]);
}

#[test]
fn r3_completion_before_the_soak_of_the_last_step_is_refused_and_accepted_after_it() {
    let early = t(DAY * 30);
    after(everyone(), early).ask(complete(early)).then_refused_by(RuleId::R3);
    let soaked = t(DAY * 31);
    after(everyone(), soaked).ask(complete(soaked)).then([Event::Completed { at: soaked }]);
}

#[test]
fn r9a_completion_over_a_failing_guardrail_is_refused() {
    let at = t(DAY * 40);
    let mut facts = good(at);
    if let Answer::Given(given) = &mut facts.metrics {
        given.guardrails[0].state = CheckState::Fail;
    }
    after(everyone(), at).ask(complete_on(facts)).then_refused_by(RuleId::R9a);
}

#[test]
fn r2_and_r10_a_lower_step_is_accepted_as_a_demotion_and_a_higher_one_is_refused() {
    let at = t(DAY * 14);
    let ramped = and(beta(), [Event::StepAdvanced(entry(BETA, 3, 2, t(DAY * 13)))]);
    let facts = || over(Some(BETA), at);
    let events = after(ramped.clone(), at).ask(enter_with(BETA, Some(1), facts())).then_accepted();
    assert!(
        matches!(events.as_slice(), [Event::StageEntered(Entry { stage, attempt: 4, step: 1, .. })] if *stage == BETA),
        "{events:?}"
    );
    after(ramped, at).ask(enter_with(BETA, Some(2), facts())).then([]);
    after(beta(), at).ask(enter_with(BETA, Some(1), facts())).then_refused_by(RuleId::R10);
}

#[test]
fn r2_a_way_down_that_would_serve_more_than_is_served_is_refused() {
    let at = t(DAY * 12);
    let off = and(beta(), [Event::Paused { cause: PauseCause::Off, reason: String::new(), at }]);
    after(off, at).ask(enter_with(ALPHA, None, over(None, at))).then_refused_by(RuleId::R2);
}

#[test]
fn r2_a_demotion_during_a_rollback_is_accepted_and_lowers_its_target() {
    let at = t(DAY * 21);
    let ga = and(beta(), [entered(GA, 4, t(DAY * 20)), rolling_back_at(GA, 4, false, at)]);
    let down = |stage| enter_with(stage, None, good(at));
    let requested = |stage| Event::RollbackRequested {
        stage,
        attempt: 4,
        breach: "command-1".to_owned(),
        cause: Cause::Requested,
        critical: false,
        at,
    };
    after(ga.clone(), at).ask(down(ALPHA)).then([requested(BETA)]);
    after(ga.clone(), at).ask(down(BETA)).then([]);
    let confirm = |to| Command::ConfirmRollback { to, flag_version: 4 };
    let lowered = and(ga, [requested(BETA)]);
    after(lowered.clone(), at).when(confirm(Some(BETA))).then_refused_by(RuleId::R11);
    after(lowered, at).when(confirm(Some(ALPHA))).then_accepted();
}
