//! Drives the instances of one process: recover, note, send, wait.
//!
//! One step does one of these, in this order: prove the lease, fold what is stored, handle the next page of the
//! log, send one due step, let one deadline pass. New facts come before old steps, so an instance whose peer is
//! down never delays the narrowing of another.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use tracing::Instrument;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::{Process, Progress as Noted, Step};

use super::instance::{Instance, starts};
use super::{Authority, Performed, Proof, Rim, standing_by};
use crate::checkpoint::Checkpoint;
use crate::component::{Component, Fault, Progress};
use crate::execute::Fence;
use crate::log::{Filter, Log, Position, Recorded};
use crate::telemetry::{self, names};
use crate::wire::Metadata;

/// Events per page.
const PAGE: usize = 256;
/// Considered events after which the position is stored although nothing concerned the process.
const CHECKPOINT_EVERY: u64 = 4096;

/// How far the fold of the stored instances has come.
enum Recovery {
    After(Option<Position>),
    Complete,
}

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
    live: HashMap<String, Instance<P>>,
    /// Live subjects that begin only at the event with this id, which is not handled yet since the recovery. What
    /// lies before it is not theirs to hear.
    unborn: HashMap<String, Vec<String>>,
    /// Subject by stream, while recovering.
    streams: HashMap<Arc<str>, String>,
}

