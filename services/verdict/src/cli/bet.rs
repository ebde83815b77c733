//! `verdict bet`: from a proposal to Scale, Iterate or Kill.

use std::io::Write;

use clap::{Args, Subcommand, ValueEnum};
use verdict_proto::bets::v1 as pb;
use verdict_proto::bets::v1::bet_request::Command;
use verdict_proto::bets::v1::conclude_retrospective::Decision;

use super::client::Client;
use super::output::{self, Failure, Format};

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Propose a bet
    Propose {
        #[arg(long)]
        title: String,
        /// zero-to-one or scaling
        #[arg(long, value_enum)]
        mode: Mode,
        #[command(flatten)]
        hypothesis: Hypothesis,
        /// Times the bet may be iterated, 0 to 3
        #[arg(long)]
        iteration_limit: Option<u32>,
        /// Person-days the team is ready to spend
        #[arg(long, default_value = "")]
        appetite: String,
    },
    /// State or restate the hypothesis
    StateHypothesis {
        bet: String,
        #[command(flatten)]
        hypothesis: Hypothesis,
    },
    /// Start discovery
    StartDiscovery { bet: String },
    /// Start shaping
    StartShaping { bet: String },
    /// Agree the metrics: ROLE:KEY:TYPE:up|down:TARGET, for example primary:conversion:core:up:0.05
    AgreeMetrics {
        bet: String,
        #[arg(long = "metric", required = true)]
        metrics: Vec<String>,
    },
    /// Set the timebox, two RFC 3339 times
    SetTimebox {
        bet: String,
        #[command(flatten)]
        timebox: Timebox,
    },
    /// Move the end of the timebox, with cause, trade-off and at least two options
    DeclareSlip {
        bet: String,
        #[arg(long)]
        new_end: String,
        #[arg(long)]
        cause: String,
        #[arg(long)]
        trade_off: String,
        #[arg(long = "option")]
        options: Vec<String>,
    },
    /// Shaping is done
    MarkShaped { bet: String },
    /// Assess one of the ten hand-off items
    Assess {
        bet: String,
        #[arg(long, value_enum)]
        item: Item,
        #[arg(long, value_enum, default_value_t = Clarity::Clear)]
        clarity: Clarity,
    },
    /// Hand the bet off to building
    HandOff {
        bet: String,
        /// Accept fuzzy items; needs --reason
        #[arg(long = "override")]
        override_: bool,
    },
    /// Say which rollout ships the bet
    AttachRollout {
        bet: String,
        #[arg(long)]
        rollout: String,
        #[arg(long, default_value = "")]
        flag: String,
    },
    /// The bet is measured now
    StartMeasuring { bet: String },
    /// Record person-days spent
    RecordCost {
        bet: String,
        #[arg(long, allow_hyphen_values = true)]
        amount: String,
    },
    /// The timebox is over
    EndTimebox { bet: String },
    /// Close the retrospective with a decision: --scale, --iterate or --kill
    Conclude {
        bet: String,
        #[command(flatten)]
        decision: DecisionArgs,
    },
    /// Give the bet up before anyone outside saw it
    Withdraw { bet: String },
    /// Take a decision back that was recorded by mistake; needs --reason
    Reopen { bet: String },
    /// Show one bet
    Get { bet: String },
    /// List the bets
    List,
}

#[derive(Debug, Args)]
pub struct Hypothesis {
    #[arg(long, default_value = "")]
    belief: String,
    #[arg(long, default_value = "")]
    outcome: String,
}

#[derive(Debug, Args)]
pub struct Timebox {
    #[arg(long, default_value = "")]
    start: String,
    #[arg(long, default_value = "")]
    end: String,
}

