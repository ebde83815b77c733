//! What is remembered of a process that rings, waits for an answer, and reports at last.

use super::*;
use crate::clock::SignedDuration;
use crate::spec::process::{given, noted, passed, recorded, refused};

/// When it was raised, and the moments of what was noted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Alarm {
    raised: Option<(Timestamp, Moment)>,
    /// Whether it had been rung when the answer came.
    answered: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fact {
    Raised(Timestamp),
    Answered,
}

struct Alarms;

impl Process for Alarms {
    const NAME: &'static str = "alarms";
    type Known = Alarm;
    type Fact = Fact;
    type Action = ();

    fn learn(known: Alarm, fact: &Fact, past: &Past) -> Alarm {
        match fact {
            Fact::Raised(at) => Alarm { raised: Some((*at, past.now())), ..known },
            Fact::Answered => Alarm { answered: Some(past.is_recorded("ring", 1)), ..known },
        }
    }

    fn next(known: &Alarm, past: &Past) -> Next<()> {
        let Some((at, since)) = known.raised else {
            return Next::nothing();
        };
        if known.answered.is_some() || past.has_passed("answer", since) {
            return past.in_order([Step::new("ring", 1, ()), Step::new("report", 1, ())]);
        }
        Next { steps: vec![Step::new("ring", 1, ())], deadlines: vec![("answer", at)], over: false }
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second)
}

fn raised(second: i64) -> Progress<Fact> {
    noted(Fact::Raised(at(second)))
}

fn set(second: i64) -> Progress<Fact> {
    Progress::DeadlineSet { name: "answer".to_owned(), due: at(second) }
}

fn memory(history: &[Progress<Fact>]) -> Memory<Alarms> {
    Memory::default().after(history)
}

#[test]
fn a_step_is_due_until_it_is_recorded_whatever_it_came_to() {
    let raised = given::<Alarms>([raised(9)]);
    raised.then_due([("ring", 1)]);
    raised.and([recorded("ring", 1)]).then_due([]).then_until([("answer", at(9))]).then_stays();
    raised.and([refused("ring", 1, "no")]).then_due([]);
    raised.and([recorded("ring", 2)]).then_due([("ring", 1)]);
}

#[test]
fn steps_in_order_wait_for_each_other_and_end_with_the_last() {
    let late = given::<Alarms>([raised(9), passed("answer")]);
    late.then_due([("ring", 1)]);
    let rung = late.and([refused("ring", 1, "no")]);
    rung.then([Step::new("report", 1, ())]).then_stays();
    rung.and([recorded("report", 1)]).then_due([]).then_over();
}

#[test]
fn a_deadline_counts_from_the_fact_that_asks_for_it() {
    given::<Alarms>([passed("answer"), raised(9)]).then_until([("answer", at(9))]);
    given::<Alarms>([raised(9), passed("answer"), raised(12)]).then_until([("answer", at(12))]);
}

#[test]
fn a_fact_is_learned_with_what_was_written_before_it() {
    let answer = || noted(Fact::Answered);
    assert_eq!(memory(&[recorded("ring", 1), answer()]).known.answered, Some(true));
    assert_eq!(memory(&[answer(), recorded("ring", 1)]).known.answered, Some(false));
}

#[test]
fn what_has_ended_is_over() {
    given::<Alarms>([raised(9), Progress::Ended, raised(12)]).then_due([]).then_until([]).then_over();
}

#[test]
fn a_deadline_begins_with_what_asks_for_it_and_again_at_another_time() {
    let begun = Memory::<Alarms>::default().with_consequences(vec![raised(9)]);
    assert_eq!(begun, [raised(9), set(9)]);
    assert_eq!(memory(&begun).with_consequences(vec![raised(9)]), [raised(9)]);
    assert_eq!(memory(&begun).with_consequences(vec![raised(12)]), [raised(12), set(12)]);
}

#[test]
fn a_deadline_that_passed_runs_again_only_at_another_time() {
    let running = |history: &[Progress<Fact>]| {
        let memory = memory(history);
        memory.past().running(&memory.next().deadlines)
    };
    let mut history = vec![raised(9), set(9), passed("answer"), raised(9)];
    assert_eq!(memory(&history).next().deadlines, [("answer", at(9))]);
    assert_eq!(running(&history), []);
    history.extend([raised(12), set(12)]);
    assert_eq!(running(&history), [("answer", at(12))]);
    let past = memory(&history).past().clone();
    let both = [("other", at(15)), ("answer", at(12))];
    assert_eq!(past.running(&both), [both[1], both[0]], "soonest first");
}

#[test]
fn the_end_is_written_once_with_what_leads_to_it() {
    let last = || vec![recorded("report", 1)];
    let before = memory(&[raised(9), noted(Fact::Answered), recorded("ring", 1)]);
    let written = before.with_consequences(last());
    assert_eq!(written, [recorded("report", 1), Progress::Ended]);
    assert_eq!(before.after(&written).with_consequences(last()), last());
}

#[test]
fn the_past_answers_by_attempt_and_since_a_moment() {
    let mut past = Past::default();
    let note = |past: &mut Past, progress: Progress<Fact>| past.note(&progress);
    note(&mut past, refused("ring", 1, "no"));
    note(&mut past, recorded("ring", 2));
    assert_eq!(past.outcome("ring", 1), Some(&Outcome::Refused("no".to_owned())));
    assert_eq!((past.outcome("ring", 2), past.outcome("ring", 3)), (Some(&Outcome::Done), None));
    let attempts: Vec<_> = past.records("ring").iter().map(|record| record.attempt).collect();
    assert_eq!(attempts, [1, 2]);
    assert!(past.records("ring")[0].at < past.now() && past.records("ring")[1].at == past.now());
    let begun = Moment::default();
    note(&mut past, passed("answer"));
    let between = past.now();
    note(&mut past, passed("answer"));
    assert_eq!((past.times_passed("answer", begun), past.times_passed("answer", between)), (2, 1));
    assert!(!past.has_passed("answer", past.now()));
}
