use verdict_kernel::clock::plus;
use verdict_kernel::id::CommandId;

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

fn note() -> Note {
    Note {
        rollout: rollout(),
        flag: flag(),
        stage: StageName::Internal,
        attempt: 1,
        step: 0,
        exposure: Audience::members(["ann"]),
        soaked_at: t(HOUR * 24),
        overdue_at: Some(t(HOUR * 72)),
        automatic: true,
        next: Move::Stage(StageName::Alpha),
        rollout_revision: 3,
        releases: Vec::new(),
        flag_version: 1,
    }
}

fn noted(note: Note) -> Progress<Fact> {
    Progress::Noted(Fact::StageNoted(Box::new(note)))
}

fn done(step: &str, attempt: u32) -> Progress<Fact> {
    Progress::StepRecorded { step: step.to_owned(), attempt, outcome: Outcome::Done }
}

fn refused(step: &str, attempt: u32) -> Progress<Fact> {
    Progress::StepRecorded {
        step: step.to_owned(),
        attempt,
        outcome: Outcome::Refused("gate_shut".to_owned()),
    }
}

fn deadline(name: &str) -> Progress<Fact> {
    Progress::DeadlinePassed { name: name.to_owned() }
}

fn gate(open: bool) -> Progress<Fact> {
    Progress::Noted(Fact::GateNoted { open })
}

fn stopped(stop: Stop) -> Progress<Fact> {
    Progress::Noted(Fact::Stopped(stop))
}

fn after(progress: impl IntoIterator<Item = Progress<Fact>>) -> State {
    progress.into_iter().fold(State::default(), |state, next| StagePromotion::evolve(state, &next))
}

fn names(state: &State) -> Vec<(&'static str, u32)> {
    StagePromotion::due(state).into_iter().map(|step| (step.name, step.attempt)).collect()
}

/// Exposed, soaked and asked.
fn asked() -> Vec<Progress<Fact>> {
    vec![noted(note()), done("expose", 1), deadline("soak")]
}

fn with(more: impl IntoIterator<Item = Progress<Fact>>) -> State {
    after(asked().into_iter().chain(more))
}

#[test]
fn an_entered_stage_is_exposed_first_and_then_soaks() {
    let state = after([noted(note())]);
    assert_eq!(StagePromotion::due(&state), [step("expose", 1, Action::Expose(Box::new(note())))]);
    let state = after([noted(note()), done("expose", 1)]);
    assert_eq!(names(&state), []);
    assert_eq!(StagePromotion::deadlines(&state), [("soak", t(HOUR * 24)), ("maximum", t(HOUR * 72))]);
}

/// Somebody may have cut the exposure while nobody watched.
#[test]
fn r15_a_step_that_only_goes_on_is_not_exposed_again_and_one_that_was_never_shown_is() {
    let later = || noted(Note { soaked_at: t(HOUR * 30), rollout_revision: 5, ..note() });
    let paused = || stopped(Stop::Paused);
    let state = after([noted(note()), done("expose", 1), paused(), later()]);
    assert_eq!(names(&state), []);
    assert_eq!(StagePromotion::deadlines(&state)[0], ("soak", t(HOUR * 30)));
    let state = after([noted(note()), paused(), later()]);
    assert_eq!(names(&state), [("expose", 2)]);
    let step = noted(Note { step: 1, ..note() });
    let state = after([noted(note()), done("expose", 1), step]);
    assert_eq!(names(&state), [("expose", 2)]);
}

#[test]
fn r24_what_was_not_shown_when_the_flag_was_turned_off_or_killed_is_never_shown() {
    let by_hand =
        |what| Progress::Noted(Fact::FlagNoted { rollout: rollout(), what, event: "event-1".to_owned() });
    let releasing = || noted(Note { releases: vec!["breach-1".to_owned()], ..note() });
    for what in [ByHand::TurnedOff, ByHand::Killed, ByHand::CutBack] {
        let state = after([releasing(), by_hand(what)]);
        assert_eq!((names(&state), StagePromotion::is_over(&state)), (vec![], false), "{what:?}");
        // Whoever watches again knows nothing of it yet.
        let watched = StagePromotion::evolve(state, &noted(Note { rollout_revision: 5, ..note() }));
        assert_eq!(names(&watched), [], "{what:?}");
        let on = StagePromotion::evolve(watched, &noted(Note { step: 1, ..note() }));
        assert_eq!(names(&on), [("expose", 3)], "{what:?}: a step through its gate");
        assert_eq!(names(&with([gate(true), done("evaluate", 1), by_hand(what)])), [], "{what:?}");
    }
    assert_eq!(names(&after([noted(note()), by_hand(ByHand::Undone)])), [("expose", 1)]);
}

