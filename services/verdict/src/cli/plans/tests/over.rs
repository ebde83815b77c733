//! Keys that are taken again, teams, and what others do meanwhile.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_over_stays_over_until_its_document_says_something_else() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    world.say(&["apply", "-f", &file]).await.fine();
    world.say(&["rollout", "abort", "saved-carts", "--reason", "a wrong plan"]).await.fine();
    let before = world.events().await;
    let said = world.say(&["apply", "-f", &file]).await.fine();
    assert!(said.contains("= rollout saved-carts\n    it is aborted, which no document changes\n"), "{said}");
    assert_eq!(world.events().await, before);
    // Another plan takes the key; its launch would still announce the former.
    let file = world.file("verdict.yaml", &example().replace("service: carts", "service: basket"));
    let said = world.say(&["apply", "-f", &file]).await;
    assert!(
        said.out.contains("! launch saved-carts differs in what never changes\n    rolloutRef.key: "),
        "{}",
        said.out
    );
    said.failed();
    world.say(&["launch", "cancel", "saved-carts", "--reason", "a wrong plan"]).await.fine();
    let said = world.say(&["apply", "-f", &file]).await.fine();
    for made in ["+ rollout ", "+ guardrail ", "+ launch "] {
        assert!(said.contains(made), "{said}");
    }
    assert!(said.ends_with("4 commands carried out: 3 made, 0 changed, 4 as they were\n"), "{said}");
    let again = world.say(&["apply", "-f", &file]).await.fine();
    assert!(again.ends_with("nothing to do: 7 as they were\n"), "{again}");
    world.say(&["rollout", "start", "saved-carts"]).await.fine();
    let exported = world.say(&["export", "saved-carts"]).await.fine();
    let exported = world.file("exported.yaml", &exported);
    let diff = world.say(&["diff", "-f", &exported]).await;
    assert!(diff.ended.is_ok() && diff.out.contains("= guardrail "), "{}", diff.out);
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_namespace_is_a_team() {
    let world = World::begin().await;
    let text = example().replace("metadata:\n", "metadata:\n  namespace: shop\n");
    let file = world.file("verdict.yaml", &text);
    let said = world.say(&["apply", "-f", &file]).await.fine();
    assert!(said.contains("+ rollout saved-carts of team shop\n"), "{said}");
    world.say(&["diff", "-f", &file]).await.fine();
    world.say(&["rollout", "get", "shop/saved-carts"]).await.fine();
    let exported = world.say(&["export", "saved-carts", "--team", "shop"]).await.fine();
    let exported = world.file("exported.yaml", &exported);
    let diff = world.say(&["diff", "-f", &exported, "--team", "shop"]).await;
    assert!(diff.ended.is_ok() && diff.out.contains("= launch "), "{}", diff.out);
    world.platform.stop().await;
}

/// A way on which somebody else is quicker, once.
struct Overtaken {
    client: Client,
    other: Cell<Option<Vec<u8>>>,
}

impl Way for Overtaken {
    async fn ask(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Option<Vec<u8>>, Failure> {
        self.client.ask(context, path, message).await
    }

    async fn send(&self, context: &str, path: &str, message: Vec<u8>) -> Result<Vec<u8>, Failure> {
        if let Some(other) = self.other.take() {
            self.client.send(context, path, other).await?;
        }
        self.client.send(context, path, message).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_else_changed_since_it_was_planned_is_not_written_over() {
    use prost::Message;
    use verdict_proto::metrics::v1::{MetricRequest, ReviseMetric, Trend, metric_request::Command};

    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    world.say(&["apply", "-f", &file]).await.fine();
    let client = Client::new(&world.parsed(&["status"]).connection).unwrap();
    let revise =
        ReviseMetric { target: "0.5".to_owned(), baseline: String::new(), good: Trend::Increase.into() };
    let meta = client.meta().map(|meta| verdict_proto::v1::CommandMeta { take_over: true, ..meta });
    let metric_id = "cart_orders".to_owned();
    let other = MetricRequest { meta, metric_id, command: Some(Command::Revise(revise)) }.encode_to_vec();
    let changed = world.file("verdict.yaml", &example().replacen("\"0.34\" #", "\"0.4\" #", 1));
    let words = ["apply", "-f", &changed];
    let way = |client| Overtaken { client, other: Cell::new(Some(other)) };
    let said = world.apply_through(&words, way).await;
    assert!(matches!(said.ended, Err(Failure::Request(_))), "{:?}", said.ended);
    let told = said.failed();
    assert!(told.contains("[stale_version]") && told.contains(": metric cart_orders: "), "{told}");
    // Planned anew, it is a change of what is there now.
    let said = world.say(&words).await.fine();
    assert!(said.contains("    target: 0.5 -> 0.4\n"), "{said}");
    world.platform.stop().await;
}
