//! What the board shows, and how an event changes it.

use verdict_runtime::log::Recorded;
use verdict_stored::{DecodeError, Metadata, parse};

use super::guardrails::Guardrails;
use super::incidents::Incidents;
use super::metrics::Metrics;
use super::rollouts::Rollouts;

/// Metrics, guardrails, rollouts and open incidents as the log has them.
#[derive(Debug, Default)]
pub struct View {
    pub metrics: Metrics,
    pub guardrails: Guardrails,
    pub rollouts: Rollouts,
    pub incidents: Incidents,
}

impl View {
    /// Folds one event. False = this version cannot read it: the view is as it was, and knows that of a guardrail whose
    /// past it does not understand. One bad stream turns off itself and not the board (design clause 18).
    pub(super) fn apply(&mut self, event: &Recorded) -> bool {
        let Err(error) = self.fold(event) else {
            return true;
        };
        let fault = event.unreadable(&error);
        match error {
            DecodeError::UnknownType => {}
            DecodeError::Malformed(_) | DecodeError::Missing(_) => {
                tracing::error!(%fault, "the board goes on past an event: {fault}");
            }
        }
        if let Some(("metrics.guardrail", name)) = event.stream.split_once('-') {
            self.guardrails.turn_off(name, event, fault);
        }
        false
    }

    fn fold(&mut self, event: &Recorded) -> Result<(), DecodeError> {
        let metadata: Metadata = parse(&event.metadata)?;
        match event.stream.split_once('-') {
            Some(("metrics.metric", id)) => self.metrics.apply(id, event, &metadata),
            Some(("metrics.guardrail", id)) => self.guardrails.apply(id, event, &metadata),
            Some(("metrics.incident", id)) => self.incidents.apply(id, event),
            Some(("rollouts.rollout", id)) => self.rollouts.apply(id, event, &metadata),
            Some(_) | None => Ok(()),
        }
    }
}

/// The id that a stream name ends with.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, DecodeError> {
    text.parse()
        .map_err(|_| DecodeError::Malformed(format!("the stream's name ends with '{text}', which is no id")))
}
