use proptest::prelude::*;
use verdict_kernel::check::CheckState::{self, Fail, Pass};
use verdict_kernel::clock::plus;
use verdict_kernel::decider::fold;
use verdict_kernel::decision::Ground;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Principal;
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::given;

use super::*;

mod reversing;

fn wanted(key: &str, kind: MetricType) -> Define {
    Define {
        key: key.to_owned(),
        kind,
        unit: "%".to_owned(),
        good: Trend::Increase,
        target: Some(Value::new(40.0).unwrap()),
        baseline: None,
        refresh: None,
        aggregation: Aggregation::Mean,
        leads_to: Vec::new(),
    }
}

fn linked_to(keys: &[&str], from: MetricType) -> Command {
    let leads_to = keys.iter().map(|&key| key.to_owned()).collect();
    Command::Define(Define { leads_to, ..wanted("activation", from) })
}

fn kinds<const N: usize>(of: [(&str, Option<MetricType>); N]) -> Facts {
    Facts { kinds: of.map(|(key, kind)| (key.to_owned(), kind)).into(), rows: None }
}

fn made(wanted: Define) -> Definition {
    let issued = Issued::at(Timestamp::UNIX_EPOCH);
    define(wanted, &Facts::default(), &mut Ruling::of(&issued)).unwrap()
}

fn definition(kind: MetricType) -> Definition {
    made(wanted("activation", kind))
}

fn proof() -> Proof {
    Proof { source: "web".to_owned(), window_end: Timestamp::UNIX_EPOCH }
}

fn goal(target: f64) -> Goal {
    Goal { target: Some(Value::new(target).unwrap()), baseline: None, good: Trend::Increase }
}

fn defined(kind: MetricType) -> Event {
    Event::Defined(definition(kind))
}

fn verified() -> Event {
    Event::InstrumentationVerified(proof())
}

fn revised_to(target: f64, revision: u32) -> Event {
    Event::Revised { revision, goal: goal(target) }
}

#[test]
fn m1_links_that_do_not_lead_upward_are_refused() {
    use MetricType::{Core, Guardrail, Lagging, Leading};
    for (from, to) in [
        (Leading, Leading),
        (Core, Leading),
        (Core, Core),
        (Lagging, Leading),
        (Lagging, Core),
        (Lagging, Lagging),
        (Leading, Guardrail),
        (Core, Guardrail),
        (Guardrail, Core),
        (Guardrail, Guardrail),
    ] {
        given::<Metric>([])
            .knowing(kinds([("other", Some(to))]))
            .when(linked_to(&["other"], from))
            .then_refused_by(RuleId::M1);
    }
}

#[test]
fn m1_every_link_that_is_refused_is_told_and_one_that_nobody_looked_up_stops_it() {
    use MetricType::{Core, Lagging, Leading};
    let blockers = given::<Metric>([])
        .knowing(kinds([("nobody", None), ("churn", Some(Lagging)), ("trials", Some(Leading))]))
        .when(linked_to(&["nobody", "churn", "trials"], Core))
        .then_blocked();
    let told: Vec<_> = blockers.all().map(|refusal| (refusal.rule, refusal.code)).collect();
    let m1 = Some(RuleId::M1);
    assert_eq!(told, [(m1, "metric_link_unknown"), (m1, "metric_link_not_upward")]);
    let refusal = given::<Metric>([]).when(linked_to(&["churn"], Core)).then_refused();
    assert_eq!(refusal.code, "fact_unknown");
}

#[test]
fn m1_links_that_lead_upward_are_accepted() {
    use MetricType::{Core, Lagging, Leading};
    for (from, to) in [(Leading, Core), (Leading, Lagging), (Core, Lagging)] {
        let link = Link { key: "other".to_owned(), kind: to };
        given::<Metric>([])
            .knowing(kinds([("other", Some(to))]))
            .when(linked_to(&["other"], from))
            .then([Event::Defined(Definition { leads_to: vec![link], ..definition(from) })]);
    }
}

#[test]
fn m1_a_link_to_a_metric_that_nobody_defined_is_refused() {
    let refusal = given::<Metric>([])
        .knowing(kinds([("retention", None)]))
        .when(linked_to(&["retention"], MetricType::Leading))
        .then_refused_by(RuleId::M1);
    assert_eq!(refusal.next, "verdict metric define --key retention --type <type> --good <direction>");
}

#[test]
fn m2_a_lagging_metric_gates_nothing() {
    assert!(!MetricType::Lagging.may_gate());
}

#[test]
fn m2_every_other_metric_may_gate() {
    let gates = MetricType::ALL.into_iter().filter(|kind| kind.may_gate());
    let expected = [MetricType::Leading, MetricType::Core, MetricType::Guardrail];
    assert!(gates.eq(expected));
}

