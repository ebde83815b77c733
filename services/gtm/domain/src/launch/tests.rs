//! The launch, given a history, when a command comes, then what.

use proptest::prelude::*;
use verdict_kernel::check::Unknown;
use verdict_kernel::clock::Timestamp;
use verdict_kernel::decider::fold;
use verdict_kernel::decision::Ground;
use verdict_kernel::id::CommandId;
use verdict_kernel::policy::Level;
use verdict_kernel::principal::Principal;
use verdict_kernel::spec::given;

use super::*;

const BREACH: Uuid = Uuid::from_u128(7);

fn plan() -> Plan {
    let command = CommandId::from_uuid(Uuid::from_u128(1));
    Plan {
        bet: BetId::created_by(command),
        rollout: RolloutId::created_by(command),
        tier: Tier::new(2).unwrap(),
        title: "Faster checkout".into(),
    }
}

fn planned() -> Event {
    Event::Planned(plan())
}

fn held() -> Event {
    Event::Held { cause: Some(BREACH), reason: String::new() }
}

fn released() -> Event {
    Event::Released { reason: "false alarm".into() }
}

fn sent(channel: &str) -> Event {
    Event::Sent { channel: self::channel(channel) }
}

fn corrected() -> Event {
    Event::Corrected { reason: "rolled back".into() }
}

fn cancelled() -> Event {
    Event::Cancelled { reason: "killed".into() }
}

fn replanned() -> Event {
    Event::Replanned { reason: "second try".into() }
}

fn guardrail(state: CheckState) -> GuardrailFact {
    GuardrailFact {
        metric: "cpu".into(),
        shadow: false,
        state,
        required: "not below 50 for 3 points".into(),
        seen: "21.4".into(),
    }
}

fn channel(name: &str) -> Channel {
    name.parse().unwrap()
}

fn ga() -> StageFact {
    StageFact {
        state: "running".into(),
        stage: "all-of-them".into(),
        for_everyone: true,
        ends_with_everyone: true,
    }
}

fn beta() -> StageFact {
    StageFact { stage: "beta".into(), for_everyone: false, ..ga() }
}

fn send(early: bool) -> Command {
    Command::Send { channel: channel("blog"), early }
}

fn facts(answer: CheckState, stage: StageFact) -> Facts {
    Facts {
        guardrails: Some(vec![guardrail(CheckState::Pass), guardrail(answer)]),
        stage: Some(stage),
        succession: Some(Succession::Open),
    }
}

/// Nothing stands in the way.
fn fine() -> Facts {
    facts(CheckState::Pass, ga())
}

#[test]
fn g5_a_breached_guardrail_refuses_the_announcement() {
    let refusal = given::<Launch>([planned()])
        .because("we promised the press")
        .knowing(facts(CheckState::Fail, ga()))
        .when(send(true))
        .then_refused_by(RuleId::G5);
    assert_eq!(
        (refusal.code, &*refusal.required, &*refusal.seen),
        ("guardrail_breached", "cpu not below 50 for 3 points", "21.4")
    );
    assert!(!refusal.next.is_empty());
}

fn with(guardrails: impl IntoIterator<Item = GuardrailFact>) -> Facts {
    Facts { guardrails: Some(guardrails.into_iter().collect()), ..fine() }
}

#[test]
fn r21_a_shadow_that_fails_is_no_breach_and_the_announcement_and_the_release_are_accepted() {
    let shadow = || with([GuardrailFact { shadow: true, ..guardrail(CheckState::Fail) }]);
    given::<Launch>([planned()]).knowing(shadow()).when(send(false)).then([sent("blog")]);
    given::<Launch>([planned(), held()])
        .knowing(shadow())
        .because("false alarm")
        .when(Command::Release)
        .then([released()]);
}

