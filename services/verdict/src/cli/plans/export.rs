//! `verdict export`: a bet and everything that belongs to it, as documents that apply as nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use prost::Message;
use serde_json::Value;
use verdict_documents::metric::MetricDefinitionSpec;
use verdict_documents::{Content, Document, Identity, Key, Noun, Spec, read, write};
use verdict_proto::bets::v1::BetView;
use verdict_proto::gtm::v1::{LaunchList, LaunchView};
use verdict_proto::metrics::v1::{GuardrailList, GuardrailView, MetricView};
use verdict_proto::rollouts::v1::{FlagView, RolloutList, RolloutView};
use verdict_proto::v1::ListRequest;

use super::content;
use super::platform::{self, Platform, Way, decoded, kind};
use crate::cli::client::{Client, PAGE};
use crate::cli::clock;
use crate::cli::completion;
use crate::cli::kind::Shown;
use crate::cli::output::{self, Format};
use crate::failure::Failure;

/// What is exported.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// Key or id of the bet
    #[arg(value_name = "BET", add = completion::of_kind("bet"))]
    bet: String,
}

/// Prints the documents; what no document can hold is said on standard error.
pub async fn run(export: &Export, client: &Client, shown: &mut Shown<'_>) -> Result<(), Failure> {
    let exporter = Exporter {
        platform: Platform::new(client, client.org(), client.team()),
        way: client,
        head: clock::status(client).await?.position,
        org: client.org(),
        team: client.team(),
    };
    let Exported { documents, left_out } = exporter.of_bet(&export.bet).await?;
    match shown.format {
        Format::Table | Format::Wide | Format::Yaml => write!(shown.out, "{}", write(&documents))?,
        Format::Json => {
            let documents: Vec<Value> = documents.iter().map(Document::to_json).collect();
            output::document(shown.out, Format::Json, &documents)?;
        }
        Format::Name => {
            for document in &documents {
                writeln!(shown.out, "{}", document.key())?;
            }
        }
    }
    shown.out.flush()?;
    for left in left_out {
        drop(writeln!(io::stderr(), "left out: {}", output::escaped(&left)));
    }
    Ok(())
}

/// What was found.
#[derive(Debug, Default)]
pub struct Exported {
    /// In the order in which they are applied.
    pub documents: Vec<Document>,
    /// What belongs to the bet and has no document, and why.
    pub left_out: Vec<String>,
}

impl Exported {
    /// Adds a document that reads back as it was written; any other is left out.
    fn add(&mut self, document: Document) {
        let reading = read("", &write([&document]));
        let why = match reading.findings.first() {
            Some(verdict_documents::Finding { path, found, wanted, .. }) => {
                format!("{path}: found {found}; wanted {wanted}")
            }
            None if reading.documents.iter().map(|placed| &placed.document).eq([&document]) => {
                return self.documents.push(document);
            }
            None => "it would read back as something else".to_owned(),
        };
        let (kind, key) = (document.kind(), document.key());
        self.left_out.push(format!("{kind} {key}: no document can say what it is: {why}"));
    }
}

/// Follows from a bet to what belongs to it.
pub struct Exporter<'w, W> {
    pub platform: Platform<'w, W>,
    pub way: &'w W,
    /// Where the log ended: lists are read no earlier.
    pub head: String,
    pub org: &'w str,
    pub team: &'w str,
}

