//! What things are called: a key in place of an id, and which thing has a key now (decisions D20 to D26).
//!
//! The key of a bet is its own for ever, so its id derives from it. The key of a rollout, a guardrail or a launch is free
//! again once that is over: the stream `<context>.key-<id>` remembers in turn what had it, and the last one has it now. To
//! take a key is to append to that stream before the thing is begun, so two that want it at once meet there; what never
//! came to be leaves it free after a while.

use std::time::Duration;

use futures::TryStreamExt;
use jiff::Timestamp;
use verdict_kernel::clock::plus;
use verdict_kernel::decider::Decider;
use verdict_kernel::id::{BetId, FlagId};
use verdict_kernel::key::{InvalidKey, Key, directory};
use verdict_kernel::principal::Principal;
use verdict_kernel::refusal::Refusal;
use verdict_proto::v1::{CommandMeta, KeyTaken, Named};
use verdict_stored::{CommandOf, StateOf, Wire, parse, required};

use crate::execute::{Envelope, ExecuteError, Executed, Repository, metadata};
use crate::fault::Fault;
use crate::log::{Expected, Log, LogError, NewEvent};
use crate::problem::{Code, Problem};
use crate::process::reading::events;

#[cfg(test)]
mod tests;

/// The category of rollouts, which other contexts name by their keys.
pub const ROLLOUTS: &str = "rollouts.rollout";

/// What is said to whoever calls a thing otherwise.
const CALLED: &str = "give its id, its key such as new-checkout, or team/key";

/// In whose name something is called: keys of one team mean nothing to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller<'c> {
    pub org: &'c str,
    pub team: &'c str,
}

impl<'c> Caller<'c> {
    /// Empty = the organisation and the team that exist before anyone makes one.
    pub fn new(org: &'c str, team: &'c str) -> Self {
        let or = |given: &'c str| if given.is_empty() { Principal::DEFAULT_ORG } else { given };
        Self { org: or(org), team: or(team) }
    }

    /// Whoever sends a command.
    pub fn of(meta: Option<&'c CommandMeta>) -> Self {
        meta.map_or_else(|| Self::new("", ""), |meta| Self::new(&meta.org, &meta.team))
    }
}

/// One that had a key.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Taken {
    id: String,
    generation: u32,
    /// The command that took it.
    command: String,
    at: Timestamp,
}

impl Taken {
    /// Whether whoever took it is not about to begin it any more.
    fn is_given_up(&self, now: Timestamp) -> bool {
        plus(self.at, UNDER_WAY) <= now
    }
}

/// How long a command may be under way at the most.
const UNDER_WAY: Duration = Duration::from_mins(1);

/// Puts the id of the thing of `category` in place of its key. An id and an empty text stay as they are.
///
/// Fails with [`Code::InvalidId`] where the text is neither, and with [`Code::NotFound`] where nothing has the key.
pub async fn resolve(
    log: &Log,
    category: &str,
    field: &str,
    caller: Caller<'_>,
    text: &mut String,
) -> Result<(), Problem> {
    if text.is_empty() || text.parse::<BetId>().is_ok() {
        return Ok(());
    }
    let (team, key) = text.split_once('/').unwrap_or((caller.team, text));
    if team.is_empty() {
        return Err(invalid(field, &InvalidKey::Empty { what: "name of a team" }));
    }
    let key: Key = key.parse().map_err(|error| invalid(field, &error))?;
    let stream = stream(category, caller.org, team, &key);
    let taken = all(log, &stream).await.map_err(|fault| crate::grpc::problem(fault.into()))?;
    for taken in taken.iter().rev() {
        // One that was taken for what never came to be leads nowhere.
        let last = log.read_last(&format!("{category}-{}", taken.id)).await;
        if last.map_err(|error| crate::grpc::problem(Fault::from(error).into()))?.is_some() {
            text.clone_from(&taken.id);
            return Ok(());
        }
    }
    let (_, kind) = parts(category);
    let detail = format!("no {kind} of the team '{team}' is called '{key}'");
    Err(Problem::field(Code::NotFound, field, detail).hint(format!("verdict {kind} list")))
}