#[derive(Debug, Args)]
pub struct DecisionArgs {
    /// The bet was right: go on
    #[arg(long, conflicts_with_all = ["iterate", "kill"])]
    scale: bool,
    /// Try again with a new hypothesis and a new timebox
    #[arg(long, conflicts_with = "kill")]
    iterate: bool,
    /// The bet was wrong: stop, with a learning
    #[arg(long, value_enum)]
    kill: Option<KillReason>,
    #[command(flatten)]
    hypothesis: Hypothesis,
    #[command(flatten)]
    timebox: Timebox,
    #[arg(long = "learning")]
    learnings: Vec<String>,
    /// Decide against the evidence; needs --reason
    #[arg(long = "override")]
    override_: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Mode {
    ZeroToOne,
    Scaling,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Clarity {
    Clear,
    Fuzzy,
    Missing,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum KillReason {
    Disproved,
    TooCostly,
    Inconclusive,
    IterationLimit,
    StrategyChanged,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
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

impl From<Item> for pb::HandoffItem {
    fn from(item: Item) -> Self {
        match item {
            Item::Problem => Self::Problem,
            Item::TargetUser => Self::TargetUser,
            Item::SuccessSignal => Self::SuccessSignal,
            Item::NonGoals => Self::NonGoals,
            Item::UserFlow => Self::UserFlow,
            Item::AcceptanceCriteria => Self::AcceptanceCriteria,
            Item::Dependencies => Self::Dependencies,
            Item::AnalyticsPlan => Self::AnalyticsPlan,
            Item::EdgeCases => Self::EdgeCases,
            Item::TradeOffOwner => Self::TradeOffOwner,
        }
    }
}

impl Hypothesis {
    fn message(self) -> Option<pb::Hypothesis> {
        let given = !self.belief.is_empty() || !self.outcome.is_empty();
        given.then_some(pb::Hypothesis { belief: Some(self.belief), expected_outcome: Some(self.outcome) })
    }
}

impl Timebox {
    fn message(self) -> Option<pb::Timebox> {
        let given = !self.start.is_empty() || !self.end.is_empty();
        given.then_some(pb::Timebox { start: Some(self.start), end: Some(self.end) })
    }
}

impl DecisionArgs {
    fn message(self) -> Option<Decision> {
        let reason = self.kill.map(|reason| match reason {
            KillReason::Disproved => pb::KillReason::Disproved,
            KillReason::TooCostly => pb::KillReason::TooCostly,
            KillReason::Inconclusive => pb::KillReason::Inconclusive,
            KillReason::IterationLimit => pb::KillReason::IterationLimit,
            KillReason::StrategyChanged => pb::KillReason::StrategyChanged,
        });
        if let Some(reason) = reason {
            return Some(Decision::Kill(pb::Kill { reason: reason.into(), learnings: self.learnings }));
        }
        let (r#override, iterate) = (self.override_, self.iterate);
        let (hypothesis, timebox) = (self.hypothesis.message(), self.timebox.message());
        iterate
            .then_some(Decision::Iterate(pb::Iterate { hypothesis, timebox, r#override }))
            .or_else(|| self.scale.then_some(Decision::Scale(pb::Scale { r#override })))
    }
}

/// `primary:conversion:core:up:0.05` as a metric of the bet.
fn metric(text: &str) -> Result<pb::MetricTarget, Failure> {
    let wrong = || Failure::usage(format!("--metric '{text}': give ROLE:KEY:TYPE:up|down:TARGET"));
    let [role, key, kind, direction, target] =
        text.split(':').collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
    let role = match role {
        "primary" => pb::MetricRole::Primary,
        "secondary" => pb::MetricRole::Secondary,
        "guardrail" => pb::MetricRole::Guardrail,
        _ => return Err(wrong()),
    };
    let direction = match direction {
        "up" => pb::Direction::Increase,
        "down" => pb::Direction::Decrease,
        _ => return Err(wrong()),
    };
    Ok(pb::MetricTarget {
        metric: Some(key.to_owned()),
        role: Some(role.into()),
        metric_type: Some(kind.to_owned()),
        target: Some(target.to_owned()),
        direction: Some(direction.into()),
    })
}

/// The bet that the verb is about (empty for a new one) and the command.
fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        propose @ Verb::Propose { .. } => (String::new(), Command::Propose(proposed(propose)?)),
        Verb::StateHypothesis { bet, hypothesis } => {
            (bet, Command::StateHypothesis(pb::StateHypothesis { hypothesis: hypothesis.message() }))
        }
        Verb::StartDiscovery { bet } => (bet, Command::StartDiscovery(pb::StartDiscovery {})),
        Verb::StartShaping { bet } => (bet, Command::StartShaping(pb::StartShaping {})),
        Verb::AgreeMetrics { bet, metrics } => {
            let metrics = metrics.iter().map(|text| metric(text)).collect::<Result<_, _>>()?;
            (bet, Command::AgreeMetrics(pb::AgreeMetrics { metrics }))
        }
        Verb::SetTimebox { bet, timebox } => {
            (bet, Command::SetTimebox(pb::SetTimebox { timebox: timebox.message() }))
        }
        Verb::DeclareSlip { bet, new_end, cause, trade_off, options } => {
            (bet, Command::DeclareSlip(pb::DeclareSlip { new_end, cause, trade_off, options }))
        }
        Verb::MarkShaped { bet } => (bet, Command::MarkShaped(pb::MarkShaped {})),
        Verb::Assess { bet, item, clarity } => {
            let clarity = match clarity {
                Clarity::Clear => pb::Clarity::Clear,
                Clarity::Fuzzy => pb::Clarity::Fuzzy,
                Clarity::Missing => pb::Clarity::Missing,
            };
            let assess =
                pb::AssessHandoffItem { item: pb::HandoffItem::from(item).into(), clarity: clarity.into() };
            (bet, Command::AssessHandoffItem(assess))
        }
        Verb::HandOff { bet, override_ } => (bet, Command::HandOff(pb::HandOff { r#override: override_ })),
        later => decided(later)?,
    })
}

fn proposed(verb: Verb) -> Result<pb::ProposeBet, Failure> {
    let Verb::Propose { title, mode, hypothesis, iteration_limit, appetite } = verb else {
        return Err(Failure::usage("this verb is not a proposal"));
    };
    let mode = match mode {
        Mode::ZeroToOne => pb::Mode::ZeroToOne,
        Mode::Scaling => pb::Mode::Scaling,
    };
    let hypothesis = hypothesis.message();
    Ok(pb::ProposeBet { title, mode: mode.into(), hypothesis, iteration_limit, appetite })
}

/// The commands from building on.
fn decided(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::AttachRollout { bet, rollout, flag } => {
            (bet, Command::AttachRollout(pb::AttachRollout { rollout_id: rollout, flag_id: flag }))
        }
        Verb::StartMeasuring { bet } => (bet, Command::StartMeasuring(pb::StartMeasuring {})),
        Verb::RecordCost { bet, amount } => (bet, Command::RecordCost(pb::RecordCost { amount })),
        Verb::EndTimebox { bet } => (bet, Command::EndTimebox(pb::EndTimebox {})),
        Verb::Conclude { bet, decision } => {
            (bet, Command::Conclude(pb::ConcludeRetrospective { decision: decision.message() }))
        }
        Verb::Withdraw { bet } => (bet, Command::Withdraw(pb::WithdrawBet {})),
        Verb::Reopen { bet } => (bet, Command::Reopen(pb::ReopenBet {})),
        _ => return Err(Failure::usage("this verb is not a command")),
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { bet } => {
            let request = client.get(&bet);
            let view = client.call(|| async { client.bets().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List => {
            let page = |request| async move { client.bets().list(request).await };
            let bets = client.pages("", page, |list| (list.bets, list.next)).await?;
            show(out, format, &bets)
        }
        command_verb => {
            let (bet_id, command) = command(command_verb)?;
            let request = pb::BetRequest { meta: client.meta(), bet_id, command: Some(command) };
            let reply = client.call(|| async { client.bets().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

fn show(out: &mut dyn Write, format: Format, bets: &[pb::BetView]) -> Result<(), Failure> {
    if format == Format::Json {
        return bets.iter().try_for_each(|bet| output::json(out, bet));
    }
    let row = |bet: &pb::BetView| {
        let end = bet.timebox.as_ref().map_or("-", |timebox| timebox.end()).to_owned();
        let iteration = format!("{}/{}", bet.iteration, bet.iteration_limit);
        vec![
            bet.id.clone(),
            bet.state.clone(),
            iteration,
            end,
            bet.rollouts.len().to_string(),
            bet.title.clone(),
        ]
    };
    let rows: Vec<_> = bets.iter().map(row).collect();
    output::table(out, &["BET", "STATE", "ITERATION", "TIMEBOX END", "ROLLOUTS", "TITLE"], &rows)
}
