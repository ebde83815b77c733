//! A sample that stays too small because a product has few customers (rule M10).

use super::*;

const FEW: CheckState = CheckState::Unknown(Unknown::Insufficient);

/// Five customers, in a stage that has taken as long as it may.
fn overdue(change: impl FnOnce(&mut Scene)) -> Scene {
    let mut scene = Scene::answering(|given| given.guardrails = vec![guardrail(FEW)]);
    scene.overdue_at = Some(NOW);
    scene.evidence.insert(EvidenceKind::SampleAttested, attested(NOW, Verdict::Passed));
    change(&mut scene);
    scene
}

fn attested(at: Timestamp, verdict: Verdict) -> Evidence {
    Evidence { verdict, at, by: "dana".to_owned(), link: "call-7".to_owned() }
}

#[test]
fn m10_an_attested_sample_is_accepted_in_zero_to_one_past_the_stage_maximum() {
    let scene = overdue(|_| {});
    scene.is_open();
    let report = scene.gate().report();
    let seen =
        report.checks.iter().find(|check| check.name == "minimum_sample").map(|it| it.seen.to_string());
    assert_eq!(seen.as_deref(), Some("0.01; attested at 1970-01-01T00:00:00Z by dana call-7"));
}

#[test]
fn m10_an_attestation_is_refused_in_scaling_before_the_maximum_of_an_earlier_stage_and_when_it_failed() {
    let later = plus(NOW, Duration::from_secs(1));
    let earlier = NOW - jiff::SignedDuration::from_secs(1);
    let give = |scene: &mut Scene, evidence| {
        scene.evidence.insert(EvidenceKind::SampleAttested, evidence);
    };
    for scene in [
        overdue(|scene| scene.plan.mode = Mode::Scaling),
        overdue(|scene| scene.overdue_at = None),
        overdue(|scene| scene.overdue_at = Some(later)),
        overdue(|scene| give(scene, attested(earlier, Verdict::Passed))),
        overdue(|scene| give(scene, attested(NOW, Verdict::Failed))),
        overdue(|scene| drop(scene.evidence.remove(&EvidenceKind::SampleAttested))),
    ] {
        scene.is_shut_by(RuleId::M10, "minimum_sample", FEW);
    }
}

#[test]
fn m10_an_attestation_of_what_fails_or_was_never_measured_is_refused() {
    for (state, rule, name) in [
        (CheckState::Fail, RuleId::R9a, "guardrail"),
        (CheckState::Unknown(Unknown::NoData), RuleId::M10, "guardrail"),
        (CheckState::Unknown(Unknown::Stale), RuleId::M4, "guardrail"),
    ] {
        let mut given = confirmed(NOW);
        given.guardrails = vec![guardrail(state)];
        overdue(|scene| scene.facts.metrics = Answer::Given(given)).is_shut_by(rule, name, state);
    }
}

#[test]
fn m10_who_may_attest_is_told_how() {
    let told = |scene: Scene| {
        let report = scene.gate().report();
        report.blockers().map(|check| check.next.clone()).collect::<Vec<_>>()
    };
    let attest = "verdict rollout record-evidence <rollout> --kind sample_attested --verdict passed";
    let nothing = |scene: &mut Scene| drop(scene.evidence.remove(&EvidenceKind::SampleAttested));
    assert_eq!(told(overdue(nothing)), [attest]);
    let early = overdue(|scene| {
        nothing(scene);
        scene.overdue_at = None;
    });
    assert_eq!(told(early), ["verdict metric observe error_rate --value <value>"]);
}
