//! Subscriptions: what was there, what comes, in order, once, without a gap.

use crate::testing::{
    DEADLINE, directory, events, everything, next, next_events, numbers, open, options, positions, put,
    until_caught_up,
};
use crate::{Expected, Filter, Item, Log, Options, Recorded, StreamMetadata, SubscribeError};

fn events_of(items: &[Item]) -> Vec<Recorded> {
    let event = |item: &Item| match item {
        Item::Event(event) => Some(event.clone()),
        Item::Checkpoint(_) | Item::CaughtUp => None,
    };
    items.iter().filter_map(event).collect()
}

#[tokio::test]
async fn a_subscription_delivers_the_past_then_says_so_then_what_comes() {
    let directory = directory();
    put(&open(&directory), "s", 0..3).await;
    let log = open(&directory);
    let mut subscription = log.subscribe(Some(1), Filter::all());

    let past = until_caught_up(&mut subscription).await;
    assert_eq!(past.len(), 3);
    assert_eq!(positions(&events_of(&past)), [2, 3]);

    put(&log, "s", [7, 8]).await;
    assert_eq!(positions(&next_events(&mut subscription, 2).await), [4, 5]);
}

#[tokio::test]
async fn a_subscription_to_an_empty_log_is_caught_up_at_once() {
    let directory = directory();
    let log = open(&directory);
    let mut subscription = log.subscribe(None, Filter::all());

    assert_eq!(next(&mut subscription).await, Item::CaughtUp);
    put(&log, "s", [1]).await;
    assert_eq!(positions(&next_events(&mut subscription, 1).await), [1]);
}

/// Subscribers that start before, during and after 800 concurrent appends see what a replay sees.
async fn subscribers_agree_with_replay(live_buffer: usize) {
    let directory = directory();
    let log = Log::open(Options { live_buffer, ..options(&directory) }).unwrap();
    put(&log, "before", 0..300).await;
    let total = 300 + 8 * 100 * 2;
    let mut writers = tokio::task::JoinSet::new();
    let mut subscribers = tokio::task::JoinSet::new();
    for writer in 1..=8_u128 {
        let (writing, reading) = (log.clone(), log.clone());
        writers.spawn(async move {
            for number in 0..100_u128 {
                let id = writer * 10_000 + number * 2;
                put(&writing, &format!("w-{}", number % 5), [id, id + 1]).await;
            }
        });
        subscribers.spawn(async move {
            // Each begins when the log has grown a little further.
            let mut grown = reading.watch_head();
            grown.wait_for(|head| u128::from(*head) >= 200 * writer).await.unwrap();
            let mut subscription = reading.subscribe(None, Filter::all());
            next_events(&mut subscription, total).await
        });
    }
    writers.join_all().await;
    let replay = everything(&log);
    assert_eq!(positions(&replay), (1..=total as u64).collect::<Vec<_>>());
    for seen in subscribers.join_all().await {
        assert_eq!(seen, replay);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn catching_up_live_and_replay_see_the_same_under_concurrent_appends() {
    subscribers_agree_with_replay(4_096).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_see_the_same_when_memory_holds_only_five_events() {
    subscribers_agree_with_replay(5).await;
}

#[tokio::test]
async fn a_subscriber_that_falls_behind_reads_the_file_and_says_when_it_is_back() {
    let directory = directory();
    let log = Log::open(Options { live_buffer: 4, ..options(&directory) }).unwrap();
    let mut subscription = log.subscribe(None, Filter::all());
    put(&log, "s", [1]).await;
    assert_eq!(until_caught_up(&mut subscription).await.len(), 2);

    put(&log, "s", 10..40).await;
    let items = until_caught_up(&mut subscription).await;

    assert_eq!(positions(&events_of(&items)), (2..=31).collect::<Vec<_>>());
}

#[tokio::test]
async fn events_heavier_than_the_ring_are_still_delivered() {
    let directory = directory();
    let log = Log::open(Options { live_buffer_bytes: 1, ..options(&directory) }).unwrap();
    let mut subscription = log.subscribe(None, Filter::all());
    assert_eq!(next(&mut subscription).await, Item::CaughtUp);

    for number in 0..5 {
        put(&log, "s", [number]).await;
        assert_eq!(numbers(&next_events(&mut subscription, 1).await), [number]);
    }
}

#[tokio::test]
async fn a_filtered_subscription_sends_checkpoints_after_the_given_number_and_on_going_live() {
    let directory = directory();
    put(&open(&directory), "noise", 0..100).await;
    let log = open(&directory);
    put(&log, "wanted", [200]).await;
    // Where streams are left out and none is named, everything is looked at.
    let filter = Filter { exclude_stream_prefixes: vec!["noise".to_owned()], ..Filter::all() };
    let mut subscription = log.subscribe(None, filter).checkpoint_every(40);

    let items = until_caught_up(&mut subscription).await;
    let found = numbers(&events_of(&items));
    assert_eq!(found, [200]);
    let event = items.iter().find(|item| matches!(item, Item::Event(_))).cloned().unwrap();
    let checkpoint = Item::Checkpoint;
    assert_eq!(items, [checkpoint(40), checkpoint(80), event, checkpoint(101), Item::CaughtUp]);

    put(&log, "noise", 300..399).await;
    assert_eq!(next(&mut subscription).await, checkpoint(141));
    assert_eq!(next(&mut subscription).await, checkpoint(181));
    put(&log, "noise", 400..421).await;
    assert_eq!(next(&mut subscription).await, checkpoint(221));
}

#[tokio::test]
async fn a_subscription_that_starts_at_the_head_sends_no_checkpoint_that_its_reader_has() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "noise", [1]).await;
    let mut subscription = log.subscribe(Some(1), Filter::streams(["wanted"]));

    assert_eq!(until_caught_up(&mut subscription).await, [Item::CaughtUp]);
}

#[tokio::test]
async fn a_position_beyond_the_head_is_refused_and_the_head_itself_is_accepted() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1, 2]).await;

    let refused = log.subscribe(Some(3), Filter::all()).next().await;
    assert_eq!(refused, Err(SubscribeError::BeyondHead { after: 3, head: 2 }));
    assert_eq!(next(&mut log.subscribe(Some(2), Filter::all())).await, Item::CaughtUp);
}

