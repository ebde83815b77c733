use std::time::Duration;

use proptest::prelude::*;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::plus;
use verdict_kernel::id::{BetId, CommandId, FlagId};
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::Issued;
use verdict_kernel::spec::{Given, given};

use super::*;
use crate::gate::{Answer, CORE_FLOW_VERIFIED, Confirmed, FlagFact, GuardrailFact};
use crate::stage::{Stage, Step, default_stages};

mod laws;

const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);
use StageName::{Alpha, Beta, Ga, Internal};

fn t(after: Duration) -> Timestamp {
    plus(Timestamp::UNIX_EPOCH, after)
}

fn command_id(label: &str) -> CommandId {
    CommandId::derive(uuid::Uuid::NAMESPACE_URL, label)
}

fn plan() -> Plan {
    let accounts = ["acme", "bolt", "corp", "dyno", "echo"].map(str::to_owned);
    Plan {
        bet: Some(BetId::created_by(command_id("bet"))),
        flag: FlagId::created_by(command_id("flag")),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::ZeroToOne,
        tier: Tier::Two,
        stages: default_stages(["ann".to_owned()].into(), accounts.into()),
        unit: Unit::TargetingKey,
        promotion: Promotion::Manual,
    }
}

fn propose(plan: Plan) -> Command {
    Command::Plan(Box::new(Proposal {
        plan,
        internal_members: std::collections::BTreeSet::new(),
        alpha_accounts: std::collections::BTreeSet::new(),
        overrides: false,
    }))
}

fn planned() -> Event {
    Event::Planned { plan: Box::new(plan()), override_reason: None }
}

fn entry(stage: StageName, attempt: u32, step: usize, at: Timestamp) -> Entry {
    Entry { stage, attempt, step, audience: plan().exposure(stage, step), at, facts: Vec::new() }
}

fn entered(stage: StageName, attempt: u32, at: Timestamp) -> Event {
    Event::StageEntered(entry(stage, attempt, 0, at))
}

fn evidence(kind: &str, value: &str) -> Event {
    Event::EvidenceRecorded { kind: kind.to_owned(), value: value.to_owned(), at: t(Duration::ZERO) }
}

/// Running in Internal since the epoch with the evidence of rule R6.
fn internal() -> Vec<Event> {
    vec![
        planned(),
        evidence(OPEN_P0_BUGS, "0"),
        evidence(CORE_FLOW_VERIFIED, "https://example.org/run/1"),
        Event::Started,
        entered(Internal, 1, t(Duration::ZERO)),
    ]
}

fn and(mut history: Vec<Event>, more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    history.extend(more);
    history
}

/// Running in the first step of Beta since day 10.
fn beta() -> Vec<Event> {
    and(internal(), [entered(Alpha, 2, t(DAY * 2)), entered(Beta, 3, t(DAY * 10))])
}

/// Facts confirmed at `at` that shut no gate.
fn good(at: Timestamp) -> Facts {
    Facts {
        flag: FlagFact::Known { killed: false, held: false, source: "flag@1".to_owned() },
        metrics: Answer::Given(Confirmed {
            at,
            source: "log:1:1".to_owned(),
            guardrails: vec![GuardrailFact {
                guardrail: "g".to_owned(),
                metric: "error_rate".to_owned(),
                state: CheckState::Pass,
                required: "not above 0.02".to_owned(),
                seen: "0.01".to_owned(),
                source: "answer-1".to_owned(),
            }],
            metrics: Vec::new(),
        }),
    }
}

fn enter(stage: StageName, at: Timestamp) -> Command {
    Command::EnterStage { stage, facts: good(at) }
}

fn after(history: Vec<Event>, at: Timestamp) -> Given<Rollout> {
    given::<Rollout>(history).at(at)
}

fn retreat(from: Option<(StageName, u32)>, critical: bool) -> Retreat {
    Retreat { from, breach: "breach-1".to_owned(), cause: Cause::GuardrailBreached, critical }
}

