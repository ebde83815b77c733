//! Commands that cannot be carried out as they are: malformed, about nothing, out of date, or sent under a used id.

use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::metrics::v1::metrics_client::MetricsClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::bets::v1::{self as bets, BetRequest, bet_request};
use verdict_proto::metrics::v1::{
    self as metrics, GuardrailRequest, MetricRequest, guardrail_request, metric_request,
};
use verdict_proto::rollouts::v1::{
    self as rollouts, FlagRequest, RolloutRequest, flag_request, rollout_request,
};
use verdict_proto::v1::CommandMeta;

use crate::ground::{Answer, Ground};

/// An id of the right form that nothing has.
const NOBODY: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";

impl Ground {
    async fn bet(
        &self,
        meta: Option<CommandMeta>,
        id: &str,
        command: Option<bet_request::Command>,
    ) -> Answer {
        let request = BetRequest { meta, bet_id: id.to_owned(), command };
        Answer::to_command(BetsClient::new(self.channel.clone()).execute(request).await)
    }

    async fn flag(&self, id: &str, command: flag_request::Command) -> Answer {
        // What is tried is for processes, the exposure among it.
        let meta = self.meta().map(|meta| CommandMeta { process: "stage-promotion".to_owned(), ..meta });
        let request =
            FlagRequest { meta, flag_id: id.to_owned(), environment: String::new(), command: Some(command) };
        Answer::to_command(FlagsClient::new(self.channel.clone()).execute(request).await)
    }

    async fn rollout(&self, id: &str, command: rollout_request::Command) -> Answer {
        let request = RolloutRequest { meta: self.meta(), rollout_id: id.to_owned(), command: Some(command) };
        Answer::to_command(RolloutsClient::new(self.channel.clone()).execute(request).await)
    }

    async fn metric(&self, command: metric_request::Command) -> Answer {
        let request = MetricRequest { meta: self.meta(), metric_id: String::new(), command: Some(command) };
        Answer::to_command(MetricsClient::new(self.channel.clone()).execute(request).await)
    }

    async fn guardrail(&self, command: guardrail_request::Command) -> Answer {
        let request =
            GuardrailRequest { meta: self.meta(), guardrail_id: String::new(), command: Some(command) };
        Answer::to_command(GuardrailsClient::new(self.channel.clone()).execute(request).await)
    }
}

fn hypothesis(belief: &str, outcome: &str) -> bets::Hypothesis {
    bets::Hypothesis { belief: Some(belief.to_owned()), expected_outcome: Some(outcome.to_owned()) }
}

fn propose(title: &str, hypothesis: Option<bets::Hypothesis>) -> bet_request::Command {
    bet_request::Command::Propose(bets::ProposeBet {
        title: title.to_owned(),
        mode: bets::Mode::Scaling.into(),
        hypothesis,
        ..bets::ProposeBet::default()
    })
}

fn timebox(start: &str, end: &str) -> bet_request::Command {
    let timebox = bets::Timebox { start: Some(start.to_owned()), end: Some(end.to_owned()) };
    bet_request::Command::SetTimebox(bets::SetTimebox { timebox: Some(timebox) })
}

