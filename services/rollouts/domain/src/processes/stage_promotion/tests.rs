use verdict_kernel::clock::plus;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::Progress;
use verdict_kernel::spec::process::{Given, given, noted, passed, recorded, refused};

use super::*;

const HOUR: Duration = Duration::from_hours(1);

fn t(after: Duration) -> Timestamp {
    plus(Timestamp::UNIX_EPOCH, after)
}

fn rollout() -> RolloutId {
    RolloutId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_URL, "rollout"))
}

fn flag() -> FlagId {
    FlagId::created_by(CommandId::derive(uuid::Uuid::NAMESPACE_URL, "flag"))
}

fn leg(step: usize, next: Move) -> Leg {
    Leg { step, next }
}

/// A note of the second step of the stage.
fn second() -> Note {
    Note { leg: leg(1, Move::Stage(StageName::ALPHA)), ..note() }
}

fn note() -> Note {
    Note {
        rollout: rollout(),
        flag: flag(),
        stage: StageName::INTERNAL,
        stage_index: 0,
        attempt: 1,
        leg: leg(0, Move::Stage(StageName::ALPHA)),
        exposure: Audience::members(["ann"]),
        soaked_at: t(HOUR * 24),
        overdue_at: Some(t(HOUR * 72)),
        automatic: true,
        rollout_revision: 3,
        releases: Vec::new(),
        flag_version: 1,
    }
}

fn stage(note: Note) -> Progress<Fact> {
    noted(Fact::StageNoted(Box::new(note)))
}

fn gate(open: bool) -> Progress<Fact> {
    noted(Fact::GateNoted { open })
}

fn stopped(stop: Stop) -> Progress<Fact> {
    noted(Fact::Stopped(stop))
}

fn by_hand(what: ByHand) -> Progress<Fact> {
    noted(Fact::FlagNoted { rollout: rollout(), what, event: "event-1".to_owned() })
}

fn exposed() -> Given<StagePromotion> {
    given([stage(note()), recorded("expose", 1)])
}

/// Exposed, soaked and asked.
fn asked() -> Given<StagePromotion> {
    exposed().and([passed("soak")])
}

/// And answered.
fn answered(open: bool) -> Given<StagePromotion> {
    asked().and([recorded("evaluate", 1), gate(open)])
}

#[test]
fn an_entered_stage_is_exposed_first_and_then_soaks() {
    given::<StagePromotion>([stage(note())]).then([Step::new("expose", 1, Action::Expose(Box::new(note())))]);
    exposed().then([]).then_until([("soak", t(HOUR * 24)), ("maximum", t(HOUR * 72))]);
}

/// Somebody may have cut the exposure while nobody watched.
#[test]
fn r15_a_step_that_only_goes_on_is_not_exposed_again_and_one_that_was_never_shown_is() {
    let later = || stage(Note { soaked_at: t(HOUR * 30), rollout_revision: 5, ..note() });
    let paused = || stopped(Stop::Paused);
    let on = exposed().and([paused(), later()]);
    on.then([]).then_until([("soak", t(HOUR * 30)), ("maximum", t(HOUR * 72))]);
    on.and([later()]).then([]);
    given::<StagePromotion>([stage(note()), paused(), later()]).then_due([("expose", 2)]);
    exposed().and([stage(second())]).then_due([("expose", 2)]);
}

#[test]
fn r24_what_was_not_shown_when_the_flag_was_turned_off_or_killed_is_never_shown() {
    let releasing = || stage(Note { releases: vec!["breach-1".to_owned()], ..note() });
    for what in [ByHand::TurnedOff, ByHand::Killed, ByHand::CutBack] {
        let off = given::<StagePromotion>([releasing(), by_hand(what)]);
        off.then([]).then_stays();
        // Whoever watches again knows nothing of it yet.
        let watched = off.and([stage(Note { rollout_revision: 5, ..note() })]);
        watched.then([]);
        // A step through its gate.
        watched.and([stage(second())]).then_due([("expose", 3)]);
        answered(true).and([by_hand(what)]).then([]);
    }
    given::<StagePromotion>([stage(note()), by_hand(ByHand::Undone)]).then_due([("expose", 1)]);
}

