//! The incident, given a history, when a command comes, then what.

use proptest::prelude::*;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::fold;
use verdict_kernel::id::CommandId;
use verdict_kernel::spec::given;

use super::*;

mod reversing;

fn report() -> Report {
    Report {
        origin: Origin::Rollback {
            rollout: RolloutId::created_by(CommandId::from_uuid(Uuid::from_u128(1))),
            stage: "beta".into(),
            attempt: 1,
            cause: Uuid::from_u128(7),
        },
        severity: Severity::P2,
        title: "cpu fell below 50".into(),
    }
}

fn triage(severity: Severity) -> Triage {
    Triage { severity, team: "checkout".into(), stakeholders: vec!["support".into()] }
}

fn mitigate() -> Command {
    Command::Mitigate { fix: "exposure taken back".into() }
}

fn resolve() -> Command {
    Command::Resolve { verification: "quiet for 30 minutes".into() }
}

fn detected() -> Event {
    Event::Detected(report())
}

fn triaged(severity: Severity) -> Event {
    Event::Triaged(triage(severity))
}

fn mitigated() -> Event {
    Event::Mitigated { fix: "exposure taken back".into() }
}

fn resolved() -> Event {
    Event::Resolved { verification: "quiet for 30 minutes".into() }
}

fn until(last: &str) -> Vec<Event> {
    let p2 = triaged(Severity::P2);
    match last {
        "absent" => vec![],
        "detected" => vec![detected()],
        "triaged" => vec![detected(), p2],
        "responding" => vec![detected(), p2, Event::ResponseStarted],
        "mitigated" => vec![detected(), p2, Event::ResponseStarted, mitigated()],
        "resolved" => vec![detected(), p2, Event::ResponseStarted, mitigated(), resolved()],
        "deferred" => vec![detected(), triaged(Severity::P3), Event::Deferred],
        other => panic!("{other}"),
    }
}

#[test]
fn o3_a_triaged_incident_without_a_fix_refuses_to_be_resolved() {
    let steps = [("detected", TRIAGE), ("triaged", START_RESPONSE), ("responding", MITIGATE)];
    for (before_the_fix, next) in steps {
        let refusal = given::<Incident>(until(before_the_fix)).when(resolve()).then_refused_by(RuleId::O3);
        assert_eq!(
            (refusal.code, &*refusal.required, &*refusal.seen, &*refusal.next),
            ("incident_without_fix", "mitigated", before_the_fix, next,)
        );
    }
}

#[test]
fn o3_after_a_fix_the_resolution_is_accepted() {
    given::<Incident>(until("mitigated")).when(resolve()).then([resolved()]);
}

#[test]
fn o3_a_reopened_incident_needs_another_fix_and_refuses_until_then() {
    let reopened = Event::Reopened { reason: "it came back".into() };
    let history = until("resolved").into_iter().chain([reopened]);
    given::<Incident>(history).when(resolve()).then_refused_by(RuleId::O3);
}

#[test]
fn o3_anything_above_p3_refuses_to_go_to_the_backlog() {
    for severity in [Severity::P0, Severity::P1, Severity::P2] {
        let refusal = given::<Incident>([detected(), triaged(severity)])
            .when(Command::Defer)
            .then_refused_by(RuleId::O3);
        assert_eq!((&*refusal.required, &*refusal.seen), ("P3", severity.as_str()));
    }
}

#[test]
fn o3_a_p3_is_accepted_into_the_backlog() {
    given::<Incident>([detected(), triaged(Severity::P3)]).when(Command::Defer).then([Event::Deferred]);
}

#[test]
fn o3_a_fix_before_triage_or_before_a_response_is_refused() {
    let refusal = given::<Incident>(until("detected")).when(mitigate()).then_refused_by(RuleId::O3);
    assert_eq!(refusal.code, "incident_not_triaged");
    let refusal = given::<Incident>(until("triaged")).when(mitigate()).then_refused_by(RuleId::O3);
    assert_eq!(refusal.code, "incident_not_responding");
}

