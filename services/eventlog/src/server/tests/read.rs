use super::*;
use crate::wire::event_store::client::streams::read_req::options::filter_options::Expression;
use crate::wire::event_store::client::streams::read_req::options::filter_options::Filter as By;
use crate::wire::event_store::client::streams::read_req::options::{FilterOption, FilterOptions};

pub(super) fn filtered(options: read_req::Options, by: By, multiplier: u32) -> read_req::Options {
    let filter = FilterOptions { filter: Some(by), window: None, checkpoint_interval_multiplier: multiplier };
    read_req::Options { filter_option: Some(FilterOption::Filter(filter)), ..options }
}

pub(super) fn prefix(text: &str) -> Expression {
    Expression { regex: String::new(), prefix: vec![text.to_owned()] }
}

pub(super) fn regex(text: &str) -> Expression {
    Expression { regex: text.to_owned(), prefix: Vec::new() }
}

async fn refusal(ground: &mut Ground, options: read_req::Options) -> Code {
    ground.read(options).await.unwrap_err().code()
}

#[tokio::test]
async fn a_stream_is_read_both_ways_from_where_the_client_says() {
    let mut ground = ground().await;
    ground.put("a", [1, 2, 3, 4]).await;
    let mut read = async |options| numbers(ground.read(options).await.unwrap());
    let (start, end) = (RevisionOption::Start(Empty {}), RevisionOption::End(Empty {}));
    assert_eq!(read(of_stream("a", start)).await, [1, 2, 3, 4]);
    assert_eq!(read(of_stream("a", RevisionOption::Revision(2))).await, [3, 4]);
    assert_eq!(read(of_stream("a", end)).await, [0; 0]);
    assert_eq!(read(limited(of_stream("a", start), 2)).await, [1, 2]);
    assert_eq!(read(backwards(of_stream("a", end))).await, [4, 3, 2, 1]);
    assert_eq!(read(limited(backwards(of_stream("a", end)), 1)).await, [4]);
    assert_eq!(read(backwards(of_stream("a", RevisionOption::Revision(1)))).await, [2, 1]);
    assert_eq!(read(backwards(of_stream("a", start))).await, [1]);
}

#[tokio::test]
async fn a_long_stream_is_read_over_many_pages() {
    let mut ground = ground().await;
    for hundred in 0..13 {
        ground.put("a", hundred * 100..(hundred + 1) * 100).await;
    }
    let found = numbers(ground.read(whole_stream("a")).await.unwrap());
    assert_eq!(found, (0..1_300).collect::<Vec<_>>());
    let end = RevisionOption::End(Empty {});
    let found = numbers(ground.read(limited(backwards(of_stream("a", end)), 700)).await.unwrap());
    assert_eq!(found, (600..1_300).rev().collect::<Vec<_>>());
    let found = numbers(ground.read(of_all(AllOption::Start(Empty {}))).await.unwrap());
    assert_eq!(found.len(), 1_300);
}

#[tokio::test]
async fn clients_that_ask_are_told_where_a_stream_begins_and_ends() {
    let mut ground = ground().await;
    ground.put("a", [1, 2, 3]).await;
    let found = ground.read(telling_ends(limited(whole_stream("a"), 1))).await.unwrap();
    assert_eq!(found.last(), Some(&Content::LastStreamPosition(2)));
    assert_eq!(found.len(), 2);
    let beyond = telling_ends(of_stream("a", RevisionOption::Revision(9)));
    let found = ground.read(beyond).await.unwrap();
    assert_eq!(found, [Content::FirstStreamPosition(0), Content::LastStreamPosition(2)]);
    assert_eq!(ground.read(whole_stream("a")).await.unwrap().len(), 3, "others are not told");
}

