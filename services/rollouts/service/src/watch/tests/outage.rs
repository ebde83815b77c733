//! The whole service with many rollouts in every stage, while nobody judges their guardrails.

use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::flag_request::Command as FlagCommand;
use verdict_proto::v1::GetRequest;
use verdict_proto::v1::command_reply::Outcome;
use verdict_rollouts_domain::stage::StageName;
use verdict_rollouts_wire::rollout::plan;
use verdict_runtime::context::Context;

use super::*;
use crate::{Deps, Rollouts};

const MANY: usize = 50;

struct Whole {
    world: World,
    pager: Peers,
    service: Rollouts,
    components: Vec<Box<dyn Component>>,
    rollouts: Vec<RolloutId>,
}

fn accepted(reply: verdict_proto::v1::CommandReply) -> String {
    match reply.outcome {
        Some(Outcome::Accepted(accepted)) => accepted.id,
        other => panic!("not accepted: {other:?}"),
    }
}

impl Whole {
    async fn running() -> Self {
        let world = World::new();
        let pager = Peers::default();
        let metrics = in_process(IncidentsServer::new(pager.clone()));
        let peers = crate::Peers { gtm: metrics.clone(), bets: metrics.clone(), metrics };
        let service = Rollouts::new(Deps { log: world.log.clone(), clock: world.clock(), peers });
        let components = service.components(&|_| Box::new(Alone));
        let mut whole = Self { world, pager, service, components, rollouts: Vec::new() };
        for number in 0..MANY {
            let rollout = whole.start(number).await;
            whole.rollouts.push(rollout);
        }
        whole.settle().await;
        // Each has gone on to one of the four stages.
        let stages = StageName::PRESETS.into_iter().cycle().take(MANY);
        for (number, (stage, class)) in stages.enumerate() {
            let entered = pb::StageEntered {
                stage: Some(stage.to_string()),
                class: Some(plan::class(class).into()),
                attempt: Some(2),
                step: Some(0),
                audience: Some(pb::Audience { members: vec!["ann".to_owned()], ..pb::Audience::default() }),
                at: Some(whole.world.clock.now().to_string()),
                ..pb::StageEntered::default()
            };
            let stream = format!("{ROLLOUTS}{}", whole.rollouts[number]);
            whole.world.write(&stream, "rollouts.Rollout.StageEntered.v1", &entered).await;
        }
        whole.settle().await;
        whole
    }

    async fn start(&mut self, number: usize) -> RolloutId {
        let create = pb::FlagRequest {
            meta: self.world.meta(""),
            command: Some(FlagCommand::Create(pb::CreateFlag {
                key: format!("flag-{number}"),
                environment: "production".to_owned(),
                kind: pb::FlagKind::Release.into(),
                owner: "ann".to_owned(),
                ..pb::CreateFlag::default()
            })),
            ..pb::FlagRequest::default()
        };
        let flags = in_process(self.service.flags_server());
        let flag = accepted(FlagsClient::new(flags).execute(create).await.unwrap().into_inner());
        let plan = pb::PlanRollout {
            flag_id: flag,
            environment: "production".to_owned(),
            service: "checkout".to_owned(),
            mode: pb::RolloutMode::ZeroToOne.into(),
            tier: 2,
            internal_members: vec!["ann".to_owned()],
            alpha_accounts: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            ..pb::PlanRollout::default()
        };
        let id = self.ask("", Command::Plan(plan)).await;
        self.ask(&id, Command::Start(pb::StartRollout {})).await;
        id.parse().unwrap()
    }

    async fn ask(&mut self, rollout: &str, command: Command) -> String {
        let request = pb::RolloutRequest {
            meta: self.world.meta("a test"),
            rollout_id: rollout.to_owned(),
            command: Some(command),
        };
        let rollouts = in_process(self.service.rollouts_server());
        accepted(RolloutsClient::new(rollouts).execute(request).await.unwrap().into_inner())
    }

