//! Whether an edge could serve a flag (rule F9): what no edge can answer would soak, be confirmed and complete
//! without anybody having seen it. The flag evaluator asks the same; one table tests both.

use super::{Identity, Variant};

/// Why no edge could serve the flag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unservable {
    #[error("there is no variant '{0}'")]
    NoSuchVariant(String),
    #[error("the variant '{0}' is neither boolean, text, number nor object")]
    Unsupported(String),
    #[error("the variants are of different types")]
    MixedTypes,
    #[error("no attribute is named that the percentage buckets")]
    NoUnit,
}

/// The types of values that an edge serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Type {
    Boolean,
    Text,
    Number,
    Object,
}

pub(super) fn check(identity: &Identity) -> Result<(), Unservable> {
    for chosen in [&identity.off_variant, &identity.on_variant] {
        if !identity.variants.iter().any(|variant| variant.name == *chosen) {
            return Err(Unservable::NoSuchVariant(chosen.clone()));
        }
    }
    let mut first = None;
    for variant in &identity.variants {
        let seen = type_of(variant).ok_or_else(|| Unservable::Unsupported(variant.name.clone()))?;
        if *first.get_or_insert(seen) != seen {
            return Err(Unservable::MixedTypes);
        }
    }
    if identity.unit.is_empty() { Err(Unservable::NoUnit) } else { Ok(()) }
}

/// The first character of a JSON text tells its type.
fn type_of(variant: &Variant) -> Option<Type> {
    match variant.value.trim_start().chars().next()? {
        't' | 'f' => Some(Type::Boolean),
        '"' => Some(Type::Text),
        '{' => Some(Type::Object),
        '-' | '0'..='9' => Some(Type::Number),
        _null_or_array => None,
    }
}
