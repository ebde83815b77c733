use super::*;
use crate::wire::event_store::client::streams::append_resp::wrong_expected_version::{
    CurrentRevisionOption, ExpectedRevisionOption,
};
use crate::wire::event_store::client::streams::append_resp::{Result as Outcome, WrongExpectedVersion};
use crate::wire::event_store::client::streams::{DeleteReq, TombstoneReq, delete_req, tombstone_req};

fn wrong(current: CurrentRevisionOption, expected: ExpectedRevisionOption) -> Outcome {
    Outcome::WrongExpectedVersion(WrongExpectedVersion {
        current_revision_option: Some(current),
        expected_revision_option: Some(expected),
    })
}

async fn delete(ground: &mut Ground, stream: &str) -> Result<(), Status> {
    use delete_req::options::ExpectedStreamRevision;
    let options = delete_req::Options {
        stream_identifier: Some(identifier(stream)),
        expected_stream_revision: Some(ExpectedStreamRevision::Any(Empty {})),
    };
    ground.client.delete(DeleteReq { options: Some(options) }).await.map(|_| ())
}

async fn tombstone(ground: &mut Ground, stream: &str) -> Result<(), Status> {
    use tombstone_req::options::ExpectedStreamRevision;
    let options = tombstone_req::Options {
        stream_identifier: Some(identifier(stream)),
        expected_stream_revision: Some(ExpectedStreamRevision::Any(Empty {})),
    };
    ground.client.tombstone(TombstoneReq { options: Some(options) }).await.map(|_| ())
}

#[tokio::test]
async fn an_append_answers_where_its_last_event_is() {
    use append_resp::success::{CurrentRevisionOption, PositionOption};
    let mut ground = ground().await;
    let success = ground.put("a", [1, 2, 3]).await;
    let position = append_resp::Position { commit_position: 3, prepare_position: 3 };
    assert_eq!(success.current_revision_option, Some(CurrentRevisionOption::CurrentRevision(2)));
    assert_eq!(success.position_option, Some(PositionOption::Position(position)));
    assert_eq!(ground.put("a", [1, 2, 3]).await, success, "a repeat answers what the first one answered");
    assert_eq!(ground.log.head(), 3);
}

#[tokio::test]
async fn a_wrong_version_is_an_answer_with_both_revisions() {
    let mut ground = ground().await;
    ground.put("a", [1, 2]).await;
    let current = CurrentRevisionOption::CurrentRevision(1);
    let exact = ground.append("a", Expecting::Revision(7), [3]).await.unwrap();
    assert_eq!(exact, wrong(current, ExpectedRevisionOption::ExpectedRevision(7)));
    let none = ground.append("a", Expecting::NoStream(Empty {}), [3]).await.unwrap();
    assert_eq!(none, wrong(current, ExpectedRevisionOption::ExpectedNoStream(Empty {})));
    let absent = CurrentRevisionOption::CurrentNoStream(Empty {});
    let exists = ground.append("b", Expecting::StreamExists(Empty {}), [3]).await.unwrap();
    assert_eq!(exists, wrong(absent, ExpectedRevisionOption::ExpectedStreamExists(Empty {})));
}

#[tokio::test]
async fn an_event_must_say_its_type_and_content_type() {
    let mut ground = ground().await;
    for property in ["type", "content-type"] {
        let mut event = proposed(1);
        event.metadata.remove(property);
        let messages = append_messages("a", Expecting::Any(Empty {}), [event]);
        let refused = ground.client.append(stream::iter(messages)).await.unwrap_err();
        assert_eq!(refused.code(), Code::InvalidArgument);
        assert_eq!(trailer(&refused, "exception"), Some("missing-required-metadata-property"));
    }
}

#[tokio::test]
async fn an_append_that_is_too_large_is_refused_with_the_limit() {
    let mut ground = ground().await;
    let large = ProposedMessage { data: vec![7; 16 << 20].into(), ..proposed(1) };
    let messages = append_messages("a", Expecting::Any(Empty {}), [large]);
    let refused = ground.client.append(stream::iter(messages)).await.unwrap_err();
    assert_eq!(trailer(&refused, "exception"), Some("maximum-append-size-exceeded"));
    assert_eq!(trailer(&refused, "maximum-append-size"), Some("16777216"));
}

/// Unless somebody says otherwise as large as with other servers of the protocol, which take 16 MiB.
#[tokio::test]
async fn how_large_an_append_may_be_is_chosen_when_the_log_is_opened() {
    const MIB: usize = 1 << 20;
    let usual = crate::Options::new("").max_append_bytes;
    for (limit, sizes) in [(MIB, [2, 4, 15]), (usual, [2, 4, 15]), (40 * MIB, [4, 15, 33])] {
        let directory = directory();
        let options = crate::Options { max_append_bytes: limit, ..options(&directory) };
        let mut ground = ground_over(Log::open(options).unwrap(), directory).await;
        for (number, size) in (1..).zip(sizes) {
            let event = ProposedMessage { data: vec![7; size * MIB].into(), ..proposed(number) };
            let messages = append_messages("a", Expecting::Any(Empty {}), [event.clone()]);
            let appended = ground.client.append(stream::iter(messages)).await;
            if size * MIB > limit {
                let refused = appended.unwrap_err();
                let told = trailer(&refused, "maximum-append-size").map(str::to_owned);
                assert_eq!(told, Some(limit.to_string()), "{size} MiB of {limit}: {refused}");
                continue;
            }
            appended.unwrap();
            let newest = limited(backwards(of_stream("a", RevisionOption::End(Empty {}))), 1);
            let found = event_of(ground.read(newest).await.unwrap().remove(0)).event.unwrap();
            assert!(found.data == event.data, "{size} MiB of {limit}");
        }
    }
}