impl<W: Way> Exporter<'_, W> {
    /// The documents of a bet.
    pub async fn of_bet(&self, named: &str) -> Result<Exported, Failure> {
        let bet: Option<BetView> = self.platform.view(Noun::Bet, self.team, named).await?;
        let bet =
            bet.ok_or_else(|| Failure::Request(format!("there is no bet '{named}': see verdict bet list")))?;
        if bet.key.is_empty() {
            let why = "was proposed without a key, so no document can name it";
            return Err(Failure::Request(format!("the bet {} {why}", bet.id)));
        }
        let mut found = Exported::default();
        found.add(document(&bet.key, platform::bet(&bet)?.present.content)?);
        let mut metrics: Vec<String> = bet.metrics.iter().map(|target| target.metric().to_owned()).collect();
        let mut guardrails = Vec::new();
        let mut flags = BTreeSet::new();
        for rollout in self.rollouts(&bet.id).await? {
            if !self.is_called(Noun::Rollout, &rollout.key, &rollout.id).await? {
                found.left_out.push(format!("rollout {}: {NAMELESS}", rollout.id));
                continue;
            }
            let content = self.platform.rollout(&rollout, self.team).await?.present.content;
            found.add(document(&rollout.key, content)?);
            flags.insert(rollout.flag_id.clone());
            for guardrail in self.guardrails(&rollout.id).await? {
                if self.is_called(Noun::Guardrail, &guardrail.key, &guardrail.id).await? {
                    metrics.push(guardrail.metric.clone());
                    guardrails.push(guardrail);
                } else {
                    found.left_out.push(format!("guardrail {}: {NAMELESS}", guardrail.id));
                }
            }
        }
        for flag in flags {
            let flag: Option<FlagView> = self.platform.view(Noun::Flag, self.team, &flag).await?;
            if let Some(flag) = flag {
                found.add(document(&flag.key, platform::flag(&flag)?.present.content)?);
            }
        }
        for launch in self.launches(&bet.id).await? {
            if self.is_called(Noun::Launch, &launch.key, &launch.id).await? {
                let content = self.platform.launch(&launch, self.team).await?.present.content;
                found.add(document(&launch.key, content)?);
            } else {
                found.left_out.push(format!("launch {}: {NAMELESS}", launch.id));
            }
        }
        for metric in self.metrics(metrics, &guardrails).await? {
            found.add(metric);
        }
        found.documents.sort_by_key(Document::rank);
        Ok(found)
    }

    /// Metrics with those that they lead to, each with its guardrails among these.
    async fn metrics(
        &self,
        mut open: Vec<String>,
        guardrails: &[GuardrailView],
    ) -> Result<Vec<Document>, Failure> {
        let mut metrics: BTreeMap<String, MetricDefinitionSpec> = BTreeMap::new();
        while let Some(key) = open.pop() {
            if metrics.contains_key(&key) {
                continue;
            }
            let view: Option<MetricView> = self.platform.view(Noun::Metric, self.team, &key).await?;
            let Some(view) = view else { continue };
            open.extend(view.leads_to.iter().cloned());
            metrics.insert(key, content::metric::metric(&view)?);
        }
        for view in guardrails {
            let guardrail = self.platform.guardrail(view, self.team).await?.present.content;
            if let (Some(metric), Content::Guardrail { guardrail, .. }) =
                (metrics.get_mut(&view.metric), guardrail)
            {
                metric.guardrails.push(guardrail);
            }
        }
        let document = |(key, metric): (String, MetricDefinitionSpec)| {
            Document::of(&Key::from(key), None, Spec::MetricDefinition(metric))
        };
        Ok(metrics.into_iter().map(document).collect())
    }

    /// Whether the key, if there is one, leads to this thing and to no later one, and to that of no other team.
    async fn is_called(&self, noun: Noun, key: &str, id: &str) -> Result<bool, Failure> {
        if key.is_empty() {
            return Ok(false);
        }
        let what = Identity { noun, scope: String::new(), key: key.to_ascii_lowercase() };
        Ok(self.platform.there(&what, key).await?.is_some_and(|there| there.id == id))
    }

    async fn rollouts(&self, bet: &str) -> Result<Vec<RolloutView>, Failure> {
        self.all(Noun::Rollout, bet, |page: RolloutList| (page.rollouts, page.next)).await
    }

    async fn guardrails(&self, rollout: &str) -> Result<Vec<GuardrailView>, Failure> {
        self.all(Noun::Guardrail, rollout, |page: GuardrailList| (page.guardrails, page.next)).await
    }

    async fn launches(&self, bet: &str) -> Result<Vec<LaunchView>, Failure> {
        self.all(Noun::Launch, bet, |page: LaunchList| (page.launches, page.next)).await
    }

    /// A list to its end.
    async fn all<L: Message + Default, T>(
        &self,
        noun: Noun,
        of: &str,
        open: impl Fn(L) -> (Vec<T>, String),
    ) -> Result<Vec<T>, Failure> {
        let kind = kind(noun)?;
        let unlisted = || Failure::Fault(format!("the contracts list no {}", noun.as_str()));
        let list = kind.list.as_ref().ok_or_else(unlisted)?;
        let mut request = ListRequest {
            org: self.org.to_owned(),
            first: PAGE,
            of: of.to_owned(),
            team: self.team.to_owned(),
            at_least: self.head.clone(),
            after: String::new(),
        };
        let mut all = Vec::new();
        loop {
            let page = self.way.ask(&kind.context, &list.path, request.encode_to_vec()).await?;
            let Some(page) = page else { return Ok(all) };
            let (items, next) = open(decoded(noun, &page)?);
            all.extend(items);
            if next.is_empty() {
                return Ok(all);
            }
            request.after = next;
        }
    }
}

/// Why something is left out.
const NAMELESS: &str = "no key of this team leads to it, so no document can name it";

fn document(key: &str, content: Content) -> Result<Document, Failure> {
    Ok(Document::of(&Key::from(key), None, spec(content)?))
}

fn spec(content: Content) -> Result<Spec, Failure> {
    match content {
        Content::Metric(metric) => Ok(Spec::MetricDefinition(metric)),
        Content::Flag { flag, .. } => Ok(Spec::Flag(flag)),
        Content::Bet(bet) => Ok(Spec::Bet(bet)),
        Content::Rollout { rollout, .. } => Ok(Spec::StagedRollout(rollout)),
        Content::Launch(launch) => Ok(Spec::Launch(launch)),
        Content::Guardrail { .. } => {
            Err(Failure::Fault("a guardrail stands in the document of its metric".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use verdict_documents::Reference;
    use verdict_documents::launch::LaunchSpec;

    use super::*;

    #[test]
    fn what_would_not_read_back_is_left_out_and_said() {
        let launch = |title: &str| {
            let (bet_ref, rollout_ref) = (Reference::from("shop"), Reference::from("shop"));
            let spec = LaunchSpec { key: None, title: title.to_owned(), tier: 1, bet_ref, rollout_ref };
            Document::of(&Key::from("shop"), None, Spec::Launch(spec))
        };
        let mut found = Exported::default();
        found.add(launch("Shop"));
        found.add(launch(&"a".repeat(201)));
        assert_eq!(found.documents, [launch("Shop")]);
        let [left] = found.left_out.as_slice() else { panic!("{:?}", found.left_out) };
        assert!(
            left.starts_with("Launch shop: no document can say what it is: spec.title: found "),
            "{left}"
        );
    }
}
