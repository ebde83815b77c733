//! What people are told: of everything that happens, what cannot wait, as a sentence.
//!
//! A [`Happening`] is what an event of any context says; [`notice`] says whether somebody is told, and how. Only a breach,
//! a kill, a rollback that is not confirmed and an incident of P0 or P1 wake somebody (rule N1). What belongs to a rollout
//! has the thread of that rollout (rule N3).

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::clock::Timestamp;

/// What people choose to be told about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Breach,
    WouldHaveBreached,
    Hold,
    Kill,
    RollbackUnconfirmed,
    Incident,
    SourceAway,
    EvaluatorAway,
    EdgeLost,
    Waiting,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Breach,
        Self::WouldHaveBreached,
        Self::Hold,
        Self::Kill,
        Self::RollbackUnconfirmed,
        Self::Incident,
        Self::SourceAway,
        Self::EvaluatorAway,
        Self::EdgeLost,
        Self::Waiting,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Breach => "breach",
            Self::WouldHaveBreached => "would_have_breached",
            Self::Hold => "hold",
            Self::Kill => "kill",
            Self::RollbackUnconfirmed => "rollback_unconfirmed",
            Self::Incident => "incident",
            Self::SourceAway => "source_away",
            Self::EvaluatorAway => "evaluator_away",
            Self::EdgeLost => "edge_lost",
            Self::Waiting => "waiting",
        }
    }

    /// How much it matters (rule N1).
    pub const fn severity(self) -> Severity {
        match self {
            Self::Breach | Self::Kill | Self::RollbackUnconfirmed | Self::Incident => Severity::Page,
            Self::Hold | Self::SourceAway | Self::EvaluatorAway | Self::EdgeLost => Severity::Warning,
            Self::WouldHaveBreached | Self::Waiting => Severity::Info,
        }
    }

    /// Whether it is told with others of its kind, once a day.
    pub const fn is_for_digest(self) -> bool {
        matches!(self, Self::WouldHaveBreached)
    }
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Warning,
    /// It wakes somebody.
    Page,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Page => "page",
        }
    }
}

/// A guardrail that broke, or would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub rollout: String,
    pub stage: String,
    pub metric: String,
    pub required: String,
    pub seen: String,
}

/// What is decided by a person and by nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    Overdue { rollout: String, stage: String },
    GateOpen { rollout: String, stage: String },
    TimeboxEnded { bet: String },
    CleanupDue { flag: String },
}

/// What happened, in the words of whoever tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// `taken_back`: exposure goes back; else the rollout stays where it is.
    Breached {
        broken: Broken,
        taken_back: bool,
    },
    WouldHaveBreached(Broken),
    /// `taken_back`: less is served than before.
    Held {
        flag: String,
        rollout: Option<String>,
        why: &'static str,
        taken_back: bool,
    },
    Killed {
        flag: String,
        reason: String,
    },
    /// `rollout` and `title` may be known from the report only.
    Incident {
        incident: String,
        rollout: Option<String>,
        severity: &'static str,
        title: String,
        of_rollback: bool,
    },
    SourceAway {
        guardrail: String,
        rollout: Option<String>,
        what: &'static str,
        as_of: String,
    },
    Unwatched {
        rollout: String,
    },
    EdgeLost {
        edge: String,
    },
    Waits(Waiting),
}

/// What the first events of a thing say about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beginning {
    /// What people call it.
    pub name: Option<String>,
    /// A rollout that only people promote.
    pub by_hand: bool,
    /// An incident of a rollback.
    pub of_rollback: bool,
    /// The rollout of an incident.
    pub rollout: Option<String>,
    /// The title of an incident.
    pub title: String,
}

/// What is known of the things that a happening speaks of, by the names of their streams.
pub type Background = BTreeMap<String, Beginning>;

/// What somebody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub kind: Kind,
    /// What belongs together has the same one.
    pub thread: String,
    /// What it is about, as people call it: `rollout new-checkout`.
    pub subject: String,
    pub sentence: String,
    pub facts: Vec<(&'static str, String)>,
    /// The command that shows more.
    pub next: String,
    pub at: Timestamp,
}

const ROLLOUT: (&str, &str) = ("rollout", "rollouts.rollout-");
const FLAG: (&str, &str) = ("flag", "rollouts.flag-");
const EDGE: (&str, &str) = ("flag edge", "rollouts.edge-");
const BET: (&str, &str) = ("bet", "bets.bet-");
const INCIDENT: (&str, &str) = ("incident", "metrics.incident-");