#[test]
fn o3_a_fix_from_a_response_is_accepted() {
    given::<Incident>(until("responding")).when(mitigate()).then([mitigated()]);
}

#[test]
fn a_rollback_is_p0_unconfirmed_p1_for_everyone_or_critical_and_else_p2() {
    let of = Severity::of_rollback;
    let seen =
        [of(false, false, true), of(true, false, true), of(false, true, true), of(false, false, false)];
    assert_eq!(seen, [Severity::P2, Severity::P1, Severity::P1, Severity::P0]);
}

#[test]
fn severity_is_judged_again_until_the_fix() {
    for open in ["triaged", "responding"] {
        given::<Incident>(until(open))
            .when(Command::Triage(triage(Severity::P0)))
            .then([triaged(Severity::P0)]);
    }
    let state = given::<Incident>([detected(), triaged(Severity::P0)]).state();
    assert_eq!(state.reported(), Some((&report(), Severity::P0)));
}

#[test]
fn reopening_goes_back_to_the_work_that_was_left() {
    let reopened = || Event::Reopened { reason: "it came back".into() };
    for (from, to) in [("mitigated", "responding"), ("resolved", "responding"), ("deferred", "triaged")] {
        let history = until(from).into_iter().chain([reopened()]);
        assert_eq!(given::<Incident>(history).state().name(), to);
    }
    let refusal = given::<Incident>(until("resolved")).when(Command::Reopen).then_refused();
    assert_eq!((refusal.rule, refusal.code), (Some(RuleId::P2), "reason_missing"));
}

#[test]
fn k20_a_severity_rises_in_every_state_and_what_was_over_is_open_again() {
    let worse = || Command::Reclassify { severity: Severity::P1 };
    let reason = || "a critical guardrail broke as well".to_owned();
    let reclassified = || Event::Reclassified { severity: Severity::P1, reason: reason() };
    for open in ["detected", "triaged", "responding"] {
        let outcome = given::<Incident>(until(open)).because(&reason()).when(worse());
        outcome.then([reclassified()]);
        let state = given::<Incident>(until(open).into_iter().chain([reclassified()])).state();
        assert_eq!((state.name(), state.reported().map(|(_, now)| now)), (open, Some(Severity::P1)));
    }
    for over in ["mitigated", "resolved", "deferred"] {
        given::<Incident>(until(over))
            .because(&reason())
            .when(worse())
            .then([Event::Reopened { reason: reason() }, reclassified()]);
    }
}

#[test]
fn k20_a_severity_never_falls_by_being_raised() {
    for severity in [Severity::P2, Severity::P3] {
        given::<Incident>(until("responding")).when(Command::Reclassify { severity }).then([]);
    }
    // The report is as it was, so that reporting it again is a repeat.
    let history = [detected(), Event::Reclassified { severity: Severity::P0, reason: "worse".into() }];
    given::<Incident>(history).when(Command::Report(report())).then([]);
}

#[test]
fn a_second_report_with_other_particulars_is_refused() {
    let other = Report { title: "something else".into(), ..report() };
    let refusal = given::<Incident>(until("triaged")).when(Command::Report(other)).then_refused();
    assert_eq!((refusal.rule, refusal.code), (None, "incident_already_reported"));
}