fn rolling_back(stage: StageName, attempt: u32, critical: bool) -> Event {
    Event::RollbackRequested {
        stage,
        attempt,
        breach: "breach-1".to_owned(),
        cause: Cause::GuardrailBreached,
        critical,
    }
}

fn rolled_back(to: Option<StageName>) -> Event {
    Event::RolledBack { to, flag_version: 4 }
}

fn lost(attempt: u32) -> Event {
    Event::WatchLost { at: t(DAY), attempt }
}

fn paused() -> Event {
    Event::Paused { reason: String::new() }
}

fn one_step(name: StageName, percent: u16) -> Stage {
    Stage {
        name,
        steps: vec![Step { audience: Audience::percent(Percent::of(percent)), soak: HOUR }],
        min_soak: HOUR,
        max_soak: Some(DAY),
    }
}

#[test]
fn r1_without_stages_a_plan_gets_the_default_ones() {
    let command = Command::Plan(Box::new(Proposal {
        plan: Plan { stages: Vec::new(), ..plan() },
        internal_members: ["ann".to_owned()].into(),
        alpha_accounts: ["acme", "bolt", "corp", "dyno", "echo"].map(str::to_owned).into(),
        overrides: false,
    }));
    given::<Rollout>([]).when(command).then([planned()]);
}

#[test]
fn r1_given_stages_override_the_default_ones_and_a_small_alpha_is_remarked() {
    let stages = vec![one_step(Internal, 1), one_step(Alpha, 2)];
    let plan = Plan { stages, ..plan() };
    let events = given::<Rollout>([]).when(propose(plan.clone())).then_accepted();
    let planned = Event::Planned { plan: Box::new(plan), override_reason: None };
    assert_eq!(events.first(), Some(&planned));
    let warning = events.get(1).and_then(Rollout::warning);
    assert_eq!(warning.map(|warning| warning.rule), Some(RuleId::R1));
}

#[test]
fn r2_a_plan_that_leaves_out_a_stage_is_refused() {
    for stages in [
        vec![one_step(Internal, 1), one_step(Beta, 2)],
        vec![one_step(Alpha, 1)],
        vec![one_step(Internal, 1), one_step(Internal, 1)],
    ] {
        let command = propose(Plan { stages, ..plan() });
        given::<Rollout>([]).when(command).then_refused_by(RuleId::R2);
    }
}

#[test]
fn r10_a_ramp_that_drops_users_is_refused() {
    let mut stages = vec![one_step(Internal, 5)];
    stages[0].steps.push(one_step(Internal, 4).steps.remove(0));
    let command = propose(Plan { stages, ..plan() });
    given::<Rollout>([]).when(command).then_refused_by(RuleId::R10);
}

#[test]
fn r3_a_maximum_below_the_minimum_is_refused() {
    let stages = vec![Stage { max_soak: Some(Duration::from_mins(1)), ..one_step(Internal, 5) }];
    let command = propose(Plan { stages, ..plan() });
    given::<Rollout>([]).when(command).then_refused_by(RuleId::R3);
}

#[test]
fn r5_a_first_share_of_a_tenth_is_accepted_and_more_is_refused() {
    let plan_of = |percent| Plan { stages: vec![one_step(Internal, percent)], ..plan() };
    given::<Rollout>([]).when(propose(plan_of(10))).then_accepted();
    given::<Rollout>([]).when(propose(plan_of(11))).then_refused_by(RuleId::R5);
}

#[test]
fn r5_named_accounts_are_not_counted() {
    let named = Stage {
        steps: vec![Step {
            audience: Audience::accounts((0..500).map(|n| format!("account-{n}"))),
            soak: HOUR,
        }],
        ..one_step(Internal, 0)
    };
    let stages = vec![named, one_step(Alpha, 10)];
    given::<Rollout>([]).when(propose(Plan { stages, ..plan() })).then_accepted();
}

