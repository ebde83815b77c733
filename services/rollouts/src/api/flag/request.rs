//! From the request to the domain: every field is checked here, once.

use verdict_kernel::id::FlagId;
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command as Asked;
use verdict_rollouts_domain::audience::Audience;
use verdict_rollouts_domain::flag::{Command, Identity, Place, SetExposure, StageExposure, Variant};
use verdict_runtime::execute::Envelope;
use verdict_runtime::grpc;
use verdict_runtime::problem::{Code, Problem};

use crate::api::fields::{counted, id, optional_id, text, time};
use crate::wire::audience;
use crate::wire::flag::read_kind;

/// Most members, accounts and attribute values of one audience.
const LARGEST: usize = 1000;

/// A valid command and what it is about.
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: FlagId,
    pub(super) creates: bool,
    pub(super) command: Command,
}

pub(super) fn extract(mut request: pb::FlagRequest) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let envelope = grpc::envelope(meta, &request.flag_id, &request)?;
    let asked = request
        .command
        .ok_or_else(|| Problem::field(Code::MissingField, "command", "the request holds no command"))?;
    let command = command(asked)?;
    let creates = matches!(command, Command::Create { .. });
    let id = if creates {
        if !request.flag_id.is_empty() {
            let detail = "a flag gets its id when it is created";
            return Err(Problem::field(Code::InvalidField, "flag_id", detail).hint("leave it empty"));
        }
        FlagId::created_by(envelope.command_id)
    } else {
        id("flag_id", &request.flag_id)?
    };
    Ok(Checked { envelope, id, creates, command })
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Create(create) => self::create(create)?,
        Asked::SetExposure(wish) => set_exposure(wish)?,
        Asked::Narrow(narrow) => Command::Narrow {
            place: Place {
                rollout: id("narrow.rollout_id", &narrow.rollout_id)?,
                stage: text("narrow.stage", &narrow.stage)?,
                stage_index: narrow.stage_index,
                attempt: counted("narrow.attempt", narrow.attempt)?,
            },
            cause: text("narrow.cause", &narrow.cause)?,
            critical: narrow.critical,
        },
        Asked::TurnOff(off) => Command::TurnOff {
            rollout: optional_id("turn_off.rollout_id", &off.rollout_id)?,
            cause: off.cause,
        },
        Asked::ReleaseHold(_) => Command::ReleaseHold,
        Asked::Kill(_) => Command::Kill,
        Asked::Revive(_) => Command::Revive,
        Asked::ScheduleCleanup(schedule) => {
            Command::ScheduleCleanup { due: time("schedule_cleanup.due", &schedule.due)? }
        }
        Asked::RaiseCleanupDue(_) => Command::RaiseCleanupDue,
        // An empty attestation is refused by rule F5, not here.
        Asked::ConfirmRemoved(confirm) => Command::ConfirmRemoved { attestation: confirm.attestation },
        Asked::Archive(_) => Command::Archive,
    })
}

fn create(create: pb::CreateFlag) -> Result<Command, Problem> {
    let kind = read_kind(create.kind).ok_or_else(|| {
        Problem::field(Code::MissingField, "create.kind", "the kind is not given")
            .hint("release, ops or permission")
    })?;
    let key = text("create.key", &create.key)?;
    let or = |given: String, default: &str| {
        if given.is_empty() { default.to_owned() } else { given }
    };
    let variants = variants(create.variants)?;
    let on_variant = chosen("create.on_variant", or(create.on_variant, "on"), &variants)?;
    let off_variant = chosen("create.off_variant", or(create.off_variant, "off"), &variants)?;
    let cleanup_on = (!create.cleanup_on.is_empty()).then(|| time("create.cleanup_on", &create.cleanup_on));
    Ok(Command::Create {
        identity: Identity {
            // As flagd does it, so that a share means the same users in both.
            salt: key.clone(),
            key,
            environment: text("create.environment", &create.environment)?,
            kind,
            owner: create.owner.trim().to_owned(),
            unit: or(create.unit, "targetingKey"),
            variants,
            on_variant,
            off_variant,
        },
        cleanup_on: cleanup_on.transpose()?,
    })
}

fn variants(given: Vec<pb::Variant>) -> Result<Vec<Variant>, Problem> {
    let variant = |name: &str, value: &str| Variant { name: name.to_owned(), value: value.to_owned() };
    if given.is_empty() {
        return Ok(vec![variant("on", "true"), variant("off", "false")]);
    }
    let mut variants: Vec<Variant> = Vec::with_capacity(given.len());
    for (index, message) in given.into_iter().enumerate() {
        let name = text(&format!("create.variants[{index}].name"), &message.name.unwrap_or_default())?;
        let field = format!("create.variants[{index}].value");
        let value = text(&field, &message.value.unwrap_or_default())?;
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&value) {
            let detail = format!("the value of '{name}' is not JSON: {error}");
            return Err(Problem::field(Code::InvalidField, field, detail));
        }
        if variants.iter().any(|known| known.name == name) {
            let field = format!("create.variants[{index}].name");
            return Err(Problem::field(Code::InvalidField, field, format!("'{name}' is there twice")));
        }
        variants.push(variant(&name, &value));
    }
    Ok(variants)
}

fn chosen(field: &str, name: String, variants: &[Variant]) -> Result<String, Problem> {
    if variants.iter().any(|variant| variant.name == name) {
        return Ok(name);
    }
    let names: Vec<_> = variants.iter().map(|variant| variant.name.as_str()).collect();
    Err(Problem::field(Code::InvalidField, field, format!("'{name}' is not a variant"))
        .hint(format!("one of {}", names.join(", "))))
}

fn set_exposure(wish: pb::SetExposure) -> Result<Command, Problem> {
    let audience = self::audience(wish.audience)?;
    let stage = match optional_id("set_exposure.rollout_id", &wish.rollout_id)? {
        None => None,
        Some(rollout) => Some(StageExposure {
            place: Place {
                rollout,
                stage: text("set_exposure.stage", &wish.stage)?,
                stage_index: wish.stage_index,
                attempt: counted("set_exposure.attempt", wish.attempt)?,
            },
            revision: counted("set_exposure.rollout_revision", wish.rollout_revision)?,
        }),
    };
    Ok(Command::SetExposure(SetExposure {
        audience,
        stage,
        // Looked up when the command is decided.
        owner_runs: true,
    }))
}

fn audience(message: Option<pb::Audience>) -> Result<Audience, Problem> {
    let field = "set_exposure.audience";
    let message =
        message.ok_or_else(|| Problem::field(Code::MissingField, field, "the audience is not given"))?;
    let values: usize = message.attributes.iter().map(|rule| rule.values.len()).sum();
    let names = message.members.len() + message.accounts.len() + values;
    if names > LARGEST {
        let detail = format!("the audience names {names} users, accounts and values, more than {LARGEST}");
        return Err(Problem::field(Code::TooLarge, field, detail));
    }
    audience::decode(message).map_err(|error| Problem::field(Code::InvalidField, field, error.to_string()))
}
