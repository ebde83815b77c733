//! The ten items that are clear, fuzzy or missing when a bet is handed to those who build it (rules B5, B13).

use verdict_kernel::rule::RuleId;

use super::{Event, Mode, Refusal};

/// What the builders need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    Problem,
    TargetUser,
    SuccessSignal,
    NonGoals,
    UserFlow,
    AcceptanceCriteria,
    Dependencies,
    AnalyticsPlan,
    EdgeCases,
    TradeOffOwner,
}

impl Item {
    /// Every item, in the order of the checklist.
    pub const ALL: [Self; 10] = [
        Self::Problem,
        Self::TargetUser,
        Self::SuccessSignal,
        Self::NonGoals,
        Self::UserFlow,
        Self::AcceptanceCriteria,
        Self::Dependencies,
        Self::AnalyticsPlan,
        Self::EdgeCases,
        Self::TradeOffOwner,
    ];

    /// Kebab-case name, as the command line spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::TargetUser => "target-user",
            Self::SuccessSignal => "success-signal",
            Self::NonGoals => "non-goals",
            Self::UserFlow => "user-flow",
            Self::AcceptanceCriteria => "acceptance-criteria",
            Self::Dependencies => "dependencies",
            Self::AnalyticsPlan => "analytics-plan",
            Self::EdgeCases => "edge-cases",
            Self::TradeOffOwner => "trade-off-owner",
        }
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// How well an item is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clarity {
    Clear,
    Fuzzy,
    #[default]
    Missing,
}

/// The checklist of one cycle. Every item starts as missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checklist([Clarity; Item::ALL.len()]);

impl Checklist {
    pub fn clarity(&self, item: Item) -> Clarity {
        self.0[item.index()]
    }

    /// Every item with its clarity, in the order of the checklist.
    pub fn items(&self) -> impl Iterator<Item = (Item, Clarity)> {
        Item::ALL.into_iter().zip(self.0)
    }

    pub(super) fn assess(&mut self, item: Item, clarity: Clarity) {
        self.0[item.index()] = clarity;
    }

    fn having(&self, wanted: Clarity) -> Vec<Item> {
        self.items().filter(|&(_, clarity)| clarity == wanted).map(|(item, _)| item).collect()
    }
}

/// What the caller says about an override.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Override<'a> {
    NotAsked,
    Because(&'a str),
}

impl<'a> Override<'a> {
    /// An override without a reason is refused by the rule that it would override, needed or not.
    pub(super) fn of(asked: bool, reason: &'a str, rule: RuleId) -> Result<Self, Refusal> {
        match (asked, reason.trim()) {
            (false, _) => Ok(Self::NotAsked),
            (true, "") => Err(Refusal::OverrideWithoutReason(rule)),
            (true, reason) => Ok(Self::Because(reason)),
        }
    }
}

/// Judges the checklist: first what is missing (B5), then what is fuzzy (B13).
pub(super) fn check(checklist: &Checklist, mode: Mode, over: Override<'_>) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    let missing = checklist.having(Clarity::Missing);
    if !missing.is_empty() {
        match mode {
            Mode::Scaling => return Err(Refusal::ItemsMissing(missing)),
            Mode::ZeroToOne => events.push(warned(RuleId::B5, "missing", &missing)),
        }
    }
    let fuzzy = checklist.having(Clarity::Fuzzy);
    let override_reason = match (fuzzy.len(), over) {
        (0, Override::NotAsked | Override::Because(_)) => None,
        (1, Override::NotAsked | Override::Because(_)) => {
            events.push(warned(RuleId::B13, "fuzzy", &fuzzy));
            None
        }
        (2.., Override::NotAsked) => return Err(Refusal::ItemsFuzzy(fuzzy)),
        (2.., Override::Because(reason)) => Some(reason.to_owned()),
    };
    events.push(Event::HandedOff { override_reason });
    Ok(events)
}

fn warned(rule: RuleId, what: &str, items: &[Item]) -> Event {
    Event::Warned { rule, sentence: format!("handed off with {what} items: {}", names(items)) }
}

/// The names of items, for a sentence.
pub(super) fn names(items: &[Item]) -> String {
    let names: Vec<&str> = items.iter().map(|item| item.as_str()).collect();
    names.join(", ")
}
