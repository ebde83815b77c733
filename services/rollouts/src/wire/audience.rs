//! Audiences as messages and back.

use verdict_kernel::percent::Percent;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::audience::Audience;
use verdict_runtime::wire::{DecodeError, required};

/// The audience as it is stored and sent.
#[must_use]
pub fn encode(audience: &Audience) -> pb::Audience {
    let attribute = |(name, values): (&String, &std::collections::BTreeSet<String>)| pb::AttributeMatch {
        attribute: Some(name.clone()),
        values: values.iter().cloned().collect(),
    };
    pb::Audience {
        members: audience.members.iter().cloned().collect(),
        accounts: audience.accounts.iter().cloned().collect(),
        attributes: audience.attributes.iter().map(attribute).collect(),
        basis_points: audience.percent.map(|percent| u32::from(percent.basis_points())),
    }
}

/// The audience that a message stands for. Two matches of one attribute add up.
pub fn decode(message: pb::Audience) -> Result<Audience, DecodeError> {
    let mut audience = Audience {
        members: message.members.into_iter().collect(),
        accounts: message.accounts.into_iter().collect(),
        ..Audience::nobody()
    };
    for rule in message.attributes {
        let attribute = required(rule.attribute, "attributes.attribute")?;
        let values = audience.attributes.entry(attribute).or_default();
        values.extend(rule.values);
    }
    audience.percent = message
        .basis_points
        .map(Percent::from_basis_points)
        .transpose()
        .map_err(|error| DecodeError::Malformed(format!("field 'basisPoints': {error}")))?;
    Ok(audience)
}
