//! From the request to the domain: every field is checked here, once, and what is secret leaves it sealed.

use verdict_kernel::id::SinkId;
use verdict_kernel::key::Key;
use verdict_proto::sinks::v1 as pb;
use verdict_proto::sinks::v1::sink_request::Command as Asked;
use verdict_runtime::desk::Desk;
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{self, NAMES, chosen, each, id, name, optional_name, text};
use verdict_runtime::grpc;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};
use verdict_sinks_domain::notice::Kind;
use verdict_sinks_domain::sink::{Command, Definition, Format, PauseCause, Target};
use verdict_sinks_wire::sink::{SinkWire, read_format};

use crate::vault::{Address, Purpose, Vault, VaultError};

/// Where somebody wants a sink to send.
pub(super) struct Place {
    pub(super) field: &'static str,
    pub(super) address: Address,
    /// Scheme, host and port.
    shown: String,
}

/// A command whose secrets are not sealed yet.
pub(super) struct Unsealed {
    envelope: Envelope,
    id: SinkId,
    key: Option<Key>,
    wish: Wish,
}

enum Wish {
    Define(Format, Vec<Kind>),
    Move,
    Rotate,
    Plain(Command),
}

/// A valid command and what it is about.
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: SinkId,
    pub(super) key: Option<Key>,
    pub(super) command: Command,
}

impl Unsealed {
    /// The command, and the signing secret that it makes.
    pub(super) fn seal(
        self,
        vault: &Vault,
        place: Option<Place>,
    ) -> Result<(Checked, Option<String>), VaultError> {
        let Self { envelope, id, key, wish } = self;
        let name = id.to_string();
        let target = |place: Option<Place>| {
            let Place { address, shown, .. } = place.ok_or(VaultError::Foreign)?;
            Ok(Target { place: shown, sealed: vault.seal_address(&name, &address)? })
        };
        let secret = || {
            let secret = Vault::new_secret()?;
            Ok((vault.seal(&name, Purpose::Secret, &secret)?, Some(secret)))
        };
        let (command, secret) = match wish {
            Wish::Define(format, kinds) => {
                let (sealed, secret) = secret()?;
                let target = target(place)?;
                (Command::Define(Definition { format, target, secret: sealed, kinds }), secret)
            }
            Wish::Move => (Command::Move(target(place)?), None),
            Wish::Rotate => {
                let (sealed, secret) = secret()?;
                (Command::RotateSecret { secret: sealed }, secret)
            }
            Wish::Plain(command) => (command, None),
        };
        Ok((Checked { envelope, id, key, command }, secret))
    }
}

/// Keys become ids before the payload is hashed: however a thing is called, it is the same command.
pub(super) async fn call_by_id(desk: &Desk<SinkWire>, request: &mut pb::SinkRequest) -> Result<(), Problem> {
    let pb::SinkRequest { meta, sink_id, .. } = request;
    desk.resolve("sink_id", Caller::of(meta.as_ref()), sink_id).await
}

pub(super) fn extract(mut request: pb::SinkRequest) -> Result<(Unsealed, Option<Place>), Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.sink_id, &request)?;
    let asked = fields::command(request.command)?;
    let (id, key) = if let Asked::Define(define) = &asked {
        if !request.sink_id.is_empty() {
            let detail = "a sink gets its id when it is defined";
            return Err(Problem::field(Code::InvalidField, "sink_id", detail).hint("leave it empty"));
        }
        (SinkId::created_by(envelope.command_id), naming::key("define.key", &define.key)?)
    } else {
        (id("sink_id", &request.sink_id)?, None)
    };
    let (wish, place) = wish(asked)?;
    Ok((Unsealed { envelope, id, key, wish }, place))
}

fn wish(asked: Asked) -> Result<(Wish, Option<Place>), Problem> {
    Ok(match asked {
        Asked::Define(define) => {
            let format = format(define.format)?;
            let token = optional_name("define.token", &define.token)?;
            if format == Format::Pagerduty && token.is_empty() {
                return Err(fields::missing("define.token").hint("the routing key of the integration"));
            }
            let kinds = each("define.kinds", NAMES, &define.kinds, |field, word| kind(field, word))?;
            (Wish::Define(format, kinds), Some(place("define.url", &define.url, token)?))
        }
        Asked::Move(to) => {
            let token = optional_name("move.token", &to.token)?;
            (Wish::Move, Some(place("move.url", &to.url, token)?))
        }
        Asked::Pause(_) => (Wish::Plain(Command::Pause(PauseCause::Person)), None),
        Asked::Resume(_) => (Wish::Plain(Command::Resume), None),
        Asked::RotateSecret(_) => (Wish::Rotate, None),
        Asked::Remove(_) => (Wish::Plain(Command::Remove), None),
        Asked::Redeliver(again) => {
            let letters =
                each("redeliver.letters", NAMES, &again.letters, |field, given| name(field, given))?;
            (Wish::Plain(Command::Redeliver { letters }), None)
        }
    })
}

/// Nothing said = the format of Standard Webhooks.
fn format(number: i32) -> Result<Format, Problem> {
    let word = pb::Format::try_from(number).ok();
    let word = word.map(|word| if word == pb::Format::Unspecified { pb::Format::Standard } else { word });
    chosen(
        "define.format",
        word.and_then(read_format),
        "standard, slack, teams, pagerduty, alertmanager, plain",
    )
}

fn kind(field: &str, word: &str) -> Result<Kind, Problem> {
    let word = word.trim().replace('-', "_");
    let known = Kind::ALL.into_iter().find(|kind| kind.as_str() == word);
    chosen(field, known, &Kind::ALL.map(Kind::as_str).join(", "))
}

fn place(field: &'static str, url: &str, token: String) -> Result<Place, Problem> {
    let url = text(field, url)?;
    let invalid = |detail: &str| Problem::field(Code::InvalidField, field, detail).hint("https://host/path");
    let (scheme, rest) = url.split_once("://").ok_or_else(|| invalid("the address has no scheme"))?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return Err(invalid("the address is neither https nor http"));
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.is_empty() {
        return Err(invalid("the address names no host"));
    }
    // Whoever logs in that way shows the password wherever the host is shown.
    if authority.contains('@') {
        return Err(invalid("the address holds a user name; a token is given beside it"));
    }
    let shown = format!("{scheme}://{authority}");
    Ok(Place { field, address: Address { url, token }, shown })
}
