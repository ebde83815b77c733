//! What the answers of other contexts become.

use metrics::GuardrailEffect::{Hold, Rollback, Unspecified};
use verdict_proto::rollouts::v1::Stage;

use super::*;

#[test]
fn a_view_says_what_is_served_and_what_is_planned_last() {
    let seen = stage(&RolloutView {
        state: "running".into(),
        stage: "beta".into(),
        stages: ["beta", "ga"].map(|name| Stage { name: Some(name.into()), ..Stage::default() }).to_vec(),
        ..RolloutView::default()
    });
    let expected = StageFact { state: "running".into(), stage: "beta".into(), last_planned: "ga".into() };
    assert_eq!(seen, expected);
}

#[test]
fn an_answer_that_says_nothing_is_unknown() {
    let fact =
        guardrail(metrics::GuardrailFact { metric: "cpu".into(), ..metrics::GuardrailFact::default() });
    assert_eq!(fact.state, CheckState::Unknown(Unknown::NoData));
}

#[test]
fn r21_the_effect_of_a_guardrail_says_whether_it_is_a_shadow() {
    let of = |effect: metrics::GuardrailEffect| metrics::GuardrailFact {
        effect: effect.into(),
        ..metrics::GuardrailFact::default()
    };
    assert!(guardrail(of(metrics::GuardrailEffect::Shadow)).shadow);
    for effect in [Hold, Rollback, Unspecified] {
        assert!(!guardrail(of(effect)).shadow);
    }
}