#[tokio::test]
async fn a_stream_that_was_never_written_is_not_found() {
    let mut ground = ground().await;
    let found = ground.read(telling_ends(whole_stream("a"))).await.unwrap();
    let [Content::StreamNotFound(not_found)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(not_found.stream_identifier, Some(identifier("a")));
}

#[tokio::test]
async fn the_whole_log_is_read_from_a_position_inclusive() {
    let mut ground = ground().await;
    ground.put("a", [1, 2]).await;
    ground.put("b", [3, 4]).await;
    let mut read = async |options| numbers(ground.read(options).await.unwrap());
    assert_eq!(read(of_all(AllOption::Start(Empty {}))).await, [1, 2, 3, 4]);
    assert_eq!(read(of_all(at(2))).await, [2, 3, 4]);
    assert_eq!(read(limited(of_all(at(2)), 2)).await, [2, 3]);
    assert_eq!(read(backwards(of_all(AllOption::End(Empty {})))).await, [4, 3, 2, 1]);
    // Forward the event at the position is part of the read, backward it is not.
    assert_eq!(read(backwards(of_all(at(3)))).await, [2, 1]);
    let of_b = By::StreamIdentifier(prefix("b"));
    assert_eq!(read(filtered(of_all(AllOption::Start(Empty {})), of_b, 1)).await, [3, 4]);
    let not_a = By::StreamIdentifier(regex("^(?!a)"));
    assert_eq!(read(filtered(of_all(AllOption::Start(Empty {})), not_a, 1)).await, [3, 4]);
}

#[tokio::test]
async fn an_event_carries_what_was_appended_and_when() {
    let mut ground = ground().await;
    ground.put("a", [7]).await;
    let mut options = whole_stream("a");
    let content = uuid_option::Content::Structured(Empty {});
    options.uuid_option = Some(UuidOption { content: Some(content) });
    let event = event_of(ground.read(options).await.unwrap().remove(0));
    assert_eq!(number_of(&event), 7);
    let recorded = event.event.unwrap();
    let halves = uuid::Structured { most_significant_bits: 0, least_significant_bits: 7 };
    assert_eq!(recorded.id, Some(Uuid { value: Some(uuid::Value::Structured(halves)) }));
    assert_eq!(recorded.metadata["type"], "Happened");
    assert_eq!(recorded.metadata["content-type"], "application/json");
    let ticks: i64 = recorded.metadata["created"].parse().unwrap();
    let stored = crate::testing::stream(&ground.log, "a").remove(0);
    assert_eq!(ticks, stored.created_unix_micros * 10);
    assert_eq!((recorded.data, recorded.custom_metadata), (stored.data, stored.metadata));
}

#[tokio::test]
async fn links_are_followed_when_asked_for() {
    let mut ground = ground().await;
    ground.put("a", [1, 2]).await;
    for (number, target) in [(11, "1@a"), (12, "9@a"), (13, "0@gone")] {
        let mut link = proposed(number);
        link.metadata.insert("type".to_owned(), "$>".to_owned());
        link.data = target.into();
        let messages = append_messages("links", Expecting::Any(Empty {}), [link]);
        ground.client.append(stream::iter(messages)).await.unwrap();
    }
    let plain = ground.read(whole_stream("links")).await.unwrap();
    assert_eq!(numbers(plain), [11, 12, 13]);
    let resolving = read_req::Options { resolve_links: true, ..whole_stream("links") };
    let found: Vec<_> = ground.read(resolving).await.unwrap().into_iter().map(event_of).collect();
    assert_eq!(number_of(&found[0]), 2);
    assert_eq!(found[0].link.as_ref().unwrap().stream_revision, 0);
    let place = crate::wire::event_store::client::streams::read_resp::read_event::Position::CommitPosition(3);
    assert_eq!(found[0].position, Some(place), "a reader goes on after the link");
    assert!(found[1..].iter().all(|event| event.event.is_none() && event.link.is_some()));
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused() {
    let mut ground = ground().await;
    let nothing = read_req::Options::default();
    let without_ids = read_req::Options { uuid_option: None, ..whole_stream("a") };
    let without_count = read_req::Options { count_option: None, ..whole_stream("a") };
    let filtered_stream = filtered(whole_stream("a"), By::EventType(prefix("H")), 1);
    let empty = Expression { regex: String::new(), prefix: Vec::new() };
    let all = || of_all(AllOption::Start(Empty {}));
    let swapped = read_req::options::Position { commit_position: 1, prepare_position: 2 };
    for options in [
        nothing,
        without_ids,
        without_count,
        filtered_stream,
        filtered(all(), By::EventType(empty), 1),
        filtered(all(), By::EventType(regex("(")), 1),
        filtered(forever(all()), By::EventType(prefix("H")), 0),
        backwards(forever(all())),
        of_all(AllOption::Position(swapped)),
        whole_stream(""),
    ] {
        assert_eq!(refusal(&mut ground, options.clone()).await, Code::InvalidArgument, "{options:?}");
    }
}
