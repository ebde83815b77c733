//! The whole service with all its processes: what a breach and a lost watch come to for the rollout.

use jiff::SignedDuration;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::rollouts::v1::rollout_request::Command as Asked;
use verdict_runtime::component::{Component, Progress};
use verdict_runtime::context::Context;

use super::*;
use crate::facts::stand_in::Desk;
use crate::{Deps, Rollouts};

mod by_hand;
mod going_on;

const DAY: i64 = 24 * 60 * 60;

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
    /// A rollout that was started, with its evidence.
    async fn started(promotion: pb::Promotion, on_blind: pb::OnBlind) -> Self {
        let (promotion, on_blind) = (promotion.into(), on_blind.into());
        Self::started_by(pb::PlanRollout { promotion, on_blind, ..pb::PlanRollout::default() }).await
    }

    /// The same, with what the plan says besides.
    async fn started_by(plan: pb::PlanRollout) -> Self {
        let world = World::new();
        let desk = Desk::new(world.clock());
        let deps = Deps { log: world.log.clone(), clock: world.clock(), peers: desk.peers() };
        let service = Rollouts::new(deps);
        let mut service = Self {
            rollouts: RolloutsClient::new(in_process(service.rollouts_server())),
            flags: FlagsClient::new(in_process(service.flags_server())),
            components: service.components(&|_| Box::new(Alone)),
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
            ..plan
        };
        service.rollout = service.ask(Asked::Plan(plan)).await;
        service.ask(Asked::Start(pb::StartRollout {})).await;
        for (kind, value) in [("open_p0_bugs", "0"), ("core_flow_verified", "passed")] {
            let (kind, value) = (kind.to_owned(), value.to_owned());
            service
                .ask(Asked::RecordEvidence(pb::RecordEvidence { kind, verdict: value, link: String::new() }))
                .await;
        }
        service.settle().await;
        service
    }

    /// A rollout in Alpha as attempt 2.
    async fn in_alpha() -> Self {
        Self::in_alpha_with(pb::OnBlind::Pause).await
    }

    async fn in_alpha_with(on_blind: pb::OnBlind) -> Self {
        Self::in_alpha_of(pb::PlanRollout { on_blind: on_blind.into(), ..pb::PlanRollout::default() }).await
    }

    async fn in_alpha_of(plan: pb::PlanRollout) -> Self {
        let promotion = pb::Promotion::Manual.into();
        let mut service = Self::started_by(pb::PlanRollout { promotion, ..plan }).await;
        service.later(1).await;
        let stage = "alpha".to_owned();
        service.ask(Asked::EnterStage(pb::EnterStage { stage, step: None })).await;
        service.settle().await;
        assert_eq!(service.rollout().await, ("running".to_owned(), "alpha".to_owned(), 2));
        assert_eq!(service.flag().await, ("alpha".to_owned(), false));
        service
    }

    /// A rollout in Alpha as attempt 2, from where on there is no way back.
    async fn past_no_return(plan: pb::PlanRollout) -> Self {
        let reason = Some("the old keys are gone".to_owned());
        let irreversible_from = Some(pb::IrreversibleFrom { stage: Some("alpha".to_owned()), reason });
        Self::in_alpha_of(pb::PlanRollout { irreversible_from, ..plan }).await
    }

    /// So many days of business time, in which nobody has to renew the watch.
    async fn later(&mut self, days: i64) {
        let now = self.world.clock.now();
        self.world.clock.advance_to(now + SignedDuration::from_secs(days * DAY));
        self.settle().await;
    }

    async fn ask(&mut self, command: Asked) -> String {
        let request = pb::RolloutRequest {
            meta: allowed(self.world.meta("because"), command.audience()),
            rollout_id: self.rollout.clone(),
            command: Some(command),
        };
        accepted(self.rollouts.execute(request).await.unwrap().into_inner()).id
    }

    async fn ask_flag(&mut self, command: pb::flag_request::Command) -> String {
        let request = pb::FlagRequest {
            meta: allowed(self.world.meta("because"), command.audience()),
            flag_id: self.flag.clone(),
            environment: String::new(),
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

    /// Steps one component: until the flag is held or not, or until nothing is left to do.
    async fn settle_only(&mut self, name: &str, held: Option<bool>) {
        while held != Some(self.flag().await.1) {
            let component = self.components.iter_mut().find(|component| component.name() == name).unwrap();
            if component.step().await.unwrap() != Progress::Worked {
                return;
            }
        }
    }

    async fn rollout(&mut self) -> (String, String, u32) {
        let request = GetRequest { id: self.rollout.clone(), ..GetRequest::default() };
        let view = self.rollouts.get(request).await.unwrap().into_inner();
        (view.state, view.stage, view.attempt)
    }

    /// Where each rollback ended.
    async fn rolled_back_to(&self) -> Vec<String> {
        let stream = format!("rollouts.rollout-{}", self.rollout);
        let slice = self.world.log.read_stream(&stream, 0, 100).await.unwrap();
        let events = slice.events.iter().filter(|e| &*e.event_type == "rollouts.Rollout.RolledBack.v1");
        let to =
            |event: &Recorded| parse::<pb::RolledBack>(&event.data).unwrap().to_stage.unwrap_or_default();
        events.map(to).collect()
    }

    async fn flag(&mut self) -> (String, bool) {
        let request = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        let view = self.flags.get(request).await.unwrap().into_inner();
        (view.stage, view.held)
    }

    /// The id of the breach.
    async fn breach(&mut self, critical: bool) -> String {
        self.breach_of(GUARDRAIL, critical).await
    }

    /// The id of a breach that the guardrail of this stream raises over Alpha, attempt 2.
    async fn breach_of(&mut self, guardrail: &str, critical: bool) -> String {
        self.breach_over(guardrail, ("alpha", 1, 2), critical).await
    }

    /// The id of a breach over a stage, its index and an attempt.
    async fn breach_over(&mut self, guardrail: &str, over: (&str, u32, u32), critical: bool) -> String {
        let (stage, stage_index, attempt) = over;
        let breached = metrics::GuardrailBreached {
            rollout_id: Some(self.rollout.clone()),
            stage: Some(stage.to_owned()),
            stage_index: Some(stage_index),
            attempt: Some(attempt),
            metric: Some("error_rate".to_owned()),
            critical: Some(critical),
            ..metrics::GuardrailBreached::default()
        };
        self.world.write(guardrail, GuardrailWire::GuardrailBreached, &breached).await.0.to_string()
    }

    /// What the metrics context says of the breach from now on: acknowledged or not, and data of now that passes.
    fn tell_breach(&self, breach_id: String, acknowledged: bool) {
        let mut answers = self.desk.answers();
        answers.as_of = self.world.clock.now().to_string();
        answers.breaches = vec![metrics::BreachFact {
            breach_id,
            stage: "alpha".to_owned(),
            attempt: 2,
            at: crate::testing::second(DAY).to_string(),
            acknowledged,
            ..metrics::BreachFact::default()
        }];
    }

    async fn resume(&mut self) -> Outcome {
        let request = pb::RolloutRequest {
            meta: self.world.meta("it was the cache"),
            rollout_id: self.rollout.clone(),
            command: Some(Asked::Resume(pb::ResumeRollout::default())),
        };
        self.rollouts.execute(request).await.unwrap().into_inner().outcome.unwrap()
    }
}

fn stands(name: &str, stage: &str, attempt: u32) -> (String, String, u32) {
    (name.to_owned(), stage.to_owned(), attempt)
}

#[tokio::test]
async fn r23_a_breach_rolls_back_and_a_resume_is_refused_until_it_is_answered() {
    let mut service = Service::in_alpha().await;
    let breach = service.breach(false).await;
    service.settle().await;
    assert_eq!(service.flag().await, ("internal".to_owned(), true));
    assert_eq!(service.rollout().await.0, "rolled_back");
    service.world.advance(1);
    service.tell_breach(breach.clone(), false);
    let Outcome::Refused(refused) = service.resume().await else {
        panic!("a breach that nobody answered does not hold the resume");
    };
    assert_eq!((refused.rule.as_str(), refused.code.as_str()), ("R23", "breach_unanswered"));
    service.settle().await;
    assert_eq!(service.flag().await, ("internal".to_owned(), true));
    service.tell_breach(breach, true);
    let Outcome::Accepted(_) = service.resume().await else {
        panic!("an answered breach holds the resume");
    };
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "internal", 3));
    assert_eq!(service.flag().await, ("internal".to_owned(), false));
}