#[test]
fn r21_a_shadow_beside_a_guardrail_that_counts_changes_no_answer() {
    let shadow = GuardrailFact { shadow: true, metric: "latency".into(), ..guardrail(CheckState::Fail) };
    let facts = with([shadow, guardrail(CheckState::Fail)]);
    let refusal = given::<Launch>([planned()]).knowing(facts).when(send(false)).then_refused_by(RuleId::G5);
    assert_eq!((&*refusal.required, &*refusal.seen), ("cpu not below 50 for 3 points", "21.4"));
}

#[test]
fn g5_guardrails_that_pass_accept_the_announcement() {
    given::<Launch>([planned()]).knowing(fine()).when(send(false)).then([sent("blog")]);
}

#[test]
fn g5_an_unknown_answer_is_no_breach_and_is_accepted() {
    for why in
        [Unknown::NoData, Unknown::Insufficient, Unknown::Inconclusive, Unknown::Unhealthy, Unknown::Stale]
    {
        given::<Launch>([planned()])
            .knowing(facts(CheckState::Unknown(why), ga()))
            .when(send(false))
            .then([sent("blog")]);
    }
}

#[test]
fn g5_held_announcements_refuse_even_with_an_override_and_passing_guardrails() {
    let refusal = given::<Launch>([planned(), held()])
        .because("we promised the press")
        .knowing(fine())
        .when(send(true))
        .then_refused_by(RuleId::G5);
    assert_eq!(refusal.code, "announcements_held");
    assert_eq!(refusal.seen, format!("held since breach {BREACH}"));
    assert_eq!(refusal.next, "verdict launch release <launch> --reason <why>");
}

#[test]
fn g5_released_announcements_are_accepted_again() {
    given::<Launch>([planned(), held(), released()]).knowing(fine()).when(send(false)).then([sent("blog")]);
}

#[test]
fn g5_before_general_availability_the_announcement_is_refused() {
    let refusal = given::<Launch>([planned()])
        .because("no override was asked for")
        .knowing(facts(CheckState::Pass, beta()))
        .when(send(false))
        .then_refused_by(RuleId::G5);
    assert_eq!(refusal.code, "before_general_availability");
    assert_eq!(refusal.seen, "stage beta, running");
}

#[test]
fn g5_everything_that_stands_in_the_way_is_told_at_once() {
    let blockers = given::<Launch>([planned(), held()])
        .knowing(facts(CheckState::Fail, beta()))
        .when(send(false))
        .then_blocked();
    let codes: Vec<_> = blockers.all().map(|refusal| (refusal.rule, refusal.code)).collect();
    let g5 = Some(RuleId::G5);
    assert_eq!(
        codes,
        [(g5, "announcements_held"), (g5, "guardrail_breached"), (g5, "before_general_availability")]
    );
}

#[test]
fn g5_an_override_with_a_reason_is_accepted_before_general_availability_and_recorded() {
    let over = given::<Launch>([planned()])
        .because("public beta")
        .knowing(facts(CheckState::Pass, beta()))
        .when(send(true))
        .then_overrides(RuleId::G5, [sent("blog")]);
    assert_eq!(over.ground, Ground::Reason("public beta".to_owned()));
    assert_eq!((&*over.code, &*over.seen), ("before_general_availability", "stage beta, running"));
}

#[test]
fn g5_an_override_without_a_reason_or_by_a_process_is_refused() {
    for (reason, by) in [("  ", Principal::dev()), ("public beta", Principal::process("wind-down"))] {
        let refusal = given::<Launch>([planned()])
            .issued(Issued { by, reason: reason.into(), ..Issued::at(Timestamp::UNIX_EPOCH) })
            .knowing(facts(CheckState::Pass, beta()))
            .when(send(true))
            .then_refused_by(RuleId::G5);
        assert_eq!(refusal.code, "override_without_authority");
    }
}

#[test]
fn g5_no_level_lets_an_announcement_pass_and_it_is_refused() {
    for level in Level::ALL {
        given::<Launch>([planned()])
            .level(level)
            .knowing(facts(CheckState::Fail, ga()))
            .when(send(false))
            .then_refused_by(RuleId::G5);
    }
}

