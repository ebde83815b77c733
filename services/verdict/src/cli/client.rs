//! Talking to a running platform: one channel, one command id per invocation, retries that repeat it.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use tonic::{Response, Status};
use uuid::Uuid;
use verdict_api::bets::v1::bets_client::BetsClient;
use verdict_api::gtm::v1::launches_client::LaunchesClient;
use verdict_api::metrics::v1::guardrails_client::GuardrailsClient;
use verdict_api::metrics::v1::incidents_client::IncidentsClient;
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_api::rollouts::v1::rollouts_client::RolloutsClient;
use verdict_api::sinks::v1::sinks_client::SinksClient;
use verdict_proto::v1 as pb;
use verdict_runtime::grpc::{Transport, deadline, is_transient};
use verdict_runtime::ids;

use self::servers::Servers;
use super::syntax;
use crate::failure::Failure;
use crate::platform::service::Service;

/// Things that are asked for at a time.
pub(super) const PAGE: u32 = 100;

/// Before the end of patience there is no time left for an answer.
const LAST_MOMENT: Duration = Duration::from_millis(50);

mod call;
mod lists;
mod platform;
mod servers;
#[cfg(test)]
mod tests;

/// What every verb that talks to a platform takes.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Global options")]
pub struct Connection {
    /// gRPC address of the platform; where its services are processes of their own, repeat it as SERVICE=ADDRESS
    #[arg(
        long = "server",
        global = true,
        env = "VERDICT_SERVER",
        value_delimiter = ',',
        default_value = "http://127.0.0.1:7401"
    )]
    pub servers: Vec<String>,
    /// PEM file with the authority that signs the certificates of https addresses
    #[arg(long, global = true, env = "VERDICT_TLS_CA")]
    pub tls_ca: Option<PathBuf>,
    /// PEM file with the certificate that this client shows; needs --tls-key
    #[arg(long, global = true, env = "VERDICT_TLS_CERTIFICATE", requires = "tls_ca")]
    pub tls_certificate: Option<PathBuf>,
    /// PEM file with the key to --tls-certificate
    #[arg(long, global = true, env = "VERDICT_TLS_KEY", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Organisation
    #[arg(long, global = true, env = "VERDICT_ORG", default_value = "default")]
    pub org: String,
    /// Team on whose behalf the command is given
    #[arg(long, global = true, env = "VERDICT_TEAM", default_value = "default")]
    pub team: String,
    /// Id of the command (a UUID); the same id again has the effect of one command
    #[arg(long, global = true, value_parser = uuid)]
    pub command_id: Option<Uuid>,
    /// Refuse to act on anything but this version of the thing
    #[arg(long, global = true, value_parser = syntax::whole)]
    pub expected_version: Option<u32>,
    /// Why; overrides, kills and retractions ask for it. `-` reads it from standard input
    #[arg(long, global = true, default_value = "", hide_default_value = true)]
    pub reason: String,
    /// Say what a command would write, or everything that stands in its way, and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Seconds for which an unreachable platform is tried again
    #[arg(long, global = true, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub deadline: u64,
}

fn uuid(text: &str) -> Result<Uuid, String> {
    let example = "such as 5f0c9a3e-6a1e-4c57-9d7a-0b6f6c2f4d11";
    text.parse().map_err(|_| format!("'{text}' is no UUID, {example}"))
}

fn seconds(text: &str) -> Result<u64, String> {
    syntax::whole(text).map(u64::from)
}

/// A connection to a platform, and the command id of this invocation.
pub struct Client {
    connection: Connection,
    servers: Servers,
    command_id: Uuid,
}

impl Client {
    /// Prepares to connect; the first call connects.
    pub fn new(connection: &Connection) -> Result<Self, Failure> {
        let servers = Servers::of(connection)?;
        let command_id = connection.command_id.unwrap_or_else(|| ids::command_id().as_uuid());
        Ok(Self { connection: connection.clone(), servers, command_id })
    }

    /// The metadata of this invocation's command.
    pub fn meta(&self) -> Option<pb::CommandMeta> {
        Some(pb::CommandMeta {
            command_id: self.command_id.to_string(),
            org: self.connection.org.clone(),
            team: self.connection.team.clone(),
            reason: self.connection.reason.clone(),
            expected_version: self.connection.expected_version,
            dry_run: self.connection.dry_run,
            client: "cli".to_owned(),
            ..pb::CommandMeta::default()
        })
    }

    /// The metadata of a further command of this invocation; the same label has the same id.
    pub fn meta_of(&self, label: &str) -> Option<pb::CommandMeta> {
        let command_id = Uuid::new_v5(&self.command_id, label.as_bytes()).to_string();
        self.meta().map(|meta| pb::CommandMeta { command_id, expected_version: None, ..meta })
    }

    /// Fails where a dry run was asked for: `what` is no command that the platform could only decide.
    pub fn not_dry(&self, what: &str) -> Result<(), Failure> {
        if self.connection.dry_run {
            return Err(Failure::usage(format!("--dry-run is for commands on one thing; {what} is none")));
        }
        Ok(())
    }

