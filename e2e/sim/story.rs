//! What clients do in a simulation: the commands of two bets and their rollouts, at random, sent again with the same
//! id when no answer came.

use rand::Rng;
use rand::rngs::SmallRng;
use rand::seq::IndexedRandom;
use uuid::Uuid;
use verdict_flag_evaluator::Bucketing;
use verdict_kernel::clock::SignedDuration;
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1 as pb;

/// Keys of the flags, one for each rollout.
pub(crate) const FLAGS: [&str; 2] = ["simulated", "second"];
pub(crate) const ENVIRONMENT: &str = "production";
pub(crate) const MEMBERS: [&str; 2] = ["dana", "eli"];
pub(crate) const ACCOUNTS: [&str; 5] = ["acme", "birch", "cobalt", "delta", "ember"];
/// The metric that guards both rollouts.
pub(crate) const METRIC: &str = "cpu";
/// The metric of the second guardrail of the first rollout.
pub(crate) const OTHER: &str = "latency";
/// The metric of its critical one.
pub(crate) const LOSSES: &str = "losses";
/// Who reports METRIC.
pub(crate) const SOURCES: [&str; 3] = ["web-1", "web-2", "web-3"];
/// Seconds of a window, and how often the metrics are refreshed: a window is a point.
const WINDOW: u32 = 60;
/// The same where every second of it has to be lived through.
const BRIEF_WINDOW: u32 = 20;
pub(crate) const PRIMARY: &str = "sales";
/// The guardrail fails when this many points in a row are below the limit.
pub(crate) const FOR_POINTS: u8 = 2;
pub(crate) const LIMIT: f64 = 50.0;

/// The bucket of a user under the salt of a flag, in basis points.
pub(crate) fn bucket(flag: &str, key: &str) -> u32 {
    let salted = Bucketing::FlagdV3.salted(flag);
    salted.bucket(&serde_json::Value::from(key)).map_or(u32::MAX, u32::from)
}

/// A command on its way to a service.
#[derive(Debug, Clone)]
pub(crate) enum Request {
    Bet(bets::BetRequest),
    Rollout(rollouts::RolloutRequest),
    Flag(rollouts::FlagRequest),
    Metric(metrics::MetricRequest),
    Guardrail(metrics::GuardrailRequest),
    Launch(gtm::LaunchRequest),
}

/// What the story made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Made {
    window: u32,
    /// A bet with its rollout, twice.
    pub(crate) lines: [Line; 2],
}

/// Ids of a bet and of what belongs to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) bet: String,
    pub(crate) flag: String,
    pub(crate) rollout: String,
    pub(crate) launch: String,
    /// In the order of their arming.
    pub(crate) guardrails: Vec<String>,
}

impl Made {
    /// Nothing yet; how long windows are depends on the clocks.
    pub(crate) fn beginning(of_day: bool) -> Self {
        Self { window: if of_day { BRIEF_WINDOW } else { WINDOW }, ..Self::default() }
    }

    pub(crate) fn window(&self) -> SignedDuration {
        SignedDuration::from_secs(self.window.into())
    }
}

/// The metadata of command number `number` of the history `seed`.
pub(crate) fn meta(seed: u64, number: u32, reason: &str) -> pb::CommandMeta {
    let command_id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{seed}/{number}").as_bytes());
    pb::CommandMeta {
        command_id: command_id.to_string(),
        reason: reason.to_owned(),
        ..pb::CommandMeta::default()
    }
}

fn bet(line: &Line, command: bets::bet_request::Command) -> Request {
    Request::Bet(bets::BetRequest { meta: None, bet_id: line.bet.clone(), command: Some(command) })
}

fn rollout(line: &Line, command: rollouts::rollout_request::Command) -> Request {
    let rollout_id = line.rollout.clone();
    Request::Rollout(rollouts::RolloutRequest { meta: None, rollout_id, command: Some(command) })
}

fn flag(line: &Line, command: rollouts::flag_request::Command) -> Request {
    Request::Flag(rollouts::FlagRequest {
        meta: None,
        flag_id: line.flag.clone(),
        environment: String::new(),
        command: Some(command),
    })
}

