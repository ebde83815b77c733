//! What clients do in a simulation: the commands of one bet and one rollout, at random, sent again with the same
//! id when no answer came.

use rand::Rng;
use rand::rngs::SmallRng;
use uuid::Uuid;
use verdict_flag_evaluator::Bucketing;
use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;
use verdict_proto::v1 as pb;

pub(crate) const FLAG: &str = "simulated";
pub(crate) const ENVIRONMENT: &str = "production";
pub(crate) const MEMBERS: [&str; 2] = ["dana", "eli"];
pub(crate) const ACCOUNTS: [&str; 5] = ["acme", "birch", "cobalt", "delta", "ember"];
pub(crate) const METRIC: &str = "cpu";
pub(crate) const PRIMARY: &str = "sales";
/// The guardrail fails when this many points in a row are below the limit.
pub(crate) const FOR_POINTS: u8 = 2;
pub(crate) const LIMIT: f64 = 50.0;

/// The bucket of a user under the salt of the one flag, in basis points.
pub(crate) fn bucket(key: &str) -> u32 {
    let salted = Bucketing::FlagdV3.salted(FLAG);
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

/// Ids of what the story made.
#[derive(Debug, Clone, Default)]
pub(crate) struct Made {
    pub(crate) bet: String,
    pub(crate) flag: String,
    pub(crate) rollout: String,
    pub(crate) launch: String,
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

fn bet(made: &Made, command: bets::bet_request::Command) -> Request {
    Request::Bet(bets::BetRequest { meta: None, bet_id: made.bet.clone(), command: Some(command) })
}

fn rollout(made: &Made, command: rollouts::rollout_request::Command) -> Request {
    let rollout_id = made.rollout.clone();
    Request::Rollout(rollouts::RolloutRequest { meta: None, rollout_id, command: Some(command) })
}

fn flag(made: &Made, command: rollouts::flag_request::Command) -> Request {
    Request::Flag(rollouts::FlagRequest { meta: None, flag_id: made.flag.clone(), command: Some(command) })
}

fn launch(made: &Made, command: gtm::launch_request::Command) -> Request {
    Request::Launch(gtm::LaunchRequest { meta: None, launch_id: made.launch.clone(), command: Some(command) })
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

/// The beginning of every history: a metric, a flag, a bet that is built, a rollout with a guardrail, a launch.
/// Each entry is made from what the ones before it made, and says where its own id goes.
pub(crate) type Beginning = Vec<(fn(&Made) -> Request, fn(&mut Made, String))>;

pub(crate) fn beginning() -> Beginning {
    let keep: fn(&mut Made, String) = |_, _| {};
    vec![
        (|_| define(METRIC, metrics::MetricType::Guardrail), keep),
        (|_| define(PRIMARY, metrics::MetricType::Core), keep),
        (create_flag, |made, id| made.flag = id),
        (propose, |made, id| made.bet = id),
        (|made| bet(made, bets::bet_request::Command::StartDiscovery(bets::StartDiscovery {})), keep),
        (|made| bet(made, bets::bet_request::Command::StartShaping(bets::StartShaping {})), keep),
        (agree_metrics, keep),
        (set_timebox, keep),
        (|made| bet(made, bets::bet_request::Command::MarkShaped(bets::MarkShaped {})), keep),
        (|made| bet(made, bets::bet_request::Command::HandOff(bets::HandOff::default())), keep),
        (plan, |made, id| made.rollout = id),
        (attach, keep),
        (plan_launch, |made, id| made.launch = id),
        (arm, keep),
        (|made| rollout(made, rollouts::rollout_request::Command::Start(rollouts::StartRollout {})), keep),
        (|made| evidence(made, "core_flow_verified", "yes"), keep),
        (|made| evidence(made, "open_p0_bugs", "0"), keep),
    ]
}

fn define(key: &str, kind: metrics::MetricType) -> Request {
    let define = metrics::DefineMetric {
        key: key.to_owned(),
        r#type: kind.into(),
        good: metrics::Trend::Increase.into(),
        refresh_seconds: 30 * 24 * 3600,
        ..metrics::DefineMetric::default()
    };
    Request::Metric(metrics::MetricRequest {
        meta: None,
        metric_id: String::new(),
        command: Some(metrics::metric_request::Command::Define(define)),
    })
}

fn create_flag(_: &Made) -> Request {
    let create = rollouts::CreateFlag {
        key: FLAG.to_owned(),
        environment: ENVIRONMENT.to_owned(),
        kind: rollouts::FlagKind::Release.into(),
        owner: "team".to_owned(),
        ..rollouts::CreateFlag::default()
    };
    flag(&Made::default(), rollouts::flag_request::Command::Create(create))
}

fn hypothesis(text: &str) -> bets::Hypothesis {
    bets::Hypothesis { belief: Some(text.to_owned()), expected_outcome: Some("more of it".to_owned()) }
}

fn propose(_: &Made) -> Request {
    let propose = bets::ProposeBet {
        title: "Simulated".to_owned(),
        mode: bets::Mode::ZeroToOne.into(),
        hypothesis: Some(hypothesis("it helps")),
        ..bets::ProposeBet::default()
    };
    bet(&Made::default(), bets::bet_request::Command::Propose(propose))
}

fn agree_metrics(made: &Made) -> Request {
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
    bet(made, bets::bet_request::Command::AgreeMetrics(bets::AgreeMetrics { metrics }))
}

fn set_timebox(made: &Made) -> Request {
    let timebox = bets::Timebox {
        start: Some("2026-01-01T00:00:00Z".to_owned()),
        end: Some("2026-06-01T00:00:00Z".to_owned()),
    };
    bet(made, bets::bet_request::Command::SetTimebox(bets::SetTimebox { timebox: Some(timebox) }))
}

fn plan(made: &Made) -> Request {
    let plan = rollouts::PlanRollout {
        bet_id: made.bet.clone(),
        flag_id: made.flag.clone(),
        environment: ENVIRONMENT.to_owned(),
        service: "simulated".to_owned(),
        mode: rollouts::RolloutMode::ZeroToOne.into(),
        tier: 3,
        unit: "targetingKey".to_owned(),
        promotion: rollouts::Promotion::Manual.into(),
        internal_members: MEMBERS.map(str::to_owned).into(),
        alpha_accounts: ACCOUNTS.map(str::to_owned).into(),
        ..rollouts::PlanRollout::default()
    };
    rollout(&Made::default(), rollouts::rollout_request::Command::Plan(plan))
}

fn attach(made: &Made) -> Request {
    let attach = bets::AttachRollout { rollout_id: made.rollout.clone(), flag_id: made.flag.clone() };
    bet(made, bets::bet_request::Command::AttachRollout(attach))
}

fn plan_launch(made: &Made) -> Request {
    let plan = gtm::PlanLaunch {
        bet_id: made.bet.clone(),
        rollout_id: made.rollout.clone(),
        tier: 3,
        title: "Simulated".to_owned(),
    };
    launch(&Made::default(), gtm::launch_request::Command::Plan(plan))
}

fn arm(made: &Made) -> Request {
    let threshold = metrics::Threshold {
        comparison: Some(metrics::Comparison::Below.into()),
        value: Some(LIMIT.to_string()),
        for_points: Some(FOR_POINTS.into()),
    };
    let arm = metrics::ArmGuardrail {
        metric: METRIC.to_owned(),
        rollout_id: made.rollout.clone(),
        rule: Some(metrics::arm_guardrail::Rule::Threshold(threshold)),
        min_sample: 1,
        ..metrics::ArmGuardrail::default()
    };
    Request::Guardrail(metrics::GuardrailRequest {
        meta: None,
        guardrail_id: String::new(),
        command: Some(metrics::guardrail_request::Command::Arm(arm)),
    })
}

fn evidence(made: &Made, kind: &str, value: &str) -> Request {
    let record = rollouts::RecordEvidence { kind: kind.to_owned(), value: value.to_owned() };
    rollout(made, rollouts::rollout_request::Command::RecordEvidence(record))
}

/// Something that somebody may want next.
pub(crate) fn any(made: &Made, rng: &mut SmallRng) -> Request {
    use rollouts::rollout_request::Command as Rollout;
    let stage = ["internal", "alpha", "beta", "ga"][rng.random_range(0..4)].to_owned();
    match rng.random_range(0..100) {
        0..45 => rollout(made, Rollout::EnterStage(rollouts::EnterStage { stage })),
        45..60 => rollout(made, Rollout::Resume(rollouts::ResumeRollout {})),
        60..65 => rollout(made, Rollout::Pause(rollouts::PauseRollout {})),
        65..80 => flag(made, rollouts::flag_request::Command::ReleaseHold(rollouts::ReleaseHold {})),
        80..88 => evidence(made, "note", "seen"),
        88..93 => {
            let cost = bets::RecordCost { amount: "1".to_owned() };
            bet(made, bets::bet_request::Command::RecordCost(cost))
        }
        93..96 => {
            let send = gtm::SendAnnouncement { channel: "blog".to_owned(), r#override: true };
            launch(made, gtm::launch_request::Command::Send(send))
        }
        96..98 => flag(made, rollouts::flag_request::Command::Kill(rollouts::KillFlag {})),
        _ => flag(made, rollouts::flag_request::Command::Revive(rollouts::ReviveFlag {})),
    }
}
