//! The steps of a rollback as commands to the services that carry them out.

use std::pin::pin;

use futures::TryStreamExt;
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::gtm::v1::launches_client::LaunchesClient;
use verdict_api::metrics::v1::incidents_client::IncidentsClient;
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::v1::{Accepted, ListRequest};
use verdict_rollouts_domain::flag::{Event, State};
use verdict_rollouts_domain::processes::guardrail_rollback::{
    Action, Attempt, Breach, Fact, Missing, Narrowed, Severity,
};
use verdict_rollouts_domain::rollout::STILL_SERVED;
use verdict_rollouts_domain::stage::Class;
use verdict_rollouts_wire::flag::FlagWire;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, Repository};
use verdict_runtime::grpc;
use verdict_runtime::process::Performed;
use verdict_runtime::process::reading::{events, every};
use verdict_runtime::process::sending::{Answer, answer, part_of, unanswered};
use verdict_stored::ruled;

use super::{BY_GUARDRAIL, GuardrailRollbackRim};
use crate::outline::Outline;
use crate::processes::telling::{FlagCommand, RolloutCommand, tell_flag, tell_rollout};

/// Edges that a page names.
const NAMED: usize = 5;

/// Whether an event of a flag took back what was served.
fn takes_back(event: &str) -> bool {
    [FlagWire::ExposureNarrowed, FlagWire::FlagKilled].contains(&event)
}

/// What is served before the stage that failed.
fn narrowing(breach: &Breach) -> pb::NarrowFlag {
    pb::NarrowFlag {
        rollout_id: breach.of.rollout.to_string(),
        stage: breach.of.stage.clone(),
        stage_index: breach.of.stage_index,
        attempt: breach.of.attempt,
        cause: breach.event.to_string(),
        critical: breach.critical,
        kind: pb::HoldKind::Breach.into(),
        no_return_index: None,
    }
}

type Done = Result<Performed<Fact>, Fault>;

impl GuardrailRollbackRim {
    pub(super) async fn send(&self, envelope: Envelope, action: &Action) -> Done {
        match action {
            Action::Narrow { breach } => self.narrow(envelope, breach).await,
            Action::RequestRollback { breach } => self.request_rollback(envelope, breach).await,
            Action::ListEdges { flag } => self.list_edges(*flag).await,
            Action::ConfirmRollback { of, to_stage, flag_version } => {
                if self.is_raised_since(of, to_stage, *flag_version).await? {
                    return Ok(Performed::refused(STILL_SERVED));
                }
                let confirm = pb::ConfirmRollback { to_stage: to_stage.clone(), flag_version: *flag_version };
                let command = RolloutCommand::ConfirmRollback(confirm);
                self.tell_rollout(envelope, of.rollout, command).await
            }
            Action::OpenIncident { breach, severity } => {
                let stage = &breach.of.stage;
                let title = match (&*breach.metric, breach.irreversible) {
                    ("", _) => format!("Stage {stage} was rolled back"),
                    (metric, false) => format!("Guardrail {metric} broke in stage {stage}"),
                    (metric, true) => {
                        format!(
                            "Guardrail {metric} broke in stage {stage}, where the plan has no way back: nothing was taken back"
                        )
                    }
                };
                self.report(envelope, breach, *severity, title).await
            }
            Action::NoteForBet { bet, breach } => self.note_for_bet(envelope, *bet, breach).await,
            Action::HoldAnnouncements { rollout, cause } => {
                self.hold_announcements(envelope, *rollout, &cause.to_string()).await
            }
            Action::Kill { flag } => self.kill(envelope, *flag).await,
            Action::Page { breach, missing } => self.page(envelope, breach, missing).await,
            Action::HoldFlag { breach } => self.hold_flag(envelope, breach).await,
            Action::PauseRollout { breach } => {
                tracing::warn!(
                    rollout.id = %breach.of.rollout,
                    stage = breach.of.stage,
                    metric = breach.metric,
                    irreversible = breach.irreversible,
                    "a guardrail broke that takes nothing back: the rollout is paused"
                );
                // Past the point of no return the flag is held whatever attempt the breach names, so the rollout stops too.
                let attempt = if breach.irreversible { 0 } else { breach.of.attempt };
                let pause = pb::PauseRollout { cause: pb::PauseCause::Guardrail.into(), attempt };
                let command = RolloutCommand::Pause(pause);
                self.tell_rollout(envelope, breach.of.rollout, command).await
            }
        }
    }

