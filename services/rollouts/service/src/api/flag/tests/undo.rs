//! What a flag is told about its rollout before it decides: whether that is over, and what speaks against an undo.

use verdict_api::rollouts::v1::rollouts_server::Rollouts;
use verdict_proto::metrics::v1::BreachFact;
use verdict_proto::rollouts::v1::rollout_request::Command as OfRollout;
use verdict_proto::v1::CheckState;
use verdict_runtime::log_clock::LogClock;

use super::*;
use crate::api::rollout::{CONTEXT, RolloutsApi};
use crate::facts::Sources;
use crate::facts::stand_in::Desk;

/// A flag that the first stage of a rollout shows to one person.
struct Scene {
    platform: Platform,
    desk: Desk,
    rollouts: RolloutsApi,
    flag: String,
    rollout: String,
}

impl Scene {
    async fn new() -> Self {
        let mut platform = Platform::new();
        let (log, clock) = (platform.world.log.clone(), platform.world.clock());
        let desk = Desk::new(clock.clone());
        let flags = FlagsApi::new(log.clone(), clock.clone()).asking(desk.peers().metrics);
        let log_clock = LogClock::new(log.clone(), clock.clone(), CONTEXT);
        let read = Repository::new(log.clone(), clock.clone());
        let sources = Sources::new(
            desk.peers(),
            Arc::new(flags.clone()),
            flags.repository().clone(),
            read,
            Arc::new(log_clock),
        );
        let rollouts = RolloutsApi::new(log, clock, sources, Arc::default());
        platform.client = FlagsClient::new(in_process(FlagsServer::new(flags)));
        let flag = platform.created().await;
        let mut scene = Self { platform, desk, rollouts, flag, rollout: String::new() };
        let plan = pb::PlanRollout {
            flag_id: "new-checkout".to_owned(),
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: pb::RolloutMode::ZeroToOne.into(),
            tier: 2,
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..pb::PlanRollout::default()
        };
        scene.rollout = scene.tell_rollout(OfRollout::Plan(plan)).await.id;
        scene.tell_rollout(OfRollout::Start(pb::StartRollout {})).await;
        let internal = pb::SetExposure {
            audience: Some(pb::Audience { members: vec!["ann".to_owned()], ..pb::Audience::default() }),
            rollout_id: scene.rollout.clone(),
            rollout_revision: 3,
            stage: "internal".to_owned(),
            stage_index: 0,
            attempt: 1,
            flag_version: 0,
        };
        scene.tell_flag(Asked::SetExposure(internal)).await;
        scene
    }

    async fn tell_rollout(&mut self, command: OfRollout) -> Accepted {
        let meta = allowed(self.platform.world.meta("because"), command.audience());
        let request = pb::RolloutRequest { meta, rollout_id: self.rollout.clone(), command: Some(command) };
        let reply = self.rollouts.execute(Request::new(request)).await.unwrap().into_inner();
        let Some(Outcome::Accepted(accepted)) = reply.outcome else { panic!("{reply:?}") };
        accepted
    }

    async fn tell_flag(&mut self, command: Asked) -> Accepted {
        let flag = self.flag.clone();
        self.platform.accepted(&flag, command).await
    }

    async fn undo(&mut self) -> Result<Outcome, Status> {
        let (meta, flag) = (self.platform.world.meta("by mistake"), self.flag.clone());
        self.platform.send(meta, &flag, Asked::Revive(pb::ReviveFlag { undo: true })).await
    }

    async fn undo_refused(&mut self) -> (String, String) {
        match self.undo().await.unwrap() {
            Outcome::Refused(refused) => (refused.rule, refused.code),
            Outcome::Accepted(accepted) => panic!("accepted: {accepted:?}"),
        }
    }
}

fn refusal(rule: &str, code: &str) -> (String, String) {
    (rule.to_owned(), code.to_owned())
}

