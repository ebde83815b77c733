//! Drives the instances of one process: recover, note, send, wait.
//!
//! One step does one of these, in this order: prove the lease, load what is stored, handle the next page of the
//! log, record an answer that came late, look again after an instance in trouble, send one due step, let one deadline
//! pass. New facts come before old steps, so an instance whose peer is down never delays the narrowing of another; one
//! whose peer hangs delays it by a moment ([`calls`]).
//!
//! Recovery is as long as what is one's own (design clause 19): the live subjects are stored beside the position, and
//! their streams are all that is read. A fault concerns one instance: it is loaded again from its own stream, and what
//! happens to it waits for that, while everything else goes on.

use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::watch;
use tracing::Instrument;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::{Memory, Process, Progress as Noted, Step};

use super::instance::Instance;
use super::trouble::Trouble;
use super::{Authority, Proof, Rim, standing_by};
use crate::checkpoint::Checkpoint;
use crate::component::{Component, Progress};
use crate::execute::Fence;
use crate::fault::Fault;
use crate::log::{Filter, Log, LogError, Position, Recorded};
use crate::telemetry::{self, names};

mod calls;
mod kept;
mod recovering;

use calls::{Call, Settled};
use kept::Kept;
use recovering::Recovery;

/// Events per page.
const PAGE: usize = 256;
/// Considered events after which the position is stored although nothing concerned the process.
const CHECKPOINT_EVERY: u64 = 512;
/// How long a page is handled before the right to act is proven again.
const TURN: Duration = Duration::from_secs(1);

/// The component that runs process `P`.
pub struct ProcessRunner<P: Process, R: Rim<P>> {
    rim: Arc<R>,
    log: Log,
    clock: Arc<dyn Clock>,
    authority: Box<dyn Authority>,
    fence: Option<Fence>,
    /// Another replica acts; this one is ready to take over.
    stand_by: bool,
    interests: Filter,
    checkpoint: Checkpoint,
    recovery: Recovery,
    position: Option<Position>,
    stored: Option<Position>,
    /// Something was noted since the position was stored.
    unstored: bool,
    kept: Kept<P>,
    /// Steps that were sent and not answered promptly.
    calls: Vec<Call<P>>,
    /// Says that the log has grown since it was read last.
    grown: watch::Receiver<u64>,
}

impl<P: Process + 'static, R: Rim<P> + 'static> ProcessRunner<P, R> {
    /// A runner that acts only while `authority` lets it.
    pub fn new(rim: Arc<R>, log: Log, clock: Arc<dyn Clock>, authority: Box<dyn Authority>) -> Self {
        let checkpoint = Checkpoint::new(log.clone(), clock.clone(), R::CONTEXT, P::NAME);
        Self {
            interests: R::interests(),
            rim,
            grown: log.grown(),
            log,
            clock,
            authority,
            fence: None,
            stand_by: false,
            checkpoint,
            recovery: Recovery::Unread,
            position: None,
            stored: None,
            unstored: false,
            kept: Kept::default(),
            calls: Vec::new(),
        }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        let proof = self.authority.prove().await?;
        self.stand_by = matches!(proof, Proof::Elsewhere { .. });
        match proof {
            Proof::Held(fence) if self.fence == fence => {}
            Proof::Held(fence) => {
                self.fence = fence;
                self.forget();
            }
            Proof::Elsewhere { retry, alive } => {
                self.forget();
                return Ok(standing_by(retry, alive));
            }
        }
        if !matches!(self.recovery, Recovery::Complete) {
            return self.recover().await;
        }
        self.grown.mark_unchanged();
        let page = match self.log.read_all(self.position.as_ref(), &self.interests, PAGE).await {
            // What was read may never have happened (design clause 23): it begins again, over the log that is there.
            Err(LogError::AnotherLog(_)) => {
                self.forget();
                return Ok(Progress::Worked);
            }
            page => page?,
        };
        let begun = self.clock.monotonic();
        for event in &page.events {
            self.handle(event).await?;
            self.position = Some(event.position.clone());
            if self.clock.monotonic().saturating_sub(begun) > TURN {
                return Ok(Progress::Worked);
            }
        }
        self.position = page.considered.or_else(|| self.position.take());
        if !page.at_head || !page.events.is_empty() {
            return Ok(Progress::Worked);
        }
        if self.record_one().await?
            || self.look_again().await?
            || self.send_one().await?
            || self.pass_one().await?
        {
            return Ok(Progress::Worked);
        }
        self.store_position().await?;
        Ok(if self.wait_for_answers().await { Progress::Worked } else { self.idle() })
    }

