//! The suite that every log adapter passes.
