//! What is done with one kind of thing: commands are sent, views shown, lists read to their end.

use std::io::Write;
use std::time::Duration;

use clap::ArgMatches;
use prost::Message;
use prost_reflect::{DynamicMessage, MessageDescriptor, Value};
use verdict_contract::{Kind, Listing, Read, Verb};
use verdict_proto::v1 as pb;

use super::client::{Client, PAGE};
use super::columns::{self, field_of};
use super::output::{self, Format, escaped};
use super::request::{self, Around};
use super::view::{self, Document};
use super::{clock, composed, grammar};
use crate::failure::Failure;

mod waiting;

/// Between two looks of who watches.
const GLANCE: Duration = Duration::from_secs(1);

/// Where answers go and how.
pub struct Shown<'o> {
    pub format: Format,
    pub out: &'o mut dyn Write,
}

/// Runs the verb that was typed.
pub async fn run(
    kind: &Kind,
    matches: &ArgMatches,
    client: &Client,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    let Some((word, matches)) = matches.subcommand() else {
        return Err(Failure::usage(format!("say what to do with the {}", kind.name)));
    };
    let format = shown.format;
    if let Some(list) = kind.list.as_ref().filter(|_| word == "list") {
        client.not_dry("a verb that only reads")?;
        return watched(matches, shown, async || listed(kind, list, matches, client, format).await).await;
    }
    if let Some(read) = kind.reads.iter().find(|read| read.word == word) {
        client.not_dry("a verb that only reads")?;
        waiting::reached(kind, &request::thing(matches), "", matches, client).await?;
        return watched(matches, shown, async || looked_at(kind, read, matches, client, format).await).await;
    }
    if let Some(verb) = kind.for_people().find(|verb| verb.word == word) {
        return command(kind, verb, matches, client, shown).await;
    }
    composed::alone(&kind.name, word, matches, client, shown).await
}

/// Sends a command, with what goes before and after it.
async fn command(
    kind: &Kind,
    verb: &Verb,
    matches: &ArgMatches,
    client: &Client,
    shown: &mut Shown<'_>,
) -> Result<(), Failure> {
    let now =
        if request::needs_the_time(kind, verb, matches) { Some(clock::now(client).await?) } else { None };
    let mut around = Around { now, stdin: &mut std::io::stdin() };
    let take_over = grammar::takes_over(verb) && matches.get_flag(grammar::TAKE_OVER);
    let meta = client.meta().map(|meta| pb::CommandMeta { take_over, ..meta });
    let mut request = request::of(kind, verb, matches, meta, &mut around)?;
    composed::before(&kind.name, verb, &mut request, matches, client).await?;
    let reply = client.unary(&kind.context, &kind.execute, request.encode_to_vec()).await;
    let reply = reply.map_err(|failure| in_words_of_the_line(failure, kind, verb))?;
    let reply = pb::CommandReply::decode(reply.as_slice()).map_err(|_| unread(&kind.name))?;
    output::reply(shown.out, shown.format, &reply)?;
    if let Some(pb::command_reply::Outcome::Accepted(accepted)) = &reply.outcome {
        waiting::reached(kind, &accepted.id, &accepted.position, matches, client).await?;
    }
    composed::after(&kind.name, &verb.word, matches, client, shown).await
}

/// The platform names fields of the contracts; whoever typed the line knows its options.
fn in_words_of_the_line(failure: Failure, kind: &Kind, verb: &Verb) -> Failure {
    let Failure::Request(text) = failure else { return failure };
    let named = text.split_once("(field ").and_then(|(_, behind)| behind.split_once(')'));
    let option = named.and_then(|(field, _)| request::option_of(kind, verb, field));
    Failure::Request(match (named, option) {
        (Some((field, _)), Some(option)) => {
            text.replacen(&format!("(field {field})"), &format!("({option})"), 1)
        }
        _ => text,
    })
}

fn unread(what: &str) -> Failure {
    Failure::Fault(format!("the platform's answer about a {what} cannot be read: is it of another version?"))
}

/// Prints what `look` sees, and with `--watch` again whenever that changes.
async fn watched<L: AsyncFnMut() -> Result<String, Failure>>(
    matches: &ArgMatches,
    shown: &mut Shown<'_>,
    mut look: L,
) -> Result<(), Failure> {
    let mut last = look().await?;
    write!(shown.out, "{last}")?;
    if !matches.get_flag("watch") {
        return Ok(());
    }
    shown.out.flush()?;
    loop {
        tokio::time::sleep(GLANCE).await;
        let seen = look().await?;
        if seen != last {
            let separator = if shown.format == Format::Yaml { "---\n" } else { "\n" };
            write!(shown.out, "{separator}{seen}")?;
            shown.out.flush()?;
            last = seen;
        }
    }
}

