//! What must not keep a guardrail from seeing: many sources, far windows, stores and streams that do not answer.

use super::*;

/// The minute that ended now, of one source among several.
fn of_source(world: &World, source: &str, value: f64) -> serde_json::Value {
    let mut row = world.row(0, value);
    row["source"] = source.into();
    row
}

#[tokio::test]
async fn m17_one_sick_source_among_healthy_ones_is_seen() {
    let (world, ..) = World::guarded().await;
    for _ in 0..3 {
        world.clock.advance(Duration::from_mins(1));
        for (source, value) in [("web-1", 90.0), ("web-2", 10.0), ("web-3", 90.0)] {
            let mut row = of_source(&world, source, value);
            row["count"] = serde_json::Value::Null;
            world.post(&row).await.unwrap();
        }
    }
    assert!(world.story().await.contains(&BREACH.to_owned()), "{:?}", world.story().await);
}

#[tokio::test]
async fn m17_three_sources_of_one_bad_minute_are_one_point() {
    let (world, ..) = World::guarded().await;
    for _ in 0..2 {
        world.clock.advance(Duration::from_mins(1));
        for source in ["web-1", "web-2", "web-3"] {
            world.post(&of_source(&world, source, 10.0)).await.unwrap();
        }
    }
    assert_eq!(world.story().await, [ARMED, "GuardrailAnswerChanged UNKNOWN_INSUFFICIENT"]);
}

#[tokio::test]
async fn m17_the_arm_control_never_counts() {
    let (world, ..) = World::guarded().await;
    for _ in 0..4 {
        world.clock.advance(Duration::from_mins(1));
        let mut control = of_source(&world, "control", 10.0);
        control["arm"] = "control".into();
        world.post(&control).await.unwrap();
    }
    assert_eq!(world.story().await, [ARMED]);
    // Nor after a restart, when rows come from the store.
    let restarted = world.restarted();
    restarted.settle().await;
    assert_eq!(restarted.story().await, [ARMED]);
}

#[tokio::test]
async fn c5_one_source_reports_control_and_treatment_of_one_window() {
    let (world, ..) = World::guarded().await;
    let of = |arm: &str, value: f64| {
        let mut row = world.row(0, value);
        row["arm"] = arm.into();
        row
    };
    // Whatever control says, and in whatever order.
    for minute in 0..4 {
        world.clock.advance(Duration::from_mins(1));
        let mut rows = [of("control", 10.0), of("treatment", 90.0)];
        rows.rotate_left(minute % 2);
        let taken = world.post(&serde_json::json!({ "observations": rows })).await.unwrap();
        assert_eq!((taken.accepted, taken.duplicates), (2, 0));
    }
    assert_eq!(world.story().await, [ARMED, PASS]);
    for _ in 0..3 {
        world.clock.advance(Duration::from_mins(1));
        let rows = [of("control", 90.0), of("treatment", 10.0)];
        world.post(&serde_json::json!({ "observations": rows })).await.unwrap();
    }
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
    assert_eq!(world.store.count("default", "cpu").await, Ok(14));
    world.post(&of("control", 11.0)).await.unwrap_err();
}

#[tokio::test]
async fn m17_a_guardrail_that_asks_each_source_breaks_on_one_that_is_sick() {
    let (world, rollout, _) = World::guarded().await;
    let healthy = [("web-1", 90.0), ("web-2", 40.0), ("web-3", 90.0)];
    let minutes = async || {
        for _ in 0..3 {
            world.clock.advance(Duration::from_mins(1));
            let rows = healthy.map(|(source, value)| of_source(&world, source, value));
            world.post(&serde_json::json!({ "observations": rows })).await.unwrap();
        }
    };
    minutes().await;
    assert_eq!(world.story().await, [ARMED, PASS], "merged, the healthy ones outweigh it");
    let disarm = pb::guardrail_request::Command::Disarm(pb::DisarmGuardrail {});
    let merged = world.context.board.read(|view| view.guardrails.of_rollout(rollout)[0]);
    crate::testing::accepted(world.guardrail(&merged.to_string(), disarm).await);
    let mut each = arm("cpu", world.rollout("second").await);
    each.judge = pb::Judge::EachSource.into();
    let other = each.rollout_id.parse().unwrap();
    world.enter(other, "beta", 1).await;
    world.arm(each).await;
    minutes().await;
    assert_eq!(world.story().await.last().map(String::as_str), Some(BREACH));
}

