use std::time::Duration;

use proptest::prelude::*;
use verdict_kernel::check::{CheckState, Unknown};
use verdict_kernel::clock::{Timestamp, plus};
use verdict_kernel::decision::{Blockers, Ground};
use verdict_kernel::id::{BetId, CommandId, FlagId};
use verdict_kernel::mode::Mode;
use verdict_kernel::percent::Percent;
use verdict_kernel::principal::{Issued, Principal};
use verdict_kernel::rule::RuleId;
use verdict_kernel::spec::{Given, Outcome, given};
use verdict_kernel::tier::Tier;

use super::*;
use crate::audience::Audience;
use crate::gate::{
    Answer, BreachFact, Confirmed, EvidenceKind, Facts, FlagFact, FlagStanding, GuardrailEffect,
    GuardrailFact, Verdict,
};
use crate::stage::{Class, Stage, StageName, Step, default_stages};

mod laws;
mod moving;
mod naming;
mod no_return;
mod pausing;
mod planning;
mod resuming;
mod retreating;
mod ruling;
mod telling;

const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);
const INTERNAL: StageName = StageName::INTERNAL;
const ALPHA: StageName = StageName::ALPHA;
const BETA: StageName = StageName::BETA;
const GA: StageName = StageName::GA;

fn t(after: Duration) -> Timestamp {
    plus(Timestamp::UNIX_EPOCH, after)
}

fn command_id(label: &str) -> CommandId {
    CommandId::derive(uuid::Uuid::NAMESPACE_URL, label)
}

fn plan() -> Plan {
    let accounts = ["acme", "bolt", "corp", "dyno", "echo"].map(str::to_owned);
    Plan {
        bet: Some(BetId::created_by(command_id("bet"))),
        flag: FlagId::created_by(command_id("flag")),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::ZeroToOne,
        tier: Tier::Two,
        stages: default_stages(["ann".to_owned()].into(), accounts.into()),
        unit: Unit::TargetingKey,
        promotion: Promotion::Manual,
        on_blind: OnBlind::Pause,
        irreversible_from: None,
    }
}

/// The flag and the bet are there, and nobody else has the flag.
fn grounds() -> Grounds {
    let (environment, unit) = ("production".to_owned(), "targetingKey".to_owned());
    Grounds {
        flag: FlagGround::Known { environment, unit, killed: false, version: 1, claimant: None },
        bet_is_missing: false,
    }
}

fn proposal(plan: Plan) -> Proposal {
    Proposal {
        plan,
        internal_members: std::collections::BTreeSet::new(),
        alpha_accounts: std::collections::BTreeSet::new(),
        overrides: false,
    }
}

/// A command with what is known when it is decided.
type Asked = (Command, Known);

trait Ask {
    fn ask(self, asked: Asked) -> Outcome<Rollout>;
}

impl Ask for Given<Rollout> {
    fn ask(self, (command, known): Asked) -> Outcome<Rollout> {
        self.knowing(known).when(command)
    }
}

fn propose(plan: Plan) -> Asked {
    (Command::Plan(Box::new(proposal(plan))), grounds().into())
}

fn start() -> Asked {
    start_on(grounds())
}

fn start_on(grounds: Grounds) -> Asked {
    (Command::Start, grounds.into())
}

fn planned() -> Event {
    Event::Planned(Box::new(plan()))
}

fn entry(stage: StageName, attempt: u32, step: usize, at: Timestamp) -> Entry {
    let (audience, class) = (plan().exposure(&stage, step), plan().class(&stage));
    Entry { stage, class, attempt, step, audience, at, facts: Vec::new(), flag_version: 1 }
}

fn entered(stage: StageName, attempt: u32, at: Timestamp) -> Event {
    Event::StageEntered(entry(stage, attempt, 0, at))
}

fn evidence(kind: EvidenceKind, verdict: Verdict) -> Event {
    let (by, link) = ("dev".to_owned(), String::new());
    Event::EvidenceRecorded { kind, verdict, at: t(Duration::ZERO), by, link }
}

/// Running in Internal since the epoch with the evidence of rule R6.
fn internal() -> Vec<Event> {
    vec![
        planned(),
        evidence(EvidenceKind::OpenP0Bugs, Verdict::Count(0)),
        evidence(EvidenceKind::CoreFlowVerified, Verdict::Passed),
        Event::Started,
        entered(INTERNAL, 1, t(Duration::ZERO)),
    ]
}

fn and(mut history: Vec<Event>, more: impl IntoIterator<Item = Event>) -> Vec<Event> {
    history.extend(more);
    history
}

