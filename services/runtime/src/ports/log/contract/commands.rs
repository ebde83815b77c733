//! What a caller is promised: a command has its effect once, on the state that the caller saw.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::{Clock, ManualClock, Timestamp, plus};
use verdict_kernel::effect::Effect;
use verdict_kernel::id::BetId;
use verdict_kernel::principal::Principal;

use super::port;
use super::tally::{ADDED, Command, LIMIT, Tally, envelope, repository};
use crate::execute::{Envelope, ExecuteError, Executed, Repository};
use crate::fault::Fault;
use crate::log::{Expected, Log, Recorded};

/// Runs this part of the suite.
pub async fn all(make: &impl AsyncFn() -> Log) {
    append_a_append_b_retry_a_returns_the_first_events(make().await).await;
    clause_01_a_known_command_is_answered_before_its_version_is_looked_at(make().await).await;
    clause_01_a_command_id_with_another_payload_is_refused(make().await).await;
    clause_01_a_stale_expected_version_is_refused_and_the_present_one_accepted(make().await).await;
    clause_01_deciding_again_never_overrides_the_callers_version(make().await).await;
    a_change_while_deciding_is_decided_again_on_the_new_state(make().await).await;
    clause_21_what_takes_back_is_decided_again_until_it_wins(make().await).await;
    clause_22_one_command_id_at_two_replicas_with_two_payloads_is_refused(make().await).await;
    clause_22_one_command_decided_twice_has_the_outcome_that_is_in_the_log(make().await).await;
    remarks_and_overrides_are_stored_with_the_events_and_told_again(make().await).await;
    a_dry_run_answers_what_would_be_and_writes_nothing(make().await).await;
    a_command_id_of_another_organisation_is_not_answered(make().await).await;
    clause_02_a_refusal_or_an_empty_list_is_never_answered_from_a_stale_cache(make().await).await;
    clause_03_a_retried_creation_makes_one_thing(make().await).await;
    clause_16_an_unknown_event_stops_deciding_but_not_a_blind_append(make().await).await;
    the_time_of_an_event_is_never_before_the_last_one_of_its_stream(make().await).await;
}

fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH))
}

async fn accepted(tallies: &Repository<Tally>, envelope: &Envelope, command: Command) -> Executed {
    let outcome = tallies.execute(envelope, "1", true, command).await;
    outcome.expect("the command is accepted")
}

async fn failed(tallies: &Repository<Tally>, envelope: &Envelope, command: Command) -> ExecuteError {
    let outcome = tallies.execute(envelope, "1", true, command).await;
    outcome.expect_err("the command is not accepted")
}

async fn sum(tallies: &Repository<Tally>) -> (u32, u64) {
    let folded = tallies.load("1").await.expect("the stream is folded");
    (folded.state, folded.version)
}

fn expecting(version: u32, name: &str) -> Envelope {
    Envelope { expected_version: Some(version), ..envelope(name) }
}

/// Also by a replica that never saw the command, and although the state would lead to something else now.
pub async fn append_a_append_b_retry_a_returns_the_first_events(log: Log) {
    let tallies = repository(&log, clock());
    let a = accepted(&tallies, &envelope("a"), Command::Add(6)).await;
    let b = accepted(&tallies, &envelope("b"), Command::Add(4)).await;
    assert_eq!((a.version, b.version, a.repeated), (1, 2, false));
    let repeated = Executed { repeated: true, ..a };
    assert_eq!(accepted(&tallies, &envelope("a"), Command::Add(6)).await, repeated);
    let replica = repository(&log, clock());
    assert_eq!(accepted(&replica, &envelope("a"), Command::Add(6)).await, repeated);
    assert_eq!(sum(&replica).await, (10, 2));
    assert_eq!(repeated.event_types, [ADDED]);
}

/// A retry carries the version of the first attempt, which is stale by its own success.
pub async fn clause_01_a_known_command_is_answered_before_its_version_is_looked_at(log: Log) {
    let tallies = repository(&log, clock());
    let first = accepted(&tallies, &expecting(0, "a"), Command::Add(1)).await;
    let again = accepted(&tallies, &expecting(0, "a"), Command::Add(1)).await;
    assert_eq!(again, Executed { repeated: true, ..first });
}