/// Puts the id of the bet in place of its key. An empty text stays as it is.
pub fn bet(field: &str, caller: Caller<'_>, text: &mut String) -> Result<(), Problem> {
    if !text.is_empty() {
        let id = BetId::named(caller.org, text).map_err(|error| invalid(field, &error))?;
        *text = id.to_string();
    }
    Ok(())
}

/// The flag that is named by its id, by its key, or as `environment/key`. An empty environment is production.
pub fn flag(field: &str, org: &str, environment: &str, text: &str) -> Result<FlagId, Problem> {
    if text.is_empty() {
        return Err(Problem::field(Code::MissingField, field, "no flag is named"));
    }
    FlagId::named(org, environment, text).map_err(|error| {
        let problem = Problem::field(Code::InvalidId, field, error.to_string());
        problem.hint("give its id, its key such as new-checkout, or environment/key")
    })
}

/// The text is no key.
fn invalid(field: &str, error: &InvalidKey) -> Problem {
    Problem::field(Code::InvalidId, field, error.to_string()).hint(CALLED)
}

/// The key in a field of a request that begins a thing; `None` where it is empty.
pub fn key(field: &str, text: &str) -> Result<Option<Key>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let key = text.parse().map_err(|error: InvalidKey| {
        Problem::field(Code::InvalidField, field, error.to_string())
            .hint("a letter or digit, then letters, digits, '.', '_' and '-'")
    })?;
    Ok(Some(key))
}

/// The name of a thing whose key is its own for ever.
pub fn for_ever(key: &Key) -> Named {
    Named { key: Some(key.to_string()), team: None, generation: None }
}

/// Begins a thing under a key that may be taken again. `id` is that of the thing that is number so-and-so to have the key,
/// from 1; `is_over` says of which nothing is wanted any more; `run` executes the command of an envelope on the thing with an
/// id. Answers that id, and what became of the command.
///
/// The command is only decided first: one that is refused takes no key from anybody.
pub async fn begin<W: Wire, F>(
    repository: &Repository<W>,
    envelope: &Envelope,
    key: &Key,
    is_over: impl Fn(&StateOf<W>) -> bool,
    id: impl Fn(u32) -> String,
    run: impl Fn(Envelope, String) -> F,
) -> (String, Result<Executed, ExecuteError>)
where
    CommandOf<W>: Clone + Send + Sync,
    F: Future<Output = Result<Executed, ExecuteError>>,
{
    let attempt = async |envelope: Envelope| match take(repository, &envelope, key, &is_over, &id).await {
        Ok((id, name)) => (id.clone(), run(Envelope { name, ..envelope }, id).await),
        Err(error) => (String::new(), Err(error)),
    };
    let decided = attempt(Envelope { dry_run: true, ..envelope.clone() }).await;
    if decided.1.is_err() || envelope.dry_run { decided } else { attempt(envelope.clone()).await }
}

