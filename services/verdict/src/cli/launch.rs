//! `verdict launch`: go-to-market work and the announcement that waits for it.

use std::io::Write;

use clap::Subcommand;
use verdict_proto::gtm::v1 as pb;
use verdict_proto::gtm::v1::launch_request::Command;

use super::client::Client;
use super::output::{self, Failure, Format};

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Plan a launch for a bet and its rollout
    Plan {
        #[arg(long)]
        bet: String,
        #[arg(long)]
        rollout: String,
        /// 1 (press, event) to 4 (release notes only)
        #[arg(long)]
        tier: u32,
        #[arg(long)]
        title: String,
    },
    /// Hold every announcement
    Hold {
        launch: String,
        #[arg(long, default_value = "")]
        cause: String,
    },
    /// Let announcements go out again; needs --reason
    Release { launch: String },
    /// Send the announcement on a channel
    Send {
        launch: String,
        #[arg(long)]
        channel: String,
        /// Announce before GA (a public beta); needs --reason
        #[arg(long = "override")]
        override_: bool,
    },
    /// Correct an announcement that went out; needs --reason
    Correct { launch: String },
    /// Cancel the launch; needs --reason
    Cancel { launch: String },
    /// Plan a cancelled launch again; needs --reason
    Replan { launch: String },
    /// Show one launch
    Get { launch: String },
    /// List the launches, all or those of a bet or rollout
    List {
        #[arg(long, default_value = "")]
        of: String,
    },
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::Plan { bet, rollout, tier, title } => {
            let plan = pb::PlanLaunch { bet_id: bet, rollout_id: rollout, tier, title };
            (String::new(), Command::Plan(plan))
        }
        Verb::Hold { launch, cause } => (launch, Command::Hold(pb::HoldAnnouncements { cause })),
        Verb::Release { launch } => (launch, Command::Release(pb::ReleaseAnnouncements {})),
        Verb::Send { launch, channel, override_ } => {
            (launch, Command::Send(pb::SendAnnouncement { channel, r#override: override_ }))
        }
        Verb::Correct { launch } => (launch, Command::Correct(pb::CorrectAnnouncement {})),
        Verb::Cancel { launch } => (launch, Command::Cancel(pb::CancelLaunch {})),
        Verb::Replan { launch } => (launch, Command::Replan(pb::ReplanLaunch {})),
        Verb::Get { .. } | Verb::List { .. } => return Err(Failure::usage("this verb is not a command")),
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { launch } => {
            let request = client.get(&launch);
            let view = client.call(|| async { client.launches().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List { of } => {
            let page = |request| async move { client.launches().list(request).await };
            let launches = client.pages(&of, page, |list| (list.launches, list.next)).await?;
            show(out, format, &launches)
        }
        command_verb => {
            let (launch_id, command) = command(command_verb)?;
            let request = pb::LaunchRequest { meta: client.meta(), launch_id, command: Some(command) };
            let reply = client.call(|| async { client.launches().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

fn show(out: &mut dyn Write, format: Format, launches: &[pb::LaunchView]) -> Result<(), Failure> {
    if format == Format::Json {
        return launches.iter().try_for_each(|launch| output::json(out, launch));
    }
    let row = |launch: &pb::LaunchView| {
        vec![
            launch.id.clone(),
            launch.state.clone(),
            launch.tier.to_string(),
            if launch.held { "held" } else { "-" }.to_owned(),
            launch.announced.join(", "),
            launch.title.clone(),
        ]
    };
    let rows: Vec<_> = launches.iter().map(row).collect();
    output::table(out, &["LAUNCH", "STATE", "TIER", "HOLD", "ANNOUNCED", "TITLE"], &rows)
}
