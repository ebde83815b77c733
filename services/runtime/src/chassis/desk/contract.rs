//! What every API of an aggregate does, whatever it is an API of. A test of a context gives it to [`Bench`] with the request
//! that carries a command, and runs [`Bench::behaves`] besides what is its own.

#![expect(clippy::panic, reason = "a suite fails by a panic")]

use prost::Message;
use tonic::{Code, Status};
use uuid::Uuid;
use verdict_proto::v1::command_reply::Outcome;
use verdict_proto::v1::{Accepted, CommandMeta, CommandReply, GetRequest, ListRequest, Refused};

use crate::component::{Component, Progress};
use crate::grpc::testing::Caller;
use crate::grpc::{self, Transport};

/// The fields that begin every view.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Head {
    #[prost(string, tag = "1")]
    pub id: String,
    #[prost(uint32, tag = "2")]
    pub version: u32,
    #[prost(string, tag = "3")]
    pub position: String,
}

/// The fields of every list.
#[derive(Clone, PartialEq, Eq, Message)]
struct Heads {
    #[prost(message, repeated, tag = "1")]
    items: Vec<Head>,
    #[prost(string, tag = "2")]
    position: String,
    #[prost(string, tag = "3")]
    next: String,
}

/// An API under test. `Q` is its request, `C` a command of it.
pub struct Bench<Q, C> {
    caller: Caller,
    request: fn(CommandMeta, String, C) -> Q,
    projector: Box<dyn Component>,
    commands: u128,
}

