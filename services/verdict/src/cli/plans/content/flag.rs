//! Flags as documents.

use verdict_documents::flag::{FlagKind, FlagSpec, Variant};
use verdict_documents::{Environment, Line};
use verdict_proto::rollouts::v1 as pb;

use super::{moment, unsaid};
use crate::failure::Failure;

/// A flag.
pub fn flag(view: &pb::FlagView) -> Result<FlagSpec, Failure> {
    Ok(FlagSpec {
        key: None,
        environment: Some(Environment::from(view.environment.as_str())),
        kind: match view.kind() {
            pb::FlagKind::Release => FlagKind::Release,
            pb::FlagKind::Ops => FlagKind::Ops,
            pb::FlagKind::Permission => FlagKind::Permission,
            pb::FlagKind::Unspecified => return Err(unsaid("the kind of the flag")),
        },
        owner: Some(&view.owner).filter(|owner| !owner.is_empty()).map(|owner| Line::from(owner.as_str())),
        cleanup_on: moment(&view.cleanup_on),
        unit: Line::from(view.unit.as_str()),
        variants: view.variants.iter().map(variant).collect::<Result<_, _>>()?,
        on_variant: Line::from(view.on_variant.as_str()),
        off_variant: Line::from(view.off_variant.as_str()),
    })
}

fn variant(variant: &pb::Variant) -> Result<Variant, Failure> {
    let value = serde_json::from_str(variant.value())
        .map_err(|_| unsaid(&format!("the value of the variant '{}'", variant.name())))?;
    Ok(Variant { name: Line::from(variant.name()), value })
}
