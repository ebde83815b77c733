//! A log in memory that goes back, with the flags as they are.

use jiff::Timestamp;
use verdict_api::rollouts::v1::edges_client::EdgesClient;
use verdict_api::rollouts::v1::edges_server::EdgesServer;
use verdict_api::rollouts::v1::flags_server::FlagsServer;
use verdict_kernel::clock::ManualClock;
use verdict_proto::rollouts::v1::edge_request::Command as EdgeCommand;
use verdict_proto::rollouts::v1::flag_request::Command;
use verdict_proto::v1::GetRequest;
use verdict_proto::v1::command_reply::Outcome;
use verdict_runtime::grpc::in_process;
use verdict_runtime::log::memory::MemoryLog;
use verdict_runtime::log::{EventLog, Expected, NewEvent};
use verdict_runtime::process::Alone;

use super::*;
use crate::api::edge::EdgesApi;
use crate::api::flag::FlagsApi;
use crate::testing::{ROLLOUT, allowed, settle, start};

struct Platform {
    log: Arc<MemoryLog>,
    clock: Arc<ManualClock>,
    sent: u32,
    flag: String,
}

impl Platform {
    /// A flag at 100 %.
    async fn fully_on() -> Self {
        let clock = Arc::new(ManualClock::at(start()));
        let log = Arc::new(MemoryLog::new("before", clock.clone()));
        let mut platform = Self { log, clock, sent: 0, flag: String::new() };
        platform.flag = platform.create("new-checkout").await;
        platform.expose().await;
        platform
    }

    async fn create(&mut self, key: &str) -> String {
        let create = pb::CreateFlag {
            key: key.to_owned(),
            environment: "production".to_owned(),
            kind: pb::FlagKind::Ops.into(),
            owner: "ann".to_owned(),
            ..pb::CreateFlag::default()
        };
        self.ask("", Command::Create(create)).await
    }

    async fn expose(&mut self) {
        assert!(self.exposed().await, "refused");
    }

    /// Whether the flag takes 100 %.
    async fn exposed(&mut self) -> bool {
        let set = pb::SetByHand {
            audience: Some(pb::Audience { basis_points: Some(10_000), ..pb::Audience::default() }),
        };
        let command = Command::SetByHand(set);
        let request = pb::FlagRequest {
            meta: allowed(self.meta(), command.audience()),
            flag_id: self.flag.clone(),
            command: Some(command),
            ..pb::FlagRequest::default()
        };
        let flags = in_process(FlagsServer::new(self.flags()));
        let reply = FlagsClient::new(flags).execute(request).await.unwrap().into_inner();
        matches!(reply.outcome, Some(Outcome::Accepted(_)))
    }

    fn flags(&self) -> FlagsApi {
        FlagsApi::new(self.log.clone(), self.clock.clone())
    }

    #[expect(clippy::unnecessary_wraps, reason = "requests carry it so")]
    fn meta(&mut self) -> Option<verdict_proto::v1::CommandMeta> {
        self.sent += 1;
        let command = CommandId::derive(uuid::Uuid::NAMESPACE_URL, &format!("command {}", self.sent));
        let command_id = command.to_string();
        let reason = "because".to_owned();
        Some(verdict_proto::v1::CommandMeta { command_id, reason, ..Default::default() })
    }

    async fn ask(&mut self, flag: &str, command: Command) -> String {
        match self.answer(flag, command).await {
            Outcome::Accepted(accepted) => accepted.id,
            Outcome::Refused(refused) => panic!("refused: {refused:?}"),
        }
    }

    async fn answer(&mut self, flag: &str, command: Command) -> Outcome {
        let request = pb::FlagRequest {
            meta: allowed(self.meta(), command.audience()),
            flag_id: flag.to_owned(),
            command: Some(command),
            ..pb::FlagRequest::default()
        };
        let flags = in_process(FlagsServer::new(self.flags()));
        FlagsClient::new(flags).execute(request).await.unwrap().into_inner().outcome.unwrap()
    }

    /// The code by which the undo of the kill is refused.
    async fn undo_refused(&mut self) -> Option<String> {
        let (flag, revive) = (self.flag.clone(), pb::ReviveFlag { undo: true });
        match self.answer(&flag, Command::Revive(revive)).await {
            Outcome::Accepted(_) => None,
            Outcome::Refused(refused) => Some(refused.code),
        }
    }