/// One thing, in full.
async fn looked_at(
    kind: &Kind,
    read: &Read,
    matches: &ArgMatches,
    client: &Client,
    format: Format,
) -> Result<String, Failure> {
    let view = found(kind, read, &request::thing(matches), client).await?;
    let mut out = Vec::new();
    match format {
        Format::Json | Format::Yaml => output::document(&mut out, format, &Document(&view))?,
        Format::Name => named(&mut out, std::slice::from_ref(&view))?,
        Format::Table | Format::Wide if composed::told(&kind.name, &read.word, &view, &mut out)? => {}
        Format::Table | Format::Wide => view::describe(&mut out, &view)?,
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn named(out: &mut dyn Write, views: &[DynamicMessage]) -> Result<(), Failure> {
    for name in columns::names(views) {
        writeln!(out, "{}", escaped(&name))?;
    }
    Ok(())
}

/// The thing of this key, id, or beginning of one that no other has.
async fn found(kind: &Kind, read: &Read, thing: &str, client: &Client) -> Result<DynamicMessage, Failure> {
    let failure = match view_of(kind, read, thing, "", client).await {
        Ok(view) => return Ok(view),
        Err(failure) => failure,
    };
    let may_begin = thing.len() >= 4 && !thing.contains('/');
    let Some(list) = kind.list.as_ref().filter(|_| may_begin && matches!(failure, Failure::Request(_)))
    else {
        return Err(failure);
    };
    let all = all(kind, list, &Narrowed::default(), client).await?;
    let begins = |view: &DynamicMessage| {
        let begin = |field| field_of(view, field).to_lowercase().starts_with(&thing.to_lowercase());
        begin("id") || begin("key")
    };
    let begun: Vec<DynamicMessage> = all.into_iter().filter(begins).collect();
    match begun.as_slice() {
        [] => Err(failure),
        [one] => view_of(kind, read, &field_of(one, "id"), "", client).await,
        several => Err(Failure::Request(format!(
            "{} {} begin with {thing}: {}",
            several.len(),
            grammar::several(kind),
            columns::names(several).join(", ")
        ))),
    }
}

/// The id of the thing of a kind that somebody calls by its key, its id or the beginning of one.
pub async fn id_of(kind: &str, thing: &str, client: &Client) -> Result<String, Failure> {
    let known = super::contract::kind(kind).and_then(|kind| Some((kind, kind.reads.first()?)));
    let (kind, read) = known.ok_or_else(|| unread(kind))?;
    found(kind, read, thing, client).await.map(|view| field_of(&view, "id"))
}

/// What a read answers about a thing.
pub async fn view_of(
    kind: &Kind,
    read: &Read,
    thing: &str,
    at_least: &str,
    client: &Client,
) -> Result<DynamicMessage, Failure> {
    let request = pb::GetRequest { at_least: at_least.to_owned(), ..client.get(thing) };
    let view = client.unary(&kind.context, &read.path, request.encode_to_vec()).await?;
    decoded(&read.view, &view, &kind.name)
}

fn decoded(of: &MessageDescriptor, bytes: &[u8], what: &str) -> Result<DynamicMessage, Failure> {
    DynamicMessage::decode(of.clone(), bytes).map_err(|_| unread(what))
}

/// What a list is narrowed to.
#[derive(Debug, Default)]
struct Narrowed {
    of: String,
    states: Vec<String>,
    limit: Option<u32>,
}

impl Narrowed {
    fn by(matches: &ArgMatches) -> Self {
        let texts = |id| matches.try_get_many::<String>(id).ok().flatten().into_iter().flatten().cloned();
        Self {
            of: texts("of").next().unwrap_or_default(),
            states: texts("state").map(|state| state.replace('-', "_")).collect(),
            limit: matches.get_one::<u32>("limit").copied(),
        }
    }

    fn admits(&self, view: &DynamicMessage) -> bool {
        self.states.is_empty() || self.states.contains(&field_of(view, "state"))
    }

    /// Whether so many are enough.
    fn is_full(&self, count: usize) -> bool {
        self.limit.is_some_and(|limit| u32::try_from(count).is_ok_and(|count| count >= limit))
    }
}

async fn listed(
    kind: &Kind,
    list: &Listing,
    matches: &ArgMatches,
    client: &Client,
    format: Format,
) -> Result<String, Failure> {
    let views = all(kind, list, &Narrowed::by(matches), client).await?;
    let mut out = Vec::new();
    match format {
        Format::Json | Format::Yaml => {
            output::document(&mut out, format, &views.iter().map(Document).collect::<Vec<_>>())?;
        }
        Format::Name => named(&mut out, &views)?,
        Format::Table | Format::Wide => {
            let none = DynamicMessage::new(list.view.clone());
            let columns = columns::columns(&kind.name, format == Format::Wide, &none);
            let head: Vec<&str> = columns.iter().map(|column| column.head.as_str()).collect();
            let row = |view| columns.iter().map(|column| column.cell(view)).collect();
            output::table(&mut out, &head, &views.iter().map(row).collect::<Vec<_>>())?;
        }
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// The things that a list holds, page by page to its end or to as many as are wanted.
async fn all(
    kind: &Kind,
    list: &Listing,
    narrowed: &Narrowed,
    client: &Client,
) -> Result<Vec<DynamicMessage>, Failure> {
    let mut request = pb::ListRequest {
        org: client.org().to_owned(),
        team: client.team().to_owned(),
        first: PAGE,
        of: narrowed.of.clone(),
        ..pb::ListRequest::default()
    };
    let mut all = Vec::new();
    while !narrowed.is_full(all.len()) {
        let page = client.unary(&kind.context, &list.path, request.encode_to_vec()).await?;
        let page = decoded(&list.page, &page, &kind.name)?;
        let next = field_of(&page, "next");
        let Value::List(items) = page.get_field(&list.items).into_owned() else { break };
        for view in items.into_iter().filter_map(|item| item.as_message().cloned()) {
            if narrowed.admits(&view) && !narrowed.is_full(all.len()) {
                all.push(view);
            }
        }
        if next.is_empty() {
            break;
        }
        request.after = next;
    }
    Ok(all)
}

/// What things of a kind are called, for whoever completes a line.
pub async fn names(kind: &Kind, client: &Client) -> Result<Vec<String>, Failure> {
    let Some(list) = &kind.list else { return Ok(Vec::new()) };
    let views = all(kind, list, &Narrowed::default(), client).await?;
    Ok(columns::names(&views))
}