fn agree(metric: &str) -> bet_request::Command {
    bet_request::Command::AgreeMetrics(bets::AgreeMetrics {
        metrics: vec![bets::MetricTarget {
            metric: Some(metric.to_owned()),
            role: Some(bets::MetricRole::Primary.into()),
            metric_type: Some("core".to_owned()),
            target: Some("0.05".to_owned()),
            direction: Some(bets::Direction::Increase.into()),
        }],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_command_on_a_bet_names_its_field_and_writes_nothing() {
    let ground = Ground::prepared().await;
    let proposed = ground.bet(ground.meta(), "", Some(propose("Express checkout", None))).await;
    proposed.is_accepted("a bet in its first state");
    let (bet, whole) = (ground.made("bet"), || Some(hypothesis("guests want no account", "orders double")));
    let start = || Some(bet_request::Command::StartDiscovery(bets::StartDiscovery {}));
    let meta = |change: fn(&mut CommandMeta)| {
        ground.meta().map(|mut meta| {
            change(&mut meta);
            meta
        })
    };
    let before = ground.head().await;
    #[rustfmt::skip]
    let cases = [
        ("no metadata", None, bet.as_str(), start(), "missing_field", "meta"),
        ("a command id that is none", meta(|meta| meta.command_id = "7".to_owned()), &bet, start(), "invalid_id", "meta.command_id"),
        ("no command", ground.meta(), &bet, None, "missing_field", "command"),
        ("a malformed id", ground.meta(), "one page", start(), "invalid_id", "bet_id"),
        ("an unknown id", ground.meta(), NOBODY, start(), "not_found", ""),
        ("a bet of another organisation", meta(|meta| meta.org = "other".to_owned()), &bet, start(), "not_found", ""),
        ("an empty title", ground.meta(), "", Some(propose(" ", whole())), "missing_field", "propose.title"),
        ("an empty belief", ground.meta(), "", Some(propose("Express", Some(hypothesis("", "orders double")))), "missing_field", "propose.hypothesis.belief"),
        ("an empty outcome", ground.meta(), "", Some(propose("Express", Some(hypothesis("guests hurry", " ")))), "missing_field", "propose.hypothesis.expected_outcome"),
        ("a timebox that is no time", ground.meta(), &bet, Some(timebox("soon", "later")), "invalid_field", "set_timebox.timebox.start"),
        ("a stale version", meta(|meta| meta.expected_version = Some(1)), &bet, start(), "stale_version", "meta.expected_version"),
        ("a version from the future", meta(|meta| meta.expected_version = Some(9_999)), &bet, start(), "stale_version", "meta.expected_version"),
    ];
    for (what, meta, id, command, code, field) in cases {
        ground.bet(meta, id, command).await.is(what, code, field);
    }
    assert_eq!(ground.head().await, before);
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reversed_timebox_and_an_unknown_metric_are_refused_and_good_ones_accepted() {
    let ground = Ground::prepared().await;
    let command =
        Some(propose("Express checkout", Some(hypothesis("guests want no account", "orders double"))));
    let meta = ground.meta();
    let id =
        meta.as_ref().map(|meta| meta.command_id.parse().unwrap()).map(verdict_kernel::id::BetId::created_by);
    let bet = id.unwrap().to_string();
    ground.bet(meta, "", command).await.is_accepted("a bet");
    let discovery = bet_request::Command::StartDiscovery(bets::StartDiscovery {});
    ground.bet(ground.meta(), &bet, Some(discovery)).await.is_accepted("discovery");
    let shaping = bet_request::Command::StartShaping(bets::StartShaping {});
    ground.bet(ground.meta(), &bet, Some(shaping)).await.is_accepted("shaping");
    let before = ground.head().await;
    let (early, late) = ("2026-03-02T09:00:00Z", "2026-04-13T09:00:00Z");
    let reversed = ground.bet(ground.meta(), &bet, Some(timebox(late, early))).await;
    reversed.is("a reversed timebox", "timebox_reversed", "B3");
    let unknown = ground.bet(ground.meta(), &bet, Some(agree("typo"))).await;
    unknown.is("an unknown metric", "unknown_reference", "I5");
    assert_eq!(ground.head().await, before);
    ground.bet(ground.meta(), &bet, Some(timebox(early, late))).await.is_accepted("a timebox");
    ground.bet(ground.meta(), &bet, Some(agree("checkout_conversion"))).await.is_accepted("a metric");
    ground.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_used_command_id_is_refused_with_another_payload_and_accepted_with_its_own() {
    let ground = Ground::prepared().await;
    let (meta, bet) = (ground.meta(), ground.made("bet"));
    let cost =
        |amount: &str| Some(bet_request::Command::RecordCost(bets::RecordCost { amount: amount.to_owned() }));
    ground.bet(meta.clone(), &bet, cost("3")).await.is_accepted("the first payload");
    let before = ground.head().await;
    let other = ground.bet(meta.clone(), &bet, cost("4")).await;
    other.is("another payload", "command_id_reused", "meta.command_id");
    ground.bet(meta, &bet, cost("3")).await.is_accepted("the same payload");
    assert_eq!(ground.head().await, before);
    ground.stop().await;
}

fn exposure(percent: u32) -> flag_request::Command {
    flag_request::Command::SetExposure(rollouts::SetExposure {
        audience: Some(rollouts::Audience { basis_points: Some(percent), ..rollouts::Audience::default() }),
        ..rollouts::SetExposure::default()
    })
}

/// A plan of one stage with a share of `percent` basis points.
fn plan(flag: &str, stage: &str, percent: u32) -> rollout_request::Command {
    let audience = rollouts::Audience { basis_points: Some(percent), ..rollouts::Audience::default() };
    rollout_request::Command::Plan(rollouts::PlanRollout {
        flag_id: flag.to_owned(),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: rollouts::RolloutMode::Scaling.into(),
        tier: 2,
        stages: vec![rollouts::Stage {
            name: Some(stage.to_owned()),
            steps: vec![rollouts::Step { audience: Some(audience), soak_seconds: Some(60) }],
            min_soak_seconds: Some(60),
            max_soak_seconds: None,
            class: None,
        }],
        ..rollouts::PlanRollout::default()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_command_on_a_flag_or_a_rollout_names_its_field_and_writes_nothing() {
    let ground = Ground::prepared().await;
    let (flag, rollout) = (ground.made("flag"), ground.made("rollout"));
    let before = ground.head().await;
    let enter = |stage: &str| {
        rollout_request::Command::EnterStage(rollouts::EnterStage { stage: stage.to_owned(), step: None })
    };
    let kill = || flag_request::Command::Kill(rollouts::KillFlag {});
    let over = ground.flag(&flag, exposure(10_001)).await;
    over.is("over 100 %", "invalid_field", "set_exposure.audience");
    ground.flag("one page checkout", kill()).await.is("neither a key nor an id", "invalid_id", "flag_id");
    ground.flag(NOBODY, kill()).await.is("an unknown flag", "not_found", "");
    let over = ground.rollout("", plan(&flag, "beta", 10_001)).await;
    over.is("a stage over 100 %", "invalid_field", "plan.stages[0]");
    let unknown = ground.rollout("", plan(&flag, "gamma", 100)).await;
    unknown.is("a stage without a class", "missing_field", "plan.stages[0].class");
    let nameless = ground.rollout("", plan(&flag, "be ta", 100)).await;
    nameless.is("a stage whose name is no word", "invalid_field", "plan.stages[0].name");
    ground.rollout(&rollout, enter(" ")).await.is("no stage", "missing_field", "enter_stage.stage");
    ground.rollout(NOBODY, enter("alpha")).await.is("an unknown rollout", "not_found", "");
    assert_eq!(ground.head().await, before);
    ground.stop().await;
}

fn define(key: &str, target: &str) -> metric_request::Command {
    metric_request::Command::Define(metrics::DefineMetric {
        key: key.to_owned(),
        r#type: metrics::MetricType::Core.into(),
        unit: "share".to_owned(),
        good: metrics::Trend::Increase.into(),
        target: target.to_owned(),
        ..metrics::DefineMetric::default()
    })
}

fn arm(metric: &str, rollout: &str, value: &str, points: u32) -> guardrail_request::Command {
    guardrail_request::Command::Arm(metrics::ArmGuardrail {
        metric: metric.to_owned(),
        rollout_id: rollout.to_owned(),
        rule: Some(metrics::arm_guardrail::Rule::Threshold(metrics::Threshold {
            comparison: Some(metrics::Comparison::Below.into()),
            value: Some(value.to_owned()),
            for_points: Some(points),
        })),
        ..metrics::ArmGuardrail::default()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bad_command_on_a_metric_or_a_guardrail_names_its_field_and_writes_nothing() {
    let ground = Ground::prepared().await;
    let rollout = ground.made("rollout");
    let before = ground.head().await;
    ground.metric(define("", "1")).await.is("an empty key", "missing_field", "define.key");
    ground.metric(define("Two Words", "1")).await.is("a key with a space", "invalid_field", "define.key");
    ground.metric(define("speed", "NaN")).await.is("NaN as a target", "invalid_field", "define.target");
    ground.metric(define("speed", "fast")).await.is("a word as a target", "invalid_field", "define.target");
    let cases = [
        ("an unknown metric", arm("typo", &rollout, "50", 3), "unknown_reference", "I5"),
        ("an unknown rollout", arm("checkout_cpu", NOBODY, "50", 3), "unknown_reference", "I5"),
        (
            "a threshold that is infinite",
            arm("checkout_cpu", &rollout, "inf", 3),
            "invalid_field",
            "arm.threshold.value",
        ),
        (
            "no points at all",
            arm("checkout_cpu", &rollout, "50", 0),
            "missing_field",
            "arm.threshold.for_points",
        ),
    ];
    for (what, command, code, field) in cases {
        ground.guardrail(command).await.is(what, code, field);
    }
    assert_eq!(ground.head().await, before);
    ground.stop().await;
}