impl<Q, C> Bench<Q, C>
where
    Q: Message + Send + Sync + 'static,
    C: Clone,
{
    /// `service` is the name of the service, `verdict.gtm.v1.Launches`; `projector` feeds its list.
    pub fn new(
        service: &'static str,
        transport: Transport,
        projector: impl Component + 'static,
        request: fn(CommandMeta, String, C) -> Q,
    ) -> Self {
        Self { caller: Caller::new(service, transport), request, projector: Box::new(projector), commands: 0 }
    }

    /// The metadata of the next command, which has a reason.
    pub fn meta(&mut self) -> CommandMeta {
        self.commands += 1;
        CommandMeta {
            command_id: Uuid::from_u128(self.commands).to_string(),
            reason: "because".to_owned(),
            ..CommandMeta::default()
        }
    }

    /// What becomes of a command on the thing with this id.
    pub async fn send_with(&mut self, meta: CommandMeta, id: &str, command: C) -> Result<Outcome, Status> {
        let request = (self.request)(meta, id.to_owned(), command);
        let reply: CommandReply = self.caller.call("Execute", request).await?;
        Ok(reply.outcome.expect("a reply has an outcome"))
    }

    /// The same with metadata of its own.
    pub async fn send(&mut self, id: &str, command: C) -> Result<Outcome, Status> {
        let meta = self.meta();
        self.send_with(meta, id, command).await
    }

    /// Fails unless the command is accepted.
    pub async fn accepted(&mut self, id: &str, command: C) -> Accepted {
        match self.send(id, command).await {
            Ok(Outcome::Accepted(accepted)) => accepted,
            other => panic!("{other:?}"),
        }
    }

    /// Fails unless the command is refused.
    pub async fn refused(&mut self, id: &str, command: C) -> Refused {
        match self.send(id, command).await {
            Ok(Outcome::Refused(refused)) => refused,
            other => panic!("{other:?}"),
        }
    }

    /// The code and the field of the problem that the command is.
    pub async fn fault(&mut self, id: &str, command: C) -> (String, String) {
        problem(&self.send(id, command).await.expect_err("a problem"))
    }

    /// One of them, as its view or as the [`Head`] of that.
    pub async fn get<V: Message + Default + 'static>(&mut self, id: &str) -> V {
        let request = GetRequest { id: id.to_owned(), ..GetRequest::default() };
        self.caller.call("Get", request).await.expect("it is there")
    }

    /// A page of those of the parent `of`: ids, and what the next page starts after.
    pub async fn list(&mut self, first: u32, after: &str, of: &str) -> (Vec<String>, String) {
        let request =
            ListRequest { first, after: after.to_owned(), of: of.to_owned(), ..ListRequest::default() };
        let Heads { items, next, .. } = self.caller.call("List", request).await.expect("a list");
        (items.into_iter().map(|item| item.id).collect(), next)
    }

    /// Lets the list read all that was written.
    pub async fn catch_up(&mut self) {
        while self.projector.step().await.expect("the list reads") == Progress::Worked {}
    }

    /// `begins` begins three different ones, `goes_on` is a command on the first of them that writes something.
    pub async fn behaves(&mut self, begins: [C; 3], goes_on: C) {
        let [one, two, three] = begins;
        self.is_missed(goes_on.clone()).await;
        let id = self.is_begun_once(one).await;
        let ids = [id.clone(), self.accepted("", two).await.id, self.accepted("", three).await.id];
        self.is_read(&id).await;
        self.is_listed(ids).await;
        self.is_told_in_time(&id, goes_on).await;
    }

    /// What is not there is named as it was asked for, and not by an id that follows from its key.
    async fn is_missed(&mut self, goes_on: C) {
        let missing = "nobody-calls-it-so";
        let request = GetRequest { id: missing.to_owned(), ..GetRequest::default() };
        let read = self.caller.call::<_, Head>("Get", request).await.expect_err("nothing");
        let told = self.send(missing, goes_on).await.expect_err("nothing");
        for status in [read, told] {
            assert!(status.message().contains(&format!("'{missing}'")), "{status}");
        }
    }

    /// A dry run writes nothing and names what a command then begins; the same command again is the same one.
    async fn is_begun_once(&mut self, begin: C) -> String {
        let meta = self.meta();
        let dry = CommandMeta { dry_run: true, ..meta.clone() };
        let Ok(Outcome::Accepted(would)) = self.send_with(dry, "", begin.clone()).await else {
            panic!("a dry run was not accepted");
        };
        assert!(would.dry_run && !would.drafts.is_empty(), "{would:?}");
        assert_eq!(self.not_got(&would.id, "").await, "not_found", "after a dry run");
        let Ok(Outcome::Accepted(first)) = self.send_with(meta.clone(), "", begin.clone()).await else {
            panic!("it was not begun");
        };
        let Ok(Outcome::Accepted(again)) = self.send_with(meta, "", begin).await else {
            panic!("it was not begun again");
        };
        assert!(again.repeated && !first.repeated);
        assert_eq!((&would.id, &again.id, &again.position), (&first.id, &first.id, &first.position));
        first.id
    }

    /// Nobody sees what is another organisation's, and a read says what is wrong with it.
    async fn is_read(&mut self, id: &str) {
        let head: Head = self.get(id).await;
        assert_eq!(head.id, id);
        assert_eq!(self.not_got(id, "another").await, "not_found");
        assert_eq!(self.not_got("!", "").await, "invalid_id");
        assert_eq!(self.not_got("", "").await, "missing_field");
        let ahead =
            GetRequest { id: id.to_owned(), at_least: "yesterday".to_owned(), ..GetRequest::default() };
        let status = self.caller.call::<_, Head>("Get", ahead).await.expect_err("no position");
        assert_eq!(problem(&status), ("invalid_field".to_owned(), "at_least".to_owned()));
        let many = ListRequest { first: 101, ..ListRequest::default() };
        let status = self.caller.call::<_, Heads>("List", many).await.expect_err("too many");
        assert_eq!(problem(&status), ("invalid_field".to_owned(), "first".to_owned()));
    }

    async fn not_got(&mut self, id: &str, org: &str) -> String {
        let request = GetRequest { id: id.to_owned(), org: org.to_owned(), ..GetRequest::default() };
        problem(&self.caller.call::<_, Head>("Get", request).await.expect_err("nothing")).0
    }

    /// Pages hold each of them once, in the order in which they were begun.
    async fn is_listed(&mut self, ids: [String; 3]) {
        self.catch_up().await;
        assert_eq!(self.list(0, "", "").await, (ids.to_vec(), String::new()));
        let (first, next) = self.list(2, "", "").await;
        assert_eq!((first.as_slice(), &next), (&ids[..2], &ids[1]));
        assert_eq!(self.list(2, &next, "").await, (ids[2..].to_vec(), String::new()));
        assert_eq!(self.list(0, "", "01JD3Z8Q4M9W6T2V5X7Y0A1B2Z").await.0, Vec::<String>::new());
        let elsewhere = ListRequest { org: "another".to_owned(), ..ListRequest::default() };
        let Heads { items, .. } = self.caller.call("List", elsewhere).await.expect("a list");
        assert_eq!(items, []);
    }

    /// A list that asks for the position of a command waits for it, and shows what a read shows.
    async fn is_told_in_time(&mut self, id: &str, command: C) {
        let done = self.accepted(id, command).await;
        let request = ListRequest { at_least: done.position.clone(), first: 100, ..ListRequest::default() };
        let mut caller = self.caller.clone();
        let (list, ()) = tokio::join!(caller.call::<_, Heads>("List", request), self.catch_up());
        let listed = list.expect("it is reached").items.into_iter().find(|item| item.id == id);
        let got: Head = self.get(id).await;
        assert_eq!((Some(&got), &got.position), (listed.as_ref(), &done.position));
    }
}

/// The code and the field of a problem.
fn problem(status: &Status) -> (String, String) {
    match grpc::problem_of(status) {
        Some(problem) => (problem.code, problem.field),
        None if status.code() == Code::Unavailable => ("unavailable".to_owned(), String::new()),
        None => panic!("{status:?}"),
    }
}
