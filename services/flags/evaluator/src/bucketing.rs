//! From a salt and a caller to a bucket from 0 to 9,999: the whole meaning of a percentage.
//!
//! The rule is part of what a flag is, by name and version, so that nobody moves to another bucket silently.

use serde_json::Value;

use crate::cbor;
use crate::murmur::Murmur3;

/// Buckets in all: one for each basis point.
pub const BUCKETS: u16 = 10_000;

/// How callers are spread over the buckets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bucketing {
    /// MurmurHash3 (x86, 32 bits) over the deterministic CBOR of `[salt, unit value]`, scaled by its upper
    /// bits: what flagd calls its third version of `fractional`.
    #[default]
    FlagdV3,
}

/// The hash of everything that does not depend on the caller.
#[derive(Debug, Clone, Copy)]
pub struct Salted(Murmur3);

impl Bucketing {
    /// Prepares the buckets of one flag.
    pub fn salted(self, salt: &str) -> Salted {
        match self {
            Self::FlagdV3 => {
                let mut murmur = Murmur3::default();
                cbor::array_head(&mut murmur, 2);
                cbor::text(&mut murmur, salt);
                Salted(murmur)
            }
        }
    }
}

impl Salted {
    /// The bucket of a caller, from 0 to 9,999. `None` for what identifies nobody: null, an empty text, a list.
    pub fn bucket(&self, unit: &Value) -> Option<u16> {
        match unit {
            Value::Null | Value::Array(_) => None,
            Value::String(text) if text.is_empty() => None,
            Value::String(_) | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
                let mut murmur = self.0;
                cbor::value(&mut murmur, unit);
                u16::try_from(scaled(murmur.finish(), u32::from(BUCKETS))).ok()
            }
        }
    }
}

/// `hash` mapped from the range of 32 bits to `0..total` by multiplication, which no remainder skews.
fn scaled(hash: u32, total: u32) -> u64 {
    (u64::from(hash) * u64::from(total)) >> 32
}

#[cfg(test)]
mod tests;