/// An id names one command for ever.
pub async fn clause_01_a_command_id_with_another_payload_is_refused(log: Log) {
    let tallies = repository(&log, clock());
    accepted(&tallies, &envelope("a"), Command::Add(1)).await;
    let other = Envelope { payload_hash: "another payload".to_owned(), ..envelope("a") };
    let error = failed(&tallies, &other, Command::Add(2)).await;
    assert!(matches!(error, ExecuteError::CommandIdReused(id) if id == other.command_id), "{error}");
    assert_eq!(sum(&tallies).await, (1, 1));
}

/// The version counts events, and both sides of the boundary are shown.
pub async fn clause_01_a_stale_expected_version_is_refused_and_the_present_one_accepted(log: Log) {
    let tallies = repository(&log, clock());
    accepted(&tallies, &envelope("a"), Command::Add(1)).await;
    accepted(&tallies, &envelope("b"), Command::Add(1)).await;
    for stale in [1, 3] {
        let error = failed(&tallies, &expecting(stale, "c"), Command::Add(1)).await;
        let told = matches!(error, ExecuteError::StaleVersion { expected, actual: 2 } if expected == stale);
        assert!(told, "{error}");
    }
    assert_eq!(accepted(&tallies, &expecting(2, "c"), Command::Add(1)).await.version, 3);
}

/// Executes an addition of `more`, during the first decision of which another replica adds `meanwhile` for `rival`.
async fn raced(
    log: &Log,
    envelope: &Envelope,
    more: u32,
    (rival, meanwhile): (&Envelope, u32),
) -> Result<Executed, ExecuteError> {
    let tallies = repository(log, clock());
    let replica = repository(log, clock());
    let replica = &replica;
    let outcome = tallies.execute_with(envelope, "1", true, Command::Add(more), |_| {
        let rival_adds = async move {
            // The same command id each time: the rival acts once, however often this is decided.
            accepted(replica, rival, Command::Add(meanwhile)).await;
            Ok(())
        };
        Box::pin(rival_adds)
    });
    outcome.await
}

/// Only one of the two is in the log, so the other one is not told that its own was carried out.
pub async fn clause_22_one_command_id_at_two_replicas_with_two_payloads_is_refused(log: Log) {
    let other = Envelope { payload_hash: "another payload".to_owned(), ..envelope("a") };
    let error = raced(&log, &envelope("a"), 1, (&other, 2)).await.expect_err("it was never carried out");
    assert!(matches!(error, ExecuteError::CommandIdReused(id) if id == other.command_id), "{error}");
    assert_eq!(sum(&repository(&log, clock())).await, (2, 1));
}

/// Facts may have changed between two deciders of the same command: what is in the log is the answer of both.
pub async fn clause_22_one_command_decided_twice_has_the_outcome_that_is_in_the_log(log: Log) {
    let executed =
        raced(&log, &envelope("a"), 1, (&envelope("a"), 2)).await.expect("the rival's is the outcome");
    assert_eq!((executed.version, executed.repeated), (1, true));
    assert_eq!(sum(&repository(&log, clock())).await, (2, 1));
}

/// Others win more often than anything else would be decided again.
pub async fn clause_21_what_takes_back_is_decided_again_until_it_wins(log: Log) {
    let (tallies, rival) = (repository(&log, clock()), repository(&log, clock()));
    accepted(&tallies, &envelope("a"), Command::Add(1)).await;
    let rival = &rival;
    let attempts = std::sync::atomic::AtomicU32::new(0);
    let crowded = |envelope: Envelope| {
        let (tallies, attempts) = (&tallies, &attempts);
        async move {
            let outcome = tallies.execute_with(&envelope, "1", true, Command::Clear, |_| {
                let attempt = attempts.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                Box::pin(async move {
                    if attempt % 20 != 19 {
                        let name = format!("rival {attempt}");
                        accepted(rival, &super::tally::envelope(&name), Command::Clear).await;
                    }
                    Ok(())
                })
            });
            outcome.await
        }
    };
    let error = crowded(envelope("b")).await.expect_err("it is not worth more than some attempts");
    assert!(matches!(error, ExecuteError::Contended), "{error}");
    let narrows = Envelope { effect: Effect::Narrows, ..envelope("c") };
    crowded(narrows).await.expect("it wins in the end");
}