#[test]
fn m4_each_type_has_its_own_refresh_and_a_definition_may_choose_another() {
    let minutes = MetricType::ALL.map(|kind| definition(kind).refresh.as_secs() / 60);
    assert_eq!(minutes, [24 * 60, 168 * 60, 720 * 60, 1]);
    let chosen = Define { refresh: Some(Duration::from_mins(5)), ..wanted("errors", MetricType::Guardrail) };
    assert_eq!(made(chosen).refresh, Duration::from_mins(5));
}

#[test]
fn m4_a_stale_observation_never_meets_the_target() {
    let daily = definition(MetricType::Leading);
    let now = plus(Timestamp::UNIX_EPOCH, Duration::from_hours(48));
    let seen = |now| target_met(&daily, Some((Value::new(41.0).unwrap(), Timestamp::UNIX_EPOCH)), now);
    assert_eq!(seen(plus(now, Duration::from_nanos(1))), CheckState::Unknown(Unknown::Stale));
}

#[test]
fn m4_an_observation_of_two_periods_is_accepted_as_meeting_the_target() {
    let daily = definition(MetricType::Leading);
    let now = plus(Timestamp::UNIX_EPOCH, Duration::from_hours(48));
    assert_eq!(target_met(&daily, Some((Value::new(40.0).unwrap(), Timestamp::UNIX_EPOCH)), now), Pass);
}

#[test]
fn clause_24_an_observation_of_a_time_that_is_still_to_come_meets_no_target() {
    let daily = definition(MetricType::Leading);
    let ahead = |hours| plus(Timestamp::UNIX_EPOCH, Duration::from_hours(hours));
    let seen = |end| target_met(&daily, Some((Value::new(40.0).unwrap(), end)), Timestamp::UNIX_EPOCH);
    assert_eq!(seen(ahead(25)), CheckState::Unknown(Unknown::Unhealthy));
    assert_eq!(seen(ahead(24)), Pass);
}

#[test]
fn a_target_is_met_in_the_declared_direction_only() {
    let up = definition(MetricType::Leading);
    let down = Definition { good: Trend::Decrease, ..up.clone() };
    let none = Definition { target: None, ..up.clone() };
    let seen = |definition: &Definition, value: f64| {
        let newest = (Value::new(value).unwrap(), Timestamp::UNIX_EPOCH);
        target_met(definition, Some(newest), Timestamp::UNIX_EPOCH)
    };
    assert_eq!([seen(&up, 39.9), seen(&up, 40.0)], [Fail, Pass]);
    assert_eq!([seen(&down, 40.1), seen(&down, 40.0)], [Fail, Pass]);
    assert_eq!(seen(&none, 1.0), CheckState::Unknown(Unknown::Inconclusive));
    assert_eq!(target_met(&up, None, Timestamp::UNIX_EPOCH), CheckState::Unknown(Unknown::NoData));
}

#[test]
fn m9_activation_before_the_first_real_event_is_refused() {
    for kind in [MetricType::Leading, MetricType::Guardrail] {
        given::<Metric>([defined(kind)]).when(Command::Activate).then_refused_by(RuleId::M9);
    }
    let daily_core = Define { refresh: Some(Duration::from_hours(24)), ..wanted("orders", MetricType::Core) };
    given::<Metric>([Event::Defined(made(daily_core))]).when(Command::Activate).then_refused_by(RuleId::M9);
}

#[test]
fn m9_activation_without_a_proof_is_an_override_by_policy_for_a_person_and_refused_to_a_process() {
    let draft = || given::<Metric>([defined(MetricType::Leading)]);
    for level in [Level::Warn, Level::Observe] {
        let over =
            draft().level(level).when(Command::Activate).then_overrides(RuleId::M9, [Event::Activated]);
        assert_eq!((over.ground, over.code), (Ground::Policy(level), "metric_not_instrumented".to_owned()));
        let by = Principal::process("wind-down");
        let issued = Issued { by, level, ..Issued::at(Timestamp::UNIX_EPOCH) };
        draft().issued(issued).when(Command::Activate).then_refused_by(RuleId::M9);
    }
    let passed = given::<Metric>([defined(MetricType::Leading), Event::Activated]);
    assert!(!passed.state().is_instrumented());
}

#[test]
fn m9_activation_after_the_first_real_event_is_accepted() {
    given::<Metric>([defined(MetricType::Leading), verified()])
        .when(Command::Activate)
        .then([Event::Activated]);
}

