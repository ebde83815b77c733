//! The rules of a bet, each by its id, and the histories that the tests start from.

mod decision;
mod handoff;
mod planning;
mod property;

use jiff::Timestamp;
use uuid::Uuid;
use verdict_kernel::id::{CommandId, FlagId, RolloutId};
use verdict_kernel::spec::given;

use super::handoff::{Clarity, Item};
use super::metrics::{Direction, MetricTarget, MetricType, Role};
use super::*;

const DAY: i64 = 86_400;

fn day(day: i64) -> Timestamp {
    Timestamp::from_second(day * DAY).unwrap()
}

fn hypothesis(belief: &str) -> Hypothesis {
    Hypothesis { belief: belief.to_owned(), expected_outcome: "more people finish their order".to_owned() }
}

fn proposal(mode: Mode) -> Proposal {
    Proposal {
        title: "One page checkout".to_owned(),
        mode,
        hypothesis: Some(hypothesis("a checkout on one page feels shorter")),
        iteration_limit: DEFAULT_ITERATIONS,
        appetite: None,
    }
}

fn metric(key: &str, role: Role, metric_type: MetricType) -> MetricTarget {
    MetricTarget {
        metric: key.to_owned(),
        role,
        metric_type,
        target: "12.5".to_owned(),
        direction: Direction::Increase,
    }
}

fn metrics() -> Vec<MetricTarget> {
    vec![
        metric("orders", Role::Primary, MetricType::Core),
        metric("add_to_basket", Role::Secondary, MetricType::Leading),
        metric("errors", Role::Guardrail, MetricType::Guardrail),
    ]
}

const fn timebox(start: Timestamp, end: Timestamp) -> Timebox {
    Timebox { start, end }
}

fn rollout(number: u128) -> RolloutId {
    RolloutId::created_by(CommandId::from_uuid(Uuid::from_u128(number)))
}

fn attached(number: u128) -> Attached {
    Attached {
        rollout: rollout(number),
        flag: Some(FlagId::created_by(CommandId::from_uuid(Uuid::from_u128(number)))),
    }
}

fn outside() -> Reach {
    Reach::Outside(rollout(1))
}

fn scale() -> Command {
    Command::Conclude(Some(Decision::Scale { over: false, reach: outside() }))
}

fn assessed(clarity: Clarity) -> impl Iterator<Item = Event> {
    Item::ALL.into_iter().map(move |item| Event::HandoffItemAssessed(item, clarity))
}

/// A bet in shaping, with metrics, timebox and a clear checklist.
fn shaped(mode: Mode) -> Vec<Event> {
    let mut history = vec![
        Event::Proposed(proposal(mode)),
        Event::DiscoveryStarted,
        Event::ShapingStarted,
        Event::MetricsAgreed(metrics()),
        Event::TimeboxSet(timebox(day(0), day(14))),
    ];
    history.extend(assessed(Clarity::Clear));
    history.push(Event::Shaped);
    history
}

fn building(mode: Mode) -> Vec<Event> {
    let mut history = shaped(mode);
    history.push(Event::HandedOff { override_reason: None });
    history
}

fn measuring() -> Vec<Event> {
    let mut history = building(Mode::Scaling);
    history.extend([Event::RolloutAttached(attached(1)), Event::MeasuringStarted]);
    history
}

fn retrospective() -> Vec<Event> {
    let mut history = measuring();
    history.push(Event::TimeboxEnded);
    history
}

fn iterated(iteration: u32, belief: &str) -> Event {
    let from = i64::from(iteration) * 20;
    Event::Iterated(Iteration {
        iteration,
        hypothesis: hypothesis(belief),
        timebox: timebox(day(from), day(from + 14)),
        override_reason: None,
        signal: Some("add_to_basket".to_owned()),
    })
}

/// The retrospective of the cycle that the `iteration`th iteration granted.
fn after_iterations(iterations: u32) -> Vec<Event> {
    let mut history = retrospective();
    for iteration in 1..=iterations {
        history.push(iterated(iteration, &format!("belief of cycle {iteration}")));
        history.extend(assessed(Clarity::Clear));
        history.extend([Event::Shaped, Event::HandedOff { override_reason: None }, Event::TimeboxEnded]);
    }
    history
}

fn phase(history: Vec<Event>) -> Phase {
    given::<Bet>(history).state().known().unwrap().phase
}

