//! Reads: one guardrail from its stream, the list from the board.

use verdict_kernel::id::{GuardrailId, RolloutId};
use verdict_metrics_domain::evaluation::{Rule, Severity};
use verdict_metrics_domain::guardrail::{Last, Raised, State, Verdict};
use verdict_metrics_wire::guardrail::{ThresholdMessage, effect, judge};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::fields::{id, optional_id};
use verdict_runtime::log::Position;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::reading::{at_least, org, page_size, position, version};
use verdict_stored::field::Field;
use verdict_stored::ruled::Beside;
use verdict_stored::vocabulary::check_state;

use super::{GuardrailsApi, request};
use crate::board::guardrails::Entry;

impl GuardrailsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::GuardrailView, ExecuteError> {
        at_least(&request.at_least)?;
        let org = org(&request.org);
        let mut called = request.id.clone();
        request::called(self.repository.log(), "id", Caller::new(org, &request.team), &mut called).await?;
        let id = id::<GuardrailId>("id", &called)?.to_string();
        let folded = self.repository.find(org, &id).await?;
        let guardrail = folded.state.guardrail();
        Ok(pb::GuardrailView {
            late_sources: guardrail
                .map_or_else(Vec::new, |guardrail| self.ingest.too_late(org, &guardrail.arming.metric)),
            ..view(&id, &folded.state, folded.version, folded.last_position.as_ref(), &folded.beside)
        })
    }

    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::GuardrailList, ExecuteError> {
        at_least(&request.at_least)?;
        let (org, first) = (org(&request.org), page_size(request)?);
        let after = optional_id("after", &request.after)?;
        let mut of = request.of.clone();
        let caller = Caller::new(org, &request.team);
        naming::resolve(self.repository.log(), naming::ROLLOUTS, "of", caller, &mut of).await?;
        let of: Option<RolloutId> = optional_id("of", &of)?;
        self.board.refresh().await?;
        let at = self.board.position();
        Ok(self.board.read(|board| {
            let wanted = |entry: &Entry| {
                let guardrail = entry.state.guardrail();
                of.is_none_or(|of| guardrail.is_some_and(|guardrail| guardrail.arming.rollout == of))
            };
            let mut found = board.guardrails.of_org(org, after).filter(|(_, entry)| wanted(entry));
            let page = found.by_ref().take(first).map(|(id, entry)| {
                let position = Some(&entry.position);
                view(&id.to_string(), &entry.state, entry.version, position, &entry.beside)
            });
            let guardrails: Vec<_> = page.collect();
            let last = guardrails.last().filter(|_| found.next().is_some());
            pb::GuardrailList {
                next: last.map(|last| last.id.clone()).unwrap_or_default(),
                guardrails,
                position: position(at.as_ref()),
            }
        }))
    }
}

fn view(id: &str, state: &State, events: u64, at: Option<&Position>, beside: &Beside) -> pb::GuardrailView {
    let Some(guardrail) = state.guardrail() else {
        return pb::GuardrailView::default();
    };
    let (as_of, seen) = match &guardrail.last {
        Last::Nothing => (String::new(), String::new()),
        Last::Given { as_of, seen, .. } => (as_of.to_string(), seen.clone()),
    };
    let terms = &guardrail.arming.terms;
    pb::GuardrailView {
        id: id.to_owned(),
        version: version(events),
        position: position(at),
        metric: guardrail.arming.metric.clone(),
        rollout_id: guardrail.arming.rollout.to_string(),
        state: state.name().to_owned(),
        answer: check_state(guardrail.last.state()).into(),
        as_of,
        seen,
        required: terms.rule.to_string(),
        threshold: Some(threshold(&terms.rule)),
        min_sample: terms.min_sample,
        critical_events: match terms.severity {
            Severity::Normal => 0,
            Severity::Critical { events } => events,
        },
        critical: matches!(terms.severity, Severity::Critical { .. }),
        breaches: u32::try_from(guardrail.raised.len()).unwrap_or(u32::MAX),
        effect: effect(guardrail.effect).into(),
        would_have_breached: guardrail.shadowed.count,
        raised: guardrail.raised.iter().map(breach_fact).collect(),
        late_sources: Vec::new(),
        judge: judge(terms.judge).into(),
        key: beside.key(),
        managed_by: beside.keeper.clone(),
    }
}

fn threshold(rule: &Rule) -> pb::Threshold {
    let Rule::Threshold(threshold) = rule;
    ThresholdMessage::write(threshold)
}

/// A breach as its guardrail remembers it, which is without the event that raised it.
pub(super) fn breach_fact(raised: &Raised) -> pb::BreachFact {
    pb::BreachFact {
        breach_id: String::new(),
        stage: raised.stage.clone(),
        attempt: raised.attempt,
        at: raised.as_of.to_string(),
        acknowledged: raised.verdict == Verdict::Acknowledged,
        retracted: raised.verdict == Verdict::Retracted,
        critical: raised.critical,
        recovered: raised.recovered,
        effect: effect(raised.effect).into(),
        seen: raised.seen.clone(),
    }
}
