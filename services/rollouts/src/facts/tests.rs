use verdict_kernel::id::{CommandId, FlagId};
use verdict_rollouts_domain::rollout::{Mode, Promotion, Tier, Unit};

use super::stand_in::Desk;
use super::*;
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
    }
}

fn sources() -> (Desk, Sources) {
    let world = World::new();
    let desk = Desk::new(world.clock());
    let flags = Repository::new(world.log.clone(), world.clock());
    let clock = LogClock::new(world.log.clone(), world.clock(), "rollouts");
    let sources = Sources::new(desk.peers(), flags, Arc::new(clock));
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
async fn m9_the_metrics_that_must_prove_themselves_are_asked_for() {
    let (desk, sources) = sources();
    desk.answers().bet = Some(vec![
        target("activation", bets::MetricRole::Primary, "core"),
        target("signup", bets::MetricRole::Secondary, "leading"),
        target("error_rate", bets::MetricRole::Guardrail, "guardrail"),
        target("weekly_orders", bets::MetricRole::Secondary, "core"),
        target("retention", bets::MetricRole::Secondary, "lagging"),
    ]);
    sources.gather("acme", ROLLOUT, &plan(true)).await.unwrap();
    let asked = desk.answers().asked.clone();
    assert_eq!(
        asked,
        [metrics::FactsRequest {
            org: "acme".to_owned(),
            rollout_id: ROLLOUT.to_owned(),
            metrics: ["activation", "signup", "error_rate"].map(str::to_owned).to_vec(),
        }]
    );
}

#[tokio::test]
async fn a_rollout_without_a_bet_asks_for_its_guardrails_alone() {
    let (desk, sources) = sources();
    desk.answers().bets_down = true;
    let facts = sources.gather("acme", ROLLOUT, &plan(false)).await.unwrap();
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
        let facts = sources.gather("acme", ROLLOUT, &plan(true)).await.unwrap();
        assert_eq!(facts.metrics, Answer::Silent(why.to_owned()));
    }
}

#[tokio::test]
async fn a_flag_that_does_not_exist_is_unknown() {
    let (_desk, sources) = sources();
    let facts = sources.gather("acme", ROLLOUT, &plan(false)).await.unwrap();
    assert!(matches!(facts.flag, FlagFact::Unknown(_)), "{:?}", facts.flag);
}
