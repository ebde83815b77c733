//! What somebody who is woken at night reads of a rollout on which a guardrail has broken.

use super::*;

/// The rows of a timeline.
async fn timeline(story: &mut Story, line: &str) -> Vec<Value> {
    let said = story.done(&format!("timeline {line} -o json")).await;
    serde_json::from_str(&said).unwrap()
}

fn column(rows: &[Value], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
}

fn place(whats: &[String], sentence: &str) -> usize {
    let found = whats.iter().position(|what| what.ends_with(sentence));
    found.unwrap_or_else(|| panic!("'{sentence}' is not in {whats:#?}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_timeline_tells_of_everything_that_belongs_to_a_rollout_in_the_order_of_the_log() {
    let mut broken = Story::begin("timeline").await;
    let rows = timeline(&mut broken, "rollout {rollout}").await;
    let whats = column(&rows, "what");
    let order = [
        "is planned for production",
        "enters beta, attempt 3",
        "breaks in beta, attempt 3",
        "serves less, and is held",
        "rolls back from beta, attempt 3",
        "is rolled back to alpha",
    ];
    let places = order.map(|sentence| place(&whats, sentence));
    assert!(places.is_sorted(), "{places:?} in {whats:#?}");
    for other in ["holds its announcements", "is told of the rollback in beta, attempt 3"] {
        assert!(place(&whats, other) > places[2], "{other} in {whats:#?}");
    }
    assert!(whats.iter().any(|what| what.starts_with("incident ")), "{whats:#?}");
    // A bet has a life of its own, and a flag had one before.
    let has = |sentence: &str| whats.iter().any(|what| what.ends_with(sentence));
    assert!(!has("is shaped") && !has("is created in production"), "{whats:#?}");
    let narrowed = &rows[places[3]];
    assert_eq!(narrowed["who"], "process:guardrail-rollback");
    let why = narrowed["why"].as_str().unwrap();
    assert!(why.ends_with("breaks in beta, attempt 3"), "{why}");
    let seen = rows[places[2]]["value"].as_str().unwrap();
    assert!(seen.contains("seen 20") && seen.contains("required "), "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bets_flags_and_services_have_timelines_that_end_where_somebody_wants() {
    let mut broken = Story::begin("timelines").await;
    let of_the_bet = timeline(&mut broken, "bet {bet}").await;
    let whats = column(&of_the_bet, "what");
    for sentence in ["is shaped", "breaks in beta, attempt 3", "serves less, and is held", "is planned: "] {
        assert!(whats.iter().any(|what| what.contains(sentence)), "{sentence} in {whats:#?}");
    }
    let of_the_flag = timeline(&mut broken, "flag {flag}").await;
    let whats = column(&of_the_flag, "what");
    assert!(place(&whats, "is created in production") < place(&whats, "breaks in beta, attempt 3"));
    let service = broken.done("rollout get {rollout} -o json").await;
    let service: Value = serde_json::from_str(&service).unwrap();
    let service = service["service"].as_str().unwrap();
    let of_the_rollout = timeline(&mut broken, "rollout {rollout}").await;
    assert_eq!(timeline(&mut broken, &format!("service {service}")).await, of_the_rollout);
    let (_, outcome) = broken.teller.say("timeline service nobody").await;
    assert!(matches!(&outcome, Err(Failure::Request(why)) if why.contains("'nobody'")), "{outcome:?}");
    // The newest, and what is left out.
    let shown = broken.done("timeline rollout {rollout} --limit 2").await;
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("TIME") && lines.len() == 4, "{shown}");
    assert_eq!(
        lines[3],
        format!("not shown: {} older entries; --limit shows more", of_the_rollout.len() - 2)
    );
    let lately = timeline(&mut broken, "rollout {rollout} --since 6m").await;
    let whats = column(&lately, "what");
    assert!(place(&whats, "breaks in beta, attempt 3") < whats.len(), "{whats:#?}");
    assert!(!whats.iter().any(|what| what.contains("enters beta")), "{whats:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn status_says_first_what_is_broken_held_waiting_and_running() {
    let mut story = Story::at_beta("status", None).await;
    let shown = story.done("status").await;
    let row = |shown: &str, name: &str| {
        let row = shown.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{shown}"));
        row.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row(&shown, "incidents"), "incidents 0");
    assert!(
        row(&shown, "running").starts_with("running 1 ") && row(&shown, "running").ends_with("(beta)"),
        "{shown}"
    );
    assert!(!shown.contains("ROLE"), "{shown}");
    story.measured(20.0).await;
    let shown = story.done("status").await;
    let rows: Vec<&str> = shown.lines().take(5).filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(rows, ["incidents", "breached", "held", "waiting", "running"]);
    let broke = "Guardrail checkout_cpu broke in stage beta";
    assert!(row(&shown, "incidents").starts_with(&format!("incidents 1 P2: {broke}")), "{shown}");
    assert!(row(&shown, "breached").ends_with("(checkout_cpu, rolled back)"), "{shown}");
    assert_eq!(row(&shown, "held"), "held 1 flag production/one-page-checkout (breach)");
    assert_eq!(row(&shown, "running"), "running 0");
    let wide = story.done("status -o wide").await;
    assert!(wide.contains("ROLE") && wide.starts_with("incidents"), "{wide}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_shown_from_a_time_on_and_without_what_says_nothing_about_the_product() {
    let mut broken = Story::begin("tail").await;
    let all = broken.done("events tail --no-follow").await;
    assert!(all.contains("bets.Bet.BetProposed.v1"), "{all}");
    assert!(!all.contains(".checkpoint-") && !all.contains(".lease-"), "{all}");
    for line in ["events tail --no-follow --all", "events tail --no-follow --stream bets.checkpoint-"] {
        let shown = broken.done(line).await;
        assert!(shown.contains("bets.checkpoint-"), "{line}: {shown}");
    }
    let lately = broken.done("events tail --no-follow --since 1m").await;
    assert!(lately.contains("metrics.Guardrail.GuardrailBreached.v1"), "{lately}");
    assert!(!lately.contains("bets.Bet.BetProposed.v1") && all.ends_with(&lately), "{lately}");
}
