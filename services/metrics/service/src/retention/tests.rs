use verdict_runtime::component::Progress;
use verdict_runtime::context::Context;
use verdict_runtime::observations::Query;
use verdict_runtime::process::Alone;

use super::*;
use crate::testing::World;

fn retention(world: &World, beyond: Duration) -> Retention {
    let (board, evaluation) = (world.context.board.clone(), world.context.evaluation.clone());
    Retention::new(board, evaluation, world.store.clone(), world.clock.clone(), beyond)
}

/// Lets it work until it rests.
async fn round(retention: &mut Retention) {
    while retention.step().await.unwrap() == Progress::Worked {}
}

#[tokio::test]
async fn clause_26_rows_older_than_the_rollout_and_thirty_days_are_deleted() {
    let (world, rollout, _) = World::guarded().await;
    let mut retention = retention(&world, BEYOND);
    let count = async || world.store.count("default", "cpu").await.unwrap();
    let days = |days: u64| Duration::from_hours(24 * days);
    world.minute(90.0).await;
    // A rollout of sixty days needs what was measured in all of them, and it goes on.
    world.clock.advance(days(60));
    world.minute(91.0).await;
    world.settle().await;
    round(&mut retention).await;
    assert_eq!(count().await, 2);
    world.abort(rollout).await;
    world.clock.advance(days(29));
    world.settle().await;
    round(&mut retention).await;
    assert_eq!(count().await, 2, "thirty days more");
    world.clock.advance(days(2));
    world.settle().await;
    round(&mut retention).await;
    let left = world.store.last(&Query::all("default", "cpu"), None, 10).await.unwrap();
    let values: Vec<f64> = left.iter().map(|row| row.measure.mean().get()).collect();
    assert_eq!(values, [91.0]);
}

#[tokio::test]
async fn clause_26_a_year_of_rows_goes_in_bounded_batches() {
    let world = World::new();
    world.define("cpu", verdict_proto::metrics::v1::MetricType::Guardrail).await;
    let begin = world.now();
    let row = |hour: u32| {
        let end = crate::testing::after(begin, 60 * hour);
        verdict_runtime::observations::Row {
            key: verdict_runtime::observations::Key {
                org: "default".to_owned(),
                metric: "cpu".to_owned(),
                window_end: end,
                window_start: end,
                source: "probe".to_owned(),
                arm: String::new(),
            },
            measure: verdict_runtime::observations::Measure::of(
                verdict_kernel::value::Value::new(1.0).unwrap(),
                1,
            )
            .unwrap(),
            labels: verdict_runtime::observations::Labels::default(),
            received_at: end,
        }
    };
    world.store.insert((1..=365 * 24).map(row).collect()).await.unwrap();
    world.clock.advance(Duration::from_hours(24 * 365));
    world.settle().await;
    let mut retention = retention(&world, BEYOND);
    assert_eq!(retention.step().await, Ok(Progress::Worked));
    assert_eq!(world.store.count("default", "cpu").await, Ok(365 * 24 - BATCH as u64));
    round(&mut retention).await;
    // The row that is exactly thirty days old is kept.
    assert_eq!(world.store.count("default", "cpu").await, Ok(30 * 24 + 1));
}

#[tokio::test]
async fn c34_rows_are_kept_for_as_long_as_somebody_wants_and_always_while_a_rollout_lives() {
    let (world, rollout, _) = World::guarded().await;
    let days = |days: u64| Duration::from_hours(24 * days);
    let left = async |beyond| {
        world.settle().await;
        round(&mut retention(&world, beyond)).await;
        world.store.count("default", "cpu").await.unwrap()
    };
    world.minute(90.0).await;
    world.clock.advance(days(5));
    assert_eq!(left(days(0)).await, 1, "the rollout lives");
    world.abort(rollout).await;
    world.clock.advance(days(6));
    assert_eq!(left(days(7)).await, 1);
    world.clock.advance(days(2));
    assert_eq!(left(BEYOND).await, 1);
    assert_eq!(left(days(7)).await, 0);
}

/// The whole context, as a process drives it.
#[tokio::test]
async fn c34_a_context_deletes_old_rows_by_itself_and_keeps_them_for_as_long_as_it_was_told() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    world.abort(rollout).await;
    let left = async |context: crate::Metrics| {
        let mut components = context.components(&|_| Box::new(Alone));
        let mut worked = true;
        while worked {
            worked = false;
            for component in &mut components {
                worked |= component.step().await.unwrap() == Progress::Worked;
            }
        }
        world.store.count("default", "cpu").await.unwrap()
    };
    world.clock.advance(Duration::from_hours(24 * 8));
    assert_eq!(left(world.context.clone()).await, 1);
    assert_eq!(left(world.context.clone().keeping(Duration::from_hours(24 * 9))).await, 1);
    assert_eq!(left(world.context.clone().keeping(Duration::from_hours(24 * 7))).await, 0);
}
