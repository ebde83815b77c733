//! From stored events of flags to what they mean to an edge.
//!
//! Only what changes an answer is kept: clean-up dates, holds and owners are other people's business.

use verdict_flag_evaluator::Match;
use verdict_proto::rollouts::v1 as pb;
use verdict_runtime::log::Recorded;
use verdict_runtime::wire::{DecodeError, Metadata, parse, required};

/// Streams of flags begin so; the rest is the id of the flag.
pub(crate) const FLAG_STREAMS: &str = "rollouts.flag-";

/// What an event changes about the answers for its flag.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    Created(Box<Created>),
    Exposed {
        version: u32,
        exposure: Exposure,
    },
    Narrowed {
        version: u32,
        exposure: Exposure,
        asked: Option<Asked>,
    },
    Killed {
        version: u32,
    },
    Revived {
        version: u32,
    },
    Archived,
    /// Nothing that a caller could see.
    Unseen,
}

/// A flag as it was made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Created {
    pub(crate) org: String,
    pub(crate) key: String,
    pub(crate) environment: String,
    pub(crate) salt: Option<String>,
    pub(crate) bucketing: String,
    pub(crate) unit: String,
    /// Name and JSON text of the value.
    pub(crate) variants: Vec<(String, String)>,
    pub(crate) on_variant: String,
    pub(crate) off_variant: String,
}

/// Whom a flag reaches.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Exposure {
    pub(crate) members: Vec<String>,
    pub(crate) accounts: Vec<String>,
    pub(crate) matches: Vec<Match>,
    pub(crate) basis_points: u32,
}

/// Who waits to hear that a narrowing is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) rollout_id: String,
    pub(crate) stage: String,
    pub(crate) attempt: u32,
}

/// The meaning of `event`, which is in a stream of a flag.
pub(crate) fn change(event: &Recorded) -> Result<Change, DecodeError> {
    let name = event.event_type.strip_prefix("rollouts.Flag.").ok_or(DecodeError::UnknownType)?;
    Ok(match name {
        "FlagCreated.v1" => Change::Created(Box::new(created(event)?)),
        "ExposureChanged.v1" => {
            let pb: pb::ExposureChanged = parse(&event.data)?;
            Change::Exposed { version: required(pb.version, "version")?, exposure: exposure(pb.audience) }
        }
        "ExposureNarrowed.v1" => narrowed(parse(&event.data)?)?,
        "FlagKilled.v1" => {
            let pb: pb::FlagKilled = parse(&event.data)?;
            Change::Killed { version: required(pb.version, "version")? }
        }
        "FlagRevived.v1" => {
            let pb: pb::FlagRevived = parse(&event.data)?;
            Change::Revived { version: required(pb.version, "version")? }
        }
        "FlagArchived.v1" => Change::Archived,
        "HoldReleased.v1" | "CleanupScheduled.v1" | "CleanupDue.v1" | "RemovedFromCode.v1" => Change::Unseen,
        _ => return Err(DecodeError::UnknownType),
    })
}

fn created(event: &Recorded) -> Result<Created, DecodeError> {
    let metadata: Metadata = parse(&event.metadata)?;
    let pb: pb::FlagCreated = parse(&event.data)?;
    let variant = |variant: pb::Variant| {
        Ok((required(variant.name, "variants.name")?, required(variant.value, "variants.value")?))
    };
    Ok(Created {
        org: metadata.org,
        key: required(pb.key, "key")?,
        environment: required(pb.environment, "environment")?,
        salt: pb.salt.filter(|salt| !salt.is_empty()),
        bucketing: required(pb.bucketing, "bucketing")?,
        unit: pb.unit.unwrap_or_default(),
        variants: pb.variants.into_iter().map(variant).collect::<Result<_, DecodeError>>()?,
        on_variant: required(pb.on_variant, "onVariant")?,
        off_variant: required(pb.off_variant, "offVariant")?,
    })
}

fn narrowed(pb: pb::ExposureNarrowed) -> Result<Change, DecodeError> {
    let asked = pb.rollout_id.filter(|id| !id.is_empty()).map(|rollout_id| Asked {
        rollout_id,
        stage: pb.stage.unwrap_or_default(),
        attempt: pb.attempt.unwrap_or_default(),
    });
    Ok(Change::Narrowed { version: required(pb.version, "version")?, exposure: exposure(pb.audience), asked })
}

fn exposure(audience: Option<pb::Audience>) -> Exposure {
    let audience = audience.unwrap_or_default();
    let matches = audience.attributes.into_iter().map(|rule| Match {
        attribute: rule.attribute.unwrap_or_default(),
        any_of: rule.values.iter().flat_map(|value| readings(value)).collect(),
    });
    Exposure {
        members: audience.members,
        accounts: audience.accounts,
        matches: matches.collect(),
        basis_points: audience.percent.unwrap_or_default(),
    }
}

/// A value of a rule is stored as text and also names the number or boolean that it spells, because callers
/// send attributes in their own types.
fn readings(value: &str) -> impl Iterator<Item = serde_json::Value> {
    let scalar = serde_json::from_str(value)
        .ok()
        .filter(|json: &serde_json::Value| json.is_number() || json.is_boolean());
    std::iter::once(value.into()).chain(scalar)
}

#[cfg(test)]
mod tests;
