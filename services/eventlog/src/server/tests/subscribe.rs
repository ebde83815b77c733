use super::read::{filtered, prefix, regex};
use super::*;
use crate::wire::event_store::client::streams::read_req::options::filter_options::Filter as By;
use crate::wire::event_store::client::streams::read_resp::Checkpoint;

const CAUGHT_UP: Content = Content::CaughtUp(CaughtUp {});

async fn confirmed(ground: &mut Ground, options: read_req::Options) -> Streaming<ReadResp> {
    let mut answers = ground.follow(forever(options)).await;
    let first = next(&mut answers).await.unwrap();
    assert!(matches!(&first, Content::Confirmation(c) if !c.subscription_id.is_empty()), "{first:?}");
    answers
}

async fn next_number(answers: &mut Streaming<ReadResp>) -> u128 {
    number_of(&event_of(next(answers).await.unwrap()))
}

#[tokio::test]
async fn a_stream_is_followed_from_what_is_stored_to_what_is_live() {
    let mut ground = ground().await;
    ground.put("a", [1, 2]).await;
    let mut following = confirmed(&mut ground, whole_stream("a")).await;
    assert_eq!(next_number(&mut following).await, 1);
    assert_eq!(next_number(&mut following).await, 2);
    assert_eq!(next(&mut following).await.unwrap(), CAUGHT_UP);
    ground.put("b", [3]).await;
    ground.put("a", [4]).await;
    assert_eq!(next_number(&mut following).await, 4);
}

#[tokio::test]
async fn where_a_subscription_begins_is_exclusive() {
    let mut ground = ground().await;
    ground.put("a", [1, 2, 3]).await;
    let mut of_revision = confirmed(&mut ground, of_stream("a", RevisionOption::Revision(1))).await;
    assert_eq!(next_number(&mut of_revision).await, 3);
    let mut of_position = confirmed(&mut ground, of_all(at(2))).await;
    assert_eq!(next_number(&mut of_position).await, 3);
    let mut of_end = confirmed(&mut ground, of_stream("a", RevisionOption::End(Empty {}))).await;
    assert_eq!(next(&mut of_end).await.unwrap(), CAUGHT_UP);
    let mut of_all_end = confirmed(&mut ground, of_all(AllOption::End(Empty {}))).await;
    assert_eq!(next(&mut of_all_end).await.unwrap(), CAUGHT_UP);
    ground.put("a", [4]).await;
    assert_eq!(next_number(&mut of_end).await, 4);
    assert_eq!(next_number(&mut of_all_end).await, 4);
}

#[tokio::test]
async fn a_stream_that_is_not_there_yet_can_be_followed() {
    let mut ground = ground().await;
    let mut following = confirmed(&mut ground, whole_stream("a")).await;
    assert_eq!(next(&mut following).await.unwrap(), CAUGHT_UP);
    ground.put("a", [1]).await;
    assert_eq!(next_number(&mut following).await, 1);
}

#[tokio::test]
async fn a_filtered_subscription_says_how_far_it_has_looked() {
    let mut ground = ground().await;
    ground.put("noise", 100..170).await;
    ground.put("wanted-1", [1]).await;
    let by = By::StreamIdentifier(prefix("wanted-"));
    let options = filtered(of_all(AllOption::Start(Empty {})), by, 1);
    let mut following = confirmed(&mut ground, options).await;
    let checkpoint = |at| Content::Checkpoint(Checkpoint { commit_position: at, prepare_position: at });
    assert_eq!(next(&mut following).await.unwrap(), checkpoint(32));
    assert_eq!(next(&mut following).await.unwrap(), checkpoint(64));
    assert_eq!(next_number(&mut following).await, 1);
    assert_eq!(next(&mut following).await.unwrap(), checkpoint(71));
    assert_eq!(next(&mut following).await.unwrap(), CAUGHT_UP);
}

#[tokio::test]
async fn a_look_ahead_excludes_system_events() {
    let mut ground = ground().await;
    ground.log.set_stream_metadata("a", crate::StreamMetadata::keep_last(9)).await.unwrap();
    ground.put("a", [1]).await;
    let by = By::EventType(regex(r"^(?!\$)"));
    let options = filtered(of_all(AllOption::Start(Empty {})), by, 32);
    let mut following = confirmed(&mut ground, options).await;
    assert_eq!(next_number(&mut following).await, 1);
}

#[tokio::test]
async fn deleting_the_stream_for_ever_ends_its_subscription() {
    let mut ground = ground().await;
    ground.put("a", [1]).await;
    let mut following = confirmed(&mut ground, of_stream("a", RevisionOption::End(Empty {}))).await;
    assert_eq!(next(&mut following).await.unwrap(), CAUGHT_UP);
    ground.log.tombstone_stream("a", crate::Expected::Any).await.unwrap();
    let ended = next(&mut following).await.unwrap_err();
    assert_eq!(trailer(&ended, "exception"), Some("stream-deleted"));
}

#[tokio::test]
async fn a_position_of_another_log_is_refused() {
    let mut ground = ground().await;
    ground.put("a", [1]).await;
    let mut following = confirmed(&mut ground, of_all(at(99))).await;
    assert_eq!(next(&mut following).await.unwrap_err().code(), Code::InvalidArgument);
}

#[tokio::test]
async fn a_reader_that_does_not_read_loses_nothing() {
    let mut ground = ground().await;
    let mut following = confirmed(&mut ground, of_all(AllOption::Start(Empty {}))).await;
    assert_eq!(next(&mut following).await.unwrap(), CAUGHT_UP);
    // Far more than the memory for live readers and the windows of the connection hold.
    for hundred in 0..100 {
        ground.put("a", hundred * 100..(hundred + 1) * 100).await;
    }
    let mut found = Vec::new();
    while found.len() < 10_000 {
        if let Content::Event(event) = next(&mut following).await.unwrap() {
            found.push(number_of(&event));
        }
    }
    assert_eq!(found, (0..10_000).collect::<Vec<_>>());
}

async fn first_positions(answers: &mut Streaming<ReadResp>, count: usize) -> Vec<u64> {
    let mut positions = Vec::new();
    while positions.len() < count {
        if let Content::Event(event) = next(answers).await.unwrap() {
            positions.push(event.event.unwrap().commit_position);
        }
    }
    positions
}

#[tokio::test]
async fn catching_up_live_and_replay_see_the_same() {
    const EVENTS: usize = 600;
    let mut ground = ground().await;
    let start = || of_all(AllOption::Start(Empty {}));
    let mut live = confirmed(&mut ground, start()).await;
    let writers = (0..6_u128).map(|writer| {
        let log = ground.log.clone();
        async move {
            for number in 0..100 {
                crate::testing::put(&log, &format!("s-{writer}"), [writer * 100 + number]).await;
            }
        }
    });
    let writing = futures::future::join_all(writers);
    let (_, seen_live) = tokio::join!(writing, first_positions(&mut live, EVENTS));
    let mut late = confirmed(&mut ground, start()).await;
    let seen_late = first_positions(&mut late, EVENTS).await;
    let replayed: Vec<u64> = ground
        .read(start())
        .await
        .unwrap()
        .into_iter()
        .map(|content| event_of(content).event.unwrap().commit_position)
        .collect();
    assert_eq!(seen_live, replayed);
    assert_eq!(seen_late, replayed);
    assert_eq!(replayed, (1..=EVENTS as u64).collect::<Vec<_>>());
}
