//! The sink, given a history, when a command comes, then what.

use verdict_kernel::spec::given;

use super::*;

fn target(place: &str) -> Target {
    Target { place: place.into(), sealed: Sealed(format!("sealed {place}")) }
}

fn definition() -> Definition {
    Definition {
        format: Format::Standard,
        target: target("https://hooks.example"),
        secret: Sealed("first".into()),
        kinds: vec![Kind::Breach],
    }
}

fn defined() -> Event {
    Event::Defined(definition())
}

fn failure(letter: &str) -> Failure {
    Failure {
        letter: letter.into(),
        kind: Some(Kind::Breach),
        sources: vec![Source { stream: "metrics.guardrail-G".into(), revision: 3 }],
        attempts: 12,
        why: "answered 500".into(),
    }
}

fn failed(letter: &str) -> Event {
    Event::Failed(failure(letter))
}

fn paused() -> Event {
    Event::Paused { cause: PauseCause::Gone, reason: "answered 410".into() }
}

fn requested(letters: &[&str]) -> Event {
    Event::RedeliveryRequested { letters: letters.iter().map(ToString::to_string).collect() }
}

fn redeliver(letters: &[&str]) -> Command {
    Command::Redeliver { letters: letters.iter().map(ToString::to_string).collect() }
}

fn removed() -> Event {
    Event::Removed { reason: "because".into() }
}

#[test]
fn a_sink_is_defined_once() {
    given::<Sink>([]).when(Command::Define(definition())).then([defined()]);
    let refusal = given::<Sink>([defined()]).when(Command::Define(definition())).then_refused();
    assert_eq!(refusal.code, "sink_already_defined");
    let refusal = given::<Sink>([]).when(Command::Resume).then_refused();
    assert_eq!(refusal.code, "sink_absent");
}

#[test]
fn a_move_keeps_the_secret_and_what_is_dead() {
    given::<Sink>([defined(), failed("a")])
        .when(Command::Move(target("https://new.example")))
        .then([Event::Moved(target("https://new.example"))]);
    let state = given::<Sink>([defined(), failed("a"), Event::Moved(target("https://new.example"))]).state();
    let sink = state.sink().unwrap();
    assert_eq!(sink.definition.target, target("https://new.example"));
    assert_eq!((&sink.definition.secret.0[..], sink.letters.len()), ("first", 1));
}

#[test]
fn after_a_rotation_two_secrets_sign_for_a_day_and_then_one() {
    let at = Timestamp::UNIX_EPOCH;
    let rotated = Event::Rotated { secret: Sealed("second".into()), overlap_until: plus(at, OVERLAP) };
    given::<Sink>([defined()])
        .at(at)
        .when(Command::RotateSecret { secret: Sealed("second".into()) })
        .then([rotated.clone()]);
    let state = given::<Sink>([defined(), rotated]).state();
    let secrets = |after: Duration| {
        let secrets = state.sink().unwrap().secrets(plus(at, after));
        secrets.into_iter().map(|secret| secret.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(secrets(OVERLAP.saturating_sub(Duration::from_secs(1))), ["second", "first"]);
    assert_eq!(secrets(OVERLAP), ["second"]);
}

#[test]
fn p2_a_pause_and_a_removal_need_a_reason() {
    for command in [Command::Pause(PauseCause::Person), Command::Remove] {
        let refusal = given::<Sink>([defined()]).because(" ").when(command).then_refused_by(RuleId::P2);
        assert_eq!(refusal.code, "reason_missing");
    }
    given::<Sink>([defined()])
        .because("answered 410")
        .when(Command::Pause(PauseCause::Gone))
        .then([paused()]);
    given::<Sink>([defined(), paused()]).because("again").when(Command::Pause(PauseCause::Person)).then([]);
}

#[test]
fn p2_a_pause_is_taken_back_by_a_resume() {
    let resumed = Event::Resumed { reason: "it is back".into() };
    given::<Sink>([defined(), paused()]).because("it is back").when(Command::Resume).then([resumed.clone()]);
    given::<Sink>([defined()]).when(Command::Resume).then([]);
    let before = given::<Sink>([defined(), failed("a")]).state();
    assert_eq!(given::<Sink>([defined(), failed("a"), paused(), resumed]).state(), before);
}

#[test]
fn a_removed_sink_takes_nothing_any_more() {
    given::<Sink>([defined()]).because("because").when(Command::Remove).then([removed()]);
    given::<Sink>([defined(), removed()]).when(Command::Remove).then([]);
    for command in [Command::Resume, redeliver(&[]), Command::GiveUp(failure("a"))] {
        let refusal = given::<Sink>([defined(), removed()]).when(command).then_refused();
        assert_eq!(refusal.code, "sink_removed");
    }
}

#[test]
fn what_was_given_up_is_a_dead_letter_until_it_was_delivered() {
    given::<Sink>([defined()]).when(Command::GiveUp(failure("a"))).then([failed("a")]);
    given::<Sink>([defined(), failed("a")]).when(Command::GiveUp(failure("a"))).then([]);
    let delivered = Event::Delivered { letter: "a".into() };
    given::<Sink>([defined(), failed("a")])
        .when(Command::Deliver { letter: "a".into() })
        .then([delivered.clone()]);
    given::<Sink>([defined()]).when(Command::Deliver { letter: "a".into() }).then([]);
    let state = given::<Sink>([defined(), failed("a"), failed("b"), delivered]).state();
    let left: Vec<_> = state.sink().unwrap().letters.iter().map(|letter| &letter.failure.letter).collect();
    assert_eq!(left, ["b"]);
}

#[test]
fn a_dead_letter_is_asked_for_again_by_its_id_or_with_all_of_them() {
    let history = [defined(), failed("a"), failed("b")];
    given::<Sink>(history.clone()).when(redeliver(&["b"])).then([requested(&["b"])]);
    given::<Sink>(history.clone()).when(redeliver(&[])).then([requested(&["a", "b"])]);
    let asked = history.into_iter().chain([requested(&["b"])]).collect::<Vec<_>>();
    given::<Sink>(asked.clone()).when(redeliver(&[])).then([requested(&["a"])]);
    given::<Sink>(asked.clone()).when(redeliver(&["b"])).then([]);
    let refusal = given::<Sink>(asked.clone()).when(redeliver(&["c"])).then_refused();
    assert_eq!((refusal.code, &*refusal.seen), ("letter_unknown", "c"));
    // It failed again, so that it is dead again.
    let again = asked.into_iter().chain([failed("b")]).collect::<Vec<_>>();
    given::<Sink>(again).when(redeliver(&["b"])).then([requested(&["b"])]);
}

#[test]
fn the_oldest_dead_letter_makes_room() {
    let many = (0..=MOST_LETTERS).map(|number| failed(&number.to_string()));
    let state = given::<Sink>(std::iter::once(defined()).chain(many)).state();
    let letters = &state.sink().unwrap().letters;
    assert_eq!((letters.len(), letters[0].failure.letter.as_str()), (MOST_LETTERS, "1"));
}

#[test]
fn a_sink_without_kinds_wants_all_of_them() {
    let sink = |kinds| {
        let defined = Event::Defined(Definition { kinds, ..definition() });
        given::<Sink>([defined]).state().sink().unwrap().clone()
    };
    assert!(Kind::ALL.into_iter().all(|kind| sink(Vec::new()).wants(kind)));
    assert!(sink(vec![Kind::Kill]).wants(Kind::Kill) && !sink(vec![Kind::Kill]).wants(Kind::Hold));
}