#[test]
fn r5_an_override_is_accepted_for_tier_4_with_a_reason_and_else_refused() {
    let command = |tier, overrides| {
        Command::Plan(Box::new(Proposal {
            plan: Plan { stages: vec![one_step(Internal, 100)], tier, ..plan() },
            internal_members: std::collections::BTreeSet::new(),
            alpha_accounts: std::collections::BTreeSet::new(),
            overrides,
        }))
    };
    let events = given::<Rollout>([]).because("security fix").when(command(Tier::Four, true)).then_accepted();
    assert!(
        matches!(&events[0], Event::Planned { override_reason: Some(reason), .. } if reason == "security fix"),
        "{events:?}"
    );
    for (tier, overrides, reason) in
        [(Tier::Four, true, " "), (Tier::Four, false, "security fix"), (Tier::Three, true, "security fix")]
    {
        given::<Rollout>([]).because(reason).when(command(tier, overrides)).then_refused_by(RuleId::R5);
    }
}

#[test]
fn f1_a_visible_change_or_one_without_a_reason_is_refused() {
    for (user_visible, reason) in [(true, "tiny"), (false, "  ")] {
        let command = Command::ShipDirectly { bet: None, user_visible };
        given::<Rollout>([]).because(reason).when(command).then_refused_by(RuleId::F1);
    }
}

#[test]
fn f1_an_invisible_change_with_a_reason_is_accepted() {
    let command = Command::ShipDirectly { bet: None, user_visible: false };
    given::<Rollout>([])
        .because("index only")
        .when(command)
        .then([Event::ShippedDirectly { bet: None, reason: "index only".to_owned() }]);
}

#[test]
fn starting_enters_the_first_stage_as_attempt_one_and_a_repeat_does_nothing() {
    let at = t(HOUR);
    after(vec![planned()], at).when(Command::Start).then([Event::Started, entered(Internal, 1, at)]);
    after(internal(), at).when(Command::Start).then([]);
}

#[test]
fn r2_promotion_to_the_next_stage_is_accepted_with_its_facts() {
    let at = t(DAY);
    let events = after(internal(), at).when(enter(Alpha, at)).then_accepted();
    let [Event::StageEntered(found)] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!((found.stage, found.attempt, found.step, found.at, found.facts.len()), (Alpha, 2, 0, at, 4));
    assert_eq!(
        found.audience,
        Audience::members(["ann"]).union(&Audience::accounts(["acme", "bolt", "corp", "dyno", "echo"]))
    );
}

#[test]
fn r2_skipping_a_stage_is_refused() {
    let at = t(DAY);
    let refusal = after(internal(), at).when(enter(Beta, at)).then_refused_by(RuleId::R2);
    assert_eq!(refusal.next, "verdict rollout enter-stage <rollout> --stage alpha");
}

#[test]
fn r2_entering_the_present_stage_is_a_repeat() {
    let at = t(DAY);
    after(internal(), at).when(enter(Internal, at)).then([]);
}

#[test]
fn r2_demotion_is_accepted_without_a_gate_and_starts_a_new_attempt() {
    let at = t(DAY * 11);
    let silent =
        Facts { flag: FlagFact::Unknown("unread".to_owned()), metrics: Answer::Silent("down".to_owned()) };
    for stage in [Internal, Alpha] {
        let command = Command::EnterStage { stage, facts: silent.clone() };
        after(beta(), at).when(command).then([entered(stage, 4, at)]);
    }
}

#[test]
fn r2_demotion_is_accepted_while_paused_or_rolled_back_and_resumes_nothing() {
    let at = t(DAY * 12);
    for history in [
        and(beta(), [paused()]),
        and(beta(), [lost(3)]),
        and(beta(), [rolling_back(Beta, 3, false), rolled_back(Some(Alpha))]),
    ] {
        let outcome = after(history, at).when(enter(Internal, at));
        let state = outcome.then_state();
        assert_eq!(state.name(), "paused");
        assert_eq!(state.active().map(|active| (active.stage, active.attempt)), Some((Internal, 4)));
    }
}

