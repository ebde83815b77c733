//! Talking to a running platform: one channel, one command id per invocation, retries that repeat it.

use std::future::Future;
use std::time::Duration;

use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Response, Status};
use uuid::Uuid;
use verdict_proto::bets::v1::bets_client::BetsClient;
use verdict_proto::gtm::v1::launches_client::LaunchesClient;
use verdict_proto::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_proto::metrics::v1::incidents_client::IncidentsClient;
use verdict_proto::metrics::v1::metrics_client::MetricsClient;
use verdict_proto::platform::v1::platform_client::PlatformClient;
use verdict_proto::rollouts::v1::flags_client::FlagsClient;
use verdict_proto::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_proto::v1 as pb;
use verdict_runtime::ids;

use super::output::Failure;

/// What every verb that talks to a platform takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Connection {
    /// gRPC address of the platform
    #[arg(long, global = true, env = "VERDICT_SERVER", default_value = "http://127.0.0.1:7401")]
    pub server: String,
    /// Organisation
    #[arg(long, global = true, env = "VERDICT_ORG", default_value = "default")]
    pub org: String,
    /// Team on whose behalf the command is given
    #[arg(long, global = true, env = "VERDICT_TEAM", default_value = "default")]
    pub team: String,
    /// Id of the command (a UUID); the same id again has the effect of one command
    #[arg(long, global = true)]
    pub command_id: Option<Uuid>,
    /// Refuse to act on anything but this version of the thing
    #[arg(long, global = true)]
    pub expected_version: Option<u32>,
    /// Why; overrides, kills and retractions ask for it
    #[arg(long, global = true, default_value = "")]
    pub reason: String,
    /// Seconds for which an unreachable platform is tried again
    #[arg(long, global = true, default_value_t = 10)]
    pub deadline: u64,
}

/// A connection to a platform, and the command id of this invocation.
pub struct Client {
    connection: Connection,
    channel: Channel,
    command_id: Uuid,
}

impl Client {
    /// Prepares to connect; the first call connects.
    pub fn new(connection: &Connection) -> Result<Self, Failure> {
        let endpoint = Endpoint::from_shared(connection.server.clone())
            .map_err(|error| Failure::usage(format!("--server '{}': {error}", connection.server)))?
            .connect_timeout(Duration::from_secs(2))
            .tcp_nodelay(true);
        let command_id = connection.command_id.unwrap_or_else(|| ids::command_id().as_uuid());
        Ok(Self { connection: connection.clone(), channel: endpoint.connect_lazy(), command_id })
    }

    /// The metadata of this invocation's command.
    pub fn meta(&self) -> Option<pb::CommandMeta> {
        Some(pb::CommandMeta {
            command_id: self.command_id.to_string(),
            org: self.connection.org.clone(),
            team: self.connection.team.clone(),
            reason: self.connection.reason.clone(),
            expected_version: self.connection.expected_version,
            ..pb::CommandMeta::default()
        })
    }

    /// Id of this invocation's command.
    pub fn command_id(&self) -> Uuid {
        self.command_id
    }

    /// Seconds of patience with an unreachable platform.
    pub fn deadline(&self) -> u64 {
        self.connection.deadline
    }

    pub fn get(&self, id: &str) -> pb::GetRequest {
        pb::GetRequest { org: self.connection.org.clone(), id: id.to_owned(), at_least: String::new() }
    }

    pub fn list(&self, of: &str) -> pb::ListRequest {
        pb::ListRequest {
            org: self.connection.org.clone(),
            first: 100,
            of: of.to_owned(),
            ..pb::ListRequest::default()
        }
    }

    /// Calls, and calls again with the same message while the platform cannot be reached.
    pub async fn call<T, F>(&self, call: impl Fn() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<Response<T>, Status>>,
    {
        let patience = Duration::from_secs(self.connection.deadline);
        let mut pause = Duration::from_millis(50);
        let attempts = async {
            loop {
                match call().await {
                    Ok(response) => return Ok(response.into_inner()),
                    Err(status) if is_transient(&status) => {
                        tokio::time::sleep(pause).await;
                        pause = (pause * 2).min(Duration::from_secs(1));
                    }
                    Err(status) => return Err(Failure::from(status)),
                }
            }
        };
        let server = &self.connection.server;
        match tokio::time::timeout(patience, attempts).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::unavailable(format!(
                "no answer from {server} within {} s; is the platform running with --grpc-listen? (--server names another)",
                patience.as_secs()
            ))),
        }
    }

    pub fn bets(&self) -> BetsClient<Channel> {
        BetsClient::new(self.channel.clone())
    }

    pub fn rollouts(&self) -> RolloutsClient<Channel> {
        RolloutsClient::new(self.channel.clone())
    }

    pub fn flags(&self) -> FlagsClient<Channel> {
        FlagsClient::new(self.channel.clone())
    }

    pub fn metrics(&self) -> MetricsClient<Channel> {
        MetricsClient::new(self.channel.clone())
    }

    pub fn guardrails(&self) -> GuardrailsClient<Channel> {
        GuardrailsClient::new(self.channel.clone())
    }

    pub fn incidents(&self) -> IncidentsClient<Channel> {
        IncidentsClient::new(self.channel.clone())
    }

    pub fn launches(&self) -> LaunchesClient<Channel> {
        LaunchesClient::new(self.channel.clone())
    }

    pub fn platform(&self) -> PlatformClient<Channel> {
        PlatformClient::new(self.channel.clone())
    }
}

/// Not reached, restarting, or busy: the same message may be sent again.
fn is_transient(status: &Status) -> bool {
    match status.code() {
        Code::Unavailable => true,
        // A connection that broke under the call is reported as one of these, without a problem of ours.
        Code::Unknown | Code::Internal | Code::Cancelled => {
            verdict_runtime::grpc::problem_of(status).is_none()
        }
        _ => false,
    }
}