#[test]
fn m9_lagging_and_weekly_core_metrics_are_accepted_without_a_proof() {
    for kind in [MetricType::Lagging, MetricType::Core] {
        given::<Metric>([defined(kind)]).when(Command::Activate).then([Event::Activated]);
    }
}

#[test]
fn m9_the_first_event_proves_the_instrumentation_and_a_repeat_is_nothing() {
    let draft = [defined(MetricType::Guardrail)];
    given::<Metric>(draft.clone()).when(Command::VerifyInstrumentation(proof())).then([verified()]);
    for history in [vec![draft[0].clone(), verified()], vec![draft[0].clone(), verified(), Event::Activated]]
    {
        assert!(fold::<Metric>(&history).is_instrumented());
        given::<Metric>(history)
            .when(Command::VerifyInstrumentation(Proof { source: "other".to_owned(), ..proof() }))
            .then([]);
    }
}

#[test]
fn m9_an_exempt_metric_is_still_proven_by_its_first_event() {
    let exempt = [defined(MetricType::Lagging), Event::Activated];
    assert!(!fold::<Metric>(&exempt).is_instrumented());
    let after = given::<Metric>(exempt).when(Command::VerifyInstrumentation(proof())).then_state();
    assert_eq!((after.name(), after.is_instrumented()), ("active", true));
}

#[test]
fn the_same_definition_again_is_a_repeat_and_another_one_is_refused() {
    let kind = MetricType::Leading;
    let history = [defined(kind), revised_to(50.0, 2)];
    // The revised target is what counts now: defining the first one again does not bring it back.
    given::<Metric>([defined(kind)]).when(Command::Define(wanted("activation", kind))).then([]);
    for other in [wanted("activation", kind), wanted("activation", MetricType::Core)] {
        let refusal = given::<Metric>(history.clone()).when(Command::Define(other)).then_refused();
        assert_eq!(refusal.code, "metric_already_defined");
    }
    // With a link it is another one, and that is all there is to say, whatever the link is.
    for other in [None, Some(MetricType::Core), Some(MetricType::Leading)] {
        let blockers = given::<Metric>([defined(kind)])
            .knowing(kinds([("other", other)]))
            .when(linked_to(&["other"], kind))
            .then_blocked();
        assert_eq!((blockers.first().code, blockers.others()), ("metric_already_defined", &[][..]));
    }
}

#[test]
fn a_revision_is_numbered_and_an_equal_goal_is_a_repeat() {
    let history = [defined(MetricType::Core), revised_to(50.0, 2)];
    given::<Metric>(history.clone()).when(Command::Revise(goal(60.0))).then([revised_to(60.0, 3)]);
    given::<Metric>(history).when(Command::Revise(goal(50.0))).then([]);
}

#[test]
fn a_restored_metric_is_where_it_was() {
    for before in [
        vec![defined(MetricType::Leading)],
        vec![defined(MetricType::Leading), verified()],
        vec![defined(MetricType::Leading), verified(), Event::Activated],
    ] {
        let mut history = before.clone();
        history.extend([Event::Retired, Event::Restored]);
        assert_eq!(fold::<Metric>(&history), fold::<Metric>(&before));
    }
}

#[test]
fn each_command_is_decided_in_each_state() {
    let undefined: Vec<Event> = vec![];
    let draft = vec![defined(MetricType::Leading)];
    let retired = vec![defined(MetricType::Leading), Event::Retired];
    for command in [
        Command::VerifyInstrumentation(proof()),
        Command::Activate,
        Command::Revise(goal(1.0)),
        Command::Retire,
        Command::Restore,
        Command::RetractObservations(retraction()),
    ] {
        let refusal = given::<Metric>(undefined.clone()).when(command).then_refused();
        assert_eq!(refusal.code, "metric_undefined");
    }
    for command in [Command::VerifyInstrumentation(proof()), Command::Activate, Command::Revise(goal(1.0))] {
        let refusal = given::<Metric>(retired.clone()).when(command).then_refused();
        assert_eq!(refusal.code, "metric_retired");
    }
    given::<Metric>(draft.clone()).when(Command::Retire).then([Event::Retired]);
    given::<Metric>(draft).when(Command::Restore).then([]);
    given::<Metric>(retired.clone()).when(Command::Retire).then([]);
    given::<Metric>(retired).when(Command::Restore).then([Event::Restored]);
    given::<Metric>([defined(MetricType::Lagging), Event::Activated]).when(Command::Activate).then([]);
}

fn retraction() -> Retraction {
    let at = |minute| plus(Timestamp::UNIX_EPOCH, Duration::from_mins(minute));
    Retraction { source: "web-1".to_owned(), from: at(1), to: at(5) }
}

fn gone(rows: u32) -> Facts {
    Facts { rows: Some(rows), ..Facts::default() }
}