#[tokio::test]
async fn r26_past_the_point_of_no_return_a_breach_pauses_and_a_person_takes_back_with_a_reason() {
    // What a critical guardrail would have taken back, the person does.
    for (critical, stage) in [(false, "internal"), (true, "")] {
        let mut service = Service::past_no_return(pb::PlanRollout {
            on_blind: pb::OnBlind::Narrow.into(),
            ..pb::PlanRollout::default()
        })
        .await;
        service.breach(critical).await;
        service.settle().await;
        assert_eq!(service.flag().await, ("alpha".to_owned(), true));
        assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
        service.world.advance(600);
        service.settle().await;
        assert_eq!(service.flag().await, ("alpha".to_owned(), true));
        assert_eq!(service.rolled_back_to().await, [""; 0]);
        service.ask(Asked::RequestRollback(pb::RequestRollback::default())).await;
        service.settle().await;
        assert_eq!(service.flag().await, (stage.to_owned(), true));
        assert_eq!(service.rolled_back_to().await, [stage]);
    }
}

#[tokio::test]
async fn r26_a_resume_that_answers_the_breach_releases_the_flag_where_it_is() {
    let mut service = Service::past_no_return(pb::PlanRollout::default()).await;
    let breach = service.breach(false).await;
    service.settle().await;
    assert_eq!(service.flag().await, ("alpha".to_owned(), true));
    service.world.advance(1);
    service.tell_breach(breach.clone(), false);
    assert!(matches!(service.resume().await, Outcome::Refused(_)), "nobody answered the breach");
    service.tell_breach(breach, true);
    assert!(matches!(service.resume().await, Outcome::Accepted(_)), "the breach is answered");
    service.settle().await;
    assert_eq!(service.rollout().await, stands("running", "alpha", 3));
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
}

