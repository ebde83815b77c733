//! What the answers of other contexts become.

use metrics::GuardrailEffect::{Hold, Rollback, Unspecified};
use verdict_proto::rollouts::v1::Stage;

use super::*;

#[test]
fn g5_a_view_says_by_its_classes_whom_the_stage_is_for_and_whom_the_plan_ends_with() {
    use StageClass::{Everyone, Share};
    let of = |class: StageClass| Stage { class: Some(class.into()), ..Stage::default() };
    let seen = |served: StageClass, last: StageClass| {
        stage(&RolloutView {
            state: "running".into(),
            stage: "ga".into(),
            stage_class: served.into(),
            stages: [Share, last].map(of).to_vec(),
            ..RolloutView::default()
        })
    };
    for (served, last) in [(Share, Share), (Share, Everyone), (Everyone, Everyone)] {
        let expected = StageFact {
            state: "running".into(),
            stage: "ga".into(),
            for_everyone: served == Everyone,
            ends_with_everyone: last == Everyone,
        };
        assert_eq!(seen(served, last), expected);
    }
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
