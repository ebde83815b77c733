//! Creation, clean-up and the archive.

use super::*;

#[test]
fn f4_a_release_flag_without_an_owner_is_refused() {
    let mut nameless = identity(Kind::Release);
    nameless.owner = " ".to_owned();
    given::<FeatureFlag>([])
        .when(Command::Create { identity: nameless, cleanup_on: None })
        .then_refused_by(RuleId::F4);
}

#[test]
fn f4_a_release_flag_with_an_owner_is_accepted_and_cleaned_up_after_90_days_by_default() {
    given::<FeatureFlag>([])
        .when(Command::Create { identity: identity(Kind::Release), cleanup_on: None })
        .then([created_as(Kind::Release)]);
}

#[test]
fn f4_a_clean_up_date_overrides_the_default() {
    given::<FeatureFlag>([])
        .when(Command::Create { identity: identity(Kind::Release), cleanup_on: Some(day(14)) })
        .then([Event::Created { identity: identity(Kind::Release), cleanup_on: Some(day(14)) }]);
}

#[test]
fn f4_a_clean_up_date_that_is_not_in_the_future_is_refused() {
    let command = || Command::Create { identity: identity(Kind::Release), cleanup_on: Some(day(1)) };
    given::<FeatureFlag>([]).at(day(1)).when(command()).then_refused_by(RuleId::F4);
    let accepted = given::<FeatureFlag>([]).at(day(1) - SignedDuration::from_secs(1)).when(command());
    assert_eq!(accepted.then_accepted().len(), 1);
}

#[test]
fn f4_permanent_kinds_are_accepted_without_a_clean_up_date() {
    for kind in [Kind::Ops, Kind::Permission] {
        let mut identity = identity(kind);
        identity.owner = String::new();
        given::<FeatureFlag>([])
            .when(Command::Create { identity: identity.clone(), cleanup_on: None })
            .then([Event::Created { identity, cleanup_on: None }]);
    }
}

#[test]
fn f4_a_permanent_kind_with_a_clean_up_date_is_refused() {
    given::<FeatureFlag>([])
        .when(Command::Create { identity: identity(Kind::Ops), cleanup_on: Some(day(1)) })
        .then_refused_by(RuleId::F4);
    given::<FeatureFlag>([created_as(Kind::Ops)])
        .when(Command::ScheduleCleanup { due: day(1) })
        .then_refused_by(RuleId::F4);
}

#[test]
fn f4_general_availability_moves_the_clean_up_date() {
    at_stage(3)
        .at(day(40))
        .when(Command::ScheduleCleanup { due: day(70) })
        .then([Event::CleanupScheduled { due: day(70) }]);
    at_stage(3).when(Command::ScheduleCleanup { due: day(90) }).then([]);
    at_stage(3).at(day(70)).when(Command::ScheduleCleanup { due: day(70) }).then_refused_by(RuleId::F4);
}

#[test]
fn f5_clean_up_is_raised_when_it_is_due_and_not_a_second_before() {
    let just_before = day(90) - SignedDuration::from_secs(1);
    at_stage(3).at(just_before).when(Command::RaiseCleanupDue).then_refused_by(RuleId::F5);
    at_stage(3).at(day(90)).when(Command::RaiseCleanupDue).then([Event::CleanupDue { due: day(90) }]);
    after(history(3), [Event::CleanupDue { due: day(90) }])
        .at(day(91))
        .when(Command::RaiseCleanupDue)
        .then([]);
}

#[test]
fn f5_clean_up_before_its_date_is_accepted_when_nobody_is_served_and_refused_when_somebody_is() {
    at_stage(1).at(day(2)).when(Command::RaiseCleanupDue).then_refused_by(RuleId::F5);
    let turn_off = Command::TurnOff { rollout: None, cause: "the bet was killed".to_owned() };
    let off = at_stage(1).when(turn_off).then_accepted();
    after(history(1), off)
        .at(day(2))
        .when(Command::RaiseCleanupDue)
        .then([Event::CleanupDue { due: day(2) }]);
}

#[test]
fn f5_a_flag_in_the_code_is_refused_its_archive_and_one_that_is_removed_is_accepted() {
    let removed = || Event::RemovedFromCode { attestation: "commit 12".to_owned() };
    at_stage(3).ask(archive(false)).then_refused_by(RuleId::F5);
    after(history(3), [removed()]).ask(archive(false)).then([Event::Archived]);
    after(history(3), [killed(5), removed()]).ask(archive(false)).then([Event::Archived]);
    let confirm = |text: &str| Command::ConfirmRemoved { attestation: text.to_owned() };
    at_stage(3).when(confirm("")).then_refused_by(RuleId::F5);
    at_stage(3).when(confirm("commit 12")).then([removed()]);
    after(history(3), [removed()]).when(confirm("again")).then([]);
}

#[test]
fn a_command_before_creation_is_refused() {
    for command in every_command() {
        let is_create = matches!(command, Command::Create { .. });
        let outcome = given::<FeatureFlag>([]).when(command);
        if is_create {
            outcome.then_accepted();
        } else {
            assert_eq!(outcome.then_refused().code, "flag_not_created");
        }
    }
}

#[test]
fn an_archived_flag_changes_no_more() {
    let removed = Event::RemovedFromCode { attestation: "commit 12".to_owned() };
    let history: Vec<_> = history(3).into_iter().chain([removed, Event::Archived]).collect();
    assert!(FeatureFlag::is_terminal(&given::<FeatureFlag>(history.clone()).state()));
    for command in every_command() {
        let is_done = matches!(
            command,
            Command::Narrow { .. }
                | Command::TurnOff { .. }
                | Command::Hold { .. }
                | Command::Kill
                | Command::Archive
        );
        let code = if matches!(command, Command::Create { .. }) { "key_taken" } else { "flag_archived" };
        let outcome = given::<FeatureFlag>(history.clone()).when(command);
        if is_done {
            outcome.then([]);
        } else {
            assert_eq!(outcome.then_refused().code, code);
        }
    }
}

#[test]
fn p2_every_command_names_its_reverse() {
    let named: Vec<_> = REVERSES.iter().map(|(command, _)| *command).collect();
    let all: Vec<_> = every_command().iter().map(name_of).collect();
    assert_eq!(named, all);
    assert!(REVERSES.iter().all(|(_, reverse)| !reverse.is_empty()));
}
