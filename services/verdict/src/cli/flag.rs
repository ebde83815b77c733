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
    /// Create a flag; it serves `off` to everyone. Its key names it from then on
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
    Revive {
        flag: String,
        /// Within a day: serve again what was served before the kill
        #[arg(long)]
        undo: bool,
    },
    /// Say by hand whom a flag reaches: anybody for kinds ops and permission, members only for a release
    Set {
        flag: String,
        #[command(flatten)]
        reach: Reach,
    },
    /// Serve nobody, without killing the flag
    TurnOff { flag: String },
    /// Lift one hold, so that the flag may be raised again; needs --reason
    ReleaseHold {
        flag: String,
        /// The cause as `flag get` shows it; without it the flag must have exactly one hold
        #[arg(long)]
        cause: Option<String>,
    },
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

/// Whom a flag reaches from now on; what is not named is not reached.
#[derive(Debug, clap::Args)]
#[group(id = "reach", required = true, multiple = true, args = ["on", "off", "percent", "members", "accounts"])]
pub struct Reach {
    /// Everyone
    #[arg(long, conflicts_with_all = ["off", "percent", "members", "accounts"])]
    on: bool,
    /// Nobody
    #[arg(long, conflicts_with_all = ["percent", "members", "accounts"])]
    off: bool,
    /// Share of all users, in percent, such as 10 or 0.5
    #[arg(long)]
    percent: Option<Percent>,
    /// Targeting keys, with commas between them
    #[arg(long, value_delimiter = ',')]
    members: Vec<String>,
    /// Customer accounts, with commas between them
    #[arg(long, value_delimiter = ',')]
    accounts: Vec<String>,
}

impl Reach {
    fn command(self) -> Command {
        let percent = if self.on { Some(Percent::FULL) } else { self.percent };
        let audience = pb::Audience {
            members: self.members,
            accounts: self.accounts,
            basis_points: percent.map(|percent| u32::from(percent.basis_points())),
            ..pb::Audience::default()
        };
        Command::SetByHand(pb::SetByHand { audience: Some(audience) })
    }
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
        Verb::Revive { flag, undo } => (flag, Command::Revive(pb::ReviveFlag { undo })),
        Verb::Set { flag, reach } => (flag, reach.command()),
        Verb::TurnOff { flag } => (flag, Command::TurnOff(pb::TurnOffFlag::default())),
        Verb::ReleaseHold { flag, cause } => {
            let cause = cause.unwrap_or_default();
            (flag, Command::ReleaseHold(pb::ReleaseHold { cause, ..pb::ReleaseHold::default() }))
        }
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
            let page = |request| async move { client.flags().list(request).await };
            let flags = client.pages("", page, |list| (list.flags, list.next)).await?;
            show(out, format, &flags)
        }
        Verb::ReleaseHold { flag, cause } => {
            let cause = Some(hold(client, &flag, cause).await?);
            execute(Verb::ReleaseHold { flag, cause }, client, format, out).await
        }
        command_verb => execute(command_verb, client, format, out).await,
    }
}

async fn hold(client: &Client, flag: &str, cause: Option<String>) -> Result<String, Failure> {
    let request = client.get(flag);
    let view = client.call(|| async { client.flags().get(request.clone()).await }).await?;
    meant(&view.holds, cause.as_deref())
}

/// The cause of the hold that is meant: the one that is named, by its id or as it is shown, or the only one.
fn meant(held: &[pb::Hold], cause: Option<&str>) -> Result<String, Failure> {
    let causes = || held.iter().map(|hold| hold.cause.as_str()).collect::<Vec<_>>().join(", ");
    let is_named = |hold: &&pb::Hold| cause.is_some_and(|cause| hold.cause == cause || shown(hold) == cause);
    match (held, cause) {
        ([], _) => Err(Failure::usage("the flag is not held")),
        ([only], None) => Ok(only.cause.clone()),
        (_, None) => {
            Err(Failure::usage(format!("it has several holds; name one with --cause: {}", causes())))
        }
        (held, Some(cause)) => held.iter().find(is_named).map(|hold| hold.cause.clone()).ok_or_else(|| {
            Failure::usage(format!(
                "the flag is not held for '{cause}'; name one of these with --cause: {}",
                causes()
            ))
        }),
    }
}