#[test]
fn m14_observations_taken_back_with_a_reason_are_accepted_whatever_became_of_the_metric() {
    let reason = "wrong unit".to_owned();
    let retracted = Event::ObservationsRetracted { retraction: retraction(), rows: 4, reason };
    let live = vec![defined(MetricType::Leading), verified()];
    for history in [live.clone(), [live, vec![Event::Retired]].concat()] {
        let before = fold::<Metric>(&history);
        let outcome = given::<Metric>(history.clone()).because("wrong unit").knowing(gone(4));
        outcome.when(Command::RetractObservations(retraction())).then([retracted.clone()]);
        assert_eq!(fold::<Metric>(&[history, vec![retracted.clone()]].concat()), before);
    }
}

#[test]
fn m14_observations_are_refused_to_be_taken_back_without_a_reason_or_over_no_time() {
    let live = || [defined(MetricType::Leading)];
    given::<Metric>(live()).when(Command::RetractObservations(retraction())).then_refused_by(RuleId::M14);
    let nothing = Retraction { to: retraction().from, ..retraction() };
    let refusal = given::<Metric>(live())
        .because("wrong unit")
        .when(Command::RetractObservations(nothing))
        .then_refused_by(RuleId::M14);
    assert_eq!(refusal.code, "retraction_of_nothing");
}

#[test]
fn m14_a_retraction_over_no_time_and_without_a_reason_is_refused_for_both() {
    let nothing = Retraction { to: retraction().from, ..retraction() };
    let history = [defined(MetricType::Leading)];
    let blockers =
        given::<Metric>(history.clone()).when(Command::RetractObservations(nothing)).then_blocked();
    let told: Vec<_> = blockers.all().map(|refusal| (refusal.rule, refusal.code)).collect();
    let m14 = Some(RuleId::M14);
    assert_eq!(told, [(m14, "retraction_of_nothing"), (m14, "reason_missing")]);
    // Without the rows being counted nothing is said of them.
    let uncounted = given::<Metric>(history).because("wrong unit");
    let refusal = uncounted.when(Command::RetractObservations(retraction())).then_refused();
    assert_eq!(refusal.code, "fact_unknown");
}

#[test]
fn p2_every_command_names_its_reverse() {
    let name = |command: Command| match command {
        Command::Define(_) => "Define",
        Command::VerifyInstrumentation(_) => "VerifyInstrumentation",
        Command::Activate => "Activate",
        Command::Revise(_) => "Revise",
        Command::Retire => "Retire",
        Command::Restore => "Restore",
        Command::RetractObservations(_) => "RetractObservations",
    };
    let all = [
        Command::Define(wanted("a", MetricType::Core)),
        Command::VerifyInstrumentation(proof()),
        Command::Activate,
        Command::Revise(goal(1.0)),
        Command::Retire,
        Command::Restore,
        Command::RetractObservations(retraction()),
    ]
    .map(name);
    assert!(REVERSES.iter().map(|(command, _)| *command).eq(all));
}

fn any_command() -> impl Strategy<Value = Command> {
    let kinds = prop::sample::select(MetricType::ALL.to_vec());
    prop_oneof![
        kinds.prop_map(|kind| Command::Define(wanted("activation", kind))),
        Just(Command::VerifyInstrumentation(proof())),
        Just(Command::Activate),
        (0.0..3.0_f64).prop_map(|target| Command::Revise(goal(target.round()))),
        Just(Command::Retire),
        Just(Command::Restore),
        Just(Command::RetractObservations(retraction())),
    ]
}

proptest! {
    #[test]
    fn m1_no_chain_of_links_returns_to_its_start(chain in prop::collection::vec(prop::sample::select(MetricType::ALL.to_vec()), 2..6)) {
        let legal = chain.windows(2).all(|pair| pair[0].may_lead_to(pair[1]));
        prop_assert!(!(legal && chain.first() == chain.last()));
    }

    #[test]
    fn p2_commands_only_add_to_the_history(commands in prop::collection::vec(any_command(), 0..20)) {
        let issued = Issued::at(Timestamp::UNIX_EPOCH);
        let mut history: Vec<Event> = Vec::new();
        for command in commands {
            let state = fold::<Metric>(&history);
            let added = Metric::decide(&state, command, &gone(1), &issued).map_or_else(|_| Vec::new(), |it| it.events);
            let after = added.iter().fold(state, Metric::evolve);
            history.extend(added);
            prop_assert_eq!(fold::<Metric>(&history), after);
        }
        let definitions = history.iter().filter(|event| matches!(event, Event::Defined(_))).count();
        prop_assert!(definitions <= 1);
    }
}
