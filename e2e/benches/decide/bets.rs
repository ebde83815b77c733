//! The life of a bet: shaped, handed off, shipped, iterated once, and killed.

use verdict_bets_domain::bet::handoff::{Clarity, Item};
use verdict_bets_domain::bet::metrics::{Direction, Role, Wish};
use verdict_bets_domain::bet::{
    Attached, Bet, Command, Decision, Facts, Hypothesis, KillReason, Proposal, Reach, Rollback, Signal,
    Timebox,
};
use verdict_kernel::check::CheckState;
use verdict_kernel::id::{FlagId, RolloutId};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::mode::Mode;

use crate::{Life, command_id, hour, issued};

const WEEK: i64 = 24 * 7;

fn hypothesis(belief: &str) -> Hypothesis {
    Hypothesis { belief: belief.to_owned(), expected_outcome: "conversion goes from 4 % to 5 %".to_owned() }
}

fn metric(key: &str, role: Role) -> Wish {
    Wish {
        metric: key.to_owned(),
        role,
        believed: None,
        target: "0.05".to_owned(),
        direction: Direction::Increase,
    }
}

fn shaping(from: i64) -> Vec<Command> {
    let metrics = vec![
        metric("checkout_conversion", Role::Primary),
        metric("trial_starts", Role::Secondary),
        metric("checkout_errors", Role::Guardrail),
    ];
    let mut commands = vec![
        Command::StartDiscovery,
        Command::StartShaping,
        Command::AgreeMetrics(metrics),
        Command::SetTimebox(Timebox { start: hour(from), end: hour(from + 6 * WEEK) }),
        Command::MarkShaped,
    ];
    commands.extend(Item::ALL.map(|item| Command::AssessHandoffItem(item, Clarity::Clear)));
    commands.push(Command::HandOff { override_fuzzy: false });
    commands
}

fn facts(command: &Command) -> Facts {
    let of = |(key, kind): (&str, MetricType)| (key.to_owned(), kind);
    let types = [
        ("checkout_conversion", MetricType::Core),
        ("trial_starts", MetricType::Leading),
        ("checkout_errors", MetricType::Guardrail),
    ];
    let attached = match *command {
        Command::AttachRollout { rollout, flag } => Some(Attached { rollout, flag }),
        _ => None,
    };
    Facts {
        metric_types: types.map(of).into(),
        attached,
        reach: Some(Reach::Team),
        signals: Some(vec![Signal { metric: "trial_starts".to_owned(), target_met: CheckState::Pass }]),
    }
}

pub(crate) fn bet() -> Life<Bet> {
    let rollout = RolloutId::created_by(command_id("rollout"));
    let flag = Some(FlagId::created_by(command_id("flag")));
    let mut commands = vec![Command::Propose(Proposal {
        title: "One-page checkout".to_owned(),
        mode: Mode::Scaling,
        hypothesis: Some(hypothesis("shoppers give up because checkout has four pages")),
        iteration_limit: 2,
        appetite: None,
    })];
    commands.extend(shaping(0));
    commands.extend([
        Command::AttachRollout { rollout, flag },
        Command::StartMeasuring,
        Command::NoteRollback(Rollback {
            rollout,
            stage: "beta".to_owned(),
            attempt: 3,
            breach: "8d1c7a5e-0000-5000-8000-000000000001".to_owned(),
        }),
        Command::EndTimebox,
        Command::Conclude(Some(Decision::Iterate {
            hypothesis: Some(hypothesis("people who return want their address remembered")),
            timebox: Some(Timebox { start: hour(7 * WEEK), end: hour(13 * WEEK) }),
            over: false,
        })),
        Command::MarkShaped,
    ]);
    commands.extend(Item::ALL.map(|item| Command::AssessHandoffItem(item, Clarity::Clear)));
    commands.extend([
        Command::HandOff { override_fuzzy: false },
        Command::AttachRollout { rollout: RolloutId::created_by(command_id("second rollout")), flag: None },
        Command::StartMeasuring,
        Command::EndTimebox,
        Command::Conclude(Some(Decision::Kill {
            reason: Some(KillReason::Disproved),
            learnings: vec!["a remembered address does not help who buys once".to_owned()],
        })),
    ]);
    commands
        .into_iter()
        .map(|command| {
            let facts = facts(&command);
            (command, facts, issued(1))
        })
        .collect()
}
