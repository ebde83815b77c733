//! A wall clock that is set back under a guardrail.

use jiff::SignedDuration;
use verdict_runtime::problem::Code;

use super::*;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A guarded rollout whose last minute passed, and that is watched.
async fn watched() -> (World, RolloutId) {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    assert!(is_watched(&world, rollout).await);
    (world, rollout)
}

async fn is_watched(world: &World, rollout: RolloutId) -> bool {
    world.settle().await;
    world.context.evaluation.watches_over(rollout)
}

/// Three failing minutes that end as sources with a right clock say.
async fn bad_minutes(world: &World, ahead: SignedDuration) -> Vec<Result<crate::ingest::Taken, Code>> {
    let mut taken = Vec::new();
    for _ in 0..3 {
        world.clock.advance(Duration::from_mins(1));
        let row = World::row_at(world.now() + ahead, 40.0);
        taken.push(world.post(&row).await.map_err(|problem| problem.code));
    }
    taken
}

#[tokio::test]
async fn clause_24_whoever_takes_nothing_in_because_its_clock_went_back_renews_no_watch() {
    let (world, rollout) = watched().await;
    world.clock.step(-HOUR);
    let taken = bad_minutes(&world, HOUR).await;
    assert!(taken.iter().all(|taken| *taken == Err(Code::FromTheFuture)), "{taken:?}");
    assert!(!is_watched(&world, rollout).await);
    // Nor does a gate believe what it said.
    let fact = world.facts(rollout, &[]).await.guardrails.remove(0);
    assert_eq!(fact.state(), CheckState::UnknownUnhealthy);
    assert!(fact.seen.contains("still to come"), "{}", fact.seen);
    // A restart knows of no step, and what is stored says it.
    assert!(!is_watched(&world.restarted(), rollout).await);
    world.clock.step(HOUR);
    assert!(is_watched(&world, rollout).await);
    assert_eq!(world.story().await, [ARMED, PASS, STALE]);
}

#[tokio::test]
async fn clause_24_a_clock_that_went_back_less_than_a_refresh_blinds_nothing() {
    let (world, rollout) = watched().await;
    world.clock.step(-SignedDuration::from_secs(59));
    assert!(is_watched(&world, rollout).await);
    // The first of them is mostly the minute that passed.
    bad_minutes(&world, SignedDuration::ZERO).await;
    world.minute(40.0).await;
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
}

#[tokio::test]
async fn clause_24_a_failure_is_news_however_far_ahead_the_clock_was_before() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    world.clock.step(HOUR);
    world.minute(90.0).await;
    assert!(is_watched(&world, rollout).await);
    world.clock.step(-HOUR);
    let taken = bad_minutes(&world, SignedDuration::ZERO).await;
    assert!(taken.iter().all(Result::is_ok), "{taken:?}");
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
    assert!(!is_watched(&world, rollout).await, "what is newest says nothing about now");
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH], "and takes nothing back");
}

#[tokio::test]
async fn clause_24_a_failure_is_told_by_a_clock_that_is_behind_that_of_who_took_the_rows() {
    let (world, rollout) = watched().await;
    let behind = World::on(
        Arc::new(verdict_kernel::clock::ManualClock::at(world.now() - HOUR)),
        world.log.clone(),
        world.store.clone(),
    );
    assert!(!is_watched(&behind, rollout).await);
    for _ in 0..3 {
        world.clock.advance(Duration::from_mins(1));
        behind.clock.advance(Duration::from_mins(1));
        let row = Row { received_at: world.now(), ..stored_row_of(&world, 40.0) };
        world.store.insert(vec![row.clone()]).await.unwrap();
        behind.context.evaluation.judge_everywhere(&[row]).await.unwrap();
    }
    assert_eq!(behind.story().await, [ARMED, PASS, FAIL, BREACH]);
}
