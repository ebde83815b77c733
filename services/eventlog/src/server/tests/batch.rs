use futures::StreamExt;
use prost::Message;

use super::*;
use crate::wire::event_store::client::streams::batch_append_req::{
    self, options::ExpectedStreamPosition as Wanted,
};
use crate::wire::event_store::client::streams::batch_append_resp::success::CurrentRevisionOption;
use crate::wire::event_store::client::streams::batch_append_resp::{
    ExpectedStreamPosition, Result as Outcome,
};
use crate::wire::event_store::client::streams::{BatchAppendReq, BatchAppendResp};
use crate::wire::event_store::client::wrong_expected_version::{
    CurrentStreamRevisionOption, ExpectedStreamPositionOption,
};
use crate::wire::event_store::client::{StreamDeleted, WrongExpectedVersion};
use crate::wire::google::rpc;

fn message(id: u128, stream: &str, wanted: Wanted, numbers: &[u128], is_final: bool) -> BatchAppendReq {
    let options = batch_append_req::Options {
        stream_identifier: Some(identifier(stream)),
        expected_stream_position: Some(wanted),
        deadline_option: None,
    };
    let events = numbers.iter().map(|number| {
        let ProposedMessage { id, metadata, custom_metadata, data } = proposed(*number);
        batch_append_req::ProposedMessage { id, metadata, custom_metadata, data }
    });
    BatchAppendReq {
        correlation_id: Some(text_id(id)),
        options: Some(options),
        proposed_messages: events.collect(),
        is_final,
    }
}

async fn answers(ground: &mut Ground, messages: Vec<BatchAppendReq>) -> Vec<BatchAppendResp> {
    let mut answers = ground.client.batch_append(stream::iter(messages)).await.unwrap().into_inner();
    let mut found = Vec::new();
    while let Some(answer) = answers.message().await.unwrap() {
        found.push(answer);
    }
    found.sort_by_key(|answer| request::event_id(answer.correlation_id.clone()).unwrap());
    found
}

fn revision(answer: &BatchAppendResp) -> Option<u64> {
    match answer.result.as_ref()? {
        Outcome::Success(success) => match success.current_revision_option? {
            CurrentRevisionOption::CurrentRevision(revision) => Some(revision),
            CurrentRevisionOption::NoStream(()) => None,
        },
        Outcome::Error(_) => None,
    }
}

fn error(answer: &BatchAppendResp) -> &rpc::Status {
    match &answer.result {
        Some(Outcome::Error(error)) => error,
        other => panic!("not an error: {other:?}"),
    }
}

#[tokio::test]
async fn appends_of_one_call_are_carried_out_in_their_order() {
    let mut ground = ground().await;
    let chain = (0..200_u64).map(|at| {
        let wanted = at.checked_sub(1).map_or(Wanted::NoStream(()), Wanted::StreamPosition);
        message(u128::from(at) + 1, "a", wanted, &[u128::from(at) + 1], true)
    });
    let found = answers(&mut ground, chain.collect()).await;
    let revisions: Vec<_> = found.iter().map(revision).collect();
    assert_eq!(revisions, (0..200).map(Some).collect::<Vec<_>>());
    assert_eq!(found[5].expected_stream_position, Some(ExpectedStreamPosition::StreamPosition(4)));
    assert_eq!(found[5].stream_identifier, Some(identifier("a")));
    assert_eq!(ground.server.stats().appends(), 200);
}

#[tokio::test]
async fn the_messages_of_an_append_are_put_together() {
    let mut ground = ground().await;
    let any = Wanted::Any(());
    let mut second = message(1, "a", any, &[3], true);
    second.options = None;
    let messages = vec![message(1, "a", any, &[1, 2], false), message(2, "b", any, &[9], true), second];
    let found = answers(&mut ground, messages).await;
    assert_eq!(found.iter().map(revision).collect::<Vec<_>>(), [Some(2), Some(0)]);
    assert_eq!(numbers(ground.read(whole_stream("a")).await.unwrap()), [1, 2, 3]);
}

