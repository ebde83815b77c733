//! Clients: the beginning of the story, and the commands of people, sent again while nobody answers.

use rand::Rng;
use tonic::Status;
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::gtm::v1::launches_client::LaunchesClient;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::metrics::v1::metrics_client::MetricsClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1 as pb;
use verdict_runtime::grpc::Transport;

use super::{Ran, World, run};
use crate::faults::faulty;
use crate::story::{self, LOSSES, METRIC, OTHER, PRIMARY, Request, SOURCES};

impl World {
    pub(super) fn begin(&mut self) -> Result<(), String> {
        self.settle()?;
        for (request, keep) in story::beginning() {
            self.commands += 1;
            let request = request(&self.made).with(story::meta(self.seed, self.commands, "begin"));
            let text = format!("{request:?}");
            match self.send(0, request) {
                Some(Ok(id)) => keep(&mut self.made, id),
                other => return Err(format!("the beginning went wrong at {text}: {other:?}")),
            }
            self.settle()?;
        }
        self.measured(0, PRIMARY, &SOURCES[..1], 10.0);
        self.all_is_well()?;
        if self.seed % 3 == 1 {
            self.enter_alpha()?;
        }
        if self.seed % 12 == 1 { self.break_twice() } else { Ok(()) }
    }

    /// Some histories begin with customers who are served, so that there is a stage to go back to.
    fn enter_alpha(&mut self) -> Result<(), String> {
        self.leap_by(30);
        self.settle()?;
        self.all_is_well()?;
        self.commands += 1;
        let meta = story::meta(self.seed, self.commands, "begin");
        match self.send(0, story::enter(&self.made.lines[0], "alpha").with(meta)) {
            Some(Ok(_)) => self.settle(),
            other => Err(format!("alpha was not entered: {other:?}")),
        }
    }

    /// In some of these a guardrail breaks, and then a critical one: before the first rollback was confirmed, or after.
    fn break_twice(&mut self) -> Result<(), String> {
        self.badly_measured(0, METRIC);
        if self.seed % 24 == 1 {
            self.settle()?;
        }
        self.badly_measured(0, LOSSES);
        self.settle()?;
        self.bad_news.clear();
        self.watcher.ended(self.clocks.are_right())
    }

    /// Everything is measured, and good.
    fn all_is_well(&mut self) -> Result<(), String> {
        self.measured(0, METRIC, &SOURCES, 92.0);
        self.measured(0, OTHER, &SOURCES[..1], 92.0);
        self.measured(0, LOSSES, &SOURCES[..1], 92.0);
        self.settle()
    }

    pub(super) fn command(&mut self, replica: usize) {
        let again = !self.unanswered.is_empty() && self.rng.random_bool(0.6);
        let request = if again {
            let index = self.rng.random_range(0..self.unanswered.len());
            self.unanswered.swap_remove(index)
        } else {
            self.commands += 1;
            let meta = story::meta(self.seed, self.commands, "simulated");
            let line = usize::from(self.rng.random_range(0..4) == 0);
            let holds = self.watcher.holds(&self.made.lines[line].flag);
            story::any(&self.made, line, &holds, &mut self.rng).with(meta)
        };
        let kept = request.clone();
        match self.send(replica, request) {
            Some(Ok(_)) => {
                // Sometimes a client forgets that it was answered.
                if self.rng.random_range(0..10) == 0 {
                    self.unanswered.push(kept);
                }
            }
            Some(Err(refused)) if refused.is_empty() => self.unanswered.push(kept),
            Some(Err(_)) => {}
            None => {
                self.unanswered.push(kept);
                self.kill(replica);
            }
        }
    }

    /// Sends a command to a replica: the id on acceptance, the code of a refusal, an empty text when nobody knows
    /// what became of it, `None` when the replica died.
    fn send(&mut self, replica: usize, request: Request) -> Option<Result<String, String>> {
        let faults = self.faults[replica].clone();
        let state = self.replicas[replica].as_ref()?;
        let to = state.assembly.transports();
        let through = |transport: &Transport| faulty(&faults, transport.clone());
        let (bets, rollouts) = (through(&to.bets), through(&to.rollouts));
        let (metrics, gtm) = (through(&to.metrics), through(&to.gtm));
        let text = format!("{request:?}");
        let call = async move {
            Ok::<_, Status>(match request {
                Request::Bet(request) => BetsClient::new(bets).execute(request).await?,
                Request::Rollout(request) => RolloutsClient::new(rollouts).execute(request).await?,
                Request::Flag(request) => FlagsClient::new(rollouts).execute(request).await?,
                Request::Metric(request) => MetricsClient::new(metrics).execute(request).await?,
                Request::Guardrail(request) => GuardrailsClient::new(metrics).execute(request).await?,
                Request::Launch(request) => LaunchesClient::new(gtm).execute(request).await?,
            })
        };
        let answer = match run(&faults, call, || self.wait()) {
            Ran::Crashed => None,
            Ran::Stuck => {
                self.stuck(&text);
                Some(Err(String::new()))
            }
            Ran::Done(Err(status)) => {
                let known = verdict_runtime::grpc::problem_of(&status).map(|problem| problem.code);
                Some(Err(known.filter(|code| code != "unavailable").unwrap_or_default()))
            }
            Ran::Done(Ok(reply)) => match reply.into_inner().outcome {
                Some(pb::command_reply::Outcome::Accepted(accepted)) => Some(Ok(accepted.id)),
                Some(pb::command_reply::Outcome::Refused(refused)) => {
                    Some(Err(format!("{} {}", refused.rule, refused.code)))
                }
                None => Some(Err(String::new())),
            },
        };
        self.note(|| format!("{text} -> {answer:?}"));
        answer
    }
}