#[test]
fn g5_a_release_is_refused_while_a_guardrail_is_breached() {
    let refusal = given::<Launch>([planned(), held()])
        .because("false alarm")
        .knowing(facts(CheckState::Fail, ga()))
        .when(Command::Release)
        .then_refused_by(RuleId::G5);
    assert_eq!(refusal.code, "guardrail_breached");
}

#[test]
fn g5_a_release_with_a_reason_is_accepted_once_the_guardrail_recovered() {
    given::<Launch>([planned(), held()])
        .because("false alarm")
        .knowing(fine())
        .when(Command::Release)
        .then([released()]);
}

#[test]
fn what_nobody_asked_for_is_no_yes() {
    for (history, command, nearly) in [
        (vec![planned()], send(true), Facts { guardrails: None, ..fine() }),
        (vec![planned()], send(true), Facts { stage: None, ..fine() }),
        (vec![planned(), held()], Command::Release, Facts { guardrails: None, ..fine() }),
        (vec![planned(), cancelled()], Command::Replan, Facts { succession: None, ..fine() }),
    ] {
        let refusal =
            given::<Launch>(history).because("because").knowing(nearly).when(command).then_refused();
        assert_eq!((refusal.rule, refusal.code), (None, "fact_unknown"));
    }
}

#[test]
fn each_state_decides_each_command() {
    let histories = [
        ("absent", vec![]),
        ("planned", vec![planned()]),
        ("held", vec![planned(), held()]),
        ("launched", vec![planned(), sent("blog")]),
        ("cancelled", vec![planned(), cancelled()]),
        ("cancelled after launch", vec![planned(), sent("blog"), cancelled()]),
    ];
    // Per state, in the order of `all_commands`: the code of the refusal, or how many events.
    let expected = [
        (
            "absent",
            [
                "1",
                "launch_absent",
                "launch_absent",
                "launch_absent",
                "launch_absent",
                "launch_absent",
                "launch_absent",
            ],
        ),
        ("planned", ["0", "1", "0", "1", "0", "1", "0"]),
        ("held", ["0", "0", "1", "announcements_held", "0", "1", "0"]),
        ("launched", ["0", "1", "0", "0", "1", "1", "0"]),
        ("cancelled", ["launch_cancelled", "1", "0", "launch_cancelled", "0", "0", "1"]),
        ("cancelled after launch", ["launch_cancelled", "1", "0", "launch_cancelled", "1", "0", "1"]),
    ];
    let issued = issued("because");
    let decided = histories.map(|(name, history)| {
        let state = fold::<Launch>(&history);
        let codes = all_commands().map(|command| match Launch::decide(&state, command, &fine(), &issued) {
            Ok(decision) => decision.events.len().to_string(),
            Err(blockers) => blockers.first().code.to_owned(),
        });
        (name, codes)
    });
    assert_eq!(decided, expected.map(|(name, codes)| (name, codes.map(str::to_owned))));
}

#[test]
fn g13_a_second_plan_with_other_particulars_is_refused_and_the_same_one_accepted() {
    let other = Plan { title: "Slower checkout".into(), ..plan() };
    let refusal = given::<Launch>([planned()]).when(Command::Plan(other)).then_refused_by(RuleId::G13);
    assert_eq!((refusal.code, &*refusal.seen), ("launch_already_planned", "'Faster checkout', tier 2"));
    given::<Launch>([planned()]).when(Command::Plan(plan())).then([]);
}

#[test]
fn g13_replanning_is_refused_once_another_launch_took_its_place_and_accepted_before() {
    let successor = LaunchId::created_by(CommandId::from_uuid(Uuid::from_u128(2)));
    let refusal = given::<Launch>([planned(), cancelled()])
        .knowing(Facts { succession: Some(Succession::Taken(successor)), ..fine() })
        .when(Command::Replan)
        .then_refused_by(RuleId::G13);
    assert_eq!(refusal.seen, successor.to_string());
    given::<Launch>([planned(), cancelled()])
        .because("second try")
        .knowing(fine())
        .when(Command::Replan)
        .then([replanned()]);
}