#[tokio::test]
async fn r15_a_rollout_that_nobody_watches_is_paused_and_keeps_what_it_serves() {
    let mut service = Service::in_alpha().await;
    service.world.advance(61);
    service.settle().await;
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
    service.world.advance(600);
    service.settle().await;
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
    assert_eq!(service.rollout().await, stands("paused", "alpha", 2));
}

#[tokio::test]
async fn r11_a_critical_breach_after_the_rollback_reaches_flag_and_rollout() {
    let mut service = Service::in_alpha().await;
    service.breach(false).await;
    service.settle().await;
    assert_eq!(service.flag().await, ("internal".to_owned(), true));
    assert_eq!(service.rollout().await.0, "rolled_back");
    service.breach(true).await;
    service.settle().await;
    assert_eq!(service.flag().await, (String::new(), true));
    assert_eq!(service.rolled_back_to().await, ["internal", ""]);
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

/// A person releases the hold and goes on before the rollout hears of the breach, as when who tells it was away.
#[tokio::test]
async fn r11_what_was_raised_while_a_rollback_was_under_way_is_taken_back_as_well() {
    let mut service = Service::started(pb::Promotion::Manual, pb::OnBlind::Pause).await;
    service.later(1).await;
    let cause = service.breach_over(GUARDRAIL, ("internal", 0, 1), false).await;
    service.settle_only("guardrail-rollback", Some(true)).await;
    assert_eq!(service.flag().await, (String::new(), true));
    let release = pb::ReleaseHold { cause, ..pb::ReleaseHold::default() };
    service.ask_flag(pb::flag_request::Command::ReleaseHold(release)).await;
    let stage = "alpha".to_owned();
    service.ask(Asked::EnterStage(pb::EnterStage { stage, step: None })).await;
    service.settle_only("stage-promotion", None).await;
    assert_eq!(service.flag().await, ("alpha".to_owned(), false));
    service.settle().await;
    assert_eq!(service.flag().await, (String::new(), true));
    assert_eq!(service.rolled_back_to().await, [""]);
}
