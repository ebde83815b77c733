//! What a rollback does next, given what it knows.

use proptest::prelude::*;
use verdict_kernel::id::CommandId;

use super::*;

fn id(name: &str) -> CommandId {
    CommandId::derive(Uuid::NAMESPACE_URL, name)
}

fn edge(name: &str) -> EdgeId {
    EdgeId::created_by(id(name))
}

fn second(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

fn breach_of(name: &str, stage: (&str, u32), critical: bool) -> Breach {
    Breach {
        event: id(name).as_uuid(),
        of: Attempt {
            rollout: RolloutId::created_by(id("rollout")),
            flag: FlagId::created_by(id("flag")),
            bet: Some(BetId::created_by(id("bet"))),
            stage: stage.0.to_owned(),
            stage_index: stage.1,
            attempt: 3,
        },
        guardrail: "guardrail-1".to_owned(),
        metric: "error_rate".to_owned(),
        critical,
        holds_only: false,
        at: second(0),
    }
}

fn breach() -> Breach {
    breach_of("breach", ("beta", 2), false)
}

fn noted(breach: Breach) -> Progress<Fact> {
    Progress::Noted(Fact::BreachNoted(breach))
}

fn narrowed(flag_version: u32, to_stage: &str, at: i64) -> Progress<Fact> {
    Progress::Noted(Fact::Narrowed(Narrowed { flag_version, to_stage: to_stage.to_owned(), at: second(at) }))
}

fn recorded(step: &str, attempt: u32) -> Progress<Fact> {
    Progress::StepRecorded { step: step.to_owned(), attempt, outcome: Outcome::Done }
}

fn refused(step: &str) -> Progress<Fact> {
    Progress::StepRecorded { step: step.to_owned(), attempt: 1, outcome: Outcome::Refused("no".to_owned()) }
}

fn listed(edges: &[&str]) -> [Progress<Fact>; 2] {
    let edges = edges.iter().map(|name| edge(name)).collect();
    [recorded("list_edges", 1), Progress::Noted(Fact::EdgesListed(edges))]
}

fn served(name: &str, flag_version: u32) -> Progress<Fact> {
    Progress::Noted(Fact::Served { edge: edge(name), flag_version })
}

fn passed(name: &str) -> Progress<Fact> {
    Progress::DeadlinePassed { name: name.to_owned() }
}

fn fold<'a>(history: impl IntoIterator<Item = &'a Progress<Fact>>) -> State {
    history.into_iter().fold(State::default(), GuardrailRollback::evolve)
}

fn due(history: &[Progress<Fact>]) -> Vec<(&'static str, u32)> {
    let steps = GuardrailRollback::due(&fold(history));
    steps.iter().map(|step| (step.name, step.attempt)).collect()
}

/// Narrowed to Alpha at second 0, version 4, and the rollout knows.
fn narrowed_history() -> Vec<Progress<Fact>> {
    vec![noted(breach()), recorded("narrow", 1), narrowed(4, "alpha", 0), recorded("request_rollback", 1)]
}

fn with(more: impl IntoIterator<Item = Progress<Fact>>) -> Vec<Progress<Fact>> {
    narrowed_history().into_iter().chain(more).collect()
}

const AFTERMATH: [(&str, u32); 3] = [("open_incident", 1), ("note_for_bet", 1), ("hold_announcements", 1)];

