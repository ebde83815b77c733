//! What a guardrail would have done: its stored observations go through the evaluation that judges live ones, beside the
//! stages that its rollout was in (rule R21). It only reads, within bounds that leave the safety path alone.

use std::time::Duration;

use verdict_kernel::clock::{Timestamp, between};
use verdict_kernel::id::GuardrailId;
use verdict_metrics_domain::guardrail::{Effect, Guardrail};
use verdict_metrics_domain::points::Report;
use verdict_metrics_domain::replay::Breach;
use verdict_metrics_domain::replay::course::{Accompanied, Consequence, Place};
use verdict_metrics_wire::guardrail::{effect, read_effect};
use verdict_proto::metrics::v1 as pb;
use verdict_runtime::execute::ExecuteError;
use verdict_runtime::fields::id;
use verdict_runtime::naming::Caller;
use verdict_runtime::observations::{MAX_ROWS, Query, Row};
use verdict_runtime::problem::{Code, Problem};
use verdict_runtime::reading::org;

use super::{GuardrailsApi, request};
use crate::courses::course_of;
use crate::evaluator::in_time;
use crate::reports;

/// How far back it goes: unless it is said, and at most.
const PERIOD: (Duration, Duration) = (Duration::from_hours(7 * 24), Duration::from_hours(31 * 24));
/// Most rows that one answer rests on: a month of one source, each minute.
const MOST_ROWS: usize = 5 * MAX_ROWS;
/// Rows that are judged before others get their turn.
const AT_ONCE: usize = 64;

/// What is stored, in the order in which it was received.
pub(super) struct Past {
    pub(super) reports: Vec<Report>,
    pub(super) rows: usize,
    /// Where reading ended, if before the last of them.
    pub(super) cut: Option<Timestamp>,
}

impl GuardrailsApi {
    pub(super) async fn replayed(
        &self,
        request: &pb::ReplayRequest,
    ) -> Result<pb::ReplayReply, ExecuteError> {
        let now = self.clock.now();
        let since = since(&request.since, now)?;
        let tried = read_effect(request.effect()).unwrap_or(Effect::Rollback);
        let org = org(&request.org);
        let mut called = request.id.clone();
        request::called(self.repository.log(), "id", Caller::new(org, &request.team), &mut called).await?;
        let id = id::<GuardrailId>("id", &called)?.to_string();
        let folded = self.repository.find(org, &id).await?;
        let Some(guardrail) = folded.state.guardrail() else {
            return Err(Problem::field(Code::NotFound, "id", format!("'{id}' was never armed")).into());
        };
        let rollout = guardrail.arming.rollout;
        let course = course_of(self.repository.log(), rollout).await?;
        let query = Query { rollout: Some(rollout.to_string()), ..Query::all(org, &guardrail.arming.metric) };
        let past = self.past(&query, since, MOST_ROWS).await?;
        let until = past.cut.unwrap_or(now);
        let mut replay = Accompanied::new(guardrail.arming.terms.clone(), &course);
        for (number, report) in past.reports.into_iter().enumerate() {
            if number % AT_ONCE == 0 {
                tokio::task::yield_now().await;
            }
            replay.take(report);
        }
        let told = replay.end(until);
        let breach = |(breach, place): &(Breach, &Place)| breach_of(breach, place, tried, guardrail);
        Ok(pb::ReplayReply {
            key: folded.beside.key(),
            metric: guardrail.arming.metric.clone(),
            rollout_id: rollout.to_string(),
            required: guardrail.arming.terms.rule.to_string(),
            effect: effect(tried).into(),
            present_effect: effect(guardrail.effect).into(),
            since: since.to_string(),
            until: until.to_string(),
            windows: count(told.windows),
            rows: count(past.rows),
            truncated: past.cut.is_some(),
            breaches: told.breaches.iter().map(breach).collect(),
            guardrail_id: id,
        })
    }

    /// The oldest `most` of the rows since then.
    pub(super) async fn past(
        &self,
        query: &Query,
        since: Timestamp,
        most: usize,
    ) -> Result<Past, ExecuteError> {
        let mut rows: Vec<Row> = Vec::new();
        let mut more = true;
        // One beyond shows that there are more.
        while more && rows.len() <= most {
            let max = MAX_ROWS.min(most + 1 - rows.len());
            let after = rows.last().map(|row| row.key.clone());
            let page = in_time(self.store.rows_from(query, Some(since), after.as_ref(), max)).await?;
            more = page.len() == max;
            rows.extend(page);
        }
        let is_cut = rows.len() > most;
        rows.truncate(most);
        let cut = rows.last().filter(|_| is_cut).map(|last| reports::of_row(last).as_of());
        let counted = rows.iter().filter(|row| !reports::is_control(row));
        let mut reports: Vec<Report> = counted.map(reports::of_row).collect();
        // Of those that came together the older one is judged first.
        reports.sort_by_key(|report| report.received_at);
        Ok(Past { reports, rows: rows.len(), cut })
    }
}

fn since(given: &str, now: Timestamp) -> Result<Timestamp, Problem> {
    let (usual, most) = PERIOD;
    if given.is_empty() {
        return Ok(now.checked_sub(usual).unwrap_or(Timestamp::MIN));
    }
    let wrong = |detail: String| Problem::field(Code::InvalidField, "since", detail);
    let since: Timestamp =
        given.parse().map_err(|_| wrong(format!("'{given}' is not a time in the form of RFC 3339")))?;
    if since >= now {
        return Err(wrong(format!("{since} is still to come")).hint("name a time that has passed"));
    }
    if between(since, now) > most {
        let days = most.as_secs() / 86_400;
        return Err(wrong(format!("{since} is more than {days} days ago"))
            .hint(format!("replay at most {days} days")));
    }
    Ok(since)
}

fn breach_of(breach: &Breach, place: &Place, tried: Effect, guardrail: &Guardrail) -> pb::ReplayedBreach {
    let (consequence, narrowed_to) = match place.consequence(tried, guardrail.arming.terms.severity) {
        Consequence::Recorded => (pb::Consequence::Recorded, String::new()),
        Consequence::Paused => (pb::Consequence::Paused, String::new()),
        Consequence::Narrowed { to } => (pb::Consequence::Narrowed, to.to_string()),
        Consequence::Held => (pb::Consequence::Held, String::new()),
        Consequence::NothingLeft => (pb::Consequence::NothingLeft, String::new()),
    };
    pb::ReplayedBreach {
        began: breach.began.to_string(),
        breached: breach.breached.to_string(),
        ended: breach.ended.map(|ended| ended.to_string()).unwrap_or_default(),
        stage: place.attempt.stage.clone(),
        attempt: place.attempt.attempt,
        worst: breach.worst.to_string(),
        windows: count(breach.windows),
        consequence: consequence.into(),
        served: place.served.to_string(),
        narrowed_to,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
