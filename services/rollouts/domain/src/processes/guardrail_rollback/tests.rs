//! What a rollback does next, given what it knows.

use proptest::prelude::*;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::{Progress, Step};
use verdict_kernel::spec::process::{Given, given, noted, passed, recorded, refused};

use super::*;
use crate::rollout::STILL_SERVED;
use crate::stage::Class;

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
            class: Class::ALL[stage.1 as usize],
            attempt: 3,
        },
        guardrail: "guardrail-1".to_owned(),
        metric: "error_rate".to_owned(),
        critical,
        holds_only: false,
        irreversible: false,
        at: second(0),
    }
}

fn breach() -> Breach {
    breach_of("breach", ("beta", 2), false)
}

fn worse() -> Breach {
    breach_of("worse", ("beta", 2), true)
}

fn holding(name: &str) -> Breach {
    Breach { holds_only: true, ..breach_of(name, ("beta", 2), false) }
}

/// Where the plan says that there is no way back.
fn irreversible(name: &str, critical: bool) -> Breach {
    Breach { irreversible: true, ..breach_of(name, ("beta", 2), critical) }
}

fn broke(breach: Breach) -> Progress<Fact> {
    noted(Fact::BreachNoted(breach))
}

fn narrowed(flag_version: u32, to_stage: &str, at: i64) -> Progress<Fact> {
    noted(Fact::Narrowed(Narrowed { flag_version, to_stage: to_stage.to_owned(), at: second(at) }))
}

fn listed(attempt: u32, edges: &[&str]) -> [Progress<Fact>; 2] {
    let edges = edges.iter().map(|name| edge(name)).collect();
    [recorded("list_edges", attempt), noted(Fact::EdgesListed(edges))]
}

fn served(name: &str, flag_version: u32) -> Progress<Fact> {
    noted(Fact::Served { edge: edge(name), flag_version })
}

fn gone(name: &str) -> Progress<Fact> {
    noted(Fact::EdgeGone(edge(name)))
}

fn attempt_over() -> Progress<Fact> {
    noted(Fact::AttemptOver)
}

/// Narrowed to this stage at second 0, version 4.
fn rolled_to(stage: &str) -> Given<GuardrailRollback> {
    given([broke(breach()), recorded("narrow", 1), narrowed(4, stage, 0)])
}

/// And the rollout knows.
fn told() -> Given<GuardrailRollback> {
    rolled_to("alpha").and([recorded("request_rollback", 1)])
}

fn waiting_for(edges: &[&str]) -> Given<GuardrailRollback> {
    told().and(listed(1, edges))
}

const AFTERMATH: [(&str, u32); 3] = [("open_incident", 1), ("note_for_bet", 1), ("hold_announcements", 1)];

