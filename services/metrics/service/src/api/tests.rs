use tonic::Code;
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::guardrail_request::Command as OnGuardrail;
use verdict_proto::metrics::v1::metric_request::Command as OnMetric;
use verdict_proto::v1::{CheckState, CommandMeta, GetRequest, ListRequest, Remarked};
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
    let remarks = accepted(world.guardrail("", OnGuardrail::Arm(far)).await).remarks;
    let rules: Vec<_> = remarks.iter().map(Remarked::rule).collect();
    assert_eq!(rules, ["M18", "M18"], "{remarks:?}");
    let story = world.story().await;
    assert_eq!(story[story.len() - 3..], ["GuardrailArmed", "Remarked", "Remarked"]);
    let listed = world.guardrails().list(ListRequest::default()).await.unwrap().into_inner().guardrails;
    let mut versions: Vec<_> = listed.iter().map(|view| (view.required.as_str(), view.version)).collect();
    versions.sort_unstable();
    assert_eq!(versions, [("not above 100000", 3), ("not below 50 for 3 points in a row", 2)]);
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
        let remarks = accepted(world.guardrail("", OnGuardrail::Arm(below(value))).await).remarks;
        remarks.iter().map(|remark| remark.sentence().to_owned()).collect::<Vec<_>>()
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
async fn m14_a_dry_retraction_says_how_many_rows_would_go_and_takes_none() {
    let (world, rollout, _) = World::guarded().await;
    let from = world.now();
    for _ in 0..3 {
        world.minute(90.0).await;
    }
    let to = world.now();
    let retract = async |dry_run| {
        let retract = pb::RetractObservations {
            source: "probe".to_owned(),
            from: from.to_string(),
            to: to.to_string(),
        };
        let request = pb::MetricRequest {
            meta: Some(CommandMeta { dry_run, ..meta() }),
            metric_id: "cpu".to_owned(),
            command: Some(OnMetric::RetractObservations(retract)),
        };
        accepted(world.metrics().execute(request).await.unwrap().into_inner())
    };
    let kept = async || world.metrics().get(get("cpu")).await.unwrap().into_inner().observations;
    let draft = retract(true).await.drafts.remove(0);
    assert_eq!(draft.r#type, "metrics.Metric.ObservationsRetracted.v1");
    assert!(draft.data.contains("\"rows\":3"), "{}", draft.data);
    assert_eq!(kept().await, 3);
    // Whoever judges did not forget them either.
    let facts = world.facts(rollout, &[]).await;
    assert_eq!(facts.guardrails[0].state(), CheckState::Pass);
    assert_eq!(retract(false).await.events, ["metrics.Metric.ObservationsRetracted.v1"]);
    assert_eq!(kept().await, 0);
}

#[tokio::test]
async fn m14_a_retraction_that_is_refused_takes_no_row() {
    let (world, ..) = World::guarded().await;
    let from = world.now();
    world.minute(90.0).await;
    let retract = pb::RetractObservations {
        source: "probe".to_owned(),
        from: from.to_string(),
        to: world.now().to_string(),
    };
    let request = pb::MetricRequest {
        meta: Some(CommandMeta { reason: String::new(), ..meta() }),
        metric_id: "cpu".to_owned(),
        command: Some(OnMetric::RetractObservations(retract)),
    };
    let refused = refused(world.metrics().execute(request).await.unwrap().into_inner());
    assert_eq!((refused.rule.as_str(), refused.code.as_str()), ("M14", "reason_missing"));
    let kept = world.metrics().get(get("cpu")).await.unwrap().into_inner().observations;
    assert_eq!(kept, 1);
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

#[tokio::test]
async fn decision_21_a_guardrail_is_called_by_its_key_until_it_is_disarmed() {
    let (world, rollout, _) = World::guarded().await;
    world.define("errors", pb::MetricType::Guardrail).await;
    let named = |metric: &str| pb::ArmGuardrail { key: "cpu-low".to_owned(), ..arm(metric, rollout) };
    let arming = |arm| world.guardrail("", OnGuardrail::Arm(arm));
    let guardrail = accepted(arming(named("errors")).await).id;
    let view = || async { world.guardrails().get(get("CPU-low")).await.unwrap().into_inner() };
    assert_eq!((view().await.id, view().await.key), (guardrail.clone(), "cpu-low".to_owned()));
    // Armed again after it was disarmed, it watches again.
    accepted(world.guardrail("cpu-low", OnGuardrail::Disarm(pb::DisarmGuardrail {})).await);
    assert_eq!(accepted(arming(named("errors")).await).id, guardrail);
    assert_eq!(view().await.state, "armed");
    let other = world.rollout("other").await;
    let elsewhere = || pb::ArmGuardrail { rollout_id: other.to_string(), ..named("errors") };
    assert_eq!(refused(arming(elsewhere()).await).code, "key_taken");
    accepted(world.guardrail("cpu-low", OnGuardrail::Disarm(pb::DisarmGuardrail {})).await);
    let second = accepted(arming(elsewhere()).await).id;
    assert_eq!(view().await.id, second);
}
