use verdict_kernel::id::{CommandId, FlagId};
use verdict_kernel::mode::Mode;
use verdict_kernel::tier::Tier;
use verdict_rollouts_domain::rollout::{OnBlind, Promotion, Unit};

use super::stand_in::Desk;
use super::*;
use crate::api::flag::FlagsApi;
use crate::testing::World;

const ROLLOUT: &str = "01JD3Z8Q4M9W6T2V5X7Y0A1B2C";

fn plan(bet: bool) -> Plan {
    let id = CommandId::derive(uuid::Uuid::NAMESPACE_URL, "plan");
    Plan {
        bet: bet.then(|| BetId::created_by(id)),
        flag: FlagId::created_by(id),
        environment: "production".to_owned(),
        service: "checkout".to_owned(),
        mode: Mode::Scaling,
        tier: Tier::One,
        stages: Vec::new(),
        unit: Unit::TargetingKey,
        promotion: Promotion::Manual,
        on_blind: OnBlind::Pause,
        irreversible_from: None,
    }
}

fn sources() -> (Desk, Sources) {
    let world = World::new();
    let desk = Desk::new(world.clock());
    let flags = FlagsApi::new(world.log.clone(), world.clock());
    let clock = LogClock::new(world.log.clone(), world.clock(), "rollouts");
    let rollouts = Repository::new(world.log.clone(), world.clock());
    let sources = Sources::new(
        desk.peers(),
        Arc::new(flags.clone()),
        flags.repository().clone(),
        rollouts,
        Arc::new(clock),
    );
    (desk, sources)
}

fn target(metric: &str, role: bets::MetricRole, metric_type: &str) -> bets::MetricTarget {
    bets::MetricTarget {
        metric: Some(metric.to_owned()),
        role: Some(role.into()),
        metric_type: Some(metric_type.to_owned()),
        ..bets::MetricTarget::default()
    }
}

#[tokio::test]
async fn m9_all_agreed_metrics_are_asked_for_with_their_roles_and_the_rule_is_elsewhere() {
    let (desk, sources) = sources();
    desk.answers().bet = Some(vec![
        target("activation", bets::MetricRole::Primary, "core"),
        target("signup", bets::MetricRole::Secondary, "leading"),
        target("error_rate", bets::MetricRole::Guardrail, "guardrail"),
        target("retention", bets::MetricRole::Secondary, "lagging"),
    ]);
    let facts = sources.gather("acme", ROLLOUT, &plan(true), None).await.unwrap();
    let Answer::Given(given) = facts.metrics else {
        panic!("{:?}", facts.metrics);
    };
    let roles: Vec<_> = given.metrics.iter().map(|fact| (fact.metric.as_str(), fact.role)).collect();
    assert_eq!(
        roles,
        [
            ("activation", MetricRole::Primary),
            ("signup", MetricRole::Secondary),
            ("error_rate", MetricRole::Guardrail),
            ("retention", MetricRole::Secondary),
        ]
    );
}

#[tokio::test]
async fn r16_guardrails_are_asked_about_windows_since_the_step_was_exposed() {
    let (desk, sources) = sources();
    let since: Timestamp = "2026-03-02T09:30:00Z".parse().unwrap();
    sources.gather("acme", ROLLOUT, &plan(false), Some(since)).await.unwrap();
    let asked = desk.answers().asked.clone();
    assert_eq!((asked[0].since.as_str(), asked[0].rollout_id.as_str()), ("2026-03-02T09:30:00Z", ROLLOUT));
}

#[tokio::test]
async fn i5_a_bet_that_nobody_can_ask_for_is_a_fault_and_no_guess() {
    let (desk, sources) = sources();
    desk.answers().bet = None;
    assert!(sources.grounds("acme", ROLLOUT, &plan(true)).await.unwrap().bet_is_missing);
    desk.answers().bets_down = true;
    let grounds = sources.grounds("acme", ROLLOUT, &plan(true)).await.unwrap_err();
    let directly = sources.lacks("acme", plan(true).bet).await.unwrap_err();
    for fault in [grounds, directly] {
        assert!(matches!(fault, Fault::Unreachable { .. }), "{fault}");
    }
    assert!(!sources.lacks("acme", None).await.unwrap(), "nothing is named");
}

#[tokio::test]
async fn a_rollout_without_a_bet_asks_for_its_guardrails_alone() {
    let (desk, sources) = sources();
    desk.answers().bets_down = true;
    let facts = sources.gather("acme", ROLLOUT, &plan(false), None).await.unwrap();
    let Answer::Given(given) = facts.metrics else {
        panic!("{:?}", facts.metrics);
    };
    assert_eq!((given.guardrails.len(), given.metrics.len()), (1, 0));
    assert_eq!(given.source, "metrics:1:1");
}

#[tokio::test]
async fn r16_a_context_that_is_down_is_silence_and_no_fault() {
    for (metrics_down, bets_down, why) in
        [(true, false, "metrics: metrics is down"), (false, true, "bets: bets is down")]
    {
        let (desk, sources) = sources();
        desk.answers().metrics_down = metrics_down;
        desk.answers().bets_down = bets_down;
        let facts = sources.gather("acme", ROLLOUT, &plan(true), None).await.unwrap();
        assert_eq!(facts.metrics, Answer::Silent(why.to_owned()));
    }
}

#[tokio::test]
async fn a_flag_that_does_not_exist_is_unknown() {
    let (_desk, sources) = sources();
    let facts = sources.gather("acme", ROLLOUT, &plan(false), None).await.unwrap();
    assert!(matches!(facts.flag, FlagFact::Unknown(_)), "{:?}", facts.flag);
}