    async fn settle(&mut self) {
        for _ in 0..10_000 {
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

    /// What the metrics service does every 20 seconds while it judges.
    async fn renew(&self) {
        let rollout_ids = self.rollouts.iter().map(ToString::to_string).collect();
        let rollouts = in_process(self.service.rollouts_server());
        let request = pb::RenewWatchRequest { rollout_ids };
        RolloutsClient::new(rollouts).renew_watch(request).await.unwrap();
    }

    async fn pass(&mut self, seconds: u64, renewing: bool) {
        for _ in 0..seconds / 20 {
            self.world.advance(20);
            if renewing {
                self.renew().await;
            }
            self.settle().await;
        }
    }

    /// How many events of this type there are in the log.
    async fn count(&self, event_type: &str) -> usize {
        let page = self
            .world
            .log
            .read_all(None, &verdict_runtime::log::Filter::prefixes(["rollouts."]), 100_000)
            .await
            .unwrap();
        page.events.iter().filter(|event| &*event.event_type == event_type).count()
    }

    /// State, stage and attempt of every rollout, and whether its watch is lost.
    async fn standing(&self) -> Vec<(String, String, u32, bool)> {
        let mut standing = Vec::new();
        for rollout in &self.rollouts {
            let rollouts = in_process(self.service.rollouts_server());
            let request = GetRequest { id: rollout.to_string(), ..GetRequest::default() };
            let view = RolloutsClient::new(rollouts).get(request).await.unwrap().into_inner();
            standing.push((view.state, view.stage, view.attempt, view.watch_lost));
        }
        standing
    }
}

#[tokio::test]
async fn r15_metrics_away_for_ten_minutes_narrows_none_of_fifty_and_is_one_alarm() {
    let mut whole = Whole::running().await;
    let before = whole.standing().await;
    assert!(before.iter().all(|(state, _, attempt, lost)| state == "running" && *attempt == 2 && !lost));
    whole.pass(60, true).await;
    assert_eq!(whole.count("rollouts.Rollout.WatchLost.v1").await, 0);
    whole.pager.set_down("metrics", true);
    whole.pass(600, false).await;
    assert_eq!(whole.count("rollouts.Rollout.WatchLost.v1").await, MANY);
    assert!(whole.standing().await.iter().all(|(state, ..)| state == "paused"));
    whole.pager.set_down("metrics", false);
    whole.pass(120, true).await;
    assert_eq!(whole.count("rollouts.Rollout.WatchRestored.v1").await, MANY);
    assert_eq!(whole.count("rollouts.Rollout.WatchLost.v1").await, MANY, "once each");
    for taken_back in ["rollouts.Flag.ExposureNarrowed.v1", "rollouts.Rollout.RollbackRequested.v1"] {
        assert_eq!(whole.count(taken_back).await, 0, "{taken_back}");
    }
    let incidents = whole.pager.heard().into_iter().filter(|heard| matches!(heard, Heard::Incident(_)));
    assert_eq!(incidents.count(), 1, "one cause, one incident");
    assert_eq!(whole.standing().await, before, "all go on by themselves where they were");
    // The next time is another cause.
    whole.pass(120, false).await;
    let incidents = whole.pager.heard().into_iter().filter(|heard| matches!(heard, Heard::Incident(_)));
    assert_eq!(incidents.count(), 2);
}

#[tokio::test]
async fn clause_18_a_rollout_that_cannot_be_read_is_lost_blind_and_the_others_as_ever() {
    let mut whole = Whole::running().await;
    let first = whole.rollouts.iter().min().copied().unwrap();
    let stream = format!("{ROLLOUTS}{first}");
    whole.world.write(&stream, "rollouts.Rollout.StageTwisted.v9", &serde_json::json!({})).await;
    whole.world.advance(61);
    whole.settle().await;
    assert_eq!(whole.count("rollouts.Rollout.WatchLost.v1").await, MANY);
    let types = whole.world.types(&stream).await;
    assert_eq!(types.last().map(String::as_str), Some("rollouts.Rollout.WatchLost.v1"));
    assert_eq!(types.iter().filter(|name| name.contains("WatchLost")).count(), 1);
}
