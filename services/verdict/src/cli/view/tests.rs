//! What programs and people see of a message.

use verdict_proto::bets::v1 as bets;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;

use super::*;

fn dynamic(name: &str, message: &impl Message) -> DynamicMessage {
    let kind = contract().message(name).unwrap();
    DynamicMessage::decode(kind, message.encode_to_vec().as_slice()).unwrap()
}

#[test]
fn a_document_is_whole_and_in_one_style() {
    let bet = bets::BetView {
        id: "01B".to_owned(),
        mode: bets::Mode::ZeroToOne.into(),
        state: "rolling_out".to_owned(),
        ..bets::BetView::default()
    };
    let json = serde_json::to_string(&Document(&dynamic("verdict.bets.v1.BetView", &bet))).unwrap();
    let begin =
        r#"{"id":"01B","version":0,"position":"","title":"","mode":"zero_to_one","state":"rolling_out","#;
    assert!(json.starts_with(begin), "{json}");
    assert!(json.contains(r#""timebox":null,"metrics":[],"#), "{json}");
    let reply =
        pb::CommandReply { outcome: Some(pb::command_reply::Outcome::Accepted(pb::Accepted::default())) };
    let json = serde_json::to_string(&of_reply(&reply).unwrap()).unwrap();
    assert!(json.starts_with(r#"{"accepted":{"#) && !json.contains("refused"), "{json}");
}

#[test]
fn a_description_holds_everything_with_what_is_within_indented() {
    let breach = metrics::BreachFact {
        stage: "beta".into(),
        attempt: 2,
        retracted: true,
        ..metrics::BreachFact::default()
    };
    let guardrail = metrics::GuardrailView {
        id: "01G".into(),
        rollout_id: "R".into(),
        critical: true,
        effect: metrics::GuardrailEffect::Hold.into(),
        late_sources: vec!["web-1".into(), "a\u{1b}".into()],
        raised: vec![breach],
        ..metrics::GuardrailView::default()
    };
    let mut shown = Vec::new();
    describe(&mut shown, &dynamic("verdict.metrics.v1.GuardrailView", &guardrail)).unwrap();
    let shown = String::from_utf8(shown).unwrap();
    for line in [
        "id                   01G\n",
        "rollout id           R\n",
        "critical             yes\n",
        "effect               hold\n",
        "as of                -\n",
        "late sources         web-1, a\\u{1b}\n",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    assert!(shown.contains("raised\n  STAGE  ATTEMPT  ACKNOWLEDGED"), "{shown}");
    assert!(shown.contains("\n  beta   2        no            yes"), "{shown}");
    let bet = bets::BetView {
        hypothesis: Some(bets::Hypothesis { belief: Some("why".into()), expected_outcome: None }),
        ..bets::BetView::default()
    };
    let mut shown = Vec::new();
    describe(&mut shown, &dynamic("verdict.bets.v1.BetView", &bet)).unwrap();
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.contains("hypothesis\n  belief            why\n  expected outcome  -\n"), "{shown}");
}

#[test]
fn what_has_a_unit_is_shown_with_it() {
    let step = |points, seconds| rollouts::Step {
        audience: Some(rollouts::Audience { basis_points: Some(points), ..rollouts::Audience::default() }),
        soak_seconds: Some(seconds),
    };
    let stage = rollouts::Stage {
        name: Some("beta".into()),
        steps: vec![step(50, 86_400), step(1_000, 0)],
        min_soak_seconds: Some(108_000),
        max_soak_seconds: None,
        class: Some(rollouts::StageClass::Share.into()),
    };
    let view = rollouts::RolloutView { stages: vec![stage], ..rollouts::RolloutView::default() };
    let mut shown = Vec::new();
    describe(&mut shown, &dynamic("verdict.rollouts.v1.RolloutView", &view)).unwrap();
    let shown = String::from_utf8(shown).unwrap();
    let wanted = "stages\n  NAME  STEPS                 MIN SOAK  CLASS\n  beta  0.5 %, soak 1d; 10 %  1d 6h     share\n";
    assert!(shown.contains(wanted), "{shown}");
}
