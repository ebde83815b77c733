//! A breach over a past that cannot be read: safety needs no understanding (design clauses 16 and 18).

use verdict_kernel::check::CheckState;
use verdict_kernel::id::GuardrailId;
use verdict_metrics_domain::evaluation::{Answer, Severity};
use verdict_metrics_domain::guardrail::{Breach, Effect, Event, StageAttempt};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::Envelope;

use super::{Evaluation, unanswered};
use crate::board::guardrails;

/// The breach that an answer would lead to, as far as the board knows; `None` when it is no Fail, or there is no stage
/// attempt to take back.
pub(super) fn breach(
    entry: &guardrails::Entry,
    answer: &Answer,
    attempt: Option<&StageAttempt>,
) -> Option<Breach> {
    let guardrail = entry.state.guardrail().filter(|_| answer.state == CheckState::Fail)?;
    // What a shadow would have done is a note, and needs no haste.
    let (arming, effect) = (&guardrail.arming, guardrail.effect);
    if effect == Effect::Shadow {
        return None;
    }
    Some(Breach {
        rollout: arming.rollout,
        at: attempt?.clone(),
        metric: arming.metric.clone(),
        as_of: answer.as_of?,
        required: arming.terms.rule.to_string(),
        seen: answer.seen.clone(),
        critical: matches!(arming.terms.severity, Severity::Critical { .. }),
        effect,
    })
}

impl Evaluation {
    /// Appends it without folding. Whoever follows breaches reads one like any other; its id derives from guardrail,
    /// window and state, so it is one however often it is tried.
    pub(super) async fn breach_blind(
        &self,
        id: GuardrailId,
        envelope: &Envelope,
        breach: Option<Breach>,
    ) -> Result<(), Fault> {
        let Some(breach) = breach.filter(|breach| !self.was_blind(id, breach)) else {
            return Ok(());
        };
        tracing::error!(guardrail.id = %id, "raising a breach of guardrail {id} without reading its past");
        let attempt = breach.at.attempt;
        let raised =
            self.guardrails.append_blind(envelope, &id.to_string(), &[Event::Breached(breach)]).await;
        raised.map_err(unanswered)?;
        self.blind.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(id, attempt);
        Ok(())
    }

    /// Whether a breach of that attempt was raised blind already, by this process: it joins nothing to repeat it.
    fn was_blind(&self, id: GuardrailId, breach: &Breach) -> bool {
        let blind = self.blind.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        blind.get(&id).is_some_and(|attempt| *attempt >= breach.at.attempt)
    }
}