    /// The alarm names what is missing.
    async fn page(&self, envelope: Envelope, breach: &Breach, missing: &Missing) -> Done {
        let why = match missing {
            Missing::List => "it is not known which edges serve".to_owned(),
            Missing::Edges(edges) => {
                let mut names = Vec::new();
                for edge in edges.iter().take(NAMED) {
                    names.push(self.roster.called(*edge).await);
                }
                let more = edges.len().saturating_sub(NAMED);
                names.extend((more > 0).then(|| format!("{more} more")));
                format!("no word from {}", names.join(", "))
            }
            Missing::StillServed => "exposure was raised again each time".to_owned(),
        };
        let stage = &breach.of.stage;
        let title = format!("Exposure of stage {stage} is not confirmed to be taken back: {why}");
        tracing::warn!(rollout.id = %breach.of.rollout, flag.id = %breach.of.flag, "{title}");
        self.report(envelope, breach, Severity::P0, title).await
    }

    async fn narrow(&self, envelope: Envelope, breach: &Breach) -> Done {
        let command = FlagCommand::Narrow(narrowing(breach));
        match self.tell_flag(&envelope, breach.of.flag, command).await? {
            Answer::Refused(code) => Ok(Performed::refused(code)),
            Answer::Accepted(accepted) => {
                let narrowed = self.narrowed(breach.of.flag, &accepted).await?;
                Ok(Performed { facts: vec![Fact::Narrowed(narrowed)], ..Performed::DONE })
            }
        }
    }

    /// Whether the flag shows the attempt that was taken back or a later one, in another stage than that left it in: a person
    /// had released the hold before the rollout heard of the breach, and it went on, or another rollback left it there. Then
    /// more is taken back.
    async fn is_raised_since(&self, of: &Attempt, to_stage: &str, flag_version: u32) -> Result<bool, Fault> {
        let folded = match self.flags_read.load(&of.flag.to_string()).await {
            Ok(folded) => folded,
            // It was killed without reading its past.
            Err(Fault::Unreadable { .. }) => return Ok(false),
            Err(fault) => return Err(fault),
        };
        let State::Live(flag) = &folded.state else { return Ok(false) };
        let place = flag.served.as_ref().and_then(|served| served.place.as_ref());
        Ok(place.is_some_and(|place| {
            let is_of_it = place.rollout == of.rollout && place.attempt >= of.attempt;
            is_of_it && place.stage != to_stage && flag.version > flag_version
        }))
    }

    /// Nothing raises the flag until a resume answers the breach. What it serves stays, where there is no way back from that,
    /// which the flag itself knows best (rule R26).
    async fn hold_flag(&self, envelope: Envelope, breach: &Breach) -> Done {
        let outline = Outline::read_for_safety(&self.log, &breach.of.rollout.to_string()).await?;
        let no_return = outline.no_return_index().filter(|_| !breach.holds_only);
        if no_return.is_some() {
            let narrow = pb::NarrowFlag { no_return_index: no_return, ..narrowing(breach) };
            return match self.tell_flag(&envelope, breach.of.flag, FlagCommand::Narrow(narrow)).await? {
                Answer::Accepted(accepted) if accepted.events.iter().any(|event| takes_back(event)) => {
                    let narrowed = self.narrowed(breach.of.flag, &accepted).await?;
                    Ok(Performed { facts: vec![Fact::Narrowed(narrowed)], ..Performed::DONE })
                }
                answer => Ok(answer.performed()),
            };
        }
        let hold = pb::HoldFlag {
            cause: breach.event.to_string(),
            last_served: None,
            kind: pb::HoldKind::Guardrail.into(),
            rollout_id: breach.of.rollout.to_string(),
            attempt: breach.of.attempt,
        };
        Ok(self.tell_flag(&envelope, breach.of.flag, FlagCommand::Hold(hold)).await?.performed())
    }