    /// Fails where a version is expected: a command on several things sees one of each.
    pub fn no_version(&self, what: &str) -> Result<(), Failure> {
        if self.connection.expected_version.is_some() {
            let why = "is for commands on one thing";
            return Err(Failure::usage(format!("--expected-version {why}; {what} expects what it has seen")));
        }
        Ok(())
    }

    /// The team on whose behalf commands are given.
    pub fn team(&self) -> &str {
        &self.connection.team
    }

    /// The organisation whose things are read.
    pub fn org(&self) -> &str {
        &self.connection.org
    }

    /// Why.
    pub fn reason(&self) -> &str {
        &self.connection.reason
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
        pb::GetRequest {
            org: self.connection.org.clone(),
            team: self.connection.team.clone(),
            id: id.to_owned(),
            ..pb::GetRequest::default()
        }
    }

    /// All of a list, page by page; `open` takes a page apart into what it holds and where the next one starts.
    pub async fn pages<L, T, F>(
        &self,
        of: &str,
        page: impl Fn(pb::ListRequest) -> F,
        open: impl Fn(L) -> (Vec<T>, String),
    ) -> Result<Vec<T>, Failure>
    where
        F: Future<Output = Result<Response<L>, Status>>,
    {
        let mut request = pb::ListRequest {
            org: self.connection.org.clone(),
            first: PAGE,
            of: of.to_owned(),
            team: self.connection.team.clone(),
            ..pb::ListRequest::default()
        };
        let mut all = Vec::new();
        loop {
            let (items, next) = open(self.call(|| page(request.clone())).await?);
            all.extend(items);
            if next.is_empty() {
                return Ok(all);
            }
            request.after = next;
        }
    }

    /// Calls, and calls again with the same message while the platform cannot be reached.
    pub async fn call<T, F>(&self, call: impl Fn() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<Response<T>, Status>>,
    {
        let patience = Duration::from_secs(self.connection.deadline);
        let mut pause = Duration::from_millis(50);
        let end = tokio::time::Instant::now() + patience;
        let mut last = None;
        let attempts = async {
            loop {
                match call().await {
                    Ok(response) => return Ok(response.into_inner()),
                    Err(status) if is_transient(&status) => {
                        // What the end of patience cuts off says less than what was answered before it.
                        if last.is_none() || tokio::time::Instant::now() + LAST_MOMENT < end {
                            last = Some(status);
                        }
                        tokio::time::sleep(pause).await;
                        pause = (pause * 2).min(Duration::from_secs(1));
                    }
                    Err(status) => return Err(Failure::from(status)),
                }
            }
        };
        match tokio::time::timeout(patience, deadline::within(patience, attempts)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::unavailable(silence(&self.connection.servers, patience, last.as_ref()))),
        }
    }

    /// Whether an address was named for a service.
    pub fn knows(&self, service: Service) -> bool {
        self.servers.knows(service)
    }

    pub fn bets(&self) -> BetsClient<Transport> {
        BetsClient::new(self.servers.way(Service::Bets))
    }

    pub fn rollouts(&self) -> RolloutsClient<Transport> {
        RolloutsClient::new(self.servers.way(Service::Rollouts))
    }

    pub fn guardrails(&self) -> GuardrailsClient<Transport> {
        GuardrailsClient::new(self.servers.way(Service::Metrics))
    }

    pub fn flags(&self) -> FlagsClient<Transport> {
        FlagsClient::new(self.servers.way(Service::Rollouts))
    }

    pub fn incidents(&self) -> IncidentsClient<Transport> {
        IncidentsClient::new(self.servers.way(Service::Metrics))
    }

    pub fn launches(&self) -> LaunchesClient<Transport> {
        LaunchesClient::new(self.servers.way(Service::Gtm))
    }

    pub fn sinks(&self) -> SinksClient<Transport> {
        SinksClient::new(self.servers.way(Service::Sinks))
    }
}

/// Who did not answer: those whose address the last attempt names, or any of them.
fn silence(servers: &[String], patience: Duration, last: Option<&Status>) -> String {
    let why = last.map_or("", Status::message);
    let address = |server: &str| server.split_once('=').map_or(server, |(_, address)| address).to_owned();
    let named: Vec<&str> =
        servers.iter().map(String::as_str).filter(|server| why.contains(&address(server))).collect();
    let (who, why) = if named.is_empty() {
        (servers.join(", "), String::new())
    } else {
        (named.join(", "), format!(" ({why})"))
    };
    let seconds = patience.as_secs();
    let foreign = last.is_some_and(speaks_otherwise);
    if foreign {
        return format!(
            "something else than a platform's commands answers at {who}; a platform takes them on a port of their own, \
             7401 unless it was told otherwise (--server)"
        );
    }
    format!("no answer from {who} within {seconds} s{why}; is the platform running? (--server names another)")
}

/// Whether what answers does not speak gRPC: an HTTP port, for example. Who takes connections and drops them for as long
/// as it was tried is no platform either.
fn speaks_otherwise(status: &Status) -> bool {
    let why = status.message();
    ["frame with invalid size", "FRAME_SIZE_ERROR", "invalid preface", "broken pipe", "connection reset"]
        .iter()
        .any(|sign| why.contains(sign))
}
