//! Reads: one metric from its stream, the list from the board, the newest observation from the store.

use futures::future::try_join_all;
use verdict_metrics_domain::metric::{Link, State, target_met};
use verdict_metrics_wire::metric::{aggregation, metric_type, trend};
use verdict_proto::metrics::v1 as pb;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_runtime::component::Fault;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::fields::optional_id;
use verdict_runtime::log::Position;
use verdict_runtime::reading::{at_least, org, page_size, position, version};
use verdict_stored::field::{Field, Seconds};
use verdict_stored::ruled::Beside;
use verdict_stored::vocabulary::check_state;

use super::super::asked::metric_id;
use super::MetricsApi;
use crate::board::metrics::Entry;
use crate::evaluator::fault;
use crate::reports::newest_point;

impl MetricsApi {
    /// The stream is read to its end, so every position that the log has given out is included.
    pub(super) async fn one(&self, request: &GetRequest) -> Result<pb::MetricView, ExecuteError> {
        at_least(&request.at_least)?;
        let org = org(&request.org);
        let id = metric_id("id", org, &request.id)?.to_string();
        let found = self.repository.find(org, &id).await;
        let folded = found.map_err(|error| error.about(&request.id))?;
        let view = self.view(org, &id, &folded.state).await?;
        Ok(seen(view, folded.version, folded.last_position.as_ref(), &folded.beside))
    }

    pub(super) async fn page(&self, request: &ListRequest) -> Result<pb::MetricList, ExecuteError> {
        at_least(&request.at_least)?;
        let (org, first) = (org(&request.org), page_size(request)?);
        let after = optional_id("after", &request.after)?;
        self.board.refresh().await?;
        let at = self.board.position();
        let (page, more) = self.board.read(|view| {
            let wanted = |entry: &Entry| {
                let definition = entry.state.definition();
                request.of.is_empty() || definition.is_some_and(|definition| definition.key == request.of)
            };
            let mut found = view.metrics.of_org(org, after).filter(|(_, entry)| wanted(entry));
            let page: Vec<_> =
                found.by_ref().take(first).map(|(id, entry)| (id.to_string(), entry.clone())).collect();
            (page, found.next().is_some())
        });
        let next = page.last().filter(|_| more).map(|(id, _)| id.clone());
        let views = page.iter().map(|(id, entry)| async move {
            let view = self.view(org, id, &entry.state).await?;
            Ok::<_, Fault>(seen(view, entry.version, Some(&entry.position), &entry.beside))
        });
        Ok(pb::MetricList {
            metrics: try_join_all(views).await?,
            position: position(at.as_ref()),
            next: next.unwrap_or_default(),
        })
    }

    async fn view(&self, org: &str, id: &str, state: &State) -> Result<pb::MetricView, Fault> {
        let Some(definition) = state.definition() else {
            return Ok(pb::MetricView::default());
        };
        let key = definition.key.as_str();
        let newest = newest_point(&*self.store, org, definition, self.clock.now()).await.map_err(fault)?;
        let observations = self.store.count(org, key).await.map_err(fault)?;
        let tally = self.ingest.tally(org, key);
        let decimal = |value: Option<_>| value.map_or_else(String::new, |value| format!("{value}"));
        let measured = newest.map(|point| (point.value, point.window_end));
        Ok(pb::MetricView {
            id: id.to_owned(),
            key: key.to_owned(),
            r#type: metric_type(definition.kind).into(),
            state: state.name().to_owned(),
            unit: definition.unit.clone(),
            good: trend(definition.good).into(),
            target: decimal(definition.target),
            baseline: decimal(definition.baseline),
            refresh_seconds: Seconds::write(&definition.refresh).unwrap_or_default(),
            leads_to: definition.leads_to.iter().map(|Link { key, .. }| key.clone()).collect(),
            revision: definition.revision,
            last_value: decimal(newest.map(|point| point.value)),
            last_window_end: newest.map_or_else(String::new, |point| point.window_end.to_string()),
            target_met: check_state(target_met(definition, measured, self.clock.now())).into(),
            duplicates: version(tally.duplicates),
            late: version(tally.late),
            observations: version(observations),
            aggregation: aggregation(definition.aggregation).into(),
            ..pb::MetricView::default()
        })
    }
}

/// A view with where in its stream it is, and who keeps its plan.
fn seen(view: pb::MetricView, events: u64, at: Option<&Position>, beside: &Beside) -> pb::MetricView {
    pb::MetricView {
        version: version(events),
        position: position(at),
        managed_by: beside.keeper.clone(),
        ..view
    }
}