#[test]
fn g13_a_channel_is_a_key_whatever_its_spelling() {
    for same in ["Blog", " blog ", "BLOG"] {
        assert_eq!(same.parse(), Ok(channel("blog")));
    }
    for wrong in ["", " ", "our blog", "-blog", "bl\u{f6}g", &"x".repeat(65)] {
        assert_eq!(wrong.parse::<Channel>(), Err(InvalidChannel(wrong.to_owned())));
    }
    assert!("x".repeat(64).parse::<Channel>().is_ok());
}

/// What a stage is called says nothing about whom it is for.
#[test]
fn g5_only_a_serving_or_completed_stage_for_everyone_is_general_availability() {
    let seen = |state: &str, stage: &str, for_everyone| StageFact {
        state: state.into(),
        stage: stage.into(),
        for_everyone,
        ends_with_everyone: true,
    };
    for (state, stage) in [("running", "most"), ("paused", "all"), ("completed", ""), ("completed", "all")] {
        assert!(seen(state, stage, !stage.is_empty()).is_generally_available(), "{state} {stage}");
    }
    for (state, stage, for_everyone, words) in [
        ("running", "ga", false, "stage ga, running"),
        ("rolling_back", "all", true, "stage all, rolling_back"),
        ("draft", "", false, "draft"),
    ] {
        let fact = seen(state, stage, for_everyone);
        assert!(!fact.is_generally_available(), "{state} {stage}");
        assert_eq!(fact.to_string(), words);
    }
    let small = StageFact { ends_with_everyone: false, ..seen("completed", "", false) };
    assert!(!small.is_generally_available());
}

#[test]
fn what_needs_a_reason_is_refused_without_one() {
    for (history, command) in [
        (vec![planned()], Command::Hold { cause: None }),
        (vec![planned(), held()], Command::Release),
        (vec![planned(), sent("blog")], Command::Correct),
    ] {
        let refusal = given::<Launch>(history).knowing(fine()).when(command).then_refused();
        assert_eq!((refusal.rule, refusal.code), (None, "reason_missing"));
    }
}

#[test]
fn a_hold_outlives_a_cancellation() {
    let state = given::<Launch>([planned(), cancelled(), held(), replanned()]).state();
    let State::Planned(launch) = state else { panic!("{state:?}") };
    assert_eq!(launch.announcements, Announcements::Held(Some(BREACH)));
}

#[test]
fn another_channel_may_follow_and_a_correction_takes_all_back() {
    let state = given::<Launch>([planned(), sent("blog"), sent("mail")]).state();
    let State::Launched(launch) = state else { panic!("{state:?}") };
    assert_eq!(launch.announced, [channel("blog"), channel("mail")]);
    let state = given::<Launch>([planned(), sent("blog"), sent("mail"), corrected()]).state();
    assert!(matches!(state, State::Planned(launch) if launch.announced.is_empty()));
}

fn name(command: &Command) -> &'static str {
    match command {
        Command::Plan(_) => "Plan",
        Command::Hold { .. } => "Hold",
        Command::Release => "Release",
        Command::Send { .. } => "Send",
        Command::Correct => "Correct",
        Command::Cancel => "Cancel",
        Command::Replan => "Replan",
    }
}

fn all_commands() -> [Command; 7] {
    [
        Command::Plan(plan()),
        Command::Hold { cause: Some(BREACH) },
        Command::Release,
        send(false),
        Command::Correct,
        Command::Cancel,
        Command::Replan,
    ]
}