async fn execute(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    let (flag_id, command) = command(verb)?;
    let request =
        pb::FlagRequest { meta: client.meta(), flag_id, environment: String::new(), command: Some(command) };
    let reply = client.call(|| async { client.flags().execute(request.clone()).await }).await?;
    output::reply(out, format, &reply)
}

/// An audience in a few words: `3 members, 5 accounts, 10 %`.
pub fn audience(audience: Option<&pb::Audience>) -> String {
    let Some(audience) = audience else {
        return "nobody".to_owned();
    };
    let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
    let percent = Percent::from_basis_points(audience.basis_points()).ok().filter(|p| *p > Percent::ZERO);
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

/// `breach 3f2c9e7a-..., restored`: each hold by its kind and cause.
fn holds(holds: &[pb::Hold]) -> String {
    holds.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn shown(hold: &pb::Hold) -> String {
    match hold.kind() {
        pb::HoldKind::Breach => format!("breach {}", hold.cause),
        pb::HoldKind::Watch => format!("watch {}", hold.cause),
        pb::HoldKind::Guardrail => format!("guardrail {}", hold.cause),
        pb::HoldKind::Restored | pb::HoldKind::Unspecified => hold.cause.clone(),
    }
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
            if flag.holds.is_empty() { "-".to_owned() } else { holds(&flag.holds) },
            if flag.cleanup.is_empty() { "-".to_owned() } else { flag.cleanup.clone() },
        ]
    };
    let rows: Vec<_> = flags.iter().map(row).collect();
    output::table(out, &["FLAG", "KEY", "ENVIRONMENT", "STATE", "SERVED TO", "HOLD", "CLEAN-UP"], &rows)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(subcommand)]
        verb: Verb,
    }

    fn typed(line: &str) -> Option<(String, Command)> {
        let line = Line::try_parse_from(line.split_whitespace()).ok()?;
        command(line.verb).ok()
    }

    #[test]
    fn r11_a_hold_is_named_by_its_cause_or_as_it_is_shown() {
        let hold = |kind: pb::HoldKind, cause: &str| pb::Hold {
            kind: kind.into(),
            cause: cause.to_owned(),
            ..pb::Hold::default()
        };
        let (breach, restored) =
            (hold(pb::HoldKind::Breach, "b-1"), hold(pb::HoldKind::Restored, "restored"));
        let both = [breach, restored];
        for (named, cause) in [("b-1", "b-1"), ("breach b-1", "b-1"), ("restored", "restored")] {
            assert_eq!(meant(&both, Some(named)).unwrap(), cause);
        }
        assert_eq!(meant(&both[..1], None).unwrap(), "b-1");
        for (held, named) in [(&both[..], None), (&both[..], Some("b-2")), (&both[..1], Some("b-2"))] {
            let refused = meant(held, named).unwrap_err().to_string();
            assert!(refused.contains("b-1"), "{refused}");
        }
        assert_eq!(meant(&[], Some("b-1")).unwrap_err().to_string(), "the flag is not held");
    }

    #[test]
    fn f6_whom_a_flag_reaches_can_be_typed() {
        for (reach, basis_points, members) in [
            ("--on", Some(10_000), &[][..]),
            ("--off", None, &[]),
            ("--percent 0.5", Some(50), &[]),
            ("--percent 10 --members ann,ben", Some(1_000), &["ann", "ben"]),
        ] {
            let members = members.iter().map(|&member| member.to_owned()).collect();
            let audience = pb::Audience { members, basis_points, ..pb::Audience::default() };
            let set = Command::SetByHand(pb::SetByHand { audience: Some(audience) });
            assert_eq!(typed(&format!("flag set f {reach}")), Some(("f".to_owned(), set)), "{reach}");
        }
        // Whoever says nothing is served says so.
        for refused in ["flag set f", "flag set --on", "flag set f --on --off"] {
            assert_eq!(typed(refused), None, "{refused}");
        }
    }
}
