//! Whoever is on call reads one line for each time that exposure comes back.

use verdict_runtime::telemetry::testing::Warned;

use super::*;

/// The lines of what comes back.
fn said(warned: &Warned) -> Vec<String> {
    let lines = warned.said();
    lines.into_iter().filter(|line| line.contains("exposure is taken back")).collect()
}

#[tokio::test]
async fn exposure_that_comes_back_is_one_line_that_says_whose_from_what_to_what_and_why() {
    let warned = Warned::default();
    let _here = tracing::subscriber::set_default(warned.clone());
    // While there is one alone, a thread that has none settles for all threads that nobody listens.
    let _another = tracing::Dispatch::new(Warned::default());
    let mut platform = Platform::new();
    let id = platform.created().await;
    platform.claimed_by(&id, ROLLOUT).await;
    platform.accepted(&id, expose(ROLLOUT, 3, 1_000)).await;
    assert_eq!(said(&warned), Vec::<String>::new());
    let narrow = Asked::Narrow(pb::NarrowFlag {
        rollout_id: ROLLOUT.to_owned(),
        stage: "beta".to_owned(),
        stage_index: 2,
        attempt: 3,
        cause: "breach-1".to_owned(),
        ..pb::NarrowFlag::default()
    });
    let meta = platform.world.meta("because");
    // A repeat takes nothing back.
    for _ in 0..2 {
        platform.send(meta.clone(), &id, narrow.clone()).await.unwrap();
    }
    let said = said(&warned);
    assert_eq!(said.len(), 1, "{said:#?}");
    let rollout = format!("rollout.id=\"{ROLLOUT}\"");
    let words = [
        "flag.key=\"new-checkout\"",
        &rollout,
        "stage=\"beta\"",
        "attempt=3",
        "cause=\"breach-1\"",
        "from=\"10 %\"",
        "to=\"nobody\"",
    ];
    for word in words {
        assert!(said[0].contains(word), "{word} is not in {}", said[0]);
    }
    // A kill of what serves nobody takes nothing back.
    platform.accepted(&id, Asked::Kill(pb::KillFlag {})).await;
    assert_eq!(self::said(&warned).len(), 1);
}

#[tokio::test]
async fn a_kill_is_told_with_the_reason_of_whoever_wanted_it() {
    let warned = Warned::default();
    let _here = tracing::subscriber::set_default(warned.clone());
    let _another = tracing::Dispatch::new(Warned::default());
    let mut platform = Platform::new();
    let id = platform.created().await;
    platform.claimed_by(&id, ROLLOUT).await;
    platform.accepted(&id, expose(ROLLOUT, 1, 500)).await;
    platform.accepted(&id, Asked::Kill(pb::KillFlag {})).await;
    let said = said(&warned);
    assert_eq!(said.len(), 1, "{said:#?}");
    assert!(said[0].contains("cause=\"because\"") && said[0].contains("from=\"5 %\""), "{}", said[0]);
}
