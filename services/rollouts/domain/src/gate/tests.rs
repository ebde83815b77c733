use std::collections::BTreeSet;

use verdict_kernel::clock::plus;
use verdict_kernel::id::{CommandId, FlagId};
use verdict_kernel::tier::Tier;

use super::*;
use crate::audience::Audience;
use crate::rollout::{OnBlind, Promotion, Unit};
use crate::stage::{Stage, Step, default_stages};
use crate::wording::spell;

mod attesting;
mod clocks;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const PASS: CheckState = CheckState::Pass;
const DAY: Duration = Duration::from_hours(24);

fn guardrail(state: CheckState) -> GuardrailFact {
    GuardrailFact {
        guardrail: "g".to_owned(),
        metric: "error_rate".to_owned(),
        state,
        required: "not above 0.02".to_owned(),
        seen: "0.01".to_owned(),
        source: "answer-1".to_owned(),
        effect: GuardrailEffect::Rollback,
        as_of: None,
        breaches: Vec::new(),
    }
}

fn metric(kind: Option<MetricKind>, instrumented: bool) -> MetricFact {
    MetricFact {
        metric: "signup".to_owned(),
        kind,
        role: MetricRole::Primary,
        refresh: DAY,
        instrumented,
        source: "verified-1".to_owned(),
    }
}

fn confirmed(at: Timestamp) -> Confirmed {
    Confirmed {
        at,
        source: "log:7:7".to_owned(),
        guardrails: vec![guardrail(PASS)],
        metrics: vec![metric(Some(MetricKind::Leading), true)],
    }
}

fn flag(killed: bool, held: bool) -> FlagFact {
    let holds = held.then(|| "breach-1".to_owned()).into_iter().collect();
    FlagFact::Known(FlagStanding { killed, holds, source: "flag@3".to_owned(), ..FlagStanding::default() })
}

/// A plan of the default stages.
fn plan() -> Plan {
    let id = CommandId::derive(uuid::Uuid::NAMESPACE_URL, "flag");
    Plan {
        bet: None,
        flag: FlagId::created_by(id),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::ZeroToOne,
        tier: Tier::Two,
        stages: default_stages(BTreeSet::new(), BTreeSet::new()),
        unit: Unit::TargetingKey,
        promotion: Promotion::Manual,
        on_blind: OnBlind::Pause,
        irreversible_from: None,
    }
}

/// The same with stages of these names and classes.
fn plan_of(stages: &[(&str, Class)]) -> Plan {
    let stage = |(name, class): &(&str, Class)| Stage {
        name: name.parse().unwrap(),
        class: *class,
        steps: vec![Step { audience: Audience::nobody(), soak: DAY }],
        min_soak: DAY,
        max_soak: None,
    };
    Plan { stages: stages.iter().map(stage).collect(), ..plan() }
}

/// What a test changes about a gate that would be open.
struct Scene {
    plan: Plan,
    facts: Facts,
    evidence: BTreeMap<EvidenceKind, Evidence>,
    to: Move,
    from: StageName,
    soak: Soak,
    watch: Watch,
    overdue_at: Option<Timestamp>,
    entered_on: Option<u32>,
}

impl Scene {
    fn open() -> Self {
        let evidence = |verdict| Evidence { verdict, at: NOW, by: "dev".to_owned(), link: String::new() };
        Self {
            facts: Facts { flag: flag(false, false), metrics: Answer::Given(confirmed(NOW)) },
            evidence: [
                (EvidenceKind::OpenP0Bugs, evidence(Verdict::Count(0))),
                (EvidenceKind::CoreFlowVerified, evidence(Verdict::Passed)),
            ]
            .into(),
            from: StageName::INTERNAL,
            to: Move::Stage(StageName::ALPHA),
            soak: Soak::Until(NOW),
            watch: Watch::Held,
            plan: plan(),
            overdue_at: None,
            entered_on: None,
        }
    }

    fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut scene = Self::open();
        change(&mut scene);
        scene
    }

    fn answering(change: impl FnOnce(&mut Confirmed)) -> Self {
        let mut given = confirmed(NOW);
        change(&mut given);
        Self::with(|scene| scene.facts.metrics = Answer::Given(given))
    }

    fn gate(&self) -> Gate<'_> {
        Gate {
            plan: &self.plan,
            from: &self.from,
            to: self.to.clone(),
            soak: self.soak,
            watch: self.watch,
            evidence: &self.evidence,
            overdue_at: self.overdue_at,
            entered_on: self.entered_on,
            facts: &self.facts,
            answered: &[],
            at: NOW,
        }
    }

    fn blockers(&self) -> Outline {
        let report = self.gate().report();
        let shut = report.blockers().map(|check| (check.rule, check.name, check.state));
        shut.collect()
    }

    #[track_caller]
    fn is_shut_by(&self, rule: RuleId, name: &'static str, state: CheckState) {
        assert_eq!(self.blockers(), [(rule, name, state)]);
    }

    #[track_caller]
    fn is_open(&self) {
        assert_eq!(self.blockers(), []);
        assert!(self.gate().report().is_open());
    }
}

