//! From the request to the domain: every field is checked here, once.

use verdict_kernel::id::FlagId;
use verdict_kernel::key::{self, Key};
use verdict_proto::rollouts::v1 as pb;
use verdict_proto::rollouts::v1::flag_request::Command as Asked;
use verdict_rollouts_domain::audience::Audience;
use verdict_rollouts_domain::flag::hold::RESTORED;
use verdict_rollouts_domain::flag::{
    Command, Hold, HoldKind, Identity, Place, Release, SetExposure, StageExposure, Variant,
};
use verdict_rollouts_wire::audience::AudienceMessage;
use verdict_rollouts_wire::flag::{read_hold_kind, read_kind};
use verdict_runtime::execute::Envelope;
use verdict_runtime::fields::{self, counted, id, name, optional_id, present, text, time};
use verdict_runtime::grpc;
use verdict_runtime::naming::{self, Caller};
use verdict_runtime::problem::{Code, Problem};
use verdict_stored::field::Field;

/// Most members, accounts and attribute values of one audience.
const LARGEST: usize = 1000;

/// A valid command and what it is about.
pub(super) struct Checked {
    pub(super) envelope: Envelope,
    pub(super) id: FlagId,
    pub(super) creates: bool,
    pub(super) command: Command,
}

/// Keys become ids before the payload is hashed: however a flag is named, it is the same command.
pub(super) fn extract(mut request: pb::FlagRequest) -> Result<Checked, Problem> {
    let meta = request.meta.take();
    let org = Caller::of(meta.as_ref()).org.to_owned();
    let environment = std::mem::take(&mut request.environment);
    let id = match fields::command(request.command.as_mut())? {
        Asked::Create(create) => {
            if !request.flag_id.is_empty() {
                let detail = "a flag gets its id from its key";
                return Err(Problem::field(Code::InvalidField, "flag_id", detail).hint("leave it empty"));
            }
            reserved(&org, &environment, create)?
        }
        _ => naming::flag("flag_id", &org, &environment, &request.flag_id)?,
    };
    request.flag_id = id.to_string();
    let envelope = grpc::envelope(meta, &request.flag_id, &request)?;
    let command = command(fields::command(request.command)?)?;
    let creates = matches!(command, Command::Create { .. });
    Ok(Checked { envelope, id, creates, command })
}

/// The id that the key of a new flag has, whose environment is said once.
fn reserved(org: &str, environment: &str, create: &mut pb::CreateFlag) -> Result<FlagId, Problem> {
    let invalid = |field: &str, error: &dyn std::fmt::Display| {
        Problem::field(Code::InvalidField, field, error.to_string())
            .hint("write a key as new-checkout and an environment as production")
    };
    if !environment.is_empty() && !create.environment.is_empty() && environment != create.environment {
        let detail = format!("the request names '{environment}', the flag '{}'", create.environment);
        return Err(invalid("create.environment", &detail));
    }
    let said = if create.environment.is_empty() { environment } else { &create.environment };
    let environment = key::environment(said).map_err(|error| invalid("create.environment", &error))?;
    let environment = environment.to_owned();
    if create.key.is_empty() {
        return Err(Problem::field(Code::MissingField, "create.key", "the key is empty"));
    }
    let key: Key = create.key.parse().map_err(|error| invalid("create.key", &error))?;
    let id = FlagId::of(org, &environment, &key);
    create.environment = environment;
    Ok(id)
}

fn command(asked: Asked) -> Result<Command, Problem> {
    Ok(match asked {
        Asked::Create(create) => self::create(create)?,
        Asked::SetExposure(wish) => set_exposure(wish)?,
        Asked::SetByHand(set) => Command::SetExposure(SetExposure {
            audience: by_hand("set_by_hand.audience", set.audience)?,
            stage: None,
            flag_version: 0,
        }),
        Asked::Narrow(narrow) => Command::Narrow {
            place: Place {
                rollout: id("narrow.rollout_id", &narrow.rollout_id)?,
                stage: name("narrow.stage", &narrow.stage)?,
                stage_index: narrow.stage_index,
                attempt: counted("narrow.attempt", narrow.attempt)?,
            },
            cause: text("narrow.cause", &narrow.cause)?,
            kind: hold_kind("narrow.kind", narrow.kind, HoldKind::Breach)?,
            critical: narrow.critical,
            no_return: narrow.no_return_index,
        },
        Asked::TurnOff(off) => Command::TurnOff {
            rollout: optional_id("turn_off.rollout_id", &off.rollout_id)?,
            cause: off.cause,
        },
        Asked::ReleaseHold(release) => Command::ReleaseHold(self::release(&release)?),
        Asked::Claim(claim) => Command::Claim { rollout: id("claim.rollout_id", &claim.rollout_id)? },
        Asked::Hold(hold) => self::hold(hold)?,
        Asked::Kill(_) => Command::Kill,
        Asked::Revive(revive) => Command::Revive { undo: revive.undo },
        Asked::ScheduleCleanup(schedule) => {
            Command::ScheduleCleanup { due: time("schedule_cleanup.due", &schedule.due)? }
        }
        Asked::RaiseCleanupDue(_) => Command::RaiseCleanupDue,
        // An empty attestation is refused by rule F5, not here.
        Asked::ConfirmRemoved(confirm) => Command::ConfirmRemoved { attestation: confirm.attestation },
        Asked::Archive(_) => Command::Archive,
    })
}