#[tokio::test]
async fn m17_a_failure_that_completes_a_bucket_after_its_grace_is_told() {
    let world = World::new();
    world.define("cpu", pb::MetricType::Guardrail).await;
    let rollout = world.rollout("r").await;
    world.enter(rollout, "beta", 1).await;
    let each = pb::ArmGuardrail { judge: pb::Judge::EachSource.into(), ..arm("cpu", rollout) };
    let each: GuardrailId = world.arm(each).await.parse().unwrap();
    let state = || world.context.board.read(|view| view.guardrails.get(each).unwrap().state.clone());
    for values in [[90.0, 90.0], [90.0, 40.0], [90.0, 40.0]] {
        world.clock.advance(Duration::from_mins(1));
        for (source, value) in ["web-1", "web-2"].into_iter().zip(values) {
            world.post(&of_source(&world, source, value)).await.unwrap();
        }
    }
    world.clock.advance(Duration::from_mins(1));
    let late = of_source(&world, "web-2", 40.0);
    world.post(&of_source(&world, "web-1", 90.0)).await.unwrap();
    world.clock.advance(Duration::from_secs(6));
    world.settle().await;
    let silent = CheckStateOf::Unknown(verdict_kernel::check::Unknown::NoData);
    assert_eq!(state().guardrail().unwrap().last.state(), silent);
    // Its source is away, as one that says nothing at all.
    let away = [("default".to_owned(), "cpu".to_owned())].into();
    assert_eq!(world.context.evaluation.tell_sources(&std::collections::BTreeSet::new()), away);
    world.clock.advance(Duration::from_secs(1));
    world.post(&late).await.unwrap();
    assert!(state().is_breached(), "{:?}", world.story().await);
    assert_eq!(world.facts(rollout, &[]).await.guardrails[0].state(), CheckState::Fail);
}

#[tokio::test]
async fn clause_18_what_a_full_store_does_not_keep_is_judged_all_the_same() {
    let (world, ..) = World::guarded().await;
    let store = Arc::new(crate::testing::Moody::over(world.store.clone()));
    let world = World::on(world.clock.clone(), world.log.clone(), store.clone());
    world.minute(90.0).await;
    store.full(true);
    for _ in 0..3 {
        world.clock.advance(Duration::from_secs(49));
        let refused = world.post(&world.row(0, 40.0)).await.unwrap_err();
        assert_eq!(refused.code, verdict_runtime::problem::Code::LogFull);
        // As where other replicas may have stored what did not arrive here.
        world.clock.advance(Duration::from_secs(11));
        world.context.evaluation.missed.store(true, Ordering::Release);
        world.settle().await;
    }
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
    // Once it takes rows again, it is right.
    store.full(false);
    world.minute(90.0).await;
    world.clock.advance(Duration::from_secs(11));
    world.context.evaluation.missed.store(true, Ordering::Release);
    world.settle().await;
    assert_eq!(world.story().await.last().map(String::as_str), Some("GuardrailRecovered"));
}

#[tokio::test]
async fn m17_a_bucket_whose_source_died_counts_after_its_grace_and_says_when() {
    let (world, ..) = World::guarded().await;
    for _ in 0..2 {
        world.clock.advance(Duration::from_mins(1));
        for source in ["web-1", "web-2"] {
            world.post(&of_source(&world, source, 10.0)).await.unwrap();
        }
    }
    world.minute(10.0).await;
    world.settle().await;
    let grace = world.now() + jiff::SignedDuration::from_secs(6);
    match world.settle().await {
        Progress::Idle { due, .. } => assert_eq!(due, Some(grace)),
        other => unreachable!("{other:?}"),
    }
    let few = "GuardrailAnswerChanged UNKNOWN_INSUFFICIENT";
    assert_eq!(world.story().await, [ARMED, few]);
    world.clock.advance_to(grace);
    world.settle().await;
    assert_eq!(world.story().await, [ARMED, few, FAIL, BREACH]);
}