    /// Notes what `event` means to the instances it concerns, and sends what cannot wait.
    async fn handle(&mut self, event: &Recorded) -> Result<(), Fault> {
        let mut facts = match self.rim.facts(event, self.kept.subjects()).await {
            Ok(facts) => facts,
            Err(fault @ Fault::Unreadable { .. }) => {
                // One event that nobody here understands keeps no other from being handled (design clause 18).
                tracing::error!(process = P::NAME, error = %fault, "an event that may concern the process was skipped");
                return Ok(());
            }
            Err(fault) => return Err(fault),
        };
        while let Some(subject) = facts.first().map(|(subject, _)| subject.clone()) {
            let (of_subject, others): (Vec<_>, Vec<_>) =
                facts.into_iter().partition(|(other, _)| *other == subject);
            facts = others;
            let noted: Vec<_> = of_subject.into_iter().map(|(_, fact)| Noted::Noted(fact)).collect();
            self.unstored = true;
            if let Some(trouble) = self.kept.troubled_mut(&subject) {
                trouble.later(event.clone(), noted);
                continue;
            }
            match self.note(&subject, event, &noted).await {
                Ok(()) => {}
                Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                Err(fault) => self.trouble(&subject, &fault).later(event.clone(), noted),
            }
        }
        Ok(())
    }

    async fn note(&mut self, subject: &str, event: &Recorded, noted: &[Noted<P::Fact>]) -> Result<(), Fault> {
        let mut instance = match self.kept.take(subject) {
            Some(instance) => instance,
            None => match Instance::load::<R>(&self.log, subject).await {
                Ok(instance) => instance,
                Err(fault @ Fault::Unreadable { .. }) => {
                    return self.act_blind(subject, event, noted, &fault).await;
                }
                Err(fault) => return Err(fault),
            },
        };
        let command = CommandId::derive(event.id, &format!("{}/{subject}", P::NAME));
        let another = |it: &Noted<P::Fact>| match it {
            Noted::Noted(fact) => instance.memory().begins_another(fact),
            Noted::StepRecorded { .. }
            | Noted::DeadlineSet { .. }
            | Noted::DeadlinePassed { .. }
            | Noted::Ended => false,
        };
        if !instance.has_seen(command) && noted.iter().any(another) {
            self.kept.put(instance);
            return Box::pin(self.note(&next_of(subject), event, noted)).await;
        }
        let metadata = event.metadata()?;
        let span = names::process(P::NAME, subject);
        telemetry::after(&span, &metadata);
        if instance.version() == 0 {
            instance.begin(metadata.org, metadata.correlation_id);
        }
        self.note_in(&mut instance, event, command, noted).instrument(span).await?;
        self.kept.put(instance);
        Ok(())
    }

