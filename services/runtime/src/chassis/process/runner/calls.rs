//! Steps that were sent, and how long everything else waits for their answers.
//!
//! ```text
//!   sent ── answered promptly ──> recorded before anything else happens
//!     └── not ──> under way ── answered ──> recorded, if it is due still; sent again, if what it tells is outdated
//!                     └── not for long ──> failed: sent again after a pause, under the same id
//! ```
//!
//! While calls are under way the lease is proven, the log is read and what cannot wait is sent, so that a peer which
//! hangs for one instance delays the others by a moment (design clause 18).

use std::future::poll_fn;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::BoxFuture;
use tracing::Instrument;
use verdict_kernel::id::CommandId;
use verdict_kernel::process::{Process, Progress as Noted, Step};

use super::ProcessRunner;
use crate::fault::Fault;
use crate::process::instance::Instance;
use crate::process::{Performed, Rim};
use crate::telemetry::names;

/// How long everything else waits for an answer.
const PROMPT: Duration = Duration::from_millis(100);
/// After which a call that is under way counts as failed: longer than peers are tried.
const LONGEST: Duration = Duration::from_secs(10);
/// How many calls may be under way before a step that can wait waits for one of them.
const MOST: usize = 16;
/// How long the runner rests while calls are under way, unless one is answered or the log grows.
const REST: Duration = Duration::from_millis(250);

type Answer<F> = Result<Performed<F>, Fault>;

/// What became of a step that was sent, within a moment.
pub(super) enum Settled<F> {
    Done(Performed<F>),
    Failed(Fault),
    /// It is under way.
    Later,
}

/// A step that was sent.
pub(super) struct Call<P: Process> {
    subject: String,
    step: Step<P::Action>,
    /// Monotonic time at which it was sent.
    since: Duration,
    /// Number of events of the instance that were known then.
    known: u64,
    answering: BoxFuture<'static, Answer<P::Fact>>,
    answer: Option<Answer<P::Fact>>,
}

impl<P: Process> Call<P> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.answer.is_none()
            && let Poll::Ready(answer) = self.answering.as_mut().poll(context)
        {
            self.answer = Some(answer);
        }
        if self.answer.is_some() { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Waits for the answer, for a moment.
    async fn promptly(&mut self) -> Option<Answer<P::Fact>> {
        // Who answers at once needs no timer.
        if poll_fn(|context| Poll::Ready(self.poll(context))).await.is_pending() {
            drop(tokio::time::timeout(PROMPT, poll_fn(|context| self.poll(context))).await);
        }
        self.answer.take()
    }

    fn is_of(&self, subject: &str, step: &Step<P::Action>) -> bool {
        let is_same = self.step.cause == step.cause && self.step.attempt == step.attempt;
        is_same && self.step.name == step.name && self.subject == subject
    }
}

impl<P: Process + 'static, R: Rim<P> + 'static> ProcessRunner<P, R> {
    /// Sends `step` of `instance`, unless that is under way.
    pub(super) async fn call(
        &mut self,
        instance: &Instance<P>,
        step: Step<P::Action>,
        cause: &str,
    ) -> Settled<P::Fact> {
        if self.is_under_way(&instance.subject, &step) {
            return Settled::Later;
        }
        let command = match step.cause {
            Some(event) => CommandId::derive(event, step.name),
            None => CommandId::derive(instance.id.as_uuid(), &format!("{}/{}", step.name, step.attempt)),
        };
        let envelope = instance.envelope(command, cause, self.fence.as_ref());
        let span = names::step(P::NAME, step.name, step.attempt);
        let (rim, action) = (self.rim.clone(), step.action.clone());
        let answering = Box::pin(async move { rim.perform(envelope, &action).await }.instrument(span));
        let (subject, since, known) = (instance.subject.clone(), self.clock.monotonic(), instance.version());
        let mut call = Call { subject, step, since, known, answering, answer: None };
        match call.promptly().await {
            Some(Ok(performed)) => Settled::Done(performed),
            Some(Err(fault)) => Settled::Failed(fault),
            None => {
                self.calls.push(call);
                Settled::Later
            }
        }
    }

    fn is_under_way(&self, subject: &str, step: &Step<P::Action>) -> bool {
        self.calls.iter().any(|call| call.is_of(subject, step))
    }

    /// Sends the first due step of some instance and records its outcome.
    pub(super) async fn send_one(&mut self) -> Result<bool, Fault> {
        if self.calls.len() >= MOST {
            return Ok(false);
        }
        let now = self.clock.monotonic();
        let due = self.kept.live().find_map(|instance| {
            let step = instance.next_step(now, |step| self.is_under_way(&instance.subject, step))?;
            Some((instance.subject.clone(), step))
        });
        let Some((subject, step)) = due else {
            return Ok(false);
        };
        let Some(instance) = self.kept.take(&subject) else {
            return Ok(false);
        };
        let span = instance.span();
        self.send(instance, step, now).instrument(span).await?;
        Ok(true)
    }

