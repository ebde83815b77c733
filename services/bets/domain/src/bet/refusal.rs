//! Why a command on a bet was refused, and what each refusal tells its caller.

use jiff::Timestamp;
use verdict_kernel::id::RolloutId;
use verdict_kernel::refusal::Refusal as Answer;
use verdict_kernel::rule::RuleId;

use super::cost::PersonDays;
use super::decision::Signal;
use super::handoff::{Item, names};
use super::metrics::MetricsGap;
use super::state::{Known, Phase};
use super::timebox::MIN_SLIP_OPTIONS;
use super::{MAX_ITERATIONS, Mode, Timebox};

/// What a bet refuses.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such bet")]
    NotProposed,
    #[error("the bet was already proposed")]
    AlreadyProposed,
    #[error("{command} makes no sense for a bet that is {}", .seen.as_str())]
    OutOfPhase { command: &'static str, seen: Phase },
    #[error("a rollout of this bet is attached with another flag")]
    RolloutHasAnotherFlag(RolloutId),
    #[error("the rollout is not attached to this bet")]
    RolloutNotAttached(RolloutId),
    #[error("more cost would be taken back than was recorded")]
    CostBelowZero { recorded: PersonDays, amount: PersonDays },
    /// B1
    #[error("the bet has no hypothesis of a belief and an expected outcome")]
    HypothesisNotWhole,
    /// B2
    #[error("the metrics of the bet cannot judge it")]
    MetricsIncomplete(MetricsGap),
    /// B3
    #[error("the bet has no timebox")]
    TimeboxMissing,
    /// B3
    #[error("the timebox ends before it starts")]
    TimeboxReversed(Timebox),
    /// B3
    #[error("the end of a timebox that was set moves by a declared slip only")]
    EndIsFixed { set: Timestamp, asked: Timestamp },
    /// B3
    #[error("a slip names a cause, a trade-off and the options there were")]
    SlipIncomplete(&'static str),
    /// B3
    #[error("a slip is a choice between options")]
    SlipWithoutOptions { given: usize },
    /// B4
    #[error("{command} would skip a stage")]
    StageSkipped { command: &'static str, needs: Phase, seen: Phase },
    /// B5
    #[error("the hand-off misses items: {}", names(.0))]
    ItemsMissing(Vec<Item>),
    /// B10
    #[error("a bet is iterated {MAX_ITERATIONS} times at the most")]
    LimitTooHigh(u32),
    /// B10
    #[error("the bet was iterated as often as it may be")]
    IterationLimitReached { iteration: u32, limit: u32 },
    /// B11
    #[error("the hypothesis was tried before")]
    HypothesisRepeated(String),
    /// B12
    #[error("an iteration has a timebox of its own")]
    TimeboxReused(Timebox),
    /// B13
    #[error("two or more fuzzy items predict rework")]
    ItemsFuzzy(Vec<Item>),
    /// B13
    #[error("an override needs a reason")]
    OverrideUnexplained,
    /// B24
    #[error("no cost was recorded that could be too high")]
    CostNotRecorded,
    /// L4
    #[error("a retrospective ends with a decision")]
    DecisionMissing,
    /// B4
    #[error("a bet that nobody outside the team has seen is not scaled")]
    NeverShipped(Mode),
    /// L5
    #[error("the bet is scaled against what was measured")]
    AgainstMeasures,
    /// L12
    #[error("what was seen outside the team is not withdrawn: it is decided")]
    SeenOutside(RolloutId),
    /// L6
    #[error("an iteration brings a new hypothesis and a new timebox")]
    IterationIncomplete(&'static str),
    /// L6
    #[error("no leading metric of the bet gives a positive signal")]
    NoPositiveSignal(Vec<Signal>),
    /// L7
    #[error("a kill names its reason")]
    KillWithoutReason,
    /// L7
    #[error("a killed bet leaves a learning")]
    KillWithoutLearning,
    /// P2
    #[error("a mistake is answered with a reason")]
    ReopenWithoutReason,
    /// P2
    #[error("no decision was taken that could be a mistake")]
    NothingToReopen(Phase),
}

impl Refusal {
    /// `command` makes no sense where `bet` is.
    pub(super) const fn out_of_phase(command: &'static str, bet: &Known) -> Self {
        Self::OutOfPhase { command, seen: bet.phase }
    }

    /// `command` needs a phase that `bet` has not reached.
    pub(super) const fn skipped(command: &'static str, needs: Phase, bet: &Known) -> Self {
        Self::StageSkipped { command, needs, seen: bet.phase }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let (rule, code) = refusal.rule_and_code();
        let sentence = refusal.to_string();
        let answer = match rule {
            Some(rule) => Self::by(rule, code, sentence),
            None => Self::out_of_order(code, sentence),
        };
        let (required, seen) = refusal.compared();
        answer.compared(required, seen).next(refusal.next())
    }
}

impl Refusal {
    fn rule_and_code(&self) -> (Option<RuleId>, &'static str) {
        match self {
            Self::NotProposed => (None, "not_proposed"),
            Self::AlreadyProposed => (None, "already_proposed"),
            Self::OutOfPhase { .. } => (None, "out_of_phase"),
            Self::RolloutHasAnotherFlag(_) => (None, "rollout_has_another_flag"),
            Self::RolloutNotAttached(_) => (None, "rollout_not_attached"),
            Self::CostBelowZero { .. } => (None, "cost_below_zero"),
            Self::HypothesisNotWhole => (Some(RuleId::B1), "hypothesis_not_whole"),
            Self::MetricsIncomplete(_) => (Some(RuleId::B2), "metrics_incomplete"),
            Self::TimeboxMissing => (Some(RuleId::B3), "timebox_missing"),
            Self::TimeboxReversed(_) => (Some(RuleId::B3), "timebox_reversed"),
            Self::EndIsFixed { .. } => (Some(RuleId::B3), "end_is_fixed"),
            Self::SlipIncomplete(_) => (Some(RuleId::B3), "slip_incomplete"),
            Self::SlipWithoutOptions { .. } => (Some(RuleId::B3), "slip_without_options"),
            Self::StageSkipped { .. } => (Some(RuleId::B4), "stage_skipped"),
            Self::ItemsMissing(_) => (Some(RuleId::B5), "handoff_item_missing"),
            Self::LimitTooHigh(_) => (Some(RuleId::B10), "iteration_limit_too_high"),
            Self::IterationLimitReached { .. } => (Some(RuleId::B10), "iteration_limit_reached"),
            Self::HypothesisRepeated(_) => (Some(RuleId::B11), "hypothesis_repeated"),
            Self::TimeboxReused(_) => (Some(RuleId::B12), "timebox_reused"),
            Self::ItemsFuzzy(_) => (Some(RuleId::B13), "handoff_items_fuzzy"),
            Self::OverrideUnexplained => (Some(RuleId::B13), "override_without_authority"),
            Self::CostNotRecorded => (Some(RuleId::B24), "cost_not_recorded"),
            Self::DecisionMissing => (Some(RuleId::L4), "decision_missing"),
            Self::NeverShipped(_) => (Some(RuleId::B4), "never_shipped"),
            Self::AgainstMeasures => (Some(RuleId::L5), "against_measures"),
            Self::SeenOutside(_) => (Some(RuleId::L12), "seen_outside"),
            Self::IterationIncomplete(_) => (Some(RuleId::L6), "iteration_incomplete"),
            Self::NoPositiveSignal(_) => (Some(RuleId::L6), "no_positive_signal"),
            Self::KillWithoutReason => (Some(RuleId::L7), "kill_without_reason"),
            Self::KillWithoutLearning => (Some(RuleId::L7), "kill_without_learning"),
            Self::ReopenWithoutReason => (Some(RuleId::P2), "reopen_without_reason"),
            Self::NothingToReopen(_) => (Some(RuleId::P2), "nothing_to_reopen"),
        }
    }

    /// What is required, and what was seen instead.
    fn compared(&self) -> (String, String) {
        let none = "none".to_owned();
        match self {
            Self::NotProposed | Self::AlreadyProposed => (String::new(), String::new()),
            Self::OutOfPhase { seen, .. } => (String::new(), seen.as_str().to_owned()),
            Self::RolloutHasAnotherFlag(id) => ("the flag of the first time".into(), id.to_string()),
            Self::RolloutNotAttached(id) => ("an attached rollout".into(), id.to_string()),
            Self::CostBelowZero { recorded, amount } => {
                (format!("at most {recorded} person-days"), amount.to_string())
            }
            Self::HypothesisNotWhole => ("a belief and an expected outcome".into(), none),
            Self::MetricsIncomplete(gap) => metrics_compared(gap),
            Self::TimeboxMissing => ("a start and an end".into(), none),
            Self::TimeboxReversed(timebox) => {
                (format!("an end after {}", timebox.start), timebox.end.to_string())
            }
            Self::EndIsFixed { set, asked } => (set.to_string(), asked.to_string()),
            Self::SlipIncomplete(part) | Self::IterationIncomplete(part) => ((*part).to_owned(), none),
            Self::SlipWithoutOptions { given } => {
                (format!("{MIN_SLIP_OPTIONS} options that differ"), given.to_string())
            }
            Self::StageSkipped { needs, seen, .. } => (needs.as_str().into(), seen.as_str().into()),
            Self::ItemsMissing(items) => ("no missing item".into(), names(items)),
            Self::LimitTooHigh(limit) => (format!("at most {MAX_ITERATIONS}"), limit.to_string()),
            Self::IterationLimitReached { iteration, limit } => {
                (format!("fewer than {limit} iterations"), iteration.to_string())
            }
            Self::HypothesisRepeated(belief) => ("a hypothesis not tried before".into(), belief.clone()),
            Self::TimeboxReused(timebox) => {
                ("a timebox no earlier cycle had".into(), format!("{} to {}", timebox.start, timebox.end))
            }
            Self::ItemsFuzzy(items) => ("at most one fuzzy item".into(), names(items)),
            Self::OverrideUnexplained | Self::ReopenWithoutReason => ("a reason".into(), none),
            Self::CostNotRecorded => ("a recorded cost above 0".into(), "0".into()),
            Self::DecisionMissing => ("scale, iterate or kill".into(), none),
            Self::NeverShipped(_) => ("a rollout that reached somebody outside the team".into(), none),
            Self::AgainstMeasures => {
                ("the target met, and no breach".into(), "an override was asked for".into())
            }
            Self::SeenOutside(rollout) => {
                ("no rollout that reached anybody outside the team".into(), rollout.to_string())
            }
            Self::NoPositiveSignal(signals) => ("a leading metric that passes".into(), signals_seen(signals)),
            Self::KillWithoutReason => {
                ("disproved, too-costly, inconclusive, iteration-limit or strategy-changed".into(), none)
            }
            Self::KillWithoutLearning => ("at least one learning".into(), none),
            Self::NothingToReopen(phase) => ("a decision to take back".into(), phase.as_str().into()),
        }
    }

    /// The command that helps.
    fn next(&self) -> String {
        match self {
            Self::NotProposed => "verdict bet propose --title <title> --mode <mode>".into(),
            Self::AlreadyProposed | Self::OutOfPhase { .. } | Self::NothingToReopen(_) => {
                "verdict bet get <bet>".into()
            }
            Self::RolloutHasAnotherFlag(id) => format!("verdict rollout get {id}"),
            Self::RolloutNotAttached(id) => format!("verdict bet attach-rollout <bet> --rollout {id}"),
            Self::CostBelowZero { recorded, .. } => format!("verdict bet record-cost <bet> --amount=-{recorded}"),
            Self::HypothesisNotWhole => {
                "verdict bet state-hypothesis <bet> --belief <text> --outcome <text>".into()
            }
            Self::MetricsIncomplete(_) => {
                "verdict bet agree-metrics <bet> --metric primary:<key>:core:up:<target> --metric guardrail:<key>:guardrail:down:<target>".into()
            }
            Self::TimeboxMissing | Self::TimeboxReversed(_) => {
                "verdict bet set-timebox <bet> --start <time> --end <time>".into()
            }
            Self::EndIsFixed { .. } | Self::SlipIncomplete(_) | Self::SlipWithoutOptions { .. } => {
                "verdict bet declare-slip <bet> --new-end <time> --cause <text> --trade-off <text> --option <text> --option <text>"
                    .into()
            }
            Self::StageSkipped { needs, .. } => next_towards(*needs).into(),
            Self::ItemsMissing(items) | Self::ItemsFuzzy(items) => {
                let item = items.first().map_or("<item>", |item| item.as_str());
                format!("verdict bet assess <bet> --item {item} --clarity clear")
            }
            Self::LimitTooHigh(_) => format!(
                "verdict bet propose --title <title> --mode <mode> --iteration-limit {MAX_ITERATIONS}"
            ),
            Self::OverrideUnexplained => "send it again with --reason <text>".into(),
            Self::CostNotRecorded => "verdict bet record-cost <bet> --amount <person-days>".into(),
            Self::DecisionMissing => "verdict bet conclude <bet> --scale, --iterate or --kill <reason>".into(),
            Self::HypothesisRepeated(_)
            | Self::TimeboxReused(_)
            | Self::IterationIncomplete(_) => {
                "verdict bet conclude <bet> --iterate --belief <text> --outcome <text> --start <time> --end <time>"
                    .into()
            }
            Self::AgainstMeasures | Self::NeverShipped(Mode::ZeroToOne) => {
                "verdict bet conclude <bet> --scale --override --reason <text>".into()
            }
            Self::NoPositiveSignal(_) => "verdict bet conclude <bet> --iterate --override --reason <text>".into(),
            Self::IterationLimitReached { .. }
            | Self::NeverShipped(Mode::Scaling)
            | Self::SeenOutside(_)
            | Self::KillWithoutReason
            | Self::KillWithoutLearning => "verdict bet conclude <bet> --kill <reason> --learning <text>".into(),
            Self::ReopenWithoutReason => "verdict bet reopen <bet> --reason <text>".into(),
        }
    }
}

fn metrics_compared(gap: &MetricsGap) -> (String, String) {
    match gap {
        MetricsGap::Primaries(count) => ("exactly one primary metric".into(), count.to_string()),
        MetricsGap::PrimaryIs(metric, seen) => {
            ("a primary metric of type core".into(), format!("{metric} is of type {}", seen.as_str()))
        }
        MetricsGap::GuardrailIsLagging(metric) => {
            ("guardrails of type guardrail, leading or core".into(), format!("{metric} is of type lagging"))
        }
        MetricsGap::Twice(metric) => ("each metric once".into(), format!("{metric} is there twice")),
        MetricsGap::NoGuardrail => ("at least one guardrail".into(), "none".into()),
    }
}

fn signals_seen(signals: &[Signal]) -> String {
    if signals.is_empty() {
        return "the bet has no leading metric".to_owned();
    }
    let seen: Vec<String> =
        signals.iter().map(|signal| format!("{} {}", signal.metric, signal.target_met)).collect();
    seen.join(", ")
}

/// The command that brings a bet to `phase`.
const fn next_towards(phase: Phase) -> &'static str {
    match phase {
        Phase::Proposed => "verdict bet propose --title <title> --mode <mode>",
        Phase::Discovering => "verdict bet start-discovery <bet>",
        Phase::Shaping => "verdict bet start-shaping <bet>",
        Phase::Shaped => "verdict bet mark-shaped <bet>",
        Phase::Building => "verdict bet hand-off <bet>",
        Phase::RollingOut => "verdict bet attach-rollout <bet> --rollout <rollout> --flag <flag>",
        Phase::Measuring => "verdict bet start-measuring <bet>",
        Phase::RetrospectiveDue => "verdict bet end-timebox <bet>",
        Phase::Scaled | Phase::Killed => "verdict bet conclude <bet>",
        Phase::Withdrawn => "verdict bet withdraw <bet>",
    }
}
