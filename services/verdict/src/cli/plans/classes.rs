//! Classes of stages between documents and the contracts: the one place to change when stages are free to be named.

use verdict_documents::rollout::{Class, IrreversibleFrom, Stage, StagedRolloutSpec};
use verdict_documents::{Path, Placed};
use verdict_proto::rollouts::v1 as pb;

/// The stages that there are, in the order in which exposure grows.
const PRESETS: [(&str, Class); 4] =
    [("internal", Class::Internal), ("alpha", Class::Named), ("beta", Class::Share), ("ga", Class::Everyone)];

/// The class of a stage that the platform shows.
pub fn of_stage(stage: &pb::Stage) -> Option<Class> {
    PRESETS.iter().find(|(name, _)| *name == stage.name()).map(|(_, class)| *class)
}

/// From where a rollout does not go back; the contracts do not say it yet.
pub const fn irreversible_from(_: &pb::RolloutView) -> Option<IrreversibleFrom> {
    None
}

/// What the platform cannot carry out of the stages of a rollout, as findings.
pub fn unfit(placed: &Placed, rollout: &StagedRolloutSpec) -> Vec<verdict_documents::Finding> {
    let at = Path::of(&["spec", "stages"]);
    let stage = |(index, stage): (usize, &Stage)| {
        let at = at.index(index);
        match PRESETS.iter().find(|(name, _)| stage.name.as_str() == *name) {
            None => {
                let known = PRESETS.map(|(name, _)| name).join(", ");
                let found = format!("\"{}\"", stage.name);
                Some(placed.finding(&at.field("name"), found, format!("one of {known}")))
            }
            Some((name, class)) if *class != stage.class => {
                let wanted = format!("{}, the class of the stage {name}", class.as_str());
                Some(placed.finding(&at.field("class"), stage.class.as_str(), wanted))
            }
            Some(_) => None,
        }
    };
    let mut findings: Vec<_> = rollout.stages.iter().enumerate().filter_map(stage).collect();
    if rollout.irreversible_from.is_some() {
        let at = Path::of(&["spec", "irreversibleFrom"]);
        findings.push(placed.finding(&at, "a point of no return", "none: this platform knows none yet"));
    }
    findings
}
