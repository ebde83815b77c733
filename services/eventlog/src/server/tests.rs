use futures::stream;
use tempfile::TempDir;
use tonic::transport::Channel;
use tonic::{Code, Status, Streaming};

use super::*;
use crate::testing::{DEADLINE, directory, open, options};
use crate::wire::event_store::client::streams::append_req::options::ExpectedStreamRevision as Expecting;
use crate::wire::event_store::client::streams::append_req::{self, ProposedMessage};
use crate::wire::event_store::client::streams::read_req::options::{
    AllOptions, ControlOption, CountOption, ReadDirection, StreamOption, StreamOptions, SubscriptionOptions,
    UuidOption, all_options::AllOption, stream_options::RevisionOption, uuid_option,
};
use crate::wire::event_store::client::streams::read_resp::{CaughtUp, Content, ReadEvent};
use crate::wire::event_store::client::streams::streams_client::StreamsClient;
use crate::wire::event_store::client::streams::{AppendReq, ReadReq, ReadResp, append_resp, read_req};
use crate::wire::event_store::client::{Empty, StreamIdentifier, Uuid, uuid};

mod append;
mod batch;
mod features;
mod read;
mod subscribe;

type Client = StreamsClient<Channel>;

/// A server over a log of its own, and a client that is connected to it.
struct Ground {
    server: Server,
    client: Client,
    channel: Channel,
    log: Log,
    _directory: TempDir,
}

async fn ground() -> Ground {
    let directory = directory();
    ground_over(open(&directory), directory).await
}

async fn ground_over(log: Log, directory: TempDir) -> Ground {
    let loopback = SocketAddr::from(([127, 0, 0, 1], 0));
    let server = Server::start(log.clone(), Options::new(loopback)).unwrap();
    let channel = Channel::from_shared(format!("http://{}", server.address())).unwrap();
    let channel = channel.connect().await.unwrap();
    let message_bytes = MESSAGE_BYTES.max(log.max_append_bytes() + MESSAGE_NAMES);
    let client = StreamsClient::new(channel.clone()).max_decoding_message_size(message_bytes);
    Ground { server, client, channel, log, _directory: directory }
}

fn identifier(stream: &str) -> StreamIdentifier {
    reply::identifier(stream)
}

fn text_id(number: u128) -> Uuid {
    let text = ::uuid::Uuid::from_u128(number).to_string();
    Uuid { value: Some(uuid::Value::String(text)) }
}

fn proposed(number: u128) -> ProposedMessage {
    let properties = [("type", "Happened"), ("content-type", "application/json")];
    ProposedMessage {
        id: Some(text_id(number)),
        metadata: properties.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        custom_metadata: "{}".into(),
        data: format!("{{\"number\":{number}}}").into(),
    }
}

fn append_messages(
    stream: &str,
    expecting: Expecting,
    events: impl IntoIterator<Item = ProposedMessage>,
) -> Vec<AppendReq> {
    let options = append_req::Options {
        stream_identifier: Some(identifier(stream)),
        expected_stream_revision: Some(expecting),
    };
    let first = append_req::Content::Options(options);
    let rest = events.into_iter().map(append_req::Content::ProposedMessage);
    std::iter::once(first).chain(rest).map(|content| AppendReq { content: Some(content) }).collect()
}

impl Ground {
    async fn append(
        &mut self,
        stream: &str,
        expecting: Expecting,
        numbers: impl IntoIterator<Item = u128>,
    ) -> Result<append_resp::Result, Status> {
        let messages = append_messages(stream, expecting, numbers.into_iter().map(proposed));
        let answer = self.client.append(stream::iter(messages)).await?;
        Ok(answer.into_inner().result.unwrap())
    }

    async fn put(&mut self, stream: &str, numbers: impl IntoIterator<Item = u128>) -> append_resp::Success {
        match self.append(stream, Expecting::Any(Empty {}), numbers).await.unwrap() {
            append_resp::Result::Success(success) => success,
            append_resp::Result::WrongExpectedVersion(wrong) => panic!("{wrong:?}"),
        }
    }

    async fn read(&mut self, options: read_req::Options) -> Result<Vec<Content>, Status> {
        let request = ReadReq { options: Some(options) };
        let mut answers = self.client.read(request).await?.into_inner();
        let mut contents = Vec::new();
        while let Some(answer) = answers.message().await? {
            contents.push(answer.content.unwrap());
        }
        Ok(contents)
    }

    async fn follow(&mut self, options: read_req::Options) -> Streaming<ReadResp> {
        self.client.read(ReadReq { options: Some(options) }).await.unwrap().into_inner()
    }
}

