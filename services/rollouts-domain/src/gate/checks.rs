//! The checks themselves: one small function for each, which adds its lines to the report of the gate.

use std::time::Duration;

use verdict_kernel::check::{Check, CheckState, Text, Unknown};
use verdict_kernel::clock::between;
use verdict_kernel::rule::RuleId;

use super::{
    Answer, CORE_FLOW_VERIFIED, FlagFact, Gate, GuardrailFact, MetricFact, MetricKind, OPEN_P0_BUGS, Soak,
    Watch,
};
use crate::rollout::plan::Mode;

type Rule = fn(&Gate<'_>, &mut Vec<Check>);

/// Every check in the order of judgement; the first that does not pass names the refusal.
pub(super) const ALL: [Rule; 13] = [
    kill,
    hold,
    guardrails,
    watch,
    freshness,
    soak,
    minimum_sample,
    metric_watch,
    guardrail_armed,
    gate_metrics,
    instrumentation,
    open_p0_bugs,
    core_flow_verified,
];

/// Spells [`FRESHNESS`](super::FRESHNESS); a test holds the two together.
pub(super) const FRESH: &str = "facts confirmed within 5 s";
/// Spells [`CLOCK_TOLERANCE`](super::CLOCK_TOLERANCE); the same test holds these two together.
pub(super) const ALIKE: &str = "own clock within 2 s of the log's";

const INSUFFICIENT: CheckState = CheckState::Unknown(Unknown::Insufficient);

fn line(rule: RuleId, name: &'static str, state: CheckState) -> Check {
    Check {
        rule,
        name,
        state,
        required: Text::default(),
        seen: Text::default(),
        source: String::new(),
        next: String::new(),
    }
}

/// The next command is worth a word only while the check does not pass.
fn advise(mut check: Check, next: impl FnOnce() -> String) -> Check {
    if !check.state.is_pass() {
        check.next = next();
    }
    check
}

/// F3: nothing widens a killed flag.
fn kill(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let (state, seen, source) = match &gate.facts.flag {
        FlagFact::Unknown(why) => (CheckState::Unknown(Unknown::NoData), why.clone().into(), String::new()),
        FlagFact::Known { killed, source, .. } => {
            let seen = if *killed { "killed" } else { "not killed" };
            (CheckState::from_bool(!killed), seen.into(), source.clone())
        }
    };
    let check = Check {
        required: "the flag exists and is not killed".into(),
        seen,
        source,
        ..line(RuleId::F3, "kill", state)
    };
    report.push(advise(check, || "verdict flag revive <flag> --reason <why>".to_owned()));
}

/// R11: what a rollback took back stays back until the hold is released.
fn hold(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let FlagFact::Known { held, source, .. } = &gate.facts.flag else {
        return;
    };
    let check = Check {
        required: "the flag is not held".into(),
        seen: if *held { "held" } else { "not held" }.into(),
        source: source.clone(),
        ..line(RuleId::R11, "hold", CheckState::from_bool(!held))
    };
    report.push(advise(check, || "verdict flag release-hold <flag> --reason <why>".to_owned()));
}

fn guardrail_line(rule: RuleId, name: &'static str, state: CheckState, fact: &GuardrailFact) -> Check {
    let check = Check {
        required: format!("{}: {}", fact.metric, fact.required).into(),
        seen: fact.seen.clone().into(),
        source: fact.source.clone(),
        ..line(rule, name, state)
    };
    advise(check, || format!("verdict metric observe {}", fact.metric))
}

/// R9a, M4, R16: every guardrail passes, on an answer that is fresh.
fn guardrails(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let doubt = gate.confirmed().err().map(|(unknown, _)| unknown);
    let judge = |fact: &GuardrailFact| {
        let state = doubt.map_or(fact.state, CheckState::Unknown);
        let rule = match (doubt, state) {
            (Some(_), _) => RuleId::R16,
            (None, CheckState::Unknown(Unknown::Stale | Unknown::Unhealthy)) => RuleId::M4,
            (None, CheckState::Unknown(Unknown::NoData | Unknown::Insufficient | Unknown::Inconclusive)) => {
                RuleId::M10
            }
            (None, CheckState::Pass | CheckState::Fail) => RuleId::R9a,
        };
        guardrail_line(rule, "guardrail", state, fact)
    };
    let sampled = |fact: &&GuardrailFact| doubt.is_some() || fact.state != INSUFFICIENT;
    report.extend(gate.facts.guardrails().iter().filter(sampled).map(judge));
}

/// R15: somebody watches.
fn watch(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let (passed, seen): (_, Text) = match gate.watch {
        Watch::Held => (true, "watched".into()),
        Watch::Lost(at) => (false, format!("last renewed at {at}").into()),
    };
    report.push(Check {
        required: "the metrics service watches the rollout".into(),
        seen,
        ..line(RuleId::R15, "watch", CheckState::from_bool(passed))
    });
}

/// R16: the owner of the facts confirmed them just now, by a clock that can tell.
fn freshness(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let (state, seen, source) = match gate.confirmed() {
        Ok(given) => (CheckState::Pass, format!("confirmed at {}", given.at), given.source.clone()),
        Err((unknown, seen)) => (CheckState::Unknown(unknown), seen, String::new()),
    };
    let (required, source) = match &gate.facts.metrics {
        Answer::Undated(_, clocks) => (ALIKE, clocks.source.clone()),
        Answer::Silent(_) | Answer::Given(_) => (FRESH, source),
    };
    report.push(Check {
        required: required.into(),
        seen: seen.into(),
        source,
        ..line(RuleId::R16, "freshness", state)
    });
}

/// R3: the step, and on the last one the stage, has soaked.
fn soak(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let check = match gate.soak {
        Soak::Interrupted => Check {
            required: format!("a full soak on {}", gate.from).into(),
            seen: "paused; the soak starts again on resume".into(),
            next: "verdict rollout resume <rollout>".to_owned(),
            ..line(RuleId::R3, "soak", CheckState::Fail)
        },
        Soak::Until(due) => {
            let left = between(gate.at, due);
            let seen: Text =
                if left.is_zero() { "soaked".into() } else { format!("{} left", spell(left)).into() };
            Check {
                required: format!("soak on {} until {due}", gate.from).into(),
                seen,
                ..line(RuleId::R3, "soak", CheckState::from_bool(gate.at >= due))
            }
        }
    };
    report.push(check);
}

/// M10: below the minimum sample a guardrail neither breaches nor passes.
fn minimum_sample(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let Ok(given) = gate.confirmed() else {
        return;
    };
    let insufficient = |fact: &&GuardrailFact| fact.state == INSUFFICIENT;
    let judge = |fact: &GuardrailFact| guardrail_line(RuleId::M10, "minimum_sample", fact.state, fact);
    report.extend(given.guardrails.iter().filter(insufficient).map(judge));
}

/// A demand on facts of the metrics context, Unknown while they do not count.
fn demand(gate: &Gate<'_>, rule: RuleId, name: &'static str, required: &'static str, seen: usize) -> Check {
    let (state, seen) = match gate.confirmed() {
        Ok(_) => (CheckState::from_bool(seen > 0), seen.to_string()),
        Err((unknown, why)) => (CheckState::Unknown(unknown), why),
    };
    Check { required: required.into(), seen: seen.into(), ..line(rule, name, state) }
}

/// F6: a flag that reaches users is paired with a metric that watches it.
fn metric_watch(gate: &Gate<'_>, report: &mut Vec<Check>) {
    if !gate.is_external() {
        return;
    }
    let guardrails = gate.facts.guardrails().len();
    let known = gate.facts.metrics().iter().filter(|fact| fact.kind.is_some());
    let check = demand(
        gate,
        RuleId::F6,
        "metric_watch",
        "at least 1 metric watches the flag",
        guardrails + known.count(),
    );
    report.push(advise(check, || "verdict guardrail arm --rollout <rollout> --metric <key>".to_owned()));
}

/// B2: a guardrail is armed before users beyond the team are reached.
fn guardrail_armed(gate: &Gate<'_>, report: &mut Vec<Check>) {
    if !gate.is_external() {
        return;
    }
    let required = match gate.mode {
        Mode::ZeroToOne => "at least 1 guardrail before the first external exposure",
        Mode::Scaling => "at least 1 guardrail",
    };
    let check = demand(gate, RuleId::B2, "guardrail_armed", required, gate.facts.guardrails().len());
    report.push(advise(check, || "verdict guardrail arm --rollout <rollout> --metric <key>".to_owned()));
}

/// M2: a lagging metric says nothing while a rollout runs, so it is no fact for a gate.
fn gate_metrics(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let lagging = |fact: &&MetricFact| fact.kind == Some(MetricKind::Lagging);
    let refuse = |fact: &MetricFact| Check {
        required: "leading, core and guardrail metrics only".into(),
        seen: format!("{} is lagging", fact.metric).into(),
        source: fact.source.clone(),
        next: "agree on another metric: verdict bet agree-metrics <bet>".to_owned(),
        ..line(RuleId::M2, "gate_metric", CheckState::Fail)
    };
    report.extend(gate.facts.metrics().iter().filter(lagging).map(refuse));
}

/// M9: each metric that must prove itself has received a real event before the team is left.
fn instrumentation(gate: &Gate<'_>, report: &mut Vec<Check>) {
    if !gate.is_external() {
        return;
    }
    let doubt = gate.confirmed().err().map(|(unknown, _)| unknown);
    let judge = |fact: &MetricFact| {
        let seen = match (fact.kind, fact.instrumented) {
            (None, _) => "no such metric",
            (Some(_), true) => "received",
            (Some(_), false) => "nothing received",
        };
        let state = match (doubt, fact.instrumented) {
            (Some(unknown), _) => CheckState::Unknown(unknown),
            (None, true) => CheckState::Pass,
            (None, false) => CheckState::Unknown(Unknown::NoData),
        };
        let check = Check {
            required: format!("{}: at least 1 real event", fact.metric).into(),
            seen: seen.into(),
            source: fact.source.clone(),
            ..line(RuleId::M9, "instrumentation", state)
        };
        advise(check, || format!("verdict metric observe {}", fact.metric))
    };
    let must_prove = |fact: &&MetricFact| fact.kind != Some(MetricKind::Lagging);
    report.extend(gate.facts.metrics().iter().filter(must_prove).map(judge));
}

/// R6: no open P0 bug.
fn open_p0_bugs(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let fixed = |value: &str| value.trim().parse() == Ok(0_u32);
    report.extend(evidence(gate, OPEN_P0_BUGS, "0", fixed, "--value 0"));
}

/// R6: somebody went through the core flow.
fn core_flow_verified(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let verified = |value: &str| !is_denial(value);
    report.extend(evidence(gate, CORE_FLOW_VERIFIED, "verified", verified, ""));
}

/// `no` and `false` take the evidence back.
fn is_denial(value: &str) -> bool {
    ["no", "false"].iter().any(|denial| value.trim().eq_ignore_ascii_case(denial))
}

fn evidence(
    gate: &Gate<'_>,
    kind: &'static str,
    required: &'static str,
    satisfies: fn(&str) -> bool,
    value: &str,
) -> Option<Check> {
    if !gate.asks_for_evidence() {
        return None;
    }
    let found = gate.evidence.get(kind);
    let (state, seen, source) = found.map_or_else(
        || (CheckState::Unknown(Unknown::NoData), "no evidence".to_owned(), String::new()),
        |found| {
            let state = CheckState::from_bool(satisfies(&found.value));
            (state, found.value.clone(), format!("recorded at {}", found.at))
        },
    );
    let check =
        Check { required: required.into(), seen: seen.into(), source, ..line(RuleId::R6, kind, state) };
    let next =
        || format!("verdict rollout record-evidence <rollout> --kind {kind} {value}").trim_end().to_owned();
    Some(advise(check, next))
}

/// A duration in its two largest units, for a person.
pub(crate) fn spell(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];
    let first = units.iter().position(|(size, _)| seconds >= *size);
    let Some(first) = first else {
        return "0 s".to_owned();
    };
    let (size, unit) = units[first];
    let largest = format!("{} {unit}", seconds / size);
    match units.get(first + 1) {
        Some((next, unit)) if seconds % size >= *next => {
            format!("{largest} {} {unit}", seconds % size / next)
        }
        Some(_) | None => largest,
    }
}
