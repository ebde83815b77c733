//! `verdict rollout`: staged exposure, its gates and why they are shut.

use std::io::Write;

use clap::{Subcommand, ValueEnum};
use jiff::SignedDuration;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollout_request::Command;

use super::client::Client;
use super::clock;
use super::output::{self, Failure, Format};

mod aftermath;
mod stages;

use aftermath::Aftermath;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Plan a rollout with the default stages: internal, alpha, beta 10 %, ga
    Plan {
        #[arg(long, default_value = "")]
        bet: String,
        #[arg(long)]
        flag: String,
        #[arg(long, default_value = "production")]
        environment: String,
        /// The service that the change is in
        #[arg(long, default_value = "")]
        service: String,
        #[arg(long, value_enum)]
        mode: Mode,
        /// Launch tier, 1 to 4
        #[arg(long, default_value_t = 3)]
        tier: u32,
        /// Targeting key of a team member; repeat for more
        #[arg(long = "member")]
        members: Vec<String>,
        /// Customer account of the alpha; 5 to 10 of them
        #[arg(long = "account")]
        accounts: Vec<String>,
        /// What the percentage buckets: targetingKey or accountId
        #[arg(long, default_value = "targetingKey")]
        unit: String,
        #[arg(long, value_enum, default_value_t = Promotion::Manual)]
        promotion: Promotion,
        /// What happens when nobody has watched the rollout for a second period
        #[arg(long, value_enum, default_value_t = OnBlind::Pause)]
        on_blind: OnBlind,
        /// JSON file with stages of your own; see docs/stages.md
        #[arg(long)]
        stages: Option<std::path::PathBuf>,
        /// Start wider than rule R5 allows (tier 4); needs --reason
        #[arg(long = "override")]
        override_: bool,
    },
    /// Record a change that ships without a flag; needs --reason
    ShipDirectly {
        #[arg(long, default_value = "")]
        bet: String,
        #[arg(long)]
        user_visible: bool,
    },
    /// Enter the first stage
    Start { rollout: String },
    /// Enter a stage: the next one, or any lower one or lower step
    EnterStage {
        rollout: String,
        #[arg(long)]
        stage: String,
        /// Only on the way down: the step, from 0; without it the last one of the stage
        #[arg(long)]
        step: Option<u32>,
    },
    /// Take exposure back by hand, to the stage before the present one
    Rollback {
        rollout: String,
        /// Down to nobody
        #[arg(long)]
        critical: bool,
    },
    /// Take the next step of the present stage
    AdvanceStep { rollout: String },
    /// Record evidence for a gate
    RecordEvidence {
        rollout: String,
        /// core_flow_verified, open_p0_bugs or sample_attested
        #[arg(long)]
        kind: String,
        /// passed or failed; a count for open_p0_bugs
        #[arg(long)]
        verdict: String,
        /// Where it can be looked up
        #[arg(long, default_value = "")]
        link: String,
    },
    /// Stop widening
    Pause { rollout: String },
    /// Go on after a pause or a rollback; the soak starts again. After exposure was taken away it needs --reason
    Resume {
        rollout: String,
        /// The rollback was for nothing and its breaches are retracted: stage, step and soak are given back
        #[arg(long)]
        false_alarm: bool,
        #[command(flatten)]
        aftermath: Aftermath,
    },
    /// Let a stage that is overdue take longer; needs --reason
    ExtendStage {
        rollout: String,
        /// From now, as 3d or 12h
        #[arg(long, value_parser = clock::duration)]
        by: SignedDuration,
    },
    /// GA has soaked: the rollout is done
    Complete { rollout: String },
    /// Give the rollout up; needs --reason
    Abort { rollout: String },
    /// Show one rollout
    Get { rollout: String },
    /// Say why the gate is open or shut
    Why { rollout: String },
    /// List the rollouts
    List,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Mode {
    ZeroToOne,
    Scaling,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OnBlind {
    /// Stay paused, and go on once somebody watches again
    Pause,
    /// Take exposure back to the last good stage
    Narrow,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Promotion {
    Manual,
    Automatic,
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        plan @ Verb::Plan { .. } => (String::new(), Command::Plan(planned(plan)?)),
        Verb::ShipDirectly { bet, user_visible } => {
            (String::new(), Command::ShipDirectly(pb::ShipDirectly { bet_id: bet, user_visible }))
        }
        Verb::Start { rollout } => (rollout, Command::Start(pb::StartRollout {})),
        Verb::EnterStage { rollout, stage, step } => {
            (rollout, Command::EnterStage(pb::EnterStage { stage, step }))
        }
        Verb::Rollback { rollout, critical } => {
            let request = pb::RequestRollback { critical, ..pb::RequestRollback::default() };
            (rollout, Command::RequestRollback(request))
        }
        Verb::AdvanceStep { rollout } => (rollout, Command::AdvanceStep(pb::AdvanceStep {})),
        Verb::RecordEvidence { rollout, kind, verdict, link } => {
            (rollout, Command::RecordEvidence(pb::RecordEvidence { kind, verdict, link }))
        }
        Verb::Pause { rollout } => (rollout, Command::Pause(pb::PauseRollout::default())),
        Verb::Resume { rollout, false_alarm, aftermath: _ } => {
            (rollout, Command::Resume(pb::ResumeRollout { false_alarm, undo: String::new() }))
        }
        Verb::ExtendStage { rollout, by } => {
            let by_seconds = u32::try_from(by.as_secs()).map_err(|_| Failure::usage("--by is too long"))?;
            (rollout, Command::ExtendStage(pb::ExtendStage { by_seconds }))
        }
        Verb::Complete { rollout } => (rollout, Command::Complete(pb::CompleteRollout {})),
        Verb::Abort { rollout } => (rollout, Command::Abort(pb::AbortRollout {})),
        Verb::Get { .. } | Verb::Why { .. } | Verb::List => {
            return Err(Failure::usage("this verb is not a command"));
        }
    })
}