#[test]
fn the_end_of_the_soak_asks_the_gate_once() {
    asked().then_due([("evaluate", 1)]);
    answered(false).then([]);
}

#[test]
fn an_open_gate_promotes_where_the_platform_does() {
    let enter = Action::EnterStage { rollout: rollout(), stage: StageName::ALPHA };
    answered(true).then([Step::new("enter", 1, enter)]);
    let manual = Note { automatic: false, ..note() };
    let soaked = [stage(manual), recorded("expose", 1), passed("soak"), recorded("evaluate", 1), gate(true)];
    given::<StagePromotion>(soaked).then([]);
}

#[test]
fn the_way_on_is_a_step_a_stage_or_the_end() {
    for (next, name) in [(Move::Step(1), "advance"), (Move::Complete, "complete")] {
        let begun = [stage(Note { leg: leg(0, next), ..note() }), recorded("expose", 1), passed("soak")];
        given::<StagePromotion>(begun).and([recorded("evaluate", 1), gate(true)]).then_due([(name, 1)]);
    }
}

#[test]
fn evidence_after_the_soak_asks_again_and_before_it_waits() {
    let evidence = || noted(Fact::EvidenceNoted { kind: "open_p0_bugs".to_owned() });
    exposed().and([evidence()]).then([]);
    answered(false).and([evidence()]).then_due([("evaluate", 2)]);
}

#[test]
fn a_shut_gate_is_asked_again_after_growing_waits() {
    let mut shut = answered(false);
    for (attempt, minutes) in [(2, 15), (3, 45), (4, 105)] {
        let soak = t(HOUR * 24 + Duration::from_mins(minutes));
        shut.then_until([("soak", soak), ("maximum", t(HOUR * 72))]);
        shut = shut.and([passed("soak"), recorded("evaluate", attempt), gate(false)]);
    }
}

#[test]
fn a_promotion_that_is_refused_is_tried_again_with_the_next_answer() {
    let shut = answered(true).and([refused("enter", 1, "gate_shut")]);
    shut.then([]);
    shut.and([passed("soak"), recorded("evaluate", 2), gate(true)]).then_due([("enter", 2)]);
}

#[test]
fn r3_a_stage_beyond_its_maximum_is_marked_once() {
    let late = answered(false).and([passed("maximum")]);
    late.then_due([("overdue", 1)]);
    let marked = late.and([recorded("overdue", 1)]);
    marked.then([]);
    assert_eq!(marked.next().deadlines.len(), 1);
}

#[test]
fn r3_a_stage_that_was_extended_is_marked_again_at_its_new_maximum() {
    let marked = answered(false).and([passed("maximum"), recorded("overdue", 1)]);
    let longer = Note { overdue_at: Some(t(HOUR * 96)), rollout_revision: 5, ..note() };
    let extended = marked.and([stage(longer.clone())]);
    // It is exposed already.
    extended.then_due([("evaluate", 2)]).then_until([("maximum", t(HOUR * 96))]);
    // A command of its own.
    extended.and([passed("maximum")]).then_due([("evaluate", 2), ("overdue", 2)]);
    let same = Note { overdue_at: note().overdue_at, ..longer };
    marked.and([stage(same)]).then_due([("evaluate", 2)]).then_until([]);
}

#[test]
fn a_further_step_is_exposed_and_soaks_anew() {
    let second = Note { rollout_revision: 4, soaked_at: t(HOUR * 48), ..second() };
    let further = answered(true).and([recorded("enter", 1), stage(second.clone())]);
    further.then([Step::new("expose", 2, Action::Expose(Box::new(second)))]);
    let exposed = further.and([recorded("expose", 2)]);
    exposed.then([]).then_until([("soak", t(HOUR * 48)), ("maximum", t(HOUR * 72))]);
    exposed.and([passed("soak")]).then_due([("evaluate", 2)]);
}

