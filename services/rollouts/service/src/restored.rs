//! After the log went back no flag exposes more than it did: every flag is held (rule R25), those that are off or killed
//! as well, because what spoke against raising them may be what is lost.
//!
//! A restored log says so in its stream `$restored`. The newest of its events is acted on once; that it was is kept as a
//! checkpoint, which a later restore makes worthless together with the positions in it. Edges that remember what they
//! served say so by themselves; a person releases the holds.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures::TryStreamExt;
use futures::future::{BoxFuture, ready};
use verdict_api::rollouts::v1::flags_client::FlagsClient;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_kernel::principal::Principal;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::flag::hold::{HoldKind, RESTORED};
use verdict_rollouts_domain::flag::{Event, State};
use verdict_rollouts_wire::flag::FlagWire;
use verdict_runtime::checkpoint::Checkpoint;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::execute::{Envelope, Fence, Repository};
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::log::restored::{self, Restored};
use verdict_runtime::log::{Filter, Log, MAX_PAGE, Position, Recorded};
use verdict_runtime::process::reading;
use verdict_runtime::process::sending::{Answer, answer};
use verdict_runtime::process::{Authority, Proof, standing_by};
use verdict_stored::Wire;

#[cfg(test)]
mod tests;

/// Name of the component, of its lease and of its checkpoint.
pub const NAME: &str = "restored-log";

/// What begins the name of every stream of a flag.
const FLAGS: &str = "rollouts.flag-";
/// When flags that could not be held are tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// See the module.
pub struct RestoredLog {
    flags: Transport,
    repository: Repository<FlagWire>,
    log: Log,
    authority: Box<dyn Authority>,
    fence: Option<Fence>,
    held: bool,
    checkpoint: Checkpoint,
    /// Up to where everything was acted on, once that is known.
    position: Option<Position>,
    loaded: bool,
    seen: Option<Position>,
}

impl RestoredLog {
    /// A component that acts only while `authority` lets it, through the service behind `flags`.
    pub fn new(
        flags: Transport,
        repository: Repository<FlagWire>,
        log: Log,
        clock: Arc<dyn Clock>,
        authority: Box<dyn Authority>,
    ) -> Self {
        let checkpoint = Checkpoint::new(log.clone(), clock, "rollouts", NAME);
        Self {
            flags,
            repository,
            log,
            authority,
            fence: None,
            held: false,
            checkpoint,
            position: None,
            loaded: false,
            seen: None,
        }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        match self.authority.prove().await? {
            Proof::Held(fence) => {
                if !self.held || self.fence != fence {
                    self.loaded = false;
                }
                self.held = true;
                self.fence = fence;
            }
            Proof::Elsewhere { retry, alive } => {
                self.held = false;
                return Ok(standing_by(retry, alive));
            }
        }
        if !self.loaded {
            self.position = self.checkpoint.load().await?;
            self.seen.clone_from(&self.position);
            self.loaded = true;
        }
        let Some(newest) = self.newest().await? else {
            return Ok(Progress::Idle { due: None, retry: self.authority.renew_in() });
        };
        if self.hold_all(&newest).await? {
            self.checkpoint.store(&newest.position, self.fence.as_ref()).await?;
            self.position = Some(newest.position);
            return Ok(Progress::Worked);
        }
        self.seen.clone_from(&self.position);
        Ok(Progress::Blocked { due: None, retry: AGAIN })
    }

    /// The newest event of the log going back that was not acted on.
    async fn newest(&mut self) -> Result<Option<Recorded>, Fault> {
        let mut newest = None;
        loop {
            let page = self.log.read_all(self.seen.as_ref(), &Restored::filter(), MAX_PAGE).await?;
            for event in page.events {
                self.seen = Some(event.position.clone());
                if &*event.event_type == restored::EVENT_TYPE {
                    newest = Some(event);
                }
            }
            self.seen = page.considered.or_else(|| self.seen.take());
            if page.at_head {
                return Ok(newest);
            }
        }
    }

    /// Whether every flag is held now. One that cannot be held keeps no other from it.
    async fn hold_all(&self, event: &Recorded) -> Result<bool, Fault> {
        let mut all = true;
        let mut count = 0_u32;
        for (flag, org) in self.every_flag().await? {
            match self.hold(event, &flag, &org).await {
                Ok(held) => count += u32::from(held),
                Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                Err(fault) => {
                    tracing::warn!(flag.id = flag, error = %fault, "a flag could not be held after the log went back; it is tried again");
                    all = false;
                }
            }
        }
        tracing::warn!(flags = count, "the log went back: every flag is held until a person releases it");
        Ok(all)
    }