#[tokio::test]
async fn deleting_what_was_never_there_is_a_wrong_version() {
    let mut ground = ground().await;
    let refused = delete(&mut ground, "a").await.unwrap_err();
    assert_eq!(refused.code(), Code::FailedPrecondition);
    assert_eq!(trailer(&refused, "exception"), Some("wrong-expected-version"));
    assert_eq!(trailer(&refused, "expected-version"), Some("-2"));
    assert_eq!(trailer(&refused, "actual-version"), Some("-1"));
    assert_eq!(trailer(&refused, "stream-name"), Some("a"));
    assert!(refused.message().contains("WrongExpectedVersion"), "{refused}");
    assert!(refused.message().contains("Actual version: -1"), "{refused}");
}

#[tokio::test]
async fn a_deleted_stream_is_not_found_and_goes_on_where_it_was() {
    use append_resp::success::CurrentRevisionOption;
    let mut ground = ground().await;
    ground.put("a", [1, 2]).await;
    delete(&mut ground, "a").await.unwrap();
    let not_found = ground.read(whole_stream("a")).await.unwrap();
    assert!(matches!(&not_found[..], [Content::StreamNotFound(_)]), "{not_found:?}");
    let exists = ground.append("a", Expecting::StreamExists(Empty {}), [3]).await.unwrap_err();
    assert_eq!(trailer(&exists, "exception"), Some("stream-deleted"));
    let again = ground.append("a", Expecting::NoStream(Empty {}), [3]).await.unwrap();
    let append_resp::Result::Success(again) = again else { panic!("{again:?}") };
    assert_eq!(again.current_revision_option, Some(CurrentRevisionOption::CurrentRevision(2)));
    assert_eq!(numbers(ground.read(whole_stream("a")).await.unwrap()), [3]);
}

#[tokio::test]
async fn a_tombstone_is_final_for_the_stream_and_its_metadata() {
    let mut ground = ground().await;
    ground.put("a", [1]).await;
    tombstone(&mut ground, "a").await.unwrap();
    let append = ground.append("a", Expecting::Any(Empty {}), [2]).await.unwrap_err();
    let read = ground.read(whole_stream("a")).await.unwrap_err();
    let metadata = ground.read(whole_stream("$$a")).await.unwrap_err();
    for refused in [append, read, metadata] {
        assert_eq!(refused.code(), Code::FailedPrecondition);
        assert_eq!(trailer(&refused, "exception"), Some("stream-deleted"));
        assert!(refused.message().contains("is deleted"), "{refused}");
    }
}

#[tokio::test]
async fn metadata_is_appended_to_its_stream_and_takes_effect() {
    let mut ground = ground().await;
    ground.put("a", [1, 2, 3]).await;
    let mut event = proposed(9);
    event.metadata.insert("type".to_owned(), "$metadata".to_owned());
    event.data = r#"{"$maxCount":1,"owner":"growth"}"#.into();
    let messages = append_messages("$$a", Expecting::NoStream(Empty {}), [event.clone()]);
    ground.client.append(stream::iter(messages)).await.unwrap();
    assert_eq!(numbers(ground.read(whole_stream("a")).await.unwrap()), [3]);
    let newest = limited(backwards(of_stream("$$a", RevisionOption::End(Empty {}))), 1);
    let found = event_of(ground.read(newest).await.unwrap().remove(0)).event.unwrap();
    assert_eq!(found.data, event.data);
    event.data = "[]".into();
    let messages = append_messages("$$a", Expecting::Any(Empty {}), [event]);
    let refused = ground.client.append(stream::iter(messages)).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);
}

#[tokio::test]
async fn sixteen_writers_that_expect_a_revision_write_one_history() {
    const WRITERS: u128 = 16;
    const EACH: u128 = 10;
    let mut ground = ground().await;
    ground.put("a", [0]).await;
    let write = |writer: u128| {
        let mut client = ground.client.clone();
        let log = ground.log.clone();
        async move {
            let mut accepted = Vec::new();
            for number in 0..EACH {
                loop {
                    // What was read may be old by the time of the append, which is then refused.
                    let seen = crate::testing::revisions(&log, "a").last().copied().unwrap();
                    tokio::task::yield_now().await;
                    let id = 1 + writer * EACH + number;
                    let messages = append_messages("a", Expecting::Revision(seen), [proposed(id)]);
                    let answer = client.append(stream::iter(messages)).await.unwrap().into_inner();
                    if let Some(Outcome::Success(_)) = answer.result {
                        accepted.push((seen + 1, id));
                        break;
                    }
                }
            }
            accepted
        }
    };
    let accepted = futures::future::join_all((0..WRITERS).map(write)).await;
    let mut accepted: Vec<_> = accepted.into_iter().flatten().collect();
    accepted.sort_unstable();
    let stored = crate::testing::stream(&ground.log, "a");
    let stored: Vec<_> = stored.iter().skip(1).map(|event| (event.revision, event.id.as_u128())).collect();
    assert_eq!(accepted, stored, "every accepted append is where its writer expected it");
    assert_eq!(stored.len() as u128, WRITERS * EACH);
    assert!(ground.server.stats().appends() > 160);
}
