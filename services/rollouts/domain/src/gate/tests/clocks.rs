//! The own clock beside the log's and the machine's.

use verdict_kernel::clock::Step;

use super::*;

/// An append that took a second of the own clock, dated `millis` after it began.
fn dated(millis: i64) -> Clocks {
    Clocks {
        before: NOW,
        after: plus(NOW, Duration::from_secs(1)),
        created: NOW + jiff::SignedDuration::from_millis(millis),
        source: "log:9:9".to_owned(),
    }
}

fn with(clocks: Option<Clocks>) -> Scene {
    Scene::with(|scene| scene.facts.metrics = confirmed(NOW).seen_with(Doubt::of(clocks, None)))
}

#[test]
fn clause_12_clocks_two_seconds_apart_or_not_compared_leave_the_gate_open() {
    for millis in [-2_000, 0, 500, 1_000, 3_000] {
        with(Some(dated(millis))).is_open();
    }
    with(None).is_open();
}

#[test]
fn clause_12_a_clock_that_is_certainly_off_makes_widening_unhealthy_and_tells_both_times() {
    let unhealthy = CheckState::Unknown(Unknown::Unhealthy);
    for millis in [-2_001, 3_001] {
        let clocks = dated(millis);
        let scene = with(Some(clocks.clone()));
        assert_eq!(
            scene.blockers(),
            [
                (RuleId::R16, "guardrail", unhealthy),
                (RuleId::R16, "freshness", unhealthy),
                (RuleId::F6, "metric_watch", unhealthy),
                (RuleId::B2, "guardrail_armed", unhealthy),
                (RuleId::M9, "instrumentation", unhealthy),
            ]
        );
        let report = scene.gate().report();
        let line = report.checks.iter().find(|check| check.name == "freshness").unwrap();
        assert_eq!((&*line.required, line.source.as_str()), (checks::ALIKE, "log:9:9"));
        for time in [clocks.before, clocks.after, clocks.created] {
            assert!(line.seen.contains(&time.to_string()), "{}", line.seen);
        }
    }
}

#[test]
fn clause_12_only_what_the_call_does_not_explain_counts_as_apart() {
    let ahead = [-2_500, 0, 1_000, 3_500].map(|millis| dated(millis).ahead().as_millis());
    assert_eq!(ahead, [2_500, 0, 0, -2_500]);
}

#[test]
fn clause_24_a_wall_clock_that_stepped_makes_widening_unhealthy_and_the_reason_names_the_step() {
    let hours = jiff::SignedDuration::from_hours;
    for by in [hours(72), hours(-1)] {
        let step = Step { by, noticed_at: NOW, left: by.abs() };
        // A log on the same machine stepped along.
        let doubt = Doubt::of(Some(dated(500)), Some(step));
        let scene = Scene::with(|scene| scene.facts.metrics = confirmed(NOW).seen_with(doubt.clone()));
        let unhealthy = CheckState::Unknown(Unknown::Unhealthy);
        assert_eq!(
            scene.blockers()[..2],
            [(RuleId::R16, "guardrail", unhealthy), (RuleId::R16, "freshness", unhealthy),]
        );
        let report = scene.gate().report();
        let line = report.checks.iter().find(|check| check.name == "freshness").unwrap();
        assert_eq!((&*line.required, &*line.seen), (checks::STEADY, &*step.to_string()));
    }
}
