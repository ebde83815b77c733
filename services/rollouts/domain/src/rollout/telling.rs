//! Why nothing moves: a rollout that was taken back, paused or finished tells what happened, what is served, and who
//! must do what (rules R11, R23, R24).

use verdict_kernel::check::{Check, CheckState, GateReport, Text};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::rule::RuleId;

use super::refusal::EXTEND;
use super::resuming::{ANSWERED, FORGOTTEN, REMEMBER, Raised, is_answered, of_attempt, unanswered};
use super::state::{Active, Course, Failed, Pause, State};
use crate::gate::{Facts, FlagFact, Watch};
use crate::plan::NoReturn;
use crate::stage::StageName;

impl State {
    /// What stands between the rollout and its way on, besides the gate; while it runs only that it is overdue.
    #[must_use]
    pub fn tell(&self, facts: &Facts, at: Timestamp) -> GateReport {
        let checks = match self {
            Self::RollingBack(_, failed) => {
                let mut checks = vec![rollback(failed, "the edges confirm", false), served(facts)];
                checks.extend(breaches(facts, failed, at));
                checks
            }
            Self::RolledBack(course, to, failed) => {
                let back = to.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
                let mut rollback = rollback(failed, "back to a stage that was good", true);
                rollback.seen = format!("{}; back to {back}", rollback.seen).into();
                let mut checks = vec![rollback, served(facts)];
                checks.extend(breaches(facts, failed, at));
                checks.extend(std::iter::once(way_on(course, to.as_ref())).chain(false_alarm(failed, at)));
                checks
            }
            Self::Running(course, active) => {
                overdue(course, active, at).into_iter().chain(self.no_return().map(no_way_back)).collect()
            }
            Self::Paused(course, active, pause) => {
                let mut checks = paused(pause);
                checks.push(served(facts));
                checks.extend(overdue(course, active, at));
                checks.extend(self.no_return().map(no_way_back));
                checks
            }
            Self::Completed(_, at) => vec![completed(*at), served(facts)],
            Self::Absent | Self::Draft(_) | Self::Aborted(_) | Self::ShippedDirectly => Vec::new(),
        };
        GateReport { checks }
    }
}

fn line(rule: RuleId, name: &'static str, passes: bool, required: &str, seen: impl Into<Text>) -> Check {
    Check {
        rule,
        name,
        state: CheckState::from_bool(passes),
        required: required.to_owned().into(),
        seen: seen.into(),
        source: String::new(),
        next: String::new(),
    }
}

fn rollback(failed: &Failed, required: &str, done: bool) -> Check {
    let Failed { stage, attempt, critical, causes, since, .. } = failed;
    let critical = if *critical { ", critical" } else { "" };
    Check {
        source: causes.join(" "),
        ..line(
            RuleId::R11,
            "rollback",
            done,
            required,
            format!("{stage}, attempt {attempt}{critical}, at {since}"),
        )
    }
}

fn served(facts: &Facts) -> Check {
    let (seen, source) = match &facts.flag {
        FlagFact::Unknown(why) => (why.clone(), String::new()),
        FlagFact::Known(flag) => {
            let served = &flag.served;
            let whom = if served.is_nobody() {
                "nobody".to_owned()
            } else {
                let (members, accounts) = (served.members.len(), served.accounts.len());
                format!("{members} members, {accounts} accounts, {}", served.share())
            };
            let killed = if flag.killed { ", killed" } else { "" };
            let held = if flag.holds.is_empty() {
                String::new()
            } else {
                format!(", held for {}", flag.holds.join(" and "))
            };
            (format!("{whom}{killed}{held}"), flag.source.clone())
        }
    };
    Check { source, ..line(RuleId::R11, "served", true, "what the flag serves now", seen) }
}