#[tokio::test]
async fn a_wrong_version_is_packed_into_the_answer_and_others_go_on() {
    let mut ground = ground().await;
    ground.put("a", [1, 2]).await;
    let wrong = message(1, "a", Wanted::StreamPosition(8), &[3], true);
    let right = message(2, "a", Wanted::StreamPosition(1), &[4], true);
    let found = answers(&mut ground, vec![wrong, right]).await;
    assert_eq!(revision(&found[1]), Some(2));
    let status = error(&found[0]);
    assert_eq!((status.code, status.message.as_str()), (6, "WrongExpectedVersion"));
    let details = status.details.as_ref().unwrap();
    assert_eq!(details.type_url, "type.googleapis.com/event_store.client.WrongExpectedVersion");
    let details = WrongExpectedVersion::decode(&*details.value).unwrap();
    assert_eq!(
        details.current_stream_revision_option,
        Some(CurrentStreamRevisionOption::CurrentStreamRevision(1))
    );
    assert_eq!(
        details.expected_stream_position_option,
        Some(ExpectedStreamPositionOption::ExpectedStreamPosition(8))
    );
}

#[tokio::test]
async fn a_deleted_stream_and_a_large_append_are_refused_in_their_answers() {
    let mut ground = ground().await;
    ground.put("a", [1]).await;
    ground.log.tombstone_stream("a", crate::Expected::Any).await.unwrap();
    let any = Wanted::Any(());
    let mut large = message(2, "b", any, &[3], true);
    large.proposed_messages[0].data = vec![7; 16 << 20].into();
    let found = answers(&mut ground, vec![message(1, "a", any, &[2], true), large]).await;
    let deleted = error(&found[0]);
    assert_eq!((deleted.code, deleted.message.as_str()), (5, "StreamDeleted"));
    let details = StreamDeleted::decode(&*deleted.details.as_ref().unwrap().value).unwrap();
    assert_eq!(details.stream_identifier, Some(identifier("a")));
    assert_eq!(error(&found[1]).code, 3);
    let url = &error(&found[1]).details.as_ref().unwrap().type_url;
    assert!(url.ends_with("MaximumAppendSizeExceeded"), "{url}");
}

/// A message of an append that does not end.
fn begun(id: u128, bytes: usize) -> BatchAppendReq {
    let mut begun = message(id, "a", Wanted::Any(()), &[id], false);
    begun.proposed_messages[0].data = vec![7; bytes].into();
    begun
}

#[tokio::test]
async fn clause_26_what_a_call_begins_and_does_not_end_is_bounded() {
    let mut ground = ground().await;
    let limit = 16 << 20;
    let mut last = message(3, "a", Wanted::Any(()), &[30], true);
    last.options = None;
    let found =
        answers(&mut ground, vec![begun(1, limit - 1_000), begun(2, limit - 1_000), begun(3, 10_000), last]);
    let found = found.await;
    assert_eq!((found.len(), error(&found[0]).code), (1, 8));
    assert_eq!(ground.log.head(), 0);

    let many = (1..=1_001).map(|id| begun(id, 10)).collect::<Vec<_>>();
    let mut answers = ground.client.batch_append(stream::iter(many)).await.unwrap().into_inner();
    assert_eq!(answers.message().await.unwrap_err().code(), Code::ResourceExhausted);
}

/// The append never ends: what has arrived of it is all that the server may keep.
#[tokio::test]
async fn clause_26_an_append_counts_the_types_of_its_events() {
    let mut ground = ground().await;
    let mut large = proposed(1);
    large.metadata.insert("type".to_owned(), "t".repeat(9 << 20));
    let messages = append_messages("a", Expecting::Any(Empty {}), [large.clone(), large.clone(), large]);
    let endless = stream::iter(messages).chain(stream::pending());
    let refused = tokio::time::timeout(DEADLINE, ground.client.append(endless)).await;
    let refused = refused.expect("an answer before the end").unwrap_err();
    assert_eq!(trailer(&refused, "maximum-append-size"), Some("16777216"), "{refused:?}");
}
