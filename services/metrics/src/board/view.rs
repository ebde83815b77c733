//! What the board shows, and how an event changes it.

use verdict_runtime::log::Recorded;
use verdict_runtime::wire::{DecodeError, Metadata, parse};

use super::guardrails::Guardrails;
use super::metrics::Metrics;
use super::rollouts::Rollouts;

/// Metrics, guardrails and rollouts as the log has them.
#[derive(Debug, Default)]
pub struct View {
    pub metrics: Metrics,
    pub guardrails: Guardrails,
    pub rollouts: Rollouts,
}

impl View {
    /// Folds one event. False = its type is not known to this version. On an error the view is as it was.
    pub(super) fn apply(&mut self, event: &Recorded) -> Result<bool, DecodeError> {
        let metadata: Metadata = parse(&event.metadata)?;
        let applied = match event.stream.split_once('-') {
            Some(("metrics.metric", id)) => self.metrics.apply(id, event, &metadata),
            Some(("metrics.guardrail", id)) => self.guardrails.apply(id, event, &metadata),
            Some(("rollouts.rollout", id)) => self.rollouts.apply(id, event, &metadata),
            Some(_) | None => Ok(()),
        };
        match applied {
            Ok(()) => Ok(true),
            Err(DecodeError::UnknownType) => Ok(false),
            Err(error @ (DecodeError::Malformed(_) | DecodeError::Missing(_))) => Err(error),
        }
    }
}

/// The id that a stream name ends with.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, DecodeError> {
    text.parse()
        .map_err(|_| DecodeError::Malformed(format!("the stream's name ends with '{text}', which is no id")))
}
