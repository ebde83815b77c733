//! Which rollouts count as generally available.

use verdict_proto::rollouts::v1::Stage;

use super::*;

#[test]
fn only_a_serving_or_completed_ga_stage_counts() {
    let seen = |state: &str, stage_name: &str| {
        stage(&RolloutView {
            state: state.into(),
            stage: stage_name.into(),
            stages: vec![Stage { name: Some(GA.into()), ..Stage::default() }],
            ..RolloutView::default()
        })
    };
    for (state, stage_name) in [("running", GA), ("paused", GA), ("completed", ""), ("completed", GA)] {
        assert_eq!(seen(state, stage_name), StageFact::GeneralAvailability, "{state} {stage_name}");
    }
    assert_eq!(seen("running", "beta"), StageFact::Earlier("stage beta, running".into()));
    assert_eq!(seen("rolling_back", GA), StageFact::Earlier("stage ga, rolling_back".into()));
    assert_eq!(seen("draft", ""), StageFact::Earlier("draft".into()));
}

#[test]
fn an_answer_that_says_nothing_is_unknown() {
    let fact =
        guardrail(metrics::GuardrailFact { metric: "cpu".into(), ..metrics::GuardrailFact::default() });
    assert_eq!(fact.state, CheckState::Unknown(Unknown::NoData));
}