/// One history for each phase.
fn in_every_phase() -> Vec<(Phase, Vec<Event>)> {
    let and = |mut history: Vec<Event>, event| {
        history.push(event);
        history
    };
    let killed =
        Event::Killed { reason: KillReason::Disproved, learnings: vec!["people like two pages".to_owned()] };
    let proposed = vec![Event::Proposed(proposal(Mode::Scaling))];
    let discovering = and(proposed.clone(), Event::DiscoveryStarted);
    let rolling_out = and(building(Mode::Scaling), Event::RolloutAttached(attached(1)));
    let scaled = Event::Scaled { override_reason: None };
    vec![
        (Phase::Proposed, proposed.clone()),
        (Phase::Discovering, discovering.clone()),
        (Phase::Shaping, and(discovering, Event::ShapingStarted)),
        (Phase::Shaped, shaped(Mode::Scaling)),
        (Phase::Building, building(Mode::Scaling)),
        (Phase::RollingOut, rolling_out),
        (Phase::Measuring, measuring()),
        (Phase::RetrospectiveDue, retrospective()),
        (Phase::Scaled, and(retrospective(), scaled)),
        (Phase::Killed, and(retrospective(), killed)),
        (Phase::Withdrawn, and(proposed, Event::Withdrawn)),
    ]
}

#[test]
fn every_phase_is_reached_by_its_history() {
    let reached: Vec<Phase> = in_every_phase().into_iter().map(|(_, history)| phase(history)).collect();
    assert_eq!(reached, Phase::ALL);
}

#[test]
fn nothing_but_a_proposal_begins_a_bet() {
    given::<Bet>([])
        .when(Command::Propose(proposal(Mode::Scaling)))
        .then([Event::Proposed(proposal(Mode::Scaling))]);
    let refusal = given::<Bet>([]).when(Command::StartDiscovery).then_refused();
    assert_eq!((refusal.rule, refusal.code), (None, "not_proposed"));
    let again = given::<Bet>(shaped(Mode::Scaling)).when(Command::Propose(proposal(Mode::Scaling)));
    assert_eq!(again.then_refused().code, "already_proposed");
}

/// One letter an answer: . accepted, - nothing to do, S stage skipped, o out of phase, e already exposed,
/// n nothing to reopen, t no timebox, u rollout not attached, p already proposed. The phases are those of [`Phase::ALL`].
#[rustfmt::skip]
fn answers() -> [(Command, &'static str); 19] {
    let slip = Slip {
        new_end: day(21),
        cause: "late".to_owned(),
        trade_off: "less".to_owned(),
        options: vec!["a".to_owned(), "b".to_owned()],
    };
    let rollback = Rollback {
        rollout: rollout(1),
        stage: "beta".to_owned(),
        attempt: 1,
        breach: "b-1".to_owned(),
    };
    let metrics = vec![metric("n", Role::Primary, MetricType::Core)];
    [
        (Command::StartDiscovery, ".-..ooooooo"),
        (Command::StartShaping, "S.-.ooooooo"),
        (Command::MarkShaped, "SS.-ooooooo"),
        (Command::HandOff { override_fuzzy: false }, "SSS.-oooooo"),
        (Command::AttachRollout(attached(2)), "SSSS...oooo"),
        (Command::StartMeasuring, "SSSSS.-oooo"),
        (Command::RecordCost(PersonDays::from_micros(1)), "........ooo"),
        (Command::EndTimebox, "SSSS...-ooo"),
        (scale(), "SSSSS...ooo"),
        (Command::Withdraw(Reach::Team), "........oo-"),
        (Command::Withdraw(outside()), "eeeeeeeeoo-"),
        (Command::Reopen, "nnnnnnn...."),
        (Command::AgreeMetrics(metrics), "....ooooooo"),
        (Command::StateHypothesis(hypothesis("another")), "....ooooooo"),
        (Command::AssessHandoffItem(Item::Problem, Clarity::Fuzzy), "....ooooooo"),
        (Command::SetTimebox(timebox(day(1), day(14))), "....ooooooo"),
        (Command::DeclareSlip(slip), "ttt....oooo"),
        (Command::NoteRollback(rollback), "uuuuu.....u"),
        (Command::Propose(proposal(Mode::Scaling)), "ppppppppppp"),
    ]
}

#[test]
fn every_command_has_an_answer_in_every_phase() {
    let letter = |outcome: Result<Vec<Event>, Refusal>| match outcome {
        Ok(events) if events.is_empty() => '-',
        Ok(_) => '.',
        Err(Refusal::StageSkipped { .. }) => 'S',
        Err(Refusal::OutOfPhase { .. }) => 'o',
        Err(Refusal::SeenOutside(_)) => 'e',
        Err(Refusal::NothingToReopen(_)) => 'n',
        Err(Refusal::TimeboxMissing) => 't',
        Err(Refusal::RolloutNotAttached(_)) => 'u',
        Err(Refusal::AlreadyProposed) => 'p',
        Err(other) => panic!("{other:?}"),
    };
    let issued = Issued { reason: "a slip of the finger".to_owned(), ..Issued::at(day(1)) };
    for (command, expected) in answers() {
        let answer = |(_, history): (Phase, Vec<Event>)| {
            letter(Bet::decide(&given::<Bet>(history).state(), command.clone(), &issued))
        };
        let seen: String = in_every_phase().into_iter().map(answer).collect();
        assert_eq!(seen, expected, "{command:?}");
    }
}
