//! The rim of the wind-down: the rollouts, flags and launches of a bet that was killed or withdrawn are told, each by its
//! own context. Every rollout that was planned for the bet counts, attached or not, with the flag that it exposes,
//! named or not.
//!
//! An instance looks after one end, not after one bet: its subject is `<bet>/<revision of the end>`, so that a
//! bet which was reopened and ended again is wound down again.

use std::sync::Arc;

use futures::future::BoxFuture;
use tonic::{Code, Response, Status};
use verdict_bets_domain::bet::{Attached, Bet, State};
use verdict_bets_domain::processes::wind_down::{Action, KillNoted, WindDown};
use verdict_kernel::decider::Decider;
use verdict_kernel::id::BetId;
use verdict_proto::bets::v1 as pb;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::gtm::v1::launch_request::Command as LaunchCommand;
use verdict_proto::gtm::v1::launches_client::LaunchesClient;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::rollouts::v1::flag_request::Command as FlagCommand;
use verdict_proto::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::rollout_request::Command as RolloutCommand;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1::{CommandReply, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc;
use verdict_runtime::log::{Filter, Log, LogError, MAX_PAGE, Recorded};
use verdict_runtime::process::sending::{answer, part_of, unanswered};
use verdict_runtime::process::{Facts, Performed, Rim};
use verdict_runtime::wire::{DecodeError, Metadata, Stored, Wire, parse, parsed};

use crate::facts::Peers;
use crate::wire::bet::BetWire;
use crate::wire::terms;

/// The ends of a bet that take its exposure back.
const ENDS: [&str; 2] = ["bets.Bet.BetKilled.v1", "bets.Bet.BetWithdrawn.v1"];
const KILL_NOTED: &str = "bets.WindDown.KillNoted.v1";
const BET_STREAMS: &str = "bets.bet-";
/// Launches read at a time.
const PAGE: u32 = 100;
/// What the commands of a wind-down give as their reason.
const REASON: &str = "the bet was killed or withdrawn";

/// The shell's side of [`WindDown`].
pub struct WindDownRim {
    log: Log,
    peers: Peers,
}

impl WindDownRim {
    pub fn new(log: Log, peers: Peers) -> Arc<Self> {
        Arc::new(Self { log, peers })
    }

    /// What was attached to the bet when `killed` was written: later events do not count.
    async fn attached_at(&self, killed: &Recorded) -> Result<Vec<Attached>, Fault> {
        let mut state = State::default();
        let mut from = 0;
        while from <= killed.revision {
            let slice = self.log.read_stream(&killed.stream, from, MAX_PAGE).await?;
            if slice.events.is_empty() {
                let why = format!("stream '{}' ends before its own event", killed.stream);
                return Err(LogError::Unavailable(why).into());
            }
            for event in &slice.events {
                from = event.revision + 1;
                if event.revision <= killed.revision {
                    let decoded =
                        BetWire::decode(&event.event_type, &event.data).map_err(|error| error.at(event))?;
                    state = decoded.iter().fold(state, Bet::evolve);
                }
            }
        }
        Ok(state.known().map(|bet| bet.rollouts.clone()).unwrap_or_default())
    }

    async fn note(&self, event: &Recorded) -> Result<Facts<WindDown>, Fault> {
        if !ENDS.contains(&&*event.event_type) {
            return Ok(Vec::new());
        }
        let id = event.stream.strip_prefix(BET_STREAMS).unwrap_or(&event.stream);
        let bet: BetId =
            id.parse().map_err(|error| DecodeError::Malformed(format!("stream name: {error}")).at(event))?;
        let metadata = Metadata::of(event)?;
        let attached = self.attached_at(event).await?;
        let position = event.position.to_string();
        let rollouts = self.peers.exposing(&metadata.org, bet, attached, &position).await?;
        let kill = KillNoted { bet, rollouts, at: metadata.at };
        Ok(vec![(format!("{id}/{}", event.revision), kill)])
    }

    async fn send(&self, mut envelope: Envelope, action: &Action) -> Result<Performed<KillNoted>, Fault> {
        REASON.clone_into(&mut envelope.reason);
        match action {
            Action::AbortRollout(rollout) => {
                let request = rollouts::RolloutRequest {
                    meta: Some(grpc::meta(&envelope)),
                    rollout_id: rollout.to_string(),
                    command: Some(RolloutCommand::Abort(rollouts::AbortRollout {})),
                };
                let mut client = RolloutsClient::new(self.peers.rollouts.clone());
                performed("rollouts", &envelope, client.execute(request).await)
            }
            Action::TurnOffFlag { flag, rollout } => {
                let turn_off = FlagCommand::TurnOff(rollouts::TurnOffFlag {
                    rollout_id: rollout.to_string(),
                    cause: envelope.causation_id.clone(),
                });
                self.tell_flag(&envelope, flag.to_string(), turn_off).await
            }
            Action::RaiseCleanupDue(flag) => {
                let raise = FlagCommand::RaiseCleanupDue(rollouts::RaiseCleanupDue {});
                self.tell_flag(&envelope, flag.to_string(), raise).await
            }
            Action::CancelLaunches(bet) => self.cancel_launches(&envelope, *bet).await,
        }
    }

    async fn tell_flag(
        &self,
        envelope: &Envelope,
        flag_id: String,
        command: FlagCommand,
    ) -> Result<Performed<KillNoted>, Fault> {
        let request = rollouts::FlagRequest {
            meta: Some(grpc::meta(envelope)),
            flag_id,
            environment: String::new(),
            command: Some(command),
        };
        let mut client = FlagsClient::new(self.peers.rollouts.clone());
        performed("rollouts", envelope, client.execute(request).await)
    }

    /// Cancels each launch under a command id of its own, which a retry derives again.
    async fn cancel_launches(&self, envelope: &Envelope, bet: BetId) -> Result<Performed<KillNoted>, Fault> {
        let mut all = Performed::DONE;
        for launch in self.launches(&envelope.principal.org, bet).await? {
            let mine = part_of(envelope, &launch);
            let request = gtm::LaunchRequest {
                meta: Some(grpc::meta(&mine)),
                launch_id: launch,
                command: Some(LaunchCommand::Cancel(gtm::CancelLaunch {})),
            };
            let mut client = LaunchesClient::new(self.peers.gtm.clone());
            let cancelled = performed("gtm", &mine, client.execute(request).await)?;
            if cancelled != Performed::DONE {
                all = cancelled;
            }
        }
        Ok(all)
    }

    async fn launches(&self, org: &str, bet: BetId) -> Result<Vec<String>, Fault> {
        let head = self.log.head().await?;
        let at_least = head.map(|head| head.to_string()).unwrap_or_default();
        let mut ids = Vec::new();
        let mut after = String::new();
        loop {
            let request = ListRequest {
                org: org.to_owned(),
                first: PAGE,
                after,
                at_least: at_least.clone(),
                of: bet.to_string(),
            };
            let list = LaunchesClient::new(self.peers.gtm.clone()).list(request).await;
            let list = list.map_err(|status| unanswered("gtm", &status))?.into_inner();
            ids.extend(list.launches.into_iter().map(|launch| launch.id));
            if list.next.is_empty() {
                return Ok(ids);
            }
            after = list.next;
        }
    }
}

impl Rim<WindDown> for WindDownRim {
    fn context(&self) -> &'static str {
        "bets"
    }

    fn interests(&self) -> Filter {
        Filter::prefixes([BET_STREAMS])
    }

    fn facts<'a>(
        &'a self,
        event: &'a Recorded,
        _live: &'a [String],
    ) -> BoxFuture<'a, Result<Facts<WindDown>, Fault>> {
        Box::pin(self.note(event))
    }

    fn encode(&self, fact: &KillNoted) -> Stored {
        let rollout = |attached: &Attached| {
            let pb::RolloutAttached { rollout_id, flag_id } = terms::attached(attached);
            pb::WindDownRollout { rollout_id, flag_id }
        };
        let message = pb::WindDownKillNoted {
            bet_id: Some(fact.bet.to_string()),
            rollouts: fact.rollouts.iter().map(rollout).collect(),
            at: Some(fact.at.to_string()),
        };
        Stored::new(KILL_NOTED, &message)
    }

    fn decode(&self, event_type: &str, data: &[u8]) -> Result<KillNoted, DecodeError> {
        if event_type != KILL_NOTED {
            return Err(DecodeError::UnknownType);
        }
        let message: pb::WindDownKillNoted = parse(data)?;
        let rollout =
            |r: &pb::WindDownRollout| terms::read_attached(r.rollout_id.as_deref(), r.flag_id.as_deref());
        Ok(KillNoted {
            bet: parsed(message.bet_id.as_deref(), "betId")?,
            rollouts: message.rollouts.iter().map(rollout).collect::<Result<_, _>>()?,
            at: parsed(message.at.as_deref(), "at")?,
        })
    }

    fn perform<'a>(
        &'a self,
        envelope: Envelope,
        action: &'a Action,
    ) -> BoxFuture<'a, Result<Performed<KillNoted>, Fault>> {
        Box::pin(self.send(envelope, action))
    }
}

/// What a reply means to the process. A service that does not know the command may know it after its upgrade, so
/// the wind-down waits for it and does not go on without.
fn performed(
    service: &'static str,
    envelope: &Envelope,
    reply: Result<Response<CommandReply>, Status>,
) -> Result<Performed<KillNoted>, Fault> {
    match reply {
        Err(status) if status.code() == Code::Unimplemented => Err(unanswered(service, &status)),
        reply => Ok(answer(service, envelope, reply)?.performed()),
    }
}

#[cfg(test)]
mod tests;
