//! Documents that are applied together: in which order, what is there twice, and what they need that is not among them.

use std::collections::BTreeMap;
use std::fmt;

use crate::document::{Document, Spec};
use crate::finding::{Finding, Path, Place};
use crate::reading::{Placed, Reading};
use crate::words::{Key, production};

/// Things that have keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    Metric,
    Flag,
    Bet,
    Rollout,
    Guardrail,
    Launch,
}

impl Noun {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Flag => "flag",
            Self::Bet => "bet",
            Self::Rollout => "rollout",
            Self::Guardrail => "guardrail",
            Self::Launch => "launch",
        }
    }
}

/// What tells a thing apart from all others of its organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub noun: Noun,
    /// The environment of a flag; the team of a rollout, guardrail or launch, empty where it is that of whoever
    /// applies the documents.
    pub scope: String,
    /// Without regard to case.
    pub key: String,
}

impl Identity {
    pub(crate) fn new(noun: Noun, scope: &str, key: &Key) -> Self {
        Self { noun, scope: scope.to_owned(), key: key.folded() }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noun, scope, key } = self;
        match noun {
            Noun::Flag => write!(f, "flag {scope}/{key}"),
            Noun::Rollout | Noun::Guardrail | Noun::Launch if !scope.is_empty() => {
                write!(f, "{} {key} of team {scope}", noun.as_str())
            }
            Noun::Metric | Noun::Bet | Noun::Rollout | Noun::Guardrail | Noun::Launch => {
                write!(f, "{} {key}", noun.as_str())
            }
        }
    }
}

/// Something that a document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub what: Identity,
    /// Index of the document in [`Set::documents`].
    pub document: usize,
    /// The field that names it.
    pub path: Path,
    /// It is among the documents; otherwise the platform has to have it.
    pub within: bool,
}

/// One thing to make, in the order in which things are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Index of the document in [`Set::documents`].
    pub document: usize,
    pub thing: Thing,
}

/// What of a document is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// The flag that stands within a rollout.
    InlineFlag,
    /// The thing that the document is about.
    Itself,
    /// A guardrail of a metric, by its index: after the rollout that it watches.
    Guardrail(usize),
}

/// Documents that fit together.
#[derive(Debug, Clone, Default)]
pub struct Set {
    documents: Vec<Placed>,
    needs: Vec<Need>,
    team: String,
}

impl Set {
    /// The documents of all texts, or everything that is wrong with any of them. `team` is that of whoever applies them,
    /// and of every document that names none.
    pub fn of(readings: impl IntoIterator<Item = Reading>, team: &str) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut documents = Vec::new();
        for reading in readings {
            findings.extend(reading.findings);
            documents.extend(reading.documents);
        }
        documents.sort_by_key(|placed| placed.document.rank());
        let known = known(&documents, team, &mut findings);
        let needs = needs(&documents, team, &known);
        modes_agree(&documents, &mut findings);
        if findings.is_empty() { Ok(Self { documents, needs, team: team.to_owned() }) } else { Err(findings) }
    }

    /// What is referred to comes first: metrics, flags, bets, rollouts, launches.
    pub fn documents(&self) -> &[Placed] {
        &self.documents
    }

    /// The team of documents that name none.
    pub fn team(&self) -> &str {
        &self.team
    }

    /// Everything that a document names.
    pub fn needs(&self) -> &[Need] {
        &self.needs
    }

    /// What the platform has to have already.
    pub fn missing(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| !need.within)
    }

    /// Everything to make: guardrails after the rollouts that they watch, and launches last.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<(Noun, Part)> = Vec::new();
        for (document, placed) in self.documents.iter().enumerate() {
            let things = things(&placed.document, &self.team);
            parts.extend(things.into_iter().map(|(what, thing, _)| (what.noun, Part { document, thing })));
        }
        parts.sort_by_key(|(noun, _)| *noun);
        parts.into_iter().map(|(_, part)| part).collect()
    }
}

/// The team that a document names, where it is not that of whoever applies it.
fn other_team<'d>(document: &'d Document, own_team: &str) -> &'d str {
    document.team().filter(|team| *team != own_team).unwrap_or_default()
}

/// The things that a document makes, each with the field that holds its key.
pub(crate) fn things(document: &Document, own_team: &str) -> Vec<(Identity, Thing, Path)> {
    let spec = Path::of(&["spec"]);
    let own = if document.has_own_key() { spec.field("key") } else { Path::of(&["metadata", "name"]) };
    let team = other_team(document, own_team);
    let key = document.key();
    let itself = |noun, scope: &str| (Identity::new(noun, scope, &key), Thing::Itself, own.clone());
    match &document.spec {
        Spec::MetricDefinition(metric) => {
            let guardrail = |(index, guardrail): (usize, &crate::metric::GuardrailSpec)| {
                let identity = Identity::new(Noun::Guardrail, team, &guardrail.key);
                let path = spec.field("guardrails").index(index).field("key");
                (identity, Thing::Guardrail(index), path)
            };
            let guardrails = metric.guardrails.iter().enumerate().map(guardrail);
            std::iter::once(itself(Noun::Metric, "")).chain(guardrails).collect()
        }
        Spec::Flag(flag) => {
            let environment = flag.environment.clone().unwrap_or_else(production);
            vec![itself(Noun::Flag, environment.as_str())]
        }
        Spec::Bet(_) => vec![itself(Noun::Bet, "")],
        Spec::StagedRollout(rollout) => {
            let flag = rollout.flag.as_ref().and_then(|flag| flag.key.as_ref());
            let flag = flag.map(|key| {
                let identity = Identity::new(Noun::Flag, rollout.environment.as_str(), key);
                (identity, Thing::InlineFlag, spec.field("flag").field("key"))
            });
            flag.into_iter().chain([itself(Noun::Rollout, team)]).collect()
        }
        Spec::Launch(_) => vec![itself(Noun::Launch, team)],
    }
}

