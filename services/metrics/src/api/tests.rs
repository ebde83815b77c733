use tonic::Code;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::guardrail_request::Command as OnGuardrail;
use verdict_proto::metrics::v1::metric_request::Command as OnMetric;
use verdict_proto::v1::{CheckState, CommandMeta, GetRequest, ListRequest};
use verdict_runtime::grpc::problem_of;

use crate::testing::{World, accepted, arm, define, meta, refused};

fn get(id: &str) -> GetRequest {
    GetRequest { id: id.to_owned(), ..GetRequest::default() }
}

#[tokio::test]
async fn a_key_is_defined_once_and_found_by_key_or_id() {
    let world = World::new();
    let id = world.define("orders", pb::MetricType::Core).await;
    let again = accepted(world.metric("", OnMetric::Define(define("orders", pb::MetricType::Core))).await);
    assert_eq!((again.id.as_str(), again.events.len()), (id.as_str(), 0));
    let other = world.metric("", OnMetric::Define(define("orders", pb::MetricType::Leading))).await;
    assert_eq!(refused(other).code, "metric_already_defined");
    let by_key = world.metrics().get(get("orders")).await.unwrap().into_inner();
    let by_id = world.metrics().get(get(&id)).await.unwrap().into_inner();
    assert_eq!(by_key, by_id);
    assert_eq!((by_key.state.as_str(), by_key.refresh_seconds), ("draft", 7 * 86_400));
}

#[tokio::test]
async fn m1_a_link_is_judged_by_what_the_other_metric_is() {
    let world = World::new();
    world.define("orders", pb::MetricType::Core).await;
    let linked = |key: &str, kind, to: &str| {
        OnMetric::Define(pb::DefineMetric { leads_to: vec![to.to_owned()], ..define(key, kind) })
    };
    for (kind, to) in [(pb::MetricType::Leading, "nobody"), (pb::MetricType::Core, "orders")] {
        let reply = world.metric("", linked("trials", kind, to)).await;
        assert_eq!(refused(reply).rule, "M1");
    }
    let reply = world.metric("", linked("trials", pb::MetricType::Leading, "orders")).await;
    accepted(reply);
}

#[tokio::test]
async fn m2_arming_on_a_lagging_metric_is_refused_and_on_another_accepted() {
    let world = World::new();
    world.define("churn", pb::MetricType::Lagging).await;
    world.define("trials", pb::MetricType::Leading).await;
    let rollout = world.rollout("r").await;
    let reply = world.guardrail("", OnGuardrail::Arm(arm("churn", rollout))).await;
    assert_eq!(refused(reply).rule, "M2");
    let id = world.arm(arm("trials", rollout)).await;
    let view = world.guardrails().get(get(&id)).await.unwrap().into_inner();
    assert_eq!((view.state.as_str(), view.answer()), ("armed", CheckState::UnknownNoData));
    assert_eq!(view.required, "not below 50 for 3 points in a row");
}

#[tokio::test]
async fn i5_arming_on_what_nobody_knows_is_refused_and_on_what_is_there_accepted() {
    let world = World::new();
    let known = world.rollout("r").await;
    let unknown = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C".parse().unwrap();
    world.define("cpu", pb::MetricType::Guardrail).await;
    let retired = world.define("gone", pb::MetricType::Guardrail).await;
    accepted(world.metric(&retired, OnMetric::Retire(pb::RetireMetric {})).await);
    for (metric, rollout, required, next) in [
        ("nobody", known, "a metric that exists", "verdict metric list"),
        ("gone", known, "a metric in use that exists", "verdict metric restore gone"),
        ("cpu", unknown, "a rollout that exists", "verdict rollout list"),
    ] {
        let refused = refused(world.guardrail("", OnGuardrail::Arm(arm(metric, rollout))).await);
        let named = (refused.rule.as_str(), refused.code.as_str(), refused.required.as_str());
        assert_eq!(named, ("I5", "unknown_reference", required));
        assert_eq!(refused.next, next);
    }
    // Nor is one that another organisation has.
    let foreign = pb::GuardrailRequest {
        meta: Some(CommandMeta { org: "other".to_owned(), ..meta() }),
        command: Some(OnGuardrail::Arm(arm("cpu", known))),
        ..pb::GuardrailRequest::default()
    };
    let foreign = world.guardrails().execute(foreign).await.unwrap().into_inner();
    assert_eq!(refused(foreign).rule, "I5");
    world.arm(arm("cpu", known)).await;
}

