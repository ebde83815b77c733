//! A letter under way: attempts, pauses between them, and what it comes to.

use std::time::Duration;

use tokio::task::JoinHandle;
use verdict_kernel::id::{CommandId, SinkId};
use verdict_kernel::principal::Principal;
use verdict_runtime::component::Fault;
use verdict_runtime::execute::{Envelope, ExecuteError};
use verdict_runtime::log::Position;
use verdict_runtime::task;
use verdict_sinks_domain::notice::Kind;
use verdict_sinks_domain::patience::{ATTEMPTS, pause};
use verdict_sinks_domain::sink::{Command, Failure, PauseCause, Sink, Source};

use super::{NAME, Shared};
use crate::courier::Answer;
use crate::format;
use crate::letter::Letter;

/// What a letter is sent for.
pub(super) enum Errand {
    /// The next event of the log.
    Event {
        source: Source,
        kind: Kind,
        position: Position,
    },
    Digest(Vec<Source>),
    /// Somebody asked for a dead letter again. It is tried once: what is new does not wait for what is old.
    Again(Failure),
}

/// Where a letter is.
pub(super) enum Outcome {
    UnderWay,
    /// Nothing is to be done for so long; `None` = until the sink goes on.
    Waits(Option<Duration>),
    Over,
}

/// See the module.
pub(super) struct Sending {
    sink: SinkId,
    org: String,
    pub(super) errand: Errand,
    /// `None` = what it was to tell of is gone.
    letter: Option<Letter>,
    attempts: u32,
    /// Monotonic time of the next attempt.
    due: Duration,
    flight: Option<Flight>,
}

/// An attempt that nobody waits for is given up.
struct Flight(JoinHandle<Answer>);

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Sending {
    pub(super) fn new(sink: SinkId, org: &str, errand: Errand, letter: Option<Letter>) -> Self {
        Self { sink, org: org.to_owned(), errand, letter, attempts: 0, due: Duration::ZERO, flight: None }
    }

    /// Whether an attempt is not over.
    pub(super) fn is_under_way(&self) -> bool {
        self.flight.as_ref().is_some_and(|flight| !flight.0.is_finished())
    }

    /// Takes the answer of an attempt that is over, and begins the next one when its time has come.
    pub(super) async fn look(
        &mut self,
        shared: &Shared,
        sink: &Sink,
        version: u64,
        paused: bool,
    ) -> Result<Outcome, Fault> {
        // Where the log fails now the answer is lost, and the letter is sent again.
        if let Some(mut flight) = self.flight.take() {
            let answer = (&mut flight.0).await.unwrap_or_else(|lost| Answer::Silent(lost.to_string()));
            return self.answered(shared, version, &answer).await;
        }
        let Some(letter) = &self.letter else {
            return self.gone(shared, version).await;
        };
        if paused {
            return Ok(Outcome::Waits(None));
        }
        let left = self.due.saturating_sub(shared.clock.monotonic());
        if !left.is_zero() {
            return Ok(Outcome::Waits(Some(left)));
        }
        let vault = &shared.outward.vault;
        let attempt = match format::unsealed(vault, self.sink, sink, letter, shared.clock.now()) {
            Ok(post) => shared.outward.courier.post(post),
            Err(error) => Box::pin(async move { Answer::Forbidden(error.to_string()) }),
        };
        self.flight = Some(Flight(task::spawn(NAME, attempt)));
        Ok(Outcome::UnderWay)
    }

    async fn answered(&mut self, shared: &Shared, version: u64, answer: &Answer) -> Result<Outcome, Fault> {
        let again = matches!(self.errand, Errand::Again(_));
        if answer.is_taken() {
            if let (true, Some(letter)) = (again, &self.letter) {
                let letter = letter.id.clone();
                self.tell(shared, version, "delivered", "", Command::Deliver { letter }).await?;
            }
            return Ok(Outcome::Over);
        }
        self.attempts += 1;
        tracing::info!(sink.id = %self.sink, attempts = self.attempts, "a delivery failed: {answer}");
        if *answer == Answer::Gone {
            let command = Command::Pause(PauseCause::Gone);
            self.tell(shared, version, "gone", &answer.to_string(), command).await?;
        }
        if self.attempts >= ATTEMPTS || again {
            self.give_up(shared, version, answer.to_string()).await?;
            return Ok(Outcome::Over);
        }
        let pause = pause(self.attempts, self.jitter());
        self.due = shared.clock.monotonic() + pause;
        Ok(Outcome::Waits(Some(pause)))
    }

    /// From 0 to 1, the same for the same attempt of the same letter, and another for every other: what spreads attempts
    /// needs to differ, and nothing more.
    fn jitter(&self) -> f64 {
        let letter = self.letter.as_ref().map_or("", |letter| &letter.id);
        let mixed = CommandId::derive(self.sink.as_uuid(), &format!("{letter}/{}", self.attempts)).as_uuid();
        f64::from(mixed.as_fields().0) / f64::from(u32::MAX)
    }

    async fn give_up(&self, shared: &Shared, version: u64, why: String) -> Result<(), Fault> {
        let letter = self.letter.as_ref().map(|letter| letter.id.clone()).unwrap_or_default();
        let failure = match &self.errand {
            Errand::Event { source, kind, .. } => Failure {
                letter,
                kind: Some(*kind),
                sources: vec![source.clone()],
                attempts: self.attempts,
                why,
            },
            Errand::Digest(sources) => {
                Failure { letter, kind: None, sources: sources.clone(), attempts: self.attempts, why }
            }
            Errand::Again(failure) => {
                Failure { attempts: failure.attempts.saturating_add(self.attempts), why, ..failure.clone() }
            }
        };
        self.tell(shared, version, "given up", "", Command::GiveUp(failure)).await
    }

    /// What a dead letter was to tell of is not in the log any more: there is nothing to tell.
    async fn gone(&self, shared: &Shared, version: u64) -> Result<Outcome, Fault> {
        if let Errand::Again(failure) = &self.errand {
            let letter = failure.letter.clone();
            self.tell(shared, version, "nothing to tell", "", Command::Deliver { letter }).await?;
        }
        Ok(Outcome::Over)
    }

    /// Writes to the stream of the sink what became of it.
    async fn tell(
        &self,
        shared: &Shared,
        version: u64,
        what: &str,
        reason: &str,
        command: Command,
    ) -> Result<(), Fault> {
        let letter = self.letter.as_ref().map_or("", |letter| &letter.id);
        let id = CommandId::derive(self.sink.as_uuid(), &format!("{what}/{letter}/{version}"));
        let principal = Principal { org: self.org.clone(), ..Principal::process(NAME) };
        let envelope = Envelope {
            reason: reason.to_owned(),
            fence: shared.fence.clone(),
            ..Envelope::new(id, principal)
        };
        match shared.repository.execute(&envelope, &self.sink.to_string(), false, command).await {
            // Refused: it was removed meanwhile, and nobody wants to know.
            Ok(_) | Err(ExecuteError::Refused(_)) => Ok(()),
            Err(ExecuteError::Fault(fault)) => Err(fault),
            Err(error) => Err(Fault::Other(error.to_string())),
        }
    }
}
