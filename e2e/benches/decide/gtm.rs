//! The life of a launch: held by a breach, released, announced early, corrected, and cancelled.

use verdict_gtm_domain::launch::{Command, GuardrailFact, Launch, Plan, StageFact, Tier};
use verdict_kernel::check::CheckState;
use verdict_kernel::id::{BetId, RolloutId};

use crate::{Life, command_id, issued};

fn guardrails() -> Vec<GuardrailFact> {
    let fact = |metric: &str| GuardrailFact {
        metric: metric.to_owned(),
        shadow: false,
        state: CheckState::Pass,
        required: "not below 50 for 3 points in a row".to_owned(),
        seen: "91.9".to_owned(),
    };
    ["checkout_cpu", "checkout_errors"].map(fact).into()
}

fn send(channel: &str) -> Command {
    Command::Send {
        channel: channel.parse().expect("a channel"),
        early: false,
        guardrails: guardrails(),
        stage: StageFact {
            state: "running".to_owned(),
            stage: StageFact::GA.to_owned(),
            last_planned: StageFact::GA.to_owned(),
        },
    }
}

pub(crate) fn launch() -> Life<Launch> {
    let life = [
        Command::Plan(Plan {
            bet: BetId::created_by(command_id("bet")),
            rollout: RolloutId::created_by(command_id("rollout")),
            tier: Tier::new(2).expect("a tier"),
            title: "One-page checkout".to_owned(),
        }),
        Command::Hold { cause: Some(command_id("breach").as_uuid()) },
        Command::Release { guardrails: guardrails() },
        send("blog"),
        send("newsletter"),
        Command::Correct,
        send("blog"),
        Command::Cancel,
        Command::Replan { successor: None },
    ];
    life.into_iter().map(|command| (command, issued(0))).collect()
}
