//! The example that `verdict init` writes: one bet from its metric to its launch, explained in comments.

const EXAMPLE: &str = include_str!("example.yaml");

/// A commented file with a document of every kind. It is valid, and the documents refer to each other only.
#[must_use]
pub const fn example() -> &'static str {
    EXAMPLE
}

#[cfg(test)]
mod tests;
