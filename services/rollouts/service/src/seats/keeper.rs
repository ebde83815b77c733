//! The component that says when an edge is lost.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use verdict_api::rollouts::v1::edges_client::EdgesClient;
use verdict_kernel::clock::Clock;
use verdict_kernel::id::{CommandId, EdgeId};
use verdict_kernel::principal::Principal;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::edge::Event;
use verdict_runtime::component::{Component, Fault, Progress};
use verdict_runtime::execute::{Envelope, Fence};
use verdict_runtime::following::Following;
use verdict_runtime::grpc::{self, Transport};
use verdict_runtime::log::{Log, Position, Recorded};
use verdict_runtime::process::sending::answer;
use verdict_runtime::process::{Authority, Proof, standing_by};
use verdict_runtime::seat::Right;
use verdict_stored::Metadata;

use super::roster::{self, EDGES};
use super::{NAME, Seated, Seats};

/// When a loss that could not be written is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Reads which edges there are; the keeper stores which of them live, beside its position.
pub(super) fn following(log: Log, clock: Arc<dyn Clock>) -> Following {
    Following::new(log, clock, "rollouts", NAME, EDGES)
}

/// See the module.
pub struct EdgeKeeper {
    seats: Arc<Seats>,
    edges: Transport,
    following: Following,
    clock: Arc<dyn Clock>,
    authority: Box<dyn Authority>,
    fence: Option<Fence>,
    held: bool,
    /// Losses that could not be written, with the monotonic time of the next try.
    failed: BTreeMap<EdgeId, Duration>,
}

impl EdgeKeeper {
    /// A keeper that acts only while `authority` lets it, through the service behind `edges`.
    pub fn new(
        seats: Arc<Seats>,
        edges: Transport,
        log: Log,
        clock: Arc<dyn Clock>,
        authority: Box<dyn Authority>,
    ) -> Self {
        Self {
            seats,
            edges,
            following: following(log, clock.clone()),
            clock,
            authority,
            fence: None,
            held: false,
            failed: BTreeMap::new(),
        }
    }

    async fn next(&mut self) -> Result<Progress, Fault> {
        match self.seats.right.prove(&mut *self.authority).await? {
            Proof::Held(fence) => {
                // Whoever takes over grants one full seat to every edge (design clause 9).
                if !self.held || self.fence != fence {
                    self.seats.grant(self.clock.monotonic());
                }
                self.held = true;
                self.fence = fence;
            }
            Proof::Elsewhere { retry, alive } => {
                self.held = false;
                return Ok(standing_by(retry, alive));
            }
        }
        if self.fold_a_page().await? {
            return Ok(Progress::Worked);
        }
        let now = self.clock.monotonic();
        // One edge that cannot be told keeps nobody from telling the others (design clause 18).
        for (edge, seated) in self.seats.silent(now) {
            if self.failed.get(&edge).is_some_and(|again| *again > now) {
                continue;
            }
            match self.lose(edge, &seated).await {
                Ok(()) => {
                    self.failed.remove(&edge);
                }
                Err(fault @ Fault::Fenced { .. }) => return Err(fault),
                Err(fault) => {
                    tracing::warn!(edge.id = %edge, edge.name = seated.name, error = %fault, "the loss of a flag edge could not be written; it is tried again");
                    self.failed.insert(edge, now + AGAIN);
                }
            }
        }
        self.failed.retain(|edge, _| self.seats.is_seated(*edge));
        let rest = self.following.keep(self.seats.seated(), self.fence.as_ref()).await?;
        Ok(self.idle(now, rest))
    }

    /// Whether there may be more to fold.
    async fn fold_a_page(&mut self) -> Result<bool, Fault> {
        let page = self.following.page().await?;
        let now = self.clock.monotonic();
        if page.anew {
            self.seats.clear();
        }
        for event in &page.events {
            self.fold(event, now);
        }
        Ok(!page.at_head || !page.events.is_empty())
    }

    /// An event that cannot be read changes nothing about who is waited for.
    fn fold(&self, event: &Recorded, now: Duration) {
        let read = roster::change(event).and_then(|change| {
            let metadata: Metadata = verdict_stored::parse(&event.metadata)?;
            Ok(change.map(|(edge, change)| (edge, change, metadata.org)))
        });
        match read {
            Ok(Some((edge, Event::Joined { name }, org))) => {
                let seated = Seated { org, name, joined: event.revision + 1, heard: now };
                self.seats.seat(edge, seated);
            }
            Ok(Some((edge, Event::Left, _))) => {
                self.seats.end(edge);
            }
            Ok(Some((edge, Event::Lost, _))) => self.seats.miss(edge, now),
            Ok(Some((_, Event::ServedConfirmed(_), _)) | None) => {}
            Err(error) => {
                tracing::warn!(stream = %event.stream, kind = %event.event_type, %error, "skipped an event of a flag edge");
            }
        }
    }

    async fn lose(&self, edge: EdgeId, seated: &Seated) -> Result<(), Fault> {
        let command_id = CommandId::derive(edge.as_uuid(), &format!("lose/{}", seated.joined));
        let mut principal = Principal::process(NAME);
        principal.org.clone_from(&seated.org);
        let envelope = Envelope { fence: self.fence.clone(), ..Envelope::new(command_id, principal) };
        let request = pb::EdgeRequest {
            meta: Some(grpc::meta(&envelope)),
            edge_id: edge.to_string(),
            command: Some(pb::edge_request::Command::Lose(pb::LoseEdge {})),
        };
        let reply = EdgesClient::new(self.edges.clone()).execute(request).await;
        answer("rollouts", &envelope, reply)?;
        tracing::warn!(
            edge.id = %edge,
            edge.name = seated.name,
            "a flag edge is lost: it was silent for {:?} and is no longer waited for",
            self.seats.ttl()
        );
        // Whatever was answered, nobody waits for it any more: its own events say so in a moment.
        self.seats.miss(edge, self.clock.monotonic());
        Ok(())
    }

    fn idle(&self, now: Duration, rest: Option<Duration>) -> Progress {
        let silence = self.seats.next_silence().map(|at| at.saturating_sub(now) + Duration::from_millis(1));
        let failed = self.failed.values().min().map(|again| again.saturating_sub(now));
        let renewal = self.authority.renew_in().into_iter().chain(rest).min();
        match failed {
            Some(failed) => {
                Progress::Blocked { due: None, retry: renewal.map_or(failed, |renewal| renewal.min(failed)) }
            }
            None => Progress::Idle { due: None, retry: silence.into_iter().chain(renewal).min() },
        }
    }
}

impl Component for EdgeKeeper {
    fn name(&self) -> &'static str {
        NAME
    }

    fn step(&mut self) -> BoxFuture<'_, Result<Progress, Fault>> {
        Box::pin(async {
            let outcome = self.next().await;
            if matches!(outcome, Err(Fault::Fenced { .. })) {
                self.seats.right.overtaken(&Right { fence: self.fence.take() });
                self.held = false;
            }
            outcome
        })
    }

    /// Nothing while another replica keeps the seats.
    fn applied(&self) -> Option<Position> {
        self.following.position().filter(|_| self.held).cloned()
    }

    fn stop(&mut self) -> BoxFuture<'_, Result<(), Fault>> {
        self.authority.release()
    }
}