fn and_aftermath(steps: &[(&'static str, u32)]) -> Vec<(&'static str, u32)> {
    steps.iter().copied().chain(AFTERMATH).collect()
}

fn action(history: &[Progress<Fact>], name: &str) -> Action {
    let mut steps = GuardrailRollback::due(&fold(history)).into_iter();
    steps.find(|step| step.name == name).unwrap().action
}

#[test]
fn r9a_a_breach_narrows_before_anything_else_under_the_id_of_the_breach() {
    let steps = GuardrailRollback::due(&fold(&[noted(breach())]));
    let narrow = Step {
        name: "narrow",
        attempt: 1,
        cause: Some(breach().event),
        action: Action::Narrow { breach: breach() },
    };
    assert_eq!(steps, vec![narrow]);
}

#[test]
fn r9a_the_rollout_hears_of_it_next_and_then_the_edges_are_listed_beside_the_rest() {
    let history = narrowed_history();
    assert_eq!(due(&history[..3]), and_aftermath(&[("request_rollback", 1), ("list_edges", 1)]));
    assert_eq!(due(&history), and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn r9a_a_rollback_is_confirmed_when_every_listed_edge_serves_it() {
    let waiting = with(listed(&["a", "b"]).into_iter().chain([served("a", 4)]));
    assert_eq!(due(&waiting), AFTERMATH.to_vec());
    let all: Vec<_> = waiting.into_iter().chain([served("b", 5)]).collect();
    assert_eq!(due(&all), and_aftermath(&[("confirm_rollback", 1)]));
    let confirm = Action::ConfirmRollback {
        rollout: breach().of.rollout,
        to_stage: "alpha".to_owned(),
        flag_version: 4,
    };
    assert_eq!(action(&all, "confirm_rollback"), confirm);
}

#[test]
fn r9a_an_edge_that_serves_an_older_version_confirms_nothing() {
    let history = with(listed(&["a"]).into_iter().chain([served("a", 3)]));
    assert_eq!(due(&history), AFTERMATH.to_vec());
}

#[test]
fn r9a_an_edge_that_is_gone_is_not_waited_for_and_without_edges_nothing_is() {
    let gone = Progress::Noted(Fact::EdgeGone(edge("a")));
    let history = with(listed(&["a"]).into_iter().chain([gone]));
    assert_eq!(due(&history), and_aftermath(&[("confirm_rollback", 1)]));
    assert_eq!(due(&with(listed(&[]))), and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn r9a_a_confirmation_that_comes_before_the_list_counts() {
    let history = with([served("a", 4)].into_iter().chain(listed(&["a"])));
    assert_eq!(due(&history), and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn f3_without_a_confirmation_the_flag_is_killed_after_30_seconds_and_a_person_paged_after_60() {
    let waiting = with(listed(&["a"]));
    let running = GuardrailRollback::deadlines(&fold(&waiting));
    assert_eq!(running, vec![("unconfirmed", second(30)), ("still_unconfirmed", second(60))]);
    let late: Vec<_> = waiting.into_iter().chain([passed("unconfirmed")]).collect();
    assert_eq!(due(&late), and_aftermath(&[("kill", 1)]));
    let killed: Vec<_> = late.into_iter().chain([recorded("kill", 1), passed("still_unconfirmed")]).collect();
    assert_eq!(due(&killed), and_aftermath(&[("page", 1)]));
    let missing = Missing::Edges(vec![edge("a")]);
    assert_eq!(action(&killed, "page"), Action::Page { breach: breach(), missing });
}

#[test]
fn f3_a_confirmed_rollback_neither_kills_nor_pages() {
    let confirmed = with(listed(&["a"]).into_iter().chain([served("a", 4)]));
    assert_eq!(GuardrailRollback::deadlines(&fold(&confirmed)), vec![]);
    let late: Vec<_> =
        confirmed.into_iter().chain([passed("unconfirmed"), passed("still_unconfirmed")]).collect();
    assert_eq!(due(&late), and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn f3_a_rollback_that_nobody_can_be_asked_about_is_killed_all_the_same() {
    let history = [noted(breach()), recorded("narrow", 1), narrowed(4, "alpha", 0), passed("unconfirmed")];
    let killed = and_aftermath(&[("kill", 1), ("request_rollback", 1), ("list_edges", 1)]);
    assert_eq!(due(&history), killed);
}

#[test]
fn clause_18_a_rollout_that_cannot_be_told_keeps_nobody_from_hearing_of_its_breach() {
    let late = [passed("unconfirmed"), recorded("kill", 1), passed("still_unconfirmed")];
    let history = [noted(breach()), recorded("narrow", 1), narrowed(4, "alpha", 0)]
        .into_iter()
        .chain(late)
        .collect::<Vec<_>>();
    let names: Vec<_> = due(&history).into_iter().map(|(name, _)| name).collect();
    for named in ["request_rollback", "page", "open_incident", "hold_announcements"] {
        assert!(names.contains(&named), "{named}: {names:?}");
    }
    // Nothing is confirmed to a rollout that was not told.
    let served = history.into_iter().chain(listed(&[])).collect::<Vec<_>>();
    assert!(due(&served).iter().all(|(name, _)| *name != "confirm_rollback"), "{:?}", due(&served));
}

#[test]
fn a_late_confirmation_after_the_page_confirms_the_rollback() {
    let history = with(listed(&["a"]).into_iter().chain([
        passed("unconfirmed"),
        recorded("kill", 1),
        passed("still_unconfirmed"),
        recorded("page", 1),
        served("a", 5),
    ]));
    assert_eq!(due(&history), and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn k20_an_incident_is_p1_at_ga_or_when_critical_and_else_p2() {
    let opened = |breach: Breach| {
        let history = [noted(breach), recorded("narrow", 1), recorded("request_rollback", 1)];
        let Action::OpenIncident { severity, .. } = action(&history, "open_incident") else { panic!() };
        severity
    };
    assert_eq!(opened(breach()), Severity::P2);
    assert_eq!(opened(breach_of("breach", ("ga", 3), false)), Severity::P1);
    assert_eq!(opened(breach_of("breach", ("alpha", 1), true)), Severity::P1);
}

#[test]
fn r9a_steps_that_come_to_nothing_delay_nothing() {
    let steps = ["open_incident", "note_for_bet", "hold_announcements"].map(refused);
    let history = with(steps.into_iter().chain(listed(&["a"])).chain([served("a", 4)]));
    assert_eq!(due(&history), vec![("confirm_rollback", 1)]);
}

#[test]
fn a_rollout_that_refuses_the_request_delays_nothing() {
    let mut history = narrowed_history();
    history[3] = refused("request_rollback");
    assert_eq!(due(&history), and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn a_flag_that_cannot_be_narrowed_serves_nobody() {
    let history = [noted(breach()), refused("narrow"), recorded("request_rollback", 1)];
    assert_eq!(due(&history), and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn a_rollout_without_a_bet_leaves_no_note() {
    let mut alone = breach();
    alone.of.bet = None;
    let history =
        [noted(alone), recorded("narrow", 1), recorded("request_rollback", 1), narrowed(4, "alpha", 0)];
    assert_eq!(due(&history), vec![("list_edges", 1), ("open_incident", 1), ("hold_announcements", 1)]);
}

#[test]
fn r11_a_later_breach_of_the_attempt_joins() {
    let other = noted(breach_of("other", ("beta", 2), false));
    assert_eq!(due(&with([other])), and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn r11_a_critical_breach_that_joins_narrows_again_and_is_confirmed_anew() {
    let worse = breach_of("worse", ("beta", 2), true);
    let confirmed = with(listed(&["a"]).into_iter().chain([served("a", 4), recorded("confirm_rollback", 1)]));
    let joined: Vec<_> = confirmed.into_iter().chain([noted(worse.clone())]).collect();
    let steps = GuardrailRollback::due(&fold(&joined));
    let again = Step {
        name: "narrow",
        attempt: 2,
        cause: Some(worse.event),
        action: Action::Narrow { breach: worse },
    };
    assert_eq!(steps, vec![again]);
    let narrowed: Vec<_> = joined.into_iter().chain([recorded("narrow", 2), narrowed(5, "", 100)]).collect();
    assert_eq!(due(&narrowed)[0], ("request_rollback", 2));
    let narrowed: Vec<_> = narrowed.into_iter().chain([recorded("request_rollback", 2)]).collect();
    let worse_incident = |steps: &[(&'static str, u32)]| {
        let mut all = and_aftermath(steps);
        all.insert(steps.len() + 1, ("open_incident", 2));
        all
    };
    assert_eq!(due(&narrowed), worse_incident(&[("list_edges", 2)]));
    assert_eq!(GuardrailRollback::deadlines(&fold(&narrowed))[0], ("unconfirmed", second(130)));
    let relisted = Progress::Noted(Fact::EdgesListed(vec![edge("a")]));
    let confirmed: Vec<_> =
        narrowed.into_iter().chain([recorded("list_edges", 2), relisted, served("a", 5)]).collect();
    assert_eq!(due(&confirmed), worse_incident(&[("confirm_rollback", 2)]));
}

#[test]
fn r11_k20_a_critical_breach_that_joins_is_told_to_the_rollout_and_opens_a_p1() {
    let worse = breach_of("worse", ("beta", 2), true);
    let joined = with([noted(worse.clone()), recorded("narrow", 2), narrowed(5, "", 100)]);
    assert_eq!(action(&joined, "request_rollback"), Action::RequestRollback { breach: worse.clone() });
    let told: Vec<_> = joined.into_iter().chain([recorded("request_rollback", 2)]).collect();
    let incidents = GuardrailRollback::due(&fold(&told)).into_iter().filter_map(|step| match step.action {
        Action::OpenIncident { breach, severity } => Some((step.attempt, breach, severity)),
        _ => None,
    });
    let wanted = vec![(1, breach(), Severity::P2), (2, worse, Severity::P1)];
    assert_eq!(incidents.collect::<Vec<_>>(), wanted);
}

#[test]
fn k20_an_incident_that_is_p1_already_is_not_opened_twice() {
    let first = breach_of("breach", ("ga", 3), false);
    let history = [
        noted(first),
        noted(breach_of("worse", ("ga", 3), true)),
        recorded("narrow", 2),
        recorded("request_rollback", 2),
    ];
    let opened = due(&history).into_iter().filter(|(name, _)| *name == "open_incident");
    assert_eq!(opened.collect::<Vec<_>>(), vec![("open_incident", 1)]);
}

#[test]
fn clause_20_an_edge_that_was_lost_is_named_no_more_and_a_kill_that_is_served_confirms() {
    let late = with(listed(&["a", "b"]).into_iter().chain([passed("unconfirmed"), recorded("kill", 1)]));
    let gone = Progress::Noted(Fact::EdgeGone(edge("a")));
    let one: Vec<_> = late.into_iter().chain([gone, passed("still_unconfirmed")]).collect();
    let missing = Missing::Edges(vec![edge("b")]);
    assert_eq!(action(&one, "page"), Action::Page { breach: breach(), missing });
    let killed: Vec<_> = one.into_iter().chain([recorded("page", 1), served("b", 6)]).collect();
    // Whoever serves the kill serves nobody.
    let to_stage = String::new();
    let confirm = Action::ConfirmRollback { rollout: breach().of.rollout, to_stage, flag_version: 4 };
    assert_eq!(action(&killed, "confirm_rollback"), confirm);
}

#[test]
fn a_rollback_that_nobody_could_list_the_edges_of_says_so_in_its_page() {
    let history = with([passed("unconfirmed"), recorded("kill", 1), passed("still_unconfirmed")]);
    assert_eq!(action(&history, "page"), Action::Page { breach: breach(), missing: Missing::List });
}

#[test]
fn clause_24_the_two_safety_deadlines_have_a_patience_on_the_machines_clock() {
    let patience = GuardrailRollback::machine_patience;
    assert_eq!(patience("unconfirmed"), Some(PATIENCE));
    assert_eq!(patience("still_unconfirmed"), Some(PATIENCE * 2));
    assert_eq!(patience("another"), None);
}

fn holding(name: &str) -> Breach {
    Breach { holds_only: true, ..breach_of(name, ("beta", 2), false) }
}

#[test]
fn r21_a_guardrail_that_holds_pauses_the_rollout_and_takes_nothing_back() {
    let history = [noted(holding("first"))];
    let steps = vec![("pause_rollout", 1), ("open_hold_incident", 1), ("hold_announcements", 1)];
    assert_eq!(due(&history), steps);
    assert_eq!(action(&history, "pause_rollout"), Action::PauseRollout { breach: holding("first") });
    assert_eq!(GuardrailRollback::deadlines(&fold(&history)), vec![]);
    let done = [
        noted(holding("first")),
        recorded("pause_rollout", 1),
        recorded("open_hold_incident", 1),
        recorded("hold_announcements", 1),
        noted(holding("second")),
    ];
    assert_eq!(due(&done), vec![("pause_rollout", 2)]);
    assert!(!GuardrailRollback::is_over(&fold(&done)));
}

#[test]
fn r21_a_guardrail_that_rolls_back_does_so_after_one_that_held() {
    let history = [
        noted(holding("first")),
        recorded("pause_rollout", 1),
        recorded("hold_announcements", 1),
        noted(breach()),
    ];
    assert_eq!(due(&history), vec![("narrow", 1)]);
    let narrowed = [
        history.to_vec(),
        vec![recorded("narrow", 1), narrowed(4, "alpha", 0), recorded("request_rollback", 1)],
    ]
    .concat();
    assert_eq!(due(&narrowed), vec![("list_edges", 1), ("open_incident", 1), ("note_for_bet", 1)]);
}

#[test]
fn r21_a_guardrail_that_holds_changes_nothing_about_a_rollback() {
    let held = with([noted(holding("later"))]);
    assert_eq!(due(&held), due(&narrowed_history()));
    let over = [noted(holding("first")), recorded("pause_rollout", 1), recorded("open_hold_incident", 1)];
    let over = [over.to_vec(), vec![recorded("hold_announcements", 1), Progress::Noted(Fact::AttemptOver)]];
    assert!(GuardrailRollback::is_over(&fold(&over.concat())));
}

#[test]
fn r11_a_second_narrowing_has_a_patience_of_its_own() {
    let worse = noted(breach_of("worse", ("beta", 2), true));
    let history = with(listed(&["a"]).into_iter().chain([
        passed("unconfirmed"),
        recorded("kill", 1),
        worse,
        recorded("narrow", 2),
        narrowed(5, "", 100),
    ]));
    assert!(due(&history).iter().all(|(name, _)| *name != "kill"), "{:?}", due(&history));
}

#[test]
fn an_edge_that_is_back_when_the_edges_are_listed_is_waited_for() {
    let gone = Progress::Noted(Fact::EdgeGone(edge("a")));
    let history = with([gone].into_iter().chain(listed(&["a"])));
    assert_eq!(due(&history), AFTERMATH.to_vec());
}

#[test]
fn a_rollback_to_a_stage_stays_for_critical_breaches_until_the_attempt_is_over() {
    let steps = ["confirm_rollback", "open_incident", "note_for_bet", "hold_announcements"];
    let settled =
        with(listed(&["a"]).into_iter().chain([served("a", 4)]).chain(steps.map(|step| recorded(step, 1))));
    assert_eq!(due(&settled), vec![]);
    assert!(!GuardrailRollback::is_over(&fold(&settled)));
    let over: Vec<_> = settled.into_iter().chain([Progress::Noted(Fact::AttemptOver)]).collect();
    assert!(GuardrailRollback::is_over(&fold(&over)));
}

/// The evaluation of another guardrail may not have read yet that the rollout went on.
#[test]
fn r11_a_breach_of_an_attempt_that_nobody_looks_after_any_more_begins_anew() {
    let late = Fact::BreachNoted(breach_of("late", ("beta", 2), false));
    let begins =
        |history: &[Progress<Fact>], fact: &Fact| GuardrailRollback::begins_another(&fold(history), fact);
    let under_way = with(listed(&["a"]));
    assert!(!begins(&[], &late) && !begins(&under_way, &late), "it joins");
    // An incident that could not be opened yet keeps the instance, but not for the attempt.
    let left = [under_way, vec![Progress::Noted(Fact::AttemptOver)]].concat();
    assert!(begins(&left, &late));
    assert!(!begins(&left, &Fact::EdgeGone(edge("a"))), "a breach only");
    let held = [noted(holding("first")), Progress::Noted(Fact::AttemptOver)];
    assert!(!begins(&held[..1], &late) && begins(&held, &late));
}

#[test]
fn a_rollback_to_nobody_ends_when_everything_is_recorded() {
    let mut history = with(listed(&[]));
    history[2] = narrowed(4, "", 0);
    for step in ["confirm_rollback", "open_incident", "note_for_bet", "hold_announcements"] {
        assert!(!GuardrailRollback::is_over(&fold(&history)), "{step}");
        history.push(recorded(step, 1));
    }
    assert!(GuardrailRollback::is_over(&fold(&history)));
}

fn progress() -> impl Strategy<Value = Progress<Fact>> {
    let steps =
        ["narrow", "request_rollback", "list_edges", "confirm_rollback", "open_incident", "kill", "page"];
    prop_oneof![
        any::<bool>().prop_map(|critical| noted(breach_of("other", ("beta", 2), critical))),
        Just(noted(holding("other"))),
        (prop::sample::select(steps.to_vec()), 1..3_u32).prop_map(|(step, attempt)| recorded(step, attempt)),
        (1..6_u32).prop_map(|version| narrowed(version, "alpha", 0)),
        Just(Progress::Noted(Fact::EdgesListed(vec![edge("a"), edge("b")]))),
        (prop::sample::select(vec!["a", "b"]), 1..6_u32).prop_map(|(name, version)| served(name, version)),
        Just(Progress::Noted(Fact::EdgeGone(edge("b")))),
        Just(passed("unconfirmed")),
        Just(passed("still_unconfirmed")),
        Just(Progress::Noted(Fact::AttemptOver)),
    ]
}

proptest! {
    #[test]
    fn a_recorded_step_is_never_due_again(history in prop::collection::vec(progress(), 0..25)) {
        let history: Vec<_> = std::iter::once(noted(breach())).chain(history).collect();
        for step in GuardrailRollback::due(&fold(&history)) {
            let done = history.iter().any(|p| *p == recorded(step.name, step.attempt));
            prop_assert!(!done, "{} {}", step.name, step.attempt);
        }
    }

    #[test]
    fn r9a_nothing_goes_before_a_narrowing_that_is_due(history in prop::collection::vec(progress(), 0..25)) {
        let history: Vec<_> = std::iter::once(noted(breach())).chain(history).collect();
        let steps = GuardrailRollback::due(&fold(&history));
        if steps.iter().any(|step| step.name == "narrow") {
            prop_assert_eq!(steps.len(), 1);
        }
    }
}

#[test]
fn r11_exposure_that_was_raised_in_between_is_narrowed_again_and_confirmed_anew() {
    let still_served = Progress::StepRecorded {
        step: "confirm_rollback".to_owned(),
        attempt: 1,
        outcome: Outcome::Refused(STILL_SERVED.to_owned()),
    };
    let mut history = vec![
        noted(breach()),
        recorded("narrow", 1),
        narrowed(2, "alpha", 0),
        recorded("request_rollback", 1),
        still_served,
    ];
    let narrow =
        Step { name: "narrow", attempt: 2, cause: None, action: Action::Narrow { breach: breach() } };
    assert_eq!(GuardrailRollback::due(&fold(&history)), [narrow]);
    history.extend([recorded("narrow", 2), narrowed(5, "", 1)]);
    history.extend([recorded("list_edges", 2), Progress::Noted(Fact::EdgesListed(vec![]))]);
    let due = GuardrailRollback::due(&fold(&history));
    let confirm = due.iter().find(|step| step.name == "confirm_rollback");
    assert_eq!(confirm.map(|step| step.attempt), Some(2));
}

#[test]
fn r11_a_confirmation_that_nobody_takes_is_not_tried_for_ever() {
    let mut history = vec![noted(breach()), recorded("narrow", 1), narrowed(2, "alpha", 0)];
    for attempt in 1..=20 {
        history.push(Progress::StepRecorded {
            step: "confirm_rollback".to_owned(),
            attempt,
            outcome: Outcome::Refused(STILL_SERVED.to_owned()),
        });
    }
    let due = GuardrailRollback::due(&fold(&history));
    assert_eq!(due.first().map(|step| (step.name, step.attempt)), Some(("narrow", 6)));
    history.extend([recorded("narrow", 6), recorded("request_rollback", 1), listed(&[])[1].clone()]);
    let page = Action::Page { breach: breach(), missing: Missing::StillServed };
    assert_eq!(action(&history, "page"), page, "it ends with an alarm");
}
