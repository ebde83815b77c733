//! A flag as it is, on a log in memory, for the processes that take exposure back.

use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::flags_server::FlagsServer;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command;
use verdict_proto::v1::{Accepted, GetRequest};
use verdict_rollouts_domain::stage::{Class, StageName};
use verdict_rollouts_wire::rollout::plan;
use verdict_runtime::grpc::{Transport, in_process};

use super::{Outcome, ROLLOUT, World, allowed};
use crate::api::flag::FlagsApi;
use crate::outline::ROLLOUTS;

/// The flag of the rollout [`ROLLOUT`].
pub(crate) struct Shown {
    pub(crate) world: World,
    pub(crate) service: Transport,
    pub(crate) id: String,
}

impl Shown {
    /// A rollout of this plan has claimed it, and shows it to nobody yet. The plan gets the default stages without whom they
    /// reach.
    pub(crate) async fn claimed_by(planned: pb::RolloutPlanned) -> Self {
        let world = World::new();
        let service = in_process(FlagsServer::new(FlagsApi::new(world.log.clone(), world.clock())));
        let mut shown = Self { world, service, id: String::new() };
        let create = pb::CreateFlag {
            key: "new-checkout".to_owned(),
            environment: "production".to_owned(),
            kind: pb::FlagKind::Release.into(),
            owner: "subject-1".to_owned(),
            ..pb::CreateFlag::default()
        };
        shown.id = shown.tell(Command::Create(create)).await.id;
        let planned = pb::RolloutPlanned {
            flag_id: Some(shown.id.clone()),
            stages: StageName::PRESETS.map(stage).to_vec(),
            ..planned
        };
        let rollout = format!("{ROLLOUTS}{ROLLOUT}");
        shown.world.write(&rollout, "rollouts.Rollout.RolloutPlanned.v1", &planned).await;
        shown.tell(Command::Claim(pb::ClaimFlag { rollout_id: ROLLOUT.to_owned() })).await;
        shown
    }

    pub(crate) async fn tell(&mut self, command: Command) -> Accepted {
        let request = pb::FlagRequest {
            meta: allowed(self.world.meta(""), command.audience()),
            flag_id: self.id.clone(),
            environment: String::new(),
            command: Some(command),
        };
        let reply = FlagsClient::new(self.service.clone()).execute(request).await;
        match reply.unwrap().into_inner().outcome {
            Some(Outcome::Accepted(accepted)) => accepted,
            other => panic!("not accepted: {other:?}"),
        }
    }

    /// The rollout shows this stage, as this attempt.
    pub(crate) async fn show(&mut self, stage: &str, stage_index: u32, attempt: u32, audience: pb::Audience) {
        let set = pb::SetExposure {
            audience: Some(audience),
            rollout_id: ROLLOUT.to_owned(),
            rollout_revision: attempt * 10,
            stage: stage.to_owned(),
            stage_index,
            attempt,
            flag_version: 0,
        };
        self.tell(Command::SetExposure(set)).await;
    }

    pub(crate) async fn view(&self) -> pb::FlagView {
        let request = GetRequest { id: self.id.clone(), ..GetRequest::default() };
        FlagsClient::new(self.service.clone()).get(request).await.unwrap().into_inner()
    }
}

fn stage((name, class): (StageName, Class)) -> pb::Stage {
    pb::Stage {
        name: Some(name.to_string()),
        class: Some(plan::class(class).into()),
        steps: vec![pb::Step { audience: Some(pb::Audience::default()), soak_seconds: Some(0) }],
        ..pb::Stage::default()
    }
}

/// 10 % of everybody.
pub(crate) fn a_tenth() -> pb::Audience {
    pb::Audience { basis_points: Some(1000), ..pb::Audience::default() }
}
