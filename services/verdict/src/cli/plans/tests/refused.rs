//! What is refused, by the plan or by the platform: nothing or only the rest is left, and it is said where and why.

use prost::Message;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::v1 as pb;

use super::*;
use crate::cli::contract;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_never_changes_is_refused_before_anything_is_sent() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    world.say(&["apply", "-f", &file]).await.fine();
    let before = world.events().await;
    let text = example().replace("service: carts", "service: basket").replace("\"0.34\" #", "\"0.4\" #");
    let file = world.file("verdict.yaml", &text);
    let said = world.say(&["apply", "-f", &file]).await;
    assert!(matches!(said.ended, Err(Failure::Refusal(_))), "{:?}", said.ended);
    let fixed = "! rollout saved-carts differs in what never changes\n    service: carts -> basket";
    assert!(said.out.contains(fixed), "{}", said.out);
    let told = without(world.folder.path(), &said.failed());
    assert!(told.starts_with("verdict.yaml:") && told.contains(fixed), "{told}");
    assert!(
        told.ends_with("nothing was sent; give what is another thing another key, or write what it is"),
        "{told}"
    );
    assert_eq!(world.events().await, before);
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn b1_a_refusal_names_document_and_field_and_what_is_done_by_then() {
    let world = World::begin().await;
    let text = "apiVersion: verdict.dev/v1alpha1\nkind: Bet\nmetadata: { name: b }\nspec:\n  title: B\n  mode: \
                Scaling\n  bringTo: Discovering\n";
    let file = world.file("b.yaml", text);
    let said = world.say(&["apply", "-f", &file]).await;
    assert!(matches!(said.ended, Err(Failure::Refusal(_))), "{:?}", said.ended);
    let told = without(world.folder.path(), &said.failed());
    assert!(told.starts_with("b.yaml:7:12: spec.bringTo: bet b: refused B1: "), "{told}");
    assert!(told.contains(" | next: verdict bet state-hypothesis "), "{told}");
    let rest = "1 of 2 commands were carried out and stay; applying the same documents again is safe, and goes on from there";
    assert!(told.ends_with(rest), "{told}");
    let mended = format!("{text}  hypothesis: {{ belief: so, expectedOutcome: thus }}\n");
    let file = world.file("b.yaml", &mended);
    let said = world.say(&["apply", "-f", &file]).await.fine();
    assert!(said.starts_with("~ bet b\n"), "{said}");
    world.platform.stop().await;
}

/// Defines a metric as a custom resource does.
async fn defined_by_kubernetes(world: &World) {
    let client = Client::new(&world.parsed(&["status"]).connection).unwrap();
    let meta = pb::CommandMeta {
        managed_by: Some(pb::ManagedBy {
            door: Some("kubernetes".to_owned()),
            source: Some("east/shop/orders".to_owned()),
            revision: Some("1".to_owned()),
        }),
        ..client.meta().unwrap()
    };
    let define = metrics::DefineMetric {
        key: "orders".to_owned(),
        r#type: metrics::MetricType::Core.into(),
        good: metrics::Trend::Increase.into(),
        target: "5".to_owned(),
        ..metrics::DefineMetric::default()
    };
    let request = metrics::MetricRequest {
        meta: Some(meta),
        metric_id: String::new(),
        command: Some(metrics::metric_request::Command::Define(define)),
    };
    let kind = contract::kind("metric").unwrap();
    client.unary(&kind.context, &kind.execute, request.encode_to_vec()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_kubernetes_keeps_is_left_to_it_until_it_is_taken_over() {
    let world = World::begin().await;
    defined_by_kubernetes(&world).await;
    let text = "apiVersion: verdict.dev/v1alpha1\nkind: MetricDefinition\nmetadata: { name: orders }\nspec: { type: \
                Core, good: Increase, target: \"6\" }\n";
    // Who keeps it is asked only where something is to be changed.
    let same = world.file("orders.yaml", &text.replace('6', "5"));
    let said = world.say(&["apply", "-f", &same]).await.fine();
    let stays = "Kubernetes east/shop/orders stays its keeper for as long as nothing is to be changed";
    assert!(said.starts_with(&format!("= metric orders\n    {stays}\n")), "{said}");
    let said = world.say(&["apply", "-f", &same, "--take-over", "--dry-run"]).await.fine();
    let taken = "~ metric orders\n    keptBy: Kubernetes east/shop/orders -> the file\n";
    assert!(said.starts_with(taken) && said.ends_with("1 commands would be accepted\n"), "{said}");
    let file = world.file("orders.yaml", text);
    let said = world.say(&["apply", "-f", &file]).await;
    let kept = "! metric orders is kept by Kubernetes east/shop/orders: change it there, or take it over\n";
    assert_eq!(said.out, kept);
    let told = said.failed();
    assert!(told.ends_with("nothing was sent; --take-over makes these documents the keeper"), "{told}");
    let said = world.say(&["apply", "-f", &file, "--take-over"]).await.fine();
    assert!(said.starts_with("~ metric orders\n    target: 5 -> 6\n1 command carried out"), "{said}");
    let file = world.file("orders.yaml", &text.replace('6', "7"));
    world.say(&["apply", "-f", &file]).await.fine();
    world.platform.stop().await;
}