fn guardrail(guardrail_id: &str, command: metrics::guardrail_request::Command) -> Request {
    let guardrail_id = guardrail_id.to_owned();
    Request::Guardrail(metrics::GuardrailRequest { meta: None, guardrail_id, command: Some(command) })
}

fn launch(line: &Line, command: gtm::launch_request::Command) -> Request {
    Request::Launch(gtm::LaunchRequest { meta: None, launch_id: line.launch.clone(), command: Some(command) })
}

impl Request {
    /// The request with its metadata.
    pub(crate) fn with(mut self, meta: pb::CommandMeta) -> Self {
        let meta = Some(meta);
        match &mut self {
            Self::Bet(request) => request.meta = meta,
            Self::Rollout(request) => request.meta = meta,
            Self::Flag(request) => request.meta = meta,
            Self::Metric(request) => request.meta = meta,
            Self::Guardrail(request) => request.meta = meta,
            Self::Launch(request) => request.meta = meta,
        }
        self
    }
}

/// Where the id that a command was answered with goes.
pub(crate) type Keep = Box<dyn Fn(&mut Made, String)>;
/// Each command is made from what the ones before it made.
pub(crate) type Beginning = Vec<(Box<dyn Fn(&Made) -> Request>, Keep)>;

/// The beginning of every history: metrics, and twice a flag, a bet that is built, a rollout with guardrails; the first
/// with a launch.
pub(crate) fn beginning() -> Beginning {
    let mut beginning: Beginning = Vec::new();
    for (key, kind) in [
        (METRIC, metrics::MetricType::Guardrail),
        (OTHER, metrics::MetricType::Guardrail),
        (LOSSES, metrics::MetricType::Guardrail),
    ] {
        beginning.push((Box::new(move |made| define(key, kind, made.window)), Box::new(|_, _| {})));
    }
    let monthly = |_: &Made| define(PRIMARY, metrics::MetricType::Core, 30 * 24 * 60 * 60);
    beginning.push((Box::new(monthly), Box::new(|_, _| {})));
    for index in 0..FLAGS.len() {
        for (request, keep) in line(index) {
            beginning.push((
                Box::new(move |made| request(&made.lines[index])),
                Box::new(move |made, id| keep(&mut made.lines[index], id)),
            ));
        }
    }
    beginning
}

type Step = (Box<dyn Fn(&Line) -> Request>, fn(&mut Line, String));

/// A bet from its proposal to the start of its rollout.
fn line(index: usize) -> Vec<Step> {
    use bets::bet_request::Command as Bet;
    use rollouts::rollout_request::Command as Rollout;
    let keep: fn(&mut Line, String) = |_, _| {};
    let armed: fn(&mut Line, String) = |line, id| line.guardrails.push(id);
    let flag_key = FLAGS[index];
    let mut steps: Vec<Step> = vec![
        (Box::new(move |_| create_flag(flag_key)), |line, id| line.flag = id),
        (Box::new(propose), |line, id| line.bet = id),
        (Box::new(|line| bet(line, Bet::StartDiscovery(bets::StartDiscovery {}))), keep),
        (Box::new(|line| bet(line, Bet::StartShaping(bets::StartShaping {}))), keep),
        (Box::new(agree_metrics), keep),
        (Box::new(set_timebox), keep),
        (Box::new(|line| bet(line, Bet::MarkShaped(bets::MarkShaped {}))), keep),
        (Box::new(|line| bet(line, Bet::HandOff(bets::HandOff::default()))), keep),
        (Box::new(move |line| plan(line, flag_key)), |line, id| line.rollout = id),
        (Box::new(attach), keep),
        (Box::new(|line| arm(line, METRIC, false)), armed),
    ];
    if index == 0 {
        steps.push((Box::new(plan_launch), |line, id| line.launch = id));
        steps.push((Box::new(|line| arm(line, OTHER, false)), armed));
        steps.push((Box::new(|line| arm(line, LOSSES, true)), armed));
    }
    steps.push((Box::new(|line| rollout(line, Rollout::Start(rollouts::StartRollout {}))), keep));
    steps.push((Box::new(|line| evidence(line, "core_flow_verified", "passed")), keep));
    steps.push((Box::new(|line| evidence(line, "open_p0_bugs", "0")), keep));
    steps
}

