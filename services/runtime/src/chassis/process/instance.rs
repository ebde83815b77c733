//! One instance of a process: its stream, folded.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use tracing::{Instrument, Span};
use uuid::Uuid;
use verdict_kernel::id::{self, CommandId, ProcessId};
use verdict_kernel::principal::Principal;
use verdict_kernel::process::{Memory, Next, Outcome, Process, Progress, Step};
use verdict_proto::v1 as pb;
use verdict_stored::{DecodeError, ProcessWire, Stored, parse, parsed, required};

use super::Rim;
use crate::execute::{Envelope, Fence, metadata};
use crate::fault::Fault;
use crate::log::{Expected, Log, LogError, MAX_PAGE, NewEvent, Recorded};
use crate::telemetry::{self, names};

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
    memory: Memory<P>,
    /// What follows from the memory, as soon as somebody asked.
    ahead: OnceLock<Ahead<P::Action>>,
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
    /// Until which monotonic time each running deadline lasts at the most, of those that have such a bound.
    lapses: HashMap<(&'static str, Timestamp), Duration>,
    /// Steps that failed: not again before a monotonic time, and how often.
    waiting: HashMap<(&'static str, u32), (Duration, u32)>,
}

/// What an instance wants.
struct Ahead<A> {
    next: Next<A>,
    /// The deadlines that run and have not passed, soonest first.
    running: Vec<(&'static str, Timestamp)>,
}

impl<P: Process> Instance<P> {
    pub(super) fn new(subject: &str) -> Self {
        Self {
            id: ProcessId::of(P::NAME, subject),
            subject: subject.to_owned(),
            memory: Memory::default(),
            ahead: OnceLock::new(),
            org: Principal::DEFAULT_ORG.to_owned(),
            correlation_id: String::new(),
            traceparent: None,
            version: 0,
            last_at: None,
            epochs: HashMap::new(),
            seen: HashSet::new(),
            lapses: HashMap::new(),
            waiting: HashMap::new(),
        }
    }

    /// The instance of `subject` as its stream tells it.
    pub(super) async fn load<R: Rim<P>>(log: &Log, subject: &str) -> Result<Self, Fault> {
        let mut instance = Self::new(subject);
        instance.catch_up::<R>(log).await?;
        Ok(instance)
    }

    pub(super) fn stream(&self, context: &str) -> String {
        format!("{context}.process-{}", self.id)
    }

    /// Reads the stream to its end.
    pub(super) async fn catch_up<R: Rim<P>>(&mut self, log: &Log) -> Result<(), Fault> {
        let stream = self.stream(R::CONTEXT);
        loop {
            let slice = log.read_stream(&stream, self.version, MAX_PAGE).await?;
            for event in &slice.events {
                self.apply::<R>(event)?;
            }
            if slice.events.len() < MAX_PAGE {
                return Ok(());
            }
        }
    }

    /// Folds one event of the stream.
    pub(super) fn apply<R: Rim<P>>(&mut self, event: &Recorded) -> Result<(), Fault> {
        let metadata = event.metadata()?;
        let progress = decode::<P, R>(event).map_err(|error| event.unreadable(&error))?;
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
        self.memory.note(progress);
        self.ahead.take();
    }

    fn ahead(&self) -> &Ahead<P::Action> {
        self.ahead.get_or_init(|| {
            let next = self.memory.next();
            Ahead { running: self.memory.past().running(&next.deadlines), next }
        })
    }

    /// What is remembered of it.
    pub(super) const fn memory(&self) -> &Memory<P> {
        &self.memory
    }

    /// Whether nothing is left to do for it.
    pub(super) fn is_over(&self) -> bool {
        self.ahead().next.over
    }

    /// The deadlines that run and have not passed, soonest first.
    pub(super) fn running(&self) -> &[(&'static str, Timestamp)] {
        &self.ahead().running
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
            !held_back && !under_way(step)
        };
        self.ahead().next.steps.iter().find(|step| may_go(step)).cloned()
    }

    /// Whether the step, or one that is the same command, is due still.
    pub(super) fn is_due(&self, step: &Step<P::Action>) -> bool {
        let same = |due: &Step<P::Action>| {
            (due.name, due.attempt, due.cause) == (step.name, step.attempt, step.cause)
        };
        self.ahead().next.steps.iter().any(same)
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

    /// The first deadline that has lasted for all its patience on the machine's clock; one that was not seen running
    /// before begins to count now.
    pub(super) fn lapsed(&mut self, now: Duration) -> Option<(&'static str, Timestamp)> {
        let running = self.running().to_vec();
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

    /// Writes `progress` and what follows from it in one append. `Ok(false)` when the stream has moved on: it was
    /// read again, and whatever was to be written has to be thought about anew.
    pub(super) async fn commit<R: Rim<P>>(
        &mut self,
        log: &Log,
        now: Timestamp,
        envelope: &Envelope,
        progress: Vec<Progress<P::Fact>>,
    ) -> Result<bool, Fault> {
        self.check_fence(envelope.fence.as_ref())?;
        let stream = self.stream(R::CONTEXT);
        let progress = self.memory.with_consequences(progress);
        let at = self.last_at.map_or(now, |last| now.max(last));
        let started = (self.version == 0).then(|| started::<P>(&self.subject));
        let stored = started.into_iter().chain(progress.iter().map(encode::<P, R>));
        let writer = written_by(envelope);
        let stored: Vec<_> = stored.map(|stored| (stored.type_in(R::CONTEXT), stored.data())).collect();
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
                self.catch_up::<R>(log).await?;
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
            Self::Fact(stored) => stored.event_type.to_string(),
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

fn encode<P: Process, R: Rim<P>>(progress: &Progress<P::Fact>) -> StoredProgress {
    match progress {
        Progress::Noted(fact) => StoredProgress::Fact(R::Wire::encode(fact)),
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
fn decode<P: Process, R: Rim<P>>(event: &Recorded) -> Result<Option<Progress<P::Fact>>, DecodeError> {
    let progress = match own_name(&event.event_type) {
        None => Progress::Noted(R::Wire::decode(&event.event_type, &event.data)?),
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
