//! The checks themselves: one small function for each, which adds its lines to the report of the gate.

use verdict_kernel::check::{Check, CheckState, Text, Unknown};
use verdict_kernel::clock::between;
use verdict_kernel::instrumentation::{Due, proof};
use verdict_kernel::mode::Mode;
use verdict_kernel::rule::RuleId;

use super::{
    Answer, Doubt, EvidenceKind, FlagFact, FlagStanding, Gate, GuardrailEffect, GuardrailFact, MetricFact,
    Soak, Watch,
};
use crate::wording::spell;

type Rule = fn(&Gate<'_>, &mut Vec<Check>);

/// Every check in the order of judgement; the first that does not pass names the refusal.
pub(super) const ALL: [Rule; 13] = [
    kill,
    hold,
    taken_away,
    guardrails,
    watch,
    freshness,
    soak,
    minimum_sample,
    metric_watch,
    guardrail_armed,
    instrumentation,
    open_p0_bugs,
    core_flow_verified,
];

/// Spells [`FRESHNESS`](super::FRESHNESS); a test holds the two together.
pub(super) const FRESH: &str = "facts confirmed within 5 s";
/// Spells [`CLOCK_TOLERANCE`](super::CLOCK_TOLERANCE); the same test holds these two together.
pub(super) const ALIKE: &str = "own clock within 2 s of the log's";
/// Spells the same for the machine's own clock.
pub(super) const STEADY: &str = "a wall clock that keeps pace with the machine's within 2 s";

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
        FlagFact::Known(FlagStanding { killed, source, .. }) => {
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
    let FlagFact::Known(FlagStanding { holds, source, .. }) = &gate.facts.flag else {
        return;
    };
    let held = holds.iter().find(|cause| !gate.answered.contains(cause));
    let check = Check {
        required: "the flag is not held".into(),
        seen: held.map_or_else(|| "not held".into(), |cause| format!("held for {cause}").into()),
        source: source.clone(),
        ..line(RuleId::R11, "hold", CheckState::from_bool(held.is_none()))
    };
    let release = |cause| format!("verdict flag release-hold <flag> --cause {cause} --reason <why>");
    report.push(advise(check, || held.map(release).unwrap_or_default()));
}

/// R24: what was turned off or killed goes on by a person's resume only, told to the rollout or not yet.
fn taken_away(gate: &Gate<'_>, report: &mut Vec<Check>) {
    let (FlagFact::Known(flag), Some(entered_on)) = (&gate.facts.flag, gate.entered_on) else {
        return;
    };
    if entered_on < flag.taken_away {
        report.push(Check {
            required: "the flag was neither turned off nor killed since the step was decided on".into(),
            seen: format!("turned off or killed by its version {}", flag.taken_away).into(),
            source: flag.source.clone(),
            next: "verdict rollout pause <rollout>, then: verdict rollout resume <rollout> --reason <why>"
                .to_owned(),
            ..line(RuleId::R24, "taken_away", CheckState::Fail)
        });
    }
}

fn guardrail_line(rule: RuleId, name: &'static str, state: CheckState, fact: &GuardrailFact) -> Check {
    let check = Check {
        required: format!("{}: {}", fact.metric, fact.required).into(),
        seen: fact.seen.clone().into(),
        source: fact.source.clone(),
        ..line(rule, name, state)
    };
    advise(check, || format!("verdict metric observe {} --value <value>", fact.metric))
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
    report.extend(gate.guardrails().filter(sampled).map(judge));
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
        Answer::Undated(_, Doubt::Apart(clocks)) => (ALIKE, clocks.source.clone()),
        Answer::Undated(_, Doubt::Stepped(_)) => (STEADY, source),
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
        Soak::Waived => return,
        Soak::Interrupted => Check {
            required: format!("a full soak on {}", gate.from).into(),
            seen: "paused; nothing soaks".into(),
            next: "verdict rollout resume <rollout> --reason <why>".to_owned(),
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

/// M10: below the minimum sample a guardrail neither breaches nor passes, unless somebody may attest it and does.
fn minimum_sample(gate: &Gate<'_>, report: &mut Vec<Check>) {
    if gate.confirmed().is_err() {
        return;
    }
    let insufficient = |fact: &&GuardrailFact| fact.state == INSUFFICIENT;
    let judge = |fact: &GuardrailFact| {
        let check = guardrail_line(RuleId::M10, "minimum_sample", fact.state, fact);
        match gate.attested() {
            Some(said) => Check {
                state: CheckState::Pass,
                seen: format!("{}; attested at {} by {} {}", fact.seen, said.at, said.by, said.link).into(),
                next: String::new(),
                ..check
            },
            None if gate.may_be_attested() => advise(check, || EvidenceKind::SampleAttested.recording()),
            None => check,
        }
    };
    report.extend(gate.guardrails().filter(insufficient).map(judge));
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
    let guardrails = gate.guardrails().count();
    let known = gate.facts.metrics().iter().filter(|fact| fact.kind.is_some());
    let check = demand(
        gate,
        RuleId::F6,
        "metric_watch",
        "at least 1 metric watches the flag",
        guardrails + known.count(),
    );
    report.push(advise(check, || {
        "verdict guardrail arm --rollout <rollout> --metric <key> --above <bound>".to_owned()
    }));
}

/// B2, R21: a guardrail is armed before users beyond the team are reached, and from the first share on one that takes
/// exposure back.
fn guardrail_armed(gate: &Gate<'_>, report: &mut Vec<Check>) {
    if !gate.is_external() {
        return;
    }
    let (rule, required, seen) = match gate.plan.mode {
        Mode::Scaling if gate.is_widely() => {
            let takes_back = |fact: &&GuardrailFact| fact.effect == GuardrailEffect::Rollback;
            let seen = gate.guardrails().filter(takes_back).count();
            (RuleId::R21, "at least 1 guardrail with effect rollback", seen)
        }
        Mode::Scaling => (RuleId::B2, "at least 1 guardrail", gate.guardrails().count()),
        Mode::ZeroToOne => {
            let required = "at least 1 guardrail before the first external exposure";
            (RuleId::B2, required, gate.guardrails().count())
        }
    };
    let check = demand(gate, rule, "guardrail_armed", required, seen);
    report.push(advise(check, || {
        "verdict guardrail arm --rollout <rollout> --metric <key> --above <bound>".to_owned()
    }));
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
        advise(check, || format!("verdict metric observe {} --value <value>", fact.metric))
    };
    let must_prove = |fact: &&MetricFact| match fact.kind.map(|kind| proof(kind, fact.role, fact.refresh)) {
        None | Some(Due::BeforeUsers) => true,
        Some(Due::BeforeEveryone) => gate.is_for_everyone(),
        Some(Due::Exempt) => false,
    };
    report.extend(gate.facts.metrics().iter().filter(must_prove).map(judge));
}

/// R6: no open P0 bug.
fn open_p0_bugs(gate: &Gate<'_>, report: &mut Vec<Check>) {
    report.extend(evidence(gate, EvidenceKind::OpenP0Bugs));
}

/// R6: somebody went through the core flow.
fn core_flow_verified(gate: &Gate<'_>, report: &mut Vec<Check>) {
    report.extend(evidence(gate, EvidenceKind::CoreFlowVerified));
}

fn evidence(gate: &Gate<'_>, kind: EvidenceKind) -> Option<Check> {
    if !gate.asks_for_evidence() {
        return None;
    }
    let found = gate.evidence.get(&kind);
    let (state, seen, source) = found.map_or_else(
        || (CheckState::Unknown(Unknown::NoData), "no evidence".to_owned(), String::new()),
        |found| {
            let state = CheckState::from_bool(found.verdict.is_good());
            let source = format!("recorded at {} by {} {}", found.at, found.by, found.link);
            (state, found.verdict.to_string(), source.trim_end().to_owned())
        },
    );
    let check = Check {
        required: kind.good().into(),
        seen: seen.into(),
        source,
        ..line(RuleId::R6, kind.as_str(), state)
    };
    Some(advise(check, || kind.recording()))
}
