//! What a scraper is told of guardrails and incidents.

use jiff::Timestamp;
use verdict_kernel::clock::between;
use verdict_kernel::id::GuardrailId;
use verdict_metrics_domain::incident::Severity;
use verdict_runtime::http::health::Figure;
use verdict_runtime::telemetry::families::{self, Sample};

use crate::board::{Board, View};

/// The figures of this moment, as far as the board has read.
pub(crate) fn of(board: &Board) -> Vec<Figure> {
    board.read(|view| {
        vec![
            Figure {
                name: "verdict_guardrail_breached",
                kind: "gauge",
                help: "Guardrails with an open breach in a rollout that is not over.",
                value: breached(view),
            },
            Figure {
                name: "verdict_guardrail_would_have_breached_total",
                kind: "counter",
                help: "Breaches that guardrails of effect shadow did not raise.",
                value: would_have_breached(view),
            },
        ]
    })
}

/// What has labels: open incidents by severity, and how old the newest point of each guardrail is.
pub(crate) fn publish(board: &Board, newest: &[(GuardrailId, Option<Timestamp>)], now: Timestamp) {
    let (incidents, ages) = board.read(|view| (by_severity(view), ages(view, newest, now)));
    families::publish(
        "verdict_incidents_open",
        "Incidents that are neither resolved nor in the backlog.",
        incidents,
    );
    families::publish(
        "verdict_guardrail_point_age_seconds",
        "Age of the newest point of a guardrail that this replica judges; since it was armed where it has none.",
        ages,
    );
}

fn by_severity(view: &View) -> Vec<Sample> {
    let sample = |severity: Severity| Sample {
        labels: vec![("severity", severity.as_str().to_owned())],
        value: u32::try_from(view.incidents.open(severity)).map_or(f64::INFINITY, f64::from),
    };
    Severity::ALL.map(sample).into()
}

fn ages(view: &View, newest: &[(GuardrailId, Option<Timestamp>)], now: Timestamp) -> Vec<Sample> {
    let sample = |(id, newest): &(GuardrailId, Option<Timestamp>)| {
        let entry = view.guardrails.get(*id).filter(|entry| entry.state.is_watching())?;
        let arming = &entry.state.guardrail()?.arming;
        let is_on = view.rollouts.get(arming.rollout).is_none_or(|rollout| !rollout.is_finished());
        is_on.then(|| Sample {
            labels: vec![
                ("guardrail", id.to_string()),
                ("metric", arming.metric.clone()),
                ("rollout", arming.rollout.to_string()),
            ],
            value: between(newest.unwrap_or(entry.armed_at), now).as_secs_f64(),
        })
    };
    newest.iter().filter_map(sample).collect()
}

fn breached(view: &View) -> u64 {
    let is_running = |rollout| view.rollouts.get(rollout).is_none_or(|entry| !entry.is_finished());
    let open = view.guardrails.all().filter(|entry| {
        let rollout = entry.state.guardrail().map(|guardrail| guardrail.arming.rollout);
        entry.state.is_breached() && rollout.is_some_and(is_running)
    });
    number(open.count())
}

fn would_have_breached(view: &View) -> u64 {
    let counts = view.guardrails.all().filter_map(|entry| entry.state.guardrail());
    counts.map(|guardrail| u64::from(guardrail.shadowed.count)).sum()
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use verdict_proto::metrics::v1 as pb;
    use verdict_proto::metrics::v1::guardrail_request::Command;
    use verdict_runtime::telemetry::testing::Warned;

    use super::{ages, by_severity};
    use crate::testing::{World, accepted, arm, meta};

    #[tokio::test]
    async fn a_breach_is_a_line_of_level_warn_that_says_what_broke() {
        let warned = Warned::default();
        let _here = tracing::subscriber::set_default(warned.clone());
        // While there is one alone, a thread that has none settles for all threads that nobody listens.
        let _another = tracing::Dispatch::new(Warned::default());
        let (world, rollout, guardrail) = World::guarded().await;
        world.minute(40.0).await;
        assert_eq!(warned.said(), Vec::<String>::new());
        for _ in 0..2 {
            world.minute(40.0).await;
        }
        world.settle().await;
        let said = warned.said();
        let said = said.first().expect("somebody is told");
        for word in
            ["a guardrail broke", &guardrail, &rollout.to_string(), "metric=\"cpu\"", "effect=\"rollback\""]
        {
            assert!(said.contains(word), "{word} is not in {said}");
        }
    }

    fn figures(world: &World) -> Vec<u64> {
        world.context.ingest().figures().into_iter().map(|figure| figure.value).collect()
    }

    #[tokio::test]
    async fn a_breach_an_open_incident_and_what_a_shadow_saw_are_counted() {
        let (world, rollout, guardrail) = World::guarded().await;
        let above = pb::Threshold {
            comparison: Some(pb::Comparison::Below.into()),
            value: Some("60".to_owned()),
            for_points: Some(1),
        };
        let shadow = pb::ArmGuardrail {
            effect: pb::GuardrailEffect::Shadow.into(),
            rule: Some(pb::arm_guardrail::Rule::Threshold(above)),
            ..arm("cpu", rollout)
        };
        world.arm(shadow).await;
        world.minute(90.0).await;
        assert_eq!(figures(&world), [0, 0]);
        for _ in 0..3 {
            world.minute(40.0).await;
        }
        world.settle().await;
        assert_eq!(figures(&world), [1, 1]);
        let report = pb::incident_request::Command::Report(pb::ReportIncident {
            severity: pb::Severity::P1.into(),
            title: "cpu fell".to_owned(),
            ..pb::ReportIncident::default()
        });
        let request = pb::IncidentRequest { meta: Some(meta()), command: Some(report), ..Default::default() };
        let reply = world.incidents().execute(request).await.unwrap().into_inner();
        accepted(reply);
        let retract = Command::Retract(pb::RetractBreach::default());
        accepted(world.guardrail(&guardrail, retract).await);
        world.settle().await;
        assert_eq!(figures(&world), [0, 1]);
        let open = world.context.ingest().board().read(by_severity);
        assert_eq!(open.iter().map(|sample| sample.value).collect::<Vec<_>>(), [0.0, 1.0, 0.0, 0.0]);
    }

    #[tokio::test]
    async fn a_guardrail_that_nothing_is_measured_for_is_seen_to_grow_old() {
        let (world, rollout, guardrail) = World::guarded().await;
        world.minute(90.0).await;
        world.settle().await;
        let ages = || {
            let ingest = world.context.ingest();
            ingest.board().read(|view| ages(view, &ingest.newest(), world.now()))
        };
        let young = ages();
        assert_eq!(young.len(), 1, "{young:?}");
        let labels =
            [("guardrail", guardrail), ("metric", "cpu".to_owned()), ("rollout", rollout.to_string())];
        assert_eq!((young[0].labels.as_slice(), young[0].value), (labels.as_slice(), 0.0));
        world.clock.advance(std::time::Duration::from_secs(90));
        assert_eq!(ages().iter().map(|sample| sample.value).collect::<Vec<_>>(), [90.0]);
        world.abort(rollout).await;
        world.settle().await;
        assert_eq!(ages(), []);
    }
}