#[test]
fn r3_promotion_before_the_minimum_is_refused_with_the_whole_report() {
    let at = t(HOUR * 23);
    let refusal = after(internal(), at).when(enter(Alpha, at)).then_refused_by(RuleId::R3);
    assert_eq!((refusal.code, refusal.seen.as_str()), ("gate_shut", "1 h left"));
    let report = refusal.report.unwrap();
    assert_eq!((report.checks.len(), report.blockers().count()), (10, 1));
}

#[test]
fn r3_promotion_at_the_minimum_is_accepted() {
    let at = t(DAY);
    after(internal(), at).when(enter(Alpha, at)).then_accepted();
}

#[test]
fn r3_a_stage_beyond_its_maximum_is_overdue_once() {
    let overdue = Event::StageOverdue { stage: Internal, attempt: 1 };
    let mark = || Command::MarkOverdue { attempt: 1 };
    after(internal(), t(DAY * 3)).when(mark()).then([overdue.clone()]);
    after(and(internal(), [overdue]), t(DAY * 4)).when(mark()).then([]);
}

#[test]
fn r3_a_stage_within_its_maximum_is_not_overdue() {
    after(internal(), t(HOUR * 71)).when(Command::MarkOverdue { attempt: 1 }).then_refused_by(RuleId::R3);
    after(beta(), t(DAY * 90)).when(Command::MarkOverdue { attempt: 2 }).then([]);
}

#[test]
fn r6_leaving_internal_without_evidence_is_refused() {
    let at = t(DAY);
    let history = vec![planned(), Event::Started, entered(Internal, 1, t(Duration::ZERO))];
    let refusal = after(history, at).when(enter(Alpha, at)).then_refused_by(RuleId::R6);
    assert_eq!(refusal.next, "verdict rollout record-evidence <rollout> --kind open_p0_bugs --value 0");
}

#[test]
fn r6_a_count_of_bugs_that_is_no_number_is_refused() {
    let command =
        |value: &str| Command::RecordEvidence { kind: OPEN_P0_BUGS.to_owned(), value: value.to_owned() };
    after(internal(), t(DAY)).when(command("none")).then_refused_by(RuleId::R6);
    after(internal(), t(DAY)).when(command("0")).then([]);
    after(internal(), t(DAY)).when(command("2")).then([Event::EvidenceRecorded {
        kind: OPEN_P0_BUGS.to_owned(),
        value: "2".to_owned(),
        at: t(DAY),
    }]);
}

#[test]
fn r10_a_step_is_advanced_after_its_soak_and_the_stage_is_left_from_the_last_one() {
    let at = t(DAY * 11);
    let events = after(beta(), at).when(Command::AdvanceStep { facts: good(at) }).then_accepted();
    assert!(
        matches!(events.as_slice(), [Event::StepAdvanced(Entry { stage: Beta, attempt: 3, step: 1, .. })]),
        "{events:?}"
    );
    let early = at - jiff::SignedDuration::from_secs(1);
    after(beta(), early).when(Command::AdvanceStep { facts: good(early) }).then_refused_by(RuleId::R3);
    after(beta(), t(DAY * 30)).when(enter(Ga, t(DAY * 30))).then_refused_by(RuleId::R10);
    let alpha = and(internal(), [entered(Alpha, 2, t(DAY * 2))]);
    after(alpha, at).when(Command::AdvanceStep { facts: good(at) }).then_refused_by(RuleId::R10);
}

#[test]
fn r15_a_lost_watch_pauses_and_refuses_to_resume_until_it_is_restored() {
    let at = t(DAY);
    let watched = Event::WatchLost { at, attempt: 1 };
    after(internal(), at).when(Command::LoseWatch { attempt: 1 }).then([watched.clone()]);
    let unwatched = and(internal(), [watched]);
    after(unwatched.clone(), at).when(Command::LoseWatch { attempt: 1 }).then([]);
    after(unwatched.clone(), at).when(Command::Resume).then_refused_by(RuleId::R15);
    after(unwatched.clone(), at).when(enter(Alpha, at)).then_refused_by(RuleId::R15);
    after(unwatched.clone(), at).when(Command::RestoreWatch).then([Event::WatchRestored]);
    after(and(unwatched, [Event::WatchRestored]), at).when(Command::Resume).then([Event::Resumed {
        stage: Internal,
        attempt: 2,
        at,
    }]);
}

