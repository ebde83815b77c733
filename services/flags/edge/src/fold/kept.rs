//! The flags as text, for the disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bounds::Bound;
use super::{Flag, Flags, Narrowing, Phase};
use crate::snapshot::Scope;
use crate::wire::{Created, Exposure, Placed};

/// A flag as it lies on the disk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptFlag {
    id: String,
    created: Created,
    version: u32,
    exposure: Exposure,
    placed: Option<Placed>,
    phase: Phase,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    narrowed: Option<Narrowing>,
    bounds: Vec<Bound>,
}

impl Flags {
    /// All flags; those of one key in the order of their creation.
    pub(crate) fn to_kept(&self) -> Vec<KeptFlag> {
        let ids = self.by_key.values().flat_map(BTreeMap::values).flatten();
        let kept = |id: &String| {
            let flag = self.by_id.get(id)?;
            Some(KeptFlag {
                id: id.clone(),
                created: (*flag.created).clone(),
                version: flag.version,
                exposure: (*flag.exposure).clone(),
                placed: flag.placed.clone(),
                phase: flag.phase,
                narrowed: flag.narrowed.clone(),
                bounds: flag.bounds.clone(),
            })
        };
        ids.filter_map(kept).collect()
    }

    /// The same flags again; every set of them is to be made anew.
    pub(crate) fn of_kept(kept: Vec<KeptFlag>) -> Self {
        let mut flags = Self::default();
        for KeptFlag { id, created, version, exposure, placed, phase, narrowed, bounds } in kept {
            let scope = Scope { org: created.org.clone(), environment: created.environment.clone() };
            let keys = flags.by_key.entry(scope.clone()).or_default();
            keys.entry(created.key.clone()).or_default().push(id.clone());
            flags.touched.insert(scope.clone());
            let exposure = Arc::new(exposure);
            let new = Flag::new(created, scope);
            let flag = Flag { version, exposure, placed, phase, narrowed, bounds, ..new };
            flags.by_id.insert(id, flag);
        }
        flags
    }
}