#[test]
fn the_end_of_the_soak_asks_the_gate_once() {
    assert_eq!(names(&with([])), [("evaluate", 1)]);
    assert_eq!(names(&with([gate(false), done("evaluate", 1)])), []);
}

#[test]
fn an_open_gate_promotes_where_the_platform_does() {
    let open = with([gate(true), done("evaluate", 1)]);
    assert_eq!(
        StagePromotion::due(&open),
        [step("enter", 1, Action::EnterStage { rollout: rollout(), stage: StageName::Alpha })]
    );
    let manual = Note { automatic: false, ..note() };
    let state = after([noted(manual), done("expose", 1), deadline("soak"), gate(true), done("evaluate", 1)]);
    assert_eq!(names(&state), []);
}

#[test]
fn the_way_on_is_a_step_a_stage_or_the_end() {
    for (next, name) in [(Move::Step(1), "advance"), (Move::Complete, "complete")] {
        let state = after([
            noted(Note { next, ..note() }),
            done("expose", 1),
            deadline("soak"),
            gate(true),
            done("evaluate", 1),
        ]);
        assert_eq!(names(&state), [(name, 1)]);
    }
}

#[test]
fn evidence_after_the_soak_asks_again_and_before_it_waits() {
    let evidence = || Progress::Noted(Fact::EvidenceNoted { kind: "open_p0_bugs".to_owned() });
    assert_eq!(names(&after([noted(note()), done("expose", 1), evidence()])), []);
    let state = with([gate(false), done("evaluate", 1), evidence()]);
    assert_eq!(names(&state), [("evaluate", 2)]);
}

#[test]
fn a_shut_gate_is_asked_again_after_growing_waits() {
    let mut progress = vec![gate(false), done("evaluate", 1)];
    let mut dues = Vec::new();
    for attempt in 2..5 {
        dues.push(StagePromotion::deadlines(&with(progress.clone()))[0]);
        progress.extend([deadline("soak"), gate(false), done("evaluate", attempt)]);
    }
    let due = |minutes| ("soak", t(HOUR * 24 + Duration::from_mins(minutes)));
    assert_eq!(dues, [due(15), due(45), due(105)]);
}

#[test]
fn a_promotion_that_is_refused_is_tried_again_with_the_next_answer() {
    let state = with([gate(true), done("evaluate", 1), refused("enter", 1)]);
    assert_eq!(names(&state), []);
    let state = with([
        gate(true),
        done("evaluate", 1),
        refused("enter", 1),
        deadline("soak"),
        gate(true),
        done("evaluate", 2),
    ]);
    assert_eq!(names(&state), [("enter", 2)]);
}

#[test]
fn r3_a_stage_beyond_its_maximum_is_marked_once() {
    assert_eq!(names(&with([gate(false), done("evaluate", 1), deadline("maximum")])), [("overdue", 1)]);
    let marked = with([gate(false), done("evaluate", 1), deadline("maximum"), done("overdue", 1)]);
    assert_eq!(names(&marked), []);
    assert_eq!(StagePromotion::deadlines(&marked).len(), 1);
}

#[test]
fn r3_a_stage_that_was_extended_is_marked_again_at_its_new_maximum() {
    let marked = [gate(false), done("evaluate", 1), deadline("maximum"), done("overdue", 1)];
    let longer = || noted(Note { overdue_at: Some(t(HOUR * 96)), rollout_revision: 5, ..note() });
    let extended = with(marked.into_iter().chain([longer()]));
    assert_eq!(names(&extended), [], "it is exposed already");
    assert!(StagePromotion::deadlines(&extended).contains(&("maximum", t(HOUR * 96))));
    let again = StagePromotion::evolve(extended, &deadline("maximum"));
    assert_eq!(names(&again), [("overdue", 2)], "a command of its own");
}

#[test]
fn a_further_step_is_exposed_and_soaks_anew() {
    let second = Note { step: 1, rollout_revision: 4, soaked_at: t(HOUR * 48), ..note() };
    let state = with([gate(true), done("evaluate", 1), done("enter", 1), noted(second.clone())]);
    assert_eq!(StagePromotion::due(&state), [step("expose", 2, Action::Expose(Box::new(second)))]);
    let state = StagePromotion::evolve(state, &done("expose", 2));
    assert_eq!(StagePromotion::deadlines(&state)[0], ("soak", t(HOUR * 48)));
    assert_eq!(names(&StagePromotion::evolve(state, &deadline("soak"))), [("evaluate", 2)]);
}

