//! What applying would do to a platform: its things are looked at, and compared with the documents.

use std::collections::BTreeMap;

use verdict_documents::bet::Mode;
use verdict_documents::{
    Content, Document, Door, Finding, Identity, Key, Line, Need, Noun, Outcome, Path, Placed, Planned,
    Reference, Set, Spec, Thing, plan,
};

use super::platform::{Platform, There, Way};
use super::request::Around;
use crate::failure::Failure;

/// Documents, what the platform has of them, and what is to become of it.
pub struct Plan {
    pub set: Set,
    pub planned: Vec<Planned>,
    /// Everything that the documents make or name, as far as the platform has it.
    pub there: BTreeMap<Identity, There>,
}

/// Why there is no plan.
pub enum NoPlan {
    /// The documents do not fit the platform.
    Unfit(Vec<Finding>),
    Failed(Failure),
}

impl From<Failure> for NoPlan {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Plans the documents. `told` hears how many things were looked at, of how many.
pub async fn planned<W: Way>(
    set: Set,
    platform: &Platform<'_, W>,
    take_over: bool,
    told: &mut dyn FnMut(usize, usize),
) -> Result<Plan, NoPlan> {
    let named = named(&set);
    let mut there = BTreeMap::new();
    for (number, (what, written)) in named.iter().enumerate() {
        let found = platform.there(what, written).await;
        if let Some(found) = found.map_err(|failure| failure.told(|text| located(&set, what, &text)))? {
            there.insert(what.clone(), found);
        }
        told(number + 1, named.len());
    }
    let unfit = unknown(&set, &there);
    if !unfit.is_empty() {
        return Err(NoPlan::Unfit(unfit));
    }
    let planned = compared(&set, &there, take_over);
    Ok(Plan { set, planned, there })
}

/// Compares the documents with what is there. What is over and was as the documents say stays over, else the same file
/// would make it again; what they want otherwise takes the key anew, and so does what belongs to that.
fn compared(set: &Set, there: &BTreeMap<Identity, There>, take_over: bool) -> Vec<Planned> {
    // Which file it is makes no difference: files may move.
    let door = (Door::File, "");
    let of = |what: &Identity| there.get(what);
    let first = plan(set, door, take_over, |what| of(what).map(|there| there.present.clone()));
    let ended = |what: &Identity| of(what).is_some_and(|there| there.over);
    let mut anew: Vec<Identity> = Vec::new();
    for planned in &first {
        let follows = || needs_of(set, planned).any(|need| anew.contains(need));
        let again = ended(&planned.what) && (matches!(planned.outcome, Outcome::Fixed(_)) || follows());
        if again || matches!(planned.outcome, Outcome::Create(_)) {
            anew.push(planned.what.clone());
        }
    }
    let present = |what: &Identity| {
        let mut present = of(what).filter(|_| !anew.contains(what))?.present.clone();
        // What announces a rollout that another takes the key of announces neither that nor by that name.
        if let Content::Launch(launch) = &mut present.content {
            let rollout = identity(Noun::Rollout, &what.scope, &launch.rollout_ref.key);
            if let Some(former) = of(&rollout).filter(|_| anew.contains(&rollout)) {
                launch.rollout_ref = Reference::from(former.id.as_str());
            }
        }
        Some(present)
    };
    plan(set, door, take_over, present)
}

fn identity(noun: Noun, scope: &str, key: &Key) -> Identity {
    Identity { noun, scope: scope.to_owned(), key: key.folded() }
}

/// What went wrong with a thing, with the document that it stands in or is named by.
fn located(set: &Set, what: &Identity, text: &str) -> String {
    let made = plan(set, (Door::File, ""), false, |_| None).into_iter();
    let made =
        made.filter(|planned| planned.what == *what).map(|planned| (planned.part.document, Path::default()));
    let named = set.needs().iter().filter(|need| need.what == *what);
    let mut places = made.chain(named.map(|need| (need.document, need.path.clone())));
    let found = places.next().and_then(|(document, path)| {
        let Finding { source, place, .. } = set.documents().get(document)?.finding(&path, "", "");
        Some(format!("{source}:{}:{}: {what}: {text}", place.line, place.column))
    });
    found.unwrap_or_else(|| format!("{what}: {text}"))
}

/// What a thing names among the documents, and has to wait for.
pub fn needs_of<'s>(set: &'s Set, planned: &Planned) -> impl Iterator<Item = &'s Identity> {
    let (document, noun, thing) = (planned.part.document, planned.what.noun, planned.part.thing);
    let within = match thing {
        Thing::Guardrail(index) => Path::of(&["spec", "guardrails"]).index(index),
        Thing::Itself | Thing::InlineFlag => Path::default(),
    };
    let of_thing = move |need: &&Need| need.document == document && need.path.begins_with(&within);
    set.needs().iter().filter(of_thing).map(|need| &need.what).filter(move |what| match noun {
        Noun::Metric => what.noun == Noun::Metric,
        Noun::Guardrail => what.noun == Noun::Rollout,
        Noun::Flag => false,
        Noun::Bet | Noun::Rollout | Noun::Launch => true,
    })
}

