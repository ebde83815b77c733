//! What matters first to somebody who looks: what is broken, held and waiting, and what runs.

use std::collections::BTreeMap;
use std::io::Write;

use futures::future;
use jiff::Timestamp;
use verdict_proto::metrics::v1::{GuardrailView, IncidentView, Severity};
use verdict_proto::rollouts::v1::{FlagView, RolloutView};

use crate::cli::client::Client;
use crate::cli::output::{self, escaped};
use crate::failure::Failure;
use crate::platform::service::Service;

/// Names of a row that are shown before it says how many more there are.
const NAMES: usize = 5;
/// States of a rollout that nothing leads out of.
const OVER: [&str; 2] = ["completed", "aborted"];
/// States of a guardrail with a breach that nobody has settled.
const BROKEN: [&str; 2] = ["breached", "acknowledged"];

/// A list, or why it is not known.
type Known<T> = Result<Vec<T>, Failure>;

/// What the services say of rollouts and what watches them.
#[derive(Debug)]
pub struct Standing {
    rollouts: Known<RolloutView>,
    flags: Known<FlagView>,
    guardrails: Known<GuardrailView>,
    incidents: Known<IncidentView>,
    now: Option<Timestamp>,
}

impl Standing {
    /// Asks those that the client knows, all at once: together they take no longer than one that is silent.
    pub async fn of(client: &Client) -> Self {
        let rollouts = asked(client, Service::Rollouts, client.all_rollouts(""));
        let flags = asked(client, Service::Rollouts, client.all_flags(""));
        let guardrails = asked(client, Service::Metrics, client.all_guardrails(""));
        let incidents = asked(client, Service::Metrics, client.all_incidents(""));
        let (rollouts, flags, guardrails, incidents) =
            Box::pin(future::join4(rollouts, flags, guardrails, incidents)).await;
        Self { rollouts, flags, guardrails, incidents, now: None }
    }

    /// With the platform's time, which tells whose soak is over.
    #[must_use]
    pub fn at(self, now: Option<Timestamp>) -> Self {
        Self { now, ..self }
    }

    /// Rows for people, what is worst first.
    pub fn show(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let mut rows = vec![self.incidents(), self.breached()];
        rows.extend([self.held(), self.waiting(), self.running()]);
        // They say for themselves what they are: no head.
        for line in output::aligned(&[], &rows).iter().skip(1) {
            writeln!(out, "{line}")?;
        }
        for failure in [self.rollouts.as_ref().err(), self.incidents.as_ref().err()].into_iter().flatten() {
            writeln!(out, "not known: {}", escaped(&failure.to_string()))?;
        }
        Ok(())
    }

    fn incidents(&self) -> Vec<String> {
        let Ok(incidents) = &self.incidents else { return unknown("incidents") };
        let mut open: BTreeMap<Severity, Vec<&IncidentView>> = BTreeMap::new();
        for incident in
            incidents.iter().filter(|incident| !["resolved", "deferred"].contains(&&*incident.state))
        {
            open.entry(incident.severity()).or_default().push(incident);
        }
        let word = |severity: &Severity| severity.as_str_name().trim_start_matches("SEVERITY_").to_owned();
        let names = open.iter().flat_map(|(severity, of)| {
            of.iter().map(move |incident| format!("{}: {} ({})", word(severity), incident.title, incident.id))
        });
        row("incidents", names.collect())
    }

    fn breached(&self) -> Vec<String> {
        let (Ok(rollouts), Ok(guardrails)) = (&self.rollouts, &self.guardrails) else {
            return unknown("breached");
        };
        let names = rollouts.iter().filter(|rollout| is_on(rollout)).filter_map(|rollout| {
            let of = |guardrail: &&GuardrailView| {
                guardrail.rollout_id == rollout.id && BROKEN.contains(&&*guardrail.state)
            };
            let metrics: Vec<&str> =
                guardrails.iter().filter(of).map(|guardrail| guardrail.metric.as_str()).collect();
            let is_back = ["rolling_back", "rolled_back"].contains(&&*rollout.state);
            let words: Vec<String> = metrics
                .iter()
                .map(ToString::to_string)
                .chain(is_back.then(|| rollout.state.replace('_', " ")))
                .collect();
            (!words.is_empty()).then(|| format!("{} ({})", called(rollout), words.join(", ")))
        });
        row("breached", names.collect())
    }

    fn held(&self) -> Vec<String> {
        let Ok(flags) = &self.flags else { return unknown("held") };
        let names = flags.iter().filter(|flag| flag.held && flag.state != "archived").map(|flag| {
            let kinds = flag.holds.iter().map(|hold| hold.kind().as_str_name());
            let kinds: Vec<String> =
                kinds.map(|kind| kind.trim_start_matches("HOLD_KIND_").to_lowercase()).collect();
            format!("flag {}/{} ({})", flag.environment, flag.key, kinds.join(", "))
        });
        row("held", names.collect())
    }

    fn waiting(&self) -> Vec<String> {
        let Ok(rollouts) = &self.rollouts else { return unknown("waiting") };
        let names = rollouts.iter().filter_map(|rollout| Some((rollout, self.waits_for(rollout)?)));
        row("waiting", names.map(|(rollout, what)| format!("{} ({what})", called(rollout))).collect())
    }

    /// What a rollout waits for that does not go on by itself.
    fn waits_for(&self, rollout: &RolloutView) -> Option<String> {
        if rollout.state == "paused" {
            let causes =
                rollout.paused_for().map(|cause| cause.as_str_name().trim_start_matches("PAUSE_CAUSE_"));
            let causes =
                causes.map(str::to_lowercase).chain(rollout.watch_lost.then(|| "watch lost".to_owned()));
            return Some(format!("paused: {}", causes.collect::<Vec<_>>().join(", ")));
        }
        let soaked: Option<Timestamp> = rollout.soaked_at.parse().ok();
        let is_over = soaked.zip(self.now).is_some_and(|(soaked, now)| soaked <= now);
        (rollout.state == "running" && is_over).then(|| format!("{}, soaked", rollout.stage))
    }

    fn running(&self) -> Vec<String> {
        let Ok(rollouts) = &self.rollouts else { return unknown("running") };
        let running = rollouts.iter().filter(|rollout| rollout.state == "running");
        row("running", running.map(|rollout| format!("{} ({})", called(rollout), rollout.stage)).collect())
    }
}

/// Nobody is asked for what no address was named for.
async fn asked<T>(client: &Client, service: Service, list: impl Future<Output = Known<T>>) -> Known<T> {
    if client.knows(service) {
        return list.await;
    }
    Err(Failure::usage(format!("no --server {service}=ADDRESS is named")))
}

fn is_on(rollout: &RolloutView) -> bool {
    !OVER.contains(&rollout.state.as_str())
}

fn called(rollout: &RolloutView) -> &str {
    if rollout.key.is_empty() { &rollout.id } else { &rollout.key }
}

fn unknown(what: &str) -> Vec<String> {
    vec![what.to_owned(), "?".to_owned()]
}

fn row(what: &str, names: Vec<String>) -> Vec<String> {
    let count = names.len();
    let mut shown: Vec<String> = names.into_iter().take(NAMES).collect();
    if count > NAMES {
        shown.push(format!("{} more", count - NAMES));
    }
    vec![what.to_owned(), count.to_string(), shown.join(", ")]
}
