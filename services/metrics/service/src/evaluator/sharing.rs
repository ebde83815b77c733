//! Rows reach everybody who judges them: this replica for its own shares, the holders of the others over gRPC.
//!
//! Whoever takes a row stores it; whoever holds the share of a guardrail judges it. A row that cannot be handed over
//! is stored and acknowledged all the same and counted as waiting, instead of answering "unavailable": it is durable,
//! and it will be judged, by the holder when it compares its windows with the store, or by the next one when it takes
//! over (design clause 10). A client that sent it again could do no more, and would be held up for as long as a lease
//! takes to change hands. Who cannot record an answer under a share of its own still says so, as ever.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use futures::future::join_all;
use verdict_api::metrics::v1::evaluation_client::EvaluationClient;
use verdict_kernel::id::GuardrailId;
use verdict_proto::metrics::v1::{FactsReply, FactsRequest, JudgeRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::log::Position;
use verdict_runtime::observations::Row;
use verdict_runtime::route::RouteError;
use verdict_runtime::seat::Right;

use super::places::Place;
use super::{Evaluation, counts, query};
use crate::board::{View, guardrails};
use crate::observed;

#[cfg(test)]
mod tests;

/// What judging came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judged {
    /// A view that covers it includes every answer that was given.
    pub position: Option<Position>,
    /// Rows that some guardrail has still to be judged on.
    pub waiting: u64,
}

impl Judged {
    fn at(position: Option<Position>) -> Self {
        Self { position, waiting: 0 }
    }

    fn and(self, other: Self) -> Self {
        Self { position: newest([self.position, other.position]), waiting: self.waiting.max(other.waiting) }
    }
}

type Concerned = Vec<(GuardrailId, guardrails::Entry)>;

impl Evaluation {
    /// Judges rows that arrived, each guardrail by the holder of its share.
    pub async fn judge_everywhere(&self, rows: &[Row]) -> Result<Judged, Fault> {
        let mut by_share: BTreeMap<u32, Concerned> = BTreeMap::new();
        for (id, entry) in self.concerned(rows) {
            if let Some(place) = self.place_of(&entry) {
                by_share.entry(place.shard().index()).or_default().push((id, entry));
            }
        }
        let shares = by_share.into_values().map(|concerned| self.judge_share(concerned, rows));
        let judged = self.all_of(join_all(shares).await)?;
        Ok(judged.into_iter().fold(Judged::default(), Judged::and))
    }

    /// Judges rows as the holder of `place`, under `right`.
    pub async fn judge_at(&self, place: &Place, right: &Right, rows: &[Row]) -> Result<Judged, Fault> {
        let mut concerned = self.concerned(rows);
        concerned.retain(|(_, entry)| self.place_of(entry).is_some_and(|of| of.shard() == place.shard()));
        self.judge_here(place, right, &concerned, rows).await.map(Judged::at)
    }

    /// What the holder of `place` says about a rollout of its share.
    pub async fn confirmed_by(
        &self,
        place: &Place,
        request: &FactsRequest,
    ) -> Result<FactsReply, RouteError> {
        let ask = |transport| {
            let request = request.clone();
            async move { EvaluationClient::new(transport).confirm(request).await }
        };
        place.route.call(ask).await
    }

    async fn judge_share(&self, concerned: Concerned, rows: &[Row]) -> Result<Judged, Fault> {
        let Some(place) = concerned.first().and_then(|(_, entry)| self.place_of(entry)) else {
            return Ok(Judged::default());
        };
        if let Some(right) = place.right(self.clock.monotonic()) {
            match self.judge_here(place, &right, &concerned, rows).await {
                // Somebody else has the share by now, and is to judge.
                Err(_) if place.right(self.clock.monotonic()).as_ref() != Some(&right) => {}
                judged => return judged.map(Judged::at),
            }
        }
        let admits = |row: &&Row| concerned.iter().any(|(_, entry)| counts(&query(entry), row));
        let rows: Vec<Row> = rows.iter().filter(admits).cloned().collect();
        Ok(self.hand_over(place, &rows).await)
    }

    async fn judge_here(
        &self,
        place: &Place,
        right: &Right,
        concerned: &[(GuardrailId, guardrails::Entry)],
        rows: &[Row],
    ) -> Result<Option<Position>, Fault> {
        let judged = concerned.iter().map(|(id, _)| self.judge(place, right, *id, rows));
        let judged = join_all(judged).await;
        if judged.iter().any(|judged| matches!(judged, Err(Fault::Fenced { .. }))) {
            place.overtaken(right);
        }
        Ok(newest(self.all_of(judged)?))
    }

    /// The first fault, after everybody was heard: one that cannot be judged silences no other (design clause 18), and
    /// is looked at again. A past that cannot be read is nothing that whoever sent the rows could mend: they are stored,
    /// and judged where they can be.
    fn all_of<T>(&self, outcomes: Vec<Result<T, Fault>>) -> Result<Vec<T>, Fault> {
        let mut all = Vec::with_capacity(outcomes.len());
        let mut first = Ok(());
        for outcome in outcomes {
            match outcome {
                Ok(one) => all.push(one),
                Err(fault) => {
                    self.missed.store(true, Ordering::Release);
                    if first.is_ok() && !matches!(fault, Fault::Unreadable { .. }) {
                        first = Err(fault);
                    }
                }
            }
        }
        first.map(|()| all)
    }

    /// Hands rows to the holder of `place`. Whatever keeps it from judging them, they wait in the store.
    async fn hand_over(&self, place: &Place, rows: &[Row]) -> Judged {
        if rows.is_empty() {
            return Judged::default();
        }
        let request = JudgeRequest {
            shard: place.shard().index(),
            shards: place.shard().count(),
            rows: rows.iter().map(observed::encode).collect(),
        };
        let send = |transport| {
            let request = request.clone();
            async move { EvaluationClient::new(transport).judge(request).await }
        };
        match place.route.call(send).await {
            Ok(reply) => Judged::at(reply.position.parse().ok()),
            Err(error) => {
                tracing::warn!(lease = place.lease(), %error, rows = rows.len(), "rows wait to be judged");
                self.missed.store(true, Ordering::Release);
                Judged { position: None, waiting: rows.len() as u64 }
            }
        }
    }

    /// The guardrails that are watching and for which one of the rows counts.
    fn concerned(&self, rows: &[Row]) -> Concerned {
        self.board.read(|view| {
            let of_row = |row: &Row| {
                let entries =
                    listening(view, row).iter().filter_map(|id| Some((*id, view.guardrails.get(*id)?)));
                let counts =
                    |entry: &guardrails::Entry| entry.state.is_watching() && counts(&query(entry), row);
                entries.filter(|(_, entry)| counts(entry)).collect::<Vec<_>>()
            };
            let concerned: BTreeMap<GuardrailId, &guardrails::Entry> = rows.iter().flat_map(of_row).collect();
            concerned.into_iter().map(|(id, entry)| (id, entry.clone())).collect()
        })
    }
}

/// All guardrails for which a row may count: those of its rollout, or of its metric where it is of no rollout.
fn listening<'v>(view: &'v View, row: &Row) -> &'v [GuardrailId] {
    match row.labels.rollout.as_deref().map(str::parse) {
        None => view.guardrails.of_metric(&row.key.org, &row.key.metric),
        Some(rollout) => rollout.map_or(&[], |rollout| view.guardrails.of_rollout(rollout)),
    }
}

fn newest(positions: impl IntoIterator<Item = Option<Position>>) -> Option<Position> {
    positions.into_iter().flatten().max_by_key(|it| it.commit)
}