#[test]
fn r15_a_loss_seen_by_another_attempt_says_nothing() {
    after(beta(), t(DAY)).when(Command::LoseWatch { attempt: 2 }).then([]);
    after(internal(), t(DAY)).when(Command::RestoreWatch).then([]);
}

#[test]
fn r16_stale_facts_refuse_a_widening_and_a_later_breach_still_narrows() {
    let at = t(DAY);
    let stale = plus(at, Duration::from_secs(6));
    after(internal(), stale).when(enter(Alpha, at)).then_refused_by(RuleId::R16);
    let widened = and(internal(), [entered(Alpha, 2, at)]);
    after(widened, stale)
        .when(Command::RequestRollback(retreat(Some((Internal, 1)), false)))
        .then([rolling_back(Internal, 1, false)]);
}

#[test]
fn r2_a_paused_rollout_is_refused_a_promotion() {
    let at = t(DAY);
    let refusal = after(and(internal(), [paused()]), at).when(enter(Alpha, at)).then_refused();
    assert_eq!((refusal.rule, refusal.code), (None, "rollout_in_wrong_state"));
    assert_eq!(refusal.next, "verdict rollout resume <rollout>");
}

#[test]
fn r9a_a_breach_rolls_back_at_once_from_running_and_paused() {
    for history in [beta(), and(beta(), [paused()]), and(beta(), [lost(3)])] {
        after(history, t(DAY * 11))
            .when(Command::RequestRollback(retreat(Some((Beta, 3)), false)))
            .then([rolling_back(Beta, 3, false)]);
    }
}

#[test]
fn r9b_a_rollback_by_hand_takes_back_the_present_stage() {
    let command = Command::RequestRollback(Retreat {
        from: None,
        breach: String::new(),
        cause: Cause::Requested,
        critical: false,
    });
    let events = after(beta(), t(DAY * 11)).when(command).then_accepted();
    assert!(
        matches!(events.as_slice(), [Event::RollbackRequested { stage: Beta, attempt: 3, .. }]),
        "{events:?}"
    );
}

#[test]
fn r9a_a_further_breach_joins_unless_it_takes_back_more() {
    let history = and(beta(), [rolling_back(Beta, 3, false)]);
    let at = t(DAY * 11);
    let request = |from, critical| Command::RequestRollback(retreat(Some(from), critical));
    after(history.clone(), at).when(request((Beta, 3), false)).then([]);
    after(history.clone(), at).when(request((Alpha, 2), false)).then([rolling_back(Alpha, 2, false)]);
    after(history, at).when(request((Beta, 3), true)).then([rolling_back(Beta, 3, true)]);
    let critical = and(beta(), [rolling_back(Beta, 3, true)]);
    after(critical, at).when(request((Alpha, 2), true)).then([]);
}

#[test]
fn r11_a_rollback_ends_before_the_stage_that_failed() {
    let history = and(beta(), [rolling_back(Beta, 3, false)]);
    let at = t(DAY * 11);
    let confirm = |to| Command::ConfirmRollback { to, flag_version: 4 };
    after(history.clone(), at).when(confirm(Some(Beta))).then_refused_by(RuleId::R11);
    after(history.clone(), at).when(confirm(Some(Alpha))).then([rolled_back(Some(Alpha))]);
    after(history.clone(), at).when(confirm(None)).then([rolled_back(None)]);
    after(and(history, [rolled_back(None)]), at).when(confirm(None)).then([]);
}

