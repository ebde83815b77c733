use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_kernel::id::RolloutId;
use verdict_proto::metrics::v1::{self as pb, Consequence, GuardrailEffect};
use verdict_runtime::grpc::{Transport, problem_of};
use verdict_runtime::log::Filter;
use verdict_runtime::observations::Query;

use crate::testing::{World, arm};

/// A guardrail of effect shadow, `cpu below 50 for 3 points`, that broke in beta, in ga and again after a recovery.
async fn shadowed() -> (World, String) {
    let world = World::new();
    world.define("cpu", pb::MetricType::Guardrail).await;
    let rollout = world.rollout("r").await;
    world.enter(rollout, "alpha", 1).await;
    let shadow = pb::ArmGuardrail { effect: GuardrailEffect::Shadow.into(), ..arm("cpu", rollout) };
    let guardrail = world.arm(shadow).await;
    lived(&world, rollout).await;
    (world, guardrail)
}

async fn lived(world: &World, rollout: RolloutId) {
    for (stage, attempt, values) in [
        ("alpha", 1, &[90.0, 20.0, 20.0, 10.0, 90.0][..]),
        ("beta", 2, &[90.0, 30.0, 30.0, 30.0, 90.0]),
        ("ga", 3, &[90.0, 40.0, 40.0, 40.0, 40.0]),
    ] {
        if attempt > 1 {
            world.enter(rollout, stage, attempt).await;
        }
        for value in values {
            world.minute(*value).await;
            world.settle().await;
        }
    }
}

fn client(world: &World) -> GuardrailsClient<Transport> {
    world.guardrails()
}

async fn replayed(world: &World, id: &str, effect: GuardrailEffect) -> pb::ReplayReply {
    let request =
        pb::ReplayRequest { id: id.to_owned(), effect: effect.into(), ..pb::ReplayRequest::default() };
    client(world).replay(request).await.unwrap().into_inner()
}

async fn written(world: &World) -> usize {
    let page = world.log.read_all(None, &Filter::prefixes([""]), 10_000).await.unwrap();
    page.events.len()
}

#[tokio::test]
async fn r21_a_replay_says_what_each_effect_would_have_done_and_writes_nothing() {
    let (world, guardrail) = shadowed().await;
    let before = written(&world).await;
    let told = |reply: &pb::ReplayReply| -> Vec<_> {
        let line = |it: &pb::ReplayedBreach| {
            (it.stage.clone(), it.attempt, it.consequence(), it.served.clone(), it.narrowed_to.clone())
        };
        reply.breaches.iter().map(line).collect()
    };
    for (effect, consequence, left) in [
        (GuardrailEffect::Shadow, Consequence::Recorded, ["", "", ""]),
        (GuardrailEffect::Hold, Consequence::Paused, ["", "", ""]),
        (GuardrailEffect::Rollback, Consequence::Narrowed, ["nobody", "0.5 %", "10 %"]),
    ] {
        let reply = replayed(&world, &guardrail, effect).await;
        let wanted = [("alpha", 1, "0.5 %"), ("beta", 2, "10 %"), ("ga", 3, "everyone")];
        let wanted: Vec<_> = (wanted.iter().zip(left))
            .map(|(&(stage, attempt, served), left)| {
                (stage.to_owned(), attempt, consequence, served.to_owned(), left.to_owned())
            })
            .collect();
        assert_eq!(told(&reply), wanted);
        assert_eq!((reply.effect(), reply.present_effect()), (effect, GuardrailEffect::Shadow));
    }
    assert_eq!(written(&world).await, before);
}

#[tokio::test]
async fn r21_a_replay_finds_as_many_breaches_as_were_counted_while_it_happened() {
    let (world, guardrail) = shadowed().await;
    let reply = replayed(&world, &guardrail, GuardrailEffect::Rollback).await;
    let get = verdict_proto::v1::GetRequest { id: guardrail, ..Default::default() };
    let view = client(&world).get(get).await.unwrap().into_inner();
    assert_eq!((reply.breaches.len(), view.would_have_breached), (3, 3));
    assert_eq!((reply.windows, reply.rows, reply.truncated), (15, 15, false));
    let first = &reply.breaches[0];
    let times = [&first.began, &first.breached, &first.ended].map(String::as_str);
    assert_eq!(times, ["2026-03-01T00:01:00Z", "2026-03-01T00:04:00Z", "2026-03-01T00:05:00Z"]);
    assert_eq!((first.worst.as_str(), first.windows), ("10", 3));
    assert_eq!((reply.breaches[2].ended.as_str(), reply.until.clone()), ("", world.now().to_string()));
}

#[tokio::test]
async fn a_replay_begins_when_it_is_told_to_and_within_bounds() {
    let (world, guardrail) = shadowed().await;
    let ask = async |since: String| {
        let request = pb::ReplayRequest { id: guardrail.clone(), since, ..pb::ReplayRequest::default() };
        client(&world).replay(request).await
    };
    let late = ask("2026-03-01T00:11:00Z".to_owned()).await.unwrap().into_inner();
    assert_eq!((late.breaches.len(), late.windows), (1, 5));
    for (since, detail) in [
        ("2026-01-01T00:00:00Z", "is more than 31 days ago"),
        ("2026-03-02T00:00:00Z", "is still to come"),
        ("yesterday", "is not a time"),
    ] {
        let problem = problem_of(&ask(since.to_owned()).await.unwrap_err()).unwrap();
        assert_eq!(problem.field, "since");
        assert!(problem.detail.contains(detail), "{problem:?}");
    }
}

#[tokio::test]
async fn a_guardrail_of_another_organisation_is_not_replayed() {
    let (world, guardrail) = shadowed().await;
    let request =
        pb::ReplayRequest { org: "other".to_owned(), id: guardrail, ..pb::ReplayRequest::default() };
    let status = client(&world).replay(request).await.unwrap_err();
    assert_eq!(status.code(), tonic::Code::NotFound);
}

#[tokio::test]
async fn no_more_is_read_than_is_bounded_and_what_is_left_is_said() {
    let (world, _) = shadowed().await;
    let api = world.context.guardrails_api();
    let query = Query::all("default", "cpu");
    let since = "2026-03-01T00:00:00Z".parse().unwrap();
    let read = async |most| {
        let past = api.past(&query, since, most).await.unwrap();
        (past.rows, past.reports.len(), past.cut.map(|cut| cut.to_string()))
    };
    assert_eq!(read(4).await, (4, 4, Some("2026-03-01T00:04:00Z".to_owned())));
    assert_eq!(read(15).await, (15, 15, None));
}

#[tokio::test]
async fn the_control_arm_and_other_rollouts_say_nothing_about_it() {
    let (world, guardrail) = shadowed().await;
    let other = world.rollout("other").await.to_string();
    for (field, value) in [("arm", "control"), ("rollout", &other)] {
        world.clock.advance(std::time::Duration::from_mins(1));
        let mut row = world.row(0, 1.0);
        row[field] = value.into();
        world.post(&row).await.unwrap();
    }
    let reply = replayed(&world, &guardrail, GuardrailEffect::Rollback).await;
    assert_eq!((reply.windows, reply.breaches[2].worst.as_str()), (15, "40"));
}
