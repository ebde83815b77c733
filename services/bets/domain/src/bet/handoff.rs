//! The ten items that are clear, fuzzy or missing when a bet is handed to those who build it (rules B5, B13).

use verdict_kernel::rule::RuleId;
use verdict_kernel::ruling::Ruling;

use super::{Mode, Refusal};

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

/// Judges the checklist: first what is missing (B5), then what is fuzzy (B13). An override that was refused for saying
/// nothing is not judged once more.
pub(super) fn judge(checklist: &Checklist, mode: Mode, explained: bool, ruling: &mut Ruling<'_>) {
    let missing = checklist.having(Clarity::Missing);
    ruling.demand_when_scaling(mode, missing.is_empty(), || Refusal::ItemsMissing(missing));
    let fuzzy = checklist.having(Clarity::Fuzzy);
    ruling
        .remark(RuleId::B13, fuzzy.len() != 1, || format!("handed off with fuzzy items: {}", names(&fuzzy)));
    ruling.unless_overridden(fuzzy.len() < 2 || !explained, || Refusal::ItemsFuzzy(fuzzy));
}

/// The names of items, for a sentence.
pub(super) fn names(items: &[Item]) -> String {
    let names: Vec<&str> = items.iter().map(|item| item.as_str()).collect();
    names.join(", ")
}
