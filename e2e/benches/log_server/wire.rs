//! The log protocol as a client of its own speaks it: tonic over the generated messages, with TCP_NODELAY, so that the
//! server is measured and not a client.

use anyhow::{Context, bail};
use futures::stream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::Streaming;
use tonic::transport::Channel;
use uuid::Uuid;
use verdict_eventlog::NewEvent;
use verdict_eventlog::wire::event_store::client::streams::append_req::options::ExpectedStreamRevision;
use verdict_eventlog::wire::event_store::client::streams::batch_append_req::options::ExpectedStreamPosition;
use verdict_eventlog::wire::event_store::client::streams::read_req::options::{
    AllOptions, CountOption, ReadDirection, StreamOption, SubscriptionOptions, UuidOption, all_options,
    uuid_option,
};
use verdict_eventlog::wire::event_store::client::streams::streams_client::StreamsClient;
use verdict_eventlog::wire::event_store::client::streams::{
    AppendReq, BatchAppendReq, BatchAppendResp, ReadReq, ReadResp, append_req, append_resp, batch_append_req,
    batch_append_resp, read_req,
};
use verdict_eventlog::wire::event_store::client::{self as wire, Empty, StreamIdentifier};

/// What a read may bring in one message.
const MESSAGE_BYTES: usize = 17 << 20;

pub(crate) type Client = StreamsClient<Channel>;

/// A connection of its own to the server at this address.
pub(crate) async fn connect(address: std::net::SocketAddr) -> anyhow::Result<Client> {
    let channel = Channel::from_shared(format!("http://{address}"))?.tcp_nodelay(true).connect().await?;
    Ok(StreamsClient::new(channel).max_decoding_message_size(MESSAGE_BYTES))
}

fn properties(event: &NewEvent) -> std::collections::HashMap<String, String> {
    [("type", event.event_type.as_str()), ("content-type", "application/json")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
}

fn id(of: Uuid) -> wire::Uuid {
    let (most, least) = of.as_u64_pair();
    wire::Uuid {
        value: Some(wire::uuid::Value::Structured(wire::uuid::Structured {
            most_significant_bits: most.cast_signed(),
            least_significant_bits: least.cast_signed(),
        })),
    }
}

fn identifier(stream: &str) -> StreamIdentifier {
    StreamIdentifier { stream_name: stream.to_owned().into() }
}

/// Appends one event through a call of its own and waits for the acknowledgement.
pub(crate) async fn append(client: &mut Client, stream: &str, event: NewEvent) -> anyhow::Result<()> {
    let options = append_req::Options {
        stream_identifier: Some(identifier(stream)),
        expected_stream_revision: Some(ExpectedStreamRevision::Any(Empty {})),
    };
    let message = append_req::ProposedMessage {
        id: Some(id(event.id)),
        metadata: properties(&event),
        custom_metadata: event.metadata.into(),
        data: event.data.into(),
    };
    let contents = [append_req::Content::Options(options), append_req::Content::ProposedMessage(message)];
    let messages = contents.map(|content| AppendReq { content: Some(content) });
    match client.append(stream::iter(messages)).await?.into_inner().result {
        Some(append_resp::Result::Success(_)) => Ok(()),
        other => bail!("not appended: {other:?}"),
    }
}

/// A call that carries any number of appends, one after the other.
pub(crate) struct Batch {
    requests: mpsc::UnboundedSender<BatchAppendReq>,
    answers: Streaming<BatchAppendResp>,
}

impl Batch {
    pub(crate) async fn open(client: &mut Client) -> anyhow::Result<Self> {
        let (requests, sent) = mpsc::unbounded_channel();
        let answers = client.batch_append(UnboundedReceiverStream::new(sent)).await?.into_inner();
        Ok(Self { requests, answers })
    }

    /// Appends one event and waits for the acknowledgement.
    pub(crate) async fn append(&mut self, stream: &str, event: NewEvent) -> anyhow::Result<()> {
        let message = batch_append_req::ProposedMessage {
            id: Some(id(event.id)),
            metadata: properties(&event),
            custom_metadata: event.metadata.into(),
            data: event.data.into(),
        };
        self.requests.send(BatchAppendReq {
            correlation_id: Some(id(event.id)),
            options: Some(batch_append_req::Options {
                stream_identifier: Some(identifier(stream)),
                expected_stream_position: Some(ExpectedStreamPosition::Any(())),
                deadline_option: None,
            }),
            proposed_messages: vec![message],
            is_final: true,
        })?;
        match self.answers.message().await?.context("the batch ended")?.result {
            Some(batch_append_resp::Result::Success(_)) => Ok(()),
            other => bail!("not appended: {other:?}"),
        }
    }
}

/// Follows the whole log, from its start or from its end.
pub(crate) async fn follow(client: &mut Client, from_start: bool) -> anyhow::Result<Streaming<ReadResp>> {
    let from = if from_start {
        all_options::AllOption::Start(Empty {})
    } else {
        all_options::AllOption::End(Empty {})
    };
    let options = read_req::Options {
        stream_option: Some(StreamOption::All(AllOptions { all_option: Some(from) })),
        read_direction: ReadDirection::Forwards.into(),
        resolve_links: false,
        count_option: Some(CountOption::Subscription(SubscriptionOptions {})),
        filter_option: Some(read_req::options::FilterOption::NoFilter(Empty {})),
        uuid_option: Some(UuidOption { content: Some(uuid_option::Content::Structured(Empty {})) }),
        control_option: None,
    };
    Ok(client.read(ReadReq { options: Some(options) }).await?.into_inner())
}

/// The number that is the id of an event.
pub(crate) fn number(of: Option<&wire::Uuid>) -> Option<u128> {
    match of?.value.as_ref()? {
        wire::uuid::Value::Structured(it) => Some(
            Uuid::from_u64_pair(
                it.most_significant_bits.cast_unsigned(),
                it.least_significant_bits.cast_unsigned(),
            )
            .as_u128(),
        ),
        wire::uuid::Value::String(text) => text.parse::<Uuid>().ok().map(|id| id.as_u128()),
    }
}
