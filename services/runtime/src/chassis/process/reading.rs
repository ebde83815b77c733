//! What processes read besides the event at hand: streams, up to it or to their end, and the lists of other services.

use std::pin::pin;

use futures::{Stream, TryStreamExt, stream};
use verdict_kernel::decider::Decider;
use verdict_proto::v1::ListRequest;
use verdict_stored::{StateOf, Wire, ruled};

use crate::fault::Fault;
use crate::log::{Log, LogError, MAX_PAGE, Recorded};

#[cfg(test)]
mod tests;

/// Entries read at a time.
const PAGE: u32 = 100;

/// The events of a stream, oldest first, page by page.
pub fn events<'a>(log: &'a Log, stream: &'a str) -> impl Stream<Item = Result<Recorded, Fault>> + 'a {
    let pages = stream::try_unfold(Some(0), move |from| async move {
        let Some(from) = from else {
            return Ok::<_, Fault>(None);
        };
        let events = log.read_stream(stream, from, MAX_PAGE).await?.events;
        let last = events.last().filter(|_| events.len() == MAX_PAGE);
        let next = last.map(|last| last.revision + 1);
        Ok(Some((stream::iter(events.into_iter().map(Ok)), next)))
    });
    pages.try_flatten()
}

/// The state of the aggregate of `stream` as it was after the event with this revision: later events do not count.
pub async fn fold_at<W: Wire>(log: &Log, stream: &str, revision: u64) -> Result<StateOf<W>, Fault> {
    let mut state = StateOf::<W>::default();
    let mut events = pin!(events(log, stream));
    while let Some(event) = events.try_next().await? {
        if event.revision <= revision {
            let decoded = ruled::own::<W>(&event.event_type, &event.data);
            let decoded = decoded.map_err(|error| event.unreadable(&error))?;
            state = decoded.iter().fold(state, W::Aggregate::evolve);
        }
        if event.revision >= revision {
            return Ok(state);
        }
    }
    Err(LogError::Unavailable(format!("stream '{stream}' ends before its own event")).into())
}

/// Every entry of a list, page by page. `page` sends the request and answers with the entries and where they go on.
pub fn every<T, F>(
    wanted: ListRequest,
    page: impl FnMut(ListRequest) -> F,
) -> impl Stream<Item = Result<T, Fault>>
where
    F: Future<Output = Result<(Vec<T>, String), Fault>>,
{
    let first = ListRequest { first: PAGE, ..wanted };
    let pages = stream::try_unfold((page, Some(first)), |(mut page, wanted)| async move {
        let Some(wanted) = wanted else {
            return Ok::<_, Fault>(None);
        };
        let (entries, after) = page(wanted.clone()).await?;
        let next = (!after.is_empty()).then_some(ListRequest { after, ..wanted });
        Ok(Some((stream::iter(entries.into_iter().map(Ok)), (page, next))))
    });
    pages.try_flatten()
}