    /// What cannot wait is sent although the past of the instance cannot be read; nothing is noted, and the others go on
    /// (design clause 18).
    async fn act_blind(
        &mut self,
        subject: &str,
        event: &Recorded,
        noted: &[Noted<P::Fact>],
        fault: &Fault,
    ) -> Result<(), Fault> {
        tracing::error!(process = P::NAME, subject, error = %fault, "an instance cannot be read: only what cannot wait is sent");
        let mut instance = Instance::<P>::new(subject);
        let metadata = event.metadata()?;
        instance.begin(metadata.org, metadata.correlation_id);
        for step in urgent(instance.memory(), noted) {
            match self.call(&instance, step.clone(), &event.id.to_string()).await {
                Settled::Done(_) | Settled::Later => {}
                Settled::Failed(fault @ Fault::Fenced { .. }) => return Err(fault),
                Settled::Failed(fault) => {
                    tracing::error!(process = P::NAME, subject, step = step.name, error = %fault, "what cannot wait was not done");
                }
            }
        }
        Ok(())
    }

    async fn note_in(
        &mut self,
        instance: &mut Instance<P>,
        event: &Recorded,
        command: CommandId,
        noted: &[Noted<P::Fact>],
    ) -> Result<(), Fault> {
        let cause = event.id.to_string();
        let monotonic = self.clock.monotonic();
        let mut committed = false;
        while !committed && !instance.has_seen(command) && !instance.is_over() {
            let mut progress = noted.to_vec();
            let first_call = self.calls.len();
            for step in urgent(instance.memory(), noted) {
                match self.call(instance, step.clone(), &cause).await {
                    Settled::Done(performed) => progress.extend(calls::records(&step, performed)),
                    Settled::Later => {}
                    Settled::Failed(fault @ Fault::Fenced { .. }) => return Err(fault),
                    // It stays due and is tried again; what is behind it does not wait (design clause 18).
                    Settled::Failed(fault) => calls::again(instance, &step, monotonic, &fault),
                }
            }
            let envelope = instance.envelope(command, &cause, self.fence.as_ref());
            let now = self.clock.now();
            committed = instance.commit::<R>(&self.log, now, &envelope, progress).await?;
            if committed {
                self.knew(first_call, instance);
            }
        }
        Ok(())
    }

    /// Lets the soonest deadline that has come pass. Only called at the head of the log (design clause 11).
    async fn pass_one(&mut self) -> Result<bool, Fault> {
        let now = self.clock.now();
        let come = self.soonest().filter(|(_, _, due)| *due <= now);
        let Some((subject, name, due)) = come.or_else(|| self.out_of_patience()) else {
            return Ok(false);
        };
        let Some(instance) = self.kept.take(&subject) else {
            return Ok(false);
        };
        let label = format!("deadline/{name}/{due}");
        let span = instance.span();
        let passed = vec![Noted::DeadlinePassed { name: name.to_owned() }];
        self.commit(instance, &label, passed).instrument(span).await?;
        Ok(true)
    }

    async fn commit(
        &mut self,
        mut instance: Instance<P>,
        label: &str,
        progress: Vec<Noted<P::Fact>>,
    ) -> Result<(), Fault> {
        let command = CommandId::derive(instance.id.as_uuid(), label);
        let cause = instance.id.to_string();
        let envelope = instance.envelope(command, &cause, self.fence.as_ref());
        match instance.commit::<R>(&self.log, self.clock.now(), &envelope, progress).await {
            Ok(_) => self.kept.put(instance),
            Err(fault @ Fault::Fenced { .. }) => return Err(fault),
            // Whether it was written is unknown: its stream is read again before anything else of it.
            Err(fault) => drop(self.trouble(&instance.subject, &fault)),
        }
        Ok(())
    }

    fn soonest(&self) -> Option<(String, &'static str, Timestamp)> {
        let first = |instance: &'_ Instance<P>| instance.running().first().copied();
        let running = self.kept.live().filter_map(|it| first(it).map(|(name, due)| (&it.subject, name, due)));
        let soonest = running.min_by(|a, b| (a.2, a.0, a.1).cmp(&(b.2, b.0, b.1)));
        soonest.map(|(subject, name, due)| (subject.clone(), name, due))
    }

