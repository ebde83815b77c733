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
async fn arming_on_what_is_not_there_names_it() {
    let (world, rollout, _) = World::guarded().await;
    let finished = world.rollout("finished").await;
    world.abort(finished).await;
    let unknown = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C".parse().unwrap();
    let threshold = |value: &str, points| {
        Some(pb::arm_guardrail::Rule::Threshold(pb::Threshold {
            comparison: Some(pb::Comparison::Above.into()),
            value: Some(value.to_owned()),
            for_points: Some(points),
        }))
    };
    let ruled = |rule| pb::ArmGuardrail { rule, ..arm("cpu", rollout) };
    for (wanted, code, field) in [
        (arm("nobody", rollout), "unknown_metric", "arm.metric"),
        (arm("cpu", unknown), "not_found", "arm.rollout_id"),
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
    assert_eq!(status.code(), Code::InvalidArgument);
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
