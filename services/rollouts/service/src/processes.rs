//! The rims of the process managers: what log events mean to them and how their steps are sent.

pub mod guardrail_rollback;
pub mod rollout_watch;
pub mod stage_promotion;
mod telling;
