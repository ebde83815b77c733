//! The process managers of rollouts: one widens when a gate opens, two take exposure back.

pub mod guardrail_rollback;
pub mod rollout_watch;
pub mod stage_promotion;
