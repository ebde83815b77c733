//! `verdict rollout`: staged exposure, its gates and why they are shut.

use std::io::Write;

use clap::{Subcommand, ValueEnum};
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::rollout_request::Command;

use super::client::Client;
use super::output::{self, Failure, Format};

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
        /// JSON file with stages of your own
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
    /// Enter a stage: the next one, or any lower one
    EnterStage {
        rollout: String,
        #[arg(long)]
        stage: String,
    },
    /// Take the next step of the present stage
    AdvanceStep { rollout: String },
    /// Record evidence for a gate
    RecordEvidence {
        rollout: String,
        /// core_flow_verified, open_p0_bugs, ...
        #[arg(long)]
        kind: String,
        #[arg(long, default_value = "")]
        value: String,
    },
    /// Stop widening
    Pause { rollout: String },
    /// Go on after a pause or a rollback; the soak starts again
    Resume { rollout: String },
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
pub enum Promotion {
    Manual,
    Automatic,
}

fn stages(path: Option<&std::path::Path>) -> Result<Vec<pb::Stage>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let shown = path.display();
    let text = std::fs::read(path).map_err(|error| Failure::usage(format!("--stages {shown}: {error}")))?;
    serde_json::from_slice(&text).map_err(|error| Failure::usage(format!("--stages {shown}: {error}")))
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        plan @ Verb::Plan { .. } => (String::new(), Command::Plan(planned(plan)?)),
        Verb::ShipDirectly { bet, user_visible } => {
            (String::new(), Command::ShipDirectly(pb::ShipDirectly { bet_id: bet, user_visible }))
        }
        Verb::Start { rollout } => (rollout, Command::Start(pb::StartRollout {})),
        Verb::EnterStage { rollout, stage } => (rollout, Command::EnterStage(pb::EnterStage { stage })),
        Verb::AdvanceStep { rollout } => (rollout, Command::AdvanceStep(pb::AdvanceStep {})),
        Verb::RecordEvidence { rollout, kind, value } => {
            (rollout, Command::RecordEvidence(pb::RecordEvidence { kind, value }))
        }
        Verb::Pause { rollout } => (rollout, Command::Pause(pb::PauseRollout {})),
        Verb::Resume { rollout } => (rollout, Command::Resume(pb::ResumeRollout {})),
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
    Ok(pb::PlanRollout {
        bet_id: bet,
        flag_id: flag,
        environment,
        service,
        mode: mode.into(),
        tier,
        stages: stages(file.as_deref())?,
        unit,
        promotion: promotion.into(),
        r#override: override_,
        internal_members: members,
        alpha_accounts: accounts,
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
            let request = client.list("");
            let list = client.call(|| async { client.rollouts().list(request.clone()).await }).await?;
            show(out, format, &list.rollouts)
        }
        Verb::Why { rollout } => {
            let request = client.get(&rollout);
            let view = client.call(|| async { client.rollouts().why(request.clone()).await }).await?;
            why(out, format, &view)
        }
        command_verb => {
            let (rollout_id, command) = command(command_verb)?;
            let request = pb::RolloutRequest { meta: client.meta(), rollout_id, command: Some(command) };
            let reply = client.call(|| async { client.rollouts().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

fn why(out: &mut dyn Write, format: Format, view: &pb::GateView) -> Result<(), Failure> {
    if format == Format::Json {
        return output::json(out, view);
    }
    let gate = if view.open { "open" } else { "shut" };
    let to = if view.to_stage.is_empty() { "(no further stage)" } else { &view.to_stage };
    writeln!(out, "{} -> {to}: {gate}", view.from_stage)?;
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
