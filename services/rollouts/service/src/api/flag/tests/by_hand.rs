//! Rule F6: flags of the operators are set by hand, and those of a release for named members only.

use super::*;

fn kind(kind: pb::FlagKind, key: &str) -> Asked {
    let release = kind == pb::FlagKind::Release;
    let owner = if release { "subject-1" } else { "" }.to_owned();
    Asked::Create(pb::CreateFlag { key: key.to_owned(), kind: kind.into(), owner, ..create() })
}

fn percent(basis_points: u32) -> Asked {
    by_hand(pb::Audience { basis_points: Some(basis_points), ..pb::Audience::default() })
}

#[tokio::test]
async fn f6_an_ops_flag_set_by_hand_is_accepted_up_and_down_and_a_release_flag_is_refused() {
    let mut platform = Platform::new();
    platform.accepted("", kind(pb::FlagKind::Ops, "maintenance")).await;
    platform.accepted("", kind(pb::FlagKind::Permission, "beta-users")).await;
    platform.accepted("", kind(pb::FlagKind::Release, "new-checkout")).await;
    for (flag, basis_points, state) in
        [("maintenance", 10_000, "fully_on"), ("maintenance", 0, "off"), ("beta-users", 500, "partial")]
    {
        platform.accepted(flag, percent(basis_points)).await;
        assert_eq!(platform.view(flag).await.state, state, "{flag}");
    }
    let refused = platform.refused("new-checkout", percent(100)).await;
    assert_eq!((&*refused.rule, &*refused.code), ("F6", "exposure_not_watched"));
    let members = pb::Audience { members: vec!["ann".to_owned()], ..pb::Audience::default() };
    platform.accepted("new-checkout", by_hand(members)).await;
    assert_eq!(platform.view("new-checkout").await.state, "partial");
}

#[tokio::test]
async fn r22_nobody_sets_by_hand_what_a_rollout_has_and_a_wish_of_a_rollout_comes_from_a_process() {
    let mut platform = Platform::new();
    platform.accepted("", kind(pb::FlagKind::Ops, "maintenance")).await;
    platform.claimed_by("maintenance", ROLLOUT).await;
    assert_eq!(platform.view("maintenance").await.claimed_by, ROLLOUT);
    assert_eq!(platform.refused("maintenance", percent(100)).await.rule, "R22");
    let request = pb::FlagRequest {
        meta: platform.world.meta("a person"),
        flag_id: "maintenance".to_owned(),
        environment: String::new(),
        command: Some(expose(ROLLOUT, 1, 10_000)),
    };
    assert_eq!(platform.client.execute(request).await.unwrap_err().code(), Grpc::PermissionDenied);
}
