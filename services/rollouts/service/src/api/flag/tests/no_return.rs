//! Rule R26: what a person takes away past the point of no return needs a reason, and nothing else waits for it.

use super::*;

fn stage(name: &str, class: pb::StageClass) -> pb::Stage {
    let step = pb::Step { audience: Some(pb::Audience::default()), soak_seconds: Some(0) };
    pb::Stage {
        name: Some(name.to_owned()),
        class: Some(class.into()),
        steps: vec![step],
        ..pb::Stage::default()
    }
}

/// A flag that Beta shows to 5 %, from where or from GA on there is no way back.
async fn shown_in_beta(from: &str) -> (Platform, String) {
    let mut platform = Platform::new();
    let id = platform.created().await;
    let classes =
        [pb::StageClass::Internal, pb::StageClass::Named, pb::StageClass::Share, pb::StageClass::Everyone];
    let stages = ["internal", "alpha", "beta", "ga"].into_iter().zip(classes);
    let reason = Some("the old keys are gone".to_owned());
    let plan = pb::RolloutPlanned {
        stages: stages.map(|(name, class)| stage(name, class)).collect(),
        irreversible_from: Some(pb::IrreversibleFrom { stage: Some(from.to_owned()), reason }),
        ..pb::RolloutPlanned::default()
    };
    platform.claimed_with(&id, ROLLOUT, plan).await;
    platform.accepted(&id, expose(ROLLOUT, 1, 500)).await;
    (platform, id)
}

fn takings() -> [Asked; 3] {
    [
        Asked::Kill(pb::KillFlag {}),
        Asked::TurnOff(pb::TurnOffFlag::default()),
        by_hand(pb::Audience::default()),
    ]
}

#[tokio::test]
async fn r26_a_person_who_takes_away_past_the_point_of_no_return_is_refused_without_a_reason_and_accepted_with_one()
 {
    for command in takings() {
        let (mut platform, id) = shown_in_beta("beta").await;
        let refused = platform.refused(&id, command.clone()).await;
        assert_eq!((&*refused.rule, &*refused.code), ("R26", "no_way_back"));
        assert_eq!(refused.seen, "stage beta; no way back from beta on: the old keys are gone");
        assert_eq!(platform.view(&id).await.state, "partial");
        let accepted = platform.accepted(&id, command).await;
        assert_eq!(accepted.overrides.iter().map(Overridden::rule).collect::<Vec<_>>(), ["R26"]);
        assert_ne!(platform.view(&id).await.state, "partial");
    }
}

#[tokio::test]
async fn r26_below_the_point_of_no_return_taking_away_is_accepted_without_a_reason() {
    for command in takings() {
        let (mut platform, id) = shown_in_beta("ga").await;
        let meta = platform.world.meta("");
        let outcome = platform.send(meta, &id, command).await.unwrap();
        assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    }
}

#[tokio::test]
async fn r26_over_a_rollout_that_cannot_be_read_and_from_a_process_a_kill_is_accepted_without_a_reason() {
    let (mut platform, id) = shown_in_beta("beta").await;
    let stream = format!("rollouts.rollout-{ROLLOUT}");
    platform.world.write(&stream, "rollouts.Rollout.StageTwisted.v1", &serde_json::json!({})).await;
    let meta = platform.world.meta("");
    let outcome = platform.send(meta, &id, Asked::Kill(pb::KillFlag {})).await.unwrap();
    assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}");
    let (mut platform, id) = shown_in_beta("beta").await;
    let process = "guardrail-rollback".to_owned();
    let request = pb::FlagRequest {
        meta: platform.world.meta("").map(|meta| CommandMeta { process, ..meta }),
        flag_id: id,
        environment: String::new(),
        command: Some(Asked::Kill(pb::KillFlag {})),
    };
    let outcome = platform.client.execute(request).await.unwrap().into_inner().outcome;
    assert!(matches!(outcome, Some(Outcome::Accepted(_))), "{outcome:?}");
}

#[tokio::test]
async fn r26_what_a_completed_rollout_shows_is_lowered_by_hand_for_a_reason_only() {
    let (mut platform, id) = shown_in_beta("beta").await;
    let completed = pb::RolloutCompleted { at: Some("2026-01-01T00:00:00Z".to_owned()) };
    let stream = format!("rollouts.rollout-{ROLLOUT}");
    platform.world.write(&stream, "rollouts.Rollout.RolloutCompleted.v1", &completed).await;
    let refused = platform.refused(&id, by_hand(pb::Audience::default())).await;
    assert_eq!((&*refused.rule, &*refused.code), ("R26", "no_way_back"));
    let accepted = platform.accepted(&id, by_hand(pb::Audience::default())).await;
    assert_eq!(accepted.overrides.iter().map(Overridden::rule).collect::<Vec<_>>(), ["R26"]);
}