fn planned(verb: Verb) -> Result<pb::PlanRollout, Failure> {
    let Verb::Plan {
        bet,
        flag,
        environment,
        service,
        mode,
        tier,
        members,
        accounts,
        unit,
        promotion,
        on_blind,
        stages: file,
        override_,
    } = verb
    else {
        return Err(Failure::usage("this verb is not a plan"));
    };
    let mode = match mode {
        Mode::ZeroToOne => pb::RolloutMode::ZeroToOne,
        Mode::Scaling => pb::RolloutMode::Scaling,
    };
    let promotion = match promotion {
        Promotion::Manual => pb::Promotion::Manual,
        Promotion::Automatic => pb::Promotion::Automatic,
    };
    let on_blind = match on_blind {
        OnBlind::Pause => pb::OnBlind::Pause,
        OnBlind::Narrow => pb::OnBlind::Narrow,
    };
    Ok(pb::PlanRollout {
        bet_id: bet,
        flag_id: flag,
        environment,
        service,
        mode: mode.into(),
        tier,
        stages: stages::read(file.as_deref())?,
        unit,
        promotion: promotion.into(),
        r#override: override_,
        internal_members: members,
        alpha_accounts: accounts,
        on_blind: on_blind.into(),
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { rollout } => {
            let request = client.get(&rollout);
            let view = client.call(|| async { client.rollouts().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List => {
            let page = |request| async move { client.rollouts().list(request).await };
            let rollouts = client.pages("", page, |list| (list.rollouts, list.next)).await?;
            show(out, format, &rollouts)
        }
        Verb::Why { rollout } => {
            let request = client.get(&rollout);
            let view = client.call(|| async { client.rollouts().why(request.clone()).await }).await?;
            why(out, format, &view)
        }
        Verb::Resume { rollout, false_alarm: true, aftermath } => {
            let resume = Command::Resume(pb::ResumeRollout { false_alarm: true, undo: String::new() });
            if aftermath.has_errands() {
                client.not_dry("what goes with a false alarm, each of which rests on the one before,")?;
            }
            execute(rollout.clone(), resume, client, format, out).await?;
            aftermath.settle(&rollout, client, format, out).await
        }
        command_verb => {
            let (rollout_id, command) = command(command_verb)?;
            execute(rollout_id, command, client, format, out).await
        }
    }
}

async fn execute(
    rollout_id: String,
    command: Command,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let request = pb::RolloutRequest { meta: client.meta(), rollout_id, command: Some(command) };
    let reply = client.call(|| async { client.rollouts().execute(request.clone()).await }).await?;
    output::reply(out, format, &reply)
}

fn why(out: &mut dyn Write, format: Format, view: &pb::GateView) -> Result<(), Failure> {
    if format == Format::Json {
        return output::json(out, view);
    }
    match (view.state.as_str(), view.from_stage.as_str()) {
        ("running" | "paused", from) => {
            let gate = if view.open { "open" } else { "shut" };
            let to = if view.to_stage.is_empty() { "(no further stage)" } else { &view.to_stage };
            writeln!(out, "{from} -> {to}: {gate} ({})", view.state)?;
        }
        (state, "") => writeln!(out, "{state}")?,
        (state, at) => writeln!(out, "{state}: {at}")?,
    }
    view.report.as_ref().map_or(Ok(()), |report| output::gate(out, report))
}

fn show(out: &mut dyn Write, format: Format, rollouts: &[pb::RolloutView]) -> Result<(), Failure> {
    if format == Format::Json {
        return rollouts.iter().try_for_each(|rollout| output::json(out, rollout));
    }
    let row = |rollout: &pb::RolloutView| {
        vec![
            rollout.id.clone(),
            rollout.state.clone(),
            rollout.stage.clone(),
            rollout.attempt.to_string(),
            rollout.soaked_at.clone(),
            rollout.environment.clone(),
            rollout.flag_id.clone(),
        ]
    };
    let rows: Vec<_> = rollouts.iter().map(row).collect();
    output::table(out, &["ROLLOUT", "STATE", "STAGE", "ATTEMPT", "SOAKED AT", "ENVIRONMENT", "FLAG"], &rows)
}

#[cfg(test)]
mod tests;
