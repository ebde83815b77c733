//! The go-to-market context, pure: what a launch is and when it may be announced.
//!
//! It deliberately does not know where guardrail answers and stages come from: the shell brings them as facts
//! inside the command. Read [`launch`] first.

pub mod launch;
