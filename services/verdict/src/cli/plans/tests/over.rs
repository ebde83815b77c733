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

/// Ids of guardrails and launches follow from what they are about: what is made anew may be made where something is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_over_is_made_anew_as_something_else_again_and_again() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    world.say(&["apply", "-f", &file]).await.fine();
    let titled = |title: &str| example().replace("Carts that wait for you", title);
    for title in ["A", "B", "A", "B"] {
        world.say(&["launch", "cancel", "saved-carts", "--reason", "another title"]).await.fine();
        let file = world.file("verdict.yaml", &titled(title));
        let said = world.say(&["apply", "-f", &file]).await.fine();
        assert!(said.contains("+ launch saved-carts\n"), "{said}");
        world.say(&["diff", "-f", &file]).await.fine();
        let shown = world.say(&["launch", "get", "saved-carts", "-o", "json"]).await.fine();
        let shown: Value = serde_json::from_str(&shown).unwrap();
        assert_eq!((&shown["title"], &shown["state"]), (&title.into(), &"planned".into()), "{shown}");
    }
    world.say(&["guardrail", "disarm", "saved-carts-errors", "--reason", "too few"]).await.fine();
    let file = world.file("verdict.yaml", &titled("B").replace("minSample: 200", "minSample: 300"));
    // Other terms under the same bound are refused by the platform, which says what else to do.
    let said = world.say(&["apply", "-f", &file]).await;
    assert!(said.out.contains("+ guardrail saved-carts-errors\n"), "{}", said.out);
    assert!(matches!(said.ended, Err(Failure::Refusal(_))), "{:?}", said.ended);
    let told = said.failed();
    assert!(told.contains("already armed on 'cart_errors' with other terms"), "{told}");
    assert!(
        told.contains(" | next: verdict guardrail set-effect ") && told.contains("or arm another bound"),
        "{told}"
    );
    let file =
        world.file("verdict.yaml", &titled("B").replace("failsAbove: \"0.02\"", "failsAbove: \"0.03\""));
    world.say(&["apply", "-f", &file]).await.fine();
    world.say(&["diff", "-f", &file]).await.fine();
    let file = world.file(
        "verdict.yaml",
        &titled("B")
            .replace("failsAbove: \"0.02\"", "failsAbove: \"0.03\"")
            .replace("key: saved-carts-errors", "key: other"),
    );
    // A thing has one name for as long as it is not over.
    let said = world.say(&["apply", "-f", &file]).await;
    assert!(matches!(said.ended, Err(Failure::Refusal(_))), "{:?}", said.ended);
    let told = said.failed();
    assert!(told.contains("this guardrail is called 'saved-carts-errors' already"), "{told}");
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clean_up_that_was_confirmed_is_not_undone_by_the_same_file() {
    let world = World::begin().await;
    let text = example().replace("  owner: dana\n", "  owner: dana\n  cleanupOn: 2027-06-01\n");
    let file = world.file("verdict.yaml", &text);
    world.say(&["apply", "-f", &file]).await.fine();
    let confirm =
        ["flag", "confirm-removed-from-code", "production/saved-carts", "--attestation", "it is gone"];
    world.say(&confirm).await.fine();
    let before = world.events().await;
    let said = world.say(&["apply", "-f", &file]).await.fine();
    assert!(said.contains("= flag production/saved-carts\n"), "{said}");
    assert_eq!(world.events().await, before);
    world.platform.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rollout_of_a_bet_that_is_not_handed_off_is_planned_with_its_guardrails() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", &example().replace("bringTo: Building", "bringTo: Shaped"));
    let said = world.say(&["apply", "-f", &file]).await.fine();
    assert!(said.contains("+ guardrail saved-carts-errors\n"), "{said}");
    world.say(&["diff", "-f", &file]).await.fine();
    let file = world.file("verdict.yaml", example());
    let said = world.say(&["apply", "-f", &file]).await.fine();
    assert!(said.contains("~ rollout saved-carts\n    attachedToBet: false -> true\n"), "{said}");
    world.say(&["diff", "-f", &file]).await.fine();
    world.platform.stop().await;
}

/// The guardrails of one metric may watch several rollouts.
#[test]
fn a_guardrail_waits_for_its_own_rollout_only() {
    let guardrail = |key: &str| format!("{{ key: {key}, rolloutRef: {{ key: {key} }}, failsAbove: \"1\" }}");
    let text = example().replace(
        "  guardrails:\n",
        &format!("  guardrails:\n    - {}\n    - {}\n", guardrail("one"), guardrail("two")),
    );
    let rollout = |key: &str| {
        format!("---\n{}", example().split("\n---\n").find(|it| it.contains("kind: StagedRollout")).unwrap())
            .replace("name: saved-carts", &format!("name: {key}"))
            .replace("flagRef: { key: saved-carts }", &format!("flag: {{ key: {key}, kind: Ops }}"))
    };
    let text = format!("{text}{}\n{}\n", rollout("one"), rollout("two"));
    let read = verdict_documents::read("verdict.yaml", &text);
    let set = verdict_documents::Set::of([read], "").unwrap();
    let all = verdict_documents::plan(&set, (verdict_documents::Door::File, ""), false, |_| None);
    for key in ["one", "two", "saved-carts"] {
        let is = |planned: &&verdict_documents::Planned| {
            planned.what.noun == verdict_documents::Noun::Guardrail && planned.what.key.starts_with(key)
        };
        let guardrail = all.iter().find(is).unwrap();
        let needs: Vec<_> = planning::needs_of(&set, guardrail).map(ToString::to_string).collect();
        assert_eq!(needs, [format!("rollout {key}")]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_team_of_whoever_applies_is_the_same_by_its_name() {
    let world = World::begin().await;
    let file = world.file("verdict.yaml", example());
    world.say(&["apply", "-f", &file, "--team", "shop"]).await.fine();
    // Only the rollout names the team; its guardrail and its launch refer to it none the less.
    let rollout = "kind: StagedRollout\nmetadata:\n";
    let named = example().replace(rollout, &format!("{rollout}  namespace: shop\n"));
    let file = world.file("named.yaml", &named);
    let said = world.say(&["diff", "-f", &file, "--team", "shop"]).await;
    assert!(said.out.contains("= rollout saved-carts\n"), "{}", said.out);
    said.fine();
    world.say(&["apply", "-f", &file, "--team", "shop", "--org", "other"]).await.fine();
    world.platform.stop().await;
}