/// One line for each breach of the attempt, with the command that answers it.
fn breaches(facts: &Facts, failed: &Failed, at: Timestamp) -> Vec<Check> {
    if !failed.by_guardrail {
        return Vec::new();
    }
    if let Err((unknown, why)) = facts.confirmed(at) {
        return vec![Check {
            state: CheckState::Unknown(unknown),
            ..line(RuleId::R23, "breach", false, ANSWERED, why)
        }];
    }
    let tell = |raised: Raised<'_>| {
        let open = unanswered(raised);
        let mut check =
            line(RuleId::R23, "breach", is_answered(raised), ANSWERED, broke(raised, &open.seen()));
        check.source.clone_from(&raised.1.id);
        if !check.state.is_pass() {
            check.next = open.next();
        }
        check
    };
    let told: Vec<_> = of_attempt(facts, failed.attempt, &failed.causes).map(tell).collect();
    if told.is_empty() {
        let next = REMEMBER.to_owned();
        return vec![Check { next, ..line(RuleId::R23, "breach", false, ANSWERED, FORGOTTEN.to_owned()) }];
    }
    told
}

/// What is seen of a breach now, after what it was raised on.
fn broke((guardrail, breach): Raised<'_>, now: &str) -> String {
    if breach.seen.is_empty() {
        return now.to_owned();
    }
    format!("{now}; it broke on {}, required {}", breach.seen, guardrail.required)
}

fn way_on(course: &Course, to: Option<&StageName>) -> Check {
    let first = course.plan.first();
    let from =
        to.map_or_else(|| format!("at {first}, because nobody is served"), |stage| format!("at {stage}"));
    Check {
        next: "verdict rollout resume <rollout> --reason <why>".to_owned(),
        ..line(
            RuleId::R23,
            "reason",
            false,
            "a person resumes, with a reason",
            format!("waiting; it goes on {from}"),
        )
    }
}

fn false_alarm(failed: &Failed, at: Timestamp) -> Option<Check> {
    let until = failed.false_alarm_until();
    (failed.by_guardrail && at <= until).then(|| Check {
        next: "verdict rollout resume <rollout> --false-alarm --reason <why>".to_owned(),
        ..line(
            RuleId::R23,
            "false_alarm",
            true,
            "or, with every breach retracted, stage, step and soak are given back",
            format!("{} until {until}", failed.was.stage),
        )
    })
}

fn paused(pause: &Pause) -> Vec<Check> {
    let since = pause.since;
    let mut checks: Vec<_> = pause
        .causes
        .iter()
        .map(|cause| Check {
            next: "verdict rollout resume <rollout> --reason <why>".to_owned(),
            ..line(
                RuleId::R24,
                "paused",
                false,
                "a person resumes",
                format!("{}, since {since}", cause.as_str()),
            )
        })
        .collect();
    if let Watch::Lost(at) = pause.watch {
        let seen = format!("not watched since {at}; it goes on by itself once it is");
        checks.push(line(RuleId::R15, "paused", false, "the metrics service watches the rollout", seen));
    }
    checks
}

/// It shuts no gate: it asks a person to answer.
fn overdue(course: &Course, active: &Active, at: Timestamp) -> Option<Check> {
    let due = active.overdue_at(&course.plan)?;
    (active.overdue || at >= due).then(|| Check {
        next: EXTEND.to_owned(),
        ..line(
            RuleId::R3,
            "overdue",
            true,
            "promoted, taken back or extended by its maximum",
            format!("{} is overdue since {due}", active.stage),
        )
    })
}

/// It shuts no gate: it says what a breach would come to.
fn no_way_back(from: &NoReturn) -> Check {
    let required = "what breaks from here on holds and pages, and a person takes back with a reason";
    line(RuleId::R26, "no_return", true, required, from.told())
}

fn completed(at: Timestamp) -> Check {
    Check {
        next: "to take it back: verdict flag kill <flag> --reason <why>".to_owned(),
        ..line(RuleId::R2, "completed", true, "the last step has soaked", format!("completed at {at}"))
    }
}
