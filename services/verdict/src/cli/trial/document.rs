//! The guardrail that was tried, as a document. It begins in shadow (rule R21): it says what it would have done and does
//! nothing.

use std::io::Write;

use verdict_documents::bet::Trend;
use verdict_documents::metric::{
    Aggregation, Effect, GuardrailSpec, Judge, MetricDefinitionSpec, MetricType, Severity,
};
use verdict_documents::{Decimal, Document, Key, Metadata, Reference, Spec, read, write};
use verdict_metrics_domain::evaluation::{Comparison, Rule, Terms, Threshold};

use super::Trial;
use crate::cli::output::{self, Failure, Format};

pub(super) fn print(
    trial: &Trial,
    terms: &Terms,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let (metric, rollout) =
        (trial.metric.as_deref().unwrap_or_default(), trial.rollout.as_deref().unwrap_or_default());
    let document = document(metric, rollout, terms)?;
    let text = write([&document]);
    // What nobody could apply is not printed.
    if let Some(problem) = read("the document", &text).findings.first() {
        return Err(Failure::usage(problem.to_string()));
    }
    if format == Format::Json {
        return output::document(out, format, &document.to_json());
    }
    Ok(out.write_all(text.as_bytes())?)
}

fn document(metric: &str, rollout: &str, terms: &Terms) -> Result<Document, Failure> {
    let Rule::Threshold(Threshold { comparison, value, for_points }) = &terms.rule;
    let bound = Some(Decimal::from(value.to_string()));
    let (good, fails_above, fails_below) = match comparison {
        Comparison::Above => (Trend::Decrease, bound, None),
        Comparison::Below => (Trend::Increase, None, bound),
    };
    let seconds = Some(terms.refresh).filter(|refresh| refresh.subsec_nanos() == 0);
    let seconds = seconds.and_then(|refresh| i32::try_from(refresh.as_secs()).ok());
    let seconds = seconds.ok_or_else(|| {
        let step = super::shown::lasting(terms.refresh);
        Failure::usage(format!(
            "a document holds windows of whole seconds, and these are of {step}: give --step"
        ))
    })?;
    let guardrail = GuardrailSpec {
        key: Key::from(metric),
        rollout_ref: Reference::from(rollout),
        fails_above,
        fails_below,
        for_points: i32::try_from(for_points.get()).unwrap_or(i32::MAX),
        min_sample: 0,
        severity: Severity::Normal,
        critical_events: None,
        effect: Effect::Shadow,
        judge: Judge::Merged,
    };
    let spec = MetricDefinitionSpec {
        key: Some(Key::from(metric)),
        kind: MetricType::Guardrail,
        unit: None,
        good,
        target: None,
        baseline: None,
        refresh_seconds: Some(seconds),
        aggregation: Aggregation::Mean,
        leads_to: Vec::new(),
        guardrails: vec![guardrail],
    };
    let name = metric.to_ascii_lowercase().replace('_', "-");
    Ok(Document { metadata: Metadata::named(&name), spec: Spec::MetricDefinition(spec) })
}