#[tokio::test]
async fn arming_in_a_bad_way_names_the_field() {
    let (world, rollout, _) = World::guarded().await;
    let finished = world.rollout("finished").await;
    world.abort(finished).await;
    let threshold = |value: &str, points| {
        Some(pb::arm_guardrail::Rule::Threshold(pb::Threshold {
            comparison: Some(pb::Comparison::Above.into()),
            value: Some(value.to_owned()),
            for_points: Some(points),
        }))
    };
    let ruled = |rule| pb::ArmGuardrail { rule, ..arm("cpu", rollout) };
    for (wanted, code, field) in [
        (arm("cpu", finished), "rollout_finished", "arm.rollout_id"),
        (ruled(None), "missing_field", "arm.threshold"),
        (ruled(threshold("NaN", 3)), "invalid_field", "arm.threshold.value"),
        (ruled(threshold("1", 0)), "missing_field", "arm.threshold.for_points"),
        (ruled(threshold("1", 1001)), "invalid_field", "arm.threshold.for_points"),
    ] {
        let request = pb::GuardrailRequest {
            meta: Some(meta()),
            guardrail_id: String::new(),
            command: Some(OnGuardrail::Arm(wanted)),
        };
        let status = world.guardrails().execute(request).await.unwrap_err();
        let problem = problem_of(&status).unwrap();
        assert_eq!((problem.code.as_str(), problem.field.as_str()), (code, field));
    }
}

#[tokio::test]
async fn the_same_guardrail_armed_twice_is_a_repeat_and_with_other_terms_refused() {
    let (world, rollout, guardrail) = World::guarded().await;
    let arming = |arm| world.guardrail("", OnGuardrail::Arm(arm));
    let again = accepted(arming(arm("cpu", rollout)).await);
    assert_eq!((again.id.as_str(), again.events.len()), (guardrail.as_str(), 0));
    let critical = pb::ArmGuardrail { critical: true, ..arm("cpu", rollout) };
    assert_eq!(refused(arming(critical).await).code, "guardrail_already_armed");
    let other = world.rollout("other").await;
    assert_ne!(accepted(arming(arm("cpu", other)).await).id, guardrail);
    let disarm = OnGuardrail::Disarm(pb::DisarmGuardrail {});
    accepted(world.guardrail(&guardrail, disarm).await);
    let view = || async { world.guardrails().get(get(&guardrail)).await.unwrap().into_inner().state };
    assert_eq!(view().await, "disarmed");
    accepted(arming(arm("cpu", rollout)).await);
    assert_eq!(view().await, "armed");
}

#[tokio::test]
async fn m18_a_bound_far_outside_what_was_observed_is_armed_with_a_warning() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    let far = pb::ArmGuardrail {
        rule: Some(pb::arm_guardrail::Rule::Threshold(pb::Threshold {
            comparison: Some(pb::Comparison::Above.into()),
            value: Some("100000".to_owned()),
            for_points: Some(1),
        })),
        ..arm("cpu", rollout)
    };
    let warnings = accepted(world.guardrail("", OnGuardrail::Arm(far)).await).warnings;
    let rules: Vec<_> = warnings.iter().map(|warning| warning.rule.as_str()).collect();
    assert_eq!(rules, ["M18", "M18"], "{warnings:?}");
}

#[tokio::test]
async fn m18_a_metric_of_all_users_is_held_against_the_smallest_share_of_the_plan() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    let below = |value: &str| pb::ArmGuardrail {
        rule: Some(pb::arm_guardrail::Rule::Threshold(pb::Threshold {
            comparison: Some(pb::Comparison::Below.into()),
            value: Some(value.to_owned()),
            for_points: Some(1),
        })),
        ..arm("cpu", rollout)
    };
    let said = async |value| {
        let warnings = accepted(world.guardrail("", OnGuardrail::Arm(below(value))).await).warnings;
        warnings.into_iter().map(|warning| warning.sentence).collect::<Vec<_>>()
    };
    assert_eq!(said("89.5").await, Vec::<String>::new());
    let warned = said("80").await;
    assert!(warned[0].contains("stage alpha exposes 1 %"), "{warned:?}");
    // Rows of the rollout alone are of those who are exposed.
    world.clock.advance(std::time::Duration::from_mins(1));
    let mut own = world.row(0, 90.0);
    own["rollout"] = rollout.to_string().into();
    world.post(&own).await.unwrap();
    assert_eq!(said("79").await, Vec::<String>::new());
}