impl Happening {
    /// The streams of the things that it speaks of.
    pub fn mentions(&self) -> BTreeSet<String> {
        let rollout = |id: &Option<String>| id.as_ref().map(|id| (ROLLOUT, id.clone()));
        let of = |kind, id: &String| Some((kind, id.clone()));
        let things = match self {
            Self::Breached { broken, .. } | Self::WouldHaveBreached(broken) => {
                [of(ROLLOUT, &broken.rollout), None]
            }
            Self::Held { flag, rollout: id, .. } => [of(FLAG, flag), rollout(id)],
            Self::Killed { flag, .. } | Self::Waits(Waiting::CleanupDue { flag }) => [of(FLAG, flag), None],
            Self::Incident { incident, rollout: id, .. } => [of(INCIDENT, incident), rollout(id)],
            Self::SourceAway { rollout: id, .. } => [rollout(id), None],
            Self::Unwatched { rollout }
            | Self::Waits(Waiting::Overdue { rollout, .. } | Waiting::GateOpen { rollout, .. }) => {
                [of(ROLLOUT, rollout), None]
            }
            Self::EdgeLost { edge } => [of(EDGE, edge), None],
            Self::Waits(Waiting::TimeboxEnded { bet }) => [of(BET, bet), None],
        };
        things.into_iter().flatten().map(|((_, prefix), id)| format!("{prefix}{id}")).collect()
    }
}

/// A thing as people call it.
struct Thing {
    word: &'static str,
    id: String,
    called: String,
}