#[tokio::test]
async fn r24_an_undo_is_refused_over_a_broken_guardrail_and_accepted_once_it_passes() {
    let mut scene = Scene::new().await;
    scene.tell_flag(Asked::Kill(pb::KillFlag {})).await;
    scene.desk.answers().metrics_down = true;
    assert_eq!(scene.undo().await.unwrap_err().code(), Grpc::Unavailable);
    scene.desk.answers().metrics_down = false;
    for state in [CheckState::Fail, CheckState::UnknownUnhealthy] {
        scene.desk.answers().guardrail = state;
        assert_eq!(scene.undo_refused().await, refusal("R24", "guardrail_broken"));
    }
    scene.desk.answers().guardrail = CheckState::Pass;
    let flag = scene.flag.clone();
    assert_eq!(scene.platform.view(&flag).await.undo_until, "2026-03-03T09:00:00Z");
    let Outcome::Accepted(accepted) = scene.undo().await.unwrap() else { panic!("refused") };
    assert_eq!(accepted.events, ["rollouts.Flag.FlagRevived.v1"]);
    let view = scene.platform.view(&flag).await;
    assert_eq!((&*view.state, view.audience.unwrap().members), ("partial", vec!["ann".to_owned()]));
    assert_eq!((view.stage, view.undo_until), ("internal".to_owned(), String::new()));
}

#[tokio::test]
async fn r24_an_undo_is_refused_over_an_unsettled_breach_although_it_passes_now_and_accepted_once_it_is_settled()
 {
    let mut scene = Scene::new().await;
    scene.tell_flag(Asked::Kill(pb::KillFlag {})).await;
    let breach = BreachFact {
        breach_id: "breach-7".to_owned(),
        stage: "internal".to_owned(),
        attempt: 1,
        at: "2026-03-02T09:00:00Z".to_owned(),
        ..BreachFact::default()
    };
    let tell = |scene: &Scene, as_of: &str, breach: BreachFact| {
        let mut answers = scene.desk.answers();
        as_of.clone_into(&mut answers.as_of);
        answers.breaches = vec![breach];
    };
    let (then, later) = ("2026-03-02T09:00:00Z", "2026-03-02T09:01:00Z");
    let acknowledged = BreachFact { acknowledged: true, ..breach.clone() };
    for (as_of, open) in [(later, breach.clone()), (then, acknowledged.clone())] {
        tell(&scene, as_of, open);
        let Outcome::Refused(refused) = scene.undo().await.unwrap() else {
            panic!("an open breach is undone")
        };
        assert_eq!((&*refused.rule, &*refused.code), ("R24", "breach_unanswered"));
        assert!(refused.seen.contains("breach-7"), "{}", refused.seen);
    }
    for (as_of, settled) in [(later, acknowledged), (then, BreachFact { retracted: true, ..breach })] {
        tell(&scene, as_of, settled);
        let Outcome::Accepted(_) = scene.undo().await.unwrap() else {
            panic!("a settled breach is not undone")
        };
        scene.tell_flag(Asked::Kill(pb::KillFlag {})).await;
    }
}

#[tokio::test]
async fn r24_the_undo_of_a_kill_of_an_aborted_rollout_is_refused() {
    let mut scene = Scene::new().await;
    scene.tell_flag(Asked::Kill(pb::KillFlag {})).await;
    scene.tell_rollout(OfRollout::Abort(pb::AbortRollout {})).await;
    assert_eq!(scene.undo_refused().await, refusal("R24", "rollout_went_on"));
}

#[tokio::test]
async fn r24_archiving_is_refused_while_the_rollout_runs_and_accepted_when_it_is_over() {
    let mut scene = Scene::new().await;
    let attestation = "commit 12".to_owned();
    scene.tell_flag(Asked::ConfirmRemoved(pb::ConfirmRemovedFromCode { attestation })).await;
    let flag = scene.flag.clone();
    let refused = scene.platform.refused(&flag, Asked::Archive(pb::ArchiveFlag {})).await;
    assert_eq!((&*refused.rule, &*refused.code), ("R24", "flag_still_claimed"));
    scene.tell_rollout(OfRollout::Abort(pb::AbortRollout {})).await;
    scene.tell_flag(Asked::Archive(pb::ArchiveFlag {})).await;
    assert_eq!(scene.platform.view(&flag).await.state, "archived");
}