/// Takes `key` for the thing that `envelope` begins, and answers its id, and its name where it has none yet. A command that
/// began one before finds that; what is over, or never came to be, makes room. Where the command is only to be decided
/// nothing is written.
///
/// Refused with `key_taken` where another thing has it, or somebody is about to begin one, and with `named_otherwise` where
/// the thing has another name.
async fn take<W: Wire>(
    repository: &Repository<W>,
    envelope: &Envelope,
    key: &Key,
    is_over: impl Fn(&StateOf<W>) -> bool,
    id: impl Fn(u32) -> String,
) -> Result<(String, Option<Named>), ExecuteError>
where
    CommandOf<W>: Clone + Send + Sync,
{
    let (org, team) = (&envelope.principal.org, &envelope.principal.team);
    let stream = stream(<W::Aggregate as Decider>::CATEGORY, org, team, key);
    let command = envelope.command_id;
    let name = |generation| {
        Some(Named { key: Some(key.to_string()), team: Some(team.clone()), generation: Some(generation) })
    };
    loop {
        let taken = all(repository.log(), &stream).await?;
        for mine in taken.iter().filter(|taken| taken.command == command.to_string()) {
            if repository.load(&mine.id).await?.knows(command) {
                return Ok((mine.id.clone(), None));
            }
        }
        let mut generation = 1;
        if let Some(last) = taken.last() {
            let present = repository.load(&last.id).await?;
            let (has_begun, is_same) = (present.version > 0, id(last.generation) == last.id);
            if present.knows(command) {
                return Ok((last.id.clone(), None));
            }
            let is_free =
                if has_begun { is_over(&present.state) } else { last.is_given_up(repository.now()) };
            if is_same && !(has_begun && is_free) {
                return Ok((last.id.clone(), name(last.generation)));
            }
            if !is_free && last.command != command.to_string() {
                return Err(is_taken::<W>(key, &last.id).into());
            }
            // What never came to be had no turn.
            generation = last.generation + u32::from(has_begun);
        }
        let wanted = id(generation);
        let there = repository.load(&wanted).await?;
        let called = there.beside.key();
        let is_called_otherwise = !called.eq_ignore_ascii_case(key.as_str());
        if is_called_otherwise && !called.is_empty() && !is_over(&there.state) {
            return Err(is_named::<W>(key, &called).into());
        }
        let leads_there = taken.last().is_some_and(|last| last.id == wanted);
        if there.version > 0 && (is_called_otherwise || leads_there) {
            return Ok((wanted, None));
        }
        let name = name(generation).filter(|_| there.version == 0);
        if envelope.dry_run {
            return Ok((wanted, name));
        }
        let event = event(repository, envelope, &stream, taken.len(), &wanted, generation);
        let expected = match u64::try_from(taken.len()).unwrap_or(u64::MAX).checked_sub(1) {
            Some(last) => Expected::Exact(last),
            None => Expected::NoStream,
        };
        match repository.log().append(&stream, expected, vec![event]).await {
            Ok(_) => return Ok((wanted, name)),
            // Somebody else was quicker: what they took is looked at.
            Err(LogError::WrongExpectedVersion { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn event<W: Wire>(
    repository: &Repository<W>,
    envelope: &Envelope,
    stream: &str,
    index: usize,
    id: &str,
    generation: u32,
) -> NewEvent
where
    CommandOf<W>: Clone + Send + Sync,
{
    let (context, _) = parts(<W::Aggregate as Decider>::CATEGORY);
    let stored = KeyTaken { id: Some(id.to_owned()), generation: Some(generation) };
    NewEvent {
        id: envelope.command_id.event_id(stream, index),
        event_type: format!("{context}.Key.Taken.v1"),
        // Text and numbers only: JSON cannot fail.
        data: serde_json::to_vec(&stored).unwrap_or_default(),
        metadata: metadata(envelope, repository.now()),
    }
}

fn is_named<W: Wire>(key: &Key, called: &str) -> Refusal {
    let (_, kind) = parts(<W::Aggregate as Decider>::CATEGORY);
    let sentence =
        format!("this {kind} is called '{called}' already, and a name is for as long as it is not over");
    Refusal::out_of_order("named_otherwise", sentence)
        .compared(format!("the key '{called}'"), format!("the key '{key}'"))
        .next(format!("verdict {kind} get {called}"))
}

fn is_taken<W: Wire>(key: &Key, id: &str) -> Refusal {
    let (_, kind) = parts(<W::Aggregate as Decider>::CATEGORY);
    let sentence = format!("the key '{key}' is that of another {kind}, which is not over");
    Refusal::out_of_order("key_taken", sentence)
        .compared("a key that is free", format!("{kind} {id}"))
        .next(format!("verdict {kind} get {key}"))
}

/// What people call a thing of a category.
pub(crate) fn kind(category: &'static str) -> &'static str {
    parts(category).1
}

/// The context of a category, and its kind.
fn parts(category: &str) -> (&str, &str) {
    category.split_once('.').unwrap_or((category, category))
}

fn stream(category: &str, org: &str, team: &str, key: &Key) -> String {
    let (context, kind) = parts(category);
    format!("{context}.key-{}", directory(org, kind, team, key))
}

/// Everything that had the key, in turn.
async fn all(log: &Log, stream: &str) -> Result<Vec<Taken>, Fault> {
    let taken = events(log, stream).and_then(|event| async move {
        let metadata = event.metadata()?;
        let taken = parse(&event.data).and_then(|stored: KeyTaken| {
            let (id, generation) = (required(stored.id, "id")?, required(stored.generation, "generation")?);
            Ok(Taken { id, generation, command: metadata.command_id, at: metadata.at })
        });
        taken.map_err(|error| event.unreadable(&error))
    });
    taken.try_collect().await
}