#[test]
fn r11_a_resumed_rollout_releases_exactly_what_it_answered_before_it_exposes() {
    let resumed = Note { releases: vec!["breach-1".to_owned(), "breach-2".to_owned()], ..note() };
    let mut state = after([noted(resumed)]);
    for (cause, step) in [("breach-1", 1001), ("breach-2", 1002)] {
        let due = StagePromotion::due(&state);
        assert_eq!(due[0].action, Action::ReleaseHold { flag: flag(), cause: cause.to_owned() });
        state = StagePromotion::evolve(state, &done("release_hold", step));
    }
    assert_eq!(names(&state), [("expose", 1)]);
}

#[test]
fn nothing_is_done_after_a_stop() {
    for stop in [Stop::Left, Stop::RolledBack, Stop::Over] {
        let state = with([gate(true), done("evaluate", 1), stopped(stop)]);
        assert_eq!((names(&state), StagePromotion::is_over(&state)), (vec![], true), "{stop:?}");
    }
}

#[test]
fn r24_a_pause_keeps_the_attempt_and_asks_nothing() {
    let state = with([gate(true), done("evaluate", 1), stopped(Stop::Paused)]);
    assert_eq!((names(&state), StagePromotion::is_over(&state)), (vec![], false));
    assert_eq!(StagePromotion::deadlines(&state), []);
    let state = StagePromotion::evolve(state, &noted(note()));
    assert_eq!(names(&state), []);
    assert!(StagePromotion::deadlines(&state).contains(&("soak", t(HOUR * 24))));
}

#[test]
fn r22_an_exposure_that_the_flag_does_not_take_stops_the_stage_and_says_so_once() {
    let expose = |code: &str| Progress::StepRecorded {
        step: "expose".to_owned(),
        attempt: 1,
        outcome: Outcome::Refused(code.to_owned()),
    };
    let state = after([noted(note()), expose("flag_owned_by_another")]);
    let due = StagePromotion::due(&state);
    let code = "flag_owned_by_another".to_owned();
    assert_eq!(due[0].action, Action::Stop { rollout: rollout(), attempt: 1, code });
    assert_eq!(names(&StagePromotion::evolve(state, &done("stop", 1))), []);
    assert_eq!(names(&after([noted(note()), expose("exposure_outdated")])), []);
}

#[test]
fn r24_what_happens_to_the_flag_by_hand_is_told_once() {
    for what in ByHand::ALL {
        let event = "event-1".to_owned();
        let state = after([Progress::Noted(Fact::FlagNoted { rollout: rollout(), what, event })]);
        assert_eq!(names(&state), [("follow", 1)]);
        let state = StagePromotion::evolve(state, &done("follow", 1));
        assert_eq!((names(&state), StagePromotion::is_over(&state)), (vec![], true));
    }
}

#[test]
fn an_answer_that_turns_to_pass_asks_a_shut_gate_again_at_once() {
    let answer = Progress::Noted(Fact::AnswerNoted);
    let early = after([noted(note()), done("expose", 1), answer.clone()]);
    assert_eq!(names(&early), [], "the soak runs still");
    let shut = with([gate(false), done("evaluate", 1), answer]);
    assert_eq!(names(&shut), [("evaluate", 2)]);
}

#[test]
fn a_pause_does_not_lose_the_exposure_but_a_rollback_does() {
    let paused = after([noted(note()), stopped(Stop::Paused)]);
    assert_eq!(names(&paused), [("expose", 1)]);
    let exposed = StagePromotion::evolve(paused, &done("expose", 1));
    assert_eq!((names(&exposed), StagePromotion::is_over(&exposed)), (vec![], false));
    let rolled_back = after([noted(note()), stopped(Stop::RolledBack)]);
    assert_eq!(names(&rolled_back), []);
}

fn closed(cleanup_due: Option<Timestamp>) -> Progress<Fact> {
    Progress::Noted(Fact::Closed { rollout: rollout(), flag: flag(), cleanup_due })
}

#[test]
fn f4_a_completed_rollout_schedules_the_clean_up_of_its_flag() {
    let due = t(CLEANUP_AFTER);
    let state = after([closed(Some(due))]);
    assert_eq!(
        StagePromotion::due(&state),
        [step("schedule_cleanup", 1, Action::ScheduleCleanup { flag: flag(), due })]
    );
    assert!(StagePromotion::is_over(&StagePromotion::evolve(state, &done("schedule_cleanup", 1))));
}

#[test]
fn an_aborted_rollout_turns_its_flag_off_and_gives_it_back() {
    let state = after([closed(None)]);
    assert_eq!(names(&state), [("turn_off", 1), ("release_hold", 1)]);
    let state = after([closed(None), done("turn_off", 1)]);
    assert_eq!(names(&state), [("release_hold", 1)]);
    assert!(StagePromotion::is_over(&StagePromotion::evolve(state, &done("release_hold", 1))));
}
