//! The life of a launch: held by a breach, released, announced early, corrected, and cancelled.

use verdict_gtm_domain::launch::{Command, Facts, GuardrailFact, Launch, Plan, StageFact, Succession};
use verdict_kernel::check::CheckState;
use verdict_kernel::id::{BetId, RolloutId};
use verdict_kernel::tier::Tier;

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
    Command::Send { channel: channel.parse().expect("a channel"), early: false }
}

fn facts() -> Facts {
    let (state, ga) = ("running".to_owned(), "ga".to_owned());
    Facts {
        guardrails: Some(guardrails()),
        stage: Some(StageFact { state, stage: ga, for_everyone: true, ends_with_everyone: true }),
        succession: Some(Succession::Open),
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
        Command::Release,
        send("blog"),
        send("newsletter"),
        Command::Correct,
        send("blog"),
        Command::Cancel,
        Command::Replan,
    ];
    life.into_iter().map(|command| (command, facts(), issued(0))).collect()
}