#[test]
fn a_gate_with_everything_in_place_is_open_and_judged_in_order() {
    let scene = Scene::open();
    scene.is_open();
    let names: Vec<_> = outline(&scene.gate().report()).into_iter().map(|line| line.1).collect();
    assert_eq!(
        names,
        [
            "kill",
            "hold",
            "guardrail",
            "watch",
            "freshness",
            "soak",
            "metric_watch",
            "guardrail_armed",
            "instrumentation",
            "open_p0_bugs",
            "core_flow_verified"
        ]
    );
    assert!(names.iter().all(|name| CHECK_NAMES.contains(name)));
}

#[test]
fn f3_a_killed_flag_refuses_every_widening() {
    Scene::with(|scene| scene.facts.flag = flag(true, false)).is_shut_by(
        RuleId::F3,
        "kill",
        CheckState::Fail,
    );
}

#[test]
fn a_flag_that_cannot_be_read_is_unknown() {
    let unread = FlagFact::Unknown("no such flag".to_owned());
    let no_data = CheckState::Unknown(Unknown::NoData);
    Scene::with(|scene| scene.facts.flag = unread).is_shut_by(RuleId::F3, "kill", no_data);
}

#[test]
fn r11_a_held_flag_refuses_every_widening() {
    Scene::with(|scene| scene.facts.flag = flag(false, true)).is_shut_by(
        RuleId::R11,
        "hold",
        CheckState::Fail,
    );
}

#[test]
fn r9a_a_failing_guardrail_shuts_the_gate() {
    let scene = Scene::answering(|given| given.guardrails.push(guardrail(CheckState::Fail)));
    scene.is_shut_by(RuleId::R9a, "guardrail", CheckState::Fail);
}

#[test]
fn m4_and_m10_every_kind_of_unknown_refuses_the_gate() {
    for (unknown, rule, name) in [
        (Unknown::NoData, RuleId::M10, "guardrail"),
        (Unknown::Inconclusive, RuleId::M10, "guardrail"),
        (Unknown::Insufficient, RuleId::M10, "minimum_sample"),
        (Unknown::Unhealthy, RuleId::M4, "guardrail"),
        (Unknown::Stale, RuleId::M4, "guardrail"),
    ] {
        let state = CheckState::Unknown(unknown);
        Scene::answering(|given| given.guardrails = vec![guardrail(state)]).is_shut_by(rule, name, state);
    }
}

#[test]
fn r15_a_lost_watch_refuses_the_gate() {
    Scene::with(|scene| scene.watch = Watch::Lost(NOW)).is_shut_by(RuleId::R15, "watch", CheckState::Fail);
}

#[test]
fn r16_the_report_names_the_freshness_that_is_required() {
    assert_eq!(checks::FRESH, format!("facts confirmed within {}", spell(FRESHNESS)));
    let tolerance = spell(CLOCK_TOLERANCE);
    assert_eq!(checks::ALIKE, format!("own clock within {tolerance} of the log's"));
    assert_eq!(checks::STEADY, format!("a wall clock that keeps pace with the machine's within {tolerance}"));
}

#[test]
fn r16_facts_of_five_seconds_are_accepted() {
    let old = plus(NOW, Duration::ZERO) - jiff::SignedDuration::from_secs(5);
    Scene::answering(|given| given.at = old).is_open();
}

#[test]
fn r16_older_facts_are_stale_and_refuse_the_gate() {
    let older = NOW - jiff::SignedDuration::from_millis(5_001);
    let stale = CheckState::Unknown(Unknown::Stale);
    let scene = Scene::answering(|given| given.at = older);
    assert_eq!(
        scene.blockers(),
        [
            (RuleId::R16, "guardrail", stale),
            (RuleId::R16, "freshness", stale),
            (RuleId::F6, "metric_watch", stale),
            (RuleId::B2, "guardrail_armed", stale),
            (RuleId::M9, "instrumentation", stale),
        ]
    );
}

#[test]
fn r16_facts_from_the_future_are_unhealthy() {
    let unhealthy = CheckState::Unknown(Unknown::Unhealthy);
    Scene::answering(|given| given.at = plus(NOW, CLOCK_TOLERANCE)).is_open();
    let scene = Scene::answering(|given| given.at = plus(NOW, Duration::from_millis(2_001)));
    assert!(scene.blockers().contains(&(RuleId::R16, "freshness", unhealthy)));
}