/// Every thing of the documents; each stands in one place.
fn known(documents: &[Placed], team: &str, findings: &mut Vec<Finding>) -> BTreeMap<Identity, usize> {
    let mut known: BTreeMap<Identity, usize> = BTreeMap::new();
    for (index, placed) in documents.iter().enumerate() {
        for (identity, _, path) in things(&placed.document, team) {
            let Some(first) = known.get(&identity).and_then(|first| documents.get(*first)) else {
                known.insert(identity, index);
                continue;
            };
            let found = format!(
                "the {identity} for a second time (first in {}, {})",
                first.source,
                place_of(first, &identity, team)
            );
            findings.push(placed.finding(&path, found, "each thing in one place"));
        }
    }
    known
}

/// Where a thing that the document makes has its key.
fn place_of(placed: &Placed, identity: &Identity, team: &str) -> Place {
    let things = things(&placed.document, team);
    let of = things.iter().find(|(other, ..)| other == identity);
    of.map_or_else(|| placed.place(), |(_, _, path)| placed.place_of(path))
}

fn needs(documents: &[Placed], team: &str, known: &BTreeMap<Identity, usize>) -> Vec<Need> {
    let of = |(document, placed): (usize, &Placed)| {
        let named = named(&placed.document, team).into_iter();
        let need = move |(what, path): (Identity, Path)| {
            let within = known.contains_key(&what);
            Need { what, document, path, within }
        };
        named.map(need).collect::<Vec<_>>()
    };
    documents.iter().enumerate().flat_map(of).collect()
}

/// What a document names, each with the field that names it.
fn named(document: &Document, own_team: &str) -> Vec<(Identity, Path)> {
    let spec = Path::of(&["spec"]);
    let team = other_team(document, own_team);
    let mut named = Vec::new();
    let mut add = |noun, scope: &str, key: &Key, path: Path| {
        named.push((Identity::new(noun, scope, key), path.field("key")));
    };
    match &document.spec {
        Spec::MetricDefinition(metric) => {
            for (index, link) in metric.leads_to.iter().enumerate() {
                add(Noun::Metric, "", &link.key, spec.field("leadsTo").index(index));
            }
            for (index, guardrail) in metric.guardrails.iter().enumerate() {
                let path = spec.field("guardrails").index(index).field("rolloutRef");
                add(Noun::Rollout, team, &guardrail.rollout_ref.key, path);
            }
        }
        Spec::Flag(_) => {}
        Spec::Bet(bet) => {
            for (index, metric) in bet.metrics.iter().enumerate() {
                let path = spec.field("metrics").index(index).field("metricRef");
                add(Noun::Metric, "", &metric.metric_ref.key, path);
            }
        }
        Spec::StagedRollout(rollout) => {
            if let Some(bet) = &rollout.bet_ref {
                add(Noun::Bet, "", &bet.key, spec.field("betRef"));
            }
            if let Some(flag) = &rollout.flag_ref {
                add(Noun::Flag, rollout.environment.as_str(), &flag.key, spec.field("flagRef"));
            }
        }
        Spec::Launch(launch) => {
            add(Noun::Bet, "", &launch.bet_ref.key, spec.field("betRef"));
            add(Noun::Rollout, team, &launch.rollout_ref.key, spec.field("rolloutRef"));
        }
    }
    named
}

/// A rollout works in the mode of its bet.
fn modes_agree(documents: &[Placed], findings: &mut Vec<Finding>) {
    let bet = |key: &Key| {
        documents.iter().find_map(|placed| match &placed.document.spec {
            Spec::Bet(bet) if placed.document.key().folded() == key.folded() => Some(bet.mode),
            _ => None,
        })
    };
    for placed in documents {
        let Spec::StagedRollout(rollout) = &placed.document.spec else { continue };
        let Some((mode, bet)) = rollout.mode.zip(rollout.bet_ref.as_ref().and_then(|of| bet(&of.key))) else {
            continue;
        };
        if mode != bet {
            let path = Path::of(&["spec", "mode"]);
            let wanted = format!("{}, the mode of its bet, or no mode", bet.as_str());
            findings.push(placed.finding(&path, mode.as_str(), wanted));
        }
    }
}

#[cfg(test)]
mod tests;
