//! The rules of a bet, each by its id, and the histories that the tests start from.

mod decision;
mod handoff;
mod planning;
mod property;

use jiff::Timestamp;
use uuid::Uuid;
use verdict_kernel::check::CheckState;
use verdict_kernel::id::{CommandId, FlagId, RolloutId};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::given;

use super::handoff::{Clarity, Item};
use super::metrics::{Direction, MetricTarget, Role, Wish};
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

const fn scale(over: bool) -> Command {
    Command::Conclude(Some(Decision::Scale { over }))
}

/// The metrics as somebody asks for them, without their types.
fn agree(metrics: &[MetricTarget]) -> Command {
    let wish = |target: &MetricTarget| {
        let MetricTarget { metric, role, metric_type: _, target, direction } = target.clone();
        Wish { metric, role, believed: None, target, direction }
    };
    Command::AgreeMetrics(metrics.iter().map(wish).collect())
}

/// What the owner of the metrics says of them.
fn types(metrics: &[MetricTarget]) -> Facts {
    let of = |target: &MetricTarget| (target.metric.clone(), target.metric_type);
    Facts { metric_types: metrics.iter().map(of).collect(), ..Facts::default() }
}

fn attach(number: u128) -> Command {
    Command::AttachRollout { rollout: rollout(number), flag: None }
}

fn exposing(attached: Attached) -> Facts {
    Facts { attached: Some(attached), ..Facts::default() }
}

fn reaching(reach: Reach) -> Facts {
    Facts { reach: Some(reach), ..Facts::default() }
}

fn saying(target_met: CheckState) -> Facts {
    let signal = Signal { metric: "add_to_basket".to_owned(), target_met };
    Facts { signals: Some(vec![signal]), ..Facts::default() }
}

/// The rules of everything that stands in the way.
fn rules(blockers: &Blockers) -> Vec<RuleId> {
    blockers.all().filter_map(|refusal| refusal.rule).collect()
}

fn codes(blockers: &Blockers) -> Vec<&'static str> {
    blockers.all().map(|refusal| refusal.code).collect()
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
    history.push(Event::HandedOff);
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
        signal: Some("add_to_basket".to_owned()),
    })
}

/// The retrospective of the cycle that the `iteration`th iteration granted.
fn after_iterations(iterations: u32) -> Vec<Event> {
    let mut history = retrospective();
    for iteration in 1..=iterations {
        history.push(iterated(iteration, &format!("belief of cycle {iteration}")));
        history.extend(assessed(Clarity::Clear));
        history.extend([Event::Shaped, Event::HandedOff, Event::TimeboxEnded]);
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
    let scaled = Event::Scaled;
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
fn answers() -> [(Command, Facts, &'static str); 19] {
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
    let metrics = [metric("n", Role::Primary, MetricType::Core)];
    let none = Facts::default;
    [
        (Command::StartDiscovery, none(), ".-..ooooooo"),
        (Command::StartShaping, none(), "S.-.ooooooo"),
        (Command::MarkShaped, none(), "SS.-ooooooo"),
        (Command::HandOff { override_fuzzy: false }, none(), "SSS.-oooooo"),
        (attach(2), exposing(attached(2)), "SSSS...oooo"),
        (Command::StartMeasuring, none(), "SSSSS.-oooo"),
        (Command::RecordCost(PersonDays::from_micros(1)), none(), "........ooo"),
        (Command::EndTimebox, none(), "SSSS...-ooo"),
        (scale(false), reaching(outside()), "SSSSS...ooo"),
        (Command::Withdraw, reaching(Reach::Team), "........oo-"),
        (Command::Withdraw, reaching(outside()), "eeeeeeeeoo-"),
        (Command::Reopen, none(), "nnnnnnn...."),
        (agree(&metrics), types(&metrics), "....ooooooo"),
        (Command::StateHypothesis(hypothesis("another")), none(), "....ooooooo"),
        (Command::AssessHandoffItem(Item::Problem, Clarity::Fuzzy), none(), "....ooooooo"),
        (Command::SetTimebox(timebox(day(1), day(14))), none(), "....ooooooo"),
        (Command::DeclareSlip(slip), none(), "ttt....oooo"),
        (Command::NoteRollback(rollback), none(), "uuuuu.....u"),
        (Command::Propose(proposal(Mode::Scaling)), none(), "ppppppppppp"),
    ]
}

#[test]
fn every_command_has_an_answer_in_every_phase() {
    let letter = |outcome: Ruled| match outcome {
        Ok(decision) if decision.events.is_empty() => '-',
        Ok(_) => '.',
        Err(blockers) => match blockers.first().code {
            "stage_skipped" => 'S',
            "out_of_phase" => 'o',
            "seen_outside" => 'e',
            "nothing_to_reopen" => 'n',
            "timebox_missing" => 't',
            "rollout_not_attached" => 'u',
            "already_proposed" => 'p',
            other => panic!("{other}"),
        },
    };
    let issued = Issued { reason: "a slip of the finger".to_owned(), ..Issued::at(day(1)) };
    for (command, facts, expected) in answers() {
        let answer = |(_, history): (Phase, Vec<Event>)| {
            letter(Bet::decide(&given::<Bet>(history).state(), command.clone(), &facts, &issued))
        };
        let seen: String = in_every_phase().into_iter().map(answer).collect();
        assert_eq!(seen, expected, "{command:?}");
    }
}

#[test]
fn a_fact_that_was_not_asked_is_never_a_yes() {
    let iterate = Decision::Iterate {
        hypothesis: Some(hypothesis("another")),
        timebox: Some(timebox(day(80), day(94))),
        over: true,
    };
    for (history, command, what) in [
        (shaped(Mode::Scaling), agree(&metrics()), "the type of the metric"),
        (building(Mode::Scaling), attach(1), "the flag that the rollout exposes"),
        (retrospective(), scale(true), "how far the rollouts of the bet got"),
        (retrospective(), Command::Withdraw, "how far the rollouts of the bet got"),
        (retrospective(), Command::Conclude(Some(iterate)), "what the leading metrics of the bet say"),
    ] {
        let refusal = given::<Bet>(history).because("we are sure").when(command).then_refused();
        assert_eq!((refusal.code, &*refusal.required), ("fact_unknown", what));
    }
    // What was asked of another rollout says nothing of this one.
    let other = given::<Bet>(building(Mode::Scaling)).knowing(exposing(attached(2))).when(attach(1));
    assert_eq!(other.then_refused().code, "fact_unknown");
}
