//! The desk of a kind of aggregate: commands on it, one of it, the list of it. An API adds what its commands mean and which
//! facts they rest on.

use std::sync::Arc;

use futures::future::BoxFuture;
use verdict_kernel::clock::Clock;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{BetId, FlagId};
use verdict_kernel::policy::Level;
use verdict_proto::v1::{GetRequest, ListRequest};
use verdict_stored::view::{Scope, Seen, Viewed};
use verdict_stored::{CommandOf, EventOf, FactsOf, StateOf};

use crate::directory::{Directory, Entry, Listing, Page};
use crate::execute::{Envelope, ExecuteError, Executed, Folded, Repository};
use crate::log::Log;
use crate::naming::{self, Caller};
use crate::problem::{Code, Problem};
use crate::projection::Projector;
use crate::{fields, grpc, reading};

pub mod contract;

/// See the module. Its clones are the same desk.
pub struct Desk<W: Viewed> {
    repository: Repository<W>,
    list: Listing<W>,
}

impl<W: Viewed> Clone for Desk<W> {
    fn clone(&self) -> Self {
        Self { repository: self.repository.clone(), list: self.list.clone() }
    }
}

impl<W: Viewed> Desk<W>
where
    W: 'static,
    CommandOf<W>: Clone + Send + Sync,
    EventOf<W>: Send,
{
    /// `list` is the name of the view behind the list, `called` what a problem calls it: `the list of flags`.
    pub fn new(list: &'static str, called: &'static str, log: Log, clock: Arc<dyn Clock>) -> Self {
        let listing = Listing::new(list, called, log.clone());
        Self { repository: Repository::new(log, clock), list: listing }
    }

    /// Where rules bind people so far.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { repository: self.repository.at_level(level), ..self }
    }

    /// What loads and executes.
    pub const fn repository(&self) -> &Repository<W> {
        &self.repository
    }

    /// The component that feeds the list. [`Self::list`] reads the one that was made first.
    pub fn projector(&self) -> Projector<Directory<W>> {
        self.list.projector()
    }

    /// Executes a command whose facts are gathered by `gather` each time it is decided. `creates` says that it may begin the
    /// stream.
    pub async fn execute<'p>(
        &self,
        envelope: &Envelope,
        id: W::Id,
        creates: bool,
        command: CommandOf<W>,
        gather: impl Fn(Arc<Folded<W>>) -> BoxFuture<'p, Result<FactsOf<W>, ExecuteError>> + Send + Sync + 'p,
    ) -> Result<Executed, ExecuteError> {
        self.repository.execute_with(envelope, &id.to_string(), creates, command, gather).await
    }

    /// One, from its stream, which is read to its end: every position that the log has given out is included.
    pub async fn get(&self, request: &GetRequest) -> Result<W::View, Problem> {
        reading::at_least(&request.at_least)?;
        let org = reading::org(&request.org);
        let mut id = request.id.clone();
        self.resolve("id", Caller::new(org, &request.team), &mut id).await?;
        let id = Self::named("id", org, &id)?.to_string();
        let found = self.repository.find(org, &id).await;
        let folded = found.map_err(|error| grpc::problem(error.about(&request.id)))?;
        let seen = Seen {
            id: &id,
            state: &folded.state,
            began: folded.began,
            version: reading::version(folded.version),
            position: reading::position(folded.last_position.as_ref()),
            beside: &folded.beside,
        };
        W::view(seen).ok_or_else(Self::absent)
    }

    /// Puts the id in place of a key in a field of a request. An id and an empty text stay as they are.
    pub async fn resolve(&self, field: &str, caller: Caller<'_>, text: &mut String) -> Result<(), Problem> {
        match W::SCOPE {
            Scope::Team => {
                let category = <W::Aggregate as Decider>::CATEGORY;
                naming::resolve(self.repository.log(), category, field, caller, text).await?;
            }
            Scope::Organisation if !text.is_empty() => {
                *text = Self::named(field, caller.org, text)?.to_string();
            }
            Scope::Organisation | Scope::Nameless => {}
        }
        Ok(())
    }

    /// The id in a field of a request, where the thing may also be called by its key.
    pub fn named(field: &str, org: &str, text: &str) -> Result<W::Id, Problem> {
        if text.is_empty() {
            return Err(fields::missing(field));
        }
        W::named(org, text)
            .map_err(|error| Problem::field(Code::InvalidId, field, error.to_string()).hint(W::CALLED))
    }

    /// A page of those of an organisation.
    pub async fn list(&self, request: &ListRequest) -> Result<Page<W::View>, Problem> {
        let show = |id: &str, entry: &Entry<StateOf<W>>| {
            W::view(Seen {
                id,
                state: &entry.state,
                began: Some(entry.began),
                version: reading::version(entry.version),
                position: entry.position.to_string(),
                beside: &entry.beside,
            })
        };
        let of = self.parents(request).await?;
        self.list.page(request, show, &of, W::is_of).await
    }

    /// Everything that the parent in a request for a list may be: its id, or what a key would be the key of.
    async fn parents(&self, request: &ListRequest) -> Result<Vec<String>, Problem> {
        let caller = Caller::new(&request.org, &request.team);
        if request.of.is_empty() {
            return Ok(Vec::new());
        }
        let mut rollout = request.of.clone();
        match naming::resolve(self.repository.log(), naming::ROLLOUTS, "of", caller, &mut rollout).await {
            Ok(()) => {}
            Err(problem) if problem.code == Code::NotFound => {}
            Err(problem) => return Err(problem),
        }
        let bet = BetId::named(caller.org, &request.of).ok().map(|id| id.to_string());
        let flag = FlagId::named(caller.org, "", &request.of).ok().map(|id| id.to_string());
        Ok([request.of.clone(), rollout].into_iter().chain(bet).chain(flag).collect())
    }

    /// What a command or a read comes to where the stream tells of nothing.
    pub fn absent() -> Problem {
        Problem::new(Code::NotFound, W::ABSENT).hint(W::BEGINS)
    }
}
