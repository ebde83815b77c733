//! Guardrails that are left alone: while nothing changes of which an answer is made, there is nothing to look for. There
//! may be hundreds of them, and every row that comes makes the evaluation go round.

use jiff::Timestamp;
use verdict_metrics_domain::metric;
use verdict_runtime::component::Fault;

use super::watch::Known;
use super::{Evaluation, GuardrailId, SharedWatch};
use crate::board::{View, guardrails, rollouts};

/// Whether a guardrail is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quiet {
    /// Its stored rows are to be read first.
    Unread,
    No,
    /// `None` = until something happens.
    Until(Option<Timestamp>),
}

impl Evaluation {
    /// Whether nothing is to be done about a guardrail whatever its rows say.
    pub(super) fn has_nothing_to_do(&self, view: &View, id: GuardrailId, entry: &guardrails::Entry) -> bool {
        unsound(view, entry).is_none() && !self.has_to_reconsider(view, id, entry)
    }
}

/// Whether to leave alone a guardrail of which the log says what is `known`; `None` = something is to be done about it.
/// One that is being judged at this moment is not quiet.
pub(super) fn quiet(watch: &SharedWatch, armed_at: Timestamp, known: Option<Known>, now: Timestamp) -> Quiet {
    let Ok(watch) = watch.try_lock() else {
        return Quiet::No;
    };
    if !watch.is_loaded(armed_at) {
        return Quiet::Unread;
    }
    let rest = known.and_then(|known| watch.rests(known, now));
    rest.map_or(Quiet::No, |rest| Quiet::Until(rest.until))
}

/// What the log says of a guardrail and of where its rollout is.
pub(super) fn known(view: &View, entry: &guardrails::Entry) -> Known {
    let rollout = entry.state.guardrail().and_then(|guardrail| view.rollouts.get(guardrail.arming.rollout));
    Known { version: entry.version, attempt: rollout.and_then(rollouts::Entry::attempt_number) }
}

/// Why a guardrail cannot be judged whatever its rows say. Nothing is taken of a metric that is retired.
pub(super) fn unsound(view: &View, entry: &guardrails::Entry) -> Option<Fault> {
    if let Some(fault) = entry.unanswerable() {
        return Some(fault.clone());
    }
    let listened_to = view.metrics.get(entry.metric?)?;
    matches!(listened_to.state, metric::State::Retired(..)).then(|| {
        let metric = entry.state.guardrail().map_or("", |guardrail| &guardrail.arming.metric);
        Fault::Other(format!("the metric '{metric}' is retired: restore it, or disarm the guardrail"))
    })
}