fn define(key: &str, kind: metrics::MetricType, refresh_seconds: u32) -> Request {
    let define = metrics::DefineMetric {
        key: key.to_owned(),
        r#type: kind.into(),
        good: metrics::Trend::Increase.into(),
        refresh_seconds,
        ..metrics::DefineMetric::default()
    };
    Request::Metric(metrics::MetricRequest {
        meta: None,
        metric_id: String::new(),
        command: Some(metrics::metric_request::Command::Define(define)),
    })
}

fn create_flag(key: &str) -> Request {
    let create = rollouts::CreateFlag {
        key: key.to_owned(),
        environment: ENVIRONMENT.to_owned(),
        kind: rollouts::FlagKind::Release.into(),
        owner: "team".to_owned(),
        ..rollouts::CreateFlag::default()
    };
    flag(&Line::default(), rollouts::flag_request::Command::Create(create))
}

fn hypothesis(text: &str) -> bets::Hypothesis {
    bets::Hypothesis { belief: Some(text.to_owned()), expected_outcome: Some("more of it".to_owned()) }
}

fn propose(_: &Line) -> Request {
    let propose = bets::ProposeBet {
        title: "Simulated".to_owned(),
        mode: bets::Mode::ZeroToOne.into(),
        hypothesis: Some(hypothesis("it helps")),
        ..bets::ProposeBet::default()
    };
    bet(&Line::default(), bets::bet_request::Command::Propose(propose))
}

fn agree_metrics(line: &Line) -> Request {
    let target = |role: bets::MetricRole, kind: &str| bets::MetricTarget {
        metric: Some(METRIC.to_owned()),
        role: Some(role.into()),
        metric_type: Some(kind.to_owned()),
        target: Some("50".to_owned()),
        direction: Some(bets::Direction::Increase.into()),
    };
    let primary =
        bets::MetricTarget { metric: Some(PRIMARY.to_owned()), ..target(bets::MetricRole::Primary, "core") };
    let metrics = vec![primary, target(bets::MetricRole::Guardrail, "guardrail")];
    bet(line, bets::bet_request::Command::AgreeMetrics(bets::AgreeMetrics { metrics }))
}

fn set_timebox(line: &Line) -> Request {
    let timebox = bets::Timebox {
        start: Some("2026-01-01T00:00:00Z".to_owned()),
        end: Some("2026-06-01T00:00:00Z".to_owned()),
    };
    bet(line, bets::bet_request::Command::SetTimebox(bets::SetTimebox { timebox: Some(timebox) }))
}

fn plan(line: &Line, service: &str) -> Request {
    let plan = rollouts::PlanRollout {
        bet_id: line.bet.clone(),
        flag_id: line.flag.clone(),
        environment: ENVIRONMENT.to_owned(),
        service: service.to_owned(),
        mode: rollouts::RolloutMode::ZeroToOne.into(),
        tier: 3,
        unit: "targetingKey".to_owned(),
        promotion: rollouts::Promotion::Manual.into(),
        internal_members: MEMBERS.map(str::to_owned).into(),
        alpha_accounts: ACCOUNTS.map(str::to_owned).into(),
        ..rollouts::PlanRollout::default()
    };
    rollout(&Line::default(), rollouts::rollout_request::Command::Plan(plan))
}

fn attach(line: &Line) -> Request {
    let attach = bets::AttachRollout { rollout_id: line.rollout.clone(), flag_id: line.flag.clone() };
    bet(line, bets::bet_request::Command::AttachRollout(attach))
}

fn plan_launch(line: &Line) -> Request {
    let plan = gtm::PlanLaunch {
        bet_id: line.bet.clone(),
        rollout_id: line.rollout.clone(),
        tier: 3,
        title: "Simulated".to_owned(),
        ..gtm::PlanLaunch::default()
    };
    launch(&Line::default(), gtm::launch_request::Command::Plan(plan))
}

