//! `verdict dlq`: look at dead letters, send them again after a fix, throw them away.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use verdict_adapters::rabbit::dead_letters::{DeadLetter, DeadLetters};
use verdict_runtime::bus::BusError;

use super::output::{self, Failure, Format};
use crate::platform::service::Service;

/// Where the broker is.
#[derive(Debug, Args)]
pub struct Broker {
    /// The broker: amqp://user:password@host:port/vhost
    #[arg(long = "amqp", env = "VERDICT_AMQP_URL", hide_env_values = true)]
    url: String,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Dead letters of one queue, or of every queue of the platform; they stay where they are
    List {
        #[command(flatten)]
        broker: Broker,
        /// The queue that they died in, as in rollouts.on.metrics
        #[arg(long)]
        queue: Option<String>,
        /// Look at no more than so many of each queue
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// One dead letter with its headers and payload
    Show {
        #[command(flatten)]
        broker: Broker,
        /// The queue that it died in, as in rollouts.on.metrics
        #[arg(long)]
        queue: String,
        /// Look at no more than so many
        #[arg(long, default_value_t = 10_000)]
        limit: u32,
        /// The id of the message
        id: String,
    },
    /// Send dead letters back to the queue that they died in
    Replay {
        #[command(flatten)]
        broker: Broker,
        /// The queue that it died in, as in rollouts.on.metrics
        #[arg(long)]
        queue: String,
        /// Only the message with this id
        #[arg(long)]
        id: Option<String>,
    },
    /// Throw all dead letters of a queue away
    Purge {
        #[command(flatten)]
        broker: Broker,
        /// The queue that it died in, as in rollouts.on.metrics
        #[arg(long)]
        queue: String,
        /// They are gone for good
        #[arg(long)]
        yes: bool,
    },
}

impl From<BusError> for Failure {
    fn from(error: BusError) -> Self {
        match error {
            BusError::Full(_) => Self::Request(error.to_string()),
            BusError::Unavailable(_) => Self::Unavailable(error.to_string()),
        }
    }
}

/// Runs the verb.
pub async fn run(verb: Verb, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        Verb::List { broker, queue, limit } => list(&letters_at(&broker)?, queue, limit, format, out).await,
        Verb::Show { broker, queue, limit, id } => {
            let letters = letters_at(&broker)?;
            exists(&letters, &queue).await?;
            let found = letters.peek(&queue, limit).await?.into_iter().find(|letter| letter.message.id == id);
            let letter = found.ok_or_else(|| unknown(&queue, &id))?;
            output::document(out, as_document(format), &view(&queue, &letter, true))
        }
        Verb::Replay { broker, queue, id } => {
            let letters = letters_at(&broker)?;
            exists(&letters, &queue).await?;
            let replayed = letters.replay(&queue, id.as_deref()).await?;
            if let Some(id) = id.filter(|_| replayed.is_empty()) {
                return Err(unknown(&queue, &id));
            }
            told(out, format, &queue, "replayed", replayed.len())
        }
        Verb::Purge { yes: false, .. } => {
            Err(Failure::usage("dead letters that are purged are gone; say --yes, or replay them"))
        }
        Verb::Purge { broker, queue, yes: true } => {
            let letters = letters_at(&broker)?;
            exists(&letters, &queue).await?;
            let purged = letters.purge(&queue).await?;
            told(out, format, &queue, "purged", purged as usize)
        }
    }
}

fn letters_at(broker: &Broker) -> Result<DeadLetters, Failure> {
    DeadLetters::connect(&broker.url).map_err(|error| Failure::usage(error.to_string()))
}

fn unknown(queue: &str, id: &str) -> Failure {
    Failure::Request(format!(
        "'{queue}' has no dead letter {id}; see verdict dlq list --queue {queue} --amqp <url>"
    ))
}

/// A queue that is not there is a mistake and not an empty list.
async fn exists(letters: &DeadLetters, queue: &str) -> Result<(), Failure> {
    match letters.count(queue).await? {
        Some(_) => Ok(()),
        None => Err(Failure::Request(format!(
            "the broker has no queue '{queue}'; queues are named <consumer>.on.<context>, as rollouts.on.metrics"
        ))),
    }
}

async fn list(
    letters: &DeadLetters,
    queue: Option<String>,
    limit: u32,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if let Some(queue) = &queue {
        exists(letters, queue).await?;
    }
    let mut found = Vec::new();
    for queue in queue.map_or_else(Service::queues, |queue| vec![queue]) {
        if letters.count(&queue).await?.is_some_and(|count| count > 0) {
            let peeked = letters.peek(&queue, limit).await?;
            found.extend(peeked.into_iter().map(|letter| (queue.clone(), letter)));
        }
    }
    if format.is_document() {
        let views: Vec<Value> = found.iter().map(|(queue, letter)| view(queue, letter, false)).collect();
        return output::document(out, format, &views);
    }
    let row = |(queue, letter): &(String, DeadLetter)| {
        let DeadLetter { message, reason, count, .. } = letter;
        let count = count.to_string();
        vec![queue.clone(), message.id.clone(), message.routing_key.clone(), reason.clone(), count]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    output::table(out, &["QUEUE", "ID", "ROUTING KEY", "REASON", "COUNT"], &rows)
}

/// A letter is shown whole, and a row has no room for that.
const fn as_document(format: Format) -> Format {
    if format.is_document() { format } else { Format::Json }
}

fn view(queue: &str, letter: &DeadLetter, whole: bool) -> Value {
    let DeadLetter { message, exchange, reason, count } = letter;
    let mut view = json!({
        "queue": queue, "id": message.id, "type": message.event_type, "routingKey": message.routing_key,
        "exchange": exchange, "reason": reason, "count": count,
    });
    if whole {
        view["headers"] = json!(message.headers);
        // What is not JSON may be why the letter died, and is shown as it is.
        view["body"] = serde_json::from_slice(&message.body)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&message.body).into_owned()));
    }
    view
}

fn told(out: &mut dyn Write, format: Format, queue: &str, what: &str, count: usize) -> Result<(), Failure> {
    if format.is_document() {
        return output::document(out, format, &json!({ "queue": queue, what: count }));
    }
    writeln!(out, "{queue}: {count} {what}")?;
    Ok(())
}