fn release(release: &pb::ReleaseHold) -> Result<Release, Problem> {
    let rollout = optional_id("release_hold.rollout_id", &release.rollout_id)?;
    match rollout {
        Some(rollout) if release.cause.is_empty() => Ok(Release::Of(rollout)),
        Some(_) => {
            let detail = "a release names a cause or a rollout, not both";
            Err(Problem::field(Code::InvalidField, "release_hold.cause", detail)
                .hint("leave one of them out"))
        }
        None => Ok(Release::Cause(text("release_hold.cause", &release.cause)?)),
    }
}

fn hold(hold: pb::HoldFlag) -> Result<Command, Problem> {
    let cause = if hold.cause.is_empty() { RESTORED } else { &hold.cause };
    let field = "hold.last_served";
    let last_served = hold.last_served.map(|last| sized(field, last)).transpose()?;
    Ok(Command::Hold {
        hold: Hold {
            cause: text("hold.cause", cause)?,
            kind: hold_kind("hold.kind", hold.kind, HoldKind::Restored)?,
            rollout: optional_id("hold.rollout_id", &hold.rollout_id)?,
            attempt: hold.attempt,
        },
        last_served,
    })
}

fn hold_kind(field: &str, value: i32, unspecified: HoldKind) -> Result<HoldKind, Problem> {
    if value == 0 {
        return Ok(unspecified);
    }
    pb::HoldKind::try_from(value)
        .ok()
        .and_then(read_hold_kind)
        .ok_or_else(|| Problem::field(Code::InvalidField, field, "the kind is not known to this version"))
}

fn create(create: pb::CreateFlag) -> Result<Command, Problem> {
    let kind = read_kind(create.kind()).ok_or_else(|| {
        Problem::field(Code::MissingField, "create.kind", "the kind is not given")
            .hint("release, ops or permission")
    })?;
    let key = create.key;
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
            environment: create.environment,
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
        // As an edge reads it: a number that is too large for it is none.
        if let Err(error) = serde_json::from_str::<serde_json::Value>(&value) {
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
    let audience = audience("set_exposure.audience", wish.audience)?;
    let stage = StageExposure {
        place: Place {
            rollout: id("set_exposure.rollout_id", &wish.rollout_id)?,
            stage: name("set_exposure.stage", &wish.stage)?,
            stage_index: wish.stage_index,
            attempt: counted("set_exposure.attempt", wish.attempt)?,
        },
        revision: counted("set_exposure.rollout_revision", wish.rollout_revision)?,
    };
    Ok(Command::SetExposure(SetExposure { audience, stage: Some(stage), flag_version: wish.flag_version }))
}

/// Whom a person names: an empty name is nobody's.
fn by_hand(field: &str, message: Option<pb::Audience>) -> Result<Audience, Problem> {
    let audience = audience(field, message)?;
    if audience.members.iter().chain(&audience.accounts).any(|name| name.trim().is_empty()) {
        return Err(Problem::field(Code::InvalidField, field, "a member or an account is an empty text"));
    }
    Ok(audience)
}

fn audience(field: &str, message: Option<pb::Audience>) -> Result<Audience, Problem> {
    sized(field, present(field, message)?)
}

fn sized(field: &str, message: pb::Audience) -> Result<Audience, Problem> {
    let values: usize = message.attributes.iter().map(|rule| rule.values.len()).sum();
    let names = message.members.len() + message.accounts.len() + values;
    if names > LARGEST {
        let detail = format!("the audience names {names} users, accounts and values, more than {LARGEST}");
        return Err(Problem::field(Code::TooLarge, field, detail));
    }
    AudienceMessage::read(message, "audience")
        .map_err(|error| Problem::field(Code::InvalidField, field, error.to_string()))
}