fn and_aftermath(steps: &[(&'static str, u32)]) -> Vec<(&'static str, u32)> {
    steps.iter().copied().chain(AFTERMATH).collect()
}

#[test]
fn r9a_a_breach_narrows_before_anything_else_under_the_id_of_the_breach() {
    let narrow = Step::new("narrow", 1, Action::Narrow { breach: breach() });
    given::<GuardrailRollback>([broke(breach())])
        .then([Step { cause: Some(breach().event), ..narrow }])
        .then_until([]);
}

#[test]
fn r9a_the_rollout_hears_of_it_next_and_then_the_edges_are_listed_beside_the_rest() {
    rolled_to("alpha").then_due(and_aftermath(&[("request_rollback", 1), ("list_edges", 1)]));
    told().then_due(and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn r9a_a_rollback_is_confirmed_when_every_listed_edge_serves_it() {
    let one = waiting_for(&["a", "b"]).and([served("a", 4)]);
    one.then_due(AFTERMATH);
    let all = one.and([served("b", 5)]);
    all.then_due(and_aftermath(&[("confirm_rollback", 1)]));
    let (of, to_stage) = (breach().of, "alpha".to_owned());
    let confirm = Action::ConfirmRollback { of, to_stage, flag_version: 4 };
    assert_eq!(all.action("confirm_rollback"), confirm);
}

#[test]
fn r9a_an_edge_that_serves_an_older_version_confirms_nothing() {
    waiting_for(&["a"]).and([served("a", 3)]).then_due(AFTERMATH);
}

#[test]
fn r9a_an_edge_that_is_gone_is_not_waited_for_and_without_edges_nothing_is() {
    let confirmed = and_aftermath(&[("confirm_rollback", 1)]);
    waiting_for(&["a"]).and([gone("a")]).then_due(confirmed.clone());
    waiting_for(&[]).then_due(confirmed);
}

#[test]
fn r9a_a_confirmation_that_comes_before_the_list_counts() {
    let early = told().and([served("a", 4)]);
    early.and(listed(1, &["a"])).then_due(and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn f3_without_a_confirmation_the_flag_is_killed_after_30_seconds_and_a_person_paged_after_60() {
    let waiting = waiting_for(&["a"]);
    waiting.then_until([("unconfirmed", second(30)), ("still_unconfirmed", second(60))]);
    let late = waiting.and([passed("unconfirmed")]);
    late.then_due(and_aftermath(&[("kill", 1)]));
    let killed = late.and([recorded("kill", 1), passed("still_unconfirmed")]);
    killed.then_due(and_aftermath(&[("page", 1)]));
    let missing = Missing::Edges(vec![edge("a")]);
    assert_eq!(killed.action("page"), Action::Page { breach: breach(), missing });
}

#[test]
fn f3_a_confirmed_rollback_neither_kills_nor_pages() {
    let confirmed = waiting_for(&["a"]).and([served("a", 4)]);
    confirmed.then_until([]);
    let late = confirmed.and([passed("unconfirmed"), passed("still_unconfirmed")]);
    late.then_due(and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn f3_a_rollback_that_nobody_can_be_asked_about_is_killed_all_the_same() {
    let late = rolled_to("alpha").and([passed("unconfirmed")]);
    late.then_due(and_aftermath(&[("kill", 1), ("request_rollback", 1), ("list_edges", 1)]));
}

#[test]
fn clause_18_a_rollout_that_cannot_be_told_keeps_nobody_from_hearing_of_its_breach() {
    let late = [passed("unconfirmed"), recorded("kill", 1), passed("still_unconfirmed")];
    let untold = rolled_to("alpha").and(late);
    let named = [("request_rollback", 1), ("list_edges", 1), ("page", 1)];
    untold.then_due(and_aftermath(&named));
    // Nothing is confirmed to a rollout that was not told.
    untold.and(listed(1, &[])).then_due(and_aftermath(&[("request_rollback", 1)]));
}

#[test]
fn a_late_confirmation_after_the_page_confirms_the_rollback() {
    let paged = waiting_for(&["a"]).and([
        passed("unconfirmed"),
        recorded("kill", 1),
        passed("still_unconfirmed"),
        recorded("page", 1),
    ]);
    paged.and([served("a", 5)]).then_due(and_aftermath(&[("confirm_rollback", 1)]));
}

#[test]
fn k20_an_incident_is_p1_at_ga_or_when_critical_and_else_p2() {
    let opened = |breach: Breach| {
        let history = [broke(breach), recorded("narrow", 1), recorded("request_rollback", 1)];
        let Action::OpenIncident { severity, .. } =
            given::<GuardrailRollback>(history).action("open_incident")
        else {
            panic!()
        };
        severity
    };
    assert_eq!(opened(breach()), Severity::P2);
    assert_eq!(opened(breach_of("breach", ("ga", 3), false)), Severity::P1);
    assert_eq!(opened(breach_of("breach", ("alpha", 1), true)), Severity::P1);
}

#[test]
fn r9a_steps_that_come_to_nothing_delay_nothing() {
    let refused = AFTERMATH.map(|(step, attempt)| refused(step, attempt, "no"));
    waiting_for(&["a"]).and(refused).and([served("a", 4)]).then_due([("confirm_rollback", 1)]);
}

#[test]
fn a_rollout_that_refuses_the_request_delays_nothing() {
    let untold = rolled_to("alpha").and([refused("request_rollback", 1, "no")]);
    untold.then_due(and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn a_flag_that_cannot_be_narrowed_serves_nobody() {
    let archived = [broke(breach()), refused("narrow", 1, "no"), recorded("request_rollback", 1)];
    let archived = given::<GuardrailRollback>(archived);
    archived.then_due(and_aftermath(&[("confirm_rollback", 1)]));
    let nobody = Action::ConfirmRollback { of: breach().of, to_stage: String::new(), flag_version: 0 };
    assert_eq!(archived.action("confirm_rollback"), nobody);
}

#[test]
fn a_rollout_without_a_bet_leaves_no_note() {
    let mut alone = breach();
    alone.of.bet = None;
    let history =
        [broke(alone), recorded("narrow", 1), recorded("request_rollback", 1), narrowed(4, "alpha", 0)];
    let due = [("list_edges", 1), ("open_incident", 1), ("hold_announcements", 1)];
    given::<GuardrailRollback>(history).then_due(due);
}

#[test]
fn r11_a_later_breach_of_the_attempt_joins() {
    let other = broke(breach_of("other", ("beta", 2), false));
    told().and([other]).then_due(and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn r11_a_critical_breach_that_joins_narrows_again_and_is_confirmed_anew() {
    let confirmed = waiting_for(&["a"]).and([served("a", 4), recorded("confirm_rollback", 1)]);
    let joined = confirmed.and([broke(worse())]);
    let again = Step::new("narrow", 2, Action::Narrow { breach: worse() });
    joined.then([Step { cause: Some(worse().event), ..again }]);
    let narrowed = joined.and([recorded("narrow", 2), narrowed(5, "", 100)]);
    assert_eq!(narrowed.due()[0], ("request_rollback", 2));
    let told = narrowed.and([recorded("request_rollback", 2)]);
    let worse_incident = |steps: &[(&'static str, u32)]| {
        let mut all = and_aftermath(steps);
        all.insert(steps.len() + 1, ("open_incident", 2));
        all
    };
    told.then_due(worse_incident(&[("list_edges", 2)]));
    told.then_until([("unconfirmed", second(130)), ("still_unconfirmed", second(160))]);
    let confirmed = told.and(listed(2, &["a"])).and([served("a", 5)]);
    confirmed.then_due(worse_incident(&[("confirm_rollback", 2)]));
}

#[test]
fn r11_k20_a_critical_breach_that_joins_is_told_to_the_rollout_and_opens_a_p1() {
    let joined = told().and([broke(worse()), recorded("narrow", 2), narrowed(5, "", 100)]);
    assert_eq!(joined.action("request_rollback"), Action::RequestRollback { breach: worse() });
    let told = joined.and([recorded("request_rollback", 2)]);
    let incidents = told.next().steps.into_iter().filter_map(|step| match step.action {
        Action::OpenIncident { breach, severity } => Some((step.attempt, breach, severity)),
        _ => None,
    });
    let wanted = vec![(1, breach(), Severity::P2), (2, worse(), Severity::P1)];
    assert_eq!(incidents.collect::<Vec<_>>(), wanted);
}

#[test]
fn k20_an_incident_that_is_p1_already_is_not_opened_twice() {
    let at_ga = |name, critical| broke(breach_of(name, ("ga", 3), critical));
    let both = [
        at_ga("breach", false),
        at_ga("worse", true),
        recorded("narrow", 2),
        recorded("request_rollback", 2),
    ];
    let due = given::<GuardrailRollback>(both).due();
    let opened = due.into_iter().filter(|(name, _)| *name == "open_incident");
    assert_eq!(opened.collect::<Vec<_>>(), vec![("open_incident", 1)]);
}

#[test]
fn clause_20_an_edge_that_was_lost_is_named_no_more_and_a_kill_that_is_served_confirms() {
    let killed = waiting_for(&["a", "b"]).and([passed("unconfirmed"), recorded("kill", 1)]);
    let one = killed.and([gone("a"), passed("still_unconfirmed")]);
    let missing = Missing::Edges(vec![edge("b")]);
    assert_eq!(one.action("page"), Action::Page { breach: breach(), missing });
    let served = one.and([recorded("page", 1), served("b", 6)]);
    // Whoever serves the kill serves nobody.
    let to_stage = String::new();
    let confirm = Action::ConfirmRollback { of: breach().of, to_stage, flag_version: 4 };
    assert_eq!(served.action("confirm_rollback"), confirm);
}

#[test]
fn a_rollback_that_nobody_could_list_the_edges_of_says_so_in_its_page() {
    let late = told().and([passed("unconfirmed"), recorded("kill", 1), passed("still_unconfirmed")]);
    assert_eq!(late.action("page"), Action::Page { breach: breach(), missing: Missing::List });
}

#[test]
fn clause_24_the_two_safety_deadlines_have_a_patience_on_the_machines_clock() {
    let patience = GuardrailRollback::machine_patience;
    assert_eq!(patience("unconfirmed"), Some(PATIENCE));
    assert_eq!(patience("still_unconfirmed"), Some(PATIENCE * 2));
    assert_eq!(patience("another"), None);
}

#[test]
fn r21_a_guardrail_that_holds_pauses_the_rollout_and_takes_nothing_back() {
    let held = given::<GuardrailRollback>([broke(holding("first"))]);
    let steps = [("pause_rollout", 1), ("open_hold_incident", 1), ("hold_announcements", 1)];
    held.then_due(steps).then_until([]);
    assert_eq!(held.action("pause_rollout"), Action::PauseRollout { breach: holding("first") });
    let again =
        held.and(steps.map(|(step, attempt)| recorded(step, attempt))).and([broke(holding("second"))]);
    again.then_due([("pause_rollout", 2)]).then_stays();
    assert_eq!(again.action("pause_rollout"), Action::PauseRollout { breach: holding("second") });
}

#[test]
fn r21_a_guardrail_that_rolls_back_does_so_after_one_that_held() {
    let held = [broke(holding("first")), recorded("pause_rollout", 1), recorded("hold_announcements", 1)];
    let broke = given::<GuardrailRollback>(held).and([broke(breach())]);
    broke.then_due([("narrow", 1)]);
    let told = broke.and([recorded("narrow", 1), narrowed(4, "alpha", 0), recorded("request_rollback", 1)]);
    told.then_due([("list_edges", 1), ("open_incident", 1), ("note_for_bet", 1)]);
}

#[test]
fn r26_past_the_point_of_no_return_a_breach_holds_and_pages_and_takes_nothing_back() {
    for critical in [false, true] {
        let first = irreversible("first", critical);
        let held = given::<GuardrailRollback>([broke(first.clone())]);
        held.then_due([("hold_flag", 1), ("pause_rollout", 1)]).then_until([]);
        let steps =
            [("hold_flag", 1), ("pause_rollout", 1), ("open_hold_incident", 1), ("hold_announcements", 1)];
        let told = held.and([recorded("hold_flag", 1), recorded("pause_rollout", 1)]);
        told.then_due([("open_hold_incident", 1), ("hold_announcements", 1)]);
        assert_eq!(held.action("hold_flag"), Action::HoldFlag { breach: first.clone() });
        let incident = Action::OpenIncident { breach: first, severity: Severity::P1 };
        assert_eq!(told.action("open_hold_incident"), incident);
        let done = held.and(steps.map(|(step, attempt)| recorded(step, attempt)));
        done.then_due([]).then_stays();
        let again = done.and([broke(irreversible("second", true))]);
        again.then_due([("hold_flag", 2), ("pause_rollout", 2)]);
    }
}

/// The rollout had entered the stage, and nobody was shown it yet.
#[test]
fn r26_what_the_flag_takes_back_after_all_is_a_rollback() {
    let held = [broke(irreversible("first", true)), recorded("hold_flag", 1), recorded("pause_rollout", 1)];
    let back = given::<GuardrailRollback>(held).and([narrowed(4, "", 0)]);
    back.then_due([("narrow", 1)]);
    let breach = Breach { irreversible: false, ..irreversible("first", true) };
    assert_eq!(back.action("narrow"), Action::Narrow { breach });
    let told = back.and([recorded("narrow", 1), narrowed(4, "", 0), recorded("request_rollback", 1)]);
    told.then_due(and_aftermath(&[("list_edges", 1)]));
}

#[test]
fn r26_below_the_point_of_no_return_a_breach_narrows() {
    given::<GuardrailRollback>([broke(breach())]).then_due([("narrow", 1)]);
}

/// Somebody with a reason takes back what the breach did not.
#[test]
fn r26_a_rollback_that_a_person_asks_for_afterwards_takes_back() {
    // All of it, where the guardrail was critical.
    let shadowed = Breach { critical: true, ..holding("first") };
    for (first, critical) in
        [(irreversible("first", false), false), (irreversible("first", true), true), (shadowed, false)]
    {
        let held = [
            broke(first),
            recorded("hold_flag", 1),
            recorded("pause_rollout", 1),
            recorded("open_hold_incident", 1),
            recorded("hold_announcements", 1),
        ];
        let asked = given::<GuardrailRollback>(held).and([broke(breach())]);
        asked.then_due([("narrow", 1)]);
        assert_eq!(asked.action("narrow"), Action::Narrow { breach: Breach { critical, ..breach() } });
    }
}

/// What was taken back may still be past the point: there nothing more is taken, and somebody hears of it.
#[test]
fn r26_a_critical_breach_after_a_rollback_that_ended_past_the_point_of_no_return_pages() {
    let left = irreversible("later", true);
    let page =
        Step::new("open_incident", 3, Action::OpenIncident { breach: left.clone(), severity: Severity::P1 });
    let steps = told().and([broke(left)]).next().steps;
    assert!(steps.contains(&page), "{steps:?}");
    assert!(steps.iter().all(|step| step.name != "narrow"), "{steps:?}");
    for silent in [irreversible("later", false), Breach { holds_only: true, ..irreversible("later", true) }] {
        told().and([broke(silent)]).then(told().next().steps);
    }
}

#[test]
fn r21_a_guardrail_that_holds_changes_nothing_about_a_rollback() {
    told().and([broke(holding("later"))]).then(told().next().steps);
    let steps = ["pause_rollout", "open_hold_incident", "hold_announcements"].map(|step| recorded(step, 1));
    given::<GuardrailRollback>([broke(holding("first"))]).and(steps).and([attempt_over()]).then_over();
}

#[test]
fn r11_a_second_narrowing_has_a_patience_of_its_own() {
    let killed = waiting_for(&["a"]).and([passed("unconfirmed"), recorded("kill", 1)]);
    let again = killed.and([broke(worse()), recorded("narrow", 2), narrowed(5, "", 100)]);
    assert!(again.due().iter().all(|(name, _)| *name != "kill"), "{:?}", again.due());
    let late = again.and([passed("unconfirmed")]);
    assert_eq!(late.due()[0], ("kill", 2));
}

#[test]
fn an_edge_that_is_back_when_the_edges_are_listed_is_waited_for() {
    told().and([gone("a")]).and(listed(1, &["a"])).then_due(AFTERMATH);
}

#[test]
fn a_rollback_to_a_stage_stays_for_critical_breaches_until_the_attempt_is_over() {
    let steps = ["confirm_rollback", "open_incident", "note_for_bet", "hold_announcements"];
    let settled = waiting_for(&["a"]).and([served("a", 4)]).and(steps.map(|step| recorded(step, 1)));
    settled.then([]).then_stays();
    settled.and([attempt_over()]).then_over();
}

/// The evaluation of another guardrail may not have read yet that the rollout went on.
#[test]
fn r11_a_breach_of_an_attempt_that_nobody_looks_after_any_more_begins_anew() {
    let late = Fact::BreachNoted(breach_of("late", ("beta", 2), false));
    let under_way = waiting_for(&["a"]);
    assert!(!given::<GuardrailRollback>([]).begins_another(&late), "it is the first");
    assert!(!under_way.begins_another(&late), "it joins");
    // An incident that could not be opened yet keeps the instance, but not for the attempt.
    let left = under_way.and([attempt_over()]);
    assert!(left.begins_another(&late));
    assert!(!left.begins_another(&Fact::EdgeGone(edge("a"))), "a breach only");
    let held = given::<GuardrailRollback>([broke(holding("first"))]);
    assert!(!held.begins_another(&late) && held.and([attempt_over()]).begins_another(&late));
}

#[test]
fn a_rollback_to_nobody_ends_when_everything_is_recorded() {
    let mut off = rolled_to("").and([recorded("request_rollback", 1)]).and(listed(1, &[]));
    for (step, attempt) in and_aftermath(&[("confirm_rollback", 1)]) {
        off.then_stays();
        off = off.and([recorded(step, attempt)]);
    }
    off.then_over();
    let late = Fact::BreachNoted(breach_of("late", ("beta", 2), false));
    assert!(off.begins_another(&late));
}

fn progress() -> impl Strategy<Value = Progress<Fact>> {
    let steps =
        ["narrow", "request_rollback", "list_edges", "confirm_rollback", "open_incident", "kill", "page"];
    prop_oneof![
        any::<bool>().prop_map(|critical| broke(breach_of("other", ("beta", 2), critical))),
        Just(broke(holding("other"))),
        (prop::sample::select(steps.to_vec()), 1..3_u32).prop_map(|(step, attempt)| recorded(step, attempt)),
        (1..6_u32).prop_map(|version| narrowed(version, "alpha", 0)),
        Just(noted(Fact::EdgesListed(vec![edge("a"), edge("b")]))),
        (prop::sample::select(vec!["a", "b"]), 1..6_u32).prop_map(|(name, version)| served(name, version)),
        Just(gone("b")),
        Just(passed("unconfirmed")),
        Just(passed("still_unconfirmed")),
        Just(attempt_over()),
    ]
}

proptest! {
    #[test]
    fn a_recorded_step_is_never_due_again(history in prop::collection::vec(progress(), 0..25)) {
        let history: Vec<_> = std::iter::once(broke(breach())).chain(history).collect();
        for (step, attempt) in given::<GuardrailRollback>(history.clone()).due() {
            prop_assert!(!history.contains(&recorded(step, attempt)), "{} {}", step, attempt);
        }
    }

    #[test]
    fn r9a_nothing_goes_before_a_narrowing_that_is_due(history in prop::collection::vec(progress(), 0..25)) {
        let history = std::iter::once(broke(breach())).chain(history);
        let due = given::<GuardrailRollback>(history).due();
        if due.iter().any(|(step, _)| *step == "narrow") {
            prop_assert_eq!(due.len(), 1);
        }
    }
}

#[test]
fn r11_exposure_that_was_raised_in_between_is_narrowed_again_and_confirmed_anew() {
    let raised = waiting_for(&[]).and([refused("confirm_rollback", 1, STILL_SERVED)]);
    raised.then([Step::new("narrow", 2, Action::Narrow { breach: breach() })]);
    let again = raised.and([recorded("narrow", 2), narrowed(5, "", 1)]);
    again.then_due(and_aftermath(&[("list_edges", 2)]));
    again.and(listed(2, &[])).then_due(and_aftermath(&[("confirm_rollback", 2)]));
}

/// The flag was off already: the version that the edges serve is the one that they had served before.
#[test]
fn r11_a_narrowing_that_found_nothing_more_asks_the_edges_again_and_waits_no_longer_than_before() {
    let raised = waiting_for(&["a"]).and([
        passed("unconfirmed"),
        recorded("kill", 1),
        served("a", 4),
        refused("confirm_rollback", 1, STILL_SERVED),
        recorded("narrow", 2),
        narrowed(4, "alpha", 90),
    ]);
    raised.then_due(and_aftermath(&[("list_edges", 2)]));
    raised.then_until([("unconfirmed", second(30)), ("still_unconfirmed", second(60))]);
}

#[test]
fn r11_a_confirmation_that_nobody_takes_is_not_tried_for_ever() {
    let mut raised = told();
    for round in 1..=6 {
        raised.then_due(and_aftermath(&[("list_edges", round)]));
        raised = raised.and(listed(round, &[])).and([refused("confirm_rollback", round, STILL_SERVED)]);
        if round < 6 {
            raised.then_due([("narrow", round + 1)]);
            raised = raised.and([recorded("narrow", round + 1)]);
        }
    }
    raised.then_due(and_aftermath(&[("page", 6)]));
    let page = Action::Page { breach: breach(), missing: Missing::StillServed };
    assert_eq!(raised.action("page"), page, "it ends with an alarm");
}