/// An id that another organisation used says nothing about what that organisation did.
pub async fn a_command_id_of_another_organisation_is_not_answered(log: Log) {
    let tallies = repository(&log, clock());
    accepted(&tallies, &envelope("a"), Command::Add(1)).await;
    let principal = Principal { org: "another".to_owned(), ..Principal::dev() };
    let error = failed(&tallies, &Envelope { principal, ..envelope("a") }, Command::Add(1)).await;
    assert!(matches!(error, ExecuteError::NotFound { .. }), "{error}");
}

/// Somebody else was faster: whoever named a version hears of it.
pub async fn clause_01_deciding_again_never_overrides_the_callers_version(log: Log) {
    accepted(&repository(&log, clock()), &envelope("a"), Command::Add(1)).await;
    let error = raced(&log, &expecting(1, "mine"), 1, (&envelope("rival"), 1))
        .await
        .expect_err("the version is stale");
    assert!(matches!(error, ExecuteError::StaleVersion { expected: 1, actual: 2 }), "{error}");
    assert_eq!(sum(&repository(&log, clock())).await, (2, 2));
}

/// Without a version of its own the command is decided on what is there now.
pub async fn a_change_while_deciding_is_decided_again_on_the_new_state(log: Log) {
    let executed =
        raced(&log, &envelope("mine"), 4, (&envelope("rival"), LIMIT - 4)).await.expect("it still fits");
    assert_eq!(executed.version, 2);
    let error =
        raced(&log, &envelope("too much"), 1, (&envelope("rival"), 1)).await.expect_err("over the limit");
    let ExecuteError::Refused(blockers) = error else { unreachable!("{error}") };
    let refusal = blockers.first();
    assert_eq!((refusal.code, refusal.seen.as_str()), ("over_the_limit", "11"));
}

/// Replica B knows an older state; what it answers is true of the newest.
pub async fn clause_02_a_refusal_or_an_empty_list_is_never_answered_from_a_stale_cache(log: Log) {
    let (a, b) = (repository(&log, clock()), repository(&log, clock()));
    accepted(&a, &envelope("fill"), Command::Add(LIMIT)).await;
    assert_eq!(sum(&b).await, (LIMIT, 1), "B is warm");
    accepted(&a, &envelope("clear"), Command::Clear).await;
    let reached = accepted(&b, &envelope("reach"), Command::Reach(5)).await;
    assert_eq!(reached.event_types, [ADDED], "an older state would have led to nothing");
    assert_eq!(sum(&a).await, (5, 3), "A is warm");
    accepted(&b, &envelope("clear again"), Command::Clear).await;
    let added = accepted(&a, &envelope("more"), Command::Add(LIMIT)).await;
    assert_eq!(added.version, 5, "an older state would have been refused");
}

/// The id derives from the command, and the first append demands that there is no stream.
pub async fn clause_03_a_retried_creation_makes_one_thing(log: Log) {
    let envelope = envelope("create");
    let id = || BetId::created_by(envelope.command_id).to_string();
    let mut positions = Vec::new();
    for _ in 0..2 {
        let replica = repository(&log, clock());
        let created = replica.execute(&envelope, &id(), true, Command::Add(1)).await;
        positions.push(created.expect("the creation is accepted").position);
    }
    assert_eq!(positions[0], positions[1]);
    let slice = log.read_stream(&Repository::<Tally>::stream(&id()), 0, 9).await.expect("read");
    assert_eq!(slice.events.len(), 1);
}

/// Deciding on a partial past is a fault. What must happen whatever the past was is appended without folding.
pub async fn clause_16_an_unknown_event_stops_deciding_but_not_a_blind_append(log: Log) {
    let tallies = repository(&log, clock());
    accepted(&tallies, &envelope("a"), Command::Add(1)).await;
    let last = log.read_last("contract.tally-1").await.expect("read").expect("an event");
    let mut unknown = port::event("of a newer version");
    unknown.metadata = last.metadata;
    let appended = log.append("contract.tally-1", Expected::Exact(0), vec![unknown]).await;
    appended.expect("the newer replica appends");
    let error = failed(&tallies, &envelope("b"), Command::Add(1)).await;
    assert!(matches!(error, ExecuteError::Fault(Fault::Unreadable { revision: 1, .. })), "{error}");
    let cleared = tallies
        .append_blind(&envelope("kill"), "1", &[super::tally::Event::Cleared])
        .await
        .expect("safety needs no understanding");
    assert_eq!(cleared.version, 3);
}

