//! `verdict flag`: what is served to whom, the kill switch, and the clean-up afterwards.

use std::io::Write;

use clap::{Subcommand, ValueEnum};
use verdict_kernel::percent::Percent;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command;

use super::client::Client;
use super::output::{self, Failure, Format};

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Create a flag; it serves `off` to everyone
    Create {
        #[arg(long)]
        key: String,
        #[arg(long, default_value = "production")]
        environment: String,
        #[arg(long, value_enum, default_value_t = Kind::Release)]
        kind: Kind,
        /// Opaque id of the person or team that cleans up
        #[arg(long, default_value = "")]
        owner: String,
        /// RFC 3339; without it the default of rule F4
        #[arg(long, default_value = "")]
        cleanup_on: String,
        /// What the percentage buckets: targetingKey or accountId
        #[arg(long, default_value = "targetingKey")]
        unit: String,
    },
    /// Serve nobody, at once, whatever else is going on
    Kill { flag: String },
    /// Make a killed flag usable again; it comes back serving nobody; needs --reason
    Revive { flag: String },
    /// Serve nobody, without killing the flag
    TurnOff { flag: String },
    /// Let a rollout raise the flag again after a rollback; needs --reason
    ReleaseHold { flag: String },
    /// Say by when the flag leaves the code
    ScheduleCleanup {
        flag: String,
        #[arg(long)]
        due: String,
    },
    /// Attest that the code no longer asks for the flag
    ConfirmRemovedFromCode {
        flag: String,
        #[arg(long)]
        attestation: String,
    },
    /// Archive a flag that is out of the code
    Archive { flag: String },
    /// Show one flag
    Get { flag: String },
    /// List the flags
    List,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    Release,
    Ops,
    Permission,
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::Create { key, environment, kind, owner, cleanup_on, unit } => {
            let kind = match kind {
                Kind::Release => pb::FlagKind::Release,
                Kind::Ops => pb::FlagKind::Ops,
                Kind::Permission => pb::FlagKind::Permission,
            };
            let create = pb::CreateFlag {
                key,
                environment,
                kind: kind.into(),
                owner,
                cleanup_on,
                unit,
                ..pb::CreateFlag::default()
            };
            (String::new(), Command::Create(create))
        }
        Verb::Kill { flag } => (flag, Command::Kill(pb::KillFlag {})),
        Verb::Revive { flag } => (flag, Command::Revive(pb::ReviveFlag {})),
        Verb::TurnOff { flag } => (flag, Command::TurnOff(pb::TurnOffFlag::default())),
        Verb::ReleaseHold { flag } => (flag, Command::ReleaseHold(pb::ReleaseHold {})),
        Verb::ScheduleCleanup { flag, due } => (flag, Command::ScheduleCleanup(pb::ScheduleCleanup { due })),
        Verb::ConfirmRemovedFromCode { flag, attestation } => {
            (flag, Command::ConfirmRemoved(pb::ConfirmRemovedFromCode { attestation }))
        }
        Verb::Archive { flag } => (flag, Command::Archive(pb::ArchiveFlag {})),
        Verb::Get { .. } | Verb::List => return Err(Failure::usage("this verb is not a command")),
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { flag } => {
            let request = client.get(&flag);
            let view = client.call(|| async { client.flags().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List => {
            let request = client.list("");
            let list = client.call(|| async { client.flags().list(request.clone()).await }).await?;
            show(out, format, &list.flags)
        }
        command_verb => {
            let (flag_id, command) = command(command_verb)?;
            let request = pb::FlagRequest { meta: client.meta(), flag_id, command: Some(command) };
            let reply = client.call(|| async { client.flags().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

/// An audience in a few words: `3 members, 5 accounts, 10 %`.
pub fn audience(audience: Option<&pb::Audience>) -> String {
    let Some(audience) = audience else {
        return "nobody".to_owned();
    };
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let percent = Percent::from_basis_points(audience.percent()).ok().filter(|p| *p > Percent::ZERO);
    let parts: Vec<String> = [
        count(audience.members.len(), "members"),
        count(audience.accounts.len(), "accounts"),
        count(audience.attributes.len(), "attributes"),
        percent.map(|percent| percent.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "nobody".to_owned() } else { parts.join(", ") }
}

fn show(out: &mut dyn Write, format: Format, flags: &[pb::FlagView]) -> Result<(), Failure> {
    if format == Format::Json {
        return flags.iter().try_for_each(|flag| output::json(out, flag));
    }
    let row = |flag: &pb::FlagView| {
        vec![
            flag.id.clone(),
            flag.key.clone(),
            flag.environment.clone(),
            flag.state.clone(),
            audience(flag.audience.as_ref()),
            if flag.held { "held" } else { "-" }.to_owned(),
            if flag.cleanup.is_empty() { "-".to_owned() } else { flag.cleanup.clone() },
        ]
    };
    let rows: Vec<_> = flags.iter().map(row).collect();
    output::table(out, &["FLAG", "KEY", "ENVIRONMENT", "STATE", "SERVED TO", "HOLD", "CLEAN-UP"], &rows)
}