fn arm(line: &Line, metric: &str, critical: bool) -> Request {
    let threshold = metrics::Threshold {
        comparison: Some(metrics::Comparison::Below.into()),
        value: Some(LIMIT.to_string()),
        for_points: Some(FOR_POINTS.into()),
    };
    let arm = metrics::ArmGuardrail {
        metric: metric.to_owned(),
        rollout_id: line.rollout.clone(),
        rule: Some(metrics::arm_guardrail::Rule::Threshold(threshold)),
        min_sample: 1,
        critical,
        ..metrics::ArmGuardrail::default()
    };
    Request::Guardrail(metrics::GuardrailRequest {
        meta: None,
        guardrail_id: String::new(),
        command: Some(metrics::guardrail_request::Command::Arm(arm)),
    })
}

fn evidence(line: &Line, kind: &str, value: &str) -> Request {
    let record =
        rollouts::RecordEvidence { kind: kind.to_owned(), verdict: value.to_owned(), link: String::new() };
    rollout(line, rollouts::rollout_request::Command::RecordEvidence(record))
}

/// To enter a stage.
pub(crate) fn enter(line: &Line, stage: &str) -> Request {
    let enter = rollouts::EnterStage { stage: stage.to_owned(), step: None };
    rollout(line, rollouts::rollout_request::Command::EnterStage(enter))
}

/// Something that somebody may want next.
pub(crate) fn any(made: &Made, line: usize, holds: &[String], rng: &mut SmallRng) -> Request {
    use metrics::guardrail_request::Command as Guardrail;
    use rollouts::rollout_request::Command as Rollout;
    let line = &made.lines[line];
    let stage = ["internal", "alpha", "beta", "ga"][rng.random_range(0..4)].to_owned();
    match rng.random_range(0..100) {
        0..45 => enter(line, &stage),
        45..56 => {
            let false_alarm = rng.random_range(0..4) == 0;
            rollout(line, Rollout::Resume(rollouts::ResumeRollout { false_alarm, ..Default::default() }))
        }
        56..59 => rollout(line, Rollout::Pause(rollouts::PauseRollout::default())),
        59..62 => rollout(line, Rollout::RequestRollback(rollouts::RequestRollback::default())),
        62..72 => {
            let cause = holds.get(rng.random_range(0..=holds.len())).cloned().unwrap_or_default();
            flag(
                line,
                rollouts::flag_request::Command::ReleaseHold(rollouts::ReleaseHold {
                    cause,
                    ..Default::default()
                }),
            )
        }
        72..76 => {
            guardrail(&a_guardrail(line, rng), Guardrail::Acknowledge(metrics::AcknowledgeBreach::default()))
        }
        76..80 => guardrail(&a_guardrail(line, rng), Guardrail::Retract(metrics::RetractBreach::default())),
        80..88 => evidence(line, "core_flow_verified", "passed"),
        91..93 => {
            let audience = Some(rollouts::Audience::default());
            flag(line, rollouts::flag_request::Command::SetByHand(rollouts::SetByHand { audience }))
        }
        88..91 => {
            let cost = bets::RecordCost { amount: "1".to_owned() };
            bet(line, bets::bet_request::Command::RecordCost(cost))
        }
        93..96 if !line.launch.is_empty() => {
            let send = gtm::SendAnnouncement { channel: "blog".to_owned(), r#override: true };
            launch(line, gtm::launch_request::Command::Send(send))
        }
        93..98 => flag(line, rollouts::flag_request::Command::Kill(rollouts::KillFlag {})),
        _ => {
            let undo = rng.random_bool(0.5);
            flag(line, rollouts::flag_request::Command::Revive(rollouts::ReviveFlag { undo }))
        }
    }
}

/// Mostly the one that people look at first.
fn a_guardrail(line: &Line, rng: &mut SmallRng) -> String {
    if rng.random_bool(0.5) {
        return line.guardrails.first().cloned().unwrap_or_default();
    }
    line.guardrails.choose(rng).cloned().unwrap_or_default()
}
