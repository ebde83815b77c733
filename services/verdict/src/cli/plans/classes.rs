//! Classes of stages and the point of no return, between documents and the contracts.

use verdict_documents::Key;
use verdict_documents::rollout::{Class, IrreversibleFrom};
use verdict_proto::rollouts::v1 as pb;

/// The class of a stage that the platform shows; `None` for one that this program does not know.
pub fn of_stage(stage: &pb::Stage) -> Option<Class> {
    match stage.class() {
        pb::StageClass::Internal => Some(Class::Internal),
        pb::StageClass::Named => Some(Class::Named),
        pb::StageClass::Share => Some(Class::Share),
        pb::StageClass::Everyone => Some(Class::Everyone),
        pb::StageClass::Unspecified => None,
    }
}

/// A class as the contracts have it.
pub const fn class(class: Class) -> pb::StageClass {
    match class {
        Class::Internal => pb::StageClass::Internal,
        Class::Named => pb::StageClass::Named,
        Class::Share => pb::StageClass::Share,
        Class::Everyone => pb::StageClass::Everyone,
    }
}

/// From where a rollout does not go back.
pub fn irreversible_from(view: &pb::RolloutView) -> Option<IrreversibleFrom> {
    let from = view.irreversible_from.as_ref().filter(|from| !from.stage().is_empty())?;
    Some(IrreversibleFrom { stage: Key::from(from.stage()), reason: from.reason().to_owned() })
}