    async fn release(&mut self) {
        let release = pb::ReleaseHold { cause: "restored".to_owned(), ..pb::ReleaseHold::default() };
        let flag = self.flag.clone();
        self.ask(&flag, Command::ReleaseHold(release)).await;
    }

    /// A start of the service.
    async fn started(&self) -> RestoredLog {
        let api = self.flags();
        let repository = api.repository().clone();
        let flags = in_process(FlagsServer::new(api));
        let mut component =
            RestoredLog::new(flags, repository, self.log.clone(), self.clock.clone(), Box::new(Alone));
        settle(&mut component).await;
        component
    }

    /// Percentage in basis points, and whether it is held.
    async fn served(&self) -> (u32, bool) {
        let flags = in_process(FlagsServer::new(self.flags()));
        let request = GetRequest { id: self.flag.clone(), ..GetRequest::default() };
        let view = FlagsClient::new(flags).get(request).await.unwrap().into_inner();
        (view.audience.and_then(|audience| audience.basis_points).unwrap_or_default(), view.held)
    }

    async fn head(&self) -> u64 {
        self.log.head().await.unwrap().map_or(0, |head| head.commit)
    }

    async fn report(&mut self, audience: pb::Audience, killed: bool) {
        let served = pb::ReportServed { flag_id: self.flag.clone(), audience: Some(audience), killed };
        let command = EdgeCommand::ReportServed(served);
        let request = pb::EdgeRequest {
            meta: allowed(self.meta(), command.audience()),
            edge_id: ROLLOUT.to_owned(),
            command: Some(command),
        };
        let edges = EdgesApi::new(self.log.clone(), self.clock.clone(), Arc::default(), self.flags());
        let reply = EdgesClient::new(in_process(EdgesServer::new(edges))).execute(request).await.unwrap();
        assert!(matches!(reply.into_inner().outcome, Some(Outcome::Accepted(_))));
    }
}

#[tokio::test]
async fn r25_a_flag_that_was_killed_after_the_backup_is_held_once_the_backup_is_restored() {
    let mut platform = Platform::fully_on().await;
    let backup = platform.head().await;
    let mut component = platform.started().await;
    let flag = platform.flag.clone();
    platform.ask(&flag, Command::Kill(pb::KillFlag {})).await;
    platform.log.restore(backup, "after");
    drop(component.step().await);
    settle(&mut component).await;
    assert_eq!(platform.served().await, (10_000, true), "nothing raises it");
    // The edge remembers the kill.
    platform.report(pb::Audience::default(), true).await;
    assert_eq!(platform.served().await, (0, true));
}

#[tokio::test]
async fn r25_an_edge_that_remembers_less_narrows_what_the_backup_served() {
    let mut platform = Platform::fully_on().await;
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    platform.started().await;
    let less = pb::Audience { basis_points: Some(500), ..pb::Audience::default() };
    platform.report(less, false).await;
    assert_eq!(platform.served().await, (500, true));
}

#[tokio::test]
async fn r25_a_flag_that_was_restored_is_raised_by_nobody() {
    let mut platform = Platform::fully_on().await;
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    platform.started().await;
    platform.report(pb::Audience { basis_points: Some(500), ..pb::Audience::default() }, false).await;
    assert!(!platform.exposed().await);
    assert_eq!(platform.served().await, (500, true));
}

/// What raises a flag may be quicker than what holds it.
#[tokio::test]
async fn r25_a_flag_that_nobody_came_to_hold_yet_is_held_by_whoever_raises_it() {
    let mut platform = Platform::fully_on().await;
    platform.flag = platform.create("second").await;
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    assert!(!platform.exposed().await);
    assert_eq!(platform.served().await, (0, true));
    platform.release().await;
    platform.started().await;
    assert_eq!(platform.served().await, (0, false), "it is one hold, whoever comes first");
    platform.expose().await;
    assert_eq!(platform.served().await, (10_000, false));
    platform.flag = platform.create("later").await;
    platform.expose().await;
    assert_eq!(platform.served().await, (10_000, false));
}

