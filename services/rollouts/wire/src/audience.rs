//! Audiences in messages.

use std::collections::{BTreeMap, BTreeSet};

use verdict_kernel::percent::Percent;
use verdict_proto::rollouts::v1 as pb;
use verdict_rollouts_domain::audience::Audience;
use verdict_stored::field::{Field, Maybe, Same};
use verdict_stored::{DecodeError, message, required};

message! {
    /// An audience in a message.
    AudienceMessage: [Audience { members, accounts, attributes, percent }] = pb::Audience {
        members: members as Same, accounts: accounts as Same, attributes: attributes as Attributes,
        basis_points: percent as Maybe<BasisPoints>,
    }
}

/// A share in basis points.
#[derive(Debug)]
pub struct BasisPoints;

impl Field<Percent, Option<u32>> for BasisPoints {
    fn write(percent: &Percent) -> Option<u32> {
        Some(percent.basis_points().into())
    }

    fn read(field: Option<u32>, name: &'static str) -> Result<Percent, DecodeError> {
        Percent::from_basis_points(required(field, name)?)
            .map_err(|error| DecodeError::Malformed(format!("field '{name}': {error}")))
    }
}

/// Values by attribute. Two matches of one attribute add up.
struct Attributes;

impl Field<BTreeMap<String, BTreeSet<String>>, Vec<pb::AttributeMatch>> for Attributes {
    fn write(attributes: &BTreeMap<String, BTreeSet<String>>) -> Vec<pb::AttributeMatch> {
        let matched = |(name, values): (&String, &BTreeSet<String>)| pb::AttributeMatch {
            attribute: Some(name.clone()),
            values: values.iter().cloned().collect(),
        };
        attributes.iter().map(matched).collect()
    }

    fn read(
        field: Vec<pb::AttributeMatch>,
        _: &'static str,
    ) -> Result<BTreeMap<String, BTreeSet<String>>, DecodeError> {
        let mut attributes = BTreeMap::<String, BTreeSet<String>>::new();
        for rule in field {
            let attribute = required(rule.attribute, "attributes.attribute")?;
            attributes.entry(attribute).or_default().extend(rule.values);
        }
        Ok(attributes)
    }
}