#[test]
fn p2_every_command_names_its_reverse() {
    let named: Vec<_> = REVERSES.iter().map(|(command, _)| *command).collect();
    assert_eq!(named, all_commands().map(|command| name(&command)));
    for (command, reverse) in REVERSES {
        assert!(named.contains(reverse), "{command} is undone by {reverse}, which is no command");
    }
}

/// A command and what is known when it is decided.
fn any_command() -> impl Strategy<Value = (Command, Facts)> {
    let answer = prop_oneof![
        Just(CheckState::Pass),
        Just(CheckState::Fail),
        Just(CheckState::Unknown(Unknown::Stale))
    ];
    let stage = prop_oneof![Just(ga()), Just(beta())];
    let channel = prop_oneof![Just(channel("blog")), Just(channel("mail"))];
    let command = prop_oneof![
        Just(Command::Plan(plan())),
        any::<bool>().prop_map(|breach| Command::Hold { cause: breach.then_some(BREACH) }),
        Just(Command::Release),
        (channel, any::<bool>()).prop_map(|(channel, early)| Command::Send { channel, early }),
        Just(Command::Correct),
        Just(Command::Cancel),
        Just(Command::Replan),
    ];
    (command, (answer, stage).prop_map(|(answer, stage)| facts(answer, stage)))
}

fn issued(reason: &str) -> Issued {
    Issued { reason: reason.into(), ..Issued::at(Timestamp::UNIX_EPOCH) }
}

fn play(commands: Vec<(Command, Facts)>, reason: &str) -> Vec<Event> {
    let mut history = Vec::new();
    for (command, facts) in commands {
        let decided = Launch::decide(&fold::<Launch>(&history), command, &facts, &issued(reason));
        history.extend(decided.map(|decision| decision.events).unwrap_or_default());
    }
    history
}

proptest! {
    #[test]
    fn p2_no_command_takes_anything_out_of_the_history(
        commands in prop::collection::vec(any_command(), 0..30),
        more in any_command(),
    ) {
        let before = play(commands.clone(), "because");
        let after = play(commands.into_iter().chain([more]).collect(), "because");
        prop_assert!(after.starts_with(&before));
        prop_assert!(after.len() <= before.len() + 1);
    }

    #[test]
    fn p2_the_reverse_brings_the_state_back_by_adding(
        commands in prop::collection::vec(any_command(), 0..20),
        which in 0..3,
    ) {
        let history = play([(Command::Plan(plan()), fine())].into_iter().chain(commands).collect(), "because");
        let state = fold::<Launch>(&history);
        let pair = match which {
            0 => [Command::Hold { cause: Some(BREACH) }, Command::Release],
            1 => [Command::Cancel, Command::Replan],
            _ => [send(false), Command::Correct],
        };
        let decide = |state: &State, command| Launch::decide(state, command, &fine(), &issued("because"));
        let [first, second] = pair;
        let done = decide(&state, first).map(|decision| decision.events).unwrap_or_default();
        let announced_before = match &state {
            State::Absent => false,
            State::Planned(launch) | State::Launched(launch) | State::Cancelled(launch) => !launch.announced.is_empty(),
        };
        // What was there before the pair is taken back with it: a correction covers every channel.
        prop_assume!(!(done.is_empty() || which == 2 && announced_before));
        let there = done.iter().fold(state.clone(), Launch::evolve);
        let undone = decide(&there, second).unwrap().events;
        prop_assert_eq!(undone.len(), 1);
        prop_assert_eq!(undone.iter().fold(there, Launch::evolve), state);
    }

    #[test]
    fn g5_no_history_announces_while_held(commands in prop::collection::vec(any_command(), 0..40)) {
        let mut held = false;
        for event in play(commands, "because") {
            match event {
                Event::Held { .. } => held = true,
                Event::Released { .. } => held = false,
                Event::Sent { .. } => prop_assert!(!held),
                Event::Planned(_) | Event::Corrected { .. } | Event::Cancelled { .. } | Event::Replanned { .. } => {}
            }
        }
    }
}