/// Two clocks never make a soak shorter.
pub async fn the_time_of_an_event_is_never_before_the_last_one_of_its_stream(log: Log) {
    let ahead = clock();
    ahead.advance(Duration::from_mins(5));
    accepted(&repository(&log, ahead), &envelope("a"), Command::Add(1)).await;
    let behind = clock();
    let tallies = repository(&log, behind.clone());
    accepted(&tallies, &envelope("b"), Command::Add(1)).await;
    behind.advance(Duration::from_mins(6));
    accepted(&tallies, &envelope("c"), Command::Add(1)).await;
    let slice = log.read_stream("contract.tally-1", 0, 9).await.expect("read");
    let at = |event: &Recorded| event.metadata().map(|metadata| metadata.at);
    let times: Vec<_> = slice.events.iter().map(at).collect();
    let minute = |n| Ok(plus(Timestamp::UNIX_EPOCH, Duration::from_mins(n)));
    assert_eq!(times, [minute(5), minute(5), minute(6)]);
    assert_eq!(Ok(behind.now()), minute(6));
}

/// What the rules had to say is in the log beside the events, no state is made of it, and a repeat tells it again.
pub async fn remarks_and_overrides_are_stored_with_the_events_and_told_again(log: Log) {
    let because = Envelope { reason: "because".to_owned(), ..envelope("a") };
    let first = accepted(&repository(&log, clock()), &because, Command::AddWhole(LIMIT + 1)).await;
    assert_eq!(
        (first.version, first.event_types.as_slice()),
        (3, [super::tally::ADDED.to_owned()].as_slice())
    );
    let again = accepted(&repository(&log, clock()), &because, Command::AddWhole(LIMIT + 1)).await;
    assert!(again.repeated);
    for executed in [&first, &again] {
        assert_eq!((executed.remarks[0].rule(), executed.remarks.len()), ("B13", 1));
        assert_eq!((executed.overrides[0].rule(), executed.overrides[0].reason()), ("B31", "because"));
    }
    let slice = log.read_stream(&Repository::<Tally>::stream("1"), 0, 9).await.expect("read");
    let types: Vec<&str> = slice.events.iter().map(|event| &*event.event_type).collect();
    assert_eq!(types, [super::tally::ADDED, "contract.Tally.Remarked.v1", "contract.Tally.Overridden.v1"]);
    assert_eq!(sum(&repository(&log, clock())).await, (LIMIT + 1, 3));
}

/// A dry run answers what would be and leaves no trace, so the command itself is none that was sent before.
pub async fn a_dry_run_answers_what_would_be_and_writes_nothing(log: Log) {
    let tallies = repository(&log, clock());
    let dry = Envelope { dry_run: true, ..envelope("a") };
    let answer = accepted(&tallies, &dry, Command::AddWhole(6)).await;
    let drafts = answer.drafts.as_deref().unwrap_or_default();
    let types: Vec<&str> = drafts.iter().map(|draft| &*draft.event_type).collect();
    assert_eq!(types, [super::tally::ADDED, "contract.Tally.Remarked.v1"]);
    assert_eq!((&drafts[0].data[..], answer.version, answer.position.is_some()), (&b"6"[..], 0, false));
    let ExecuteError::Refused(blockers) = failed(&tallies, &dry, Command::AddWhole(0)).await else {
        unreachable!("nothing is nothing")
    };
    assert_eq!(blockers.first().code, "nothing");
    let blind = tallies.append_blind(&dry, "1", &[super::tally::Event::Cleared]).await.expect("decided");
    assert_eq!(blind.drafts.map(|drafts| drafts.len()), Some(1));
    assert_eq!(tallies.load("1").await.expect("read").version, 0);
    let real = accepted(&tallies, &envelope("a"), Command::AddWhole(6)).await;
    assert_eq!((real.version, real.repeated, real.drafts), (2, false, None));
    let known = accepted(&tallies, &dry, Command::AddWhole(6)).await;
    assert_eq!((known.repeated, known.drafts), (true, Some(Vec::new())), "it would be a repeat");
}