    /// Whether the flag could serve anybody.
    async fn hold(&self, event: &Recorded, flag: &str, org: &str) -> Result<bool, Fault> {
        match self.repository.load(flag).await {
            Ok(folded) => match &folded.state {
                State::Live(_) | State::Killed(_) => {}
                State::Absent | State::Archived(_) => return Ok(false),
            },
            // Nobody here knows what it serves: it is held, which kills it (design clause 16).
            Err(Fault::Unreadable { .. }) => {}
            Err(fault) => return Err(fault),
        }
        let envelope = Envelope { fence: self.fence.clone(), ..envelope(event, flag, org) };
        let request = request(&envelope, flag);
        let reply = FlagsClient::new(self.flags.clone()).execute(request).await;
        match answer("rollouts", &envelope, reply)? {
            Answer::Accepted(_) => Ok(true),
            Answer::Refused(code) => {
                tracing::error!(flag.id = flag, code, "a flag refused to be held after the log went back");
                Ok(false)
            }
        }
    }

    /// Every flag with its organisation, read from the log: only after it went back, so its length matters once.
    async fn every_flag(&self) -> Result<BTreeMap<String, String>, Fault> {
        let filter = Filter::prefixes([FLAGS]);
        let mut flags = BTreeMap::new();
        let mut after: Option<Position> = None;
        loop {
            let page = self.log.read_all(after.as_ref(), &filter, MAX_PAGE).await?;
            for event in &page.events {
                if let Some(flag) = event.stream.strip_prefix(FLAGS)
                    && !flags.contains_key(flag)
                {
                    flags.insert(flag.to_owned(), event.metadata()?.org);
                }
                after = Some(event.position.clone());
            }
            after = page.considered.or(after);
            if page.at_head {
                return Ok(flags);
            }
        }
    }
}

fn envelope(event: &Recorded, flag: &str, org: &str) -> Envelope {
    let mut principal = Principal::process(NAME);
    org.clone_into(&mut principal.org);
    Envelope::new(CommandId::derive(event.id, &format!("hold/{flag}")), principal)
}

fn request(envelope: &Envelope, flag: &str) -> pb::FlagRequest {
    pb::FlagRequest {
        meta: Some(grpc::meta(envelope)),
        flag_id: flag.to_owned(),
        command: Some(pb::flag_request::Command::Hold(pb::HoldFlag::default())),
        ..pb::FlagRequest::default()
    }
}

/// The hold that a flag lacks that is to be raised: it was there when the log went back, and nobody came to hold it yet.
/// Whoever raises it holds it first, so that nothing depends on who is quicker.
pub(crate) async fn missing_hold(
    log: &Log,
    repository: &Repository<FlagWire>,
    flag: &str,
    org: &str,
) -> Result<Option<pb::FlagRequest>, Fault> {
    let newest = log.read_last(restored::STREAM).await?;
    let Some(event) = newest.filter(|event| &*event.event_type == restored::EVENT_TYPE) else {
        return Ok(None);
    };
    let envelope = envelope(&event, flag, org);
    if repository.load(flag).await?.knows(envelope.command_id) {
        return Ok(None);
    }
    let stream = Repository::<FlagWire>::stream(flag);
    let mut events = pin!(reading::events(log, &stream));
    let is_before = |of: &Recorded| of.position.commit < event.position.commit;
    if !events.try_next().await?.as_ref().is_some_and(is_before) {
        return Ok(None);
    }
    // An edge that remembered what it served may have been quicker, and a person may have released that hold.
    let was_held = events.try_any(|of| ready(!is_before(&of) && is_of_a_restore(&of))).await?;
    Ok((!was_held).then(|| request(&envelope, flag)))
}

/// Whether an event of a flag holds it because the log went back, or ends that.
fn is_of_a_restore(event: &Recorded) -> bool {
    match FlagWire::decode(&event.event_type, &event.data) {
        Ok(Some(Event::Held(hold))) => hold.kind == HoldKind::Restored,
        Ok(Some(Event::HoldReleased { cause, .. })) => cause == RESTORED,
        Ok(_) | Err(_) => false,
    }
}

impl Component for RestoredLog {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async {
            let outcome = self.next().await;
            if outcome.is_err() {
                // The log may be another one by now: what was acted on is looked up again.
                self.loaded = false;
            }
            if matches!(outcome, Err(Fault::Fenced { .. })) {
                self.authority.lose();
                self.held = false;
            }
            outcome
        })
    }

    fn applied(&self) -> Option<Position> {
        self.seen.clone().filter(|_| self.held)
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