    async fn send(
        &mut self,
        instance: Instance<P>,
        step: Step<P::Action>,
        now: Duration,
    ) -> Result<(), Fault> {
        let cause = instance.id.to_string();
        match self.call(&instance, step.clone(), &cause).await {
            Settled::Done(performed) => self.settle_step(instance, &step, Ok(performed), now).await,
            Settled::Failed(fault) => self.settle_step(instance, &step, Err(fault), now).await,
            Settled::Later => {
                self.kept.put(instance);
                Ok(())
            }
        }
    }

    /// Records the outcome of a step; one that failed is held back.
    async fn settle_step(
        &mut self,
        mut instance: Instance<P>,
        step: &Step<P::Action>,
        answer: Answer<P::Fact>,
        now: Duration,
    ) -> Result<(), Fault> {
        match answer {
            Ok(performed) => {
                instance.sent(step);
                let label = format!("record/{}/{}", step.name, step.attempt);
                self.commit(instance, &label, records(step, performed)).await
            }
            Err(fault @ Fault::Fenced { .. }) => Err(fault),
            Err(fault) => {
                again(&mut instance, step, now, &fault);
                self.kept.put(instance);
                Ok(())
            }
        }
    }

    /// The calls from `first` on were sent knowing what `instance` has written since.
    pub(super) fn knew(&mut self, first: usize, instance: &Instance<P>) {
        self.calls.iter_mut().skip(first).for_each(|call| call.known = instance.version());
    }

    /// Records one answer that came late. What is not due any more, or of an instance that is not there, is left, and so
    /// are facts that are older than what was noted since: the same as if the answer had been lost.
    pub(super) async fn record_one(&mut self) -> Result<bool, Fault> {
        let now = self.clock.monotonic();
        let answered = poll_fn(|context| {
            let is_answered = |call: &mut Call<P>| call.poll(context).is_ready();
            Poll::Ready(self.calls.iter_mut().position(is_answered))
        });
        let answered = answered.await;
        let is_given_up = |call: &Call<P>| now.saturating_sub(call.since) >= LONGEST;
        let Some(index) = answered.or_else(|| self.calls.iter().position(is_given_up)) else {
            return Ok(false);
        };
        let Call { subject, step, known, answer, .. } = self.calls.remove(index);
        let given_up = || Err(Fault::Other(format!("no answer within {LONGEST:?}")));
        let answer = answer.unwrap_or_else(given_up);
        let tells = answer.as_ref().is_ok_and(|performed| !performed.facts.is_empty());
        let counts = |it: &Instance<P>| it.is_due(&step) && (!tells || it.version() == known);
        match self.kept.take(&subject) {
            Some(instance) if counts(&instance) => {
                let span = instance.span();
                self.settle_step(instance, &step, answer, now).instrument(span).await?;
            }
            other => {
                if let Some(instance) = other {
                    self.kept.put(instance);
                }
                match answer {
                    Ok(_) => {}
                    Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                    Err(fault) => {
                        tracing::warn!(process = P::NAME, subject, step = step.name, error = %fault, "a step that nobody waits for any more failed");
                    }
                }
            }
        }
        Ok(true)
    }

    /// Rests until a call is answered, the log has grown, or a moment has gone by; `false` when none is under way.
    pub(super) async fn wait_for_answers(&mut self) -> bool {
        if self.calls.is_empty() {
            return false;
        }
        let Self { calls, grown, .. } = self;
        let answered = poll_fn(|context| {
            let is_answered = |call: &mut Call<P>| call.poll(context).is_ready();
            if calls.iter_mut().any(is_answered) { Poll::Ready(()) } else { Poll::Pending }
        });
        let grown = async {
            // A log that is gone never grows again.
            if grown.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            biased;
            () = answered => {}
            () = grown => {}
            () = tokio::time::sleep(REST) => {}
        }
        true
    }
}

/// What is noted of a step that was done or refused.
pub(super) fn records<A, F>(step: &Step<A>, performed: Performed<F>) -> Vec<Noted<F>> {
    let record =
        Noted::StepRecorded { step: step.name.to_owned(), attempt: step.attempt, outcome: performed.outcome };
    std::iter::once(record).chain(performed.facts.into_iter().map(Noted::Noted)).collect()
}

/// The step failed at `now` and is sent again later.
pub(super) fn again<P: Process>(
    instance: &mut Instance<P>,
    step: &Step<P::Action>,
    now: Duration,
    fault: &Fault,
) {
    let subject = &instance.subject;
    tracing::warn!(process = P::NAME, %subject, step = step.name, error = %fault, "step will be tried again");
    instance.failed(step, now);
}
