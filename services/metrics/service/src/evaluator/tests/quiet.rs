//! A guardrail is left alone while a look would find nothing, and no longer.

use jiff::SignedDuration;
use verdict_proto::metrics::v1::{
    GuardrailEffect, RestoreMetric, RetireMetric, RetractObservations, SetEffect,
};

use super::*;
use crate::evaluator::quiet::{self, Quiet};
use crate::evaluator::watch::Known;

/// Whether the next look leaves the guardrail alone.
async fn is_quiet(world: &World, guardrail: &str) -> bool {
    let id = guardrail.parse().unwrap();
    let evaluation = &world.context.evaluation;
    evaluation.board.refresh().await.unwrap();
    let (entry, known) = evaluation.board.read(|view| {
        let entry = view.guardrails.get(id).unwrap();
        let known = evaluation.has_nothing_to_do(view, id, entry).then(|| quiet::known(view, entry));
        (entry.clone(), known)
    });
    let right = evaluation.place_of(&entry).unwrap().right(evaluation.clock.monotonic()).unwrap();
    matches!(quiet::quiet(&evaluation.watch(id, &right), entry.armed_at, known, world.now()), Quiet::Until(_))
}

/// A guardrail that passed a minute ago and was looked at since.
async fn quiet() -> (World, RolloutId, String) {
    let (world, rollout, guardrail) = World::guarded().await;
    assert!(!is_quiet(&world, &guardrail).await, "nobody has looked");
    world.minute(90.0).await;
    world.settle().await;
    assert!(is_quiet(&world, &guardrail).await);
    (world, rollout, guardrail)
}

async fn on_metric(world: &World, command: pb::metric_request::Command) {
    accepted(world.metric("cpu", command).await);
}

#[tokio::test]
async fn clause_10_a_row_is_judged_and_then_the_guardrail_is_left_alone() {
    let (world, _, guardrail) = quiet().await;
    // What changes no answer was all that there was to say.
    world.minute(91.0).await;
    assert!(is_quiet(&world, &guardrail).await);
    // What changes one may lead to more.
    for value in [40.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    assert!(!is_quiet(&world, &guardrail).await);
    world.settle().await;
    assert!(is_quiet(&world, &guardrail).await);
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
}

#[tokio::test]
async fn m4_an_answer_that_goes_stale_ends_the_rest() {
    let (world, _, guardrail) = quiet().await;
    world.clock.advance(Duration::from_mins(2));
    assert!(is_quiet(&world, &guardrail).await);
    world.clock.advance(Duration::from_millis(1));
    assert!(!is_quiet(&world, &guardrail).await);
    world.settle().await;
    world.clock.advance(Duration::from_hours(24));
    assert!(is_quiet(&world, &guardrail).await, "it cannot get staler");
}

#[tokio::test]
async fn m17_a_bucket_that_counts_without_who_is_silent_ends_the_rest() {
    let (world, _, guardrail) = quiet().await;
    let both = |value: f64| {
        let mut other = world.row(0, value);
        other["source"] = "other".into();
        serde_json::json!({ "observations": [world.row(0, value), other] })
    };
    world.clock.advance(Duration::from_mins(1));
    world.post(&both(90.0)).await.unwrap();
    world.minute(90.0).await;
    world.settle().await;
    assert!(is_quiet(&world, &guardrail).await);
    world.clock.advance(Duration::from_secs(6));
    assert!(!is_quiet(&world, &guardrail).await);
}

#[tokio::test]
async fn clause_24_a_clock_that_went_back_ends_the_rest() {
    let (world, _, guardrail) = quiet().await;
    world.clock.step(-SignedDuration::from_millis(1));
    assert!(!is_quiet(&world, &guardrail).await);
    world.clock.step(-SignedDuration::from_hours(1));
    world.settle_once().await;
    assert!(!is_quiet(&world, &guardrail).await, "nothing can be said of now");
}

#[tokio::test]
async fn clause_06_another_attempt_ends_the_rest() {
    let (world, rollout, guardrail) = quiet().await;
    world.enter(rollout, "alpha", 2).await;
    assert!(!is_quiet(&world, &guardrail).await);
}

#[tokio::test]
async fn r9_another_effect_ends_the_rest() {
    let (world, _, guardrail) = quiet().await;
    let effect = SetEffect { effect: GuardrailEffect::Shadow.into() };
    accepted(world.guardrail(&guardrail, Command::SetEffect(effect)).await);
    assert!(!is_quiet(&world, &guardrail).await);
}

#[tokio::test]
async fn clause_18_a_past_that_cannot_be_read_ends_the_rest() {
    let (world, _, guardrail) = quiet().await;
    world.write_unknown(&format!("metrics.guardrail-{guardrail}"), "metrics.Guardrail.Painted.v1").await;
    assert!(!is_quiet(&world, &guardrail).await);
    world.settle_once().await;
    assert!(!is_quiet(&world, &guardrail).await);
}

#[tokio::test]
async fn r15_a_metric_that_is_retired_ends_the_rest() {
    let (world, _, guardrail) = quiet().await;
    on_metric(&world, pb::metric_request::Command::Retire(RetireMetric {})).await;
    assert!(!is_quiet(&world, &guardrail).await);
    world.settle_once().await;
    assert!(!is_quiet(&world, &guardrail).await);
    on_metric(&world, pb::metric_request::Command::Restore(RestoreMetric {})).await;
    assert!(is_quiet(&world, &guardrail).await);
}

#[tokio::test]
async fn m14_rows_that_were_taken_back_end_the_rest() {
    let (world, _, guardrail) = quiet().await;
    let retract = RetractObservations {
        source: "another".to_owned(),
        from: (world.now() - SignedDuration::from_mins(1)).to_string(),
        to: world.now().to_string(),
    };
    on_metric(&world, pb::metric_request::Command::RetractObservations(retract)).await;
    assert!(!is_quiet(&world, &guardrail).await);
    world.settle().await;
    assert!(is_quiet(&world, &guardrail).await);
}

#[tokio::test]
async fn a_guardrail_that_is_armed_again_is_not_left_alone() {
    let (world, _, guardrail) = quiet().await;
    accepted(world.guardrail(&guardrail, Command::Disarm(DisarmGuardrail {})).await);
    world.clock.advance(Duration::from_secs(1));
    accepted(world.guardrail(&guardrail, Command::Rearm(RearmGuardrail {})).await);
    assert!(!is_quiet(&world, &guardrail).await);
}

#[test]
fn a_row_that_goes_in_or_out_ends_the_rest_and_so_does_every_look() {
    let end: Timestamp = "2026-03-01T00:01:00Z".parse().unwrap();
    let terms = super::crowds::below_50();
    let row = super::crowds::crowd(end, 1, 90.0);
    let known = Known { version: 1, attempt: None };
    let resting = || {
        let mut watch = Watch::new(&terms);
        watch.rest(Rest { known, from: end, until: None });
        assert!(watch.rests(known, end).is_some());
        watch
    };
    let mut watch = resting();
    watch.insert(&row);
    assert_eq!(watch.rests(known, end), None);
    watch.rest(Rest { known, from: end, until: None });
    watch.insert(&row);
    assert_eq!(watch.rests(known, end), None, "the same one is judged again");
    watch.rest(Rest { known, from: end, until: None });
    assert!(watch.forget(|_, _| true));
    assert_eq!(watch.rests(known, end), None);
    let mut watch = resting();
    watch.look(&terms, end);
    assert_eq!(watch.rests(known, end), None);
}