/// Running in the first step of Beta since day 10.
fn beta() -> Vec<Event> {
    and(internal(), [entered(ALPHA, 2, t(DAY * 2)), entered(BETA, 3, t(DAY * 10))])
}

/// A flag that serves what `stage` ends with.
fn serving(stage: Option<StageName>) -> FlagStanding {
    let whole = |stage: StageName| plan().exposure(&stage, plan().last_step(&stage));
    let served = stage.map_or_else(Audience::nobody, whole);
    let source = "flag@1".to_owned();
    FlagStanding { served, asked: Some(99), version: 1, source, ..FlagStanding::default() }
}

fn guardrail() -> GuardrailFact {
    GuardrailFact {
        guardrail: "g".to_owned(),
        metric: "error_rate".to_owned(),
        state: CheckState::Pass,
        required: "not above 0.02".to_owned(),
        seen: "0.01".to_owned(),
        source: "answer-1".to_owned(),
        effect: GuardrailEffect::Rollback,
        as_of: None,
        breaches: Vec::new(),
    }
}

/// Facts confirmed at `at` that shut no gate; the flag serves everyone whom the plan ever does.
fn good(at: Timestamp) -> Facts {
    Facts {
        flag: FlagFact::Known(serving(Some(GA))),
        metrics: Answer::Given(Confirmed {
            at,
            source: "log:1:1".to_owned(),
            guardrails: vec![guardrail()],
            metrics: Vec::new(),
        }),
    }
}

/// Good facts over a flag that serves `stage`.
fn over(stage: Option<StageName>, at: Timestamp) -> Facts {
    Facts { flag: FlagFact::Known(serving(stage)), ..good(at) }
}

/// The breach of [`retreat`], raised at `at` over `attempt`.
fn breach(attempt: u32, at: Timestamp) -> BreachFact {
    BreachFact {
        id: "breach-1".to_owned(),
        stage: "beta".to_owned(),
        attempt,
        at,
        acknowledged: false,
        retracted: false,
        critical: false,
        seen: String::new(),
    }
}

/// The guardrail raised `breach` and says Pass by a window that ended at `as_of`.
fn raised(mut facts: Facts, breach: BreachFact, as_of: Timestamp) -> Facts {
    if let Answer::Given(given) = &mut facts.metrics {
        given.guardrails[0].breaches = vec![breach];
        given.guardrails[0].as_of = Some(as_of);
    }
    facts
}

fn enter(stage: StageName, at: Timestamp) -> Asked {
    enter_with(stage, None, good(at))
}

fn enter_with(stage: StageName, step: Option<usize>, facts: Facts) -> Asked {
    let by = "command-1".to_owned();
    (Command::EnterStage { stage: stage.to_string(), step, by }, facts.into())
}

fn advance(facts: Facts) -> Asked {
    (Command::AdvanceStep, facts.into())
}

fn evaluate(attempt: Option<u32>, facts: Facts) -> Asked {
    (Command::EvaluateGate { attempt }, facts.into())
}

fn complete_on(facts: Facts) -> Asked {
    (Command::Complete, facts.into())
}

fn resume(how: How, facts: Facts) -> Asked {
    (Command::Resume { how }, facts.into())
}

fn ship(bet: Option<BetId>, bet_is_missing: bool, user_visible: bool) -> Asked {
    let known = Known { bet_is_missing: Some(bet_is_missing), ..Known::default() };
    (Command::ShipDirectly { bet, user_visible }, known)
}

fn pause(cause: PauseCause) -> Command {
    Command::Pause { cause, attempt: None }
}

fn after(history: Vec<Event>, at: Timestamp) -> Given<Rollout> {
    given::<Rollout>(history).at(at)
}

fn retreat(from: Option<(StageName, u32)>, critical: bool) -> Retreat {
    Retreat { from, breach: "breach-1".to_owned(), cause: Cause::GuardrailBreached, critical }
}

fn rolling_back(stage: StageName, attempt: u32, critical: bool) -> Event {
    rolling_back_at(stage, attempt, critical, t(DAY * 11))
}

fn rolling_back_at(stage: StageName, attempt: u32, critical: bool, at: Timestamp) -> Event {
    Event::RollbackRequested {
        stage,
        attempt,
        breach: "breach-1".to_owned(),
        cause: Cause::GuardrailBreached,
        critical,
        at,
    }
}

fn rolled_back(to: Option<StageName>) -> Event {
    Event::RolledBack { to, flag_version: 4 }
}

fn lost(attempt: u32) -> Event {
    Event::WatchLost { at: t(DAY), attempt }
}

fn paused() -> Event {
    Event::Paused { cause: PauseCause::Person, reason: String::new(), at: t(DAY) }
}