#[test]
fn each_state_decides_each_command() {
    let issued = Issued { reason: "because".into(), ..Issued::at(Timestamp::UNIX_EPOCH) };
    // Per state, in the order of `all_commands`: how many events, or the code of the refusal without `incident_`.
    let expected = [
        ("absent", "1 absent absent absent absent absent absent absent"),
        ("detected", "0 1 1 not_triaged not_triaged without_fix not_triaged 0"),
        ("triaged", "0 0 1 1 not_responding without_fix too_severe_to_defer 0"),
        ("responding", "0 0 1 0 1 without_fix too_severe_to_defer 0"),
        ("mitigated", "0 triage_after_fix 2 0 0 1 fixed 1"),
        ("resolved", "0 triage_after_fix 2 not_open not_open 0 fixed 1"),
        ("deferred", "0 not_open 2 not_open not_open not_open 0 1"),
    ];
    for (name, codes) in expected {
        let state = fold::<Incident>(&until(name));
        let decided = all_commands().map(|command| match Incident::decide(&state, command, &(), &issued) {
            Ok(decision) => decision.events.len().to_string(),
            Err(blockers) => blockers.first().code.replace("incident_", ""),
        });
        assert_eq!((state.name(), &*decided.join(" ")), (name, codes));
    }
}

fn name(command: &Command) -> &'static str {
    match command {
        Command::Report(_) => "Report",
        Command::Triage(_) => "Triage",
        Command::Reclassify { .. } => "Reclassify",
        Command::StartResponse => "StartResponse",
        Command::Mitigate { .. } => "Mitigate",
        Command::Resolve { .. } => "Resolve",
        Command::Defer => "Defer",
        Command::Reopen => "Reopen",
    }
}

fn all_commands() -> [Command; 8] {
    [
        Command::Report(report()),
        Command::Triage(triage(Severity::P2)),
        Command::Reclassify { severity: Severity::P1 },
        Command::StartResponse,
        mitigate(),
        resolve(),
        Command::Defer,
        Command::Reopen,
    ]
}

#[test]
fn p2_every_command_names_its_reverse() {
    let named: Vec<_> = REVERSES.iter().map(|(command, _)| *command).collect();
    assert_eq!(named, all_commands().map(|command| name(&command)));
    for (command, reverse) in REVERSES {
        let first = reverse.split([' ', ':', ',']).next().unwrap_or_default();
        assert!(
            named.contains(&first) || first == "none",
            "{command} is undone by {reverse}, which is no command"
        );
    }
}

fn any_command() -> impl Strategy<Value = Command> {
    let severity = prop_oneof![Just(Severity::P1), Just(Severity::P2), Just(Severity::P3)];
    prop_oneof![
        Just(Command::Report(report())),
        severity.prop_map(|severity| Command::Triage(triage(severity))),
        Just(Command::Reclassify { severity: Severity::P0 }),
        Just(Command::StartResponse),
        Just(mitigate()),
        Just(resolve()),
        Just(Command::Defer),
        Just(Command::Reopen),
    ]
}

fn play(commands: Vec<Command>) -> Vec<Event> {
    let issued = Issued { reason: "because".into(), ..Issued::at(Timestamp::UNIX_EPOCH) };
    let mut history = Vec::new();
    for command in commands {
        let decided = Incident::decide(&fold::<Incident>(&history), command, &(), &issued);
        history.extend(decided.into_iter().flat_map(|decision| decision.events));
    }
    history
}

proptest! {
    #[test]
    fn p2_no_command_takes_anything_out_of_the_history(
        commands in prop::collection::vec(any_command(), 0..30),
        more in any_command(),
    ) {
        let before = play(commands.clone());
        let after = play(commands.into_iter().chain([more]).collect());
        prop_assert!(after.starts_with(&before));
        prop_assert!(after.len() <= before.len() + 2);
    }

    #[test]
    fn o3_no_history_resolves_without_a_fix_since_it_was_open(
        commands in prop::collection::vec(any_command(), 0..60),
    ) {
        let mut fixed = false;
        for event in play(commands) {
            match event {
                Event::Mitigated { .. } => fixed = true,
                Event::Reopened { .. } => fixed = false,
                Event::Resolved { .. } => prop_assert!(fixed),
                Event::Detected(_) | Event::Triaged(_) | Event::Reclassified { .. } | Event::ResponseStarted
                | Event::Deferred => {}
            }
        }
    }
}
