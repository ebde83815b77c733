//! The lives of a metric, of a guardrail that breaks and recovers, and of the incident that follows.

use std::num::NonZeroU32;
use std::time::Duration;

use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::id::{BetId, FlagId, RolloutId};
use verdict_kernel::metric_type::MetricType;
use verdict_kernel::value::Value;
use verdict_metrics_domain::evaluation::{Aggregation, Comparison, Judge, Rule, Severity, Threshold};
use verdict_metrics_domain::guardrail::{self, Answer, Arm, Guardrail, StageAttempt};
use verdict_metrics_domain::incident::{self, Incident, Origin, Report, Triage};
use verdict_metrics_domain::metric::{self, Define, Facts, Goal, Metric, Proof, Trend};

use crate::{Life, command_id, hour, issued};

fn value(number: f64) -> Value {
    Value::new(number).expect("a finite number")
}

pub(crate) fn metric() -> Life<Metric> {
    let revise = |target: f64| {
        metric::Command::Revise(Goal { target: Some(value(target)), baseline: None, good: Trend::Increase })
    };
    let life = [
        metric::Command::Define(Define {
            key: "trial_starts".to_owned(),
            kind: MetricType::Leading,
            unit: "count".to_owned(),
            good: Trend::Increase,
            target: Some(value(120.0)),
            baseline: Some(value(100.0)),
            refresh: Some(Duration::from_hours(1)),
            aggregation: Aggregation::Mean,
            leads_to: vec!["checkout_conversion".to_owned()],
        }),
        metric::Command::VerifyInstrumentation(Proof { source: "web".to_owned(), window_end: hour(1) }),
        metric::Command::Activate,
        revise(130.0),
        revise(140.0),
        revise(150.0),
        metric::Command::Retire,
        metric::Command::Restore,
    ];
    let kinds = [("checkout_conversion".to_owned(), Some(MetricType::Core))].into();
    let facts = Facts { kinds, rows: None };
    life.into_iter().map(|command| (command, facts.clone(), issued(2))).collect()
}

fn answer(state: CheckState, at: i64, attempt: u32) -> guardrail::Command {
    guardrail::Command::Answer(Answer {
        state,
        as_of: hour(at),
        seen: "41.2".to_owned(),
        sample: 3,
        found_at: hour(at),
        attempt: Some(StageAttempt {
            stage: "beta".to_owned(),
            stage_index: 2,
            attempt,
            flag: FlagId::created_by(command_id("flag")),
            bet: Some(BetId::created_by(command_id("bet"))),
        }),
    })
}

fn known() -> guardrail::Known {
    guardrail::Known {
        kind: MetricType::Guardrail,
        good: Trend::Increase,
        target: None,
        baseline: None,
        observed: Vec::new(),
        unit: String::new(),
        refresh: Duration::from_mins(5),
        aggregation: Aggregation::Mean,
        diluted: None,
    }
}

pub(crate) fn guardrail() -> Life<Guardrail> {
    let arm = Arm {
        metric: "checkout_cpu".to_owned(),
        rollout: RolloutId::created_by(command_id("rollout")),
        rule: Rule::Threshold(Threshold {
            comparison: Comparison::Below,
            value: value(50.0),
            for_points: NonZeroU32::MIN.saturating_add(2),
        }),
        min_sample: 0,
        severity: Severity::Normal,
        effect: guardrail::Effect::Rollback,
        judge: Judge::default(),
    };
    let mut life = vec![guardrail::Command::Arm(arm)];
    for episode in 0..4_u32 {
        let at = i64::from(episode) * 10;
        life.extend([
            answer(CheckState::Pass, at + 1, episode + 1),
            answer(CheckState::Unknown(Unknown::Stale), at + 2, episode + 1),
            answer(CheckState::Fail, at + 3, episode + 1),
            guardrail::Command::Acknowledge { attempt: None },
        ]);
    }
    life.extend([answer(CheckState::Pass, 50, 5), guardrail::Command::Disarm, guardrail::Command::Rearm]);
    life.into_iter().map(|command| (command, Some(known()), issued(60))).collect()
}

pub(crate) fn incident() -> Life<Incident> {
    let triage = |severity| {
        incident::Command::Triage(Triage {
            severity,
            team: "checkout".to_owned(),
            stakeholders: vec!["support".to_owned(), "sales".to_owned()],
        })
    };
    let life = [
        incident::Command::Report(Report {
            origin: Origin::Rollback {
                rollout: RolloutId::created_by(command_id("rollout")),
                stage: "beta".to_owned(),
                attempt: 3,
                cause: command_id("breach").as_uuid(),
            },
            severity: incident::Severity::P2,
            title: "checkout_cpu fell below 50".to_owned(),
        }),
        triage(incident::Severity::P2),
        triage(incident::Severity::P1),
        incident::Command::StartResponse,
        incident::Command::Mitigate { fix: "exposure taken back".to_owned() },
        incident::Command::Resolve { verification: "quiet for 30 minutes".to_owned() },
        incident::Command::Reopen,
        incident::Command::Mitigate { fix: "the database has its index again".to_owned() },
        incident::Command::Resolve { verification: "quiet for a day".to_owned() },
    ];
    life.into_iter().map(|command| (command, (), issued(0))).collect()
}
