//! Which streams belong to something: its own, and those of whatever ships, guards, announces or troubles it.

use std::collections::{BTreeMap, BTreeSet};

use futures::future;
use verdict_proto::gtm::v1::LaunchView;
use verdict_proto::metrics::v1::{GuardrailView, IncidentView};
use verdict_proto::platform::v1::HistoryRequest;
use verdict_proto::rollouts::v1::{FlagView, RolloutView};

use super::sentences::said;
use crate::cli::client::Client;
use crate::cli::columns::field_of;
use crate::failure::Failure;

/// Rollouts whose streams are looked at, the newest first.
const ROLLOUTS: usize = 50;

/// What has a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Of {
    Rollout,
    Flag,
    Bet,
    /// The service that rollouts name
    Service,
}

/// The streams of something, each with what it is about.
#[derive(Debug, Default)]
pub struct Belongings {
    pub streams: BTreeMap<String, String>,
    /// Those of which only what is about `rollouts` belongs to it: a flag has had others, and a bet has more than one.
    shared: BTreeSet<String>,
    rollouts: BTreeSet<String>,
    /// What is not shown, and why.
    pub missing: Vec<String>,
}

impl Belongings {
    /// Asks the platform.
    pub async fn of(of: Of, name: &str, client: &Client) -> Result<Self, Failure> {
        let mut all = Self::default();
        let request = client.get(name);
        match of {
            Of::Rollout => {
                let view = client.call(|| async { client.rollouts().get(request.clone()).await }).await?;
                all.take_rollouts(vec![view], client).await?;
            }
            Of::Flag => {
                let flag = client.call(|| async { client.flags().get(request.clone()).await }).await?;
                let ids = had(&flag, client).await?;
                let mut rollouts = Vec::new();
                for id in all.newest(ids) {
                    let request = client.get(&id);
                    rollouts
                        .push(client.call(|| async { client.rollouts().get(request.clone()).await }).await?);
                }
                all.own(flag_stream(&flag.id), named("flag", &flag.key, &flag.id));
                all.take_rollouts(rollouts, client).await?;
            }
            Of::Bet => {
                let bet = client.call(|| async { client.bets().get(request.clone()).await }).await?;
                all.own(bet_stream(&bet.id), named("bet", &bet.key, &bet.id));
                let rollouts = all.listed(&bet.id, client, |_| true).await?;
                all.launches(client.all_launches(&bet.id).await)?;
                all.take_rollouts(rollouts, client).await?;
            }
            Of::Service => {
                let rollouts = all.listed("", client, |rollout| rollout.service == name).await?;
                if rollouts.is_empty() {
                    return Err(Failure::Request(format!("no rollout names a service '{name}'")));
                }
                all.take_rollouts(rollouts, client).await?;
            }
        }
        Ok(all)
    }

    /// The newest rollouts of a bet or of all that are wanted.
    async fn listed(
        &mut self,
        bet: &str,
        client: &Client,
        is_wanted: impl Fn(&RolloutView) -> bool,
    ) -> Result<Vec<RolloutView>, Failure> {
        let all = client.all_rollouts(bet).await?;
        let wanted: BTreeMap<String, RolloutView> =
            all.into_iter().filter(is_wanted).map(|view| (view.id.clone(), view)).collect();
        let newest: BTreeSet<String> = self.newest(wanted.keys().cloned().collect()).into_iter().collect();
        Ok(wanted.into_values().filter(|view| newest.contains(&view.id)).collect())
    }

    /// Ids of rollouts tell which is newer.
    fn newest(&mut self, ids: BTreeSet<String>) -> Vec<String> {
        let older = ids.len().saturating_sub(ROLLOUTS);
        if older > 0 {
            self.missing.push(format!("{older} older rollouts and what belongs to them"));
        }
        ids.into_iter().skip(older).collect()
    }

    async fn take_rollouts(&mut self, rollouts: Vec<RolloutView>, client: &Client) -> Result<(), Failure> {
        let mut away = BTreeSet::new();
        for rollout in rollouts {
            let RolloutView { id, key, flag_id, bet_id, .. } = rollout;
            self.rollouts.insert(id.clone());
            self.own(format!("rollouts.rollout-{id}"), named("rollout", &key, &id));
            self.share(flag_stream(&flag_id), &flag_id, "flag");
            self.share(bet_stream(&bet_id), &bet_id, "bet");
            let (metrics, gtm) = (away.contains("metrics"), away.contains("gtm"));
            let watch = Box::pin(future::try_join(client.all_guardrails(&id), client.all_incidents(&id)));
            let watched = async { if metrics { Ok((Vec::new(), Vec::new())) } else { watch.await } };
            let told = async { if gtm { Ok(Vec::new()) } else { client.all_launches(&id).await } };
            let (watched, told) = future::join(watched, told).await;
            for (context, failed) in [("metrics", watched.is_err()), ("gtm", told.is_err())] {
                if failed {
                    away.insert(context);
                }
            }
            self.watched(watched)?;
            self.launches(told)?;
        }
        self.name_what_is_shared(client).await
    }