#[tokio::test]
async fn m17_how_sources_are_judged_is_chosen_when_a_guardrail_is_armed() {
    let (world, rollout, merged) = World::guarded().await;
    world.define("errors", pb::MetricType::Guardrail).await;
    let each = pb::ArmGuardrail { judge: pb::Judge::EachSource.into(), ..arm("errors", rollout) };
    let each = world.arm(each).await;
    let judge = async |id: &str| world.guardrails().get(get(id)).await.unwrap().into_inner().judge();
    assert_eq!((judge(&merged).await, judge(&each).await), (pb::Judge::Merged, pb::Judge::EachSource));
    let otherwise = pb::ArmGuardrail { judge: pb::Judge::EachSource.into(), ..arm("cpu", rollout) };
    let refused = refused(world.guardrail("", OnGuardrail::Arm(otherwise)).await);
    assert_eq!(refused.code, "guardrail_already_armed");
}

#[tokio::test]
async fn nobody_but_the_evaluation_answers() {
    let (world, _, guardrail) = World::guarded().await;
    let answer = |process: &str| pb::GuardrailRequest {
        meta: Some(CommandMeta { process: process.to_owned(), ..meta() }),
        guardrail_id: guardrail.clone(),
        command: Some(OnGuardrail::Answer(pb::AnswerGuardrail {
            state: CheckState::Pass.into(),
            as_of: world.now().to_string(),
            ..pb::AnswerGuardrail::default()
        })),
    };
    let status = world.guardrails().execute(answer("")).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().code, "not_for_people");
    let other = world.guardrails().execute(answer("wind-down")).await.unwrap_err();
    assert_eq!(other.code(), Code::InvalidArgument);
    let own = answer(crate::evaluator::PROCESS);
    accepted(world.guardrails().execute(own).await.unwrap().into_inner());
}

#[tokio::test]
async fn lists_come_in_pages_and_by_parent() {
    let (world, rollout, guardrail) = World::guarded().await;
    for key in ["a", "b", "c"] {
        world.define(key, pb::MetricType::Core).await;
    }
    let mut keys = Vec::new();
    let mut after = String::new();
    loop {
        let request = ListRequest { first: 3, after, ..ListRequest::default() };
        let page = world.metrics().list(request).await.unwrap().into_inner();
        keys.extend(page.metrics.into_iter().map(|metric| metric.key));
        after = page.next;
        if after.is_empty() {
            break;
        }
    }
    keys.sort_unstable();
    assert_eq!(keys, ["a", "b", "c", "cpu"]);
    let other = world.rollout("other").await;
    for (of, expected) in [(rollout, vec![guardrail]), (other, vec![])] {
        let request = ListRequest { of: of.to_string(), ..ListRequest::default() };
        let list = world.guardrails().list(request).await.unwrap().into_inner();
        let ids: Vec<_> = list.guardrails.into_iter().map(|guardrail| guardrail.id).collect();
        assert_eq!(ids, expected);
    }
    let too_many = ListRequest { first: 101, ..ListRequest::default() };
    let status = world.metrics().list(too_many).await.unwrap_err();
    assert_eq!(problem_of(&status).unwrap().field, "first");
}

#[tokio::test]
async fn another_organisation_sees_nothing() {
    let (world, _, guardrail) = World::guarded().await;
    let foreign = |id: &str| GetRequest { org: "other".to_owned(), ..get(id) };
    let metric = world.metrics().get(foreign("cpu")).await.unwrap_err();
    let guardrail = world.guardrails().get(foreign(&guardrail)).await.unwrap_err();
    assert_eq!((metric.code(), guardrail.code()), (Code::NotFound, Code::NotFound));
    let list = ListRequest { org: "other".to_owned(), ..ListRequest::default() };
    let metrics = world.metrics().list(list).await.unwrap().into_inner().metrics;
    assert_eq!(metrics, []);
}
