//! The rim of the wind-down: the rollouts, flags and launches of a bet that was killed or withdrawn are told, each by its
//! own context. Every rollout that was planned for the bet counts, attached or not, with the flag that it exposes,
//! named or not.
//!
//! An instance looks after one end, not after one bet: its subject is `<bet>/<revision of the end>`, so that a
//! bet which was reopened and ended again is wound down again.

use std::sync::Arc;

use futures::TryStreamExt;
use verdict_api::gtm::v1::launches_client::LaunchesClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_bets_domain::bet::Attached;
use verdict_bets_domain::processes::wind_down::{Action, Fact, Kill, WindDown};
use verdict_bets_wire::bet::BetWire;
use verdict_kernel::id::{BetId, FlagId};
use verdict_proto::bets::v1 as pb;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::gtm::v1::launch_request::Command as LaunchCommand;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::rollouts::v1::flag_request::Command as FlagCommand;
use verdict_proto::rollouts::v1::rollout_request::Command as RolloutCommand;
use verdict_proto::v1::ListRequest;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc;
use verdict_runtime::log::{Filter, Log, Recorded};
use verdict_runtime::process::reading::{every, fold_at};
use verdict_runtime::process::sending::{answer, part_of, unanswered};
use verdict_runtime::process::{Facts, Live, Performed, Rim};
use verdict_stored::field::{Each, OrEmpty, Shown};
use verdict_stored::{DecodeError, facts, message};

use crate::facts::Peers;

/// The ends of a bet that take its exposure back.
const ENDS: [&str; 2] = [BetWire::BetKilled, BetWire::BetWithdrawn];

facts! {
    /// The facts of [`WindDown`] as they are stored.
    pub WindDownWire: WindDown, Fact in "bets.WindDown", messages of pb;
    [KillNoted(Kill { bet, rollouts, at })] = KillNoted.v1 of WindDownKillNoted {
        bet_id: bet as Shown, rollouts: rollouts as Each<RolloutMessage>, at: at as Shown,
    }
}

message! {
    /// An attached rollout in the fact of a kill.
    RolloutMessage: [Attached { rollout, flag }] = pb::WindDownRollout {
        rollout_id: rollout as Shown, flag_id: flag as OrEmpty<Shown>,
    }
}

const BET_STREAMS: &str = "bets.bet-";
/// What the commands of a wind-down give as their reason.
const REASON: &str = "the bet was killed or withdrawn";

type Done = Result<Performed<Fact>, Fault>;

/// The shell's side of [`WindDown`].
pub struct WindDownRim {
    log: Log,
    peers: Peers,
}

impl WindDownRim {
    pub fn new(log: Log, peers: Peers) -> Arc<Self> {
        Arc::new(Self { log, peers })
    }

    async fn tell_flag(&self, envelope: &Envelope, flag: FlagId, command: FlagCommand) -> Done {
        let request = rollouts::FlagRequest {
            meta: Some(grpc::meta(envelope)),
            flag_id: flag.to_string(),
            environment: String::new(),
            command: Some(command),
        };
        let reply = FlagsClient::new(self.peers.rollouts.clone()).execute(request).await;
        Ok(answer("rollouts", envelope, reply)?.performed())
    }

    /// Cancels each launch under a command id of its own, which a retry derives again.
    async fn cancel_launches(&self, envelope: &Envelope, bet: BetId) -> Done {
        let mut all = Performed::DONE;
        for launch in self.launches(&envelope.principal.org, bet).await? {
            let mine = part_of(envelope, &launch);
            let request = gtm::LaunchRequest {
                meta: Some(grpc::meta(&mine)),
                launch_id: launch,
                command: Some(LaunchCommand::Cancel(gtm::CancelLaunch {})),
            };
            let reply = LaunchesClient::new(self.peers.gtm.clone()).execute(request).await;
            let cancelled = answer("gtm", &mine, reply)?.performed();
            if cancelled != Performed::DONE {
                all = cancelled;
            }
        }
        Ok(all)
    }

    async fn launches(&self, org: &str, bet: BetId) -> Result<Vec<String>, Fault> {
        let head = self.log.head().await?;
        let wanted = ListRequest {
            org: org.to_owned(),
            at_least: head.map(|head| head.to_string()).unwrap_or_default(),
            of: bet.to_string(),
            ..ListRequest::default()
        };
        let page = |request| async {
            let page = LaunchesClient::new(self.peers.gtm.clone()).list(request).await;
            let page = page.map_err(|status| unanswered("gtm", &status))?.into_inner();
            Ok((page.launches.into_iter().map(|launch| launch.id).collect(), page.next))
        };
        every(wanted, page).try_collect().await
    }
}

impl Rim<WindDown> for WindDownRim {
    type Wire = WindDownWire;

    const CONTEXT: &'static str = "bets";

    fn interests() -> Filter {
        Filter::prefixes([BET_STREAMS])
    }

    async fn facts(&self, event: &Recorded, _live: Live<'_>) -> Result<Facts<WindDown>, Fault> {
        if !ENDS.contains(&&*event.event_type) {
            return Ok(Vec::new());
        }
        let id = event.stream.strip_prefix(BET_STREAMS).unwrap_or(&event.stream);
        let bet: BetId = id
            .parse()
            .map_err(|error| event.unreadable(&DecodeError::Malformed(format!("stream name: {error}"))))?;
        let metadata = event.metadata()?;
        let killed = fold_at::<BetWire>(&self.log, &event.stream, event.revision).await?;
        let attached = killed.known().map(|bet| bet.rollouts.clone()).unwrap_or_default();
        let position = event.position.to_string();
        let rollouts = self.peers.exposing(&metadata.org, bet, attached, &position).await?;
        let kill = Fact::KillNoted(Kill { bet, rollouts, at: metadata.at });
        Ok(vec![(format!("{id}/{}", event.revision), kill)])
    }

    async fn perform(&self, mut envelope: Envelope, action: &Action) -> Done {
        REASON.clone_into(&mut envelope.reason);
        match action {
            Action::AbortRollout(rollout) => {
                let request = rollouts::RolloutRequest {
                    meta: Some(grpc::meta(&envelope)),
                    rollout_id: rollout.to_string(),
                    command: Some(RolloutCommand::Abort(rollouts::AbortRollout {})),
                };
                let reply = RolloutsClient::new(self.peers.rollouts.clone()).execute(request).await;
                Ok(answer("rollouts", &envelope, reply)?.performed())
            }
            Action::TurnOffFlag { flag, rollout } => {
                let turn_off = FlagCommand::TurnOff(rollouts::TurnOffFlag {
                    rollout_id: rollout.to_string(),
                    cause: envelope.causation_id.clone(),
                });
                self.tell_flag(&envelope, *flag, turn_off).await
            }
            Action::RaiseCleanupDue(flag) => {
                let raise = FlagCommand::RaiseCleanupDue(rollouts::RaiseCleanupDue {});
                self.tell_flag(&envelope, *flag, raise).await
            }
            Action::CancelLaunches(bet) => self.cancel_launches(&envelope, *bet).await,
        }
    }
}

#[cfg(test)]
mod tests;