#[tokio::test]
async fn clause_24_a_window_that_ends_far_away_blinds_nothing() {
    let (world, ..) = World::guarded().await;
    world.minute(90.0).await;
    // However it came in: through another door, or before the door was as narrow as it is.
    let far = Row { received_at: world.now(), ..stored_row(&world, 90.0) };
    let end = world.now() + jiff::SignedDuration::from_hours(24 * 365);
    let key = verdict_runtime::observations::Key { window_end: end, ..far.key };
    world.store.insert(vec![Row { key, ..far }]).await.unwrap();
    let world = world.restarted();
    world.settle().await;
    for _ in 0..3 {
        world.minute(40.0).await;
    }
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
}

/// A second guardrail of another rollout on the same metric; of the two, the first has the smaller id.
async fn two_guardrails() -> (World, [(RolloutId, GuardrailId); 2]) {
    let (world, rollout, guardrail) = World::guarded().await;
    let other = world.rollout("other").await;
    world.enter(other, "beta", 1).await;
    let second = world.arm(arm("cpu", other)).await;
    let mut both = [(rollout, guardrail.parse().unwrap()), (other, second.parse().unwrap())];
    both.sort_by_key(|(_, guardrail): &(RolloutId, GuardrailId)| *guardrail);
    (world, both)
}

/// The events of one guardrail, by their types.
async fn story_of(world: &World, guardrail: GuardrailId) -> Vec<String> {
    let filter = verdict_runtime::log::Filter::prefixes([format!("metrics.guardrail-{guardrail}")]);
    let page = world.log.read_all(None, &filter, 1000).await.unwrap();
    page.events
        .iter()
        .map(|event| event.event_type.rsplit_once('.').unwrap().0.rsplit_once('.').unwrap().1.to_owned())
        .collect()
}

#[tokio::test]
async fn clause_18_a_guardrail_that_cannot_be_read_breaches_blind_and_silences_no_other() {
    let (world, [(blind, unreadable), (seen, other)]) = two_guardrails().await;
    world.settle().await;
    world.write_unknown(&format!("metrics.guardrail-{unreadable}"), "metrics.Guardrail.Snoozed.v9").await;
    for _ in 0..3 {
        world.minute(40.0).await;
    }
    assert_eq!(
        story_of(&world, other).await,
        ["GuardrailArmed", "GuardrailAnswerChanged", "GuardrailAnswerChanged", "GuardrailBreached"]
    );
    assert_eq!(story_of(&world, unreadable).await, ["GuardrailArmed", "Snoozed", "GuardrailBreached"]);
    // It loses its own rollout the watch, and the other one keeps it.
    world.settle().await;
    let watches_over = |rollout| world.context.evaluation.watches_over(rollout);
    assert_eq!([watches_over(blind), watches_over(seen)], [false, true]);
    assert_eq!(story_of(&world, unreadable).await.len(), 3, "one breach, however often it is tried");
}

#[tokio::test]
async fn r15_a_rollout_whose_metric_is_retired_is_not_watched_until_the_metric_is_restored() {
    let (world, rollout, _) = World::guarded().await;
    world.minute(90.0).await;
    let watched = async || {
        world.settle().await;
        world.context.evaluation.watches_over(rollout)
    };
    assert!(watched().await);
    accepted(world.metric("cpu", pb::metric_request::Command::Retire(pb::RetireMetric {})).await);
    assert!(!watched().await);
    accepted(world.metric("cpu", pb::metric_request::Command::Restore(pb::RestoreMetric {})).await);
    assert!(watched().await);
}