#[test]
fn r11_a_resumed_rollout_releases_exactly_what_it_answered_before_it_exposes() {
    let resumed = Note { releases: vec!["breach-1".to_owned(), "breach-2".to_owned()], ..note() };
    let mut held = given::<StagePromotion>([stage(resumed)]);
    for (cause, attempt) in [("breach-1", 1001), ("breach-2", 1002)] {
        let release = Action::ReleaseHold { flag: flag(), cause: cause.to_owned() };
        held.then([Step::new("release_hold", attempt, release)]);
        held = held.and([recorded("release_hold", attempt)]);
    }
    held.then_due([("expose", 1)]);
}

#[test]
fn nothing_is_done_after_a_stop() {
    for stop in [Stop::Left, Stop::RolledBack, Stop::Over] {
        answered(true).and([stopped(stop)]).then([]).then_over();
    }
}

#[test]
fn r24_a_pause_keeps_the_attempt_and_asks_nothing() {
    let paused = answered(true).and([stopped(Stop::Paused)]);
    paused.then([]).then_until([]).then_stays();
    // The end of its soak has passed already, so nobody waits for it again.
    let goes_on = paused.and([stage(note())]);
    goes_on.then_due([("evaluate", 2)]).then_until([("maximum", t(HOUR * 72))]);
    let shut = goes_on.and([recorded("evaluate", 2), gate(false)]);
    shut.then([]).then_until([("soak", t(HOUR * 24 + FIRST_WAIT)), ("maximum", t(HOUR * 72))]);
}

#[test]
fn r22_an_exposure_that_the_flag_does_not_take_stops_the_stage_and_says_so_once() {
    let expose = |code: &str| given::<StagePromotion>([stage(note()), refused("expose", 1, code)]);
    let code = "flag_owned_by_another".to_owned();
    let not_taken = expose(&code);
    not_taken.then([Step::new("stop", 1, Action::Stop { rollout: rollout(), attempt: 1, code })]);
    not_taken.and([recorded("stop", 1)]).then([]);
    expose("exposure_outdated").then([]);
}

#[test]
fn r24_what_happens_to_the_flag_by_hand_is_told_once() {
    for what in ByHand::ALL {
        let told = given::<StagePromotion>([by_hand(what)]);
        let follow = Action::Follow { rollout: rollout(), what, event: "event-1".to_owned() };
        told.then([Step::new("follow", 1, follow)]).then_stays();
        told.and([recorded("follow", 1)]).then([]).then_over();
    }
}

#[test]
fn an_answer_that_turns_to_pass_asks_a_shut_gate_again_at_once() {
    // The soak runs still.
    exposed().and([noted(Fact::AnswerNoted)]).then([]);
    answered(false).and([noted(Fact::AnswerNoted)]).then_due([("evaluate", 2)]);
}

#[test]
fn a_pause_does_not_lose_the_exposure_but_a_rollback_does() {
    let paused = given::<StagePromotion>([stage(note()), stopped(Stop::Paused)]);
    paused.then_due([("expose", 1)]);
    paused.and([recorded("expose", 1)]).then([]).then_stays();
    given::<StagePromotion>([stage(note()), stopped(Stop::RolledBack)]).then([]);
}

fn closed(cleanup_due: Option<Timestamp>) -> Given<StagePromotion> {
    given([noted(Fact::Closed { rollout: rollout(), flag: flag(), cleanup_due })])
}

#[test]
fn f4_a_completed_rollout_schedules_the_clean_up_of_its_flag() {
    let due = t(CLEANUP_AFTER);
    let completed = closed(Some(due));
    completed.then([Step::new("schedule_cleanup", 1, Action::ScheduleCleanup { flag: flag(), due })]);
    completed.and([recorded("schedule_cleanup", 1)]).then_over();
}

#[test]
fn an_aborted_rollout_turns_its_flag_off_and_only_then_gives_it_back() {
    let aborted = closed(None);
    aborted.then_due([("turn_off", 1)]);
    let off = aborted.and([recorded("turn_off", 1)]);
    off.then_due([("release_hold", 1)]).then_stays();
    off.and([recorded("release_hold", 1)]).then([]).then_over();
    // One that gave it back first, because it could not be turned off just then, turns it off still.
    aborted.and([recorded("release_hold", 1)]).then_due([("turn_off", 1)]).then_stays();
}