#[test]
fn after_a_rollback_only_a_resume_starts_the_next_attempt_with_a_full_soak() {
    let at = t(DAY * 20);
    let history = and(beta(), [rolling_back(Beta, 3, false), rolled_back(Some(Alpha))]);
    after(history.clone(), at).when(enter(Beta, at)).then_refused();
    let resumed = Event::Resumed { stage: Alpha, attempt: 4, at };
    after(history.clone(), at).when(Command::Resume).then([resumed.clone()]);
    let history = and(history, [resumed]);
    let early = plus(at, HOUR * (7 * 24 - 1));
    after(history.clone(), early).when(enter(Beta, early)).then_refused_by(RuleId::R3);
    let soaked = plus(at, DAY * 7);
    after(history, soaked).when(enter(Beta, soaked)).then_accepted();
}

#[test]
fn a_rollout_that_serves_nobody_resumes_at_the_first_step_of_all() {
    let at = t(DAY * 20);
    let history = and(beta(), [rolling_back(Beta, 3, true), rolled_back(None)]);
    let state = after(history, at).when(Command::Resume).then_state();
    assert_eq!(
        state.active().map(|active| (active.stage, active.step, active.attempt)),
        Some((Internal, 0, 4))
    );
}

#[test]
fn a_gate_is_recorded_only_when_its_states_change() {
    let evaluate = |at| Command::EvaluateGate { attempt: Some(1), facts: good(at) };
    let blocked = after(internal(), t(HOUR)).when(evaluate(t(HOUR))).then_accepted();
    assert!(matches!(blocked.as_slice(), [Event::GateBlocked { stage: Internal, attempt: 1, .. }]));
    let history = and(internal(), blocked);
    after(history.clone(), t(HOUR * 2)).when(evaluate(t(HOUR * 2))).then([]);
    let passed = after(history, t(DAY)).when(evaluate(t(DAY))).then_accepted();
    assert!(matches!(passed.as_slice(), [Event::GatePassed { stage: Internal, attempt: 1, .. }]));
    let other = Command::EvaluateGate { attempt: Some(7), facts: good(t(DAY)) };
    after(internal(), t(DAY)).when(other).then([]);
}

#[test]
fn an_unknown_guardrail_is_shown_as_such_in_the_refusal() {
    let at = t(DAY);
    let mut facts = good(at);
    if let Answer::Given(given) = &mut facts.metrics {
        given.guardrails[0].state = CheckState::Unknown(Unknown::Insufficient);
    }
    let command = Command::EnterStage { stage: Alpha, facts };
    let refusal = after(internal(), at).when(command).then_refused_by(RuleId::M10);
    assert_eq!(refusal.sentence, "the gate is shut: minimum_sample is Unknown(Insufficient)");
}

#[test]
fn r2_only_the_last_step_of_the_last_stage_completes() {
    let at = t(DAY * 40);
    after(beta(), at).when(Command::Complete).then_refused_by(RuleId::R2);
    let ga = and(beta(), [entered(Ga, 4, t(DAY * 20))]);
    after(ga.clone(), at).when(Command::Complete).then_refused_by(RuleId::R2);
    let last = and(ga, [Event::StepAdvanced(entry(Ga, 4, 2, t(DAY * 30)))]);
    after(last.clone(), at).when(Command::Complete).then([Event::Completed { at }]);
    after(and(last, [Event::Completed { at }]), at).when(Command::Complete).then([]);
}

#[test]
fn aborting_ends_a_rollout_from_every_state_that_is_not_the_end() {
    let aborted = Event::Aborted { reason: "no longer wanted".to_owned() };
    for history in [
        vec![planned()],
        internal(),
        and(internal(), [paused()]),
        and(internal(), [rolling_back(Internal, 1, false)]),
        and(internal(), [rolling_back(Internal, 1, false), rolled_back(None)]),
    ] {
        given::<Rollout>(history.clone())
            .because("no longer wanted")
            .when(Command::Abort)
            .then([aborted.clone()]);
        let over = given::<Rollout>(and(history, [aborted.clone()]));
        over.when(Command::Abort).then([]);
    }
    given::<Rollout>([]).when(Command::Abort).then_refused();
}
