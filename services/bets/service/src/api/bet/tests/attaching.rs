//! Rollouts that ship a bet, and the flags that they are attached with.

use verdict_kernel::id::FlagId;

use super::*;

fn attach(rollout: &str, flag: &str) -> Asked {
    Asked::AttachRollout(pb::AttachRollout { rollout_id: rollout.to_owned(), flag_id: flag.to_owned() })
}

#[tokio::test]
async fn i5_a_rollout_that_does_not_exist_or_is_another_bets_is_refused_and_one_that_does_is_accepted() {
    let (nowhere, other) = ("01JD3Z8Q4M9W6T2V5X7Y0A1B2G", "01JD3Z8Q4M9W6T2V5X7Y0A1B2H");
    let mut platform = platform();
    let bet = platform.retrospective().await;
    platform.world.change(|inner| {
        inner.rollouts.insert(other.to_owned(), rollout_view(other, FLAG, ROLLOUT, false));
    });
    for (rollout, flag, required) in [
        (nowhere, "", "a rollout that exists"),
        (other, "", "a rollout of this bet that exists"),
        (ROLLOUT, nowhere, "a flag of that rollout that exists"),
    ] {
        let refused = platform.refused(&bet, attach(rollout, flag)).await;
        assert_eq!((&*refused.rule, &*refused.required), (RuleId::I5.as_str(), required));
    }
    platform.world.change(|inner| inner.down = true);
    let request = platform.request(&bet, "", attach(ROLLOUT, ""));
    assert_eq!(platform.send(request).await.unwrap_err().code(), Grpc::Unavailable);
    platform.world.change(|inner| inner.down = false);
    // The flag need not be named: its rollout knows it.
    platform.accepted(&bet, attach(ROLLOUT, "")).await;
    assert_eq!(platform.get(&bet).await.rollouts[0].flag_id(), FLAG);
}

#[tokio::test]
async fn a_flag_is_named_by_its_key_as_well_and_is_the_same_command() {
    let flag = FlagId::of("default", "production", &"new-checkout".parse().unwrap()).to_string();
    let staged = FlagId::of("default", "staging", &"new-checkout".parse().unwrap()).to_string();
    for (named, id) in
        [("new-checkout", &flag), ("production/New-Checkout", &flag), ("staging/new-checkout", &staged)]
    {
        let mut platform = platform();
        let bet = platform.handed_off().await;
        platform.world.change(|inner| {
            inner.rollouts.insert(ROLLOUT.to_owned(), rollout_view(ROLLOUT, id, "", false));
        });
        let by_key = platform.request(&bet, "", attach(ROLLOUT, named));
        let by_id = pb::BetRequest { command: Some(attach(ROLLOUT, id)), ..by_key.clone() };
        let Outcome::Accepted(first) = platform.send(by_key).await.unwrap() else {
            panic!("{named}: refused")
        };
        let Outcome::Accepted(again) = platform.send(by_id).await.unwrap() else {
            panic!("{named}: refused")
        };
        assert_eq!((again.repeated, again.events), (true, first.events), "{named}");
        assert_eq!(platform.get(&bet).await.rollouts[0].flag_id(), id.as_str());
    }
}
