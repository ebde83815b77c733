//! A past that is replayed comes to what it came to while it happened: live evaluation on the one hand, the pure replay of
//! the rows that it stored on the other.

use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use verdict_metrics_domain::guardrail::Event;
use verdict_metrics_domain::replay::Replay;
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::log::Filter;

use super::*;
use verdict_runtime::observations::MAX_ROWS;

/// So many seconds after the one before, `count` measurements with the mean `value`.
#[derive(Debug, Clone, Copy)]
struct Measured {
    after: u32,
    value: f64,
    /// `None` = a plain value.
    count: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Armed {
    for_points: u32,
    min_sample: u32,
    critical: bool,
    each_source: bool,
}

fn measured() -> impl Strategy<Value = Measured> {
    let usual = 55_u32..66;
    let after = prop_oneof![8 => Just(60), 4 => usual, 2 => 1_u32..55, 1 => 66_u32..600];
    // Around the threshold of 50.
    let value = prop_oneof![2 => 30.0..50.0, 1 => Just(50.0), 2 => 50.0..70.0];
    (after, value, proptest::option::of(1_u32..5)).prop_map(|(after, value, count)| Measured {
        after,
        value,
        count,
    })
}

fn armed() -> impl Strategy<Value = Armed> {
    (1_u32..5, 0_u32..8, any::<bool>(), any::<bool>()).prop_map(
        |(for_points, min_sample, critical, each_source)| Armed {
            for_points,
            min_sample,
            critical,
            each_source,
        },
    )
}

/// What a guardrail said: which event, the state, as of when, and what was seen.
type Said = (String, String, String, String);

/// A guardrail in `beta`, below 50.
async fn guarded(armed: Armed) -> (World, String) {
    let world = World::new();
    world.define("cpu", pb::MetricType::Guardrail).await;
    let rollout = world.rollout("r").await;
    world.enter(rollout, "beta", 1).await;
    let mut arm = arm("cpu", rollout);
    arm.min_sample = armed.min_sample;
    arm.critical = armed.critical;
    let judge = if armed.each_source { pb::Judge::EachSource } else { pb::Judge::Merged };
    arm.judge = judge.into();
    if let Some(pb::arm_guardrail::Rule::Threshold(threshold)) = &mut arm.rule {
        threshold.for_points = Some(armed.for_points);
    }
    let id = world.arm(arm).await;
    (world, id)
}

/// Time goes by up to `to`, and whoever is woken meanwhile looks.
async fn wait(world: &World, to: Timestamp) {
    loop {
        let (Progress::Idle { due, .. } | Progress::Blocked { due, .. }) = world.settle().await else {
            unreachable!("it settled")
        };
        let next = due.filter(|due| *due < to).unwrap_or(to);
        world.clock.advance(verdict_kernel::clock::between(world.now(), next));
        if next == to {
            return;
        }
    }
}

async fn live(world: &World, rows: &[Measured], silence: u32) {
    for &Measured { after, value, count } in rows {
        let (before, seconds) = (world.now(), SignedDuration::from_secs(after.into()));
        wait(world, before + seconds).await;
        let window = SignedDuration::from_secs(after.min(60).into());
        let mut row = json!({
            "metric": "cpu", "source": "probe", "value": value,
            "window_start": (world.now() - window).to_string(), "window_end": world.now().to_string(),
        });
        if let Some(count) = count {
            row["count"] = count.into();
        }
        world.post(&row).await.unwrap();
    }
    let end = world.now() + SignedDuration::from_secs(silence.into());
    wait(world, end).await;
}

async fn said_live(world: &World) -> Vec<Said> {
    let filter = Filter::prefixes(["metrics.guardrail-"]);
    let page = world.log.read_all(None, &filter, 1_000).await.unwrap();
    let said = |event: &verdict_runtime::log::Recorded| {
        let data: Json = serde_json::from_slice(&event.data).unwrap();
        let field = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
        let name = event.event_type.trim_start_matches("metrics.Guardrail.").trim_end_matches(".v1");
        let state = field("state").trim_start_matches("CHECK_STATE_").to_owned();
        (name.to_owned(), state, field("asOf"), field("seen"))
    };
    page.events.iter().map(said).filter(|(name, ..)| name != ARMED).collect()
}

async fn said_replayed(world: &World, guardrail: &str) -> Vec<Said> {
    let entry = world.context.evaluation.entry(guardrail.parse().unwrap()).unwrap();
    let query = Query::all("default", "cpu");
    let rows = world.store.rows_from(&query, None, None, MAX_ROWS).await.unwrap();
    let mut replay = Replay::new(terms(&entry).unwrap().clone());
    for row in &rows {
        replay.take(crate::reports::of_row(row));
    }
    replay.wait(world.now());
    let said = |(_, event): &(Timestamp, Event)| match event {
        Event::AnswerChanged { state, as_of, seen, .. } => {
            let state = check_state(*state).as_str_name().trim_start_matches("CHECK_STATE_");
            ("GuardrailAnswerChanged".to_owned(), state.to_owned(), as_of.to_string(), seen.clone())
        }
        Event::Breached(breach) => {
            ("GuardrailBreached".to_owned(), String::new(), breach.as_of.to_string(), breach.seen.clone())
        }
        Event::Recovered { as_of } => (RECOVERED.to_owned(), String::new(), as_of.to_string(), String::new()),
        other => unreachable!("{other:?}"),
    };
    replay.events().iter().map(said).collect()
}

/// What was said live, and what the replay of the same rows says.
fn both(armed: Armed, rows: &[Measured], silence: u32) -> (Vec<Said>, Vec<Said>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (world, guardrail) = guarded(armed).await;
        live(&world, rows, silence).await;
        (said_live(&world).await, said_replayed(&world, &guardrail).await)
    })
}

#[test]
fn a_replay_tells_of_breaches_silences_and_recoveries() {
    let bad = Measured { after: 60, value: 40.0, count: None };
    let good = Measured { value: 60.0, ..bad };
    let rows = [good, bad, bad, bad, Measured { after: 300, ..bad }, good, bad];
    let armed = Armed { for_points: 3, min_sample: 0, critical: false, each_source: false };
    let (live, replayed) = both(armed, &rows, 200);
    let names =
        |said: &[Said]| said.iter().map(|(name, state, ..)| format!("{name} {state}")).collect::<Vec<_>>();
    let wanted = [PASS, FAIL, "GuardrailBreached ", STALE, FAIL, PASS, "GuardrailRecovered ", STALE];
    assert_eq!(names(&live), wanted);
    assert_eq!(replayed, live);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_replay_comes_to_what_it_came_to_live(
        armed in armed(),
        rows in proptest::collection::vec(measured(), 1..40),
        silence in 0_u32..400,
    ) {
        let (live, replayed) = both(armed, &rows, silence);
        prop_assert_eq!(replayed, live);
    }
}
