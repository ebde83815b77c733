//! What a false alarm leaves to do elsewhere (rule R23): announcements that its breach held, and incidents that it opened.

use std::io::Write;

use verdict_proto::gtm::v1::{self as gtm, LaunchView, launch_request};
use verdict_proto::metrics::v1::incident_request::Command as OfIncident;
use verdict_proto::metrics::v1::{self as metrics, IncidentView, Severity};

use crate::cli::client::Client;
use crate::cli::output::{self, Format};
use crate::failure::Failure;

/// What goes with a false alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::Args)]
pub struct Aftermath {
    /// Let the announcements that were held go out again
    #[arg(long, requires = "--false-alarm")]
    and_release_announcements: bool,
    /// Resolve the open incidents of the rollout
    #[arg(long, requires = "--false-alarm")]
    and_resolve_incident: bool,
}

/// What is left when the rollout has gone on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Errand {
    Release { launch: String },
    Incident { incident: String, severity: Severity, step: Step },
}

/// A step on the way of an incident to its resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Triage,
    StartResponse,
    Mitigate,
    Resolve,
}

impl Aftermath {
    /// Whether something is to be carried out besides the resume.
    pub const fn has_errands(self) -> bool {
        self.and_release_announcements || self.and_resolve_incident
    }

    /// Carries out what was asked for, and names the commands of the rest.
    pub async fn settle(
        self,
        rollout: &str,
        client: &Client,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let launches = client.all_launches(rollout).await?;
        let incidents = client.all_incidents(rollout).await?;
        let errands = launches.iter().filter_map(releasing).chain(incidents.iter().flat_map(resolving));
        for errand in errands {
            if self.covers(&errand) {
                carry_out(errand, client, format, out).await?;
            } else if format.is_table() {
                writeln!(out, "next: {}", errand.verb(client.team()))?;
            }
        }
        Ok(())
    }

    const fn covers(self, errand: &Errand) -> bool {
        match errand {
            Errand::Release { .. } => self.and_release_announcements,
            Errand::Incident { .. } => self.and_resolve_incident,
        }
    }
}

fn releasing(launch: &LaunchView) -> Option<Errand> {
    launch.held.then(|| Errand::Release { launch: launch.id.clone() })
}

/// Each step from where the incident stands to its resolution.
fn resolving(incident: &IncidentView) -> Vec<Errand> {
    let all = [Step::Triage, Step::StartResponse, Step::Mitigate, Step::Resolve];
    let done = match incident.state.as_str() {
        "detected" => 0,
        "triaged" => 1,
        "responding" => 2,
        "mitigated" => 3,
        _resolved_or_deferred => all.len(),
    };
    let errand =
        |step| Errand::Incident { incident: incident.id.clone(), severity: incident.severity(), step };
    all.into_iter().skip(done).map(errand).collect()
}

impl Step {
    fn command(self, severity: Severity, team: &str, reason: &str) -> OfIncident {
        match self {
            Self::Triage => OfIncident::Triage(metrics::TriageIncident {
                severity: severity.into(),
                team: team.to_owned(),
                stakeholders: Vec::new(),
            }),
            Self::StartResponse => OfIncident::StartResponse(metrics::StartResponse {}),
            Self::Mitigate => {
                OfIncident::Mitigate(metrics::MitigateIncident { fix: format!("a false alarm: {reason}") })
            }
            Self::Resolve => OfIncident::Resolve(metrics::ResolveIncident {
                verification: format!("the breach was retracted and the rollout has gone on: {reason}"),
            }),
        }
    }
}

impl Errand {
    /// How somebody does it by hand.
    fn verb(&self, team: &str) -> String {
        let (incident, severity, step) = match self {
            Self::Release { launch } => return format!("verdict launch release {launch} --reason <why>"),
            Self::Incident { incident, severity, step } => (incident, severity, step),
        };
        match step {
            Step::Triage => {
                let severity = severity.as_str_name().trim_start_matches("SEVERITY_").to_lowercase();
                format!("verdict incident triage {incident} --severity {severity} --responders {team}")
            }
            Step::StartResponse => format!("verdict incident start-response {incident}"),
            Step::Mitigate => format!("verdict incident mitigate {incident} --fix 'a false alarm'"),
            Step::Resolve => {
                format!("verdict incident resolve {incident} --verification 'the breach was retracted'")
            }
        }
    }
}

async fn carry_out(
    errand: Errand,
    client: &Client,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let meta = client.meta_of(&errand.verb(client.team()));
    let reply = match errand {
        Errand::Release { launch } => {
            let command = launch_request::Command::Release(gtm::ReleaseAnnouncements {});
            let request = gtm::LaunchRequest { meta, launch_id: launch, command: Some(command) };
            client.call(|| async { client.launches().execute(request.clone()).await }).await?
        }
        Errand::Incident { incident, severity, step } => {
            let command = Some(step.command(severity, client.team(), client.reason()));
            let request = metrics::IncidentRequest { meta, incident_id: incident, command };
            client.call(|| async { client.incidents().execute(request.clone()).await }).await?
        }
    };
    output::reply(out, format, &reply)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incident(state: &str) -> IncidentView {
        IncidentView {
            id: "i-1".to_owned(),
            state: state.to_owned(),
            severity: Severity::P2.into(),
            ..IncidentView::default()
        }
    }

    fn verbs(state: &str) -> Vec<String> {
        resolving(&incident(state)).iter().map(|errand| errand.verb("checkout")).collect()
    }

    #[test]
    fn r23_an_open_incident_is_taken_from_where_it_stands_to_its_resolution() {
        let all = [
            "verdict incident triage i-1 --severity p2 --responders checkout",
            "verdict incident start-response i-1",
            "verdict incident mitigate i-1 --fix 'a false alarm'",
            "verdict incident resolve i-1 --verification 'the breach was retracted'",
        ];
        for (done, state) in
            ["detected", "triaged", "responding", "mitigated", "resolved"].into_iter().enumerate()
        {
            assert_eq!(verbs(state), all[done..], "{state}");
        }
        assert!(verbs("deferred").is_empty());
    }

    #[test]
    fn r23_a_launch_is_released_only_where_it_is_held() {
        let launch = |held| LaunchView { id: "l-1".to_owned(), held, ..LaunchView::default() };
        assert_eq!(releasing(&launch(false)), None);
        assert_eq!(
            releasing(&launch(true)).unwrap().verb("checkout"),
            "verdict launch release l-1 --reason <why>"
        );
    }

    #[test]
    fn r23_only_what_was_asked_for_is_carried_out() {
        let release = Errand::Release { launch: "l-1".to_owned() };
        let resolve = resolving(&incident("mitigated")).remove(0);
        let covers = |announcements, incident| {
            let aftermath =
                Aftermath { and_release_announcements: announcements, and_resolve_incident: incident };
            (aftermath.covers(&release), aftermath.covers(&resolve))
        };
        assert_eq!(covers(false, false), (false, false));
        assert_eq!(covers(true, false), (true, false));
        assert_eq!(covers(false, true), (false, true));
    }
}