    /// The version that the edges have to serve, and what they show then.
    async fn narrowed(&self, flag: FlagId, accepted: &Accepted) -> Result<Narrowed, Fault> {
        let at = self.clock.now();
        if accepted.events.iter().any(|event| event == FlagWire::FlagKilled) {
            // Killed without reading its past: edges confirm the version that the kill itself names.
            let flag_version = self.version_of(flag, accepted).await?.unwrap_or(accepted.version);
            return Ok(Narrowed { flag_version, to_stage: String::new(), at });
        }
        let folded = self.flags_read.load(&flag.to_string()).await?;
        let (version, stage) = match &folded.state {
            State::Live(flag) | State::Killed(flag) | State::Archived(flag) => {
                let place = flag.served.as_ref().and_then(|served| served.place.as_ref());
                (flag.version, place.map(|place| place.stage.clone()))
            }
            State::Absent => (0, None),
        };
        let flag_version = match self.version_of(flag, accepted).await? {
            Some(version) => version,
            None => self.last_narrowing(flag).await?.unwrap_or(version),
        };
        Ok(Narrowed { flag_version, to_stage: stage.unwrap_or_default(), at })
    }

    /// The version that the event of the narrowing brought; later events may have brought others.
    async fn version_of(&self, flag: FlagId, accepted: &Accepted) -> Result<Option<u32>, Fault> {
        let Some(revision) = accepted.version.checked_sub(1).filter(|_| !accepted.events.is_empty()) else {
            return Ok(None);
        };
        let stream = Repository::<FlagWire>::stream(&flag.to_string());
        let slice = self.log.read_stream(&stream, revision.into(), 1).await?;
        let Some(event) = slice.events.first() else {
            return Ok(None);
        };
        match ruled::own::<FlagWire>(&event.event_type, &event.data)
            .map_err(|error| event.unreadable(&error))?
        {
            Some(Event::ExposureNarrowed { version, .. } | Event::Killed { version, .. }) => {
                Ok(Some(version))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// The version of the newest narrowing or kill. Where nothing was left to narrow, an earlier one had named the stage
    /// attempt and the flag has been held since: edges confirm these two, and no other version after them.
    async fn last_narrowing(&self, flag: FlagId) -> Result<Option<u32>, Fault> {
        let stream = Repository::<FlagWire>::stream(&flag.to_string());
        let mut newest = None;
        let mut events = pin!(events(&self.log, &stream));
        while let Some(event) = events.try_next().await? {
            let decoded = ruled::own::<FlagWire>(&event.event_type, &event.data);
            if let Some(Event::ExposureNarrowed { version, .. } | Event::Killed { version, .. }) =
                decoded.map_err(|error| event.unreadable(&error))?
            {
                newest = Some(version);
            }
        }
        Ok(newest)
    }

    /// A confirmation that came before anybody waited for it counts as well.
    async fn list_edges(&self, flag: FlagId) -> Done {
        let serving = self.roster.serving(flag).await?;
        let edges = serving.iter().map(|(edge, _)| *edge).collect();
        let confirmed = serving.into_iter().filter(|(_, flag_version)| *flag_version > 0);
        let served = confirmed.map(|(edge, flag_version)| Fact::Served { edge, flag_version });
        Ok(Performed {
            facts: std::iter::once(Fact::EdgesListed(edges)).chain(served).collect(),
            ..Performed::DONE
        })
    }

    async fn request_rollback(&self, envelope: Envelope, breach: &Breach) -> Done {
        let request = pb::RequestRollback {
            stage: breach.of.stage.clone(),
            attempt: breach.of.attempt,
            breach: breach.event.to_string(),
            cause: BY_GUARDRAIL.to_owned(),
            critical: breach.critical,
        };
        let command = RolloutCommand::RequestRollback(request);
        self.tell_rollout(envelope, breach.of.rollout, command).await
    }

    async fn report(&self, envelope: Envelope, breach: &Breach, severity: Severity, title: String) -> Done {
        let severity = match severity {
            Severity::P0 => metrics::Severity::P0,
            Severity::P1 => metrics::Severity::P1,
            Severity::P2 => metrics::Severity::P2,
        };
        let report = metrics::ReportIncident {
            rollout_id: breach.of.rollout.to_string(),
            stage: breach.of.stage.clone(),
            attempt: breach.of.attempt,
            cause: breach.event.to_string(),
            severity: severity.into(),
            title,
            for_everyone: breach.of.class == Class::Everyone,
        };
        let request = metrics::IncidentRequest {
            meta: Some(grpc::meta(&envelope)),
            incident_id: String::new(),
            command: Some(metrics::incident_request::Command::Report(report)),
        };
        let reply = IncidentsClient::new(self.services.metrics.clone()).execute(request).await;
        Ok(answer("metrics", &envelope, reply)?.performed())
    }

    async fn note_for_bet(&self, envelope: Envelope, bet: BetId, breach: &Breach) -> Done {
        let note = bets::NoteRollback {
            rollout_id: breach.of.rollout.to_string(),
            stage: breach.of.stage.clone(),
            attempt: breach.of.attempt,
            breach: breach.event.to_string(),
        };
        let request = bets::BetRequest {
            meta: Some(grpc::meta(&envelope)),
            bet_id: bet.to_string(),
            command: Some(bets::bet_request::Command::NoteRollback(note)),
        };
        let reply = BetsClient::new(self.services.bets.clone()).execute(request).await;
        Ok(answer("bets", &envelope, reply)?.performed())
    }

    /// Holds every launch of the rollout. A launch that refuses, a cancelled one for instance, announces nothing.
    async fn hold_announcements(&self, envelope: Envelope, rollout: RolloutId, cause: &str) -> Done {
        let client = || LaunchesClient::new(self.services.gtm.clone());
        let (org, of) = (envelope.principal.org.clone(), rollout.to_string());
        let page = |request| async move {
            let page = client().list(request).await;
            let page = page.map_err(|status| unanswered("gtm", &status))?.into_inner();
            Ok((page.launches, page.next))
        };
        let mut launches = pin!(every(ListRequest { org, of, ..ListRequest::default() }, page));
        while let Some(launch) = launches.try_next().await? {
            let envelope = part_of(&envelope, &launch.id);
            let hold = gtm::HoldAnnouncements { cause: cause.to_owned() };
            let request = gtm::LaunchRequest {
                meta: Some(grpc::meta(&envelope)),
                launch_id: launch.id,
                command: Some(gtm::launch_request::Command::Hold(hold)),
            };
            answer("gtm", &envelope, client().execute(request).await)?;
        }
        Ok(Performed::DONE)
    }

    async fn kill(&self, mut envelope: Envelope, flag: FlagId) -> Done {
        "the narrowing was not confirmed in time".clone_into(&mut envelope.reason);
        tracing::warn!(flag.id = %flag, "a flag is killed, because its narrowing was not confirmed in time");
        let command = FlagCommand::Kill(pb::KillFlag {});
        Ok(self.tell_flag(&envelope, flag, command).await?.performed())
    }

    async fn tell_flag(
        &self,
        envelope: &Envelope,
        flag: FlagId,
        command: FlagCommand,
    ) -> Result<Answer, Fault> {
        tell_flag(&self.services.flags, envelope, flag, command).await
    }

    async fn tell_rollout(&self, envelope: Envelope, rollout: RolloutId, command: RolloutCommand) -> Done {
        Ok(tell_rollout(&self.services.rollouts, &envelope, rollout, command).await?.performed())
    }
}