/// Everything that the documents make or name, with its key as it is written.
fn named(set: &Set) -> BTreeMap<Identity, String> {
    let needed = set.needs().iter().map(|need| (need.what.clone(), need.what.key.clone()));
    let mut named: BTreeMap<Identity, String> = needed.collect();
    // The plan over nothing names every thing.
    for planned in plan(set, (Door::File, ""), false, |_| None) {
        let document = set.documents().get(planned.part.document).map(|placed| &placed.document);
        if let Some(key) = document.and_then(|document| key_of(document, planned.part.thing)) {
            named.insert(planned.what, key.to_string());
        }
    }
    named
}

/// The key of a thing as its document writes it.
fn key_of(document: &Document, thing: Thing) -> Option<Key> {
    match (&document.spec, thing) {
        (Spec::MetricDefinition(metric), Thing::Guardrail(index)) => {
            metric.guardrails.get(index).map(|guardrail| guardrail.key.clone())
        }
        (Spec::StagedRollout(rollout), Thing::InlineFlag) => {
            rollout.flag.as_ref().and_then(|flag| flag.key.clone())
        }
        _ => Some(document.key()),
    }
}

/// What the documents name that is nowhere, and modes that nothing says.
fn unknown(set: &Set, there: &BTreeMap<Identity, There>) -> Vec<Finding> {
    let missing = set.missing().filter(|need| !there.contains_key(&need.what)).filter_map(|need| {
        let placed = set.documents().get(need.document)?;
        let wanted = format!("a {} among the documents or on the platform", need.what.noun.as_str());
        Some(placed.finding(&need.path, format!("the unknown {}", need.what), wanted))
    });
    let modeless = set.documents().iter().filter_map(|placed| match &placed.document.spec {
        Spec::StagedRollout(rollout) if rollout.mode.is_none() && rollout.bet_ref.is_none() => {
            let wanted = "ZeroToOne or Scaling, as there is no bet to take it from";
            Some(placed.finding(&Path::of(&["spec", "mode"]), "nothing", wanted))
        }
        _ => None,
    });
    missing.chain(modeless).collect()
}

impl Plan {
    /// Whether applying would send anything, or be refused.
    pub fn differs(&self) -> bool {
        self.planned.iter().any(|planned| planned.outcome != Outcome::Nothing)
    }

    /// The document that a thing stands in.
    pub fn placed(&self, planned: &Planned) -> Option<&Placed> {
        self.set.documents().get(planned.part.document)
    }

    /// What the commands of a rollout take from its bet and from its flag.
    pub fn around(&self, planned: &Planned) -> Around {
        let Some(Spec::StagedRollout(rollout)) = self.placed(planned).map(|placed| &placed.document.spec)
        else {
            return Around::default();
        };
        let bet = rollout.bet_ref.as_ref().map(|bet| identity(Noun::Bet, "", &bet.key));
        let flag =
            rollout.flag_ref.as_ref().map(|of| identity(Noun::Flag, rollout.environment.as_str(), &of.key));
        let own = rollout.flag.as_ref().map(|flag| flag.unit.clone());
        Around {
            mode: bet.and_then(|bet| self.mode_of(&bet)),
            unit: own.or_else(|| flag.and_then(|flag| self.unit_of(&flag))),
        }
    }

    fn mode_of(&self, bet: &Identity) -> Option<Mode> {
        if let Some(Content::Bet(bet)) = self.there.get(bet).map(|there| &there.present.content) {
            return Some(bet.mode);
        }
        self.set.documents().iter().find_map(|placed| match &placed.document.spec {
            Spec::Bet(spec) if placed.document.key().folded() == bet.key => Some(spec.mode),
            _ => None,
        })
    }

    fn unit_of(&self, flag: &Identity) -> Option<Line> {
        if let Some(Content::Flag { flag, .. }) = self.there.get(flag).map(|there| &there.present.content) {
            return Some(flag.unit.clone());
        }
        let of = |placed: &Placed| match &placed.document.spec {
            Spec::Flag(spec) if placed.document.key().folded() == flag.key => {
                let environment = spec.environment.as_ref().map_or("production", |name| name.as_str());
                (environment == flag.scope).then(|| spec.unit.clone())
            }
            _ => None,
        };
        self.set.documents().iter().find_map(of)
    }
}
