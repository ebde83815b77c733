//! How a letter is written for whoever receives it, and signed.
//!
//! Every format carries the headers of Standard Webhooks, so that a receiver of one's own can check them whatever it reads.

use serde_json::{Value, json};
use verdict_kernel::clock::Timestamp;
use verdict_kernel::id::SinkId;
use verdict_sinks_domain::notice::Severity;
use verdict_sinks_domain::sink::{Format, Sink};

use crate::courier::Post;
use crate::letter::Letter;
use crate::vault::{Address, Purpose, Vault, VaultError, signature};

/// Longest line of a header in a chat, in characters.
const TITLE: usize = 140;
/// Most lines that a chat shows; Slack takes 50 blocks of a message.
const LINES: usize = 40;

/// One attempt to deliver `letter` to where `sink` is, signed with what signs for it now.
pub fn unsealed(
    vault: &Vault,
    id: SinkId,
    sink: &Sink,
    letter: &Letter,
    now: Timestamp,
) -> Result<Post, VaultError> {
    let id = id.to_string();
    let address = vault.open_address(&id, &sink.definition.target.sealed)?;
    let secrets = sink.secrets(now).into_iter().map(|secret| vault.open(&id, Purpose::Secret, secret));
    write(sink.definition.format, letter, &address, &secrets.collect::<Result<Vec<_>, _>>()?, now)
}

/// One attempt to deliver `letter`: signed with each of `secrets`, the newest first, at the time `now`.
pub fn write(
    format: Format,
    letter: &Letter,
    address: &Address,
    secrets: &[String],
    now: Timestamp,
) -> Result<Post, VaultError> {
    let (content, body) = body(format, letter, address);
    let seconds = now.as_second();
    let signed = secrets.iter().map(|secret| signature(secret, &letter.id, seconds, &body));
    let signatures = signed.collect::<Result<Vec<_>, _>>()?.join(" ");
    let mut headers = vec![
        ("content-type", content.to_owned()),
        ("webhook-id", letter.id.clone()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures),
    ];
    if !address.token.is_empty() && format != Format::Pagerduty {
        headers.push(("authorization", format!("Bearer {}", address.token)));
    }
    Ok(Post { url: address.url.clone(), headers, body })
}

fn body(format: Format, letter: &Letter, address: &Address) -> (&'static str, Vec<u8>) {
    const JSON: &str = "application/json";
    let bytes = |value: Value| value.to_string().into_bytes();
    match format {
        Format::Standard => ("application/cloudevents+json", bytes(cloud_event(letter))),
        Format::Slack => (JSON, bytes(slack(letter))),
        Format::Teams => (JSON, bytes(teams(letter))),
        Format::Pagerduty => (JSON, bytes(pagerduty(letter, &address.token))),
        Format::Alertmanager => (JSON, bytes(alertmanager(letter))),
        Format::Plain => ("text/plain; charset=utf-8", plain(letter).into_bytes()),
    }
}

/// CloudEvents 1.0 in structured mode.
fn cloud_event(letter: &Letter) -> Value {
    let mut event = json!({
        "specversion": "1.0",
        "id": letter.id,
        "type": format!("dev.verdict.notice.{}.v1", letter.kind),
        "source": format!("/verdict/orgs/{}", letter.org),
        "subject": letter.thread,
        "time": letter.at.to_string(),
        "datacontenttype": "application/json",
        "data": {
            "kind": letter.kind,
            "severity": letter.severity.as_str(),
            "thread": letter.thread,
            "subject": letter.subject,
            "sentences": letter.lines,
            "facts": facts(letter),
            "next": letter.next,
        },
    });
    if letter.sequence > 0
        && let Some(event) = event.as_object_mut()
    {
        event.insert("sequence".to_owned(), json!(letter.sequence.to_string()));
    }
    event
}

fn facts(letter: &Letter) -> Value {
    let each = letter.facts.iter().map(|(label, fact)| ((*label).to_owned(), json!(fact)));
    Value::Object(each.collect())
}

/// Block Kit, with a text for where blocks are not shown.
fn slack(letter: &Letter) -> Value {
    let section = |text: String| json!({"type": "section", "text": {"type": "mrkdwn", "text": text}});
    let mut blocks = vec![json!({"type": "header", "text": {"type": "plain_text", "text": title(letter)}})];
    blocks.extend(shown(letter).map(|line| section(escaped(&line))));
    if !letter.facts.is_empty() {
        let field = |(label, fact): &(&str, String)| json!({"type": "mrkdwn", "text": format!("*{label}*\n{}", escaped(fact))});
        blocks.push(json!({"type": "section", "fields": letter.facts.iter().map(field).collect::<Vec<_>>()}));
    }
    let next = json!({"type": "mrkdwn", "text": format!("`{}`", escaped(&letter.next))});
    blocks.push(json!({"type": "context", "elements": [next]}));
    json!({"text": escaped(&plain(letter)), "blocks": blocks})
}

/// What Slack takes for control characters.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// An adaptive card for a workflow that waits for a webhook.
fn teams(letter: &Letter) -> Value {
    let text = |text: String| json!({"type": "TextBlock", "wrap": true, "text": text});
    let mut body =
        vec![json!({"type": "TextBlock", "wrap": true, "weight": "Bolder", "text": title(letter)})];
    body.extend(shown(letter).map(text));
    if !letter.facts.is_empty() {
        let fact = |(label, fact): &(&str, String)| json!({"title": label, "value": fact});
        body.push(json!({"type": "FactSet", "facts": letter.facts.iter().map(fact).collect::<Vec<_>>()}));
    }
    body.push(json!({"type": "TextBlock", "isSubtle": true, "fontType": "Monospace", "text": letter.next}));
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    });
    json!({
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    })
}

/// Events API version 2. What has the same thread and kind is one alert.
fn pagerduty(letter: &Letter, routing_key: &str) -> Value {
    let severity = match letter.severity {
        Severity::Page => "critical",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    json!({
        "routing_key": routing_key,
        "event_action": "trigger",
        "dedup_key": format!("verdict/{}/{}/{}", letter.org, letter.thread, letter.kind),
        "payload": {
            "summary": cut(&letter.text(), 1_024),
            "source": format!("verdict/{}", letter.org),
            "severity": severity,
            "timestamp": letter.at.to_string(),
            "component": letter.subject,
            "class": letter.kind,
            "custom_details": {"facts": facts(letter), "next": letter.next},
        },
    })
}

/// Alerts of the API version 2; they resolve by themselves when the Alertmanager hears no more of them.
fn alertmanager(letter: &Letter) -> Value {
    json!([{
        "labels": {
            "alertname": format!("Verdict_{}", letter.kind),
            "severity": letter.severity.as_str(),
            "org": letter.org,
            "thread": letter.thread,
        },
        "annotations": {
            "summary": letter.text(),
            "subject": letter.subject,
            "next": letter.next,
        },
        "startsAt": letter.at.to_string(),
    }])
}

fn plain(letter: &Letter) -> String {
    letter.text()
}

fn title(letter: &Letter) -> String {
    cut(&format!("{}: {}", letter.kind.replace('_', " "), letter.subject), TITLE)
}

fn shown(letter: &Letter) -> impl Iterator<Item = String> {
    let over = letter.lines.len().saturating_sub(LINES);
    let more = (over > 0).then(|| format!("and {over} more"));
    letter.lines.iter().take(LINES).cloned().chain(more)
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests;
