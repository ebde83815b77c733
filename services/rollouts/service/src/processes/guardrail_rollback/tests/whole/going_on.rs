//! How a rollout goes on, or does not: answers that turn, breaches that come late, watches that are lost.

use verdict_proto::v1::CheckState;

use super::*;

const ANOTHER: &str = "metrics.guardrail-01JD3Z8Q4M9W6T2V5X7Y0A1B2M";
const ANSWER_CHANGED: &str = "metrics.Guardrail.GuardrailAnswerChanged.v1";

#[tokio::test]
async fn an_answer_that_turns_to_pass_asks_the_gate_again_at_once() {
    let mut service = Service::started(pb::Promotion::Automatic, pb::OnBlind::Pause).await;
    service.desk.answers().guardrail = CheckState::UnknownNoData;
    service.later(2).await;
    assert_eq!(service.rollout().await, stands("running", "internal", 1));
    service.desk.answers().guardrail = CheckState::Pass;
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "internal", 1), "nobody has said so yet");
    let changed = metrics::GuardrailAnswerChanged {
        rollout_id: Some(service.rollout.clone()),
        state: Some(CheckState::Pass.into()),
        ..metrics::GuardrailAnswerChanged::default()
    };
    service.world.write(GUARDRAIL, ANSWER_CHANGED, &changed).await;
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "alpha", 2));
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
}

#[tokio::test]
async fn r11_a_resume_after_a_critical_second_breach_begins_at_the_first_stage() {
    let mut service = Service::in_alpha().await;
    let first = service.breach(false).await;
    service.settle().await;
    let second = service.breach_of(ANOTHER, true).await;
    service.settle().await;
    assert_eq!(service.rolled_back_to().await, ["internal", ""]);
    service.world.advance(1);
    service.tell_breach(first, true);
    let tell_second = |service: &Service, acknowledged: bool| {
        let mut answers = service.desk.answers();
        let breach_id = second.clone();
        let told = metrics::BreachFact { breach_id, acknowledged, ..answers.breaches[0].clone() };
        answers.breaches.truncate(1);
        answers.breaches.push(told);
    };
    tell_second(&service, false);
    let Outcome::Refused(refused) = service.resume().await else {
        panic!("the second breach is not asked for")
    };
    assert_eq!((refused.rule.as_str(), refused.code.as_str()), ("R23", "breach_unanswered"));
    tell_second(&service, true);
    let Outcome::Accepted(_) = service.resume().await else { panic!("answered breaches hold the resume") };
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "internal", 3));
    assert_eq!(service.flag().await, ("internal".to_owned(), false));
}

/// The evaluation of the other guardrail had not read yet that the rollout went on.
#[tokio::test]
async fn r11_a_breach_of_another_guardrail_that_names_an_attempt_which_is_over_is_not_dropped() {
    for critical in [false, true] {
        let mut service = Service::in_alpha().await;
        let first = service.breach(critical).await;
        service.settle().await;
        service.world.advance(1);
        service.tell_breach(first, true);
        let Outcome::Accepted(_) = service.resume().await else {
            panic!("an answered breach holds the resume")
        };
        service.settle().await;
        assert_eq!(service.rollout().await, stands("running", "internal", 3));
        let second = service.breach_of(ANOTHER, false).await;
        service.settle().await;
        assert_eq!(service.rollout().await.0, "rolled_back");
        assert_eq!(service.flag().await, ("internal".to_owned(), true));
        let request = GetRequest { id: service.flag.clone(), ..GetRequest::default() };
        let view = service.flags.get(request).await.unwrap().into_inner();
        assert_eq!(view.holds.iter().map(|hold| hold.cause.clone()).collect::<Vec<_>>(), [second]);
    }
}

#[tokio::test]
async fn r26_a_breach_that_names_an_attempt_which_is_over_stops_the_rollout_too_and_is_answered() {
    let mut service = Service::past_no_return(pb::PlanRollout::default()).await;
    service.ask(Asked::Pause(pb::PauseRollout::default())).await;
    assert!(matches!(service.resume().await, Outcome::Accepted(_)), "nothing broke");
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "alpha", 3));
    let breach = service.breach(false).await;
    service.settle().await;
    assert_eq!(service.flag().await, ("alpha".to_owned(), true));
    assert_eq!(service.rollout().await, stands("paused", "alpha", 3));
    service.world.advance(1);
    service.tell_breach(breach.clone(), false);
    assert!(matches!(service.resume().await, Outcome::Refused(_)), "nobody answered the breach");
    service.tell_breach(breach, true);
    assert!(matches!(service.resume().await, Outcome::Accepted(_)), "the breach is answered");
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "alpha", 4));
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
}

#[tokio::test]
async fn r15_after_a_second_period_only_the_plan_that_says_so_narrows() {
    for (on_blind, state, stage) in
        [(pb::OnBlind::Pause, "paused", "alpha"), (pb::OnBlind::Narrow, "rolled_back", "internal")]
    {
        let mut service = Service::in_alpha_with(on_blind).await;
        service.world.advance(61);
        service.settle().await;
        assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
        assert_eq!(service.flag().await, ("alpha".to_owned(), false));
        service.world.advance(61);
        service.settle().await;
        assert_eq!(service.rollout().await.0, state);
        assert_eq!(service.flag().await, (stage.to_owned(), on_blind == pb::OnBlind::Narrow));
    }
}