impl Thing {
    fn new((word, prefix): (&'static str, &str), id: &str, background: &Background) -> Self {
        let beginning = background.get(&format!("{prefix}{id}"));
        let called = beginning.and_then(|beginning| beginning.name.clone());
        Self { word, id: id.to_owned(), called: called.unwrap_or_else(|| id.to_owned()) }
    }

    fn subject(&self) -> String {
        format!("{} {}", self.word, self.called)
    }

    fn thread(&self) -> String {
        format!("{}/{}", self.word.replace(' ', "-"), self.id)
    }

    /// The command that shows it.
    fn get(&self) -> String {
        format!("verdict {} get {}", self.word, self.id)
    }
}

/// What somebody is told of `happening` at `at`; `None` where nobody is.
pub fn notice(happening: &Happening, background: &Background, at: Timestamp) -> Option<Notice> {
    let thing = |kind, id: &str| Thing::new(kind, id, background);
    let rollout = |id: &str| thing(ROLLOUT, id);
    Some(match happening {
        Happening::Breached { broken, taken_back } => {
            let rollout = rollout(&broken.rollout);
            let then =
                if *taken_back { "Exposure is taken back." } else { "The rollout is held where it is." };
            let sentence = format!("{} {then}", said(broken, &rollout, "broke"));
            tell(Kind::Breach, &rollout, sentence, facts(broken), guardrails(&rollout), at)
        }
        Happening::WouldHaveBreached(broken) => {
            let rollout = rollout(&broken.rollout);
            let sentence = format!("{} It is in shadow.", said(broken, &rollout, "would have broken"));
            tell(Kind::WouldHaveBreached, &rollout, sentence, facts(broken), guardrails(&rollout), at)
        }
        Happening::Held { flag, rollout: of, why, taken_back } => {
            let flag = thing(FLAG, flag);
            let back = if *taken_back { "Exposure was taken back and the" } else { "The" };
            let sentence = format!(
                "{back} flag {} is held, because {why}: nothing raises it until somebody answers.",
                flag.called
            );
            let next = flag.get();
            let about = of.as_deref().map_or(flag, rollout);
            tell(Kind::Hold, &about, sentence, Vec::new(), next, at)
        }
        Happening::Killed { flag, reason } => {
            let flag = thing(FLAG, flag);
            let sentence = format!("The flag {} was killed: {}", flag.called, ended(reason));
            tell(Kind::Kill, &flag, sentence, Vec::new(), flag.get(), at)
        }
        Happening::Incident { .. } => return incident(happening, background, at),
        Happening::SourceAway { guardrail, rollout: of, what, as_of } => {
            let about =
                of.as_deref().map_or_else(|| thing(("guardrail", "metrics.guardrail-"), guardrail), rollout);
            let sentence = format!("A guardrail of the {} is blind: {what}.", about.subject());
            let facts = vec![("newest window", as_of.clone())];
            tell(Kind::SourceAway, &about, sentence, facts, format!("verdict guardrail get {guardrail}"), at)
        }
        Happening::Unwatched { rollout: id } => {
            let rollout = rollout(id);
            let sentence = format!("Nobody watches the rollout {}: its soak stands still.", rollout.called);
            tell(Kind::EvaluatorAway, &rollout, sentence, Vec::new(), "verdict status".to_owned(), at)
        }
        Happening::EdgeLost { edge } => {
            let edge = thing(EDGE, edge);
            let sentence = format!("The flag edge {} fell silent: what it serves is not known.", edge.called);
            tell(Kind::EdgeLost, &edge, sentence, Vec::new(), "verdict status".to_owned(), at)
        }
        Happening::Waits(waiting) => return waits(waiting, background, at),
    })
}

/// An incident is told when it wakes somebody: as P0 or P1.
fn incident(happening: &Happening, background: &Background, at: Timestamp) -> Option<Notice> {
    let Happening::Incident { incident, rollout, severity, title, of_rollback } = happening else {
        return None;
    };
    let reported = background.get(&format!("{}{incident}", INCIDENT.1));
    let of_rollback = *of_rollback || reported.is_some_and(|reported| reported.of_rollback);
    let rollout = rollout.as_deref().or_else(|| reported?.rollout.as_deref());
    let title =
        reported.map(|reported| reported.title.as_str()).filter(|_| title.is_empty()).unwrap_or(title);
    let thing = Thing::new(INCIDENT, incident, background);
    let next = thing.get();
    let about = rollout.map_or(thing, |id| Thing::new(ROLLOUT, id, background));
    let kind = match *severity {
        "P0" if of_rollback => Kind::RollbackUnconfirmed,
        "P0" | "P1" => Kind::Incident,
        _less => return None,
    };
    let sentence = format!("{severity} incident of the {}: {}", about.subject(), ended(title));
    Some(tell(kind, &about, sentence, vec![("severity", (*severity).to_owned())], next, at))
}

fn waits(waiting: &Waiting, background: &Background, at: Timestamp) -> Option<Notice> {
    let thing = |kind, id: &str| Thing::new(kind, id, background);
    let (about, sentence) = match waiting {
        Waiting::Overdue { rollout, stage } => {
            let about = thing(ROLLOUT, rollout);
            let sentence = format!(
                "The rollout {} is overdue in stage {stage}: promote it, give it more time, or take it back.",
                about.called
            );
            (about, sentence)
        }
        Waiting::GateOpen { rollout, stage } => {
            let promoted = background.get(&format!("{}{rollout}", ROLLOUT.1));
            if !promoted.is_some_and(|rollout| rollout.by_hand) {
                return None;
            }
            let about = thing(ROLLOUT, rollout);
            let sentence =
                format!("The gate of the rollout {} in stage {stage} is open: promote it.", about.called);
            (about, sentence)
        }
        Waiting::TimeboxEnded { bet } => {
            let about = thing(BET, bet);
            let sentence = format!("The timebox of the bet {} has ended: conclude it.", about.called);
            (about, sentence)
        }
        Waiting::CleanupDue { flag } => {
            let about = thing(FLAG, flag);
            let sentence = format!("The flag {} is due to be removed from the code.", about.called);
            (about, sentence)
        }
    };
    let next = about.get();
    Some(tell(Kind::Waiting, &about, sentence, Vec::new(), next, at))
}

fn tell(
    kind: Kind,
    about: &Thing,
    sentence: String,
    facts: Vec<(&'static str, String)>,
    next: String,
    at: Timestamp,
) -> Notice {
    Notice { kind, thread: about.thread(), subject: about.subject(), sentence, facts, next, at }
}

fn said(broken: &Broken, rollout: &Thing, what: &str) -> String {
    let Broken { stage, metric, required, seen, .. } = broken;
    format!("{metric} of the rollout {} {what} in stage {stage}: {seen} is not {required}.", rollout.called)
}

fn facts(broken: &Broken) -> Vec<(&'static str, String)> {
    let Broken { stage, metric, required, seen, .. } = broken;
    [("stage", stage), ("metric", metric), ("required", required), ("seen", seen)]
        .map(|(label, fact)| (label, fact.clone()))
        .to_vec()
}

fn guardrails(rollout: &Thing) -> String {
    format!("verdict guardrail list --of {}", rollout.id)
}

/// With a full stop, as a sentence ends.
fn ended(text: &str) -> String {
    let text = if text.trim().is_empty() { "no reason was given" } else { text.trim() };
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests;
