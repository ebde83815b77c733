//! From stored events of flags to what they mean to an edge.
//!
//! Only what changes an answer is kept: clean-up dates, holds and owners are other people's business.

use serde::{Deserialize, Serialize};
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_wire::flag::FlagWire;
use verdict_runtime::log::Recorded;
use verdict_stored::{DecodeError, Metadata, parse, required, ruled};

/// Streams of flags begin so; the rest is the id of the flag.
pub(crate) const FLAG_STREAMS: &str = "rollouts.flag-";

/// What an event changes about the answers for its flag.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    Created(Box<Created>),
    Exposed {
        version: u32,
        exposure: Exposure,
        placed: Option<Placed>,
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
        /// Nobody, unless the kill was undone.
        exposure: Exposure,
        placed: Option<Placed>,
    },
    Archived,
    /// Nothing that a caller could see.
    Unseen,
}

/// A flag as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Exposure {
    pub(crate) members: Vec<String>,
    pub(crate) accounts: Vec<String>,
    pub(crate) matches: Vec<Rule>,
    pub(crate) basis_points: u32,
}

/// Reaches everybody whose attribute equals one of the values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rule {
    pub(crate) attribute: String,
    /// As they are stored.
    pub(crate) values: Vec<String>,
}

/// The rollout, the stage and the attempt that an exposure belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Placed {
    pub(crate) rollout_id: String,
    /// Empty once a narrowing has left the stage.
    pub(crate) stage: String,
    /// 0 where it is not known, as in what an edge of before kept, or once a narrowing has left the stage.
    #[serde(default)]
    pub(crate) attempt: u32,
}

impl Placed {
    /// Nobody can say any more which stage is served.
    pub(crate) fn leave_stage(&mut self) {
        self.stage.clear();
        self.attempt = 0;
    }
}

impl Exposure {
    /// The audience as commands carry it.
    pub(crate) fn to_audience(&self) -> pb::Audience {
        let rule = |rule: &Rule| pb::AttributeMatch {
            attribute: Some(rule.attribute.clone()),
            values: rule.values.clone(),
        };
        pb::Audience {
            members: self.members.clone(),
            accounts: self.accounts.clone(),
            attributes: self.matches.iter().map(rule).collect(),
            basis_points: Some(self.basis_points),
        }
    }
}

impl Rule {
    /// A value also names the number or boolean that it spells, because callers send attributes in their own types.
    pub(crate) fn any_of(&self) -> Vec<serde_json::Value> {
        self.values.iter().flat_map(|value| readings(value)).collect()
    }
}

/// Who waits to hear that a narrowing is served; a kill names nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) rollout_id: String,
    pub(crate) stage: String,
    pub(crate) attempt: u32,
}

/// The meaning of `event`, which is in a stream of a flag.
pub(crate) fn change(event: &Recorded) -> Result<Change, DecodeError> {
    if ruled::is_ruled(&event.event_type) {
        return Ok(Change::Unseen);
    }
    Ok(match &*event.event_type {
        FlagWire::FlagCreated => Change::Created(Box::new(created(event)?)),
        FlagWire::ExposureChanged => {
            let pb: pb::ExposureChanged = parse(&event.data)?;
            let version = required(pb.version, "version")?;
            let placed = pb.rollout_id.filter(|id| !id.is_empty());
            let (stage, attempt) = (pb.stage.unwrap_or_default(), pb.attempt.unwrap_or_default());
            let placed = placed.map(|rollout_id| Placed { rollout_id, stage, attempt });
            Change::Exposed { version, exposure: exposure(pb.audience), placed }
        }
        FlagWire::ExposureNarrowed => narrowed(parse(&event.data)?)?,
        FlagWire::FlagKilled => {
            let pb: pb::FlagKilled = parse(&event.data)?;
            Change::Killed { version: required(pb.version, "version")? }
        }
        FlagWire::FlagRevived => {
            let pb: pb::FlagRevived = parse(&event.data)?;
            let undone = pb.undone.unwrap_or_default();
            let (stage, attempt) = (undone.stage.unwrap_or_default(), undone.attempt.unwrap_or_default());
            Change::Revived {
                version: required(pb.version, "version")?,
                exposure: exposure(undone.audience),
                placed: undone.rollout_id.map(|rollout_id| Placed { rollout_id, stage, attempt }),
            }
        }
        FlagWire::FlagArchived => Change::Archived,
        FlagWire::FlagHeld
        | FlagWire::HoldReleased
        | FlagWire::FlagClaimed
        | FlagWire::CleanupScheduled
        | FlagWire::CleanupDue
        | FlagWire::RemovedFromCode => Change::Unseen,
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
    let matches = audience
        .attributes
        .into_iter()
        .map(|rule| Rule { attribute: rule.attribute.unwrap_or_default(), values: rule.values });
    Exposure {
        members: audience.members,
        accounts: audience.accounts,
        matches: matches.collect(),
        basis_points: audience.basis_points.unwrap_or_default(),
    }
}

fn readings(value: &str) -> impl Iterator<Item = serde_json::Value> {
    let scalar = serde_json::from_str(value)
        .ok()
        .filter(|json: &serde_json::Value| json.is_number() || json.is_boolean());
    std::iter::once(value.into()).chain(scalar)
}

#[cfg(test)]
mod tests;
