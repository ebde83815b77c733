use verdict_kernel::clock::plus;

use super::*;
use crate::gate::checks::spell;

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
    }
}

fn metric(kind: Option<MetricKind>, instrumented: bool) -> MetricFact {
    MetricFact { metric: "signup".to_owned(), kind, instrumented, source: "verified-1".to_owned() }
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
    FlagFact::Known { killed, held, source: "flag@3".to_owned() }
}

/// What a test changes about a gate that would be open.
struct Scene {
    facts: Facts,
    evidence: BTreeMap<String, Evidence>,
    to: Move,
    from: StageName,
    soak: Soak,
    watch: Watch,
}

impl Scene {
    fn open() -> Self {
        let evidence = |value: &str| Evidence { value: value.to_owned(), at: NOW };
        Self {
            facts: Facts { flag: flag(false, false), metrics: Answer::Given(confirmed(NOW)) },
            evidence: [
                (OPEN_P0_BUGS.to_owned(), evidence("0")),
                (CORE_FLOW_VERIFIED.to_owned(), evidence("")),
            ]
            .into(),
            from: StageName::Internal,
            to: Move::Stage(StageName::Alpha),
            soak: Soak::Until(NOW),
            watch: Watch::Held,
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
            from: self.from,
            to: self.to,
            mode: Mode::ZeroToOne,
            soak: self.soak,
            watch: self.watch,
            evidence: &self.evidence,
            facts: &self.facts,
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
    assert_eq!(checks::FRESH, format!("facts confirmed within {}", checks::spell(FRESHNESS)));
    assert_eq!(checks::ALIKE, format!("own clock within {} of the log's", checks::spell(CLOCK_TOLERANCE)));
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
fn m2_a_lagging_metric_is_refused_as_a_gate_fact() {
    let scene = Scene::answering(|given| given.metrics.push(metric(Some(MetricKind::Lagging), true)));
    scene.is_shut_by(RuleId::M2, "gate_metric", CheckState::Fail);
}

#[test]
fn m2_a_core_metric_is_accepted_as_a_gate_fact() {
    Scene::answering(|given| given.metrics.push(metric(Some(MetricKind::Core), true))).is_open();
}

#[test]
fn m9_a_metric_without_a_real_event_refuses_the_way_out_of_internal() {
    let no_data = CheckState::Unknown(Unknown::NoData);
    for kind in [Some(MetricKind::Leading), None] {
        let scene = Scene::answering(|given| given.metrics.push(metric(kind, false)));
        scene.is_shut_by(RuleId::M9, "instrumentation", no_data);
    }
}

#[test]
fn r6_open_p0_bugs_refuse_the_way_to_alpha() {
    let scene = Scene::with(|scene| {
        scene.evidence.entry(OPEN_P0_BUGS.to_owned()).and_modify(|found| found.value = "1".to_owned());
    });
    scene.is_shut_by(RuleId::R6, OPEN_P0_BUGS, CheckState::Fail);
}

#[test]
fn r6_missing_evidence_refuses_the_way_to_alpha_and_names_the_command() {
    let scene = Scene::with(|scene| {
        scene.evidence.remove(CORE_FLOW_VERIFIED);
    });
    let no_data = CheckState::Unknown(Unknown::NoData);
    scene.is_shut_by(RuleId::R6, CORE_FLOW_VERIFIED, no_data);
    let report = scene.gate().report();
    assert_eq!(
        report.blockers().next().map(|check| check.next.as_str()),
        Some("verdict rollout record-evidence <rollout> --kind core_flow_verified")
    );
}

#[test]
fn r6_evidence_is_not_asked_for_again_and_beta_is_accepted_without_it() {
    let scene = Scene::with(|scene| {
        scene.evidence.clear();
        scene.from = StageName::Alpha;
        scene.to = Move::Stage(StageName::Beta);
    });
    scene.is_open();
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
            fact("evidence", CORE_FLOW_VERIFIED, ""),
            fact("evidence", OPEN_P0_BUGS, "0"),
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
