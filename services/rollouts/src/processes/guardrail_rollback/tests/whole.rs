//! The whole service with all its processes: what a breach and a lost watch come to for the rollout.

use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_runtime::component::{Component, Progress};

use super::*;
use crate::facts::stand_in::Desk;
use crate::{Deps, Rollouts};

const DAY: u64 = 24 * 60 * 60;

struct Service {
    world: World,
    desk: Desk,
    rollouts: RolloutsClient<Transport>,
    flags: FlagsClient<Transport>,
    components: Vec<Box<dyn Component>>,
    rollout: String,
    flag: String,
}

impl Service {
    /// A rollout in Alpha as attempt 2.
    async fn in_alpha() -> Self {
        let world = World::new();
        let desk = Desk::new(world.clock());
        let deps = Deps { log: world.log.clone(), clock: world.clock(), peers: desk.peers() };
        let service = Rollouts::new(deps);
        let mut service = Self {
            rollouts: RolloutsClient::new(in_process(service.rollouts_server())),
            flags: FlagsClient::new(in_process(service.flags_server())),
            components: service.components(|_| Box::new(Alone)),
            world,
            desk,
            rollout: String::new(),
            flag: String::new(),
        };
        let create = pb::CreateFlag {
            key: "new-checkout".to_owned(),
            environment: "production".to_owned(),
            kind: pb::FlagKind::Release.into(),
            owner: "subject-1".to_owned(),
            ..pb::CreateFlag::default()
        };
        service.flag = service.ask_flag(pb::flag_request::Command::Create(create)).await;
        let plan = pb::PlanRollout {
            bet_id: BET.to_owned(),
            flag_id: service.flag.clone(),
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: pb::RolloutMode::ZeroToOne.into(),
            tier: 2,
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..pb::PlanRollout::default()
        };
        service.rollout = service.ask(Asked::Plan(plan)).await;
        service.ask(Asked::Start(pb::StartRollout {})).await;
        for (kind, value) in [("open_p0_bugs", "0"), ("core_flow_verified", "")] {
            let (kind, value) = (kind.to_owned(), value.to_owned());
            service.ask(Asked::RecordEvidence(pb::RecordEvidence { kind, value })).await;
        }
        service.settle().await;
        // A day of business time, in which nobody has to renew the watch.
        service.world.clock.advance_to(crate::testing::second(DAY.try_into().unwrap()));
        service.settle().await;
        let stage = "alpha".to_owned();
        service.ask(Asked::EnterStage(pb::EnterStage { stage })).await;
        service.settle().await;
        assert_eq!(service.rollout().await, ("running".to_owned(), "alpha".to_owned(), 2));
        assert_eq!(service.flag().await, ("alpha".to_owned(), false));
        service
    }

    async fn ask(&mut self, command: Asked) -> String {
        let request = pb::RolloutRequest {
            meta: self.world.meta("because"),
            rollout_id: self.rollout.clone(),
            command: Some(command),
        };
        accepted(self.rollouts.execute(request).await.unwrap().into_inner()).id
    }

    async fn ask_flag(&mut self, command: pb::flag_request::Command) -> String {
        let request = pb::FlagRequest {
            meta: self.world.meta("because"),
            flag_id: self.flag.clone(),
            command: Some(command),
        };
        accepted(self.flags.execute(request).await.unwrap().into_inner()).id
    }

    /// Steps every component until none has anything left to do.
    async fn settle(&mut self) {
        for _ in 0..1000 {
            let mut worked = false;
            for component in &mut self.components {
                worked |= component.step().await.unwrap() == Progress::Worked;
            }
            if !worked {
                return;
            }
        }
        panic!("the service never comes to rest");
    }

    async fn rollout(&mut self) -> (String, String, u32) {
        let request = GetRequest { id: self.rollout.clone(), ..GetRequest::default() };
        let view = self.rollouts.get(request).await.unwrap().into_inner();
        (view.state, view.stage, view.attempt)
    }

    async fn flag(&mut self) -> (String, bool) {
        let request = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        let view = self.flags.get(request).await.unwrap().into_inner();
        (view.stage, view.held)
    }

    async fn breach(&mut self) {
        let breached = metrics::GuardrailBreached {
            rollout_id: Some(self.rollout.clone()),
            stage: Some("alpha".to_owned()),
            stage_index: Some(1),
            attempt: Some(2),
            metric: Some("error_rate".to_owned()),
            ..metrics::GuardrailBreached::default()
        };
        self.world.write(GUARDRAIL, BREACHED, &breached).await;
    }
}

fn stands(name: &str, stage: &str, attempt: u32) -> (String, String, u32) {
    (name.to_owned(), stage.to_owned(), attempt)
}

#[tokio::test]
async fn r9a_a_breach_in_alpha_rolls_back_to_internal_and_a_resume_raises_nothing() {
    let mut service = Service::in_alpha().await;
    service.breach().await;
    service.settle().await;
    assert_eq!(service.flag().await, ("internal".to_owned(), true));
    assert_eq!(service.rollout().await.0, "rolled_back");
    service.ask_flag(pb::flag_request::Command::ReleaseHold(pb::ReleaseHold {})).await;
    service.ask(Asked::Resume(pb::ResumeRollout {})).await;
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "internal", 3));
    assert_eq!(service.flag().await, ("internal".to_owned(), false));
}

#[tokio::test]
async fn r15_a_rollout_that_nobody_watches_is_paused_and_then_rolled_back() {
    let mut service = Service::in_alpha().await;
    service.world.advance(61);
    service.settle().await;
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
    service.world.advance(60);
    service.settle().await;
    assert_eq!(service.flag().await, ("internal".to_owned(), true));
    assert_eq!(service.rollout().await.0, "rolled_back");
    assert_eq!(service.desk.answers().asked.first().map(|facts| &*facts.rollout_id), Some(&*service.rollout));
}

#[tokio::test]
async fn r9c_a_rollback_that_a_person_asks_for_takes_exposure_back_and_is_confirmed() {
    let mut service = Service::in_alpha().await;
    let request = pb::RequestRollback { cause: "requested".to_owned(), ..pb::RequestRollback::default() };
    service.ask(Asked::RequestRollback(request)).await;
    service.settle().await;
    assert_eq!(service.flag().await, ("internal".to_owned(), true));
    assert_eq!(service.rollout().await.0, "rolled_back");
}