/// The hold that an edge reports is one for the restore, and released it is over.
#[tokio::test]
async fn r25_a_hold_that_an_edge_was_quicker_with_is_released_once() {
    let mut platform = Platform::fully_on().await;
    platform.flag = platform.create("second").await;
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    platform.report(pb::Audience::default(), false).await;
    platform.release().await;
    platform.expose().await;
    assert_eq!(platform.served().await, (10_000, false));
}

#[tokio::test]
async fn r25_a_release_is_accepted_and_the_next_start_holds_nothing_again() {
    let mut platform = Platform::fully_on().await;
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    platform.started().await;
    platform.release().await;
    platform.started().await;
    assert_eq!(platform.served().await, (10_000, false));
    // A flag that came into use after the restore is none of its business either.
    platform.flag = platform.create("later").await;
    platform.expose().await;
    platform.started().await;
    assert_eq!(platform.served().await, (10_000, false));
    // Another restore is another cause to hold.
    let backup = platform.head().await;
    platform.log.restore(backup, "once more");
    platform.started().await;
    assert_eq!(platform.served().await, (10_000, true));
}

/// What spoke against the undo may be among what is lost.
#[tokio::test]
async fn r25_a_kill_of_the_backup_is_undone_by_nobody_and_in_a_log_that_never_went_back_it_is() {
    let mut platform = Platform::fully_on().await;
    let flag = platform.flag.clone();
    platform.ask(&flag, Command::Kill(pb::KillFlag {})).await;
    let backup = platform.head().await;
    platform.started().await;
    assert_eq!(platform.undo_refused().await, None);
    assert_eq!(platform.served().await, (10_000, false));
    platform.log.restore(backup, "after");
    platform.started().await;
    assert!(platform.undo_refused().await.is_some());
    assert_eq!(platform.served().await, (0, true));
    // Whoever releases it has looked at what it serves, and that is nothing.
    platform.release().await;
    assert_eq!(platform.undo_refused().await.as_deref(), Some("nothing_to_undo"));
    platform.ask(&flag, Command::Revive(pb::ReviveFlag { undo: false })).await;
    assert_eq!(platform.served().await, (0, false));
    platform.expose().await;
}

#[tokio::test]
async fn r25_a_flag_that_is_off_in_the_backup_is_held_and_one_that_is_archived_is_not() {
    let mut platform = Platform::fully_on().await;
    let archived = platform.create("archived").await;
    platform
        .ask(
            &archived,
            Command::ConfirmRemoved(pb::ConfirmRemovedFromCode { attestation: "gone".to_owned() }),
        )
        .await;
    platform.ask(&archived, Command::Archive(pb::ArchiveFlag {})).await;
    platform.flag = platform.create("off").await;
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    platform.started().await;
    assert_eq!(platform.served().await, (0, true));
    assert!(!platform.exposed().await);
    platform.release().await;
    platform.expose().await;
    let last = platform.log.read_last(&format!("{FLAGS}{archived}")).await.unwrap().unwrap();
    assert_eq!(&*last.event_type, "rollouts.Flag.FlagArchived.v1");
}

#[tokio::test]
async fn r25_a_log_that_never_went_back_holds_nothing() {
    let platform = Platform::fully_on().await;
    platform.started().await;
    assert_eq!(platform.served().await, (10_000, false));
}

#[tokio::test]
async fn clause_18_a_flag_that_cannot_be_read_is_killed_and_the_others_are_held() {
    let mut platform = Platform::fully_on().await;
    let unreadable = platform.create("another").await;
    let stream = format!("{FLAGS}{unreadable}");
    let envelope = Envelope::new(CommandId::derive(uuid::Uuid::NAMESPACE_OID, "x"), Principal::dev());
    let event = NewEvent {
        id: uuid::Uuid::NAMESPACE_OID,
        event_type: "rollouts.Flag.ExposureShifted.v9".to_owned(),
        data: b"{}".to_vec(),
        metadata: verdict_runtime::execute::metadata(&envelope, Timestamp::UNIX_EPOCH),
    };
    platform.log.append(&stream, Expected::Any, vec![event]).await.unwrap();
    let backup = platform.head().await;
    platform.log.restore(backup, "after");
    platform.started().await;
    assert_eq!(platform.served().await, (10_000, true));
    let last = platform.log.read_last(&stream).await.unwrap().unwrap();
    assert_eq!(&*last.event_type, "rollouts.Flag.FlagKilled.v1");
}
