//! What lines ask the platform for.

use verdict_proto::bets::v1 as bets;
use verdict_proto::gtm::v1 as gtm;
use verdict_proto::metrics::v1 as metrics;
use verdict_proto::rollouts::v1 as rollouts;

use super::*;
use crate::cli::{Cli, contract};
use crate::telling;

/// The request of a line, or what is said against it.
fn typed<M: prost::Message + Default>(line: &str) -> Result<M, String> {
    typed_with(line, "")
}

fn typed_with<M: prost::Message + Default>(line: &str, stdin: &str) -> Result<M, String> {
    let words = telling::split(line);
    let matches = Cli::command()
        .try_get_matches_from(std::iter::once("verdict".to_owned()).chain(words))
        .map_err(|error| error.to_string())?;
    let (kind, matches) = matches.subcommand().unwrap();
    let kind = contract::kind(kind).unwrap();
    let (word, matches) = matches.subcommand().unwrap();
    let verb = kind.for_people().find(|verb| verb.word == word).unwrap();
    let now = needs_the_time(kind, verb, matches).then(|| "2026-11-30T09:00:00Z".parse().unwrap());
    let mut stdin = stdin.as_bytes();
    let mut around = Around { now, stdin: &mut stdin };
    let request = of(kind, verb, matches, None, &mut around).map_err(|failure| failure.to_string())?;
    request.transcode_to().map_err(|error| error.to_string())
}

fn conclude(line: &str) -> Result<Option<bets::conclude_retrospective::Decision>, String> {
    let request: bets::BetRequest = typed(&format!("bet conclude B {line}"))?;
    let Some(bets::bet_request::Command::Conclude(conclude)) = request.command else {
        unreachable!("a conclusion");
    };
    Ok(conclude.decision)
}

#[test]
fn a_verb_without_options_is_a_command() {
    let request: gtm::LaunchRequest = typed("launch replan L").unwrap();
    assert_eq!(request.launch_id, "L");
    assert_eq!(request.command, Some(gtm::launch_request::Command::Replan(gtm::ReplanLaunch {})));
    let planned = gtm::PlanLaunch {
        bet_id: "b".into(),
        rollout_id: "r".into(),
        tier: 2,
        title: "t".into(),
        ..Default::default()
    };
    let request: gtm::LaunchRequest = typed("launch plan --bet b --rollout r --tier 2 --title t").unwrap();
    assert_eq!(request.command, Some(gtm::launch_request::Command::Plan(planned)));
}

#[test]
fn r26_a_point_of_no_return_is_a_stage_and_a_reason() {
    let plan = |more: &str| {
        let line = format!("rollout plan --flag f --service s --mode scaling{more}");
        let request: rollouts::RolloutRequest = typed(&line).unwrap();
        let Some(rollouts::rollout_request::Command::Plan(plan)) = request.command else {
            unreachable!("a plan");
        };
        plan.irreversible_from.map(|from| (from.stage, from.reason))
    };
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(plan(""), None);
    assert_eq!(plan(" --irreversible-from EU"), Some((text("EU"), None)));
    let both = plan(" --irreversible-from EU --irreversible-because 'the old keys are gone'");
    assert_eq!(both, Some((text("EU"), text("the old keys are gone"))));
}