/// The next answer of a subscription.
async fn next(answers: &mut Streaming<ReadResp>) -> Result<Content, Status> {
    let answer = tokio::time::timeout(DEADLINE, answers.message()).await.expect("an answer in time")?;
    Ok(answer.expect("a subscription never ends well").content.unwrap())
}

/// A read forwards from the start that finds everything.
fn reading(source: StreamOption) -> read_req::Options {
    read_req::Options {
        stream_option: Some(source),
        read_direction: ReadDirection::Forwards.into(),
        resolve_links: false,
        count_option: Some(CountOption::Count(u64::MAX)),
        filter_option: None,
        uuid_option: Some(UuidOption { content: Some(uuid_option::Content::String(Empty {})) }),
        control_option: None,
    }
}

fn of_stream(stream: &str, from: RevisionOption) -> read_req::Options {
    let stream_identifier = Some(identifier(stream));
    reading(StreamOption::Stream(StreamOptions { stream_identifier, revision_option: Some(from) }))
}

fn whole_stream(stream: &str) -> read_req::Options {
    of_stream(stream, RevisionOption::Start(Empty {}))
}

fn of_all(from: AllOption) -> read_req::Options {
    reading(StreamOption::All(AllOptions { all_option: Some(from) }))
}

fn at(position: u64) -> AllOption {
    let (commit_position, prepare_position) = (position, position);
    AllOption::Position(read_req::options::Position { commit_position, prepare_position })
}

fn backwards(options: read_req::Options) -> read_req::Options {
    read_req::Options { read_direction: ReadDirection::Backwards.into(), ..options }
}

fn limited(options: read_req::Options, count: u64) -> read_req::Options {
    read_req::Options { count_option: Some(CountOption::Count(count)), ..options }
}

fn telling_ends(options: read_req::Options) -> read_req::Options {
    read_req::Options { control_option: Some(ControlOption { compatibility: 1 }), ..options }
}

fn forever(options: read_req::Options) -> read_req::Options {
    let subscription = CountOption::Subscription(SubscriptionOptions {});
    read_req::Options { count_option: Some(subscription), ..options }
}

fn event_of(content: Content) -> ReadEvent {
    match content {
        Content::Event(event) => event,
        other => panic!("not an event: {other:?}"),
    }
}

fn number_of(event: &ReadEvent) -> u128 {
    let recorded = event.event.as_ref().or(event.link.as_ref()).unwrap();
    request::event_id(recorded.id.clone()).unwrap().as_u128()
}

fn numbers(contents: Vec<Content>) -> Vec<u128> {
    contents.into_iter().map(|content| number_of(&event_of(content))).collect()
}

fn trailer<'s>(status: &'s Status, name: &str) -> Option<&'s str> {
    status.metadata().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_stream_that_names_the_log_is_there_and_cannot_be_written() {
    let mut ground = ground().await;
    let stream = identity::STREAM;
    let found = ground.read(telling_ends(whole_stream(stream))).await.unwrap();
    let event = event_of(found[0].clone()).event.unwrap();
    assert_eq!(event.metadata["type"], "$log-identity");
    assert_eq!(event.data, format!("{{\"logId\":\"{}\"}}", ground.log.id()));
    assert_eq!(found[1..], [Content::LastStreamPosition(0)]);
    let refused = ground.append(stream, Expecting::Any(Empty {}), [1]).await.unwrap_err();
    assert_eq!(
        (refused.code(), trailer(&refused, "exception")),
        (Code::PermissionDenied, Some("access-denied"))
    );
    assert_eq!(ground.read(of_all(AllOption::Start(Empty {}))).await.unwrap(), []);
}

#[tokio::test]
async fn stopping_ends_subscriptions_with_unavailable() {
    let mut ground = ground().await;
    let mut following = ground.follow(forever(of_all(AllOption::Start(Empty {})))).await;
    assert!(matches!(next(&mut following).await, Ok(Content::Confirmation(_))));
    assert_eq!(next(&mut following).await.unwrap(), Content::CaughtUp(CaughtUp {}));
    assert_eq!(ground.server.stats().open_subscriptions(), 1);
    ground.server.stop().await;
    let ended = next(&mut following).await.unwrap_err();
    assert_eq!((ended.code(), ended.message()), (Code::Unavailable, "Server Is Not Ready"));
}

#[tokio::test]
async fn a_closed_log_is_unavailable() {
    let mut ground = ground().await;
    ground.log.close().await;
    let refused = ground.append("a", Expecting::Any(Empty {}), [1]).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unavailable);
    assert_eq!(ground.read(whole_stream("a")).await.unwrap_err().code(), Code::Unavailable);
}