#[tokio::test]
async fn a_stream_is_followed_from_a_revision_through_a_small_ring() {
    let directory = directory();
    let log = Log::open(Options { live_buffer: 3, ..options(&directory) }).unwrap();
    put(&log, "s", 0..4).await;
    let mut subscription = log.subscribe_stream("s", Some(1));
    let past = events_of(&until_caught_up(&mut subscription).await);
    assert_eq!(numbers(&past), [2, 3]);

    put(&log, "other", 100..102).await;
    put(&log, "s", [4]).await;
    assert_eq!(numbers(&next_events(&mut subscription, 1).await), [4]);

    put(&log, "other", 102..120).await;
    put(&log, "s", [5]).await;
    put(&log, "other", 120..130).await;
    put(&log, "s", [6]).await;
    assert_eq!(numbers(&next_events(&mut subscription, 2).await), [5, 6]);
}

#[tokio::test]
async fn a_tombstone_ends_the_subscription_to_its_stream() {
    let directory = directory();
    let log = open(&directory);
    put(&log, "s", [1]).await;
    let mut subscription = log.subscribe_stream("s", None);
    assert_eq!(until_caught_up(&mut subscription).await.len(), 2);

    log.append("s", Expected::Any, events([2])).await.unwrap();
    log.tombstone_stream("s", Expected::Any).await.unwrap();
    // The tombstone has deleted the event before it could be delivered.
    let ended = tokio::time::timeout(DEADLINE, subscription.next()).await.unwrap();
    assert_eq!(ended, Err(SubscribeError::StreamDeleted { stream: "s".to_owned() }));
    let ended = tokio::time::timeout(DEADLINE, log.subscribe_stream("s", None).next()).await.unwrap();
    assert_eq!(ended, Err(SubscribeError::StreamDeleted { stream: "s".to_owned() }));
}

#[tokio::test]
async fn what_max_count_deletes_is_not_delivered_any_more() {
    let directory = directory();
    let log = open(&directory);
    log.set_stream_metadata("s", StreamMetadata::keep_last(2)).await.unwrap();
    put(&log, "s", 0..6).await;
    let mut subscription = log.subscribe(None, Filter::streams(["s"]));

    assert_eq!(numbers(&events_of(&until_caught_up(&mut subscription).await)), [4, 5]);
}

#[tokio::test]
async fn closing_the_log_ends_its_subscriptions() {
    let directory = directory();
    let log = open(&directory);
    let mut subscription = log.subscribe(None, Filter::all());
    assert_eq!(next(&mut subscription).await, Item::CaughtUp);
    let waiting = async { tokio::time::timeout(DEADLINE, subscription.next()).await.unwrap() };

    let (ended, ()) = tokio::join!(waiting, log.close());

    assert_eq!(ended, Err(SubscribeError::Closed));
}