#[test]
fn r16_a_silent_owner_is_unknown_and_no_fault() {
    let silent = Answer::Silent("connection refused".to_owned());
    let unhealthy = CheckState::Unknown(Unknown::Unhealthy);
    assert_eq!(
        Scene::with(|scene| scene.facts.metrics = silent).blockers(),
        [
            (RuleId::R16, "freshness", unhealthy),
            (RuleId::F6, "metric_watch", unhealthy),
            (RuleId::B2, "guardrail_armed", unhealthy),
        ]
    );
}

#[test]
fn r3_an_unfinished_soak_refuses_the_gate_and_says_what_is_left() {
    let due = plus(NOW, Duration::from_hours(26));
    let scene = Scene::with(|scene| scene.soak = Soak::Until(due));
    scene.is_shut_by(RuleId::R3, "soak", CheckState::Fail);
    let report = scene.gate().report();
    assert_eq!(report.blockers().next().map(|check| &*check.seen), Some("1 d 2 h left"));
}

#[test]
fn r3_a_paused_rollout_has_no_soak() {
    Scene::with(|scene| scene.soak = Soak::Interrupted).is_shut_by(RuleId::R3, "soak", CheckState::Fail);
}

#[test]
fn b2_and_f6_without_a_guardrail_the_gate_refuses_external_exposure() {
    let scene = Scene::answering(|given| {
        given.guardrails.clear();
        given.metrics.clear();
    });
    assert_eq!(
        scene.blockers(),
        [(RuleId::F6, "metric_watch", CheckState::Fail), (RuleId::B2, "guardrail_armed", CheckState::Fail),]
    );
}

#[test]
fn f6_a_metric_alone_watches_the_flag_but_is_no_guardrail() {
    Scene::answering(|given| given.guardrails.clear()).is_shut_by(
        RuleId::B2,
        "guardrail_armed",
        CheckState::Fail,
    );
}

#[test]
fn b2_f6_and_m9_a_step_within_the_team_is_accepted_without_metrics() {
    let scene = Scene::with(|scene| {
        scene.to = Move::Step(1);
        let mut given = confirmed(NOW);
        given.guardrails.clear();
        given.metrics = vec![metric(Some(MetricKind::Leading), false)];
        scene.facts.metrics = Answer::Given(given);
    });
    scene.is_open();
}

#[test]
fn m9_a_metric_without_a_real_event_refuses_the_way_out_of_internal() {
    let no_data = CheckState::Unknown(Unknown::NoData);
    for kind in [Some(MetricKind::Leading), Some(MetricKind::Core), None] {
        let scene = Scene::answering(|given| given.metrics.push(metric(kind, false)));
        scene.is_shut_by(RuleId::M9, "instrumentation", no_data);
    }
}

#[test]
fn m9_lagging_and_secondary_core_metrics_are_exempt_and_accepted() {
    let secondary = MetricFact { role: MetricRole::Secondary, ..metric(Some(MetricKind::Core), false) };
    for exempt in [metric(Some(MetricKind::Lagging), false), secondary] {
        Scene::answering(|given| given.metrics.push(exempt)).is_open();
    }
}

#[test]
fn m9_a_weekly_primary_metric_is_accepted_before_beta_and_refused_before_everyone() {
    let weekly = MetricFact { refresh: DAY * 7, ..metric(Some(MetricKind::Core), false) };
    let scene = |from, to| {
        let mut scene = Scene::answering(|given| given.metrics.push(weekly.clone()));
        (scene.from, scene.to) = (from, to);
        scene
    };
    scene(StageName::INTERNAL, Move::Stage(StageName::ALPHA)).is_open();
    scene(StageName::ALPHA, Move::Stage(StageName::BETA)).is_open();
    let no_data = CheckState::Unknown(Unknown::NoData);
    for (from, to) in [
        (StageName::BETA, Move::Stage(StageName::GA)),
        (StageName::GA, Move::Step(1)),
        (StageName::GA, Move::Complete),
    ] {
        scene(from, to).is_shut_by(RuleId::M9, "instrumentation", no_data);
    }
}

#[test]
fn r21_a_first_share_is_refused_to_a_scaling_team_without_a_guardrail_that_takes_back_and_accepted_with_one()
{
    let with = |effect, mode, from, to| {
        let mut scene = Scene::answering(|given| given.guardrails[0].effect = effect);
        (scene.plan.mode, scene.from, scene.to) = (mode, from, to);
        scene
    };
    let beta = |effect, mode| with(effect, mode, StageName::ALPHA, Move::Stage(StageName::BETA));
    let hold = GuardrailEffect::Hold;
    beta(hold, Mode::Scaling).is_shut_by(RuleId::R21, "guardrail_armed", CheckState::Fail);
    beta(GuardrailEffect::Rollback, Mode::Scaling).is_open();
    beta(hold, Mode::ZeroToOne).is_open();
    with(hold, Mode::Scaling, StageName::INTERNAL, Move::Stage(StageName::ALPHA)).is_open();
}