    fn watched(
        &mut self,
        watched: Result<(Vec<GuardrailView>, Vec<IncidentView>), Failure>,
    ) -> Result<(), Failure> {
        let (guardrails, incidents) = match watched {
            Ok(watched) => watched,
            Err(Failure::Unavailable(why)) => {
                self.missing.push(format!("guardrails and incidents: {why}"));
                return Ok(());
            }
            Err(failure) => return Err(failure),
        };
        for guardrail in guardrails {
            let name = if guardrail.key.is_empty() { &guardrail.metric } else { &guardrail.key };
            self.own(format!("metrics.guardrail-{}", guardrail.id), format!("guardrail {name}"));
        }
        for incident in incidents {
            self.own(format!("metrics.incident-{}", incident.id), format!("incident {}", incident.id));
        }
        Ok(())
    }

    fn launches(&mut self, launches: Result<Vec<LaunchView>, Failure>) -> Result<(), Failure> {
        match launches {
            Ok(launches) => {
                for launch in launches {
                    let name = named("launch", &launch.key, &launch.id);
                    self.own(format!("gtm.launch-{}", launch.id), name);
                }
                Ok(())
            }
            Err(Failure::Unavailable(why)) => {
                self.missing.push(format!("launches: {why}"));
                Ok(())
            }
            Err(failure) => Err(failure),
        }
    }

    fn own(&mut self, stream: String, name: String) {
        self.shared.remove(&stream);
        self.streams.insert(stream, name);
    }

    /// A stream of which a part belongs here, unless all of it does.
    fn share(&mut self, stream: String, id: &str, kind: &str) {
        if !id.is_empty() && !self.streams.contains_key(&stream) {
            self.streams.insert(stream.clone(), format!("{kind} {id}"));
            self.shared.insert(stream);
        }
    }

    /// Keys are what people know; where they cannot be asked for, ids do.
    async fn name_what_is_shared(&mut self, client: &Client) -> Result<(), Failure> {
        for stream in self.shared.clone() {
            let id = stream.rsplit('-').next().unwrap_or_default();
            let request = client.get(id);
            let name = if stream == flag_stream(id) {
                let flag = client.call(|| async { client.flags().get(request.clone()).await }).await;
                flag.map(|flag| named("flag", &flag.key, id))
            } else {
                let bet = client.call(|| async { client.bets().get(request.clone()).await }).await;
                bet.map(|bet| named("bet", &bet.key, id))
            };
            match name {
                Ok(name) => drop(self.streams.insert(stream, name)),
                Err(Failure::Unavailable(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }

    /// One stream that a rollout shares with others.
    #[cfg(test)]
    pub fn shares(stream: &str, name: &str, rollout: &str) -> Self {
        let (stream, rollouts) = (stream.to_owned(), BTreeSet::from([rollout.to_owned()]));
        let shared = BTreeSet::from([stream.clone()]);
        Self { streams: BTreeMap::from([(stream, name.to_owned())]), shared, rollouts, missing: Vec::new() }
    }

    /// The request for what all of them say.
    pub fn request(&self, org: &str, since: String) -> HistoryRequest {
        let streams = self.streams.keys().cloned().collect();
        HistoryRequest { org: org.to_owned(), streams, since, limit: 0 }
    }

    /// Tells what belongs here as events come, in the log's order.
    pub const fn part(&self) -> Part<'_> {
        Part { of: self, held_by_ours: BTreeMap::new() }
    }
}

/// Which events of shared streams belong.
pub struct Part<'b> {
    of: &'b Belongings,
    /// Whether the flag of a stream belongs to one of the rollouts.
    held_by_ours: BTreeMap<String, bool>,
}

impl Part<'_> {
    /// Whether the next event belongs; `rollout` is the one that it names, if any. What follows an event that is not shown
    /// may belong: nobody knows whose the flag is there.
    pub fn takes(&mut self, stream: &str, revision: u32, rollout: &str) -> bool {
        if !self.of.shared.contains(stream) {
            return true;
        }
        if !rollout.is_empty() {
            let ours = self.of.rollouts.contains(rollout);
            self.held_by_ours.insert(stream.to_owned(), ours);
            return ours;
        }
        // What is done to a flag by hand belongs to the rollout that has it; a bet goes its own way.
        let of_a_flag = stream.starts_with(&flag_stream(""));
        if revision == 0 {
            self.held_by_ours.insert(stream.to_owned(), false);
        }
        of_a_flag && self.held_by_ours.get(stream).copied().unwrap_or(true)
    }
}

fn flag_stream(id: &str) -> String {
    format!("rollouts.flag-{id}")
}

fn bet_stream(id: &str) -> String {
    format!("bets.bet-{id}")
}

fn named(kind: &str, key: &str, id: &str) -> String {
    format!("{kind} {}", if key.is_empty() { id } else { key })
}

/// The rollouts that a flag has ever belonged to, as far as its newest events go.
async fn had(flag: &FlagView, client: &Client) -> Result<BTreeSet<String>, Failure> {
    let streams = vec![flag_stream(&flag.id)];
    let request = HistoryRequest { org: client.org().to_owned(), streams, ..HistoryRequest::default() };
    let events = client.history(&request).await?.events;
    let messages = events.iter().filter_map(|event| said(&event.r#type, &event.data).message);
    let rollouts = messages.map(|message| field_of(&message, "rollout_id"));
    Ok(rollouts.filter(|id| !id.is_empty()).collect())
}
