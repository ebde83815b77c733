//! From the request to the domain: every field is checked here, once.

use std::time::Duration;

use verdict_kernel::id::MetricId;
use verdict_metrics_domain::metric::{Command, Define, Goal, Proof, Retraction, Trend};
use verdict_metrics_wire::metric::{read_aggregation, read_metric_type, read_trend};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::metrics::v1::metric_request::Command as Asked;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{self, NAMES, each, missing, name, optional, time};
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};

use super::super::asked::{key, metric_id};

/// A valid command and what it is about.
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: MetricId,
    pub(super) command: Command,
}

pub(super) fn extract(mut request: pb::MetricRequest) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.metric_id, &request)?;
    let org = envelope.principal.org.as_str();
    let asked = fields::command(request.command)?;
    let command = command(asked)?;
    let id = match &command {
        Command::Define(wanted) => MetricId::of(org, &wanted.key),
        Command::VerifyInstrumentation(_)
        | Command::Activate
        | Command::Revise(_)
        | Command::Retire
        | Command::Restore
        | Command::RetractObservations(_) => metric_id("metric_id", org, &request.metric_id)?,
    };
    if matches!(command, Command::Define(_)) && !request.metric_id.is_empty() {
        let detail = "the id of a metric follows from its key";
        return Err(Problem::field(Code::InvalidField, "metric_id", detail).hint("leave it empty"));
    }
    Ok(Checked { envelope, id, command })
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Define(define) => Command::Define(wanted(&define)?),
        Asked::VerifyInstrumentation(verify) => Command::VerifyInstrumentation(Proof {
            source: name("verify_instrumentation.source", &verify.source)?,
            window_end: time("verify_instrumentation.window_end", &verify.window_end)?,
        }),
        Asked::Activate(_) => Command::Activate,
        Asked::Revise(revise) => Command::Revise(Goal {
            target: optional("revise.target", &revise.target)?,
            baseline: optional("revise.baseline", &revise.baseline)?,
            good: good("revise.good", revise.good())?,
        }),
        Asked::Retire(_) => Command::Retire,
        Asked::Restore(_) => Command::Restore,
        Asked::RetractObservations(retract) => Command::RetractObservations(Retraction {
            source: name("retract_observations.source", &retract.source)?,
            from: time("retract_observations.from", &retract.from)?,
            to: time("retract_observations.to", &retract.to)?,
        }),
    })
}

fn wanted(define: &pb::DefineMetric) -> Result<Define, Problem> {
    Ok(Define {
        key: key("define.key", &define.key)?,
        kind: read_metric_type(define.r#type())
            .ok_or_else(|| missing("define.type").hint("leading, core, lagging or guardrail"))?,
        unit: define.unit.trim().to_owned(),
        good: good("define.good", define.good())?,
        target: optional("define.target", &define.target)?,
        baseline: optional("define.baseline", &define.baseline)?,
        refresh: match define.refresh_seconds {
            0 => None,
            seconds => Some(Duration::from_secs(seconds.into())),
        },
        aggregation: read_aggregation(define.aggregation()).unwrap_or_default(),
        leads_to: each("define.leads_to", NAMES, &define.leads_to, |field, link| key(field, link))?,
    })
}

fn good(field: &str, trend: pb::Trend) -> Result<Trend, Problem> {
    read_trend(trend).ok_or_else(|| missing(field).hint("increase or decrease"))
}