#[test]
fn r21_a_guardrail_in_shadow_counts_for_nothing() {
    let shadow = |state| GuardrailFact { effect: GuardrailEffect::Shadow, ..guardrail(state) };
    Scene::answering(|given| given.guardrails.push(shadow(CheckState::Fail))).is_open();
    Scene::answering(|given| given.guardrails = vec![shadow(PASS)]).is_shut_by(
        RuleId::B2,
        "guardrail_armed",
        CheckState::Fail,
    );
}

#[test]
fn r6_open_p0_bugs_refuse_the_way_to_alpha() {
    let scene = Scene::with(|scene| {
        let count = |found: &mut Evidence| found.verdict = Verdict::Count(1);
        scene.evidence.entry(EvidenceKind::OpenP0Bugs).and_modify(count);
    });
    scene.is_shut_by(RuleId::R6, "open_p0_bugs", CheckState::Fail);
}

#[test]
fn r6_missing_evidence_refuses_the_way_to_alpha_and_names_the_command() {
    let scene = Scene::with(|scene| {
        scene.evidence.remove(&EvidenceKind::CoreFlowVerified);
    });
    let no_data = CheckState::Unknown(Unknown::NoData);
    scene.is_shut_by(RuleId::R6, "core_flow_verified", no_data);
    let report = scene.gate().report();
    assert_eq!(
        report.blockers().next().map(|check| check.next.as_str()),
        Some("verdict rollout record-evidence <rollout> --kind core_flow_verified --verdict passed")
    );
}

#[test]
fn r6_evidence_is_not_asked_for_again_and_beta_is_accepted_without_it() {
    let scene = Scene::with(|scene| {
        scene.evidence.clear();
        scene.from = StageName::ALPHA;
        scene.to = Move::Stage(StageName::BETA);
    });
    scene.is_open();
}

/// Decision D40: whatever the stages are called, the evidence is asked for on the first way into the class named, and a
/// further stage of a class asks for the soak, the facts and the guardrails only.
#[test]
fn r6_and_r5_the_gate_of_a_class_belongs_to_the_first_entry_into_it() {
    use Class::{Everyone, Internal, Named, Share};
    let classes = [Internal, Internal, Named, Named, Share, Share, Everyone, Everyone];
    let names = ["beta", "team", "friends", "alpha", "internal", "eu", "most", "all"];
    let stages: Vec<_> = names.into_iter().zip(classes).collect();
    let asked = |index: usize| {
        let mut scene = Scene::open();
        scene.plan = plan_of(&stages);
        scene.evidence.clear();
        scene.from = names[index].parse().unwrap();
        scene.to = Move::Stage(names[index + 1].parse().unwrap());
        let report = scene.gate().report();
        let names: Vec<_> = report.checks.iter().map(|check| check.name).collect();
        let evidence = report.checks.iter().filter(|check| check.rule == RuleId::R6).count();
        (evidence, names.contains(&"guardrail_armed"), names.contains(&"soak"), names.contains(&"freshness"))
    };
    assert_eq!(asked(0), (0, false, true, true), "within the team");
    assert_eq!(asked(1), (2, true, true, true), "to the first customers");
    for further in 2..names.len() - 1 {
        assert_eq!(asked(further), (0, true, true, true), "to {}", names[further + 1]);
    }
}

#[test]
fn r16_the_facts_of_a_decision_are_kept_with_source_and_time() {
    let recorded: Vec<_> = Scene::open()
        .gate()
        .recorded()
        .into_iter()
        .map(|fact| (fact.kind.as_str(), fact.subject, fact.source, fact.confirmed_at))
        .collect();
    let fact = |kind, subject: &str, source: &str| (kind, subject.to_owned(), source.to_owned(), NOW);
    assert_eq!(
        recorded,
        [
            fact("flag", "", "flag@3"),
            fact("guardrail", "error_rate", "answer-1"),
            fact("instrumentation", "signup", "verified-1"),
            fact("evidence", "open_p0_bugs", "0"),
            fact("evidence", "core_flow_verified", "passed"),
        ]
    );
}

#[test]
fn durations_are_spelled_in_their_two_largest_units() {
    for (duration, spelled) in [
        (Duration::ZERO, "0 s"),
        (Duration::from_secs(61), "1 min 1 s"),
        (DAY * 7, "7 d"),
        (DAY + Duration::from_secs(3_661), "1 d 1 h"),
    ] {
        assert_eq!(spell(duration), spelled);
    }
}
