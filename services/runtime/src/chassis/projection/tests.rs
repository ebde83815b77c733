//! Views beyond the suite: rebuilding beside, foreign logs, unreadable events, readiness.

use std::sync::Arc;
use std::time::Duration;

use verdict_kernel::clock::{ManualClock, Timestamp};

use super::*;
use crate::log::contract::port;
use crate::log::contract::views::catch_up;
use crate::log::memory::MemoryLog;
use crate::log::{Expected, NewEvent};

/// The names of the events, in order; `bad` in a name is malformed, another type is unknown.
#[derive(Debug)]
struct Names;

impl Projection for Names {
    type View = Vec<String>;

    fn name(&self) -> &'static str {
        "names"
    }

    fn filter(&self) -> Filter {
        Filter::prefixes(["bets."])
    }

    fn fresh(&self) -> Vec<String> {
        Vec::new()
    }

    fn apply(names: &mut Vec<String>, event: &Recorded) -> Result<(), DecodeError> {
        let name = String::from_utf8_lossy(&event.data).into_owned();
        match &*event.event_type {
            "bets.Named.v1" if name == "bad" => Err(DecodeError::Malformed(name)),
            "bets.Named.v1" => {
                names.push(name);
                Ok(())
            }
            _ => Err(DecodeError::UnknownType),
        }
    }
}

fn empty_log(id: &str) -> Log {
    let clock = Arc::new(ManualClock::at(Timestamp::UNIX_EPOCH));
    Arc::new(MemoryLog::new(id, clock))
}

async fn append(log: &Log, names: &[&str]) -> Position {
    let event = |name: &&str| NewEvent {
        event_type: "bets.Named.v1".to_owned(),
        data: name.as_bytes().to_vec(),
        ..port::event(name)
    };
    let events = names.iter().map(event).collect();
    log.append("bets.bet-1", Expected::Any, events).await.unwrap().position
}

fn names(view: &View<Names>) -> Vec<String> {
    view.read(Clone::clone)
}

#[tokio::test]
async fn a_projector_is_unready_until_it_has_been_at_the_head_once() {
    let log = empty_log("log");
    let many: Vec<String> = (0..=PAGE).map(|n| n.to_string()).collect();
    append(&log, &many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (mut projector, view) = Projector::new(Names, log.clone());
    projector.step().await.unwrap();
    assert!(projector.unready().is_some());
    assert_eq!(names(&view).len(), PAGE);
    catch_up(&mut projector).await;
    assert_eq!(projector.unready(), None);
    append(&log, &["later"]).await;
    assert_eq!(projector.unready(), None);
}

#[tokio::test]
async fn a_rebuild_happens_beside_the_view_and_replaces_it_when_it_has_caught_up() {
    let log = empty_log("log");
    let many: Vec<String> = (0..=PAGE).map(|n| n.to_string()).collect();
    append(&log, &many.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let (mut projector, view) = Projector::new(Names, log.clone());
    catch_up(&mut projector).await;
    view.shared.write().view.push("only in the old view".to_owned());
    let position = view.position();
    view.rebuild();
    projector.step().await.unwrap();
    assert_eq!(names(&view).len(), PAGE + 2, "the old view answers while the new one is folded");
    assert_eq!(view.position(), position);
    catch_up(&mut projector).await;
    assert_eq!(names(&view), many);
    assert_eq!(view.position(), position);
}

#[tokio::test]
async fn a_view_of_another_log_answers_until_the_new_one_has_caught_up() {
    let (old, new) = (empty_log("old"), empty_log("new"));
    append(&old, &["a", "b", "c"]).await;
    let head = append(&new, &["x"]).await;
    let (mut projector, view) = Projector::new(Names, old);
    catch_up(&mut projector).await;
    projector.log = new;
    projector.step().await.unwrap();
    assert_eq!(names(&view), ["a", "b", "c"]);
    assert!(view.wait_for(&head, Duration::ZERO).await.is_err());
    catch_up(&mut projector).await;
    assert_eq!(names(&view), ["x"]);
    assert_eq!(view.wait_for(&head, Duration::ZERO).await, Ok(()));
}

#[tokio::test]
async fn an_unreadable_event_stops_the_view_before_it_and_keeps_what_was_folded() {
    let log = empty_log("log");
    append(&log, &["a", "bad", "c"]).await;
    let (mut projector, view) = Projector::new(Names, log.clone());
    let expected = Fault::Unreadable {
        event_type: "bets.Named.v1".to_owned(),
        stream: "bets.bet-1".to_owned(),
        revision: 1,
        why: "payload does not fit its type: bad".to_owned(),
    };
    for _ in 0..2 {
        assert_eq!(projector.step().await, Err(expected.clone()));
    }
    assert_eq!(names(&view), ["a"]);
    assert_eq!(view.position().map(|at| at.commit), Some(1));
    assert!(projector.unready().is_some());
}

#[tokio::test]
async fn a_position_that_is_not_reached_in_time_is_told_with_where_the_view_is() {
    let log = empty_log("log");
    append(&log, &["a"]).await;
    let (mut projector, view) = Projector::new(Names, log.clone());
    catch_up(&mut projector).await;
    let wanted = append(&log, &["b"]).await;
    let error = view.wait_for(&wanted, Duration::from_millis(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "view 'names' is at log:1:1 and has not reached log:2:2");
}

#[tokio::test]
async fn events_that_the_filter_leaves_out_still_move_the_position() {
    let log = empty_log("log");
    append(&log, &["a"]).await;
    log.append("rollouts.rollout-1", Expected::Any, vec![port::event("x")]).await.unwrap();
    let (mut projector, view) = Projector::new(Names, log.clone());
    catch_up(&mut projector).await;
    assert_eq!(view.position(), log.head().await.unwrap());
    assert_eq!((names(&view), view.skipped()), (vec!["a".to_owned()], 0));
}

#[tokio::test]
async fn a_remark_that_a_view_does_not_know_is_passed_over_and_another_event_is_counted() {
    let log = empty_log("log");
    let of_type = |name: &str| NewEvent { event_type: name.to_owned(), ..port::event(name) };
    let (mut projector, view) = Projector::new(Names, log.clone());
    for (event_type, skipped) in
        [("bets.Bet.Remarked.v1", 0), ("bets.Bet.Overridden.v1", 0), ("bets.Bet.BetSold.v1", 1)]
    {
        log.append("bets.bet-1", Expected::Any, vec![of_type(event_type)]).await.unwrap();
        catch_up(&mut projector).await;
        assert_eq!(view.skipped(), skipped, "{event_type}");
    }
}