    /// A deadline that has lasted as long as it may on the machine's clock, although business time says otherwise: a wall
    /// clock that was set back postpones no safety deadline (design clause 24). Virtual time counts alone.
    fn out_of_patience(&mut self) -> Option<(String, &'static str, Timestamp)> {
        let now = self.clock.monotonic();
        self.clock.is_time_of_day().then_some(())?;
        self.kept.live_mut().find_map(|instance| {
            let (name, due) = instance.lapsed(now)?;
            Some((instance.subject.clone(), name, due))
        })
    }

    async fn store_position(&mut self) -> Result<(), Fault> {
        let commit = |position: &Option<Position>| position.as_ref().map_or(0, |p| p.commit);
        let behind = commit(&self.position).saturating_sub(commit(&self.stored));
        // A step that fails for long does not keep the position where it was: its instance is among the stored ones.
        let failed = |instance: &Instance<P>| instance.next_retry().is_some();
        let unsettled = !self.calls.is_empty() || self.kept.live().any(failed);
        let waiting = behind < CHECKPOINT_EVERY && unsettled;
        if let Some(position) = &self.position
            && (self.unstored || behind >= CHECKPOINT_EVERY)
            && !waiting
            && self.kept.troubled().is_empty()
            && behind > 0
            && self.checkpoint.rest().is_zero()
        {
            let subjects = self.kept.subjects().all().cloned().collect();
            self.checkpoint.store_with_subjects(position, subjects, self.fence.as_ref()).await?;
            self.stored = Some(position.clone());
            self.unstored = false;
        }
        Ok(())
    }

    fn idle(&self) -> Progress {
        let now = self.clock.monotonic();
        let due = self.soonest().map(|(_, _, due)| due);
        let checkpoint = self.unstored.then(|| self.checkpoint.rest()).filter(|rest| !rest.is_zero());
        let lapses = self.kept.live().filter_map(Instance::next_lapse).min();
        let lapse = lapses.map(|at| at.saturating_sub(now));
        let again = checkpoint.into_iter().chain(self.authority.renew_in()).chain(lapse).min();
        let troubled = self.kept.troubled().values().map(Trouble::until);
        let failed = self.kept.live().filter_map(Instance::next_retry).chain(troubled).min();
        match failed.map(|at| at.saturating_sub(now)) {
            Some(retry) => Progress::Blocked { due, retry: again.map_or(retry, |again| again.min(retry)) },
            None => Progress::Idle { due, retry: again },
        }
    }
}

/// What cannot wait until `noted` is written.
fn urgent<P: Process>(memory: &Memory<P>, noted: &[Noted<P::Fact>]) -> Vec<Step<P::Action>> {
    let mut steps = memory.clone().after(noted).next().steps;
    steps.retain(|step| step.cause.is_some());
    steps
}

/// Who looks after a subject whose instance does not any more. What follows the last slash stays as it is: rims read it.
fn next_of(subject: &str) -> String {
    let (before, last) = subject
        .rsplit_once('/')
        .map_or((subject, String::new()), |(before, last)| (before, format!("/{last}")));
    format!("{before}+{last}")
}

impl<P: Process + 'static, R: Rim<P> + 'static> Component for ProcessRunner<P, R> {
    fn name(&self) -> &str {
        P::NAME
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async {
            let outcome = self.next().await;
            if matches!(outcome, Err(Fault::Fenced { .. })) {
                self.authority.lose();
                self.forget();
            }
            outcome
        })
    }

    fn applied(&self) -> Option<Position> {
        match self.recovery {
            Recovery::Unread | Recovery::Loading(_) => None,
            Recovery::Complete => self.position.clone(),
        }
    }

    fn unready(&self) -> Option<String> {
        match self.recovery {
            Recovery::Unread | Recovery::Loading(_) if self.stand_by => None,
            Recovery::Unread | Recovery::Loading(_) => Some("loading the stored instances".to_owned()),
            Recovery::Complete => None,
        }
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
