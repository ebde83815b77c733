//! A launch as a document: how loudly a rollout is announced.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::{Check, Checker};
use crate::finding::Path;
use crate::words::{Key, Reference};

/// The launch of a rollout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LaunchSpec {
    /// The key, where it differs from metadata.name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
    #[schemars(length(min = 1, max = 200), extend("format" = "line"))]
    pub title: String,
    /// From 1 (press and events) to 4 (release notes only), rule G1.
    #[schemars(range(min = 1, max = 4))]
    pub tier: i32,
    pub bet_ref: Reference,
    /// The StagedRollout that it announces; a rollout has one launch that is not over (rule G13).
    pub rollout_ref: Reference,
}

impl Check for LaunchSpec {
    fn check(&self, _: &Path, _: &mut Checker) {}
}
