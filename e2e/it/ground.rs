//! A platform in this process to be asked things over its sockets, and the one form that all of its answers are compared in.

use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use tonic::transport::{Channel, Endpoint};
use tonic::{Response, Status};
use uuid::Uuid;
use verdict::cli::teller;
use verdict::platform::{Options, Platform};
use verdict::story;
use verdict::telling::Teller;
use verdict_api::platform::v1::platform_client::PlatformClient;
use verdict_proto::platform::v1::StatusRequest;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{CommandMeta, CommandReply};
use verdict_runtime::grpc;

/// How long a platform may take to come to rest.
const REST: Duration = Duration::from_mins(1);

/// When the platform's time begins.
pub fn begin() -> jiff::Timestamp {
    "2026-03-02T09:00:00Z".parse().unwrap()
}

/// An answer: its code, the field or rule at fault, and what to do. `accepted` is the code of a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub code: String,
    pub field: String,
    pub hint: String,
    /// For the message of a failed test only.
    detail: String,
}

impl Answer {
    fn accepted(what: &impl Debug) -> Self {
        Self {
            code: "accepted".to_owned(),
            field: String::new(),
            hint: String::new(),
            detail: format!("{what:?}"),
        }
    }

    /// The answer to a command.
    pub fn to_command(reply: Result<Response<CommandReply>, Status>) -> Self {
        match reply.map(|reply| reply.into_inner().outcome) {
            Ok(Some(Outcome::Refused(refused))) => {
                Self { code: refused.code, field: refused.rule, hint: refused.next, detail: refused.sentence }
            }
            Ok(other) => Self::accepted(&other),
            Err(status) => Self::of_status(&status),
        }
    }

    /// The answer to a read.
    pub fn to_read<T: Debug>(reply: Result<Response<T>, Status>) -> Self {
        match reply {
            Ok(view) => Self::accepted(&view.into_inner()),
            Err(status) => Self::of_status(&status),
        }
    }

    fn of_status(status: &Status) -> Self {
        let problem = grpc::problem_of(status).unwrap_or_default();
        Self {
            code: problem.code,
            field: problem.field,
            hint: problem.hint,
            detail: status.message().to_owned(),
        }
    }

    /// The answer to an HTTP request: a problem document, or a success.
    async fn to_http(response: reqwest::Response) -> Self {
        let (status, kind) = (response.status(), response.headers().get("content-type").cloned());
        let text = response.text().await.unwrap();
        if status.is_success() {
            return Self::accepted(&text);
        }
        let kind = kind.as_ref().and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        assert_eq!(kind, "application/problem+json", "{status}: {text}");
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["status"], status.as_u16(), "{document}");
        let member = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        Self { code: member("code"), field: member("field"), hint: member("hint"), detail: member("detail") }
    }

    /// Exactly this code and field, and a hint.
    #[track_caller]
    pub fn is(&self, what: &str, code: &str, field: &str) {
        assert_eq!((self.code.as_str(), self.field.as_str()), (code, field), "{what}: {self:?}");
        assert!(!self.hint.is_empty(), "{what} gives no hint: {self:?}");
    }

    #[track_caller]
    pub fn is_accepted(&self, what: &str) {
        assert_eq!(self.code, "accepted", "{what}: {self:?}");
    }
}

/// A platform with a bet, a flag, a launch and a guarded rollout in its first stage.
pub struct Ground {
    platform: Platform,
    pub channel: Channel,
    http: reqwest::Client,
    story: Teller,
    commands: AtomicU64,
}

impl Ground {
    /// Starts on an empty directory and plays the story up to the start of the rollout.
    pub async fn prepared() -> Self {
        Self::prepared_on(Options::default()).await
    }

    /// The same with these options.
    pub async fn prepared_on(options: Options) -> Self {
        let mut ground = Self::empty(options).await;
        for scene in story::scenes(begin()).iter().take(3) {
            let mut told = Vec::new();
            let outcome = ground.story.play(scene, &mut told).await;
            assert!(outcome.is_ok(), "{outcome:?}\n{}", String::from_utf8_lossy(&told));
        }
        ground
    }

    /// Starts with these options, on virtual time and free ports.
    pub async fn empty(options: Options) -> Self {
        let platform = Platform::start(Options {
            listen: "127.0.0.1:0".to_owned(),
            grpc_listen: Some("127.0.0.1:0".to_owned()),
            virtual_start: Some(begin()),
            ..options
        })
        .await
        .unwrap();
        let addresses = platform.addresses();
        let endpoint = Endpoint::from_shared(addresses.grpc.clone().unwrap()).unwrap();
        let story = teller(addresses, begin(), "bad input").with_patience(REST.as_secs());
        Self {
            channel: endpoint.connect_lazy(),
            platform,
            http: reqwest::Client::new(),
            story,
            commands: AtomicU64::new(0),
        }
    }

    /// What the story made under this name.
    pub fn made(&self, name: &str) -> String {
        self.story.made(name).unwrap().to_owned()
    }

    /// Metadata of a new command.
    #[expect(clippy::unnecessary_wraps, reason = "generated requests want an option")]
    pub fn meta(&self) -> Option<CommandMeta> {
        let number = self.commands.fetch_add(1, Ordering::Relaxed);
        let command_id = Uuid::new_v5(&Uuid::NAMESPACE_OID, &number.to_be_bytes()).to_string();
        Some(CommandMeta { command_id, reason: "to try it".to_owned(), ..CommandMeta::default() })
    }

    /// Posts a body to an HTTP path.
    pub async fn post(&self, path: &str, body: impl Into<reqwest::Body>) -> Answer {
        Answer::to_http(self.send(path, body).await).await
    }

    /// Posts a body and reads the successful reply as JSON.
    pub async fn post_ok(&self, path: &str, body: impl Into<reqwest::Body>) -> Value {
        let response = self.send(path, body).await;
        assert!(response.status().is_success(), "{}", response.status());
        response.json().await.unwrap()
    }

    async fn send(&self, path: &str, body: impl Into<reqwest::Body>) -> reqwest::Response {
        let url = format!("{}{path}", self.platform.addresses().http);
        self.http.post(url).header("content-type", "application/json").body(body).send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> reqwest::Response {
        self.http.get(format!("{}{path}", self.platform.addresses().http)).send().await.unwrap()
    }

    /// The end of the log once everybody has come to rest.
    pub async fn head(&self) -> String {
        let mut platform = PlatformClient::new(self.channel.clone());
        let status = platform.status(StatusRequest { settled: true });
        tokio::time::timeout(REST, status).await.unwrap().unwrap().into_inner().position
    }

    /// Where the platform keeps its state.
    pub fn data(&self) -> PathBuf {
        self.platform.addresses().data.clone()
    }

    pub async fn stop(self) {
        self.platform.stop().await;
    }

    /// Stops the platform; what the story made is still known.
    pub async fn stopped(self) -> Stopped {
        self.platform.stop().await;
        Stopped { story: self.story, commands: self.commands }
    }
}

/// See [`Ground::stopped`].
pub struct Stopped {
    story: Teller,
    commands: AtomicU64,
}

impl Stopped {
    /// Starts a platform again.
    pub async fn started(self, options: Options) -> Ground {
        Ground { story: self.story, commands: self.commands, ..Ground::empty(options).await }
    }
}
