//! The lists of a service: every aggregate of one category by organisation and id, folded from the log, and read
//! in pages.
//!
//! [`Directory`] is the fold. [`Listing`] is what an API holds: it makes the component that feeds the fold and
//! answers list requests from it.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::Bound;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use verdict_kernel::decider::Decider;
use verdict_proto::v1::ListRequest;
use verdict_stored::{DecodeError, Metadata, StateOf, Wire, parse, ruled};

use crate::log::{Filter, Log, Position, Recorded};
use crate::problem::{Code, Problem};
use crate::projection::{Projection, Projector, View};
use crate::reading;

#[cfg(test)]
mod tests;

/// How long a reader waits for the view to reach the position it asked for.
const PATIENCE: Duration = Duration::from_secs(2);

/// An aggregate as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<S> {
    pub state: S,
    /// The time of its first event; domain events carry none of their own.
    pub began: Timestamp,
    /// Events in its stream.
    pub version: u64,
    /// Of its last event.
    pub position: Position,
}

/// Aggregates by organisation, then by id.
pub type ByOrg<S> = BTreeMap<String, BTreeMap<String, Entry<S>>>;

/// The projection of every aggregate behind a rim.
pub struct Directory<W: Wire> {
    name: &'static str,
    of: PhantomData<fn() -> W>,
}

impl<W: Wire> Directory<W> {
    /// `name` is the view's name, kebab-case and unique within the platform: `bets-board`.
    pub const fn new(name: &'static str) -> Self {
        Self { name, of: PhantomData }
    }
}

impl<W: Wire> Projection for Directory<W> {
    type View = ByOrg<StateOf<W>>;

    fn name(&self) -> &'static str {
        self.name
    }

    fn filter(&self) -> Filter {
        Filter::prefixes([format!("{}-", W::Aggregate::CATEGORY)])
    }

    fn fresh(&self) -> Self::View {
        BTreeMap::new()
    }

    fn apply(view: &mut Self::View, event: &Recorded) -> Result<(), DecodeError> {
        let in_category = event.stream.strip_prefix(W::Aggregate::CATEGORY);
        let Some(id) = in_category.and_then(|rest| rest.strip_prefix('-')) else {
            return Ok(());
        };
        let metadata: Metadata = parse(&event.metadata)?;
        let decoded = ruled::own::<W>(&event.event_type, &event.data)?;
        let entries = view.entry(metadata.org).or_default();
        let (state, began) = match entries.remove(id) {
            Some(entry) => (entry.state, entry.began),
            None => (StateOf::<W>::default(), metadata.at),
        };
        let entry = Entry {
            state: decoded.iter().fold(state, W::Aggregate::evolve),
            began,
            version: event.revision + 1,
            position: event.position.clone(),
        };
        entries.insert(id.to_owned(), entry);
        Ok(())
    }
}

/// Some entries of a list, in the order of their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The page includes everything up to it; empty before the first event.
    pub position: String,
    /// Where the next page starts; empty when there is none.
    pub next: String,
}

/// The list of an API. Its clones read the same view.
pub struct Listing<W: Wire> {
    name: &'static str,
    called: &'static str,
    log: Log,
    view: Arc<OnceLock<View<Directory<W>>>>,
}

impl<W: Wire> Clone for Listing<W> {
    fn clone(&self) -> Self {
        Self { name: self.name, called: self.called, log: self.log.clone(), view: self.view.clone() }
    }
}

impl<W: Wire> Listing<W> {
    /// `name` is that of the view; `called` is what a problem calls it: `the list of flags`.
    pub fn new(name: &'static str, called: &'static str, log: Log) -> Self {
        Self { name, called, log, view: Arc::default() }
    }

    /// The component that feeds the list. Pages come from the one that was made first.
    pub fn projector(&self) -> Projector<Directory<W>> {
        let (projector, view) = Projector::new(Directory::new(self.name), self.log.clone());
        self.view.get_or_init(|| view);
        projector
    }

    /// The page that `request` asks for. `show` makes an item of an entry, or leaves it out; `is_of` says whether
    /// an item belongs to the parent that the request names.
    ///
    /// Fails when a field of the request is wrong, and with [`Code::NotYetThere`] when the view has not started or
    /// does not reach the position asked for within two seconds.
    pub async fn page<T>(
        &self,
        request: &ListRequest,
        show: impl Fn(&str, &Entry<StateOf<W>>) -> Option<T>,
        is_of: impl Fn(&T, &str) -> bool,
    ) -> Result<Page<T>, Problem> {
        let first = reading::page_size(request)?;
        let wanted = reading::at_least(&request.at_least)?;
        let Some(view) = self.view.get() else {
            return Err(Problem::new(Code::NotYetThere, format!("{} has not started", self.called)));
        };
        if let Some(wanted) = wanted {
            view.wait_for(&wanted, PATIENCE)
                .await
                .map_err(|error| Problem::new(Code::NotYetThere, error.to_string()))?;
        }
        Ok(view.read_at(|entries, position| {
            let (items, next) = match entries.get(reading::org(&request.org)) {
                Some(entries) => {
                    let shown = after(entries, &request.after).filter_map(|(id, e)| Some((id, show(id, e)?)));
                    cut(shown.filter(|(_, item)| request.of.is_empty() || is_of(item, &request.of)), first)
                }
                None => (Vec::new(), String::new()),
            };
            Page { items, position: position.map(Position::to_string).unwrap_or_default(), next }
        }))
    }
}

/// The entries after `id`; all of them when it is empty.
fn after<'a, S>(
    entries: &'a BTreeMap<String, Entry<S>>,
    id: &str,
) -> impl Iterator<Item = (&'a String, &'a Entry<S>)> {
    let from = if id.is_empty() { Bound::Unbounded } else { Bound::Excluded(id) };
    entries.range::<str, _>((from, Bound::Unbounded))
}

/// The first items, and the id of the last one when others follow it.
fn cut<'a, T>(mut found: impl Iterator<Item = (&'a String, T)>, first: usize) -> (Vec<T>, String) {
    let page: Vec<_> = found.by_ref().take(first).collect();
    let last = page.last().filter(|_| found.next().is_some());
    let next = last.map(|(id, _)| (*id).clone()).unwrap_or_default();
    (page.into_iter().map(|(_, item)| item).collect(), next)
}
