//! `verdict incident`: from detection to resolution.

use std::io::Write;

use clap::{Subcommand, ValueEnum};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::incident_request::Command;

use super::client::Client;
use super::output::{self, Failure, Format};

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Report an incident by hand
    Report {
        #[arg(long)]
        title: String,
        #[arg(long, value_enum)]
        severity: Severity,
        #[arg(long, default_value = "")]
        rollout: String,
    },
    /// Set severity, team and stakeholders
    Triage {
        incident: String,
        #[arg(long, value_enum)]
        severity: Severity,
        /// Team that responds
        #[arg(long)]
        responders: String,
        #[arg(long = "stakeholder")]
        stakeholders: Vec<String>,
    },
    /// Somebody works on it
    StartResponse { incident: String },
    /// Record what took the pain away
    Mitigate {
        incident: String,
        #[arg(long)]
        fix: String,
    },
    /// Record that the fix was verified
    Resolve {
        incident: String,
        #[arg(long)]
        verification: String,
    },
    /// Put a P3 into the backlog
    Defer { incident: String },
    /// It came back; needs --reason
    Reopen { incident: String },
    /// Show one incident
    Get { incident: String },
    /// List the incidents, all or those of a rollout
    List {
        #[arg(long, default_value = "")]
        of: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Severity {
    P0,
    P1,
    P2,
    P3,
}

impl Severity {
    fn number(self) -> i32 {
        match self {
            Self::P0 => pb::Severity::P0,
            Self::P1 => pb::Severity::P1,
            Self::P2 => pb::Severity::P2,
            Self::P3 => pb::Severity::P3,
        }
        .into()
    }
}

fn command(verb: Verb) -> Result<(String, Command), Failure> {
    Ok(match verb {
        Verb::Report { title, severity, rollout } => {
            let report = pb::ReportIncident {
                title,
                severity: severity.number(),
                rollout_id: rollout,
                ..pb::ReportIncident::default()
            };
            (String::new(), Command::Report(report))
        }
        Verb::Triage { incident, severity, responders, stakeholders } => {
            let severity = severity.number();
            (incident, Command::Triage(pb::TriageIncident { severity, team: responders, stakeholders }))
        }
        Verb::StartResponse { incident } => (incident, Command::StartResponse(pb::StartResponse {})),
        Verb::Mitigate { incident, fix } => (incident, Command::Mitigate(pb::MitigateIncident { fix })),
        Verb::Resolve { incident, verification } => {
            (incident, Command::Resolve(pb::ResolveIncident { verification }))
        }
        Verb::Defer { incident } => (incident, Command::Defer(pb::DeferIncident {})),
        Verb::Reopen { incident } => (incident, Command::Reopen(pb::ReopenIncident {})),
        Verb::Get { .. } | Verb::List { .. } => return Err(Failure::usage("this verb is not a command")),
    })
}

/// Runs the verb.
pub async fn run(verb: Verb, client: &Client, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::Get { incident } => {
            let request = client.get(&incident);
            let view = client.call(|| async { client.incidents().get(request.clone()).await }).await?;
            show(out, format, &[view])
        }
        Verb::List { of } => {
            let page = |request| async move { client.incidents().list(request).await };
            let incidents = client.pages(&of, page, |list| (list.incidents, list.next)).await?;
            show(out, format, &incidents)
        }
        command_verb => {
            let (incident_id, command) = command(command_verb)?;
            let request = pb::IncidentRequest { meta: client.meta(), incident_id, command: Some(command) };
            let reply = client.call(|| async { client.incidents().execute(request.clone()).await }).await?;
            output::reply(out, format, &reply)
        }
    }
}

fn show(out: &mut dyn Write, format: Format, incidents: &[pb::IncidentView]) -> Result<(), Failure> {
    if format == Format::Json {
        return incidents.iter().try_for_each(|incident| output::json(out, incident));
    }
    let row = |incident: &pb::IncidentView| {
        let severity = incident.severity().as_str_name().trim_start_matches("SEVERITY_").to_owned();
        let (state, detected) = (incident.state.clone(), incident.detected_at.clone());
        vec![incident.id.clone(), severity, state, detected, incident.title.clone()]
    };
    let rows: Vec<_> = incidents.iter().map(row).collect();
    output::table(out, &["INCIDENT", "SEVERITY", "STATE", "DETECTED", "TITLE"], &rows)
}