impl<P: Process + 'static, R: Rim<P>> ProcessRunner<P, R> {
    /// A runner that acts only while `authority` lets it.
    pub fn new(rim: Arc<R>, log: Log, clock: Arc<dyn Clock>, authority: Box<dyn Authority>) -> Self {
        let checkpoint = Checkpoint::new(log.clone(), clock.clone(), rim.context(), P::NAME);
        Self {
            interests: rim.interests(),
            rim,
            log,
            clock,
            authority,
            fence: None,
            stand_by: false,
            checkpoint,
            recovery: Recovery::After(None),
            position: None,
            stored: None,
            unstored: false,
            live: HashMap::new(),
            unborn: HashMap::new(),
            streams: HashMap::new(),
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
        if let Recovery::After(after) = &self.recovery {
            let after = after.clone();
            return self.recover(after).await;
        }
        let page = self.log.read_all(self.position.as_ref(), &self.interests, PAGE).await?;
        for event in &page.events {
            self.handle(event).await?;
            self.position = Some(event.position.clone());
        }
        self.position = page.considered.or_else(|| self.position.take());
        if !page.at_head || !page.events.is_empty() {
            return Ok(Progress::Worked);
        }
        if self.send_one().await? || self.pass_one().await? {
            return Ok(Progress::Worked);
        }
        self.store_position().await?;
        Ok(self.idle())
    }

    /// Starts again from what is stored, as after a crash or a change of holder.
    fn forget(&mut self) {
        self.recovery = Recovery::After(None);
        self.live.clear();
        self.unborn.clear();
        self.streams.clear();
    }

    /// Folds one page of the stored instances.
    async fn recover(&mut self, after: Option<Position>) -> Result<Progress, Fault> {
        let own = Filter::prefixes([format!("{}.process-", self.rim.context())]);
        let page = self.log.read_all(after.as_ref(), &own, PAGE).await?;
        for event in &page.events {
            if let Some(subject) = starts(P::NAME, event)? {
                self.live.insert(subject.clone(), Instance::new(&subject));
                self.streams.insert(event.stream.clone(), subject);
            }
            let Some(subject) = self.streams.get(&event.stream) else {
                continue;
            };
            let Some(instance) = self.live.get_mut(subject) else {
                continue;
            };
            instance.apply(&*self.rim, event)?;
        }
        if page.at_head {
            self.live.retain(|_, instance| !P::is_over(&instance.state));
            self.streams.clear();
            self.stored = self.checkpoint.load().await?;
            self.position.clone_from(&self.stored);
            self.unborn = self.born_after_position();
            self.recovery = Recovery::Complete;
        } else {
            self.recovery = Recovery::After(page.considered);
        }
        Ok(Progress::Worked)
    }

    /// The live subjects whose first event is still ahead, by the id of that event. A position is stored only after
    /// everything up to it was noted, so a stream that begins after it belongs to an event after it.
    fn born_after_position(&self) -> HashMap<String, Vec<String>> {
        let mut unborn: HashMap<String, Vec<String>> = HashMap::new();
        for (subject, instance) in &self.live {
            if let Some((began, cause)) = &instance.began
                && self.position.as_ref().and_then(|position| position.covers(began)) != Some(true)
            {
                unborn.entry(cause.clone()).or_default().push(subject.clone());
            }
        }
        unborn
    }

    /// The live subjects that have begun, in order.
    fn born(&self) -> Vec<String> {
        let is_unborn = |subject: &&String| self.unborn.values().any(|unborn| unborn.contains(*subject));
        let mut born: Vec<String> = self.live.keys().filter(|subject| !is_unborn(subject)).cloned().collect();
        born.sort_unstable();
        born
    }

    /// Notes what `event` means to the instances it concerns, and sends what cannot wait.
    async fn handle(&mut self, event: &Recorded) -> Result<(), Fault> {
        let live = self.born();
        self.unborn.remove(&event.id.to_string());
        let mut facts = self.rim.facts(event, &live).await?;
        while let Some(subject) = facts.first().map(|(subject, _)| subject.clone()) {
            let (of_subject, others): (Vec<_>, Vec<_>) =
                facts.into_iter().partition(|(other, _)| *other == subject);
            facts = others;
            let command = CommandId::derive(event.id, &format!("{}/{subject}", P::NAME));
            let noted = of_subject.into_iter().map(|(_, fact)| Noted::Noted(fact)).collect();
            self.note(&subject, event, command, noted).await?;
        }
        Ok(())
    }

    async fn note(
        &mut self,
        subject: &str,
        event: &Recorded,
        command: CommandId,
        noted: Vec<Noted<P::Fact>>,
    ) -> Result<(), Fault> {
        let mut instance = match self.live.remove(subject) {
            Some(instance) => instance,
            None => self.loaded(subject).await?,
        };
        if instance.version() == 0 {
            let metadata = Metadata::of(event)?;
            instance.begin(metadata.org, metadata.correlation_id);
        }
        let span = names::process(P::NAME, subject);
        telemetry::after(&span, &Metadata::of(event)?);
        let outcome = self.note_in(&mut instance, event, command, &noted).instrument(span).await;
        self.unstored = true;
        if outcome.is_err() {
            // The instance must not be missing from the live ones when the event is handled again.
            self.forget();
        } else if !P::is_over(&instance.state) {
            self.live.insert(subject.to_owned(), instance);
        }
        outcome
    }

    async fn note_in(
        &self,
        instance: &mut Instance<P>,
        event: &Recorded,
        command: CommandId,
        noted: &[Noted<P::Fact>],
    ) -> Result<(), Fault> {
        let cause = event.id.to_string();
        let mut committed = false;
        while !committed && !instance.has_seen(command) && !P::is_over(&instance.state) {
            let state = noted.iter().fold(instance.state.clone(), P::evolve);
            let mut progress = noted.to_vec();
            for step in P::due(&state).into_iter().filter(|step| step.cause.is_some()) {
                if !instance.is_recorded(step.name, step.attempt) {
                    let performed = self.perform(instance, &step, &cause).await;
                    progress.extend(records(&step, performed?));
                }
            }
            let envelope = instance.envelope(command, &cause, self.fence.as_ref());
            let now = self.clock.now();
            committed = instance.commit(&*self.rim, &self.log, now, &envelope, progress).await?;
        }
        Ok(())
    }

    async fn loaded(&self, subject: &str) -> Result<Instance<P>, Fault> {
        let mut instance = Instance::new(subject);
        instance.catch_up(&*self.rim, &self.log).await?;
        Ok(instance)
    }

    async fn perform(
        &self,
        instance: &Instance<P>,
        step: &Step<P::Action>,
        cause: &str,
    ) -> Result<Performed<P::Fact>, Fault> {
        let command = match step.cause {
            Some(event) => CommandId::derive(event, step.name),
            None => CommandId::derive(instance.id.as_uuid(), &format!("{}/{}", step.name, step.attempt)),
        };
        let envelope = instance.envelope(command, cause, self.fence.as_ref());
        let span = names::step(P::NAME, step.name, step.attempt);
        self.rim.perform(envelope, &step.action).instrument(span).await
    }

    /// Sends the first due step of some instance and records its outcome.
    async fn send_one(&mut self) -> Result<bool, Fault> {
        let now = self.clock.monotonic();
        let mut subjects: Vec<&String> = self.live.keys().collect();
        subjects.sort_unstable();
        let due = subjects.into_iter().find_map(|subject| {
            let step = self.live[subject].next_step(now)?;
            Some((subject.clone(), step))
        });
        let Some((subject, step)) = due else {
            return Ok(false);
        };
        let Some(instance) = self.live.remove(&subject) else {
            return Ok(false);
        };
        let span = instance.span();
        self.send(instance, step, now).instrument(span).await?;
        Ok(true)
    }

    /// Sends a step and records its outcome; a step that failed is held back.
    async fn send(
        &mut self,
        mut instance: Instance<P>,
        step: Step<P::Action>,
        now: Duration,
    ) -> Result<(), Fault> {
        let cause = instance.id.to_string();
        match self.perform(&instance, &step, &cause).await {
            Ok(performed) => {
                instance.sent(&step);
                let label = format!("record/{}/{}", step.name, step.attempt);
                self.commit(instance, &label, records(&step, performed)).await
            }
            Err(fault @ Fault::Fenced { .. }) => Err(fault),
            Err(fault) => {
                let subject = instance.subject.clone();
                tracing::warn!(process = P::NAME, %subject, step = step.name, error = %fault, "step will be tried again");
                instance.failed(&step, now);
                self.live.insert(subject, instance);
                Ok(())
            }
        }
    }

    /// Lets the soonest deadline that has come pass. Only called at the head of the log (design clause 11).
    async fn pass_one(&mut self) -> Result<bool, Fault> {
        let now = self.clock.now();
        let Some((subject, name, due)) = self.soonest().filter(|(_, _, due)| *due <= now) else {
            return Ok(false);
        };
        let Some(instance) = self.live.remove(&subject) else {
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
        let outcome = instance.commit(&*self.rim, &self.log, self.clock.now(), &envelope, progress).await;
        if outcome.is_err() {
            // Whether it was written is unknown: read the stream again before anything else.
            self.forget();
        } else if !P::is_over(&instance.state) {
            self.live.insert(instance.subject.clone(), instance);
        }
        outcome.map(|_| ())
    }

    fn soonest(&self) -> Option<(String, &'static str, Timestamp)> {
        let first = |instance: &Instance<P>| instance.running().into_iter().next();
        let running =
            self.live.iter().filter_map(|(s, i)| first(i).map(|(name, due)| (s.clone(), name, due)));
        running.min_by(|a, b| (a.2, &a.0, a.1).cmp(&(b.2, &b.0, b.1)))
    }

    async fn store_position(&mut self) -> Result<(), Fault> {
        let commit = |position: &Option<Position>| position.as_ref().map_or(0, |p| p.commit);
        let behind = commit(&self.position).saturating_sub(commit(&self.stored));
        let waiting = self.live.values().any(|instance| instance.next_retry().is_some());
        if let Some(position) = &self.position
            && (self.unstored || behind >= CHECKPOINT_EVERY)
            && !waiting
            && behind > 0
            && self.checkpoint.rest().is_zero()
        {
            self.checkpoint.store(position, self.fence.as_ref()).await?;
            self.stored = Some(position.clone());
            self.unstored = false;
        }
        Ok(())
    }

    fn idle(&self) -> Progress {
        let now = self.clock.monotonic();
        let due = self.soonest().map(|(_, _, due)| due);
        let checkpoint = self.unstored.then(|| self.checkpoint.rest()).filter(|rest| !rest.is_zero());
        let again = checkpoint.into_iter().chain(self.authority.renew_in()).min();
        let failed = self.live.values().filter_map(Instance::next_retry).min();
        match failed.map(|at| at.saturating_sub(now)) {
            Some(retry) => Progress::Blocked { due, retry: again.map_or(retry, |again| again.min(retry)) },
            None => Progress::Idle { due, retry: again },
        }
    }
}

fn records<A, F>(step: &Step<A>, performed: Performed<F>) -> Vec<Noted<F>> {
    let record =
        Noted::StepRecorded { step: step.name.to_owned(), attempt: step.attempt, outcome: performed.outcome };
    std::iter::once(record).chain(performed.facts.into_iter().map(Noted::Noted)).collect()
}

impl<P: Process + 'static, R: Rim<P>> Component for ProcessRunner<P, R> {
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
            Recovery::After(_) => None,
            Recovery::Complete => self.position.clone(),
        }
    }

    fn unready(&self) -> Option<String> {
        match self.recovery {
            Recovery::After(_) if self.stand_by => None,
            Recovery::After(_) => Some("folding the stored instances".to_owned()),
            Recovery::Complete => None,
        }
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
