//! What people do to the flag of a rollout, and the ways back from it (rule R24).

use jiff::{SignedDuration, Timestamp};
use verdict_proto::rollouts::v1::flag_request::Command as OfFlag;

use super::*;

impl Service {
    async fn view(&mut self) -> pb::FlagView {
        let request = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        self.flags.get(request).await.unwrap().into_inner()
    }

    /// State and share of the flag.
    async fn shown(&mut self) -> (String, u32) {
        let view = self.view().await;
        (view.state, view.audience.unwrap_or_default().basis_points())
    }

    async fn tell_flag(&mut self, command: OfFlag) {
        self.ask_flag(command).await;
        self.settle().await;
    }

    /// With the soak that was had, where it runs.
    async fn soaked_at(&mut self) -> Timestamp {
        let request = GetRequest { id: self.rollout.clone(), ..GetRequest::default() };
        self.rollouts.get(request).await.unwrap().into_inner().soaked_at.parse().unwrap()
    }

    /// An automatic rollout that the platform took to Alpha, attempt 2.
    async fn promoted_to_alpha() -> Self {
        let mut service = Self::started(pb::Promotion::Automatic, pb::OnBlind::Pause).await;
        service.later(1).await;
        assert_eq!(service.rollout().await, stands("running", "alpha", 2));
        service
    }

    async fn undo(&mut self) -> Outcome {
        let request = pb::FlagRequest {
            meta: self.world.meta("the wrong flag"),
            flag_id: self.flag.clone(),
            environment: String::new(),
            command: Some(OfFlag::Revive(pb::ReviveFlag { undo: true })),
        };
        self.flags.execute(request).await.unwrap().into_inner().outcome.unwrap()
    }
}

fn shows(state: &str, share: u32) -> (String, u32) {
    (state.to_owned(), share)
}

#[tokio::test]
async fn r24_off_pauses_the_rollout_no_soak_runs_and_only_a_person_goes_on() {
    let mut service = Service::promoted_to_alpha().await;
    service.tell_flag(OfFlag::TurnOff(pb::TurnOffFlag::default())).await;
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
    service.later(30).await;
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
    assert_eq!(service.shown().await, shows("off", 0));
    let Outcome::Accepted(_) = service.resume().await else { panic!("a person does not go on") };
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "internal", 3));
    assert_eq!(service.view().await.audience.unwrap().members, ["ann"]);
    let day = SignedDuration::from_hours(24);
    assert_eq!(service.soaked_at().await, service.world.clock.now() + day, "the soak begins anew");
}

#[tokio::test]
async fn r24_a_kill_pauses_the_rollout_and_a_revival_exposes_nobody() {
    let mut service = Service::promoted_to_alpha().await;
    service.tell_flag(OfFlag::Kill(pb::KillFlag {})).await;
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
    service.later(30).await;
    assert_eq!(service.shown().await, shows("killed", 0));
    service.tell_flag(OfFlag::Revive(pb::ReviveFlag { undo: false })).await;
    service.later(30).await;
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
    assert_eq!(service.shown().await, shows("off", 0));
    let Outcome::Accepted(_) = service.resume().await else { panic!("a person does not go on") };
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "internal", 3));
}

#[tokio::test]
async fn r24_the_undo_of_a_kill_gives_stage_and_soak_back_in_one_command() {
    let mut service = Service::promoted_to_alpha().await;
    let soaked_at = service.soaked_at().await;
    service.tell_flag(OfFlag::Kill(pb::KillFlag {})).await;
    let hours = SignedDuration::from_hours(6);
    service.world.clock.advance_to(service.world.clock.now() + hours);
    service.settle().await;
    let Outcome::Accepted(_) = service.undo().await else { panic!("a kill by mistake is not undone") };
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "alpha", 2));
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
    assert_eq!(service.soaked_at().await, soaked_at + hours, "less the time without exposure");
}

/// The processes were away meanwhile.
#[tokio::test]
async fn r24_kills_and_their_undoing_are_told_in_the_order_in_which_they_happened() {
    let mut service = Service::promoted_to_alpha().await;
    for time in 0..8 {
        service.ask_flag(OfFlag::Kill(pb::KillFlag {})).await;
        let Outcome::Accepted(_) = service.undo().await else { panic!("a kill by mistake is not undone") };
        service.settle().await;
        assert_eq!(service.rollout().await, stands("running", "alpha", 2), "time {time}");
    }
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
}

#[tokio::test]
async fn r24_a_kill_by_mistake_after_the_completion_is_undone_in_one_command() {
    let mut service = Service::started(pb::Promotion::Automatic, pb::OnBlind::Pause).await;
    for days in [1, 7, 1, 1, 5, 1, 1, 1] {
        service.later(days).await;
    }
    assert_eq!(service.rollout().await.0, "completed");
    assert_eq!(service.shown().await, shows("fully_on", 10_000));
    service.tell_flag(OfFlag::Kill(pb::KillFlag {})).await;
    assert_eq!(service.shown().await, shows("killed", 0));
    let Outcome::Accepted(_) = service.undo().await else { panic!("a kill by mistake is not undone") };
    service.settle().await;
    assert_eq!(service.shown().await, shows("fully_on", 10_000));
    assert_eq!(service.rollout().await.0, "completed");
}

#[tokio::test]
async fn r24_an_undo_is_refused_while_a_guardrail_that_broke_meanwhile_is_not_settled() {
    let mut service = Service::promoted_to_alpha().await;
    service.tell_flag(OfFlag::Kill(pb::KillFlag {})).await;
    service.world.advance(1);
    service.tell_breach("breach-1".to_owned(), false);
    let Outcome::Refused(refused) = service.undo().await else { panic!("an open breach is undone") };
    assert_eq!((refused.rule.as_str(), refused.code.as_str()), ("R24", "breach_unanswered"));
    assert!(refused.seen.contains("breach-1"), "{}", refused.seen);
    service.tell_breach("breach-1".to_owned(), true);
    let Outcome::Accepted(_) = service.undo().await else { panic!("a settled breach holds the undo") };
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "alpha", 2));
}