#[test]
fn l4_a_decision_is_one_of_three_and_may_be_missing() {
    use bets::conclude_retrospective::Decision;
    assert_eq!(conclude(""), Ok(None));
    assert_eq!(conclude("--scale"), Ok(Some(Decision::Scale(bets::Scale { r#override: false }))));
    assert_eq!(conclude("--scale --override"), Ok(Some(Decision::Scale(bets::Scale { r#override: true }))));
    let kill = bets::Kill {
        reason: bets::KillReason::TooCostly.into(),
        learnings: vec!["one".into(), "two".into()],
    };
    let line = "--kill too-costly --learning one --learning two";
    assert_eq!(conclude(line), Ok(Some(Decision::Kill(kill))));
    let iterate = bets::Iterate {
        hypothesis: Some(bets::Hypothesis { belief: Some("b".into()), expected_outcome: Some("o".into()) }),
        timebox: Some(bets::Timebox {
            start: Some("2026-12-01T00:00:00Z".into()),
            end: Some("2027-01-11T09:00:00Z".into()),
        }),
        r#override: false,
    };
    let line = "--iterate --belief b --outcome o --start 2026-12-01 --end 6w";
    assert_eq!(conclude(line), Ok(Some(Decision::Iterate(iterate))));
    assert!(conclude("--scale --iterate").is_err());
    assert_eq!(
        conclude("--kill disproved --override"),
        Err("--override goes with --scale or --iterate".to_owned())
    );
    assert_eq!(conclude("--learning x"), Err("--learning goes with --kill".to_owned()));
}

#[test]
fn a_bound_below_nothing_is_taken() {
    for (bound, comparison) in
        [("--below", metrics::Comparison::Below), ("--above", metrics::Comparison::Above)]
    {
        let line = format!("guardrail arm --metric m --rollout r {bound} -3.5");
        let request: metrics::GuardrailRequest = typed(&line).unwrap();
        let Some(metrics::guardrail_request::Command::Arm(arm)) = request.command else {
            unreachable!("an arming");
        };
        assert_eq!(arm.min_sample, 1);
        let threshold = metrics::Threshold {
            comparison: Some(comparison.into()),
            value: Some("-3.5".into()),
            for_points: Some(1),
        };
        assert_eq!(arm.rule, Some(metrics::arm_guardrail::Rule::Threshold(threshold)));
    }
    for refused in ["", "--below 1 --above 2"] {
        let line = format!("guardrail arm --metric m --rollout r {refused}");
        assert!(typed::<metrics::GuardrailRequest>(&line).is_err(), "{line}");
    }
}

#[test]
fn numbers_below_nothing_are_taken() {
    for line in [
        "metric define --key k --type core --good up --target -5",
        "metric define --key k --type core --good up --baseline -5",
        "metric revise k --good up --target -5 --baseline -6",
    ] {
        assert!(typed::<metrics::MetricRequest>(line).is_ok(), "{line}");
    }
    let request: bets::BetRequest = typed("bet record-cost B --amount -2").unwrap();
    let cost = bets::RecordCost { amount: "-2".into() };
    assert_eq!(request.command, Some(bets::bet_request::Command::RecordCost(cost)));
}

#[test]
fn f6_whom_a_flag_reaches_can_be_typed() {
    for (reach, basis_points, members) in [
        ("--on", Some(10_000), &[][..]),
        ("--off", None, &[]),
        ("--percent 0.5%", Some(50), &[]),
        ("--percent-basis-points 50", Some(50), &[]),
        ("--percent 10% --members ann,ben", Some(1_000), &["ann", "ben"]),
        ("--member ann --member ben", None, &["ann", "ben"]),
    ] {
        let members = members.iter().map(|&member| member.to_owned()).collect();
        let audience = rollouts::Audience { members, basis_points, ..rollouts::Audience::default() };
        let set = rollouts::SetByHand { audience: Some(audience) };
        let request: rollouts::FlagRequest = typed(&format!("flag set f {reach}")).unwrap();
        assert_eq!(request.flag_id, "f");
        let set = rollouts::flag_request::Command::SetByHand(set);
        assert_eq!(request.command, Some(set), "{reach}");
    }
    // Whoever says nothing is served says so.
    for refused in ["flag set f", "flag set --on", "flag set f --on --off", "flag set f --off --percent 1%"] {
        assert!(typed::<rollouts::FlagRequest>(refused).is_err(), "{refused}");
    }
    let bare = typed::<rollouts::FlagRequest>("flag set f --percent 10").unwrap_err();
    assert!(bare.contains("10 has no unit: write 10%"), "{bare}");
}

#[test]
fn a_key_is_of_an_environment() {
    let request: rollouts::FlagRequest = typed("flag kill checkout --environment staging").unwrap();
    assert_eq!((request.flag_id.as_str(), request.environment.as_str()), ("checkout", "staging"));
    let request: rollouts::FlagRequest = typed("flag create --key k --environment staging").unwrap();
    let Some(rollouts::flag_request::Command::Create(create)) = request.command else {
        unreachable!("a creation");
    };
    assert_eq!((create.environment.as_str(), create.kind()), ("staging", rollouts::FlagKind::Release));
}

#[test]
fn r2_a_lower_stage_or_step_can_be_typed() {
    for (line, step) in
        [("enter-stage r --stage beta", None), ("enter-stage r --stage beta --step 0", Some(0))]
    {
        let enter = rollouts::EnterStage { stage: "beta".to_owned(), step };
        let request: rollouts::RolloutRequest = typed(&format!("rollout {line}")).unwrap();
        assert_eq!(request.command, Some(rollouts::rollout_request::Command::EnterStage(enter)));
    }
}

#[test]
fn r9c_a_rollback_by_hand_can_be_typed() {
    for (line, critical) in [("rollback r", false), ("rollback r --critical", true)] {
        let rollback = rollouts::RequestRollback { critical, ..rollouts::RequestRollback::default() };
        let request: rollouts::RolloutRequest = typed(&format!("rollout {line}")).unwrap();
        let rollback = rollouts::rollout_request::Command::RequestRollback(rollback);
        assert_eq!(request.command, Some(rollback));
    }
}

#[test]
fn metrics_of_a_bet_are_one_text_each() {
    let line = "bet agree-metrics B --metric primary:conversion:core:up:0.05 --metric guardrail:cpu:guardrail:down:-5";
    let request: bets::BetRequest = typed(line).unwrap();
    let Some(bets::bet_request::Command::AgreeMetrics(agree)) = request.command else {
        unreachable!("an agreement");
    };
    let [first, second] = &agree.metrics[..] else { unreachable!("two") };
    assert_eq!((first.metric(), first.role()), ("conversion", bets::MetricRole::Primary));
    assert_eq!((second.direction(), second.target()), (bets::Direction::Decrease, "-5"));
    for (wrong, said) in [
        ("primary:conversion", "--metric 'primary:conversion': give ROLE:METRIC:METRIC-TYPE:up|down:TARGET"),
        (
            "first:c:core:up:1",
            "--metric 'first:c:core:up:1': 'first' is none of primary, secondary, guardrail; \
             give ROLE:METRIC:METRIC-TYPE:up|down:TARGET",
        ),
    ] {
        let refused = typed::<bets::BetRequest>(&format!("bet agree-metrics B --metric {wrong}"));
        assert_eq!(refused, Err(said.to_owned()));
    }
}

#[test]
fn a_dash_stands_for_standard_input_once() {
    let line = "bet state-hypothesis B --belief - --outcome o";
    let request: bets::BetRequest = typed_with(line, "from a file,\nin two lines\n").unwrap();
    let Some(bets::bet_request::Command::StateHypothesis(stated)) = request.command else {
        unreachable!("a hypothesis");
    };
    assert_eq!(stated.hypothesis.unwrap().belief(), "from a file,\nin two lines");
    let twice = typed_with::<bets::BetRequest>("bet state-hypothesis B --belief - --outcome -", "one\n");
    let said = "--outcome -: standard input is empty; only one option can read it";
    assert_eq!(twice, Err(said.to_owned()));
}

#[test]
fn durations_have_units_and_words_any_case() {
    let line = "metric define --key k --type CORE --good Up --refresh 5m";
    let request: metrics::MetricRequest = typed(line).unwrap();
    let Some(metrics::metric_request::Command::Define(define)) = request.command else {
        unreachable!("a definition");
    };
    assert_eq!((define.refresh_seconds, define.good()), (300, metrics::Trend::Increase));
    let bare = typed::<metrics::MetricRequest>("metric define --key k --type core --good up --refresh 300");
    assert!(bare.unwrap_err().contains("300 has no unit: write 300s"));
    let request: rollouts::RolloutRequest = typed("rollout extend-stage r --by-seconds 60").unwrap();
    let extend = rollouts::ExtendStage { by_seconds: 60 };
    assert_eq!(request.command, Some(rollouts::rollout_request::Command::ExtendStage(extend)));
}

#[test]
fn a_field_at_fault_is_named_as_it_was_typed() {
    let option = |line: &str, field: &str| {
        let (name, word) = line.split_once(' ').unwrap();
        let kind = contract::kind(name).unwrap();
        let verb = kind.for_people().find(|verb| verb.word == word).unwrap();
        option_of(kind, verb, field)
    };
    for (line, field, typed) in [
        ("bet agree-metrics", "agree_metrics.metrics[0].metric", "--metric"),
        ("guardrail arm", "arm.threshold.for_points", "--for"),
        ("guardrail arm", "arm.threshold.value", "--below or --above"),
        ("rollout plan", "plan.flag_id", "--flag"),
        ("rollout plan", "plan.stages[1].steps[0].audience", "--stages"),
        ("rollout plan", "plan.irreversible_from.stage", "--irreversible-from"),
        ("rollout plan", "plan.irreversible_from.reason", "--irreversible-because"),
        ("bet set-timebox", "set_timebox.timebox.end", "--end"),
        ("launch hold", "launch_id", "LAUNCH"),
        ("launch hold", "meta.expected_version", "--expected-version"),
    ] {
        assert_eq!(option(line, field).as_deref(), Some(typed), "{line} {field}");
    }
    assert_eq!(option("launch hold", "plan.tier"), None);
}