#[tokio::test]
async fn r15_a_share_whose_store_does_not_answer_is_not_watched() {
    let (world, rollout, _) = World::guarded().await;
    let store = Arc::new(crate::testing::Moody::over(world.store.clone()));
    let world = World::on(world.clock.clone(), world.log.clone(), store.clone());
    world.settle().await;
    assert!(world.context.evaluation.watches_over(rollout));
    store.fail(true);
    let restarted = World::on(world.clock.clone(), world.log.clone(), store.clone());
    restarted.settle_once().await;
    assert!(!restarted.context.evaluation.watches_over(rollout));
    store.fail(false);
    restarted.settle_once().await;
    assert!(restarted.context.evaluation.watches_over(rollout));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_delays_no_breach() {
    let (world, ..) = World::guarded().await;
    let store = Arc::new(crate::testing::Moody::over(world.store.clone()));
    let world = World::on(world.clock.clone(), world.log.clone(), store.clone());
    for value in [90.0, 40.0, 40.0] {
        world.minute(value).await;
    }
    world.settle().await;
    store.hang(true);
    // Something compares what is in memory with the store, and waits for it.
    world.context.evaluation.missed.store(true, Ordering::Release);
    let mut evaluator = world.evaluator();
    let begun = tokio::time::Instant::now();
    let comparing = async {
        evaluator.step().await.unwrap();
        begun.elapsed()
    };
    world.clock.advance(Duration::from_mins(1));
    let row = Row { received_at: world.now(), ..stored_row_of(&world, 40.0) };
    let judging = async {
        // The comparison, which is polled first, is under way by now.
        tokio::task::yield_now().await;
        world.context.evaluation.judge_everywhere(&[row]).await.unwrap();
        begun.elapsed()
    };
    let (compared, judged) = tokio::join!(comparing, judging);
    assert_eq!(world.story().await, [ARMED, PASS, FAIL, BREACH]);
    assert!(judged < Duration::from_millis(20), "{judged:?}");
    assert!(compared < Duration::from_secs(1), "{compared:?}");
}

#[tokio::test(start_paused = true)]
async fn clause_18_a_store_that_hangs_keeps_no_gate_waiting() {
    let (world, rollout, _) = World::guarded().await;
    let store = Arc::new(crate::testing::Moody::over(world.store.clone()));
    let world = World::on(world.clock.clone(), world.log.clone(), store.clone());
    world.settle().await;
    assert_eq!(world.facts(rollout, &["cpu"]).await.metrics.len(), 1);
    store.hang(true);
    let begun = tokio::time::Instant::now();
    let request = pb::FactsRequest {
        rollout_id: rollout.to_string(),
        metrics: vec!["cpu".to_owned()],
        ..pb::FactsRequest::default()
    };
    let mut guardrails = world.guardrails();
    let asked = tokio::time::timeout(Duration::from_mins(1), guardrails.facts(request)).await;
    asked.unwrap().unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn clause_19_a_restart_reads_the_rows_of_a_few_points_and_not_those_of_weeks() {
    let (world, rollout, _) = World::guarded().await;
    for _ in 1..10 {
        world.arm(arm("cpu", rollout)).await;
    }
    let begin = world.now();
    world.clock.advance(Duration::from_hours(24 * 42));
    let minutes = 42 * 24 * 60;
    let rows: Vec<Row> = (1..=minutes)
        .map(|minute| {
            let end = after(begin, minute);
            let mut row = stored_row(&world, 90.0);
            (row.key.window_end, row.key.window_start) = (end, after(begin, minute - 1));
            Row { received_at: end, ..row }
        })
        .collect();
    world.store.insert(rows).await.unwrap();
    let store = Arc::new(crate::testing::Moody::over(world.store.clone()));
    let open = || World::on(world.clock.clone(), world.log.clone(), store.clone());
    // Nobody remembers how far they were judged, and even so not everything is read.
    open().settle().await;
    assert!(store.handed_out() < 10 * 1_200, "{}", store.handed_out());
    open().settle().await;
    assert!(store.handed_out() < 10 * 64, "{}", store.handed_out());
}

/// Rows that are no longer in memory are in the store. They were judged in their time, and what is left of what came
/// before them is no reason to judge them again.
#[tokio::test]
async fn m17_what_was_judged_long_ago_is_not_judged_again_without_what_came_before() {
    let (world, ..) = World::guarded().await;
    // Two bad minutes of three never are three in a row, and without the ones before they are too few to say so.
    for minute in 0..201 {
        world.minute(if minute % 3 == 0 { 90.0 } else { 40.0 }).await;
        world.context.evaluation.missed.store(true, Ordering::Release);
        world.settle().await;
    }
    assert_eq!(world.story().await, [ARMED, PASS]);
}

#[tokio::test]
async fn c19_a_source_whose_rows_are_always_late_is_named_with_its_guardrail_and_in_a_gauge() {
    let (world, rollout, _) = World::guarded().await;
    world.define("clocks", pb::MetricType::Guardrail).await;
    let guardrail = world.arm(arm("clocks", rollout)).await;
    let minute = async |source: &str, late: u32| {
        world.clock.advance(Duration::from_mins(1));
        let mut row = world.row(late, 90.0);
        (row["metric"], row["source"]) = ("clocks".into(), source.into());
        world.post(&row).await.unwrap();
    };
    let request = GetRequest { id: guardrail, ..GetRequest::default() };
    let named = async || world.guardrails().get(request.clone()).await.unwrap().into_inner().late_sources;
    let gauge = |number: u64| {
        let line = format!("verdict_sources_late{{metric=\"clocks\"}} {number}");
        verdict_runtime::telemetry::gauges::lines().contains(&line)
    };
    for _ in 0..2 {
        minute("behind", 60).await;
        minute("fine", 0).await;
    }
    assert_eq!(named().await, Vec::<String>::new(), "that may be a backfill");
    minute("behind", 60).await;
    assert_eq!(named().await, ["behind"]);
    assert!(gauge(1));
    minute("behind", 0).await;
    assert_eq!(named().await, Vec::<String>::new());
    assert!(gauge(0));
}

#[tokio::test]
async fn r16_windows_from_before_a_step_do_not_count_for_its_gate() {
    let (world, _, guardrail) = World::guarded().await;
    world.minute(90.0).await;
    let id = guardrail.parse().unwrap();
    let since = world.now();
    let state = async |since| world.context.evaluation.answer_now(id, since).await.unwrap().unwrap().state;
    assert_eq!(state(None).await, CheckStateOf::Pass);
    assert_eq!(state(Some(since)).await, CheckStateOf::Unknown(verdict_kernel::check::Unknown::NoData));
    world.minute(90.0).await;
    assert_eq!(state(Some(since)).await, CheckStateOf::Pass);
}

#[tokio::test]
async fn a_replica_that_does_not_know_its_shares_looks_again_at_once() {
    let world = World::among(
        Arc::new(verdict_kernel::clock::ManualClock::at("2026-03-01T00:00:00Z".parse().unwrap())),
        World::new().log,
        Arc::new(verdict_runtime::observations::memory::MemoryObservations::default()),
        Replicas::none(),
    );
    let mut evaluator = world.evaluator();
    match evaluator.step().await.unwrap() {
        Progress::Blocked { retry, .. } => assert!(retry < Duration::from_millis(100), "{retry:?}"),
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_row_that_arrives_after_the_arming_counts_whatever_the_clock_says() {
    let (world, ..) = World::guarded().await;
    // The replica that takes the rows has a clock that was moved back by an hour.
    let behind = world.now() - jiff::SignedDuration::from_hours(1);
    let behind = World::on(
        Arc::new(verdict_kernel::clock::ManualClock::at(behind)),
        world.log.clone(),
        world.store.clone(),
    );
    for _ in 0..3 {
        behind.minute(40.0).await;
    }
    let few = "GuardrailAnswerChanged UNKNOWN_INSUFFICIENT";
    assert_eq!(world.story().await, [ARMED, few, FAIL, BREACH]);
}

#[tokio::test]
async fn r15_a_source_that_is_away_is_one_alarm_for_its_metric() {
    let (world, rollout, _) = World::guarded().await;
    world.define("quiet", verdict_proto::metrics::v1::MetricType::Guardrail).await;
    for _ in 0..2 {
        world.arm(arm("quiet", rollout)).await;
    }
    let minute = async || {
        world.clock.advance(Duration::from_mins(1));
        let mut row = world.row(0, 90.0);
        row["metric"] = "quiet".into();
        world.post(&row).await.unwrap();
        world.settle().await;
    };
    let evaluation = &world.context.evaluation;
    let none = std::collections::BTreeSet::new();
    minute().await;
    assert_eq!(evaluation.tell_sources(&none), none);
    world.clock.advance(Duration::from_secs(121));
    world.settle().await;
    let away = evaluation.tell_sources(&none);
    assert_eq!(away, [("default".to_owned(), "quiet".to_owned())].into());
    let shown = verdict_runtime::telemetry::gauges::lines();
    assert!(shown.contains(&"verdict_source_away{metric=\"quiet\"} 1".to_owned()), "{shown:?}");
    minute().await;
    assert_eq!(evaluation.tell_sources(&away), none);
}
