//! The lists of a service: every aggregate of one category by organisation, folded from the log, and read in pages in the
//! order in which they were created.
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
use verdict_stored::ruled::{self, Beside};
use verdict_stored::{DecodeError, Metadata, StateOf, Wire, parse};

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
    /// What it is called and who keeps its plan.
    pub beside: Beside,
    /// Where its first event is in the log.
    first: Place,
}

/// A place in one log: commit and prepare.
type Place = (u64, u64);

/// The aggregates of an organisation.
#[derive(Debug)]
pub struct Entries<S> {
    by_id: BTreeMap<String, Entry<S>>,
    /// Ids in the order of creation.
    in_order: BTreeMap<Place, String>,
}

impl<S> Default for Entries<S> {
    fn default() -> Self {
        Self { by_id: BTreeMap::new(), in_order: BTreeMap::new() }
    }
}

/// Aggregates by organisation.
pub type ByOrg<S> = BTreeMap<String, Entries<S>>;

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
        let (said, decoded) = ruled::either::<W>(&event.event_type, &event.data)?;
        let entries = view.entry(metadata.org).or_default();
        let place = (event.position.commit, event.position.prepare);
        let entry = entries.by_id.entry(id.to_owned()).or_insert_with(|| Entry {
            state: StateOf::<W>::default(),
            began: metadata.at,
            version: 0,
            position: event.position.clone(),
            beside: Beside::default(),
            first: place,
        });
        if entry.first == place {
            entries.in_order.insert(place, id.to_owned());
        }
        entry.version = event.revision + 1;
        entry.position = event.position.clone();
        if let Some(said) = &said {
            entry.beside.learn(said);
        }
        if let Some(event) = decoded {
            entry.state = W::Aggregate::evolve(std::mem::take(&mut entry.state), &event);
        }
        Ok(())
    }
}

/// Some entries of a list, in the order of their creation.
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
    /// an item belongs to the parent, which may be called by each of `of`; all do where there is none.
    ///
    /// Fails when a field of the request is wrong, and with [`Code::NotYetThere`] when the view has not started or
    /// does not reach the position asked for within two seconds.
    pub async fn page<T>(
        &self,
        request: &ListRequest,
        show: impl Fn(&str, &Entry<StateOf<W>>) -> Option<T>,
        of: &[String],
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
        view.read_at(|entries, position| {
            let (items, next) = match entries.get(reading::org(&request.org)) {
                Some(entries) => {
                    let shown = entries.after(&request.after)?;
                    let shown = shown.filter_map(|(id, entry)| Some((id, show(id, entry)?)));
                    let belongs = |item: &T| of.is_empty() || of.iter().any(|parent| is_of(item, parent));
                    cut(shown.filter(|(_, item)| belongs(item)), first)
                }
                None => (Vec::new(), String::new()),
            };
            Ok(Page { items, position: position.map(Position::to_string).unwrap_or_default(), next })
        })
    }
}

impl<S> Entries<S> {
    /// Those that were created after the one with this id; all of them when it is empty.
    fn after(&self, id: &str) -> Result<impl Iterator<Item = (&String, &Entry<S>)>, Problem> {
        let from = match self.by_id.get(id) {
            Some(entry) => Bound::Excluded(entry.first),
            None if id.is_empty() => Bound::Unbounded,
            None => {
                let detail = format!("'{}' is not in the list", id.escape_debug());
                let problem = Problem::field(Code::InvalidField, "after", detail);
                return Err(problem.hint("pass `next` of the page before"));
            }
        };
        let in_order = self.in_order.range((from, Bound::Unbounded));
        Ok(in_order.filter_map(|(_, id)| self.by_id.get_key_value(id)))
    }
}

/// The first items, and the id of the last one when others follow it.
fn cut<'a, T>(mut found: impl Iterator<Item = (&'a String, T)>, first: usize) -> (Vec<T>, String) {
    let page: Vec<_> = found.by_ref().take(first).collect();
    let last = page.last().filter(|_| found.next().is_some());
    let next = last.map(|(id, _)| (*id).clone()).unwrap_or_default();
    (page.into_iter().map(|(_, item)| item).collect(), next)
}
