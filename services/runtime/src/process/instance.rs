//! One instance of a process: its stream, folded.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;
use tracing::{Instrument, Span};
use uuid::Uuid;
use verdict_kernel::id::{self, CommandId, ProcessId};
use verdict_kernel::principal::Principal;
use verdict_kernel::process::{Outcome, Process, Progress, Step};
use verdict_proto::v1 as pb;

use super::Rim;
use crate::component::Fault;
use crate::execute::{Envelope, Fence, metadata};
use crate::log::{Expected, Log, LogError, MAX_PAGE, NewEvent, Recorded};
use crate::telemetry::{self, names};
use crate::wire::{DecodeError, Metadata, Stored, parse, parsed, required};

/// How long a step or an instance is held back after its first failure, and at the most.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What every instance's stream begins with.
const STARTED: &str = "Started";
const STEP_RECORDED: &str = "StepRecorded";
const DEADLINE_SET: &str = "DeadlineSet";
const DEADLINE_PASSED: &str = "DeadlinePassed";
const ENDED: &str = "Ended";

/// How long whatever failed is held back that had failed so many times before.
pub(super) fn pause(faults: u32) -> Duration {
    FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(faults)).min(LONGEST_PAUSE)
}

/// An instance and what the runner knows about it.
pub(super) struct Instance<P: Process> {
    pub(super) id: ProcessId,
    pub(super) subject: String,
    pub(super) state: P::State,
    pub(super) org: String,
    correlation_id: String,
    /// The span in which the stream was last written to: what the instance does next is part of its trace.
    traceparent: Option<String>,
    /// Number of events in the stream.
    version: u64,
    last_at: Option<Timestamp>,
    epochs: HashMap<String, u32>,
    /// Command ids of the appends that are in the stream.
    seen: HashSet<Uuid>,
    recorded: HashSet<(String, u32)>,
    set: HashMap<String, Timestamp>,
    passed: HashSet<(String, Timestamp)>,
    /// Until which monotonic time each running deadline lasts at the most, of those that have such a bound.
    lapses: HashMap<(&'static str, Timestamp), Duration>,
    /// Steps that failed: not again before a monotonic time, and how often.
    waiting: HashMap<(&'static str, u32), (Duration, u32)>,
}

impl<P: Process> Instance<P> {
    pub(super) fn new(subject: &str) -> Self {
        Self {
            id: ProcessId::of(P::NAME, subject),
            subject: subject.to_owned(),
            state: P::State::default(),
            org: Principal::DEFAULT_ORG.to_owned(),
            correlation_id: String::new(),
            traceparent: None,
            version: 0,
            last_at: None,
            epochs: HashMap::new(),
            seen: HashSet::new(),
            recorded: HashSet::new(),
            set: HashMap::new(),
            passed: HashSet::new(),
            lapses: HashMap::new(),
            waiting: HashMap::new(),
        }
    }

    /// The instance of `subject` as its stream tells it.
    pub(super) async fn load<R: Rim<P>>(rim: &R, log: &Log, subject: &str) -> Result<Self, Fault> {
        let mut instance = Self::new(subject);
        instance.catch_up(rim, log).await?;
        Ok(instance)
    }

    pub(super) fn stream(&self, context: &str) -> String {
        format!("{context}.process-{}", self.id)
    }

    /// Reads the stream to its end.
    pub(super) async fn catch_up<R: Rim<P>>(&mut self, rim: &R, log: &Log) -> Result<(), Fault> {
        let stream = self.stream(rim.context());
        loop {
            let slice = log.read_stream(&stream, self.version, MAX_PAGE).await?;
            for event in &slice.events {
                self.apply(rim, event)?;
            }
            if slice.events.len() < MAX_PAGE {
                return Ok(());
            }
        }
    }

    /// Folds one event of the stream.
    pub(super) fn apply<R: Rim<P>>(&mut self, rim: &R, event: &Recorded) -> Result<(), Fault> {
        let metadata = Metadata::of(event)?;
        let progress = decode(rim, event).map_err(|error| error.at(event))?;
        self.version = event.revision + 1;
        self.last_at = self.last_at.max(Some(metadata.at));
        self.org = metadata.org;
        self.correlation_id = metadata.correlation_id;
        self.traceparent = metadata.traceparent.or_else(|| self.traceparent.take());
        if let Ok(command) = metadata.command_id.parse::<CommandId>() {
            self.seen.insert(command.as_uuid());
        }
        if let (Some(lease), Some(epoch)) = (metadata.lease, metadata.epoch) {
            let highest = self.epochs.entry(lease).or_default();
            *highest = epoch.max(*highest);
        }
        if let Some(progress) = progress {
            self.note(&progress);
        }
        Ok(())
    }

    fn note(&mut self, progress: &Progress<P::Fact>) {
        match progress {
            Progress::StepRecorded { step, attempt, .. } => {
                self.recorded.insert((step.clone(), *attempt));
            }
            Progress::DeadlineSet { name, due } => {
                self.set.insert(name.clone(), *due);
            }
            Progress::DeadlinePassed { name } => {
                self.passed.extend(self.set.get(name).map(|due| (name.clone(), *due)));
            }
            Progress::Noted(_) | Progress::Ended => {}
        }
        self.state = P::evolve(self.state.clone(), progress);
    }

    /// Number of events in the stream.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// A span for what the instance does by itself, in the trace of what it noted last.
    pub(super) fn span(&self) -> Span {
        let span = names::process(P::NAME, &self.subject);
        if let Some(traceparent) = &self.traceparent {
            telemetry::with_parent(&span, traceparent, None);
        }
        span
    }

    /// Takes the organisation and the correlation of the event that starts the instance.
    pub(super) fn begin(&mut self, org: String, correlation_id: String) {
        self.org = org;
        self.correlation_id = correlation_id;
    }

    pub(super) fn has_seen(&self, command: CommandId) -> bool {
        self.seen.contains(&command.as_uuid())
    }

    pub(super) fn is_recorded(&self, step: &str, attempt: u32) -> bool {
        self.recorded.contains(&(step.to_owned(), attempt))
    }

    /// The first step that is due and not held back by a failure, nor `under_way`. Others of the instance do not wait
    /// for it.
    pub(super) fn next_step(
        &self,
        now: Duration,
        under_way: impl Fn(&Step<P::Action>) -> bool,
    ) -> Option<Step<P::Action>> {
        let may_go = |step: &Step<P::Action>| {
            let held_back =
                self.waiting.get(&(step.name, step.attempt)).is_some_and(|(until, _)| *until > now);
            !held_back && !self.is_recorded(step.name, step.attempt) && !under_way(step)
        };
        P::due(&self.state).into_iter().find(may_go)
    }

    /// Whether the step, or one that is the same command, is due still.
    pub(super) fn is_due(&self, step: &Step<P::Action>) -> bool {
        let same = |due: &Step<P::Action>| {
            (due.name, due.attempt, due.cause) == (step.name, step.attempt, step.cause)
        };
        !self.is_recorded(step.name, step.attempt) && P::due(&self.state).iter().any(same)
    }

    /// The step failed: it is held back, twice as long each time.
    pub(super) fn failed(&mut self, step: &Step<P::Action>, now: Duration) {
        let (until, faults) = self.waiting.entry((step.name, step.attempt)).or_default();
        *until = now + pause(*faults);
        *faults += 1;
    }

    /// The step went out.
    pub(super) fn sent(&mut self, step: &Step<P::Action>) {
        self.waiting.remove(&(step.name, step.attempt));
    }

    /// The earliest monotonic time at which a failed step is tried again.
    pub(super) fn next_retry(&self) -> Option<Duration> {
        self.waiting.values().map(|(until, _)| *until).min()
    }

    /// The deadlines that run and have not passed, soonest first.
    pub(super) fn running(&self) -> Vec<(&'static str, Timestamp)> {
        let mut running = P::deadlines(&self.state);
        running.retain(|(name, due)| !self.passed.contains(&((*name).to_owned(), *due)));
        running.sort_by_key(|(_, due)| *due);
        running
    }

    /// The first deadline that has lasted for all its patience on the machine's clock; one that was not seen running
    /// before begins to count now.
    pub(super) fn lapsed(&mut self, now: Duration) -> Option<(&'static str, Timestamp)> {
        let running = self.running();
        self.lapses.retain(|key, _| running.contains(key));
        for key in &running {
            let patience = P::machine_patience(key.0).and_then(|patience| Duration::try_from(patience).ok());
            if let Some(patience) = patience {
                self.lapses.entry(*key).or_insert(now + patience);
            }
        }
        running.into_iter().find(|key| self.lapses.get(key).is_some_and(|lapse| *lapse <= now))
    }

    /// The earliest monotonic time at which a running deadline is out of patience.
    pub(super) fn next_lapse(&self) -> Option<Duration> {
        self.lapses.values().min().copied()
    }

    /// The envelope of a command of this instance.
    pub(super) fn envelope(&self, command_id: CommandId, cause: &str, fence: Option<&Fence>) -> Envelope {
        let mut principal = Principal::process(P::NAME);
        principal.org.clone_from(&self.org);
        let correlation_id = if self.correlation_id.is_empty() { cause } else { &self.correlation_id };
        Envelope {
            fence: fence.cloned(),
            correlation_id: correlation_id.to_owned(),
            causation_id: cause.to_owned(),
            ..Envelope::new(command_id, principal)
        }
    }

    /// What `progress` leads to besides itself: deadlines that begin to run, and the end.
    fn consequences(&self, progress: Vec<Progress<P::Fact>>) -> Vec<Progress<P::Fact>> {
        let state = progress.iter().fold(self.state.clone(), P::evolve);
        let begins = |(name, due): &(&'static str, Timestamp)| self.set.get(*name) != Some(due);
        let set =
            |(name, due): (&'static str, Timestamp)| Progress::DeadlineSet { name: name.to_owned(), due };
        let mut all = progress;
        let wanted = P::deadlines(&state);
        all.extend(wanted.into_iter().filter(begins).map(set));
        if P::is_over(&state) && !P::is_over(&self.state) {
            all.push(Progress::Ended);
        }
        all
    }

    /// Writes `progress` and what follows from it in one append. `Ok(false)` when the stream has moved on: it was
    /// read again, and whatever was to be written has to be thought about anew.
    pub(super) async fn commit<R: Rim<P>>(
        &mut self,
        rim: &R,
        log: &Log,
        now: Timestamp,
        envelope: &Envelope,
        progress: Vec<Progress<P::Fact>>,
    ) -> Result<bool, Fault> {
        self.check_fence(envelope.fence.as_ref())?;
        let stream = self.stream(rim.context());
        let progress = self.consequences(progress);
        let at = self.last_at.map_or(now, |last| now.max(last));
        let started = (self.version == 0).then(|| started::<P>(&self.subject));
        let stored = started.into_iter().chain(progress.iter().map(|p| encode(rim, p)));
        let context = rim.context();
        let writer = written_by(envelope);
        let stored: Vec<_> = stored.map(|stored| (stored.type_in(context), stored.data())).collect();
        let said = id::content(stored.iter().map(|(event_type, data)| (event_type.as_str(), &data[..])));
        let event = |(index, (event_type, data)): (usize, (String, Vec<u8>))| {
            let id = writer.event_id_of(&stream, index, said);
            NewEvent { id, event_type, data, metadata: metadata(envelope, at) }
        };
        let span = names::append(&stream, progress.len() + usize::from(self.version == 0));
        let events = span.in_scope(|| stored.into_iter().enumerate().map(event).collect());
        let expected = self.version.checked_sub(1).map_or(Expected::NoStream, Expected::Exact);
        match log.append(&stream, expected, events).instrument(span.clone()).await {
            Ok(appended) => {
                let traceparent = span.in_scope(telemetry::current_traceparent);
                self.traceparent = traceparent.or_else(|| self.traceparent.take());
                self.committed(envelope, at, appended.last_revision + 1, &progress);
            }
            Err(LogError::WrongExpectedVersion { .. }) => {
                self.catch_up(rim, log).await?;
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(true)
    }

    fn committed(
        &mut self,
        envelope: &Envelope,
        at: Timestamp,
        version: u64,
        progress: &[Progress<P::Fact>],
    ) {
        self.version = version;
        self.last_at = Some(at);
        self.seen.insert(envelope.command_id.as_uuid());
        self.correlation_id.clone_from(&envelope.correlation_id);
        if let Some(fence) = &envelope.fence {
            self.epochs.insert(fence.lease.clone(), fence.epoch);
        }
        for progress in progress {
            self.note(progress);
        }
    }

    fn check_fence(&self, fence: Option<&Fence>) -> Result<(), Fault> {
        let Some(fence) = fence else { return Ok(()) };
        match self.epochs.get(&fence.lease) {
            Some(&newer) if newer > fence.epoch => {
                Err(Fault::Fenced { lease: fence.lease.clone(), mine: fence.epoch, newer })
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// What the ids of a holder's events derive from. Two holders who note the same thing must not look like one
/// whose append is repeated: the older one has to meet a conflict, and see the newer epoch.
fn written_by(envelope: &Envelope) -> CommandId {
    match &envelope.fence {
        Some(fence) => {
            CommandId::derive(envelope.command_id.as_uuid(), &format!("{}@{}", fence.lease, fence.epoch))
        }
        None => envelope.command_id,
    }
}

/// Progress on its way to the log: either the runner's own words or a fact in the words of the process.
enum StoredProgress {
    Own(&'static str, Stored),
    Fact(Stored),
}

impl StoredProgress {
    fn own(name: &'static str, message: &impl serde::Serialize) -> Self {
        Self::Own(name, Stored::new(name, message))
    }

    fn type_in(&self, context: &str) -> String {
        match self {
            Self::Own(name, _) => format!("{context}.Process.{name}.v1"),
            Self::Fact(stored) => stored.event_type.to_owned(),
        }
    }

    fn data(self) -> Vec<u8> {
        match self {
            Self::Own(_, stored) | Self::Fact(stored) => stored.data,
        }
    }
}

fn started<P: Process>(subject: &str) -> StoredProgress {
    let message = pb::ProcessStarted { process: Some(P::NAME.to_owned()), subject: Some(subject.to_owned()) };
    StoredProgress::own(STARTED, &message)
}

fn encode<P: Process, R: Rim<P>>(rim: &R, progress: &Progress<P::Fact>) -> StoredProgress {
    match progress {
        Progress::Noted(fact) => StoredProgress::Fact(rim.encode(fact)),
        Progress::StepRecorded { step, attempt, outcome } => {
            let refused = match outcome {
                Outcome::Done => String::new(),
                Outcome::Refused(code) => code.clone(),
            };
            let message = pb::ProcessStepRecorded {
                step: Some(step.clone()),
                attempt: Some(*attempt),
                refused: Some(refused),
            };
            StoredProgress::own(STEP_RECORDED, &message)
        }
        Progress::DeadlineSet { name, due } => StoredProgress::own(
            DEADLINE_SET,
            &pb::ProcessDeadlineSet { name: Some(name.clone()), due: Some(due.to_string()) },
        ),
        Progress::DeadlinePassed { name } => {
            StoredProgress::own(DEADLINE_PASSED, &pb::ProcessDeadlinePassed { name: Some(name.clone()) })
        }
        Progress::Ended => StoredProgress::own(ENDED, &pb::ProcessEnded {}),
    }
}

/// `StepRecorded` of `rollouts.Process.StepRecorded.v1`; `None` for a fact.
fn own_name(event_type: &str) -> Option<&str> {
    event_type.split_once(".Process.").and_then(|(_, rest)| rest.strip_suffix(".v1"))
}

/// The progress that a stored event is; `None` for the start, which says nothing to the process itself.
fn decode<P: Process, R: Rim<P>>(
    rim: &R,
    event: &Recorded,
) -> Result<Option<Progress<P::Fact>>, DecodeError> {
    let progress = match own_name(&event.event_type) {
        None => Progress::Noted(rim.decode(&event.event_type, &event.data)?),
        Some(STARTED) => return Ok(None),
        Some(STEP_RECORDED) => {
            let message: pb::ProcessStepRecorded = parse(&event.data)?;
            let outcome = match required(message.refused, "refused")? {
                code if code.is_empty() => Outcome::Done,
                code => Outcome::Refused(code),
            };
            let step = required(message.step, "step")?;
            Progress::StepRecorded { step, attempt: required(message.attempt, "attempt")?, outcome }
        }
        Some(DEADLINE_SET) => {
            let message: pb::ProcessDeadlineSet = parse(&event.data)?;
            let due = parsed(message.due.as_deref(), "due")?;
            Progress::DeadlineSet { name: required(message.name, "name")?, due }
        }
        Some(DEADLINE_PASSED) => {
            let message: pb::ProcessDeadlinePassed = parse(&event.data)?;
            Progress::DeadlinePassed { name: required(message.name, "name")? }
        }
        Some(ENDED) => Progress::Ended,
        Some(_) => return Err(DecodeError::UnknownType),
    };
    Ok(Some(progress))
}
